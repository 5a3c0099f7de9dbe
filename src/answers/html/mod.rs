//! The parts that the pages of several answers share: items as rows, data for the script, entries, bands, months.

mod bands;
mod cells;
mod course;
mod data;
mod days;
mod entries;
mod line;
mod months;
mod parts;

pub(super) use bands::bands;
pub(super) use course::{CourseColumn, Sort, tables};
pub(super) use data::{Data, Scope, chart};
pub(super) use line::ItemLine;
pub(super) use months::months;
pub(super) use parts::{all_controls, failures, findings, footer, list, named, plain_controls, sentence, text};
