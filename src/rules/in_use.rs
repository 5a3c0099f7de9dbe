//! The seats that are assigned today, for the rules about usage.

use crate::license::{Evidence, ItemKind, Share, SuccessorPool, Successors};
use crate::usage::{Roles, Usage};

/// What is assigned today, and who is an administrator.
#[derive(Clone, Copy, Debug)]
pub struct InUse<'d> {
    /// What is assigned.
    pub usage: &'d Usage,
    /// How the roles of members are read.
    pub roles: Roles<'d>,
}

/// Seats that are assigned of one item, with those of retired ids whose place it takes.
#[derive(Debug)]
pub(super) struct HeldSeats<'d> {
    pub(super) kind: ItemKind,
    /// The id of which the license must have the seats.
    pub(super) id: &'d str,
    pub(super) seats: u64,
    /// The number for a message: "12", or "12 (parcelFabric perhaps 8, utilityNetwork 4)".
    pub(super) text: String,
}

impl<'d> InUse<'d> {
    /// Everything that somebody has.
    pub(super) fn held(&self, successors: &Successors) -> Vec<HeldSeats<'d>> {
        successors.pool(self.usage.in_use()).into_iter().map(HeldSeats::new).collect()
    }

    /// Ends a message about a user type that runs short, or perhaps does; nothing for everything else.
    pub(super) fn locked_out(&self, kind: ItemKind, id: &str, certain: bool) -> String {
        if kind != ItemKind::UserType {
            return String::new();
        }
        let locked_out = self.usage.locked_out(id, 0, self.roles);
        let is_bound = locked_out.upper_bound || (!certain && locked_out.members > 0);
        let bound = if is_bound { "up to " } else { "" };
        let plural = if locked_out.members == 1 { "" } else { "s" };
        format!(": {bound}{} member{plural} without administrator privileges locked out", locked_out.members)
    }
}

impl<'d> HeldSeats<'d> {
    fn new(pool: SuccessorPool<'d, u64>) -> Self {
        let seats = pool.shares.iter().fold(0, |sum: u64, share| sum.saturating_add(share.value));
        let part = |share: &Share<'_, u64>| {
            let perhaps = if share.evidence == Some(Evidence::Inferred) { "perhaps " } else { "" };
            format!("{} {perhaps}{}", share.id, share.value)
        };
        let text = match pool.shares.as_slice() {
            [only] if only.evidence.is_none() => seats.to_string(),
            shares => format!("{seats} ({})", shares.iter().map(part).collect::<Vec<_>>().join(", ")),
        };
        Self { kind: pool.kind, id: pool.id, seats, text }
    }
}
