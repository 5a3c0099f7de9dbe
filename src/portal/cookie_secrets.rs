//! The secrets in a cookie, in whatever form a portal or a server before it writes them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::portal::{DEFAULT_ORG, Secret, pasted};

/// How often a cookie's value is decoded: JSON in a percent-coded text in quotation marks in a percent-coded text.
const DEPTH: usize = 5;

/// The most secrets of one cookie.
const MOST: usize = 16;

/// Of a longer value some pieces are looked for, each of so many characters.
const LONGEST: usize = 4096;
const PIECE: usize = 256;

/// The secrets in the value of a cookie: the value itself, what decodes from it, and the tokens in what decodes.
pub(super) fn secrets_of(name: &str, value: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    within(name, value, DEPTH, &mut found);
    let mut secrets: Vec<Zeroizing<String>> = Vec::new();
    for text in found {
        if secrets.len() < MOST && !secrets.contains(&text) {
            secrets.push(text);
        }
    }
    secrets.into_iter().map(|mut text| Secret::new(std::mem::take(&mut *text))).collect()
}

/// Adds a secret; of a long one its first and its last characters, and some between.
fn add(text: &str, found: &mut Vec<Zeroizing<String>>) {
    if text.len() <= LONGEST {
        return found.push(Zeroizing::new(text.to_owned()));
    }
    let count = text.chars().count();
    for start in [0, count / 2, count.saturating_sub(PIECE)] {
        found.push(Zeroizing::new(text.chars().skip(start).take(PIECE).collect()));
    }
}

/// Adds the secrets in a text. The result is whether it holds JSON: then only the tokens in it are secrets, since its other
/// members (a user, the id of an organization) stand in answers too.
fn within(name: &str, text: &str, depth: usize, found: &mut Vec<Zeroizing<String>>) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let mut holds_json = match serde_json::from_str::<Value>(text) {
        Ok(Value::String(inner)) => return within(name, &inner, depth, found),
        Ok(value @ (Value::Object(_) | Value::Array(_))) => {
            tokens_in(name, &value, depth, found);
            return true;
        }
        _ => false,
    };
    if is_serialized(text) {
        tokens_in_strings(name, text, depth, found);
        return true;
    }
    let percent = percent_decode_str(text).decode_utf8_lossy().into_owned();
    let plain = from_base64(text);
    if let Some(plain) = &plain {
        password_in(plain, found);
    }
    let others = [Some(Zeroizing::new(pasted::unquoted(text).to_owned())), Some(Zeroizing::new(percent)), plain];
    for other in others.into_iter().flatten().filter(|other| other.as_str() != text) {
        holds_json |= within(name, &other, depth, found);
    }
    // The payload of a JSON Web Token. The whole of it is a secret all the same.
    for part in text.split('.').filter(|part| part.len() < text.len()) {
        if let Some(payload) = from_base64(part) {
            within(name, &payload, depth, found);
        }
    }
    for (name, value) in pasted::TOKENS.iter().filter_map(|name| Some((name, pasted::parameter(text, name)?))) {
        holds_json |= within(name, value, depth, found);
    }
    if !holds_json {
        if is_secret(name, text) {
            add(text, found);
        }
        parts_in(text, found);
    }
    holds_json
}

/// Adds the parts between separators that look like what a machine made up: `user|TOKEN|1`, `s:TOKEN.signature`.
fn parts_in(text: &str, found: &mut Vec<Zeroizing<String>>) {
    let is_between = |one: char| one.is_whitespace() || "|:;,&=.!~*@$#'\"(){}[]<>\\^`?".contains(one);
    for part in text.split(is_between).filter(|part| part.len() < text.len() && *part != DEFAULT_ORG) {
        if is_random(part) {
            add(part, found);
        }
    }
}

/// Adds the password of `user:password`, as in HTTP Basic.
fn password_in(text: &str, found: &mut Vec<Zeroizing<String>>) {
    let Some((user, password)) = text.split_once(':') else { return };
    let is_port = password.bytes().all(|byte| byte.is_ascii_digit());
    if !user.is_empty() && !is_port && password.chars().count() >= SHORTEST && !password.contains(':') {
        add(password, found);
    }
}

/// Whether a text is a list or a dictionary as Python, PHP or Ruby write it.
fn is_serialized(text: &str) -> bool {
    let text = text.trim_start();
    let is_of_php = || {
        let rest = text.strip_prefix(['a', 'O', 's', 'i', 'b'])?.strip_prefix(':')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest.get(digits..)?.starts_with([':', ';']).then_some(digits > 0)
    };
    text.contains(['"', '\'']) && (text.starts_with(['{', '[', '(']) || is_of_php() == Some(true))
}

/// The fewest letters of a name without quotation marks.
const FEWEST: usize = 3;

/// Adds the tokens among the quoted texts: each that follows the name of a token.
fn tokens_in_strings(name: &str, text: &str, depth: usize, found: &mut Vec<Zeroizing<String>>) {
    let mut before = name.to_owned();
    let mut rest = text;
    while let Some(start) = rest.find(['"', '\'']) {
        let (between, quoted) = rest.split_at(start);
        // A name without quotation marks, as in `token: '…'`; shorter words are the types of PHP.
        let mut words = between.split(|one: char| !(one.is_ascii_alphanumeric() || one == '_')).rev();
        if let Some(bare) = words.find(|word| word.len() >= FEWEST && word.starts_with(|one: char| one.is_alphabetic()))
        {
            bare.clone_into(&mut before);
        }
        let mark = if quoted.starts_with('"') { '"' } else { '\'' };
        let inner = quoted.get(1..).unwrap_or_default();
        let mut is_escaped = false;
        let end = inner.find(|one| {
            let ends = one == mark && !is_escaped;
            is_escaped = one == '\\' && !is_escaped;
            ends
        });
        let Some(end) = end else { return };
        let (value, after) = inner.split_at(end);
        if is_token(&before, value) || value.starts_with(['{', '[', '%']) {
            within(&before, value, depth, found);
        }
        value.clone_into(&mut before);
        rest = after.get(1..).unwrap_or_default();
    }
}

/// Adds the tokens in JSON.
fn tokens_in(name: &str, value: &Value, depth: usize, found: &mut Vec<Zeroizing<String>>) {
    match value {
        // A token, or a text that holds JSON again.
        Value::String(text) if is_token(name, text) || text.starts_with(['{', '[', '%']) => {
            within(name, text, depth, found);
        }
        Value::Array(list) => list.iter().for_each(|value| tokens_in(name, value, depth, found)),
        Value::Object(members) => members.iter().for_each(|(name, value)| tokens_in(name, value, depth, found)),
        _ => {}
    }
}

/// The text that base64 stands for, if that is one.
fn from_base64(text: &str) -> Option<Zeroizing<String>> {
    let coded = text.trim_end_matches('=');
    let bytes = STANDARD_NO_PAD.decode(coded).or_else(|_| URL_SAFE_NO_PAD.decode(coded)).ok()?;
    let is_text = |text: &String| text.len() >= SHORTEST && !text.contains(char::is_control);
    String::from_utf8(bytes).ok().filter(is_text).map(Zeroizing::new)
}

/// Shorter values are words, such as `node1` or `en-US`.
const SHORTEST: usize = 8;

/// From this length on a value counts as a token; from that on, a run of letters and digits does.
const LONG: usize = 20;
const RANDOM: usize = 16;

fn is_secret(name: &str, value: &str) -> bool {
    let length = value.chars().count();
    let is_word = length < SHORTEST || value == DEFAULT_ORG;
    !is_word && (is_token(name, value) || is_random(value) || (length >= LONG && !is_address(value)))
}

/// Whether a member or a cookie is a token by its name, or the id of a session that looks like one.
fn is_token(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_named = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    value.chars().count() >= SHORTEST
        && (name.ends_with("token")
            || is_named(&["esri_auth", "jwt", "password", "secret"])
            || (is_named(&["session", "sessid", "ticket", "sid"]) && mixed_run(value) >= SHORTEST))
}

/// Whether a value looks like what a machine made up: a long run of letters and digits, or the hexadecimal digits of a UUID.
fn is_random(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_hexdigit).count();
    let is_hexadecimal = value.chars().all(|one| one.is_ascii_hexdigit() || one == '-');
    mixed_run(value) >= RANDOM
        || (is_hexadecimal && digits >= RANDOM && value.contains(|one: char| one.is_ascii_alphabetic()))
}

/// The length of the longest run of letters and digits that has both.
fn mixed_run(value: &str) -> usize {
    let runs = value.split(|one: char| !one.is_ascii_alphanumeric());
    let mixed = runs.filter(|run| {
        run.contains(|one: char| one.is_ascii_digit()) && run.contains(|one: char| one.is_ascii_alphabetic())
    });
    mixed.map(str::len).max().unwrap_or(0)
}

/// Whether a value looks like the name of a host, an address, a path or a date.
fn is_address(value: &str) -> bool {
    value.contains(['.', ':', '/']) && value.chars().all(|one| one.is_ascii_alphanumeric() || ".:-_/~".contains(one))
}

#[cfg(test)]
mod tests;
