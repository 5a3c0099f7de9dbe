//! Getting a token for a user name and a password, or for a code.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::portal::answer::{self, HttpAnswer};
use crate::portal::{Operation, Problem, Refusal, Secret, challenge};
use crate::source::Source;

/// How long a token is to live, in minutes.
pub(super) const TOKEN_MINUTES: &str = "60";

/// What `generateToken` or `oauth2/token` answers, as far as it matters.
#[derive(Deserialize)]
struct TokenAnswer {
    token: Option<String>,
    access_token: Option<String>,
}

/// The token in an answer of one of the two.
///
/// # Errors
/// Where there is none.
pub(super) fn token(operation: Operation, answer: HttpAnswer) -> Result<Secret, Problem> {
    let status = answer.status;
    if status == 401 && challenge::is_windows(&answer.challenges) {
        return Err(Problem::WindowsSignIn);
    }
    let bytes = Zeroizing::new(answer.bytes);
    let source = Source::decode(operation.as_str(), bytes.to_vec()).ok();
    let refusal = source.as_ref().and_then(answer::error);
    let refusal = refusal.map(|error| Problem::SignIn(Refusal::new(operation, &error)));
    if !(200..300).contains(&status) {
        return Err(refusal.filter(|_| status < 404).unwrap_or(Problem::Status { status, said: None }));
    }
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    let text = source.as_ref().map(Source::text).unwrap_or_default();
    // The error would repeat what stands there.
    let read: Option<TokenAnswer> = serde_json::from_str(text).ok();
    match read.and_then(|answer| answer.token.or(answer.access_token)).map(Secret::new) {
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
