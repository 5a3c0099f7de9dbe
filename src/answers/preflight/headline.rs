//! The first line: the verdict, the first thing to do, what is not known, and how far was looked.

use crate::answers::preflight::action_value::{Action, Cause};
use crate::answers::preflight::doubtful::Doubtful;
use crate::answers::preflight::needs::Needed;
use crate::answers::preflight::old_license::OldLicense;
use crate::answers::preflight::outlasting::old_goes_on;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::preflight::uncounted::Uncounted;
use crate::answers::preflight::value::Verdict;
use crate::answers::until::UntilIs;
use crate::answers::words::{count, last_instant};
use crate::license::{HorizonReason, Item, ItemKind};
use crate::text::{Phrase, name, phrase};
use crate::time::Instant;

pub(super) fn headline(
    subject: &ImportSubject<'_>,
    verdict: Verdict,
    actions: &[Action],
    (uncounted, doubtful): (&[Uncounted], &[Doubtful]),
    qualified: &[Phrase],
    refused: Option<&Phrase>,
) -> Phrase {
    let zone = subject.zone;
    let by = |at: Instant| format!("{} (in {})", zone.show(at), zone.span(subject.as_of, at));
    let tells_of_list =
        actions.first().is_some_and(|first| first.cause == Cause::NoAdministrator && !first.is_license_end);
    let foreign = subject.has_foreign_list && !tells_of_list;
    let known = as_far_as_known(subject, (uncounted, doubtful), qualified, foreign);
    let mut text = match (verdict, actions.first()) {
        (Verdict::Go, _) | (_, None) if known.is_empty() => "GO".into(),
        (Verdict::Go, _) | (_, None) => phrase!["GO, ", &known],
        (Verdict::GoThenAct, Some(first)) => phrase!["GO, THEN ACT by ", by(first.due), ": ", &first.to_do],
        (Verdict::NoGo, Some(first)) if first.due <= subject.as_of => phrase!["NO-GO: ", &first.to_do],
        (Verdict::NoGo, Some(first)) => phrase!["NO-GO: by ", by(first.due), ": ", &first.to_do],
    };
    match actions.len() {
        0 | 1 => {}
        more => text.push(format!("; and {}", count(u64::try_from(more - 1).unwrap_or(u64::MAX), "more action"))),
    }
    // Unknown facts qualify the verdict, not the things to do.
    if !actions.is_empty() && !known.is_empty() {
        text.push("; this is ");
        text.push(known);
    }
    text.push(subject.begin_of_seats());
    text.push(subject.end_of_license());
    text.push(old_goes_on(subject));
    text.push(looked_at(subject));
    if let Some(ended) = subject.old_end() {
        text.push(format!("; the old license ended on {}{}", zone.show(ended), taken_as_needed(subject)));
    }
    if let Some(problem) = refused {
        text.push("; but `seatline moves` refuses these moves: ");
        text.push(problem);
    }
    text
}

/// The words for an old license that has ended: its seats are taken as needed where nobody counted.
fn taken_as_needed(subject: &ImportSubject<'_>) -> &'static str {
    let is_uncounted = |needed: &Needed| !needed.counted && needed.old.is_some_and(|old| old > 0);
    let capability = |old_license: &OldLicense<'_>| {
        let is_given = |item: &Item<'_>| {
            item.kind == ItemKind::Capability && old_license.is_always_needed(&item.timeline, subject.as_of)
        };
        old_license.items.iter().any(is_given)
    };
    let is_any = subject.needs.all().iter().any(is_uncounted) || subject.old_license.as_ref().is_some_and(capability);
    match (is_any, subject.needs.all().iter().any(|needed| needed.counted)) {
        (false, _) => "",
        (true, true) => ": of what nobody counted, what it gave just before its end is taken as needed",
        (true, false) => ": what it gave just before its end is taken as needed",
    }
}

/// The unknown facts: "as far as is known: apps and extensions were not counted"; nothing where everything is known.
fn as_far_as_known(
    subject: &ImportSubject<'_>,
    (uncounted, doubtful): (&[Uncounted], &[Doubtful]),
    qualified: &[Phrase],
    foreign_list: bool,
) -> Phrase {
    let is_resource = subject.old_license.as_ref().is_some_and(|old_license| !old_license.is_document);
    let untold =
        is_resource.then(|| "the license resource does not tell of capabilities, inclusions or definitions".into());
    let list = foreign_list.then(|| "the administrator list probably belongs to another license".into());
    let phrases: Vec<_> = [Uncounted::phrase(uncounted).map(Phrase::from), Doubtful::phrase(doubtful), untold, list]
        .into_iter()
        .flatten()
        .chain(qualified.iter().cloned())
        .collect();
    if phrases.is_empty() {
        Phrase::default()
    } else {
        phrase!["as far as is known: ", Phrase::join(phrases, ", and ")]
    }
}

/// Why the time looked at does not reach to the end of the license, although that end is certain.
fn year_reason(subject: &ImportSubject<'_>) -> Phrase {
    match &subject.horizon.reason {
        HorizonReason::NotCertain(kind, id)
            if *kind != ItemKind::UserType || subject.latest_end == subject.horizon.license_end =>
        {
            phrase![", since ", name(id), " can be read in more than one way"]
        }
        _ => Phrase::default(),
    }
}

/// When the license begins, if that is later than the import, when it ends, and how far was looked if that is earlier.
pub(super) fn end_told(subject: &ImportSubject<'_>) -> Phrase {
    phrase![subject.begin_of_seats(), subject.end_of_license(), looked_at(subject)]
}

/// How far was looked, where the license may give seats later.
fn looked_at(subject: &ImportSubject<'_>) -> Phrase {
    let until = last_instant(subject.zone, subject.until);
    let goes_on = match subject.horizon.reason {
        HorizonReason::LicenseEnds(first) => first > subject.until,
        HorizonReason::NoEnd(_) | HorizonReason::NotCertain(..) => true,
        HorizonReason::NoSeats(_) => false,
    };
    let end_within_lead = subject.horizon.license_end.is_some_and(|end| end > subject.until && end <= subject.lead_end);
    match subject.until_is {
        UntilIs::Given if end_within_lead => format!(
            "; looked at only until {until}, as was asked: the end of the license is later, and was not looked at"
        )
        .into(),
        UntilIs::Given if goes_on || subject.until < subject.lead_end => {
            phrase!["; looked at only until ", until, ", as was asked"]
        }
        UntilIs::Year if goes_on => phrase!["; looked at for a year, until ", until, year_reason(subject)],
        UntilIs::Lead | UntilIs::Plan if goes_on => phrase!["; looked at until ", until],
        _ => Phrase::default(),
    }
}
