//! The parts that the workbooks of several answers share: seats that follow a date, sums by kind, steps, findings, the
//! files that were read.
//!
//! Formulas only look values up. The values from each change on come from the same functions as those of every other
//! output, and stand on hidden sheets.

mod about;
mod book;
mod clock;
mod findings;
mod kinds;
mod licenses;
mod needed;
mod picture;
mod seats;
mod steps;
mod track;
mod verdict;

pub(in crate::answers) use about::about;
pub(in crate::answers) use book::book;
pub(in crate::answers) use findings::findings;
pub(in crate::answers) use kinds::kinds;
pub(in crate::answers) use licenses::Licenses;
pub(in crate::answers) use needed::NeededSheet;
pub(in crate::answers) use seats::{
    SeatsSheet, certain_until, date_again, doubtful_later, doubtful_now, following, none_from, turns,
};
pub(in crate::answers) use steps::{Changed, steps};
pub(in crate::answers) use track::Tracks;
pub(in crate::answers) use verdict::verdict_sheet;

use crate::answers::phrase;
use crate::layout::workbook::{CellValue, Form, SheetColumn};
use crate::license::ItemKind;
use crate::seats::SeatTimeline;

/// The text of a cell that has no value.
pub(in crate::answers) const NONE: &str = "–";

#[derive(Clone, Copy, Debug)]
pub(in crate::answers) struct BookItem<'r> {
    /// The number of the license, from 0.
    pub(in crate::answers) license: usize,
    pub(in crate::answers) kind: ItemKind,
    pub(in crate::answers) id: &'r str,
    pub(in crate::answers) name: Option<&'r str>,
    pub(in crate::answers) known_as: Option<&'r str>,
    pub(in crate::answers) seats: &'r SeatTimeline,
}

impl BookItem<'_> {
    /// The columns that name the item of a row.
    pub(in crate::answers) const COLUMNS: [SheetColumn; 3] =
        [SheetColumn("Kind", Form::Text), SheetColumn("Id", Form::Text), SheetColumn("Name", Form::Text)];

    pub(in crate::answers) fn cells(&self) -> [CellValue; 3] {
        let (own, known_as) = phrase::name(self.name, self.known_as);
        let name = format!("{own}{known_as}");
        [
            CellValue::text(self.kind.noun()),
            CellValue::text(self.id),
            CellValue::maybe(Some(name.as_str()).filter(|name| !name.is_empty())),
        ]
    }

    pub(in crate::answers) fn has_seats(&self) -> bool {
        self.kind != ItemKind::Capability
    }
}
