//! OLD as a portal states it: the license resource of the installed license, and perhaps the future license.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::case::{Entry, ITEMS, License, USER_TYPES, date};

/// Long before every date of a case.
const EVER: i64 = 1_500_000_000_000;

/// The `expiration` of an item.
#[derive(Clone, Debug)]
enum Expires {
    At(i64),
    /// A value that stands for no end.
    Never(Value),
    /// The member is missing.
    Unsaid,
}

#[derive(Clone, Debug)]
struct Installed {
    item: usize,
    /// The seats and their end, as the license resource states them.
    now: Option<(u64, Expires)>,
    /// The seats and their beginning, as the future license states them.
    next: Option<(u64, i64)>,
}

/// The license resource, and perhaps the future license.
#[derive(Clone, Debug)]
pub(super) struct Portal {
    items: Vec<Installed>,
    /// The kinds whose list stands in the resource, empty.
    listed: Vec<&'static str>,
    has_future: bool,
}

fn installed() -> impl Strategy<Value = Installed> {
    let never = prop::sample::select(vec![json!(-1), json!(0), json!(null), json!(4_102_444_800_000_i64)]);
    let expires =
        prop_oneof![6 => date().prop_map(Expires::At), 2 => never.prop_map(Expires::Never), 1 => Just(Expires::Unsaid)];
    let item = prop_oneof![3 => USER_TYPES, 2 => 4..ITEMS.len()];
    (item, prop::option::weighted(0.9, (0..5_u64, expires)), prop::option::weighted(0.4, (0..5_u64, date())))
        .prop_map(|(item, now, next)| Installed { item, now, next })
}

pub(super) fn portal() -> BoxedStrategy<Portal> {
    let listed = prop::sample::subsequence(vec!["userType", "appBundle", "extension", "app"], 0..=4);
    (prop::collection::vec(installed(), 1..9), listed, any::<bool>())
        .prop_map(|(mut items, listed, has_future)| {
            items.sort_by_key(|installed| installed.item);
            items.dedup_by_key(|installed| installed.item);
            // A document without any entry could be of any kind.
            if items.iter().all(|installed| installed.now.is_none()) {
                items[0].now = Some((1, Expires::Unsaid));
            }
            let has_future = has_future && items.iter().any(|installed| installed.next.is_some());
            Portal { items, listed, has_future }
        })
        .boxed()
}

impl Portal {
    /// The license with the same seats.
    pub(super) fn license(&self) -> License {
        let entry = |item: usize, start: Option<i64>, seats: u64| Entry {
            item: Some(item),
            like: item,
            start,
            seats: Some(seats),
            apps: Vec::new(),
            entitlements: Vec::new(),
        };
        let mut entries = Vec::new();
        for Installed { item, now, next } in &self.items {
            let next = next.filter(|_| self.has_future);
            entries.extend(next.map(|(seats, from)| entry(*item, Some(from), seats)));
            if let Some((seats, expires)) = now {
                entries.push(entry(*item, Some(EVER), *seats));
                entries.extend(match expires {
                    // An entry that begins before the end replaces the current one.
                    Expires::At(end) if next.is_some_and(|(_, from)| from <= *end) => None,
                    Expires::At(end) => Some(entry(*item, Some(*end), 0)),
                    Expires::Never(_) => None,
                    Expires::Unsaid => Some(entry(*item, None, 0)),
                });
            }
        }
        License {
            version: "11.1",
            entries,
            windows: Vec::new(),
            defined: [None, None, None, None],
            bundle_defined: false,
        }
    }

    /// Whether the portal states the seats of a kind.
    pub(super) fn tells(&self, kind: &str) -> bool {
        let is_there = |installed: &Installed| {
            ITEMS[installed.item].0 == kind
                && (installed.now.is_some() || (installed.next.is_some() && self.has_future))
        };
        self.listed.contains(&kind) || self.items.iter().any(is_there)
    }

    pub(super) fn reverse(&mut self) {
        self.items.reverse();
    }

    pub(super) fn resource(&self) -> String {
        self.document(|installed| {
            let (seats, expires) = installed.now.as_ref()?;
            let mut entry = json!({"id": ITEMS[installed.item].1, "maximumRegisteredMembers": seats});
            match expires {
                Expires::At(end) => entry["expiration"] = json!(end),
                Expires::Never(never) => entry["expiration"] = never.clone(),
                Expires::Unsaid => {}
            }
            Some(entry)
        })
    }

    pub(super) fn future(&self) -> Option<String> {
        self.has_future.then(|| {
            self.document(|installed| {
                let (seats, from) = installed.next?;
                Some(json!({"id": ITEMS[installed.item].1, "maximumRegisteredMembers": seats, "startDate": from}))
            })
        })
    }

    fn document(&self, entry: impl Fn(&Installed) -> Option<Value>) -> String {
        let mut document = json!({"version": "11.1"});
        for (kind, list) in
            [("userType", "userTypes"), ("appBundle", "appBundles"), ("extension", "extensions"), ("app", "apps")]
        {
            let of_kind = self.items.iter().filter(|installed| ITEMS[installed.item].0 == kind);
            let entries: Vec<_> = of_kind.filter_map(&entry).collect();
            if !entries.is_empty() || self.listed.contains(&kind) {
                document[list] = json!(entries);
            }
        }
        document.to_string()
    }
}
