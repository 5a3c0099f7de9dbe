//! Makes the moves in a portal: one batch at a time, with every request and every answer in a journal.
//!
//! The portal alone knows which member has which user type. So nothing is concluded from the requests that were sent:
//! the members are read again, and the remaining moves follow from them and from the moves that the journal names.
//!
//! | module | what |
//! |---|---|
//! | `entry` | the lines of a journal |
//! | `journal` | the file they stand in |
//! | `answer` | what the portal answers to a change of user types |
//! | `phrases`, `reason` | what the portal's reasons mean |
//! | `refusal` | why members were not changed, and what to do |
//! | `run` | one batch after the other |
//! | `whereabouts` | who is where afterwards |

mod answer;
mod entry;
mod journal;
mod phrases;
mod reason;
mod refusal;
mod run;
mod whereabouts;

pub use entry::{JournalEntry, JournalMove, MemberReason, WantedMoves};
pub use journal::{Journal, JournalError, Outstanding};
pub use run::{Stopped, send};
pub use whereabouts::Whereabouts;
