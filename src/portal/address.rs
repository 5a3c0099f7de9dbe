//! The address of a portal, and the URLs of its operations.

use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use crate::portal::Operation;

/// The id of the default organization of ArcGIS Enterprise on Kubernetes.
pub const DEFAULT_ORG: &str = "0123456789ABCDEF";

/// The address of a portal, `https://HOST/CONTEXT`, and its organization if it runs on Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    base: Url,
    org: Option<String>,
}

/// Why a text is no address of a portal. The message does not repeat the text, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// The text is no URL.
    #[error("this is no URL ({0}): it should be https://HOST/CONTEXT, as in https://portal.example.com/portal")]
    NotUrl(String),
    /// The scheme is neither https nor http.
    #[error("the portal is asked over https, not {0}")]
    Scheme(String),
    /// Plain http would go to another machine.
    #[error("plain http would send everything, passwords too, for all to read: use https")]
    PlainHttp,
    /// The URL has a user name or a password.
    #[error("a URL is no place for a user name or a password")]
    HasUser,
    /// The URL has a query or a fragment.
    #[error("it ends with a query or a fragment: give https://HOST/CONTEXT only")]
    HasQuery,
    /// The URL is that of a page or an operation.
    #[error("this is an address within the portal: leave out /{0} and what follows")]
    TooDeep(String),
    /// The id of the organization has characters other than letters and digits.
    #[error("an organization id has letters, digits, - and _ only")]
    Org,
}

impl Address {
    /// Reads `https://HOST/CONTEXT`. `org` is the organization of a portal on Kubernetes.
    ///
    /// # Errors
    /// An [`AddressError`] where the text is no such address, or uses `http` to another machine without `allow_http`.
    pub fn parse(text: &str, org: Option<&str>, allow_http: bool) -> Result<Self, AddressError> {
        let mut base = Url::parse(text.trim()).map_err(|error| AddressError::NotUrl(error.to_string()))?;
        if !base.username().is_empty() || base.password().is_some() {
            return Err(AddressError::HasUser);
        }
        if base.query().is_some() || base.fragment().is_some() {
            return Err(AddressError::HasQuery);
        }
        match base.scheme() {
            "https" => {}
            "http" if allow_http || is_loopback(&base) => {}
            "http" => return Err(AddressError::PlainHttp),
            other => return Err(AddressError::Scheme(other.to_owned())),
        }
        let inner = ["home", "portaladmin", "sharing", "admin", "manager"];
        let context: Vec<_> = base.path().split('/').filter(|step| !step.is_empty()).map(str::to_owned).collect();
        if let Some(step) = context.iter().find(|step| inner.contains(&step.as_str())) {
            return Err(AddressError::TooDeep(step.clone()));
        }
        base.set_path(&context.join("/"));
        if org.is_some_and(|org| org.is_empty() || !org.bytes().all(is_plain)) {
            return Err(AddressError::Org);
        }
        Ok(Self { base, org: org.map(str::to_owned) })
    }

    /// The address as `https://HOST/CONTEXT`, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// The host and the port.
    pub(super) fn host(&self) -> (&str, u16) {
        (self.base.host_str().unwrap_or_default(), self.base.port_or_known_default().unwrap_or_default())
    }

    /// Whether others can read what is sent.
    #[must_use]
    pub fn is_plain_http(&self) -> bool {
        self.base.scheme() == "http"
    }

    /// Whether the portal runs on Kubernetes.
    #[must_use]
    pub fn is_kubernetes(&self) -> bool {
        self.org.is_some()
    }

    /// The default name of the folder for answers: `portal-HOST`, with the port if the address has one.
    #[must_use]
    pub fn folder_name(&self) -> String {
        let host = self.base.host_str().unwrap_or_default();
        let port = self.base.port().map(|port| format!("-{port}")).unwrap_or_default();
        let plain = |character: char| if character.is_alphanumeric() || character == '.' { character } else { '-' };
        format!("portal-{}{port}", host.trim_matches(['[', ']']).chars().map(plain).collect::<String>())
    }

    /// The URL of an operation, without a query.
    #[must_use]
    pub fn url(&self, operation: Operation) -> Url {
        let license = match &self.org {
            Some(org) => format!("admin/orgs/{org}/license"),
            None => "portaladmin/license".to_owned(),
        };
        let path = match operation {
            Operation::ValidateLicense | Operation::ListAdministratorUserTypes => format!("{license}/validateLicense"),
            Operation::LicenseResource => license,
            Operation::FutureLicense => format!("{license}/getFutureLicense"),
            Operation::MemberCounts => "sharing/rest/portals/self/users/counts".to_owned(),
            Operation::Members => "sharing/rest/portals/self/users".to_owned(),
            Operation::Member => "sharing/rest/community/users".to_owned(),
            Operation::PortalSelf => "sharing/rest/portals/self".to_owned(),
            Operation::GenerateToken => "sharing/rest/generateToken".to_owned(),
            Operation::Authorize => "sharing/rest/oauth2/authorize".to_owned(),
            Operation::OAuthToken => "sharing/rest/oauth2/token".to_owned(),
            Operation::UpdateUserLicenseType => "sharing/rest/portals/self/updateUserLicenseType".to_owned(),
        };
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{path}", self.base.path().trim_end_matches('/')));
        url
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Whether requests to the URL stay on this machine. Names other than `localhost` may lead anywhere.
fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || host.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Address, AddressError> {
        Address::parse(text, None, false)
    }

    #[test]
    fn operations_are_below_the_context() {
        for (text, expected) in [
            ("https://a.example/portal", "https://a.example/portal/portaladmin/license/validateLicense"),
            ("https://a.example:7443/arcgis/", "https://a.example:7443/arcgis/portaladmin/license/validateLicense"),
            ("https://a.example", "https://a.example/portaladmin/license/validateLicense"),
            ("https://a.example/a/b//", "https://a.example/a/b/portaladmin/license/validateLicense"),
        ] {
            assert_eq!(parse(text).unwrap().url(Operation::ValidateLicense).as_str(), expected);
        }
        assert_eq!(parse("https://a.example/portal/").unwrap().as_str(), "https://a.example/portal");
        let kubernetes = Address::parse("https://a.example/web", Some(DEFAULT_ORG), false).unwrap();
        assert_eq!(
            kubernetes.url(Operation::ValidateLicense).as_str(),
            "https://a.example/web/admin/orgs/0123456789ABCDEF/license/validateLicense"
        );
        assert_eq!(
            kubernetes.url(Operation::Members).as_str(),
            "https://a.example/web/sharing/rest/portals/self/users"
        );
    }

    #[test]
    fn what_is_no_address_of_a_portal_is_refused() {
        for (text, expected) in [
            ("http://a.example/portal", AddressError::PlainHttp),
            ("http://localhost.a.example/portal", AddressError::PlainHttp),
            ("ftp://a.example/portal", AddressError::Scheme("ftp".to_owned())),
            ("https://joe:secret@a.example/portal", AddressError::HasUser),
            ("https://a.example/portal?token=x", AddressError::HasQuery),
            ("https://a.example/portal/home/index.html", AddressError::TooDeep("home".to_owned())),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error, expected);
            assert!(!error.to_string().contains("secret"));
        }
        assert!(matches!(parse("a.example/portal"), Err(AddressError::NotUrl(_))));
        assert_eq!(Address::parse("https://a.example", Some("../x"), false), Err(AddressError::Org));
    }

    #[test]
    fn plain_http_stays_on_the_machine() {
        for text in ["http://localhost:7080/arcgis", "http://127.0.0.1:1", "http://[::1]:1", "http://127.1.2.3"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        assert!(Address::parse("http://a.example", None, true).is_ok());
    }

    #[test]
    fn folders_are_named_after_the_host() {
        for (text, expected) in [
            ("https://a.example/portal", "portal-a.example"),
            ("https://a.example:7443/portal", "portal-a.example-7443"),
            ("http://[::1]:80/portal", "portal---1"),
        ] {
            assert_eq!(parse(text).unwrap().folder_name(), expected);
        }
    }
}
