//! The sections of a mail with the changes and their dates.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::answers::Page;
use crate::answers::costs::Seats;
use crate::answers::preflight::action_value::Cause;
use crate::answers::preflight::item_words::{ItemWords, named};
use crate::answers::preflight::mail::later::{DOUBT, SeatsAfterImport, net};
use crate::answers::preflight::mail::letter::MOST;
use crate::answers::preflight::value::{PreflightItem, PreflightReport};
use crate::answers::preflight::words::replaced_id;
use crate::answers::words::{count, list};
use crate::license::ItemKind;
use crate::time::Instant;

/// The most items that are named for one date.
const FEW: usize = 6;

/// The legend of "not certain".
const DOUBT_LEGEND: &str =
    "not certain: the file, or the old license, can be read in more than one way; the lowest number is shown";

/// The changes and the dates. The legend of "not certain" stands where the words first occur.
pub(super) fn changes_and_dates(report: &PreflightReport, page: &Page) -> [Vec<String>; 2] {
    let mut sections = [changes(report, page), dates(report, page)];
    let is_doubtful = |lines: &&mut Vec<String>| lines.iter().any(|line| line.contains(DOUBT));
    if let Some(first) = sections.iter_mut().find(is_doubtful) {
        first.push(DOUBT_LEGEND.to_owned());
    }
    sections
}

/// The items that change, with their seats before and at the import and the fewest later.
fn changes(report: &PreflightReport, page: &Page) -> Vec<String> {
    let seated = report.items.iter().filter(|item| item.kind != ItemKind::Capability);
    let (changing, same): (Vec<&PreflightItem>, Vec<_>) =
        seated.partition(|item| SeatsAfterImport::of(item, report).changes());
    let mut lines: Vec<_> = changing.iter().take(MOST).map(|item| change(item, report, page)).collect();
    if changing.len() > MOST {
        lines.push(format!("and {} more", changing.len() - MOST));
    }
    let telling = ItemWords::of(report, page).for_mail();
    let lost = report.actions.iter().filter(|action| action.cause == Cause::Lost);
    let lost: Vec<_> = lost.flat_map(|action| action.items.iter().map(move |item| (item, action))).collect();
    lines.extend(lost.iter().take(MOST).map(|(item, action)| format!("lost, {}", telling.words(item, action))));
    if lost.len() > MOST {
        lines.push(format!("and {} more are lost", lost.len() - MOST));
    }
    let lost: HashSet<_> = lost.iter().map(|(item, _)| (item.kind, item.id.as_str())).collect();
    let same: Vec<_> = same.into_iter().filter(|item| !lost.contains(&(item.kind, item.id.as_str()))).collect();
    let (same, unknown): (Vec<_>, Vec<_>) = same.into_iter().partition(|item| before(item).is_some());
    let number = |items: &[&PreflightItem]| count(u64::try_from(items.len()).unwrap_or(u64::MAX), "item");
    if !same.is_empty() {
        let other = if changing.is_empty() && lost.is_empty() { "" } else { "other " };
        let ended = report.old.as_ref().is_some_and(|old| old.ended.is_some());
        let until = if ended { " until they end" } else { ", at the import or later" };
        lines.push(format!("{other}items that do not change{until}: {}", same.len()));
    }
    if report.old.is_none() {
        lines.push("what the import replaces was not given, so what changes at the import is not known".to_owned());
    } else if !unknown.is_empty() {
        lines.push(format!("the old license does not state what it gives of {}", number(&unknown)));
    }
    lines
}

/// The seats of this very id in the old license, or just before that license ended; `None` where they are not told.
/// Retired extensions that the item replaces have their own lines.
fn before(item: &PreflightItem) -> Option<Seats> {
    item.own.and_then(|(_, old)| old)
}

/// An item: "Creator (creatorUT): 120 seats before, 120 at the import: no change; fewest later: 60 from 2026-12-31
/// 12:00 (60 fewer)".
fn change(item: &PreflightItem, report: &PreflightReport, page: &Page) -> String {
    let new = item.new.unwrap_or(0);
    let doubt = |certain: bool| if certain { "" } else { DOUBT };
    let at_import = doubt(item.own.is_none_or(|(new, _)| new.certain));
    let at_import = match before(item) {
        None => format!("{} at the import{at_import}", count(new, "seat")),
        Some(old) => {
            let ended = report.old.as_ref().and_then(|old| old.ended);
            let before = ended.map_or_else(
                || "before".to_owned(),
                |ended| format!("just before the old license ended on {}", page.zone.show(ended)),
            );
            let (seats, doubt) = (count(old.count, "seat"), doubt(old.certain));
            let certain = old.certain && item.own.is_none_or(|(new, _)| new.certain);
            format!("{seats} {before}{doubt}, {new} at the import{at_import}: {}", net(old.count, new, certain))
        }
    };
    let later = SeatsAfterImport::of(item, report).later(page);
    let replaces: Vec<_> = item.replaces.iter().map(replaced_id).collect();
    let replaces = match replaces.as_slice() {
        [] => String::new(),
        ids => format!("; it takes the place of {}", list(ids)),
    };
    format!("{}: {at_import}{}{replaces}", named(item.name.as_deref(), &item.id), later)
}

/// The dates of the import, of the actions, of changes, and of the end.
fn dates(report: &PreflightReport, page: &Page) -> Vec<String> {
    let mut dates: BTreeMap<Instant, Vec<String>> = BTreeMap::new();
    dates.entry(report.as_of).or_default().push("the import".to_owned());
    let later = |at: &Instant| *at > report.as_of;
    let due: BTreeSet<_> = report.actions.iter().map(|action| action.due).filter(later).collect();
    for at in due {
        dates.entry(at).or_default().push("until then what is asked for above must be done".to_owned());
    }
    for (at, mut changes) in steps(report) {
        let more = changes.len().saturating_sub(FEW);
        changes.truncate(FEW);
        let more = (more > 0).then(|| format!("and {more} more"));
        dates.entry(at).or_default().push(changes.into_iter().chain(more).collect::<Vec<_>>().join(", "));
    }
    if let Some(end) = report.license_end {
        dates.entry(end).or_default().push(end_words(report, end));
    }
    let more = dates.len().saturating_sub(MOST);
    let shown = dates.into_iter().take(MOST);
    let mut lines: Vec<_> = shown.map(|(at, words)| format!("{}: {}", page.zone.show(at), words.join("; "))).collect();
    if more > 0 {
        lines.push(format!("and {more} later dates"));
    }
    if report.license_end.is_none() && report.verdict.is_some() {
        let seats = |item: &&PreflightItem| !item.timeline.steps().is_empty() && item.timeline.final_end().is_none();
        let goes_on = report.items.iter().filter(|item| item.kind == ItemKind::UserType).any(|item| seats(&item));
        let words = match (report.has_doubtful_user_types, goes_on) {
            (true, true) => "when the license ends is not certain",
            (true, false) => "what the file gives of user types, at the import or later, is not certain",
            (false, true) => "no end of the license is stated, perhaps it has none",
            (false, false) => "no user type has seats, at the import or later",
        };
        lines.push(words.to_owned());
    }
    lines
}

/// The changes by date: "Creator (creatorUT) 120 to 60 seats". Items that end with the license share a line.
fn steps(report: &PreflightReport) -> BTreeMap<Instant, Vec<String>> {
    let mut steps: BTreeMap<Instant, Vec<String>> = BTreeMap::new();
    for item in report.items.iter().filter(|item| item.kind != ItemKind::Capability) {
        let mut seats = item.timeline.seats_at(report.as_of);
        for step in item.timeline.steps().iter().filter(|step| step.at > report.as_of) {
            if Some(step.at) != report.license_end {
                let before = Instant::from_epoch_ms(step.at.epoch_ms() - 1);
                let [before, after] = [before, step.at].map(|at| doubt(item.timeline.is_certain_at(at)));
                let name = named(item.name.as_deref(), &item.id);
                steps
                    .entry(step.at)
                    .or_default()
                    .push(format!("{name} {seats}{before} to {} seats{after}", step.seats));
            }
            seats = step.seats;
        }
    }
    steps
}

/// The mark of what readings of the file do not agree on.
fn doubt(certain: bool) -> &'static str {
    if certain { "" } else { DOUBT }
}

fn end_words(report: &PreflightReport, end: Instant) -> String {
    if end > Instant::YEAR_2100 {
        return "no end of the license is stated, perhaps it has none".to_owned();
    }
    format!("the license ends for everybody{}", doubt(report.license_end_certain != Some(false)))
}
