//! Retired ids, which newer versions no longer have, and the ids that take their place.

use std::collections::{HashMap, HashSet};

use crate::license::{Item, ItemKind, LicenseDocument, Version};

/// Whether a published source states something, or facts that agree suggest it ("perhaps").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A published source states it.
    Published,
    /// It is inferred.
    Inferred,
}

/// The retirement of an id, which licenses have only up to some version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// The first version without the id.
    pub since: Version,
    /// The id that takes the place of the retired id; `None` where none is known.
    pub successor: Option<&'static str>,
    /// How surely the successor takes its place.
    pub evidence: Evidence,
    /// The retirement in words, as a clause of a message.
    pub note: &'static str,
}

/// Whether an id was retired, and what replaced it.
#[must_use]
pub fn retirement(kind: ItemKind, id: &str) -> Option<Retirement> {
    let version = |minor| Version { major: 11, minor };
    let advanced_editing = |evidence| Retirement {
        since: version(2),
        successor: Some("advediting"),
        evidence,
        note: "the product was merged into ArcGIS Advanced Editing (advediting)",
    };
    match (kind, id) {
        (ItemKind::UserType, "GISProfessionalBasicUT") => Some(Retirement {
            since: version(4),
            successor: Some("creatorUT"),
            evidence: Evidence::Inferred,
            note: "GIS Professional Basic was merged into Creator (creatorUT)",
        }),
        // Esri's JavaScript client asks a server up to 11.1 for utilityNetwork and a later one for advediting.
        (ItemKind::Extension, "utilityNetwork") => Some(advanced_editing(Evidence::Published)),
        (ItemKind::Extension, "parcelFabric") => Some(advanced_editing(Evidence::Inferred)),
        (ItemKind::Extension, "workflow") => Some(Retirement {
            since: version(1),
            successor: None,
            evidence: Evidence::Inferred,
            note: "it is known from licenses before 11.1 only, and nobody has published what takes its place",
        }),
        _ => None,
    }
}

/// The extension of a license that takes the place of a retired one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor {
    /// The id of the extension that takes the place.
    pub id: &'static str,
    /// How surely it takes that place; where it is inferred, say "perhaps".
    pub evidence: Evidence,
}

/// Which retired extensions have a successor in a license. User types never have one.
#[derive(Clone, Debug)]
pub struct Successors {
    version: Option<Version>,
    extensions: HashSet<String>,
}

impl Successors {
    /// The successors in a license with these items.
    #[must_use]
    pub fn new(document: &LicenseDocument<'_>, items: &[Item<'_>]) -> Self {
        let version = document.my_esri.version.as_written().and_then(|version| version.parse().ok());
        let extensions = items.iter().filter(|item| item.kind == ItemKind::Extension);
        Self { version, extensions: extensions.map(|item| item.id.clone().into_owned()).collect() }
    }

    /// The successor of an extension of which this license has no entries. There is one only if the version of the license no
    /// longer has the id, and the license has entries of the successor.
    #[must_use]
    pub fn of(&self, kind: ItemKind, id: &str) -> Option<Successor> {
        let successor = self.by_version(kind, id)?;
        (!self.extensions.contains(id) && self.extensions.contains(successor.id)).then_some(successor)
    }

    /// The successor of an extension that a user type includes. The license need not have entries of the successor, because
    /// user types may include that one too.
    #[must_use]
    pub fn of_included(&self, id: &str) -> Option<Successor> {
        self.by_version(ItemKind::Extension, id).filter(|_| !self.extensions.contains(id))
    }

    fn by_version(&self, kind: ItemKind, id: &str) -> Option<Successor> {
        let Retirement { since, successor, evidence, .. } = retirement(kind, id)?;
        let new_enough = kind == ItemKind::Extension && self.version.is_some_and(|version| since <= version);
        Some(Successor { id: successor.filter(|_| new_enough)?, evidence })
    }

    /// Adds the seats of retired extensions (assigned ones, or those of an older license) to their successor, so that the sum can
    /// be compared with the seats of this license. The pools stand in the order in which their ids first appear.
    #[must_use]
    pub fn pool<'i, T>(&self, needed: impl IntoIterator<Item = (ItemKind, &'i str, T)>) -> Vec<SuccessorPool<'i, T>> {
        let mut pools: Vec<SuccessorPool<'i, T>> = Vec::new();
        let mut positions = HashMap::new();
        for (kind, id, value) in needed {
            let successor = self.of(kind, id);
            let counted_as = successor.map_or(id, |successor| successor.id);
            let position = *positions.entry((kind, counted_as)).or_insert(pools.len());
            if position == pools.len() {
                pools.push(SuccessorPool { kind, id: counted_as, shares: Vec::new() });
            }
            if let Some(pool) = pools.get_mut(position) {
                pool.shares.push(Share { id, value, evidence: successor.map(|successor| successor.evidence) });
            }
        }
        pools
    }
}

/// The seats that are needed of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuccessorPool<'i, T> {
    pub kind: ItemKind,
    /// The id whose seats the license must have.
    pub id: &'i str,
    /// The need of that id itself, and of each retired id that it replaces.
    pub shares: Vec<Share<'i, T>>,
}

/// The part of a pool that one id needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share<'i, T> {
    /// The id as it was given.
    pub id: &'i str,
    pub value: T,
    /// How surely the successor takes the place of this id; `None` where it is the same id.
    pub evidence: Option<Evidence>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn successors(version: &str, extensions: &[&str]) -> Successors {
        let entry = |id: &&str| format!(r#"{{"id": "{id}", "maxUsers": 1, "startDate": 1600000000000}}"#);
        let entries: Vec<_> = extensions.iter().map(entry).collect();
        let text = format!(
            r#"{{"MyEsri": {{"version": "{version}", "provision": {{"userTypes": [], "extensions": [{}]}}}}}}"#,
            entries.join(",")
        );
        let source = Source::from_text("license.json", text);
        let document = source.license().unwrap();
        Successors::new(&document, &Item::all(&document))
    }

    #[test]
    fn a_successor_counts_from_its_version_on_and_where_the_license_has_it_alone() {
        let of = |version, extensions: &[&str], id| {
            successors(version, extensions).of(ItemKind::Extension, id).map(|successor| successor.id)
        };
        assert_eq!(of("11.2", &["advediting"], "utilityNetwork"), Some("advediting"));
        assert_eq!(of("11.1", &["advediting"], "utilityNetwork"), None);
        assert_eq!(of("new", &["advediting"], "utilityNetwork"), None);
        assert_eq!(of("11.5", &[], "utilityNetwork"), None, "the license does not have the successor");
        assert_eq!(of("11.5", &["advediting", "utilityNetwork"], "utilityNetwork"), None, "it has the id itself");
        assert_eq!(of("11.5", &["advediting"], "workflow"), None, "no successor is known");
        let user_type = successors("11.5", &["creatorUT"]).of(ItemKind::UserType, "GISProfessionalBasicUT");
        assert_eq!(user_type, None, "user types are never replaced");
    }

    #[test]
    fn parcel_fabric_is_perhaps_replaced_since_11_2() {
        let retired = retirement(ItemKind::Extension, "parcelFabric").unwrap();
        assert_eq!((retired.since.to_string().as_str(), retired.successor), ("11.2", Some("advediting")));
        assert_eq!(retired.evidence, Evidence::Inferred);
    }

    #[test]
    fn pools_keep_their_order_and_their_parts() {
        let extension = ItemKind::Extension;
        let pools = successors("11.5", &["advediting", "geobim"]).pool([
            (extension, "utilityNetwork", 4),
            (extension, "geobim", 1),
            (ItemKind::App, "utilityNetwork", 9),
            (extension, "parcelFabric", 3),
            (extension, "advediting", 2),
        ]);
        let share = |id, value, evidence| Share { id, value, evidence };
        assert_eq!(pools.len(), 3);
        assert_eq!(
            pools[0].shares,
            [
                share("utilityNetwork", 4, Some(Evidence::Published)),
                share("parcelFabric", 3, Some(Evidence::Inferred)),
                share("advediting", 2, None)
            ]
        );
        assert_eq!((pools[2].kind, pools[2].id), (ItemKind::App, "utilityNetwork"));
    }
}
