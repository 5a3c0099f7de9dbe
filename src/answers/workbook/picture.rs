//! The chart: seats by kind over time.

use crate::answers::Page;
use crate::answers::workbook::Licenses;
use crate::answers::workbook::kinds::OfKind;
use crate::layout::workbook::{CellValue, Hidden, MOST_NUMBER, Series, SheetChart, days};
use crate::license::ItemKind;
use crate::text::visible;
use crate::time::Instant;

const SHEET: &str = "chart";

/// The most licenses that a reader can tell apart in one chart.
const MOST_LICENSES: usize = 8;

/// The most points of a line in older versions of Excel.
const MOST_POINTS: usize = 32_000;

const MONTH: i64 = 31 * 86_400_000;

/// The chart, and the sheet that holds its points. For one license it has a line for each kind; for several, whose
/// seats are never added up, a line for the user types of each. `None` where nothing changes, or where the chart
/// would not be exact.
pub(super) fn picture(kinds: &[OfKind], licenses: &Licenses, page: &Page) -> Option<(SheetChart, Hidden)> {
    let several = licenses.count() > 1;
    let drawn: Vec<&OfKind> = kinds
        .iter()
        .filter(|one| !several || (one.kind == ItemKind::UserType && one.license < MOST_LICENSES))
        .filter(|one| one.seats.len() > 1)
        .collect();
    let turns = drawn.iter().flat_map(|one| one.seats.iter().skip(1)).map(|(at, _)| *at);
    // An end after 2100 is left out: it may mean no end, and would leave no room for the rest.
    let near = page.as_of.clamp(Instant::EARLIEST_READABLE, Instant::YEAR_2100);
    let (first, last) = turns
        .filter(|at| *at <= Instant::YEAR_2100)
        .fold((near, near), |(first, last), at| (first.min(at), last.max(at)));
    let [from, to] = [first.epoch_ms() - MONTH, last.epoch_ms() + MONTH].map(Instant::from_epoch_ms);
    let (from_days, to_days) = (days(page.zone.excel_ms(from)?), days(page.zone.excel_ms(to)?));
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    let mut series = Vec::new();
    for (nth, one) in drawn.iter().enumerate() {
        let name = if several { licenses.name(one.license).to_owned() } else { one.kind.heading().to_owned() };
        let points = points(one, (from, from_days), (to, to_days), page)?;
        let column = 2 * nth;
        for (row, point) in points.iter().enumerate() {
            if rows.len() == row {
                rows.push(Vec::new());
            }
            if let Some(row) = rows.get_mut(row) {
                row.resize(column, CellValue::Nothing);
                row.extend(point.clone());
            }
        }
        let last = u32::try_from(points.len().checked_sub(1)?).ok()?;
        series.push(Series {
            name: visible(&name).chars().take(60).collect(),
            column: u16::try_from(column).ok()?,
            rows: (0, last),
        });
    }
    if series.is_empty() {
        return None;
    }
    let title = if !several {
        "Seats by kind over time, as far as they can be relied on".to_owned()
    } else if licenses.count() > MOST_LICENSES {
        format!("Seats of user types over time, of the first {MOST_LICENSES} of {} licenses", licenses.count())
    } else {
        "Seats of user types over time, of each license".to_owned()
    };
    let alt_text = format!("{title}. The sheet Timeline has the same in numbers.");
    Some((
        SheetChart { title, alt_text, sheet: SHEET, series, range: (from_days, to_days) },
        Hidden { name: SHEET, rows },
    ))
}

/// The points of a line that stays level up to each step.
fn points(one: &OfKind, from: (Instant, f64), to: (Instant, f64), page: &Page) -> Option<Vec<[CellValue; 2]>> {
    if one.seats.len() * 2 > MOST_POINTS || one.seats.iter().any(|(_, seats)| seats.unsigned_abs() > MOST_NUMBER) {
        return None;
    }
    let mut before = 0;
    let mut points = Vec::new();
    for (at, seats) in &one.seats {
        if *at > to.0 {
            break;
        }
        if *at <= from.0 {
            points = vec![[CellValue::Date(from.1), CellValue::count(*seats)]];
        } else {
            let x = CellValue::Date(days(page.zone.excel_ms(*at)?));
            points.extend([[x.clone(), CellValue::count(before)], [x, CellValue::count(*seats)]]);
        }
        before = *seats;
    }
    points.push([CellValue::Date(to.1), CellValue::count(before)]);
    Some(points)
}
