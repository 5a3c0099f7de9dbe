//! What kind of document a JSON object is, by its shape.

use std::fmt;

use crate::json::{JsonKind, Place, Raw, Text, members};

/// The kinds of document that a portal's administrator can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// What `validateLicense` answers, or the license file from My Esri.
    License,
    /// What `validateLicense` answers with `listAdministratorUserTypes=true`.
    AdministratorList,
    /// `portaladmin/license`: the seats assigned today.
    LicenseResource,
    /// `portals/self/users/counts`.
    MemberCounts,
    /// `portals/self/users`.
    Members,
    /// `portaladmin/license/getFutureLicense`.
    FutureLicense,
    /// What `seatline fetch` writes beside the answers that it saves.
    FetchManifest,
    /// An error answer of the portal.
    PortalError,
    /// An HTML page saved by mistake.
    Html,
}

/// With its article: "a license document".
impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::License => "a license document",
            Self::AdministratorList => "an administrator list (validateLicense with listAdministratorUserTypes=true)",
            Self::LicenseResource => "the portal's license resource (seats assigned today)",
            Self::MemberCounts => "a list of member counts (users/counts)",
            Self::Members => "a list of members (portals/self/users)",
            Self::FutureLicense => "the portal's future license (getFutureLicense)",
            Self::FetchManifest => "the manifest of a fetch",
            Self::PortalError => "an error answer of the portal",
            Self::Html => "an HTML page",
        })
    }
}

members! {
    /// An element of `userTypes` or `results`, as far as it tells the kind of document.
    #[allow(dead_code, reason = "not all of it is asked for")]
    Element {
        "maximumRegisteredMembers" => maximum: Raw<'a>,
        "startDate" => start_date: Raw<'a>,
        "key" => key: Raw<'a>,
        "count" => count: Raw<'a>,
    }
}

/// The members of a root by which its kind is told.
pub(super) const READ: [&str; 8] = ["userTypes", "users", "results", "error", "status", "messages", "code", "schema"];

/// Tells the kind of a root object without `MyEsri` that is no error answer.
pub(super) fn kind(root: &[(Text<'_>, Raw<'_>)]) -> Option<DocumentKind> {
    let list = |name: &str| {
        let (_, raw) = root.iter().find(|(Text(key), _)| key == name)?;
        (raw.kind() == Some(JsonKind::Array)).then_some(*raw)
    };
    let has = |name: &str| root.iter().any(|(Text(key), _)| key == name);
    let schema = root.iter().find(|(Text(key), _)| key == "schema").and_then(|(_, raw)| raw.string());
    if schema.is_some_and(|schema| schema.starts_with("seatline/fetch/")) {
        return Some(DocumentKind::FetchManifest);
    }
    if let Some(user_types) = list("userTypes") {
        let elements: Vec<Place<Element<'_>>> = serde_json::from_str(user_types.text()?).ok()?;
        let any = |has: for<'e> fn(&Element<'e>) -> Raw<'e>| {
            elements.iter().filter_map(Place::here).any(|element| has(element).text().is_some())
        };
        return match (any(|element| element.maximum), any(|element| element.start_date)) {
            (true, true) => Some(DocumentKind::FutureLicense),
            (true, false) => Some(DocumentKind::LicenseResource),
            (false, _) if root.len() == 1 => Some(DocumentKind::AdministratorList),
            // One without any user type.
            (false, _) if has("currentRegisteredMembers") && has("maximumRegisteredMembers") => {
                Some(DocumentKind::LicenseResource)
            }
            (false, _) => None,
        };
    }
    if list("users").is_some() {
        return Some(DocumentKind::Members);
    }
    let elements: Vec<Place<Element<'_>>> = serde_json::from_str(list("results")?.text()?).ok()?;
    let counts = |element: &Place<Element<'_>>| {
        element.here().is_some_and(|element| element.key.text().is_some() && element.count.text().is_some())
    };
    elements.iter().all(counts).then_some(DocumentKind::MemberCounts)
}
