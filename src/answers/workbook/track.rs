//! Values that follow the date by formulas. A hidden sheet holds the values from each change on, and formulas look
//! them up.

use crate::answers::Page;
use crate::answers::workbook::clock::ASKED;
use crate::layout::workbook::{CellValue, Hidden, letters};
use crate::time::Instant;

/// A hidden sheet of values over time.
#[derive(Debug)]
pub(in crate::answers) struct Tracks {
    sheet: &'static str,
    as_of: Instant,
    rows: Vec<Vec<CellValue>>,
    /// The first and the last instant of a change.
    range: Option<(Instant, Instant)>,
}

/// A date before every instant that a date in Excel can mean.
const EVER: i128 = -999_999_999_999_999;

impl Tracks {
    /// A sheet of this name, with these titles of columns.
    pub(in crate::answers) fn new(sheet: &'static str, columns: &[&str], page: &Page) -> Self {
        let header = std::iter::once("from").chain(columns.iter().copied()).map(CellValue::text).collect();
        Self { sheet, as_of: page.as_of, rows: vec![header], range: None }
    }

    /// Adds values that change only at these instants, in any order; `at` gives the values at an instant.
    pub(in crate::answers) fn add<const N: usize>(
        &mut self,
        turns: impl Iterator<Item = Instant>,
        at: impl Fn(Instant) -> [CellValue; N],
    ) -> [CellValue; N] {
        let mut turns: Vec<_> = turns.filter(|turn| *turn != Instant::MIN).collect();
        turns.sort_unstable();
        turns.dedup();
        let stretches = std::iter::once(Instant::MIN).chain(turns).map(|turn| (turn, at(turn))).collect();
        self.add_stretches(stretches, at(self.as_of))
    }

    /// Adds the values from each of these instants on, in the order of time; the first instant is [`Instant::MIN`].
    /// `now` are the values at the as-of.
    pub(in crate::answers) fn add_stretches<const N: usize>(
        &mut self,
        mut stretches: Vec<(Instant, [CellValue; N])>,
        now: [CellValue; N],
    ) -> [CellValue; N] {
        stretches.dedup_by(|later, earlier| later.1 == earlier.1);
        for (at, _) in stretches.iter().skip(1) {
            let (first, last) = self.range.unwrap_or((*at, *at));
            self.range = Some((first.min(*at), last.max(*at)));
        }
        let (first, last) = (self.rows.len() + 1, self.rows.len() + stretches.len());
        let formulas = now.into_iter().enumerate().map(|(nth, now)| {
            let values = || stretches.iter().filter_map(|(_, values)| values.get(nth));
            if values().all(|value| *value == now) {
                return now;
            }
            let cells = |column: usize| format!("{0}!${1}${first}:${1}${last}", self.sheet, letters(column));
            let widest = values().map(CellValue::width).max().unwrap_or(0);
            CellValue::formula(format!("=LOOKUP({ASKED},{},{})", cells(0), cells(nth + 1)), now, widest)
        });
        let formulas: Vec<CellValue> = formulas.collect();
        if stretches.len() > 1 {
            self.rows.extend(stretches.into_iter().map(|(at, values)| {
                let from = if at == Instant::MIN { EVER } else { i128::from(at.epoch_ms()) };
                std::iter::once(CellValue::Number(from)).chain(values).collect()
            }));
        }
        let mut formulas = formulas.into_iter();
        std::array::from_fn(|_| formulas.next().unwrap_or_default())
    }

    /// The first and the last instant of a change.
    pub(in crate::answers) fn range(&self) -> Option<(Instant, Instant)> {
        self.range
    }

    /// The sheet; `None` where nothing changes.
    pub(in crate::answers) fn hidden(self) -> Option<Hidden> {
        (self.rows.len() > 1).then_some(Hidden { name: self.sheet, rows: self.rows })
    }
}
