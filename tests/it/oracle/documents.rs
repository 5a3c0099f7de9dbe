//! Random documents: tidy, untidy and faulty ones.

use serde_json::{Map, Value, json};

use super::random::Random;

const IDS: [(&str, &str, &[&str]); 5] = [
    (
        "userTypes",
        "maxUsers",
        &[
            "creatorUT",
            "GISProfessionalAdvUT",
            "viewerUT",
            "editorUT",
            "storytellerUT",
            "advancedUT",
            "CreatorUT",
            "creatorUT ",
            "caf\u{e9}UT",
            "cafe\u{301}UT",
            "\"/~1\\",
        ],
    ),
    ("appBundles", "maxUsers", &["fieldAppsAB", "officeAppsAB", "essentialAppsAB", "~0/AB"]),
    ("extensions", "maxUsers", &["parcelFabric", "utilityNetwork", "arcgisips", "locsharing"]),
    ("apps", "maxUsers", &["arcgisprodesktop", "BusinessAnlyst", "tracker", "creatorUT", "0"]),
    ("portalCapabilities", "", &["knowledge", "missions", "notebooks", "creatorUT"]),
];

/// The most doubtful entries of a list: the oracle tries all combinations of their readings.
const MOST_DOUBTS: usize = 3;

/// The first and the last date that can be read.
const EXTREMES: [i64; 2] = [915_148_800_000, 4_102_444_800_000];

/// What a document may hold.
struct Manner {
    conflicts: bool,
    lenient: bool,
    faults: bool,
    odd_lists: bool,
}

/// A few instants that the documents of a group share, so that each as-of is a boundary in many of them.
pub(crate) fn instants(random: &mut Random) -> Vec<i64> {
    const DAY: i64 = 86_400_000;
    let mut all: Vec<i64> = (0..6)
        .map(|_| {
            let day = (16_000 + i64::try_from(random.below(6_000)).unwrap()) * DAY;
            day + *random.pick(&[0, 0, DAY / 2, 73_394_000, 1, 999, DAY - 1, 45_296_789])
        })
        .collect();
    if random.chance(30) {
        all.push(*random.pick(&EXTREMES));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// A license document.
pub(crate) fn license(random: &mut Random, instants: &[i64]) -> Value {
    let manner = Manner {
        conflicts: random.chance(50),
        lenient: random.chance(30),
        faults: random.chance(50),
        odd_lists: random.chance(30),
    };
    let mut root = Map::new();
    insert(
        &mut root,
        "version",
        pick_value(random, &[json!("10.8"), json!(10.8), json!(11), json!("11.4"), Value::Null]),
    );
    let mut provision = Map::new();
    for (list, count, ids) in IDS {
        let ids: Vec<&str> = ids.iter().copied().filter(|_| random.chance(45)).collect();
        let entries = entries(random, &manner, instants, &ids, count);
        let value = if manner.odd_lists { odd_list(random, entries) } else { Some(entries) };
        insert(if count.is_empty() { &mut root } else { &mut provision }, list, value);
    }
    provision.insert("comment".into(), json!([{ "id": "creatorUT", "maxUsers": 7, "startDate": instants[0] }]));
    let provision = Value::Object(provision);
    let odd = manner.odd_lists && random.chance(20);
    insert(
        &mut root,
        "provision",
        if odd { pick_value(random, &[Value::Null, json!([]), json!("x")]) } else { Some(provision) },
    );
    if random.chance(85) {
        root.insert("definitions".into(), definitions(random));
    }
    json!({ "MyEsri": root, "signature": "unknown", "userTypes": [{ "id": "liteUT" }] })
}

/// Some ids for an administrator list.
pub(super) fn administrators(random: &mut Random) -> Vec<String> {
    IDS[0].2.iter().filter(|_| random.chance(40)).map(|id| (*id).to_owned()).collect()
}

fn insert(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
}

/// One of these, or none.
fn pick_value(random: &mut Random, values: &[Value]) -> Option<Value> {
    (!random.chance(15)).then(|| random.pick(values).clone())
}

fn odd_list(random: &mut Random, list: Value) -> Option<Value> {
    match random.below(12) {
        0 => None,
        1 => Some(Value::Null),
        2 => Some(json!({})),
        3 => Some(json!("none")),
        4 => Some(json!([])),
        _ => Some(list),
    }
}

fn entries(random: &mut Random, manner: &Manner, instants: &[i64], ids: &[&str], count: &str) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for id in ids {
        let mut taken: Vec<(i64, i64)> = Vec::new();
        for _ in 0..random.below(6) {
            let shift = *random.pick(&[0, 0, 0, 0, 1, -1, 250]);
            let start = (random.pick(instants) + shift).clamp(EXTREMES[0], EXTREMES[1]);
            let mut seats = *random.pick(&[0, 0, 0, 1, 200, 200, 250, 9_007_199_254_740_991]);
            if let Some((_, same)) = taken.iter().find(|(instant, _)| *instant == start && !manner.conflicts) {
                seats = *same;
            }
            taken.push((start, seats));
            let end = later(random, instants, start);
            let mut entry = json!({ "id": id, "startDate": number(random, manner, start) });
            if !count.is_empty() {
                entry[count] = number(random, manner, seats);
                entry["apps"] = random.pick(&[Value::Null, json!([]), json!(["tracker"])]).clone();
            } else if random.chance(70) {
                entry["endDate"] = number(random, manner, end);
            }
            all.push(entry);
        }
    }
    random.shuffle(&mut all);
    if manner.faults {
        for _ in 0..random.below(MOST_DOUBTS + 1).min(all.len()) {
            let at = random.below(all.len());
            spoil(random, &mut all[at]);
        }
    }
    Value::Array(all)
}

/// An instant for the end of what begins at `start`.
fn later(random: &mut Random, instants: &[i64], start: i64) -> i64 {
    let end = *random.pick(instants);
    if end > start { end } else { start + 1 + i64::try_from(random.below(99_999)).unwrap() }
}

/// A number in one of the ways in which it may be written.
fn number(random: &mut Random, manner: &Manner, number: i64) -> Value {
    match random.below(8) {
        0 if manner.lenient => json!(number.to_string()),
        1 if manner.lenient => json!(format!("00{number}")),
        2 if manner.lenient && number < 1 << 52 => json!(number as f64),
        _ => json!(number),
    }
}

/// Makes an entry doubtful in one way.
fn spoil(random: &mut Random, entry: &mut Value) {
    let count =
        [json!(-1), json!(1.5), json!("many"), json!(9_007_199_254_740_992_i64), json!(1e300), json!(""), json!([3])];
    let date = [
        json!(1_542_672_000),
        json!("2019-01-01"),
        json!(915_148_799_999_i64),
        json!(4_102_444_800_001_i64),
        json!({}),
    ];
    let id = [json!(""), json!(7), json!(["creatorUT"]), Value::Null];
    let (member, values) = match random.below(7) {
        0 => return *entry = random.pick(&[Value::Null, json!("creatorUT"), json!(200), json!([])]).clone(),
        1 | 2 => ("maxUsers", &count[..]),
        3 | 4 => ("startDate", &date[..]),
        _ => ("id", &id[..]),
    };
    let Some(entry) = entry.as_object_mut() else { return };
    if !entry.contains_key("maxUsers") && member == "maxUsers" {
        return;
    }
    entry.remove(member);
    insert(entry, member, pick_value(random, values));
}

fn definitions(random: &mut Random) -> Value {
    let mut user_types: Vec<Value> = IDS[0].2.iter().map(|id| json!({ "id": id })).collect();
    user_types.retain(|_| random.chance(55));
    random.shuffle(&mut user_types);
    for user_type in &mut user_types {
        let user_type = user_type.as_object_mut().unwrap();
        describe(random, user_type);
        insert(user_type, "level", pick_value(random, &[json!("2"), json!(11), json!("1"), Value::Null]));
        insert(user_type, "isEsriDefault", pick_value(random, &[json!(true), json!(false)]));
        let mut extensions: Vec<Value> = IDS[2].2.iter().map(|id| json!({ "id": id, "entitlements": [id] })).collect();
        extensions.retain(|_| random.chance(40));
        random.shuffle(&mut extensions);
        insert(user_type, "extensions", pick_value(random, &[json!(extensions), json!(extensions), Value::Null]));
    }
    let mut bundles: Vec<Value> =
        IDS[1].2.iter().map(|id| json!({ "appBundleItemId": id, "id": "viewerUT" })).collect();
    bundles.retain(|_| random.chance(60));
    random.shuffle(&mut bundles);
    for bundle in &mut bundles {
        describe(random, bundle.as_object_mut().unwrap());
    }
    let mut definitions = Map::new();
    insert(&mut definitions, "userTypes", pick_value(random, &[json!(user_types)]));
    insert(&mut definitions, "appBundles", pick_value(random, &[json!(bundles)]));
    Value::Object(definitions)
}

fn describe(random: &mut Random, definition: &mut Map<String, Value>) {
    let texts = [json!("Creator"), json!("\u{c9}diteur"), json!("Line\nbreak \"quoted\" \u{1f30d}"), Value::Null];
    insert(definition, "name", pick_value(random, &texts));
    insert(definition, "description", pick_value(random, &texts));
}
