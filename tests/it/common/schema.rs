//! Validates JSON against its schema.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use serde_json::Value;

/// The SARIF schema of OASIS, by its path.
pub(crate) const SARIF: &str = "tests/schemas/sarif-2.1.0.json";

/// The places where a JSON value violates a schema: one of `docs/schema`, by its name, or [`SARIF`].
pub(crate) fn schema_faults(schema: &str, value: &Value) -> Vec<String> {
    let errors = validator(schema);
    let errors = errors.iter_errors(value);
    errors.map(|error| format!("{error} at {:?}", error.instance_path().as_str())).collect()
}

#[track_caller]
pub(crate) fn assert_schema(schema: &str, value: &Value) {
    let faults = schema_faults(schema, value);
    assert!(faults.is_empty(), "not as the schema of {schema} says: {faults:#?}\n{value:.2000}");
}

/// The validators by name, so that each schema is read once.
fn validator(schema: &str) -> Arc<Validator> {
    static READ: LazyLock<Mutex<BTreeMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let mut read = READ.lock().unwrap();
    let path = match schema {
        SARIF => SARIF.to_owned(),
        name => format!("docs/schema/{name}.schema.json"),
    };
    let make = || {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
        let mut schema = serde_json::from_str(&text).unwrap();
        if path.starts_with("docs/") {
            close(&mut schema);
        }
        Arc::new(jsonschema::validator_for(&schema).unwrap())
    };
    Arc::clone(read.entry(schema.to_owned()).or_insert_with(make))
}

/// Refuses additional members. Users must accept them, but in these tests an unknown member is a fault.
fn close(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(close),
        Value::Object(members) => {
            let open = members.contains_key("properties") && !members.contains_key("additionalProperties");
            if open && members.get("type") == Some(&"object".into()) {
                members.insert("additionalProperties".to_owned(), false.into());
            }
            members.values_mut().for_each(close);
        }
        _ => {}
    }
}
