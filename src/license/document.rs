//! The members of a license document that are read. Their names are those of the `validateLicense` operation in Esri's
//! ArcGIS REST API documentation (10.7, 10.8 and later, Kubernetes 11.0).

use std::borrow::Cow;

use crate::json::{Place, Raw, members};

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
    /// What stands under `MyEsri`.
    pub(crate) my_esri: MyEsri<'a>,
    /// Names of the members beside `MyEsri`, which are not read, in order.
    pub(crate) others: Vec<Cow<'a, str>>,
}

members! {
    /// What stands under `MyEsri`.
    pub MyEsri {
        /// A string in the published example, a number in the published syntax.
        "version" => version: Raw<'a>,
        /// Kubernetes, 11.0 and later: a string whose content is unpublished.
        "capabilities" => capabilities: Raw<'a>,
        /// Names and descriptions.
        "definitions" => definitions: Place<Definitions<'a>>,
        /// Seats.
        "provision" => provision: Place<Provision<'a>>,
        /// Dates without seats.
        "portalCapabilities" => portal_capabilities: Place<Vec<Place<CapabilityEntry<'a>>>>,
    }
}

members! {
    /// `MyEsri.definitions`.
    pub Definitions {
        /// The user types of this license.
        "userTypes" => user_types: Place<Vec<Place<UserTypeDefinition<'a>>>>,
        /// The app bundles of this license.
        "appBundles" => app_bundles: Place<Vec<Place<AppBundleDefinition<'a>>>>,
    }
}

members! {
    /// An element of `MyEsri.definitions.userTypes`.
    pub UserTypeDefinition {
        /// `creatorUT`.
        "id" => id: Raw<'a>,
        /// `Creator`.
        "name" => name: Raw<'a>,
        /// Free text.
        "description" => description: Raw<'a>,
        /// A code, not a rank: `2`, `11` or `1`, a string or a number.
        "level" => level: Raw<'a>,
        /// A boolean.
        "isEsriDefault" => is_esri_default: Raw<'a>,
        /// The extensions that every member of this type has.
        "extensions" => extensions: Place<Vec<Place<IncludedExtension<'a>>>>,
    }
}

members! {
    /// An element of `extensions` of a user type definition.
    pub IncludedExtension {
        /// `utilityNetwork`.
        "id" => id: Raw<'a>,
        /// Names; in `provision` the same member holds objects.
        "entitlements" => entitlements: Raw<'a>,
    }
}

members! {
    /// An element of `MyEsri.definitions.appBundles`.
    pub AppBundleDefinition {
        /// What is `id` in `provision`.
        "appBundleItemId" => id: Raw<'a>,
        /// `Field Apps`.
        "name" => name: Raw<'a>,
        /// Free text.
        "description" => description: Raw<'a>,
    }
}

members! {
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

members! {
    /// A provision entry: "from `startDate` on, the seats are `maxUsers`".
    pub Entry {
        /// Of the user type, app bundle, extension or app.
        "id" => id: Raw<'a>,
        /// Seats.
        "maxUsers" => max_users: Raw<'a>,
        /// Epoch milliseconds, UTC.
        "startDate" => start_date: Raw<'a>,
        /// Null, absent or a list.
        "apps" => apps: Raw<'a>,
        /// Of extensions.
        "entitlements" => entitlements: Place<Vec<Place<Entitlement<'a>>>>,
    }
}

members! {
    /// An element of `entitlements` of an extension's provision entry.
    pub Entitlement {
        /// Seats; in every published entry the same as `maxUsers`.
        "num" => num: Raw<'a>,
        /// `utilityNetwork`.
        "apiName" => api_name: Raw<'a>,
    }
}

members! {
    /// An element of `MyEsri.portalCapabilities`.
    pub CapabilityEntry {
        /// `indoors`.
        "id" => id: Raw<'a>,
        /// Epoch milliseconds, UTC.
        "startDate" => start_date: Raw<'a>,
        /// Epoch milliseconds, UTC: the first instant without the capability.
        "endDate" => end_date: Raw<'a>,
    }
}
