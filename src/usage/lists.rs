//! Pages put together to whole lists.

use std::collections::BTreeMap;

use crate::source::{Failure, FailureCode};
use crate::usage::chain::Chain;
use crate::usage::pages::{ListPage, Listed, PageFault};

/// A complete list.
#[derive(Clone, Debug)]
pub(super) struct List<T> {
    /// The names of the inputs that the pages are from.
    pub(super) name: String,
    pub(super) elements: Vec<T>,
    /// How many accounts the portal counts and does not name: see [`Chain::unnamed`].
    pub(super) unnamed: u64,
}

/// Puts pages together to lists. A page that is complete by itself is one list; all other pages make one list.
///
/// # Errors
/// Where a page is missing, stands twice, or was read at another time than the others.
pub(super) fn assemble<T: Listed>(pages: Vec<ListPage<T>>) -> Result<Vec<List<T>>, Failure> {
    let mut lists = Vec::new();
    let mut parts: BTreeMap<u64, ListPage<T>> = BTreeMap::new();
    for page in pages {
        let start = page.head.start.unwrap_or(1);
        if start == 1 && page.head.next.is_none() {
            lists.extend(join([page])?);
        } else if let Some(other) = parts.get(&start) {
            let message = format!("this page begins with {start}, and so does {}: give each page once", other.name);
            return Err(incomplete(&page.name, &message));
        } else {
            parts.insert(start, page);
        }
    }
    lists.extend(join(parts.into_values())?);
    Ok(lists)
}

fn join<T: Listed>(pages: impl IntoIterator<Item = ListPage<T>>) -> Result<Option<List<T>>, Failure> {
    let mut chain = Chain::default();
    let mut list: Option<List<T>> = None;
    let mut last = String::new();
    for page in pages {
        let repeated = chain.take(&page).map_err(|fault| match fault {
            PageFault::Broken(message) => incomplete(&page.name, &message),
            PageFault::Changed(message) => incomplete(&page.name, &format!("{message}; fetch it again")),
        })?;
        let list = list.get_or_insert_with(|| List { name: page.name.clone(), elements: Vec::new(), unnamed: 0 });
        list.elements.extend(page.elements.into_iter().skip(repeated));
        last = page.name;
    }
    if let (Some(next), Some(_)) = (chain.next, &list) {
        let message = format!("nextStart is {next}, and no page begins with {next}: a page is missing");
        return Err(incomplete(&last, &message));
    }
    if let Some(list) = &mut list {
        list.unnamed = chain.unnamed();
        if last != list.name {
            list.name.push_str(&format!(" to {last}"));
        }
    }
    Ok(list)
}

/// The note that the portal names `count` fewer accounts than it counts.
pub(crate) fn unnamed(count: u64) -> String {
    format!(
        "the portal counts {count} more than it names: they may be its built-in accounts, which hold no seat, as far as is \
         known"
    )
}

fn incomplete(name: &str, message: &str) -> Failure {
    Failure::new(name, FailureCode::Incomplete, message)
}
