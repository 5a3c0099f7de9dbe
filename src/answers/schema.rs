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
    /// What the line is.
    record: Kind,
    /// The instant that it speaks of.
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
    /// The price of one seat; null without a list of prices, and where the list has none.
    price: Option<UnitPrice>,
    /// What its seats cost; null without a list of prices.
    cost: Option<Cost>,
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    /// How many items it has, as far as they are asked for.
    item_count: usize,
    /// How many findings about reading there are.
    finding_count: usize,
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Unread {
    /// Always null: what could not be read does not tell.
    fetched_at: Option<String>,
    /// Always null: what could not be read does not tell.
    version: Option<String>,
    #[serde(flatten)]
    failure: FailureReport,
}

#[derive(JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
    /// Where the document comes from: what its envelope says, else the file; for findings about the policy, its file.
    source: String,
    /// The file that was read.
    file: String,
    /// Which document of the file, from 0; null for findings about the policy.
    document: Option<usize>,
    /// When the document was fetched, as its envelope says; null where nothing says so.
    fetched_at: Option<String>,
    /// The version of the license, as it stands there.
    version: Option<String>,
    /// The file of the policy that was used; null where there was none.
    policy: Option<String>,
    #[serde(flatten)]
    finding: CheckedFinding,
}

/// Of what is written: every member is always there.
fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Of what is read.
fn read<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// The schema with a name, plain words, and no more than every validator knows.
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
            // Counts are exact in every reader of JSON.
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

/// "[`TimelineReport::items`]" is "items" to who reads JSON.
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

#[test]
fn shipped_schemas_are_those_of_the_types() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema");
    for (name, schema) in [
        ("report", written::<Report>()),
        ("admins", written::<AdminsReport>()),
        ("check", written::<CheckReport>()),
        ("policy", read::<RawPolicy>()),
        ("timeline", written::<TimelineReport>()),
        ("diff", written::<DiffReport>()),
        ("fit", written::<FitReport>()),
        ("preflight", written::<PreflightReport>()),
        ("why", written::<WhyReport>()),
        ("moves", written::<MovesReport>()),
        ("fetch", written::<crate::portal::FetchManifest>()),
        ("jsonl", written::<Line>()),
    ] {
        let path = format!("{folder}/{name}.schema.json");
        let text = crate::text::to_json(&shipped(name, schema)).unwrap();
        if std::env::var_os("SEATLINE_WRITE_SCHEMAS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{path} is out of date");
    }
}

/// A member that has a schema is always written, so that whoever reads one need not ask.
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
    for (name, schema) in [
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
    ] {
        let mut found = Vec::new();
        faults(schema.as_value(), &mut found);
        assert_eq!(found, [""; 0], "{name}");
    }
    assert_eq!(without_links("Which of [`Report::items`] and [`Page`]."), "Which of items and Page.");
}
