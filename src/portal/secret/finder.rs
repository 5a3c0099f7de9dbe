//! Finds many texts in one pass over a text.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;
use zeroize::Zeroizing;

/// The bits of a key. Each byte moves the bits of the bytes before by [`SHIFT`], so a key is made of the last [`KEYED`] bytes.
const BITS: u32 = 15;
const SHIFT: u32 = 5;
const KEYED: usize = 3;

/// Texts to look for, by the keys of their first bytes. Of most places in a text one look at the key tells that none of the
/// texts begins there.
pub(super) struct Finder<'n> {
    begins: Vec<bool>,
    by_key: BTreeMap<usize, Vec<&'n str>>,
    /// The texts that are too short for a key.
    short: Vec<&'n str>,
}

impl<'n> Finder<'n> {
    pub(super) fn of(texts: &'n [Zeroizing<String>]) -> Self {
        let mut finder = Self { begins: vec![false; 1 << BITS], by_key: BTreeMap::new(), short: Vec::new() };
        for text in texts.iter().map(|text| text.as_str()).filter(|text| !text.is_empty()) {
            if text.len() < KEYED {
                finder.short.push(text);
                continue;
            }
            let key = text.bytes().take(KEYED).fold(0, next);
            if let Some(begins) = finder.begins.get_mut(key) {
                *begins = true;
            }
            finder.by_key.entry(key).or_default().push(text);
        }
        finder
    }

    pub(super) fn is_empty(&self) -> bool {
        self.short.is_empty() && self.by_key.is_empty()
    }

    /// Whether one of the texts stands in `text`, at a place that counts.
    pub(super) fn is_in(&self, text: &str, counts: impl Fn(&str, Range<usize>) -> bool) -> bool {
        let mut key = 0;
        for (last, byte) in text.bytes().enumerate() {
            key = next(key, byte);
            if self.begins.get(key) == Some(&true)
                && last + 1 >= KEYED
                && self.begins_at(text, last + 1 - KEYED, key, &counts)
            {
                return true;
            }
        }
        let mut short = self.short.iter();
        short.any(|short| {
            memmem::find_iter(text.as_bytes(), short.as_bytes()).any(|at| counts(text, at..at + short.len()))
        })
    }

    fn begins_at(&self, text: &str, at: usize, key: usize, counts: &impl Fn(&str, Range<usize>) -> bool) -> bool {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let mut texts = self.by_key.get(&key).into_iter().flatten();
        texts.any(|one| rest.starts_with(one.as_bytes()) && counts(text, at..at + one.len()))
    }
}

fn next(key: usize, byte: u8) -> usize {
    ((key << SHIFT) ^ usize::from(byte)) & ((1 << BITS) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_a_search_for_each_text_finds() {
        let texts = ["a", "ab", "abc", "bcd", "abcd", "\u{e4}b", "zzz", "xyz", "zz\u{20ac}zz"];
        let all = texts.map(|text| Zeroizing::new(text.to_owned()));
        for text in ["", "a", "xab", "xabxbcd", "zzabc", "\u{e4}\u{e4}b", "zz\u{20ac}zzz", "bc", "xy", "aabcdxyz"] {
            for count in 0..=all.len() {
                let some = &all[..count];
                let found = std::cell::RefCell::new(Vec::new());
                let finder = Finder::of(some);
                assert_eq!(finder.is_empty(), count == 0);
                assert!(!finder.is_in(text, |_, at| {
                    found.borrow_mut().push(at);
                    false
                }));
                let each =
                    some.iter().flat_map(|one| text.match_indices(one.as_str()).map(|(at, one)| at..at + one.len()));
                let mut each: Vec<_> = each.collect();
                let mut found = found.into_inner();
                each.sort_by_key(|at| (at.start, at.end));
                found.sort_by_key(|at| (at.start, at.end));
                assert_eq!(found, each, "{text}, {count}");
            }
        }
    }
}
