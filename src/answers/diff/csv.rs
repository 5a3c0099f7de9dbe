//! `seatline diff` as CSV: one item a row, then the findings that are about no item.

use std::collections::HashMap;

use crate::answers::costs::{ByItem, CostOf, cost_cell, price_cells};
use crate::answers::diff::item::{DiffItem, Lost, Replacement};
use crate::answers::diff::value::{DiffFinding, DiffReport};
use crate::answers::{ItemCosts, Page, TimelineStep};
use crate::layout::csv::{self, Dialect, Value};
use crate::license::ItemKind;
use crate::time::Zone;

const HEADER: [&str; 26] = [
    "kind",
    "id",
    "name",
    "presence",
    "changed",
    "old",
    "new",
    "delta",
    "oldSteps",
    "newSteps",
    "oldEnd",
    "newEnd",
    "endDays",
    "lost",
    "gapDays",
    "includesLost",
    "replacedBy",
    "oldCertainUntil",
    "newCertainUntil",
    "reasons",
    "unitPrice",
    "currency",
    "period",
    "oldCost",
    "newCost",
    "deltaCost",
];

/// `diff` as CSV. Where an item has several steps or reasons, they stand in one cell. Reasons name the zone of their times
/// where it is not UTC.
#[must_use]
pub fn diff_csv(report: &DiffReport, page: &Page, dialect: Dialect) -> String {
    let mut reasons: HashMap<(Option<ItemKind>, Option<&str>), Vec<&DiffFinding>> = HashMap::new();
    for finding in &report.findings {
        reasons.entry((finding.kind, finding.id.as_deref())).or_default().push(finding);
    }
    let costs = ByItem::new(report.costs.as_ref());
    let items: Vec<_> = report
        .items
        .iter()
        .map(|item| {
            let reasons = reasons.remove(&(Some(item.kind), Some(item.id.as_str()))).unwrap_or_default();
            row(item, reasons, costs.with(item.kind, &item.id, CostOf::Owned), page.zone, dialect)
        })
        .collect();
    let others = report.findings.iter().filter(|finding| reasons.contains_key(&(finding.kind, finding.id.as_deref())));
    let others: Vec<_> = others.map(|finding| of_no_item(finding, page.zone)).collect();
    csv::render(HEADER, dialect, items.into_iter().chain(others))
}

fn row<'r>(
    item: &DiffItem,
    reasons: Vec<&DiffFinding>,
    costs: Option<&ItemCosts>,
    zone: Zone,
    dialect: Dialect,
) -> [Value<'r>; 26] {
    let lost: Vec<_> = item.lost.iter().map(|lost| span(lost, dialect)).collect();
    let reasons: Vec<_> = reasons.iter().map(|finding| reason(finding, zone)).collect();
    let [unit_price, currency, period] = price_cells(costs.and_then(|costs| costs.price.as_ref()));
    let perhaps = |it: &Replacement| if it.perhaps { format!("perhaps {}", it.id) } else { it.id.clone() };
    [
        Value::text(item.kind),
        Value::text(&item.id),
        Value::option(item.name.as_ref()),
        Value::text(item.presence.as_str()),
        Value::truth(item.changed),
        Value::number(item.old),
        Value::number(item.new),
        Value::signed(item.delta),
        Value::list(&steps(&item.old_steps, dialect)),
        Value::list(&steps(&item.new_steps, dialect)),
        Value::date(item.old_end),
        Value::date(item.new_end),
        Value::signed(item.end_days),
        Value::list(&lost),
        Value::signed(item.gap.map(|gap| gap.days)),
        Value::list(&item.includes_lost),
        Value::option(item.replaced_by.as_ref().map(perhaps)),
        Value::date(item.old_certain_until),
        Value::date(item.new_certain_until),
        Value::list(&reasons),
        unit_price,
        currency,
        period,
        cost_cell(costs, CostOf::Old),
        cost_cell(costs, CostOf::Owned),
        cost_cell(costs, CostOf::Delta),
    ]
}

/// The row of a finding that is about no item.
fn of_no_item<'r>(finding: &DiffFinding, zone: Zone) -> [Value<'r>; 26] {
    let mut row = [(); 26].map(|()| Value::None);
    let [kind, id, .., reasons, _, _, _, _, _, _] = &mut row;
    *kind = Value::option(finding.kind);
    *id = Value::option(finding.id.as_ref());
    *reasons = Value::text(reason(finding, zone));
    row
}

/// A row has no heading that names the zone.
fn reason(finding: &DiffFinding, zone: Zone) -> String {
    let message = &finding.message;
    if zone == Zone::UTC { message.to_string() } else { format!("{message} (times in {zone})") }
}

/// The steps of an item, each as "2026-12-31T12:00:00Z 60"; for Excel as "60 from 2026-12-31 12:00", since Excel takes
/// a text that begins with a date for a date.
fn steps(steps: &[TimelineStep], dialect: Dialect) -> Vec<String> {
    let one = |step: &TimelineStep| {
        let (at, seats) = (dialect.show(step.at), step.seats.unwrap_or(u64::from(step.active)));
        let doubt = if step.certain { "" } else { " ?" };
        match dialect {
            Dialect::Plain => format!("{at} {seats}{doubt}"),
            Dialect::Excel { .. } => format!("{seats} from {at}{doubt}"),
        }
    };
    steps.iter().map(one).collect()
}

/// A loss as "2026-12-31T12:00:00Z/.. 120>60", for Excel as "120 to 60 from 2026-12-31 12:00".
fn span(lost: &Lost, dialect: Dialect) -> String {
    let count = |seats: Option<u64>| seats.map_or_else(String::new, |seats| seats.to_string());
    let (from, to) = (dialect.show(lost.from), lost.to.map(|to| dialect.show(to)));
    let (old, new) = (count(lost.old), count(lost.new));
    match dialect {
        Dialect::Plain => {
            let seats = if lost.old.is_some() { format!(" {old}>{new}") } else { String::new() };
            format!("{from}/{}{seats}", to.as_deref().unwrap_or(".."))
        }
        Dialect::Excel { .. } => {
            let to = to.map_or_else(String::new, |to| format!(" until {to}"));
            let seats = if lost.old.is_some() { format!("{old} to {new} ") } else { String::new() };
            format!("{seats}from {from}{to}")
        }
    }
}
