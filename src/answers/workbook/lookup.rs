//! Seats that follow the date in the first cell of a sheet: formulas over steps that stand on a hidden one.

use crate::layout::workbook::{Hidden, Value};
use crate::seats::SeatTimeline;
use crate::time::{Instant, Zone};

/// The hidden sheet, and its columns: when a step begins and by how much seats change; from when to when readings differ.
const SHEET: &str = "steps";

/// The date that is asked for, in milliseconds as Excel counts. It is rounded: Excel keeps dates as fractions.
const ASKED: &str = "ROUND($B$1*86400000,0)";

/// An instant after every other.
const NEVER: i128 = 999_999_999_999_999;

/// Excel keeps every digit of smaller numbers.
const MAX_SEATS: u64 = 999_999_999_999_999;

/// Builds formulas, and what they look things up in.
#[derive(Debug)]
pub(in crate::answers) struct Lookup {
    zone: Zone,
    as_of: Instant,
    rows: Vec<Vec<Value>>,
}

impl Lookup {
    pub(in crate::answers) fn new(zone: Zone, as_of: Instant) -> Self {
        Self { zone, as_of, rows: Vec::new() }
    }

    /// Seats to rely on at the date.
    pub(in crate::answers) fn seats(&mut self, timeline: &SeatTimeline) -> Value {
        self.count(timeline.steps().iter().map(|step| (step.at, step.seats)), timeline.seats_at(self.as_of))
    }

    /// A count that changes by steps, at the date; `now` is the one at the as-of.
    pub(in crate::answers) fn count(&mut self, steps: impl IntoIterator<Item = (Instant, u64)>, now: u64) -> Value {
        let steps: Vec<_> = steps.into_iter().collect();
        if steps.is_empty() || steps.iter().any(|(_, count)| *count > MAX_SEATS) {
            return Value::count(now);
        }
        let before = std::iter::once(0).chain(steps.iter().map(|(_, count)| *count));
        let rows = steps.iter().zip(before).map(|((at, count), before)| {
            vec![Value::Number(self.ms(*at)), Value::Number(i128::from(*count) - i128::from(before))]
        });
        let (first, last) = self.put(rows.collect());
        let formula = format!("=SUMPRODUCT(({SHEET}!$A${first}:$A${last}<={ASKED})*{SHEET}!$B${first}:$B${last})");
        Value::Formula(formula, Box::new(Value::count(now)))
    }

    /// Whether all readings agree at the date.
    pub(in crate::answers) fn certain(&mut self, timeline: &SeatTimeline) -> Value {
        let word = |certain| Value::Text(if certain { "yes" } else { "no" }.to_owned());
        let rows: Vec<_> = timeline
            .doubts()
            .iter()
            .map(|doubt| {
                let to = doubt.to.map_or(NEVER, |to| self.ms(to));
                vec![Value::Nothing, Value::Nothing, Value::Number(self.ms(doubt.from)), Value::Number(to)]
            })
            .collect();
        if rows.is_empty() {
            return word(true);
        }
        let (first, last) = self.put(rows);
        let formula = format!(
            "=IF(SUMPRODUCT(({SHEET}!$C${first}:$C${last}<={ASKED})*({SHEET}!$D${first}:$D${last}>{ASKED}))>0,\"no\",\"yes\")"
        );
        Value::Formula(formula, Box::new(word(timeline.is_certain_at(self.as_of))))
    }

    /// Days from the date to another one, by the calendar; nothing where there is none.
    pub(in crate::answers) fn days_left(&self, end: Option<Instant>, cell: &str) -> Value {
        let Some(end) = end.filter(|end| self.zone.excel_ms(*end).is_some()) else { return Value::Nothing };
        let days = self.zone.days_between(self.as_of, end);
        Value::Formula(format!("=INT({cell})-INT($B$1)"), Box::new(Value::count(days)))
    }

    /// The date that is asked for, as the first fact of a sheet.
    pub(in crate::answers) fn date(&self) -> (&'static str, Value) {
        ("Date (change it)", Value::date(self.as_of, self.zone))
    }

    pub(in crate::answers) fn hidden(self) -> Hidden {
        Hidden { name: SHEET, rows: self.rows }
    }

    /// Adds rows and says where they stand, counted from 1.
    fn put(&mut self, rows: Vec<Vec<Value>>) -> (usize, usize) {
        let first = self.rows.len() + 1;
        self.rows.extend(rows);
        (first, self.rows.len())
    }

    fn ms(&self, at: Instant) -> i128 {
        let at = at.max(Instant::EARLIEST_READABLE).min(Instant::END_OF_CALENDAR);
        i128::from(self.zone.excel_ms(at).unwrap_or_else(|| at.epoch_ms()))
    }
}
