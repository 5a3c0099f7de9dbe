//! Values of JSON, written straight into a line, as `serde_json` with the escapes of this room writes them.

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::CompactFormatter;

use super::json::Escaping;

pub(crate) fn write_text(line: &mut Vec<u8>, text: &str) {
    // Nothing is to be escaped in letters, digits and most signs of ASCII.
    let is_usual = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'#' | b':');
    if text.bytes().all(is_usual) {
        line.push(b'"');
        line.extend_from_slice(text.as_bytes());
        line.push(b'"');
    } else {
        // Writing into memory cannot fail.
        let _ = text.serialize(&mut Serializer::with_formatter(line, Escaping(CompactFormatter)));
    }
}

pub(crate) fn write_or_null<T>(line: &mut Vec<u8>, value: Option<T>, write: impl FnOnce(&mut Vec<u8>, T)) {
    match value {
        Some(value) => write(line, value),
        None => line.extend_from_slice(b"null"),
    }
}

pub(crate) fn write_number(line: &mut Vec<u8>, number: u64) {
    // Writing into memory cannot fail.
    let _ = serde_json::to_writer(line, &number);
}

pub(crate) fn write_truth(line: &mut Vec<u8>, is: bool) {
    line.extend_from_slice(if is { b"true" } else { b"false" });
}

/// Writes a list, with `write` for each element.
pub(crate) fn write_list<T>(
    line: &mut Vec<u8>,
    elements: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T),
) {
    line.push(b'[');
    for (index, element) in elements.enumerate() {
        if index > 0 {
            line.push(b',');
        }
        write(line, element);
    }
    line.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::to_json_line;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_are_written_as_elsewhere(texts in prop::collection::vec("[ -~]{0,12}|.{0,8}|[:#]{2}error", 0..4), number: u64) {
            let mut line = Vec::new();
            write_list(&mut line, texts.iter(), |line, text| write_text(line, text));
            write_number(&mut line, number);
            let expected = to_json_line(&texts).unwrap().trim_end().to_owned() + &number.to_string();
            prop_assert_eq!(String::from_utf8(line).unwrap(), expected);
        }
    }
}
