//! What is installed, as the portal tells: the license resource, and the future license if there is one.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::json::{JsonKind, Pointer};
use crate::license::{Item, ItemKind, Reading, count, date};
use crate::seats::{SeatEntry, SeatTimeline};
use crate::source::{DocumentPlace, Failure, Source};
use crate::time::Instant;
use crate::usage::origin::Origin;
use crate::usage::resource::{InstalledEntry, ResourceDocument};

/// A document of the portal and where it was found.
pub type Told<'s> = (&'s Source, &'s DocumentPlace);

/// What is installed.
#[derive(Clone, Debug)]
pub struct Installed<'s> {
    /// The version of the license, as the portal tells it.
    pub version: Option<String>,
    /// Every item, in the order of the license resource; then those that only the future license has.
    pub items: Vec<InstalledItem>,
    /// The license resource.
    pub resource: Told<'s>,
    /// The future license. Without one nobody knows what follows the present terms.
    pub future: Option<Told<'s>>,
}

/// An item that is installed, or will be.
#[derive(Clone, Debug)]
pub struct InstalledItem {
    /// What it is.
    pub kind: ItemKind,
    /// Its id.
    pub id: String,
    /// Its seats. What the portal tells holds from ever until it says otherwise; before today it says nothing.
    pub timeline: SeatTimeline,
    /// Where it stands in the license resource; its list there, if it is only in the future license.
    pub pointer: Pointer,
}

impl InstalledItem {
    /// As an item of a license, without definition and entries.
    #[must_use]
    pub fn as_item(&self) -> Item<'_> {
        Item {
            kind: self.kind,
            id: Cow::Borrowed(self.id.as_str()),
            definition: None,
            definition_index: None,
            entries: Vec::new(),
            timeline: self.timeline.clone(),
        }
    }
}

impl<'s> Installed<'s> {
    /// Reads the license resource, and the future license where it is given.
    ///
    /// # Errors
    /// Where an id cannot be read or stands twice.
    pub fn read(resource: Told<'s>, future: Option<Told<'s>>) -> Result<Self, Failure> {
        let now = entries(resource)?;
        let later = future.map(entries).transpose()?;
        let mut later = later.map(|(_, entries)| entries).unwrap_or_default();
        let mut items = Vec::new();
        let mut positions: HashMap<_, _> =
            later.iter().enumerate().map(|(index, (kind, id, ..))| ((*kind, id.clone()), index)).collect();
        for (kind, id, pointer, entry) in now.1 {
            let next = positions.remove(&(kind, id.clone())).and_then(|index| later.get(index));
            let timeline = timeline(Some(&entry), next.map(|(.., entry)| entry));
            items.push(InstalledItem { kind, id, timeline, pointer });
        }
        later.retain(|(kind, id, ..)| positions.contains_key(&(*kind, id.clone())));
        for (kind, id, _, entry) in later {
            let timeline = timeline(None, Some(&entry));
            items.push(InstalledItem { kind, id, timeline, pointer: Pointer::of(&[kind.list_name()]) });
        }
        items.sort_by_key(|item| item.kind);
        Ok(Self { version: now.0, items, resource, future })
    }
}

type Entries<'s> = Vec<(ItemKind, String, Pointer, InstalledEntry<'s>)>;

fn entries<'s>((source, place): Told<'s>) -> Result<(Option<String>, Entries<'s>), Failure> {
    let origin = Origin { source, place };
    let document = ResourceDocument::read(origin)?;
    Ok((document.version.as_written().map(Cow::into_owned), document.entries(origin)?))
}

/// Seats now, until they expire or the future entitlement begins. Where that begins before the present one ends it takes
/// its place: an expiration speaks of the present entitlement only (inferred; the documentation does not say).
fn timeline(now: Option<&InstalledEntry<'_>>, later: Option<&InstalledEntry<'_>>) -> SeatTimeline {
    let begins = later.map(|entry| date(entry.start_date).value());
    let next =
        later.map(|entry| SeatEntry { start: date(entry.start_date).value(), seats: count(entry.maximum).value() });
    let present = now.map(|entry| SeatEntry { start: Some(Instant::MIN), seats: count(entry.maximum).value() });
    let end = now.and_then(|entry| match (entry.expiration.kind(), date(entry.expiration)) {
        (None | Some(JsonKind::Null), _) => None,
        (_, Reading::Plain(end) | Reading::Lenient(end, _)) => Some(SeatEntry { start: Some(end), seats: Some(0) }),
        (_, Reading::Unreadable(_)) => Some(SeatEntry { start: None, seats: Some(0) }),
    });
    let end = end.filter(|end| end.start.is_none() || begins.flatten().is_none_or(|begins| Some(begins) > end.start));
    SeatTimeline::new(present.into_iter().chain(end).chain(next))
}
