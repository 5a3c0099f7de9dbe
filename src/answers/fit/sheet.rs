//! `fit` for spreadsheets.

use crate::answers::costs::{ByItem, CostOf, cost_cell, price_cells};
use crate::answers::fit::shortage::Shortage;
use crate::answers::fit::value::FitReport;
use crate::layout::csv::{self, Dialect, Value};

/// `fit` as CSV, one item a row.
#[must_use]
pub fn fit_csv(report: &FitReport, dialect: Dialect) -> String {
    let header = [
        "kind",
        "id",
        "name",
        "inLicense",
        "assigned",
        "planned",
        "usableSeats",
        "available",
        "usePercent",
        "useLevel",
        "certain",
        "certainUntil",
        "fits",
        "fitsUntil",
        "misfitLockedOut",
        "misfitLockedOutCertainly",
        "shortageAt",
        "shortageTo",
        "shortageSeats",
        "shortageAssigned",
        "short",
        "shortageCertain",
        "lockedOut",
        "lockedOutIsUpperBound",
        "lockedOutCertainly",
        "laterShortages",
        "laterShortageAt",
        "laterShortageTo",
        "laterShort",
        "laterShortageCertain",
        "unitPrice",
        "currency",
        "period",
        "ownedCost",
        "unassignedCost",
        "trueUpAt",
        "trueUpSeats",
        "trueUpUnitPrice",
        "trueUpCurrency",
        "trueUpPeriod",
        "trueUpCost",
        "trueUpCertain",
    ];
    let costs = ByItem::new(report.costs.as_ref());
    let rows = report.items.iter().map(|item| {
        let (shortage, later) = (item.first_shortage, item.later_shortages.first());
        let [owned, short] = [CostOf::Owned, CostOf::TrueUp].map(|what| costs.with(item.kind, &item.id, what));
        let true_up = short.and_then(|short| short.true_up);
        let [unit_price, currency, period] = price_cells(owned.and_then(|owned| owned.price.as_ref()));
        let [true_up_price, true_up_currency, true_up_period] =
            price_cells(short.and_then(|short| short.price.as_ref()));
        let number = |number: fn(Shortage) -> u64| Value::number(shortage.map(number));
        [
            Value::text(item.kind),
            Value::text(&item.id),
            Value::option(item.name.as_ref()),
            Value::truth(item.in_license),
            Value::number(item.assigned),
            Value::number(Some(item.planned)),
            Value::number(Some(item.usable_seats)),
            Value::signed(item.available),
            Value::decimal(item.use_percent),
            Value::option(item.use_level),
            Value::truth(item.certain),
            Value::date(item.certain_until),
            Value::truth(item.fits),
            Value::date(item.fits_until),
            Value::number(item.misfit_locked_out),
            Value::number(item.misfit_locked_out_certainly),
            Value::date(shortage.map(|shortage| shortage.at)),
            Value::date(shortage.and_then(|shortage| shortage.to)),
            number(|shortage| shortage.seats),
            number(|shortage| shortage.assigned),
            number(|shortage| shortage.short),
            Value::truth(shortage.map(|shortage| shortage.certain)),
            Value::number(shortage.and_then(|shortage| shortage.locked_out)),
            Value::truth(shortage.map(|shortage| shortage.locked_out_is_upper_bound)),
            Value::number(shortage.and_then(|shortage| shortage.locked_out_certainly)),
            Value::number(u64::try_from(item.later_shortages.len()).ok()),
            Value::date(later.map(|later| later.at)),
            Value::date(later.and_then(|later| later.to)),
            Value::number(later.map(|later| later.short)),
            Value::truth(later.map(|later| later.certain)),
            unit_price,
            currency,
            period,
            cost_cell(owned, CostOf::Owned),
            cost_cell(owned, CostOf::Unassigned),
            Value::date(true_up.map(|cost| cost.at)),
            Value::signed(true_up.map(|cost| cost.seats)),
            true_up_price,
            true_up_currency,
            true_up_period,
            cost_cell(short, CostOf::TrueUp),
            Value::truth(true_up.map(|cost| cost.certain)),
        ]
    });
    csv::render(header, dialect, rows)
}
