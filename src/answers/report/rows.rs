//! The items of `seatline report` as rows.

use crate::answers::costs::{ByItem, CostOf, cost_cell, price_cell};
use crate::answers::{
    Entitlement, FindingReport, Included, ItemCosts, ItemReport, LicenseReport, Origin, ReportParts, Rows,
};
use crate::layout::csv::{Column, Value};
use crate::text::JsonRecord;
use crate::time::Instant;

/// An item, and the license document that it stands in.
#[derive(Clone, Copy)]
struct Row<'r> {
    license: &'r LicenseReport,
    as_of: Instant,
    item: &'r ItemReport,
    costs: Option<&'r ItemCosts>,
}

/// The fields of an item, named as in JSON.
pub(super) const FIELDS: [&str; 23] = [
    "kind",
    "id",
    "name",
    "knownAs",
    "level",
    "usableSeats",
    "status",
    "certain",
    "certainUntil",
    "since",
    "endsAt",
    "finalEnd",
    "nextChange",
    "administrator",
    "includes",
    "includedBy",
    "description",
    "isEsriDefault",
    "includedEntitlements",
    "entitlements",
    "apps",
    "price",
    "cost",
];

fn columns<'r>() -> Vec<Column<Row<'r>, Value<'r>>> {
    vec![
        Column::new("source", |row| Value::borrowed(&row.license.origin.source)),
        Column::new("file", |row| Value::borrowed(&row.license.origin.file)),
        Column::new("document", |row| Value::count(row.license.origin.document)),
        Column::new("fetchedAt", |row| Value::maybe(row.license.origin.fetched_at.as_deref())),
        Column::new("version", |row| Value::maybe(row.license.origin.version.as_deref())),
        Column::new("asOf", |row| Value::Date(row.as_of)),
        Column::new("kind", |row| Value::borrowed(row.item.kind.as_str())),
        Column::new("id", |row| Value::borrowed(&row.item.id)),
        Column::new("name", |row| Value::maybe(row.item.name.as_deref())),
        Column::new("knownAs", |row| Value::maybe(row.item.known_as.as_deref())),
        Column::new("level", |row| Value::maybe(row.item.level.as_deref())),
        Column::new("usableSeats", |row| Value::number(row.item.usable_seats)),
        Column::new("status", |row| Value::borrowed(row.item.status.as_str())),
        Column::new("certain", |row| Value::truth(row.item.certain)),
        Column::new("certainUntil", |row| Value::date(row.item.certain_until)),
        Column::new("since", |row| Value::date(row.item.since)),
        Column::new("endsAt", |row| Value::date(row.item.ends_at)),
        Column::new("finalEnd", |row| Value::date(row.item.final_end)),
        Column::of("nextChange", "nextChangeAt", |row| Value::date(row.item.next_change.map(|next| next.at))),
        Column::of("nextChange", "nextChangeSeats", |row| {
            Value::number(row.item.next_change.and_then(|next| next.seats))
        }),
        Column::of("administrator", "administrator", |row| {
            Value::maybe(row.item.administrator.map(|administrator| administrator.compatible.as_str()))
        }),
        Column::of("administrator", "administratorBasis", |row| {
            let basis = row.item.administrator.and_then(|administrator| administrator.basis);
            Value::maybe(basis.map(|basis| basis.as_str()))
        }),
        Column::new("includes", |row| Value::list(&row.item.includes)),
        Column::new("includedBy", |row| Value::list(&row.item.included_by)),
        Column::new("description", |row| Value::maybe(row.item.description.as_deref())),
        Column::new("isEsriDefault", |row| Value::truth(row.item.is_esri_default)),
        Column::new("includedEntitlements", |row| {
            Value::list(&row.item.included_entitlements.iter().flat_map(included).collect::<Vec<_>>())
        }),
        Column::new("entitlements", |row| {
            Value::list(&row.item.entitlements.iter().map(entitlement).collect::<Vec<_>>())
        }),
        Column::new("apps", |row| Value::list(row.item.apps.as_deref().unwrap_or_default())),
        Column::of("price", "unitPrice", |row| price_cell(row.costs, |price| Value::decimal(Some(price.amount)))),
        Column::of("price", "currency", |row| price_cell(row.costs, |price| Value::text(&price.currency))),
        Column::of("price", "period", |row| price_cell(row.costs, |price| Value::text(price.period))),
        Column::new("cost", |row| cost_cell(row.costs, CostOf::Owned)),
    ]
}

/// An extension and its entitlements, a text for each pair: "utilityNetwork=utilityNetwork".
fn included(included: &Included) -> impl Iterator<Item = String> {
    included.entitlements.iter().map(|entitlement| format!("{}={entitlement}", included.extension))
}

/// An entitlement and its number of seats: "utilityNetwork=20".
fn entitlement(entitlement: &Entitlement) -> String {
    let name = entitlement.api_name.as_deref().unwrap_or_default();
    entitlement.num.map_or_else(|| name.to_owned(), |num| format!("{name}={num}"))
}

impl Rows {
    /// The names of the fields that rows of a report can have.
    #[must_use]
    pub fn report_names(&self) -> Vec<&'static str> {
        self.names(&FIELDS, &columns())
    }

    /// The members of items that these rows show.
    pub(crate) fn report_parts(&self) -> ReportParts {
        let any = |names: &[&str]| names.iter().any(|name| self.fields.wants(name));
        ReportParts {
            definition: any(&["name", "knownAs", "level", "description", "isEsriDefault"]),
            included: any(&["includes", "includedBy", "includedEntitlements"]),
            holding: any(&["entitlements", "apps"]),
        }
    }

    /// The text before the first row: the header in CSV, nothing in JSON lines.
    #[must_use]
    pub fn report_head(&self) -> Vec<u8> {
        self.head(&columns())
    }

    /// The rows of one license, an item each.
    ///
    /// # Errors
    /// No case is known: the values are made of structs.
    pub fn report(&self, license: &LicenseReport) -> serde_json::Result<Vec<u8>> {
        let mut lines = self.report_items(license)?;
        lines.extend(self.report_read(&license.origin, license.items.len(), &license.findings)?);
        Ok(lines)
    }

    /// The records that follow the items of a license.
    ///
    /// # Errors
    /// As [`Self::report`].
    pub(crate) fn report_read(
        &self,
        origin: &Origin,
        items: usize,
        findings: &[FindingReport],
    ) -> serde_json::Result<Vec<u8>> {
        self.read(origin, items, findings)
    }

    /// The rows of the items alone.
    ///
    /// # Errors
    /// As [`Self::report`].
    pub(crate) fn report_items(&self, license: &LicenseReport) -> serde_json::Result<Vec<u8>> {
        let costs = ByItem::new(license.costs.as_ref());
        let of = |item: &ItemReport| costs.with(item.kind, &item.id, CostOf::Owned);
        if let Some(dialect) = self.csv() {
            let rows = license.items.iter().map(|item| Row { license, as_of: self.as_of, item, costs: of(item) });
            return Ok(self.csv_rows(dialect, &columns(), rows));
        }
        let origin = |record: &mut JsonRecord<'_>| record.part(&license.origin);
        self.records("item", origin, license.items.iter(), |record, item| {
            record.part(item)?;
            record.field("price", &of(item).and_then(|costs| costs.price.as_ref()))?;
            record.field("cost", &of(item).and_then(|costs| costs.owned))
        })
    }
}
