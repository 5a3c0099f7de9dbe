//! Secrets: passwords, tokens and the cookies of sessions, which must not be shown.

mod broken;
mod coded;
#[cfg(test)]
mod disguises;
mod escapes;
mod finder;
mod guises;
mod html;
mod lists;
mod look_alikes;
mod masked;
mod needles;
mod number;
#[cfg(test)]
mod properties;
mod search;
mod unseen;
#[cfg(test)]
mod work_tests;

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use zeroize::Zeroizing;

use crate::portal::secret::needles::Needles;
use crate::portal::secret::search::{FoundIn, Search};

pub(super) use crate::portal::secret::search::HoldsSecret;

/// A password or a token. It cannot be printed by accident, and its memory is overwritten when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Stands in place of a text in which a secret occurs.
pub(super) const WITHHELD: &str = "[not shown: a password or token is in it]";

/// Stands in place of a text that cannot be searched to its end.
const UNSEARCHED: &str = "[not shown: it is escaped so often that a password or token in it would not be found]";

/// The most characters of a text that are searched for secrets before a part of it is shown.
///
/// A secret that begins within the part that is shown, and that ends after those that are searched, takes more than thirty times
/// the characters of that part. So what is shown of it is less than a thirtieth.
pub(super) const SEARCHED: usize = 10_000;

/// The most secrets of cookies that are looked for at a time: those of as many cookies as two answers bring.
const COOKIES: usize = 240;

/// The most characters that are shown of a longer text.
pub(super) const SHOWN: usize = 300;

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

    /// Whether the secret occurs in a text, literally or disguised: in other case, in base64, base32 or hexadecimal digits,
    /// escaped as in URLs, forms, HTML, JSON or a program, as a list of numbers or letters, with signs between its letters, in
    /// letters of another width, font or script that look alike, with invisible characters or colours of a terminal in it, or in
    /// several of these ways at once. Also true where the text hides so much in so many layers that nobody can tell.
    ///
    /// Ciphers, compression, and encodings that no program uses by itself for what it says (rot13, base85, UTF-7, uuencode) are
    /// not undone.
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
    /// Those that cookies brought, with the names of the cookies, the newest last.
    of_cookies: Vec<(String, Secret)>,
    /// The texts to look for, made once: every page of a list is searched.
    needles: OnceCell<Rc<Needles>>,
}

impl From<Secret> for Secrets {
    fn from(secret: Secret) -> Self {
        Self { all: vec![secret], ..Self::default() }
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

    /// Adds the secrets in a new value of a cookie. Of its earlier values the last one stays: the next answer may repeat it.
    pub(super) fn add_of_cookie(&mut self, name: &str, secrets: Vec<Secret>) {
        let known = || self.all.iter().chain(self.of_cookies.iter().map(|(_, secret)| secret));
        let most = 2 * secrets.len();
        let new = secrets.into_iter().filter(|secret| known().all(|known| known.0 != secret.0));
        let new: Vec<_> = new.map(|secret| (name.to_owned(), secret)).collect();
        if new.is_empty() {
            return;
        }
        self.of_cookies.extend(new);
        let mut left = self.of_cookies.iter().filter(|(known, _)| known == name).count();
        self.of_cookies.retain(|(known, _)| {
            let is_old = known == name && left > most;
            left -= usize::from(known == name);
            !is_old
        });
        self.of_cookies.drain(..self.of_cookies.len().saturating_sub(COOKIES));
        self.needles.take();
    }

    /// Whether a secret occurs in an answer, or may occur in it, as [`Secret::occurs_in`] tells.
    pub(super) fn occur_in(&self, answer: &str) -> bool {
        self.search(answer) != HoldsSecret::No
    }

    /// Searches an answer that is kept.
    pub(super) fn search(&self, answer: &str) -> HoldsSecret {
        Search::of(self.needles(), answer, FoundIn::Answer)
    }

    fn needles(&self) -> &Needles {
        self.needles.get_or_init(|| {
            let of_cookies = self.of_cookies.iter().map(|(_, secret)| secret);
            let all: Vec<&str> = self.all.iter().chain(of_cookies).map(Secret::expose).collect();
            Rc::new(Needles::of(&all))
        })
    }

    /// The words that are to be shown; in their place a note where a secret occurs in them, also as a part of a word.
    /// A long text is cut.
    pub(super) fn withheld(&self, words: String) -> String {
        match self.note_instead(&words) {
            Some(note) => note.to_owned(),
            None if first(&words, SEARCHED).len() < words.len() => format!("{}…", first(&words, SHOWN)),
            None => words,
        }
    }

    /// The note that stands in place of words; `None` where the first [`SHOWN`] characters of them may be shown.
    pub(super) fn note_instead(&self, words: &str) -> Option<&'static str> {
        match Search::of(self.needles(), first(words, SEARCHED), FoundIn::Words) {
            HoldsSecret::Yes => Some(WITHHELD),
            HoldsSecret::Unknown => Some(UNSEARCHED),
            HoldsSecret::No => None,
        }
    }
}

/// The first characters of a text.
pub(super) fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

#[cfg(test)]
mod tests;
