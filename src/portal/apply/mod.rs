//! Making the moves: one batch at a time, each answer looked at, all of it in a journal.
//!
//! Whatever happens on the way, the portal knows best who has which user type. So nothing is concluded from what was sent:
//! members are read again, and what is still to do follows from that and from what the journal says was wanted at first.
//!
//! | module | what |
//! |---|---|
//! | `entry` | the lines of a journal |
//! | `journal` | the file they stand in |
//! | `answer` | what the portal answers to a change of user types |
//! | `refusal` | why members were not changed, and what to do |
//! | `run` | one batch after the other |
//! | `whereabouts` | who is where afterwards |

mod answer;
mod entry;
mod journal;
mod refusal;
mod run;
mod whereabouts;

pub use entry::{Entry, JournalMove, Reason, Said};
pub use journal::{Journal, JournalError};
pub use run::{Stopped, send};
pub use whereabouts::Whereabouts;
