//! Advice for answers of a portal that are errors.

use crate::source::PortalError;

/// The advice for a rejection that itself says little.
pub(super) fn rejected(error: &PortalError) -> String {
    let is_unknown = error.code.as_deref() == Some("404");
    if is_unknown { format!("; {}", status(404)) } else { String::new() }
}

pub(super) const fn status(status: u16) -> &'static str {
    match status {
        401 => "it, or a server before it, wants another way of signing in",
        403 => "no permission, or not by this way: sign in as an administrator",
        404 => "there is no such operation here: is the URL https://HOST/CONTEXT of the portal",
        407 => "the proxy wants to be signed in to (HTTPS_PROXY)",
        413 => "the portal or a proxy before it takes no file of this size",
        429 => "too many requests: try again later",
        511 => "this network wants to be signed in to first: open any page in a browser, then try again",
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
