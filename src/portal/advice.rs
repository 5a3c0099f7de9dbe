//! Advice for answers of a portal that are errors.

use crate::source::PortalError;

/// The ways to sign in that work where a portal, or a server before it, wants one that does not.
pub(super) const WAYS: &str = "What works: signing in with a browser (OAuth); a built-in account at the portal itself, mostly \
                               https://HOST:7443/arcgis; a token from the browser; or a client certificate where it takes \
                               certificates";

/// The advice for a rejection that itself says little.
pub(super) fn rejected(error: &PortalError) -> String {
    let is_unknown = error.code.as_deref() == Some("404");
    if is_unknown { format!("; {}", status(404)) } else { String::new() }
}

pub(super) const fn status(status: u16) -> &'static str {
    match status {
        401 => "it wants another way of signing in; PKI portals take a client certificate",
        403 => "no permission, or not by this way: sign in as an administrator, and ask the portal itself, not a proxy",
        404 => "there is no such operation here: is the URL https://HOST/CONTEXT of the portal",
        407 => "the proxy wants to be signed in to (HTTPS_PROXY)",
        413 => "the portal or a proxy before it takes no file of this size",
        429 => "too many requests: try again later",
        500..=599 => "the portal, or a proxy before it, is in trouble: try again, and look into the portal's logs",
        _ => "this is no answer of a portal: is the URL https://HOST/CONTEXT of the portal?",
    }
}

/// The end of the advice where a portal lacks an operation: it may be of the other kind.
pub(super) const fn other_kind(kubernetes: bool) -> &'static str {
    if kubernetes {
        ", is the id of its organization right, and does it run on Kubernetes at all?"
    } else {
        ", and does it run on Kubernetes?"
    }
}
