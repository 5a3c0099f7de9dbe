//! The formats of `seatline fit` that are not JSON itself.

use std::fmt::Write;

use crate::answers::phrase::{DOUBT, DOUBT_LEGEND, findings_markdown, findings_text};
use crate::answers::{FitItem, FitReport, Page, Shortage};
use crate::layout::csv::Value;
use crate::layout::{Cell, Grid, Tone, csv};
use crate::license::ItemKind;
use crate::license::catalog::is_known;
use crate::severity::Severity;
use crate::text::{escape_markdown, nearest};
use crate::time::Instant;

/// How much stands beside each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A shortage on one line.
    Wide,
    /// A shortage on several lines.
    Medium,
    /// Everything but one number below the id.
    Narrow,
}

const LAYOUTS: [Layout; 3] = [Layout::Wide, Layout::Medium, Layout::Narrow];

/// For people at a terminal.
#[must_use]
pub fn fit_table(report: &FitReport, page: &Page) -> String {
    let mut text = page.wrap(&title(report, page));
    for kind in ItemKind::SEATED {
        let mut grids = LAYOUTS.into_iter().filter_map(|layout| grid(report, kind, page, layout));
        let fitting = grids.find(|grid| grid.fits(page.width)).or_else(|| grid(report, kind, page, Layout::Narrow));
        if let Some(grid) = fitting {
            let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
        }
    }
    let notes = notes(report);
    if !notes.is_empty() {
        text.push('\n');
    }
    notes.iter().for_each(|note| text.push_str(&page.wrap(note)));
    text.push_str(&findings_text(&report.findings, page));
    let _ = write!(text, "\n{}", page.wrap(&verdict(report, page)));
    text
}

/// For a wiki or a pull request.
#[must_use]
pub fn fit_markdown(report: &FitReport, page: &Page) -> String {
    let (verdict, title) = (escape_markdown(&verdict(report, page)), title(report, page));
    let mut text = format!("## {verdict}\n\n{}\n", escape_markdown(&title));
    for kind in ItemKind::SEATED {
        if let Some(grid) = grid(report, kind, page, Layout::Wide) {
            let _ = write!(text, "\n{}", grid.to_markdown());
        }
    }
    for note in notes(report) {
        let _ = write!(text, "\n{}\n", escape_markdown(&note));
    }
    text + &findings_markdown(&report.findings)
}

fn title(report: &FitReport, page: &Page) -> String {
    let version = report.version.as_deref().unwrap_or("unknown");
    let members = report.members.map_or_else(String::new, |members| {
        let disabled = match report.disabled_members {
            Some(0) | None => String::new(),
            Some(disabled) => format!(" ({disabled} disabled, holding seats all the same)"),
        };
        format!(", {members} member{}{disabled}", plural(members))
    });
    format!("{} (version {version}){members}, as of {}", report.source, page.as_of_phrase())
}

fn verdict(report: &FitReport, page: &Page) -> String {
    let until = if report.until == report.as_of {
        String::new()
    } else {
        format!(" through {}", page.zone.show_last(report.until))
    };
    let (mut too_few, mut doubtful, mut uncounted) = (0_u64, 0_u64, 0_u64);
    for item in &report.items {
        match item.fits {
            Some(false) if is_short(item, report.until) => too_few += 1,
            Some(false) => doubtful += 1,
            None if item.planned > 0 => uncounted += 1,
            _ => {}
        }
    }
    let mut reasons = Vec::new();
    if too_few > 0 {
        reasons.push(format!("too few seats of {too_few} item{}", plural(too_few)));
    }
    if doubtful > 0 {
        reasons
            .push(format!("the seats of {doubtful} item{} not certain", if doubtful == 1 { " are" } else { "s are" }));
    }
    if uncounted > 0 {
        reasons.push(format!("{uncounted} planned item{} not counted", plural(uncounted)));
    }
    match too_few {
        0 if reasons.is_empty() => format!("fits{until}"),
        0 => format!("does not certainly fit{until}: {}", reasons.join(", ")),
        _ => format!("does not fit{until}: {}", reasons.join(", ")),
    }
}

/// Whether an item certainly has too few seats, at the latest at an instant.
fn is_short(item: &FitItem, until: Instant) -> bool {
    item.first_shortage.is_some_and(|shortage| shortage.at <= until && !is_doubtful(item, shortage.at))
}

/// Whether the seats of an item are not certain at an instant after the as-of, or before it.
fn is_doubtful(item: &FitItem, at: Instant) -> bool {
    item.certain_until.is_some_and(|until| until <= at)
}

fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn notes(report: &FitReport) -> Vec<String> {
    let mut notes = Vec::new();
    if report.items.iter().any(|item| item.certain_until.is_some()) {
        notes.push(DOUBT_LEGEND.to_owned());
    }
    let retired = report.items.iter().filter_map(|item| Some(format!("{}: {}", item.id, item.retired.as_ref()?)));
    notes.extend(retired);
    let unknown = report.items.iter().filter(|item| !item.in_license && !is_known(item.kind, &item.id));
    notes.extend(unknown.filter_map(|item| {
        let known = report.items.iter().filter(|other| other.kind == item.kind && other.in_license);
        let near = nearest(&item.id, known.map(|known| known.id.as_str()))?;
        Some(format!("{}: not in this license; did you mean {near}?", item.id))
    }));
    let bounds = report.items.iter().filter_map(|item| item.first_shortage);
    if bounds.clone().any(|shortage| shortage.locked_out_is_upper_bound) {
        notes.push("up to: not every role is known, and administrators are not locked out".to_owned());
    }
    let uncounted = ItemKind::SEATED.into_iter().filter_map(|kind| {
        let items =
            report.items.iter().filter(|item| item.kind == kind && item.assigned.is_none() && item.planned == 0);
        let count = u64::try_from(items.count()).unwrap_or(u64::MAX);
        (count > 0).then(|| format!("{count} {}{}", kind.noun(), plural(count)))
    });
    let uncounted: Vec<_> = uncounted.collect();
    if !uncounted.is_empty() {
        notes.push(format!("not counted, so not looked at: {}", uncounted.join(", ")));
    }
    notes
}

/// The items of a kind of which something is counted or planned; nothing where there are none.
fn grid(report: &FitReport, kind: ItemKind, page: &Page, layout: Layout) -> Option<Grid> {
    let narrow = layout == Layout::Narrow;
    let counted = |item: &&FitItem| item.kind == kind && (item.assigned.is_some() || item.planned > 0);
    let mut items = report.items.iter().filter(counted).peekable();
    items.peek()?;
    let header: &[&str] = if narrow {
        &[kind.heading(), ">available"]
    } else {
        &[kind.heading(), ">assigned", ">usable", ">available", ">use", "until"]
    };
    let mut grid = Grid::new(header);
    for item in items {
        let Numbers { assigned, usable, available, percent } = numbers(item);
        let remarks = remarks(item, page, layout);
        let tone = if item.fits == Some(false) { Tone::Bad } else { Tone::Plain };
        let available = Cell::new(available).tone(available_tone(item));
        if narrow {
            let percent = if percent.is_empty() { percent } else { format!(", {percent}") };
            let of = format!("{assigned} of {usable}{percent}");
            let lines = std::iter::once(of).chain(remarks).map(|line| format!("  {line}"));
            grid.row([Cell::ids(std::iter::once(item.id.clone()).chain(lines).collect()), available]);
        } else {
            let percent = Cell::new(percent).tone(available_tone(item));
            let numbers = [Cell::new(assigned), Cell::new(usable), available, percent];
            grid.row(std::iter::once(Cell::id(&item.id)).chain(numbers).chain([Cell::lines(remarks).tone(tone)]));
        }
    }
    Some(grid)
}

/// What is shown in columns.
struct Numbers {
    assigned: String,
    usable: String,
    available: String,
    percent: String,
}

fn numbers(item: &FitItem) -> Numbers {
    let doubt = if item.certain { "" } else { DOUBT };
    Numbers {
        assigned: item.assigned.map_or_else(|| "not counted".to_owned(), |assigned| assigned.to_string()),
        usable: format!("{}{doubt}", item.usable_seats),
        available: item.available.map_or_else(String::new, |available| format!("{available}{doubt}")),
        percent: item.use_percent.map_or_else(String::new, |percent| format!("{percent} %{doubt}")),
    }
}

fn available_tone(item: &FitItem) -> Tone {
    match (item.available, item.use_level) {
        (Some(available), _) if available < 0 => Tone::Bad,
        (_, Some(Severity::Error)) => Tone::Bad,
        (_, Some(_)) => Tone::Doubt,
        _ => Tone::Plain,
    }
}

/// Until when it fits and what happens then.
fn remarks(item: &FitItem, page: &Page, layout: Layout) -> Vec<String> {
    let mut remarks = Vec::new();
    if !item.in_license {
        remarks.push("not in this license".to_owned());
    }
    if item.planned > 0 {
        let more = if item.assigned.is_some() { "" } else { ", on top of nobody knows how many" };
        remarks.push(format!("{} planned{more}", item.planned));
    }
    match item.first_shortage {
        Some(shortage) if layout == Layout::Wide => remarks.push(phrase(shortage, item, page).concat()),
        Some(shortage) => {
            let parts = phrase(shortage, item, page).into_iter();
            remarks.extend(
                parts.map(|part| part.trim_matches([',', ':', ' ']).to_owned()).filter(|part| !part.is_empty()),
            );
        }
        None if item.fits_until.is_none() && item.assigned > Some(0) => remarks.push("fits, no end stated".to_owned()),
        None => {}
    }
    match item.certain_until.filter(|_| item.fits_until.is_some()) {
        Some(until) if until <= page.as_of => remarks.push("not certain".to_owned()),
        Some(until) => remarks.push(format!("certain until {}", page.zone.show(until))),
        None => {}
    }
    remarks
}

/// In parts that may stand on lines of their own.
fn phrase(shortage: Shortage, item: &FitItem, page: &Page) -> [String; 3] {
    let Shortage { at, seats, assigned, short, .. } = shortage;
    let bound = if shortage.locked_out_is_upper_bound { "up to " } else { "" };
    let locked_out = match shortage.locked_out {
        None => String::new(),
        Some(1) => format!(", {bound}1 member locked out"),
        Some(locked_out) => format!(", {bound}{locked_out} members locked out"),
    };
    let doubtful = is_doubtful(item, at);
    let (doubt, perhaps) = if doubtful { (DOUBT, "perhaps ") } else { ("", "") };
    if at == page.as_of {
        return [String::new(), format!("{short} short{doubt}"), locked_out];
    }
    let fits = format!("{perhaps}fits until {}: ", page.zone.show(at));
    [fits, format!("then {seats} seats for {assigned}, {short} short{doubt}"), locked_out]
}

/// One item a row.
#[must_use]
pub fn fit_csv(report: &FitReport) -> String {
    let header = [
        "kind",
        "id",
        "name",
        "inLicense",
        "assigned",
        "planned",
        "usableSeats",
        "available",
        "usePercent",
        "useLevel",
        "certain",
        "certainUntil",
        "fits",
        "fitsUntil",
        "shortageAt",
        "shortageSeats",
        "shortageAssigned",
        "short",
        "lockedOut",
        "lockedOutIsUpperBound",
    ];
    let rows = report.items.iter().map(|item| {
        let shortage = item.first_shortage;
        let number = |number: fn(Shortage) -> u64| Value::number(shortage.map(number));
        [
            Value::text(item.kind),
            Value::text(&item.id),
            Value::option(item.name.as_ref()),
            Value::text(item.in_license),
            Value::number(item.assigned),
            Value::number(Some(item.planned)),
            Value::number(Some(item.usable_seats)),
            Value::signed(item.available),
            Value::option(item.use_percent),
            Value::option(item.use_level),
            Value::text(item.certain),
            Value::option(item.certain_until),
            Value::option(item.fits),
            Value::option(item.fits_until),
            Value::option(shortage.map(|shortage| shortage.at)),
            number(|shortage| shortage.seats),
            number(|shortage| shortage.assigned),
            number(|shortage| shortage.short),
            Value::number(shortage.and_then(|shortage| shortage.locked_out)),
            Value::option(shortage.map(|shortage| shortage.locked_out_is_upper_bound)),
        ]
    });
    csv::render(header, rows)
}
