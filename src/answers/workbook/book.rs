//! Puts the sheets of a workbook together.

use crate::answers::Page;
use crate::answers::workbook::clock::DateClock;
use crate::answers::workbook::kinds::OfKind;
use crate::answers::workbook::picture::picture;
use crate::answers::workbook::{Licenses, Tracks};
use crate::layout::workbook::{Book, BookSheet, WorkbookError};

/// The cell with the date that the whole workbook follows: the first cell of the sheet of seats.
const DATE: &str = "Seats!$B$1";

/// The bytes of a workbook of these sheets, the first of them with the chart of these kinds. A sheet with an empty
/// table is left out, except the first, the last, the seats and the prices, which then say why the table is empty.
///
/// # Errors
/// A [`WorkbookError`] where Excel has no room for the content.
pub(in crate::answers) fn book(
    mut sheets: Vec<BookSheet>,
    tracks: Vec<Tracks>,
    kinds: &[OfKind],
    licenses: &Licenses,
    page: &Page,
) -> Result<Vec<u8>, WorkbookError> {
    let named = sheets.len();
    let is_kept = |nth: usize, sheet: &BookSheet| {
        nth == 0 || nth + 1 == named || ["Seats", "Prices"].contains(&sheet.name) || !sheet.rows.is_empty()
    };
    let mut nth = 0..;
    sheets.retain(|sheet| nth.next().is_some_and(|nth| is_kept(nth, sheet)));
    let ranges = tracks.iter().filter_map(Tracks::range);
    let (first, last) =
        ranges.reduce(|(from, to), (first, last)| (from.min(first), to.max(last))).unwrap_or((page.as_of, page.as_of));
    let clock = DateClock::new(page.zone, page.as_of, first, last)?;
    let mut hidden: Vec<_> = tracks.into_iter().filter_map(Tracks::hidden).collect();
    if let Some((chart, points)) = picture(kinds, licenses, page) {
        if let Some(sheet) = sheets.first_mut() {
            sheet.chart = Some(chart);
        }
        hidden.push(points);
    }
    hidden.push(clock.hidden(DATE));
    Book { sheets, hidden, names: DateClock::names().to_vec() }.write()
}
