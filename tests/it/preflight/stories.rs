//! Imports that people would have made.

use serde_json::{Value, json};

use crate::common::{Run, assert_schema, seatline};

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
        // Thirty days to the hour are within the lead time, a minute more is not.
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
        // Few enough members for what is left at the end.
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
    assert!(headline.contains("looked at only until 2029-12-25 23:59:59.999"), "{headline}");
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
        headline.starts_with("GO, as far as is known (app bundles, extensions and apps were not counted)"),
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
fn every_format_names_the_same_items() {
    let all = |format| preflight(HALVING, &[&HALVES[..], &["--as-of", "2026-11-30", "-f", format]].concat()).stdout;
    let json: Value = serde_json::from_str(&all("json")).unwrap();
    for format in ["table", "markdown", "csv", "github"] {
        let text = all(format);
        for item in json["actions"][0]["items"].as_array().unwrap() {
            assert!(text.contains(item["id"].as_str().unwrap()), "{format}: {text}");
            for number in ["assigned", "seats", "short"] {
                assert!(text.contains(&item[number].to_string()), "{format}: {text}");
            }
        }
    }
    let csv = all("csv");
    let rows: Vec<_> = csv.lines().collect();
    assert_eq!(rows.len(), 4, "{csv}");
    assert!(rows[1].starts_with("\"2026-12-31T12:00:00Z\",\"shortage\",\"userType\",\"creatorUT\","), "{csv}");
}
