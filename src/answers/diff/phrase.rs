//! The changes of an item in words: both timelines from the as-of on, and the differences besides seats.

use std::collections::BTreeSet;

use crate::answers::diff::findings::few;
use crate::answers::diff::given::Given;
use crate::answers::diff::item::{DiffItem, ExtraChange, Replacement};
use crate::answers::outlook::final_end;
use crate::answers::phrase::DOUBT;
use crate::answers::{Page, TimelineStep};
use crate::text::{Phrase, name, phrase};
use crate::time::{Instant, Zone};

/// The longest line of a table, in characters; longer lines are broken.
const LONG: usize = 72;

/// The changes as lines of a table.
pub(super) fn changes(item: &DiffItem, page: &Page) -> Vec<Phrase> {
    changes_within(item, page, LONG)
}

/// The changes as sentences, for formats that break lines themselves.
pub(super) fn sentences(item: &DiffItem, page: &Page) -> Vec<Phrase> {
    changes_within(item, page, usize::MAX)
}

fn changes_within(item: &DiffItem, page: &Page, long: usize) -> Vec<Phrase> {
    let zone = page.zone;
    let mut lines: Vec<Phrase> = timelines(item, zone, long).into_iter().map(Phrase::from).collect();
    // Where NEW has seats before the gap, the words for its timeline tell of the gap.
    if let Some(gap) = item.gap.as_ref().filter(|_| !item.new_active) {
        lines.push(format!("a gap of {} between the terms", zone.span(gap.from, gap.to)).into());
    }
    match (&item.replaced_by, &item.retired) {
        (Some(successor), _) => lines.push(phrase![perhaps(successor), "replaced by ", name(&successor.id)]),
        (None, Some(note)) => lines.push(phrase!["perhaps retired: ", note]),
        (None, None) => {}
    }
    if !item.replaces.is_empty() {
        let replaced = item.replaces.iter().map(|it| (it.id.as_str(), it.perhaps));
        lines.push(phrase!["takes the place of ", with_doubt(replaced)]);
    }
    if let Some(renamed) = &item.renamed {
        lines.push(phrase!["was called ", name(&renamed.old), ", is called ", name(&renamed.new)]);
    }
    if let Some(administrator) = item.administrator.filter(|it| it.old.compatible != it.new.compatible) {
        let (old, new) = (administrator.old.compatible.as_str(), administrator.new.compatible.as_str());
        lines.push(format!("administrator: was {old}, is {new}").into());
    }
    lines.extend(extras(item, zone));
    for (side, until) in [("OLD", item.old_certain_until), ("NEW", item.new_certain_until)] {
        lines.extend(until.map(|until| match until > page.as_of {
            true => phrase![side, " is certain until ", zone.show(until)],
            false => phrase![side, " is not certain at the as-of"],
        }));
    }
    lines
}

fn perhaps(replacement: &Replacement) -> &'static str {
    if replacement.perhaps { "perhaps " } else { "" }
}

/// Ids, with "(perhaps)" after replacements that are inferred: "parcelFabric (perhaps), utilityNetwork".
fn with_doubt<'r>(ids: impl Iterator<Item = (&'r str, bool)>) -> Phrase {
    Phrase::join(ids.map(|(id, perhaps)| phrase![name(id), if perhaps { " (perhaps)" } else { "" }]), ", ")
}

/// An item in one of the licenses: its seats at the as-of, and its later steps.
struct Course<'r> {
    seats: Option<u64>,
    active: bool,
    steps: &'r [TimelineStep],
    is_certain_for_ever: bool,
    /// Whether an expiration of the license resource says that there is no end.
    no_end: bool,
}

fn timelines(item: &DiffItem, zone: Zone, long: usize) -> Vec<String> {
    let old = Course {
        seats: item.old,
        active: item.old_active,
        steps: &item.old_steps,
        is_certain_for_ever: item.old_certain_until.is_none(),
        no_end: item.old_no_end,
    };
    let new = Course {
        seats: item.new,
        active: item.new_active,
        steps: &item.new_steps,
        is_certain_for_ever: item.new_certain_until.is_none(),
        no_end: false,
    };
    // Where both licenses have the same steps, the text has them once.
    let ((old_steps, old_end), (new_steps, new_end)) = (old.before_end(), new.before_end());
    let same = (old.seats, old.active, old_steps) == (new.seats, new.active, new_steps);
    if !same || (new.steps.is_empty() && !new.active) {
        return [("OLD ", old), ("NEW ", new)]
            .into_iter()
            .flat_map(|(side, course)| lines(side, &course.words(zone), ", ", long))
            .collect();
    }
    let show = |end: &TimelineStep| format!("{}{}", zone.show(end.at), doubt(end.certain));
    let ends = |end: &TimelineStep| final_end(end.at, &show(end));
    let end = match (old_end, new_end) {
        (Some(old), Some(new)) if old == new => format!("{}, as in OLD", ends(new)),
        (Some(old), Some(new)) if old.at > Instant::YEAR_2100 => format!("{}; OLD: {}", ends(new), ends(old)),
        (Some(old), Some(new)) if old.at == new.at && new.certain => {
            format!("{}; in OLD that is not certain", ends(new))
        }
        (Some(old), Some(new)) if old.at == new.at => format!("{}; in OLD that is certain", ends(new)),
        (Some(old), Some(new)) => format!("{} instead of {}", ends(new), show(old)),
        (Some(old), None) => format!("{} instead of {}", new.without_end(), show(old)),
        (None, Some(new)) => format!("{}; OLD: {}", ends(new), old.without_end()),
        (None, None) if old.no_end => format!("{}; OLD: {}", new.without_end(), old.without_end()),
        (None, None) => format!("{}, as in OLD", new.without_end()),
    };
    let mut words = new.steps_in_words(new_steps, zone);
    words.push(end);
    lines("", &words, "; ", long)
}

/// Joins words into lines, and begins a new line where one would be longer than `long`.
fn lines(start: &str, words: &[String], separator: &str, long: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            None => lines.push(format!("{start}{word}")),
            Some(line) if line.len() + word.len() <= long => *line += &format!("{separator}{word}"),
            Some(line) => {
                line.push_str(separator.trim_end());
                lines.push(format!("    {word}"));
            }
        }
    }
    lines
}

impl Course<'_> {
    /// The steps before the final end, and the final end.
    fn before_end(&self) -> (&[TimelineStep], Option<&TimelineStep>) {
        match self.steps.split_last() {
            Some((last, before)) if !last.active => (before, Some(last)),
            _ => (self.steps, None),
        }
    }

    /// The steps in words: "120 → 60 on 2026-12-31 12:00", "ends 2029-12-31 12:00".
    fn words(&self, zone: Zone) -> Vec<String> {
        let (steps, end) = self.before_end();
        let mut words = self.steps_in_words(steps, zone);
        match end {
            Some(end) => words.push(final_end(end.at, &format!("{}{}", zone.show(end.at), doubt(end.certain)))),
            None if !self.active && steps.is_empty() => words.push(format!("none{}", doubt(self.is_certain_for_ever))),
            None => words.push(self.without_end()),
        }
        words
    }

    /// "no end stated", and "perhaps perpetual" where an expiration may mean "never".
    fn without_end(&self) -> String {
        let perhaps = if self.no_end { ", perhaps perpetual" } else { "" };
        format!("no end stated{perhaps}{}", doubt(self.is_certain_for_ever))
    }

    /// Each step in words. A period without seats is shown with its end, since seats come back.
    fn steps_in_words(&self, steps: &[TimelineStep], zone: Zone) -> Vec<String> {
        let number = |seats: Option<u64>| seats.map_or_else(|| "there".to_owned(), |seats| seats.to_string());
        let mut words = Vec::new();
        let now = number(self.seats);
        if self.active && steps.first().is_none_or(|step| !step.active) {
            words.push(now.clone());
        }
        let mut steps = steps.iter().enumerate();
        while let Some((nth, step)) = steps.next() {
            let (at, mark) = (zone.show(step.at), doubt(step.certain));
            if step.active {
                let now_then = number(step.seats);
                words.push(match (nth, self.active) {
                    (0, true) => format!("{now} → {now_then} on {at}{mark}"),
                    (0, false) => format!("{now_then} from {at}{mark}"),
                    _ => format!("then {now_then} from {at}{mark}"),
                });
            } else if let Some((_, again)) = steps.next() {
                words.push(format!("none from {at}{mark} to {}{}", zone.show(again.at), doubt(again.certain)));
                words.push(format!("then {}", number(again.seats)));
            }
        }
        words
    }
}

fn doubt(certain: bool) -> &'static str {
    if certain { "" } else { DOUBT }
}

fn extras(item: &DiffItem, zone: Zone) -> Vec<Phrase> {
    let mut lines = Vec::new();
    let successors: BTreeSet<_> =
        item.extras.iter().filter_map(|extra| Some(&extra.replaced_by.as_ref()?.id)).collect();
    let names = |is_it: &dyn Fn(&&ExtraChange) -> bool| {
        let names: Vec<_> = item.extras.iter().filter(is_it).filter_map(|extra| extra.detail.as_deref()).collect();
        (!names.is_empty()).then(|| few(names.into_iter().collect()))
    };
    for successor in &successors {
        let replaced = item.extras.iter().filter_map(|extra| {
            let by = extra.replaced_by.as_ref().filter(|by| by.id == **successor)?;
            Some((extra.detail.as_deref()?, by.perhaps))
        });
        lines.push(phrase!["includes ", name(successor), " in the place of ", with_doubt(replaced)]);
    }
    let is_told = |extra: &ExtraChange| {
        let is_successor = extra.detail.as_ref().is_some_and(|detail| successors.contains(detail));
        extra.replaced_by.is_some() || (extra.given == Given::Inclusion && is_successor)
    };
    let is = |extra: &ExtraChange, given: Given, gained: bool| {
        extra.given == given && (extra.new > extra.old) == gained && !is_told(extra)
    };
    for (given, gained, words) in
        [(Given::Definition, false, "not defined any more"), (Given::Definition, true, "is defined now")]
    {
        if item.extras.iter().any(|extra| is(extra, given, gained)) {
            lines.push(words.into());
        }
    }
    for (given, gained, words) in [
        (Given::Inclusion, false, "does not include any more"),
        (Given::Inclusion, true, "includes now"),
        (Given::IncludedEntitlement, false, "does not include any more the entitlement"),
        (Given::IncludedEntitlement, true, "includes now the entitlement"),
        (Given::App, false, "without the app"),
        (Given::App, true, "with the app"),
    ] {
        lines.extend(names(&|extra| is(extra, given, gained)).map(|names| phrase![words, ": ", names]));
    }
    for extra in item.extras.iter().filter(|extra| extra.given == Given::Entitlement) {
        let which = extra.detail.as_deref().map_or_else(|| "without a name".into(), name);
        let what = format!(": {} → {} from {}", extra.old, extra.new, zone.show(extra.from));
        lines.push(phrase!["entitlement ", which, what]);
    }
    lines
}
