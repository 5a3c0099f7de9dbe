//! What is published about user types and app bundles beyond what a license document says.
//!
//! Sources: Esri's pages on user types, roles and privileges for Portal for ArcGIS 10.8 to 11.4, and the published 10.8
//! example of the `validateLicense` operation with its list of administrator user types.

use crate::license::{ItemKind, Version};

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
const V11_2: Version = Version { major: 11, minor: 2 };
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

/// Other ids that have been seen in licenses, of types whose compatibility with the Administrator role nobody publishes.
const OTHER_USER_TYPES: [&str; 6] = ["storytellerUT", "IndoorsUserUT", "liteUT", "basicUT", "standardUT", "advancedUT"];

/// `arcgisips` and `locsharing` are of ArcGIS Enterprise on Kubernetes.
const EXTENSIONS: [&str; 4] = ["parcelFabric", "utilityNetwork", "arcgisips", "locsharing"];

/// Those of the published 10.8 example; odd spellings are real.
const APPS: [&str; 12] = [
    "arcgisprodesktop",
    "appstudiostd",
    "collector",
    "workforce",
    "BusinessAnlyst",
    "Drone2MapN",
    "survey123",
    "Insights",
    "tracker",
    "Navigator",
    "QuickCapture",
    "arcgisRuntimeAdvanced",
];

/// Seen as well, besides those of the example.
const OTHER_APPS: [&str; 1] = ["CommunityAnlyst"];

fn known_ids(kind: ItemKind) -> Vec<&'static str> {
    match kind {
        ItemKind::UserType => USER_TYPES.iter().map(|user_type| user_type.id).chain(OTHER_USER_TYPES).collect(),
        ItemKind::AppBundle => APP_BUNDLES.iter().map(|(id, _)| *id).collect(),
        ItemKind::Extension => EXTENSIONS.to_vec(),
        ItemKind::App => APPS.into_iter().chain(OTHER_APPS).collect(),
        ItemKind::Capability => Vec::new(),
    }
}

/// Whether an id is known to be of a kind.
#[must_use]
pub fn is_known(kind: ItemKind, id: &str) -> bool {
    known_ids(kind).contains(&id)
}

/// The known id that an unknown one is probably meant to be: one edit or another case away.
#[must_use]
pub fn near_known_id(kind: ItemKind, id: &str) -> Option<&'static str> {
    let known = known_ids(kind);
    if known.contains(&id) {
        return None;
    }
    // No id that is much longer is near, and comparing it would take long.
    let like = |known: &&str| {
        known.eq_ignore_ascii_case(id) || (id.len() <= known.len() + 4 && strsim::damerau_levenshtein(known, id) == 1)
    };
    known.into_iter().find(like)
}

/// From which version on an id is perhaps known no more, and what takes its place. What Esri says of products is
/// published; that it holds for ids is inferred.
#[must_use]
pub fn retired(kind: ItemKind, id: &str) -> Option<(Version, &'static str)> {
    match (kind, id) {
        (ItemKind::UserType, "GISProfessionalBasicUT") => {
            Some((V11_4, "GIS Professional Basic was merged into Creator (creatorUT)"))
        }
        (ItemKind::Extension, "parcelFabric" | "utilityNetwork") => {
            Some((V11_2, "the product was merged into ArcGIS Advanced Editing, whose id is not published"))
        }
        _ => None,
    }
}

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

    #[test]
    fn near_ids_are_one_edit_or_another_case_away() {
        let near = |id| near_known_id(ItemKind::UserType, id);
        for id in ["CreatorUT", "creatorUt", "creatrUT", "craetorUT", "creatorUTT"] {
            assert_eq!(near(id), Some("creatorUT"), "{id}");
        }
        assert_eq!(near("creatorUT"), None);
        assert_eq!(near("brandNewUT"), None);
        assert_eq!(near_known_id(ItemKind::App, "BusinessAnalyst"), Some("BusinessAnlyst"));
        assert_eq!(near_known_id(ItemKind::App, "creatorUt"), None, "of its own kind only");
    }
}
