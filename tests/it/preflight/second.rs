//! The message of an action and the first line, read by themselves: sums are of one day, advice helps for as long as
//! it is needed, and replaced ids are named.

use serde_json::{Value, json};

use super::told::{FORMATS, Site, json, told};
use crate::common::seatline;

/// Two user types that are short from one day on, and worst on these two days.
fn worse(
    site: &Site,
    creators_worst: &'static str,
    viewers_worst: &'static str,
    viewers_again: &'static str,
) -> String {
    let creators = [(10, "2026-01-01"), (8, "2026-12-10"), (3, creators_worst), (0, "2029-01-01")];
    let viewers = [(20, "2026-01-01"), (15, "2026-12-10"), (0, viewers_worst), (20, viewers_again), (0, "2029-01-01")];
    let of = |id, steps: &[(u64, &'static str)]| {
        steps.iter().map(|(seats, day)| (id, json!(seats), *day)).collect::<Vec<_>>()
    };
    site.license("new.json", &[("userTypes", &[of("creatorUT", &creators), of("viewerUT", &viewers)].concat())])
}

#[test]
fn a_sum_says_of_which_day_it_is() {
    let site = Site::new();
    let members = site.members(&[("creatorUT", 9), ("viewerUT", 20)]);
    let to_do = |new: &str| json(new, &["--usage", &members])["actions"][0]["toDo"].as_str().unwrap().to_owned();
    let apart = to_do(&worse(&site, "2027-06-01", "2026-12-15", "2027-02-01"));
    let in_all = "get 7 seats of 2 user types, 22 by 2026-12-15 00:00, 27 in all by 2027-06-01 00:00 (not all at once: see each)";
    assert_eq!(apart, format!("{in_all}, or 29 members are locked out"));
    let together = to_do(&worse(&site, "2026-12-15", "2026-12-15", "2027-02-01"));
    assert_eq!(
        together,
        "get 7 seats of 2 user types, 27 in all by 2026-12-15 00:00 and 7 from 2027-02-01 00:00 on, or 29 members are locked out"
    );
    // The viewers have their seats again when the creators are worst.
    let steps = [("creatorUT", 8, "2026-12-10"), ("creatorUT", 3, "2027-06-01"), ("viewerUT", 15, "2026-12-10")];
    let mut entries = vec![("creatorUT", json!(10), "2026-01-01"), ("viewerUT", json!(20), "2026-01-01")];
    entries.extend(steps.map(|(id, seats, day)| (id, json!(seats), day)));
    entries.push(("viewerUT", json!(20), "2027-02-01"));
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let in_all = "get 7 seats of 2 user types, 12 in all by 2027-06-01 00:00 (not all at once: see each), ";
    assert!(to_do(&new).starts_with(in_all), "{}", to_do(&new));
    // Plans lock more members out, on different days.
    let plan = "kind,id,count,from\nuserType,creatorUT,5,2027-01-01\nuserType,viewerUT,5,2026-12-20\n";
    let plan = site.write("plan.csv", plan);
    let new = worse(&site, "2027-06-01", "2026-12-15", "2027-02-01");
    let planned = json(&new, &["--usage", &members, "--plan", &plan]);
    let headline = planned["headline"].as_str().unwrap();
    let in_all = "or 29 members are locked out, and perhaps 10 more by 2027-01-01 00:00";
    assert!(headline.contains(in_all), "{headline}");
}

#[test]
fn contradicting_counts_of_a_replaced_folder_cannot_be_relied_on() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(90), "2026-01-01")])]);
    let folder = site.path("portal");
    std::fs::create_dir(&folder).unwrap();
    let resource = json!({"version": "11.4", "currentRegisteredMembers": 40, "maximumRegisteredMembers": 90, "userTypes": [
        {"id": "creatorUT", "maximumRegisteredMembers": 90, "currentRegisteredMembers": 40, "expiration": 1_900_000_000_000_i64}
    ]});
    site.write("portal/license.json", &resource.to_string());
    let users = |number: usize| {
        let user = |nth| json!({"username": format!("c{nth}"), "userLicenseTypeId": "creatorUT", "role": "org_user"});
        let users: Vec<_> = (0..number).map(user).collect();
        let text = json!({"total": number, "start": 1, "num": number, "nextStart": -1, "users": users}).to_string();
        site.write("portal/users.json", &text);
    };
    let run = |option: &str, format: &str| {
        seatline(&["preflight", &new, option, &folder, "--as-of", "2026-11-26", "--no-policy", "-f", format])
    };
    users(40);
    assert_eq!(run("--over", "json").json()["members"], 40);
    users(2);
    for option in ["--over", "--usage"] {
        let text = run(option, "table");
        assert!(text.code == 3 && text.stdout.is_empty(), "{option}: {text:?}");
        assert!(text.stderr.contains("40 seats of the user type creatorUT are assigned here, and 2 in"), "{text:?}");
        let json = run(option, "json");
        let told = json.json();
        assert_eq!((json.code, &told["verdict"]), (3, &Value::Null), "{told:#}");
        assert_eq!(told["failures"].as_array().unwrap().len(), 1, "{told:#}");
    }
}

#[test]
fn a_license_that_ends_in_two_steps_is_looked_at_up_to_the_first() {
    let site = Site::new();
    let (new, late) = ("2026-01-01", "2027-12-31T12:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    let entry = |id: &str, seats: u64, at: i64| json!({"id": id, "maxUsers": seats, "startDate": at});
    let begin = format!("{new}T00:00:00Z").parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
    let noon = late.timestamp_millis();
    let user_types = [
        entry("creatorUT", 9, begin),
        entry("viewerUT", 9, begin),
        entry("creatorUT", 0, noon),
        entry("viewerUT", 0, noon + 12 * 3_600_000),
    ];
    let text = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": user_types}}}).to_string();
    let (new, members) = (site.write("new.json", &text), site.members(&[("viewerUT", 3)]));
    assert_eq!(json(&new, &["--usage", &members])["until"], "2027-12-31T11:59:59.999Z");
    for format in ["table", "markdown", "mail", "html"] {
        let said = told(format, &new, &["--usage", &members]);
        assert!(said.contains("looked at up to 2027-12-31 12:00, when the license begins to end"), "{format}: {said}");
        assert!(!said.contains("looked at until the license ends"), "{format}: {said}");
    }
}

#[test]
fn lines_of_a_plan_that_begin_later_are_told() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(9), "2026-01-01")])]);
    let plan = site.write("plan.csv", "kind,id,count,from\nuserType,creatorUT,120,2031-02-01\nuserType,creatorUT,5,\n");
    let asked = ["--nobody-yet", "--plan", &plan, "--until", "2028-01-01"];
    let report = json(&new, &asked);
    let line = json!([{"kind": "userType", "id": "creatorUT", "count": 120, "from": "2031-02-01T00:00:00Z"}]);
    assert_eq!((&report["verdict"], &report["laterPlan"]), (&json!("go"), &line), "{report:#}");
    let words = "planned to begin after the end of 2028-01-01, so not counted: 120 of the user type creatorUT from 2031-02-01 00:00";
    for format in ["table", "markdown", "mail", "html"] {
        let said = told(format, &new, &asked);
        assert!(said.contains(words), "{format}: {said}");
    }
    assert_eq!(json(&new, &asked[..3])["laterPlan"], json!([]));
}

#[test]
fn an_old_license_that_goes_on_longer_is_told() {
    let site = Site::new();
    let until = |name: &str, end: Option<&'static str>| {
        let end = end.map(|day| ("creatorUT", json!(0), day));
        let entries: Vec<_> = [("creatorUT", json!(9), "2026-01-01")].into_iter().chain(end).collect();
        site.license(name, &[("userTypes", &entries)])
    };
    let (early, late, open) =
        (until("early.json", Some("2027-01-01")), until("late.json", Some("2029-12-31")), until("open.json", None));
    let headline = |new: &str, old: &str| json(new, &["--over", old])["headline"].as_str().unwrap().to_owned();
    assert!(headline(&early, &late).ends_with("; the old license goes on until 2029-12-31 00:00"));
    assert!(headline(&early, &open).ends_with("; no end of the old license is stated, perhaps perpetual"));
    for (new, old) in [(&late, &early), (&late, &late), (&open, &late), (&open, &open)] {
        assert!(!headline(new, old).contains("old license"), "{}", headline(new, old));
    }
}

/// Seats that are spare only on the first day help nobody.
#[test]
fn members_are_moved_where_seats_are_spare_for_all_the_time() {
    let site = Site::new();
    let new = |editors: &'static str| {
        let entries = [
            ("creatorUT", json!(20), "2026-01-01"),
            ("viewerUT", json!(30), "2026-01-01"),
            ("creatorUT", json!(10), "2027-01-10"),
            ("viewerUT", json!(4), "2027-01-11"),
            ("creatorUT", json!(20), editors),
        ];
        site.license("new.json", &[("userTypes", &entries)])
    };
    let members = site.members(&[("creatorUT", 19)]);
    let told = |new: &str| {
        let report = json(new, &["--usage", &members]);
        let text = |name: &str| report["actions"][0][name].to_string();
        (text("toDo"), text("advice"))
    };
    let (to_do, advice) = told(&new("2027-03-01"));
    assert!(
        to_do.contains(
            "get 10 seats of Creator (creatorUT) until 2027-03-01 00:00, 4 fewer if as many members are moved, or"
        ),
        "{to_do}"
    );
    assert!(advice.contains("seats to spare that day: Viewer (viewerUT) 30 (4 from 2027-01-11 00:00)"), "{advice}");
    // The trouble ends before the spare seats are gone.
    let (to_do, advice) = told(&new("2027-01-11"));
    assert!(
        to_do.contains("get 10 seats of Creator (creatorUT) until 2027-01-11 00:00, or move as many members, or"),
        "{to_do}"
    );
    assert!(advice.contains("seats to spare that day: Viewer (viewerUT) 30\""), "{advice}");
}

/// A change later on the same day belongs to that day.
#[test]
fn seats_to_spare_that_day_are_those_of_the_day() {
    let site = Site::new();
    let advice = |viewers: &[(&'static str, Value, &'static str)]| {
        let mut entries = vec![
            ("creatorUT", json!(20), "2026-01-01"),
            ("creatorUT", json!(10), "2027-01-10T06:00:00Z"),
            ("creatorUT", json!(20), "2027-01-10T09:00:00Z"),
        ];
        entries.extend(viewers.iter().cloned());
        let new = site.license("new.json", &[("userTypes", &entries)]);
        json(&new, &["--usage", &site.members(&[("creatorUT", 19)])])["actions"][0]["advice"].to_string()
    };
    let gone = [("viewerUT", json!(30), "2026-01-01"), ("viewerUT", json!(4), "2027-01-10T12:00:00Z")];
    let told = advice(&gone);
    assert!(told.contains("seats to spare that day: Viewer (viewerUT) 30 (4 from 2027-01-10 12:00)"), "{told}");
    let told = advice(&[("viewerUT", json!(30), "2027-01-10T12:00:00Z")]);
    assert!(told.contains("no other user type has seats to spare at that time"), "{told}");
    let told = advice(&[("viewerUT", json!(30), "2027-01-11")]);
    assert!(told.contains("no other user type has seats to spare that day"), "{told}");
}

#[test]
fn the_event_of_a_day_is_called_by_the_worst() {
    let site = Site::new();
    let entries = [
        ("creatorUT", json!(20), "2026-01-01"),
        ("viewerUT", json!(30), "2026-01-01"),
        ("creatorUT", json!(19), "2027-01-10T06:00:00Z"),
        ("viewerUT", json!(0), "2027-01-10T12:00:00Z"),
    ];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let members = site.members(&[("creatorUT", 19), ("viewerUT", 30)]);
    let run =
        seatline(&["preflight", &new, "--usage", &members, "--as-of", "2026-11-26", "--no-policy", "-q", "-f", "ics"]);
    let events = crate::common::events(&run.stdout);
    let summaries: Vec<_> = events.values().map(|event| &event["summary"]).collect();
    let own: Vec<_> = summaries.iter().filter(|summary| summary.contains("more on this day")).collect();
    assert!(own.len() == 1 && own[0].contains("viewerUT"), "{summaries:?}");
}

#[test]
fn of_actions_due_together_the_first_locks_members_out() {
    let site = Site::new();
    let entry = |id: &'static str, seats: Value| (id, seats, "2026-01-01");
    let kinds = [
        ("userTypes", &[entry("creatorUT", json!(9)), entry("viewerUT", json!("many"))][..]),
        ("extensions", &[entry("geobim", json!(1))][..]),
    ];
    let (new, members) = (site.license("new.json", &kinds), site.members(&[("viewerUT", 3)]));
    let counts = site.write("extensions.csv", "key,count\ngeobim,4\n");
    let report = json(&new, &["--usage", &members, "--usage", &format!("extension={counts}")]);
    let actions = report["actions"].as_array().unwrap();
    let told: Vec<_> = actions.iter().map(|action| (action["cause"].as_str(), action["lockedOut"].as_u64())).collect();
    assert_eq!(told, [(Some("unreadable"), Some(3)), (Some("shortage"), Some(0))], "{report:#}");
    assert!(report["headline"].as_str().unwrap().starts_with("NO-GO: ask Esri what the license gives of"));
}

#[test]
fn a_list_of_another_license_is_what_must_be_given_anew() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(9), "2026-01-01")])]);
    let list = |ids: &[&str]| {
        let compatible: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        site.write("admins.json", &json!({"userTypes": compatible}).to_string())
    };
    let answer = |list: &str| json(&new, &["--nobody-yet", "--admins", list]);
    let foreign = answer(&list(&["GISProfessionalStdUT"]));
    let headline = foreign["headline"].as_str().unwrap();
    let words = "NO-GO: give the administrator list of this license: the given one probably belongs to another license";
    assert!(headline.starts_with(words), "{headline}");
    assert!(!foreign["actions"].to_string().contains("get seats"), "{foreign:#}");
    let both = answer(&list(&["GISProfessionalStdUT", "creatorUT"]));
    let headline = both["headline"].as_str().unwrap();
    let words = "GO, as far as is known: the administrator list probably belongs to another license; ";
    assert!(headline.starts_with(words), "{headline}");
}

#[test]
fn what_only_the_old_license_has_is_explained_by_its_lines() {
    let site = Site::new();
    let creators = ("creatorUT", json!(9), "2026-01-01");
    let new = site.license("new.json", &[("userTypes", std::slice::from_ref(&creators))]);
    let old = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": [
        {"id": "creatorUT", "maxUsers": 9, "startDate": 1_767_225_600_000_i64},
        {"id": "viewerUT", "maxUsers": 5, "startDate": 1_767_225_600_000_i64},
    ]}, "portalCapabilities": [{"id": "indoors", "startDate": 1_767_225_600_000_i64}]}});
    let text = serde_json::to_string_pretty(&old).unwrap();
    let old = site.write("old.json", &text);
    let report = json(&new, &["--over", &old]);
    let actions = report["actions"].as_array().unwrap();
    for (action, id) in actions.iter().zip(["viewerUT", "indoors"]) {
        let place = action["locations"][0].as_str().unwrap().to_owned();
        let line: usize = place.strip_prefix(&format!("{old}:")).unwrap().parse().unwrap();
        // The date is that of the entry.
        let entry = text.lines().position(|line| line.contains(id)).unwrap() + 1;
        assert!(line.abs_diff(entry) <= 2, "{id}: {line} and {entry}\n{text}");
        let why = action["why"].as_str().unwrap();
        // A shell of Windows gets a path with backslashes in quotation marks.
        let why = why.replace('"', "");
        assert_eq!(why, format!("seatline why {id} {old} --as-of 2026-11-26T00:00:00Z"));
        let run = seatline(&why.split(' ').skip(1).collect::<Vec<_>>());
        assert_eq!(run.code, 0, "{run:?}");
    }
    assert_eq!(actions.len(), 2, "{report:#}");
    // An annotation of the new file cannot point to a line of the old one.
    assert!(!told("github", &new, &["--over", &old]).contains(",line="));
}

#[test]
fn advice_is_of_what_can_be_done() {
    let site = Site::new();
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(9), "2026-01-01")])]);
    let plan = site.write("plan.csv", "kind,id,count\nuserType,creatorUT,12\n");
    let to_do = json(&new, &["--nobody-yet", "--plan", &plan])["actions"][0]["toDo"].as_str().unwrap().to_owned();
    assert!(to_do.starts_with("get 3 seats of Creator (creatorUT) or plan fewer, or"), "{to_do}");
    let policy = "portal-version = \"11.3\"\n[levels]\nversion-mismatch = \"error\"\n[[item]]\nkind = \"userType\"\n\
                  id = \"creatorUT\"\nforbidden = true\n";
    let policy = site.write("seatline.toml", policy);
    let run =
        seatline(&["preflight", &new, "--nobody-yet", "--as-of", "2026-11-26", "--policy", &policy, "-f", "json"]);
    let report = run.json();
    let to_do = |cause: &str| {
        let mut actions = report["actions"].as_array().unwrap().iter();
        actions.find(|action| action["cause"] == cause).unwrap()["toDo"].as_str().unwrap().to_owned()
    };
    assert!(to_do("policy").starts_with("the policy is not met: creatorUT: it is forbidden"), "{}", to_do("policy"));
    let advice = "get the file for your portal's version from My Esri, or correct portal-version in the policy: ";
    assert!(to_do("version").starts_with(advice), "{}", to_do("version"));
}

#[test]
fn a_capability_that_ends_with_the_license_is_not_asked_for() {
    let site = Site::new();
    let (begin, end) = (1_767_225_600_000_i64, 1_796_860_800_000_i64);
    let entry = |seats: u64, at: i64| json!({"id": "creatorUT", "maxUsers": seats, "startDate": at});
    let license = |name: &str, capability_end: i64| {
        let capability = json!({"id": "indoors", "startDate": begin, "endDate": capability_end});
        let user_types = [entry(9, begin), entry(0, end)];
        let text = json!({"MyEsri": {
            "version": "11.4", "provision": {"userTypes": user_types}, "portalCapabilities": [capability]
        }});
        site.write(name, &text.to_string())
    };
    let old = license("old.json", end);
    let to_do = |capability_end: i64| {
        let report = json(&license("new.json", capability_end), &["--over", &old]);
        let mut actions = report["actions"].as_array().unwrap().iter();
        actions.find(|action| action["cause"] == "lost").unwrap()["toDo"].as_str().unwrap().to_owned()
    };
    assert_eq!(to_do(end - 3_600_000), "import the license that follows: this one ends, and with it indoors");
    assert!(to_do(end - 48 * 3_600_000).starts_with("ask Esri for what the old license gives of indoors"));
    for format in FORMATS {
        let said = told(format, &license("new.json", end), &["--over", &old]);
        assert!(
            said.contains("this one ends, and with it indoors") && !said.contains("ask Esri for"),
            "{format}: {said}"
        );
    }
}
