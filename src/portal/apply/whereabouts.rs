//! Where the members of a journal are, by the portal's list of members.

use std::collections::{HashMap, HashSet};

use crate::portal::apply::entry::{JournalEntry, JournalMove, at};
use crate::portal::apply::journal::Journal;
use crate::time::Instant;
use crate::usage::Member;

/// The members of a journal's moves, sorted by the user type that they have now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Whereabouts {
    /// Members who have their new user type.
    pub done: Vec<String>,
    /// Users whom the portal had reported as moved into the new user type, and who are no longer members.
    pub gone: Vec<String>,
    /// Users whom the portal had reported as moved into a user type to wait in, and who are no longer members; each with the
    /// id of that user type.
    pub gone_waiting: Vec<(String, String)>,
    /// Members who still have the user type of before, or one to wait in.
    pub open: Vec<String>,
    /// Those in `open` who wait in a third user type, each with its id.
    pub waiting: Vec<(String, String)>,
    /// Those in `open` who do not have the user type that a request asked for which the portal did not answer; each with the
    /// id of that user type. The portal may still carry the request out.
    pub unanswered: Vec<(String, String)>,
    /// Those in `open` whom the portal had reported as moved into the new user type, and whom a later request without an answer
    /// may have taken out of it.
    pub taken_back: Vec<String>,
    /// Users who have none of these user types: their name and the id of their user type, or `None` if they are no
    /// longer members.
    pub elsewhere: Vec<(String, Option<String>)>,
    /// Those in `open` whom the portal had reported as changed, each with the id of the user type that it reported. The list
    /// shows another one: it may lag behind.
    pub contradicted: Vec<(String, String)>,
    /// Those in `contradicted` whom the portal's last answer reported as having the new user type.
    pub reported: Vec<String>,
    /// Those in `contradicted` whom an answer reported as having the new user type, before a request without an answer that may
    /// have taken them out of it.
    pub reported_before: Vec<String>,
    /// Whether the list may lag behind what the portal answered: it was not read for as long as it was to be.
    pub may_lag: bool,
    /// Members in `open` who have the user type to wait in that a request without an answer asked for. The portal may
    /// have carried that request out after all others.
    pub late: Vec<String>,
    /// Members who have a user type of `--map` and are in no move, since they joined it after the plan was made, each
    /// with the move that they need.
    pub joined: Vec<JournalMove>,
}

impl Whereabouts {
    /// Looks up every member of `moves`, and the members who joined a user type of `maps`.
    #[must_use]
    pub fn of(moves: &[JournalMove], maps: &[(String, String)], journal: &Journal, members: &[Member]) -> Self {
        let types: HashMap<&str, &str> =
            members.iter().map(|member| (member.username.as_str(), member.user_type.as_str())).collect();
        let (confirmed, unanswered, outstanding) = (journal.confirmed(), journal.unanswered(), journal.outstanding());
        let mut whereabouts = Self::default();
        for one in moves {
            let JournalMove { username, from, via, to } = one;
            let confirmed = confirmed.get(username.as_str()).copied();
            let was_open = |now: &str| now == from || via.iter().any(|via| via == now);
            match types.get(username.as_str()).copied() {
                Some(now) if now == to => whereabouts.done.push(username.clone()),
                Some(now) if was_open(now) => {
                    let asked = outstanding.get(username.as_str()).map(|request| request.user_type);
                    if let Some(confirmed) = confirmed.filter(|confirmed| *confirmed != now) {
                        whereabouts.contradicted.push((username.clone(), confirmed.to_owned()));
                        match asked {
                            _ if confirmed != to => {}
                            Some(asked) if asked != to => whereabouts.reported_before.push(username.clone()),
                            _ => whereabouts.reported.push(username.clone()),
                        }
                    }
                    if now != from && unanswered.contains(&(username.as_str(), now)) {
                        whereabouts.late.push(username.clone());
                    }
                    whereabouts.is_open(one, now, asked);
                }
                now => match (now, confirmed) {
                    (None, Some(confirmed)) if confirmed == to => whereabouts.gone.push(username.clone()),
                    (None, Some(confirmed)) => whereabouts.gone_waiting.push((username.clone(), confirmed.to_owned())),
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

    /// Where the members are if no list can be read: by the journal alone, that is, by the portal's answers and the list that an
    /// earlier run read.
    #[must_use]
    pub fn by_answers(journal: &Journal) -> Self {
        let (moves, outstanding, gone) = (journal.moves(), journal.outstanding(), journal.known_gone());
        let now = journal.answered(&moves);
        let mut whereabouts = Self::default();
        for one in &moves {
            let JournalMove { username, from, to, .. } = one;
            let now = now.get(username.as_str()).copied().unwrap_or(from);
            let asked = outstanding.get(username.as_str()).map(|request| request.user_type);
            match (gone.contains(username.as_str()), asked.filter(|asked| asked != to)) {
                (true, _) if now == to => whereabouts.gone.push(username.clone()),
                (true, _) => whereabouts.gone_waiting.push((username.clone(), now.to_owned())),
                (false, None) if now == to => whereabouts.done.push(username.clone()),
                // Nobody answered the request that was sent after the one into the new user type.
                (false, Some(asked)) if now == to => {
                    whereabouts.taken_back.push(username.clone());
                    whereabouts.unanswered.push((username.clone(), asked.to_owned()));
                    whereabouts.open.push(username.clone());
                }
                (false, _) => whereabouts.is_open(one, now, asked),
            }
        }
        whereabouts
    }

    /// Adds a member who has the user type `now`, which is not the new one. `asked` is the user type of a request that the
    /// portal did not answer.
    fn is_open(&mut self, JournalMove { username, from, .. }: &JournalMove, now: &str, asked: Option<&str>) {
        if now != from {
            self.waiting.push((username.clone(), now.to_owned()));
        }
        if let Some(asked) = asked.filter(|asked| *asked != now) {
            self.unanswered.push((username.clone(), asked.to_owned()));
        }
        self.open.push(username.clone());
    }

    /// Whether every user has the new user type, or was changed before leaving the portal.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.open.is_empty() && self.elsewhere.is_empty()
    }

    /// Whether every user whom the list does not show with the new user type may have it, or may still get it: by a request that
    /// the portal did not answer, or, where the list may lag behind, by what the portal answered.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        let unanswered = self.unanswered.iter().map(|(username, _)| username.as_str());
        let reported = self.reported.iter().filter(|_| self.may_lag).map(String::as_str);
        let perhaps: HashSet<&str> = unanswered.chain(reported).collect();
        (self.may_lag || self.elsewhere.is_empty())
            && self.open.iter().all(|username| perhaps.contains(username.as_str()))
    }

    /// The same members, where the portal's answers are believed and not the list that contradicts them.
    #[must_use]
    pub fn believing_answers(&self) -> Self {
        let types: HashMap<&str, &str> =
            self.contradicted.iter().map(|(username, user_type)| (username.as_str(), user_type.as_str())).collect();
        let reported: HashSet<&str> = self.reported.iter().map(String::as_str).collect();
        let is_reported = |username: &str| reported.contains(username);
        let mut believed = self.clone();
        believed.done.extend(self.reported.iter().cloned());
        believed.open.retain(|username| !is_reported(username));
        believed.unanswered.retain(|(username, _)| !is_reported(username));
        believed.waiting.retain(|(username, _)| !types.contains_key(username.as_str()));
        let is_back = |username: &String| self.reported_before.contains(username);
        let waiting = self.contradicted.iter().filter(|(username, _)| !is_reported(username) && !is_back(username));
        believed.waiting.extend(waiting.cloned());
        believed.taken_back.clone_from(&self.reported_before);
        [&mut believed.reported, &mut believed.reported_before].into_iter().for_each(Vec::clear);
        believed.contradicted.clear();
        believed
    }

    /// How many members an outdated list may show wrongly: those with a user type that neither the portal reported nor a request
    /// asked for, and those who are missing although the journal does not know why.
    #[must_use]
    pub fn unsettled(&self, journal: &Journal) -> usize {
        let known = journal.known_gone();
        let waiting = self.gone_waiting.iter().map(|(username, _)| username);
        let gone = self.gone.iter().chain(waiting).filter(|username| !known.contains(username.as_str()));
        self.contradicted.len() + self.elsewhere.len() + gone.count()
    }

    /// The line of the journal for these whereabouts.
    #[must_use]
    pub fn entry(&self, now: Instant) -> JournalEntry {
        let elsewhere = self.elsewhere.iter().map(|(username, _)| username);
        let open = self.open.iter().chain(elsewhere).cloned().collect();
        let waiting = self.gone_waiting.iter().map(|(username, _)| username);
        let gone = self.gone.iter().chain(waiting).cloned().collect();
        JournalEntry::Read { at: at(now), done: self.done.len(), open, gone, may_lag: self.may_lag }
    }
}
