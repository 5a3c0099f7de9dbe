//! The license that is installed in a portal, by its license resource and, if there is one, its future license.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::json::{Pointer, Raw};
use crate::license::{Expiration, Item, ItemKind, count, date, expiration};
use crate::seats::{SeatEntry, SeatTimeline};
use crate::source::{DocumentPlace, Failure, Source};
use crate::time::Instant;
use crate::usage::origin::DocumentOrigin;
use crate::usage::resource::{InstalledEntries, InstalledEntry, ResourceDocument};
use crate::usage::server_license::ServerLicense;

/// An answer of a portal: the source that it was found in, and its place there.
pub type PortalDocument<'s> = (&'s Source, DocumentPlace);

/// The license that is installed in a portal.
#[derive(Clone, Debug)]
pub struct Installed<'s> {
    /// The version of the license; `None` where the portal does not tell it.
    pub version: Option<String>,
    /// The items in the order of the license resource, then those that only the future license has.
    pub items: Vec<InstalledItem>,
    /// The kinds that the license resource lists. Nothing is known of the others.
    pub(crate) listed: Vec<ItemKind>,
    /// The licenses of the site's servers, on Kubernetes. They are shown, and never compared.
    pub(crate) server_licenses: Vec<ServerLicense>,
    /// The document with the present seats.
    pub resource: PortalDocument<'s>,
    /// The future license. Without it, nobody knows what follows the present terms.
    pub future: Option<PortalDocument<'s>>,
}

/// An item that is installed, or will be.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InstalledItem {
    /// User type, app bundle, extension or app.
    pub kind: ItemKind,
    /// The id, as the text that stands there.
    pub id: String,
    /// The item's seats. The portal says nothing of the time before today, so its present seats are taken to have been there always.
    pub timeline: SeatTimeline,
    /// Whether the license resource has an expiration that may mean "never".
    pub no_end: bool,
    /// The item's place in the license resource; if only the future license has it, the place of its list there.
    pub pointer: Pointer,
}

impl InstalledItem {
    /// The item as one of a license, without definition and entries.
    #[must_use]
    pub fn as_item(&self) -> Item<'_> {
        Item {
            kind: self.kind,
            id: Cow::Borrowed(self.id.as_str()),
            definition: None,
            definition_index: None,
            entries: Vec::new(),
            dates: std::sync::OnceLock::new(),
            timeline: self.timeline.clone(),
        }
    }
}

impl<'s> Installed<'s> {
    /// Notes about facts that the portal does not state, and about facts that are not compared: readers of a
    /// comparison must know both.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let missing = ItemKind::SEATED.into_iter().filter(|kind| !self.listed.contains(kind));
        let missing: Vec<_> = missing.map(|kind| format!("{}s", kind.noun())).collect();
        if !missing.is_empty() {
            notes.push(format!(
                "{} are not in it: of them nobody knows what is installed; on Kubernetes admin/orgs/ORGID/license has them",
                missing.join(", ")
            ));
        }
        if !self.server_licenses.is_empty() {
            let licenses: Vec<_> = self.server_licenses.iter().map(ToString::to_string).collect();
            notes.push(format!("licenses of the site's servers, which are not compared: {}", licenses.join("; ")));
        }
        notes
    }

    /// Reads the license resource and, if given, the future license.
    ///
    /// # Errors
    /// Where an id cannot be read, or stands twice in a list.
    pub fn read(resource: PortalDocument<'s>, future: Option<PortalDocument<'s>>) -> Result<Self, Failure> {
        let origin = DocumentOrigin { source: resource.0, place: &resource.1 };
        let document = ResourceDocument::read(origin)?;
        let mut later = future.as_ref().map(entries).transpose()?.unwrap_or_default();
        let mut items = Vec::new();
        let mut positions: HashMap<_, _> =
            later.iter().enumerate().map(|(index, (kind, id, ..))| ((*kind, id.clone()), index)).collect();
        for (kind, id, pointer, entry) in document.entries(origin)? {
            let next = positions.remove(&(kind, id.clone())).and_then(|index| later.get(index));
            let timeline = timeline(Some(&entry), next.map(|(.., entry)| entry));
            let no_end = expires(&entry) == Expiration::Never && timeline.final_end().is_none();
            items.push(InstalledItem { kind, id, timeline, no_end, pointer });
        }
        later.retain(|(kind, id, ..)| positions.contains_key(&(*kind, id.clone())));
        for (kind, id, _, entry) in later {
            let timeline = timeline(None, Some(&entry));
            items.push(InstalledItem { kind, id, timeline, no_end: false, pointer: Pointer::of(&[kind.list_name()]) });
        }
        items.sort_by_key(|item| item.kind);
        let version = document.version.as_written().map(Cow::into_owned);
        let server_licenses = ServerLicense::all(&document.capabilities);
        Ok(Self { version, items, listed: document.listed(), server_licenses, resource, future })
    }
}

fn entries<'d>((source, place): &'d PortalDocument<'_>) -> Result<InstalledEntries<'d>, Failure> {
    let origin = DocumentOrigin { source, place };
    ResourceDocument::read(origin)?.entries(origin)
}

fn expires(entry: &InstalledEntry<'_>) -> Expiration {
    expiration(entry.expiration, entry.can_expire)
}

/// The present seats until they expire, or until the future entitlement begins. If that is earlier, the future
/// entitlement takes the place of the present one: an expiration is about the present entitlement only (inferred; the
/// documentation does not say).
fn timeline(now: Option<&InstalledEntry<'_>>, later: Option<&InstalledEntry<'_>>) -> SeatTimeline {
    // Where no future entitlement follows, the count is 0 and the date is that of the end; if there is no end, the
    // entry says nothing.
    let follows = |entry: &&InstalledEntry<'_>| {
        count(entry.maximum).value() != Some(0) || expiration(entry.start_date, Raw::default()) != Expiration::Never
    };
    let later = later.filter(follows);
    let begins = later.map(|entry| date(entry.start_date).value());
    let next =
        later.map(|entry| SeatEntry { start: date(entry.start_date).value(), seats: count(entry.maximum).value() });
    let present = now.map(|entry| SeatEntry { start: Some(Instant::MIN), seats: count(entry.maximum).value() });
    let end = now.and_then(|entry| match expires(entry) {
        Expiration::Never => None,
        Expiration::At(end) => Some(SeatEntry { start: Some(end), seats: Some(0) }),
        Expiration::Unreadable(_) => Some(SeatEntry { start: None, seats: Some(0) }),
    });
    let end = end.filter(|end| end.start.is_none() || begins.flatten().is_none_or(|begins| Some(begins) > end.start));
    SeatTimeline::new(present.into_iter().chain(end).chain(next))
}
