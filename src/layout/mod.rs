//! How text is laid out: tables, CSV, excerpts with carets. Nothing here knows what is shown.

mod caret;
pub(crate) mod csv;
mod grid;

pub use caret::caret;
pub use grid::{Cell, Grid, Tone};
