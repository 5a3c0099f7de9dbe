//! The operations of a portal.

use std::fmt;

use crate::source::{DocumentKind, fetched};

/// An operation, by the name of its last step in the REST API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `validateLicense`: what a license file gives. Changes nothing.
    ValidateLicense,
    /// `validateLicense` with `listAdministratorUserTypes=true`. Changes nothing.
    ListAdministratorUserTypes,
    /// `portaladmin/license`: the seats assigned today.
    LicenseResource,
    /// `portaladmin/license/getFutureLicense`.
    FutureLicense,
    /// `portals/self/users/counts` by user type.
    MemberCounts,
    /// `portals/self/users`.
    Members,
    /// `community/users/NAME`: which extensions one member has.
    Member,
    /// `generateToken`.
    GenerateToken,
    /// `oauth2/authorize`: the page on which one signs in with a browser. It is never asked by this program.
    Authorize,
    /// `oauth2/token`: a token for the code of that page.
    OAuthToken,
    /// `portals/self`: of what it says only who is signed in.
    PortalSelf,
    /// `portals/self/updateUserLicenseType`: changes members' user types.
    UpdateUserLicenseType,
}

impl Operation {
    /// Those that `seatline fetch` asks for, in its order.
    pub const FETCHED: [Self; 6] = [
        Self::ValidateLicense,
        Self::ListAdministratorUserTypes,
        Self::LicenseResource,
        Self::FutureLicense,
        Self::MemberCounts,
        Self::Members,
    ];

    /// The name for people, as in the REST API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValidateLicense => "validateLicense",
            Self::ListAdministratorUserTypes => "validateLicense (listAdministratorUserTypes=true)",
            Self::LicenseResource => "license",
            Self::FutureLicense => "getFutureLicense",
            Self::MemberCounts => "users/counts",
            Self::Members => "users",
            Self::Member => "community/users",
            Self::GenerateToken => "generateToken",
            Self::Authorize => "oauth2/authorize",
            Self::OAuthToken => "oauth2/token",
            Self::PortalSelf => "portals/self",
            Self::UpdateUserLicenseType => "updateUserLicenseType",
        }
    }

    /// The name of what is fetched, as on the command line.
    #[must_use]
    pub const fn choice(self) -> &'static str {
        match self {
            Self::ValidateLicense => "license",
            Self::ListAdministratorUserTypes => "administrators",
            Self::LicenseResource => "license-resource",
            Self::FutureLicense => "future-license",
            Self::MemberCounts => "member-counts",
            Self::Members => "members",
            Self::Member => "extensions",
            Self::GenerateToken | Self::OAuthToken => "token",
            Self::Authorize => "page",
            Self::PortalSelf => "self",
            Self::UpdateUserLicenseType => "user-type",
        }
    }

    /// The kind of document that it answers; `None` where the answer is none that is kept.
    #[must_use]
    pub const fn kind(self) -> Option<DocumentKind> {
        match self {
            Self::ValidateLicense => Some(DocumentKind::License),
            Self::ListAdministratorUserTypes => Some(DocumentKind::AdministratorList),
            Self::LicenseResource => Some(DocumentKind::LicenseResource),
            Self::FutureLicense => Some(DocumentKind::FutureLicense),
            Self::MemberCounts => Some(DocumentKind::MemberCounts),
            Self::Members => Some(DocumentKind::Members),
            Self::Member => Some(DocumentKind::Member),
            Self::GenerateToken
            | Self::Authorize
            | Self::OAuthToken
            | Self::PortalSelf
            | Self::UpdateUserLicenseType => None,
        }
    }

    /// The name an answer is saved under; for lists that come in pages the name of page `page`, from 1.
    #[must_use]
    pub fn file_name(self, page: usize) -> String {
        match self {
            Self::ValidateLicense => "validated-license.json".to_owned(),
            Self::ListAdministratorUserTypes => "administrator-list.json".to_owned(),
            Self::MemberCounts if page <= 1 => "member-counts.json".to_owned(),
            Self::MemberCounts => format!("member-counts-{page:04}.json"),
            Self::Members => format!("members-{page:04}.json"),
            Self::Member => "member-extensions.jsonl".to_owned(),
            other => format!("{}.json", other.choice()),
        }
    }

    /// Whether this is a name that [`Self::file_name`] gives.
    #[must_use]
    pub fn is_file_name(name: &str) -> bool {
        fetched::is_answer(name)
    }

    /// Whether sending it twice does what sending it once does.
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        !matches!(self, Self::GenerateToken | Self::OAuthToken | Self::UpdateUserLicenseType)
    }

    /// Whether it signs somebody in.
    #[must_use]
    pub const fn is_sign_in(self) -> bool {
        matches!(self, Self::GenerateToken | Self::OAuthToken)
    }

    /// Whether it belongs to the portal's members, so that an answer to nobody in particular would be worth nothing.
    #[must_use]
    pub const fn needs_user(self) -> bool {
        matches!(
            self,
            Self::MemberCounts | Self::Members | Self::Member | Self::PortalSelf | Self::UpdateUserLicenseType
        )
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_known_again() {
        for operation in Operation::FETCHED.into_iter().chain([Operation::Member]) {
            for page in [1, 2, 9_999, 10_000] {
                assert!(Operation::is_file_name(&operation.file_name(page)), "{operation} {page}");
            }
        }
        for name in ["members-1.json", "members-.json", "members-000x.json", "my.json", "manifest.json", ""] {
            assert!(!Operation::is_file_name(name), "{name}");
        }
        assert_eq!(Operation::Members.file_name(300), "members-0300.json");
    }
}
