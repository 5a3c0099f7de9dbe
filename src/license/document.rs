//! The members of a license document that are read. Their names are those of the `validateLicense` operation in Esri's
//! ArcGIS REST API documentation (10.7, 10.8 and later, Kubernetes 11.0).

use std::borrow::Cow;

use crate::json::{self, JsonTable, Place, Pointer, Raw, Visit, table};
use serde_json::Value;

/// A license document: the answer of `validateLicense`, or the license file from My Esri.
///
/// ```
/// use seatline::{Instant, Item, Source};
///
/// let text = r#"{"MyEsri": {"version": "10.8", "provision": {"userTypes": [
///     {"id": "creatorUT", "maxUsers": 200, "startDate": 1542672000000}
/// ]}}}"#;
/// let source = Source::from_text("license.json", text);
/// let document = source.license()?;
/// let items = Item::all(&document);
/// assert_eq!(items[0].id, "creatorUT");
/// assert_eq!(items[0].timeline.seats_at(Instant::from_epoch_ms(1_600_000_000_000)), 200);
/// # Ok::<(), seatline::Failure>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct LicenseDocument<'a> {
    pub(crate) my_esri: MyEsri<'a>,
    /// The names of the members beside `MyEsri`, which are not read, in order.
    pub(crate) others: Vec<Cow<'a, str>>,
}

table! {
    /// The member `MyEsri`.
    pub MyEsri {
        /// A string in the published example, a number in the published syntax.
        "version" => version: Raw<'a> [Text Number],
        /// Kubernetes, 11.0 and later: a string whose content is unpublished.
        "capabilities" => capabilities: Raw<'a> [Text Null],
        /// Names and descriptions.
        "definitions" => definitions: Place<Definitions<'a>>,
        "provision" => provision: Place<Provision<'a>>,
        /// Dates without seats.
        "portalCapabilities" => portal_capabilities: Place<Vec<Place<CapabilityEntry<'a>>>>,
    }
}

table! {
    /// `MyEsri.definitions`.
    pub Definitions {
        /// The definitions of user types.
        "userTypes" => user_types: Place<Vec<Place<UserTypeDefinition<'a>>>>,
        /// The definitions of app bundles.
        "appBundles" => app_bundles: Place<Vec<Place<AppBundleDefinition<'a>>>>,
    }
}

table! {
    /// An element of `MyEsri.definitions.userTypes`.
    pub UserTypeDefinition {
        /// The id, such as `creatorUT`.
        "id" => id: Raw<'a> [Text],
        /// The name, such as `Creator`.
        "name" => name: Raw<'a> [Text Null],
        /// Free text.
        "description" => description: Raw<'a> [Text Null],
        /// A code, not a rank: `2`, `11` or `1`, a string or a number.
        "level" => level: Raw<'a> [Text Number Null],
        /// Whether this is Esri's default user type.
        "isEsriDefault" => is_esri_default: Raw<'a> [Boolean Null],
        /// The extensions that every member of this type has.
        "extensions" => extensions: Place<Vec<Place<IncludedExtension<'a>>>>,
    }
}

table! {
    /// An element of `extensions` of a user type definition.
    pub IncludedExtension {
        /// The id, such as `utilityNetwork`.
        "id" => id: Raw<'a> [Text],
        /// The names of the entitlements; in `provision` the member of this name holds objects.
        "entitlements" => entitlements: Raw<'a> [Strings],
    }
}

table! {
    /// An element of `MyEsri.definitions.appBundles`.
    pub AppBundleDefinition {
        /// The id; in `provision` the member is called `id`.
        "appBundleItemId" => id: Raw<'a> [Text],
        /// The name, such as `Field Apps`.
        "name" => name: Raw<'a> [Text Null],
        /// Free text.
        "description" => description: Raw<'a> [Text Null],
    }
}

table! {
    /// `MyEsri.provision`.
    pub Provision {
        /// Seats per user type.
        "userTypes" => user_types: Place<Vec<Place<Entry<'a>>>>,
        /// Seats per app bundle.
        "appBundles" => app_bundles: Place<Vec<Place<Entry<'a>>>>,
        /// Seats per add-on extension, 10.8 and later.
        "extensions" => extensions: Place<Vec<Place<Entry<'a>>>>,
        /// Seats per app.
        "apps" => apps: Place<Vec<Place<Entry<'a>>>>,
    }
}

table! {
    /// A provision entry: "from `startDate` on, the seats are `maxUsers`".
    pub Entry {
        /// The id of the user type, app bundle, extension or app.
        "id" => id: Raw<'a> [Text],
        /// The number of seats.
        "maxUsers" => max_users: Raw<'a> [Number],
        /// The instant from which on the entry holds, in epoch milliseconds.
        "startDate" => start_date: Raw<'a> [Number],
        /// The list of apps; null or missing in entries without one.
        "apps" => apps: Raw<'a> [List Null],
        /// The entitlements, in entries of extensions.
        "entitlements" => entitlements: Place<Vec<Place<ListedEntitlement<'a>>>>,
    }
}

table! {
    /// An element of `entitlements` of an extension's provision entry.
    pub ListedEntitlement {
        /// The number of seats; in every published entry the same as `maxUsers`.
        "num" => num: Raw<'a> [Number],
        /// The name of the entitlement, such as `utilityNetwork`.
        "apiName" => api_name: Raw<'a> [Text],
    }
}

table! {
    /// An element of `MyEsri.portalCapabilities`.
    pub CapabilityEntry {
        /// The id, such as `indoors`.
        "id" => id: Raw<'a> [Text],
        /// The first instant with the capability, in epoch milliseconds.
        "startDate" => start_date: Raw<'a> [Number],
        /// The first instant without the capability, in epoch milliseconds.
        "endDate" => end_date: Raw<'a> [Number Null],
    }
}

impl LicenseDocument<'_> {
    /// Whether every member that is read has a documented sort of value. Counts and dates have their own rules.
    pub(crate) fn is_as_documented(&self) -> bool {
        json::is_as_documented(&self.my_esri)
    }

    /// The members that are read, and nothing else, as a plain value for the schema.
    pub(crate) fn to_value(&self) -> Value {
        serde_json::json!({ ROOT: json::to_value(&self.my_esri) })
    }

    /// Calls `visit` for every object that is read and has members that are not read.
    pub(crate) fn objects(&self, visit: &mut Visit<'_>) {
        if !self.others.is_empty() {
            visit(&Pointer::default, &self.others);
        }
        json::objects(&self.my_esri, &|| Pointer::of(&[ROOT]), visit);
    }

    /// The names of the members that are read in the object at a pointer; none where no object is read there.
    pub(crate) fn members_at(pointer: &Pointer) -> &'static [&'static str] {
        let path: Vec<_> = pointer.segments().collect();
        let path: Vec<_> = path.iter().map(String::as_str).collect();
        match path.split_first() {
            None => &[ROOT],
            Some((&ROOT, inside)) => MyEsri::names_at(inside),
            Some(_) => &[],
        }
    }
}

/// The only member of the document that is read.
const ROOT: &str = "MyEsri";

#[cfg(test)]
mod tests {
    use crate::json::Pointer;
    use crate::license::LicenseDocument;
    use crate::source::Source;
    use serde_json::Value;

    #[test]
    fn the_published_example_is_understood_and_comes_back() {
        let text = include_str!("../../samples/portal-10.8.json");
        let source = Source::from_text("portal-10.8.json", text);
        let document = source.license().unwrap();
        assert!(document.is_as_documented());
        assert_eq!(document.to_value(), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn the_members_that_are_read_are_found_by_their_pointer() {
        let at = |pointer| LicenseDocument::members_at(&Pointer::parse(pointer));
        assert_eq!(at(""), ["MyEsri"]);
        assert_eq!(at("/MyEsri/provision/apps/3"), ["id", "maxUsers", "startDate", "apps", "entitlements"]);
        assert_eq!(at("/MyEsri/provision/extensions/0/entitlements/1"), ["num", "apiName"]);
        assert_eq!(at("/MyEsri/definitions/userTypes/0/extensions/1"), ["id", "entitlements"]);
        for none in
            ["/other", "/MyEsri/other", "/MyEsri/version", "/MyEsri/provision/apps", "/MyEsri/provision/other/0"]
        {
            assert_eq!(at(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn odd_members_are_not_understood() {
        for text in [
            r#"{"MyEsri": {"version": {}}}"#,
            r#"{"MyEsri": {"definitions": []}}"#,
            r#"{"MyEsri": {"definitions": {"userTypes": [{"level": {}}]}}}"#,
            r#"{"MyEsri": {"definitions": {"userTypes": [{"extensions": [{"entitlements": [1]}]}]}}}"#,
            r#"{"MyEsri": {"provision": {"apps": [{"maxUsers": "5"}]}}}"#,
            r#"{"MyEsri": {"portalCapabilities": [null]}}"#,
        ] {
            let source = Source::from_text("test", text);
            assert!(!source.license().unwrap().is_as_documented(), "{text}");
        }
    }
}
