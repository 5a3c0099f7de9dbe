//! The table of items, and what nobody knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::answers::preflight::needs::Needed;
use crate::answers::preflight::question::PreflightQuestion;
use crate::answers::preflight::subject::Subject;
use crate::answers::preflight::value::{Action, Cause, Lowest, PreflightItem};
use crate::answers::words::{count, list, plural};
use crate::answers::{CheckedFinding, Told};
use crate::license::{Item, ItemKind};
use crate::rules::READING;
use crate::seats::SeatTimeline;
use crate::severity::Severity;

/// Every item of the license in its order, then those that are only needed, by kind.
pub(super) fn items(subject: &Subject<'_>, needed: &[Needed], actions: &[Action]) -> Vec<PreflightItem> {
    let needs: HashMap<_, _> = needed.iter().map(|needed| ((needed.kind, needed.id.as_str()), needed)).collect();
    let seats = actions.iter().filter(|action| matches!(action.cause, Cause::Shortage | Cause::Unreadable));
    let short: BTreeSet<_> = seats.flat_map(|action| &action.items).map(|item| (item.kind, item.id.as_str())).collect();
    let replaced = subject.replaced.iter().flat_map(|replaced| &replaced.items);
    let old: BTreeMap<_, _> = replaced.map(|item| ((item.kind, item.id.as_ref()), &item.timeline)).collect();
    let row = |kind: ItemKind, id: &str, timeline: &SeatTimeline| {
        let needed = needs.get(&(kind, id));
        let has_seats = kind != ItemKind::Capability;
        let seats_then = |timeline: &&SeatTimeline| {
            subject.replaced.as_ref().map(|replaced| replaced.seats(timeline, subject.as_of))
        };
        let (at, seats) = timeline.lowest(subject.as_of, subject.until);
        PreflightItem {
            kind,
            id: id.to_owned(),
            name: subject.name(kind, id),
            assigned: needed.filter(|needed| needed.counted).map(|needed| needed.need.at(subject.as_of)),
            old: old.get(&(kind, id)).filter(|_| has_seats).and_then(seats_then),
            new: has_seats.then(|| timeline.seats_at(subject.as_of)),
            lowest: Lowest { at, seats },
            fits: needed.map(|_| !short.contains(&(kind, id))),
            timeline: timeline.clone(),
            need: needed.map(|needed| needed.need.clone()),
            told: Told::default(),
        }
    };
    let own = subject.items.iter().map(|item: &Item<'_>| row(item.kind, &item.id, &item.timeline));
    let absent = |kind: ItemKind, id: &str| subject.item(kind, id).is_none();
    let others: BTreeSet<_> = needs.keys().copied().chain(old.keys().copied()).collect();
    let others = others
        .into_iter()
        .filter(|(kind, id)| absent(*kind, id))
        .map(|(kind, id)| row(kind, id, &subject.timeline(kind, None)));
    let mut items: Vec<_> = own.chain(others).collect();
    // Sorting keeps the order within a kind.
    items.sort_by_key(|item| item.kind);
    items
}

/// What nobody knows: each a clause of its own.
pub(super) fn unknown(subject: &Subject<'_>, uncounted: &[ItemKind], question: &PreflightQuestion<'_>) -> Vec<String> {
    let mut unknown = Vec::new();
    if !uncounted.is_empty() {
        let kinds: Vec<_> = uncounted.iter().map(|kind| plural(kind.noun())).collect();
        unknown.push(format!("nobody counted how many {} are assigned", list(&kinds)));
    }
    if subject.replaced.as_ref().is_some_and(|replaced| !replaced.is_document) {
        let what = "capabilities, included extensions, entitlements, apps or definitions";
        unknown.push(format!("a license resource does not tell of {what}, so nobody knows whether some are lost"));
    }
    let members = subject.usage.members.as_deref().unwrap_or_default();
    for role in subject.roles.unknown(members) {
        let members = count(role.members, "member");
        unknown.push(match role.role {
            Some(role) => format!("nobody says whether the role {role} ({members}) has administrator privileges"),
            None => format!("nobody says which role {members} have"),
        });
    }
    let counts = |finding: &&CheckedFinding| finding.waived.is_none();
    for CheckedFinding { finding, .. } in question.findings.iter().filter(counts) {
        let reading = READING.iter().any(|rule| rule.id == finding.rule) && finding.severity == Severity::Error;
        if reading {
            unknown.push(format!("line {}: {}", finding.location.line, finding.message));
        } else if finding.rule == "version-mismatch" && finding.severity != Severity::Error {
            unknown.push(format!("perhaps refused: {}", finding.message));
        }
    }
    if let Some(moved) = question.moved {
        unknown.extend(moved.problems.iter().map(|problem| format!("`moves` refuses this: {}", problem.message)));
        unknown.extend(moved.notes.iter().cloned());
    }
    unknown
}
