//! What the replaced license resource or folder counts: it is used as far as it goes, and what is missing is told.

use serde_json::{Value, json};

use crate::common::{Run, seatline};
use crate::inputs::write;

/// 2025-01-01, and 2029-03-15.
const BEGIN: i64 = 1_735_689_600_000;
const END: i64 = 1_868_270_400_000;

/// A license with these user types and extensions.
fn license(user_types: &[(&str, u64)], extensions: &[(&str, u64)]) -> String {
    let entries = |items: &[(&str, u64)]| {
        let entry = |(id, seats): &(&str, u64)| {
            [(*seats, BEGIN), (0, END)].map(|(seats, start)| json!({"id": id, "maxUsers": seats, "startDate": start}))
        };
        items.iter().flat_map(entry).collect::<Vec<_>>()
    };
    let provision = json!({"userTypes": entries(user_types), "extensions": entries(extensions)});
    json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string()
}

/// A license resource: the number of all members, and the items of a list: id, seats, and how many are assigned.
fn resource(all: Value, user_types: &[(&str, u64, Option<u64>)], extensions: &[(&str, u64, Option<u64>)]) -> Value {
    let list = |items: &[(&str, u64, Option<u64>)]| {
        let entry = |(id, seats, assigned): &(&str, u64, Option<u64>)| {
            let mut entry = json!({"id": id, "maximumRegisteredMembers": seats, "expiration": END});
            if let Some(assigned) = assigned {
                entry["currentRegisteredMembers"] = json!(assigned);
            }
            entry
        };
        items.iter().map(entry).collect::<Vec<_>>()
    };
    json!({"version": "11.1", "currentRegisteredMembers": all, "userTypes": list(user_types),
        "extensions": list(extensions), "appBundles": [], "apps": []})
}

fn over(new: &str, old: &str, more: &[&str]) -> Run {
    seatline(&[&["preflight", new, "--over", old, "--as-of", "2027-01-10", "--no-policy", "-q"], more].concat())
}

fn item<'v>(items: &'v Value, id: &str) -> &'v Value {
    items.as_array().unwrap().iter().find(|item| item["id"] == id).unwrap()
}

#[test]
fn the_counts_that_a_license_resource_carries_are_used_and_the_missing_ones_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let new = write(&folder, "new.json", license(&[("creatorUT", 50), ("viewerUT", 90)], &[]));
    let types = |viewers| [("creatorUT", 70, Some(50)), ("viewerUT", 100, viewers)];
    let old = write(&folder, "old.json", resource(json!(140), &types(None), &[]).to_string());
    let json = over(&new, &old, &["-f", "json"]).json();
    assert_eq!(item(&json["items"], "creatorUT")["assigned"], 50, "{json:#}");
    assert_eq!(item(&json["items"], "creatorUT")["fits"], true, "the count is needed, not the 70 seats: {json:#}");
    let viewers = &json["actions"][0]["items"][0];
    let told = ["id", "assigned", "old", "seats", "short"].map(|name| viewers[name].clone());
    assert_eq!(told, [json!("viewerUT"), Value::Null, json!(100), json!(90), json!(10)], "{json:#}");
    assert_eq!(json["members"], Value::Null, "90 were not counted");
    let short = format!("90 of the 140 members in {old} were not counted");
    assert!(json["headline"].as_str().unwrap().contains(&short), "{json:#}");
    let why = "currentRegisteredMembers is 140, and the user types account for 50";
    assert!(json["unknown"].to_string().contains(why), "{json:#}");
    // So it is in the other formats, and with nothing on stderr.
    for format in ["table", "markdown", "html", "mail"] {
        let run = over(&new, &old, &["-f", format]);
        assert!(run.words().replace('`', "").contains(&short) && run.stderr.is_empty(), "{format}: {run:?}");
    }
    // Nobody says how many members there are, and one user type has no count.
    let old = write(&folder, "old.json", resource(Value::Null, &types(None), &[]).to_string());
    let json = over(&new, &old, &["-f", "json"]).json();
    assert!(json["headline"].as_str().unwrap().contains("not all user types in"), "{json:#}");
    assert!(json["unknown"].to_string().contains("the user type viewerUT has no currentRegisteredMembers"), "{json:#}");
    // Everybody is counted.
    let old = write(&folder, "old.json", resource(json!(140), &types(Some(90)), &[]).to_string());
    let json = over(&new, &old, &["-f", "json"]).json();
    assert_eq!((&json["verdict"], &json["members"]), (&json!("go"), &json!(140)), "{json:#}");
    assert!(!json["headline"].to_string().contains("counted"), "{json:#}");
}

#[test]
fn a_list_of_a_fetched_folder_that_lacks_a_page_is_told_and_the_counts_beside_it_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let new = write(&folder, "new.json", license(&[("creatorUT", 50), ("viewerUT", 90)], &[]));
    std::fs::create_dir(folder.path().join("saved")).unwrap();
    let user = json!({"username": "ann", "userLicenseTypeId": "creatorUT", "role": "org_admin"});
    let page = json!({"total": 140, "start": 1, "num": 1, "nextStart": 2, "users": [user]});
    write(&folder, "saved/members.json", page.to_string());
    let saved = folder.path().join("saved");
    let told = |counts: Option<u64>, assigned: Value| {
        let types = [("creatorUT", 70, counts), ("viewerUT", 100, counts)];
        let all = counts.map_or(Value::Null, |count| json!(2 * count));
        write(&folder, "saved/license.json", resource(all, &types, &[]).to_string());
        let json = over(&new, saved.to_str().unwrap(), &["-f", "json"]).json();
        assert_eq!(item(&json["items"], "creatorUT")["assigned"], assigned, "{json:#}");
        assert!(json["headline"].as_str().unwrap().contains("members.json counts could not be used"), "{json:#}");
        assert!(json["unknown"].to_string().contains("a page is missing"), "{json:#}");
        json
    };
    let json = told(Some(40), json!(40));
    assert_eq!(json["verdict"], "go", "{json:#}");
    assert!(!json["usage"].to_string().contains("members.json"), "{json:#}");
    assert_eq!(told(None, Value::Null)["verdict"], "no-go", "the 70 seats of the old license are needed");
    let mail = over(&new, saved.to_str().unwrap(), &["-f", "mail"]).words();
    assert!(mail.contains("70 in the old license, and no count that can be used says who needs them"), "{mail}");
}

#[test]
fn counts_that_contradict_each_other_are_exit_3_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let new = write(&folder, "new.json", license(&[("creatorUT", 50)], &[]));
    for (all, contradicts) in [(5, true), (32, true), (33, false), (39, false), (40, false)] {
        let old = resource(json!(all), &[("creatorUT", 70, Some(40))], &[]);
        let old = write(&folder, "old.json", old.to_string());
        let message = format!("currentRegisteredMembers is {all}, and the user types account for 40");
        for more in [&["--over", &old][..], &["--usage", &old], &["--over", &old, "--usage", &old]] {
            let begin = ["preflight", &new, "--as-of", "2027-01-10", "--no-policy", "-q", "-f", "json"];
            let run = seatline(&[&begin[..], more].concat());
            let json = run.json();
            assert_eq!(run.code, if contradicts { 3 } else { 0 }, "{all}: {run:?}");
            let list = if contradicts { "failures" } else { "unknown" };
            assert_eq!(json[list].to_string().contains(&message), all < 40, "{all}: {json:#}");
        }
        let fit = seatline(&["fit", &new, "--usage", &old, "--as-of", "2027-01-10", "-q"]);
        assert_eq!(fit.code, if contradicts { 3 } else { 0 }, "{all}: {fit:?}");
        assert_eq!(fit.words().contains(&message), !contradicts && all < 40, "{all}: {fit:?}");
    }
}

#[test]
fn a_need_of_which_one_part_was_counted_is_told_in_its_two_parts() {
    let folder = tempfile::tempdir().unwrap();
    let new = write(&folder, "new.json", license(&[("creatorUT", 9)], &[("advediting", 5)]));
    let old = |own: Option<u64>, retired: Option<u64>| {
        let extensions = [("advediting", 5, own), ("utilityNetwork", 4, retired)];
        write(&folder, "old.json", resource(json!(9), &[("creatorUT", 9, Some(9))], &extensions).to_string())
    };
    let told = |old: &str| {
        let json = over(&new, old, &["-f", "json"]).json();
        let item = &json["actions"][0]["items"][0];
        let numbers = ["assigned", "old", "seats", "short"].map(|name| item[name].as_u64());
        (numbers, json["actions"][0]["message"].as_str().unwrap().to_owned())
    };
    let (numbers, message) = told(&old(None, Some(1)));
    assert_eq!(numbers, [Some(1), Some(5), Some(5), Some(1)], "{message}");
    assert!(
        message.contains("advediting: 5 in the old license and 1 assigned of utilityNetwork, 5 seats"),
        "{message}"
    );
    let (numbers, message) = told(&old(Some(3), None));
    assert_eq!(numbers, [Some(3), Some(4), Some(5), Some(2)], "{message}");
    assert!(
        message.contains("advediting: 4 in the old license of utilityNetwork and 3 assigned, 5 seats"),
        "{message}"
    );
    // Of one sort, there is nothing to tell apart.
    let (numbers, message) = told(&old(Some(5), Some(1)));
    assert_eq!(numbers, [Some(6), None, Some(5), Some(1)], "{message}");
    assert!(message.contains("advediting: 6 assigned, 5 seats"), "{message}");
    let (numbers, message) = told(&old(None, None));
    assert_eq!(numbers, [None, Some(9), Some(5), Some(4)], "{message}");
    assert!(message.contains("advediting: 9 in the old license, 5 seats"), "{message}");
    let run = over(&new, &old(None, Some(1)), &["-f", "csv"]);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let titles: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |title: &str| row[titles.iter().position(|other| other == title).unwrap()].to_owned();
    assert_eq!(["assigned", "old", "seats", "short"].map(cell), ["1", "5", "5", "1"]);
}
