//! Reads the usual forms of JSON in one go, and leaves everything else to `serde_json`.

use memchr::memchr;

use crate::json::eight_bytes::{end_of_string, leading_digits};

/// A place in a JSON text. Its methods read the usual forms: strings without escapes, whole numbers of at most 15 digits,
/// objects and lists that are not deep. Where anything else stands, they give `None`. The caller then begins again with
/// `serde_json`, which knows whether the text is JSON.
///
/// Small functions are inlined, so that the place is kept in registers while an object is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonScan<'a> {
    text: &'a str,
    at: usize,
}

/// How deep values that are not read may be.
const DEPTH: usize = 8;

/// Powers of ten. A number has eight digits more than the last of them at most, so that it stays below 2^53.
const TENS: [u64; 8] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];

impl<'a> JsonScan<'a> {
    /// The beginning of a text; `None` where the text has an escape.
    pub(crate) fn new(text: &'a str) -> Option<Self> {
        memchr(b'\\', text.as_bytes()).is_none().then_some(Self { text, at: 0 })
    }

    /// Whether nothing but white space follows.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.space();
        self.at == self.text.len()
    }

    /// A string, without its quotes.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let start = self.at;
        let mut end = start;
        loop {
            match self.eight_at(end).map(end_of_string) {
                Some(0) => end += 8,
                Some(sign) => {
                    end += (sign.trailing_zeros() / 8) as usize;
                    break;
                }
                // Near the end of the text.
                None if matches!(self.text.as_bytes().get(end)?, 0..0x20 | b'"') => break,
                None => end += 1,
            }
        }
        self.at = end;
        self.take(b'"')?;
        self.text.get(start..end)
    }

    /// A whole number that is not negative.
    #[inline(always)]
    pub(crate) fn number(&mut self) -> Option<u64> {
        let start = self.at;
        let first = self.peek()?;
        let (mut number, length) = self.digits();
        if length == 8 {
            let (more, length) = self.digits();
            // Sixteen digits may be too many.
            number = number * TENS.get(length)? + more;
        }
        // JSON has no zeros in front.
        let is_whole = self.at == start + 1 || (self.at > start && first != b'0');
        is_whole.then_some(number)
    }

    /// The number that the next digits write, up to eight of them, and how many there are.
    #[inline(always)]
    fn digits(&mut self) -> (u64, usize) {
        let (number, length) = match self.eight_at(self.at) {
            Some(eight) => leading_digits(eight),
            // Near the end of the text.
            None => {
                let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                let digits = rest.iter().map(|byte| byte.wrapping_sub(b'0')).take_while(|digit| *digit < 10);
                digits.fold((0, 0), |(number, length), digit| (number * 10 + u64::from(digit), length + 1))
            }
        };
        self.at += length;
        (number, length)
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self) -> Option<bool> {
        self.word("true").map(|()| true).or_else(|| self.word("false").map(|()| false))
    }

    /// `null`, or what `read` reads.
    #[inline(always)]
    pub(crate) fn nullable<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.peek()? {
            b'n' => self.word("null").map(|()| None),
            _ => read(self).map(Some),
        }
    }

    /// The text of what `read` reads.
    #[inline(always)]
    pub(crate) fn text_of(&mut self, read: impl FnOnce(&mut Self) -> Option<()>) -> Option<&'a str> {
        let start = self.at;
        read(self)?;
        self.text.get(start..self.at)
    }

    /// An object; `member` reads each member, its name first.
    #[inline(always)]
    pub(crate) fn object(&mut self, member: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.parts(b'{', b'}', member)
    }

    /// A list; `element` reads each element.
    #[inline(always)]
    pub(crate) fn list(&mut self, element: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.parts(b'[', b']', element)
    }

    /// Whether the next member has this name, given in quotes. Then the place is that of its value.
    #[inline(always)]
    pub(crate) fn is_member(&mut self, quoted: &str) -> Option<bool> {
        if !self.text.as_bytes().get(self.at..)?.starts_with(quoted.as_bytes()) {
            return Some(false);
        }
        self.at += quoted.len();
        self.colon()?;
        Some(true)
    }

    /// The name of the next member. The place is then that of its value.
    pub(crate) fn name(&mut self) -> Option<&'a str> {
        let name = self.string()?;
        self.colon()?;
        Some(name)
    }

    /// Reads with a copy of this place. So the place itself need not be in memory, where a function finds it that is not inlined.
    #[inline(always)]
    pub(crate) fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut place = *self;
        let value = read(&mut place)?;
        *self = place;
        Some(value)
    }

    /// A value that is not looked at.
    pub(crate) fn skip(&mut self) -> Option<()> {
        self.skip_to(DEPTH)
    }

    fn skip_to(&mut self, depth: usize) -> Option<()> {
        let deeper = depth.checked_sub(1);
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => deeper.and_then(|deeper| self.object(|scan| scan.name().and_then(|_| scan.skip_to(deeper)))),
            b'[' => deeper.and_then(|deeper| self.list(|scan| scan.skip_to(deeper))),
            b'n' => self.word("null"),
            b't' | b'f' => self.boolean().map(drop),
            _ => self.number().map(drop),
        }
    }

    /// What stands between two brackets, separated by commas.
    #[inline(always)]
    fn parts(&mut self, open: u8, close: u8, mut part: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(open)?;
        self.space();
        if self.peek()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            part(self)?;
            self.space();
            let next = self.peek()?;
            self.at += 1;
            if next != b',' {
                return (next == close).then_some(());
            }
            self.space();
        }
    }

    #[inline(always)]
    fn colon(&mut self) -> Option<()> {
        self.space();
        self.take(b':')?;
        self.space();
        Some(())
    }

    #[inline(always)]
    fn space(&mut self) {
        // Mostly there is none, or one.
        while self.peek().is_some_and(|byte| byte <= b' ' && matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn take(&mut self, byte: u8) -> Option<()> {
        if self.peek()? != byte {
            return None;
        }
        self.at += 1;
        Some(())
    }

    #[inline(always)]
    fn word(&mut self, word: &str) -> Option<()> {
        if !self.text.as_bytes().get(self.at..)?.starts_with(word.as_bytes()) {
            return None;
        }
        self.at += word.len();
        Some(())
    }

    /// The eight bytes from a place on, the first in the lowest bits.
    #[inline(always)]
    fn eight_at(&self, at: usize) -> Option<u64> {
        self.text.as_bytes().get(at..)?.first_chunk().map(|eight| u64::from_le_bytes(*eight))
    }
}

/// The names of members that are not read, in one object. A repeated one is a finding.
#[derive(Default)]
pub(crate) struct OtherMembers<'a>(Vec<&'a str>);

impl<'a> OtherMembers<'a> {
    /// Reads past a member. `None` where its name stands twice, or there are many.
    pub(crate) fn skip(&mut self, scan: &mut JsonScan<'a>) -> Option<()> {
        const MOST: usize = 12;
        let Self(names) = self;
        let name = scan.name()?;
        if names.len() == MOST || names.contains(&name) {
            return None;
        }
        names.push(name);
        scan.skip()
    }
}

/// Keeps the value of a member, which must stand only once.
#[inline(always)]
pub(crate) fn once<T>(found: &mut Option<T>, value: Option<T>) -> Option<()> {
    let is_first = found.is_none();
    *found = value;
    (is_first && found.is_some()).then_some(())
}

/// Reads an object: what it says for each of these members, and past the others, whose names are kept.
macro_rules! scan_object {
    ($scan:ident, { $($name:literal => $value:expr,)* }) => {{
        let mut others = $crate::json::OtherMembers::default();
        $scan.apart(|$scan| {
            $scan.object(|$scan| {
                $(if $scan.is_member(concat!("\"", $name, "\""))? {
                    return $value;
                })*
                $scan.apart(|scan| others.skip(scan))
            })
        })
    }};
}
pub(crate) use scan_object;

#[cfg(test)]
mod tests;
