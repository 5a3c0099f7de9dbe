//! The report as a workbook, whose seats follow the date that is put into it.

use rust_xlsxwriter::XlsxError;

use crate::answers::Page;
use crate::answers::origin::Titles;
use crate::answers::report::{ItemReport, Report};
use crate::answers::workbook::{ITEM, InputFile, Lookup, StepRow, about, findings, item, steps_sheet};
use crate::layout::workbook::{Column, Form, Sheet, Value, workbook};

/// The report as a workbook.
///
/// # Errors
/// Where Excel has no room for it.
pub(crate) fn report_xlsx(report: &Report, page: &Page, files: &[InputFile]) -> Result<Vec<u8>, XlsxError> {
    let titles = Titles::of(report.licenses.iter().map(|license| &license.origin));
    let names: Vec<_> = report.licenses.iter().map(|license| titles.text(&license.origin)).collect();
    let licenses = || names.iter().map(String::as_str).zip(&report.licenses);
    let items = || licenses().flat_map(|(name, license)| license.items.iter().map(move |item| (name, item)));
    let mut lookup = Lookup::new(page.zone, page.as_of);
    let seats = seats_sheet(items(), page, &mut lookup);
    let steps = steps_sheet(items().map(|(name, item)| step_row(name, item)), None, page.zone);
    let found =
        findings(licenses().flat_map(|(name, license)| license.findings.iter().map(move |found| (name, found))));
    workbook(&[seats, steps, found, about(page, files)], &[lookup.hidden()])
}

fn seats_sheet<'r>(items: impl Iterator<Item = (&'r str, &'r ItemReport)>, page: &Page, lookup: &mut Lookup) -> Sheet {
    let own = [
        Column("Seats", Form::Count),
        Column("Certain", Form::Text),
        Column("Final end", Form::Date),
        Column("Days to final end", Form::DaysLeft),
        Column("Administrator", Form::Text),
        Column("Includes", Form::Prose),
    ];
    let facts = vec![lookup.date(), ("Time zone", Value::text(&page.zone.to_string()))];
    let mut sheet = Sheet {
        name: "Seats",
        facts,
        asks: true,
        columns: std::iter::once(Column("License", Form::Text)).chain(ITEM).chain(own).collect(),
        rows: Vec::new(),
        chart: None,
    };
    for (license, told) in items {
        let end = format!("G{}", sheet.next_row());
        let mut row = vec![Value::text(license)];
        row.extend(item(told.kind, &told.id, told.name.as_deref(), told.known_as.as_deref()));
        row.push(if told.usable_seats.is_some() { lookup.seats(&told.timeline) } else { Value::Nothing });
        row.push(lookup.certain(&told.timeline));
        row.push(Value::maybe_date(told.final_end, page.zone));
        row.push(lookup.days_left(told.final_end, &end));
        row.push(Value::maybe(told.administrator.map(|administrator| administrator.compatible.as_str())));
        row.push(Value::text(&told.includes.join(", ")));
        sheet.rows.push(row);
    }
    sheet
}

fn step_row<'r>(license: &'r str, item: &'r ItemReport) -> StepRow<'r> {
    StepRow {
        license,
        kind: item.kind,
        id: &item.id,
        name: item.name.as_deref(),
        known_as: item.known_as.as_deref(),
        timeline: &item.timeline,
    }
}
