//! `preflight` for a terminal and for tickets.

use std::fmt::Write;

use crate::answers::Page;
use crate::answers::costs::{costs_markdown, costs_text};
use crate::answers::preflight::action_value::Action;
use crate::answers::preflight::item_words::ItemWords;
use crate::answers::preflight::items_grid::{Concerned, LAYOUTS, items_grid};
use crate::answers::preflight::looked_at::looked_at;
use crate::answers::preflight::lowest::is_lowest_doubtful;
use crate::answers::preflight::uncounted::NOBODY_COUNTED;
use crate::answers::preflight::value::{PreflightItem, PreflightReport, Verdict};
use crate::answers::preflight::words::replaced_id;
use crate::layout::{Cell, Grid, Tone};
use crate::license::ItemKind;
use crate::text::{Phrase, code, name, phrase};
use crate::time::Instant;

/// The legend of the mark of doubt.
pub(super) const DOUBT_LEGEND: &str = "? not certain: a license can be read in more than one way";

/// The most items and lines of an action that are shown; JSON and CSV have all of them.
const MOST: usize = 40;

/// The verdict, the actions by date, and the items that actions are about; other items are only counted.
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
    // The first line names the kinds that nobody counted.
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

/// The answer in Markdown, for a ticket or a pull request.
#[must_use]
pub fn preflight_markdown(report: &PreflightReport, page: &Page) -> String {
    let concerned = Concerned::new(report);
    let mut text = format!("## {}\n", report.headline.markdown());
    for (nth, action) in report.actions.iter().enumerate() {
        let _ = writeln!(text, "{}- {}", if nth == 0 { "\n" } else { "" }, action.message.markdown());
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
        let _ = write!(text, "\n{}\n", line.markdown());
    }
    text.push_str(&costs_markdown(report.costs.as_ref(), page));
    for line in &report.unknown {
        let _ = write!(text, "\n{}\n", line.markdown());
    }
    let source = report.new.as_ref().map_or_else(String::new, |new| format!("{}: ", code(&new.source)));
    let _ = write!(text, "\n{source}{}\n", looked_at(report, page).markdown());
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
    grid.row([Cell::new(&report.headline).tone(tone)]);
    grid
}

/// An action: "by DATE", with what to do and the items beside it.
fn action_grid(action: &Action, telling: &ItemWords, page: &Page) -> Grid {
    let mut lines = vec![action.to_do.clone()];
    lines.extend(action.items.iter().take(MOST).map(|item| phrase!["- ", telling.words(item, action)]));
    if let Some(more) = action.items.len().checked_sub(MOST).filter(|more| *more > 0) {
        lines.push(format!("- {more} more, see -f json").into());
    }
    lines.extend(action.advice.iter().cloned());
    if !action.locations.is_empty() {
        lines.push(format!("why: {}", places(&action.locations)).into());
    }
    lines.extend(action.why.as_ref().map(Phrase::from));
    let mut grid = Grid::bare(2);
    let is_due = action.due <= page.as_of;
    let tone = if is_due { Tone::Bad } else { Tone::Doubt };
    let by = if is_due { "before the import".to_owned() } else { format!("by {}", page.zone.show(action.due)) };
    grid.row([Cell::new(format!("  {by}")).tone(tone), Cell::lines(lines)]);
    grid
}

/// Places in one file: "license.json:49, :64".
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

/// The ids that an extension replaces: "advediting: the old seats are those of utilityNetwork and perhaps parcelFabric
/// too".
pub(super) fn replacements(report: &PreflightReport, is_told: impl Fn(&PreflightItem) -> bool) -> Vec<Phrase> {
    let told = report.items.iter().filter(|item| !item.replaces.is_empty() && is_told(item)).map(|item| {
        let ids: Vec<_> = item.replaces.iter().map(replaced_id).collect();
        let what = match (item.assigned, item.old) {
            (Some(_), Some(_)) => "what is assigned and old",
            (_, Some(_)) => "what is old",
            _ => "what is assigned",
        };
        let with = format!(": {what} is counted with that of ");
        phrase![name(&item.id), with, Phrase::list(ids), ", whose place it takes"]
    });
    told.collect()
}

/// The number of items that are not shown: "4 other items fit".
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
