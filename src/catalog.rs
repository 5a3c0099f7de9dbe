//! What is published about user types and app bundles beyond what a license document says.
//!
//! Sources: Esri's pages on user types, roles and privileges for Portal for ArcGIS 10.8 to 11.4, and the published 10.8
//! example of the `validateLicense` operation with its list of administrator user types.

use crate::item::ItemKind;
use crate::version::Version;

/// A user type that Esri has published.
#[derive(Clone, Copy, Debug)]
struct CatalogedUserType {
    id: &'static str,
    /// Its name, and the version from which on it bears it; the newest last. Ids never changed.
    names: &'static [(Version, &'static str)],
    /// Whether its members can have the Administrator role; `None` where nobody says.
    administrator: Option<bool>,
}

const ALWAYS: Version = Version { major: 0, minor: 0 };
const V11_0: Version = Version { major: 11, minor: 0 };
const V11_4: Version = Version { major: 11, minor: 4 };

/// Those not in the 10.8 list of administrator user types are inferred to be incompatible; the four in it are published.
const USER_TYPES: [CatalogedUserType; 8] = [
    CatalogedUserType { id: "creatorUT", names: &[(ALWAYS, "Creator")], administrator: Some(true) },
    CatalogedUserType {
        id: "GISProfessionalBasicUT",
        names: &[(ALWAYS, "GIS Professional Basic")],
        administrator: Some(true),
    },
    CatalogedUserType {
        id: "GISProfessionalStdUT",
        names: &[(ALWAYS, "GIS Professional Standard"), (V11_4, "Professional")],
        administrator: Some(true),
    },
    CatalogedUserType {
        id: "GISProfessionalAdvUT",
        names: &[(ALWAYS, "GIS Professional Advanced"), (V11_4, "Professional Plus")],
        administrator: Some(true),
    },
    CatalogedUserType { id: "insightsAnalystUT", names: &[(ALWAYS, "Insights Analyst")], administrator: Some(false) },
    CatalogedUserType {
        id: "editorUT",
        names: &[(ALWAYS, "Editor"), (V11_4, "Contributor")],
        administrator: Some(false),
    },
    CatalogedUserType {
        id: "fieldWorkerUT",
        names: &[(ALWAYS, "Field Worker"), (V11_0, "Mobile Worker")],
        administrator: Some(false),
    },
    CatalogedUserType { id: "viewerUT", names: &[(ALWAYS, "Viewer")], administrator: Some(false) },
];

/// Names from the published 10.8 example.
const APP_BUNDLES: [(&str, &str); 3] =
    [("fieldAppsAB", "Field Apps"), ("officeAppsAB", "Office Apps"), ("essentialAppsAB", "Essential Apps")];

/// The published name of an item in a license of this version. Where the name changed with a version and the license's
/// is not known, there is none.
#[must_use]
pub fn known_as(kind: ItemKind, id: &str, version: Option<Version>) -> Option<&'static str> {
    match kind {
        ItemKind::UserType => {
            let names = USER_TYPES.iter().find(|user_type| user_type.id == id)?.names;
            match (names, version) {
                ([(_, only)], _) => Some(only),
                (_, None) => None,
                (names, Some(version)) => {
                    names.iter().rev().find(|(since, _)| *since <= version).map(|(_, name)| *name)
                }
            }
        }
        ItemKind::AppBundle => APP_BUNDLES.iter().find(|(known, _)| *known == id).map(|(_, name)| *name),
        ItemKind::Extension | ItemKind::App | ItemKind::Capability => None,
    }
}

/// Whether members of a user type can have the Administrator role, as far as it is published.
#[must_use]
pub fn administrator(id: &str) -> Option<bool> {
    USER_TYPES.iter().find(|user_type| user_type.id == id)?.administrator
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_version() {
        let name = |id, version: &str| known_as(ItemKind::UserType, id, version.parse().ok());
        assert_eq!(name("editorUT", "10.8"), Some("Editor"));
        assert_eq!(name("editorUT", "11.4"), Some("Contributor"));
        assert_eq!(name("fieldWorkerUT", "11.3"), Some("Mobile Worker"));
        assert_eq!(name("editorUT", "unknown"), None);
        assert_eq!(name("creatorUT", "unknown"), Some("Creator"));
        assert_eq!(name("CreatorUT", "10.8"), None, "ids are case-sensitive");
    }
}
