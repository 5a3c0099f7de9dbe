//! Getting a token for a user name and a password, or for a code.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
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

/// What an answer holds that must not be seen.
pub(super) struct Tokens {
    /// The token to ask with.
    pub(super) token: Secret,
    /// All others, as one by which a new token is had.
    pub(super) others: Vec<Secret>,
}

/// What is shorter is a word, and no token.
const SHORTEST: usize = 8;

/// The tokens in an answer of one of the two.
///
/// # Errors
/// Where there is none.
pub(super) fn token(operation: Operation, answer: HttpAnswer) -> Result<Tokens, Problem> {
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
        Some(token) if token.can_be_sent() => Ok(Tokens { token, others: tokens(text) }),
        Some(_) => Err(Problem::NoToken("something that is no token")),
        None => Err(Problem::NoToken(kind(&bytes))),
    }
}

/// Every text whose name ends in `token`: `access_token`, `refresh_token`, `id_token`.
fn tokens(text: &str) -> Vec<Secret> {
    let members: BTreeMap<String, Value> = serde_json::from_str(text).unwrap_or_default();
    let members = members.into_iter().filter(|(name, _)| name.to_ascii_lowercase().ends_with("token"));
    let tokens = members.filter_map(|(_, value)| match value {
        Value::String(token) if token.len() >= SHORTEST => Some(Secret::new(token)),
        _ => None,
    });
    tokens.collect()
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
