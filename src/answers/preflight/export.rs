//! `preflight` in CSV and as annotations of GitHub Actions.

use std::fmt::Write;

use crate::answers::costs::price_cells;
use crate::answers::preflight::action_value::ActionItem;
use crate::answers::preflight::growth::eased;
use crate::answers::preflight::value::PreflightReport;
use crate::layout::csv::{self, Dialect, Value};
use crate::layout::github::{MOST_ANNOTATIONS, annotation};
use crate::source::Folder;
use crate::text::visible;
use crate::usage::LockedOut;

const HEADER: [&str; 33] = [
    "due",
    "cause",
    "kind",
    "id",
    "name",
    "what",
    "assigned",
    "planned",
    "old",
    "oldCertain",
    "seats",
    "certain",
    "short",
    "from",
    "to",
    "worstAt",
    "seatsAtFirst",
    "shortAtFirst",
    "lessFrom",
    "shortFromThen",
    "lockedOut",
    "lockedOutAtFirst",
    "lockedOutIsUpperBound",
    "lockedOutCertainly",
    "lockedOutCertainlyAtFirst",
    "message",
    "locations",
    "why",
    "unitPrice",
    "currency",
    "period",
    "cost",
    "costCertain",
];

/// One row for each item of an action, with the members that it locks out; an action without items is one row. `lessFrom` is
/// the instant from which on fewer seats are missing than at the worst, `shortFromThen` the most that are missing then.
#[must_use]
pub fn preflight_csv(report: &PreflightReport, dialect: Dialect) -> String {
    let rows = report.actions.iter().flat_map(|action| {
        let items = action.items.iter().map(Some);
        let items: Vec<_> = if action.items.is_empty() { vec![None] } else { items.collect() };
        items.into_iter().map(move |item| {
            let cost = item.and_then(|item| item.cost.as_ref());
            let first = item.and_then(|item| item.at_first);
            let eased = item.and_then(eased);
            let of_action = LockedOut::of_counts(action.locked_out, action.locked_out_certainly);
            let locked_out = item.map_or(of_action, ActionItem::locks_out);
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
                Value::truth(item.and_then(|item| item.old_certain)),
                Value::number(item.and_then(|item| item.seats)),
                Value::truth(item.and_then(|item| item.certain)),
                Value::number(item.and_then(|item| item.short)),
                Value::date(item.map(|item| item.from)),
                Value::date(item.and_then(|item| item.to)),
                Value::date(item.map(|item| item.worst_at)),
                Value::number(first.map(|first| first.seats)),
                Value::number(first.map(|first| first.short)),
                Value::date(eased.map(|(at, _)| at)),
                Value::number(eased.map(|(_, most)| most.short)),
                Value::number(Some(locked_out.at_most())),
                Value::number(first.map(|first| first.locked_out)),
                Value::truth(locked_out.is_upper_bound()),
                Value::number(Some(locked_out.certainly)),
                Value::number(first.map(|first| first.locked_out_certainly)),
                Value::text(&action.message),
                Value::list(&action.locations),
                Value::option(action.why.as_ref()),
                unit_price,
                currency,
                period,
                Value::decimal(cost.and_then(|cost| cost.cost)),
                Value::truth(cost.map(|cost| cost.certain)),
            ]
        })
    });
    csv::render(HEADER, dialect, rows)
}

/// An annotation for each of the first ten actions. `root` is the repository, from which GitHub names files.
#[must_use]
pub fn preflight_github(report: &PreflightReport, root: &Folder) -> String {
    let mut text = String::new();
    let file = report.new.as_ref().map(|new| new.file.as_str()).unwrap_or_default();
    let path = root.artifact(file);
    for action in report.actions.iter().take(MOST_ANNOTATIONS) {
        // Lines of the old license stand in the message.
        let places = action.locations.iter().filter_map(|location| location.rsplit_once(':'));
        let line = places.filter(|(of, _)| *of == file).map(|(_, line)| line).next();
        let level = if Some(action.due) <= report.lead_end { "error" } else { "warning" };
        let title = format!("preflight: {}", action.cause);
        // Standard input is not a file that GitHub could show; the message names its lines.
        let file = path.iter().map(|path| ("file", path.clone()));
        let line = line.filter(|_| path.is_some()).map(|line| ("line", line.to_owned()));
        text.push_str(&annotation(level, &file.chain(line).collect::<Vec<_>>(), &title, &action.message));
    }
    if report.actions.is_empty() {
        text.push_str(&annotation("notice", &[], "preflight", &report.headline));
    } else {
        let more = report.actions.len().saturating_sub(MOST_ANNOTATIONS);
        let more = if more > 0 { format!("{more} more not annotated; ") } else { String::new() };
        // A line of the log. It must not begin with a colon, which would make it a command.
        let _ = writeln!(text, "preflight: {more}{}", visible(&report.headline));
    }
    text
}
