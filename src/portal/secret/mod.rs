//! Secrets: passwords and tokens, which must not be shown.

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

/// A password or a token. It cannot be printed by accident, and its memory is overwritten when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Stands in place of a text in which a secret occurs.
pub(super) const WITHHELD: &str = "[not shown: a password or token is in it]";

impl Secret {
    /// Takes a text as a secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text of the secret, for the only place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether a header can carry it as it carries tokens: it must be printable ASCII without blanks.
    #[must_use]
    pub fn can_be_sent(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// Whether the secret occurs in a text, literally or disguised: in other case, in base64 or hexadecimal digits,
    /// escaped as in URLs, forms, HTML, JSON or a program, or in several of these ways at once.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        Secrets::from(self.clone()).occur_in(text)
    }
}

/// Prints nothing of the secret, not even its length.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// All secrets of a session.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    all: Vec<Secret>,
    /// The texts to look for, made once: every page of a list is searched.
    needles: OnceCell<Rc<Needles>>,
}

impl From<Secret> for Secrets {
    fn from(secret: Secret) -> Self {
        Self { all: vec![secret], needles: OnceCell::new() }
    }
}

/// Prints nothing of the secrets.
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

    /// Whether a secret occurs in an answer, as [`Secret::occurs_in`] tells.
    pub(super) fn occur_in(&self, answer: &str) -> bool {
        self.needles().are_in(answer, FoundIn::Answer)
    }

    fn needles(&self) -> &Needles {
        self.needles.get_or_init(|| {
            let all: Vec<&str> = self.all.iter().map(Secret::expose).collect();
            Rc::new(Needles::of(&all))
        })
    }

    /// The words that are to be shown; in their place [`WITHHELD`] where a secret occurs in them, also as a part of a
    /// word.
    pub(super) fn withheld(&self, words: String) -> String {
        if self.needles().are_in(&words, FoundIn::Words) { WITHHELD.to_owned() } else { words }
    }
}

#[cfg(test)]
mod tests;
