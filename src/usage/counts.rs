//! Member counts: `users/counts`.

use crate::json::{Place, Pointer, Raw, members};
use crate::license::catalog::is_known;
use crate::license::{ItemKind, count, id};
use crate::source::{Failure, FailureCode};
use crate::usage::origin::Origin;
use crate::usage::pages::{Listed, Page};

members! {
    /// A page of `users/counts`.
    CountsPage {
        /// The counts.
        "results" => results: Place<Vec<Place<Count<'a>>>>,
        /// How many there are on all pages.
        "total" => total: Raw<'a>,
        /// The number of the first one on this page.
        "start" => start: Raw<'a>,
        /// That of the first one on the next page, or -1.
        "nextStart" => next_start: Raw<'a>,
    }
}

members! {
    /// An element of `results`.
    Count {
        /// The id of a user type, an app or an app bundle: whichever was asked for.
        "key" => key: Raw<'a>,
        /// How many members have it.
        "count" => count: Raw<'a>,
    }
}

impl Listed for (String, u64) {
    const ACCOUNTS: bool = false;

    fn key(&self) -> &str {
        &self.0
    }
}

/// A page of counts. What it counts is not said in it: user types unless `kind` says otherwise.
pub(super) fn page(origin: Origin<'_>, kind: Option<ItemKind>) -> Result<(ItemKind, Page<(String, u64)>), Failure> {
    let page = origin.read::<Place<CountsPage<'_>>>()?;
    let page = page.here().cloned().unwrap_or_default();
    let mut elements = Vec::new();
    for (index, element) in page.results.elements().iter().enumerate() {
        let at = |member: &str| Pointer::of(&["results"]).index(index).key(member);
        let element = element.here().cloned().unwrap_or_default();
        let key = id(element.key).map_err(|why| origin.unreadable(at("key"), format!("this key {why}")))?;
        let count = count(element.count)
            .value()
            .ok_or_else(|| origin.unreadable(at("count"), format!("the count of {key} is no number of members")))?;
        elements.push((key.into_owned(), count));
    }
    let kind = kind.map_or_else(|| user_types(origin, &elements), Ok)?;
    Ok((kind, Page::new(origin, [page.total, page.start, page.next_start], elements)?))
}

/// Nothing in the answer says what was counted; ids that are known as something else do.
fn user_types(origin: Origin<'_>, elements: &[(String, u64)]) -> Result<ItemKind, Failure> {
    let others = [ItemKind::App, ItemKind::AppBundle];
    let found = elements.iter().find_map(|(key, _)| Some((key, others.into_iter().find(|kind| is_known(*kind, key))?)));
    let Some((key, kind)) = found else { return Ok(ItemKind::UserType) };
    let (noun, name) = (kind.noun(), origin.source.name());
    let message = format!(
        "{key} is an {noun}, and counts are read as those of user types: say --usage {kind}={name} if this counts {noun}s"
    );
    Err(origin.failure(FailureCode::WrongKind, message))
}
