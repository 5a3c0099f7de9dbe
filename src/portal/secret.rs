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

    /// As it is, and as it stands in URLs, forms and JSON.
    fn guises(&self) -> [Zeroizing<String>; 4] {
        let percent = utf8_percent_encode(&self.0, NON_ALPHANUMERIC).to_string();
        let form = utf8_percent_encode(&self.0, FORM).to_string().replace("%20", "+");
        let json = serde_json::Value::from(self.0.as_str()).to_string();
        let json = json.trim_matches('"').to_owned();
        [Zeroizing::new(percent), Zeroizing::new(form), Zeroizing::new(json), self.0.clone()]
    }

    /// Whether it occurs in these bytes.
    #[must_use]
    pub fn occurs_in(&self, bytes: &[u8]) -> bool {
        let secret = self.0.as_bytes();
        secret.len() >= SHORTEST_MASKED && bytes.windows(secret.len()).any(|window| window == secret)
    }
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
        assert_eq!(Secret::new("e".to_owned()).masked("refused"), "refused");
    }
}
