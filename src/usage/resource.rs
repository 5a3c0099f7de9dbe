//! The portal's license resource (`portaladmin/license`) and its future license (`getFutureLicense`): which seats are
//! installed, until when, and how many of them are assigned.

use std::collections::{BTreeMap, HashSet};

use crate::json::{JsonKind, Place, Pointer, Raw, members};
use crate::license::{ItemKind, count, id};
use crate::source::{Failure, FailureCode};
use crate::usage::origin::DocumentOrigin;
use crate::usage::server_license::ServerLicenses;
use crate::usage::tally::{BuiltIn, KindCounts, Tally};

members! {
    /// The license resource, or the future license.
    pub(super) ResourceDocument {
        /// How many members the portal has, of whatever user type.
        "currentRegisteredMembers" => members: Raw<'a>,
        "version" => version: Raw<'a>,
        "userTypes" => user_types: Place<Vec<Place<InstalledEntry<'a>>>>,
        "appBundles" => app_bundles: Place<Vec<Place<InstalledEntry<'a>>>>,
        "extensions" => extensions: Place<Vec<Place<InstalledEntry<'a>>>>,
        "apps" => apps: Place<Vec<Place<InstalledEntry<'a>>>>,
        /// On Kubernetes: the licenses of the site's servers.
        "capabilities" => capabilities: Place<ServerLicenses<'a>>,
    }
}

members! {
    /// An element of one of the lists.
    pub(super) InstalledEntry {
        "id" => id: Raw<'a>,
        /// The id of the portal item that stands for it in the sharing API.
        "itemId" => item_id: Raw<'a>,
        /// The number of seats, in spite of its name also for items other than user types.
        "maximumRegisteredMembers" => maximum: Raw<'a>,
        /// The number of seats that are assigned; documented for user types only.
        "currentRegisteredMembers" => current: Raw<'a>,
        /// The instant at which the seats end, in epoch milliseconds; in the license resource only.
        "expiration" => expiration: Raw<'a>,
        /// Whether the seats can end; it may be missing.
        "canExpire" => can_expire: Raw<'a>,
        /// The instant from which on there are seats, in epoch milliseconds; in the future license only.
        "startDate" => start_date: Raw<'a>,
    }
}

impl<'a> ResourceDocument<'a> {
    pub(super) fn read(origin: DocumentOrigin<'a>) -> Result<Self, Failure> {
        let document = origin.read::<Place<Self>>()?;
        Ok(document.here().cloned().unwrap_or_default())
    }

    /// The kinds that the document lists, even if a list is empty.
    pub(super) fn listed(&self) -> Vec<ItemKind> {
        ItemKind::SEATED.into_iter().filter(|kind| self.list(*kind).here().is_some()).collect()
    }

    fn list(&self, kind: ItemKind) -> &Place<Vec<Place<InstalledEntry<'a>>>> {
        match kind {
            ItemKind::UserType => &self.user_types,
            ItemKind::AppBundle => &self.app_bundles,
            ItemKind::Extension => &self.extensions,
            ItemKind::App => &self.apps,
            ItemKind::Capability => &Place::Missing,
        }
    }

    /// Every entry, with its id and its pointer.
    ///
    /// # Errors
    /// Where something else stands in the place of a list, or where an id cannot be read or stands twice in a list.
    pub(super) fn entries(&self, origin: DocumentOrigin<'_>) -> Result<InstalledEntries<'a>, Failure> {
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        for kind in ItemKind::SEATED {
            let list = self.list(kind);
            if let Place::Other(other) = list
                && *other != JsonKind::Null
            {
                let message = format!("what stands in place of a list of {}s is {other}", kind.noun());
                return Err(origin.unreadable(Pointer::of(&[kind.list_name()]), message));
            }
            for (index, place) in list.elements().iter().enumerate() {
                let pointer = Pointer::of(&[kind.list_name()]).index(index);
                let entry = place.here().cloned().unwrap_or_default();
                let unreadable =
                    |why| origin.unreadable(pointer.clone().key("id"), format!("the id of this {} {why}", kind.noun()));
                let id = id(entry.id).map_err(unreadable)?.into_owned();
                if !seen.insert((kind, id.clone())) {
                    let message = format!("the {} {id} is there twice", kind.noun());
                    return Err(Failure { code: FailureCode::Contradiction, ..origin.unreadable(pointer, message) });
                }
                entries.push((kind, id, pointer, entry));
            }
        }
        Ok(entries)
    }
}

/// The entries of a license resource, each with its kind, its id and its pointer.
pub(super) type InstalledEntries<'a> = Vec<(ItemKind, String, Pointer, InstalledEntry<'a>)>;

/// The counts of a license resource: of its user types, and of other items with a current count. Its entries are
/// returned too.
pub(super) fn tally(origin: DocumentOrigin<'_>) -> Result<(Tally, InstalledEntries<'_>), Failure> {
    let document = ResourceDocument::read(origin)?;
    let mut kinds: BTreeMap<ItemKind, KindCounts> = BTreeMap::new();
    let entries = document.entries(origin)?;
    for (kind, id, pointer, entry) in &entries {
        if matches!(entry.current.kind(), None | Some(JsonKind::Null)) {
            continue;
        }
        let assigned = count(entry.current).value().ok_or_else(|| {
            let message = format!("the count of members with the {} {id} cannot be read", kind.noun());
            origin.unreadable(pointer.clone().key("currentRegisteredMembers"), message)
        })?;
        kinds.entry(*kind).or_default().by_id.insert(id.clone(), assigned);
    }
    // User types that are not listed have no members, if those that are listed account for all members, or more.
    if let Some(user_types) = kinds.get_mut(&ItemKind::UserType) {
        let sum: u128 = user_types.by_id.values().map(|count| u128::from(*count)).sum();
        user_types.complete = count(document.members).value().map(u128::from).is_some_and(|all| all <= sum);
    }
    Ok((Tally { name: origin.name(), kinds, left_out: BuiltIn::unseen() }, entries))
}
