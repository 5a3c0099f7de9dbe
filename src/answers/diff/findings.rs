//! The findings of `diff`: the losses in words, with their places in both files.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::diff::given::Given;
use crate::answers::diff::loss::{Comparison, Loss};
use crate::answers::diff::pair::Pair;
use crate::answers::diff::side::{Places, Side};
use crate::answers::diff::value::{DiffFinding, Reason};
use crate::json::Pointer;
use crate::license::{Evidence, Item, ItemKind};
use crate::text::{Phrase, name, phrase};
use crate::time::Zone;

/// The findings about one item: one for each sort of loss. `shared` tells whether an item of another kind has the same id.
pub(super) fn of_pair(
    comparison: &Comparison<'_, '_>,
    pair: &Pair<'_, '_>,
    losses: &[Loss],
    (zone, shared): (Zone, bool),
    [old_places, new_places]: &mut [Places<'_>; 2],
) -> Vec<DiffFinding> {
    let kind = if shared { format!("{} ", pair.kind.noun()) } else { String::new() };
    let mut by_sort: BTreeMap<_, Vec<&Loss>> = BTreeMap::new();
    for loss in losses {
        // Each entitlement has its own finding, since each has its own number. All other extras of one sort share a
        // finding.
        let own = loss.detail.as_deref().filter(|_| loss.given == Given::Entitlement);
        by_sort.entry((loss.given, own)).or_default().push(loss);
    }
    let seats = by_sort.get(&(Given::Seats, None)).and_then(|losses| losses.first().copied());
    let is_told = |loss: &Loss| {
        // The number of an entitlement mostly equals that of the seats, whose loss has a finding already.
        let same = |seats: &Loss| (seats.from, seats.old, seats.new) == (loss.from, loss.old, loss.new);
        loss.given == Given::Entitlement && seats.is_some_and(same)
    };
    let mut findings = Vec::new();
    for losses in by_sort.values() {
        let Some(first) = losses.iter().min_by_key(|loss| loss.from).filter(|first| !is_told(first)) else { continue };
        let old = pair.old.or_else(|| pair.replaces.first().map(|(item, _)| *item));
        findings.push(DiffFinding {
            reason: first.given.into(),
            kind: Some(pair.kind),
            id: Some(pair.id.to_owned()),
            message: phrase![kind.as_str(), name(pair.id), ": ", message(first, losses, &shares(pair, first), zone)],
            old: Some(old_places.location(pointer(comparison.old, pair.kind, old, first))),
            new: Some(new_places.location(pointer(comparison.new, pair.kind, pair.new, first))),
        });
    }
    findings
}

/// The message about losses of one sort; `shares` names the items whose seats are added up.
fn message(first: &Loss, losses: &[&Loss], shares: &Phrase, zone: Zone) -> Phrase {
    let names = few(losses.iter().filter_map(|loss| loss.detail.as_deref()).collect());
    let more = match losses.len() {
        0 | 1 => String::new(),
        2 => "; and once more later".to_owned(),
        times => format!("; and {} more times later", times - 1),
    };
    let when = when(first, zone);
    match first.given {
        Given::Seats => {
            phrase![format!("{} seats instead of {}", first.new, first.old), shares, format!(" {when}{more}")]
        }
        Given::Capability => format!("not there {when}{more}").into(),
        Given::Definition => "has seats and is not defined any more".into(),
        Given::Inclusion => phrase!["does not include ", names, " any more"],
        Given::IncludedEntitlement => phrase!["includes an extension without this entitlement: ", names],
        Given::Entitlement => {
            phrase!["entitlement ", names, format!(": {} instead of {} {when}{more}", first.new, first.old)]
        }
        Given::App => phrase!["without the app ", names, " ", when],
        Given::Administrator => {
            format!("no user type that is compatible with the Administrator role certainly has seats {when}{more}")
                .into()
        }
    }
}

/// The period of a loss: "from 2027-01-01 00:00 to 2028-03-01 00:00".
fn when(loss: &Loss, zone: Zone) -> String {
    let to = loss.to.map_or_else(|| "on, for ever".to_owned(), |to| format!("to {}", zone.show(to)));
    format!("from {} {to}", zone.show(loss.from))
}

/// The items whose seats are added up, " (utilityNetwork 4, perhaps parcelFabric 4)"; empty where the item stands for
/// itself alone.
fn shares(pair: &Pair<'_, '_>, loss: &Loss) -> Phrase {
    if pair.replaces.is_empty() {
        return Phrase::default();
    }
    let own = pair.old.into_iter().map(|item| (item, Evidence::Published));
    let shares = own.chain(pair.replaces.iter().copied()).map(|(item, evidence)| {
        let perhaps = if evidence == Evidence::Inferred { "perhaps " } else { "" };
        phrase![perhaps, name(&item.id), " ", item.timeline.seats_at(loss.from)]
    });
    phrase![" (", Phrase::join(shares, ", "), ")"]
}

/// Names with commas between them; of very many names only the first.
pub(super) fn few(names: BTreeSet<&str>) -> Phrase {
    const FEW: usize = 10;
    let shown = names.iter().take(FEW).copied().map(name);
    let more = if names.len() > FEW { format!(" and {} more", names.len() - FEW) } else { String::new() };
    phrase![Phrase::join(shown, ", "), more]
}

fn pointer(side: &Side<'_>, kind: ItemKind, item: Option<&Item<'_>>, loss: &Loss) -> Pointer {
    let defined = matches!(loss.given, Given::Definition | Given::Inclusion | Given::IncludedEntitlement);
    match item {
        Some(item) if defined && item.definition_index.is_some() => item.definition_id().parent(),
        Some(item) => side.pointer(item, loss.from),
        None => side.list_pointer(kind),
    }
}

/// The finding that NEW has no usable administrator type at some time at which OLD has one.
pub(super) fn of_administrators(
    comparison: &Comparison<'_, '_>,
    losses: &[Loss],
    zone: Zone,
    [old_places, new_places]: &mut [Places<'_>; 2],
) -> Option<DiffFinding> {
    let first = losses.first()?;
    let pointer = |side: &Side<'_>| side.list_pointer(ItemKind::UserType);
    Some(DiffFinding {
        reason: Reason::AdministratorLost,
        kind: Some(ItemKind::UserType),
        id: None,
        message: message(first, &losses.iter().collect::<Vec<_>>(), &Phrase::default(), zone),
        old: Some(old_places.location(pointer(comparison.old))),
        new: Some(new_places.location(pointer(comparison.new))),
    })
}

/// The first of all losses, for the verdict: "from 2027-01-01 00:00 on (creatorUT)". It does not depend on the order of
/// the entries.
pub(super) fn first(losses: &[Loss], zone: Zone) -> Option<Phrase> {
    let first = losses.iter().min_by_key(|loss| (loss.from, loss.id.is_none(), loss.kind, &loss.id))?;
    let nobody = || "user types that are certainly usable for administrators".into();
    let what = first.id.as_deref().map_or_else(nobody, name);
    Some(phrase![format!("from {} on (", zone.show(first.from)), what, ")"])
}
