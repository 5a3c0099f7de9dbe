//! The state of a portal: members, seats, accounts, tokens.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::member::{Member, Moved, Refused};
use super::tokens::Tokens;

/// The accounts that own Esri's content. Every portal has them.
const BUILT_IN: [&str; 7] = [
    "esri",
    "esri_nav",
    "esri_livingatlas",
    "esri_boundaries",
    "esri_demographics",
    "esri_webstyles",
    "system_publisher",
];

/// User types whose members cannot be administrators.
const NOT_FOR_ADMINISTRATORS: [&str; 4] = ["viewerUT", "editorUT", "fieldWorkerUT", "insightsAnalystUT"];

#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    members: Vec<Member>,
    /// The index in `members` of each user name.
    index: BTreeMap<String, usize>,
    /// The id and the seats of each user type, in the order given.
    seats: Vec<(String, u64)>,
    /// Accounts that every portal has, which own Esri's content and have no user type.
    built_in: Vec<Member>,
    /// Whether `total` counts these accounts where the list does not name them.
    pub(crate) counts_built_in: bool,
    pub(crate) tokens: Tokens,
    /// Codes that browsers showed, each with its member.
    pub(crate) codes: BTreeMap<String, String>,
    pub(crate) moved: Vec<Moved>,
    /// The time of each change.
    times: Vec<Instant>,
    /// The time for which lists and counts show the state before a change.
    pub(crate) lag: Duration,
    pub(crate) refused: Vec<Refused>,
}

impl World {
    /// Adds a member, or replaces the member with the same name.
    pub(crate) fn put(&mut self, member: Member) {
        match self.index.get(&member.username) {
            Some(&at) => self.members[at] = member,
            None => {
                self.index.insert(member.username.clone(), self.members.len());
                self.members.push(member);
            }
        }
    }

    /// Adds a member before all others if the name comes before theirs, and after all others otherwise.
    pub(crate) fn insert_first_or_last(&mut self, member: Member) {
        let first = self.members.iter().all(|other| member.username < other.username);
        self.members.insert(if first { 0 } else { self.members.len() }, member);
        self.index_again();
    }

    /// Adds the accounts that every portal has.
    pub(crate) fn add_built_in(&mut self, counted: bool) {
        self.counts_built_in = counted;
        self.built_in = BUILT_IN.map(|name| Member::new(name, "")).into();
    }

    pub(crate) fn is_built_in(&self, username: &str) -> bool {
        self.built_in.iter().any(|member| member.username == username)
    }

    /// All accounts, as the list of members has them. Changes show only after a while.
    pub(crate) fn listed(&self) -> Vec<Member> {
        let mut listed = [self.built_in.as_slice(), &self.members].concat();
        for (moved, _) in self.moved.iter().zip(&self.times).rev().filter(|(_, time)| time.elapsed() < self.lag) {
            if let Some(member) = listed.iter_mut().find(|member| member.username == moved.username) {
                member.user_type.clone_from(&moved.from);
            }
        }
        listed
    }

    fn index_again(&mut self) {
        self.index = self.members.iter().enumerate().map(|(at, member)| (member.username.clone(), at)).collect();
    }

    pub(crate) fn remove(&mut self, username: &str) {
        self.members.retain(|member| member.username != username);
        self.index_again();
    }

    pub(crate) fn set_seats(&mut self, id: &str, seats: u64) {
        match self.seats.iter_mut().find(|(known, _)| known == id) {
            Some((_, known)) => *known = seats,
            None => self.seats.push((id.to_owned(), seats)),
        }
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    pub(crate) fn member(&self, username: &str) -> Option<&Member> {
        self.index.get(username).map(|&at| &self.members[at])
    }

    pub(crate) fn seats(&self) -> &[(String, u64)] {
        &self.seats
    }

    pub(crate) fn knows_type(&self, id: &str) -> bool {
        self.seats.iter().any(|(known, _)| known == id)
    }

    /// The number of members with a user type.
    pub(crate) fn assigned(&self, id: &str) -> u64 {
        self.members.iter().map(|member| u64::from(member.user_type == id)).sum()
    }

    /// The numbers of members by user type: first the types with seats, in their order, then the others by id.
    pub(crate) fn counts(&self) -> Vec<(String, u64)> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for member in &self.members {
            *counts.entry(&member.user_type).or_insert(0) += 1;
        }
        let known: Vec<_> =
            self.seats.iter().map(|(id, _)| (id.clone(), counts.remove(id.as_str()).unwrap_or(0))).collect();
        known.into_iter().chain(counts.into_iter().map(|(id, count)| (id.to_owned(), count))).collect()
    }

    /// Gives a member another user type, if a seat of it is free. A member who has the user type already keeps it.
    pub(crate) fn change(&mut self, username: &str, to: &str, unwilling: &[String]) -> Result<(), &'static str> {
        let Some(&at) = self.index.get(username) else { return self.refuse(username, to, "unknown user") };
        if unwilling.iter().any(|one| one == username) {
            return self.refuse(username, to, "unwilling");
        }
        if self.members[at].user_type == to {
            return Ok(());
        }
        if self.members[at].is_administrator() && NOT_FOR_ADMINISTRATORS.contains(&to) {
            return self.refuse(username, to, "not for administrators");
        }
        let seats = self.seats.iter().find(|(id, _)| id == to).map_or(0, |(_, seats)| *seats);
        if self.assigned(to) >= seats {
            return self.refuse(username, to, "no seat is free");
        }
        let from = std::mem::replace(&mut self.members[at].user_type, to.to_owned());
        self.times.push(Instant::now());
        self.moved.push(Moved { username: username.to_owned(), from, to: to.to_owned() });
        Ok(())
    }

    fn refuse(&mut self, username: &str, to: &str, why: &'static str) -> Result<(), &'static str> {
        self.refused.push(Refused { username: username.to_owned(), to: to.to_owned(), why });
        Err(why)
    }
}
