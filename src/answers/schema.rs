//! The schemas under docs/schema, made from the types. `SEATLINE_WRITE_SCHEMAS=1 cargo test --lib schemas` writes them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::answers::{
    AdminUserType, AdminsReport, CheckReport, CheckedFinding, Cost, DiffReport, FailureReport, FindingReport,
    FitReport, ItemReport, MovesReport, Origin, PreflightReport, Report, TimelineItem, TimelineReport, UnitPrice,
    WhyReport,
};
use crate::policy::raw::RawPolicy;
use crate::time::Instant;

/// A line of `jsonl`.
#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(untagged)]
#[allow(dead_code, clippy::large_enum_variant, reason = "only their types are needed")]
enum Line {
    /// An item of `report`.
    ReportItem(Record<OfDocument<Priced>>),
    /// An item of `timeline`.
    TimelineItem(Record<TimelineItem>),
    /// A user type of `admins`.
    UserType(Record<AdminUserType>),
    /// A finding of `check`.
    CheckFinding(Record<Checked>),
    /// A finding about reading, with `--inline`.
    Finding(Record<OfDocument<FindingReport>>),
    /// A document that was read, with `--inline`.
    Document(Record<OfDocument<Counts>>),
    /// A document that could not be read, with `--inline`.
    Failure(Record<Unread>),
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record<R> {
    /// Whether the line is an item, a user type, a finding, a document or a failure.
    record: Kind,
    /// The instant that the line is about, the same in all lines.
    as_of: Instant,
    #[serde(flatten)]
    own: R,
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only their names are needed")]
enum Kind {
    Item,
    UserType,
    Finding,
    Document,
    Failure,
}

#[derive(JsonSchema, Serialize, Deserialize)]
struct OfDocument<R> {
    #[serde(flatten)]
    origin: Origin,
    #[serde(flatten)]
    own: R,
}

#[derive(JsonSchema, Serialize, Deserialize)]
struct Priced {
    #[serde(flatten)]
    item: ItemReport,
    /// The price of one seat; null without a list of prices, and where the list has no price for the item.
    price: Option<UnitPrice>,
    /// The cost of the item's seats; null without a list of prices.
    cost: Option<Cost>,
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    /// The number of items that were selected.
    item_count: usize,
    /// The number of findings about reading.
    finding_count: usize,
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Unread {
    /// Always null, since the document could not be read.
    fetched_at: Option<String>,
    /// Always null, since the document could not be read.
    version: Option<String>,
    #[serde(flatten)]
    failure: FailureReport,
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
    /// The source of the document: its envelope's `source`, else the file; for findings about the policy, the policy's
    /// file.
    source: String,
    /// The input by its name, as messages show it.
    file: String,
    /// The number of the document in the file, from 0; null for findings about the policy.
    document: Option<usize>,
    /// The time at which the document was fetched, as its envelope says; null where no envelope says it.
    fetched_at: Option<String>,
    /// The version of the license, as the text that stands there.
    version: Option<String>,
    /// The file of the policy that was used; null where there was none.
    policy: Option<String>,
    #[serde(flatten)]
    finding: CheckedFinding,
}

/// The schema of a type when it is written: every member is required.
fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// The schema of a type when it is read: members may be missing.
fn read<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// The schema with a name, without links, and with only such keywords as every validator knows.
fn shipped(name: &str, schema: Schema) -> Value {
    let mut schema = schema.to_value();
    plain(&mut schema);
    schema["$id"] = json!(format!("urn:seatline:{name}:v1"));
    schema
}

fn plain(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(plain),
        Value::Object(members) => {
            // Integers are limited to those that every reader of JSON takes exactly.
            let most = 9_007_199_254_740_991_i64;
            match members.remove("format").as_ref().and_then(Value::as_str) {
                Some(format) if format.starts_with("uint") => {
                    members.entry("maximum").or_insert(json!(most));
                }
                Some(format) if format.starts_with("int") => {
                    members.entry("minimum").or_insert(json!(-most));
                    members.entry("maximum").or_insert(json!(most));
                }
                _ => {}
            }
            if let Some(Value::String(text)) = members.get_mut("description") {
                *text = without_links(text);
            }
            members.values_mut().for_each(plain);
        }
        _ => {}
    }
}

/// Replaces a link to a Rust item, "[`TimelineReport::items`]", by the name of the member in JSON, "items".
fn without_links(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, (link, after))) =
        rest.split_once("[`").and_then(|(before, rest)| Some((before, rest.split_once("`]")?)))
    {
        words.push_str(before);
        words.push_str(link.rsplit("::").next().unwrap_or(link));
        rest = after;
    }
    (words + rest).replace('\n', " ")
}

/// The schemas of all answers, by name.
fn schemas_of_answers() -> Vec<(&'static str, Schema)> {
    vec![
        ("report", written::<Report>()),
        ("admins", written::<AdminsReport>()),
        ("check", written::<CheckReport>()),
        ("timeline", written::<TimelineReport>()),
        ("diff", written::<DiffReport>()),
        ("fit", written::<FitReport>()),
        ("preflight", written::<PreflightReport>()),
        ("why", written::<WhyReport>()),
        ("moves", written::<MovesReport>()),
        ("fetch", written::<crate::portal::FetchManifest>()),
        ("jsonl", written::<Line>()),
    ]
}

#[test]
fn shipped_schemas_are_those_of_the_types() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema");
    let mut all = schemas_of_answers();
    all.push(("policy", read::<RawPolicy>()));
    for (name, schema) in all {
        let path = format!("{folder}/{name}.schema.json");
        let text = crate::text::to_json(&shipped(name, schema)).unwrap();
        if std::env::var_os("SEATLINE_WRITE_SCHEMAS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{path} is out of date");
    }
}

/// Every member that a schema names is always written, so readers need not check whether it is there.
#[test]
fn every_member_of_what_is_written_is_required() {
    fn faults(schema: &Value, found: &mut Vec<String>) {
        if let Some(members) = schema.get("properties").and_then(Value::as_object) {
            let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
            found.extend(members.keys().filter(|key| !required.contains(&&json!(key))).cloned());
        }
        match schema {
            Value::Array(all) => all.iter().for_each(|one| faults(one, found)),
            Value::Object(members) => members.values().for_each(|one| faults(one, found)),
            _ => {}
        }
    }
    for (name, schema) in schemas_of_answers() {
        let mut found = Vec::new();
        faults(schema.as_value(), &mut found);
        assert_eq!(found, [""; 0], "{name}");
    }
    assert_eq!(without_links("Which of [`Report::items`] and [`Page`]."), "Which of items and Page.");
}
