//! The place of a cell in its file.

use crate::json::Position;

/// The beginning of a record, from which the places of its cells are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RecordPlace {
    /// The offset of the record's first byte.
    pub(super) begins: usize,
    pub(super) delimiter: u8,
}

impl RecordPlace {
    /// The beginning of a cell, counted from 0. An empty cell begins where it ends; a cell that the record lacks
    /// begins where the record ends.
    pub(super) fn of_cell(self, text: &str, nth: usize) -> Position {
        position(text, self.offset_of_cell(text, nth))
    }

    /// The same for a record whose first line is known.
    pub(super) fn of_cell_from(self, text: &str, nth: usize, line: usize) -> Position {
        let begins = text.get(..self.begins).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let within =
            position(text.get(begins..).unwrap_or_default(), self.offset_of_cell(text, nth).saturating_sub(begins));
        Position { line: line.saturating_add(within.line - 1), ..within }
    }

    fn offset_of_cell(self, text: &str, nth: usize) -> usize {
        let bytes = text.as_bytes();
        let mut at = self.begins;
        for _ in 0..nth {
            at = self.cell_end(bytes, at);
            if bytes.get(at) != Some(&self.delimiter) {
                break;
            }
            at += 1;
        }
        let is_blank = |byte: &u8| *byte != self.delimiter && matches!(byte, b' ' | b'\t');
        at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_blank(byte)).count()
    }

    /// The end of the cell that begins at `from`: a delimiter, the end of the record, or the end of the text.
    fn cell_end(self, bytes: &[u8], from: usize) -> usize {
        let mut is_quoted = bytes.get(from) == Some(&b'"');
        let mut at = from + usize::from(is_quoted);
        while let Some(byte) = bytes.get(at) {
            match byte {
                // A doubled quotation mark ends the quotation and begins it again at once.
                b'"' => is_quoted = !is_quoted && bytes.get(from) == Some(&b'"'),
                b'\r' | b'\n' if !is_quoted => break,
                byte if *byte == self.delimiter && !is_quoted => break,
                _ => {}
            }
            at += 1;
        }
        at
    }
}

/// Line and column of an offset.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let (lines, last) = before
        .rsplit_once('\n')
        .map_or((0, before), |(lines, last)| (1 + lines.bytes().filter(|byte| *byte == b'\n').count(), last));
    Position { line: lines + 1, column: last.chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each cell is found by its own text, which occurs only there.
    #[test]
    fn a_cell_is_where_its_text_is() {
        for (text, delimiter, cells) in [
            ("kind,id\napp,a,5\n", b',', &["app", "a,5", "5"][..]),
            ("kind,id\n \"ä,p\" , ü,5", b',', &["\"ä", "ü", "5"]),
            ("kind;id\n\"a\"\"b;\nc\";d;e\r\nf;g;h\n", b';', &["\"a\"", "d;", "e\r"]),
            ("kind;id\na\"b;c;d", b';', &["a\"b", "c", "d"][..]),
            ("kind\tid\na\t b\tc", b'\t', &["a", "b", "c"]),
        ] {
            let begins = text.find('\n').unwrap() + 1;
            let text = text.replace(" \"ä,p\" ", "\"ä,p\" ");
            for (nth, cell) in cells.iter().enumerate() {
                let offset = begins + text.get(begins..).unwrap().find(cell).unwrap();
                let found = RecordPlace { begins, delimiter }.of_cell(&text, nth);
                assert_eq!(found, position(&text, offset), "{text:?} {nth}");
                assert_eq!(RecordPlace { begins, delimiter }.of_cell_from(&text, nth, 2), found, "{text:?} {nth}");
            }
        }
        let empty = |nth| RecordPlace { begins: 0, delimiter: b',' }.of_cell("a,,c\nd", nth).column;
        assert_eq!([0, 1, 2, 3, 9].map(empty), [1, 3, 4, 5, 5]);
    }
}
