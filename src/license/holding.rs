//! Entitlements and apps in the entries that hold at an instant. The order of entries never matters.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::json::Place;
use crate::license::{Entry, Item, MyEsri, count, date};
use crate::time::Instant;

/// The entries of an item that hold from one instant on: those that begin there, with the fewest seats.
#[derive(Clone, Debug)]
pub struct Holding<'d> {
    /// The instant at which the entries begin.
    pub from: Instant,
    pub seats: u64,
    entries: Vec<&'d Entry<'d>>,
}

/// The name and the number of an entitlement; either may be missing.
pub type NamedEntitlement<'d> = (Option<Cow<'d, str>>, Option<u64>);

impl Item<'_> {
    /// The entries that hold, for each instant at which other entries begin to hold, in the order of time. An entry
    /// that does not change the seats may still change entitlements or apps.
    #[must_use]
    pub(crate) fn holdings<'d>(&self, my_esri: &'d MyEsri<'d>) -> Vec<Holding<'d>> {
        let mut entries = self.dated(my_esri);
        entries.sort_by_key(|(from, seats, _)| (*from, *seats));
        let mut holdings: Vec<Holding<'d>> = Vec::new();
        for (from, seats, entry) in entries {
            match holdings.last_mut().filter(|last| last.from == from) {
                Some(last) if last.seats == seats => last.entries.push(entry),
                Some(_) => {}
                None => holdings.push(Holding { from, seats, entries: vec![entry] }),
            }
        }
        holdings
    }

    /// The entries that hold at an instant; `None` before the first entry.
    #[must_use]
    pub(crate) fn holding_at<'d>(&self, my_esri: &'d MyEsri<'d>, at: Instant) -> Option<Holding<'d>> {
        let mut holding: Option<Holding<'d>> = None;
        for (from, seats, entry) in self.dated(my_esri).into_iter().filter(|(from, ..)| *from <= at) {
            match &mut holding {
                Some(held) => match (held.from.cmp(&from)).then(seats.cmp(&held.seats)) {
                    Ordering::Equal => held.entries.push(entry),
                    Ordering::Less => holding = Some(Holding { from, seats, entries: vec![entry] }),
                    Ordering::Greater => {}
                },
                None => holding = Some(Holding { from, seats, entries: vec![entry] }),
            }
        }
        holding
    }

    /// The entries with a readable date, each with its date and its seats; an unreadable count is 0.
    fn dated<'d>(&self, my_esri: &'d MyEsri<'d>) -> Vec<(Instant, u64, &'d Entry<'d>)> {
        let list = self.kind.entries(my_esri).map_or(&[][..], Place::elements);
        let own = self.entries.iter().filter_map(|index| list.get(*index)?.here());
        own.filter_map(|entry| {
            Some((date(entry.start_date).value()?, count(entry.max_users).value().unwrap_or(0), entry))
        })
        .collect()
    }
}

impl<'d> Holding<'d> {
    /// The entitlements. Where the entries differ, those that all of them have, each with its smallest number.
    #[must_use]
    pub fn entitlements(&self) -> Vec<NamedEntitlement<'d>> {
        smallest(&self.entitlement_lists(), |lists| {
            let mut common: Option<BTreeMap<_, Option<u64>>> = None;
            for list in lists {
                let own = by_name(list);
                common = Some(match common {
                    None => own,
                    Some(common) => {
                        let both = |(name, num): (_, Option<u64>)| Some((own.get(&name)?.min(&num).to_owned(), name));
                        common.into_iter().filter_map(both).map(|(num, name)| (name, num)).collect()
                    }
                });
            }
            common.unwrap_or_default().into_iter().collect()
        })
    }

    /// The apps. Where the entries differ, those that all of them have; `None` if an entry has no list of apps.
    #[must_use]
    pub fn apps(&self) -> Option<Vec<String>> {
        let lists: Vec<_> = self.entries.iter().map(|entry| entry.apps.strings()).collect::<Option<_>>()?;
        Some(smallest(&lists, |lists| {
            let sets = lists.iter().map(|list| list.iter().cloned().collect::<BTreeSet<_>>());
            sets.reduce(|common, other| &common & &other).unwrap_or_default().into_iter().collect()
        }))
    }

    /// Whether all entries that hold have the same entitlements and the same apps.
    #[must_use]
    pub fn agree(&self) -> bool {
        let entitlements = self.entitlement_lists();
        let apps: Vec<_> = self.entries.iter().map(|entry| entry.apps.strings()).collect();
        are_alike(&entitlements) && apps.iter().all(Option::is_some) == apps.iter().any(Option::is_some) && {
            are_alike(&apps.into_iter().flatten().collect::<Vec<_>>())
        }
    }

    fn entitlement_lists(&self) -> Vec<Vec<NamedEntitlement<'d>>> {
        let list = |entry: &&'d Entry<'d>| {
            let elements = entry.entitlements.elements().iter().filter_map(Place::here);
            elements.map(|element| (element.api_name.string(), count(element.num).value())).collect()
        };
        self.entries.iter().map(list).collect()
    }
}

/// Each name with its smallest number; a number that cannot be read counts as the smallest.
fn by_name<'d>(list: &[NamedEntitlement<'d>]) -> BTreeMap<Option<Cow<'d, str>>, Option<u64>> {
    let mut by_name = BTreeMap::new();
    for (name, num) in list {
        let least = by_name.entry(name.clone()).or_insert(*num);
        *least = *num.min(least);
    }
    by_name
}

/// Whether all lists have the same elements, in any order.
fn are_alike<T: Ord + Clone>(lists: &[Vec<T>]) -> bool {
    let sorted = |list: &Vec<T>| {
        let mut sorted = list.clone();
        sorted.sort();
        sorted
    };
    let Some((first, others)) = lists.split_first() else { return true };
    let first = sorted(first);
    others.iter().all(|other| sorted(other) == first)
}

/// The elements that all lists have. The result does not depend on the order of the lists or of their elements.
fn smallest<T: Ord + Clone>(lists: &[Vec<T>], common: impl FnOnce(&[Vec<T>]) -> Vec<T>) -> Vec<T> {
    if are_alike(lists) { lists.iter().min().cloned().unwrap_or_default() } else { common(lists) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// Calls `then` with the entries of one extension that begin at 1600000000000. `entries` are their members other
    /// than id and date.
    fn with_holding<T>(entries: &[&str], then: impl Fn(&Holding<'_>) -> T) -> T {
        let entries: Vec<_> =
            entries.iter().map(|entry| format!(r#"{{"id": "x", "startDate": 1600000000000, {entry}}}"#)).collect();
        let text =
            format!(r#"{{"MyEsri": {{"provision": {{"userTypes": [], "extensions": [{}]}}}}}}"#, entries.join(", "));
        let source = Source::from_text("license.json", text);
        let document = source.license().unwrap();
        let items = Item::all(&document);
        let at = Instant::from_epoch_ms(1_700_000_000_000);
        let holding = items[0].holding_at(&document.my_esri, at).unwrap();
        let last = items[0].holdings(&document.my_esri).pop().unwrap();
        assert_eq!((last.from, last.seats, last.apps()), (holding.from, holding.seats, holding.apps()));
        assert_eq!(last.entitlements(), holding.entitlements());
        then(&holding)
    }

    const A: &str = r#""maxUsers": 5, "entitlements": [{"num": 5, "apiName": "a"}, {"num": 3, "apiName": "b"}], "apps": ["p", "q"]"#;
    const B: &str = r#""maxUsers": 5, "entitlements": [{"num": 4, "apiName": "a"}], "apps": ["q", "r"]"#;
    const MORE: &str = r#""maxUsers": 9, "entitlements": [{"num": 1, "apiName": "z"}], "apps": ["z"]"#;

    #[test]
    fn of_equal_entries_that_differ_the_smaller_holds_in_any_order() {
        for entries in [[A, B, MORE], [B, A, MORE], [MORE, B, A]] {
            with_holding(&entries, |holding| {
                assert_eq!(holding.entitlements(), [(Some("a".into()), Some(4))]);
                assert_eq!(holding.apps().unwrap(), ["q"]);
                assert!(holding.seats == 5 && !holding.agree());
            });
        }
    }

    #[test]
    fn one_list_stands_as_it_is_and_a_missing_one_is_the_smallest() {
        with_holding(&[A, A], |holding| {
            assert_eq!(holding.entitlements().len(), 2);
            assert!(holding.apps().unwrap() == ["p", "q"] && holding.agree());
        });
        let turned = r#""maxUsers": 5, "entitlements": [{"num": 3, "apiName": "b"}, {"num": 5, "apiName": "a"}], "apps": ["q", "p"]"#;
        let apps = |entries: &[&str]| with_holding(entries, |holding| (holding.apps(), holding.agree()));
        assert_eq!(apps(&[A, turned]), apps(&[turned, A]));
        assert!(apps(&[A, turned]).1);
        let none =
            r#""maxUsers": 5, "entitlements": [{"num": 5, "apiName": "a"}, {"num": 3, "apiName": "b"}], "apps": null"#;
        assert_eq!([apps(&[A, none]), apps(&[none, A])], [(None, false), (None, false)]);
        assert_eq!(apps(&[none, none]), (None, true));
    }
}
