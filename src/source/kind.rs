//! The kinds of documents that the administrator of a portal can hold, and what each kind is good for.

use std::fmt;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentKind {
    /// The answer of `validateLicense`, or the license file from My Esri.
    License,
    /// The answer of `validateLicense` with `listAdministratorUserTypes=true`.
    AdministratorList,
    /// `portaladmin/license`: the seats assigned today; on Kubernetes the license of an organization or of the system.
    LicenseResource,
    /// `portals/self/users/counts`.
    MemberCounts,
    /// `portals/self/users`, or the answer of a search for members.
    Members,
    /// `community/users/NAME`.
    Member,
    /// `portals/self/userLicenseTypes`: ids and names.
    UserTypes,
    /// `portaladmin/license/getFutureLicense`.
    FutureLicense,
    /// The manifest that `seatline fetch` writes beside the answers that it saves.
    FetchManifest,
    /// The JSON of a seatline answer.
    Answer,
    /// A table of members, counts, a plan or moves.
    Sheet,
    /// The answer of `importLicense`.
    Success,
    /// `portaladmin/system/licenses`, up to 10.6.
    OldLicenses,
    /// `admin/system/licenses` of a server.
    ServerLicenses,
    /// `portals/self`, or its `subscriptionInfo`.
    Organization,
    /// `portals/self/purchases`.
    Purchases,
    /// The answer about who has which app.
    Entitlements,
    /// `portals/self/roles`.
    Roles,
    /// `portals/self/servers`.
    Servers,
    /// `community/groups/ID/users`.
    GroupMembers,
    /// The version on the start page of a REST directory.
    Version,
    /// The answer of `generateToken`.
    Token,
    /// A `.prvc`, `.ecp` or `.lic` file.
    Authorization,
    /// An error answer of the portal.
    PortalError,
    /// An HTML page saved by mistake.
    Html,
}

/// The kind with its article, as in "a license document".
impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::License => "a license document",
            Self::AdministratorList => "an administrator list (validateLicense with listAdministratorUserTypes=true)",
            Self::LicenseResource => "the portal's license resource (seats assigned today)",
            Self::MemberCounts => "a list of member counts (users/counts)",
            Self::Members => "a list of members (portals/self/users)",
            Self::Member => "one member (community/users)",
            Self::UserTypes => "a list of user types (portals/self/userLicenseTypes)",
            Self::FutureLicense => "the portal's future license (getFutureLicense)",
            Self::FetchManifest => "the manifest of a fetch",
            Self::Answer => "an answer of seatline itself",
            Self::Sheet => "a table (CSV)",
            Self::Success => "the answer of an import (importLicense), with nothing in it to read",
            Self::OldLicenses => "the portal's licenses as up to 10.6 (system/licenses), without user types",
            Self::ServerLicenses => "the licenses of a server (system/licenses)",
            Self::Organization => "the portal's description of itself (portals/self)",
            Self::Purchases => "a list of purchases (portals/self/purchases)",
            Self::Entitlements => "a list of who has which app",
            Self::Roles => "a list of roles (portals/self/roles)",
            Self::Servers => "a list of federated servers (portals/self/servers)",
            Self::GroupMembers => "the members of a group (community/groups)",
            Self::Version => "what the portal or a server says of its version",
            Self::Token => "a token (generateToken), which is a secret",
            Self::Authorization => "an authorization file (.prvc, .ecp or .lic)",
            Self::PortalError => "an error answer of the portal",
            Self::Html => "an HTML page",
        })
    }
}

impl DocumentKind {
    /// The use of a document of this kind, if it has any.
    const fn belongs(self) -> Option<&'static str> {
        Some(match self {
            Self::License => "name it as the license itself, as in `seatline fit LICENSE`",
            Self::AdministratorList => "it belongs beside its license, as the administrator list",
            Self::LicenseResource => {
                "it tells what is assigned (usage), or what is in force (OLD); is it swapped with the license?"
            }
            Self::MemberCounts | Self::Members | Self::Member => "it tells what is assigned (usage)",
            Self::UserTypes => "it gives names, beside members or counts (usage)",
            Self::FutureLicense => "it belongs beside the license resource, as the future license",
            Self::FetchManifest => "name its folder instead",
            Self::Sheet => "it may be members or counts (usage), a plan, or moves",
            Self::Authorization => {
                "it authorizes a server or a License Manager; the license of a portal is a .json file"
            }
            Self::Token => "delete this file",
            Self::PortalError
            | Self::Html
            | Self::Answer
            | Self::Success
            | Self::OldLicenses
            | Self::ServerLicenses
            | Self::Organization
            | Self::Purchases
            | Self::Entitlements
            | Self::Roles
            | Self::Servers
            | Self::GroupMembers
            | Self::Version => return None,
        })
    }
}

/// The kind of document that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WantedKind {
    /// A document of this kind.
    Kind(DocumentKind),
    /// Any document about usage.
    Usage,
    /// A document that may be in force: a license or a license resource.
    InForce,
}

impl From<DocumentKind> for WantedKind {
    fn from(kind: DocumentKind) -> Self {
        Self::Kind(kind)
    }
}

impl fmt::Display for WantedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => kind.fmt(f),
            Self::Usage => f.write_str("a license resource, member counts or members"),
            Self::InForce => f.write_str("a license document or the portal's license resource"),
        }
    }
}

impl WantedKind {
    /// Where the user gets such a document.
    const fn to_be_had(self) -> Option<&'static str> {
        const RESOURCE: &str = "HOST/CONTEXT/portaladmin/license?f=json has what is installed";
        Some(match self {
            Self::Kind(DocumentKind::License) => {
                "the license is the .json file from My Esri, or what validateLicense answers to it"
            }
            Self::Kind(DocumentKind::AdministratorList) => {
                "validateLicense answers the list with listAdministratorUserTypes=true and f=json"
            }
            Self::Kind(DocumentKind::FutureLicense) => {
                "HOST/CONTEXT/portaladmin/license/getFutureLicense?f=json has it"
            }
            Self::Kind(DocumentKind::LicenseResource) | Self::InForce => RESOURCE,
            Self::Usage | Self::Kind(DocumentKind::Members) => {
                "members are in all pages of HOST/CONTEXT/sharing/rest/portals/self/users?f=json&num=100 and in the portal's \
                 member report (CSV), their counts in HOST/CONTEXT/portaladmin/license?f=json"
            }
            Self::Kind(_) => return None,
        })
    }

    /// Why a document of this kind does not serve, and what to do.
    #[must_use]
    pub(super) fn missed_by(self, kind: DocumentKind) -> String {
        let advice = match kind.belongs() {
            Some(belongs) if self != Self::Kind(kind) => Some(belongs),
            _ => self.to_be_had(),
        };
        let advice = advice.map_or_else(String::new, |advice| format!(": {advice}"));
        let advice = match (kind, self.to_be_had()) {
            (DocumentKind::Authorization, Some(to_be_had)) if self != Self::Kind(DocumentKind::License) => {
                format!(": {to_be_had}")
            }
            (DocumentKind::Token, Some(to_be_had)) => format!("{advice}; {to_be_had}"),
            _ => advice,
        };
        format!("this is {kind}, not {self}{advice}")
    }
}
