//! `fit` for people: the answer first, then what is short, then what fits.

use std::fmt::Write;

use crate::answers::Page;
use crate::answers::costs::{costs_markdown, costs_text};
use crate::answers::fit::shortage::Shortage;
use crate::answers::fit::value::{FitItem, FitReport};
use crate::answers::phrase::{DOUBT, DOUBT_LEGEND, findings_markdown, findings_text};
use crate::answers::until::UntilIs;
use crate::answers::words::{count, last_instant};
use crate::layout::{Cell, Grid, Tone};
use crate::license::ItemKind;
use crate::severity::Severity;
use crate::text::{Phrase, name, phrase};
use crate::time::Instant;
use crate::usage::LockedOut;

/// How the items are laid out, by the width of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// The name in a column beside the id.
    Wide,
    /// The numbers in columns, the name under the id.
    Plain,
    /// One column: everything about an item below its id.
    Narrow,
}

/// The tables of `fit` for a terminal.
#[must_use]
pub fn fit_table(report: &FitReport, page: &Page) -> String {
    let mut text = page.verdict(&report.verdict);
    for kind in ItemKind::SEATED {
        let layouts = [Layout::Wide, Layout::Plain];
        let mut grids = layouts.into_iter().filter_map(|layout| grid(report, kind, page, layout));
        let fitting = grids.find(|grid| grid.fits(page.width));
        if let Some(grid) = fitting.or_else(|| grid(report, kind, page, Layout::Narrow)) {
            let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
        }
    }
    text.push_str(&costs_text(report.costs.as_ref(), page));
    let notes = notes(report);
    if !notes.is_empty() {
        text.push('\n');
    }
    notes.iter().for_each(|note| text.push_str(&page.wrap(note)));
    text.push_str(&findings_text(&report.findings, page));
    let _ = write!(text, "\n{}", page.wrap(&looked_at(report, page)));
    text
}

/// `fit` as Markdown, for a wiki or a pull request.
#[must_use]
pub fn fit_markdown(report: &FitReport, page: &Page) -> String {
    let mut text = format!("## {}\n", report.verdict.markdown());
    for kind in ItemKind::SEATED {
        if let Some(grid) = grid(report, kind, page, Layout::Wide) {
            let _ = write!(text, "\n{}", grid.to_markdown());
        }
    }
    text.push_str(&costs_markdown(report.costs.as_ref(), page));
    for note in notes(report) {
        let _ = write!(text, "\n{}\n", note.markdown());
    }
    text.push_str(&findings_markdown(&report.findings));
    let _ = write!(text, "\n{}\n", looked_at(report, page).markdown());
    text
}

/// The line that says which license and which members were looked at, and for which period.
pub(super) fn looked_at(report: &FitReport, page: &Page) -> Phrase {
    let source = report.source.as_deref().map_or_else(|| "no license".into(), name);
    let version = report.version.as_deref().unwrap_or("unknown");
    let members = report.members.map_or_else(String::new, |members| {
        let disabled = match report.disabled_members {
            Some(0) | None => String::new(),
            Some(disabled) => format!(" ({disabled} disabled, holding seats all the same)"),
        };
        format!(", {}{disabled}", count(members, "member"))
    });
    let until = report.until.map_or_else(String::new, |until| match report.until_is {
        // `until` is the last instant looked at; the text names the end of the license, a millisecond later.
        Some(UntilIs::LicenseEnd) => {
            format!(" up to {}", page.zone.show(Instant::from_epoch_ms(until.epoch_ms().saturating_add(1))))
        }
        _ => format!(" to {}", last_instant(page.zone, until)),
    });
    let period = format!("){members}, from {}{until} ({})", page.zone.show(report.as_of), page.zone);
    phrase![source, " (version ", version, period]
}

fn name_of(item: &FitItem) -> Option<&str> {
    item.name.as_deref().or(item.known_as.as_deref())
}

pub(super) fn notes(report: &FitReport) -> Vec<Phrase> {
    let doubt = report.items.iter().any(|item| is_shown(item) && item.certain_until.is_some());
    doubt.then(|| DOUBT_LEGEND.into()).into_iter().chain(report.notes.iter().cloned()).collect()
}

/// Whether seats of the item are counted or planned.
pub(super) fn is_shown(item: &FitItem) -> bool {
    item.assigned.is_some() || item.planned > 0
}

/// The order of items in the tables: items that do not fit, then items nobody counted, then items that fit.
fn rank(item: &FitItem) -> u8 {
    match item.fits {
        Some(false) => 0,
        None => 1,
        Some(true) => 2,
    }
}

/// An item, and the remarks that stand beside its numbers.
struct Row<'r> {
    item: &'r FitItem,
    remarks: Vec<String>,
    locked_out: Option<LockedOut>,
}

/// The table of the items of one kind; `None` where there are none.
fn grid(report: &FitReport, kind: ItemKind, page: &Page, layout: Layout) -> Option<Grid> {
    let mut items: Vec<_> = report.items.iter().filter(|item| item.kind == kind && is_shown(item)).collect();
    items.sort_by_key(|item| rank(item));
    let rows: Vec<_> = items.into_iter().map(|item| row(item, report.until, page)).collect();
    rows.first()?;
    if layout == Layout::Narrow {
        let mut grid = Grid::new(&[kind.heading()]);
        rows.iter().for_each(|row| grid.row([stacked(row)]));
        return Some(grid);
    }
    let has_names = layout == Layout::Wide && rows.iter().any(|row| name_of(row.item).is_some());
    let has_remarks = rows.iter().any(|row| !row.remarks.is_empty());
    let has_locked_out = rows.iter().any(|row| row.locked_out.is_some());
    let columns = [
        (true, kind.heading()),
        (has_names, "name"),
        (true, ">assigned"),
        (true, ">seats"),
        (true, ">available"),
        (true, ">use"),
        (has_remarks, "remarks"),
        (has_locked_out, ">locked out"),
    ];
    let mut grid = Grid::new(&columns.into_iter().filter(|(is, _)| *is).map(|(_, title)| title).collect::<Vec<_>>());
    for row in &rows {
        let tone = if row.item.fits == Some(false) { Tone::Bad } else { Tone::Plain };
        let locked_out = row.locked_out.map_or_else(String::new, |locked_out| locked_out.to_string());
        let cells = [
            (true, Cell::ids(ids(row.item, has_names))),
            (has_names, Cell::id(name_of(row.item).unwrap_or_default())),
            (true, Cell::new(assigned(row.item))),
            (true, Cell::new(seats(row.item))),
            (true, Cell::new(available(row.item)).tone(use_tone(row.item))),
            (true, Cell::new(percent(row.item)).tone(use_tone(row.item))),
            (has_remarks, Cell::lines(row.remarks.clone()).tone(tone)),
            (has_locked_out, Cell::new(locked_out).tone(tone)),
        ];
        grid.row(cells.into_iter().filter(|(is, _)| *is).map(|(_, cell)| cell));
    }
    Some(grid)
}

/// The id, and under it the name unless that has a column of its own.
fn ids(item: &FitItem, name_apart: bool) -> Vec<String> {
    let name = name_of(item).filter(|_| !name_apart).map(|name| format!("  {name}"));
    std::iter::once(item.id.clone()).chain(name).collect()
}

/// The cell that holds everything about an item below its id.
fn stacked(row: &Row<'_>) -> Cell {
    let Row { item, remarks, locked_out: locked } = row;
    let numbers = [format!("{} of {}", assigned(item), seats(item)), percent(item), available(item)];
    let words = ["", "", " available"];
    let numbers = numbers.iter().zip(words).filter(|(number, _)| !number.is_empty());
    let numbers = numbers.map(|(number, word)| format!("{number}{word}")).collect::<Vec<_>>().join(", ");
    let locked = locked.map(|locked| format!("{} locked out", locked.members()));
    let below = item.name.iter().cloned().chain([numbers]).chain(remarks.iter().cloned()).chain(locked);
    let tone = if item.fits == Some(false) { Tone::Bad } else { Tone::Plain };
    Cell::ids(std::iter::once(item.id.clone()).chain(below.map(|line| format!("  {line}"))).collect()).tone(tone)
}

fn row<'r>(item: &'r FitItem, until: Option<Instant>, page: &Page) -> Row<'r> {
    Row { item, remarks: remarks(item, until, page), locked_out: locked_out(item, until) }
}

/// The members locked out when an item first does not fit; nothing for an item that fits all the time that the answer
/// shows.
pub(super) fn locked_out(item: &FitItem, until: Option<Instant>) -> Option<LockedOut> {
    let is_told = item.fits == Some(false) || item.told_shortage(until).is_some();
    item.misfit_locked_out().filter(|_| is_told)
}

pub(super) fn remarks(item: &FitItem, until: Option<Instant>, page: &Page) -> Vec<String> {
    let mut remarks = Vec::new();
    if !item.in_license {
        remarks.push("not in this license".to_owned());
    }
    if item.planned > 0 {
        let more = if item.assigned.is_some() { "" } else { ", and nobody counted how many are assigned" };
        remarks.push(format!("{} planned{more}", item.planned));
    }
    remarks.extend(item.told_shortage(until).map(|shortage| phrase(shortage, page)));
    remarks.extend(item.told_shortage(until).and_then(|shortage| worse(item, shortage, page)));
    if let Some(again) = item.later_shortages.first() {
        let to = again.to.map_or_else(String::new, |to| format!(" to {}", page.zone.show(to)));
        let more = item.later_shortages.len() - 1;
        let more = if more > 0 { format!(", and {} later", count_of(more, "more time")) } else { String::new() };
        let doubt = if again.certain { "" } else { DOUBT };
        remarks.push(format!("again up to {} short{doubt} from {}{to}{more}", again.short, page.zone.show(again.at)));
    }
    match item.certain_until.filter(|_| item.fits == Some(false)) {
        Some(until) if until <= page.as_of => remarks.push("not certain".to_owned()),
        Some(until) => remarks.push(format!("certain until {}", page.zone.show(until))),
        None => {}
    }
    remarks
}

fn count_of(number: usize, noun: &str) -> String {
    count(u64::try_from(number).unwrap_or(u64::MAX), noun)
}

/// A shortage in words: "50 short from 2026-12-31 12:00: 60 seats for 110".
fn phrase(shortage: Shortage, page: &Page) -> String {
    let Shortage { at, to, seats, assigned, short, .. } = shortage;
    let doubt = if shortage.certain { "" } else { DOUBT };
    let to = |word: &str| to.map_or_else(String::new, |to| format!(" {word} {}", page.zone.show(to)));
    if at == page.as_of {
        return format!("{short} short{doubt}{}", to("until"));
    }
    let seats = if seats == 0 { "no seats".to_owned() } else { count(seats, "seat") };
    format!("{short} short{doubt} from {}{}: {seats} for {assigned}", page.zone.show(at), to("to"))
}

/// "10 short from 2027-04-01 00:00: 5 seats for 15", where a shortage grows worse than it is at first.
fn worse(item: &FitItem, first: Shortage, page: &Page) -> Option<String> {
    let most = item.worst_of_first.filter(|most| most.short > first.short)?;
    let seats = if most.seats == 0 { "no seats".to_owned() } else { count(most.seats, "seat") };
    let doubt = if most.certain { "" } else { DOUBT };
    Some(format!("{} short{doubt} from {}: {seats} for {}", most.short, page.zone.show(most.at), most.assigned))
}

fn assigned(item: &FitItem) -> String {
    item.assigned.map_or_else(|| "not counted".to_owned(), |assigned| assigned.to_string())
}

fn seats(item: &FitItem) -> String {
    format!("{}{}", item.usable_seats, if item.certain { "" } else { DOUBT })
}

fn available(item: &FitItem) -> String {
    let doubt = if item.certain { "" } else { DOUBT };
    item.available.map_or_else(String::new, |available| format!("{available}{doubt}"))
}

pub(super) fn percent(item: &FitItem) -> String {
    item.use_percent.map_or_else(String::new, |percent| format!("{percent} %{}", if item.certain { "" } else { DOUBT }))
}

fn use_tone(item: &FitItem) -> Tone {
    match (item.available, item.use_level) {
        (Some(available), _) if available < 0 => Tone::Bad,
        (_, Some(Severity::Error)) => Tone::Bad,
        (_, Some(_)) => Tone::Doubt,
        _ => Tone::Plain,
    }
}
