//! The catalogue: what is published about user types, app bundles, extensions and apps and is not in a license
//! document.
//!
//! Sources: Esri's pages on user types, roles and privileges for Portal for ArcGIS 10.8 to 11.4, the published 10.8 example
//! of the `validateLicense` operation with its list of administrator user types, and Esri's page on licenses for ArcGIS
//! Enterprise on Kubernetes 11.2. What took the place of an id stands in `successor`.

use crate::license::{ItemKind, Version};

/// A user type that Esri has published.
#[derive(Clone, Copy, Debug)]
struct CatalogedUserType {
    id: &'static str,
    /// The names, each with the first version that has it, the newest last. Ids never changed.
    names: &'static [(Version, &'static str)],
    /// Whether members can have the Administrator role; `None` where nobody says.
    administrator: Option<bool>,
}

const ALWAYS: Version = Version { major: 0, minor: 0 };
const V11_0: Version = Version { major: 11, minor: 0 };
const V11_4: Version = Version { major: 11, minor: 4 };

/// The four user types in the published 10.8 list of administrator user types are compatible. It is inferred from that
/// list that the others are not.
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

/// Other ids of user types that have been seen in licenses. Nobody publishes whether they are compatible with the
/// Administrator role.
const OTHER_USER_TYPES: [&str; 6] = ["storytellerUT", "IndoorsUserUT", "liteUT", "basicUT", "standardUT", "advancedUT"];

/// `workflow` is Workflow Manager; `arcgisips` and `locsharing` are of ArcGIS Enterprise on Kubernetes; `advediting` is
/// ArcGIS Advanced Editing, 11.2 and later.
const EXTENSIONS: [&str; 7] =
    ["parcelFabric", "utilityNetwork", "workflow", "geobim", "arcgisips", "locsharing", "advediting"];

/// The ids of portal items by which the sharing API names extensions, as far as Esri has published them.
const ITEM_IDS: [(&str, &str); 2] =
    [("bdfda9051e1e43f08af9afda9578efd8", "advediting"), ("4b1b5c4567204f42af7b307e172a4ad8", "geobim")];

/// App ids of the published 10.8 example; the odd spellings are real.
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

/// Other ids of apps that have been seen in licenses.
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

/// Whether the catalogue has the id for this kind.
#[must_use]
pub fn is_known(kind: ItemKind, id: &str) -> bool {
    known_ids(kind).contains(&id)
}

/// The known id that the user probably meant: it differs by one edit or by case.
#[must_use]
pub fn near_known_id(kind: ItemKind, id: &str) -> Option<&'static str> {
    let known = known_ids(kind);
    if known.contains(&id) {
        return None;
    }
    // An id that is much longer than a known one is not near it, and comparing the two would take long.
    let like = |known: &&str| {
        known.eq_ignore_ascii_case(id) || (id.len() <= known.len() + 4 && strsim::damerau_levenshtein(known, id) == 1)
    };
    known.into_iter().find(like)
}

/// The published name of an item in a license of this version; `None` where the name depends on the version and the
/// version is not known.
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

/// The ids of a kind that a published name belongs to, in any version, without regard to case and surrounding blanks.
#[must_use]
pub fn ids_by_name(kind: ItemKind, name: &str) -> Vec<&'static str> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(name.trim());
    match kind {
        ItemKind::UserType => {
            let named = USER_TYPES.iter().filter(|user_type| user_type.names.iter().any(|(_, known)| is_it(known)));
            named.map(|user_type| user_type.id).collect()
        }
        ItemKind::AppBundle => APP_BUNDLES.iter().filter(|(_, known)| is_it(known)).map(|(id, _)| *id).collect(),
        ItemKind::Extension | ItemKind::App | ItemKind::Capability => Vec::new(),
    }
}

/// The known ids of user types, each with every name that it ever had; with the id itself where no name is published.
pub(crate) fn user_type_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let named = USER_TYPES.iter().flat_map(|one| one.names.iter().map(|(_, name)| (one.id, *name)));
    named.chain(OTHER_USER_TYPES.into_iter().map(|id| (id, id)))
}

/// The id that this id of a portal item stands for in the sharing API, where Esri has published it.
#[must_use]
pub fn id_by_item_id(kind: ItemKind, item_id: &str) -> Option<&'static str> {
    let ids = ITEM_IDS.iter().filter(|_| kind == ItemKind::Extension);
    ids.into_iter().find(|(known, _)| *known == item_id).map(|(_, id)| *id)
}

/// Whether members of a user type can have the Administrator role; `None` where it is not published.
#[must_use]
pub fn administrator(id: &str) -> Option<bool> {
    USER_TYPES.iter().find(|user_type| user_type.id == id)?.administrator
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_its_id_in_any_case_and_of_any_version() {
        assert_eq!(ids_by_name(ItemKind::UserType, "contributor"), ["editorUT"]);
        assert_eq!(ids_by_name(ItemKind::UserType, " Editor "), ["editorUT"]);
        assert_eq!(ids_by_name(ItemKind::UserType, "Curator"), [""; 0]);
    }

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
    fn every_name_leads_to_its_id() {
        let ids = |name| ids_by_name(ItemKind::UserType, name);
        for (name, id) in [
            ("GIS Professional Standard", "GISProfessionalStdUT"),
            ("professional", "GISProfessionalStdUT"),
            ("Professional Plus", "GISProfessionalAdvUT"),
            ("Field Worker", "fieldWorkerUT"),
            ("Mobile Worker", "fieldWorkerUT"),
            ("CREATOR", "creatorUT"),
            ("GIS Professional Basic", "GISProfessionalBasicUT"),
        ] {
            assert_eq!(ids(name), [id], "{name}");
        }
        assert_eq!(ids_by_name(ItemKind::AppBundle, "field apps"), ["fieldAppsAB"]);
        assert!(ids("Field Apps").is_empty() && ids("").is_empty());
        assert_eq!(id_by_item_id(ItemKind::Extension, "bdfda9051e1e43f08af9afda9578efd8"), Some("advediting"));
        assert_eq!(id_by_item_id(ItemKind::App, "bdfda9051e1e43f08af9afda9578efd8"), None);
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
        for (id, meant) in [("advEditing", "advediting"), ("geoBIM", "geobim"), ("Workflow", "workflow")] {
            assert_eq!(near_known_id(ItemKind::Extension, id), Some(meant));
        }
        assert_eq!(near_known_id(ItemKind::App, "creatorUt"), None, "of its own kind only");
    }
}
