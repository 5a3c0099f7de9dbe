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

/// The words of a portal by which a reason is known. A text with a word of the list has this reason; the first reason that fits
/// counts.
const KNOWN: [(RefusalReason, &[&str]); 8] = [
    // The word `locked` alone is not enough, since it may be about an index or a database.
    (
        RefusalReason::Locked,
        &[
            "account is locked",
            "account was locked",
            "account has been locked",
            "account locked",
            "user is locked",
            "user has been locked",
            "locked out",
            "too many failed",
            "too many invalid",
        ],
    ),
    (RefusalReason::NoSite, &["site has not been", "site is not", "no site"]),
    (
        RefusalReason::Credentials,
        &["invalid username", "username or password", "user name or password", "wrong password"],
    ),
    (
        RefusalReason::PasswordExpired,
        &[
            "password has expired",
            "password is expired",
            "password expired",
            "expired password",
            "password must be changed",
            "must change your password",
            "must change the password",
            "change your password",
            "change password",
            "password needs to be changed",
            "temporary password",
        ],
    ),
    (
        RefusalReason::SecondFactor,
        &[
            "multi-factor",
            "multifactor",
            "multi factor",
            "two-factor",
            "two factor",
            "two-step",
            "second factor",
            "verification code",
            "one-time",
            "mfa ",
            "(mfa)",
        ],
    ),
    (
        RefusalReason::Disabled,
        &[
            "account is disabled",
            "account disabled",
            "account has been disabled",
            "account was disabled",
            "user is disabled",
            "user disabled",
            "user has been disabled",
            "disabled account",
            "disabled user",
            "member is disabled",
            "account is inactive",
            "account is not active",
            "account is not enabled",
            "deactivated",
            "suspended",
            "account has expired",
            "account is expired",
            "account expired",
        ],
    ),
    (
        RefusalReason::Https,
        &[
            "ssl required",
            "ssl is required",
            "requires ssl",
            "https required",
            "https is required",
            "requires https",
            "use https",
            "using https",
            "over https",
            "over ssl",
        ],
    ),
    (
        RefusalReason::NoPasswords,
        &[
            "login is disabled",
            "login disabled",
            "logins are disabled",
            "sign in is disabled",
            "sign-in is disabled",
            "signin is disabled",
            "arcgis login",
            "built-in login",
            "built-in account",
            "built-in user",
            "builtin",
            "saml",
            "enterprise login",
            "enterprise account",
            "identity provider",
            "organization-specific login",
            "openid",
        ],
    ),
];

/// Whether an error says that the portal has no site yet.
pub(super) fn says_no_site(error: &PortalError) -> bool {
    let message = error.messages.join(" ").to_lowercase();
    let mut words = KNOWN.iter().filter(|(reason, _)| *reason == RefusalReason::NoSite).flat_map(|(_, words)| *words);
    words.any(|words| message.contains(words))
}

/// Words for a name or a password that is wrong, if no other reason fits.
const CREDENTIALS: [&str; 4] = ["invalid user", "invalid password", "invalid credentials", "incorrect"];

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
    /// The account may not sign in.
    Disabled,
    PasswordExpired,
    SecondFactor,
    /// The portal takes no names and passwords, since somebody else signs its people in.
    NoPasswords,
    Https,
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
        let known = KNOWN.iter().find(|(_, words)| says(words)).map(|(reason, _)| *reason);
        let reason = if message.trim_end_matches('.') == "locked" {
            RefusalReason::Locked
        } else if let Some(known) = known.filter(|known| operation != Operation::OAuthToken || known.is_about_account())
        {
            known
        } else if operation == Operation::OAuthToken {
            if says(&["redirect_uri", "redirect uri", "redirect url"]) {
                RefusalReason::RedirectUrl
            } else if says(&["client_id", "client id", "invalid_client", "unauthorized_client", "invalid client"]) {
                RefusalReason::App
            } else {
                RefusalReason::Code
            }
        } else if says(&CREDENTIALS) {
            RefusalReason::Credentials
        } else {
            RefusalReason::Unknown
        };
        let number = || error.code.as_deref().filter(|code| code.len() <= 5)?.parse().ok().map(RefusalCode::Number);
        let texts = || error.code.iter().chain(&error.messages);
        let word = WORDS.into_iter().find(|word| texts().any(|text| text == word)).map(RefusalCode::Word);
        Self { code: number().or(word), reason }
    }

    /// Whether the reason is known.
    pub(super) const fn is_understood(&self) -> bool {
        !matches!(self.reason, RefusalReason::Unknown)
    }

    /// Whether another user name or password may succeed.
    pub(super) const fn is_about_who_signs_in(&self) -> bool {
        !matches!(self.reason, RefusalReason::NoSite)
    }

    /// Whether the advice is about signing in with a browser: it may help, or the app of this sign-in is wrong.
    #[must_use]
    pub const fn is_about_browser(&self) -> bool {
        matches!(
            self.reason,
            RefusalReason::App
                | RefusalReason::RedirectUrl
                | RefusalReason::Unknown
                | RefusalReason::SecondFactor
                | RefusalReason::NoPasswords
        )
    }

    /// Whether the portal wants to be asked over https.
    #[must_use]
    pub const fn is_about_https(&self) -> bool {
        matches!(self.reason, RefusalReason::Https)
    }

    /// This refusal without the code, where the code is a secret.
    pub(super) fn withheld(self, secrets: &Secrets) -> Self {
        let is_secret =
            |code: &RefusalCode| matches!(code, RefusalCode::Number(code) if secrets.occur_in(&code.to_string()));
        Self { code: self.code.filter(|code| !is_secret(code)), ..self }
    }
}

impl RefusalReason {
    /// Whether the reason is about the account, whichever way it signs in.
    const fn is_about_account(self) -> bool {
        matches!(self, Self::Locked | Self::NoSite | Self::Disabled | Self::PasswordExpired | Self::Https)
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
            RefusalReason::Disabled => {
                ": the account is disabled or has expired: an administrator of the portal, or of the directory, can enable it"
            }
            RefusalReason::PasswordExpired => {
                ": the password has expired or must be changed: sign in on the portal's own page once, and set a new one"
            }
            RefusalReason::SecondFactor => ": the account wants a second factor: sign in with a browser",
            RefusalReason::NoPasswords => {
                ": the portal takes no such accounts, or no names and passwords at all (SAML, OpenID Connect): sign in with a \
                 browser"
            }
            RefusalReason::Https => ": the portal wants to be asked over https",
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
            RefusalReason::Unknown if matches!(self.code, Some(RefusalCode::Number(500..=599))) => {
                "; what else it says is not shown, as it may repeat the password. By its code the portal, or the directory of its \
                 users, is in trouble: look into its logs; check user name and password too (tried once only, since portals lock \
                 accounts)"
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
