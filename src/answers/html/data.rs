//! The data for the script: seats over time, and every date that the script may show, as text.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::answers::html::days::Days;
use crate::answers::html::line::ItemLine;
use crate::answers::{Page, WhyEntry};
use crate::layout::html::Chart;
use crate::license::ItemKind;
use crate::seats::{Doubt, SeatTimeline};
use crate::time::Instant;

/// The days that the reader can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::answers) enum Scope {
    /// All days that the license has dates for.
    Always,
    /// Days from the as-of on, since the verdict is about these.
    FromAsOf,
}

/// The data for the script.
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

/// An entry whose words depend on the day: the instant at which it begins, the words before that instant, and the end
/// of a capability.
#[derive(Clone, Debug, Serialize)]
struct EntryRow<'r>(i64, &'r str, #[serde(skip_serializing_if = "Option::is_none")] Option<i64>);

impl<'r> EntryRow<'r> {
    /// The entry for the script; `None` where its words do not depend on the day.
    fn of(entry: &'r WhyEntry) -> Option<Self> {
        let later = entry.words.later.as_deref()?;
        Some(Self(entry.start_date?.epoch_ms(), later, entry.end_date.map(Instant::epoch_ms)))
    }
}

impl<'r> Data<'r> {
    /// The data for the rows of a page, in their order.
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

    /// Adds the user types of a license that are compatible with the Administrator role.
    pub(in crate::answers) fn add_administrators(&mut self, compatible: &'r [(String, SeatTimeline)]) {
        let one = |(id, timeline): &'r (String, SeatTimeline)| AdministratorType {
            id,
            seats: steps(timeline),
            doubts: timeline.doubts().iter().map(doubt).collect(),
        };
        self.administrators.push(compatible.iter().map(one).collect());
    }
}

/// The period that pictures show, and from which a day can be chosen: all changes and the as-of, with a month before and after.
/// An end after 2100 is left out: it may mean no end, and would leave no room for the rest.
fn range(lines: &[ItemLine<'_>], page: &Page) -> (Instant, Instant) {
    const MONTH: i64 = 31 * 86_400_000;
    let changes = lines.iter().flat_map(ItemLine::changes).filter(|at| *at <= Instant::YEAR_2100);
    let near = page.as_of.clamp(Instant::EARLIEST_READABLE, Instant::YEAR_2100);
    let (first, last) = changes.fold((near, near), |(first, last), at| (first.min(at), last.max(at)));
    (Instant::from_epoch_ms(first.epoch_ms() - MONTH), Instant::from_epoch_ms(last.epoch_ms() + MONTH))
}

/// The time and size of pictures of this width.
pub(in crate::answers) fn chart(lines: &[ItemLine<'_>], page: &Page, width: u16) -> Chart {
    let (from, to) = range(lines, page);
    Chart { from: from.epoch_ms(), to: to.epoch_ms(), width, mark: page.as_of.epoch_ms() }
}

/// The first day that begins at the as-of or later.
fn first_day_from(page: &Page) -> Instant {
    let day = page.zone.day(page.as_of);
    let begins = |day| page.zone.start_of_day(day).filter(|start| *start >= page.as_of);
    let next = || begins(day?.succ_opt()?);
    day.and_then(begins).or_else(next).unwrap_or(page.as_of)
}

/// Every date that the script may show for an item.
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
            entries: line
                .explanation
                .map_or_else(Vec::new, |explanation| explanation.entries.iter().map(EntryRow::of).collect()),
        }
    }
}

fn steps(timeline: &SeatTimeline) -> Vec<(i64, u64)> {
    timeline.steps().iter().map(|step| (step.at.epoch_ms(), step.seats)).collect()
}

/// A span of doubt for the script; null stands for "ever".
fn doubt(doubt: &Doubt) -> [Option<i64>; 2] {
    let from = Some(doubt.from).filter(|from| *from != Instant::MIN);
    [from.map(Instant::epoch_ms), doubt.to.map(Instant::epoch_ms)]
}
