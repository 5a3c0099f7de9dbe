//! Every step of every item, by date.

use crate::answers::workbook::{ITEM, item};
use crate::layout::workbook::{Column, Form, Sheet, Value};
use crate::license::ItemKind;
use crate::seats::{SeatTimeline, Step};
use crate::time::{Instant, Zone};

/// An item whose steps are told.
#[derive(Clone, Copy, Debug)]
pub(in crate::answers) struct StepRow<'r> {
    /// Which license it stands in.
    pub(in crate::answers) license: &'r str,
    pub(in crate::answers) kind: ItemKind,
    pub(in crate::answers) id: &'r str,
    pub(in crate::answers) name: Option<&'r str>,
    pub(in crate::answers) known_as: Option<&'r str>,
    pub(in crate::answers) timeline: &'r SeatTimeline,
}

/// The steps by date; those of one instant in the order of the items. Where `from` says so, only the ones from then on.
pub(in crate::answers) fn steps_sheet<'r>(
    items: impl Iterator<Item = StepRow<'r>>,
    from: Option<Instant>,
    zone: Zone,
) -> Sheet {
    let mut rows: Vec<(Instant, Vec<Value>)> = items.flat_map(|item| rows_of(item, from, zone)).collect();
    rows.sort_by_key(|(at, _)| *at);
    let own = [
        Column("Date", Form::Date),
        Column("What", Form::Text),
        Column("Seats before", Form::Count),
        Column("Seats from then on", Form::Count),
        Column("Certain", Form::Text),
    ];
    Sheet {
        name: "Timeline",
        facts: vec![("Time zone", Value::text(&zone.to_string()))],
        asks: false,
        columns: std::iter::once(Column("License", Form::Text)).chain(ITEM).chain(own).collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        chart: None,
    }
}

fn rows_of(row: StepRow<'_>, from: Option<Instant>, zone: Zone) -> Vec<(Instant, Vec<Value>)> {
    let steps = row.timeline.steps();
    let before = std::iter::once(0).chain(steps.iter().map(|step| step.seats));
    let told = steps.iter().zip(before).filter(|(step, _)| from.is_none_or(|from| step.at >= from));
    told.map(|(step, before)| {
        let seats = |seats: u64| if row.kind == ItemKind::Capability { Value::Nothing } else { Value::count(seats) };
        let mut cells = vec![Value::text(row.license)];
        cells.extend(item(row.kind, row.id, row.name, row.known_as));
        cells.push(Value::date(step.at, zone));
        cells.push(Value::text(word(row.timeline, *step, before)));
        cells.extend([seats(before), seats(step.seats)]);
        cells.push(Value::text(if row.timeline.is_certain_at(step.at) { "yes" } else { "no" }));
        (step.at, cells)
    })
    .collect()
}

/// An end is not said where seats come back.
fn word(timeline: &SeatTimeline, step: Step, before: u64) -> &'static str {
    match (before, step.seats) {
        (_, 0) if timeline.final_end() == Some(step.at) => "ends",
        (_, 0) => "gap begins",
        (0, _) if timeline.steps().first() == Some(&step) => "begins",
        (0, _) => "gap ends",
        (before, seats) if seats < before => "fewer seats",
        _ => "more seats",
    }
}
