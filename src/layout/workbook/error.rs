//! Content for which Excel has no room.

use rust_xlsxwriter::XlsxError;

/// The most rows of a sheet in Excel.
pub(crate) const MOST_ROWS: u32 = 1_048_576;

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkbookError {
    #[error("the sheet {sheet:?} of the workbook would have {rows} rows, and Excel has room for {MOST_ROWS}")]
    TooManyRows { sheet: &'static str, rows: usize },
    #[error("a workbook can speak of the years 1901 to 9999 only, and the as-of lies outside")]
    AsOf,
    #[error("the workbook cannot be written: {0}")]
    Writer(#[from] XlsxError),
}
