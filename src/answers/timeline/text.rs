//! The formats of `seatline timeline` that are neither JSON itself nor a calendar.

use std::fmt::Write;

use crate::answers::phrase::{DOUBT, DOUBT_LEGEND, Numbers};
use crate::answers::{Page, TimelineItem, TimelineLicense, TimelineReport, TimelineStep, phrase};
use crate::layout::csv::Value;
use crate::layout::{Cell, Grid, Tone, csv};
use crate::license::ItemKind;
use crate::text::{code, escape_markdown, to_json_line, visible};
use crate::time::Instant;

/// How the changes are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// All changes of an item.
    #[default]
    Item,
    /// All changes of a date.
    Date,
}

/// For people at a terminal.
#[must_use]
pub fn timeline_table(report: &TimelineReport, page: &Page, by: By) -> String {
    let mut text = String::new();
    let numbers = Numbers::of(report.licenses.iter().map(|license| license.source.as_str()));
    for license in &report.licenses {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ =
            writeln!(text, "{}{}:", visible(&license.source), numbers.of_document(&license.source, license.document));
        text.push_str(&page.wrap(&what(license, page)));
        for grid in grids(report, license, page, by, true) {
            let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
        }
        let legend: String = legend(report, license, page, by).iter().map(|line| page.wrap(line)).collect();
        if !legend.is_empty() {
            let _ = write!(text, "\n{legend}");
        }
        text.push_str(&phrase::findings_text(&license.findings, page));
    }
    text
}

/// For a wiki or a pull request.
#[must_use]
pub fn timeline_markdown(report: &TimelineReport, page: &Page, by: By) -> String {
    let mut text = String::new();
    let numbers = Numbers::of(report.licenses.iter().map(|license| license.source.as_str()));
    for license in &report.licenses {
        if !text.is_empty() {
            text.push('\n');
        }
        let what = escape_markdown(&what(license, page));
        let _ = writeln!(
            text,
            "## {}{}\n\n{what}",
            code(&license.source),
            numbers.of_document(&license.source, license.document)
        );
        for grid in grids(report, license, page, by, false) {
            let _ = write!(text, "\n{}", grid.to_markdown());
        }
        for line in legend(report, license, page, by).into_iter().filter(|line| !line.contains('#')) {
            let _ = writeln!(text, "\n{}", escape_markdown(line.trim()));
        }
        text.push_str(&phrase::findings_markdown(&license.findings));
    }
    text
}

fn what(license: &TimelineLicense, page: &Page) -> String {
    let version = license.version.as_deref().unwrap_or("unknown");
    let end = license.common_end.map_or_else(String::new, |end| format!("; most end {}", page.zone.show(end)));
    format!("license version {version}, times in {}, as of {}{end}", page.zone, page.zone.show(page.as_of))
}

fn own<'r>(report: &'r TimelineReport, license: &TimelineLicense) -> &'r [TimelineItem] {
    report.items.get(license.rows.clone()).unwrap_or_default()
}

fn legend(report: &TimelineReport, license: &TimelineLicense, page: &Page, by: By) -> Vec<String> {
    let items = own(report, license);
    let mut lines = Vec::new();
    if let (By::Item, Some((from, to))) = (by, range(report, items)) {
        let (from, to) = (page.zone.show(from), page.zone.show(to));
        lines.push(format!("# most seats of the item, o fewer, . none, ? not certain; from {from} to {to}"));
    }
    if items.iter().any(|item| item.certain_until.is_some()) {
        lines.push(DOUBT_LEGEND.to_owned());
    }
    lines
}

fn grids(report: &TimelineReport, license: &TimelineLicense, page: &Page, by: By, bars: bool) -> Vec<Grid> {
    let items = own(report, license);
    match by {
        By::Date => vec![by_date(items, page)],
        By::Item => {
            let range = range(report, items).filter(|_| bars);
            let kinds = ItemKind::ALL.into_iter();
            let groups = kinds.map(|kind| (kind, items.iter().filter(|item| item.kind == kind).collect::<Vec<_>>()));
            let groups = groups.filter(|(_, items)| !items.is_empty());
            groups
                .map(|(kind, items)| {
                    let grid = |length| by_item(kind, &items, range, length, page);
                    // The longest bars that leave the rest unbroken.
                    [48, 32, 16].into_iter().map(grid).find(|grid| grid.fits(page.width)).unwrap_or_else(|| grid(8))
                })
                .collect()
        }
    }
}

fn by_item(
    kind: ItemKind,
    items: &[&TimelineItem],
    range: Option<(Instant, Instant)>,
    length: i64,
    page: &Page,
) -> Grid {
    let narrow = page.width.is_some_and(|width| width < 70);
    let mut header = vec![kind.heading()];
    if !narrow {
        header.extend(range.map(|_| "over time"));
        header.extend(["changes", "remarks"]);
    }
    let mut grid = Grid::new(&header);
    for item in items {
        let changes: Vec<_> = item.steps.iter().map(|step| change(item, step, page)).collect();
        let bar = range.map(|range| bar(item, range, length));
        let remarks = remarks(item, page);
        if narrow {
            let lines = bar.into_iter().chain(changes).chain(remarks).map(|line| format!("  {line}"));
            grid.row([Cell::ids(std::iter::once(item.id.clone()).chain(lines).collect())]);
        } else {
            let mut row = vec![Cell::id(&item.id)];
            row.extend(bar.map(Cell::new));
            row.extend([Cell::lines(changes), Cell::lines(remarks)]);
            grid.row(row);
        }
    }
    grid
}

fn change(item: &TimelineItem, step: &TimelineStep, page: &Page) -> String {
    let doubt = if step.certain { "" } else { DOUBT };
    let what = match (item.kind, step.active) {
        (ItemKind::Capability, true) => "begins".to_owned(),
        (ItemKind::Capability, false) => "ends".to_owned(),
        _ => step.seats.unwrap_or(0).to_string(),
    };
    format!("{} {what}{doubt}", page.zone.show(step.at))
}

fn remarks(item: &TimelineItem, page: &Page) -> Vec<String> {
    let mut remarks = Vec::new();
    for gap in &item.gaps {
        remarks.push(format!("gap of {}", page.zone.span(gap.from, gap.to)));
    }
    match item.days_after_common_end {
        None | Some(0) => {}
        Some(days) => {
            let unit = if days.abs() == 1 { "day" } else { "days" };
            let order = if days < 0 { "before" } else { "after" };
            remarks.push(format!("ends {} {unit} {order} most", days.abs()));
        }
    }
    if item.open_end {
        remarks.push("no end stated".to_owned());
    }
    if let Some(until) = item.certain_until {
        remarks.push(if until > page.as_of {
            format!("certain until {}", page.zone.show(until))
        } else {
            "not certain".to_owned()
        });
    }
    remarks
}

/// The time that all bars of a license cover.
fn range(report: &TimelineReport, items: &[TimelineItem]) -> Option<(Instant, Instant)> {
    let steps = || items.iter().flat_map(|item| item.timeline.steps().iter().map(|step| step.at));
    let from = report.from.or_else(|| steps().min())?;
    let to = report.to.or_else(|| steps().max())?;
    (from < to).then_some((from, to))
}

/// Each character stands for a stretch of time, and shows the fewest seats in it: no gap is too short to be seen.
fn bar(item: &TimelineItem, (from, to): (Instant, Instant), length: i64) -> String {
    let timeline = &item.timeline;
    let most = timeline.steps().iter().map(|step| step.seats).max().unwrap_or(0);
    let span = i128::from(to.epoch_ms()) - i128::from(from.epoch_ms());
    let edge = |index: i64| {
        let offset = span * i128::from(index) / i128::from(length);
        Instant::from_epoch_ms(i64::try_from(i128::from(from.epoch_ms()) + offset).unwrap_or(i64::MAX))
    };
    (0..length)
        .map(|index| {
            let (start, end) = (edge(index), edge(index + 1));
            let inside = timeline.steps().iter().filter(|step| step.at > start && step.at < end);
            let fewest = inside.map(|step| step.seats).chain([timeline.seats_at(start)]).min().unwrap_or(0);
            match fewest {
                _ if timeline.certain_until(start).is_some_and(|until| until < end) => '?',
                0 => '.',
                fewest if fewest < most => 'o',
                _ => '#',
            }
        })
        .collect()
}

fn by_date(items: &[TimelineItem], page: &Page) -> Grid {
    let mut changes: Vec<_> = items
        .iter()
        .flat_map(|item| {
            let before = std::iter::once(item.seats_before).chain(item.steps.iter().map(|step| step.seats));
            item.steps.iter().zip(before).map(move |(step, before)| (step.at, item, step, before))
        })
        .collect();
    // Sorting keeps the order of items.
    changes.sort_by_key(|(at, ..)| *at);
    let mut grid = Grid::new(&["date", "kind", "item", ">before", ">after", "what"]);
    let mut previous = None;
    for (at, item, step, before) in changes {
        let date = if previous == Some(at) { String::new() } else { page.zone.show(at) };
        previous = Some(at);
        let seats = |seats: Option<u64>| seats.map_or_else(String::new, |seats| seats.to_string());
        let what = match (before, step.seats) {
            (None, _) => {
                if step.active {
                    "begins"
                } else {
                    "ends"
                }
            }
            (Some(0), Some(_)) => "begins",
            (Some(_), Some(0)) => "ends",
            (before, after) if before < after => "more",
            _ => "fewer",
        };
        let tone = if matches!(what, "ends" | "fewer") { Tone::Bad } else { Tone::Good };
        let doubt = if step.certain { "" } else { DOUBT };
        grid.row([
            Cell::new(date),
            Cell::new(item.kind.noun()),
            Cell::id(&item.id),
            Cell::new(seats(before)),
            Cell::new(seats(step.seats) + doubt),
            Cell::new(what).tone(tone),
        ]);
    }
    grid
}

/// One item a line.
///
/// # Errors
/// None that is known: see [`to_json_line`].
pub fn timeline_jsonl(report: &TimelineReport) -> serde_json::Result<String> {
    report.items.iter().map(to_json_line).collect()
}

/// One step a row.
#[must_use]
pub fn timeline_csv(report: &TimelineReport) -> String {
    let header =
        ["source", "document", "kind", "id", "name", "knownAs", "at", "seatsBefore", "seats", "active", "certain"];
    let rows = report.items.iter().flat_map(|item| {
        let before = std::iter::once(item.seats_before).chain(item.steps.iter().map(|step| step.seats));
        item.steps.iter().zip(before).map(move |(step, before)| {
            [
                Value::text(&item.source),
                Value::text(item.document),
                Value::text(item.kind),
                Value::text(&item.id),
                Value::option(item.name.as_ref()),
                Value::option(item.known_as.as_ref()),
                Value::text(step.at),
                Value::number(before),
                Value::number(step.seats),
                Value::text(step.active),
                Value::text(step.certain),
            ]
        })
    });
    csv::render(header, rows)
}
