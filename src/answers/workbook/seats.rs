//! The sheet of seats. They follow the date in its first cell.

use crate::answers::Page;
use crate::answers::workbook::clock::DateClock;
use crate::answers::workbook::{BookItem, Licenses, NONE, Tracks};
use crate::layout::workbook::{BookSheet, CellValue, DoubtfulCells, Fact, Form, SheetColumn, letters};
use crate::license::{Administrator, Compatible};
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// Each instant at which a timeline changes in seats or in certainty.
pub(in crate::answers) fn turns(timeline: &SeatTimeline) -> impl Iterator<Item = Instant> {
    let doubts = timeline.doubts().iter().flat_map(|doubt| [Some(doubt.from), doubt.to]).flatten();
    timeline.steps().iter().map(|step| step.at).chain(doubts)
}

/// The sheet, which grows row by row.
#[derive(Debug)]
pub(in crate::answers) struct SeatsSheet<'p> {
    page: &'p Page,
    licenses: &'p Licenses,
    sheet: BookSheet,
    tracks: Tracks,
    /// The number of the first of [`COLUMNS`].
    first: usize,
    administrators: bool,
}

/// The names of the values that follow the date, in the order of the columns.
const MOVED: [&str; 8] =
    ["seats", "status", "certain", "certain until", "no seats from", "seats change", "seats then", "administrator now"];

const COLUMNS: [SheetColumn; 9] = [
    SheetColumn("Seats", Form::Count),
    SheetColumn("Status", Form::Text),
    SheetColumn("Certain", Form::Text),
    SheetColumn("Certain until", Form::Date),
    SheetColumn("No seats from", Form::End),
    SheetColumn("Days left", Form::DaysLeft),
    SheetColumn("Seats change", Form::Date),
    SheetColumn("Seats then", Form::Count),
    SheetColumn("Ends for good", Form::End),
];

/// The columns for user types in answers that tell about administrators.
const ADMINISTRATOR: [SheetColumn; 2] =
    [SheetColumn("Administrator", Form::Text), SheetColumn("Administrator now", Form::Text)];

impl<'p> SeatsSheet<'p> {
    /// A sheet without rows. `more` are further columns of the answer.
    pub(in crate::answers) fn new(
        licenses: &'p Licenses,
        page: &'p Page,
        administrators: bool,
        more: &[SheetColumn],
    ) -> Self {
        let mut columns = licenses.columns();
        columns.extend(BookItem::COLUMNS);
        let first = columns.len();
        columns.extend(COLUMNS);
        columns.extend(ADMINISTRATOR.iter().filter(|_| administrators));
        columns.extend_from_slice(more);
        let mut sheet = following(columns, page, None);
        let [seats, status, certain, until, none_from, left, change, then, ends] =
            std::array::from_fn(|nth| first + nth);
        sheet.doubtful = vec![
            doubtful_now(vec![seats, status], certain),
            doubtful_later(vec![none_from, change, ends], "{cell}", certain, until),
            doubtful_later(vec![left], &format!("{{{none_from}}}"), certain, until),
            doubtful_later(vec![then], &format!("{{{change}}}"), certain, until),
        ];
        Self { page, licenses, sheet, tracks: Tracks::new("steps", &MOVED, page), first, administrators }
    }

    /// Adds an item; `more` are its values in the further columns.
    pub(in crate::answers) fn add(
        &mut self,
        item: &BookItem<'_>,
        administrator: Option<Administrator>,
        more: Vec<CellValue>,
    ) {
        let (timeline, zone) = (item.seats, self.page.zone);
        let row = self.sheet.next_row();
        let at = |at: Instant| moved(item, administrator, at, self.page);
        let [seats, status, certain, until, none_from, change, then, administrator_now] =
            self.tracks.add(turns(timeline), at);
        let end = format!("{}{row}", letters(self.first + 4));
        let left = days_left(timeline.end_after(self.page.as_of), &none_from, &end, self.page);
        let mut cells = self.licenses.cells(item.license);
        cells.extend(item.cells());
        cells.extend([seats, status, certain, until, none_from, left, change, then]);
        cells.push(timeline.final_end().map_or_else(|| CellValue::text(NONE), |end| CellValue::date(end, zone)));
        if self.administrators {
            cells.push(CellValue::maybe(administrator.map(|administrator| administrator.compatible.as_str())));
            cells.push(administrator_now);
        }
        cells.extend(more);
        self.sheet.rows.push(cells);
    }

    /// The sheet, and the values that its formulas look up.
    pub(in crate::answers) fn done(self) -> (BookSheet, Tracks) {
        (self.sheet, self.tracks)
    }
}

/// A sheet whose table follows the date in its first cell.
pub(in crate::answers) fn following(columns: Vec<SheetColumn>, page: &Page, earliest: Option<Instant>) -> BookSheet {
    let mut sheet = BookSheet::new("Seats", columns);
    sheet.facts = vec![asked(page, earliest), Fact::Is("Time zone", CellValue::text(&page.zone.to_string()))];
    sheet.facts.push(Fact::Line("The table follows the date: change it.".to_owned()));
    sheet.far = far(page);
    sheet
}

/// Marks columns as not certain where the column `certain` says no.
pub(in crate::answers) fn doubtful_now(columns: Vec<usize>, certain: usize) -> DoubtfulCells {
    DoubtfulCells { columns, when: format!("{{{certain}}}=\"no\"") }
}

/// The time up to which all readings agree: empty where they always do, "now" where they do not agree now.
pub(in crate::answers) fn certain_until(timeline: &SeatTimeline, at: Instant, page: &Page) -> CellValue {
    match timeline.certain_until(at) {
        None => CellValue::text(NONE),
        Some(until) if until <= at => CellValue::text("now"),
        Some(until) => CellValue::date(until, page.zone),
    }
}

/// Marks columns as not certain where the date in `cell` lies beyond the time up to which all readings agree.
pub(in crate::answers) fn doubtful_later(
    columns: Vec<usize>,
    cell: &str,
    certain: usize,
    until: usize,
) -> DoubtfulCells {
    let now = format!("AND({{{certain}}}=\"no\",{cell}>=$B$1)");
    DoubtfulCells { columns, when: format!("OR({now},AND(ISNUMBER({{{until}}}),{cell}>={{{until}}}))") }
}

/// The instant from which on there are no seats. Where there are none already, nobody waits for it: the seats that come
/// later have an end of their own.
pub(in crate::answers) fn none_from(timeline: &SeatTimeline, at: Instant, page: &Page) -> CellValue {
    match timeline.end_after(at) {
        _ if timeline.seats_at(at) == 0 => CellValue::text(NONE),
        None => CellValue::text("no end stated"),
        Some(end) => CellValue::date(end, page.zone),
    }
}

/// The values of an item at an instant, in the order of [`MOVED`].
fn moved(item: &BookItem<'_>, administrator: Option<Administrator>, at: Instant, page: &Page) -> [CellValue; 8] {
    let (timeline, zone) = (item.seats, page.zone);
    let certain = timeline.is_certain_at(at);
    let none = || CellValue::text(NONE);
    let date = |at: Option<Instant>| at.map_or_else(none, |at| CellValue::date(at, zone));
    let count = |seats: u64| if item.has_seats() { CellValue::count(seats) } else { CellValue::Nothing };
    let (seats, change) = (timeline.seats_at(at), timeline.next_change(at));
    [
        count(seats),
        CellValue::text(timeline.status_at(at).as_str()),
        CellValue::yes(certain),
        certain_until(timeline, at, page),
        none_from(timeline, at, page),
        date(change.map(|step| step.at)),
        change.map_or_else(|| if item.has_seats() { none() } else { CellValue::Nothing }, |step| count(step.seats)),
        administrator.map_or(CellValue::Nothing, |one| {
            CellValue::yes(one.compatible == Compatible::Yes && certain && seats > 0)
        }),
    ]
}

/// The fact with the date that the sheet follows; dates before `earliest` make no sense.
fn asked(page: &Page, earliest: Option<Instant>) -> Fact {
    const YEAR_1901: f64 = 367.0;
    let earliest = earliest.and_then(|at| match CellValue::date(at, page.zone) {
        CellValue::Date(days) => Some(days),
        _ => None,
    });
    Fact::Asked("Seats on", CellValue::date(page.as_of, page.zone), earliest.unwrap_or(YEAR_1901))
}

/// The fact on another sheet that shows the same date.
pub(in crate::answers) fn date_again(page: &Page) -> Fact {
    Fact::Is("Seats on", CellValue::formula("=Seats!$B$1".to_owned(), CellValue::date(page.as_of, page.zone), 0))
}

/// The date after which an end may mean no end.
fn far(page: &Page) -> f64 {
    match CellValue::date(Instant::YEAR_2100, page.zone) {
        CellValue::Date(days) => days,
        _ => 1e6,
    }
}

/// The calendar days from the chosen day to an end; empty where there is no end, or perhaps none. `value` is the cell
/// of the end.
fn days_left(end: Option<Instant>, value: &CellValue, cell: &str, page: &Page) -> CellValue {
    let counted = end.filter(|end| *end <= Instant::YEAR_2100 && matches!(value.shown(), CellValue::Date(_)));
    let days = counted.map(|end| i128::from(page.zone.days_between(page.as_of, end)));
    let formula = format!(
        "=IF(ISNUMBER({cell}),IF({cell}<={},INT({cell})-{},\"{NONE}\"),\"{NONE}\")",
        far(page),
        DateClock::day()
    );
    CellValue::formula(formula, days.map_or_else(|| CellValue::text(NONE), CellValue::Number), 6)
}
