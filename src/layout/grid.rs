//! A small table of text, for a terminal or for Markdown.

use anstyle::AnsiColor;
use comfy_table::{
    Cell as StyledCell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, TableStyle, Width,
};

use crate::layout::hang;
use crate::layout::palette::Tone;
use crate::layout::word::{APART, apart, break_long_words};
use crate::text::{Phrase, name, phrase, visible};

/// Lines of text, and their tone. A line break within a line comes from a file and is escaped.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    lines: Vec<Phrase>,
    tone: Tone,
}

impl Cell {
    /// A line of plain words.
    pub fn new(text: impl Into<Phrase>) -> Self {
        Self::lines([text])
    }

    /// Several lines of plain words.
    #[must_use]
    pub fn lines(lines: impl IntoIterator<Item = impl Into<Phrase>>) -> Self {
        Self { lines: lines.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// An id or another name from a file, which Markdown shows as code.
    pub fn id(text: impl AsRef<str>) -> Self {
        Self::new(name(text.as_ref()))
    }

    /// Several ids, or an id and further names.
    #[must_use]
    pub fn ids(lines: Vec<String>) -> Self {
        Self::lines(lines.iter().map(|line| name(line)))
    }

    /// A name, and the words after it.
    pub fn named(of: impl AsRef<str>, more: impl Into<Phrase>) -> Self {
        Self::new(phrase![name(of.as_ref()), more])
    }

    /// The cell in this tone.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

/// Rows of cells under a header.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    header: Vec<String>,
    right: Vec<bool>,
    rows: Vec<Vec<Cell>>,
    /// Whether this is text, of which wrapped lines begin where it begins.
    is_text: bool,
}

impl Grid {
    /// A grid with these titles. A leading `>` marks a column of numbers, which is aligned to the right.
    #[must_use]
    pub fn new(header: &[&str]) -> Self {
        Self {
            header: header.iter().map(|title| title.trim_start_matches('>').to_owned()).collect(),
            right: header.iter().map(|title| title.starts_with('>')).collect(),
            rows: Vec::new(),
            is_text: false,
        }
    }

    /// A grid with this many columns and no header.
    #[must_use]
    pub fn bare(columns: usize) -> Self {
        Self { right: vec![false; columns], ..Self::default() }
    }

    /// A line of text before, between or after tables.
    pub fn line(text: impl Into<Phrase>, tone: Tone) -> Self {
        let mut line = Self { is_text: true, ..Self::bare(1) };
        line.row([Cell::new(text).tone(tone)]);
        line
    }

    /// Adds a row. Cells that the row lacks are empty.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let mut row: Vec<_> = cells.into_iter().collect();
        row.resize_with(self.right.len(), Cell::default);
        self.rows.push(row);
    }

    /// The width of the columns side by side, without wrapping, in columns of the terminal.
    #[must_use]
    pub fn natural_width(&self) -> usize {
        side_by_side(&self.table(None, false, None))
    }

    /// Whether the grid fits into the width without wrapping.
    #[must_use]
    pub fn fits(&self, width: Option<u16>) -> bool {
        width.is_none_or(|width| self.natural_width() <= usize::from(width))
    }

    /// The columns two spaces apart, with cells wrapped to the width if there is one. A wrapped line of the first column, or
    /// one that is indented, continues further to the right: what stands at the left edge begins a row.
    #[must_use]
    pub fn to_text(&self, width: Option<u16>, color: bool) -> String {
        let mut table = self.table(width, color, None);
        if !self.is_text && width.is_some_and(|width| side_by_side(&table) > usize::from(width)) {
            table.style_mut().top_border = hang::RULER;
            let widths = table.lines().next().map(|ruler| hang::column_widths(&ruler));
            table = self.table(width, color, widths.as_deref());
        }
        let mut text = String::new();
        for line in table.lines() {
            text.extend(line.trim_end().chars().filter(|character| *character != APART));
            text.push('\n');
        }
        text
    }

    /// The table, for columns of these widths if they are given: its lines are then wrapped already.
    fn table(&self, width: Option<u16>, color: bool, widths: Option<&[u16]>) -> Table {
        let mut table = Table::new();
        table.load_style(TableStyle::new());
        table.force_no_tty();
        if color {
            table.enforce_styling();
        }
        match width {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        let content_width = |column: usize| Some(widths?.get(column)?.saturating_sub(self.padding(column)).max(1));
        let wrapped = |column: usize, line: String| match content_width(column) {
            Some(room) if self.hangs(column, &line) => hang::wrap(&line, room),
            _ => line,
        };
        if !self.header.is_empty() {
            let titles = (0..).zip(&self.header).map(|(column, title)| wrapped(column, title.clone()));
            table.set_header(titles.map(|title| tint(StyledCell::new(title), Tone::Faint)));
        }
        for row in &self.rows {
            table.add_row((0..).zip(row).map(|(column, cell)| {
                let lines = cell.lines.iter().map(|line| break_long_words(&apart(&visible(line)), width));
                let lines = lines.map(|line| wrapped(column, line));
                tint(StyledCell::new(lines.collect::<Vec<_>>().join("\n")), cell.tone)
            }));
        }
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, self.padding(index)));
            if self.right.get(index) == Some(&true) {
                column.set_cell_alignment(CellAlignment::Right);
            }
            if let Some(width) = widths.and_then(|widths| widths.get(index)) {
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(*width)));
            }
        }
        table
    }

    /// The blanks after a column.
    fn padding(&self, column: usize) -> u16 {
        if column + 1 == self.right.len() { 0 } else { 2 }
    }

    /// Whether a line that is wrapped continues further to the right.
    fn hangs(&self, column: usize, line: &str) -> bool {
        self.right.get(column) == Some(&false) && (column == 0 || line.starts_with(' '))
    }

    /// A table in the Markdown of GitHub and GitLab.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let rule = self.right.iter().map(|right| if *right { "---:" } else { "---" }.to_owned());
        let mut text = line(self.header.clone()) + &line(rule.collect());
        for row in &self.rows {
            text.push_str(&line(row.iter().map(markdown_cell).collect()));
        }
        text
    }
}

/// The width of the columns of a table side by side, without wrapping.
fn side_by_side(table: &Table) -> usize {
    let columns = table.column_max_content_widths();
    columns.iter().map(|column| usize::from(*column) + 2).sum::<usize>().saturating_sub(2)
}

fn markdown_cell(cell: &Cell) -> String {
    let lines = cell.lines.iter().map(Phrase::markdown_cell);
    lines.collect::<Vec<_>>().join("<br>")
}

fn tint(cell: StyledCell, tone: Tone) -> StyledCell {
    let color = match tone.color() {
        None => return cell,
        Some(AnsiColor::Green) => Color::DarkGreen,
        Some(AnsiColor::Red) => Color::DarkRed,
        Some(AnsiColor::Yellow) => Color::DarkYellow,
        Some(AnsiColor::Cyan) => Color::DarkCyan,
        // `DarkGrey` is the bright black of ANSI.
        Some(_) => Color::DarkGrey,
    };
    cell.fg(color)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

    fn grid() -> Grid {
        let mut grid = Grid::new(&["id", ">seats"]);
        grid.row([Cell::id("creatorUT"), Cell::new("200").tone(Tone::Good)]);
        grid.row([Cell::id("a|b\u{1b}"), Cell::new("5")]);
        grid
    }

    #[test]
    fn columns_stand_two_spaces_apart() {
        assert_eq!(grid().to_text(None, false), "id         seats\ncreatorUT    200\na|b\\u001b      5\n");
    }

    #[test]
    fn colour_is_only_there_when_asked_for() {
        assert!(!grid().to_text(None, false).contains('\u{1b}'));
        assert!(grid().to_text(None, true).contains("\u{1b}[38;5;2m  200"), "{:?}", grid().to_text(None, true));
    }

    #[test]
    fn fits_says_when_nothing_wraps() {
        assert!(grid().fits(None) && grid().fits(Some(16)) && !grid().fits(Some(15)));
        assert!(grid().to_text(Some(16), false).lines().all(|line| line.len() <= 16));
        assert_eq!(grid().to_text(Some(16), false).lines().count(), 3);
    }

    #[test]
    fn no_line_is_wider_than_asked_where_nothing_is_joined() {
        let family = "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}";
        let arabic = "\u{627}\u{644}\u{633}\u{644}\u{627}\u{645}";
        for text in [
            family.repeat(9),
            "\u{1f44d}\u{1f3fd}".repeat(20),
            format!("{family} a").repeat(9),
            arabic.repeat(12),
            format!("{arabic} \u{644}\u{64e}\u{627} ").repeat(12),
            // A selector that widens one character hides no ligature of others.
            "\u{2764}\u{fe0f}\u{644}\u{627}".repeat(12),
            "\u{231a}\u{fe0e}".repeat(30),
            // Tifinagh letters with a joiner, and Khmer letters with a sign below.
            "\u{2d30}\u{2d7f}\u{2d30}".repeat(20),
            "\u{1780}\u{17d2}\u{1780}".repeat(20),
        ] {
            let mut grid = Grid::bare(2);
            grid.row([Cell::id(&text), Cell::new("200")]);
            let shown = grid.to_text(Some(40), false);
            let width = |line: &str| line.chars().map(|character| character.width().unwrap_or(0)).sum::<usize>();
            assert!(shown.lines().all(|line| width(line) <= 40 && line.width() <= 40), "{shown}");
            let letters = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
            assert_eq!(letters(&shown).replacen("200", "", 1), letters(&text), "nothing is lost and nothing added");
        }
    }

    #[test]
    fn no_blank_is_put_into_a_name() {
        for length in [30, 41, 60, 100, 300, 2000] {
            let name: String = ('a'..='z').cycle().take(length).collect();
            let marked: String = name.chars().flat_map(|letter| [letter, '\u{301}']).collect();
            for (name, width) in [(&name, 40), (&name, 33), (&marked, 40), (&marked, 20)] {
                let mut grid = Grid::bare(2);
                grid.row([Cell::id(name), Cell::new("200")]);
                let shown = grid.to_text(Some(width), false).replacen("200", "", 1);
                assert_eq!(shown.lines().map(str::trim).collect::<String>(), *name, "{shown}");
            }
        }
    }

    #[test]
    fn markdown_is_escaped() {
        assert_eq!(
            grid().to_markdown(),
            "| id | seats |\n| --- | ---: |\n| `creatorUT` | 200 |\n| `a\\|b\\u001b` | 5 |\n"
        );
    }
}
