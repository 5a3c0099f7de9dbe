//! What the replaced license gives besides seats, and the new one does not.

use crate::answers::preflight::actions::Problem;
use crate::answers::preflight::needs::Needed;
use crate::answers::preflight::subject::Subject;
use crate::answers::preflight::value::{ActionItem, Cause};
use crate::answers::{Comparison, Given, Loss, Side};
use crate::license::ItemKind;
use crate::time::Instant;

/// Everything lost up to the end of the time looked at. What was given at the import, or just before the replaced license
/// ended, stays needed. Of an item that was counted it matters only where somebody has it.
pub(super) fn of_losses(subject: &Subject<'_>, needed: &[Needed], old: &Side<'_>, new: &Side<'_>) -> Vec<Problem> {
    let kept = subject.replaced.as_ref().map_or(subject.as_of, |replaced| replaced.kept(subject.as_of));
    let losses = Comparison::new(old, new, subject.as_of).keeping(kept).losses();
    let nobody_has = |loss: &Loss| {
        let of_item = |one: &&Needed| one.kind == loss.kind && Some(&one.id) == loss.id.as_ref();
        needed.iter().find(of_item).is_some_and(|one| one.counted && one.need.first().is_none())
    };
    let besides_seats = |loss: &Loss| !matches!(loss.given, Given::Seats | Given::Administrator);
    let mut lost: Vec<(Instant, ActionItem)> = Vec::new();
    for loss in losses.iter().filter(|loss| besides_seats(loss) && loss.from <= subject.until && !nobody_has(loss)) {
        let Some(id) = &loss.id else { continue };
        let same = |(from, item): &&mut (Instant, ActionItem)| {
            *from == loss.from && item.kind == loss.kind && item.id == *id && item.to == loss.to
        };
        // All that is lost of one item at one time is one thing to do.
        match lost.iter_mut().rev().find(same).and_then(|(_, item)| item.what.as_mut()) {
            Some(what) => *what = format!("{what}, {}", words(loss)),
            None => lost.push((loss.from, item(subject, loss, id))),
        }
    }
    let problem = |(due, item): (Instant, ActionItem)| {
        let of_item = subject.item(item.kind, &item.id);
        Problem {
            due,
            cause: Cause::Lost,
            locked_out: 0,
            locked_out_is_upper_bound: false,
            reason: None,
            lines: of_item.and_then(|item| subject.line_of_step(item, due)).into_iter().collect(),
            perhaps: false,
            item: Some(item),
        }
    };
    lost.into_iter().map(problem).collect()
}

fn item(subject: &Subject<'_>, loss: &Loss, id: &str) -> ActionItem {
    ActionItem {
        kind: loss.kind,
        id: id.to_owned(),
        name: subject.name(loss.kind, id),
        what: Some(words(loss)),
        assigned: subject.usage.assigned(loss.kind, id).filter(|_| loss.kind != ItemKind::Capability),
        old: None,
        seats: None,
        short: None,
        from: loss.from,
        to: loss.to,
    }
}

/// "entitlement networkEditing 20 → 5".
fn words(loss: &Loss) -> String {
    let detail = loss.detail.as_deref().unwrap_or_default();
    match loss.given {
        Given::Entitlement => format!("entitlement {detail} {} → {}", loss.old, loss.new),
        Given::Inclusion => format!("the included extension {detail}"),
        Given::IncludedEntitlement => format!("the included entitlement {detail}"),
        Given::App => format!("the app {detail}"),
        Given::Definition => "its definition".to_owned(),
        Given::Capability | Given::Seats | Given::Administrator => "all of it".to_owned(),
    }
}
