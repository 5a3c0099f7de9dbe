//! JSON in which no control character stands raw: `serde_json` escapes C0, this the rest.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::escape::is_control;

/// A value over several lines, with a line break at the end.
///
/// # Errors
/// Where the value has a map whose keys are no strings.
pub fn to_json(value: &impl Serialize) -> serde_json::Result<String> {
    render(value, PrettyFormatter::new())
}

/// A value on one line, with a line break at the end.
///
/// # Errors
/// Where the value has a map whose keys are no strings.
pub fn to_json_line(value: &impl Serialize) -> serde_json::Result<String> {
    render(value, CompactFormatter)
}

fn render(value: &impl Serialize, formatter: impl Formatter) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Escaping(formatter)))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

struct Escaping<F>(F);

/// Hands these methods on as they are.
macro_rules! delegate {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$method(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, control)) = rest.char_indices().find(|(_, character)| is_control(*character)) {
            let (before, after) = rest.split_at(at);
            write!(writer, "{before}\\u{:04x}", u32::from(control))?;
            rest = after.strip_prefix(control).unwrap_or_default();
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

    #[test]
    fn escapes_read_back_as_what_they_were() {
        let text = "a\u{1b}\u{7f}b\u{9b}c\u{202e}\u{2067}d\"\\é🌍\u{feff}";
        let json = to_json(&[text]).unwrap();
        assert!(!json.trim_end().chars().any(|character| character != '\n' && is_control(character)), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
        assert_eq!(to_json_line(&[1, 2]).unwrap(), "[1,2]\n");
    }
}
