//! Small random licenses whose dates are whole hours.

use proptest::prelude::*;
use seatline::{Document, Instant, Side, Source};
use serde_json::{Value, json};

pub(super) const BASE: i64 = 1_600_000_000_000;
pub(super) const HOUR: i64 = 3_600_000;
pub(super) const LAST: i64 = 9;

pub(super) fn ms(hour: i64) -> i64 {
    BASE + hour * HOUR
}

pub(super) fn at(hour: i64) -> Instant {
    Instant::from_epoch_ms(ms(hour))
}

/// All items with seats.
pub(super) const IDS: [(&str, &str, &str); 8] = [
    ("userTypes", "userType", "creatorUT"),
    ("userTypes", "userType", "GISProfessionalStdUT"),
    ("userTypes", "userType", "viewerUT"),
    ("apps", "app", "tracker"),
    ("appBundles", "appBundle", "fieldAppsAB"),
    ("extensions", "extension", "utilityNetwork"),
    ("extensions", "extension", "parcelFabric"),
    ("extensions", "extension", "advediting"),
];

/// Items 0 and 1 are compatible with the Administrator role.
pub(super) const USER_TYPES: std::ops::Range<usize> = 0..3;
pub(super) const BUNDLE: usize = 4;
pub(super) const UTILITY_NETWORK: usize = 5;
pub(super) const PARCEL_FABRIC: usize = 6;
pub(super) const ADVANCED_EDITING: usize = 7;
pub(super) const EXTENSIONS: [usize; 3] = [UTILITY_NETWORK, PARCEL_FABRIC, ADVANCED_EDITING];

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) hour: i64,
    /// `None` is a count that cannot be read.
    pub(super) seats: Option<u64>,
    /// Apps of a bundle or user type; `None` is null.
    pub(super) apps: Option<Vec<&'static str>>,
    /// Numbers of entitlements of an extension.
    pub(super) entitlements: Vec<(&'static str, u64)>,
}

/// What a user type includes: extensions, each with names of entitlements.
pub(super) type Included = Vec<(&'static str, Vec<&'static str>)>;

#[derive(Clone, Debug)]
pub(super) struct License {
    pub(super) version: &'static str,
    pub(super) entries: [Vec<Entry>; 8],
    /// Windows of a capability.
    pub(super) windows: Vec<(i64, i64)>,
    /// The definitions of the user types and of the bundle; `None` where there is none.
    pub(super) defined: [Option<Included>; 3],
    pub(super) bundle_defined: bool,
}

fn entry(with_apps: bool, with_entitlements: bool) -> BoxedStrategy<Entry> {
    let apps = prop::option::of(prop::sample::subsequence(vec!["collector", "workforce"], 0..=2));
    let apps = if with_apps { apps.boxed() } else { Just(None).boxed() };
    let entitlements = prop::collection::vec((prop::sample::select(vec!["a", "b"]), 0..3_u64), 0..2);
    let entitlements = if with_entitlements { entitlements.boxed() } else { Just(Vec::new()).boxed() };
    (0..LAST, prop::option::weighted(0.99, 0..3_u64), apps, entitlements)
        .prop_map(|(hour, seats, apps, entitlements)| Entry { hour, seats, apps, entitlements })
        .boxed()
}

fn entries(most: usize) -> BoxedStrategy<[Vec<Entry>; 8]> {
    let of = |index: usize| {
        let with_apps = USER_TYPES.contains(&index) || index == BUNDLE;
        let one = entry(with_apps, EXTENSIONS.contains(&index));
        // Retired extensions and their successor are often missing altogether.
        let most = if EXTENSIONS.contains(&index) {
            prop_oneof![Just(0), Just(most)]
        } else {
            prop_oneof![Just(most), Just(most)]
        };
        most.prop_flat_map(move |most| prop::collection::vec(one.clone(), 0..=most)).boxed()
    };
    [of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7)].boxed()
}

fn included() -> impl Strategy<Value = Included> {
    let extensions = prop::sample::subsequence(vec!["utilityNetwork", "parcelFabric", "advediting", "geobim"], 0..=3);
    extensions.prop_flat_map(|ids| {
        let names = || prop::sample::subsequence(vec!["x", "y"], 0..=1);
        ids.into_iter().map(|id| (Just(id), names())).collect::<Vec<_>>()
    })
}

fn sparse() -> impl Strategy<Value = Included> {
    prop_oneof![2 => Just(Vec::new()), 1 => included()]
}

pub(super) fn license() -> impl Strategy<Value = License> {
    let version = prop::sample::select(vec!["11.1", "11.2", "11.5", "new"]);
    let windows = prop::collection::vec((0..LAST, 0..LAST), 0..2);
    let defined = || prop::option::weighted(0.85, sparse());
    (version, entries(3), windows, [defined(), defined(), defined()], prop::bool::weighted(0.85)).prop_map(
        |(version, entries, windows, defined, bundle_defined)| License {
            version,
            entries,
            windows,
            defined,
            bundle_defined,
        },
    )
}

/// Two licenses that are mostly the same, so that often nothing is lost.
pub(super) fn pair() -> impl Strategy<Value = (License, License)> {
    let alike = (license(), license(), prop::collection::vec(any::<bool>(), 8), any::<[bool; 4]>());
    let alike = alike.prop_map(|(old, other, seats, [version, windows, defined, all])| {
        let mut new = old.clone();
        for (index, taken) in seats.into_iter().enumerate() {
            if taken && all {
                new.entries[index].clone_from(&other.entries[index]);
            }
        }
        if version {
            new.version = other.version;
        }
        if windows && all {
            new.windows.clone_from(&other.windows);
        }
        if defined {
            new.defined.clone_from(&other.defined);
        }
        (old, new)
    });
    // The seats of the successor are often close to the sum of what it replaces.
    let replaced = (license(), 0..7_u64, any::<bool>()).prop_map(|(old, seats, includes)| {
        let mut new = old.clone();
        new.version = "11.5";
        for index in [UTILITY_NETWORK, PARCEL_FABRIC] {
            new.entries[index].clear();
        }
        new.entries[ADVANCED_EDITING] =
            vec![Entry { hour: -1, seats: Some(seats), apps: None, entitlements: vec![("a", 9), ("b", 9)] }];
        if includes {
            for defined in new.defined.iter_mut().flatten() {
                *defined = vec![("advediting", vec!["x", "y"]), ("geobim", vec!["x", "y"])];
            }
        }
        (old, new)
    });
    prop_oneof![1 => (license(), license()), 2 => alike, 1 => replaced]
}

impl License {
    pub(super) fn document(&self) -> Value {
        let mut provision = json!({"userTypes": [], "apps": [], "appBundles": [], "extensions": []});
        for ((list, _, id), entries) in IDS.iter().zip(&self.entries) {
            for Entry { hour, seats, apps, entitlements } in entries {
                let seats = seats.map_or(json!(-1), Value::from);
                let mut entry = json!({"id": id, "maxUsers": seats, "startDate": ms(*hour), "apps": apps});
                if *list == "extensions" {
                    let entitlements = entitlements.iter().map(|(name, num)| json!({"num": num, "apiName": name}));
                    entry["entitlements"] = entitlements.collect();
                }
                provision[list].as_array_mut().unwrap().push(entry);
            }
        }
        let window = |(start, end): &(i64, i64)| json!({"id": "indoors", "startDate": ms(*start), "endDate": ms(*end)});
        let user_types = USER_TYPES.zip(&self.defined).filter_map(|(index, defined)| {
            let extensions = defined.as_ref()?.iter().map(|(id, names)| json!({"id": id, "entitlements": names}));
            let (_, _, id) = IDS[index];
            Some(json!({"id": id, "name": id, "extensions": extensions.collect::<Vec<_>>()}))
        });
        let bundles = if self.bundle_defined { json!([{"appBundleItemId": IDS[BUNDLE].2}]) } else { json!([]) };
        let definitions = json!({"userTypes": user_types.collect::<Vec<_>>(), "appBundles": bundles});
        let capabilities: Vec<_> = self.windows.iter().map(window).collect();
        json!({"MyEsri": {"version": self.version, "definitions": definitions, "provision": provision,
            "portalCapabilities": capabilities}})
    }

    pub(super) fn source(&self, name: &str) -> Source {
        Source::from_text(name, self.document().to_string())
    }
}

/// Calls `then` with the license document of a source.
pub(super) fn with_side<T>(source: &Source, then: impl FnOnce(&Side<'_>) -> T) -> T {
    let found = source.documents().next().unwrap();
    let Ok(Document::License(document)) = &found.document else { panic!("a license: {}", source.text()) };
    then(&Side::of_license(seatline::License::new(source, &found.place, document), None))
}
