//! Making the moves: one batch at a time, each answer looked at, all of it in a journal.
//!
//! Whatever happens on the way, the portal knows best who has which user type. So nothing is concluded from what was sent:
//! members are read again, and what is still to do follows from that and from what the journal says was wanted at first.

mod answer;
mod journal;
mod run;

pub use journal::{Entry, Journal, JournalError, JournalMove, Said};
pub use run::{Stopped, Whereabouts, send};
