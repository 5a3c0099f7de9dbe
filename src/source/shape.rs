//! The kind of a document, by the names and sorts of its members.

use crate::json::{JsonKind, Place, Raw, Text, members};
use crate::source::DocumentKind;

members! {
    /// The members of a list's element that tell the kind of the document.
    #[allow(dead_code, reason = "not all of it is asked for")]
    pub(super) Element {
        "MyEsri" => my_esri: Raw<'a>,
        "maximumRegisteredMembers" => maximum: Raw<'a>,
        "startDate" => start_date: Raw<'a>,
        "key" => key: Raw<'a>,
        "count" => count: Raw<'a>,
        "username" => username: Raw<'a>,
        "coreCount" => cores: Raw<'a>,
    }
}

/// The members of a root that tell its kind.
pub(super) const READ: [&str; 13] = [
    "userTypes",
    "appBundles",
    "extensions",
    "apps",
    "users",
    "results",
    "userLicenseTypes",
    "username",
    "error",
    "status",
    "messages",
    "code",
    "schema",
];

const LISTS: [&str; 4] = ["userTypes", "appBundles", "extensions", "apps"];

/// The members of a root object that has no `MyEsri` and is no error answer.
struct RootMembers<'r, 'a>(&'r [(Text<'a>, Raw<'a>)]);

impl<'a> RootMembers<'_, 'a> {
    fn member(&self, name: &str) -> Option<Raw<'a>> {
        self.0.iter().find(|(Text(key), _)| key == name).map(|(_, raw)| *raw)
    }

    fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    fn is(&self, name: &str, kind: JsonKind) -> bool {
        self.member(name).and_then(Raw::kind) == Some(kind)
    }

    fn has_list(&self, name: &str) -> bool {
        self.is(name, JsonKind::Array)
    }

    /// The elements of a list that are objects. The list is empty where an element has a member twice: the reader of
    /// that kind of document reports it.
    fn list(&self, name: &str) -> Vec<Element<'a>> {
        let text = self.member(name).filter(|raw| raw.kind() == Some(JsonKind::Array)).and_then(Raw::text);
        let elements: Vec<Place<Element<'a>>> =
            text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        elements.into_iter().filter_map(|element| element.here().cloned()).collect()
    }
}

/// Whether this is a table of members by columns, each an object or a list, as pandas saves a data frame by default.
pub(super) fn is_by_columns(members: &[(Text<'_>, Raw<'_>)]) -> bool {
    let root = RootMembers(members);
    ["username", "Username"].into_iter().any(|name| root.is(name, JsonKind::Object) || root.has_list(name))
}

/// The kind of a root object that has no `MyEsri` and is no error answer.
pub(super) fn of_object(members: &[(Text<'_>, Raw<'_>)]) -> Option<DocumentKind> {
    let root = RootMembers(members);
    let schema = root.member("schema").and_then(Raw::string);
    match schema.as_deref() {
        Some(schema) if schema.starts_with("seatline/fetch/") => return Some(DocumentKind::FetchManifest),
        Some(schema) if schema.starts_with("seatline/") => return Some(DocumentKind::Answer),
        _ => {}
    }
    about_seats(&root).or_else(|| about_members(&root)).or_else(|| about_others(&root))
}

fn about_seats(root: &RootMembers<'_, '_>) -> Option<DocumentKind> {
    let listed: Vec<_> = LISTS.into_iter().filter(|name| root.has_list(name)).collect();
    let mut entries = listed.iter().flat_map(|name| root.list(name)).peekable();
    let is_empty = entries.peek().is_none();
    let mut entries = entries.filter(|entry| entry.maximum.text().is_some()).peekable();
    if entries.peek().is_some() {
        let future = entries.any(|entry| entry.start_date.text().is_some());
        return Some(if future { DocumentKind::FutureLicense } else { DocumentKind::LicenseResource });
    }
    if root.has("currentRegisteredMembers") && root.has("maximumRegisteredMembers") {
        return Some(match root.has_list("userTypes") {
            // A license resource of a portal without any user type.
            true => DocumentKind::LicenseResource,
            false => DocumentKind::OldLicenses,
        });
    }
    match (root.0, listed.as_slice()) {
        ([_], ["userTypes"]) => Some(DocumentKind::AdministratorList),
        // The license resource of a Kubernetes organization that licenses nothing but servers.
        (_, lists)
            if root.is("licenseManagerInfo", JsonKind::Object)
                || (!lists.is_empty() && root.is("capabilities", JsonKind::Object)) =>
        {
            Some(DocumentKind::LicenseResource)
        }
        // The answer that no license is to follow.
        (all, [_, _, ..]) if is_empty && all.len() == listed.len() => Some(DocumentKind::FutureLicense),
        _ => None,
    }
}

fn about_members(root: &RootMembers<'_, '_>) -> Option<DocumentKind> {
    if root.has_list("users") && root.has_list("admins") {
        return Some(DocumentKind::GroupMembers);
    }
    if root.has_list("users") {
        return Some(DocumentKind::Members);
    }
    if root.has_list("results") {
        let results = root.list("results");
        if results.is_empty() && root.has("query") {
            return Some(DocumentKind::Members);
        }
        return of_elements(&results);
    }
    if root.has_list("userLicenseTypes") {
        return Some(DocumentKind::UserTypes);
    }
    root.is("username", JsonKind::String).then_some(DocumentKind::Member)
}

/// The kind of a list by its elements; an empty list counts as member counts.
fn of_elements(elements: &[Element<'_>]) -> Option<DocumentKind> {
    let all = |has: fn(&Element<'_>) -> bool| elements.iter().all(has);
    if all(|element| element.key.text().is_some() && element.count.text().is_some()) {
        return Some(DocumentKind::MemberCounts);
    }
    all(|element| element.username.text().is_some()).then_some(DocumentKind::Members)
}

/// The kind of a document whose root is a list.
pub(super) fn of_list(elements: &[Place<Element<'_>>]) -> Option<DocumentKind> {
    let objects: Option<Vec<_>> = elements.iter().map(|element| element.here().cloned()).collect();
    objects.filter(|objects| !objects.is_empty()).and_then(|objects| of_elements(&objects))
}

/// Documents that are mistaken for those that tell of a portal's seats.
fn about_others(root: &RootMembers<'_, '_>) -> Option<DocumentKind> {
    let object = |name: &str| root.is(name, JsonKind::Object);
    let of_server = ["edition", "level", "datafeature"].into_iter().any(object)
        || root.list("features").iter().any(|feature| feature.cores.text().is_some());
    let tells = [
        (of_server, DocumentKind::ServerLicenses),
        (
            object("subscriptionInfo") || object("userLicenseTypes") || root.has("maxUsersPerLevel"),
            DocumentKind::Organization,
        ),
        (root.has("portalHostname") || root.has("urlKey"), DocumentKind::Organization),
        (root.has_list("purchases"), DocumentKind::Purchases),
        (root.has_list("userEntitlements"), DocumentKind::Entitlements),
        (root.has_list("roles"), DocumentKind::Roles),
        (root.has_list("servers"), DocumentKind::Servers),
        (root.has("currentVersion"), DocumentKind::Version),
        (root.is("token", JsonKind::String) && root.has("expires"), DocumentKind::Token),
        (
            root.member("status").and_then(Raw::string).is_some_and(|status| status == "success")
                || root.member("success").and_then(Raw::boolean) == Some(true),
            DocumentKind::Success,
        ),
    ];
    tells.into_iter().find(|(is, _)| *is).map(|(_, kind)| kind)
}
