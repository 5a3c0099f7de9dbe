//! `preflight` for people at a terminal, and for a ticket.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::answers::costs::{costs_markdown, costs_text};
use crate::answers::phrase::DOUBT;
use crate::answers::preflight::item_words::ItemWords;
use crate::answers::preflight::uncounted::NOBODY_COUNTED;
use crate::answers::preflight::value::{Action, PreflightItem, PreflightReport, Verdict};
use crate::answers::preflight::words::replaced_id;
use crate::answers::until::UntilIs;
use crate::answers::words::{count, last_instant, list};
use crate::answers::{LaterLine, Page};
use crate::layout::{Cell, Grid, Tone};
use crate::license::ItemKind;
use crate::seats::Need;
use crate::text::{code, escape_markdown, sentence};
use crate::time::Instant;

/// What the mark means.
pub(super) const DOUBT_LEGEND: &str = "? not certain: a license can be read in more than one way";

/// So many items and lines of one action are shown; JSON and CSV have all.
const MOST: usize = 40;

/// The verdict, what to do by date, and what concerns people; what is fine is only counted.
#[must_use]
pub fn preflight_table(report: &PreflightReport, page: &Page) -> String {
    let concerned = Concerned::new(report);
    let mut text = verdict(report).to_text(page.width, page.color);
    for action in &report.actions {
        let _ = write!(
            text,
            "\n{}",
            action_grid(action, &ItemWords::of(report, page), page).to_text(page.width, page.color)
        );
    }
    for kind in ItemKind::ALL {
        let shown: Vec<_> = report.items.iter().filter(|item| item.kind == kind && concerned.has(item)).collect();
        if !shown.is_empty() {
            let grids = LAYOUTS.into_iter().map(|layout| items_grid(kind, &shown, &concerned, page, layout));
            let mut grids: Vec<_> = grids.collect();
            let fitting = grids.iter().position(|grid| grid.fits(page.width)).unwrap_or(LAYOUTS.len() - 1);
            let grid = grids.swap_remove(fitting);
            let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
        }
    }
    let is_marked = |item: &PreflightItem| is_marked(item, report.until, page);
    if report.items.iter().any(|item| concerned.has(item) && is_marked(item)) {
        text.push_str(&page.wrap(DOUBT_LEGEND));
    }
    let replacements = replacements(report, |item| concerned.has(item));
    replacements.iter().for_each(|line| text.push_str(&page.wrap(line)));
    text.push_str(&costs_text(report.costs.as_ref(), page));
    // What nobody counted stands in the first line.
    let unknown = report.unknown.iter().filter(|line| !line.starts_with(NOBODY_COUNTED));
    let unknown: String = unknown.map(|line| page.verdict(&format!("not known: {line}"))).collect();
    let fine = fine(report, &concerned).map_or_else(String::new, |line| page.verdict(&line));
    let looked_at = page.wrap(&looked_at(report, page));
    let last = if report.actions.is_empty() { vec![fine + &looked_at] } else { vec![fine, looked_at] };
    for paragraph in std::iter::once(unknown).chain(last).filter(|paragraph| !paragraph.is_empty()) {
        let _ = write!(text, "\n{paragraph}");
    }
    text
}

/// For a ticket or a pull request.
#[must_use]
pub fn preflight_markdown(report: &PreflightReport, page: &Page) -> String {
    let concerned = Concerned::new(report);
    let ids = report.items.iter().map(|item| item.id.as_str()).collect::<HashSet<_>>();
    let said = |text: &str| sentence(&ids, text);
    let mut text = format!("## {}\n", said(&report.headline));
    for (nth, action) in report.actions.iter().enumerate() {
        let _ = writeln!(text, "{}- {}", if nth == 0 { "\n" } else { "" }, said(&action.message));
        if let Some(why) = &action.why {
            let _ = writeln!(text, "  - why: {}", code(why));
        }
    }
    for kind in ItemKind::ALL {
        let is_there =
            |item: &&PreflightItem| item.kind == kind && (kind != ItemKind::Capability || concerned.has(item));
        let items: Vec<_> = report.items.iter().filter(is_there).collect();
        if !items.is_empty() {
            let _ = write!(text, "\n{}", items_grid(kind, &items, &concerned, page, LAYOUTS[0]).to_markdown());
        }
    }
    if report.items.iter().any(|item| is_marked(item, report.until, page)) {
        let _ = write!(text, "\n{DOUBT_LEGEND}\n");
    }
    for line in replacements(report, |_| true) {
        let _ = write!(text, "\n{}\n", said(&line));
    }
    text.push_str(&costs_markdown(report.costs.as_ref(), page));
    for line in &report.unknown {
        let _ = write!(text, "\n{}\n", said(line));
    }
    let source = report.new.as_ref().map_or_else(String::new, |new| format!("{}: ", code(&new.source)));
    let _ = write!(text, "\n{source}{}\n", escape_markdown(&looked_at(report, page)));
    text
}

fn is_marked(item: &PreflightItem, until: Option<Instant>, page: &Page) -> bool {
    !item.certain || item.old_certain == Some(false) || is_lowest_doubtful(item, until, page)
}

fn verdict(report: &PreflightReport) -> Grid {
    let tone = match report.verdict {
        Some(Verdict::Go) => Tone::Good,
        Some(Verdict::GoThenAct) => Tone::Doubt,
        Some(Verdict::NoGo) | None => Tone::Bad,
    };
    let mut grid = Grid::bare(1);
    grid.row([Cell::new(report.headline.clone()).tone(tone)]);
    grid
}

/// "by DATE" beside what to do and the items concerned.
fn action_grid(action: &Action, telling: &ItemWords, page: &Page) -> Grid {
    let mut lines = vec![action.to_do.clone()];
    lines.extend(action.items.iter().take(MOST).map(|item| format!("- {}", telling.words(action, item))));
    if let Some(more) = action.items.len().checked_sub(MOST).filter(|more| *more > 0) {
        lines.push(format!("- {more} more, see -f json"));
    }
    lines.extend(action.advice.iter().cloned());
    if !action.locations.is_empty() {
        lines.push(format!("why: {}", places(&action.locations)));
    }
    lines.extend(action.why.clone());
    let mut grid = Grid::bare(2);
    let is_due = action.due <= page.as_of;
    let tone = if is_due { Tone::Bad } else { Tone::Doubt };
    let by = if is_due { "before the import".to_owned() } else { format!("by {}", page.zone.show(action.due)) };
    grid.row([Cell::new(format!("  {by}")).tone(tone), Cell::lines(lines)]);
    grid
}

/// "license.json:49, :64".
pub(super) fn places(locations: &[String]) -> String {
    let mut text = String::new();
    let mut before = "";
    for (file, line) in locations.iter().take(MOST).filter_map(|location| location.rsplit_once(':')) {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}{}:{line}", if file == before { "" } else { file });
        before = file;
    }
    if let Some(more) = locations.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = write!(text, " and {more} more lines");
    }
    text
}

/// What the actions say of items.
struct Concerned<'r> {
    /// The most members that each item locks out, how many it does at first, and whether there may be fewer.
    locked_out: HashMap<(ItemKind, &'r str), (u64, u64, bool)>,
    /// The last instant looked at.
    until: Option<Instant>,
    /// What the column of the old license tells.
    old: &'static str,
}

impl<'r> Concerned<'r> {
    fn new(report: &'r PreflightReport) -> Self {
        let mut concerned = HashMap::new();
        for (action, item) in
            report.actions.iter().flat_map(|action| action.items.iter().map(move |item| (action, item)))
        {
            let most: &mut (u64, u64, bool) = concerned.entry((item.kind, item.id.as_str())).or_default();
            let at_first = item.at_first.map_or(item.locked_out, |first| first.locked_out);
            let of_item = (item.locked_out.max(at_first), at_first, action.locked_out_is_upper_bound);
            *most = of_item.max(*most);
        }
        Self { locked_out: concerned, until: report.until, old: old_title(report) }
    }

    /// Whether an action names the item, or nobody knows whether it fits because the old license is in doubt.
    fn has(&self, item: &PreflightItem) -> bool {
        let in_doubt = item.fits.is_none() && item.old_certain == Some(false);
        in_doubt || self.locked_out.contains_key(&(item.kind, item.id.as_str()))
    }

    fn locked_out(&self, item: &PreflightItem) -> String {
        match self.locked_out.get(&(item.kind, item.id.as_str())).copied().unwrap_or_default() {
            (0, ..) => String::new(),
            (members, at_first, is_bound) => {
                let upper_bound = if is_bound { "up to " } else { "" };
                let at_first = if at_first < members { format!("{at_first}, later ") } else { String::new() };
                format!("{upper_bound}{at_first}{members}")
            }
        }
    }
}

/// How the items are laid out.
#[derive(Clone, Copy)]
struct Layout {
    /// The names in a column of their own, else under the ids.
    name_apart: bool,
    /// Who is locked out, which stands beside the action too.
    locked_out: bool,
}

/// From wide to narrow; the first is also that of Markdown.
const LAYOUTS: [Layout; 3] = [
    Layout { name_apart: true, locked_out: true },
    Layout { name_apart: false, locked_out: true },
    Layout { name_apart: false, locked_out: false },
];

/// The items of a kind.
fn items_grid(
    kind: ItemKind,
    items: &[&PreflightItem],
    concerned: &Concerned<'_>,
    page: &Page,
    layout: Layout,
) -> Grid {
    let name_apart = layout.name_apart && items.iter().any(|item| item.name.is_some());
    let seated = kind != ItemKind::Capability;
    let mut header = vec![kind.heading()];
    header.extend(name_apart.then_some("name"));
    let old_title = format!(">{}", concerned.old);
    match seated {
        true => header.extend([">assigned", old_title.as_str(), ">at import"]),
        false => header.push("at import"),
    }
    header.push("lowest later");
    let locked_out = layout.locked_out && kind == ItemKind::UserType;
    header.extend(locked_out.then_some(">locked out"));
    let mut grid = Grid::new(&header);
    for item in items {
        let number = |count: Option<u64>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
        let doubt = if item.certain { "" } else { DOUBT };
        let tone = if item.fits == Some(false) { Tone::Bad } else { Tone::Plain };
        let name = item.name.clone().unwrap_or_default();
        let mut row = match (name_apart, name.is_empty()) {
            (true, _) => vec![Cell::id(item.id.clone()), Cell::new(name)],
            (false, true) => vec![Cell::id(item.id.clone())],
            (false, false) => vec![Cell::ids(vec![item.id.clone(), format!(" {name}")])],
        };
        if seated {
            row.extend(
                [
                    assigned_cell(item.assigned, item.planned) + &planned_later(item, concerned.until),
                    old_cell(item, concerned.until),
                    number(item.new) + doubt,
                ]
                .map(Cell::new),
            );
        } else {
            let there = item.lowest.seats > 0 || item.lowest.at > page.as_of;
            row.push(Cell::new(format!("{}{doubt}", if there { "there" } else { "not there" })));
        }
        let lowest = lowest(item, concerned.until, page);
        row.push(Cell::lines(lowest.split("; ").map(str::to_owned).collect()).tone(tone));
        if locked_out {
            row.push(Cell::new(concerned.locked_out(item)));
        }
        grid.row(row);
    }
    grid
}

/// "110", "110 + 3 planned".
pub(super) fn assigned_cell(assigned: Option<u64>, planned: u64) -> String {
    match (assigned, planned) {
        (None, _) => "–".to_owned(),
        (Some(assigned), 0) => assigned.to_string(),
        (Some(assigned), planned) => format!("{} + {planned} planned", assigned.saturating_sub(planned)),
    }
}

/// ", 5 more planned later".
fn planned_later(item: &PreflightItem, until: Option<Instant>) -> String {
    let more = item.assigned.map_or(0, |assigned| most_needed(item, until).saturating_sub(assigned));
    if more == 0 {
        String::new()
    } else {
        format!(", {more}{} planned later", if item.planned > 0 { " more" } else { "" })
    }
}

/// The most seats that are needed at one time of those looked at.
fn most_needed(item: &PreflightItem, until: Option<Instant>) -> u64 {
    let steps = item.need.iter().flat_map(Need::steps);
    let looked_at = steps.filter(|(from, _)| until.is_none_or(|until| *from <= until));
    looked_at.map(|(_, seats)| *seats).max().unwrap_or(0)
}

/// The seats of the old license, marked where they are not certain, and those that it gives later where nobody counted and
/// they are more: "100, later 150".
pub(super) fn old_cell(item: &PreflightItem, until: Option<Instant>) -> String {
    let doubt = if item.old_certain == Some(false) { DOUBT } else { "" };
    let Some(old) = item.old else { return "–".to_owned() };
    let most = if item.assigned.is_none() { most_needed(item, until) } else { 0 };
    if most > old { format!("{old}{doubt}, later {most}") } else { format!("{old}{doubt}") }
}

/// What the column of the old license tells.
pub(super) fn old_title(report: &PreflightReport) -> &'static str {
    let ended = report.old.as_ref().is_some_and(|old| old.ended.is_some());
    if ended { "old, before its end" } else { "old" }
}

/// "advediting: the old seats are those of utilityNetwork and perhaps parcelFabric too".
pub(super) fn replacements(report: &PreflightReport, is_told: impl Fn(&PreflightItem) -> bool) -> Vec<String> {
    let told = report.items.iter().filter(|item| !item.replaces.is_empty() && is_told(item)).map(|item| {
        let ids: Vec<_> = item.replaces.iter().map(replaced_id).collect();
        let what = match (item.assigned, item.old) {
            (Some(_), Some(_)) => "what is assigned and old",
            (_, Some(_)) => "what is old",
            _ => "what is assigned",
        };
        format!("{}: {what} is counted with that of {}, whose place it takes", item.id, list(&ids))
    });
    told.collect()
}

/// The fewest seats later, marked where they are not certain.
pub(super) fn lowest(item: &PreflightItem, until: Option<Instant>, page: &Page) -> String {
    format!("{}{}", lowest_words(item, page), if is_lowest_doubtful(item, until, page) { DOUBT } else { "" })
}

/// Whether the fewest seats later are not the same under every reading.
pub(super) fn is_lowest_doubtful(item: &PreflightItem, until: Option<Instant>, page: &Page) -> bool {
    // That it is not less is said of all the time that was looked at.
    let last = if is_less_later(item, page) { Some(item.lowest.at) } else { until };
    item.certain_until.is_some_and(|doubt| last.is_none_or(|last| doubt <= last))
}

fn is_less_later(item: &PreflightItem, page: &Page) -> bool {
    item.new.is_none_or(|new| item.lowest.seats < new) && item.lowest.at > page.as_of
}

/// "60 from 2026-12-31 12:00", "none from 2027-03-01 00:00 to 2027-04-01 00:00, then 45".
pub(super) fn lowest_words(item: &PreflightItem, page: &Page) -> String {
    let is_less = is_less_later(item, page);
    match item.lowest.seats {
        0 if is_less => {
            let again = item.timeline.next_change(item.lowest.at);
            let again = again.map_or_else(String::new, |step| {
                let seats = if item.kind == ItemKind::Capability { "there".to_owned() } else { step.seats.to_string() };
                format!(" to {}, then {seats}{}", page.zone.show(step.at), after(item, step.at, page))
            });
            format!("none from {}{again}", page.zone.show(item.lowest.at))
        }
        seats if is_less && item.kind != ItemKind::Capability => {
            format!("{seats} from {}", page.zone.show(item.lowest.at))
        }
        _ => "not less".to_owned(),
    }
}

/// What comes after seats have come back: "; a second gap from 2027-03-01 00:00 to 2027-03-10 00:00, ends 2029-12-31 12:00".
fn after(item: &PreflightItem, again: Instant, page: &Page) -> String {
    let mut gaps = item.timeline.gaps().filter(|gap| gap.from > again);
    let mut text = String::new();
    if let Some(gap) = gaps.next() {
        let _ = write!(text, "; a second gap from {} to {}", page.zone.show(gap.from), page.zone.show(gap.to));
    }
    if let more @ 1.. = gaps.count() {
        let _ = write!(text, " and {more} more");
    }
    if let Some(end) = item.timeline.final_end() {
        let _ = write!(text, ", ends {}", page.zone.show(end));
    }
    text
}

/// "4 other items fit".
fn fine(report: &PreflightReport, concerned: &Concerned<'_>) -> Option<String> {
    let fits = report.items.iter().filter(|item| item.fits == Some(true) && !concerned.has(item)).count();
    let is_other = report.items.iter().any(|item| concerned.has(item));
    match (fits, is_other) {
        (0, _) => None,
        (1, true) => Some("1 other item fits".to_owned()),
        (others, true) => Some(format!("{others} other items fit")),
        (1, false) => Some("1 item fits".to_owned()),
        (items, false) => Some(format!("{items} items fit")),
    }
}

pub(super) fn looked_at(report: &PreflightReport, page: &Page) -> String {
    let over = report.old.as_ref().map_or_else(String::new, |old| {
        let ended = old.ended.map(|end| format!(", as it was just before it ended on {}", page.zone.show(end)));
        format!(" over {}{}", old.source, ended.unwrap_or_default())
    });
    let members = match report.members {
        Some(0) if report.usage.is_empty() => "; no members so far, as was said".to_owned(),
        Some(members) => format!("; {}", count(members, "member")),
        None => String::new(),
    };
    let counted = match report.usage.as_slice() {
        [] => String::new(),
        sources => format!(" (counted in {})", sources.join(", ")),
    };
    let moved = report.moved.map(|moves| format!(", after {} of user type", count(moves, "move")));
    let plan = report.plan.as_ref().map(|plan| format!(", and what is planned in {plan}"));
    let until = match (report.until_is, report.until, report.license_end) {
        (Some(UntilIs::LicenseEnd), _, Some(end)) if end > Instant::YEAR_2100 => {
            format!("; looked at until {}, which perhaps stands for no end", page.zone.show(end))
        }
        (Some(UntilIs::LicenseEnd), Some(until), end) => {
            // `until` is the last instant that is looked at; people are told the first end, a millisecond later.
            let first = Instant::from_epoch_ms(until.epoch_ms().saturating_add(1));
            match end == Some(first) {
                true => format!("; looked at until the license ends, {}", page.zone.show(first)),
                false => format!("; looked at up to {}, when the license begins to end", page.zone.show(first)),
            }
        }
        (until_is, Some(until), _) => {
            let reason = match until_is {
                Some(UntilIs::Given) => ", as was asked",
                Some(UntilIs::Year) => ", a year after the import",
                Some(UntilIs::Lead) => ", the end of the lead time",
                Some(UntilIs::Plan) => ", when the last line of the plan begins",
                Some(UntilIs::LicenseEnd) | None => "",
            };
            format!("; looked at until {}{reason}", last_instant(page.zone, until))
        }
        _ => String::new(),
    };
    let left_out: String = report.left_out.iter().map(|note| format!("; {}", shortened(note))).collect();
    let taken_in = [moved, plan].into_iter().flatten().collect::<String>();
    let later = report.until.and_then(|until| LaterLine::words(&report.later_plan, until, page.zone));
    let later = later.map_or_else(String::new, |later| format!("; {later}"));
    format!(
        "imported {} ({}){over}{members}{counted}{taken_in}{left_out}{until}{later}",
        page.zone.show(report.as_of),
        page.zone
    )
}

/// Names the first accounts of a long list.
fn shortened(note: &str) -> String {
    const MOST_NAMES: usize = 10;
    let names: Vec<_> = note.split(", ").collect();
    match names.get(..MOST_NAMES) {
        Some(first) if names.len() > MOST_NAMES => {
            format!("{} and {} more", first.join(", "), names.len() - MOST_NAMES)
        }
        _ => note.to_owned(),
    }
}
