//! Refusals: one cause makes one problem, and its message says what to do.

use serde_json::{Value, json};

use super::portal::{Portal, license_of, problems, report_of};

const SEATS: [(&str, u64); 4] =
    [("creatorUT", 10), ("GISProfessionalStdUT", 10), ("viewerUT", 10), ("storytellerUT", 10)];

/// Members, of whom `boss` and `chief` are administrators; `chief` has a role that only this site has.
const MEMBERS: [&str; 5] = [
    "boss,creatorUT,org_admin",
    "chief,creatorUT,aBcDeF123",
    "Ann,creatorUT,org_user",
    "bob,viewerUT,org_user",
    "cem,creatorUT,org_publisher",
];

/// The only problem of the report.
fn only(report: &Value) -> (String, String) {
    let problems = problems(report);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(report["batches"], json!([]));
    (problems[0].0.to_owned(), problems[0].1.to_owned())
}

fn refused(moves: &[&str], arguments: &[&str]) -> (String, String) {
    only(&Portal::new(&SEATS, &MEMBERS, moves).report(arguments))
}

fn possible(moves: &[&str], arguments: &[&str]) -> Value {
    let report = Portal::new(&SEATS, &MEMBERS, moves).report(arguments);
    assert_eq!(report["possible"], true, "{report:#}");
    report
}

#[track_caller]
fn assert_says((code, message): (String, String), expected: &str, words: &[&str]) {
    assert_eq!(code, expected, "{message}");
    for word in words {
        assert!(message.contains(word), "{word:?} is not in {message:?}");
    }
}

#[test]
fn a_user_nobody_knows() {
    assert_says(refused(&["dora,viewerUT"], &[]), "unknown-user", &["no member is called dora", "moves.csv:2"]);
    assert_says(refused(&["dora,viewerUT", "dora,creatorUT"], &[]), "unknown-user", &["moves.csv:2"]);
    assert_says(refused(&["Ann,viewerUT", "ann,viewerUT"], &[]), "unknown-user", &["moves.csv:3", "did you mean Ann?"]);
}

#[test]
fn a_user_type_nobody_knows() {
    assert_says(refused(&["Ann,standardUT"], &[]), "unknown-type", &["the license has no user type standardUT"]);
    assert_says(refused(&["Ann,viwerUT", "cem,viwerUT"], &[]), "unknown-type", &["did you mean viewerUT?"]);
    assert_says(refused(&["Ann,ViewerUT"], &[]), "unknown-type", &["viewerUT", "another case"]);
    // The same for an administrator: the type is the only mistake.
    assert_says(refused(&["boss,ViewerUT"], &[]), "unknown-type", &["viewerUT", "another case"]);
    let portal = Portal::new(&SEATS, &MEMBERS, &[]);
    let map = |map: &str| only(&report_of(&portal.run(&["--map", map, "-f", "json"])));
    assert_says(map("creatorut=viewerUT"), "unknown-type", &["creatorut is held by nobody", "did you mean creatorUT?"]);
    assert_says(map("viewerUT=creatorut"), "unknown-type", &["no user type creatorut", "creatorUT"]);
}

#[test]
fn a_user_type_without_seats() {
    let portal = Portal::new(&SEATS, &MEMBERS, &["Ann,viewerUT", "cem,viewerUT"]);
    let (before, after) = (1_600_000_000_000_i64, 1_830_384_000_000_i64);
    let entry = |id: &str, seats: i64, start: i64| json!({"id": id, "maxUsers": seats, "startDate": start});
    let creator = entry("creatorUT", 10, before);
    portal.write("license.json", &license_of(&[creator.clone(), entry("viewerUT", 7, after)]));
    assert_says(only(&portal.report(&[])), "no-seats", &["viewerUT has no seats", "it has 7 from 2028-01-02 00:00 on"]);
    portal.write(
        "license.json",
        &license_of(&[creator.clone(), entry("viewerUT", 7, before), entry("viewerUT", 0, before + 1)]),
    );
    let (code, message) = only(&portal.report(&[]));
    assert_eq!((code.as_str(), message.as_str()), ("no-seats", "viewerUT has no seats on the day"));
    portal.write(
        "license.json",
        &license_of(&[creator.clone(), entry("viewerUT", 7, before), entry("viewerUT", 9, before)]),
    );
    assert_says(only(&portal.report(&[])), "seats-not-certain", &["viewerUT", "seatline check"]);
    portal.write("license.json", &license_of(&[creator, entry("viewerUT", -1, before)]));
    assert_says(only(&portal.report(&[])), "seats-not-certain", &["viewerUT"]);
}

#[test]
fn an_administrator_to_a_type_without_the_role() {
    let to_viewer = refused(&["boss,viewerUT"], &[]);
    assert_says(to_viewer, "administrator-type", &["boss", "org_admin", "viewerUT", "not compatible"]);
    let to_storyteller = refused(&["boss,storytellerUT"], &[]);
    assert_says(to_storyteller, "administrator-type", &["storytellerUT", "nobody says", "administrator list"]);
    possible(&["boss,GISProfessionalStdUT"], &[]);
    possible(&["chief,viewerUT"], &[]);
    let named = refused(&["chief,viewerUT"], &["--admin-role", "aBcDeF123"]);
    assert_says(named, "administrator-type", &["chief", "role aBcDeF123", "viewerUT"]);
    // The member who signs in to change user types is an administrator, whatever the list says.
    assert_says(refused(&["cem,viewerUT"], &["--last", "cem"]), "administrator-type", &["cem", "signs in"]);
}

#[test]
fn an_administrator_list_decides() {
    let portal = Portal::new(&SEATS, &MEMBERS, &["boss,storytellerUT"]);
    let list = portal.write("list.json", r#"{"userTypes": [{"id": "storytellerUT"}]}"#);
    assert_eq!(portal.report(&["--admins", &list])["possible"], true);
    portal.write("list.json", r#"{"userTypes": [{"id": "creatorUT"}]}"#);
    assert_says(only(&portal.report(&["--admins", &list])), "administrator-type", &["boss", "not compatible"]);
}

#[test]
fn nobody_left_to_administer() {
    let left = |members: &[&str], moves: &[&str]| Portal::new(&SEATS, members, moves).report(&[]);
    // Roles are unknown: each member with a type for administrators may be one.
    let roleless = ["a,creatorUT,", "b,creatorUT,", "c,viewerUT,"];
    let all = ["a,viewerUT", "b,viewerUT"];
    assert_says(only(&left(&roleless, &all)), "no-administrator-left", &["nobody would be left"]);
    let one = left(&roleless, &all[..1]);
    assert_eq!(one["possible"], true);
    let notes = one["notes"].to_string();
    assert!(notes.contains("1 member whose role is or may be an administrator's would get viewerUT"), "{notes}");
    // Roles are known: an ordinary member does not count, and the administrator cannot be moved. One cause is one
    // problem.
    let known = ["a,creatorUT,org_admin", "b,creatorUT,org_user"];
    assert_says(only(&left(&known, &["a,viewerUT"])), "administrator-type", &["a is an administrator"]);
    assert_eq!(left(&known, &["b,viewerUT"])["possible"], true);
    // Where there was no administrator before, the plan need not leave one.
    assert_eq!(left(&["a,viewerUT,"], &["a,storytellerUT"])["possible"], true);
    // A disabled account cannot sign in.
    let portal = Portal::new(&SEATS, &[], &["a,viewerUT"]);
    let members = |disabled: bool| {
        format!("username,userLicenseTypeId,role,disabled\na,creatorUT,,false\nb,creatorUT,,{disabled}\n")
    };
    portal.write("members.csv", &members(false));
    assert_eq!(portal.report(&[])["possible"], true);
    portal.write("members.csv", &members(true));
    assert_says(only(&portal.report(&[])), "no-administrator-left", &["sign in"]);
}

#[test]
fn two_targets() {
    let twice = refused(&["Ann,viewerUT", "Ann,storytellerUT"], &[]);
    assert_says(twice, "two-targets", &["Ann", "viewerUT", "moves.csv:2", "storytellerUT", "moves.csv:3"]);
    let portal = Portal::new(&SEATS, &MEMBERS, &["Ann,viewerUT"]);
    let more = portal.write("more.csv", "username,userType\nAnn,storytellerUT\n");
    assert_says(only(&portal.report(&["--moves", &more])), "two-targets", &["moves.csv:2", "more.csv:2"]);
    portal.write("moves.csv", "username,userType\nbob,storytellerUT\n");
    let mapped = only(&portal.report(&["--map", "viewerUT=creatorUT"]));
    assert_says(mapped, "two-targets", &["bob", "moves.csv:2", "map viewerUT=creatorUT"]);
    // One of the two targets is the type that the member has; these are still two.
    assert_says(refused(&["Ann,creatorUT", "Ann,viewerUT"], &[]), "two-targets", &["Ann"]);
    let same = portal.report(&["--map", "viewerUT=storytellerUT"]);
    assert_eq!((&same["possible"], &same["moves"]), (&json!(true), &json!(1)));
}

#[test]
fn who_is_there_already_is_not_moved() {
    let report = possible(&["Ann,creatorUT", "bob,viewerUT"], &[]);
    assert_eq!((&report["moves"], &report["unchanged"], &report["batches"]), (&json!(0), &json!(2), &json!([])));
    // The type need not have seats, nor be in the license.
    let portal = Portal::new(&[("viewerUT", 1)], &MEMBERS, &["Ann,creatorUT"]);
    assert_eq!(portal.report(&[])["possible"], true);
    // A map from a type that nobody has moves nobody.
    assert_eq!(report_of(&portal.run(&["--map", "viewerUT=viewerUT", "-f", "json"]))["unchanged"], 1);
}

#[test]
fn the_one_who_signs_in_must_be_a_member() {
    let typed = refused(&["Ann,viewerUT"], &["--last", "BOSS"]);
    assert_says(typed, "unknown-user", &["no member is called BOSS (who is to be moved last)", "did you mean boss?"]);
    assert_says(refused(&[], &["--last", "nobody"]), "unknown-user", &["nobody"]);
    possible(&["Ann,viewerUT"], &["--last", "boss"]);
}

#[test]
fn too_few_seats_in_the_end() {
    let members = ["a,creatorUT,", "b,creatorUT,", "c,creatorUT,", "d,viewerUT,", "e,GISProfessionalStdUT,"];
    let moves = ["a,viewerUT", "b,viewerUT", "c,viewerUT"];
    let report = |seats: u64| {
        let types = [("creatorUT", 3), ("viewerUT", seats), ("GISProfessionalStdUT", 1)];
        Portal::new(&types, &members, &moves).report(&[])
    };
    assert_says(only(&report(2)), "ends-short", &["viewerUT ends up 2 seats short", "4 members for 2 seats"]);
    assert_says(only(&report(3)), "ends-short", &["viewerUT ends up 1 seat short", "4 members for 3 seats"]);
    assert_eq!(report(2)["problems"][0]["userTypes"], json!(["viewerUT"]));
}

#[test]
fn a_closed_group_and_its_cures() {
    let ids = ["creatorUT", "viewerUT", "storytellerUT"];
    let members = ["a,creatorUT,", "b,viewerUT,", "c,storytellerUT,", "d,GISProfessionalStdUT,"];
    let ring = ["a,viewerUT", "b,storytellerUT", "c,creatorUT"];
    let report = |spare: Option<usize>| {
        let mut seats: Vec<_> = ids.iter().map(|id| (*id, 1)).collect();
        seats.push(("GISProfessionalStdUT", 9));
        if let Some(spare) = spare {
            seats[spare].1 += 1;
        }
        Portal::new(&seats, &members, &ring).report(&[])
    };
    let (code, message) = only(&report(None));
    assert_says((code, message), "deadlock", &["creatorUT", "viewerUT", "storytellerUT", "one spare seat"]);
    assert!(!only(&report(None)).1.contains("GISProfessionalStdUT"));
    for spare in 0..3 {
        assert_eq!(report(Some(spare))["batches"].as_array().unwrap().len(), 3);
    }
    assert_eq!(report(Some(3))["possible"], false, "a seat that nobody of them comes to is no help");
}

#[test]
fn an_over_assigned_type_in_a_closed_group() {
    // viewerUT has a member too many, who takes the only free seat of creatorUT; then all types are full.
    let seats = [("creatorUT", 2), ("viewerUT", 1), ("storytellerUT", 1)];
    let members = ["a,creatorUT,", "b,viewerUT,", "c,viewerUT,", "d,storytellerUT,"];
    let moves = ["b,creatorUT", "a,viewerUT", "d,creatorUT", "c,storytellerUT"];
    let deadlock = only(&Portal::new(&seats, &members, &moves).report(&[]));
    assert_says(deadlock, "deadlock", &["creatorUT", "storytellerUT", "viewerUT is over-assigned", "one spare seat"]);
    let cured = Portal::new(&[seats[0], ("viewerUT", 2), seats[2]], &members, &moves).report(&[]);
    assert_eq!((&cured["possible"], cured["notes"].as_array().unwrap().len()), (&true.into(), 2), "{cured:#}");
}

#[test]
fn where_there_is_no_way_back_is_said() {
    let portal = Portal::new(&[("creatorUT", 9)], &["a,goneUT,org_user", "b,goneUT,org_user"], &["a,creatorUT"]);
    let report = portal.report(&[]);
    assert_eq!(report["notes"][1], "goneUT has 2 members for 0 seats: not all who leave it can get it back");
}

#[test]
fn the_last_one_holds_the_seat() {
    let seats = [("creatorUT", 1), ("GISProfessionalStdUT", 2)];
    let members = ["me,creatorUT,org_admin", "you,GISProfessionalStdUT,org_user"];
    let portal = Portal::new(&seats, &members, &["me,GISProfessionalStdUT", "you,creatorUT"]);
    assert_eq!(portal.report(&[])["possible"], true);
    let held = only(&portal.report(&["--last", "me"]));
    assert_says(held, "held-by-last", &["me signs in", "creatorUT", "one spare seat"]);
    assert_eq!(portal.report(&["--last", "me"])["problems"][0]["username"], "me");
    assert_eq!(portal.report(&["--last", "you"])["possible"], true);
}

#[test]
fn each_cause_is_told_once() {
    let moves = ["dora,viewerUT", "Ann,nowhereUT", "cem,nowhereUT", "boss,viewerUT", "bob,creatorUT"];
    let report = Portal::new(&SEATS, &MEMBERS, &moves).report(&[]);
    let codes: Vec<_> = problems(&report).iter().map(|problem| problem.0.to_owned()).collect();
    assert_eq!(codes, ["unknown-user", "unknown-type", "administrator-type"]);
    for format in ["table", "markdown", "csv", "python"] {
        let run = Portal::new(&SEATS, &MEMBERS, &moves).moves(&["-f", format, "--color", "never"]);
        let text =
            [run.stdout.replace(['\\', '`'], ""), run.stderr].concat().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!((run.code, text.matches("no member is called dora").count()), (1, 1), "{text}");
        assert_eq!(text.matches("no user type nowhereUT").count(), 1, "{text}");
    }
}

#[test]
fn somebody_is_left_to_administer_while_moves_are_made() {
    // Ann and Bob may be administrators. Ann is to lose that, and Bob to get it; in this order nobody would be left
    // in between.
    let members = ["Ann,creatorUT,", "bob,viewerUT,"];
    let moves = ["Ann,viewerUT", "bob,creatorUT"];
    let report = |creators: u64, viewers: u64| {
        Portal::new(&[("creatorUT", creators), ("viewerUT", viewers)], &members, &moves).report(&[])
    };
    let users = |report: &Value| {
        report["batches"].as_array().unwrap().iter().map(|one| one["users"][0].clone()).collect::<Vec<_>>()
    };
    let possible = report(2, 2);
    assert_eq!((&possible["possible"], users(&possible)), (&json!(true), vec![json!("bob"), json!("Ann")]));
    // With one seat of Creator Ann has to go first.
    let gap = only(&report(1, 2));
    assert_says(gap, "no-administrator-left", &["after request 1", "nobody would be left"]);
}

#[test]
fn however_the_role_of_an_administrator_is_written() {
    for role in ["org_admin", "account_admin", "Administrator", "administrator"] {
        let members = [format!("boss,creatorUT,{role}"), "joe,creatorUT,org_user".to_owned()];
        let members: Vec<_> = members.iter().map(String::as_str).collect();
        let report = Portal::new(&SEATS, &members, &["boss,viewerUT"]).report(&[]);
        assert_says(only(&report), "administrator-type", &["boss is an administrator", role]);
    }
    // It is unknown whether a custom role is an administrator's. The last member who may be an administrator stays
    // nevertheless.
    let custom = ["boss,creatorUT,GISLead", "joe,creatorUT,Publisher", "eve,creatorUT,iAAAAAAAAAAAAAAA"];
    let report = Portal::new(&SEATS, &custom, &["boss,viewerUT"]).report(&[]);
    assert_says(only(&report), "no-administrator-left", &["nobody would be left"]);
    // Built-in accounts own content and do not administer.
    let built_in = ["boss,creatorUT,GISLead", "esri_nav,creatorUT,org_admin"];
    let report = Portal::new(&SEATS, &built_in, &["boss,viewerUT"]).report(&[]);
    assert_says(only(&report), "no-administrator-left", &["nobody would be left"]);
}

#[test]
fn a_user_type_that_ends_soon_is_told() {
    let day = |days: i64| 1_798_761_600_000 + days * 86_400_000; // 2027-01-01
    let entry = |id: &str, seats: u64, at: i64| json!({"id": id, "maxUsers": seats, "startDate": at});
    let notes = |steps: &[(u64, i64)]| {
        let portal = Portal::new(&[], &["Ann,viewerUT,org_user"], &["Ann,creatorUT"]);
        let mut entries = vec![entry("viewerUT", 5, day(-90)), entry("creatorUT", 10, day(-90))];
        entries.extend(steps.iter().map(|(seats, days)| entry("creatorUT", *seats, day(*days))));
        portal.write("license.json", &license_of(&entries));
        let report = portal.report(&[]);
        assert_eq!(report["possible"], true);
        report["notes"]
            .as_array()
            .unwrap()
            .iter()
            .skip(1)
            .map(|note| note.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(&[(0, 1)]), ["creatorUT, which 1 member would get, ends on 2027-01-02 00:00 (in 24 hours)"]);
    assert_eq!(notes(&[(0, 30)]), ["creatorUT, which 1 member would get, ends on 2027-01-31 00:00 (in 30 days)"]);
    assert_eq!(notes(&[(0, 31)]), [""; 0]);
    assert_eq!(notes(&[(12, 3), (11, 6)]).len(), 1, "11 are more than now, and a fall all the same");
    assert_eq!(
        notes(&[(3, 10)]),
        ["creatorUT, which 1 member would get, has 3 seats instead of 10 from 2027-01-11 00:00 on (in 10 days)"]
    );
    assert_eq!(
        notes(&[(0, 10), (5, 80)]),
        ["creatorUT, which 1 member would get, has no seats from 2027-01-11 00:00 (in 10 days) to 2027-03-22 00:00"]
    );
    assert_eq!(
        notes(&[(3, 10), (4, 10)]),
        ["creatorUT, which 1 member would get, has seats that are not certain from 2027-01-11 00:00 on (in 10 days)"]
    );
}
