//! The journal, compared with what the portal did.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::Site;
use crate::portal::stub::{Attempt, Op};

fn names(value: &Value) -> Vec<String> {
    let names = value.as_array().unwrap_or_else(|| panic!("no list: {value}"));
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// A request that the journal announces, whose answer the journal does not hold yet.
struct Sending {
    moved: Vec<String>,
    users: Vec<String>,
}

impl Site {
    /// Compares the journal with the requests and changes of the portal, one by one. Nobody else may have changed
    /// members. `again` is the number of requests that were sent twice under one announcement, the second time with a
    /// new token.
    pub(crate) fn assert_journal_is_true(&self, again: usize) {
        // A program that was killed does not wait for the portal.
        while self.portal.attempts().len() < self.portal.requests_to(Op::UpdateUserLicenseType).len() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let (attempts, moved) = (self.portal.attempts(), self.portal.moved());
        let journal = self.journal();
        let announced = journal.iter().filter(|line| line["event"] == "sending").count();
        assert_eq!(announced + again, attempts.len(), "announced and sent: {journal:#?}");
        let mut attempts = attempts.into_iter().peekable();
        let mut state: BTreeMap<String, String> = self.before.clone();
        let mut open: Option<Sending> = None;
        let mut moves: Vec<Value> = Vec::new();
        for (index, line) in journal.iter().enumerate() {
            assert!(line["at"].as_str().is_some_and(|at| at.ends_with('Z')), "{line}");
            match line["event"].as_str().unwrap() {
                "begin" => {
                    assert_eq!(index, 0);
                    assert_eq!(line["portal"], self.portal.url());
                    for one in line["moves"].as_array().unwrap() {
                        assert_eq!(one["from"].as_str().unwrap(), self.before[one["username"].as_str().unwrap()]);
                    }
                    moves.extend(line["moves"].as_array().unwrap().iter().cloned());
                }
                "added" => {
                    for one in line["moves"].as_array().unwrap() {
                        // A member who joined, or one who waits for a seat.
                        let (name, from) = (one["username"].as_str().unwrap(), one["from"].as_str().unwrap());
                        if !moves.iter().any(|known| known["username"] == name) {
                            assert!(!self.before.contains_key(name), "{line}");
                            state.insert(name.to_owned(), from.to_owned());
                            moves.push(one.clone());
                        }
                    }
                }
                "sending" => {
                    assert!(open.is_none(), "nothing was found out about a request before the next one: {journal:#?}");
                    let users = names(&line["users"]);
                    let mut sending = Sending { moved: Vec::new(), users };
                    let same = |attempt: &Attempt| {
                        let asked: Vec<String> =
                            serde_json::from_str(&attempt.request.field("users").unwrap()).unwrap();
                        asked == sending.users
                            && line["userType"] == attempt.request.field("userLicenseType").unwrap().as_str()
                    };
                    let mut of_it = vec![attempts.next().unwrap()];
                    assert!(same(&of_it[0]), "{line}: {of_it:?}");
                    // The same request again, with a new token.
                    let left = journal[index + 1..].iter().filter(|line| line["event"] == "sending").count();
                    if attempts.len() > left {
                        of_it.extend(attempts.next_if(same));
                    }
                    for change in of_it.iter().flat_map(|attempt| &moved[attempt.moved.clone()]) {
                        assert_eq!(state.insert(change.username.clone(), change.to.clone()).unwrap(), change.from);
                        sending.moved.push(change.username.clone());
                    }
                    open = Some(sending);
                }
                "answered" => {
                    let Sending { moved, users } = open.take().expect("an answer to nothing");
                    let (done, not_done) = (names(&line["done"]), names(&line["notDone"]));
                    assert_eq!(sorted([done.clone(), not_done].concat()), sorted(users), "{line}");
                    for name in &done {
                        assert!(moved.contains(name), "{name} was not moved: {line}");
                    }
                }
                "failed" => {
                    open.take().expect("nothing was sent");
                    assert!(line["message"].as_str().is_some_and(|message| message.len() > 10), "{line}");
                }
                "read" => {
                    open = None;
                    let gone = names(&line["gone"]);
                    let there = |one: &&Value| !gone.contains(&one["username"].as_str().unwrap().to_owned());
                    gone.iter().for_each(|name| assert!(!self.now().contains_key(name), "{line}"));
                    let (done, left): (Vec<&Value>, Vec<&Value>) = moves
                        .iter()
                        .filter(there)
                        .partition(|one| state[one["username"].as_str().unwrap()] == one["to"]);
                    assert_eq!(line["done"], done.len(), "{line}");
                    let left = left.iter().map(|one| one["username"].as_str().unwrap().to_owned()).collect();
                    assert_eq!(sorted(names(&line["open"])), sorted(left), "{line}");
                }
                "done" => {
                    for one in &moves {
                        let name = one["username"].as_str().unwrap();
                        // A member who left while waiting is nowhere else.
                        let waited = !self.now().contains_key(name) && names(&one["via"]).contains(&state[name]);
                        assert!(waited || state[name] == one["to"], "{line}: {one}");
                    }
                }
                other => panic!("{other}"),
            }
        }
        assert!(attempts.next().is_none());
        let now = self.now();
        state.retain(|name, _| now.contains_key(name));
        let known: BTreeMap<_, _> = now.into_iter().filter(|(name, _)| state.contains_key(name)).collect();
        assert_eq!(state, known, "what the journal knows of is all that was done");
    }

    /// Asserts that nobody was moved twice, and nobody into a full user type.
    pub(crate) fn assert_moved_once(&self) {
        let mut names: Vec<_> = self.portal.moved().into_iter().map(|moved| moved.username).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "{:?}", self.portal.moved());
        for refused in self.portal.refused() {
            assert_eq!(refused.why, "unwilling", "{refused:?}");
        }
    }
}
