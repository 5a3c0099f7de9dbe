//! What the lines of a journal say about the portal's answers.

use std::collections::{HashMap, HashSet};

use crate::portal::apply::entry::{JournalEntry, JournalMove};
use crate::portal::apply::journal::Journal;

impl Journal {
    /// The user type that the portal last reported for each member whom it reported as changed.
    #[must_use]
    pub fn confirmed(&self) -> HashMap<&str, &str> {
        let mut confirmed = HashMap::new();
        let mut sent = None;
        for entry in &self.entries {
            match entry {
                JournalEntry::Sending { user_type, .. } => sent = Some(user_type.as_str()),
                JournalEntry::Answered { done, .. } => {
                    let user_type = sent.unwrap_or_default();
                    confirmed.extend(done.iter().map(|username| (username.as_str(), user_type)));
                }
                _ => {}
            }
        }
        confirmed
    }

    /// The user type of each member by the portal's answers, and by the lists of members that were read: who is not open in
    /// the last list had the new user type then. Members of whom neither says anything are left out.
    #[must_use]
    pub fn answered<'j>(&'j self, moves: &'j [JournalMove]) -> HashMap<&'j str, &'j str> {
        let mut now: HashMap<&str, &str> = HashMap::new();
        let mut begun: HashSet<&str> = HashSet::new();
        let mut sent = None;
        let is_done = self.is_done();
        for entry in &self.entries {
            match entry {
                JournalEntry::Begin { moves, .. } | JournalEntry::Added { moves, .. } => {
                    begun.extend(moves.iter().map(|one| one.username.as_str()));
                }
                JournalEntry::Sending { user_type, .. } => sent = Some(user_type.as_str()),
                JournalEntry::Answered { done, .. } => {
                    now.extend(done.iter().map(|username| (username.as_str(), sent.unwrap_or_default())));
                }
                JournalEntry::Read { open, gone, .. } => {
                    let others: HashSet<&str> = open.iter().chain(gone).map(String::as_str).collect();
                    let done = moves.iter().filter(|one| {
                        let username = one.username.as_str();
                        begun.contains(username) && !others.contains(username)
                    });
                    now.extend(done.map(|one| (one.username.as_str(), one.to.as_str())));
                }
                JournalEntry::Failed { .. } | JournalEntry::Done { .. } => {}
            }
        }
        if is_done {
            let known = self.known_gone();
            let there = moves.iter().filter(|one| !known.contains(one.username.as_str()));
            now.extend(there.map(|one| (one.username.as_str(), one.to.as_str())));
        }
        now
    }

    /// The time of the portal's last answer that reported this member as changed, RFC 3339.
    #[must_use]
    pub fn answered_at(&self, username: &str) -> Option<&str> {
        self.entries.iter().rev().find_map(|entry| match entry {
            JournalEntry::Answered { at, done, .. } => done.iter().any(|name| name == username).then_some(at.as_str()),
            _ => None,
        })
    }

    /// The users of whom an earlier line says that they were moved and are no longer members.
    #[must_use]
    pub fn known_gone(&self) -> HashSet<&str> {
        let gone = self.entries.iter().filter_map(|entry| match entry {
            JournalEntry::Read { gone, .. } => Some(gone),
            _ => None,
        });
        gone.flatten().map(String::as_str).collect()
    }

    /// The members of each request that the portal did not answer, or whose answer says nothing of them, each with the user
    /// type that it asked for. The portal may carry such a request out at any later time.
    #[must_use]
    pub fn unanswered(&self) -> HashSet<(&str, &str)> {
        let mut unanswered = HashSet::new();
        for request in requests(&self.entries) {
            let users = request.users.iter().filter(|username| request.is_open_for(username));
            unanswered.extend(users.map(|username| (username.as_str(), request.user_type)));
        }
        unanswered
    }

    /// The members of whom the portal's last answer is missing, each with the user type that the request asked for and the
    /// time from which on its answer was missing.
    #[must_use]
    pub fn outstanding(&self) -> HashMap<&str, Outstanding<'_>> {
        let mut outstanding = HashMap::new();
        if self.is_done() {
            return outstanding;
        }
        for request in requests(&self.entries).filter(|request| request.may_be_done) {
            for username in request.users {
                if request.is_open_for(username) {
                    let (user_type, since) = (request.user_type, request.since);
                    outstanding.insert(username.as_str(), Outstanding { user_type, since });
                } else {
                    outstanding.remove(username.as_str());
                }
            }
        }
        outstanding
    }

    /// The members whom the portal's last answer about them did not report as changed, each with the reason, if it gave
    /// one. Members of whom the answer says nothing are left out.
    #[must_use]
    pub fn refused(&self) -> HashMap<&str, Option<&str>> {
        let mut refused = HashMap::new();
        for entry in &self.entries {
            let JournalEntry::Answered { done, not_done, silent, reasons, .. } = entry else { continue };
            refused.extend(not_done.iter().map(|name| (name.as_str(), None)));
            refused.extend(reasons.iter().map(|one| (one.username.as_str(), Some(one.reason.as_str()))));
            for name in done.iter().chain(silent) {
                refused.remove(name.as_str());
            }
        }
        refused
    }
}

/// A request without an answer about a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outstanding<'j> {
    /// The id of the user type that the request asked for.
    pub user_type: &'j str,
    /// The time of the line that says so, RFC 3339.
    pub since: &'j str,
}

/// A request, with the line about its answer.
struct SentRequest<'j> {
    user_type: &'j str,
    users: &'j [String],
    since: &'j str,
    /// `None` where there is no answer.
    silent: Option<HashSet<&'j str>>,
    may_be_done: bool,
}

impl SentRequest<'_> {
    /// Whether the portal may have changed this member, or may still do so, and does not say it.
    fn is_open_for(&self, username: &str) -> bool {
        self.silent.as_ref().map_or(self.may_be_done, |silent| silent.contains(username))
    }
}

/// The requests of a journal, in order.
fn requests(entries: &[JournalEntry]) -> impl Iterator<Item = SentRequest<'_>> {
    entries.iter().enumerate().filter_map(|(index, entry)| {
        let JournalEntry::Sending { at, user_type, users } = entry else { return None };
        let (since, silent, may_be_done) = match entries.get(index + 1) {
            Some(JournalEntry::Answered { at, silent, .. }) => {
                (at, Some(silent.iter().map(String::as_str).collect()), true)
            }
            Some(JournalEntry::Failed { at, may_be_done, .. }) => (at, None, *may_be_done),
            // The run was ended before an answer came.
            _ => (at, None, true),
        };
        Some(SentRequest { user_type, users, since, silent, may_be_done })
    })
}
