//! The operations of a portal.

use std::fmt;

use crate::source::{DocumentKind, fetched};

/// An operation, named by the last part of its path in the REST API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// `validateLicense`: what a license file gives. It changes nothing.
    ValidateLicense,
    /// `validateLicense` with `listAdministratorUserTypes=true`. It changes nothing.
    ListAdministratorUserTypes,
    /// `portaladmin/license`: the seats that are assigned at present.
    LicenseResource,
    /// `portaladmin/license/getFutureLicense`.
    FutureLicense,
    /// `portals/self/users/counts` by user type.
    MemberCounts,
    /// `portals/self/users`.
    Members,
    /// `community/users/NAME`: the extensions of a member.
    Member,
    /// `generateToken`.
    GenerateToken,
    /// `oauth2/authorize`: the page for signing in with a browser. This program never requests it.
    Authorize,
    /// `oauth2/token`: a token for the code of that page.
    OAuthToken,
    /// `portals/self`, of which only the name of the user who is signed in is read.
    PortalSelf,
    /// `portals/self/updateUserLicenseType`: changes members' user types.
    UpdateUserLicenseType,
}

impl Operation {
    /// The operations that `seatline fetch` asks for, in this order.
    pub const FETCHED: [Self; 6] = [
        Self::ValidateLicense,
        Self::ListAdministratorUserTypes,
        Self::LicenseResource,
        Self::FutureLicense,
        Self::MemberCounts,
        Self::Members,
    ];

    /// The name in the REST API, for messages.
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

    /// The name of the answer on the command line.
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

    /// The kind of document that the operation answers; `None` where its answer is not kept.
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

    /// The name of the file for an answer; for a list in pages, the file of page `page`, from 1.
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

    /// Whether [`Self::file_name`] gives this name.
    #[must_use]
    pub fn is_file_name(name: &str) -> bool {
        fetched::is_answer(name)
    }

    /// Whether sending the request twice has the same effect as sending it once.
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        !matches!(self, Self::GenerateToken | Self::OAuthToken | Self::UpdateUserLicenseType)
    }

    /// Whether the operation signs a user in.
    #[must_use]
    pub const fn is_sign_in(self) -> bool {
        matches!(self, Self::GenerateToken | Self::OAuthToken)
    }

    /// Whether the answer is worth nothing without a user, since it is about the portal's members.
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
