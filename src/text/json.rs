//! JSON without raw hidden characters: `serde_json` escapes those below U+0020, this file the others.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::visible::{HiddenCharacter, may_hold_command, next_hidden, push_escape};

/// A value as JSON over several lines, with a line break at the end.
///
/// # Errors
/// An error where the value has a map whose keys are not strings.
pub fn to_json(value: &impl Serialize) -> serde_json::Result<String> {
    render(value, PrettyFormatter::new())
}

/// A value as JSON on one line, with a line break at the end.
///
/// # Errors
/// An error where the value has a map whose keys are not strings.
pub fn to_json_line(value: &impl Serialize) -> serde_json::Result<String> {
    render(value, CompactFormatter)
}

fn render(value: &impl Serialize, formatter: impl Formatter) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Escaping(formatter)))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// A formatter that escapes hidden characters in strings.
pub(super) struct Escaping<F>(pub(super) F);

/// Passes these methods on to the inner formatter.
macro_rules! delegate {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$method(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    /// A fragment ends where `serde_json` escapes an ASCII character. Such a character is no neighbour that a joiner
    /// needs.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Text of ASCII, the usual case, is checked byte by byte.
        let may_hide = |byte: u8| byte >= 0x7f || byte == b'#' || byte == b':';
        if !fragment.bytes().fold(false, |found, byte| found | may_hide(byte))
            || (fragment.bytes().all(|byte| byte < 0x7f) && !may_hold_command(fragment))
        {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        let mut before = None;
        while let Some(HiddenCharacter { shown, character, after }) = next_hidden(rest, before) {
            let mut escape = String::with_capacity(12);
            push_escape(&mut escape, character);
            writer.write_all(shown.as_bytes())?;
            writer.write_all(escape.as_bytes())?;
            (rest, before) = (after, Some(character));
        }
        writer.write_all(rest.as_bytes())
    }

    delegate! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::visible;

    #[test]
    fn escapes_read_back_as_what_they_were() {
        let text = "a\u{1b}\u{7f}b\u{9b}c\u{202e}\u{2067}d\"\\é🌍\u{feff}\u{e0041}\u{200d}é\u{200d}é\\\u{200d}é";
        let json = to_json_line(&[text]).unwrap();
        assert_eq!(visible(json.trim_end()), json.trim_end());
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
        assert!(json.contains("é\u{200d}é") && json.contains("\\\\\\u200dé"), "{json}");
        assert_eq!(to_json_line(&[1, 2]).unwrap(), "[1,2]\n");
    }
}
