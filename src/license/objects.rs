//! All objects of a document with the names of their members that are not read.

use std::borrow::Cow;

use crate::json::{Place, Pointer};
use crate::license::{Entry, LicenseDocument};

/// Called with the way to an object, made only if asked for, and the names of its unread members; never with none.
pub type Visit<'v> = dyn FnMut(&dyn Fn() -> Pointer, &[Cow<'_, str>]) + 'v;

/// Visits every object that is read and has members that are not.
pub fn objects(document: &LicenseDocument<'_>, visit: &mut Visit<'_>) {
    let mut visit = |pointer: &dyn Fn() -> Pointer, others: &[Cow<'_, str>]| {
        if !others.is_empty() {
            visit(pointer, others);
        }
    };
    visit(&Pointer::default, &document.others);
    let my_esri = || Pointer::of(&["MyEsri"]);
    visit(&my_esri, &document.my_esri.others);
    if let Some(definitions) = document.my_esri.definitions.here() {
        let pointer = || my_esri().key("definitions");
        visit(&pointer, &definitions.others);
        for (index, definition) in here(definitions.user_types.elements()) {
            let pointer = || pointer().key("userTypes").index(index);
            visit(&pointer, &definition.others);
            for (index, extension) in here(definition.extensions.elements()) {
                visit(&|| pointer().key("extensions").index(index), &extension.others);
            }
        }
        for (index, definition) in here(definitions.app_bundles.elements()) {
            visit(&|| pointer().key("appBundles").index(index), &definition.others);
        }
    }
    if let Some(provision) = document.my_esri.provision.here() {
        let pointer = || my_esri().key("provision");
        visit(&pointer, &provision.others);
        for (name, list) in [
            ("userTypes", &provision.user_types),
            ("appBundles", &provision.app_bundles),
            ("extensions", &provision.extensions),
            ("apps", &provision.apps),
        ] {
            for (index, entry) in here::<Entry<'_>>(list.elements()) {
                let pointer = || pointer().key(name).index(index);
                visit(&pointer, &entry.others);
                for (index, entitlement) in here(entry.entitlements.elements()) {
                    visit(&|| pointer().key("entitlements").index(index), &entitlement.others);
                }
            }
        }
    }
    for (index, entry) in here(document.my_esri.portal_capabilities.elements()) {
        visit(&|| my_esri().key("portalCapabilities").index(index), &entry.others);
    }
}

fn here<T>(places: &[Place<T>]) -> impl Iterator<Item = (usize, &T)> {
    places.iter().enumerate().filter_map(|(index, place)| Some((index, place.here()?)))
}
