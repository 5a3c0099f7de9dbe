//! Why a portal refuses to sign somebody in.
//!
//! It may repeat what it was sent, in any form. So of what it says only its code is told, and the reason in words of our own.

use std::fmt;

use crate::portal::secret::Secrets;
use crate::source::PortalError;

/// Why a portal refuses to sign somebody in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The portal's code, if it is a number as it should be.
    code: Option<u32>,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Credentials,
    Locked,
    NoSite,
    Unknown,
}

impl Refusal {
    pub(super) fn new(error: &PortalError) -> Self {
        let said = error.messages.join(" ").to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        let reason = if says(&["locked", "too many", "try again later"]) {
            Reason::Locked
        } else if says(&["site has not been", "site is not", "no site"]) {
            Reason::NoSite
        } else if says(&["invalid username", "invalid user", "wrong password", "incorrect"]) {
            Reason::Credentials
        } else {
            Reason::Unknown
        };
        let code = error.code.as_deref().filter(|code| code.len() <= 5).and_then(|code| code.parse().ok());
        Self { code, reason }
    }

    /// Whether another user name or password may do.
    pub(super) const fn is_about_who_signs_in(&self) -> bool {
        !matches!(self.reason, Reason::NoSite)
    }

    /// Without the code, should it be the password.
    pub(super) fn withheld(self, secrets: &Secrets) -> Self {
        Self { code: self.code.filter(|code| !secrets.occur_in(&code.to_string())), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code {
            write!(f, " ({code})")?;
        }
        f.write_str(match self.reason {
            Reason::Credentials => {
                ": it knows no such user with this password; check both (tried once only, since portals lock accounts)"
            }
            Reason::Locked => ": the account is locked after too many tries: wait, or have an administrator unlock it",
            Reason::NoSite => ": the portal has no site yet, and so no accounts",
            Reason::Unknown => {
                "; check user name and password (tried once only, since portals lock accounts); where a second factor is \
                 wanted, sign in with a browser (--oauth ID). What else it says is not shown, as it may repeat the password"
            }
        })
    }
}
