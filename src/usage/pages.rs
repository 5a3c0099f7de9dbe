//! Lists that come in pages: none of them may be missing.

use std::collections::BTreeMap;

use crate::json::{Pointer, Raw};
use crate::source::{Failure, FailureCode};
use crate::usage::origin::Origin;

/// What a page says of itself, in elements counted from 1.
#[derive(Clone, Debug)]
pub(super) struct Page<T> {
    /// The name of its input, and the number of its document there if there are several.
    pub(super) name: String,
    pub(super) start: Option<i64>,
    /// The start of the page that follows; -1 where none does.
    pub(super) next_start: Option<i64>,
    /// How many elements all pages have together.
    pub(super) total: Option<i64>,
    pub(super) elements: Vec<T>,
}

impl<T> Page<T> {
    /// A page with the members `total`, `start` and `nextStart`.
    ///
    /// # Errors
    /// Where one of them is there and no number.
    pub(super) fn new(origin: Origin<'_>, members: [(&str, Raw<'_>); 3], elements: Vec<T>) -> Result<Self, Failure> {
        let number = |(member, raw): (&str, Raw<'_>)| match raw.text() {
            None | Some("null") => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| {
                let message = format!("{member} is no whole number, so nobody knows whether a page is missing");
                origin.unreadable(Pointer::of(&[member]), message)
            }),
        };
        let [total, start, next_start] = members.map(number);
        Ok(Self { name: origin.name(), start: start?, next_start: next_start?, total: total?, elements })
    }
}

/// Lists with all their pages, each with the names of its inputs. A page that is whole by itself is a list of its own; all
/// others are pages of one list.
///
/// # Errors
/// Where a page is missing, there twice, or from another time.
pub(super) fn assemble<T>(pages: Vec<Page<T>>) -> Result<Vec<(String, Vec<T>)>, Failure> {
    let mut lists = Vec::new();
    let mut parts: BTreeMap<i64, Page<T>> = BTreeMap::new();
    for page in pages {
        let start = page.start.unwrap_or(1);
        if start == 1 && page.next_start.is_none_or(|next| next == -1) {
            count(&page.name, page.total, page.elements.len())?;
            lists.push((page.name, page.elements));
        } else if let Some(other) = parts.get(&start) {
            let message = format!("this page begins with {start}, and so does {}: give each page once", other.name);
            return Err(incomplete(&page.name, &message));
        } else {
            parts.insert(start, page);
        }
    }
    lists.extend(chain(parts)?);
    Ok(lists)
}

fn chain<T>(parts: BTreeMap<i64, Page<T>>) -> Result<Option<(String, Vec<T>)>, Failure> {
    let mut whole: Option<(String, Vec<T>)> = None;
    let (mut expected, mut total) = (1, None);
    let mut last = String::new();
    for (start, page) in parts {
        if expected == -1 {
            return Err(incomplete(&page.name, &format!("this page begins with {start}, after the last one, {last}")));
        }
        if start != expected {
            let message = format!("this page begins with {start}, and the one that begins with {expected} is missing");
            return Err(incomplete(&page.name, &message));
        }
        if let (Some(before), Some(now)) = (total, page.total)
            && before != now
        {
            let message = format!(
                "total is {now} here, and {before} in {last}: the list changed while it was read; fetch it again"
            );
            return Err(incomplete(&page.name, &message));
        }
        total = total.or(page.total);
        expected = page.next_start.unwrap_or(-1);
        if expected != -1 && expected <= start {
            let message = format!("nextStart is {expected} in a page that begins with {start}");
            return Err(incomplete(&page.name, &message));
        }
        let (_, elements) = whole.get_or_insert_with(|| (page.name.clone(), Vec::new()));
        elements.extend(page.elements);
        let so_far = i64::try_from(elements.len()).unwrap_or(i64::MAX);
        if page.total.is_none() && expected != -1 && expected != so_far + 1 {
            let message = format!("nextStart is {expected}, and up to here there are {so_far}");
            return Err(incomplete(&page.name, &message));
        }
        last = page.name;
    }
    if expected != -1 && whole.is_some() {
        let message = format!("nextStart is {expected}, and no page begins with {expected}: a page is missing");
        return Err(incomplete(&last, &message));
    }
    if let Some((name, elements)) = &mut whole {
        count(&last, total, elements.len())?;
        if last != *name {
            name.push_str(&format!(" to {last}"));
        }
    }
    Ok(whole)
}

fn count(name: &str, total: Option<i64>, found: usize) -> Result<(), Failure> {
    match total {
        Some(total) if usize::try_from(total) != Ok(found) => {
            let why = if usize::try_from(total).is_ok_and(|total| total > found) { ": a page is missing" } else { "" };
            Err(incomplete(name, &format!("total is {total}, and there are {found}{why}")))
        }
        _ => Ok(()),
    }
}

fn incomplete(name: &str, message: &str) -> Failure {
    Failure::new(name, FailureCode::Incomplete, message)
}
