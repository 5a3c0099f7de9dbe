//! How text is laid out: tables, CSV, excerpts with carets. Nothing here knows what is shown.

mod caret;
pub(crate) mod csv;
pub(crate) mod github;
mod grid;
pub mod html;
pub(crate) mod ics;
mod palette;
pub(crate) mod workbook;

pub use caret::caret;
pub use csv::Dialect;
pub use grid::{Cell, Grid};
pub use palette::Tone;
