//! The kinds of document that somebody who looks after a portal can hold, and what each is good for.

use std::fmt;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentKind {
    /// What `validateLicense` answers, or the license file from My Esri.
    License,
    /// What `validateLicense` answers with `listAdministratorUserTypes=true`.
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
    /// What `seatline fetch` writes beside the answers that it saves.
    FetchManifest,
    /// What seatline itself answered, as JSON.
    Answer,
    /// A table of members, counts, a plan or moves.
    Sheet,
    /// What `importLicense` answers.
    Success,
    /// `portaladmin/system/licenses`, up to 10.6.
    OldLicenses,
    /// `admin/system/licenses` of a server.
    ServerLicenses,
    /// `portals/self`, or its `subscriptionInfo`.
    Organization,
    /// `portals/self/purchases`.
    Purchases,
    /// Who has which app.
    Entitlements,
    /// `portals/self/roles`.
    Roles,
    /// `portals/self/servers`.
    Servers,
    /// `community/groups/ID/users`.
    GroupMembers,
    /// What the first page of a directory says of its version.
    Version,
    /// What `generateToken` answers.
    Token,
    /// A `.prvc`, `.ecp` or `.lic` file.
    Authorization,
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
    /// Where such a document belongs, if it is of any use.
    const fn belongs(self) -> Option<&'static str> {
        Some(match self {
            Self::License => "a license stands before the options, as in `seatline fit LICENSE --usage FILE`",
            Self::AdministratorList => "it goes with --admins",
            Self::LicenseResource => {
                "it goes with --usage, and is OLD of `diff` or --over of `preflight`; is it swapped with the license?"
            }
            Self::MemberCounts | Self::Members | Self::Member => "it goes with --usage",
            Self::UserTypes => "it goes with --usage, beside members or counts that give names",
            Self::FutureLicense => "it goes with --future, beside the license resource",
            Self::FetchManifest => "name its folder instead",
            Self::Sheet => "members and counts go with --usage, a plan with --plan, moves with --moves",
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

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wanted {
    /// A document of this kind.
    Kind(DocumentKind),
    /// Anything that tells of usage.
    Usage,
    /// What may be in force: a license or a license resource.
    InForce,
}

impl From<DocumentKind> for Wanted {
    fn from(kind: DocumentKind) -> Self {
        Self::Kind(kind)
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => kind.fmt(f),
            Self::Usage => f.write_str("a license resource, member counts or members"),
            Self::InForce => f.write_str("a license document or the portal's license resource"),
        }
    }
}

impl Wanted {
    /// Where to get it.
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

    /// Why a document of a kind is not what is wanted, and what to do.
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
