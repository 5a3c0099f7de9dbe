//! A workbook, and how it is written.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use crate::layout::workbook::cell::CellValue;
use crate::layout::workbook::error::{MOST_ROWS, WorkbookError};
use crate::layout::workbook::form::ClockForm;
use crate::layout::workbook::sheet::BookSheet;

/// A hidden sheet that formulas look values up in.
#[derive(Clone, Debug)]
pub(crate) struct Hidden {
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Vec<CellValue>>,
}

/// A workbook: its sheets, hidden sheets and named cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<BookSheet>,
    pub(crate) hidden: Vec<Hidden>,
    /// The named cells that formulas use: the name and the reference.
    pub(crate) names: Vec<(&'static str, String)>,
}

impl Book {
    /// The bytes of the file. Equal sheets give equal bytes.
    ///
    /// # Errors
    /// A [`WorkbookError`] where Excel has no room for the content.
    pub(crate) fn write(&self) -> Result<Vec<u8>, WorkbookError> {
        let mut book = Workbook::new();
        // A fixed date: otherwise the library would write the time of the clock.
        let created = ExcelDateTime::from_ymd(2020, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let hidden = self.hidden.iter().flat_map(|sheet| sheet.rows.iter().flatten());
        let clock = ClockForm::of(self.sheets.iter().flat_map(BookSheet::values).chain(hidden));
        for sheet in &self.sheets {
            sheet.write(book.add_worksheet(), clock)?;
        }
        for Hidden { name, rows } in &self.hidden {
            if u32::try_from(rows.len()).is_ok_and(|rows| rows > MOST_ROWS) {
                return Err(WorkbookError::TooManyRows { sheet: name, rows: rows.len() });
            }
            let worksheet = book.add_worksheet();
            worksheet.set_name(*name)?.set_hidden(true);
            let plain = Format::new();
            for (row, values) in (0..).zip(rows) {
                for (column, value) in (0..).zip(values) {
                    if *value != CellValue::Nothing {
                        value.write(worksheet, row, column, &plain)?;
                    }
                }
            }
        }
        for (name, cell) in &self.names {
            book.define_name(*name, &format!("={cell}"))?;
        }
        Ok(book.save_to_buffer()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::workbook::form::Form;
    use crate::layout::workbook::sheet::SheetColumn;

    #[test]
    fn what_excel_has_no_room_for_is_refused() {
        let mut sheet = BookSheet::new("Seats", vec![SheetColumn("Id", Form::Text)]);
        sheet.rows = vec![Vec::new(); 1_048_576];
        let error = Book { sheets: vec![sheet], ..Book::default() }.write().unwrap_err().to_string();
        assert_eq!(
            error,
            "the sheet \"Seats\" of the workbook would have 1048577 rows, and Excel has room for 1048576"
        );
        let hidden = Hidden { name: "steps", rows: vec![Vec::new(); 1_048_577] };
        let error = Book { hidden: vec![hidden], ..Book::default() }.write().unwrap_err();
        assert!(matches!(error, WorkbookError::TooManyRows { sheet: "steps", rows: 1_048_577 }), "{error}");
    }
}
