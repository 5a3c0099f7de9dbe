//! `preflight` for people at a terminal, and for a ticket.

use std::fmt::Write;

use crate::answers::Page;
use crate::answers::preflight::value::{Action, PreflightItem, PreflightReport, Verdict};
use crate::answers::preflight::words::item_words;
use crate::answers::until::UntilIs;
use crate::layout::{Cell, Grid, Tone};
use crate::license::ItemKind;
use crate::text::{code, escape_markdown};

/// The verdict, what to do by date, and what concerns people; what is fine is only counted.
#[must_use]
pub fn preflight_table(report: &PreflightReport, page: &Page) -> String {
    let mut text = verdict(report).to_text(page.width, page.color);
    for action in &report.actions {
        let _ = write!(text, "\n{}", action_grid(action, page).to_text(page.width, page.color));
    }
    if !report.actions.is_empty() {
        for kind in ItemKind::SEATED {
            let concerned: Vec<_> =
                report.items.iter().filter(|item| item.kind == kind && is_shown(item, report)).collect();
            if !concerned.is_empty() {
                let _ = write!(text, "\n{}", items_grid(kind, &concerned, page).to_text(page.width, page.color));
            }
        }
        if let Some(line) = fine(report) {
            let _ = write!(text, "\n{}", page.wrap(&line));
        }
    }
    let unknown = unknown(report);
    if !unknown.is_empty() {
        text.push('\n');
        unknown.iter().for_each(|line| text.push_str(&page.wrap(line)));
    }
    let _ = write!(text, "\n{}", page.wrap(&looked_at(report, page)));
    text
}

/// For a ticket or a pull request.
#[must_use]
pub fn preflight_markdown(report: &PreflightReport, page: &Page) -> String {
    let mut text = format!("## {}\n", escape_markdown(&report.headline));
    if !report.actions.is_empty() {
        text.push('\n');
        for action in &report.actions {
            let _ = writeln!(text, "- {}", escape_markdown(&action.message));
        }
    }
    for kind in ItemKind::SEATED {
        let items: Vec<_> = report.items.iter().filter(|item| item.kind == kind).collect();
        if !items.is_empty() {
            let _ = write!(text, "\n{}", items_grid(kind, &items, page).to_markdown());
        }
    }
    for line in unknown(report) {
        let _ = write!(text, "\n{}\n", escape_markdown(&line));
    }
    let source = report.new.as_ref().map_or_else(String::new, |new| format!("{}: ", code(&new.source)));
    let _ = write!(text, "\n{source}{}\n", escape_markdown(&looked_at(report, page)));
    text
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
fn action_grid(action: &Action, page: &Page) -> Grid {
    let mut lines = vec![action.to_do.clone()];
    lines.extend(action.items.iter().map(|item| format!("- {}", item_words(page.zone, action, item))));
    lines.extend(action.advice.iter().cloned());
    if !action.locations.is_empty() {
        lines.push(format!("why: {}", places(&action.locations)));
    }
    let mut grid = Grid::bare(2);
    let tone = if action.due <= page.as_of { Tone::Bad } else { Tone::Doubt };
    grid.row([Cell::new(format!("  by {}", page.zone.show(action.due))).tone(tone), Cell::lines(lines)]);
    grid
}

/// "license.json:49, :64".
pub(super) fn places(locations: &[String]) -> String {
    let mut text = String::new();
    let mut before = "";
    for (file, line) in locations.iter().filter_map(|location| location.rsplit_once(':')) {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}{}:{line}", if file == before { "" } else { file });
        before = file;
    }
    text
}

/// What the table at a terminal shows: user types that somebody has, and what does not fit.
fn is_shown(item: &PreflightItem, report: &PreflightReport) -> bool {
    let in_action = report.actions.iter().flat_map(|action| &action.items);
    item.fits == Some(false) || in_action.into_iter().any(|one| one.kind == item.kind && one.id == item.id)
}

fn items_grid(kind: ItemKind, items: &[&PreflightItem], page: &Page) -> Grid {
    let title = kind.heading();
    let mut grid = Grid::new(&[title, "", ">assigned", ">old", ">at the import", "lowest later"]);
    for item in items {
        let number = |count: Option<u64>| Cell::new(count.map_or_else(|| "–".to_owned(), |count| count.to_string()));
        let tone = if item.fits == Some(false) { Tone::Bad } else { Tone::Plain };
        grid.row([
            Cell::id(item.id.clone()),
            Cell::new(item.name.clone().unwrap_or_default()),
            number(item.assigned),
            number(item.old),
            number(item.new),
            Cell::new(lowest(item, page)).tone(tone),
        ]);
    }
    grid
}

/// "60 from 2026-12-31 12:00".
pub(super) fn lowest(item: &PreflightItem, page: &Page) -> String {
    match item.new {
        Some(new) if item.lowest.seats < new => {
            format!("{} from {}", item.lowest.seats, page.zone.show(item.lowest.at))
        }
        _ => "not less".to_owned(),
    }
}

/// "4 other items fit".
fn fine(report: &PreflightReport) -> Option<String> {
    let others = report.items.iter().filter(|item| item.fits == Some(true) && !is_shown(item, report)).count();
    match others {
        0 => None,
        1 => Some("1 other item fits".to_owned()),
        others => Some(format!("{others} other items fit")),
    }
}

fn unknown(report: &PreflightReport) -> Vec<String> {
    report.unknown.clone()
}

pub(super) fn looked_at(report: &PreflightReport, page: &Page) -> String {
    let over = report.old.as_ref().map_or_else(String::new, |old| format!(" over {}", old.source));
    let members = match report.members {
        Some(1) => "; 1 member".to_owned(),
        Some(members) => format!("; {members} members"),
        None => String::new(),
    };
    let counted = match report.usage.as_slice() {
        [] => String::new(),
        sources => format!(" (counted in {})", sources.join(", ")),
    };
    let until = match (report.until_is, report.until, report.license_end) {
        (Some(UntilIs::LicenseEnd), _, Some(end)) => {
            format!("; looked at until the license ends, {}", page.zone.show(end))
        }
        (_, Some(until), _) => format!("; looked at until {}", page.zone.show(until)),
        _ => String::new(),
    };
    format!("imported {} ({}){over}{members}{counted}{until}", page.zone.show(report.as_of), page.zone)
}
