//! What to do about each reason for which a portal refuses a sign-in.

use crate::portal::refusal_reason::RefusalReason;

impl RefusalReason {
    /// What to do, to follow `sign-in refused` and the code.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Credentials => {
                ": it knows no such user with this password; check both (tried once only, since portals lock accounts)"
            }
            Self::Locked => ": the account is locked after too many tries: wait, or have an administrator unlock it",
            Self::NoSite => ": the portal has no site yet, and so no accounts",
            Self::LicenseExpired => {
                ": the license of the portal has expired, and only its default administrators can sign in: one of them imports a new \
                 one"
            }
            Self::Disabled => {
                ": the account is disabled or has expired: an administrator of the portal, or of the directory, can enable it"
            }
            Self::PasswordExpired => {
                ": the password has expired or must be changed: sign in on the portal's own page once, and set a new one"
            }
            Self::SecondFactor => ": the account wants a second factor: sign in with a browser",
            Self::NoPasswords => {
                ": the portal takes no such accounts, or no names and passwords at all (SAML, OpenID Connect): sign in with a \
                 browser"
            }
            Self::Https => ": the portal wants to be asked over https",
            Self::Referer => {
                ": the portal does not take the page that the token is to be made for: that is its URL as it was given here, or \
                 another one as the referer"
            }
            Self::Lifetime => {
                ": the portal makes no token that lives so long: one of 60 minutes was asked for; an administrator can allow that, or \
                 make a token"
            }
            Self::Client => {
                ": the portal binds tokens to another sort of client than to a referer, such as the address of a machine, or a proxy \
                 before it changes that: ask the portal itself, mostly https://HOST:7443/arcgis"
            }
            Self::NoToken => {
                ": the portal made no token, and does not say why: look into its logs; check user name and password too (tried once \
                 only, since portals lock accounts)"
            }
            Self::Trouble => {
                "; what else it says is not shown, as it may repeat the password or the code. By its number the portal, or the \
                 directory of its users, is in trouble: look into its logs; check what was typed too (tried once only, since portals \
                 lock accounts)"
            }
            Self::Unknown => {
                "; what else it says is not shown, as it may repeat the password. Check user name and password (tried once only, \
                 since portals lock accounts); where a second factor is wanted, sign in with a browser"
            }
            Self::Code => {
                ": the code was refused: it works once, for a few minutes, and only with the page that this run showed; run it again, \
                 open the new page, and paste its code"
            }
            Self::App => {
                ": the portal knows no app by this ID: an administrator registers an app at the portal, and the ID is the app's"
            }
            Self::AppNotAllowed => {
                ": the app may not sign anybody in with a code: an administrator changes its settings, or registers another app"
            }
            Self::RedirectUrl => {
                ": the app is not registered with the redirect URL urn:ietf:wg:oauth:2.0:oob: an administrator adds it in the \
                 app's settings"
            }
            Self::NoCodes => {
                ": the portal takes no codes of this kind (OAuth, authorization_code): use a token from the browser"
            }
            Self::Denied => ": whoever signed in did not allow it, or may not use this app: run it again, and allow it",
            Self::UnknownOfCode => {
                "; what else it says is not shown, as it may repeat the code. Why is not known here: the portal's logs may tell; with a \
                 new run comes a new code"
            }
        }
    }
}
