//! One of the two documents that are compared: a license, or what a portal tells of its own.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::answers::Location;
use crate::answers::diff::value::{DiffSide, SideDocument};
use crate::json::{Locator, Pointer};
use crate::license::{
    Administrator, AdministratorList, Item, ItemKind, LicenseDocument, tells_seats, usable_administrator_time,
};
use crate::seats::SeatTimeline;
use crate::source::{DocumentPlace, Source};
use crate::time::Instant;
use crate::usage::{Installed, InstalledItem};

/// One of the two documents that are compared, with its items.
#[derive(Debug)]
pub struct Side<'d> {
    source: &'d Source,
    place: &'d DocumentPlace,
    document: Compared<'d>,
    /// Its items, in their order.
    pub(super) items: Vec<Item<'d>>,
    /// The version, as it is written.
    pub(super) version: Option<Cow<'d, str>>,
    administrators: Option<&'d AdministratorList>,
}

/// What is compared.
#[derive(Debug)]
enum Compared<'d> {
    License(&'d LicenseDocument<'d>),
    /// With its items.
    Installed(&'d Installed<'d>, HashMap<(ItemKind, &'d str), &'d InstalledItem>),
}

impl<'d> Side<'d> {
    /// A license document that was found in a source, and its administrator list where there is one.
    #[must_use]
    pub fn of_license(
        source: &'d Source,
        place: &'d DocumentPlace,
        document: &'d LicenseDocument<'d>,
        administrators: Option<&'d AdministratorList>,
    ) -> Self {
        Self {
            source,
            place,
            document: Compared::License(document),
            items: Item::all(document),
            version: document.my_esri.version.as_written(),
            administrators,
        }
    }

    /// What a portal tells of the license that is installed there.
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

    /// The input that it was found in.
    #[must_use]
    pub(crate) fn source(&self) -> &'d Source {
        self.source
    }

    /// Where it stands there.
    #[must_use]
    pub(crate) fn place(&self) -> &'d DocumentPlace {
        self.place
    }

    /// Its items, in their order.
    #[must_use]
    pub(crate) fn items(&self) -> &[Item<'d>] {
        &self.items
    }

    /// The version, as it is written.
    #[must_use]
    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The license document, where it is one; `None` of what a portal tells.
    #[must_use]
    pub(crate) fn license(&self) -> Option<&'d LicenseDocument<'d>> {
        match self.document {
            Compared::License(document) => Some(document),
            Compared::Installed(..) => None,
        }
    }

    /// Whether it says how many seats of a kind there are: a license of every kind whose provision can be read, a portal of
    /// those that it lists.
    #[must_use]
    pub fn tells(&self, kind: ItemKind) -> bool {
        match self.document {
            Compared::License(document) => tells_seats(kind, document),
            Compared::Installed(installed, _) => {
                installed.listed.contains(&kind) || self.items.iter().any(|item| item.kind == kind)
            }
        }
    }

    /// Whether it gives seats of some user type, at any time and be they in doubt. A license without any tells as little of who
    /// needs seats as one that cannot be read.
    #[must_use]
    pub(crate) fn gives_user_types(&self) -> bool {
        match self.document {
            Compared::License(_) => self.user_types().any(|item| !item.entries.is_empty()),
            Compared::Installed(..) => self.user_types().next().is_some(),
        }
    }

    /// What the portal tells, where it is that.
    pub(super) fn installed(&self) -> Option<&'d Installed<'d>> {
        match self.document {
            Compared::License(_) => None,
            Compared::Installed(installed, _) => Some(installed),
        }
    }

    pub(super) fn described(&self) -> DiffSide {
        let future = self.installed().and_then(|installed| installed.future.as_ref());
        DiffSide {
            source: self.place.told_source(self.source).to_owned(),
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

    /// From when on none of its user types has seats; `None` where one goes on without an end, or none ever has some.
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

    /// User types that the administrator list names and this side does not have.
    fn foreign(&self) -> Vec<&'d str> {
        self.administrators.map_or_else(Vec::new, |list| list.foreign_to(&self.items))
    }

    /// 1 while there is a user type that an administrator can have, else 0.
    pub(super) fn administrator_time(&self) -> SeatTimeline {
        usable_administrator_time(&self.items, self.administrators)
    }

    /// The end of the license if it has ended by an instant: from then on none of its user types certainly has seats.
    #[must_use]
    pub fn ended_by(&self, at: Instant) -> Option<Instant> {
        let over = |item: &Item<'_>| {
            item.timeline.first_with_seats(at, None).is_none() && item.timeline.certain_until(at).is_none()
        };
        // An entry without id may be of any user type.
        let unnamed = |license| SeatTimeline::of_unnamed(ItemKind::UserType, license).certain_until(at).is_none();
        let ended = self.user_types().all(over) && self.license().is_none_or(unnamed);
        self.user_types().filter_map(|item| item.timeline.final_end()).max().filter(|_| ended)
    }

    /// Whether the portal says of an item, in one of the ways that may mean "never", that it has no end.
    pub(super) fn has_no_end(&self, kind: ItemKind, id: &str) -> bool {
        match &self.document {
            Compared::License(_) => false,
            Compared::Installed(_, items) => items.get(&(kind, id)).is_some_and(|item| item.no_end),
        }
    }

    /// Where the seats of an item at an instant stand; where it has none, the item.
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

    /// Finds places in its text.
    pub(super) fn places(&self) -> Places<'d> {
        Places { source: self.source, locator: Locator::new(self.source.text(), self.place.span.clone()) }
    }
}

/// From pointers to lines and columns of one side.
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
