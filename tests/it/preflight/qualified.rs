//! What qualifies a verdict stands in its first line and among what is not known, in every format; and what an action asks for
//! can be done.

use serde_json::json;

use super::told::{FORMATS, Site, json, told};
use crate::common::seatline;

#[test]
fn a_successor_that_is_only_inferred_is_named() {
    let site = Site::new();
    let types = [("creatorUT", json!(9), "2026-01-01")];
    let old =
        site.license("old.json", &[("userTypes", &types), ("extensions", &[("parcelFabric", json!(3), "2026-01-01")])]);
    let new =
        site.license("new.json", &[("userTypes", &types), ("extensions", &[("advediting", json!(9), "2026-01-01")])]);
    let report = json(&new, &["--over", &old]);
    assert_eq!(report["verdict"], "go");
    let clause = "that advediting takes the place of parcelFabric is inferred, not published";
    let headline = report["headline"].as_str().unwrap();
    assert!(headline.starts_with(&format!("GO, as far as is known: {clause}; ")), "{headline}");
    assert!(
        report["unknown"]
            .to_string()
            .contains("parcelFabric is retired, and that advediting takes its place is inferred")
    );
    for format in FORMATS.into_iter().filter(|format| *format != "ics") {
        assert!(told(format, &new, &["--over", &old]).contains(clause), "{format}");
    }
}

#[test]
fn a_file_for_another_version_is_no_plain_go() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(9), "2026-01-01")])]);
    let policy = site.write("seatline.toml", "portal-version = \"11.1\"\n");
    let arguments = ["preflight", &new, "--nobody-yet", "--as-of", "2026-11-26", "-q", "--policy", &policy];
    for format in ["table", "markdown", "github", "mail", "json"] {
        let run = seatline(&[&arguments[..], &["-f", format, "--width", "400"]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        let text = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("the portal perhaps refuses the file, which is for another version"), "{format}: {text}");
    }
}

#[test]
fn built_in_accounts_that_would_change_the_verdict_qualify_it() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(1), "2026-01-01")])]);
    let members = "username,userLicenseTypeId,role\nada,creatorUT,org_admin\nesri_nav,creatorUT,org_user\n";
    let members = site.write("members.csv", members);
    let report = json(&new, &["--usage", &members]);
    let headline = report["headline"].as_str().unwrap();
    let clause = "built-in accounts of the portal were not counted, with which it would be otherwise";
    assert!(report["verdict"] == "go" && headline.contains(clause), "{headline}");
    assert!(told("github", &new, &["--usage", &members]).contains(clause));
}

#[test]
fn a_larger_count_is_told_and_the_list_counts_the_members() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(2), "2026-01-01")])]);
    let members =
        site.write("members.csv", "username,userLicenseTypeId,role\nada,creatorUT,org_admin\nbob,creatorUT,org_user\n");
    let counts =
        site.write("counts.json", &json!({"results": [{"key": "creatorUT", "count": 3}], "nextStart": -1}).to_string());
    let report = json(&new, &["--usage", &members, "--usage", &counts]);
    assert_eq!((&report["members"], &report["actions"][0]["items"][0]["assigned"]), (&json!(2), &json!(3)));
    assert!(report["unknown"].to_string().contains("and the larger count is taken"), "{}", report["unknown"]);
}

#[test]
fn lines_of_a_plan_after_the_look_prolong_no_shortage() {
    let site = Site::new();
    let entries = [
        ("creatorUT", json!(9), "2026-01-01"),
        ("creatorUT", json!(1), "2026-12-01"),
        ("creatorUT", json!(9), "2027-02-01"),
    ];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let members = site.members(&[("creatorUT", 4)]);
    let plan = site.write("plan.csv", "kind,id,count,from\nuserType,creatorUT,20,2027-01-15\n");
    let rest = ["--usage", &members, "--plan", &plan, "--until", "2026-12-10"];
    let item = &json(&new, &rest)["actions"][0]["items"][0];
    assert_eq!((&item["short"], &item["to"]), (&json!(4), &json!("2027-02-01T00:00:00Z")));
    assert!(told("table", &new, &rest).contains("4 short, 4 locked out, until 2027-02-01 00:00"));
}

#[test]
fn a_time_without_administrators_says_until_when() {
    let site = Site::new();
    let entries = [
        ("creatorUT", json!(9), "2026-01-01"),
        ("creatorUT", json!(0), "2026-12-01"),
        ("creatorUT", json!(9), "2027-02-01"),
    ];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let text = told("table", &new, &["--nobody-yet"]);
    let words = "get seats of a user type that an administrator can have: none is usable until 2027-02-01 00:00";
    assert!(text.contains(words), "{text}");
}

/// An administrator cannot be moved to a user type that is not compatible with the role.
#[test]
fn administrators_are_not_among_those_to_move() {
    let site = Site::new();
    let to_spare = |id: &str| {
        let entries = [
            ("creatorUT", json!(9), "2026-01-01"),
            ("creatorUT", json!(1), "2027-02-01"),
            ("viewerUT", json!(1), "2026-01-01"),
            (id, json!(20), "2026-01-02"),
        ];
        site.license("new.json", &[("userTypes", &entries)])
    };
    let members =
        "username,userLicenseTypeId,role\nada,creatorUT,org_admin\nbob,creatorUT,org_admin\neve,viewerUT,org_user\n";
    let members = site.write("members.csv", members);
    let to_do = |new: &str| json(new, &["--usage", &members])["actions"][0]["toDo"].as_str().unwrap().to_owned();
    assert_eq!(to_do(&to_spare("viewerUT")), "get 1 seat of Creator (creatorUT)");
    let professional = "get 1 seat of Creator (creatorUT) or move one member";
    assert_eq!(to_do(&to_spare("GISProfessionalStdUT")), professional);
}

#[test]
fn seats_to_spare_that_an_earlier_action_may_take_are_said_to_be_so() {
    let site = Site::new();
    let entries = [
        ("creatorUT", json!(3), "2026-01-01"),
        ("viewerUT", json!(5), "2026-01-01"),
        ("viewerUT", json!(3), "2027-03-01"),
        ("editorUT", json!(5), "2026-01-01"),
        ("editorUT", json!(3), "2027-03-02"),
    ];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let members = site.members(&[("viewerUT", 5), ("editorUT", 5)]);
    let report = json(&new, &["--usage", &members]);
    let advice = |action: usize| report["actions"][action]["advice"].to_string();
    let clause = "these are to spare if nobody is moved for what is due before";
    assert!(!advice(0).contains(clause) && advice(1).contains(clause), "{} {}", advice(0), advice(1));
}

/// Where the license lacks an item, its list is the place to look at.
#[test]
fn what_the_license_lacks_has_a_place() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(9), "2026-01-01")])]);
    let report = json(&new, &["--usage", &site.members(&[("editorUT", 2)])]);
    assert_eq!(report["actions"][0]["locations"], json!([format!("{new}:1")]), "{report:#}");
}
