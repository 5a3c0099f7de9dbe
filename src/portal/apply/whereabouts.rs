//! Who is where, by the members that the portal has.

use std::collections::{HashMap, HashSet};

use crate::portal::apply::entry::{JournalEntry, JournalMove, at};
use crate::portal::apply::journal::Journal;
use crate::time::Instant;
use crate::usage::Member;

/// Where the members are of whom a journal speaks, by what the portal says now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Those with their new user type.
    pub done: Vec<String>,
    /// Those who got the new user type, by what the portal answered, and are no members any more.
    pub gone: Vec<String>,
    /// Those who got the user type in between, which stands beside, and are no members any more.
    pub gone_waiting: Vec<(String, String)>,
    /// Those who still have the user type of before, or the one in between.
    pub open: Vec<String>,
    /// Those who have another one, with its id; or who are no members any more.
    pub elsewhere: Vec<(String, Option<String>)>,
    /// Those of whom the portal answered that they were changed, and whom its list has as they were before that. The list may
    /// lag behind.
    pub contradicted: Vec<String>,
    /// Those of `open` who have the user type in between that a request without an answer asked for: the portal may have
    /// carried it out after everything else.
    pub late: Vec<String>,
    /// Those who have a user type of `--map` and no move: they joined it after the plan was made. Each with that user type
    /// and the one it is mapped to.
    pub joined: Vec<JournalMove>,
}

impl Whereabouts {
    /// Looks for everyone who is to be moved, and for those who joined a user type of `maps`.
    #[must_use]
    pub fn of(moves: &[JournalMove], maps: &[(String, String)], journal: &Journal, members: &[Member]) -> Self {
        let types: HashMap<&str, &str> =
            members.iter().map(|member| (member.username.as_str(), member.user_type.as_str())).collect();
        let (told, unanswered) = (journal.told(), journal.unanswered());
        let mut whereabouts = Self::default();
        for JournalMove { username, from, via, to } in moves {
            let told = told.get(username.as_str()).copied();
            let was_open = |now: &str| now == from || via.iter().any(|via| via == now);
            match types.get(username.as_str()).copied() {
                Some(now) if now == to => whereabouts.done.push(username.clone()),
                Some(now) if was_open(now) => {
                    if told.is_some_and(|told| told != now) {
                        whereabouts.contradicted.push(username.clone());
                    }
                    if now != from && unanswered.contains(&(username.as_str(), now)) {
                        whereabouts.late.push(username.clone());
                    }
                    whereabouts.open.push(username.clone());
                }
                now => match (now, told) {
                    (None, Some(told)) if told == to => whereabouts.gone.push(username.clone()),
                    (None, Some(told)) => whereabouts.gone_waiting.push((username.clone(), told.to_owned())),
                    (now, _) => whereabouts.elsewhere.push((username.clone(), now.map(str::to_owned))),
                },
            }
        }
        let known: HashSet<&str> = moves.iter().map(|one| one.username.as_str()).collect();
        let targets: HashMap<&str, &str> = maps.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        for member in members.iter().filter(|member| !known.contains(member.username.as_str())) {
            let Some(to) = targets.get(member.user_type.as_str()).filter(|to| **to != member.user_type) else {
                continue;
            };
            whereabouts.joined.push(JournalMove {
                username: member.username.clone(),
                from: member.user_type.clone(),
                via: Vec::new(),
                to: (*to).to_owned(),
            });
        }
        whereabouts
    }

    /// Whether everyone has the new user type, or was changed before leaving.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.open.is_empty() && self.elsewhere.is_empty()
    }

    /// The line of the journal that says so.
    #[must_use]
    pub fn entry(&self, now: Instant) -> JournalEntry {
        let elsewhere = self.elsewhere.iter().map(|(username, _)| username);
        let open = self.open.iter().chain(elsewhere).cloned().collect();
        let waiting = self.gone_waiting.iter().map(|(username, _)| username);
        let gone = self.gone.iter().chain(waiting).cloned().collect();
        JournalEntry::Read { at: at(now), done: self.done.len(), open, gone }
    }
}
