//! The problems with items: seats that are missing or in doubt, no administrator, a policy that is not met.

use crate::answers::preflight::action_value::{ActionItem, Addressee, Cause, OldThen, ShortAtFirst, ShortStep};
use crate::answers::preflight::needs::Needed;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::preflight::value::ReplacedId;
use crate::answers::preflight::words;
use crate::answers::{CheckedFinding, FindingReport};
use crate::license::{Compatible, Item, ItemKind, usable_administrator_time};
use crate::seats::{Need, NeedStep, SeatTimeline, Trouble, TroubleKind};
use crate::severity::Severity;
use crate::text::{Phrase, name};
use crate::time::Instant;

/// A problem with an item, and the lines of the license that show it.
#[derive(Clone, Debug)]
pub(super) struct ItemProblem {
    pub(super) due: Instant,
    pub(super) cause: Cause,
    pub(super) item: Option<ActionItem>,
    /// The text of the message where the message is not made from the items.
    pub(super) reason: Option<Phrase>,
    /// The people who can act on it.
    pub(super) addressee: Addressee,
    /// The numbers of the lines that show the problem.
    pub(super) lines: Vec<usize>,
    /// The retired extensions that are counted together with the item.
    pub(super) replaces: Vec<ReplacedId>,
}

/// The items whose seats are missing or in doubt.
pub(super) fn of_seats(subject: &ImportSubject<'_>) -> Vec<ItemProblem> {
    let mut problems = Vec::new();
    for needed in subject.needs.all() {
        let item = subject.item(needed.kind, &needed.id);
        let timeline = subject.timeline(needed.kind, item);
        let troubles = needed.need.troubles(&timeline, subject.until);
        let courses = needed.need.courses(&timeline, &troubles, subject.until);
        for (trouble, course) in troubles.into_iter().zip(courses) {
            problems.push(of_trouble(subject, needed, item, &timeline, trouble, &course));
        }
    }
    problems
}

fn of_trouble(
    subject: &ImportSubject<'_>,
    needed: &Needed,
    item: Option<&Item<'_>>,
    timeline: &SeatTimeline,
    trouble: Trouble,
    course: &[NeedStep],
) -> ItemProblem {
    let locked_out = subject.locked_out(needed, trouble);
    let old_certain = |at: Instant| subject.old_certain(needed, at);
    let at_first = (trouble.worst > trouble.from).then(|| {
        let (need, seats) = (needed.need.at(trouble.from), timeline.seats_at(trouble.from));
        let first = Trouble { worst: trouble.from, needed: need, seats, ..trouble };
        let locked_out = subject.locked_out(needed, first);
        let (assigned, old) = needed.told(trouble.from);
        ShortAtFirst {
            assigned,
            planned: needed.planned_at(trouble.from),
            old,
            old_certain: old_certain(trouble.from),
            seats,
            short: first.short(),
            locked_out: locked_out.at_most(),
            locked_out_certainly: locked_out.certainly,
        }
    });
    let step = |step: &NeedStep| {
        let now = Trouble { worst: step.at, needed: step.needed, seats: step.seats, ..trouble };
        let locked_out = subject.locked_out(needed, now);
        let (assigned, old) = needed.told(step.at);
        ShortStep {
            at: step.at,
            assigned,
            planned: needed.planned_at(step.at),
            old,
            seats: step.seats,
            short: now.short(),
            locked_out: locked_out.at_most(),
            locked_out_certainly: locked_out.certainly,
        }
    };
    let is_in_doubt = |at: Instant| needed.need.at(at) > 0 && !timeline.is_certain_at(at);
    let cause = match trouble.kind {
        TroubleKind::Short => Cause::Shortage,
        TroubleKind::Doubt => Cause::Unreadable,
    };
    let (assigned, old) = needed.told(trouble.worst);
    ItemProblem {
        due: trouble.from,
        cause,
        addressee: cause.addressee(),
        item: Some(ActionItem {
            kind: needed.kind,
            id: needed.id.clone(),
            name: subject.name(needed.kind, &needed.id),
            what: None,
            assigned,
            planned: needed.planned_at(trouble.worst),
            old,
            old_certain: old_certain(trouble.worst),
            seats: Some(trouble.seats),
            certain: Some(trouble.kind == TroubleKind::Short),
            short: Some(trouble.short()),
            locked_out: locked_out.at_most(),
            locked_out_certainly: locked_out.certainly,
            from: trouble.from,
            to: trouble.to,
            then_in_doubt: trouble.kind == TroubleKind::Short && trouble.to.is_some_and(is_in_doubt),
            worst_at: trouble.worst,
            at_first,
            course: course.iter().map(step).collect(),
            cost: None,
            parts: needed.parts.clone(),
            old_then: OldThen::default(),
        }),
        reason: None,
        lines: match trouble.kind {
            TroubleKind::Short => match item {
                Some(item) => {
                    let lines = [trouble.from, trouble.worst].into_iter();
                    lines.filter_map(|at| subject.line_of_step(item, at)).collect()
                }
                // Where the old license has it, a line of that one says why it is needed.
                None if subject.line_of_old(needed.kind, &needed.id, trouble.from).is_some() => Vec::new(),
                None => subject.lines.of(&needed.kind.list_pointer()).into_iter().collect(),
            },
            TroubleKind::Doubt => subject.lines.in_doubt(needed.kind, item, trouble.from),
        },
        replaces: needed.needs_of.clone(),
    }
}

/// The times without a usable user type for administrators.
pub(super) fn of_administrators(subject: &ImportSubject<'_>) -> Vec<ItemProblem> {
    let usable = usable_administrator_time(&subject.items, subject.administrators);
    let troubles = Need::constant(subject.as_of, 1).troubles(&usable, subject.until);
    troubles.into_iter().flat_map(|trouble| without_administrator(subject, trouble)).collect()
}

fn without_administrator(subject: &ImportSubject<'_>, trouble: Trouble) -> Vec<ItemProblem> {
    let at = trouble.from;
    let user_types = || subject.items.iter().filter(|item| item.kind == ItemKind::UserType);
    let with = |compatible| user_types().filter(move |item| subject.compatible(&item.id) == compatible);
    let unknown = with(Compatible::Unknown).filter(|item| item.timeline.certain_seats_at(at) > 0);
    let unknown: Vec<_> = unknown.map(|item| item.id.clone().into_owned()).collect();
    let doubtful = with(Compatible::Yes).filter(|item| !item.timeline.is_certain_at(at));
    let doubtful: Vec<_> = doubtful.map(|item| item.id.clone().into_owned()).collect();
    // An entry without id may belong to any user type, and an unreadable list may hold anything.
    let any = subject.unnamed.get(&ItemKind::UserType).is_some_and(|timeline| !timeline.is_certain_at(at));
    let addressee = if subject.is_end(at) {
        Addressee::Purchasing
    } else if any || !doubtful.is_empty() {
        Addressee::Esri
    } else if subject.has_foreign_list || !unknown.is_empty() {
        Addressee::Administrators
    } else {
        Addressee::Purchasing
    };
    let problem = |item| ItemProblem {
        due: at,
        addressee,
        cause: Cause::NoAdministrator,
        item,
        reason: words::perhaps_administrators(&unknown, &doubtful, any),
        lines: Vec::new(),
        replaces: Vec::new(),
    };
    let compatible = with(Compatible::Yes).map(|item| {
        let concerned = ActionItem {
            kind: item.kind,
            id: item.id.clone().into_owned(),
            name: subject.name(item.kind, &item.id),
            what: None,
            assigned: subject.usage.assigned(item.kind, &item.id),
            planned: 0,
            old: None,
            old_certain: None,
            seats: Some(item.timeline.seats_at(at)),
            certain: Some(item.timeline.is_certain_at(at)),
            short: None,
            locked_out: 0,
            locked_out_certainly: 0,
            from: at,
            to: trouble.to,
            then_in_doubt: false,
            worst_at: at,
            at_first: None,
            course: Vec::new(),
            cost: None,
            parts: None,
            old_then: OldThen::default(),
        };
        ItemProblem { lines: subject.line_of_step(item, at).into_iter().collect(), ..problem(Some(concerned)) }
    });
    let compatible: Vec<_> = compatible.collect();
    if compatible.is_empty() { vec![problem(None)] } else { compatible }
}

/// The expectations of the policy that the license does not meet from the import on.
pub(super) fn of_policy(subject: &ImportSubject<'_>, findings: &[CheckedFinding]) -> Vec<ItemProblem> {
    let counts = |finding: &&CheckedFinding| finding.waived.is_none() && finding.finding.severity == Severity::Error;
    let problem = |finding: &CheckedFinding| {
        let FindingReport { rule, kind, id, message, location, .. } = &finding.finding;
        let cause = match rule.as_str() {
            "version-mismatch" => Cause::Version,
            "admin-type-unusable" => Cause::Policy,
            rule if rule.starts_with("policy-") => Cause::Policy,
            _ => return None,
        };
        let item = kind.zip(id.as_ref()).map(|(kind, id)| {
            let item = subject.item(kind, id).filter(|_| kind != ItemKind::Capability);
            ActionItem {
                kind,
                id: id.clone(),
                name: subject.name(kind, id),
                what: Some(name(rule)),
                assigned: subject.usage.assigned(kind, id),
                planned: 0,
                old: None,
                old_certain: None,
                seats: item.map(|item| item.timeline.seats_at(subject.as_of)),
                certain: item.map(|item| item.timeline.is_certain_at(subject.as_of)),
                short: None,
                locked_out: 0,
                locked_out_certainly: 0,
                from: subject.as_of,
                to: None,
                then_in_doubt: false,
                worst_at: subject.as_of,
                at_first: None,
                course: Vec::new(),
                cost: None,
                parts: None,
                old_then: OldThen::default(),
            }
        });
        Some(ItemProblem {
            due: subject.as_of,
            cause,
            item,
            reason: Some(message.clone()),
            addressee: cause.addressee(),
            lines: vec![location.line],
            replaces: Vec::new(),
        })
    };
    findings.iter().filter(counts).filter_map(problem).collect()
}
