//! Lists that come in pages.
//!
//! A list that lacks someone would be worse than none: who plans with it plans with seats that are taken. So pages are
//! trusted only where they follow each other, repeat nobody, and are in the end as many as the portal said at first.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use serde::Deserialize;
use serde::de::IgnoredAny;

/// The most that a portal gives in one page.
pub(super) const PAGE: usize = 100;

/// What of a page of members tells about the list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MembersPage {
    total: Option<u64>,
    start: Option<i64>,
    next_start: Option<i64>,
    users: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    username: Option<String>,
}

/// What of a page of counts tells about the list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CountsPage {
    next_start: Option<i64>,
    results: Vec<IgnoredAny>,
}

/// How far a list has been read.
#[derive(Debug)]
pub(super) struct Progress {
    /// Where the next page starts, from 1; `None` at the end.
    pub(super) next: Option<u64>,
    /// How many have come.
    pub(super) read: u64,
    /// How many there are, if the portal said it.
    pub(super) total: Option<u64>,
    /// Who has come, as 64 bits each; a name twice is a page twice.
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { next: Some(1), read: 0, total: None, seen: HashSet::new(), hasher: RandomState::new() }
    }

    /// Takes in the next page of members.
    ///
    /// # Errors
    /// Where it does not go on where the one before ended.
    pub(super) fn members(&mut self, text: &str) -> Result<(), String> {
        let asked = self.next.unwrap_or(1);
        let page: MembersPage = serde_json::from_str(text).map_err(|_| "a page lacks what a page has".to_owned())?;
        let Some(total) = page.total else { return Err("a page does not say the total".to_owned()) };
        if self.total.is_some_and(|known| known != total) {
            return Err(format!("there were {} members first and {total} later", self.total.unwrap_or_default()));
        }
        self.total = Some(total);
        if page.start.is_some_and(|start| u64::try_from(start) != Ok(asked)) {
            let start = page.start.unwrap_or_default();
            return Err(format!("the page from {asked} on was asked for, and the one from {start} on came"));
        }
        for member in &page.users {
            let Some(name) = &member.username else { return Err("a member has no username".to_owned()) };
            if !self.seen.insert(self.hasher.hash_one(name)) {
                return Err("a member stands in it twice".to_owned());
            }
        }
        self.advance(asked, page.users.len(), page.next_start)?;
        match (self.next, self.read) {
            (None, read) if read < total => Err(format!("{read} members came, of {total}")),
            (_, read) if read > total => Err(format!("more than {total} members came")),
            _ => Ok(()),
        }
    }

    /// Takes in the next page of counts.
    ///
    /// # Errors
    /// As [`Self::members`].
    pub(super) fn counts(&mut self, text: &str) -> Result<(), String> {
        let asked = self.next.unwrap_or(1);
        let page: CountsPage = serde_json::from_str(text).map_err(|_| "a page lacks what a page has".to_owned())?;
        self.advance(asked, page.results.len(), page.next_start)
    }

    fn advance(&mut self, asked: u64, came: usize, next: Option<i64>) -> Result<(), String> {
        self.read += u64::try_from(came).unwrap_or(u64::MAX);
        self.next = match next {
            None | Some(-1 | 0) => None,
            Some(next) => match u64::try_from(next) {
                Ok(next) if next > asked && came > 0 => Some(next),
                _ => {
                    return Err(format!(
                        "after the page from {asked} on, with {came} in it, comes the one from {next} on"
                    ));
                }
            },
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(total: u64, start: i64, next: i64, names: &[&str]) -> String {
        let users: Vec<_> = names.iter().map(|name| serde_json::json!({ "username": name })).collect();
        serde_json::json!({ "total": total, "start": start, "num": 2, "nextStart": next, "users": users }).to_string()
    }

    fn read(pages: &[String]) -> Result<Option<u64>, String> {
        let mut progress = Progress::new();
        pages.iter().try_for_each(|page| progress.members(page))?;
        Ok(progress.next)
    }

    #[test]
    fn pages_that_follow_each_other_are_one_list() {
        let first = page(3, 1, 3, &["a", "b"]);
        assert_eq!(read(std::slice::from_ref(&first)), Ok(Some(3)));
        assert_eq!(read(&[first.clone(), page(3, 3, -1, &["c"])]), Ok(None));
        let second = page(3, 3, 5, &["c"]);
        assert_eq!(read(&[first.clone(), second.clone()]), Ok(Some(5)), "only the portal says that nobody follows");
        assert_eq!(read(&[first, second, page(3, 5, -1, &[])]), Ok(None));
        assert_eq!(read(&[page(0, 1, -1, &[])]), Ok(None));
    }

    #[test]
    fn pages_that_do_not_are_none() {
        let first = || page(4, 1, 3, &["a", "b"]);
        for (second, expected) in [
            (page(4, 3, -1, &["c"]), "3 members came, of 4"),
            (page(5, 3, 5, &["c", "d"]), "4 members first and 5 later"),
            (page(4, 3, 3, &["c", "d"]), "comes the one from 3 on"),
            (page(4, 3, 1, &["c"]), "comes the one from 1 on"),
            (page(4, 3, 5, &[]), "with 0 in it"),
            (page(4, 1, -1, &["c", "d"]), "the one from 1 on came"),
            (page(4, 3, -1, &["b", "c"]), "twice"),
            (page(4, 3, -1, &["c", "d", "e"]), "more than 4"),
            (r#"{"users":[],"nextStart":-1}"#.to_owned(), "total"),
            (r#"{"users":[{}],"total":4,"nextStart":-1}"#.to_owned(), "username"),
            (r#"{"users":7,"total":4}"#.to_owned(), "lacks"),
        ] {
            let error = read(&[first(), second]).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn counts_may_come_in_pages_too() {
        let mut progress = Progress::new();
        progress.counts(r#"{"results":[{},{}],"nextStart":3}"#).unwrap();
        assert_eq!(progress.next, Some(3));
        progress.counts(r#"{"results":[{}],"nextStart":-1}"#).unwrap();
        assert_eq!((progress.next, progress.read), (None, 3));
    }
}
