//! The seats that are assigned today, for the rules about usage.

use crate::license::{Evidence, ItemKind, Share, SuccessorPool, Successors};
use crate::text::{Phrase, name, phrase};
use crate::usage::{Roles, Usage};

/// The seats that are assigned today, and how roles tell administrators.
#[derive(Clone, Copy, Debug)]
pub struct InUse<'d> {
    /// The assigned seats, and the members.
    pub usage: &'d Usage,
    /// How the roles of members are read.
    pub roles: Roles<'d>,
}

/// The assigned seats of one item, those of the retired ids that it replaces included.
#[derive(Debug)]
pub(super) struct HeldSeats<'d> {
    pub(super) kind: ItemKind,
    /// The id whose seats must suffice.
    pub(super) id: &'d str,
    pub(super) seats: u64,
    /// The number of assigned seats in words: "12", or "12 (parcelFabric perhaps 8, utilityNetwork 4)".
    pub(super) text: Phrase,
}

impl<'d> InUse<'d> {
    /// The assigned seats of every item, without items that nobody has.
    pub(super) fn held(&self, successors: &Successors) -> Vec<HeldSeats<'d>> {
        successors.pool(self.usage.in_use()).into_iter().map(HeldSeats::new).collect()
    }

    /// The end of a message about a user type with too few seats, or perhaps too few: how many members are locked out, and how
    /// many perhaps are. Empty for other kinds.
    pub(super) fn locked_out(&self, kind: ItemKind, id: &str, certain: bool) -> String {
        if kind != ItemKind::UserType {
            return String::new();
        }
        let locked_out = self.usage.locked_out(id, 0, certain, self.roles).members();
        format!(": {locked_out} without administrator privileges locked out")
    }
}

impl<'d> HeldSeats<'d> {
    fn new(pool: SuccessorPool<'d, u64>) -> Self {
        let seats = pool.shares.iter().fold(0, |sum: u64, share| sum.saturating_add(share.value));
        let part = |share: &Share<'_, u64>| {
            let perhaps = if share.evidence == Some(Evidence::Inferred) { "perhaps " } else { "" };
            phrase![name(share.id), " ", perhaps, share.value]
        };
        let text = match pool.shares.as_slice() {
            [only] if only.evidence.is_none() => seats.into(),
            shares => phrase![seats, " (", Phrase::join(shares.iter().map(part), ", "), ")"],
        };
        Self { kind: pool.kind, id: pool.id, seats, text }
    }
}
