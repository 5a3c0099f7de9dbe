//! `seatline why` for people, at a terminal and in a ticket.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::answers::Page;
use crate::answers::why::value::{WhyEntry, WhyReport};
use crate::layout::{Cell, Grid, Tone};
use crate::license::ItemKind;
use crate::seats::Status;
use crate::text::{Phrase, escape_markdown, name, phrase};

/// The tables of `why` for a terminal.
#[must_use]
pub fn why_table(report: &WhyReport, page: &Page) -> String {
    let mut text = page.verdict(&headline(report, page));
    text.push_str(&page.wrap(&file(report)));
    if !report.entries.is_empty() {
        let _ = write!(text, "\n{}", grid(report, page, ">").to_text(page.width, page.color));
    }
    if !report.other_readings.is_empty() {
        text.push('\n');
    }
    for reading in &report.other_readings {
        text.push_str(&page.wrap(reading));
    }
    text
}

/// `why` as Markdown, for a ticket.
#[must_use]
pub fn why_markdown(report: &WhyReport, page: &Page) -> String {
    let mut text = format!("## {}\n\n{}\n", headline(report, page).markdown(), file(report).markdown());
    if !report.entries.is_empty() {
        let _ = write!(text, "\n{}", grid(report, page, "→").to_markdown());
    }
    for (nth, reading) in report.other_readings.iter().enumerate() {
        let _ = writeln!(text, "{}- {}", if nth == 0 { "\n" } else { "" }, escape_markdown(reading));
    }
    text
}

/// The seats of the item in one sentence: "creatorUT (Creator): 60 seats on 2027-03-01 00:00 (UTC), certain".
fn headline(report: &WhyReport, page: &Page) -> Phrase {
    let known = report.name.as_ref().or(report.known_as.as_ref());
    let known = known.map_or_else(Phrase::default, |known| phrase![" (", name(known), ")"]);
    let what = match (report.seats, report.status) {
        (Some(1), _) => "1 seat".to_owned(),
        (Some(seats), _) => format!("{seats} seats"),
        (None, Some(Status::Active)) => "there".to_owned(),
        (None, _) => "not there".to_owned(),
    };
    let certain = match (report.certain, report.certain_until) {
        (Some(true), None) => "certain".to_owned(),
        (Some(true), Some(until)) => format!("certain until {}", page.zone.show(until)),
        _ => "not certain".to_owned(),
    };
    let none = if report.entries.is_empty() { "; the license has no entry of it" } else { "" };
    phrase![name(&report.id), known, format!(": {what} on {}, {certain}{none}", page.as_of_phrase())]
}

fn file(report: &WhyReport) -> Phrase {
    let version = report.version.as_deref().unwrap_or("unknown");
    phrase![name(report.file.as_deref().unwrap_or_default()), ": license version ", version]
}

fn grid(report: &WhyReport, page: &Page, mark: &str) -> Grid {
    let is_capability = report.kind == Some(ItemKind::Capability);
    let mut grid = Grid::new(if is_capability {
        &["", ">line", "from", "to", "reading"]
    } else {
        &["", ">line", ">seats", "from", "reading"]
    });
    let lines: BTreeSet<_> = report.entries.iter().map(|entry| entry.location.line).collect();
    let line = |entry: &WhyEntry| match lines.len() == report.entries.len() {
        true => entry.location.line.to_string(),
        false => format!("{}:{}", entry.location.line, entry.location.column),
    };
    for entry in &report.entries {
        let tone = match (entry.holds, entry.may_belong) {
            (true, _) => Tone::Good,
            (false, true) => Tone::Doubt,
            (false, false) => Tone::Plain,
        };
        let date = |at: Option<_>, without: &str| at.map_or_else(|| without.to_owned(), |at| page.zone.show(at));
        let seats = || entry.max_users.map_or_else(|| "?".to_owned(), |seats| seats.to_string());
        let holds = Cell::new(if entry.holds { mark } else { "" });
        let (line, from, reading) = (line(entry), date(entry.start_date, "?"), Cell::new(&entry.reading).tone(tone));
        if is_capability {
            grid.row([holds, Cell::new(line), Cell::new(from), Cell::new(date(entry.end_date, "")), reading]);
        } else {
            grid.row([holds, Cell::new(line), Cell::new(seats()), Cell::new(from), reading]);
        }
    }
    grid
}
