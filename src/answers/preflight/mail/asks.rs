//! The sections of a mail with what it asks for, and with the lines of the file that are the reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::answers::costs::short_cost;
use crate::answers::preflight::action_value::{Action, ActionItem, Addressee, Cause};
use crate::answers::preflight::costs::short;
use crate::answers::preflight::item_words::{ItemWords, named};
use crate::answers::preflight::mail::letter::{Letter, MOST};
use crate::answers::preflight::value::PreflightReport;
use crate::answers::words::count;
use crate::answers::{ShortCost, WhyEntry};
use crate::license::ItemKind;
use crate::text::Phrase;

/// The section with what is asked for, of whom, and by when.
pub(super) fn asks(letter: &mut Letter, report: &PreflightReport) {
    letter.heading("What we ask for");
    if report.actions.is_empty() {
        letter.line("", "Nothing: as far as is known, the seats of the file suffice.");
    }
    let telling = ItemWords::of(report, &letter.page).for_mail();
    for (nth, action) in report.actions.iter().enumerate() {
        let zone = letter.page.zone;
        let by = if action.due <= report.as_of {
            "before the import".to_owned()
        } else {
            format!("by {} ({zone}), in {}", zone.show(action.due), zone.span(report.as_of, action.due))
        };
        letter.line(&format!("{}. ", nth + 1), &format!("{}, {by}: {}", addressed(action.addressee), action.to_do));
        for item in action.items.iter().take(MOST) {
            letter.line("   - ", &asked(&telling, action, item, report));
        }
        if action.items.len() > MOST {
            letter.line("   - ", &format!("and {} more", action.items.len() - MOST));
        }
        for advice in &action.advice {
            letter.line("   ", advice);
        }
    }
}

fn addressed(addressee: Addressee) -> &'static str {
    match addressee {
        Addressee::Purchasing => "Purchasing",
        Addressee::Esri => "Esri Customer Service",
        Addressee::Administrators => "Our portal's administrators",
    }
}

/// An item: "Creator (creatorUT): 110 assigned, 60 in the file, 50 short, 32775.00 EUR a year, at 655.50 for one".
fn asked(telling: &ItemWords, action: &Action, item: &ActionItem, report: &PreflightReport) -> Phrase {
    let cost = |cost: &ShortCost| match item.short.filter(|_| item.at_first.is_some()) {
        // The request may be for the fewer seats that are missing at first.
        Some(short) => format!("{} (for {})", short_cost(cost), count(short, "seat")),
        None => short_cost(cost),
    };
    let no_price = || (report.costs.is_some() && short(action.cause, item).is_some()).then(|| "no price".to_owned());
    telling.words_and(item, action, item.cost.as_ref().map(cost).or_else(no_price))
}

/// The section with the lines that the actions name, each with the meaning of its entry.
pub(super) fn lines_of_file(letter: &mut Letter, report: &PreflightReport) {
    let items: HashMap<_, _> = report.items.iter().map(|item| ((item.kind, item.id.as_str()), item)).collect();
    let new = report.new.as_ref().map_or("", |new| new.file.as_str());
    let mut lines = BTreeSet::new();
    for action in &report.actions {
        let places = action.locations.iter().filter_map(|location| location.rsplit_once(':'));
        let (places, of_old): (Vec<_>, Vec<_>) =
            places.filter_map(|(file, line)| Some((line.parse().ok()?, file))).partition(|(_, file)| *file == new);
        let places: BTreeMap<usize, &str> = places.into_iter().collect();
        // What is lost stands in the old license.
        let of_old = of_old.into_iter().filter(|_| action.cause == Cause::Lost);
        lines.extend(of_old.map(|(line, file)| (file, line, String::new())));
        let mut told = BTreeSet::new();
        for item in &action.items {
            let known = items.get(&(item.kind, item.id.as_str()));
            for entry in known.into_iter().flat_map(|known| &known.explanation.entries) {
                let here = places.range(entry.location.line..=entry.location.end_line).next();
                lines.extend(here.map(|(line, file)| (*file, *line, entry_words(item, entry, letter))));
                told.extend(here.map(|(line, _)| *line));
            }
        }
        let others = places.into_iter().filter(|(line, _)| !told.contains(line));
        lines.extend(others.map(|(line, file)| (file, line, String::new())));
    }
    if lines.is_empty() {
        return;
    }
    let is_one = lines.iter().all(|(file, ..)| *file == new);
    letter.heading(if is_one { "The lines of the file" } else { "The lines of the files" });
    let more = lines.len().saturating_sub(MOST);
    for (file, number, words) in lines.into_iter().take(MOST) {
        let words = if words.is_empty() { words } else { format!(": {words}") };
        letter.line("- ", &format!("{file}, line {number}{words}"));
    }
    if more > 0 {
        letter.line("- ", &format!("and {more} more"));
    }
}

/// An entry: "Creator (creatorUT), 60 seats from 2026-12-31 12:00".
fn entry_words(item: &ActionItem, entry: &WhyEntry, letter: &Letter) -> String {
    let zone = letter.page.zone;
    let seats = match (item.kind, entry.max_users) {
        (ItemKind::Capability, _) => "there".to_owned(),
        (_, None) => "a count that cannot be read".to_owned(),
        (_, Some(1)) => "1 seat".to_owned(),
        (_, Some(seats)) => format!("{seats} seats"),
    };
    let from = entry
        .start_date
        .map_or_else(|| "from a date that cannot be read".to_owned(), |at| format!("from {}", zone.show(at)));
    let to = entry.end_date.map_or_else(String::new, |at| format!(" to {}", zone.show(at)));
    format!("{}, {seats} {from}{to}", named(item.name.as_deref(), &item.id))
}
