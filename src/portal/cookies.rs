//! The cookies of a run, and the secrets in them.
//!
//! A load balancer may know its callers by a cookie, so that all requests of a run reach one machine. A portal may keep a
//! session or a token in one, and repeat it later. So cookies are secrets, unless they look like the name of a machine.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Mutex;

use reqwest::Url;
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::HeaderValue;

use crate::portal::Secret;
use crate::portal::cookie_secrets::secrets_of;

/// The most cookies that are kept, and the most bytes of one: as many as every browser keeps for a host (RFC 6265, section
/// 6.1).
const MOST: usize = 50;
const LARGEST: usize = 4096;

/// The most cookies of which the secrets are looked for: those of two answers, of which each has at most 100 headers.
pub(super) const KNOWN: usize = 200;

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
            let text = std::str::from_utf8(header.as_bytes()).map(Cow::Borrowed);
            let is_text = text.is_ok();
            // Older servers write Latin-1.
            let text = text.unwrap_or_else(|_| header.as_bytes().iter().copied().map(char::from).collect());
            let (name, value) = parts(&text);
            // The portal knows also those that are not kept, and may repeat them.
            let secrets = &mut seen.secrets;
            secrets.push((name.to_owned(), secrets_of(name, value)));
            // A retry may bring new values again and again.
            secrets.drain(..secrets.len().saturating_sub(KNOWN));
            let has_room = seen.names.len() < MOST || seen.names.contains(name);
            let is_kept = is_text && text.len() <= LARGEST && has_room && !name.is_empty();
            if is_kept {
                seen.names.insert(name.to_owned());
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
pub(super) fn parts(header: &str) -> (&str, &str) {
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

#[cfg(test)]
mod tests {
    use super::*;

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
        let secrets = cookies.new_secrets();
        assert_eq!(secrets.len(), KNOWN);
        // The last ones, with those that are not kept.
        assert!(secrets.iter().any(|(name, _)| name == "c9_99") && secrets.iter().any(|(name, _)| name == "large"));
        assert!(cookies.new_secrets().is_empty());
    }
}
