//! Losses, found by comparing both licenses at every hour.

use std::collections::BTreeMap;

use super::case::{
    ADVANCED_EDITING, BUNDLE, EXTENSIONS, Entry, IDS, LAST, License, PARCEL_FABRIC, USER_TYPES, UTILITY_NETWORK,
};

/// A loss at an hour: its sort, the item, the detail, what OLD gives, and what NEW gives.
pub(super) type Lost = (&'static str, String, String, u64, u64);

impl License {
    /// The entries that hold at an hour: the latest that have begun, with the fewest seats.
    fn holding(&self, item: usize, hour: i64) -> Vec<&Entry> {
        let latest = self.entries[item].iter().map(|entry| entry.hour).filter(|start| *start <= hour).max();
        let there = || self.entries[item].iter().filter(|entry| Some(entry.hour) == latest);
        let least = there().map(|entry| entry.seats.unwrap_or(0)).min();
        there().filter(|entry| Some(entry.seats.unwrap_or(0)) == least).collect()
    }

    pub(super) fn seats_at(&self, item: usize, hour: i64) -> u64 {
        self.holding(item, hour).first().map_or(0, |entry| entry.seats.unwrap_or(0))
    }

    fn apps_at(&self, item: usize, hour: i64) -> Vec<&'static str> {
        let holding = self.holding(item, hour);
        let everywhere =
            |app: &&str| holding.iter().all(|entry| entry.apps.as_ref().is_some_and(|apps| apps.contains(app)));
        let first = holding.first().and_then(|entry| entry.apps.clone()).unwrap_or_default();
        first.into_iter().filter(everywhere).collect()
    }

    fn entitlements_at(&self, item: usize, hour: i64) -> BTreeMap<&'static str, u64> {
        let mut all = BTreeMap::new();
        for name in ["a", "b"] {
            let least = |entry: &&Entry| {
                let own = entry.entitlements.iter().filter(|(other, _)| *other == name).map(|(_, num)| *num);
                own.min()
            };
            let numbers: Option<Vec<_>> = self.holding(item, hour).iter().map(least).collect();
            if let Some(least) = numbers.and_then(|numbers| numbers.into_iter().min()) {
                all.insert(name, least);
            }
        }
        all
    }

    fn is_there(&self, hour: i64) -> bool {
        self.windows.iter().any(|(start, end)| *start <= hour && hour < *end)
    }

    fn has_administrator(&self, hour: i64) -> bool {
        (0..2).any(|item| self.seats_at(item, hour) > 0 && self.is_certain(item, hour))
    }

    fn has(&self, item: usize) -> bool {
        !self.entries[item].is_empty()
    }

    fn is_new_enough(&self) -> bool {
        ["11.2", "11.5"].contains(&self.version)
    }

    /// Whether another extension of this license replaces the item.
    fn replaces(&self, item: usize) -> bool {
        [UTILITY_NETWORK, PARCEL_FABRIC].contains(&item)
            && self.is_new_enough()
            && !self.has(item)
            && self.has(ADVANCED_EDITING)
    }

    pub(super) fn is_plain(&self) -> bool {
        let sorted = |entry: &Entry| {
            let (mut apps, mut entitlements) = (entry.apps.clone(), entry.entitlements.clone());
            apps.iter_mut().for_each(|apps| apps.sort_unstable());
            entitlements.sort_unstable();
            (apps, entitlements)
        };
        self.entries.iter().flatten().all(|entry| entry.seats.is_some())
            && self.entries.iter().all(|entries| {
                let differ = |one: &Entry, other: &Entry| {
                    one.hour == other.hour && (one.seats != other.seats || sorted(one) != sorted(other))
                };
                !entries.iter().any(|one| entries.iter().any(|other| differ(one, other)))
            })
    }

    fn is_certain(&self, item: usize, hour: i64) -> bool {
        let latest = self.entries[item].iter().map(|entry| entry.hour).filter(|start| *start <= hour).max();
        let there: Vec<_> = self.entries[item].iter().filter(|entry| Some(entry.hour) == latest).collect();
        there.iter().all(|entry| entry.seats.is_some() && entry.seats == there[0].seats)
    }

    /// Whether no user type certainly has seats from an hour on, and one had some before.
    pub(super) fn has_ended(&self, hour: i64) -> bool {
        USER_TYPES
            .into_iter()
            .all(|item| (hour..=LAST).all(|hour| self.seats_at(item, hour) == 0 && self.is_certain(item, hour)))
            && USER_TYPES.into_iter().any(|item| (0..hour).any(|hour| self.seats_at(item, hour) > 0))
    }
}

/// All losses at an hour.
pub(super) fn lost_at(old: &License, new: &License, hour: i64) -> Vec<Lost> {
    let mut lost = Vec::new();
    let mut less = |what, id: &str, detail: String, before: u64, after: u64| {
        if after < before {
            lost.push((what, id.to_owned(), detail, before, after));
        }
    };
    for (item, (_, _, id)) in IDS.iter().enumerate() {
        let own = if new.replaces(item) { 0 } else { old.seats_at(item, hour) };
        let replaced = [UTILITY_NETWORK, PARCEL_FABRIC]
            .into_iter()
            .filter(|other| item == ADVANCED_EDITING && new.replaces(*other));
        let needed = own + replaced.map(|other| old.seats_at(other, hour)).sum::<u64>();
        let (before, after) = (old.seats_at(item, hour), new.seats_at(item, hour));
        less("seats", id, String::new(), needed, after);
        if before == 0 || after == 0 {
            continue;
        }
        if EXTENSIONS.contains(&item) {
            let there = new.entitlements_at(item, hour);
            for (name, num) in old.entitlements_at(item, hour) {
                less("entitlement", id, name.to_owned(), num, there.get(name).copied().unwrap_or(0));
            }
        }
        for app in old.apps_at(item, hour) {
            less("app", id, app.to_owned(), 1, new.apps_at(item, hour).contains(&app).into());
        }
        if item == BUNDLE {
            less("definition", id, String::new(), old.bundle_defined.into(), new.bundle_defined.into());
        }
        let Some(Some(before)) = old.defined.get(item) else { continue };
        let after = new.defined[item].as_ref();
        less("definition", id, String::new(), 1, after.is_some().into());
        let includes = |wanted: &str| after.and_then(|after| after.iter().find(|(other, _)| *other == wanted));
        for (extension, names) in before {
            let retired = IDS.iter().position(|(_, _, id)| id == extension).filter(|item| {
                [UTILITY_NETWORK, PARCEL_FABRIC].contains(item) && new.is_new_enough() && !new.has(*item)
            });
            let replaced = retired.is_some() && includes("advediting").is_some();
            let there = includes(extension);
            less("inclusion", id, (*extension).to_owned(), 1, (there.is_some() || replaced).into());
            for name in names {
                let has = there.is_none_or(|(_, there)| there.contains(name));
                less("includedEntitlement", id, format!("{extension}: {name}"), 1, has.into());
            }
        }
    }
    less("capability", "indoors", String::new(), old.is_there(hour).into(), new.is_there(hour).into());
    less("administrator", "", String::new(), old.has_administrator(hour).into(), new.has_administrator(hour).into());
    lost
}

pub(super) fn nothing_lost(old: &License, new: &License, as_of: i64) -> bool {
    old.has_ended(as_of)
        || (old.is_plain() && new.is_plain() && (as_of..=LAST).all(|hour| lost_at(old, new, hour).is_empty()))
}
