//! The number of items of each kind by their status, and their seats, at the chosen date.

use crate::answers::Page;
use crate::answers::workbook::{BookItem, Licenses, Tracks, doubtful_now, turns};
use crate::layout::workbook::{BookSheet, CellValue, Form, SheetColumn};
use crate::license::ItemKind;
use crate::seats::{SeatTimeline, Status};
use crate::time::Instant;

const COLUMNS: [SheetColumn; 9] = [
    SheetColumn("Kind", Form::Text),
    SheetColumn("Items", Form::Count),
    SheetColumn("Active", Form::Count),
    SheetColumn("Upcoming", Form::Count),
    SheetColumn("Lapsed", Form::Count),
    SheetColumn("Expired", Form::Count),
    SheetColumn("Empty", Form::Count),
    SheetColumn("Seats", Form::Count),
    SheetColumn("Certain", Form::Text),
];

/// The items of one kind of a license, counted by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    by_status: [i128; Status::ALL.len()],
    seats: i128,
    uncertain: i128,
}

/// The seats of all items of a kind over time.
#[derive(Clone, Debug)]
pub(in crate::answers) struct OfKind {
    pub(in crate::answers) license: usize,
    pub(in crate::answers) kind: ItemKind,
    /// The seats from each of these instants on; the first instant is [`Instant::MIN`].
    pub(in crate::answers) seats: Vec<(Instant, i128)>,
}

/// The table of kinds for each license, the values that its formulas look up, and the seats over time.
pub(in crate::answers) fn kinds(
    items: &[BookItem<'_>],
    licenses: &Licenses,
    page: &Page,
) -> (BookSheet, Tracks, Vec<OfKind>) {
    let mut columns = licenses.columns();
    let first = columns.len();
    columns.extend(COLUMNS);
    let mut sheet = BookSheet::new("Summary", columns);
    // The columns from the active items to the seats.
    sheet.doubtful = vec![doubtful_now((first + 2..first + 8).collect(), first + 8)];
    let mut tracks =
        Tracks::new("sums", &["active", "upcoming", "lapsed", "expired", "empty", "seats", "certain"], page);
    let mut over_time = Vec::new();
    let mut items = items.to_vec();
    items.sort_by_key(|item| (item.license, item.kind));
    for of_kind in items.chunk_by(|one, other| (one.license, one.kind) == (other.license, other.kind)) {
        let Some(BookItem { license, kind, .. }) = of_kind.first().copied() else { continue };
        let states = over_all_time(of_kind);
        let mut now = State::default();
        of_kind.iter().for_each(|item| now.add(item.seats, page.as_of, 1));
        let has_seats = kind != ItemKind::Capability;
        if has_seats {
            over_time.push(OfKind {
                license,
                kind,
                seats: states.iter().map(|(at, state)| (*at, state.seats)).collect(),
            });
        }
        let stretches = states.into_iter().map(|(at, state)| (at, state.cells(has_seats))).collect();
        let mut cells = licenses.cells(license);
        cells.extend([CellValue::text(kind.noun()), CellValue::count(i128::try_from(of_kind.len()).unwrap_or(0))]);
        cells.extend(tracks.add_stretches(stretches, now.cells(has_seats)));
        sheet.rows.push(cells);
    }
    (sheet, tracks, over_time)
}

/// The counts from each instant on at which an item changes.
fn over_all_time(items: &[BookItem<'_>]) -> Vec<(Instant, State)> {
    let mut changes: Vec<(Instant, &SeatTimeline, Instant)> = Vec::new();
    let mut state = State::default();
    for item in items {
        state.add(item.seats, Instant::MIN, 1);
        let mut own: Vec<_> = turns(item.seats).filter(|turn| *turn != Instant::MIN).collect();
        own.sort_unstable();
        own.dedup();
        let before = std::iter::once(Instant::MIN).chain(own.iter().copied());
        changes.extend(own.iter().zip(before).map(|(turn, before)| (*turn, item.seats, before)));
    }
    changes.sort_by_key(|(at, ..)| *at);
    let mut states = vec![(Instant::MIN, state)];
    for (at, timeline, before) in changes {
        state.add(timeline, before, -1);
        state.add(timeline, at, 1);
        match states.last_mut() {
            Some((last, known)) if *last == at => *known = state,
            _ => states.push((at, state)),
        }
    }
    states
}

impl State {
    /// Adds the status and seats of a timeline at an instant, or takes them away where `sign` is -1.
    fn add(&mut self, timeline: &SeatTimeline, at: Instant, sign: i128) {
        let status = timeline.status_at(at);
        for (count, _) in self.by_status.iter_mut().zip(Status::ALL).filter(|(_, one)| *one == status) {
            *count += sign;
        }
        self.seats += sign * i128::from(timeline.seats_at(at));
        self.uncertain += if timeline.is_certain_at(at) { 0 } else { sign };
    }

    fn cells(self, has_seats: bool) -> [CellValue; 7] {
        let [active, upcoming, lapsed, expired, empty] = self.by_status.map(CellValue::count);
        let seats = if has_seats { CellValue::count(self.seats) } else { CellValue::Nothing };
        [active, upcoming, lapsed, expired, empty, seats, CellValue::yes(self.uncertain == 0)]
    }
}
