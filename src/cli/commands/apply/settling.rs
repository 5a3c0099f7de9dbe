//! Waits for a list of members that lags behind the portal's own answers.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::portal::Session;
use crate::portal::apply::{Journal, JournalMove, Whereabouts};
use crate::usage::Member;

use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::io::exit::Stop;

/// The number of seconds to wait where `--settle` names none.
const SETTLE: u64 = 30;

/// The first pause. Each further pause is twice as long, up to the longest.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);

/// The time that may be spent waiting, and when waiting began.
pub(super) struct Settling {
    started: Instant,
    all: Duration,
    next: Cell<Duration>,
}

impl Settling {
    /// Begins to wait, at most this many seconds.
    pub(super) fn new(seconds: u64) -> Self {
        Self { started: Instant::now(), all: Duration::from_secs(seconds), next: Cell::new(FIRST) }
    }

    /// Pauses before another try; `false` where the time is up.
    pub(super) fn waits(&self) -> bool {
        let left = self.all.saturating_sub(self.started.elapsed());
        if left.is_zero() {
            return false;
        }
        std::thread::sleep(self.next.get().min(left));
        self.next.set((self.next.get() * 2).min(LONGEST));
        true
    }
}

impl Apply<'_> {
    /// The number of seconds to wait for a list of members that lags behind.
    pub(super) fn settle(&self) -> u64 {
        self.args.settle.unwrap_or(SETTLE)
    }

    /// All members, and where those of the journal are. Where the list contradicts what the portal answered, shows
    /// somebody in a user type that nobody asked for, or no longer names somebody, it may lag behind, and is read again for as long
    /// as `--settle` says.
    pub(super) fn members_once_current(
        &self,
        session: &mut Session,
        journal: &Journal,
        moves: &[JournalMove],
        maps: &[(String, String)],
    ) -> Result<(Vec<Member>, Whereabouts), Stop> {
        let settling = Settling::new(self.settle());
        loop {
            let members = self.members(session)?;
            let whereabouts = Whereabouts::of(moves, maps, journal, &members);
            let count = whereabouts.unsettled(journal);
            if count > 0 {
                self.progress.say(&format!("the list of members does not show {count} of the changes yet ..."));
            }
            if count == 0 || !settling.waits() {
                return Ok((members, whereabouts));
            }
        }
    }
}
