//! What user types include.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::json::{Place, Pointer};
use crate::license::{Item, LicenseDocument, UserTypeDefinition, id};

/// The extensions that a user type includes, by its first definition.
pub(super) fn includes(item: Option<&Item<'_>>) -> Vec<String> {
    let user_type = item.and_then(|item| item.definition).and_then(|definition| definition.user_type());
    user_type.map(|user_type| extensions(user_type).map(Cow::into_owned).collect()).unwrap_or_default()
}

/// The user types whose definitions do not all include the same, and where the first one that differs stands.
pub(super) fn contradictions<'d>(document: &'d LicenseDocument<'d>) -> Vec<(Cow<'d, str>, Pointer)> {
    let Some(definitions) = document.my_esri.definitions.here() else { return Vec::new() };
    let mut first: HashMap<Cow<'_, str>, BTreeSet<Cow<'_, str>>> = HashMap::new();
    let mut told = BTreeSet::new();
    let mut contradictions = Vec::new();
    for (index, place) in definitions.user_types.elements().iter().enumerate() {
        let Some(definition) = place.here() else { continue };
        let Ok(id) = id(definition.id) else { continue };
        let included: BTreeSet<_> = extensions(definition).collect();
        if *first.entry(id.clone()).or_insert_with(|| included.clone()) != included && told.insert(id.clone()) {
            contradictions.push((id, Pointer::of(&["MyEsri", "definitions", "userTypes"]).index(index)));
        }
    }
    contradictions
}

fn extensions<'d>(user_type: &'d UserTypeDefinition<'d>) -> impl Iterator<Item = Cow<'d, str>> {
    user_type.extensions.elements().iter().filter_map(Place::here).filter_map(|extension| id(extension.id).ok())
}
