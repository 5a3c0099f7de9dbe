//! The formats of `seatline fit` that are not JSON itself.

use std::fmt::Write;

use super::csv::{self, Value};
use super::escape::escape_markdown;
use super::grid::{Cell, Grid, Tone};
use super::phrase::{DOUBT, DOUBT_LEGEND, Page, findings_markdown, findings_text};
use crate::item::ItemKind;
use crate::report::{FitItem, FitReport, Shortage};
use crate::rules::Severity;

/// For people at a terminal.
#[must_use]
pub fn fit_table(report: &FitReport, page: &Page) -> String {
    let mut text = page.wrap(&title(report, page));
    for kind in ItemKind::SEATED {
        if let (Some(wide), Some(narrow)) = (grid(report, kind, page, false), grid(report, kind, page, true)) {
            let fitting = if wide.fits(page.width) { wide } else { narrow };
            let _ = write!(text, "\n{}", fitting.to_text(page.width, page.color));
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
        if let Some(grid) = grid(report, kind, page, false) {
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
    let members = match (report.members, report.disabled_members) {
        (Some(members), Some(0) | None) => format!(", {members} members"),
        (Some(members), Some(disabled)) => {
            format!(", {members} members ({disabled} disabled, holding seats all the same)")
        }
        (None, _) => String::new(),
    };
    format!("{} (version {version}){members}, as of {}", report.source, page.as_of_phrase())
}

fn verdict(report: &FitReport, page: &Page) -> String {
    let until =
        if report.until == report.as_of { String::new() } else { format!(" until {}", page.zone.show(report.until)) };
    let (mut too_few, mut unknown) = (0, 0);
    for item in &report.items {
        match item.fits {
            Some(false) => too_few += 1,
            None if item.planned > 0 => unknown += 1,
            _ => {}
        }
    }
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match (too_few, unknown) {
        (0, 0) => format!("fits{until}"),
        (0, unknown) => format!("does not certainly fit{until}: {unknown} item{} not counted", plural(unknown)),
        (too_few, _) => format!("does not fit{until}: {too_few} item{}", plural(too_few)),
    }
}

fn notes(report: &FitReport) -> Vec<String> {
    let mut notes = Vec::new();
    if report.items.iter().any(|item| item.certain_until.is_some()) {
        notes.push(DOUBT_LEGEND.to_owned());
    }
    let bounds = report.items.iter().filter_map(|item| item.first_shortage);
    if bounds.clone().any(|shortage| shortage.locked_out_is_upper_bound) {
        notes.push("up to: not every role is known, and administrators are not locked out".to_owned());
    }
    notes
}

/// The items of a kind of which something is counted or planned; nothing where there are none.
fn grid(report: &FitReport, kind: ItemKind, page: &Page, narrow: bool) -> Option<Grid> {
    let counted = |item: &&FitItem| item.kind == kind && (item.assigned.is_some() || item.planned > 0);
    let mut items = report.items.iter().filter(counted).peekable();
    items.peek()?;
    let mut header = vec![kind.heading(), ">assigned", ">usable", ">available", ">use"];
    if !narrow {
        header.push("until");
    }
    let mut grid = Grid::new(&header);
    for item in items {
        let remarks = remarks(item, page);
        let id = if narrow {
            let lines = remarks.iter().map(|remark| format!("  {remark}"));
            Cell::ids(std::iter::once(item.id.clone()).chain(lines).collect())
        } else {
            Cell::id(&item.id)
        };
        let mut row = vec![id];
        row.extend(numbers(item));
        if !narrow {
            row.push(Cell::lines(remarks).tone(if item.fits == Some(false) { Tone::Bad } else { Tone::Plain }));
        }
        grid.row(row);
    }
    Some(grid)
}

fn numbers(item: &FitItem) -> [Cell; 4] {
    let doubt = if item.certain { "" } else { DOUBT };
    let available = item.available.map_or_else(String::new, |available| format!("{available}{doubt}"));
    let tone = match (item.available, item.use_level) {
        (Some(available), _) if available < 0 => Tone::Bad,
        (_, Some(Severity::Error)) => Tone::Bad,
        (_, Some(_)) => Tone::Doubt,
        _ => Tone::Plain,
    };
    let percent = item.use_percent.map_or_else(String::new, |percent| format!("{percent} %"));
    [
        Cell::new(item.assigned.map_or_else(|| "not counted".to_owned(), |assigned| assigned.to_string())),
        Cell::new(format!("{}{doubt}", item.usable_seats)),
        Cell::new(available).tone(tone),
        Cell::new(percent).tone(tone),
    ]
}

/// Until when it fits and what happens then.
fn remarks(item: &FitItem, page: &Page) -> Vec<String> {
    let mut remarks = Vec::new();
    if !item.in_license {
        remarks.push("not in this license".to_owned());
    }
    remarks.extend(item.retired.clone());
    if item.planned > 0 {
        let more = if item.assigned.is_some() { "" } else { ", on top of nobody knows how many" };
        remarks.push(format!("{} planned{more}", item.planned));
    }
    match item.first_shortage {
        Some(shortage) => remarks.push(phrase(shortage, item, page)),
        None if item.fits_until.is_none() && item.assigned > Some(0) => remarks.push("fits, no end stated".to_owned()),
        None => {}
    }
    if let Some(until) = item.certain_until.filter(|_| item.fits_until.is_some()) {
        remarks.push(format!("certain until {}", page.zone.show(until)));
    }
    remarks
}

fn phrase(shortage: Shortage, item: &FitItem, page: &Page) -> String {
    let Shortage { at, seats, assigned, short, .. } = shortage;
    let bound = if shortage.locked_out_is_upper_bound { "up to " } else { "" };
    let locked_out = match shortage.locked_out {
        None => String::new(),
        Some(1) => format!(", {bound}1 member locked out"),
        Some(locked_out) => format!(", {bound}{locked_out} members locked out"),
    };
    let doubt = if item.certain_until.is_some_and(|until| until <= at) { DOUBT } else { "" };
    if at == page.as_of {
        format!("{short} short{doubt}{locked_out}")
    } else {
        format!(
            "fits until {}: then {seats} seats for {assigned}, {short} short{doubt}{locked_out}",
            page.zone.show(at)
        )
    }
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
