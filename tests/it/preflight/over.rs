//! An old license, or license resource, that can be read in more than one way: the answer claims only what is known.

use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::common::{Run, seatline};

/// 2025-01-01 and two years later.
const BEGIN: i64 = 1_735_689_600_000;
const END: i64 = 1_798_761_600_000;

fn file(text: &Value) -> NamedTempFile {
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    std::fs::write(file.path(), text.to_string()).unwrap();
    file
}

/// A license of user types: id, seats, and the start of the seats.
fn license(entries: &[(&str, Value, i64)]) -> NamedTempFile {
    let entry = |(id, seats, start): &(&str, Value, i64)| json!({"id": id, "maxUsers": seats, "startDate": start});
    let user_types: Vec<_> = entries.iter().map(entry).collect();
    file(&json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": user_types}}}))
}

fn preflight(new: &NamedTempFile, old: &NamedTempFile, more: &[&str]) -> Run {
    let [new, old] = [new, old].map(|file| file.path().to_str().unwrap());
    seatline(&[&["preflight", new, "--over", old, "--as-of", "2026-11-26", "--no-policy"], more].concat())
}

fn item<'v>(json: &'v Value, id: &str) -> &'v Value {
    json["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap()
}

/// 80 or 100 creators, and an unknown number of viewers.
fn in_doubt() -> NamedTempFile {
    license(&[
        ("creatorUT", json!(100), BEGIN),
        ("creatorUT", json!(80), BEGIN),
        ("viewerUT", json!("many"), BEGIN),
        ("editorUT", json!(7), BEGIN),
    ])
}

#[test]
fn an_item_of_which_the_old_license_is_in_doubt_is_not_said_to_fit() {
    let new =
        license(&[("creatorUT", json!(80), BEGIN), ("viewerUT", json!(50), BEGIN), ("editorUT", json!(7), BEGIN)]);
    let run = preflight(&new, &in_doubt(), &["-f", "json"]);
    let json = run.json();
    assert_eq!((run.code, &json["verdict"]), (0, &json!("go")), "{json:#}");
    let told = |id: &str| ["old", "oldCertain", "fits"].map(|name| item(&json, id)[name].clone());
    assert_eq!(told("creatorUT"), [json!(80), json!(false), Value::Null]);
    assert_eq!(told("viewerUT"), [json!(0), json!(false), Value::Null]);
    assert_eq!(told("editorUT"), [json!(7), json!(true), json!(true)]);
    let headline = json["headline"].as_str().unwrap();
    let named =
        "GO, as far as is known: the user types creatorUT and viewerUT of the old license cannot be read plainly";
    assert!(headline.starts_with(named), "{headline}");
    let text = preflight(&new, &in_doubt(), &[]).stdout;
    assert!(text.contains("1 other item fits\n") || text.contains("1 item fits\n"), "{text}");
}

#[test]
fn what_is_short_even_of_the_fewest_is_short() {
    let new =
        license(&[("creatorUT", json!(79), BEGIN), ("viewerUT", json!(50), BEGIN), ("editorUT", json!(7), BEGIN)]);
    let run = preflight(&new, &in_doubt(), &["-f", "json"]);
    let json = run.json();
    assert_eq!((run.code, &item(&json, "creatorUT")["fits"]), (1, &json!(false)), "{json:#}");
    let short = &json["actions"][0]["items"][0];
    assert_eq!(["old", "seats", "short"].map(|name| &short[name]), [80, 79, 1], "{short:#}");
    assert_eq!(short["oldCertain"], json!(false));
    let message = json["actions"][0]["message"].as_str().unwrap();
    assert!(message.contains("80 in the old license, which is not certain, 79 seats, 1 short"), "{message}");
}

#[test]
fn a_doubt_that_begins_later_is_one_too_while_it_is_looked_at() {
    let old = license(&[("creatorUT", json!(80), BEGIN), ("creatorUT", json!(-1), END)]);
    let new = license(&[("creatorUT", json!(90), BEGIN)]);
    let json = preflight(&new, &old, &["-f", "json"]).json();
    let told = ["old", "oldCertain", "oldCertainUntil", "fits"].map(|name| item(&json, "creatorUT")[name].clone());
    assert_eq!(told, [json!(80), json!(true), json!("2027-01-01T00:00:00Z"), Value::Null]);
    let json = preflight(&new, &old, &["--until", "2026-12-27", "-f", "json"]).json();
    assert_eq!(item(&json, "creatorUT")["fits"], json!(true), "{json:#}");
    // A counted number is needed as it was counted.
    let counts = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(counts.path(), "key,count\ncreatorUT,3\n").unwrap();
    let json = preflight(&new, &old, &["--usage", counts.path().to_str().unwrap(), "-f", "json"]).json();
    assert_eq!(item(&json, "creatorUT")["fits"], json!(true), "{json:#}");
}

#[test]
fn the_doubt_is_marked_wherever_the_old_seats_stand() {
    let new =
        license(&[("creatorUT", json!(70), BEGIN), ("viewerUT", json!(50), BEGIN), ("editorUT", json!(6), BEGIN)]);
    let told = |format: &str| preflight(&new, &in_doubt(), &["-f", format]).stdout;
    let legend = "? not certain: a license can be read in more than one way";
    for format in ["table", "markdown", "html"] {
        let text = told(format);
        assert!(text.contains("80 ?") && text.contains(legend), "{format}: {text}");
        assert!(!text.contains("7 ?"), "{format}: {text}");
    }
    let csv = told("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let column = reader.headers().unwrap().iter().position(|title| title == "oldCertain").unwrap();
    let cells: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
    let of = |id: &str| cells.iter().find(|row| row.iter().any(|cell| cell == id)).unwrap()[column].to_owned();
    assert_eq!([of("creatorUT"), of("editorUT")], ["false", "true"]);
}

#[test]
fn an_old_license_that_tells_nothing_of_user_types_does_not_say_who_needs_them() {
    let new = license(&[("creatorUT", json!(80), BEGIN)]);
    let provided = |provision: Value| {
        let definitions = json!({"userTypes": [{"id": "creatorUT", "name": "Creator"}]});
        file(&json!({"MyEsri": {"version": "11.3", "definitions": definitions, "provision": provision}}))
    };
    let unreadable = "its list /MyEsri/provision/userTypes is missing or cannot be read";
    let apps = json!([{"id": "tracker", "maxUsers": 5, "startDate": BEGIN}]);
    for (provision, why) in [
        (Value::Null, unreadable),
        (json!("x"), unreadable),
        (json!({"apps": apps}), unreadable),
        (json!({"userTypes": null}), unreadable),
        (json!({"userTypes": "x"}), unreadable),
        (json!({"apps": apps, "userTypes": {}}), unreadable),
        (json!({"userTypes": [{"maxUsers": 50, "startDate": BEGIN}]}), "says of which user type it is"),
    ] {
        let run = preflight(&new, &provided(provision.clone()), &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{provision}: {run:?}");
        for said in [why, "nothing says who needs user types", "--usage", "--over", "--nobody-yet"] {
            assert!(run.stderr.contains(said), "{provision}: {run:?}");
        }
        // Whoever counts the members, or says that there are none, gets an answer.
        let run = preflight(&new, &provided(provision.clone()), &["--nobody-yet"]);
        assert_eq!(run.code, 0, "{provision}: {run:?}");
    }
    // An empty list is no doubt: there are no seats.
    let run = preflight(&new, &provided(json!({"userTypes": []})), &[]);
    assert!(run.code == 0 && run.stdout.starts_with("GO"), "{run:?}");
    let resource = file(&json!({"version": "11.3", "userTypes": [],
        "apps": [{"id": "tracker", "maximumRegisteredMembers": 5, "expiration": -1}]}));
    let run = preflight(&new, &resource, &[]);
    assert!(run.code == 2 && run.stderr.contains("it gives no seats of any user type"), "{run:?}");
}

#[test]
fn what_a_license_resource_does_not_tell_is_named_in_the_first_line() {
    let entry = |seats: Value| json!({"id": "creatorUT", "maximumRegisteredMembers": seats, "expiration": END});
    let resource = |seats: Value| {
        let none = json!([]);
        file(
            &json!({"version": "11.3", "userTypes": [entry(seats)], "appBundles": none, "apps": none, "extensions": none}),
        )
    };
    let new = license(&[("creatorUT", json!(80), BEGIN)]);
    let untold = "the license resource does not tell of capabilities, inclusions or definitions";
    let json = preflight(&new, &resource(json!(80)), &["-f", "json"]).json();
    let headline = json["headline"].as_str().unwrap();
    assert!(headline.starts_with(&format!("GO, as far as is known: {untold}; ")), "{headline}");
    assert!(json["unknown"].to_string().contains("a license resource does not tell of capabilities"), "{json:#}");
    // An unreadable number is named too.
    let run = preflight(&new, &resource(Value::Null), &["-f", "json"]);
    let (code, json) = (run.code, run.json());
    assert_eq!((code, &item(&json, "creatorUT")["fits"]), (0, &Value::Null), "{json:#}");
    let headline = json["headline"].as_str().unwrap();
    let both = format!("known: the user type creatorUT of the old license cannot be read plainly, and {untold}; ");
    assert!(headline.contains(&both), "{headline}");
    // A license document states them.
    let old = license(&[("creatorUT", json!(80), BEGIN)]);
    assert!(!preflight(&new, &old, &[]).stdout.contains("as far as is known"));
}

#[test]
fn seats_for_administrators_that_are_not_certain_are_not_called_none() {
    let new =
        license(&[("creatorUT", json!(100), BEGIN), ("creatorUT", json!(120), BEGIN), ("viewerUT", json!(5), BEGIN)]);
    let old = license(&[("viewerUT", json!(5), BEGIN)]);
    let json = preflight(&new, &old, &["-f", "json"]).json();
    let action =
        json["actions"].as_array().unwrap().iter().find(|action| action["cause"] == "no-administrator").unwrap();
    let to_do = action["toDo"].as_str().unwrap();
    assert!(to_do.contains("the seats of creatorUT are not certain") && !to_do.contains("none is usable"), "{to_do}");
    let message = action["message"].as_str().unwrap();
    assert!(message.contains("100 seats, not certain"), "{message}");
    assert!(json["headline"].as_str().unwrap().contains("are not certain"), "{json:#}");
}
