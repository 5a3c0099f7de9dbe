//! The lines above the table of a sheet.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

use crate::layout::workbook::cell::CellValue;
use crate::layout::workbook::form::ClockForm;
use crate::text::visible;

/// A line above the table.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// A label and its value.
    Is(&'static str, CellValue),
    /// A label and a date that the reader can change, with the first date that the sheet has an answer for.
    Asked(&'static str, CellValue, f64),
    /// A sentence, or a part of a sentence that goes on in the next line.
    Line(String),
}

/// The most characters of a line of a sentence: about the width of a page.
const LINE: usize = 120;

impl Fact {
    /// A sentence, broken into as many lines as it needs.
    pub(crate) fn lines(text: &str) -> Vec<Self> {
        let mut lines: Vec<String> = Vec::new();
        for word in visible(text).split(' ') {
            match lines.last_mut() {
                Some(line) if line.chars().count() + word.chars().count() < LINE => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines.into_iter().map(Self::Line).collect()
    }

    /// Writes the line in a row.
    pub(super) fn write(&self, worksheet: &mut Worksheet, row: u32, clock: ClockForm) -> Result<(), XlsxError> {
        let (label, value) = match self {
            Self::Line(text) => return CellValue::text(text).write(worksheet, row, 0, &Format::new()),
            Self::Is(label, value) | Self::Asked(label, value, _) => (*label, value),
        };
        worksheet.write_string_with_format(row, 0, label, &Format::new().set_bold())?;
        let format = Format::new().set_align(FormatAlign::Left);
        let number = if matches!(value.shown(), CellValue::Date(_)) { clock.format() } else { "#,##0" };
        let format = format.set_num_format(number);
        let Self::Asked(.., earliest) = self else { return value.write(worksheet, row, 1, &format) };
        let asked = format.set_background_color(Color::RGB(0x00FF_F2CC)).set_border(FormatBorder::Thin);
        value.write(worksheet, row, 1, &asked)?;
        let allowed = DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(*earliest, 2_958_466.0))
            .set_error_message("A date is needed here, as 2027-03-01 or 2027-03-01 12:00, and none before the first one that this sheet knows of.")?
            .set_input_message("Change this date, and the seats below follow.")?;
        worksheet.add_data_validation(row, 1, row, 1, &allowed)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_broken_between_words() {
        let Fact::Line(first) = &Fact::lines(&"ten chars. ".repeat(20))[0] else { panic!("no line") };
        assert!(first.ends_with("chars.") && first.len() <= LINE, "{first}");
    }
}
