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
    /// Noise: bytes that were read as Latin-1, and are mostly no text.
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
    let is_utf_16 = zeros > 0 && zeros * 4 >= bytes.len();
    for start in 0..2 {
        let (units, _) = bytes.get(start..).unwrap_or_default().as_chunks::<2>();
        for order in [u16::from_le_bytes, u16::from_be_bytes] {
            let characters = || {
                let characters = char::decode_utf16(units.iter().map(|unit| order(*unit)));
                characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
            };
            if is_utf_16 || is_written(characters().take(SAMPLE)) {
                let text: String = characters().collect();
                pieces(&text).for_each(|piece| push_line(piece, all));
            }
        }
    }
}

/// Of so many characters it is looked whether they are letters.
const SAMPLE: usize = 64;

/// Whether characters are mostly Latin letters and signs of any width and font, which in UTF-16 may have no zeros.
fn is_written(characters: impl Iterator<Item = char>) -> bool {
    let is_letter = |one: &char| matches!(one, ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{2460}'..='\u{24ff}' | '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}');
    let (mut all, mut letters) = (0, 0);
    for character in characters {
        all += 1;
        letters += usize::from(is_letter(&character));
    }
    all > 0 && letters * 4 >= all * 3
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_between =
        |one: char| (one.is_control() && !matches!(one, '\u{8}' | '\u{7f}')) || one == char::REPLACEMENT_CHARACTER;
    let pieces = text.split(is_between);
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
}
