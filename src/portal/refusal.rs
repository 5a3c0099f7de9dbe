//! Why a portal refuses a sign-in.
//!
//! A portal may repeat what it was sent, in any form. So only its code is shown, with a reason in seatline's own
//! words.

use std::fmt;

use crate::portal::Operation;
use crate::portal::secret::Secrets;
use crate::source::PortalError;

/// The error codes of OAuth (RFC 6749, section 5.2). No secret is one of them.
const WORDS: [&str; 6] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// Words for a locked account. The word `locked` alone is not enough, since it may be about an index or a database.
const LOCKED: [&str; 9] = [
    "account is locked",
    "account was locked",
    "account has been locked",
    "account locked",
    "user is locked",
    "user has been locked",
    "locked out",
    "too many failed",
    "too many invalid",
];

/// Why a portal refuses a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    code: Option<RefusalCode>,
    reason: RefusalReason,
}

/// The portal's code, if it has the form of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RefusalCode {
    Number(u32),
    Word(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RefusalReason {
    Credentials,
    Locked,
    NoSite,
    Unknown,
    /// The code from the browser was refused.
    Code,
    /// The app was refused whose id the browser used.
    App,
    RedirectUrl,
}

impl Refusal {
    pub(super) fn new(operation: Operation, error: &PortalError) -> Self {
        let message = error.messages.join(" ").to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        let reason = if says(&LOCKED) || message.trim_end_matches('.') == "locked" {
            RefusalReason::Locked
        } else if says(&["site has not been", "site is not", "no site"]) {
            RefusalReason::NoSite
        } else if operation == Operation::OAuthToken {
            if says(&["redirect_uri", "redirect uri", "redirect url"]) {
                RefusalReason::RedirectUrl
            } else if says(&["client_id", "client id", "invalid_client", "unauthorized_client", "invalid client"]) {
                RefusalReason::App
            } else {
                RefusalReason::Code
            }
        } else if says(&["invalid username", "invalid user", "wrong password", "incorrect"]) {
            RefusalReason::Credentials
        } else {
            RefusalReason::Unknown
        };
        let number = || error.code.as_deref().filter(|code| code.len() <= 5)?.parse().ok().map(RefusalCode::Number);
        let texts = || error.code.iter().chain(&error.messages);
        let word = WORDS.into_iter().find(|word| texts().any(|text| text == word)).map(RefusalCode::Word);
        Self { code: number().or(word), reason }
    }

    /// Whether another user name or password may succeed.
    pub(super) const fn is_about_who_signs_in(&self) -> bool {
        !matches!(self.reason, RefusalReason::NoSite)
    }

    /// Whether the advice is about signing in with a browser: it may help, or the app of this sign-in is wrong.
    #[must_use]
    pub const fn is_about_browser(&self) -> bool {
        matches!(self.reason, RefusalReason::App | RefusalReason::RedirectUrl | RefusalReason::Unknown)
    }

    /// This refusal without the code, where the code is a secret.
    pub(super) fn withheld(self, secrets: &Secrets) -> Self {
        let is_secret =
            |code: &RefusalCode| matches!(code, RefusalCode::Number(code) if secrets.occur_in(&code.to_string()));
        Self { code: self.code.filter(|code| !is_secret(code)), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(RefusalCode::Number(code)) => write!(f, " ({code})")?,
            Some(RefusalCode::Word(code)) => write!(f, " ({code})")?,
            None => {}
        }
        f.write_str(match self.reason {
            RefusalReason::Credentials => {
                ": it knows no such user with this password; check both (tried once only, since portals lock accounts)"
            }
            RefusalReason::Locked => ": the account is locked after too many tries: wait, or have an administrator unlock it",
            RefusalReason::NoSite => ": the portal has no site yet, and so no accounts",
            RefusalReason::Code => {
                ": the code is not taken: it is good once, for a few minutes, and for the page that this run showed; run it again, \
                 open the new page, and paste its code"
            }
            RefusalReason::App => {
                ": the portal knows no app by this ID: an administrator registers an app at the portal, and the ID is the app's"
            }
            RefusalReason::RedirectUrl => {
                ": the app is not registered with the redirect URL urn:ietf:wg:oauth:2.0:oob: an administrator adds it in the \
                 app's settings"
            }
            RefusalReason::Unknown => {
                "; what else it says is not shown, as it may repeat the password. Check user name and password (tried once only, \
                 since portals lock accounts); where a second factor is wanted, sign in with a browser"
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_code_has_other_words_than_a_refused_password() {
        let words = |operation, code: Option<&str>, message: &str| {
            let error = PortalError { code: code.map(str::to_owned), messages: vec![message.to_owned()] };
            Refusal::new(operation, &error).to_string()
        };
        for (code, message, expected) in [
            (Some("400"), "Invalid authorization code", " (400): the code is not taken: it is good once"),
            (None, "invalid_grant", " (invalid_grant): the code is not taken"),
            (Some("400"), "Invalid client_id", " (400): the portal knows no app by this ID"),
            (None, "invalid_client", " (invalid_client): the portal knows no app"),
            (Some("400"), "Invalid redirect_uri", " (400): the app is not registered with the redirect URL"),
            (Some("s3cret"), "s3cret", ": the code is not taken"),
        ] {
            let words = words(Operation::OAuthToken, code, message);
            assert!(words.starts_with(expected) && !words.contains("password") && !words.contains("s3cret"), "{words}");
        }
        assert!(
            words(Operation::GenerateToken, Some("400"), "Invalid username or password").contains("knows no such user")
        );
    }
}
