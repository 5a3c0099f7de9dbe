//! Imports as people make them.

use serde_json::{Value, json};

use crate::common::{Run, assert_schema, seatline, seatline_with_input};

fn preflight(new: &str, rest: &[&str]) -> Run {
    seatline(&[&["preflight", new, "--no-policy"], rest].concat())
}

fn answer(new: &str, rest: &[&str]) -> (i32, Value) {
    let run = preflight(new, &[rest, &["-f", "json"]].concat());
    let json = run.json();
    assert_schema("preflight", &json);
    (run.code, json)
}

const HALVING: &str = "samples/renewal/new.json";
const HALVES: [&str; 2] = ["--usage", "samples/renewal/members.csv"];
const OVER: [&str; 2] = ["--over", "samples/renewal/old.json"];

fn shortages(json: &Value) -> Vec<(&str, Vec<&str>)> {
    let actions = json["actions"].as_array().unwrap().iter().filter(|action| action["cause"] == "shortage");
    actions
        .map(|action| {
            let items = action["items"].as_array().unwrap();
            (action["due"].as_str().unwrap(), items.iter().map(|item| item["id"].as_str().unwrap()).collect())
        })
        .collect()
}

const THREE: [&str; 3] = ["creatorUT", "GISProfessionalStdUT", "viewerUT"];

#[test]
fn a_renewal_that_halves_at_the_turn_is_no_go_within_the_lead_time_and_an_action_before() {
    for (as_of, verdict, code) in [
        ("2026-12-31T11:00Z", "no-go", 1),
        ("2026-12-02", "no-go", 1),
        // An action due after exactly thirty days is within the lead time; a minute later it is not.
        ("2026-12-01T12:00Z", "no-go", 1),
        ("2026-12-01T11:59Z", "go-then-act", 0),
        ("2026-11-30", "go-then-act", 0),
    ] {
        let both = [HALVES, OVER].concat();
        let (counted, told) = ([&both[..], &["--as-of", as_of]].concat(), [&OVER[..], &["--as-of", as_of]].concat());
        for rest in [&counted, &told] {
            let (exit, json) = answer(HALVING, rest);
            assert_eq!((&json["verdict"], exit), (&json!(verdict), code), "{as_of} {rest:?}");
            assert_eq!(shortages(&json), [("2026-12-31T12:00:00Z", THREE.to_vec())], "{as_of} {rest:?}");
        }
        let (_, json) = answer(HALVING, &counted);
        let action = &json["actions"][0];
        assert_eq!((&action["lockedOut"], &action["lockedOutIsUpperBound"]), (&json!(387), &json!(false)));
        assert_eq!(json["members"], 388);
        let numbers = |item: &Value| ["assigned", "seats", "short"].map(|name| item[name].as_u64().unwrap());
        let items: Vec<_> = action["items"].as_array().unwrap().iter().map(numbers).collect();
        assert_eq!(items, [[110, 60, 50], [28, 15, 13], [250, 150, 100]]);
        let (_, json) = answer(HALVING, &told);
        let item = &json["actions"][0]["items"][0];
        assert_eq!((&item["assigned"], &item["old"], &item["short"]), (&json!(null), &json!(120), &json!(60)));
    }
}

#[test]
fn what_an_ended_license_gave_is_still_needed() {
    for as_of in ["2026-12-31T12:00Z", "2027-01-01", "2028-05-05"] {
        let (exit, json) = answer(HALVING, &[&OVER[..], &["--as-of", as_of]].concat());
        assert_eq!((&json["verdict"], exit), (&json!("no-go"), 1), "{as_of}");
        assert_eq!(json["old"]["ended"], "2026-12-31T12:00:00Z");
        assert!(json["headline"].as_str().unwrap().contains("the old license ended on 2026-12-31 12:00"), "{json}");
        assert_eq!(shortages(&json)[0].1, THREE, "{as_of}");
    }
}

#[test]
fn the_end_of_the_license_is_a_shortage_within_the_lead_time_and_always_named() {
    for (as_of, verdict, left) in [
        ("2029-12-31T11:00Z", "no-go", "in 1 hour"),
        ("2029-12-01T12:00Z", "no-go", "in 30 days"),
        ("2029-11-30T12:00Z", "go", "in 31 days"),
    ] {
        // Few enough members for the seats that are left at the end.
        let rest = ["--nobody-yet", "--as-of", as_of];
        let (_, json) = answer(HALVING, &rest);
        let headline = json["headline"].as_str().unwrap();
        assert!(headline.contains("the license ends for everybody on 2029-12-31 12:00, "), "{headline}");
        assert!(headline.contains(left), "{headline}");
        assert_eq!(json["verdict"], verdict, "{as_of}");
        if verdict == "no-go" {
            assert_eq!(json["actions"][0]["due"], "2029-12-31T12:00:00Z");
        }
    }
    let short = ["--nobody-yet", "--as-of", "2029-12-20", "--until", "2029-12-25"];
    let (exit, json) = answer(HALVING, &short);
    assert_eq!((exit, &json["verdict"], &json["untilIs"]), (0, &json!("go"), &json!("given")));
    let headline = json["headline"].as_str().unwrap();
    assert!(headline.contains("the license ends for everybody on 2029-12-31 12:00, in 11 days"), "{headline}");
    assert!(headline.contains("looked at only until the end of 2029-12-25"), "{headline}");
}

#[test]
fn a_gap_is_a_trouble_of_its_own_and_ends() {
    let members = ["--usage", "tests/fixtures/preflight/gap-members.csv", "--as-of", "2026-11-30"];
    let (_, json) = answer("tests/fixtures/preflight/gap.json", &members);
    let expected = [("2026-12-31T12:00:00Z", 2), ("2028-06-30T12:00:00Z", 1)];
    let found: Vec<_> = shortages(&json).into_iter().map(|(due, items)| (due, items.len())).collect();
    assert_eq!(found, expected, "{json:#}");
    let items = json["actions"][0]["items"].as_array().unwrap();
    let gap = items.iter().find(|item| item["assigned"] == 33).unwrap();
    assert_eq!((&gap["seats"], &gap["to"]), (&json!(0), &json!("2027-01-15T12:00:00Z")));
    let fall = items.iter().find(|item| item["assigned"] == 29).unwrap();
    assert_eq!((&fall["seats"], &fall["to"]), (&json!(28), &json!(null)));
    assert_eq!(json["actions"][1]["items"][0]["id"], "fieldWorkerUT");
    assert_eq!(json["actions"][1]["items"][0]["assigned"], 40);

    let over = [&members[..], &["--over", "tests/fixtures/preflight/gap-current.json"]].concat();
    let (_, json) = answer("tests/fixtures/preflight/gap.json", &over);
    let (due, items) = &shortages(&json)[0];
    assert_eq!(*due, "2026-12-31T12:00:00Z");
    assert!(items.contains(&"arcgisprodesktop"), "{items:?}");
    let items = json["actions"].as_array().unwrap().iter().flat_map(|action| action["items"].as_array().unwrap());
    let pro = items.clone().find(|item| item["id"] == "arcgisprodesktop").unwrap();
    assert_eq!((&pro["old"], &pro["seats"]), (&json!(45), &json!(40)));
}

#[test]
fn kinds_that_nobody_counted_are_named_in_the_first_line_and_change_no_verdict() {
    let (exit, json) = answer(HALVING, &[&HALVES[..], &["--as-of", "2026-01-05", "--until", "2026-02-01"]].concat());
    assert_eq!((exit, &json["verdict"]), (0, &json!("go")));
    let headline = json["headline"].as_str().unwrap();
    assert!(
        headline.starts_with("GO, as far as is known: app bundles, extensions and apps were not counted; "),
        "{headline}"
    );
    assert!(json["unknown"][0].as_str().unwrap().contains("nobody counted how many"));
}

#[test]
fn nobody_says_who_needs_seats_is_wrong_usage() {
    for rest in [&[][..], &["--plan", "samples/stories/plan-2027.csv"]] {
        let run = preflight(HALVING, rest);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("--nobody-yet"), "{run:?}");
    }
    let run = preflight(HALVING, &[&HALVES[..], &["--nobody-yet"]].concat());
    assert_eq!(run.code, 2, "{run:?}");
    let run = preflight(HALVING, &[&HALVES[..], &["--as-of", "2026-12-02", "--until", "2026-12-01"]].concat());
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn strict_and_exit_zero_change_the_exit_code_alone() {
    let run = |more: &[&str]| preflight(HALVING, &[&HALVES[..], &["--as-of", "2026-11-30"], more].concat());
    assert_eq!(run(&[]).code, 0);
    assert_eq!(run(&["--strict"]).code, 1);
    assert_eq!(run(&["--strict", "--exit-zero"]).code, 0);
    assert_eq!(run(&["--strict"]).stdout, run(&[]).stdout);
}

#[test]
fn a_license_that_ends_for_everybody_is_a_no_go_from_thirty_days_before() {
    let ends = "samples/renewal/old.json";
    let answer_at = |as_of: &str, rest: &[&str]| answer(ends, &[rest, &["--as-of", as_of]].concat());
    for rest in [&HALVES[..], &OVER] {
        for (as_of, left) in [("2026-12-31T11:00Z", "in 1 hour"), ("2026-12-01T12:00Z", "in 30 days")] {
            let (code, json) = answer_at(as_of, rest);
            assert_eq!((code, &json["verdict"]), (1, &json!("no-go")), "{as_of} {json:#}");
            assert_eq!(shortages(&json), [("2026-12-31T12:00:00Z", THREE.to_vec())]);
            let headline = json["headline"].as_str().unwrap();
            assert!(
                headline.starts_with(&format!("NO-GO: by 2026-12-31 12:00 ({left}): import the license that follows"))
            );
        }
        let (code, json) = answer_at("2026-11-30T12:00Z", rest);
        assert_eq!((code, &json["verdict"], &json["actions"]), (0, &json!("go"), &json!([])), "{json:#}");
        let headline = json["headline"].as_str().unwrap();
        assert!(headline.contains("; the license ends for everybody on 2026-12-31 12:00, in 31 days"), "{headline}");
        let until = [rest, &["--until", "2026-12-20"]].concat();
        let (code, json) = answer_at("2026-12-10", &until);
        assert_eq!((code, &json["verdict"]), (0, &json!("go")), "{json:#}");
        let headline = json["headline"].as_str().unwrap();
        let only = "looked at only until the end of 2026-12-20, as was asked: the end of the license is later";
        assert!(headline.contains("the license ends for everybody on 2026-12-31 12:00, in 21 days; "), "{headline}");
        assert!(headline.contains(only), "{headline}");
    }
}

#[test]
fn user_types_must_be_counted_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let apps = folder.path().join("apps.json");
    let page = json!({"results": [{"key": "tracker", "count": 2}], "total": 1, "start": 1, "num": 1, "nextStart": -1});
    std::fs::write(&apps, page.to_string()).unwrap();
    let apps = format!("app={}", apps.display());
    let run = preflight(HALVING, &["--usage", &apps]);
    assert!(run.code == 2 && run.stderr.contains("nothing says who needs user types"), "{run:?}");
    assert_ne!(preflight(HALVING, &[&["--usage", &apps][..], &OVER].concat()).code, 2);
}

#[test]
fn what_is_replaced_tells_who_has_seats_also_on_standard_input() {
    let resource = std::fs::read("samples/stories/license-resource-11.1.json").unwrap();
    let rest = ["--no-policy", "--as-of", "2026-03-01", "-f", "json"];
    let run = seatline_with_input(
        &[&["preflight", "samples/stories/staging-11.1.json", "--over", "-"], &rest[..]].concat(),
        &resource,
    );
    let json = run.json();
    assert_eq!((run.code, &json["members"], &json["usage"]), (1, &json!(593), &json!(["<stdin>"])), "{json:#}");
    let item = &json["actions"][0]["items"][0];
    assert_eq!(["assigned", "seats", "short"].map(|name| &item[name]), [143, 10, 133], "{item:#}");
    assert_eq!(item["old"], Value::Null);
    let (_, json) = answer(
        "samples/stories/staging-11.1.json",
        &["--over", "samples/stories/license-resource-11.1.json", "--as-of", "2026-03-01"],
    );
    assert_eq!(json["usage"], json!(["samples/stories/license-resource-11.1.json"]));
}

fn license(user_types: &Value, extensions: &Value) -> tempfile::NamedTempFile {
    let provision = json!({"userTypes": user_types, "extensions": extensions});
    let license = json!({"MyEsri": {"version": "11.4", "provision": provision}});
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    std::fs::write(file.path(), license.to_string()).unwrap();
    file
}

#[test]
fn built_in_accounts_that_would_change_the_verdict_are_told() {
    let new = license(&json!([{"id": "creatorUT", "maxUsers": 1, "startDate": 1_700_000_000_000_i64}]), &json!([]));
    let new = new.path().to_str().unwrap();
    let users = ["ada", "esri_nav"]
        .map(|name| json!({"username": name, "userLicenseTypeId": "creatorUT", "role": "org_admin"}));
    let members = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    let page = json!({"total": 2, "start": 1, "num": 2, "nextStart": -1, "users": users});
    std::fs::write(members.path(), page.to_string()).unwrap();
    let usage = ["--usage", members.path().to_str().unwrap(), "--as-of", "2026-12-01"];
    let (code, json) = answer(new, &usage);
    assert_eq!((code, &json["verdict"]), (0, &json!("go")), "{json:#}");
    let said = "if the portal's built-in accounts that were left out hold seats (esri_nav): NO-GO";
    assert!(json["unknown"].to_string().contains(said), "{json:#}");
    let (code, json) = answer(new, &[&usage[..], &["--include-built-in"]].concat());
    assert_eq!((code, &json["verdict"]), (1, &json!("no-go")), "{json:#}");
}

#[test]
fn an_envelope_says_where_a_license_is_from() {
    let text = std::fs::read_to_string(HALVING).unwrap();
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    let envelope =
        format!("{{\"source\": \"the portal in Bern\", \"fetchedAt\": \"2026-11-01\", \"document\": {text}}}");
    std::fs::write(file.path(), envelope).unwrap();
    let path = file.path().to_str().unwrap();
    let (_, json) = answer(path, &["--over", path, "--as-of", "2026-11-30"]);
    for side in ["new", "old"] {
        let side = &json[side];
        assert_eq!([&side["source"], &side["file"]], [&json!("the portal in Bern"), &json!(path)], "{side:#}");
        assert_eq!(side["fetchedAt"], "2026-11-01");
    }
    let place = json["actions"][0]["locations"][0].as_str().unwrap().to_owned();
    assert!(place.starts_with(path), "{place}");
}

#[test]
fn what_comes_back_and_is_lost_again_is_two_troubles() {
    let day = |count: i64| 1_767_225_600_000 + count * 86_400_000;
    let entry = |seats: u64, start: i64, num: u64| json!({"id": "geobim", "maxUsers": seats, "startDate": day(start), "entitlements": [{"num": num, "apiName": "a"}]});
    let user_types = json!([{"id": "creatorUT", "maxUsers": 9, "startDate": day(0)}]);
    let old = license(&user_types, &json!([entry(5, 0, 20)]));
    // An entitlement that falls twice is one trouble; while there are no seats, only the seats are a trouble;
    // afterwards the entitlement is lost again.
    let new = license(
        &user_types,
        &json!([entry(5, 0, 20), entry(5, 50, 7), entry(5, 60, 3), entry(0, 70, 0), entry(5, 80, 4)]),
    );
    let over = ["--over", old.path().to_str().unwrap(), "--as-of", "2026-01-05"];
    let (_, json) = answer(new.path().to_str().unwrap(), &over);
    let told = |action: &Value| {
        let item = &action["items"][0];
        let text = |value: &Value| value.as_str().unwrap_or("-").get(..10).unwrap_or("-").to_owned();
        (action["cause"].as_str().unwrap().to_owned(), text(&action["due"]), text(&item["to"]), item["what"].clone())
    };
    let actions: Vec<_> = json["actions"].as_array().unwrap().iter().map(told).collect();
    let action =
        |cause: &str, due: &str, to: &str, what: Value| (cause.to_owned(), due.to_owned(), to.to_owned(), what);
    let expected = [
        action("lost", "2026-02-20", "2026-03-12", json!("entitlement a 20 → 7 (20 → 3 from 2026-03-02 00:00)")),
        action("shortage", "2026-03-12", "2026-03-22", Value::Null),
        action("lost", "2026-03-22", "-", json!("entitlement a 20 → 4")),
    ];
    assert_eq!(actions, expected, "{json:#}");
}

#[test]
fn the_command_that_shows_where_the_seats_come_from_runs() {
    let (_, json) = answer(HALVING, &[&HALVES[..], &["--as-of", "2026-11-30"]].concat());
    let command = json["actions"][0]["why"].as_str().unwrap();
    let words: Vec<_> = command.split(' ').collect();
    assert_eq!(words[..3], ["seatline", "why", "creatorUT"]);
    let run = seatline(&words[1..]);
    assert!(run.code == 0 && run.stdout.starts_with("creatorUT (Creator): 60 seats"), "{run:?}");
}
