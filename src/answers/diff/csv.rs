//! `seatline diff` as CSV: one item a row, then the findings that speak of no item.

use std::collections::HashMap;

use crate::answers::TimelineStep;
use crate::answers::diff::item::{DiffItem, Lost, Replacement};
use crate::answers::diff::value::{DiffFinding, DiffReport};
use crate::layout::csv::{self, Value};
use crate::license::ItemKind;

const HEADER: [&str; 20] = [
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
];

/// Several times or reasons stand in one cell.
#[must_use]
pub fn diff_csv(report: &DiffReport) -> String {
    let mut reasons: HashMap<(Option<ItemKind>, Option<&str>), Vec<&DiffFinding>> = HashMap::new();
    for finding in &report.findings {
        reasons.entry((finding.kind, finding.id.as_deref())).or_default().push(finding);
    }
    let items: Vec<_> = report
        .items
        .iter()
        .map(|item| row(item, reasons.remove(&(Some(item.kind), Some(item.id.as_str()))).unwrap_or_default()))
        .collect();
    let others = report.findings.iter().filter(|finding| reasons.contains_key(&(finding.kind, finding.id.as_deref())));
    let others: Vec<_> = others.map(of_no_item).collect();
    csv::render(HEADER, items.into_iter().chain(others))
}

fn row<'r>(item: &DiffItem, reasons: Vec<&DiffFinding>) -> [Value<'r>; 20] {
    let lost: Vec<_> = item.lost.iter().map(span).collect();
    let reasons: Vec<_> = reasons.iter().map(|finding| finding.message.clone()).collect();
    let perhaps = |it: &Replacement| if it.perhaps { format!("perhaps {}", it.id) } else { it.id.clone() };
    [
        Value::text(item.kind),
        Value::text(&item.id),
        Value::option(item.name.as_ref()),
        Value::text(item.presence.as_str()),
        Value::text(item.changed),
        Value::number(item.old),
        Value::number(item.new),
        Value::signed(item.delta),
        Value::list(&steps(&item.old_steps)),
        Value::list(&steps(&item.new_steps)),
        Value::option(item.old_end),
        Value::option(item.new_end),
        Value::signed(item.end_days),
        Value::list(&lost),
        Value::signed(item.gap.map(|gap| gap.days)),
        Value::list(&item.includes_lost),
        Value::option(item.replaced_by.as_ref().map(perhaps)),
        Value::option(item.old_certain_until),
        Value::option(item.new_certain_until),
        Value::list(&reasons),
    ]
}

/// What is lost as a whole, or cannot be read.
fn of_no_item<'r>(finding: &DiffFinding) -> [Value<'r>; 20] {
    let mut row = [(); 20].map(|()| Value::None);
    let [kind, id, .., reasons] = &mut row;
    *kind = Value::option(finding.kind);
    *id = Value::option(finding.id.as_ref());
    *reasons = Value::text(&finding.message);
    row
}

/// "2026-12-31T12:00:00Z 60".
fn steps(steps: &[TimelineStep]) -> Vec<String> {
    let seats = |step: &TimelineStep| step.seats.unwrap_or(u64::from(step.active));
    let doubt = |step: &TimelineStep| if step.certain { "" } else { " ?" };
    steps.iter().map(|step| format!("{} {}{}", step.at, seats(step), doubt(step))).collect()
}

/// "2026-12-31T12:00:00Z/.. 120>60".
fn span(lost: &Lost) -> String {
    let to = lost.to.map_or_else(|| "..".to_owned(), |to| to.to_string());
    let count = |seats: Option<u64>| seats.map_or_else(String::new, |seats| seats.to_string());
    format!("{}/{to} {}>{}", lost.from, count(lost.old), count(lost.new))
}
