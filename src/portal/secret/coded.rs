//! Decodes base64 and hexadecimal digits in a text, so that a secret in them is found.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// The most layers of coding that are decoded.
pub(super) const DEPTH: usize = 2;

/// Shorter runs of such characters are words.
const SHORTEST: usize = 8;

/// Longer runs of hexadecimal digits are no base64.
const LONG: usize = 64;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// The texts that the runs of such characters in a text stand for, one a line.
#[derive(Default)]
pub(super) struct Decoded {
    pub(super) text: Zeroizing<String>,
    /// What is mostly no text, but bytes that were read as Latin-1.
    pub(super) noise: Zeroizing<String>,
}

/// The texts that the runs of such characters stand for; `None` where there is none. Since other characters may precede the
/// code, a run is decoded from each of its first few characters on.
pub(super) fn decoded(text: &str) -> Option<Decoded> {
    let mut all = Decoded::default();
    for run in text.as_bytes().split(|byte| !is_coded(*byte)).filter(|run| run.len() >= SHORTEST) {
        let is_hexadecimal = run.iter().all(u8::is_ascii_hexdigit);
        // No base64 that long has hexadecimal digits only.
        let is_no_base64 = is_hexadecimal && run.len() > LONG;
        let standard: Cow<'_, [u8]> = match memchr::memchr2(b'-', b'_', run) {
            None => Cow::Borrowed(run),
            Some(_) => run.iter().map(|byte| standard(*byte)).collect(),
        };
        for start in 0..4 {
            let rest = standard.get(start..).unwrap_or_default();
            let length = if rest.len() % 4 == 1 { rest.len() - 1 } else { rest.len() };
            if let Ok(bytes) = LENIENT.decode(rest.get(..length).unwrap_or_default()) {
                texts(&bytes, is_no_base64, &mut all);
            }
        }
        if is_hexadecimal {
            let digit = |digit: &u8| u8::try_from(char::from(*digit).to_digit(16)?).ok();
            let digits: Vec<u8> = run.iter().filter_map(digit).collect();
            for start in 0..2 {
                let (pairs, _) = digits.get(start..).unwrap_or_default().as_chunks::<2>();
                let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high * 16 + low).collect();
                texts(&bytes, false, &mut all);
            }
        }
    }
    (!all.text.is_empty() || !all.noise.is_empty()).then_some(all)
}

fn is_coded(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'+' | b'/' | b'-' | b'_')
}

/// A character of base64 for URLs, in the standard alphabet.
fn standard(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

/// Adds the texts that the bytes may be: UTF-8, else Latin-1, and UTF-16 where many bytes are zero. Words that only
/// look coded decode to noise; `is_noise` says that this is sure.
fn texts(bytes: &[u8], is_noise: bool, Decoded { text: all, noise }: &mut Decoded) {
    let text = String::from_utf8_lossy(bytes);
    if is_noise {
        pieces(&text).for_each(|piece| push_line(piece, noise));
        return;
    }
    pieces(&text).for_each(|piece| push_line(piece, all));
    if matches!(text, Cow::Owned(_)) {
        let text = Zeroizing::new(bytes.iter().copied().map(char::from).collect::<String>());
        let all = if has_controls(bytes) { noise } else { &mut *all };
        pieces(&text).for_each(|piece| push_line(piece, all));
    }
    let zeros = memchr::memchr_iter(0, bytes).count();
    if zeros > 0 && zeros * 4 >= bytes.len() {
        for start in 0..2 {
            let (units, _) = bytes.get(start..).unwrap_or_default().as_chunks::<2>();
            for order in [u16::from_le_bytes, u16::from_be_bytes] {
                let characters = char::decode_utf16(units.iter().map(|unit| order(*unit)));
                let text: String =
                    characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
                pieces(&text).for_each(|piece| push_line(piece, all));
            }
        }
    }
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|character: char| character.is_control() || character == char::REPLACEMENT_CHARACTER);
    pieces.filter(|piece| piece.len() >= SHORTEST)
}

fn push_line(line: &str, all: &mut String) {
    all.push_str(line);
    all.push('\n');
}

/// Whether bytes are no Latin-1: of the bytes of an image every fourth is a control character, of a text hardly any.
fn has_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=31 | 127..=159);
    bytes.iter().filter(is_control).count() * 8 > bytes.len()
}

/// A list of at least this many numbers or letters is a text.
const FEWEST: usize = 4;

/// What lists of numbers and of single letters say, one list a line: bytes in decimal numbers (those of Java may be below 0), in
/// hexadecimal, octal or binary digits, or the numbers of characters; `None` where there is no such list.
pub(super) fn spelt(text: &str) -> Option<String> {
    let mut all = String::new();
    let mut list: Vec<&str> = Vec::new();
    // A sign that is an element itself stands between quotation marks, or is one of a list of letters.
    for token in tokens(text) {
        match token {
            Token::Element(element) => list.push(element),
            Token::Other => said(&std::mem::take(&mut list), &mut all),
        }
    }
    said(&list, &mut all);
    (!all.is_empty()).then_some(all)
}

enum Token<'t> {
    /// A number, or a single character.
    Element(&'t str),
    /// Something else, which ends a list.
    Other,
}

/// The elements of lists in a text, and what stands between the lists.
fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = after_separators(rest);
        let first = rest.chars().next()?;
        // A character between quotation marks.
        if first == '"' || first == '\'' {
            let mut inner = rest.get(1..).unwrap_or_default();
            inner = inner.strip_prefix('\\').filter(|after| !after.is_empty()).unwrap_or(inner);
            if let Some(character) = inner.chars().next()
                && let (one, after) = inner.split_at(character.len_utf8())
                && let Some(after) = after.strip_prefix(first)
            {
                rest = after;
                return Some(Token::Element(one));
            }
        }
        let signs = usize::from(first == '-') + if rest.starts_with("0x") || rest.starts_with("0X") { 2 } else { 0 };
        let digits = rest.bytes().skip(signs).take_while(u8::is_ascii_alphanumeric).count();
        let (token, after) = rest.split_at(signs + digits);
        // The names of functions that make a character of a number.
        if ["chr", "chrw", "char"].iter().any(|name| token.eq_ignore_ascii_case(name)) {
            rest = after;
            return Some(Token::Element(""));
        }
        if digits == 0 {
            rest = after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
            // A colon, a point or a quotation mark between the elements.
            return Some(if ":.\"'/|_+&".contains(first) { Token::Element("") } else { Token::Other });
        }
        // The quotation mark behind a number is no beginning.
        rest = after.strip_prefix(['"', '\'']).unwrap_or(after);
        Some(if digits <= 8 { Token::Element(token) } else { Token::Other })
    })
}

/// The text after blanks, commas and brackets.
fn after_separators(text: &str) -> &str {
    let is_ascii =
        |byte: &&u8| matches!(byte, b'\t'..=b'\r' | b' ' | b',' | b';' | b'[' | b']' | b'(' | b')' | b'{' | b'}');
    let mut rest = text;
    loop {
        let count = rest.as_bytes().iter().take_while(is_ascii).count();
        rest = rest.get(count..).unwrap_or_default();
        // A blank outside ASCII.
        match rest.chars().next().filter(|one| !one.is_ascii() && one.is_whitespace()) {
            Some(blank) => rest = rest.get(blank.len_utf8()..).unwrap_or_default(),
            None => return rest,
        }
    }
}

/// Adds what a list says, in whatever way its elements are meant.
fn said(list: &[&str], all: &mut String) {
    let list: Vec<&str> = list.iter().copied().filter(|element| !element.is_empty()).collect();
    if list.len() < FEWEST {
        return;
    }
    let numbers = |radix: u32, lengths: std::ops::RangeInclusive<usize>| -> Vec<Vec<i64>> {
        let read = |element: &&str| {
            let digits = element.strip_prefix("0x").or_else(|| element.strip_prefix("0X")).unwrap_or(element);
            let length = digits.trim_start_matches('-').len();
            i64::from_str_radix(digits, radix).ok().filter(|_| lengths.contains(&length))
        };
        let mut runs = vec![Vec::new()];
        for element in &list {
            match (read(element), runs.last_mut()) {
                (Some(number), Some(run)) => run.push(number),
                _ => runs.push(Vec::new()),
            }
        }
        runs
    };
    let runs = [numbers(10, 1..=7), numbers(16, 1..=4), numbers(8, 1..=3), numbers(2, 7..=8)];
    for run in runs.into_iter().flatten().filter(|run| run.len() >= FEWEST) {
        let byte =
            |number: &i64| if (-128..0).contains(number) { u8::try_from(number + 256) } else { u8::try_from(*number) };
        if let Ok(bytes) = run.iter().map(byte).collect::<Result<Vec<u8>, _>>() {
            whole(&bytes, all);
        }
        let characters = run.iter().map(|number| char::from_u32(u32::try_from(*number).ok()?));
        if let Some(text) = characters.collect::<Option<String>>() {
            all.push_str(&text);
            all.push('\n');
        }
    }
    if list.iter().all(|element| element.chars().count() == 1) {
        all.extend(list.iter().copied().chain(["\n"]));
    }
}

/// Bytes as UTF-8, and as Latin-1 where they are none.
fn whole(bytes: &[u8], all: &mut String) {
    match std::str::from_utf8(bytes) {
        Ok(text) => all.push_str(text),
        Err(_) => all.extend(bytes.iter().copied().map(char::from)),
    }
    all.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_decoded_wherever_they_begin() {
        for text in
            ["YWJjZGVmZ2hp", "Basic YWJjZGVmZ2hp", "x/yYWJjZGVmZ2hp", "616263646566676869", "{\"a\":\"YWJjZGVmZ2hp\"}"]
        {
            assert!(decoded(text).is_some_and(|decoded| decoded.text.contains("abcdefgh")), "{text}");
        }
        assert!(decoded("no run in it").is_none());
    }

    #[test]
    fn lists_are_read_in_whatever_way_they_are_meant() {
        for text in [
            "[97, 98, 195, 164, 33]",
            "[97,98,-61,-92,33]",
            r#"{"a":["97","98","195","164","33"],"b":1}"#,
            "61 62 c3 a4 21",
            "61.62.c3.a4.21",
            "0x61 0x62 0xC3 0xA4 0x21",
            "01100001 01100010 11000011 10100100 00100001",
            "141 142 303 244 041",
            "[\"a\",\"b\",\"\u{e4}\",\"!\"]",
            "[97, 98, 228, 33]",
            "Chr(97)+Chr(98)+Chr(195)+Chr(164)+Chr(33)",
            "chrw(97) & chrw(98) & chrw(228) & chrw(33)",
        ] {
            assert!(spelt(text).is_some_and(|spelt| spelt.contains("ab\u{e4}!")), "{text}: {:?}", spelt(text));
        }
        for text in ["no list in it", "1, 2, 3", "", "'"] {
            assert_eq!(spelt(text), None, "{text}");
        }
    }
}
