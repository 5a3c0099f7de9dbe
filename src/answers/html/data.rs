//! What the script moves, as data: seats over time, and every date that it may show, as it is shown.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::answers::html::days::Days;
use crate::answers::html::line::ItemLine;
use crate::answers::{Page, WhyEntry};
use crate::layout::html::Chart;
use crate::license::ItemKind;
use crate::seats::{Doubt, SeatTimeline};
use crate::time::Instant;

/// Which days a page can be moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::answers) enum Scope {
    /// All that the license speaks of.
    Always,
    /// From the as-of on, which the verdict is about.
    FromAsOf,
}

/// What the script moves.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::answers) struct Data<'r> {
    as_of: i64,
    as_of_text: String,
    days: Days,
    chart: [i64; 3],
    texts: BTreeMap<i64, String>,
    items: Vec<Row<'r>>,
    administrators: Vec<Vec<AdministratorType<'r>>>,
}

/// A user type that is compatible with the Administrator role.
#[derive(Clone, Debug, Serialize)]
struct AdministratorType<'r> {
    id: &'r str,
    seats: Vec<(i64, u64)>,
    doubts: Vec<[Option<i64>; 2]>,
}

/// One row of a table.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'r> {
    kind: ItemKind,
    id: &'r str,
    seats: Vec<(i64, u64)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<[Option<i64>; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Vec<(i64, u64)>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    old_doubts: Vec<[Option<i64>; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<Vec<(i64, u64)>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    need_doubts: Vec<[Option<i64>; 2]>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    counted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<Option<EntryRow<'r>>>,
}

/// An entry whose words change with the day: when it begins, what is said of it before, and of a capability its end.
#[derive(Clone, Debug, Serialize)]
struct EntryRow<'r>(i64, &'r str, #[serde(skip_serializing_if = "Option::is_none")] Option<i64>);

impl<'r> EntryRow<'r> {
    /// Nothing where the day makes no difference.
    fn of(entry: &'r WhyEntry) -> Option<Self> {
        let later = entry.words.later.as_deref()?;
        Some(Self(entry.start_date?.epoch_ms(), later, entry.end_date.map(Instant::epoch_ms)))
    }
}

impl<'r> Data<'r> {
    /// Of the rows of a page, in their order.
    pub(in crate::answers) fn of(lines: &[ItemLine<'r>], page: &Page, scope: Scope, chart: &Chart) -> Self {
        let Page { zone, as_of, .. } = *page;
        let dates = lines.iter().flat_map(dates);
        let texts = dates.map(|at| (at.epoch_ms(), zone.show(at)));
        let (from, to) = range(lines, page);
        let from = if scope == Scope::FromAsOf { first_day_from(page).max(from) } else { from };
        Self {
            as_of: as_of.epoch_ms(),
            as_of_text: zone.show(as_of),
            days: Days::of(zone, from, to.max(from)),
            chart: [chart.from, chart.to, i64::from(chart.width)],
            texts: texts.collect(),
            items: lines.iter().map(Row::of).collect(),
            administrators: Vec::new(),
        }
    }

    /// With the user types that an administrator can have of one more license.
    pub(in crate::answers) fn add_administrators(&mut self, compatible: &'r [(String, SeatTimeline)]) {
        let one = |(id, timeline): &'r (String, SeatTimeline)| AdministratorType {
            id,
            seats: steps(timeline),
            doubts: timeline.doubts().iter().map(doubt).collect(),
        };
        self.administrators.push(compatible.iter().map(one).collect());
    }
}

/// The time that pictures cover, and days can be chosen from: all changes and the as-of, and a month more on both sides. An
/// end after 2100, which may mean that there is none, would leave nothing to see of the rest.
fn range(lines: &[ItemLine<'_>], page: &Page) -> (Instant, Instant) {
    const MONTH: i64 = 31 * 86_400_000;
    let changes = lines.iter().flat_map(ItemLine::changes).filter(|at| *at <= Instant::YEAR_2100);
    let near = page.as_of.clamp(Instant::EARLIEST_READABLE, Instant::YEAR_2100);
    let (first, last) = changes.fold((near, near), |(first, last), at| (first.min(at), last.max(at)));
    (Instant::from_epoch_ms(first.epoch_ms() - MONTH), Instant::from_epoch_ms(last.epoch_ms() + MONTH))
}

/// For pictures of this width.
pub(in crate::answers) fn chart(lines: &[ItemLine<'_>], page: &Page, width: u16) -> Chart {
    let (from, to) = range(lines, page);
    Chart { from: from.epoch_ms(), to: to.epoch_ms(), width, mark: page.as_of.epoch_ms() }
}

/// The first day that begins at the as-of or after it.
fn first_day_from(page: &Page) -> Instant {
    let day = page.zone.day(page.as_of);
    let begins = |day| page.zone.start_of_day(day).filter(|start| *start >= page.as_of);
    let next = || begins(day?.succ_opt()?);
    day.and_then(begins).or_else(next).unwrap_or(page.as_of)
}

/// Every date that may be shown of an item.
fn dates(line: &ItemLine<'_>) -> Vec<Instant> {
    let timelines = std::iter::once(line.seats).chain(line.old);
    let doubts = timelines.flat_map(|timeline| timeline.doubts().iter().flat_map(|doubt| [Some(doubt.from), doubt.to]));
    line.changes().chain(doubts.flatten().filter(|at| *at != Instant::MIN)).collect()
}

impl<'r> Row<'r> {
    fn of(line: &ItemLine<'r>) -> Self {
        Self {
            kind: line.kind,
            id: line.id,
            seats: steps(line.seats),
            doubts: line.seats.doubts().iter().map(doubt).collect(),
            old: line.old.map(steps),
            old_doubts: line.old.map_or_else(Vec::new, |old| old.doubts().iter().map(doubt).collect()),
            need: line.need.map(|need| need.steps().iter().map(|(at, count)| (at.epoch_ms(), *count)).collect()),
            need_doubts: line.need_doubts.iter().map(doubt).collect(),
            counted: line.counted,
            administrator: line.administrator.map(|administrator| administrator.compatible.as_str()),
            entries: line.told.map_or_else(Vec::new, |told| told.entries.iter().map(EntryRow::of).collect()),
        }
    }
}

fn steps(timeline: &SeatTimeline) -> Vec<(i64, u64)> {
    timeline.steps().iter().map(|step| (step.at.epoch_ms(), step.seats)).collect()
}

/// Null for "ever".
fn doubt(doubt: &Doubt) -> [Option<i64>; 2] {
    let from = Some(doubt.from).filter(|from| *from != Instant::MIN);
    [from.map(Instant::epoch_ms), doubt.to.map(Instant::epoch_ms)]
}
