//! The extras of an item, which a license gives besides seats: entitlements, apps, included extensions, a definition.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::diff::given::Given;
use crate::json::Place;
use crate::license::{Holding, Item, ItemKind, LicenseDocument, UserTypeDefinition, id};
use crate::seats::{SeatEntry, SeatTimeline};
use crate::time::Instant;

/// An extra of an item: something that a license gives besides seats.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Extra {
    pub(super) given: Given,
    /// The name of an entitlement, of an app, or of an included extension; empty for a definition.
    pub(super) name: String,
    /// The included extension that an entitlement belongs to; empty for every other extra.
    pub(super) extension: String,
}

impl Extra {
    fn new(given: Given, name: impl Into<String>) -> Self {
        Self { given, name: name.into(), extension: String::new() }
    }

    /// The extra of a user type that includes this extension.
    pub(super) fn inclusion(extension: impl Into<String>) -> Self {
        Self::new(Given::Inclusion, extension)
    }

    /// The name of the extra, for people and programs; `None` for a definition.
    pub(super) fn detail(&self) -> Option<String> {
        match (self.extension.as_str(), self.name.as_str()) {
            ("", "") => None,
            ("", name) => Some(name.to_owned()),
            (extension, name) => Some(format!("{extension}: {name}")),
        }
    }
}

/// The extras that a license gives of one item.
#[derive(Clone, Debug, Default)]
pub(super) struct Extras {
    /// Extras from entries, over time: the number of an entitlement, and 1 for an app; 0 while there are no seats.
    pub(super) over_time: BTreeMap<Extra, SeatTimeline>,
    /// Extras from definitions, which have no dates.
    pub(super) always: BTreeSet<Extra>,
}

impl Extras {
    /// The extras of an item; none where there is no item or no license document.
    pub(super) fn new(item: Option<&Item<'_>>, license: Option<&LicenseDocument<'_>>) -> Self {
        let (Some(item), Some(license)) = (item, license) else { return Self::default() };
        Self { over_time: over_time(item, &item.holdings(&license.my_esri)), always: always(item) }
    }
}

/// The extras that the entries give, with a step wherever their number changes.
fn over_time(item: &Item<'_>, holdings: &[Holding<'_>]) -> BTreeMap<Extra, SeatTimeline> {
    let mut steps: BTreeMap<Extra, Vec<SeatEntry>> = BTreeMap::new();
    let mut before: BTreeMap<Extra, u64> = BTreeMap::new();
    for holding in holdings {
        let now = if holding.seats > 0 { numbers(item, holding) } else { BTreeMap::new() };
        let mut step = |extra: &Extra, number: u64| {
            steps.entry(extra.clone()).or_default().push(SeatEntry { start: Some(holding.from), seats: Some(number) });
        };
        before.keys().filter(|extra| !now.contains_key(*extra)).for_each(|gone| step(gone, 0));
        for (extra, number) in now.iter().filter(|(extra, number)| before.get(*extra) != Some(number)) {
            step(extra, *number);
        }
        before = now;
    }
    steps.into_iter().map(|(extra, steps)| (extra, SeatTimeline::new(steps))).collect()
}

fn numbers(item: &Item<'_>, holding: &Holding<'_>) -> BTreeMap<Extra, u64> {
    let mut numbers: BTreeMap<Extra, u64> = BTreeMap::new();
    if item.kind == ItemKind::Extension {
        for (name, num) in holding.entitlements() {
            let extra = Extra::new(Given::Entitlement, name.unwrap_or_default());
            let least = numbers.entry(extra).or_insert(u64::MAX);
            *least = (*least).min(num.unwrap_or(0));
        }
    }
    if matches!(item.kind, ItemKind::UserType | ItemKind::AppBundle) {
        let apps = holding.apps().unwrap_or_default().into_iter();
        numbers.extend(apps.map(|app| (Extra::new(Given::App, app), 1)));
    }
    numbers
}

fn always(item: &Item<'_>) -> BTreeSet<Extra> {
    let Some(definition) = item.definition else { return BTreeSet::new() };
    let included = definition.user_type().map(inclusions).unwrap_or_default();
    let defined = Extra::new(Given::Definition, "");
    included.into_iter().chain([defined]).collect()
}

/// The extensions that a user type includes, and the entitlements of each.
pub(super) fn inclusions(user_type: &UserTypeDefinition<'_>) -> BTreeSet<Extra> {
    let mut inclusions = BTreeSet::new();
    for extension in user_type.extensions.elements().iter().filter_map(Place::here) {
        let Ok(id) = id(extension.id) else { continue };
        for entitlement in extension.entitlements.strings().unwrap_or_default() {
            let extra = Extra::new(Given::IncludedEntitlement, entitlement);
            inclusions.insert(Extra { extension: id.clone().into_owned(), ..extra });
        }
        inclusions.insert(Extra::inclusion(id));
    }
    inclusions
}

/// The first instant, from `since` on, at which both licenses have seats of an item, and the first instant from which on
/// they never both have any; `None` where that never comes.
pub(super) fn common_span(
    old: &SeatTimeline,
    new: &SeatTimeline,
    since: Instant,
) -> Option<(Instant, Option<Instant>)> {
    let both = old.while_both(new);
    both.first_with_seats(since, None).map(|first| (first, both.final_end()))
}
