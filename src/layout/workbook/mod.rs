//! Workbooks for Excel: named tables with filters, titles that stay in sight, formulas that carry their result.

mod book;
mod cell;
mod chart;
mod error;
mod fact;
mod form;
mod sheet;

pub(crate) use book::{Book, Hidden};
pub(crate) use cell::{CellValue, MOST_NUMBER, days};
pub(crate) use chart::{Series, SheetChart};
pub(crate) use error::WorkbookError;
pub(crate) use fact::Fact;
pub(crate) use form::Form;
pub(crate) use sheet::{BookSheet, DoubtfulCells, SheetColumn, letters};
