//! Reads the values of a document in the plainest way, one at a time, from a tree.

use serde_json::Value;

/// The kinds of items in the order of a report, and where their entries stand.
pub(super) const KINDS: [(&str, &str); 5] = [
    ("userType", "/MyEsri/provision/userTypes"),
    ("appBundle", "/MyEsri/provision/appBundles"),
    ("extension", "/MyEsri/provision/extensions"),
    ("app", "/MyEsri/provision/apps"),
    ("capability", "/MyEsri/portalCapabilities"),
];

/// When a capability's window ends.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum End {
    Open,
    At(i64),
    Unreadable,
}

/// An entry; `None` stands for a value that cannot be read.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) id: Option<String>,
    pub(super) start: Option<i64>,
    pub(super) count: Option<i64>,
    pub(super) end: End,
}

impl Entry {
    fn new(value: &Value) -> Self {
        let end = match value.get("endDate") {
            None | Some(Value::Null) => End::Open,
            some => date(some).map_or(End::Unreadable, End::At),
        };
        let count = count(value.get("maxUsers"));
        Self { id: id(value.get("id")), start: date(value.get("startDate")), count, end }
    }
}

/// The elements of a list; none where there is no list.
pub(super) fn list<'a>(document: &'a Value, pointer: &str) -> &'a [Value] {
    document.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The entries of a kind.
pub(super) fn entries(document: &Value, pointer: &str) -> Vec<Entry> {
    list(document, pointer).iter().map(Entry::new).collect()
}

/// Whether the entries of a kind are known.
pub(super) fn is_known(document: &Value, kind: &str) -> bool {
    match kind {
        "capability" => true,
        "userType" => document.pointer("/MyEsri/provision/userTypes").is_some_and(Value::is_array),
        _ => document.pointer("/MyEsri/provision").is_some_and(Value::is_object),
    }
}

/// The definition of an item, and the name of its id there.
pub(super) fn definitions<'a>(document: &'a Value, kind: &str) -> (&'a [Value], &'static str) {
    match kind {
        "userType" => (list(document, "/MyEsri/definitions/userTypes"), "id"),
        "appBundle" => (list(document, "/MyEsri/definitions/appBundles"), "appBundleItemId"),
        _ => (&[], "id"),
    }
}

/// A string that is not empty.
pub(super) fn id(value: Option<&Value>) -> Option<String> {
    value?.as_str().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// A count from 0 to 2^53 - 1.
fn count(value: Option<&Value>) -> Option<i64> {
    integer(value?).filter(|count| (0..=9_007_199_254_740_991).contains(count))
}

/// A date from 1999-01-01 to the end of 9999; 14 digits that spell a calendar date and time are no date.
fn date(value: Option<&Value>) -> Option<i64> {
    integer(value?).filter(|date| (915_148_800_000..=253_402_300_799_999).contains(date) && !is_written_out(*date))
}

fn is_written_out(number: i64) -> bool {
    let text = number.to_string();
    text.len() == 14 && chrono::NaiveDateTime::parse_from_str(&text, "%Y%m%d%H%M%S").is_ok()
}

/// An integer, an integral float or a string of ASCII digits, if it is not beyond all use.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e15)?;
            Some(float as i64)
        }),
        Value::String(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        _ => None,
    }
}

/// Whether the document holds a fault that is an error of reading.
pub(super) fn is_faulty(document: &Value) -> bool {
    let not_none = |value: &Value| !value.is_null() && !value.is_array();
    KINDS.iter().any(|(kind, pointer)| {
        let entries = entries(document, pointer);
        let unreadable = entries.iter().any(|entry| {
            let count = *kind == "capability" || entry.count.is_some();
            entry.id.is_none() || entry.start.is_none() || !count || entry.end == End::Unreadable
        });
        let conflicting = *kind != "capability"
            && entries.iter().any(|one| {
                entries.iter().any(|other| {
                    one.id.is_some() && one.id == other.id && one.start == other.start && one.count != other.count
                })
            });
        unreadable || conflicting || !is_known(document, kind) || document.pointer(pointer).is_some_and(not_none)
    })
}
