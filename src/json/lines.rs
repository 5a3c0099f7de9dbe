//! Turns byte offsets into lines and columns.

use serde::Serialize;

/// A place in a text, counted from 1: lines end at `\n`, columns are Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Characters are counted in advance at every multiple of this number of bytes, so that a file of one long line is as
/// fast as any other.
const BLOCK: usize = 4096;

/// Finds the line and column of a byte offset in a text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    line_starts: Vec<usize>,
    chars_before_block: Vec<usize>,
}

impl LineIndex {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut chars = 0;
        let mut chars_before_block = Vec::with_capacity(text.len() / BLOCK + 1);
        for block in text.as_bytes().chunks(BLOCK) {
            chars_before_block.push(chars);
            chars += count_chars(block);
        }
        Self { line_starts: std::iter::once(0).chain(line_ends.map(|(at, _)| at + 1)).collect(), chars_before_block }
    }

    /// The position of a byte offset; for an offset past the end, the position of the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        Position { line, column: self.chars_before(text, offset) - self.chars_before(text, start) + 1 }
    }

    /// The byte offset of a line and a byte column, both from 1, which is how `serde_json` tells a place.
    #[must_use]
    pub fn offset(&self, text: &str, line: usize, byte_column: usize) -> usize {
        let start = self.line_starts.get(line.saturating_sub(1)).copied();
        let offset = start.unwrap_or(text.len()) + byte_column.saturating_sub(1);
        offset.min(text.len())
    }

    fn chars_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        let before = self.chars_before_block.get(block).copied();
        let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        before.map_or_else(|| count_chars(text.as_bytes()), |before| before + count_chars(rest))
    }
}

/// The number of characters. Every byte except the continuation bytes of UTF-8 begins a character.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_agree_with_counting(text in "[a\u{e9}\u{1F30D}\r\n]{0,60}", repeat in 1..200_usize) {
            let text = text.repeat(repeat);
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices().step_by(97).chain([(text.len(), ' ')]) {
                let before = text.split_at(offset).0;
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
                prop_assert_eq!(index.position(&text, offset), Position { line, column });
            }
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(LineIndex::new("ab").position("ab", 9), Position { line: 1, column: 3 });
        assert_eq!(LineIndex::new("ab\ncd").offset("ab\ncd", 2, 2), 4);
        assert_eq!(LineIndex::new("").offset("", 7, 7), 0);
    }
}
