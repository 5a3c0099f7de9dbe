//! Waits for a list of members that lags behind the portal's own answers.

use std::cell::Cell;
use std::time::{Duration, Instant as Stopwatch};

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::portal::apply::{Journal, JournalMove, Outstanding, Whereabouts};
use crate::portal::{NamedMembers, PortalFailure, Problem, Session};
use crate::time::Instant;
use crate::usage::Member;

use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::commands::apply::stopping::unless_stopped;
use crate::cli::exit::Stop;
use crate::cli::io::interrupt;
use crate::cli::settings::now;

/// The number of seconds to wait where `--settle` names none.
const SETTLE: u64 = 30;

/// The first pause. Each further pause is twice as long, up to the longest.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);

/// The time that may be spent waiting, and when waiting began.
pub(super) struct Settling {
    started: Stopwatch,
    all: Duration,
    next: Cell<Duration>,
}

impl Settling {
    /// Begins to wait, at most this many seconds.
    pub(super) fn new(seconds: u64) -> Self {
        Self { started: Stopwatch::now(), all: Duration::from_secs(seconds), next: Cell::new(FIRST) }
    }

    /// The time that is left.
    fn left(&self) -> Duration {
        self.all.saturating_sub(self.started.elapsed())
    }

    /// Pauses before another try; `false` where the time is up, or the user asked to stop.
    pub(super) fn waits(&self) -> bool {
        self.waits_within(self.left())
    }

    /// As [`Self::waits`], no longer than this.
    fn waits_within(&self, left: Duration) -> bool {
        if left.is_zero() {
            return false;
        }
        let pause = self.next.get().min(left);
        self.next.set((self.next.get() * 2).min(LONGEST));
        interrupt::pause(pause)
    }
}

/// The members as the portal listed them last.
pub(super) struct Current {
    pub(super) members: Vec<Member>,
    /// How many accounts the portal counts and does not name.
    pub(super) unnamed: u64,
    pub(super) whereabouts: Whereabouts,
    /// Why they could not be read again, where that was tried and failed.
    pub(super) failed: Option<Stop>,
}

/// How long to go on waiting for a request of an earlier run that got no answer.
fn left_for(request: &Outstanding<'_>, all: Duration) -> Duration {
    let since = Instant::deserialize(StrDeserializer::<ValueError>::new(request.since));
    let passed = since.map_or(i64::MAX, |since| now().epoch_ms().saturating_sub(since.epoch_ms()));
    // A clock that was set back must not make it longer.
    all.saturating_sub(Duration::from_millis(u64::try_from(passed).unwrap_or(0)))
}

impl Apply<'_> {
    /// The number of seconds to wait for a list of members that lags behind.
    pub(super) fn settle(&self) -> u64 {
        self.args.settle.unwrap_or(SETTLE)
    }

    /// All members, and where those of the journal are. The list may lag behind, and is read again, for as long as `--settle` says,
    /// while one of these holds:
    ///
    /// - it contradicts what the portal answered;
    /// - it shows a member in a user type that nobody asked for;
    /// - it no longer names a member;
    /// - it does not show what a request asked for that got no answer.
    ///
    /// `is_after` says whether this run has sent its requests: then a list that cannot be read at first is read again too.
    ///
    /// # Errors
    /// Where it could not be read once.
    pub(super) fn members_once_current(
        &self,
        session: &mut Session,
        journal: &Journal,
        moves: &[JournalMove],
        maps: &[(String, String)],
        is_after: bool,
    ) -> Result<Current, Stop> {
        let settling = Settling::new(self.settle());
        let outstanding = journal.outstanding();
        let (mut last, mut failures) = (None, 0);
        loop {
            // The first list before the moves is a request like any other, and all else is waited for as long as was said.
            session.wait_at_most((is_after || last.is_some()).then(|| settling.left()));
            let members = self.members(session);
            session.wait_at_most(None);
            let NamedMembers { members, unnamed } = match members {
                Ok(members) => members,
                Err(failure) => {
                    failures += 1;
                    // Who asks to come back later than that would be asked too early.
                    let is_later = matches!(failure.problem, Problem::Later { .. });
                    let is_awaited = (is_after || last.is_some()) && failure.problem.may_pass() && !is_later;
                    if is_awaited && settling.waits() {
                        self.progress.say("the list of members cannot be read at present ...");
                        continue;
                    }
                    let stop = self.not_read(failure, failures);
                    return match last {
                        Some((members, unnamed, whereabouts)) => {
                            let whereabouts = Whereabouts { may_lag: true, ..whereabouts };
                            Ok(Current { members, unnamed, whereabouts, failed: Some(stop) })
                        }
                        None => Err(stop),
                    };
                }
            };
            failures = 0;
            let whereabouts = Whereabouts::of(moves, maps, journal, &members);
            let lags = whereabouts.unsettled(journal);
            let perhaps = whereabouts.unanswered.iter().filter_map(|(username, _)| outstanding.get(username.as_str()));
            let perhaps = perhaps.map(|request| left_for(request, settling.all)).max().unwrap_or_default();
            let count = lags + whereabouts.unanswered.len();
            if count > 0 {
                self.progress.say(&format!("the list of members does not show {count} of the changes yet ..."));
            }
            let is_whole = lags > 0 || (is_after && count > 0);
            let left = if is_whole { settling.left() } else { perhaps.min(settling.left()) };
            if count == 0 || !settling.waits_within(left) {
                let may_lag = count > 0 && interrupt::is_stopped();
                let whereabouts = Whereabouts { may_lag, ..whereabouts };
                return Ok(Current { members, unnamed, whereabouts, failed: None });
            }
            last = Some((members, unnamed, whereabouts));
        }
    }

    /// The problem of a list that could not be read, so many times in a row.
    fn not_read(&self, failure: PortalFailure, times: u32) -> Stop {
        let stop = unless_stopped(Stop::from(failure));
        let message = match (times, interrupt::is_stopped()) {
            (1, _) => stop.message,
            (_, true) => format!("{}; the list was asked for {times} times", stop.message),
            (_, false) => {
                format!("{}; the list was asked for {times} times in {} s (--settle)", stop.message, self.settle())
            }
        };
        Stop { message, ..stop }
    }
}
