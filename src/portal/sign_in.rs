//! Gets a token for a user name and a password, or for a code.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::portal::answer::{self, HttpAnswer};
use crate::portal::{Operation, Problem, Refusal, Secret, challenge};
use crate::source::{PortalError, Source};

/// The lifetime of a token, in minutes.
pub(super) const TOKEN_MINUTES: &str = "60";

/// The members of an answer of `generateToken` or `oauth2/token` that are read.
#[derive(Deserialize)]
struct TokenAnswer {
    token: Option<String>,
    access_token: Option<String>,
}

/// The secrets in such an answer.
pub(super) struct Tokens {
    /// The token to ask with.
    pub(super) token: Secret,
    /// All other tokens, such as one for getting a new token.
    pub(super) others: Vec<Secret>,
}

/// The fewest characters of a token; a shorter text is a word.
const SHORTEST: usize = 8;

/// The tokens in an answer of `generateToken` or `oauth2/token`.
///
/// # Errors
/// A [`Problem`] where there is no token.
pub(super) fn token(operation: Operation, answer: HttpAnswer) -> Result<Tokens, Problem> {
    let status = answer.status;
    if status == 401 && challenge::is_windows(&answer.challenges) {
        return Err(Problem::WindowsSignIn);
    }
    let bytes = Zeroizing::new(answer.bytes);
    let source = Source::decode(operation.as_str(), bytes.to_vec()).ok();
    let is_success = (200..300).contains(&status);
    if let Some(error) = source.as_ref().and_then(answer::error) {
        let mut said = error.clone();
        let more = source.as_ref().map(Source::text).map(oauth_words).unwrap_or_default();
        said.messages.extend(more.into_iter().filter(|text| !error.messages.contains(text)));
        let refusal = Refusal::new(operation, &said);
        // A server that is in trouble, or that is no portal, may answer in JSON too.
        let is_elsewhere = matches!(status, 404 | 405 | 413 | 429 | 500..);
        if refusal.is_understood() || (error.code.as_deref() != Some("404") && !is_elsewhere) {
            return Err(Problem::SignIn(refusal));
        }
        if is_success {
            // The portal's words may repeat the password.
            return Err(Problem::Rejected(PortalError { messages: Vec::new(), ..error }));
        }
    }
    if !is_success {
        return Err(Problem::Status { status, said: None });
    }
    let text = source.as_ref().map(Source::text).unwrap_or_default();
    // The error of the parser would repeat a part of the answer.
    let read: Option<TokenAnswer> = serde_json::from_str(text).ok();
    match read.and_then(|answer| answer.token.or(answer.access_token)).map(Secret::new) {
        Some(token) if token.can_be_sent() => Ok(Tokens { token, others: tokens(text) }),
        Some(_) => Err(Problem::NoToken("something that is no token")),
        None => Err(Problem::NoToken(kind(&bytes))),
    }
}

/// The words of an error of OAuth, which stand at the root or in the member `error` (RFC 6749, section 5.2).
fn oauth_words(text: &str) -> Vec<String> {
    let root: Value = serde_json::from_str(text).unwrap_or_default();
    let places = [&root, root.get("error").unwrap_or(&Value::Null)];
    let texts = places.into_iter().flat_map(|place| ["error", "error_description"].map(|name| place.get(name)));
    texts.flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Every text in a member whose name ends in `token`: `access_token`, `refresh_token`, `id_token`.
fn tokens(text: &str) -> Vec<Secret> {
    let members: BTreeMap<String, Value> = serde_json::from_str(text).unwrap_or_default();
    let members = members.into_iter().filter(|(name, _)| name.to_ascii_lowercase().ends_with("token"));
    let tokens = members.filter_map(|(_, value)| match value {
        Value::String(token) if token.len() >= SHORTEST => Some(Secret::new(token)),
        _ => None,
    });
    tokens.collect()
}

/// The kind of an answer that should hold a token, in words that repeat nothing of it.
fn kind(bytes: &[u8]) -> &'static str {
    match bytes.trim_ascii_start().first() {
        None => "nothing",
        Some(b'<') => "an HTML page",
        Some(b'{') => "other JSON",
        Some(_) => "something else",
    }
}
