//! The formats of `seatline diff` that are not JSON itself.

use std::fmt::Write;

use crate::answers::phrase::DOUBT;
use crate::answers::{DiffItem, DiffReport, DiffSide, Location, Lost, Page, Presence, SideDocument};
use crate::layout::csv::Value;
use crate::layout::{Cell, Grid, Tone, csv};
use crate::license::ItemKind;
use crate::text::escape_markdown;

/// For people at a terminal.
#[must_use]
pub fn diff_table(report: &DiffReport, page: &Page) -> String {
    let mut text = page.wrap(&title(report, page));
    for kind in ItemKind::ALL {
        let grids = [false, true].map(|narrow| grid(report, kind, page, narrow));
        let [wide, narrow] = grids;
        if let (Some(wide), Some(narrow)) = (wide, narrow) {
            let fitting = if wide.fits(page.width) { wide } else { narrow };
            let _ = write!(text, "\n{}", fitting.to_text(page.width, page.color));
        }
    }
    if report.items.iter().all(|item| !is_changed(item)) {
        let _ = writeln!(text, "\nNothing changes from the as-of on.");
    }
    if !report.findings.is_empty() {
        let mut reasons = Grid::new(&["Not safe"]);
        for finding in &report.findings {
            let place = places(report, finding.old.as_ref(), finding.new.as_ref());
            reasons.row([Cell::lines(vec![finding.message.clone(), format!("  {place}")]).tone(Tone::Bad)]);
        }
        let _ = write!(text, "\n{}", reasons.to_text(page.width, page.color));
    }
    let _ = writeln!(text, "\n{}", verdict(report));
    text
}

/// For a pull request.
#[must_use]
pub fn diff_markdown(report: &DiffReport, page: &Page) -> String {
    let mut text = format!("## {}\n\n{}\n", verdict(report), escape_markdown(&title(report, page)));
    for kind in ItemKind::ALL {
        if let Some(grid) = grid(report, kind, page, false) {
            let _ = write!(text, "\n{}", grid.to_markdown());
        }
    }
    if !report.findings.is_empty() {
        text.push('\n');
    }
    for finding in &report.findings {
        let place = places(report, finding.old.as_ref(), finding.new.as_ref());
        let _ = writeln!(text, "- {} ({})", escape_markdown(&finding.message), escape_markdown(&place));
    }
    text
}

fn title(report: &DiffReport, page: &Page) -> String {
    let side = |side: &DiffSide| {
        let told = match (side.document, &side.future) {
            (SideDocument::License, _) => String::new(),
            (SideDocument::LicenseResource, None) => "as the portal tells, without what follows; ".to_owned(),
            (SideDocument::LicenseResource, Some(future)) => format!("as the portal tells, with {future}; "),
        };
        format!("{} ({told}version {})", side.source, side.version.as_deref().unwrap_or("unknown"))
    };
    let (old, new) = (side(&report.old), side(&report.new));
    format!("{old} to {new}, as of {}", page.as_of_phrase())
}

fn verdict(report: &DiffReport) -> String {
    let as_told = match report.old.document {
        SideDocument::License => "",
        SideDocument::LicenseResource => ", as far as the portal tells",
    };
    let in_use = if report.items.iter().any(|item| !item.lost.is_empty()) { " that is in use" } else { "" };
    match report.findings.len() {
        0 => format!("safe to import{as_told}: nothing{in_use} is lost"),
        1 => "not safe to import: 1 reason".to_owned(),
        count => format!("not safe to import: {count} reasons"),
    }
}

fn places(report: &DiffReport, old: Option<&Location>, new: Option<&Location>) -> String {
    let place = |source: &str, location: &Location| format!("{source}:{}:{}", location.line, location.column);
    let places = [
        old.map(|location| place(&report.old.source, location)),
        new.map(|location| place(&report.new.source, location)),
    ];
    places.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn is_changed(item: &DiffItem) -> bool {
    item.presence != Presence::Both
        || item.delta.is_some_and(|delta| delta != 0)
        || item.old_end != item.new_end
        || !item.lost.is_empty()
        || !remarks(item, None).is_empty()
}

/// The items of a kind that change; nothing where there are none.
fn grid(report: &DiffReport, kind: ItemKind, page: &Page, narrow: bool) -> Option<Grid> {
    let items: Vec<_> = report.items.iter().filter(|item| item.kind == kind && is_changed(item)).collect();
    if items.is_empty() {
        return None;
    }
    let seated = kind != ItemKind::Capability;
    let mut header = vec![kind.heading()];
    if seated {
        header.extend([">old", ">new", ">delta"]);
    }
    if !narrow {
        header.push("changes");
    }
    let mut grid = Grid::new(&header);
    for item in items {
        let remarks = remarks(item, Some(page));
        let mut row = if narrow {
            let lines = remarks.iter().map(|remark| format!("  {remark}"));
            vec![Cell::ids(std::iter::once(item.id.clone()).chain(lines).collect())]
        } else {
            vec![Cell::id(&item.id)]
        };
        if seated {
            row.extend(seats(item));
        }
        if !narrow {
            row.push(Cell::lines(remarks));
        }
        grid.row(row);
    }
    if let Some(sum) = report.sums.iter().find(|sum| sum.kind == kind) {
        let is_doubtful = |item: &DiffItem| item.kind == kind && item.certain_until.is_some();
        let doubt = if report.items.iter().any(is_doubtful) { DOUBT } else { "" };
        let cells = [sum.old.to_string(), sum.new.to_string(), format!("{:+}", sum.delta)];
        let cells = cells.into_iter().map(|cell| Cell::new(format!("{cell}{doubt}")));
        grid.row(std::iter::once(Cell::new("all of them")).chain(cells));
    }
    Some(grid)
}

fn seats(item: &DiffItem) -> [Cell; 3] {
    let doubt = if item.certain_until.is_some() { DOUBT } else { "" };
    let seats = |seats: Option<u64>| Cell::new(format!("{}{doubt}", seats.unwrap_or(0)));
    let delta = item.delta.unwrap_or(0);
    let tone = match delta {
        0 => Tone::Plain,
        delta if delta < 0 => Tone::Bad,
        _ => Tone::Good,
    };
    let delta = if delta == 0 { "0".to_owned() } else { format!("{delta:+}") };
    [seats(item.old), seats(item.new), Cell::new(format!("{delta}{doubt}")).tone(tone)]
}

/// What changes besides the seats at the as-of; without a page only whether there is something.
fn remarks(item: &DiffItem, page: Option<&Page>) -> Vec<String> {
    let show = |at| page.map_or_else(String::new, |page| page.zone.show(at));
    let mut remarks = Vec::new();
    match item.presence {
        Presence::Removed => remarks.push("removed".to_owned()),
        Presence::Added => remarks.push("added".to_owned()),
        Presence::Both => {}
    }
    remarks.extend(item.retired.clone());
    if let Some(assigned) = item.assigned.filter(|_| !item.lost.is_empty()) {
        remarks.push(format!("{assigned} assigned today"));
    }
    for Lost { from, to, old, new } in &item.lost {
        let to = to.map_or_else(|| "on".to_owned(), |to| format!("to {}", show(to)));
        let what = old.zip(*new).map_or_else(|| "not there".to_owned(), |(old, new)| format!("{new} instead of {old}"));
        remarks.push(format!("{what} from {} {to}", show(*from)));
    }
    match item.end_days {
        None | Some(0) => {}
        Some(days) => {
            let order = if days < 0 { "earlier" } else { "later" };
            let unit = if days.abs() == 1 { "day" } else { "days" };
            remarks.push(format!("ends {} {unit} {order}", days.abs()));
        }
    }
    if let Some(gap) = &item.gap {
        let span = page.map_or_else(String::new, |page| page.zone.span(gap.from, gap.to));
        remarks.push(format!("a gap of {span} between the terms"));
    }
    if let Some(renamed) = &item.renamed {
        remarks.push(format!("was called {}, is called {}", renamed.old, renamed.new));
    }
    if let Some(administrator) = item.administrator.filter(|one| one.old.compatible != one.new.compatible) {
        let (old, new) = (administrator.old.compatible.as_str(), administrator.new.compatible.as_str());
        remarks.push(format!("administrator: was {old}, is {new}"));
    }
    if !item.includes_lost.is_empty() {
        remarks.push(format!("does not include {} any more", item.includes_lost.join(", ")));
    }
    if let Some(until) = item.certain_until {
        remarks.push(format!("certain until {}", show(until)));
    }
    remarks
}

/// One item a row; times of loss in one cell.
#[must_use]
pub fn diff_csv(report: &DiffReport) -> String {
    let header = [
        "kind",
        "id",
        "name",
        "presence",
        "old",
        "new",
        "delta",
        "assigned",
        "oldEnd",
        "newEnd",
        "endDays",
        "lost",
        "gapDays",
        "includesLost",
        "certainUntil",
    ];
    let rows = report.items.iter().map(|item| {
        let lost: Vec<_> = item
            .lost
            .iter()
            .map(|lost| {
                let to = lost.to.map_or_else(|| "..".to_owned(), |to| to.to_string());
                let count = |seats: Option<u64>| seats.map_or_else(String::new, |seats| seats.to_string());
                format!("{}/{to} {}>{}", lost.from, count(lost.old), count(lost.new))
            })
            .collect();
        [
            Value::text(item.kind),
            Value::text(&item.id),
            Value::option(item.name.as_ref()),
            Value::text(match item.presence {
                Presence::Both => "both",
                Presence::Removed => "removed",
                Presence::Added => "added",
            }),
            Value::number(item.old),
            Value::number(item.new),
            Value::signed(item.delta),
            Value::number(item.assigned),
            Value::option(item.old_end),
            Value::option(item.new_end),
            Value::signed(item.end_days),
            Value::list(&lost),
            Value::signed(item.gap.map(|gap| gap.days)),
            Value::list(&item.includes_lost),
            Value::option(item.certain_until),
        ]
    });
    csv::render(header, rows)
}
