//! The first period during which some item does not certainly fit.

use crate::answers::fit::item::Fitted;
use crate::answers::fit::value::{Misfit, MisfitItem};
use crate::seats::{Trouble, TroubleKind};
use crate::time::Instant;
use crate::usage::LockedOut;

/// The first period during which one of these items does not certainly fit; `None` where every judged item fits.
pub(super) fn first_misfit(items: &[Fitted], until: Instant) -> Option<Misfit> {
    let misfits = || items.iter().filter(|one| one.item.fits == Some(false));
    let at = misfits().filter_map(|one| one.item.fits_until).min()?;
    let mut misfit = Misfit {
        at,
        to: first_free(at, items.iter().filter(|one| one.item.fits.is_some()).flat_map(|one| &one.troubles)),
        items: Vec::new(),
        locked_out: 0,
        locked_out_is_upper_bound: false,
        locked_out_certainly: 0,
        later: 0,
        again: None,
    };
    let mut locked_out = LockedOut::default();
    for Fitted { item, troubles } in misfits() {
        match troubles.first().filter(|trouble| trouble.from == at) {
            None => misfit.later += 1,
            Some(trouble) => {
                let short = trouble.kind == TroubleKind::Short;
                misfit.items.push(MisfitItem { kind: item.kind, id: item.id.clone(), short });
                let again = misfit.to.and_then(|to| {
                    let later = troubles.iter().map(|trouble| trouble.from);
                    later.filter(|from| (to..=until).contains(from)).min()
                });
                misfit.again = misfit.again.into_iter().chain(again).min();
                locked_out = locked_out.and(item.misfit_locked_out().unwrap_or_default());
            }
        }
    }
    misfit.locked_out = locked_out.at_most();
    misfit.locked_out_is_upper_bound = locked_out.is_upper_bound();
    misfit.locked_out_certainly = locked_out.certainly;
    Some(misfit)
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
