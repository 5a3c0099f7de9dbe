//! The first period during which some item does not certainly fit.

use crate::answers::fit::item::Fitted;
use crate::answers::fit::value::{FitItem, Misfit, MisfitItem};
use crate::license::ItemKind;
use crate::seats::{Lack, Trouble};
use crate::time::Instant;
use crate::usage::{Roles, Usage};

/// The first period during which one of these items does not certainly fit; `None` where every judged item fits.
pub(super) fn first_misfit(items: &[Fitted], usage: &Usage, roles: Roles<'_>, until: Instant) -> Option<Misfit> {
    let misfits = || items.iter().filter(|one| one.item.fits == Some(false));
    let at = misfits().filter_map(|one| one.item.fits_until).min()?;
    let mut misfit = Misfit {
        at,
        to: first_free(at, items.iter().filter(|one| one.item.fits.is_some()).flat_map(|one| &one.troubles)),
        items: Vec::new(),
        locked_out: 0,
        locked_out_is_upper_bound: false,
        later: 0,
        again: None,
    };
    for Fitted { item, troubles } in misfits() {
        match troubles.first().filter(|trouble| trouble.from == at) {
            None => misfit.later += 1,
            Some(trouble) => {
                let short = trouble.lack == Lack::Short;
                misfit.items.push(MisfitItem { kind: item.kind, id: item.id.clone(), short });
                let again = misfit.to.and_then(|to| {
                    let later = troubles.iter().map(|trouble| trouble.from);
                    later.filter(|from| (to..=until).contains(from)).min()
                });
                misfit.again = misfit.again.into_iter().chain(again).min();
                lock_out(&mut misfit, item, trouble.lack, usage, roles);
            }
        }
    }
    Some(misfit)
}

fn lock_out(misfit: &mut Misfit, item: &FitItem, lack: Lack, usage: &Usage, roles: Roles<'_>) {
    // Where seats are in doubt, members count as locked out only if the cautious reading has too few seats.
    let Some(shortage) = item.first_shortage.filter(|shortage| shortage.at == misfit.at) else { return };
    if item.kind != ItemKind::UserType {
        return;
    }
    let planned = shortage.assigned.saturating_sub(usage.assigned(item.kind, &item.id).unwrap_or(0));
    let locked_out = usage.locked_out(&item.id, planned, roles);
    misfit.locked_out = misfit.locked_out.saturating_add(locked_out.members);
    misfit.locked_out_is_upper_bound |= locked_out.upper_bound || lack == Lack::Doubt;
}

/// The first instant after `at` that lies in none of these periods.
fn first_free<'t>(at: Instant, troubles: impl Iterator<Item = &'t Trouble>) -> Option<Instant> {
    let mut troubles: Vec<_> = troubles.collect();
    troubles.sort_by_key(|trouble| trouble.from);
    let mut free = at;
    for trouble in troubles.into_iter().skip_while(|trouble| trouble.to.is_some_and(|to| to <= at)) {
        if trouble.from > free {
            break;
        }
        free = free.max(trouble.to?);
    }
    Some(free)
}
