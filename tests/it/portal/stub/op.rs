//! The operations of a portal, and their paths.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Op {
    /// `POST …/license/validateLicense`
    ValidateLicense,
    /// `GET …/license`
    License,
    /// `GET …/portaladmin/license/getFutureLicense`
    FutureLicense,
    /// `GET …/portaladmin`
    AdminVersion,
    /// `GET …/sharing/rest`
    SharingVersion,
    /// `POST …/sharing/rest/generateToken`
    GenerateToken,
    /// `POST …/sharing/rest/oauth2/token`
    OAuthToken,
    /// `GET …/sharing/rest/portals/self`
    PortalSelf,
    /// `GET …/sharing/rest/portals/self/users/counts`
    Counts,
    /// `GET …/sharing/rest/portals/self/users`
    Members,
    /// `GET …/sharing/rest/community/users/NAME`
    Member,
    /// `POST …/sharing/rest/portals/self/updateUserLicenseType`
    UpdateUserLicenseType,
    /// Any other path.
    Other,
    /// In scripts: any operation.
    Any,
}

impl Op {
    /// The operation at a path. `kubernetes` is the id of the organization if the portal runs on Kubernetes. Such a
    /// portal has the license at another path, and no future license.
    pub(crate) fn at(path: &str, context: &str, kubernetes: Option<&str>) -> Self {
        let Some(path) = path.strip_prefix(context) else { return Self::Other };
        let path = path.strip_suffix('/').unwrap_or(path);
        if let Some(sharing) = path.strip_prefix("/sharing/rest") {
            return match sharing {
                "" => Self::SharingVersion,
                "/generateToken" => Self::GenerateToken,
                "/oauth2/token" => Self::OAuthToken,
                "/portals/self" => Self::PortalSelf,
                "/portals/self/users" => Self::Members,
                "/portals/self/users/counts" => Self::Counts,
                "/portals/self/updateUserLicenseType" => Self::UpdateUserLicenseType,
                other if other.starts_with("/community/users/") => Self::Member,
                _ => Self::Other,
            };
        }
        match kubernetes {
            None => match path.strip_prefix("/portaladmin") {
                Some("") => Self::AdminVersion,
                Some("/license") => Self::License,
                Some("/license/validateLicense") => Self::ValidateLicense,
                Some("/license/getFutureLicense") => Self::FutureLicense,
                _ => Self::Other,
            },
            Some(organization) => {
                let Some(path) = path.strip_prefix("/admin") else { return Self::Other };
                match path.strip_prefix(&format!("/orgs/{organization}")) {
                    Some("/license") => Self::License,
                    Some("/license/validateLicense") => Self::ValidateLicense,
                    _ if path.is_empty() => Self::AdminVersion,
                    _ => Self::Other,
                }
            }
        }
    }

    /// The only HTTP method that the operation accepts.
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::ValidateLicense | Self::GenerateToken | Self::OAuthToken | Self::UpdateUserLicenseType => "POST",
            _ => "GET",
        }
    }

    /// Whether the operation is in the administrator's directory, where a POST must have its token in the body.
    pub(crate) fn is_admin(self) -> bool {
        matches!(self, Self::ValidateLicense | Self::License | Self::FutureLicense | Self::AdminVersion)
    }
}
