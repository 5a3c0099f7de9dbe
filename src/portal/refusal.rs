//! Why a portal refuses a sign-in.
//!
//! A portal may repeat what it was sent, in any form. So only its code is shown, with a reason in seatline's own
//! words.

use std::fmt;

use crate::portal::Operation;
use crate::portal::refusal_reason::RefusalReason;
use crate::portal::secret::Secrets;
use crate::source::PortalError;

/// The error codes of OAuth (RFC 6749, sections 4.1.2.1 and 5.2). No secret is one of them.
const WORDS: [&str; 7] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "access_denied",
];

/// Whether an error says that the portal has no site yet.
pub(super) fn says_no_site(error: &PortalError) -> bool {
    RefusalReason::is_no_site(&error.messages.join(" ").to_lowercase())
}

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

impl Refusal {
    pub(super) fn new(operation: Operation, error: &PortalError) -> Self {
        let number: Option<u32> =
            error.code.as_deref().filter(|code| code.len() <= 5).and_then(|code| code.parse().ok());
        let texts = || error.code.iter().chain(&error.messages);
        let word = WORDS.into_iter().find(|word| texts().any(|text| text == word));
        let message =
            error.messages.iter().map(String::as_str).chain(word).collect::<Vec<_>>().join(" ").to_lowercase();
        let reason = RefusalReason::of(operation, &message, number);
        Self { code: number.map(RefusalCode::Number).or(word.map(RefusalCode::Word)), reason }
    }

    /// Whether the reason is known.
    pub(super) const fn is_understood(&self) -> bool {
        !matches!(self.reason, RefusalReason::Unknown | RefusalReason::UnknownOfCode | RefusalReason::Trouble)
    }

    /// Whether another user name or password may succeed.
    pub(super) const fn is_about_who_signs_in(&self) -> bool {
        !matches!(self.reason, RefusalReason::NoSite)
    }

    /// Whether the advice ends with signing in with a browser, or with the app for that.
    #[must_use]
    pub const fn is_about_browser(&self) -> bool {
        matches!(
            self.reason,
            RefusalReason::App | RefusalReason::Unknown | RefusalReason::SecondFactor | RefusalReason::NoPasswords
        )
    }

    /// Whether the portal wants to be asked over https, or at another address.
    #[must_use]
    pub const fn is_about_https(&self) -> bool {
        matches!(self.reason, RefusalReason::Https | RefusalReason::Client)
    }

    /// Whether the portal does not take the page for which the token is to be made.
    #[must_use]
    pub const fn is_about_referer(&self) -> bool {
        matches!(self.reason, RefusalReason::Referer)
    }

    /// Whether a token that was made elsewhere may help.
    #[must_use]
    pub const fn is_about_token(&self) -> bool {
        matches!(self.reason, RefusalReason::Lifetime | RefusalReason::NoCodes)
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
        f.write_str(self.reason.words())
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
            (Some("400"), "Invalid authorization code", " (400): the code was refused: it works once"),
            (None, "invalid_grant", " (invalid_grant): the code was refused"),
            (Some("400"), "Invalid client_id", " (400): the portal knows no app by this ID"),
            (None, "invalid_client", " (invalid_client): the portal knows no app"),
            (Some("400"), "Invalid redirect_uri", " (400): the app is not registered with the redirect URL"),
            (Some("400"), "Invalid redirect URI: mismatch", " (400): the app is not registered with the redirect URL"),
            (Some("400"), "The authorization code has expired", " (400): the code was refused"),
            (Some("400"), "Invalid code_verifier", " (400): the code was refused"),
            (None, "unauthorized_client", " (unauthorized_client): the app may not sign anybody in"),
            (None, "unsupported_grant_type", " (unsupported_grant_type): the portal takes no codes"),
            (None, "access_denied", " (access_denied): whoever signed in did not allow it"),
            (None, "invalid_scope", " (invalid_scope); what else it says is not shown"),
            (Some("400"), "invalid_request", " (400); what else it says is not shown"),
            (Some("500"), "Something odd", " (500); what else it says is not shown"),
            (Some("400"), "The account is temporarily locked", " (400): the account is locked"),
            (Some("s3cret"), "s3cret", "; what else it says is not shown"),
        ] {
            let words = words(Operation::OAuthToken, code, message);
            assert!(words.starts_with(expected) && !words.contains("s3cret"), "{words}");
            assert!(!words.contains("user name"), "{words}");
        }
        assert!(
            words(Operation::GenerateToken, Some("400"), "Invalid username or password").contains("knows no such user")
        );
    }
}
