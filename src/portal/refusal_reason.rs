//! The known reasons for which a portal refuses a sign-in: by which words each is known.

use crate::portal::Operation;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefusalReason {
    Credentials,
    Locked,
    NoSite,
    /// The license of the portal has expired.
    LicenseExpired,
    /// The account may not sign in.
    Disabled,
    PasswordExpired,
    SecondFactor,
    /// The portal takes no names and passwords, since somebody else signs its people in.
    NoPasswords,
    Https,
    /// The page that a token is made for.
    Referer,
    /// How long the token is to live.
    Lifetime,
    /// To what the token is bound.
    Client,
    /// The portal made no token, and says no more.
    NoToken,
    Unknown,
    /// The portal, or the directory of its users, is in trouble.
    Trouble,
    /// The code from the browser was refused.
    Code,
    /// The app was refused whose id the browser used.
    App,
    /// The app may not sign users in so.
    AppNotAllowed,
    RedirectUrl,
    /// The portal takes no codes.
    NoCodes,
    /// Whoever signed in, or the portal, denied it.
    Denied,
    /// Something else in an answer about a code.
    UnknownOfCode,
}

/// The words of a portal by which a reason is known. A text with a word of the list has this reason; the first reason that fits
/// counts.
const KNOWN: [(RefusalReason, &[&str]); 12] = [
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
            "temporarily locked",
            "currently locked",
            "is locked out",
            "lockout",
            "locked out",
            "too many failed",
            "too many invalid",
        ],
    ),
    (
        RefusalReason::LicenseExpired,
        &[
            "license has expired",
            "license is expired",
            "license expired",
            "license for this portal has expired",
            "license of this portal has expired",
            "license has already expired",
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
            "https only",
            "only https",
            "ssl only",
            "http is not",
            "http not",
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
    (
        RefusalReason::Lifetime,
        &["expiration", "token lifetime", "lifetime of the token", "maximum token", "token validity"],
    ),
    (RefusalReason::Referer, &["referer", "referrer"]),
    (
        RefusalReason::Client,
        &[
            "client type",
            "client ip",
            "ip address",
            "requestip",
            "request ip",
            "'client'",
            "invalid client",
            "client parameter",
        ],
    ),
];

/// Words for a name or a password that is wrong, if no other reason fits.
const CREDENTIALS: [&str; 4] = ["invalid user", "invalid password", "invalid credentials", "incorrect"];

/// The words of an answer about a code; the first reason that fits counts.
const OF_CODE: [(RefusalReason, &[&str]); 7] = [
    (RefusalReason::RedirectUrl, &["redirect_uri", "redirect uri", "redirect url", "redirecturi", "redirect_url"]),
    (RefusalReason::Code, &["invalid_grant"]),
    (RefusalReason::App, &["invalid_client", "client_id", "client id", "invalid client", "unknown client"]),
    (RefusalReason::AppNotAllowed, &["unauthorized_client"]),
    (RefusalReason::NoCodes, &["unsupported_grant_type", "grant_type", "grant type"]),
    (RefusalReason::Denied, &["access_denied", "access denied"]),
    (
        RefusalReason::Code,
        &[
            "authorization code",
            "authorization_code",
            "auth code",
            "invalid code",
            "code is invalid",
            "code has expired",
            "code expired",
            "code is expired",
            "expired code",
            "code_verifier",
            "code verifier",
            "code_challenge",
            "code challenge",
            "pkce",
        ],
    ),
];

impl RefusalReason {
    /// The reason that a portal's words say. `code` is the number of the error.
    pub(super) fn of(operation: Operation, message: &str, code: Option<u32>) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        let known = |list: &[(Self, &[&str])]| list.iter().find(|(_, words)| says(words)).map(|(reason, _)| *reason);
        let is_trouble = code.is_some_and(|code| (500..=599).contains(&code));
        if message.trim_end_matches('.') == "locked" {
            return Self::Locked;
        }
        let reason = known(&KNOWN);
        if operation == Operation::OAuthToken {
            let reason = reason.filter(|reason| reason.is_about_account()).or_else(|| known(&OF_CODE));
            return reason.unwrap_or(if is_trouble { Self::Trouble } else { Self::UnknownOfCode });
        }
        match reason {
            Some(reason) => reason,
            None if says(&CREDENTIALS) => Self::Credentials,
            None if is_trouble => Self::Trouble,
            None if says(&["unable to generate token", "could not generate token", "failed to generate token"]) => {
                Self::NoToken
            }
            None => Self::Unknown,
        }
    }

    /// Whether a text, in small letters, says that the portal has no site yet.
    pub(super) fn is_no_site(message: &str) -> bool {
        let mut words = KNOWN.iter().filter(|(reason, _)| *reason == Self::NoSite).flat_map(|(_, words)| *words);
        words.any(|words| message.contains(words))
    }

    /// Whether the reason is about the account or the portal, whichever way it signs in.
    const fn is_about_account(self) -> bool {
        matches!(
            self,
            Self::Locked | Self::NoSite | Self::LicenseExpired | Self::Disabled | Self::PasswordExpired | Self::Https
        )
    }
}
