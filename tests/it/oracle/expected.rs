//! The expected report on a document, item by item.

use serde_json::{Value, json};

use super::reading::{End, Entry, KINDS, definitions, entries, id, is_known, list};
use super::readings::Evidence;

/// The user types that can, and that cannot, be administrators when there is no list.
const CATALOG_YES: [&str; 4] = ["creatorUT", "GISProfessionalBasicUT", "GISProfessionalStdUT", "GISProfessionalAdvUT"];
const CATALOG_NO: [&str; 4] = ["insightsAnalystUT", "editorUT", "fieldWorkerUT", "viewerUT"];

/// A document, and those facts about it that do not depend on the day.
pub(super) struct Oracle<'d> {
    document: &'d Value,
    administrators: Option<&'d [String]>,
    items: Vec<Item>,
}

struct Item {
    kind: &'static str,
    id: String,
    evidence: Evidence,
}

impl<'d> Oracle<'d> {
    pub(super) fn new(document: &'d Value, administrators: Option<&'d [String]>) -> Self {
        let items = KINDS.iter().flat_map(|(kind, pointer)| items(document, kind, pointer)).collect();
        Self { document, administrators, items }
    }

    /// The document's version, as it is written.
    pub(super) fn version(&self) -> Value {
        as_written(self.document.pointer("/MyEsri/version"))
    }

    /// All items at an instant, in order.
    pub(super) fn items(&self, at: i64) -> Vec<Value> {
        self.items.iter().map(|item| self.item(item, at)).collect()
    }

    /// The ids that are compatible, certain, and have seats.
    pub(super) fn administrators(&self, at: i64) -> Vec<String> {
        let items = self.items.iter().filter(|item| item.kind == "userType");
        items
            .filter(|item| self.compatible(&item.id) == "yes")
            .filter(|item| item.evidence.is_certain(at) && usable(item, at) > 0)
            .map(|item| item.id.clone())
            .collect()
    }

    fn item(&self, item: &Item, at: i64) -> Value {
        let steps = steps(item);
        let later = || steps.iter().filter(|(instant, _)| *instant > at);
        let next = later().next();
        let shown = |seats: i64| if item.evidence.is_capability { Value::Null } else { json!(seats) };
        let (definitions, id_member) = definitions(self.document, item.kind);
        let definition = definitions.iter().find(|it| id(it.get(id_member)).as_ref() == Some(&item.id));
        let member = |name: &str| definition.and_then(|definition| definition.get(name));
        json!({
            "kind": item.kind,
            "id": item.id,
            "name": member("name").filter(|name| name.is_string()),
            "description": member("description").filter(|text| text.is_string()),
            "isEsriDefault": member("isEsriDefault").filter(|flag| flag.is_boolean()),
            "level": as_written(member("level")),
            "usableSeats": shown(usable(item, at)),
            "status": status(item, &steps, at),
            "certain": item.evidence.is_certain(at),
            "certainUntil": item.evidence.certain_until(at).map(rfc3339),
            "since": steps.iter().rev().find(|(instant, _)| *instant <= at).map(|(instant, _)| rfc3339(*instant)),
            "endsAt": later().find(|(_, seats)| *seats == 0).map(|(instant, _)| rfc3339(*instant)),
            "nextChange": next.map(|(instant, seats)| json!({ "at": rfc3339(*instant), "seats": shown(*seats) })),
            "administrator": (item.kind == "userType").then(|| self.administrator(&item.id)),
            "includes": if item.kind == "userType" { included(definition) } else { Vec::new() },
            "includedBy": if item.kind == "extension" { self.included_by(&item.id) } else { Vec::new() },
        })
    }

    fn compatible(&self, id: &str) -> &'static str {
        let is_in = |ids: &[&str]| ids.contains(&id);
        match self.administrators {
            Some(list) if list.iter().any(|it| it == id) => "yes",
            Some(_) => "no",
            None if is_in(&CATALOG_YES) => "yes",
            None if is_in(&CATALOG_NO) => "no",
            None => "unknown",
        }
    }

    fn administrator(&self, id: &str) -> Value {
        let compatible = self.compatible(id);
        let basis = match (self.administrators, compatible) {
            (Some(_), _) => Some("list"),
            (None, "unknown") => None,
            (None, _) => Some("catalog"),
        };
        json!({ "compatible": compatible, "basis": basis })
    }

    fn included_by(&self, extension: &str) -> Vec<String> {
        list(self.document, "/MyEsri/definitions/userTypes")
            .iter()
            .filter(|user_type| included(Some(user_type)).iter().any(|it| it == extension))
            .filter_map(|user_type| id(user_type.get("id")))
            .collect()
    }
}

/// The items of a kind: the defined ones, then the others in the order of their first entry.
fn items(document: &Value, kind: &'static str, pointer: &str) -> Vec<Item> {
    let (definitions, id_member) = definitions(document, kind);
    let all: Vec<Entry> = entries(document, pointer);
    let defined = definitions.iter().filter_map(|definition| id(definition.get(id_member)));
    let mut ids: Vec<String> = Vec::new();
    for id in defined.chain(all.iter().filter_map(|entry| entry.id.clone())) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let strays: Vec<Entry> = all.iter().filter(|entry| entry.id.is_none()).cloned().collect();
    let evidence = |id: &String| Evidence {
        is_known: is_known(document, kind),
        is_capability: kind == "capability",
        own: all.iter().filter(|entry| entry.id.as_ref() == Some(id)).cloned().collect(),
        strays: strays.clone(),
    };
    ids.into_iter().map(|id| Item { kind, evidence: evidence(&id), id }).collect()
}

/// The seats by the cautious reading at an instant; of a capability 1 or 0.
fn usable(item: &Item, at: i64) -> i64 {
    let begun = item.evidence.own.iter().filter(|entry| entry.start.is_some_and(|start| start <= at));
    if item.evidence.is_capability {
        let mut begun = begun;
        return i64::from(begun.any(|entry| match entry.end {
            End::Open => true,
            End::At(end) => at < end,
            End::Unreadable => false,
        }));
    }
    let last = begun.clone().filter_map(|entry| entry.start).max();
    begun.filter(|entry| entry.start == last).map(|entry| entry.count.unwrap_or(0)).min().unwrap_or(0)
}

/// The instants at which what is usable changes, and to what.
fn steps(item: &Item) -> Vec<(i64, i64)> {
    let mut steps: Vec<(i64, i64)> = Vec::new();
    for boundary in item.evidence.boundaries() {
        let now = usable(item, boundary);
        if steps.last().map_or(0, |(_, seats)| *seats) != now {
            steps.push((boundary, now));
        }
    }
    steps
}

fn status(item: &Item, steps: &[(i64, i64)], at: i64) -> &'static str {
    let before = steps.iter().any(|(instant, seats)| *instant <= at && *seats > 0);
    let later = steps.iter().any(|(instant, seats)| *instant > at && *seats > 0);
    match (usable(item, at) > 0, before, later) {
        (true, _, _) => "active",
        (_, false, true) => "upcoming",
        (_, true, true) => "lapsed",
        (_, true, false) => "expired",
        (_, false, false) => "empty",
    }
}

/// The ids of the extensions that a user type includes.
fn included(definition: Option<&Value>) -> Vec<String> {
    let extensions = definition.and_then(|definition| definition.get("extensions")?.as_array());
    extensions.into_iter().flatten().filter_map(|extension| id(extension.get("id"))).collect()
}

/// A string's text, or a number's digits.
fn as_written(value: Option<&Value>) -> Value {
    match value {
        Some(Value::String(text)) => json!(text),
        Some(Value::Number(number)) => json!(number.to_string()),
        _ => Value::Null,
    }
}

/// An instant in epoch milliseconds, in RFC 3339 in UTC.
pub(super) fn rfc3339(instant: i64) -> String {
    let (mut day, milliseconds) = (instant.div_euclid(86_400_000), instant.rem_euclid(86_400_000));
    let (mut year, mut month) = (1970, 0);
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let year_days = |year: i64| if leap(year) { 366 } else { 365 };
    while day >= year_days(year) {
        day -= year_days(year);
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let month_days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while day >= month_days[month] {
        day -= month_days[month];
        month += 1;
    }
    let (month, day, seconds) = (month + 1, day + 1, milliseconds / 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = if milliseconds % 1000 == 0 { String::new() } else { format!(".{:03}", milliseconds % 1000) };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}
