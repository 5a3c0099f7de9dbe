//! Getting a token for a user name and a password.
//!
//! A portal that refuses may repeat what it was sent, in any form. So of what it says only its code is told, and the reason
//! in words of our own.

use std::fmt;

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::portal::answer::{self, Answer};
use crate::portal::secret::Secrets;
use crate::portal::{Operation, Problem, Secret};
use crate::source::{PortalError, Source};

/// How long a token is to live, in minutes.
pub(super) const TOKEN_MINUTES: &str = "60";

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
    fn new(error: &PortalError) -> Self {
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
                "; check user name and password (tried once only, since portals lock accounts). What else it says is not \
                 shown, as it may repeat the password"
            }
        })
    }
}

/// What `generateToken` answers, as far as it matters.
#[derive(Deserialize)]
struct TokenAnswer {
    token: String,
}

/// The token in an answer of `generateToken`.
///
/// # Errors
/// Where there is none.
pub(super) fn token(answer: Answer) -> Result<Secret, Problem> {
    let status = answer.status;
    let bytes = Zeroizing::new(answer.bytes);
    let source = Source::decode(Operation::GenerateToken.as_str(), bytes.to_vec()).ok();
    let refusal = source.as_ref().and_then(answer::error).map(|error| Problem::SignIn(Refusal::new(&error)));
    if !(200..300).contains(&status) {
        return Err(refusal.filter(|_| status < 404).unwrap_or(Problem::Status { status, said: None }));
    }
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    let text = source.as_ref().map(Source::text).unwrap_or_default();
    // The error would repeat what stands there.
    let read: Option<TokenAnswer> = serde_json::from_str(text).ok();
    match read.map(|answer| Secret::new(answer.token)) {
        Some(token) if token.can_be_sent() => Ok(token),
        Some(_) => Err(Problem::NoToken("something that is no token")),
        None => Err(Problem::NoToken(kind(&bytes))),
    }
}

/// What an answer is that should hold a token, without repeating any of it.
fn kind(bytes: &[u8]) -> &'static str {
    match bytes.trim_ascii_start().first() {
        None => "nothing",
        Some(b'<') => "an HTML page",
        Some(b'{') => "other JSON",
        Some(_) => "something else",
    }
}
