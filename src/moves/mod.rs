//! In which order members can change user type, so that nobody is moved into a type without a free seat.
//!
//! A member has exactly one user type. Moving a member needs a free seat of the target at that moment, and frees a seat
//! of the user type of before. The planner works on counts: the user types are [`Pool`]s, named by their index, and the
//! moves are [`Transfer`]s between them. [`plan`] finds an order of few [`Batch`]es whenever an order exists, and says
//! why if none does.
//!
//! | module | what |
//! |---|---|
//! | `counts` | user types and members as counts |
//! | `network` | the moves that remain, as a graph |
//! | `feasible` | whether an order exists, and why one needs no search to know |
//! | `no_order` | why there is none |
//! | `greedy` | one plan, batch by batch |
//! | `order` | the shorter one of two plans |
//! | `park` | an order where some wait in a third type meanwhile |
//!
//! Around these counts, other modules read the members and the license:
//!
//! | module | what |
//! |---|---|
//! | `wanted` | who is to have which type, as a CSV says it |
//! | `site` | the members and the license that moves are held against |
//! | `names`, `changes` | from what was written to members and user types |
//! | `administrators` | administrators stay administrators, and one is left |
//! | `targets` | the user types that members get, and for how long they last |
//! | `problem` | what stands against moves |
//! | `moved` | what is assigned after moves |
//!
//! ```
//! use seatline::planner::{BATCH, Pool, Transfer, plan};
//!
//! // Basic and Creator are full and swap a member; the one seat left at Professional is no help, until somebody goes there.
//! let pools = [(10, 10), (20, 20), (5, 4)].map(|(seats, assigned)| Pool { seats, assigned });
//! let swap = [Transfer { from: 0, to: 1, count: 1 }, Transfer { from: 1, to: 0, count: 1 }];
//! assert!(plan(&pools, &swap, BATCH, None).is_err());
//!
//! let leave = Transfer { from: 1, to: 2, count: 1 };
//! let batches = plan(&pools, &[swap[0], swap[1], leave], BATCH, None)?;
//! assert_eq!(batches.iter().map(|batch| batch.to).collect::<Vec<_>>(), [2, 1, 0]);
//! # Ok::<(), seatline::planner::NoOrder>(())
//! ```

use std::num::NonZeroU64;

mod administrators;
mod changes;
mod counts;
mod feasible;
mod greedy;
mod moved;
mod names;
mod network;
mod no_order;
mod order;
mod park;
mod problem;
mod site;
mod targets;
mod wanted;

pub(crate) use administrators::nobody_left;
pub use administrators::{Watch, no_administrator_left, refused_administrators};
pub use changes::changes;
pub use counts::{BATCH, Batch, Last, Pool, Transfer};
pub use moved::{Moved, NotMoved};
pub use no_order::{NoOrder, Obstacle};
pub use park::{OrderStep, Park, plan_with_park};
pub use problem::{MoveProblem, MoveProblemCode};
pub use site::{MemberChange, Site};
pub use targets::{short_lived_targets, targets_without_seats, unknown_targets};
pub use wanted::{Move, Wanted};

/// An order of all moves, in few batches of at most `batch` members.
///
/// `last` is a member who is not counted in `transfers` and is moved in the last batch. If that batch takes other
/// members of the same user type, this type stands last in its `takes`, and its count includes the member. A move to
/// the user type that a member already has is no move, and is in no batch. An index beyond `pools` is a user type
/// without seats. The same input gives the same plan.
///
/// Memory grows with the number of batches, so the counts should be of members that were listed.
///
/// # Errors
/// Where no order exists: all obstacles.
pub fn plan(
    pools: &[Pool],
    transfers: &[Transfer],
    batch: NonZeroU64,
    last: Option<Last>,
) -> Result<Vec<Batch>, NoOrder> {
    let network = feasible::network(pools, transfers, last)?;
    Ok(order::order(&network, batch, last.filter(|last| last.from != last.to)))
}
