//! From bytes to text.

use crate::json::{LineIndex, Position};
use crate::source::FailureCode;

type Undecodable = (FailureCode, String, Option<Position>);

/// Decodes the beginning of an input, or all of it: UTF-8 with or without byte order mark, or UTF-16 with one. The mark is not
/// part of the text. Anywhere else this character has a column like any other.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, Undecodable> {
    if let Some(what) = not_text(&bytes) {
        return Err((FailureCode::WrongKind, what.to_owned(), None));
    }
    match bytes.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err(not_unicode("this is UTF-32: save it as UTF-8")),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..'\u{FEFF}'.len_utf8());
            utf8(bytes)
        }
        [0, b'{' | b'[', ..] | [b'{' | b'[', 0, ..] => {
            Err(not_unicode("this is UTF-16 without a byte order mark: save it as UTF-8"))
        }
        _ => utf8(bytes),
    }
}

/// Names the files that people mistake for text, by their first bytes.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    let workbook = |bytes: &[u8]| {
        let start = bytes.get(..4096).unwrap_or(bytes);
        start.windows(13).any(|part| part == b"[Content_Type")
    };
    Some(match bytes {
        [b'P', b'K', 3, 4, ..] if workbook(bytes) => {
            "this is an Excel workbook (.xlsx): save its sheet as \"CSV UTF-8\", and give that"
        }
        [b'P', b'K', 3 | 5, 4 | 6, ..] => "this is a zip archive: unpack it, and give what is in it",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            "this is an old Excel workbook (.xls): save its sheet as \"CSV UTF-8\", and give that"
        }
        [0x1F, 0x8B, ..] => "this is packed with gzip: unpack it, and give what is in it",
        [b'%', b'P', b'D', b'F', ..] => "this is a PDF: nothing in it can be read",
        _ => return None,
    })
}

fn not_unicode(message: &str) -> Undecodable {
    (FailureCode::NotUnicode, message.to_owned(), None)
}

/// Decodes UTF-8 that stands after the beginning of an input.
pub(super) fn utf8(bytes: Vec<u8>) -> Result<String, Undecodable> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let good = String::from_utf8_lossy(good);
        let bad = error.as_bytes().get(good.len()).copied().unwrap_or_default();
        let message = format!("byte 0x{bad:02X} is not UTF-8 (an older encoding, perhaps Latin-1?): save it as UTF-8");
        (FailureCode::NotUnicode, message, Some(LineIndex::new(&good).position(&good, good.len())))
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Undecodable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(not_unicode("this UTF-16 ends in the middle of a character: is the file cut off?"));
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<_, _>>()
        .map_err(|_| not_unicode("this UTF-16 has half a surrogate pair: save it as UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "{\"name\": \"Éditeur 🌍\"}";
        let marked = format!("\u{FEFF}{text}");
        for bytes in [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16_bytes(&marked, u16::to_le_bytes),
            utf16_bytes(&marked, u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes).unwrap(), text);
        }
    }

    #[test]
    fn latin_1_is_pointed_at() {
        let (code, message, position) = decode(b"{\n\"name\": \"\xC9diteur\"}".to_vec()).unwrap_err();
        assert_eq!(code, FailureCode::NotUnicode);
        assert!(message.contains("0xC9"), "{message}");
        assert_eq!(position, Some(Position { line: 2, column: 10 }));
        let (_, _, position) = decode(b"\xEF\xBB\xBF{\"\xC9\": 1}".to_vec()).unwrap_err();
        assert_eq!(position, Some(Position { line: 1, column: 3 }), "the mark has no column");
    }

    #[test]
    fn half_characters_are_refused() {
        for bytes in
            [&b"\xFF\xFE{"[..], b"\xFF\xFE\x00\xD8{\x00", b"{\0}\0", b"\xFF\xFE\0\0{\0\0\0", b"\xEF\xBB\xBF\xFF"]
        {
            assert_eq!(decode(bytes.to_vec()).unwrap_err().0, FailureCode::NotUnicode);
        }
    }
}
