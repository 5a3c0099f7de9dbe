//! The findings about parts of the two documents that cannot be read plainly.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::answers::Location;
use crate::answers::diff::extras::{Extra, inclusions};
use crate::answers::diff::side::{Places, Side};
use crate::answers::diff::value::{DiffFinding, Reason};
use crate::json::Pointer;
use crate::license::{Item, ItemKind, LicenseDocument, id};
use crate::rules::reading;
use crate::severity::Severity;
use crate::text::{Phrase, name, phrase};
use crate::time::Instant;

/// The findings about parts of one side, for any time, that cannot be read plainly.
pub(super) fn of_side(side: &Side<'_>, as_of: Instant, places: &mut Places<'_>) -> Vec<(DiffFinding, Location)> {
    let unclear: Vec<_> = match side.license() {
        Some(document) => {
            let findings = reading(document, &side.items, as_of).into_iter();
            let findings = findings.filter(|finding| finding.severity == Severity::Error);
            let findings = findings.map(|finding| (finding.kind, finding.id, finding.message, finding.pointer));
            findings.chain(contradictions(document)).chain(disagreements(document, &side.items)).collect()
        }
        None => unreadable_installed(side, as_of),
    };
    let finding = |(kind, id, message, pointer)| {
        let finding = DiffFinding { reason: Reason::NotCertain, kind, id, message, old: None, new: None };
        (finding, places.location(pointer))
    };
    unclear.into_iter().map(finding).collect()
}

type Unclear = (Option<ItemKind>, Option<String>, Phrase, Pointer);

/// Values in the portal's license resource, or in the future license, that cannot be read.
fn unreadable_installed(side: &Side<'_>, as_of: Instant) -> Vec<Unclear> {
    let future = side.installed().and_then(|installed| installed.future.as_ref());
    let future = future.map_or_else(Phrase::default, |(source, _)| phrase![" here or in ", name(source.name())]);
    let doubtful = side.items.iter().filter(|item| item.timeline.certain_until(as_of).is_some());
    doubtful
        .map(|item| {
            let message = phrase![name(&item.id), ": its seats, or when they end or begin, cannot be read", &future];
            let pointer = side.pointer(item, as_of);
            (Some(item.kind), Some(item.id.clone().into_owned()), message, pointer)
        })
        .collect()
}

/// User types with several definitions that include different extensions, each with the first definition that differs.
fn contradictions<'d>(document: &'d LicenseDocument<'d>) -> Vec<Unclear> {
    let Some(definitions) = document.my_esri.definitions.here() else { return Vec::new() };
    let mut first: HashMap<Cow<'_, str>, BTreeSet<Extra>> = HashMap::new();
    let mut reported = HashSet::new();
    let mut contradictions = Vec::new();
    for (index, place) in definitions.user_types.elements().iter().enumerate() {
        let Some(definition) = place.here() else { continue };
        let Ok(id) = id(definition.id) else { continue };
        let included = inclusions(definition);
        if *first.entry(id.clone()).or_insert_with(|| included.clone()) != included && reported.insert(id.clone()) {
            let message = phrase![name(&id), ": its definitions do not include the same extensions"];
            let pointer = Pointer::of(&["MyEsri", "definitions", "userTypes"]).index(index);
            contradictions.push((Some(ItemKind::UserType), Some(id.into_owned()), message, pointer));
        }
    }
    contradictions
}

/// Items with entries of one date and count that list different entitlements or apps.
fn disagreements(document: &LicenseDocument<'_>, items: &[Item<'_>]) -> Vec<Unclear> {
    let disagreeing = items.iter().filter_map(|item| {
        let holdings = item.holdings(&document.my_esri);
        let from = holdings.iter().find(|holding| !holding.agree())?.from;
        let message = phrase![
            name(&item.id),
            ": entries with the same date and count have different entitlements or apps; what all of them have is read"
        ];
        let pointer = item.date_of_step(&document.my_esri, from).parent();
        Some((Some(item.kind), Some(item.id.clone().into_owned()), message, pointer))
    });
    disagreeing.collect()
}
