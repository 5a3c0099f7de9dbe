//! The texts to look for, and the search for them.

use std::ops::Range;

use memchr::memmem;
use zeroize::Zeroizing;

use crate::portal::secret::{broken, coded, escapes, guises};

/// Below this length, a secret may be part of any word.
const SHORT: usize = 8;

/// Below this length, a secret stands alone by chance in the noise that decoding base64 gives.
const TINY: usize = 5;

/// In longer texts base64 is not decoded; only the secret's own base64 is looked for.
const DECODED: usize = 1 << 20;

/// The length from which on a secret counts as a token. A portal may shorten a token, so most of it is looked for
/// too.
const TOKEN: usize = 24;

/// The length from which on most of a password is looked for in the words that are shown. Most of it may be a common
/// word, and stand in a user name, so an answer that holds it is kept.
const CUT: usize = 12;

/// The length from which on the letters and digits of a password are no user name by chance.
const NO_NAME: usize = 16;

/// The sort of a text, which decides how sure a match must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundIn {
    /// An answer that is kept: a short secret that is a word counts only where no letter or digit stands beside it.
    Answer,
    /// Words that are shown: a short secret counts wherever it stands, since leaving out too many words does no harm.
    Words,
}

/// All texts to look for.
pub(super) struct Needles {
    tiny: Vec<Zeroizing<String>>,
    short: Vec<Zeroizing<String>>,
    /// Short secrets that are no words, and so occur in none.
    odd: Vec<Zeroizing<String>>,
    long: Vec<Zeroizing<String>>,
    /// The first and last parts of passwords with letters and digits.
    cut: Vec<Zeroizing<String>>,
    /// The rest of a secret that has lost some of its letters.
    broken: Vec<broken::Remains>,
    /// The letters and digits of secrets, where these are enough to tell.
    letters: Vec<Zeroizing<String>>,
}

/// The codings that are undone besides escapes, and how often.
#[derive(Clone, Copy)]
struct Depth {
    decodings: usize,
    /// Whether the text may be quoted-printable.
    quoted: bool,
    /// How often the text may be a list of numbers or of single letters.
    lists: usize,
    /// Whether it is the text itself, and not the result of decoding base64, which is mostly noise.
    plain: bool,
}

impl Needles {
    pub(super) fn of(secrets: &[&str]) -> Self {
        let has_both =
            |text: &str| text.contains(char::is_alphabetic) && text.contains(|one: char| one.is_ascii_digit());
        let secrets = || secrets.iter().copied().filter(|secret| !secret.is_empty());
        let length = |secret: &str| escapes::fold(secret).len();
        let needles = |wanted: &dyn Fn(&str) -> bool, fold: fn(&str) -> String| -> Vec<Zeroizing<String>> {
            let all = secrets().filter(|secret| wanted(secret)).flat_map(|secret| guises::of(secret, fold));
            all.filter(|needle| !needle.is_empty()).collect()
        };
        let mut long = needles(&|secret| length(secret) >= SHORT, escapes::fold);
        long.extend(secrets().filter(|secret| length(secret) >= TOKEN).flat_map(most_of));
        let cut = secrets().filter(|secret| (CUT..TOKEN).contains(&length(secret))).flat_map(most_of);
        let odd = secrets().filter(|secret| length(secret) < SHORT && is_odd(secret));
        let letters = secrets().map(|secret| letters(&escapes::fold(secret)));
        Self {
            tiny: needles(&|secret| length(secret) < TINY, escapes::fold_words),
            short: needles(&|secret| (TINY..SHORT).contains(&length(secret)), escapes::fold_words),
            odd: odd.map(|secret| Zeroizing::new(escapes::fold_words(secret))).collect(),
            long,
            cut: cut.filter(|part| has_both(part)).collect(),
            broken: secrets().filter_map(broken::Remains::of).collect(),
            letters: letters.filter(|text| text.len() > SHORT && has_both(text)).map(Zeroizing::new).collect(),
        }
    }

    /// Whether a secret occurs in a text, literally or escaped.
    pub(super) fn are_in(&self, text: &str, found: FoundIn) -> bool {
        let small = text.len() <= DECODED;
        let layers = if small { coded::DEPTH } else { 0 };
        let depth = Depth { decodings: layers, quoted: small, lists: layers, plain: true };
        self.are_under(text, depth, found)
            || self.are_spread(text, found)
            || (!small && self.are_spelt(text, depth, found))
    }

    /// As [`Self::are_in`], after undoing escapes and decoding as `depth` says.
    fn are_under(&self, text: &str, depth: Depth, found: FoundIn) -> bool {
        let are_here = |text: &str| {
            let unquoted = || if depth.quoted { escapes::unquoted(text).map(Zeroizing::new) } else { None };
            let unquoted_depth = Depth { quoted: false, ..depth };
            self.are_at(text, depth, found)
                || untagged(text).is_some_and(|text| occurs(&self.long, &text, escapes::fold, |_, _| true))
                || (depth.lists > 0 && self.are_spelt(text, depth, found))
                || unquoted().is_some_and(|unquoted| self.are_under(&unquoted, unquoted_depth, found))
        };
        let numbered = || if depth.plain { escapes::numbered(text).map(Zeroizing::new) } else { None };
        if are_here(text) || numbered().is_some_and(|text| self.are_at(&text, depth, found)) {
            return true;
        }
        escapes::KINDS.into_iter().any(|kinds| {
            let mut layer = Zeroizing::new(text.to_owned());
            (0..escapes::LAYERS).any(|_| match escapes::undone(&layer, kinds) {
                Some(next) => {
                    layer = Zeroizing::new(next);
                    are_here(&layer)
                }
                None => false,
            })
        })
    }

    /// As [`Self::are_under`], without undoing escapes.
    fn are_at(&self, text: &str, depth: Depth, found: FoundIn) -> bool {
        let only_tiny = self.long.is_empty() && self.short.is_empty();
        let decoded = || if depth.decodings > 0 && !only_tiny { coded::decoded(text) } else { None };
        let decodings = depth.decodings.saturating_sub(1);
        let deeper = Depth { decodings, quoted: true, plain: false, ..depth };
        let glued = depth.plain && found == FoundIn::Words;
        let counts: fn(&str, Range<usize>) -> bool = if glued { |_, _| true } else { alone };
        occurs(&self.long, text, escapes::fold, |_, _| true)
            || occurs(&self.short, text, escapes::fold_words, counts)
            || (found == FoundIn::Words && occurs(&self.cut, text, escapes::fold, |_, _| true))
            || (depth.plain && occurs(&self.tiny, text, escapes::fold_words, counts))
            || (depth.plain && occurs(&self.odd, text, escapes::fold_words, |_, _| true))
            || (depth.plain && self.broken.iter().any(|remains| remains.are_in(text)))
            || decoded().is_some_and(|decoded| self.are_under(&Zeroizing::new(decoded), deeper, found))
    }

    /// Whether a long secret occurs in pieces: digits as in `C3:A9`, `0xc3, 0xa9`, `c3 a9`, or letters with other
    /// characters between.
    fn are_spread(&self, text: &str, found: FoundIn) -> bool {
        let is_between = |character: char| ":,;-./_|".contains(character);
        text.contains(is_between)
            && (occurs(&self.long, &without(text, is_between), escapes::fold, |_, _| true)
                || (!self.letters.is_empty() && {
                    let letters = Zeroizing::new(letters(&escapes::fold(text)));
                    let counts = |needle: &str| found == FoundIn::Words || needle.len() >= NO_NAME;
                    let mut needles = self.letters.iter().filter(|needle| counts(needle));
                    needles.any(|needle| memmem::find(letters.as_bytes(), needle.as_bytes()).is_some())
                }))
    }

    /// Whether a secret occurs as a list of numbers or of single letters.
    fn are_spelt(&self, text: &str, depth: Depth, found: FoundIn) -> bool {
        let deeper = Depth { lists: depth.lists.saturating_sub(1), ..depth };
        coded::spelt(text).is_some_and(|spelt| self.are_under(&Zeroizing::new(spelt), deeper, found))
    }
}

/// A text without the tags of HTML; `None` where it has none.
fn untagged(text: &str) -> Option<Zeroizing<String>> {
    let mut parts = text.split('<');
    let mut all = Zeroizing::new(parts.next()?.to_owned());
    let mut has_tags = false;
    for part in parts {
        let rest = part.split_once('>').map(|(_, rest)| rest);
        has_tags |= rest.is_some();
        all.push_str(rest.unwrap_or(part));
    }
    has_tags.then_some(all)
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

fn without(text: &str, is_between: impl Fn(char) -> bool) -> Zeroizing<String> {
    Zeroizing::new(text.replace("0x", "").replace(is_between, ""))
}

/// The first and the last three quarters of a token.
fn most_of(token: &str) -> Vec<Zeroizing<String>> {
    let folded = Zeroizing::new(escapes::fold(token));
    let count = folded.chars().count();
    let first = folded.chars().take(count * 3 / 4).collect();
    let last = folded.chars().skip(count / 4).collect();
    [first, last].map(Zeroizing::new).to_vec()
}

/// Whether a short secret is no word: it has digits beside letters, or signs.
fn is_odd(secret: &str) -> bool {
    let has = |is: fn(char) -> bool| secret.contains(is);
    let (letters, digits) = (has(char::is_alphabetic), has(|one| one.is_ascii_digit()));
    let is_sign = |one: char| !one.is_alphanumeric() && !one.is_whitespace() && !"-_.,:+".contains(one);
    let count = secret.chars().count();
    (count >= 6 && letters && digits) || (count >= 4 && (letters || digits) && has(is_sign))
}

fn occurs(
    needles: &[Zeroizing<String>],
    text: &str,
    fold: fn(&str) -> String,
    counts: fn(&str, Range<usize>) -> bool,
) -> bool {
    if needles.is_empty() {
        return false;
    }
    let text = Zeroizing::new(fold(text));
    needles.iter().any(|needle| {
        memmem::find_iter(text.as_bytes(), needle.as_bytes()).any(|at| counts(&text, at..at + needle.len()))
    })
}

/// Whether neither a letter nor a digit stands beside this place.
fn alone(text: &str, at: Range<usize>) -> bool {
    let before = text.get(..at.start).and_then(|before| before.chars().next_back());
    let after = text.get(at.end..).and_then(|after| after.chars().next());
    [before, after].into_iter().flatten().all(|beside| !beside.is_alphanumeric())
}
