//! The faults of a license: every value that could not be read plainly, collected once for all rules about reading.

use std::borrow::Cow;

use crate::json::{JsonKind, Place, Pointer, Raw};
use crate::license::{ItemKind, Leniency, LicenseDocument, ListedEntitlement, Reading, Unreadable, count, date, id};
use crate::time::Instant;

/// A value that could not be read plainly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault<'d> {
    /// The entry, definition or list around the value.
    pub within: Pointer,
    /// The name of the member; empty if the fault is the entry, definition or list itself.
    pub member: &'static str,
    /// The name for messages: "maxUsers", or "this entry" where there is no member.
    pub what: &'static str,
    /// The kind of the item that the value is about.
    pub kind: Option<ItemKind>,
    /// The id of the item that the value is about, if it can be told.
    pub id: Option<Cow<'d, str>>,
    /// What is wrong.
    pub trouble: FaultKind,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Only one meaning is possible: this one.
    Lenient(Leniency, String),
    /// Any meaning is possible. The text states the consequence.
    Unreadable(Unreadable, Cow<'static, str>),
}

impl Fault<'_> {
    /// The pointer of the value, or of the object that lacks it.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        if self.member.is_empty() { self.within.clone() } else { self.within.clone().key(self.member) }
    }

    /// The beginning of a message about the value: "creatorUT: ", or "extension: " where the id is not known.
    pub(crate) fn named(&self) -> String {
        match (&self.id, self.kind) {
            (Some(id), _) => format!("{id}: "),
            (None, Some(kind)) => format!("{}: ", kind.noun()),
            (None, None) => String::new(),
        }
    }
}

/// The faults of a document, by kind and then in the order of the document.
#[must_use]
pub fn faults<'d>(document: &'d LicenseDocument<'d>) -> Vec<Fault<'d>> {
    let mut faults = Faults::default();
    faults.definitions(document);
    faults.provision(document);
    faults.capabilities(document);
    faults.found
}

#[derive(Default)]
struct Faults<'d> {
    found: Vec<Fault<'d>>,
}

/// The common parts of the faults of one entry.
struct EntryPlace<'d, P: Fn() -> Pointer> {
    pointer: P,
    kind: ItemKind,
    id: Option<Cow<'d, str>>,
}

impl<'d> Faults<'d> {
    fn unreadable(
        &mut self,
        within: Pointer,
        member: &'static str,
        kind: Option<ItemKind>,
        why: Unreadable,
        consequence: impl Into<Cow<'static, str>>,
    ) {
        let trouble = FaultKind::Unreadable(why, consequence.into());
        self.found.push(Fault { within, member, what: member, kind, id: None, trouble });
    }

    /// Adds a fault of an entry, a definition or a list as a whole.
    fn unreadable_element(
        &mut self,
        element: Pointer,
        what: &'static str,
        kind: Option<ItemKind>,
        found: JsonKind,
        consequence: impl Into<Cow<'static, str>>,
    ) {
        let trouble = FaultKind::Unreadable(Unreadable::Kind(found), consequence.into());
        self.found.push(Fault { within: element, member: "", what, kind, id: None, trouble });
    }

    /// Adds a fault where something else stands in the place of a list. A missing or null list is no fault.
    fn not_a_list<T>(
        &mut self,
        list: &Place<Vec<T>>,
        pointer: impl FnOnce() -> Pointer,
        kind: ItemKind,
        consequence: &'static str,
    ) {
        if let Place::Other(found) = list
            && *found != JsonKind::Null
        {
            self.unreadable_element(pointer(), "what stands in place of a list", Some(kind), *found, consequence);
        }
    }

    fn definitions(&mut self, document: &'d LicenseDocument<'d>) {
        let pointer = || Pointer::of(&["MyEsri", "definitions"]);
        let definitions = match &document.my_esri.definitions {
            Place::Here(definitions) => definitions,
            Place::Other(kind) if *kind != JsonKind::Null => {
                return self.unreadable_element(pointer(), "definitions", None, *kind, "no names are known");
            }
            Place::Missing | Place::Other(_) => return,
        };
        let consequence = "it defines nothing";
        let user_types = || pointer().key("userTypes");
        self.not_a_list(&definitions.user_types, user_types, ItemKind::UserType, consequence);
        for (index, definition) in definitions.user_types.elements().iter().enumerate() {
            let place = definition.here().map(|definition| definition.id);
            self.defined(definition, place, || user_types().index(index), ItemKind::UserType, "id");
            let Some(definition) = definition.here() else { continue };
            let extensions = || user_types().index(index).key("extensions");
            let included = "no extension is known to be included";
            self.not_a_list(&definition.extensions, extensions, ItemKind::UserType, included);
            for (nth, extension) in definition.extensions.elements().iter().enumerate() {
                let place = extension.here().map(|extension| extension.id);
                self.defined(extension, place, || extensions().index(nth), ItemKind::Extension, "id");
            }
        }
        let app_bundles = || pointer().key("appBundles");
        self.not_a_list(&definitions.app_bundles, app_bundles, ItemKind::AppBundle, consequence);
        for (index, definition) in definitions.app_bundles.elements().iter().enumerate() {
            let place = definition.here().map(|definition| definition.id);
            self.defined(definition, place, || app_bundles().index(index), ItemKind::AppBundle, "appBundleItemId");
        }
    }

    fn defined<T>(
        &mut self,
        definition: &Place<T>,
        place: Option<Raw<'d>>,
        pointer: impl FnOnce() -> Pointer,
        kind: ItemKind,
        member: &'static str,
    ) {
        let consequence = "it defines nothing";
        match (definition, place.map(id)) {
            (Place::Other(found), _) => {
                self.unreadable_element(pointer(), "this definition", Some(kind), *found, consequence)
            }
            (_, Some(Err(why))) => self.unreadable(pointer(), member, Some(kind), why, consequence),
            _ => {}
        }
    }

    fn provision(&mut self, document: &'d LicenseDocument<'d>) {
        let nothing = "nothing is known of any seats";
        let why = |kind: Option<JsonKind>| kind.map_or(Unreadable::Missing, Unreadable::Kind);
        let provision = match &document.my_esri.provision {
            Place::Here(provision) => provision,
            Place::Missing => {
                return self.unreadable(Pointer::of(&["MyEsri"]), "provision", None, why(None), nothing);
            }
            Place::Other(kind) => {
                return self.unreadable(Pointer::of(&["MyEsri"]), "provision", None, why(Some(*kind)), nothing);
            }
        };
        let unknown = match &provision.user_types {
            Place::Here(_) => None,
            Place::Missing => Some(why(None)),
            Place::Other(kind) => Some(why(Some(*kind))),
        };
        if let Some(why) = unknown {
            let within = Pointer::of(&["MyEsri", "provision"]);
            let consequence = "nothing is known of the seats of user types";
            self.unreadable(within, "userTypes", Some(ItemKind::UserType), why, consequence);
        }
        for kind in ItemKind::SEATED {
            let Some(list) = kind.entries(&document.my_esri) else { continue };
            if kind != ItemKind::UserType {
                self.not_a_list(list, || kind.list_pointer(), kind, "it is read as none");
            }
            for (index, entry) in list.elements().iter().enumerate() {
                let pointer = || kind.list_pointer().index(index);
                let members = match entry {
                    Place::Here(entry) => entry,
                    Place::Other(found) => {
                        let consequence = stray(kind, None, None);
                        self.unreadable_element(pointer(), "this entry", Some(kind), *found, consequence);
                        continue;
                    }
                    Place::Missing => continue,
                };
                let (seats, start) = (count(members.max_users), date(members.start_date));
                let from = start.value();
                let entry = self.entry(pointer, kind, members.id, || stray(kind, from, seats.value()));
                let belongs = entry.id.is_some();
                self.value(&entry, "maxUsers", seats, ToString::to_string, || match from {
                    Some(from) if belongs => format!("it counts as 0 seats from {from}").into(),
                    _ => "it makes no step".into(),
                });
                self.value(&entry, "startDate", start, ToString::to_string, || "it makes no step".into());
                self.entitlements(&entry, &members.entitlements);
            }
        }
    }

    /// Adds the faults in the numbers of entitlements. `schema-violation` finds other faults of entitlements.
    fn entitlements<P: Fn() -> Pointer>(
        &mut self,
        entry: &EntryPlace<'d, P>,
        list: &'d Place<Vec<Place<ListedEntitlement<'d>>>>,
    ) {
        for (index, entitlement) in list.elements().iter().enumerate() {
            let trouble = match entitlement.here().map(|one| count(one.num)) {
                Some(Reading::Lenient(num, leniency)) => FaultKind::Lenient(leniency, num.to_string()),
                Some(Reading::Unreadable(why)) if why != Unreadable::Missing => {
                    FaultKind::Unreadable(why, "how many seats the entitlement has is not known".into())
                }
                _ => continue,
            };
            let within = (entry.pointer)().key("entitlements").index(index);
            let (member, kind, id) = ("num", Some(entry.kind), entry.id.clone());
            self.found.push(Fault { within, member, what: member, kind, id, trouble });
        }
    }

    fn capabilities(&mut self, document: &'d LicenseDocument<'d>) {
        let kind = ItemKind::Capability;
        let list = &document.my_esri.portal_capabilities;
        self.not_a_list(list, || kind.list_pointer(), kind, "it is read as none");
        for (index, entry) in list.elements().iter().enumerate() {
            let pointer = || kind.list_pointer().index(index);
            let members = match entry {
                Place::Here(entry) => entry,
                Place::Other(found) => {
                    self.unreadable_element(pointer(), "this entry", Some(kind), *found, "it may be any capability");
                    continue;
                }
                Place::Missing => continue,
            };
            let entry = self.entry(pointer, kind, members.id, || "it may be any capability".into());
            let consequence = || "its dates are not known".into();
            self.value(&entry, "startDate", date(members.start_date), ToString::to_string, consequence);
            if !matches!(members.end_date.kind(), None | Some(JsonKind::Null)) {
                self.value(&entry, "endDate", date(members.end_date), ToString::to_string, consequence);
            }
        }
    }

    fn entry<P: Fn() -> Pointer>(
        &mut self,
        pointer: P,
        kind: ItemKind,
        raw: Raw<'d>,
        consequence: impl FnOnce() -> Cow<'static, str>,
    ) -> EntryPlace<'d, P> {
        let id = match id(raw) {
            Ok(id) => Some(id),
            Err(why) => {
                self.unreadable(pointer(), "id", Some(kind), why, consequence());
                None
            }
        };
        EntryPlace { pointer, kind, id }
    }

    fn value<T: Copy, P: Fn() -> Pointer>(
        &mut self,
        entry: &EntryPlace<'d, P>,
        member: &'static str,
        reading: Reading<T>,
        show: impl FnOnce(&T) -> String,
        consequence: impl FnOnce() -> Cow<'static, str>,
    ) {
        let trouble = match reading {
            Reading::Plain(_) => return,
            Reading::Lenient(value, leniency) => FaultKind::Lenient(leniency, show(&value)),
            Reading::Unreadable(why) => FaultKind::Unreadable(why, consequence()),
        };
        let (within, kind) = ((entry.pointer)(), Some(entry.kind));
        self.found.push(Fault { within, member, what: member, kind, id: entry.id.clone(), trouble });
    }
}

/// The meaning of an entry without a readable id for any item of its kind, in words.
fn stray(kind: ItemKind, from: Option<Instant>, seats: Option<u64>) -> Cow<'static, str> {
    let from = from.map_or_else(|| "at any time".to_owned(), |from| format!("from {from} on"));
    let seats = seats.map_or_else(|| "any number of".to_owned(), |seats| seats.to_string());
    format!("{from} any {} may have {seats} seats", kind.noun()).into()
}
