//! Which members of which object are read.

use crate::json::Pointer;
use crate::license::{
    AppBundleDefinition, CapabilityEntry, Definitions, Entitlement, Entry, IncludedExtension, MyEsri, Provision,
    UserTypeDefinition,
};

/// The names of the members that are read of the object at a pointer; none where no object is read.
#[must_use]
pub fn members_at(pointer: &Pointer) -> &'static [&'static str] {
    let segments: Vec<_> = pointer.segments().collect();
    let segments: Vec<_> = segments.iter().map(String::as_str).collect();
    let Some((&"MyEsri", inside)) = segments.split_first() else {
        return if segments.is_empty() { &["MyEsri"] } else { &[] };
    };
    match inside {
        [] => MyEsri::MEMBERS,
        ["definitions"] => Definitions::MEMBERS,
        ["definitions", "userTypes", _] => UserTypeDefinition::MEMBERS,
        ["definitions", "userTypes", _, "extensions", _] => IncludedExtension::MEMBERS,
        ["definitions", "appBundles", _] => AppBundleDefinition::MEMBERS,
        ["provision"] => Provision::MEMBERS,
        ["provision", list, _] if Provision::MEMBERS.contains(list) => Entry::MEMBERS,
        ["provision", _, _, "entitlements", _] => Entitlement::MEMBERS,
        ["portalCapabilities", _] => CapabilityEntry::MEMBERS,
        _ => &[],
    }
}
