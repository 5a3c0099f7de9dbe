//! Requests, and the redirects that are followed.

use reqwest::header::{HeaderMap, HeaderValue, LOCATION};
use reqwest::multipart::{Form, Part};
use reqwest::{Client as Http, RequestBuilder, Response, Url};

use crate::portal::{Operation, Problem, Secret};

/// Parts of the paths of login pages: of identity providers, and of servers before a portal that sign users in
/// themselves.
const LOGIN: [&str; 18] = [
    "signin",
    "sign-in",
    "sign_in",
    "login",
    "log-in",
    "logon",
    "oauth",
    "saml",
    "adfs",
    "/sso",
    "openid",
    "wsfed",
    "/idp/",
    "shibboleth",
    "siteminder",
    "my.policy",
    "/vdesk/",
    "authenticat",
];

/// The request to an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Request<'a> {
    /// A GET with these parameters.
    Get(&'a [(&'a str, String)]),
    /// A GET of the element with this name, with these parameters.
    Named(&'a str, &'a [(&'a str, String)]),
    /// A POST of a form with these fields.
    Form(&'a [(&'a str, &'a str)]),
    /// A POST of a file as the part `file`, with these fields.
    File {
        /// The file name that the form gives.
        name: &'a str,
        /// The content of the file, sent as it is.
        bytes: &'a [u8],
        /// The fields beside it.
        fields: &'a [(&'a str, &'a str)],
    },
}

/// The request in the form of the HTTP library.
pub(super) fn build(
    http: &Http,
    url: Url,
    request: Request<'_>,
    token: Option<&Secret>,
) -> Result<RequestBuilder, Problem> {
    let token_field = token.map(|token| ("token", token.expose()));
    match request {
        Request::Get(_) | Request::Named(..) => {
            let mut headers = HeaderMap::new();
            if let Some(token) = token {
                let bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose()));
                let mut bearer = bearer.map_err(|_| Problem::Request("the token is no token".to_owned()))?;
                bearer.set_sensitive(true);
                headers.insert("X-Esri-Authorization", bearer);
            }
            Ok(http.get(url).headers(headers))
        }
        Request::Form(fields) => {
            let fields: Vec<_> = fields.iter().copied().chain([("f", "json")]).chain(token_field).collect();
            Ok(http.post(url).form(&fields))
        }
        Request::File { name, bytes, fields } => {
            let mut form = Form::new();
            for (field, value) in fields.iter().copied().chain([("f", "json")]).chain(token_field) {
                form = form.text(field.to_owned(), value.to_owned());
            }
            let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned()).mime_str("application/json");
            let part = part.map_err(|error| Problem::Request(error.to_string()))?;
            Ok(http.post(url).multipart(form.part("file", part)))
        }
    }
}

/// The target of a redirect, if it is followed: a GET to the same scheme, host and port that is no login page. A
/// redirect to another host mostly leads to a login page, whatever its path is.
pub(super) fn redirected(response: &Response, operation: Operation, request: Request<'_>) -> Result<Url, Problem> {
    let status = response.status().as_u16();
    let target = response.headers().get(LOCATION).and_then(|target| target.to_str().ok());
    let Some(target) = target.and_then(|target| response.url().join(target).ok()) else {
        return Err(Problem::Status { status, said: None });
    };
    let asked = response.url();
    let shown = shown(&target, operation);
    if is_login(&target) {
        return Err(Problem::Login(shown));
    }
    let same = target.origin() == asked.origin() && target.origin().is_tuple();
    if same && matches!(request, Request::Get(_) | Request::Named(..)) {
        return Ok(target);
    }
    // A redirect to the same operation leads to the portal under another name.
    let is_portal = target.host_str() == asked.host_str() || target.path() == asked.path();
    Err(if is_portal { Problem::Redirect(shown) } else { Problem::OtherHost(shown) })
}

/// The target of a redirect as text, not cut: see [`Problem::withheld`].
pub(super) fn shown(target: &Url, operation: Operation) -> String {
    if !target.origin().is_tuple() {
        return format!("an address that begins with {}:", target.scheme());
    }
    let mut shown = target.origin().ascii_serialization();
    if !operation.is_sign_in() {
        // In a sign-in the path may repeat the password.
        shown.push_str(target.path());
    }
    shown
}

/// Whether the path of the target is that of a login page.
fn is_login(target: &Url) -> bool {
    let path = target.path().to_ascii_lowercase();
    LOGIN.iter().any(|mark| path.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_pages_are_told_by_their_path() {
        for (path, expected) in [
            ("/portal/home/signin.html?returnUrl=x", true),
            ("/portal/sharing/rest/oauth2/authorize", true),
            ("/adfs/ls/", true),
            ("/Login.aspx", true),
            ("/my.policy", true),
            ("/siteminderagent/forms/x.fcc", true),
            ("/portal/portaladmin/license/", false),
            ("/portal/x?next=/login", false),
        ] {
            let url = Url::parse("https://a.example").unwrap().join(path).unwrap();
            assert_eq!(is_login(&url), expected, "{path}");
        }
    }
}
