//! The schemes of sign-in that `WWW-Authenticate` and `Proxy-Authenticate` name.

/// The most characters of the name of a scheme.
const LONGEST: usize = 20;

/// The schemes of these headers in order, each once. A header may name several, and each may have parameters.
pub(super) fn schemes<'v>(headers: impl Iterator<Item = &'v str>) -> Vec<String> {
    let mut schemes: Vec<String> = Vec::new();
    for challenge in headers.flat_map(between_commas) {
        let challenge = challenge.trim();
        let (scheme, rest) = challenge.split_once(char::is_whitespace).unwrap_or((challenge, ""));
        // `realm="x"` and `realm = "x"` are parameters of the scheme before.
        let is_token = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let is_scheme =
            is_token && !scheme.is_empty() && scheme.len() <= LONGEST && !rest.trim_start().starts_with('=');
        if is_scheme && !schemes.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
            schemes.push(scheme.to_owned());
        }
    }
    schemes
}

/// The page of whoever signs people in, as `authorization_uri` of OAuth names it; without its query.
pub(super) fn page<'v>(headers: impl Iterator<Item = &'v str>) -> Option<String> {
    const NAMES: [&str; 2] = ["authorization_uri", "authorization_url"];
    let named = headers.flat_map(between_commas).find_map(|part| {
        let lower = part.to_ascii_lowercase();
        let at = NAMES.iter().find_map(|name| Some(lower.find(name)? + name.len()))?;
        Some(part.get(at..)?.trim_start().strip_prefix('=')?.trim().trim_matches('"'))
    })?;
    let url = reqwest::Url::parse(named).ok().filter(|url| url.has_host())?;
    Some(format!("{}{}", url.origin().ascii_serialization(), url.path()))
}

/// The parts of a header between commas outside of quotation marks.
fn between_commas(header: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    header.split(move |character| {
        if escaped {
            escaped = false;
            return false;
        }
        match character {
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            ',' => return !quoted,
            _ => {}
        }
        false
    })
}

/// Whether one of the schemes is the sign-in of a Windows domain.
pub(super) fn is_windows(schemes: &[String]) -> bool {
    let windows = ["negotiate", "ntlm", "kerberos"];
    schemes.iter().any(|scheme| windows.iter().any(|one| scheme.eq_ignore_ascii_case(one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_a_challenge_names_is_read() {
        for (header, expected) in [
            (
                "Bearer authorization_uri=\"https://login.example/abc/oauth2/authorize?x=1\", error=\"invalid_token\"",
                Some("https://login.example/abc/oauth2/authorize"),
            ),
            ("Bearer realm=\"a\", Authorization_URI = https://login.example", Some("https://login.example/")),
            ("Bearer authorization_uri=\"no url\"", None),
            ("Negotiate", None),
        ] {
            assert_eq!(page([header].into_iter()).as_deref(), expected, "{header}");
        }
    }

    #[test]
    fn every_scheme_is_found_and_no_parameter() {
        for (headers, expected) in [
            (&["Negotiate"][..], "Negotiate"),
            (&["Negotiate", "NTLM"], "Negotiate NTLM"),
            (&["Negotiate, NTLM, Basic realm=\"x\""], "Negotiate NTLM Basic"),
            (&["Basic realm=\"a, NTLM\", charset=\"UTF-8\", Negotiate"], "Basic Negotiate"),
            (&["Basic realm=\"a\\\", NTLM\""], "Basic"),
            (&["Digest realm = \"x\", nonce=\"y\", qop = auth"], "Digest"),
            (&["Negotiate YIIJ/g==", "ntlm , NTLM"], "Negotiate ntlm"),
            (&["", " , ", "\u{1b}[2J", "x\u{202e}"], ""),
        ] {
            assert_eq!(schemes(headers.iter().copied()).join(" "), expected, "{headers:?}");
        }
        assert!(is_windows(&["Basic".to_owned(), "ntlm".to_owned()]) && !is_windows(&["Digest".to_owned()]));
    }
}
