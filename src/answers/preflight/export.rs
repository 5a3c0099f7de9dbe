//! `preflight` for spreadsheets and for GitHub Actions.

use std::fmt::Write;

use crate::answers::costs::price_cells;
use crate::answers::preflight::value::PreflightReport;
use crate::layout::csv::{self, Dialect, Value};
use crate::text::visible;

const HEADER: [&str; 27] = [
    "due",
    "cause",
    "kind",
    "id",
    "name",
    "what",
    "assigned",
    "planned",
    "old",
    "seats",
    "short",
    "from",
    "to",
    "worstAt",
    "seatsAtFirst",
    "shortAtFirst",
    "lockedOut",
    "lockedOutAtFirst",
    "lockedOutIsUpperBound",
    "message",
    "locations",
    "why",
    "unitPrice",
    "currency",
    "period",
    "cost",
    "costCertain",
];

/// One row for each item of an action, with the members that it locks out; an action without items is one row.
#[must_use]
pub fn preflight_csv(report: &PreflightReport, dialect: Dialect) -> String {
    let rows = report.actions.iter().flat_map(|action| {
        let items = action.items.iter().map(Some);
        let items: Vec<_> = if action.items.is_empty() { vec![None] } else { items.collect() };
        items.into_iter().map(move |item| {
            let cost = item.and_then(|item| item.cost.as_ref());
            let first = item.and_then(|item| item.at_first);
            let [unit_price, currency, period] = price_cells(cost.map(|cost| &cost.price));
            [
                Value::Date(action.due),
                Value::text(action.cause),
                Value::option(item.map(|item| item.kind)),
                Value::option(item.map(|item| &item.id)),
                Value::option(item.and_then(|item| item.name.as_ref())),
                Value::option(item.and_then(|item| item.what.as_ref())),
                Value::number(item.and_then(|item| item.assigned)),
                Value::number(item.map(|item| item.planned)),
                Value::number(item.and_then(|item| item.old)),
                Value::number(item.and_then(|item| item.seats)),
                Value::number(item.and_then(|item| item.short)),
                Value::date(item.map(|item| item.from)),
                Value::date(item.and_then(|item| item.to)),
                Value::date(item.map(|item| item.worst_at)),
                Value::number(first.map(|first| first.seats)),
                Value::number(first.map(|first| first.short)),
                Value::number(Some(item.map_or(action.locked_out, |item| item.locked_out))),
                Value::number(first.map(|first| first.locked_out)),
                Value::text(action.locked_out_is_upper_bound),
                Value::text(&action.message),
                Value::list(&action.locations),
                Value::option(action.why.as_ref()),
                unit_price,
                currency,
                period,
                Value::decimal(cost.and_then(|cost| cost.cost)),
                Value::option(cost.map(|cost| cost.certain)),
            ]
        })
    });
    csv::render(HEADER, dialect, rows)
}

/// One annotation an action: an error where it makes the verdict a no-go, else a warning. One notice where nothing must be done.
#[must_use]
pub fn preflight_github(report: &PreflightReport) -> String {
    let mut text = String::new();
    let file = report.new.as_ref().map(|new| new.file.as_str()).unwrap_or_default();
    for action in &report.actions {
        let line = action.locations.first().and_then(|location| location.rsplit_once(':')).map(|(_, line)| line);
        let line = line.map_or_else(String::new, |line| format!(",line={line}"));
        let level = if Some(action.due) <= report.lead_end { "error" } else { "warning" };
        let _ = writeln!(
            text,
            "::{level} file={}{line},title={}::{}",
            property(file),
            property(&format!("preflight: {}", action.cause)),
            data(&action.message)
        );
    }
    if report.actions.is_empty() {
        let _ = writeln!(text, "::notice title=preflight::{}", data(&report.headline));
    } else {
        // A line of the log; what begins with a colon would be a command.
        let _ = writeln!(text, "preflight: {}", visible(&report.headline));
    }
    text
}

/// Text of an annotation, in which a workflow command would end at a line break.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
