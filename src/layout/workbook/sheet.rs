//! A sheet: lines of facts, with a table below them.

use rust_xlsxwriter::{ConditionalFormatFormula, Note, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use crate::layout::workbook::cell::CellValue;
use crate::layout::workbook::chart::{self, SheetChart};
use crate::layout::workbook::error::{MOST_ROWS, WorkbookError};
use crate::layout::workbook::fact::Fact;
use crate::layout::workbook::form::{ClockForm, Form};

/// A column of a table: its title and its form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetColumn(pub(crate) &'static str, pub(crate) Form);

/// Cells that are marked where they are not certain.
#[derive(Clone, Debug)]
pub(crate) struct DoubtfulCells {
    pub(crate) columns: Vec<usize>,
    /// The condition for the mark. `{cell}` stands for the cell itself, and `{NUMBER}` for the cell of that column in
    /// the same row.
    pub(crate) when: String,
}

/// The height of a line of text, in pixels.
const LINE_HEIGHT: u32 = 20;

/// The highest row that Excel allows, in pixels.
const HIGHEST: u32 = 545;

/// A sheet with facts, a table, and rows below it.
#[derive(Clone, Debug)]
pub(crate) struct BookSheet {
    /// The name of the sheet and of its table, of letters only.
    pub(crate) name: &'static str,
    pub(crate) facts: Vec<Fact>,
    pub(crate) columns: Vec<SheetColumn>,
    pub(crate) rows: Vec<Vec<CellValue>>,
    /// Rows below the table with the same columns, such as sums.
    pub(crate) below: Vec<Vec<CellValue>>,
    pub(crate) doubtful: Vec<DoubtfulCells>,
    pub(crate) chart: Option<SheetChart>,
    /// The date, as Excel counts days, after which an end may mean no end.
    pub(crate) far: f64,
}

impl BookSheet {
    pub(crate) fn new(name: &'static str, columns: Vec<SheetColumn>) -> Self {
        let (facts, rows, below, doubtful) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { name, facts, columns, rows, below, doubtful, chart: None, far: 1e6 }
    }

    /// The number of the next row that is added, as Excel counts rows.
    pub(crate) fn next_row(&self) -> usize {
        self.head() + 2 + self.rows.len()
    }

    /// The row of the titles, from 0.
    fn head(&self) -> usize {
        if self.facts.is_empty() { 0 } else { self.facts.len() + 1 }
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &CellValue> {
        let facts = self.facts.iter().filter_map(|fact| match fact {
            Fact::Is(_, value) | Fact::Asked(_, value, _) => Some(value),
            Fact::Line(_) => None,
        });
        facts.chain(self.all_rows().flatten())
    }

    fn all_rows(&self) -> impl Iterator<Item = &Vec<CellValue>> {
        self.rows.iter().chain(&self.below)
    }

    pub(super) fn write(&self, worksheet: &mut Worksheet, clock: ClockForm) -> Result<(), WorkbookError> {
        let too_many = || WorkbookError::TooManyRows { sheet: self.name, rows: self.next_row() - 1 };
        let row = |row: usize| u32::try_from(row).ok().filter(|row| *row < MOST_ROWS).ok_or_else(too_many);
        let (head, last) = (row(self.head())?, row(self.head() + self.rows.len().max(1))?);
        let width = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        worksheet.set_name(self.name)?;
        for (row, fact) in (0..).zip(&self.facts) {
            fact.write(worksheet, row, clock)?;
        }
        self.write_table(worksheet, (head, last), width, clock)?;
        self.set_widths(worksheet, clock)?;
        let mut printed = (last, width);
        if !self.below.is_empty() {
            let first = last + 2;
            printed.0 = row(self.head() + self.rows.len().max(1) + 1 + self.below.len())?;
            self.write_below(worksheet, first, clock)?;
        }
        if let Some(chart) = &self.chart {
            worksheet.insert_chart(last + 2, 0, &chart.drawn()?)?;
            printed = (last + 2 + chart::ROWS, width + chart::COLUMNS);
        }
        worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        worksheet.set_print_area(0, 0, printed.0.min(MOST_ROWS - 1), printed.1)?;
        worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        worksheet.set_footer("&L&F, &A&RPage &P of &N");
        Ok(())
    }

    fn write_table(
        &self,
        worksheet: &mut Worksheet,
        (head, last): (u32, u32),
        width: u16,
        clock: ClockForm,
    ) -> Result<(), XlsxError> {
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|SheetColumn(header, form)| TableColumn::new().set_header(*header).set_header_format(form.header()))
            .collect();
        let table = Table::new().set_name(self.name).set_columns(&columns).set_style(TableStyle::Light9);
        worksheet.add_table(head, 0, last, width, &table)?;
        worksheet.set_freeze_panes(head + 1, 0)?;
        worksheet.set_repeat_rows(head, head)?;
        let formats = self.columns.iter().map(|column| {
            let format = column.1.format(clock);
            (format.clone(), format.set_quote_prefix())
        });
        let formats: Vec<_> = formats.collect();
        for (row, values) in (head + 1..).zip(&self.rows) {
            for ((column, value), (plain, quoted)) in (0..).zip(values).zip(&formats) {
                let format = if value.looks_like_formula() { quoted } else { plain };
                value.write(worksheet, row, column, format)?;
                if value.shown().is_long_count() {
                    let note =
                        "This is text: Excel keeps 15 digits of a number, and would change the last ones of this one.";
                    worksheet.insert_note(row, column, &Note::new(note).add_author_prefix(false))?;
                }
            }
        }
        for one in &self.doubtful {
            for column in &one.columns {
                let Some(SheetColumn(_, form)) = self.columns.get(*column) else { continue };
                let rule = self.at_first_row(&one.when, *column, head + 2);
                let mark = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(form.doubtful(clock));
                let column = u16::try_from(*column).unwrap_or(u16::MAX);
                worksheet.add_conditional_format(head + 1, column, last, column, &mark)?;
            }
        }
        for (column, SheetColumn(_, form)) in (0..).zip(&self.columns) {
            form.colour(worksheet, (head + 1, last), column, (clock, self.far))?;
        }
        Ok(())
    }

    /// Writes the rows below the table, after an empty row that keeps them out of the table.
    fn write_below(&self, worksheet: &mut Worksheet, first: u32, clock: ClockForm) -> Result<(), XlsxError> {
        for (row, values) in (first..).zip(&self.below) {
            for ((column, value), SheetColumn(_, form)) in (0..).zip(values).zip(&self.columns) {
                value.write(worksheet, row, column, &form.format(clock).set_bold())?;
            }
        }
        Ok(())
    }

    /// The condition for the first row; Excel adapts it to the other rows.
    fn at_first_row(&self, when: &str, column: usize, row: u32) -> String {
        let cell = |column: usize| format!("${}{row}", letters(column));
        let named = when.replace("{cell}", &cell(column));
        (0..self.columns.len())
            .fold(format!("={named}"), |rule, column| rule.replace(&format!("{{{column}}}"), &cell(column)))
    }

    /// The width of a column: as wide as its widest content on any day that may be asked for. `enhanced_autofit` only
    /// looks at the present results of formulas, and would make a column of sentences as wide as the longest.
    fn set_widths(&self, worksheet: &mut Worksheet, clock: ClockForm) -> Result<(), XlsxError> {
        let pixels = |characters: usize| u32::try_from(characters * 7 + 14).unwrap_or(u32::MAX);
        let (mut lines, mut widths) = (1, Vec::new());
        for (nth, SheetColumn(header, form)) in self.columns.iter().enumerate() {
            let values = self.all_rows().filter_map(|row| row.get(nth)).map(CellValue::width);
            let facts = self.facts.iter().filter_map(|fact| match (fact, nth) {
                (Fact::Is(label, _) | Fact::Asked(label, ..), 0) => Some(label.len()),
                (Fact::Is(_, value) | Fact::Asked(_, value, _), 1) if matches!(value.shown(), CellValue::Date(_)) => {
                    Some(clock.format().len())
                }
                _ => None,
            });
            let width = form.width(header, values, clock).max(facts.map(pixels).max().unwrap_or(0));
            worksheet.set_column_width_pixels(u16::try_from(nth).unwrap_or(u16::MAX), width)?;
            // Titles are bold and indented. The width leaves room for the button of the filter beside the last line.
            lines = lines.max(lines_of(header, width.saturating_sub(16) / 8));
            widths.push(width);
        }
        let row = |nth: usize| u32::try_from(nth).unwrap_or(u32::MAX);
        worksheet.set_row_height_pixels(row(self.head()), lines * LINE_HEIGHT)?;
        for (nth, values) in self.rows.iter().enumerate() {
            let lines = values.iter().zip(&widths).map(|(value, width)| match value.shown() {
                CellValue::Text(text) => lines_of(text, width.saturating_sub(16) / 7),
                _ => 1,
            });
            let lines = lines.max().unwrap_or(1);
            if lines > 1 {
                let height = lines.saturating_mul(LINE_HEIGHT).min(HIGHEST);
                worksheet.set_row_height_pixels(row(self.head() + 1 + nth), height)?;
            }
        }
        Ok(())
    }
}

/// The number of lines that a text takes at this number of characters a line.
fn lines_of(text: &str, room: u32) -> u32 {
    let room = usize::try_from(room.max(1)).unwrap_or(1);
    let (mut lines, mut used) = (1_usize, 0);
    for length in text.split(' ').map(|word| word.chars().count()) {
        if used > 0 && used + 1 + length > room {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        // A word that is longer than a line is broken anywhere.
        lines += used.saturating_sub(1) / room;
        used = if used > room { (used - 1) % room + 1 } else { used };
    }
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// The letters of a column: "A", "Z", "AA".
pub(crate) fn letters(column: usize) -> String {
    let letter = |nth: usize| char::from(b'A' + u8::try_from(nth % 26).unwrap_or(0));
    match (column / 26).checked_sub(1) {
        None => letter(column).to_string(),
        Some(rest) => letters(rest) + &letter(column).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_lines() {
        assert_eq!([34, 8, 3].map(|room| lines_of("Old at the import", room)), [1, 3, 5]);
        assert_eq!([lines_of("", 9), lines_of(&"x".repeat(30), 10), lines_of(&"x".repeat(31), 10)], [1, 3, 4]);
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
