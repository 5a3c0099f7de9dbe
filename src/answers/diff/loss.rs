//! The losses: of what NEW gives less than OLD, and when.

use crate::answers::diff::extras::Extra;
use crate::answers::diff::given::Given;
use crate::answers::diff::item::Replacement;
use crate::answers::diff::kept::Kept;
use crate::answers::diff::pair::Pair;
use crate::answers::diff::side::Side;
use crate::license::{ItemKind, Successors};
use crate::seats::{SeatTimeline, Shortfall, shortfalls};
use crate::time::Instant;

/// A seat count or an extra that NEW gives less of than OLD for some time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The sort of thing that is lost.
    pub given: Given,
    /// User type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id of the item; `None` where no administrator type is left.
    pub id: Option<String>,
    /// The name of the entitlement, app or included extension; `None` for everything else.
    pub detail: Option<String>,
    /// The first instant of the loss.
    pub from: Instant,
    /// The first instant after the loss; `None` where it never ends.
    pub to: Option<Instant>,
    /// How much OLD gives at `from`; 1 for things without a number.
    pub old: u64,
    /// How much NEW gives at `from`.
    pub new: u64,
}

/// OLD and NEW, compared from an instant on.
pub struct Comparison<'c, 'd> {
    pub(super) old: &'c Side<'d>,
    pub(super) new: &'c Side<'d>,
    pub(super) as_of: Instant,
    kept: Option<Kept>,
    successors: Option<Successors>,
}

impl<'c, 'd> Comparison<'c, 'd> {
    /// Compares OLD and NEW from the instant `as_of` on.
    #[must_use]
    pub fn new(old: &'c Side<'d>, new: &'c Side<'d>, as_of: Instant) -> Self {
        let successors = new.license().map(|license| Successors::new(license, &new.items));
        Self { old, new, as_of, kept: None, successors }
    }

    /// Makes what OLD gives at the instant `at` needed at every later time, besides what OLD gives then.
    #[must_use]
    pub fn keeping(self, at: Instant) -> Self {
        Self { kept: Some(Kept { at, and_later: true }), ..self }
    }

    /// Makes what OLD gives at the instant `at` needed at every later time, and nothing else.
    #[must_use]
    pub fn giving(self, at: Instant) -> Self {
        Self { kept: Some(Kept { at, and_later: false }), ..self }
    }

    /// All losses, by kind in the order of OLD's items, with lost administrator types last. This compares the licenses
    /// only: neither what is assigned nor what cannot be read counts. Extras of an item are not compared while NEW has
    /// no seats of the item.
    #[must_use]
    pub fn losses(&self) -> Vec<Loss> {
        let pairs = self.pairs();
        pairs.iter().flat_map(|pair| self.losses_of(pair)).chain(self.administrator_losses()).collect()
    }

    pub(super) fn pairs(&self) -> Vec<Pair<'c, 'd>> {
        let mut pairs = Pair::all(self.old, self.new, self.successors.as_ref());
        // A license resource does not list capabilities.
        pairs.retain(|pair| pair.kind != ItemKind::Capability || self.old.license().is_some());
        pairs
    }

    pub(super) fn losses_of(&self, pair: &Pair<'_, '_>) -> Vec<Loss> {
        let given = if pair.kind == ItemKind::Capability { Given::Capability } else { Given::Seats };
        let seats = self.shortfalls(&pair.needed(), &pair.after());
        let mut losses: Vec<_> = seats.into_iter().map(|one| loss(given, pair, None, one)).collect();
        if pair.new.is_some() {
            losses.extend(self.lost_over_time(pair));
            losses.extend(self.lost_always(pair));
        }
        losses
    }

    /// The periods in which OLD has a usable administrator type and NEW has none.
    pub(super) fn administrator_losses(&self) -> Vec<Loss> {
        let (old, new) = (self.old.administrator_time(), self.new.administrator_time());
        let lost = self.shortfalls(&old, &new).into_iter();
        lost.map(|Shortfall { from, to, old, new }| Loss {
            given: Given::Administrator,
            kind: ItemKind::UserType,
            id: None,
            detail: None,
            from,
            to,
            old,
            new,
        })
        .collect()
    }

    fn shortfalls(&self, needed: &SeatTimeline, there: &SeatTimeline) -> Vec<Shortfall> {
        match self.kept {
            Some(kept) => shortfalls(&kept.needed(needed), there, self.as_of),
            None => shortfalls(needed, there, self.as_of),
        }
    }

    fn lost_over_time(&self, pair: &Pair<'_, '_>) -> Vec<Loss> {
        let (none, seats) = (SeatTimeline::default(), pair.after());
        let mut losses = Vec::new();
        for (extra, needed) in &pair.old_extras.over_time {
            let given = pair.new_extras.over_time.get(extra).unwrap_or(&none);
            let lost = self.shortfalls(needed, given).into_iter();
            // While NEW has no seats of the item, only the seats count as lost.
            let lost =
                lost.filter_map(|one| Some(Shortfall { from: seats.first_with_seats(one.from, one.to)?, ..one }));
            losses.extend(lost.map(|one| loss(extra.given, pair, Some(extra), one)));
        }
        losses
    }

    fn lost_always(&self, pair: &Pair<'_, '_>) -> Vec<Loss> {
        let missing = pair.old_extras.always.iter().filter(|extra| !self.is_there(pair, extra));
        let mut missing = missing.peekable();
        if missing.peek().is_none() {
            return Vec::new();
        }
        let Some((from, to)) = pair.common_span(self.as_of, self.kept) else { return Vec::new() };
        missing.map(|extra| loss(extra.given, pair, Some(extra), Shortfall { from, to, old: 1, new: 0 })).collect()
    }

    /// Whether NEW gives this extra of the item, or includes the successor of a retired extension.
    fn is_there(&self, pair: &Pair<'_, '_>, extra: &Extra) -> bool {
        let new = &pair.new_extras.always;
        // Leaves out the entitlements of an extension that NEW does not include: the loss or the replacement of the
        // extension is in the answer instead.
        let without_extension = || !new.contains(&Extra::inclusion(extra.extension.as_str()));
        new.contains(extra)
            || self.replacement(pair, extra).is_some()
            || (extra.given == Given::IncludedEntitlement && without_extension())
    }

    /// The extension that the user type in NEW includes in the place of the retired extension `extra`.
    pub(super) fn replacement(&self, pair: &Pair<'_, '_>, extra: &Extra) -> Option<Replacement> {
        let successors = self.successors.as_ref().filter(|_| extra.given == Given::Inclusion)?;
        let successor = successors.of_included(&extra.name)?;
        let is_there = pair.new_extras.always.contains(&Extra::inclusion(successor.id));
        is_there.then(|| Replacement::new(successor.id, successor.evidence))
    }
}

fn loss(given: Given, pair: &Pair<'_, '_>, extra: Option<&Extra>, shortfall: Shortfall) -> Loss {
    let Shortfall { from, to, old, new } = shortfall;
    let detail = extra.and_then(Extra::detail);
    Loss { given, kind: pair.kind, id: Some(pair.id.to_owned()), detail, from, to, old, new }
}
