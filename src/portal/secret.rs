//! What must not be seen.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

/// A password or a token. It has no way to be printed by accident, and leaves memory when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// What is encoded in forms.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// What stands where a secret stood.
const MASK: &str = "[secret]";

/// Shorter ones are not looked for in messages: a message would be nothing but masks.
const SHORTEST_MASKED: usize = 4;

impl Secret {
    /// Takes a secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The secret itself, for the one place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether a header can carry it, as it carries tokens: printable ASCII without blanks.
    #[must_use]
    pub fn can_be_sent(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// The text without this secret: a portal's message may repeat what it was sent.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        if self.0.len() < SHORTEST_MASKED {
            return text.to_owned();
        }
        self.guises().iter().fold(text.to_owned(), |text, guise| text.replace(guise.as_str(), MASK))
    }

    /// As it is, and as it stands in URLs, forms and JSON, in which some write hexadecimal digits small, or `\/` for `/`.
    fn guises(&self) -> Vec<Zeroizing<String>> {
        let percent = utf8_percent_encode(&self.0, NON_ALPHANUMERIC).to_string();
        let form = utf8_percent_encode(&self.0, FORM).to_string().replace("%20", "+");
        let json = serde_json::Value::from(self.0.as_str()).to_string();
        let json = json.trim_matches('"').to_owned();
        let (small_percent, small_form, slashed) = (small(&percent), small(&form), json.replace('/', r"\/"));
        let all = [percent, form, small_percent, small_form, slashed, json].into_iter().map(Zeroizing::new);
        let mut guises = Vec::new();
        for guise in all.chain([self.0.clone()]) {
            if !guises.contains(&guise) {
                guises.push(guise);
            }
        }
        guises
    }

    /// Whether it occurs in these bytes, in whatever guise.
    #[must_use]
    pub fn occurs_in(&self, bytes: &[u8]) -> bool {
        let found = |guise: &Zeroizing<String>| bytes.windows(guise.len()).any(|window| window == guise.as_bytes());
        self.0.len() >= SHORTEST_MASKED && self.guises().iter().any(found)
    }
}

/// With small digits after each `%`.
fn small(encoded: &str) -> String {
    let mut digits = 0_u8;
    let small = |character: char| {
        let is_digit = digits > 0;
        digits = if character == '%' { 2 } else { digits.saturating_sub(1) };
        if is_digit { character.to_ascii_lowercase() } else { character }
    };
    encoded.chars().map(small).collect()
}

/// Tells nothing, not even the length.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_prints_a_secret() {
        let secret = Secret::new("hunter2".to_owned());
        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "[secret] Some(\n    [secret],\n)");
        assert_eq!(secret.masked("no hunter2, no hunter23"), "no [secret], no [secret]3");
        assert!(secret.occurs_in(b"...hunter2") && !secret.occurs_in(b"hunter") && !secret.occurs_in(b""));
        let odd = Secret::new("a b+\"c".to_owned());
        assert_eq!(odd.masked(r#"a b+"c a+b%2B%22c a%20b%2B%22c a b+\"c"#), "[secret] [secret] [secret] [secret]");
        assert_eq!(odd.masked("a%20b%2b%22c a+b%2b%22c"), "[secret] [secret]");
        assert_eq!(Secret::new("e".to_owned()).masked("refused"), "refused");
    }

    #[test]
    fn a_secret_is_found_in_every_guise() {
        let secret = Secret::new("Tk+/AbC=".to_owned());
        for text in ["Tk+/AbC=", r"Tk+\/AbC=", "?token=Tk%2B%2FAbC%3D&f", "?token=Tk%2b%2fAbC%3d"] {
            assert!(secret.occurs_in(text.as_bytes()), "{text}");
            assert!(!secret.masked(text).contains("AbC"), "{text}");
        }
        assert!(!secret.occurs_in(b"Tk+/AbC Tk%2B/abc="));
    }
}
