//! One side of the comparison: a license, or a portal's statement of its installed license.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::answers::Location;
use crate::answers::diff::value::{DiffSide, SideDocument};
use crate::json::{Locator, Pointer};
use crate::license::{
    Administrator, AdministratorList, Item, ItemKind, LicenseDocument, tells_seats, usable_administrator_time,
};
use crate::seats::SeatTimeline;
use crate::source::{DocumentPlace, License, Source};
use crate::time::Instant;
use crate::usage::{Installed, InstalledItem};

/// One side of the comparison, OLD or NEW, with its items.
#[derive(Debug)]
pub struct Side<'d> {
    source: &'d Source,
    place: &'d DocumentPlace,
    document: Compared<'d>,
    /// The items, in the order of the document.
    pub(super) items: Vec<Item<'d>>,
    /// The version, as the text that stands there.
    pub(super) version: Option<Cow<'d, str>>,
    administrators: Option<&'d AdministratorList>,
}

/// The document that a side stands for.
#[derive(Debug)]
enum Compared<'d> {
    License(&'d LicenseDocument<'d>),
    /// The portal's license resource, and its items by kind and id.
    Installed(&'d Installed<'d>, HashMap<(ItemKind, &'d str), &'d InstalledItem>),
}

impl<'d> Side<'d> {
    /// A side for a license document, with its administrator list where there is one.
    #[must_use]
    pub fn of_license(license: License<'d>, administrators: Option<&'d AdministratorList>) -> Self {
        let License { source, place, document } = license;
        Self {
            source,
            place,
            document: Compared::License(document),
            items: Item::all(document),
            version: license.version(),
            administrators,
        }
    }

    /// A side for a portal's statement of its installed license.
    #[must_use]
    pub fn of_portal(installed: &'d Installed<'d>, administrators: Option<&'d AdministratorList>) -> Self {
        let items = installed.items.iter().map(|item| ((item.kind, item.id.as_str()), item)).collect();
        let (source, place) = &installed.resource;
        Self {
            source,
            place,
            document: Compared::Installed(installed, items),
            items: installed.items.iter().map(InstalledItem::as_item).collect(),
            version: installed.version.as_deref().map(Cow::Borrowed),
            administrators,
        }
    }

    /// The source that the document was found in.
    #[must_use]
    pub(crate) fn source(&self) -> &'d Source {
        self.source
    }

    /// The place of the document in the source.
    #[must_use]
    pub(crate) fn place(&self) -> &'d DocumentPlace {
        self.place
    }

    /// The items, in the order of the document.
    #[must_use]
    pub(crate) fn items(&self) -> &[Item<'d>] {
        &self.items
    }

    /// The version, as the text that stands there.
    #[must_use]
    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The license document; `None` where the side is a portal's statement.
    #[must_use]
    pub(crate) fn license(&self) -> Option<&'d LicenseDocument<'d>> {
        match self.document {
            Compared::License(document) => Some(document),
            Compared::Installed(..) => None,
        }
    }

    /// Whether the side says how many seats of a kind there are: a license does for every kind whose provision can be read,
    /// a portal for the kinds that it lists.
    #[must_use]
    pub fn tells(&self, kind: ItemKind) -> bool {
        match self.document {
            Compared::License(document) => tells_seats(kind, document),
            Compared::Installed(installed, _) => {
                installed.listed.contains(&kind) || self.items.iter().any(|item| item.kind == kind)
            }
        }
    }

    /// Whether the side says which seats of user types there are, even if they are not certain. A list that cannot be read tells
    /// nothing, nor does one in which no entry has a readable id. An empty list tells that there are no user types.
    #[must_use]
    pub(crate) fn gives_user_types(&self) -> bool {
        match self.document {
            Compared::License(document) => {
                let kind = ItemKind::UserType;
                let is_empty = kind.entries(&document.my_esri).is_none_or(|list| list.elements().is_empty());
                self.tells(kind) && (is_empty || self.user_types().any(|item| !item.entries.is_empty()))
            }
            Compared::Installed(..) => self.user_types().next().is_some(),
        }
    }

    /// The portal's statement; `None` where the side is a license document.
    pub(super) fn installed(&self) -> Option<&'d Installed<'d>> {
        match self.document {
            Compared::License(_) => None,
            Compared::Installed(installed, _) => Some(installed),
        }
    }

    pub(super) fn described(&self) -> DiffSide {
        let future = self.installed().and_then(|installed| installed.future.as_ref());
        DiffSide {
            source: self.place.source_name(self.source).to_owned(),
            file: self.source.name().to_owned(),
            fetched_at: self.place.fetched_at().map(str::to_owned),
            document: if self.license().is_some() { SideDocument::License } else { SideDocument::LicenseResource },
            version: self.version.clone().map(Cow::into_owned),
            future: future.map(|(source, _)| source.name().to_owned()),
            end: self.end(),
            foreign: self.foreign().into_iter().map(str::to_owned).collect(),
            no_end: self.end().is_none() && self.user_types().any(|item| self.has_no_end(item.kind, &item.id)),
        }
    }

    /// The instant from which on no user type has seats; `None` where a user type goes on without an end, or none ever
    /// has seats.
    pub(super) fn end(&self) -> Option<Instant> {
        let with_seats = self.user_types().filter(|item| !item.timeline.steps().is_empty());
        let ends: Option<Vec<_>> = with_seats.map(|item| item.timeline.final_end()).collect();
        ends?.into_iter().max()
    }

    pub(super) fn user_types(&self) -> impl Iterator<Item = &Item<'d>> {
        self.items.iter().filter(|item| item.kind == ItemKind::UserType)
    }

    pub(super) fn administrator(&self, id: &str) -> Administrator {
        Administrator::of(id, self.administrators)
    }

    /// The user types that the administrator list names and this side does not have.
    fn foreign(&self) -> Vec<&'d str> {
        self.administrators.map_or_else(Vec::new, |list| list.foreign_to(&self.items))
    }

    /// A timeline that is 1 while some user type is usable for an administrator, else 0.
    pub(super) fn administrator_time(&self) -> SeatTimeline {
        usable_administrator_time(&self.items, self.administrators)
    }

    /// The end of the license if it is at or before `at`: from then on no user type has seats under any reading.
    #[must_use]
    pub fn ended_by(&self, at: Instant) -> Option<Instant> {
        let over = |item: &Item<'_>| {
            item.timeline.first_with_seats(at, None).is_none() && item.timeline.certain_until(at).is_none()
        };
        // An entry without a readable id may belong to any user type.
        let unnamed = |license| SeatTimeline::of_unnamed(ItemKind::UserType, license).certain_until(at).is_none();
        let ended = self.user_types().all(over) && self.license().is_none_or(unnamed);
        self.user_types().filter_map(|item| item.timeline.final_end()).max().filter(|_| ended)
    }

    /// Whether the portal gives the item an expiration that may mean "never".
    pub(super) fn has_no_end(&self, kind: ItemKind, id: &str) -> bool {
        match &self.document {
            Compared::License(_) => false,
            Compared::Installed(_, items) => items.get(&(kind, id)).is_some_and(|item| item.no_end),
        }
    }

    /// The pointer to the date of the step that holds at an instant; where there is none, to the item's first entry.
    pub(super) fn pointer(&self, item: &Item<'_>, at: Instant) -> Pointer {
        match &self.document {
            Compared::License(document) => {
                let step = item.timeline.step_at(at);
                let date = step.map(|step| item.date_of_step(&document.my_esri, step.at));
                date.unwrap_or_else(|| item.first_entry())
            }
            Compared::Installed(_, items) => {
                let pointer = items.get(&(item.kind, item.id.as_ref())).map(|item| item.pointer.clone());
                pointer.unwrap_or_else(|| self.list_pointer(item.kind))
            }
        }
    }

    pub(super) fn list_pointer(&self, kind: ItemKind) -> Pointer {
        match self.document {
            Compared::License(_) => kind.list_pointer(),
            Compared::Installed(..) => Pointer::of(&[kind.list_name()]),
        }
    }

    /// A lookup of places in the text of this side.
    pub(super) fn places(&self) -> Places<'d> {
        Places { source: self.source, locator: Locator::new(self.source.text(), self.place.span.clone()) }
    }
}

/// Looks up the lines and columns that pointers into one side stand for.
pub(super) struct Places<'d> {
    source: &'d Source,
    locator: Locator<'d>,
}

impl Places<'_> {
    pub(super) fn location(&mut self, pointer: Pointer) -> Location {
        let span = self.locator.span(&pointer);
        let (start, end) = (self.source.position(span.start), self.source.position(span.end));
        Location { pointer, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}
