//! Every item of every sample and fixture, compared with a naive reading of its entries.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use seatline::parts::Location;
use seatline::{
    Document, DocumentPlace, Instant, Item, ItemKind, License, LicenseDocument, Source, WhyQuestion, WhyReport, Zone,
};
use serde_json::Value;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let is_json = path.extension().is_some_and(|extension| extension == "json" || extension == "jsonl");
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if is_json {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A whole number, also as a float or as text.
fn integer(value: &Value) -> Option<i64> {
    let text = match value {
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let float = || text.parse::<f64>().ok().filter(|float| float.fract() == 0.0 && float.abs() < 1e15);
    text.parse().ok().or_else(|| float().map(|float| format!("{float:.0}").parse().unwrap()))
}

fn date(entry: &Value, member: &str) -> Option<i64> {
    integer(entry.get(member)?).filter(|ms| (915_148_800_000..253_402_300_800_000).contains(ms)).filter(|ms| {
        let (text, date) = (ms.to_string(), |from: usize, to: usize| ms.to_string()[from..to].parse::<u32>().unwrap());
        let is_calendar = text.len() == 14
            && (1..=12).contains(&date(4, 6))
            && (1..=31).contains(&date(6, 8))
            && date(8, 10) < 24
            && date(10, 12) < 60
            && date(12, 14) < 60;
        !is_calendar
    })
}

fn seats(entry: &Value) -> i64 {
    entry.get("maxUsers").and_then(integer).filter(|seats| (0..1 << 53).contains(seats)).unwrap_or(0)
}

/// The entries that hold at an instant, by their positions in the list of their kind.
fn naive(list: &[Value], kind: ItemKind, id: &str, at: i64) -> BTreeSet<usize> {
    let own = || list.iter().enumerate().filter(|(_, entry)| entry.get("id").and_then(Value::as_str) == Some(id));
    if kind == ItemKind::Capability {
        let there = |entry: &Value| {
            let is_open = entry.get("endDate").is_none_or(Value::is_null);
            date(entry, "startDate").is_some_and(|start| start <= at)
                && (is_open || date(entry, "endDate").is_some_and(|end| at < end))
        };
        return own().filter(|(_, entry)| there(entry)).map(|(index, _)| index).collect();
    }
    let start = |entry: &Value| date(entry, "startDate").filter(|start| *start <= at);
    let latest = own().filter_map(|(_, entry)| start(entry)).max();
    let there = || own().filter(|(_, entry)| latest.is_some() && start(entry) == latest);
    let least = there().map(|(_, entry)| seats(entry)).min();
    there().filter(|(_, entry)| Some(seats(entry)) == least).map(|(index, _)| index).collect()
}

/// The text at a location, found by lines and columns alone.
fn slice(text: &str, location: &Location) -> String {
    let lines: Vec<_> = text.split('\n').collect();
    let line = |number: usize| lines[number - 1].chars().collect::<Vec<_>>();
    let part = |characters: &[char]| characters.iter().collect::<String>();
    if location.line == location.end_line {
        return part(&line(location.line)[location.column - 1..location.end_column - 1]);
    }
    let first = part(&line(location.line)[location.column - 1..]);
    let last = part(&line(location.end_line)[..location.end_column - 1]);
    let between = (location.line + 1..location.end_line).map(|number| part(&line(number)));
    [first].into_iter().chain(between).chain([last]).collect::<Vec<_>>().join("\n")
}

/// The instants at which something may change, and those right before.
fn instants(list: &[Value]) -> BTreeSet<i64> {
    let dates = list.iter().flat_map(|entry| ["startDate", "endDate"].map(|member| date(entry, member)));
    dates.flatten().chain([1_798_761_600_000]).flat_map(|ms| [ms - 1, ms]).collect()
}

fn check(source: &Source, place: &DocumentPlace, document: &LicenseDocument<'_>, whole: &Value) -> usize {
    let mut holding = 0;
    for item in &Item::all(document) {
        let pointer = match item.kind {
            ItemKind::UserType => "/MyEsri/provision/userTypes",
            ItemKind::AppBundle => "/MyEsri/provision/appBundles",
            ItemKind::Extension => "/MyEsri/provision/extensions",
            ItemKind::App => "/MyEsri/provision/apps",
            ItemKind::Capability => "/MyEsri/portalCapabilities",
            other => panic!("a kind of which this test knows nothing: {other}"),
        };
        let list = whole.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
        for ms in instants(&list) {
            let as_of = Instant::from_epoch_ms(ms);
            let question = WhyQuestion { id: &item.id, kind: Some(item.kind), as_of, zone: Zone::UTC };
            let report = WhyReport::new(License::new(source, place, document), question).unwrap();
            let context = || format!("{} {} at {as_of} in {}", item.kind, item.id, source.name());
            let index = |location: &Location| {
                let text = location.pointer.to_string();
                text.strip_prefix(&format!("{pointer}/")).unwrap().parse::<usize>().unwrap()
            };
            let holds: BTreeSet<_> =
                report.entries.iter().filter(|it| it.holds).map(|it| index(&it.location)).collect();
            assert_eq!(holds, naive(&list, item.kind, &item.id, ms), "{}", context());
            holding += holds.len();
            for entry in &report.entries {
                let sliced: Value = serde_json::from_str(&slice(source.text(), &entry.location)).unwrap();
                assert_eq!(sliced, list[index(&entry.location)], "{}", context());
                let is_own = sliced.get("id").and_then(Value::as_str) == Some(item.id.as_ref());
                assert!(is_own != entry.may_belong, "{}", context());
                if entry.holds && item.kind != ItemKind::Capability {
                    assert_eq!(report.seats, Some(seats(&sliced).unsigned_abs()), "{}", context());
                }
            }
            let own =
                list.iter().filter(|entry| entry.get("id").and_then(Value::as_str) == Some(item.id.as_ref())).count();
            assert_eq!(report.entries.iter().filter(|entry| !entry.may_belong).count(), own, "{}", context());
            let dates: Vec<_> = report.entries.iter().filter_map(|entry| entry.start_date).collect();
            assert!(dates.is_sorted(), "{}", context());
            assert_eq!(report.certain, Some(item.timeline.is_certain_at(as_of)));
            assert!(report.certain == Some(true) || !report.other_readings.is_empty(), "{}", context());
        }
    }
    holding
}

#[test]
fn what_holds_is_what_a_naive_reading_takes() {
    let (mut licenses, mut holding, mut skipped) = (0, 0, 0);
    for file in ["samples", "tests/fixtures"].map(Path::new).into_iter().flat_map(files) {
        let Ok(source) = Source::decode(file.display().to_string(), std::fs::read(&file).unwrap()) else { continue };
        for found in source.documents() {
            let Ok(Document::License(document)) = &found.document else { continue };
            // Half of a surrogate pair in a member that is not read does not matter to seatline. The naive reader
            // refuses it.
            match serde_json::from_str(&source.text()[found.place.span.clone()]) {
                Ok(whole) => holding += check(&source, &found.place, document, &whole),
                Err(_) => skipped += 1,
            }
            licenses += 1;
        }
    }
    assert!(skipped <= 1, "{skipped} licenses that the naive reader cannot read");
    assert!(licenses > 50 && holding > 1000, "{licenses} licenses, {holding} entries that hold");
}
