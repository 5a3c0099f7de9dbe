//! Verdicts read by themselves.

use serde_json::{Value, json};

use super::case::ms;
use crate::common::{Run, seatline};

/// Files in a folder of their own.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, document: &Value) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, document.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn diff(old: &str, new: &str, as_of: &str) -> Run {
    seatline(&["diff", old, new, "--as-of", as_of])
}

fn last_line(run: &Run) -> &str {
    run.stdout.lines().last().unwrap_or_default()
}

fn user_types(entries: &[(&str, u64, i64)]) -> Value {
    let entries = entries.iter().map(|(id, seats, hour)| json!({"id": id, "maxUsers": seats, "startDate": ms(*hour)}));
    json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": entries.collect::<Vec<_>>()}}})
}

const CASES: &str = "tests/fixtures/diff";
const CURRENT: &str = "samples/renewal/old.json";
const HALVED: &str = "samples/renewal/new.json";

fn case(name: &str) -> String {
    format!("{CASES}/{name}.json")
}

#[test]
fn a_renewal_that_halves_is_shown_falling() {
    let run = diff(CURRENT, HALVED, "2026-11-30");
    assert_eq!(run.code, 0);
    for fall in ["120 → 60", "30 → 15", "300 → 150"] {
        assert!(run.stdout.contains(&format!("{fall} on 2026-12-31 12:00")), "{run:?}");
    }
    let verdict =
        "NEW gives at every later time at least what OLD gives; NEW itself falls: 3 user types on 2026-12-31 12:00";
    assert_eq!(last_line(&run), verdict);
    let after = diff(CURRENT, HALVED, "2027-01-30");
    assert_eq!((after.code, last_line(&after)), (0, "OLD ended on 2026-12-31 12:00; nothing is left to compare"));
}

#[test]
fn swapped_files_are_told() {
    let run = diff(HALVED, CURRENT, "2026-11-30");
    assert_eq!(run.code, 1);
    assert!(
        last_line(&run).ends_with("; OLD and NEW look swapped: everything of NEW ends before OLD begins to differ")
    );
    // A renewal without the present term, given as OLD.
    let files = Files::new();
    let current = files.write("current.json", &user_types(&[("creatorUT", 5, 0), ("creatorUT", 0, 10)]));
    let renewal = files.write("renewal.json", &user_types(&[("creatorUT", 9, 10), ("creatorUT", 0, 20)]));
    let is_told = |old: &str, new: &str| diff(old, new, &ms(1).to_string()).stdout.contains("look swapped");
    assert!(is_told(&renewal, &current) && !is_told(&current, &renewal));
    // Fewer seats for a while are no sign of swapped files.
    let less = files.write("less.json", &user_types(&[("creatorUT", 4, 0), ("creatorUT", 0, 10)]));
    let longer = files.write("longer.json", &user_types(&[("creatorUT", 5, 0), ("creatorUT", 0, 20)]));
    assert!(!is_told(&longer, &less));
}

#[test]
fn a_gap_is_no_end_and_names_stand_beside_ids() {
    let run =
        seatline(&["diff", &case("current"), &case("renewal-with-gap"), "--as-of", "2026-11-30", "--width", "200"]);
    let line = |start: &str| run.stdout.lines().find(|line| line.starts_with(start)).unwrap_or_default();
    assert!(line("editorUT").contains("Contributor"), "{run:?}");
    let gap = "NEW 40, none from 2026-12-31 12:00 to 2027-01-15 12:00, then 45, ends 2029-12-31 12:00";
    let words = run.words();
    assert!(words.contains(gap), "{run:?}");
    assert!(run.stdout.contains("8; ends 2029-12-31 12:00 instead of 2026-12-31 12:00"), "{run:?}");
    let falls = "NEW itself falls: 2 user types and 1 app on 2026-12-31 12:00, 1 user type on 2028-06-30 12:00";
    assert!(last_line(&run).ends_with(falls), "{run:?}");
}

#[test]
fn each_thing_less_is_told() {
    for (name, reason, message) in [
        ("bundle-lost-an-app", "app-lost", "ab: without the app workforce from 2024-01-01 00:00 on, for ever"),
        (
            "entitlement-20-to-5",
            "entitlement-lost",
            "utilityNetwork: entitlement utilityNetwork: 5 instead of 20 from 2024-01-01 00:00 on, for ever",
        ),
        ("type-not-defined", "definition-lost", "creatorUT: has seats and is not defined any more"),
        ("plain-definition", "includes-lost", "creatorUT: does not include utilityNetwork any more"),
    ] {
        let run = seatline(&["diff", &case("old"), &case(name), "--as-of", "2024-01-01", "-f", "json"]);
        let report = run.json();
        let finding = &report["findings"][0];
        assert_eq!((run.code, &finding["reason"], &finding["message"]), (1, &json!(reason), &json!(message)));
    }
}

#[test]
fn unpublished_capabilities_are_told_and_not_judged() {
    let files = Files::new();
    let license = |capabilities: Value| {
        let mut license = user_types(&[("creatorUT", 5, 0)]);
        license["MyEsri"]["capabilities"] = capabilities;
        license
    };
    let old = files.write("old.json", &license(json!("esriA;esriB")));
    let new = files.write("new.json", &license(json!("esriA")));
    let run = diff(&old, &new, &ms(1).to_string());
    assert_eq!((run.code, last_line(&run)), (0, "1 item unchanged"));
    let note = "MyEsri.capabilities was \"esriA;esriB\" and is \"esriA\": nobody has published what that means";
    assert!(run.stdout.contains(note) && !run.stdout.contains("nothing changes"), "{run:?}");
}

#[test]
fn the_words_nothing_changes_stand_alone() {
    let run = diff(&case("old"), &case("old"), "2024-01-01");
    assert_eq!((run.code, last_line(&run)), (0, "nothing changes"));
    // Both licenses fall, and the answer says so.
    let run = diff(HALVED, HALVED, "2026-11-30");
    assert!(run.stdout.contains("NEW itself falls") && !run.stdout.contains("nothing changes"), "{run:?}");
}

#[test]
fn doubt_is_that_of_its_own_side() {
    let run = diff(&case("old-certain"), &case("conflict-in-2026"), "2024-01-01");
    assert!(run.stdout.contains("   10   10  OLD 10, no end stated\n"), "{run:?}");
    assert!(run.stdout.contains("NEW 10 → 20 on 2026-03-11 00:00 ?, no end stated ?\n"), "{run:?}");
    // An administrator cannot rely on seats that are not certain.
    let verdict = "NEW gives less than OLD: 1 loss, from 2026-03-11 00:00 on (user types that are certainly usable for \
                   administrators); and 1 place in NEW cannot be read plainly";
    assert_eq!((run.code, last_line(&run)), (1, verdict));
    let viewers = |text: &str| {
        let text = std::fs::read_to_string(case(text)).unwrap().replace("creatorUT", "viewerUT");
        let mut file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        file
    };
    let (old, new) = (viewers("old-certain"), viewers("conflict-in-2026"));
    let run = diff(old.path().to_str().unwrap(), new.path().to_str().unwrap(), "2024-01-01");
    let verdict = "it is not certain that NEW gives at least what OLD gives: 1 place in NEW cannot be read plainly";
    assert_eq!((run.code, last_line(&run)), (1, verdict));
}

#[test]
fn advanced_editing_takes_the_place_of_what_it_replaces() {
    let text = std::fs::read_to_string(case("new-11.5-advediting")).unwrap();
    let new: Value = serde_json::from_str(&text).unwrap();
    let files = Files::new();
    for (seats, version, code) in [(8, "11.5", 0), (9, "11.2", 0), (7, "11.5", 1), (4, "11.5", 1), (8, "11.1", 1)] {
        let mut new = new.clone();
        new["MyEsri"]["version"] = json!(version);
        new["MyEsri"]["provision"]["extensions"][0]["maxUsers"] = json!(seats);
        let new = files.write("new.json", &new);
        let run = diff(&case("old-11.1-un-pf"), &new, "2026-06-01");
        assert_eq!(run.code, code, "{seats} seats, {version}: {run:?}");
        let row =
            |id: &str| {
                seatline(&["diff", &case("old-11.1-un-pf"), &new, "--as-of", "2026-06-01", "-f", "json"])
            .json()["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap()["replacedBy"].clone()
            };
        if version == "11.1" {
            assert_eq!(row("utilityNetwork"), Value::Null);
            continue;
        }
        assert_eq!(row("utilityNetwork"), json!({"id": "advediting", "perhaps": false}));
        assert_eq!(row("parcelFabric"), json!({"id": "advediting", "perhaps": true}));
        if code == 0 {
            let verdict = "NEW gives at every later time at least what OLD gives (advediting perhaps takes the place of parcelFabric)";
            assert_eq!(last_line(&run), verdict);
        } else {
            let lost =
                format!("advediting: {seats} seats instead of 8 (perhaps parcelFabric 4, utilityNetwork 4) from");
            assert!(run.stdout.contains(&lost), "{run:?}");
        }
    }
    // The successor must be included wherever a retired extension was.
    let mut without = new;
    without["MyEsri"]["definitions"]["userTypes"][1]["extensions"] = json!([]);
    let run = diff(&case("old-11.1-un-pf"), &files.write("without.json", &without), "2026-06-01");
    let lost = "GISProfessionalStdUT: does not include parcelFabric, utilityNetwork any more";
    assert!(run.code == 1 && run.stdout.contains(lost), "{run:?}");
}

#[test]
fn what_a_license_resource_does_not_tell_is_not_judged() {
    let files = Files::new();
    let resource = json!({"userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 5, "expiration": ms(10)}]});
    let resource = files.write("resource.json", &resource);
    let mut license = user_types(&[("creatorUT", 5, 0), ("creatorUT", 0, 10)]);
    license["MyEsri"]["portalCapabilities"] = json!([{"id": "indoors", "startDate": ms(0)}]);
    license["MyEsri"]["definitions"] = json!({"userTypes": [{"id": "creatorUT", "name": "Creator"}]});
    let run = diff(&resource, &files.write("new.json", &license), &ms(1).to_string());
    let verdict = "NEW gives at every later time at least what OLD gives, as far as the portal tells";
    assert!(run.code == 0 && run.stdout.contains(&format!("\n{verdict}\n")), "{run:?}");
    assert!(run.stdout.contains("not judged, because a license resource does not tell them: capabilities"), "{run:?}");
    assert!(!run.stdout.contains("indoors") && !run.stdout.contains("defined now"), "{run:?}");
}

#[test]
fn an_input_that_cannot_be_read_is_answered_in_json_too() {
    for arguments in [["nowhere.json", HALVED], [HALVED, "nowhere.json"], ["nowhere.json", "neither.json"]] {
        let run = seatline(&[&["diff", "-f", "json"], &arguments[..]].concat());
        let report = run.json();
        crate::common::assert_schema("diff", &report);
        assert_eq!((run.code, &report["nothingLost"], &report["items"]), (3, &Value::Null, &json!([])), "{report:#}");
        let unread = arguments.iter().filter(|name| !name.contains('/')).count();
        assert_eq!(report["failures"].as_array().unwrap().len(), unread, "{report:#}");
    }
}

#[test]
fn an_end_after_2100_may_be_none() {
    let files = Files::new();
    // viewerUT ends before the license, which is a fall.
    let entry = |id: &str, seats: u64, at: i64| json!({"id": id, "maxUsers": seats, "startDate": at});
    let (begin, early, late) = (1_767_225_600_000, 5_364_662_400_000, 5_680_281_600_000);
    let types = [
        entry("creatorUT", 5, begin),
        entry("creatorUT", 0, late),
        entry("viewerUT", 5, begin),
        entry("viewerUT", 0, early),
    ];
    let document = json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": types}}});
    let (old, new) = (files.write("old.json", &document), files.write("new.json", &document));
    let run = diff(&old, &new, "2026-12-01");
    assert!(run.words().contains("1 user type on 2140-01-01 00:00 (no end stated, perhaps perpetual)"), "{run:?}");
    let run = seatline(&["fit", &new, "--nobody-yet", "--as-of", "2026-12-01"]);
    let first = run.stdout.lines().next().unwrap_or_default();
    assert!(
        first.contains("2150-01-01 00:00 (no end stated, perhaps perpetual)") && !first.contains(" days"),
        "{run:?}"
    );
}
