//! What must not be seen: passwords and tokens.

mod broken;
mod coded;
mod escapes;
mod guises;
mod needles;
#[cfg(test)]
mod properties;

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use zeroize::Zeroizing;

use crate::portal::secret::needles::{FoundIn, Needles};

/// A password or a token. It has no way to be printed by accident, and leaves memory when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Stands where text is left out because a secret occurs in it.
pub(super) const WITHHELD: &str = "[not shown: a password or token is in it]";

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

    /// Whether it occurs in a text, as it is or escaped: in other case, in base64 or hexadecimal digits, as in URLs, forms,
    /// HTML, JSON or a program, several of these on top of each other.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        Secrets::from(self.clone()).occur_in(text)
    }
}

/// Tells nothing, not even the length.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// All secrets of a session.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    all: Vec<Secret>,
    /// Made once they are looked for: an answer comes for each page of a list.
    needles: OnceCell<Rc<Needles>>,
}

impl From<Secret> for Secrets {
    fn from(secret: Secret) -> Self {
        Self { all: vec![secret], needles: OnceCell::new() }
    }
}

/// Tells nothing of them.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").field("all", &self.all).finish_non_exhaustive()
    }
}

impl Secrets {
    pub(super) fn add(&mut self, secret: &Secret) {
        if !self.all.iter().any(|known| known.0 == secret.0) {
            self.all.push(secret.clone());
            self.needles.take();
        }
    }

    /// Whether one of them occurs in an answer, as [`Secret::occurs_in`] says.
    pub(super) fn occur_in(&self, answer: &str) -> bool {
        self.needles().are_in(answer, FoundIn::Answer)
    }

    fn needles(&self) -> &Needles {
        self.needles.get_or_init(|| {
            let all: Vec<&str> = self.all.iter().map(Secret::expose).collect();
            Rc::new(Needles::of(&all))
        })
    }

    /// Words that are to be shown, or a word that they are not: because a secret occurs in them, as part of a word too.
    pub(super) fn withheld(&self, words: String) -> String {
        if self.needles().are_in(&words, FoundIn::Words) { WITHHELD.to_owned() } else { words }
    }
}

#[cfg(test)]
mod tests;
