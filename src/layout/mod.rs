//! Layout of text: tables, CSV, excerpts with carets, pages, workbooks, calendars. This room knows nothing of
//! licenses.

mod caret;
pub(crate) mod csv;
mod excel;
pub(crate) mod github;
mod grid;
mod hang;
pub mod html;
pub(crate) mod ics;
mod palette;
mod word;
pub(crate) mod workbook;

pub use caret::caret;
pub use csv::Dialect;
pub use grid::{Cell, Grid};
pub use palette::Tone;
