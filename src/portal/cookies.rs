//! The cookies of a run, and the secrets in them.
//!
//! A load balancer may know its callers by a cookie, so that all requests of a run reach one machine. A portal may keep a
//! session or a token in one, and repeat it later. So cookies are secrets, unless they look like the name of a machine.

use std::collections::BTreeSet;
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use reqwest::Url;
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::HeaderValue;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::portal::{DEFAULT_ORG, Secret, pasted};

/// The most cookies that are kept, and the most bytes of one: as many as every browser keeps for a host (RFC 6265, section
/// 6.1).
const MOST: usize = 50;
const LARGEST: usize = 4096;

/// The cookies, which end with the run.
#[derive(Default)]
pub(super) struct Cookies {
    jar: Jar,
    seen: Mutex<SeenCookies>,
}

#[derive(Default)]
struct SeenCookies {
    /// The names of the cookies that are kept.
    names: BTreeSet<String>,
    /// The secrets that came and were not asked for yet, with the names of their cookies.
    secrets: Vec<(String, Vec<Secret>)>,
}

impl Cookies {
    /// The secrets in each cookie that came since the last call, with its name.
    pub(super) fn new_secrets(&self) -> Vec<(String, Vec<Secret>)> {
        self.seen.lock().map(|mut seen| std::mem::take(&mut seen.secrets)).unwrap_or_default()
    }
}

impl CookieStore for Cookies {
    fn set_cookies(&self, headers: &mut dyn Iterator<Item = &HeaderValue>, url: &Url) {
        let Ok(mut seen) = self.seen.lock() else { return };
        let kept = headers.filter(|header| {
            let Ok(text) = std::str::from_utf8(header.as_bytes()) else { return false };
            let (name, _) = parts(text);
            let is_kept =
                text.len() <= LARGEST && (seen.names.len() < MOST || seen.names.contains(name)) && !name.is_empty();
            if is_kept {
                seen.names.insert(name.to_owned());
                let secrets = &mut seen.secrets;
                secrets.push((name.to_owned(), secrets_of(text)));
                // A retry may bring new values again and again.
                secrets.drain(..secrets.len().saturating_sub(MOST));
            }
            is_kept
        });
        let kept: Vec<&HeaderValue> = kept.collect();
        self.jar.set_cookies(&mut kept.into_iter(), url);
    }

    fn cookies(&self, url: &Url) -> Option<HeaderValue> {
        self.jar.cookies(url)
    }
}

/// The name and the value in a header `Set-Cookie`. A value in quotation marks goes on to the second of them.
fn parts(header: &str) -> (&str, &str) {
    let pair = header.split(';').next().unwrap_or_default();
    let (name, value) = pair.split_once('=').unwrap_or(("", pair));
    let whole = header.split_once('=').map_or(value, |(_, whole)| whole).trim_start();
    let quoted = whole.strip_prefix('"').and_then(|inner| {
        let mut escaped = false;
        let end = inner.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        whole.get(..end + 2)
    });
    (name.trim(), quoted.unwrap_or(value).trim())
}

/// How often a cookie's value is decoded: JSON in a percent-coded text in quotation marks in a percent-coded text.
const DEPTH: usize = 5;

/// The secrets in a cookie: its value, what decodes from this, and the tokens in what decodes.
fn secrets_of(header: &str) -> Vec<Secret> {
    let (name, value) = parts(header);
    let mut found = Vec::new();
    within(name, value, DEPTH, &mut found);
    found.sort_unstable_by(|one, other| one.as_str().cmp(other));
    found.dedup();
    found.into_iter().map(|mut text| Secret::new(std::mem::take(&mut *text))).collect()
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
    let percent = percent_decode_str(text).decode_utf8_lossy().into_owned();
    let others =
        [Some(Zeroizing::new(pasted::unquoted(text).to_owned())), Some(Zeroizing::new(percent)), from_base64(text)];
    for other in others.into_iter().flatten().filter(|other| other.as_str() != text) {
        holds_json |= within(name, &other, depth, found);
    }
    for (name, value) in pasted::TOKENS.iter().filter_map(|name| Some((name, pasted::parameter(text, name)?))) {
        holds_json |= within(name, value, depth, found);
    }
    if !holds_json && is_secret(name, text) {
        found.push(Zeroizing::new(text.to_owned()));
    }
    holds_json
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

/// The text that base64 stands for, if that is JSON.
fn from_base64(text: &str) -> Option<Zeroizing<String>> {
    let coded = text.trim_end_matches('=');
    let bytes = STANDARD_NO_PAD.decode(coded).or_else(|_| URL_SAFE_NO_PAD.decode(coded)).ok()?;
    String::from_utf8(bytes).ok().filter(|text| text.starts_with('{')).map(Zeroizing::new)
}

/// Shorter values are words, such as `node1` or `en-US`.
const SHORTEST: usize = 8;

/// The length from which on a value is no word, and that from which on a run of letters and digits is none.
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
mod tests {
    use super::*;

    fn found(header: &str) -> Vec<String> {
        secrets_of(header).iter().map(|secret| secret.expose().to_owned()).collect()
    }

    #[test]
    fn a_token_is_found_however_it_stands_in_a_cookie() {
        for header in [
            "esri_auth=OTHERtokenOTHERtoken99; path=/",
            "token=OTHERtokenOTHERtoken99",
            "x=\"OTHERtokenOTHERtoken99\"; Secure",
            "esri_auth=%7B%22email%22%3A%22x%22%2C%22token%22%3A%22OTHERtokenOTHERtoken99%22%7D; path=/",
            "esri_auth=%257B%2522token%2522%253A%2522OTHERtokenOTHERtoken99%2522%257D",
            r#"esri_auth={"token":"OTHERtokenOTHERtoken99"}"#,
            r#"esri_auth="{\"a\":{\"refresh_token\":[\"OTHERtokenOTHERtoken99\"]}}"; HttpOnly"#,
            "s=eyJ1c2VyIjoieCIsInRva2VuIjoiT1RIRVJ0b2tlbk9USEVSdG9rZW45OSJ9",
            "AGSAUTH=user=x&token=OTHERtokenOTHERtoken99&y",
        ] {
            assert!(found(header).contains(&"OTHERtokenOTHERtoken99".to_owned()), "{header}: {:?}", found(header));
        }
        // Without digits a token is told by its name.
        let words = "esri_auth=%7B%22token%22%3A%22an-uncommon-token%22%7D";
        assert!(found(words).contains(&"an-uncommon-token".to_owned()), "{:?}", found(words));
    }

    #[test]
    fn a_session_is_a_secret_and_the_name_of_a_machine_is_none() {
        for header in [
            "JSESSIONID=0A1B2C3D4E5F60718293A4B5C6D7E8F9.node1; Path=/; HttpOnly",
            "AGS_ROLES=\"419jqfa+uOZgYod4xPOQ8Q==\"",
            "AWSALB=Zx81mKqP0aU2bV7cW9dX3eY5fZ1gA6hB",
            "sid=550e8400-e29b-41d4-a716-446655440000",
            "PHPSESSID=a1b2c3d4e5",
            "remember=correct-horse-battery-staple",
        ] {
            assert!(!found(header).is_empty(), "{header}");
        }
        for header in [
            "LB=node1; path=/",
            "ROUTEID=.portal-machine2",
            "SERVERID=portal01.internal.example.com",
            "backend=10.0.112.134:7443",
            "BIGipServerpool=1677787402.20480.0000",
            "esri_locale=en-US",
            "org=0123456789ABCDEF",
            "seen=2026-11-27T10:22:05Z",
            "x=",
            "",
            // Whose cookie it is stands in answers too.
            "esri=%7B%22id%22%3A%220123456789ABCDEF%22%2C%22user%22%3A%22a-name-of-a-member-of-the-portal%22%7D",
            r#"esri="{\"id\":\"0a1b2c3d4e5f60718293a4b5c6d7e8f9\"}""#,
        ] {
            assert!(found(header).is_empty(), "{header}: {:?}", found(header));
        }
    }

    #[test]
    fn no_more_cookies_are_kept_than_browsers_keep() {
        let cookies = Cookies::default();
        let url = Url::parse("https://gis.example.com/portal").unwrap();
        for round in 0..10 {
            let headers: Vec<HeaderValue> = (0..100)
                .map(|one| HeaderValue::try_from(format!("c{round}_{one}=a1b2c3d4e5f6a7b8{round}{one}")).unwrap())
                .chain([HeaderValue::try_from(format!("large={}", "x".repeat(100_000))).unwrap()])
                .collect();
            cookies.set_cookies(&mut headers.iter(), &url);
        }
        let sent = cookies.cookies(&url).unwrap();
        assert_eq!(sent.to_str().unwrap().split("; ").count(), MOST);
        assert_eq!(cookies.new_secrets().len(), MOST);
        assert!(cookies.new_secrets().is_empty());
    }
}
