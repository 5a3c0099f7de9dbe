//! The search for secrets in a text: as it stands, and with escapes and codings undone.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use memchr::memmem;
use zeroize::Zeroizing;

use crate::portal::secret::needles::{Needles, letters};
use crate::portal::secret::{coded, escapes};

/// In longer texts base64 is not decoded; only the secret's own base64 is looked for.
const DECODED: usize = 1 << 20;

/// The length from which on the letters and digits of a password are no user name by chance.
const NO_NAME: usize = 16;

/// The most bytes that a search compares: so many for any text, and so many for each of its bytes. Escapes within codings within
/// escapes give a new text for each order in which they are undone. Answers of portals need fewer than 20 for each byte.
pub(super) const WORK: usize = 1 << 20;
pub(super) const WORK_PER_BYTE: usize = 100;

/// The sort of a text, which decides how sure a match must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundIn {
    /// An answer that is kept: a short secret that is a word counts only where no letter or digit stands beside it.
    Answer,
    /// Words that are shown: a short secret counts wherever it stands, since leaving out too many words does no harm.
    Words,
}

/// Whether a text holds a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::portal) enum HoldsSecret {
    /// No secret is in the text.
    No,
    /// A secret is in the text.
    Yes,
    /// The text hides so much in so many layers that not all of them were looked through.
    Unknown,
}

/// What is undone besides escapes, and how often.
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

impl Depth {
    /// Whether a search to this depth finds whatever one to the other depth finds.
    fn covers(self, other: Self) -> bool {
        self.decodings >= other.decodings
            && self.quoted >= other.quoted
            && self.lists >= other.lists
            && self.plain >= other.plain
    }
}

/// A search for all secrets in one text.
pub(super) struct Search<'n> {
    needles: &'n Needles,
    found_in: FoundIn,
    /// The depths to which texts were searched, by the hashes of these texts. Undoing escapes in another order often gives the
    /// same text.
    under: HashMap<u64, Vec<Depth>>,
    /// The same for texts in which no further escapes were undone.
    here: HashMap<u64, Vec<Depth>>,
    hasher: RandomState,
    /// The bytes that were compared so far.
    work: usize,
    most: usize,
}

impl<'n> Search<'n> {
    /// Searches a text.
    pub(super) fn of(needles: &'n Needles, text: &str, found_in: FoundIn) -> HoldsSecret {
        Self::with_work(needles, text, found_in).0
    }

    /// Searches a text, and counts the bytes that this compares.
    pub(super) fn with_work(needles: &'n Needles, text: &str, found_in: FoundIn) -> (HoldsSecret, usize) {
        let (under, here, hasher) = (HashMap::new(), HashMap::new(), RandomState::new());
        let most = WORK.saturating_add(text.len().saturating_mul(WORK_PER_BYTE));
        let mut search = Self { needles, found_in, under, here, hasher, work: 0, most };
        let found = match search.is_in(text) {
            true => HoldsSecret::Yes,
            false if search.work > search.most => HoldsSecret::Unknown,
            false => HoldsSecret::No,
        };
        (found, search.work)
    }

    /// Whether a secret occurs in a text, literally or escaped.
    fn is_in(&mut self, text: &str) -> bool {
        let small = text.len() <= DECODED;
        let layers = if small { coded::DEPTH } else { 0 };
        let depth = Depth { decodings: layers, quoted: small, lists: layers, plain: true };
        self.is_under(text, depth) || self.is_spread(text) || (!small && self.is_spelt(text, depth))
    }

    /// Whether there is work to do: the text was not searched to this depth, and the search has not taken too long.
    fn is_new(&mut self, text: &str, depth: Depth, under: bool) -> bool {
        if self.work > self.most {
            return false;
        }
        let key = self.hasher.hash_one(text);
        let known = if under { &mut self.under } else { &mut self.here }.entry(key).or_default();
        if known.iter().any(|known| known.covers(depth)) {
            return false;
        }
        known.push(depth);
        true
    }

    /// As [`Self::is_in`], after undoing escapes and decoding as `depth` says.
    fn is_under(&mut self, text: &str, depth: Depth) -> bool {
        if !self.is_new(text, depth, true) {
            return false;
        }
        if self.is_here(text, depth) {
            return true;
        }
        if depth.plain
            && let Some(text) = escapes::numbered(text).map(Zeroizing::new)
            && self.is_at(&text, depth)
        {
            return true;
        }
        escapes::KINDS.into_iter().any(|kinds| {
            let mut layer = escapes::undone(text, kinds).map(Zeroizing::new);
            for _ in 0..escapes::LAYERS {
                let Some(text) = layer else { return false };
                if self.is_here(&text, depth) {
                    return true;
                }
                layer = escapes::undone(&text, kinds).map(Zeroizing::new);
            }
            false
        })
    }

    /// As [`Self::is_under`], without undoing escapes in the text itself.
    fn is_here(&mut self, text: &str, depth: Depth) -> bool {
        if !self.is_new(text, depth, false) {
            return false;
        }
        if self.is_at(text, depth)
            || untagged(text).is_some_and(|text| occurs(&self.needles.long, &text, escapes::fold, |_, _| true))
            || (depth.lists > 0 && self.is_spelt(text, depth))
        {
            return true;
        }
        let unquoted = if depth.quoted { escapes::unquoted(text).map(Zeroizing::new) } else { None };
        unquoted.is_some_and(|unquoted| self.is_under(&unquoted, Depth { quoted: false, ..depth }))
    }

    /// As [`Self::is_here`], with nothing undone but base64 and hexadecimal digits.
    fn is_at(&mut self, text: &str, depth: Depth) -> bool {
        self.work = self.work.saturating_add(text.len());
        let needles = self.needles;
        let words = self.found_in == FoundIn::Words;
        let counts: fn(&str, Range<usize>) -> bool = if depth.plain && words { |_, _| true } else { alone };
        if occurs(&needles.long, text, escapes::fold, |_, _| true)
            || occurs(&needles.short, text, escapes::fold_words, counts)
            || (words && occurs(&needles.cut, text, escapes::fold, |_, _| true))
            || (depth.plain && occurs(&needles.tiny, text, escapes::fold_words, counts))
            || (depth.plain && occurs(&needles.odd, text, escapes::fold_words, |_, _| true))
            || (depth.plain && needles.broken.iter().any(|remains| remains.are_in(text)))
        {
            return true;
        }
        let only_tiny = needles.long.is_empty() && needles.short.is_empty();
        let decoded = if depth.decodings > 0 && !only_tiny { coded::decoded(text).map(Zeroizing::new) } else { None };
        let deeper = Depth { decodings: depth.decodings.saturating_sub(1), quoted: true, plain: false, ..depth };
        decoded.is_some_and(|decoded| self.is_under(&decoded, deeper))
    }

    /// Whether a long secret occurs in pieces: digits as in `C3:A9`, `0xc3, 0xa9`, `c3 a9`, or letters with other
    /// characters between.
    fn is_spread(&self, text: &str) -> bool {
        let is_between = |character: char| ":,;-./_|".contains(character);
        text.contains(is_between)
            && (occurs(&self.needles.long, &without(text, is_between), escapes::fold, |_, _| true)
                || (!self.needles.letters.is_empty() && {
                    let letters = Zeroizing::new(letters(&escapes::fold(text)));
                    let counts = |needle: &str| self.found_in == FoundIn::Words || needle.len() >= NO_NAME;
                    let mut needles = self.needles.letters.iter().filter(|needle| counts(needle));
                    needles.any(|needle| memmem::find(letters.as_bytes(), needle.as_bytes()).is_some())
                }))
    }

    /// Whether a secret occurs as a list of numbers or of single letters.
    fn is_spelt(&mut self, text: &str, depth: Depth) -> bool {
        let deeper = Depth { lists: depth.lists.saturating_sub(1), ..depth };
        coded::spelt(text).map(Zeroizing::new).is_some_and(|spelt| self.is_under(&spelt, deeper))
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

fn without(text: &str, is_between: impl Fn(char) -> bool) -> Zeroizing<String> {
    Zeroizing::new(text.replace("0x", "").replace(is_between, ""))
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
