//! The changes, ends, doubts and left-out accounts in a mail, and in the tables beside it.

use std::fs;

use serde_json::{Value, json};

use crate::common::seatline;

const NOW: i64 = 1_704_067_200_000; // 2024-01-01
const GAP: [i64; 4] = [1_801_440_000_000, 1_802_217_600_000, 1_803_859_200_000, 1_804_636_800_000]; // 2027-02-01 … 2027-03-10
const RISE: i64 = 1_798_761_600_000; // 2027-01-01
const SOON: i64 = 1_798_718_400_000; // 2026-12-31 12:00
const END: i64 = 1_893_412_800_000; // 2029-12-31 12:00
const AS_OF: [&str; 4] = ["--as-of", "2026-11-26", "--width", "200"];

type Steps<'s> = &'s [(&'s str, &'s [(Value, i64)])];

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn license(&self, name: &str, user_types: Steps<'_>) -> String {
        let entry = |id: &str, (seats, at): &(Value, i64)| json!({"id": id, "maxUsers": seats, "startDate": at});
        let entries: Vec<_> =
            user_types.iter().flat_map(|(id, steps)| steps.iter().map(|step| entry(id, step))).collect();
        let define = |(id, _): &(&str, _)| json!({"id": id, "name": id, "level": "2"});
        let definitions: Vec<_> = user_types.iter().map(define).collect();
        let license = json!({"MyEsri": {
            "version": "11.3", "definitions": {"userTypes": definitions}, "provision": {"userTypes": entries},
        }});
        self.file(name, &license.to_string())
    }
}

fn steps(steps: &[(u64, i64)]) -> Vec<(Value, i64)> {
    steps.iter().map(|(seats, at)| (json!(seats), *at)).collect()
}

/// The words of a text, without its line breaks.
#[track_caller]
fn run(arguments: &[&str]) -> String {
    let policy: &[&str] = if arguments[0] == "preflight" { &["--no-policy"] } else { &[] };
    let run = seatline(&[arguments, &AS_OF, policy].concat());
    assert!(run.code < 2, "{run:?}");
    run.words()
}

#[track_caller]
fn mail(arguments: &[&str]) -> String {
    run(&[&["preflight"], arguments, &["-f", "mail"]].concat())
}

#[track_caller]
fn assert_told(text: &str, told: &[&str]) {
    for words in told {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn a_later_rise_and_another_end_are_changes() {
    let folder = Folder::new();
    let long = steps(&[(100, NOW), (0, END)]);
    let rising = steps(&[(100, NOW), (500, RISE), (0, END)]);
    let short = steps(&[(100, NOW), (0, SOON)]);
    let long_old = folder.license("long.json", &[("creatorUT", &long), ("viewerUT", &long)]);
    let new = folder.license("rising.json", &[("creatorUT", &rising), ("viewerUT", &long)]);
    let text = mail(&[&new, "--over", &long_old]);
    assert_told(
        &text,
        &[
            "100 seats before, 100 at the import: no change; later 500 from 2027-01-01 00:00 (400 more)",
            "other items that do not change, at the import or later: 1",
        ],
    );
    let new = folder.license("short.json", &[("creatorUT", &short), ("viewerUT", &short)]);
    let text = mail(&[&new, "--over", &long_old]);
    assert!(!text.contains("do not change"), "{text}");
    assert_eq!(text.matches("no change; ends 2026-12-31 12:00 instead of 2029-12-31 12:00").count(), 2, "{text}");
    // The old license gives more later.
    let new = folder.license("flat.json", &[("creatorUT", &long), ("viewerUT", &long)]);
    let old = folder.license("old-rising.json", &[("creatorUT", &rising), ("viewerUT", &long)]);
    let text = mail(&[&new, "--over", &old]);
    assert_told(&text, &["from 2027-01-01 00:00 100 instead of 500 in the old license"]);
    let table = run(&["preflight", &new, "--over", &old]);
    assert_told(&table, &["creatorUT creatorUT – 100, later 500 100 not less"]);
}

#[test]
fn a_difference_to_what_is_not_certain_is_not_known() {
    let folder = Folder::new();
    let new = folder.license("new.json", &[("creatorUT", &steps(&[(100, NOW), (0, END)]))]);
    let doubtful = [(json!("1OO"), NOW), (json!(0), END)];
    let old = folder.license("old.json", &[("creatorUT", &doubtful)]);
    for (new, old) in [(&new, &old), (&old, &new)] {
        let text = mail(&[new, "--over", old]);
        assert_told(&text, &["(not certain)", ": the difference is not known"]);
        assert!(!text.contains(" more;") && !text.contains("no change"), "{text}");
    }
}

#[test]
fn nothing_is_known_of_a_license_without_provision() {
    let folder = Folder::new();
    let license = json!({"MyEsri": {
        "version": "11.3", "provision": null,
        "definitions": {"userTypes": [{"id": "creatorUT", "name": "Creator", "level": "2"}]},
    }});
    let path = folder.file("license.json", &license.to_string());
    let text = mail(&[&path, "--nobody-yet"]);
    assert_told(
        &text,
        &[
            "what the file gives of user types, at the import or later, is not certain",
            "1. Esri Customer Service, before the import",
        ],
    );
    assert!(!text.contains("no user type has seats"), "{text}");
}

#[test]
fn a_mail_names_the_end_and_a_look_that_stops_before_it() {
    let folder = Folder::new();
    let path = folder.license("license.json", &[("creatorUT", &steps(&[(100, NOW), (0, 1_797_768_000_000)]))]);
    let text = mail(&[&path, "--nobody-yet", "--until", "2026-12-10"]);
    let (subject, rest) = text.split_once(" Hello, ").unwrap();
    assert!(
        subject.ends_with("ends on 2026-12-20 12:00, in 24 days, looked at only until the end of 2026-12-10"),
        "{text}"
    );
    assert_told(
        rest,
        &[
            "In short: nothing was found that must be done. The license ends for everybody on 2026-12-20 12:00, in 24 days; \
             looked at only until the end of 2026-12-10, as was asked",
        ],
    );
}

#[test]
fn the_administrator_list_is_asked_of_administrators() {
    let folder = Folder::new();
    let path = folder.license("license.json", &[("partnerUT", &steps(&[(100, NOW), (0, END)]))]);
    let text = mail(&[&path, "--nobody-yet"]);
    assert_told(&text, &["1. Our portal's administrators, before the import", "give the administrator list"]);
    let json: Value = serde_json::from_str(&run(&["preflight", &path, "--nobody-yet", "-f", "json"])).unwrap();
    assert_eq!(json["actions"][0]["addressee"], "administrators", "{json}");
}

#[test]
fn what_follows_a_gap_is_told() {
    let folder = Folder::new();
    let [from, to, again, back] = GAP;
    let long = steps(&[(5, NOW), (0, END)]);
    let members =
        folder.file("members.csv", "username,userLicenseTypeId,role\na,creatorUT,org_admin\nb,viewerUT,org_user\n");
    let refall = steps(&[(5, NOW), (0, from), (5, to), (0, again)]);
    let new = folder.license("refall.json", &[("creatorUT", &long), ("viewerUT", &refall)]);
    let ends = "none from 2027-02-01 00:00 to 2027-02-10 00:00, then 5, ends 2027-03-01 00:00";
    assert_told(&run(&["preflight", &new, "--usage", &members]), &[ends]);
    assert_told(&run(&["preflight", &new, "--usage", &members, "-f", "markdown"]), &[ends]);
    let gaps = steps(&[(5, NOW), (0, from), (5, to), (0, again), (5, back), (0, END)]);
    let new = folder.license("gaps.json", &[("creatorUT", &long), ("viewerUT", &gaps)]);
    let second = "then 5; a second gap from 2027-03-01 00:00 to 2027-03-10 00:00, ends 2029-12-31 12:00";
    let old = folder.license("old.json", &[("creatorUT", &long), ("viewerUT", &long)]);
    assert_told(&mail(&[&new, "--over", &old, "--usage", &members]), &[second]);
    let fit = run(&["fit", &new, "--usage", &members]);
    assert_told(
        &fit,
        &[
            "not from 2027-02-01 00:00 to 2027-02-10 00:00: 1 user type, 1 member locked out; and again from 2027-03-01 00:00",
            "again up to 1 short from 2027-03-01 00:00 to 2027-03-10 00:00",
        ],
    );
}

#[test]
fn later_lines_of_the_plan_and_who_was_left_out_are_told() {
    let folder = Folder::new();
    let new = folder.license("license.json", &[("creatorUT", &steps(&[(3, NOW), (0, END)]))]);
    let members = folder.file(
        "members.csv",
        "username,userLicenseTypeId,role\na,creatorUT,org_admin\nb,creatorUT,org_user\nesri_nav,creatorUT,org_user\n",
    );
    let plan = folder.file("plan.csv", "kind,id,count,from\nuserType,creatorUT,5,2027-02-01\n");
    let arguments = ["preflight", &new, "--usage", &members, "--plan", &plan, "--exclude", "b"];
    let excluded = "left out as was asked: b";
    let built_in = "left out as built-in accounts of the portal: esri_nav";
    assert_told(&run(&arguments), &["1, 5 planned later", excluded, built_in]);
    assert_told(&mail(&arguments[1..]), &[excluded, built_in]);
    let json: Value = serde_json::from_str(&run(&[&arguments[..], &["-f", "json"]].concat())).unwrap();
    let accounts = |reason: &str, username: &str| json!({"reason": reason, "usernames": [username]});
    assert_eq!(json["leftOut"], json!([accounts("built-in", "esri_nav"), accounts("excluded", "b")]), "{json}");
    let fit = run(&["fit", &new, "--usage", &members, "--exclude", "b"]);
    assert_told(&fit, &[excluded, built_in]);
}

#[test]
fn the_reason_of_the_horizon_is_named() {
    let folder = Folder::new();
    let far = folder.license("far.json", &[("creatorUT", &steps(&[(3, NOW), (0, 5_680_281_600_000)]))]);
    assert_told(
        &run(&["preflight", &far, "--nobody-yet"]),
        &["looked at until 2150-01-01 00:00, which perhaps stands for no end"],
    );
    let open = folder.license("open.json", &[("creatorUT", &steps(&[(3, NOW)]))]);
    assert_told(
        &run(&["preflight", &open, "--nobody-yet"]),
        &["looked at until 2027-11-26 00:00, a year after the import"],
    );
    let soon = folder.license("soon.json", &[("creatorUT", &steps(&[(3, NOW), (0, SOON)]))]);
    assert_told(
        &run(&["preflight", &soon, "--nobody-yet", "--lead", "P60D"]),
        &["looked at until 2027-01-25 00:00, the end of the lead time"],
    );
}

#[test]
fn words_about_doubt_say_from_when_on() {
    let folder = Folder::new();
    let doubtful = [(json!(20), NOW), (json!(30), NOW), (json!(40), RISE), (json!(0), END)];
    let old = folder.license("old.json", &[("creatorUT", &doubtful)]);
    let new = folder.license("new.json", &[("creatorUT", &steps(&[(20, NOW), (40, RISE), (0, END)]))]);
    let text = run(&["diff", &old, &new]);
    assert!(!text.contains("OLD is certain until 2026-11-26 00:00"), "{text}");
    assert_told(&text, &["OLD is not certain at the as-of"]);
    let by_date = run(&["timeline", &old, "--by", "date"]);
    assert_told(&by_date, &["20 ? 40"]);
}

#[test]
fn a_bar_shows_what_holds_after_the_last_change() {
    let folder = Folder::new();
    let path = folder.license("license.json", &[("viewerUT", &steps(&[(200, NOW), (50, RISE)]))]);
    for width in ["200", "60"] {
        let run = seatline(&["timeline", &path, "--as-of", "2027-01-01", "--width", width]);
        assert!(run.stdout.contains("█│▁"), "{}", run.stdout);
        let run = seatline(&["timeline", &path, "--as-of", "2028-01-01", "--width", width]);
        assert!(run.stdout.contains("▁│▁"), "{}", run.stdout);
    }
}

#[test]
fn what_is_lost_besides_seats_is_a_change_with_its_lines() {
    let folder = Folder::new();
    let document = |seats: u64, capability: Value| {
        json!({"MyEsri": {"version": "11.3",
            "provision": {"userTypes": [{"id": "creatorUT", "maxUsers": seats, "startDate": NOW}]},
            "portalCapabilities": capability}})
    };
    let given = json!([{"id": "open", "startDate": NOW, "endDate": END}]);
    let old = folder.file("old.json", &serde_json::to_string_pretty(&document(5, given)).unwrap());
    let new = folder.file("new.json", &serde_json::to_string_pretty(&document(5, json!([]))).unwrap());
    let text = mail(&[&new, "--over", &old]);
    assert_told(
        &text,
        &["- capability open: ", "lost, capability open: ", "The lines of the files", "old.json, line "],
    );
    // Nothing else changes.
    assert_told(&text, &["other items that do not change, at the import or later: 1"]);
}

#[test]
fn two_licenses_of_one_source_are_told_apart_by_their_files() {
    let folder = Folder::new();
    let envelope = |name: &str| {
        let document = json!({"MyEsri": {"version": "11.3",
            "provision": {"userTypes": [{"id": "creatorUT", "maxUsers": 5, "startDate": NOW}]}}});
        folder.file(name, &json!({"source": "https://p/portal", "document": document}).to_string())
    };
    let (old, new) = (envelope("old.json"), envelope("new.json"));
    let text = mail(&[&new, "--over", &old]);
    assert_told(
        &text,
        &[&format!("license file https://p/portal ({new})"), &format!("in place of https://p/portal ({old})")],
    );
}
