//! Finds the code or the token in a text that the user pasted or saved.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::portal::Secret;

/// The names of a token in URLs, in cookies and in JSON.
pub(super) const TOKENS: [&str; 4] = ["token", "access_token", "esri_auth", "agwtoken"];

/// The headers that show a token in a browser's developer tools.
const HEADERS: [&str; 3] = ["X-Esri-Authorization", "Authorization", "Cookie"];

/// The code in a pasted text: the code itself, `code=…`, or the address or the title of the page that shows it.
#[must_use]
pub fn pasted_code(text: &str) -> Option<Secret> {
    let text = text.trim();
    let code = match parameter(text, "code") {
        Some(code) => decoded(code),
        None if text.contains("://") || text.ends_with("code=") => return None,
        None => unquoted(text).to_owned(),
    };
    Some(Secret::new(code)).filter(Secret::can_be_sent)
}

/// The token in a text: with blanks or quotation marks around it, after `Bearer ` or the name of its header, in a
/// cookie, as `token=…` in a URL, or in the JSON that `generateToken` or `oauth2/token` answers.
#[must_use]
pub fn pasted_token(text: &str) -> Option<Secret> {
    let text = unquoted(text.trim());
    let value = text.split_once(':').filter(|(name, _)| HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header)));
    let text = unquoted(value.map_or(text, |(_, value)| value.trim()));
    let bare = match text.split_once(char::is_whitespace) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => unquoted(rest.trim_start()),
        _ => text,
    };
    let token = if bare.starts_with('{') {
        in_json(bare)?
    } else if let Some(named) = TOKENS.iter().find_map(|name| parameter(bare, name)) {
        let named = decoded(named);
        if named.starts_with('{') { in_json(&named)? } else { named }
    } else if bare.contains("://") || bare.contains([';', ',', '"', '{']) || bare.ends_with("token=") {
        return None;
    } else {
        // The value of a cookie, in the form in which browsers copy it.
        let plain = if bare.contains("%7B%22") { decoded(bare) } else { bare.to_owned() };
        if plain.starts_with('{') { in_json(&plain)? } else { plain }
    };
    Some(Secret::new(token)).filter(Secret::can_be_sent)
}

/// The token in a JSON object.
fn in_json(text: &str) -> Option<String> {
    let object: Value = serde_json::from_str(text).ok()?;
    TOKENS.iter().find_map(|name| object.get(name)?.as_str().map(str::to_owned))
}

/// The value of `name=value`: in a query, after `#`, in a form or among cookies.
pub(super) fn parameter<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let starts = text.match_indices(name).filter_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let begins = before.is_none_or(|before| before.is_whitespace() || "?&#;\"'".contains(before));
        begins.then(|| text.get(at + name.len()..)?.strip_prefix('=')).flatten()
    });
    let value = starts.into_iter().next()?;
    let end = value.find(|one: char| one.is_whitespace() || "&#;\"'".contains(one)).unwrap_or(value.len());
    value.get(..end).filter(|value| !value.is_empty())
}

/// The text without percent encoding. A `+` stays: in tokens it is more often a character than a blank.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

pub(super) fn unquoted(text: &str) -> &str {
    ['"', '\''].iter().find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_what_is_pasted() {
        for (text, expected) in [
            (" aB3-_x\n", Some("aB3-_x")),
            ("'aB3-_x'", Some("aB3-_x")),
            ("code=aB3-x", Some("aB3-x")),
            ("?code=aB3-x&state=1", Some("aB3-x")),
            ("SUCCESS code=aB3-x", Some("aB3-x")),
            ("<title>SUCCESS code=aB3-x\"", Some("aB3-x")),
            ("urn:ietf:wg:oauth:2.0:oob?code=aB3%2Dx", Some("aB3-x")),
            ("https://gis.example.com/portal/sharing/rest/oauth2/approval?code=aB3%2Dx&state=1", Some("aB3-x")),
            ("https://gis.example.com/portal/x#code=aB3-x", Some("aB3-x")),
            ("https://gis.example.com/x?error=access_denied&error_code=7", None),
            ("https://gis.example.com/portal/home", None),
            ("two words", None),
            ("code=", None),
            ("", None),
        ] {
            assert_eq!(pasted_code(text).as_ref().map(Secret::expose), expected, "{text}");
        }
    }

    #[test]
    fn a_token_is_found_in_what_it_stands_in() {
        for text in [
            "aB3-_x.7..",
            " \"aB3-_x.7..\" \n",
            "Bearer aB3-_x.7..",
            "bearer   aB3-_x.7..",
            "X-Esri-Authorization: Bearer aB3-_x.7..",
            "Authorization:bearer aB3-_x.7..",
            "'X-Esri-Authorization: Bearer aB3-_x.7..'",
            "token=aB3-_x.7..",
            "f=json&token=aB3-_x.7..&x=1",
            "https://gis.example.com/portal/sharing/rest/portals/self?f=json&token=aB3-_x.7..",
            "https://gis.example.com/x#access_token=aB3-_x.7..&expires_in=7200",
            "https://gis.example.com/x?token=aB3-%5Fx.7..#top",
            r#"{"token":"aB3-_x.7..","expires":1,"ssl":true}"#,
            r#"{"access_token":"aB3-_x.7..","refresh_token":"other"}"#,
            "Cookie: a=1; esri_auth=%7B%22email%22%3A%22x%22%2C%22token%22%3A%22aB3-_x.7..%22%7D; b=2",
            "esri_auth=%7B%22token%22%3A%22aB3-_x.7..%22%7D",
            "%7B%22token%22%3A%22aB3-_x.7..%22%7D",
            "esri_auth=aB3-_x.7..",
            "agwtoken=aB3-_x.7..; Path=/",
        ] {
            assert_eq!(pasted_token(text).as_ref().map(Secret::expose), Some("aB3-_x.7.."), "{text}");
        }
        for text in
            ["", "two words", "{", r#"{"expires":1}"#, "https://gis.example.com/x", "a=1; b=2", "\"\"", "token="]
        {
            assert!(pasted_token(text).is_none(), "{text}");
        }
    }
}
