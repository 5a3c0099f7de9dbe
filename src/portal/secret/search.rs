//! The search for secrets in a text: as it stands, and with escapes and codings undone.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use memchr::memmem;
use zeroize::Zeroizing;

use crate::portal::secret::coded::{self, Decoded};
use crate::portal::secret::escapes;
use crate::portal::secret::finder::Finder;
use crate::portal::secret::needles::{Needles, letters};
use crate::portal::secret::{lists, unseen};

/// In longer texts base64 is not decoded; only the secret's own base64 is looked for.
const DECODED: usize = 1 << 20;

/// The length from which on the letters and digits of a password are no user name by chance.
const NO_NAME: usize = 16;

/// The most bytes that a search compares: so many for any text, and so many for each of its bytes. Escapes within codings within
/// escapes give a new text for each order in which they are undone. Answers of portals with escapes in every line need about 10 for each byte.
pub(super) const WORK: usize = 1 << 20;
pub(super) const WORK_PER_BYTE: usize = 20;

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
    /// Whether this search finds everything that a search to depth `other` finds.
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
    long: Finder<'n>,
    short: Finder<'n>,
    cut: Finder<'n>,
    tiny: Finder<'n>,
    odd: Finder<'n>,
    found_in: FoundIn,
    /// The depths to which texts were searched, by the hashes of these texts. Undoing escapes in another order often gives the
    /// same text.
    under: HashMap<u64, Vec<Depth>>,
    /// The same for texts in which no further escapes were undone.
    here: HashMap<u64, Vec<Depth>>,
    /// The same for each line of decoded texts, since undoing an escape changes few lines.
    lines: HashMap<u64, Vec<Depth>>,
    hasher: RandomState,
    /// The bytes that were compared so far.
    work: usize,
    most: usize,
}

impl<'n> Search<'n> {
    pub(super) fn of(needles: &'n Needles, text: &str, found_in: FoundIn) -> HoldsSecret {
        Self::with_work(needles, text, found_in).0
    }

    /// Searches a text, and counts the bytes that this compares.
    pub(super) fn with_work(needles: &'n Needles, text: &str, found_in: FoundIn) -> (HoldsSecret, usize) {
        let (under, here, lines, hasher) = (HashMap::new(), HashMap::new(), HashMap::new(), RandomState::new());
        let most = WORK.saturating_add(text.len().saturating_mul(WORK_PER_BYTE));
        let [long, short, cut, tiny, odd] =
            [&needles.long, &needles.short, &needles.cut, &needles.tiny, &needles.odd].map(|texts| Finder::of(texts));
        let mut search =
            Self { needles, long, short, cut, tiny, odd, found_in, under, here, lines, hasher, work: 0, most };
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
        is_first(if under { &mut self.under } else { &mut self.here }, key, depth)
    }

    /// The lines that were not searched to this depth, and those beside them, since a secret may be broken over two lines.
    fn unseen(&mut self, text: &str, depth: Depth) -> Zeroizing<String> {
        let (mut unseen, mut before, mut is_kept) = (Zeroizing::new(String::new()), None, false);
        for line in text.lines() {
            let is_new = is_first(&mut self.lines, self.hasher.hash_one(line), depth);
            let shown = [before.filter(|_| is_new), (is_new || is_kept).then_some(line)];
            for line in shown.into_iter().flatten() {
                unseen.push_str(line);
                unseen.push('\n');
            }
            before = (!is_new && !is_kept).then_some(line);
            is_kept = is_new;
        }
        unseen
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
            || untagged(text).is_some_and(|text| self.is_long_in(&text))
            || unseen::with_tags_read(text).is_some_and(|text| self.is_at(&text, depth))
            || (depth.lists > 0 && self.is_spelt(text, depth))
        {
            return true;
        }
        let unquoted = if depth.quoted { escapes::unquoted(text).map(Zeroizing::new) } else { None };
        unquoted.is_some_and(|unquoted| self.is_under(&unquoted, Depth { quoted: false, ..depth }))
    }

    /// As [`Self::is_here`], with nothing undone but base64 and hexadecimal digits.
    fn is_at(&mut self, text: &str, depth: Depth) -> bool {
        if self.is_plainly_at(text, depth) {
            return true;
        }
        let only_tiny = self.long.is_empty() && self.short.is_empty();
        let Some(Decoded { text, noise }) =
            (if depth.decodings > 0 && !only_tiny { coded::decoded(text) } else { None })
        else {
            return false;
        };
        let deeper = Depth { decodings: depth.decodings.saturating_sub(1), quoted: true, plain: false, ..depth };
        // Noise has a `%`, a `&` or a backslash everywhere, and what undoing them gives is other noise.
        let (text, noise) = (self.unseen(&text, deeper), self.unseen(&noise, deeper));
        self.is_under(&text, deeper) || self.is_plainly_at(&noise, deeper)
    }

    /// As [`Self::is_here`], with nothing undone.
    fn is_plainly_at(&mut self, text: &str, depth: Depth) -> bool {
        if text.is_empty() {
            return false;
        }
        let struck = unseen::with_struck_over(text);
        let text = struck.as_deref().map_or(text, |struck| struck.as_str());
        self.work = self.work.saturating_add(text.len());
        let in_words = self.found_in == FoundIn::Words;
        let counts: fn(&str, Range<usize>) -> bool = if depth.plain && in_words { |_, _| true } else { alone };
        let words = Zeroizing::new(escapes::fold_words(text));
        let folded = Zeroizing::new(escapes::without_blanks(&words));
        self.long.is_in(&folded, |_, _| true)
            || self.short.is_in(&words, counts)
            || (in_words && self.cut.is_in(&folded, |_, _| true))
            || (depth.plain && self.tiny.is_in(&words, counts))
            || (depth.plain && self.odd.is_in(&words, |_, _| true))
            || (depth.plain && self.needles.broken.iter().any(|remains| remains.are_in(text)))
    }

    /// Whether a long secret occurs in a text, in any case and with blanks anywhere.
    fn is_long_in(&self, text: &str) -> bool {
        let struck = unseen::with_struck_over(text);
        let text = struck.as_deref().map_or(text, |struck| struck.as_str());
        !self.long.is_empty() && self.long.is_in(&Zeroizing::new(escapes::fold(text)), |_, _| true)
    }

    /// Whether a long secret occurs in pieces: digits as in `C3:A9`, `0xc3, 0xa9`, `c3 a9`, or letters with other
    /// characters between.
    fn is_spread(&self, text: &str) -> bool {
        let is_between = |character: char| ":,;-./_|".contains(character);
        text.contains(is_between)
            && (self.is_long_in(&without(text, is_between))
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
        let Some(spelt) = lists::spelt(text).map(Zeroizing::new) else { return false };
        let spelt = self.unseen(&spelt, deeper);
        self.is_under(&spelt, deeper)
    }
}

/// Whether this is the first search to such a depth. If so, the depth is noted.
fn is_first(known: &mut HashMap<u64, Vec<Depth>>, key: u64, depth: Depth) -> bool {
    let known = known.entry(key).or_default();
    if known.iter().any(|known| known.covers(depth)) {
        return false;
    }
    known.push(depth);
    true
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

/// Whether neither a letter nor a digit stands beside this place.
fn alone(text: &str, at: Range<usize>) -> bool {
    let before = text.get(..at.start).and_then(|before| before.chars().next_back());
    let after = text.get(at.end..).and_then(|after| after.chars().next());
    [before, after].into_iter().flatten().all(|beside| !beside.is_alphanumeric())
}
