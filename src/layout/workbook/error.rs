//! What Excel has no room for.

use rust_xlsxwriter::XlsxError;

/// So many rows has a sheet.
pub(crate) const MOST_ROWS: u32 = 1_048_576;

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkbookError {
    #[error("the sheet {sheet:?} of the workbook would have {rows} rows, and Excel has room for {MOST_ROWS}")]
    TooManyRows { sheet: &'static str, rows: usize },
    #[error("a workbook can speak of the years 1901 to 9999 only, and the as-of lies outside")]
    AsOf,
    #[error("the workbook cannot be written: {0}")]
    Writer(#[from] XlsxError),
}
