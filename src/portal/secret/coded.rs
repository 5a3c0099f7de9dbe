//! Base64 and hexadecimal digits in a text, undone: whatever was escaped in whatever way before it was coded.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// How often, one within the other.
pub(super) const DEPTH: usize = 2;

/// Shorter runs are words.
const SHORTEST: usize = 8;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// What every run of such characters says, one a line; `None` where that is no text. Where a run begins with something else, it
/// is read from each of the first few characters on.
pub(super) fn decoded(text: &str) -> Option<String> {
    let is_coded = |character: char| character.is_ascii_alphanumeric() || "+/-_".contains(character);
    let mut all = String::new();
    for run in text.split(|character: char| !is_coded(character)).filter(|run| run.len() >= SHORTEST) {
        let standard = run.replace('-', "+").replace('_', "/");
        for start in 0..4 {
            let rest = standard.get(start..).unwrap_or_default();
            let length = if rest.len() % 4 == 1 { rest.len() - 1 } else { rest.len() };
            if let Ok(bytes) = LENIENT.decode(rest.get(..length).unwrap_or_default()) {
                texts(&bytes, &mut all);
            }
        }
        if run.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let digits: Vec<u8> = run.chars().filter_map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
            for start in 0..2 {
                let (pairs, _) = digits.get(start..).unwrap_or_default().as_chunks::<2>();
                let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high * 16 + low).collect();
                texts(&bytes, &mut all);
            }
        }
    }
    (!all.is_empty()).then_some(all)
}

/// Adds what of the bytes is text: in UTF-8, in Latin-1 where it is none, and in UTF-16 where much of it is zero. Words that only
/// look coded are decoded to noise.
fn texts(bytes: &[u8], all: &mut String) {
    let text = String::from_utf8_lossy(bytes);
    pieces(&text, all);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        pieces(&bytes.iter().copied().map(char::from).collect::<String>(), all);
    }
    let zeros = memchr::memchr_iter(0, bytes).count();
    if zeros > 0 && zeros * 4 >= bytes.len() {
        for start in 0..2 {
            let (units, _) = bytes.get(start..).unwrap_or_default().as_chunks::<2>();
            for order in [u16::from_le_bytes, u16::from_be_bytes] {
                let characters = char::decode_utf16(units.iter().map(|unit| order(*unit)));
                let text: String =
                    characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
                pieces(&text, all);
            }
        }
    }
}

fn pieces(text: &str, all: &mut String) {
    let pieces = text.split(|character: char| character.is_control() || character == char::REPLACEMENT_CHARACTER);
    for piece in pieces.filter(|piece| piece.len() >= SHORTEST) {
        all.push_str(piece);
        all.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_decoded_wherever_they_begin() {
        for text in
            ["YWJjZGVmZ2hp", "Basic YWJjZGVmZ2hp", "x/yYWJjZGVmZ2hp", "616263646566676869", "{\"a\":\"YWJjZGVmZ2hp\"}"]
        {
            assert!(decoded(text).is_some_and(|decoded| decoded.contains("abcdefgh")), "{text}");
        }
        assert_eq!(decoded("no run in it"), None);
    }
}
