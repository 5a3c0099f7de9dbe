//! Member counts: `users/counts`, or a list of its elements.

use crate::json::{Place, Pointer, Position, Raw, members};
use crate::license::catalog::is_known;
use crate::license::{ItemKind, count, id};
use crate::source::{Failure, FailureCode};
use crate::usage::account::TypeText;
use crate::usage::item_ids::{ItemIds, is_item_id};
use crate::usage::lists::List;
use crate::usage::origin::DocumentOrigin;
use crate::usage::pages::{ListPage, Listed};

members! {
    /// A page of `users/counts`.
    CountsPage {
        "results" => results: Place<Vec<Place<Count<'a>>>>,
        /// How many counts there are on all pages.
        "total" => total: Raw<'a>,
        /// The number of the first count on this page.
        "start" => start: Raw<'a>,
        /// The number of the first element on the next page, or -1.
        "nextStart" => next_start: Raw<'a>,
    }
}

members! {
    /// An element of `results`.
    Count {
        /// The id of a user type, an app or an app bundle, depending on what the request asked for; or the id of its
        /// portal item.
        "key" => key: Raw<'a>,
        /// The number of members who have it.
        "count" => count: Raw<'a>,
    }
}

/// A count, before it is known which item its key means.
#[derive(Clone, Debug)]
pub(crate) struct KeyCount {
    pub(crate) key: TypeText,
    pub(crate) count: u64,
    /// The number of the line, for a count in a table.
    pub(crate) at: Option<Position>,
}

impl Listed for KeyCount {
    const ACCOUNTS: bool = false;

    fn key(&self) -> &str {
        &self.key.text
    }
}

pub(super) fn page(origin: DocumentOrigin<'_>) -> Result<ListPage<KeyCount>, Failure> {
    if origin.text().starts_with('[') {
        let counts = origin.read::<Place<Vec<Place<Count<'_>>>>>()?;
        return ListPage::new(origin, [Raw::default(); 3], elements(origin, &Pointer::default(), counts.elements())?);
    }
    let page = origin.read::<Place<CountsPage<'_>>>()?;
    let page = page.here().cloned().unwrap_or_default();
    let elements = elements(origin, &Pointer::of(&["results"]), page.results.elements())?;
    ListPage::new(origin, [page.total, page.start, page.next_start], elements)
}

fn elements(origin: DocumentOrigin<'_>, list: &Pointer, counts: &[Place<Count<'_>>]) -> Result<Vec<KeyCount>, Failure> {
    let read = |(index, element): (usize, &Place<Count<'_>>)| {
        let at = |member: &str| list.clone().index(index).key(member);
        let element = element.here().cloned().unwrap_or_default();
        let key = id(element.key).map_err(|why| origin.unreadable(at("key"), format!("this key {why}")))?;
        let count = count(element.count)
            .value()
            .ok_or_else(|| origin.unreadable(at("count"), format!("the count of {key} is no number of members")))?;
        Ok(KeyCount { key: TypeText::id(key), count, at: None })
    };
    counts.iter().enumerate().map(read).collect()
}

/// The kind of item that a list of counts is about, where the user did not name it: the kind to which the license
/// resource's item ids belong, else user types.
///
/// # Errors
/// Where the catalogue knows an id as one of another kind.
pub(super) fn kind_of(list: &List<KeyCount>, item_ids: &ItemIds) -> Result<ItemKind, Failure> {
    let keys = || list.elements.iter().map(|element| element.key.text.as_str());
    let kinds = || keys().filter(|key| is_item_id(key)).filter_map(|key| item_ids.kind_of(key));
    if let Some(kind) = kinds().next().filter(|kind| kinds().all(|other| other == *kind)) {
        return Ok(kind);
    }
    let others = [ItemKind::App, ItemKind::AppBundle, ItemKind::Extension];
    let found = keys().find_map(|key| Some((key, others.into_iter().find(|kind| is_known(*kind, key))?)));
    let Some((key, kind)) = found else { return Ok(ItemKind::UserType) };
    let (noun, name) = (kind.noun(), &list.name);
    let message = format!(
        "{key} is an {noun}, and counts are read as those of user types: say that it counts {noun}s if it does"
    );
    Err(Failure::new(name, FailureCode::WrongKind, message))
}
