//! Random imports: two licenses, members, plans, moves, policies. The dates are ten days apart, some twelve hours
//! earlier or later, since license files mix 00:00 and 12:00.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::demands::{Demands, demands};
use super::portal::{Portal, portal};

pub(super) const DAY: i64 = 86_400_000;
const BASE: i64 = 1_767_225_600_000; // 2026-01-01

/// The kinds and ids. The first two user types are compatible with the Administrator role; the compatibility of the
/// fourth is unknown.
pub(super) const ITEMS: [(&str, &str); 10] = [
    ("userType", "creatorUT"),
    ("userType", "GISProfessionalStdUT"),
    ("userType", "viewerUT"),
    ("userType", "partnerUT"),
    ("appBundle", "fieldAppsAB"),
    ("extension", "geobim"),
    ("extension", "utilityNetwork"),
    ("extension", "parcelFabric"),
    ("extension", "advediting"),
    ("app", "tracker"),
];
pub(super) const USER_TYPES: std::ops::Range<usize> = 0..4;
pub(super) const BUNDLE: usize = 4;
pub(super) const EXTENSIONS: std::ops::Range<usize> = 5..9;
pub(super) const RETIRED: [usize; 2] = [6, 7];
pub(super) const SUCCESSOR: usize = 8;
pub(super) const APP: usize = 9;

#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The item; `None` for an entry without id.
    pub(super) item: Option<usize>,
    /// For an entry without id, the kind: that of the item at this position in `ITEMS`.
    pub(super) like: usize,
    pub(super) start: Option<i64>,
    pub(super) seats: Option<u64>,
    pub(super) apps: Vec<&'static str>,
    pub(super) entitlements: Vec<(&'static str, u64)>,
}

/// The extensions that a user type includes, each with the names of its entitlements.
pub(super) type Included = Vec<(&'static str, Vec<&'static str>)>;

#[derive(Clone, Debug)]
pub(super) struct License {
    pub(super) version: &'static str,
    pub(super) entries: Vec<Entry>,
    /// The windows of the capability. A window may have no end.
    pub(super) windows: Vec<(i64, Option<i64>)>,
    pub(super) defined: [Option<Included>; 4],
    pub(super) bundle_defined: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) new: License,
    /// The old license. Where a portal states it, the license with the same content.
    pub(super) old: Option<License>,
    /// The license as a portal states it, where OLD is a portal's answer.
    pub(super) portal: Option<Portal>,
    /// The members: the user type (4 is a user type that no license has), and whether the member is an administrator
    /// (`None` where nobody says).
    pub(super) members: Option<Vec<(usize, Option<bool>)>>,
    /// Further counts, item by item, as a license resource has them.
    pub(super) counted: Vec<(usize, u64)>,
    /// The members of the app, where the list of all apps was counted.
    pub(super) apps: Option<u64>,
    /// Lines of a plan: item, count, from.
    pub(super) plan: Vec<(usize, u64, i64)>,
    /// A map: all members of the first user type get the second.
    pub(super) map: Option<(usize, usize)>,
    /// The administrator list.
    pub(super) list: Option<Vec<usize>>,
    /// The policy.
    pub(super) demands: Option<Demands>,
    pub(super) as_of: i64,
    pub(super) until: Option<i64>,
    pub(super) lead_days: i64,
}

pub(super) fn date() -> impl Strategy<Value = i64> {
    let hours = prop_oneof![6 => Just(0), 1 => Just(12), 1 => Just(-12)];
    (0..12_i64, hours).prop_map(|(step, hours)| BASE + step * 10 * DAY + hours * DAY / 24)
}

fn entry() -> BoxedStrategy<Entry> {
    let item = prop_oneof![3 => USER_TYPES, 2 => BUNDLE..ITEMS.len()];
    let start = prop::option::weighted(0.97, date());
    let seats = prop::option::weighted(0.97, 0..5_u64);
    let apps = prop::sample::subsequence(vec!["collector", "workforce"], 0..=2);
    let entitlements = prop::collection::vec((prop::sample::select(vec!["a", "b"]), 0..4_u64), 0..2);
    (item, prop::bool::weighted(0.98), start, seats, apps, entitlements)
        .prop_map(|(like, named, start, seats, apps, entitlements)| Entry {
            item: named.then_some(like),
            like,
            start,
            seats,
            apps: if like <= BUNDLE { apps } else { Vec::new() },
            entitlements: if EXTENSIONS.contains(&like) { entitlements } else { Vec::new() },
        })
        .boxed()
}

fn included() -> BoxedStrategy<Included> {
    let extensions = prop::sample::subsequence(vec!["utilityNetwork", "parcelFabric", "advediting"], 0..=2);
    extensions
        .prop_flat_map(|ids| {
            let names = || prop::sample::subsequence(vec!["x", "y"], 0..=1);
            ids.into_iter().map(|id| (Just(id), names())).collect::<Vec<_>>()
        })
        .boxed()
}

fn license() -> BoxedStrategy<License> {
    let window = (date(), prop::option::weighted(0.8, date()));
    let windows = prop::collection::vec(window, 0..3);
    let defined = || prop::option::weighted(0.7, prop_oneof![Just(Vec::new()), included()]);
    // Most of the time all ends on one date, so that the license has an end.
    let end = prop::option::weighted(0.7, 8..16_i64);
    let hours = prop::collection::vec(prop_oneof![3 => Just(0_i64), 1 => Just(12)], ITEMS.len());
    (
        prop::sample::select(vec!["11.1", "11.4"]),
        prop::collection::vec(entry(), 0..14),
        windows,
        [defined(), defined(), defined(), defined()],
        prop::bool::weighted(0.8),
        (end, hours),
    )
        .prop_map(|(version, mut entries, windows, defined, bundle_defined, (end, hours))| {
            if let Some(step) = end {
                let end = |item: usize| BASE + step * 10 * DAY + hours[item] * DAY / 24;
                entries.retain(|entry| entry.start.is_none_or(|start| start < end(entry.like)));
                for item in 0..ITEMS.len() {
                    if entries.iter().any(|entry| entry.item == Some(item)) {
                        let (apps, entitlements) = (Vec::new(), Vec::new());
                        let start = Some(end(item));
                        entries.push(Entry { item: Some(item), like: item, start, seats: Some(0), apps, entitlements });
                    }
                }
            }
            License { version, entries, windows, defined, bundle_defined }
        })
        .boxed()
}

/// The new license, and the old one, which is often nearly the same, or a portal's statement of it.
fn licenses() -> BoxedStrategy<(License, Option<License>, Option<Portal>)> {
    let changed = (license(), license(), prop::collection::vec(any::<bool>(), ITEMS.len() + 3)).prop_map(
        |(new, other, taken): (License, License, Vec<bool>)| {
            let mut old = new.clone();
            old.entries.retain(|entry| !taken[entry.like]);
            old.entries.extend(other.entries.into_iter().filter(|entry| taken[entry.like]));
            if taken[ITEMS.len()] {
                old.windows = other.windows;
            }
            if taken[ITEMS.len() + 1] {
                old.defined = other.defined;
            }
            if taken[ITEMS.len() + 2] {
                old.version = other.version;
            }
            (new, Some(old), None)
        },
    );
    prop_oneof![
        1 => (license(), Just(None), Just(None)),
        1 => (license(), license().prop_map(Some), Just(None)),
        1 => (license(), portal()).prop_map(|(new, portal)| (new, Some(portal.license()), Some(portal))),
        2 => changed,
    ]
    .boxed()
}

pub(super) fn case() -> BoxedStrategy<Case> {
    let role = prop_oneof![Just(Some(true)), Just(Some(false)), Just(None)];
    let member = (prop_oneof![12 => USER_TYPES, 1 => Just(4_usize)], role);
    let usage = (
        prop::option::weighted(0.6, prop::collection::vec(member, 1..8)),
        prop::collection::vec((0..APP, 0..4_u64), 0..4),
        prop::option::weighted(0.3, 0..4_u64),
    );
    let what = (
        prop::collection::vec((0..ITEMS.len(), 0..3_u64, date()), 0..3),
        prop::option::weighted(0.2, (USER_TYPES, USER_TYPES)),
        prop::option::weighted(0.15, prop::sample::subsequence(vec![0, 2, 3], 0..=2)),
        prop::option::weighted(0.3, demands()),
    );
    let when = (date(), prop::option::weighted(0.3, 0..200_i64), prop::sample::select(vec![0, 10, 30, 60]));
    (licenses(), usage, what, when)
        .prop_map(
            |((new, old, portal), (members, counted, apps), (plan, map, list, demands), (as_of, more, lead_days))| {
                let mut case = Case {
                    new,
                    old,
                    portal,
                    counted: Vec::new(),
                    members,
                    apps,
                    plan: Vec::new(),
                    map: None,
                    list,
                    demands,
                    as_of,
                    until: more.map(|more| as_of + more * DAY),
                    lead_days,
                };
                for (item, count) in counted {
                    let twice = case.counted.iter().any(|(other, _)| *other == item);
                    if !(twice || case.members.is_some() && USER_TYPES.contains(&item)) {
                        case.counted.push((item, count));
                    }
                }
                // A plan and moves are possible only for counted items.
                case.plan = plan.into_iter().filter(|(item, ..)| case.assigned(*item).is_some()).collect();
                case.map = map.filter(|(from, to)| case.members.is_some() && from != to && case.new.has(*to));
                case
            },
        )
        .boxed()
}

impl License {
    /// Whether the license has an item, in an entry or only in a definition.
    pub(super) fn has(&self, item: usize) -> bool {
        let defined = self.defined.get(item).is_some_and(Option::is_some) || (item == BUNDLE && self.bundle_defined);
        defined || self.entries.iter().any(|entry| entry.item == Some(item))
    }

    pub(super) fn text(&self) -> String {
        let of_kind = |kind: &str| -> Vec<Value> {
            let entries = self.entries.iter().filter(|entry| ITEMS[entry.like].0 == kind);
            entries.map(Entry::json).collect()
        };
        let user_types = USER_TYPES.zip(&self.defined).filter_map(|(item, included)| {
            let extensions = included.as_ref()?.iter().map(|(id, names)| json!({"id": id, "entitlements": names}));
            Some(json!({"id": ITEMS[item].1, "name": "A type", "extensions": extensions.collect::<Vec<_>>()}))
        });
        let bundles = if self.bundle_defined { json!([{"appBundleItemId": ITEMS[BUNDLE].1}]) } else { json!([]) };
        let window = |(start, end): &(i64, Option<i64>)| json!({"id": "indoors", "startDate": start, "endDate": end});
        json!({"MyEsri": {
            "version": self.version,
            "definitions": {"userTypes": user_types.collect::<Vec<_>>(), "appBundles": bundles},
            "provision": {
                "userTypes": of_kind("userType"), "appBundles": of_kind("appBundle"),
                "extensions": of_kind("extension"), "apps": of_kind("app"),
            },
            "portalCapabilities": self.windows.iter().map(window).collect::<Vec<_>>(),
        }})
        .to_string()
    }
}

impl Entry {
    fn json(&self) -> Value {
        let seats = self.seats.map_or(json!("many"), |seats| json!(seats));
        let mut entry = json!({"maxUsers": seats, "startDate": self.start, "apps": self.apps});
        if let Some(item) = self.item {
            entry["id"] = json!(ITEMS[item].1);
        }
        if EXTENSIONS.contains(&self.like) {
            let entitlements = self.entitlements.iter().map(|(name, num)| json!({"num": num, "apiName": name}));
            entry["entitlements"] = entitlements.collect();
        }
        entry
    }
}

impl Case {
    /// The user types of the members, after the moves.
    pub(super) fn user_types(&self) -> Option<Vec<(usize, Option<bool>)>> {
        let moved = |(held, role): &(usize, Option<bool>)| match self.map {
            Some((from, to)) if from == *held => (to, *role),
            _ => (*held, *role),
        };
        Some(self.members.as_ref()?.iter().map(moved).collect())
    }

    /// How many members have an item at the as-of, without the plan; `None` where nobody counted. Item 10 is the user
    /// type that no license has.
    pub(super) fn assigned(&self, item: usize) -> Option<u64> {
        if let Some(members) = self.user_types()
            && (USER_TYPES.contains(&item) || item == ITEMS.len())
        {
            let held = if item == ITEMS.len() { 4 } else { item };
            return Some(members.iter().filter(|(user_type, _)| *user_type == held).count() as u64);
        }
        if item == APP && self.apps.is_some() {
            return self.apps;
        }
        self.counted.iter().find(|(other, _)| *other == item).map(|(_, count)| *count)
    }

    pub(super) fn is_compatible(&self, item: usize) -> bool {
        self.list.as_ref().map_or(item < 2, |list| list.contains(&item))
    }

    pub(super) fn id(item: usize) -> (&'static str, &'static str) {
        ITEMS.get(item).copied().unwrap_or(("userType", "goneUT"))
    }
}
