//! Lines of a table that are wrapped to the width of their column, and continue further to the right than they begin.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use unicode_width::UnicodeWidthStr;

/// How much further to the right a wrapped line continues.
const FURTHER: usize = 2;

/// A line above a table that shows the width of every column; a blank stands between two of them. A mark between columns would
/// take room in the rows too.
pub(super) const RULER: LineStyle = LineStyle::none().fill('-');

/// The widths of the columns under a [`RULER`], each with its padding.
pub(super) fn column_widths(ruler: &str) -> Vec<u16> {
    ruler.split(' ').map(|column| u16::try_from(column.len()).unwrap_or(u16::MAX)).collect()
}

/// Wraps a line to this many columns. A column that is too narrow to indent by [`FURTHER`] indents by less.
pub(super) fn wrap(line: &str, columns: u16) -> String {
    if line.width() <= usize::from(columns) && !line.contains('\n') {
        return line.to_owned();
    }
    let text = line.trim_start_matches(' ');
    let begin = line.len() - text.len();
    let further = (begin + FURTHER).min(usize::from(columns) / 3);
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    table.force_no_tty();
    let room = columns.saturating_sub(u16::try_from(further).unwrap_or(u16::MAX));
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(room.max(1));
    table.add_row([text]);
    for column in table.column_iter_mut() {
        column.set_padding((0, 0));
    }
    let lines = (0..).zip(table.lines()).map(|(nth, line)| {
        let indent = if nth == 0 { begin.min(further) } else { further };
        " ".repeat(indent) + line.trim_end()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrapped_continues_further_to_the_right() {
        assert_eq!(wrap("  NEW 120 then 60", 20), "  NEW 120 then 60");
        assert_eq!(wrap("  NEW 120 then 60 at the turn", 16), "  NEW 120 then\n    60 at the\n    turn");
        assert_eq!(wrap("GISProfessionalStdUT", 12), "GISProfess\n  ionalStdUT");
        assert_eq!(wrap("abcd", 2), "ab\ncd");
    }

    #[test]
    fn a_ruler_shows_the_widths() {
        assert_eq!(column_widths("--- ----- -"), [3, 5, 1]);
    }
}
