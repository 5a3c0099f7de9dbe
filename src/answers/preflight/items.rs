//! The items of the answer, and the facts about them that are not known.

use std::collections::BTreeSet;

use crate::answers::costs::Seats;
use crate::answers::preflight::action_value::{Action, Cause};
use crate::answers::preflight::doubtful::Doubtful;
use crate::answers::preflight::needs::Needed;
use crate::answers::preflight::old_license::OldLicense;
use crate::answers::preflight::question::PreflightQuestion;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::preflight::uncounted::Uncounted;
use crate::answers::preflight::value::{Lowest, PreflightItem, PreflightReport, ReplacedId};
use crate::answers::words::count;
use crate::answers::{CheckedFinding, ItemEntries};
use crate::license::{Item, ItemKind, foreign_list};
use crate::rules::READING;
use crate::seats::{SeatEntry, SeatTimeline};
use crate::severity::Severity;
use crate::text::{Phrase, name, phrase};

/// The most roles that are named.
const MOST: usize = 20;

/// The most gaps of what was counted that the first line names.
const MOST_GAPS: usize = 2;

/// The items of the license in its order, then those that are only needed, by kind.
pub(super) fn items(subject: &ImportSubject<'_>, actions: &[Action]) -> Vec<PreflightItem> {
    let seats = actions.iter().filter(|action| matches!(action.cause, Cause::Shortage | Cause::Unreadable));
    let short: BTreeSet<_> = seats.flat_map(|action| &action.items).map(|item| (item.kind, item.id.as_str())).collect();
    let row = |kind: ItemKind, id: &str, timeline: &SeatTimeline| {
        let needed = subject.needs.of(kind, id);
        let has_seats = kind != ItemKind::Capability;
        let now = subject.as_of;
        // The seats of a retired id in the old license also count for its successor.
        let of_old = || {
            let old_license = subject.old_license.as_ref()?;
            let timeline = old_license.timeline(kind, id)?;
            let (seats, until) = (old_license.seats(timeline, now), old_license.doubt_from(timeline, now));
            Some((seats, old_license.is_certain(timeline, now), until))
        };
        let of_needed = |needed: &Needed| Some((needed.old?, needed.old_certain, needed.old_certain_until));
        let old = needed.and_then(of_needed).or_else(of_old).filter(|_| has_seats);
        let counted = needed.filter(|needed| needed.counted);
        let need_doubts = |needed: &Needed| {
            let old_license = subject.old_license.as_ref();
            old_license.map_or_else(Vec::new, |old_license| old_license.need_doubts(&needed.uncounted, now))
        };
        let old_need = |needed: &Needed| Some(subject.old_license.as_ref()?.need(&needed.uncounted, now));
        let (at, seats) = timeline.lowest(now, subject.until);
        PreflightItem {
            kind,
            id: id.to_owned(),
            name: subject.name(kind, id),
            assigned: counted.map(|needed| needed.need.at(subject.as_of)),
            planned: counted.map_or(0, |needed| needed.planned.at(subject.as_of)),
            old: old.map(|(seats, ..)| seats),
            old_certain: old.map(|(_, certain, _)| certain),
            old_certain_until: old.and_then(|(.., until)| until),
            replaces: needed.map_or_else(Vec::new, |needed| needed.replaces.clone()),
            new: has_seats.then(|| timeline.seats_at(subject.as_of)),
            certain: timeline.is_certain_at(subject.as_of),
            certain_until: timeline.certain_until(subject.as_of),
            lowest: Lowest { at, seats },
            fits: needed.and_then(|needed| fits(subject, needed, short.contains(&(kind, id)))),
            timeline: timeline.clone(),
            need: needed.map(|needed| needed.need.clone()),
            need_doubts: needed.map_or_else(Vec::new, need_doubts),
            old_need: needed.filter(|needed| !needed.counted).and_then(old_need),
            own: has_seats.then(|| own(subject, kind, id, timeline)),
            old_timeline: old_timeline(subject, kind, id).filter(|_| has_seats),
            explanation: ItemEntries::default(),
        }
    };
    let own = subject.items.iter().map(|item: &Item<'_>| row(item.kind, &item.id, &item.timeline));
    let absent = |kind: ItemKind, id: &str| subject.item(kind, id).is_none();
    let needed = subject.needs.all().iter().map(|needed| (needed.kind, needed.id.as_str()));
    let old_license = subject.old_license.iter().flat_map(|old_license| &old_license.items);
    let others: BTreeSet<_> = needed.chain(old_license.map(|item| (item.kind, item.id.as_ref()))).collect();
    let others = others
        .into_iter()
        .filter(|(kind, id)| absent(*kind, id))
        .map(|(kind, id)| row(kind, id, &subject.timeline(kind, None)));
    let mut items: Vec<_> = own.chain(others).collect();
    // A stable sort keeps the order within a kind.
    items.sort_by_key(|item| item.kind);
    items
}

/// Whether an item fits. `None` if nobody counted, the old license is not certain, and even the smallest need does not show a
/// shortage.
fn fits(subject: &ImportSubject<'_>, needed: &Needed, is_short: bool) -> Option<bool> {
    let is_doubtful =
        |old_license: &OldLicense<'_>| old_license.is_doubtful(&needed.uncounted, subject.as_of, subject.until);
    let in_doubt = subject.old_license.as_ref().is_some_and(is_doubtful);
    (is_short || !in_doubt).then_some(!is_short)
}

/// The seats of an id at the import, and in the old license if that states its kind.
fn own(subject: &ImportSubject<'_>, kind: ItemKind, id: &str, timeline: &SeatTimeline) -> (Seats, Option<Seats>) {
    let seats =
        |timeline: &SeatTimeline, at| Seats { count: timeline.seats_at(at), certain: timeline.is_certain_at(at) };
    let old = subject.old_license.as_ref().filter(|old_license| old_license.tells(kind)).map(|old_license| {
        let none = Seats { count: 0, certain: true };
        let given = old_license.timeline(kind, id).or_else(|| old_license.unnamed(kind));
        given.map_or(none, |timeline| seats(timeline, old_license.kept(subject.as_of)))
    });
    (seats(timeline, subject.as_of), old)
}

/// The seats of an id in the old license over time, if that states its kind.
fn old_timeline(subject: &ImportSubject<'_>, kind: ItemKind, id: &str) -> Option<SeatTimeline> {
    let old_license = subject.old_license.as_ref().filter(|old_license| old_license.tells(kind))?;
    let given = old_license.timeline(kind, id).or_else(|| old_license.unnamed(kind)).cloned().unwrap_or_default();
    if old_license.ended.is_none() {
        return Some(given);
    }
    let kept = old_license.kept(subject.as_of);
    let entry = SeatEntry { start: Some(kept), seats: Some(given.seats_at(kept)) };
    Some(if given.is_certain_at(kept) { SeatTimeline::new([entry]) } else { SeatTimeline::unknown() })
}

/// The clauses about unknown facts.
pub(super) fn unknown(
    subject: &ImportSubject<'_>,
    (uncounted, doubtful): (&[Uncounted], &[Doubtful]),
    question: &PreflightQuestion<'_>,
) -> Vec<Phrase> {
    let mut unknown: Vec<Phrase> = uncounted.iter().map(|one| one.clause().into()).collect();
    unknown.extend(doubtful.iter().map(Doubtful::clause));
    if subject.old_license.as_ref().is_some_and(|old_license| !old_license.is_document) {
        let what = "capabilities, included extensions, entitlements, apps or definitions";
        unknown
            .push(format!("a license resource does not tell of {what}, so nobody knows whether some are lost").into());
    }
    unknown.extend(subject.usage.gaps.iter().map(|gap| gap.clause.as_str().into()));
    unknown.extend(subject.usage.larger_counts.iter().map(|note| note.as_str().into()));
    unknown.extend(inferred(subject).map(|(needed, retired)| {
        phrase![
            name(&retired.id),
            " is retired, and that ",
            name(&needed.id),
            " takes its place is inferred, not published"
        ]
    }));
    let members = subject.usage.members.as_deref().unwrap_or_default();
    let roles = subject.roles.unknown(members);
    for role in roles.iter().take(MOST) {
        let members = count(role.members, "member");
        unknown.push(match &role.role {
            Some(role) => phrase![
                "nobody says whether the role ",
                name(role),
                format!(" ({members}) has administrator privileges")
            ],
            None if role.members == 1 => "nobody says which role 1 member has".into(),
            None => format!("nobody says which role {members} have").into(),
        });
    }
    if roles.len() > MOST {
        unknown.push(format!("nor of {} more roles", roles.len() - MOST).into());
    }
    let counts = |finding: &&CheckedFinding| finding.waived.is_none();
    for CheckedFinding { finding, .. } in question.findings.iter().filter(counts) {
        let reading = READING.iter().any(|rule| rule.id == finding.rule) && finding.severity == Severity::Error;
        if reading {
            unknown.push(phrase![format!("line {}: ", finding.location.line), &finding.message]);
        } else if finding.rule == "version-mismatch" && finding.severity != Severity::Error {
            unknown.push(phrase!["perhaps refused: ", &finding.message]);
        }
    }
    if let Some(moved) = question.moved {
        unknown.extend(moved.problems.iter().map(|problem| phrase!["`moves` refuses this: ", &problem.message]));
        unknown.extend(moved.notes.iter().cloned());
    } else if let Some(list) = subject.administrators {
        // With moves, the moves themselves tell this.
        unknown.extend(foreign_list(&list.foreign_to(&subject.items)));
    }
    unknown
}

/// The extensions that are counted for a retired one although nobody has published that they take its place.
fn inferred<'s>(subject: &'s ImportSubject<'_>) -> impl Iterator<Item = (&'s Needed, &'s ReplacedId)> {
    let all = subject.needs.all().iter();
    all.flat_map(|needed| {
        needed.needs_of.iter().filter(|retired| retired.perhaps).map(move |retired| (needed, retired))
    })
}

/// What qualifies the verdict besides what was not counted, for the first line.
pub(super) fn qualified(subject: &ImportSubject<'_>, findings: &[CheckedFinding]) -> Vec<Phrase> {
    let inferred = inferred(subject).map(|(needed, retired)| {
        phrase!["that ", name(&needed.id), " takes the place of ", name(&retired.id), " is inferred, not published"]
    });
    let is_other_version = |checked: &CheckedFinding| {
        checked.waived.is_none()
            && checked.finding.rule == "version-mismatch"
            && checked.finding.severity != Severity::Error
    };
    let refused = findings.iter().any(is_other_version);
    let refused = refused.then(|| "the portal perhaps refuses the file, which is for another version".into());
    let gaps = subject.usage.gaps.iter().take(MOST_GAPS).map(|gap| gap.short.as_str().into());
    let more = subject.usage.gaps.len().checked_sub(MOST_GAPS).filter(|more| *more > 0);
    let more = more.map(|more| format!("{more} more sources could not be used").into());
    inferred.chain(refused).chain(gaps).chain(more).collect()
}

/// The sentence for a verdict or a due date that would change if the portal's built-in accounts were counted, or if they were not.
pub(super) fn built_in(report: &PreflightReport, other: &PreflightReport, condition: String) -> Option<Phrase> {
    let first = |report: &PreflightReport| report.actions.first().map(|action| action.due);
    let changes = report.verdict != other.verdict || first(report) != first(other);
    changes.then(|| phrase![condition, ": ", &other.headline])
}
