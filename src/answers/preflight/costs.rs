//! The costs of the seats of a license, of those of the license it replaces, and of those that are missing.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::answers::costs::{Counted, SHORT_AT_END, Seats};
use crate::answers::preflight::action_value::{Action, ActionItem, Cause};
use crate::answers::preflight::value::{PreflightItem, PreflightReport};
use crate::answers::{Costs, ShortCost};
use crate::license::ItemKind;
use crate::prices::Prices;
use crate::time::Instant;

/// The instant at which most seats of an item are missing, and their number.
type Short = (Instant, Seats);

impl PreflightReport {
    /// Adds the costs: of the seats of both licenses, of those assigned to nobody, and of those that are missing.
    pub fn add_costs(&mut self, prices: &Prices) {
        if self.verdict.is_none() {
            return;
        }
        for action in &mut self.actions {
            for item in &mut action.items {
                item.cost =
                    short(action.cause, item).and_then(|short| ShortCost::new(prices, item.kind, &item.id, short));
            }
        }
        let most = most_short(&self.actions, |_| true);
        let certainly = most_short(&self.actions, |(_, seats)| seats.certain);
        let counted = self.items.iter().filter(|item| item.kind != ItemKind::Capability);
        let counted = counted.map(|item| {
            let key = (item.kind, item.id.as_str());
            let certainly_short = certainly.get(&key).map(|(at, seats)| (*at, seats.count));
            Counted { certainly_short, ..counted_of(item, most.get(&key), self.as_of) }
        });
        let mut costs = Costs::new(prices, self.as_of, counted, &[]);
        notes(self).into_iter().for_each(|note| costs.note(Some(note.into())));
        self.costs = Some(costs);
    }
}

/// The seats of an item that an action asks for, at its worst instant.
pub(super) fn short(cause: Cause, item: &ActionItem) -> Option<Short> {
    let certain = match cause {
        Cause::Shortage => item.old.is_none(),
        Cause::Unreadable => false,
        _ => return None,
    };
    Some((item.worst_at, Seats { count: item.short.filter(|short| *short > 0)?, certain }))
}

/// For each item, the largest shortage that `is_shown` accepts, and when it is first reached.
fn most_short(actions: &[Action], is_shown: fn(&Short) -> bool) -> HashMap<(ItemKind, &str), Short> {
    let mut most: HashMap<_, Short> = HashMap::new();
    for action in actions {
        for item in &action.items {
            let Some(short) = short(action.cause, item).filter(is_shown) else { continue };
            let known = most.entry((item.kind, item.id.as_str())).or_insert(short);
            if (short.1.count, Reverse(short.0)) > (known.1.count, Reverse(known.0)) {
                *known = short;
            }
        }
    }
    most
}

fn counted_of<'i>(item: &'i PreflightItem, short: Option<&Short>, as_of: Instant) -> Counted<'i> {
    let owned = item.own.map(|(new, _)| new);
    let unassigned = owned.zip(item.assigned);
    let unassigned = unassigned.map(|(new, assigned)| Seats { count: new.count.saturating_sub(assigned), ..new });
    let nothing = item.fits.map(|fits| (as_of, Seats { count: 0, certain: fits }));
    Counted {
        kind: item.kind,
        id: &item.id,
        name: item.name.as_deref(),
        owned,
        old: item.own.and_then(|(_, old)| old),
        unassigned,
        short: short.copied().or(nothing),
        certainly_short: None,
        changes: item.timeline.next_change(as_of).map(|step| step.at),
    }
}

fn notes(report: &PreflightReport) -> Vec<String> {
    let shortages =
        || report.actions.iter().filter(|action| action.items.iter().any(|item| short(action.cause, item).is_some()));
    let is_uncounted =
        |action: &&Action| action.items.iter().any(|item| item.old.is_some() && short(action.cause, item).is_some());
    let mut notes = Vec::new();
    if shortages().any(|action| action.is_license_end) || report.is_worse_at_end {
        notes.push(SHORT_AT_END.to_owned());
    }
    if shortages().any(|action| is_uncounted(&action)) {
        notes.push("where nobody counted, the true-up is for the difference to what the old license gives".to_owned());
    }
    if report.old.as_ref().is_some_and(|old| old.ended.is_some()) {
        notes.push("the old license has ended: its seats are those just before its end".to_owned());
    }
    notes
}
