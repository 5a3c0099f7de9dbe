//! What must not be seen.

use std::fmt;

use zeroize::Zeroizing;

/// A password or a token. It has no way to be printed by accident, and leaves memory when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

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
        if self.0.len() < SHORTEST_MASKED { text.to_owned() } else { text.replace(self.0.as_str(), MASK) }
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
        assert_eq!(Secret::new("e".to_owned()).masked("refused"), "refused");
    }
}
