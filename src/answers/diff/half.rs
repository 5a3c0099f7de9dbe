//! The two sides of a comparison: a license, or what the portal tells of itself.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use crate::answers::Location;
use crate::answers::diff::value::{DiffSide, SideDocument};
use crate::json::{Locator, Pointer};
use crate::license::{Administrator, AdministratorList, Compatible, Item, ItemKind, LicenseDocument};
use crate::seats::{SeatTimeline, any_active};
use crate::source::{DocumentPlace, Source};
use crate::time::Instant;
use crate::usage::{Installed, InstalledItem, Told};

/// A license document with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'d> {
    /// The source it was found in.
    pub source: &'d Source,
    /// Where it stands there.
    pub place: &'d DocumentPlace,
    /// The document.
    pub document: &'d LicenseDocument<'d>,
    /// Its administrator list, where there is one.
    pub administrators: Option<&'d AdministratorList>,
}

/// What is in force before an import.
#[derive(Clone, Copy, Debug)]
pub enum Before<'d> {
    /// A license document.
    License(Side<'d>),
    /// What the portal tells of itself, and an administrator list where there is one.
    Installed(&'d Installed<'d>, Option<&'d AdministratorList>),
}

/// One license, with its items.
pub(super) struct Half<'d> {
    told: Told<'d>,
    /// Its document; of what the portal tells, the pointers of its items.
    pub(super) origin: Origin<'d>,
    pub(super) items: Vec<Item<'d>>,
    pub(super) version: Option<Cow<'d, str>>,
    administrators: Option<&'d AdministratorList>,
    locator: RefCell<Locator<'d>>,
}

/// What it is read from.
pub(super) enum Origin<'d> {
    License(&'d LicenseDocument<'d>),
    Installed(&'d Installed<'d>, HashMap<(ItemKind, &'d str), &'d Pointer>),
}

impl<'d> Half<'d> {
    pub(super) fn before(before: Before<'d>) -> Self {
        let (installed, administrators) = match before {
            Before::License(side) => return Self::new(side),
            Before::Installed(installed, administrators) => (installed, administrators),
        };
        let item = |item: &'d InstalledItem| Item {
            kind: item.kind,
            id: Cow::Borrowed(item.id.as_str()),
            definition: None,
            definition_index: None,
            entries: Vec::new(),
            timeline: item.timeline.clone(),
        };
        let pointers = installed.items.iter().map(|item| ((item.kind, item.id.as_str()), &item.pointer)).collect();
        Self {
            told: installed.resource,
            origin: Origin::Installed(installed, pointers),
            items: installed.items.iter().map(item).collect(),
            version: installed.version.as_deref().map(Cow::Borrowed),
            administrators,
            locator: locator(installed.resource),
        }
    }

    pub(super) fn new(Side { source, place, document, administrators }: Side<'d>) -> Self {
        Self {
            told: (source, place),
            origin: Origin::License(document),
            items: Item::all(document),
            version: document.my_esri.version.as_written(),
            administrators,
            locator: locator((source, place)),
        }
    }

    pub(super) fn side(&self) -> DiffSide {
        let (document, future) = match &self.origin {
            Origin::License(_) => (SideDocument::License, None),
            Origin::Installed(installed, _) => (SideDocument::LicenseResource, installed.future),
        };
        DiffSide {
            source: self.told.1.told_source(self.told.0).to_owned(),
            document,
            version: self.version.clone().map(Cow::into_owned),
            future: future.map(|(source, _)| source.name().to_owned()),
        }
    }

    pub(super) fn administrator(&self, id: &str) -> Administrator {
        Administrator::of(id, self.administrators)
    }

    /// Whether some user type is usable for an administrator, over time.
    pub(super) fn usable_administrators(&self) -> SeatTimeline {
        let user_types = self.items.iter().filter(|item| item.kind == ItemKind::UserType);
        let usable = user_types.filter(|item| self.administrator(&item.id).compatible == Compatible::Yes);
        any_active(usable.map(|item| &item.timeline))
    }

    /// Where the seats of an item at an instant stand; where it has none, the item.
    pub(super) fn pointer(&self, item: &Item<'_>, at: Instant) -> Pointer {
        match &self.origin {
            Origin::License(document) => {
                let step = item.timeline.step_at(at);
                let date = step.map(|step| item.date_of_step(&document.my_esri, step.at));
                date.unwrap_or_else(|| item.first_entry())
            }
            Origin::Installed(_, pointers) => {
                let pointer = pointers.get(&(item.kind, item.id.as_ref())).map(|pointer| (*pointer).clone());
                pointer.unwrap_or_else(|| self.list_pointer(item.kind))
            }
        }
    }

    pub(super) fn list_pointer(&self, kind: ItemKind) -> Pointer {
        match self.origin {
            Origin::License(_) => kind.list_pointer(),
            Origin::Installed(..) => Pointer::of(&[kind.list_name()]),
        }
    }

    pub(super) fn location(&self, pointer: Pointer) -> Location {
        let (source, _) = self.told;
        let span = self.locator.borrow_mut().span(&pointer);
        let (start, end) = (source.position(span.start), source.position(span.end));
        Location { pointer, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

fn locator((source, place): Told<'_>) -> RefCell<Locator<'_>> {
    RefCell::new(Locator::new(source.text(), place.span.clone()))
}
