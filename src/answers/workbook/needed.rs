//! The sheet of seats in answers that know the need: owned, assigned, available and short on the chosen day.

use crate::answers::Page;
use crate::answers::workbook::{
    BookItem, NONE, Tracks, certain_until, doubtful_later, doubtful_now, following, none_from, turns,
};
use crate::layout::workbook::{BookSheet, CellValue, Form, SheetColumn, letters};
use crate::seats::{Doubt, Need};
use crate::time::Instant;

const MOVED: [&str; 7] = ["owned", "certain", "certain until", "no seats from", "assigned", "short", "short certain"];

const COLUMNS: [SheetColumn; 8] = [
    SheetColumn("Owned", Form::Count),
    SheetColumn("Certain", Form::Text),
    SheetColumn("Certain until", Form::Date),
    SheetColumn("No seats from", Form::End),
    SheetColumn("Assigned", Form::Count),
    SheetColumn("Available", Form::Count),
    SheetColumn("Short", Form::Short),
    SheetColumn("Short certain", Form::Text),
];

const FIRST: usize = BookItem::COLUMNS.len();

/// The sheet, which grows row by row.
#[derive(Debug)]
pub(in crate::answers) struct NeededSheet<'p> {
    page: &'p Page,
    sheet: BookSheet,
    tracks: Tracks,
}

impl<'p> NeededSheet<'p> {
    /// A sheet without rows. `more` are further columns of the answer.
    pub(in crate::answers) fn new(page: &'p Page, more: &[SheetColumn]) -> Self {
        let columns = BookItem::COLUMNS.into_iter().chain(COLUMNS).chain(more.iter().copied()).collect();
        // The need before the as-of is not known.
        let mut sheet = following(columns, page, Some(page.as_of));
        let [owned, certain, until, none_from, _, available, short, short_certain] =
            std::array::from_fn(|nth| FIRST + nth);
        sheet.doubtful = vec![
            doubtful_now(vec![owned, available], certain),
            doubtful_now(vec![short], short_certain),
            doubtful_later(vec![none_from], "{cell}", certain, until),
        ];
        Self { page, sheet, tracks: Tracks::new("steps", &MOVED, page) }
    }

    /// Marks a further column as not certain where the further column `certain` says no.
    pub(in crate::answers) fn mark_more(&mut self, column: usize, certain: usize) {
        let more = FIRST + COLUMNS.len();
        self.sheet.doubtful.push(doubtful_now(vec![more + column], more + certain));
    }

    /// Adds an item with its need, which is not certain in these periods; `counted` is whether the need is the
    /// assigned seats.
    pub(in crate::answers) fn add(
        &mut self,
        item: &BookItem<'_>,
        (need, doubts): (Option<&Need>, &[Doubt]),
        counted: bool,
        more: Vec<CellValue>,
    ) {
        let row = self.sheet.next_row();
        let begins = need.and_then(|need| need.steps().first()).map(|(at, _)| *at);
        let needs = need.into_iter().flat_map(|need| need.steps().iter().map(|(at, _)| *at));
        let is_certain = |at: Instant| item.seats.is_certain_at(at) && !doubts.iter().any(|doubt| doubt.holds(at));
        let in_doubt = doubts.iter().flat_map(|doubt| [Some(doubt.from), doubt.to]).flatten();
        let needs = needs.chain(in_doubt);
        let at = |at: Instant| {
            let seats = item.seats.seats_at(at);
            let needed = need.filter(|_| begins.is_some_and(|begins| begins <= at)).map(|need| need.at(at));
            let count = |seats: u64| if item.has_seats() { CellValue::count(seats) } else { CellValue::text(NONE) };
            let short = needed.map(|needed| needed.saturating_sub(seats));
            [
                count(seats),
                CellValue::yes(item.seats.is_certain_at(at)),
                certain_until(item.seats, at, self.page),
                none_from(item.seats, at, self.page),
                match needed {
                    _ if !counted => CellValue::text("not counted"),
                    Some(needed) => CellValue::count(needed),
                    None => CellValue::text(NONE),
                },
                short.map_or_else(|| CellValue::text(NONE), CellValue::count),
                short.map_or_else(|| CellValue::text(NONE), |_| CellValue::yes(is_certain(at))),
            ]
        };
        let [owned, certain, until, none_from, assigned, short, short_certain] =
            self.tracks.add(turns(item.seats).chain(needs), at);
        let available = match (owned.shown(), assigned.shown()) {
            (CellValue::Number(owned), CellValue::Number(assigned)) => CellValue::count(owned - assigned),
            _ => CellValue::text(NONE),
        };
        let cell = |nth: usize| format!("{}{row}", letters(FIRST + nth));
        let formula = format!("=IF(COUNT({0},{1})=2,{0}-{1},\"{NONE}\")", cell(0), cell(4));
        let widest = owned.width().max(assigned.width()) + 1;
        let available = CellValue::formula(formula, available, widest);
        let mut cells: Vec<CellValue> = item.cells().into();
        cells.extend([owned, certain, until, none_from, assigned, available, short, short_certain]);
        cells.extend(more);
        self.sheet.rows.push(cells);
    }

    /// The sheet, and the values that its formulas look up.
    pub(in crate::answers) fn done(self) -> (BookSheet, Tracks) {
        (self.sheet, self.tracks)
    }
}
