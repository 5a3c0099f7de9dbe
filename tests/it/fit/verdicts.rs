//! Verdicts read by themselves: the first line of an answer must not mislead.

use super::files::{Files, item};
use crate::common::{Run, seatline};

fn fixture(name: &str) -> String {
    format!("tests/fixtures/verdicts/{name}")
}

/// `seatline fit LICENSE` with these arguments.
fn fit(license: &str, arguments: &[&str]) -> Run {
    seatline(&[&["fit", &fixture(license)][..], arguments].concat())
}

fn first_line(run: &Run) -> &str {
    run.stdout.lines().next().unwrap_or_default()
}

#[test]
fn a_renewal_that_halves_is_told_at_every_as_of_before() {
    let usage = fixture("members-for-halved-renewal.csv");
    let expected = "fits at first; not from 2026-12-31 12:00 on: 3 user types, 387 members locked out (looked at until the \
                    license ends, 2029-12-31 12:00)";
    for as_of in ["2024-06-01", "2026-11-30", "2026-12-31 11:00", "2026-12-31 11:59:59.999"] {
        let run = fit("renewal-halves.json", &["--usage", &usage, "--as-of", as_of]);
        assert_eq!((run.code, first_line(&run)), (1, expected), "{as_of}");
    }
    let run = fit("renewal-halves.json", &["--usage", &usage, "--as-of", "2026-12-31 12:00"]);
    let now = "does not fit: 3 user types, 387 members locked out (looked at until the license ends, 2029-12-31 12:00)";
    assert_eq!((run.code, first_line(&run)), (1, now));
    let run = fit("renewal-halves.json", &["--usage", &usage, "--as-of", "2026-11-30", "--until", "2026-12-30"]);
    let given = "fits until the end of 2026-12-30; the license ends for everybody on 2029-12-31 12:00, in 1127 days";
    assert_eq!((run.code, first_line(&run)), (0, given));
    assert!(run.stdout.contains("50 short from 2026-12-31 12:00: 60 seats for 110"), "{}", run.stdout);
}

#[test]
fn a_gap_is_told_with_its_end() {
    let usage = fixture("members-of-six-types.csv");
    let run = fit("renewal-with-gap-and-drop.json", &["--usage", &usage, "--as-of", "2026-11-30"]);
    let expected = "fits at first; not from 2026-12-31 12:00 on: 2 user types, 45 members (perhaps 17 more) locked out; 1 more item later";
    assert!(run.code == 1 && first_line(&run).starts_with(expected), "{}", run.stdout);
    for fact in [
        "33 short from 2026-12-31 12:00 to 2027-01-15 12:00: no seats for 33",
        "1 short from 2026-12-31 12:00: 28 seats for 29",
    ] {
        assert!(run.stdout.contains(fact), "{fact}: {}", run.stdout);
    }
    assert!(run.stdout.contains("aBcD123 (67 members)"), "a role that nobody knows is named: {}", run.stdout);
}

#[test]
fn a_license_that_ends_in_an_hour_says_so() {
    let files = Files::new();
    let usage = files.add("members.csv", "username,userLicenseTypeId,role\na,creatorUT,org_user\n");
    let run = fit("ends.json", &["--usage", &usage, "--as-of", "2024-04-09 23:00"]);
    let expected = "fits until the license ends for everybody on 2024-04-10 00:00, in 1 hour";
    assert_eq!((run.code, first_line(&run)), (0, expected));
}

#[test]
fn a_plan_on_top_of_what_nobody_counted_is_not_known_to_fit() {
    let plan = fixture("plan-40-creators.csv");
    let run = fit("renewal-with-gap-and-drop.json", &["--plan", &plan, "--as-of", "2026-11-30"]);
    let expected = "not known whether it fits: 40 seats of 1 user type are planned, and nobody counted how many are assigned today";
    assert!(run.code == 1 && first_line(&run).starts_with(expected), "{}", run.stdout);
    let usage = fixture("members-of-six-types.csv");
    let run = fit("renewal-with-gap-and-drop.json", &["--usage", &usage, "--plan", &plan, "--as-of", "2026-11-30"]);
    assert!(first_line(&run).starts_with("fits at first; not from 2026-12-01 00:00 on: 1 user type"), "{}", run.stdout);
    // A plan line that begins after the last instant looked at is shown, and not counted.
    let until = ["--usage", &usage, "--plan", &plan, "--as-of", "2026-11-30", "--until", "2026-11-30"];
    let run = fit("renewal-with-gap-and-drop.json", &until);
    let later = "planned to begin after the end of 2026-11-30, so not counted: 40 of the user type creatorUT";
    assert!(run.code == 0 && run.stdout.contains(later), "{}", run.stdout);
}

#[test]
fn moves_come_first_and_what_stands_against_them_is_said() {
    let files = Files::new();
    let moves = files.add("moves.csv", "username,userType\na,creatorUT\n");
    let usage = files.add("members.csv", "username,userLicenseTypeId,role\na,viewerUT,org_user\n");
    let run = |license: &str, usage: &str, moves: &str| {
        fit(license, &["--usage", usage, "--moves", moves, "--as-of", "2024-01-01"])
    };
    let ends = run("moves-target-ends-tomorrow.json", &usage, &moves);
    assert!(
        first_line(&ends).starts_with("fits at first; not from 2024-01-02 00:00 on: 1 user type, 1 member"),
        "{ends:?}"
    );
    assert!(
        ends.stdout.contains("creatorUT, which 1 member would get, ends on 2024-01-02 00:00 (in 24 hours)"),
        "{ends:?}"
    );
    // A move of the last administrator.
    let boss = files.add("boss.csv", "username,userType\nboss,viewerUT\n");
    for (role, why) in [("Administrator", "boss is an administrator"), ("", "nobody would be left")] {
        let text = format!("username,userLicenseTypeId,role\nboss,creatorUT,{role}\njoe,creatorUT,org_user\n");
        let run = run("moves-license.json", &files.add("members.csv", text), &boss);
        assert!(
            first_line(&run).contains("`seatline moves` refuses these moves") && first_line(&run).contains(why),
            "{run:?}"
        );
    }
    // With a mistake in the moves the answer has no numbers.
    let usage = files.add("members.csv", "username,userLicenseTypeId,role\na,viewerUT,org_user\n");
    for (rows, why) in [
        ("A,creatorUT", "no member is called A (PLACE:2); did you mean a?"),
        ("a,creatorUT\na,viewerUT", "a is to have creatorUT (PLACE:2) and viewerUT (PLACE:3)"),
    ] {
        let moves = files.add("wrong.csv", format!("username,userType\n{rows}\n"));
        let run = run("moves-license.json", &usage, &moves);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains(&why.replace("PLACE", &moves)), "{why}: {}", run.stderr);
    }
    let counts = files.add("counts.json", r#"{"results": [{"key": "viewerUT", "count": 1}], "nextStart": -1}"#);
    let run = run("moves-license.json", &counts, &moves);
    assert!(run.code == 2 && run.stderr.contains("give a list of members"), "{run:?}");
    // Where only counts are known, whole user types can be moved.
    let map = ["--usage", &counts, "--map", "viewerUT=creatorUT", "--as-of", "2024-01-01", "-f", "json"];
    let report = fit("moves-license.json", &map).json();
    assert_eq!([&item(&report, "creatorUT")["assigned"], &item(&report, "viewerUT")["assigned"]], [1, 0]);
}

#[test]
fn a_user_type_that_the_license_does_not_have_is_refused_also_where_nobody_would_get_it() {
    let files = Files::new();
    let members = files.add("members.csv", "username,userLicenseTypeId,role\na,creatorUT,org_user\n");
    let counts = files.add("counts.json", r#"{"results": [{"key": "creatorUT", "count": 1}], "nextStart": -1}"#);
    for usage in [&members, &counts] {
        for map in ["viewerUT=editorUT", "viewerUT=veiwerUT", "editorUT=editorUT", "creatorUT=editorUT"] {
            let run = fit("moves-license.json", &["--usage", usage, "--map", map, "--as-of", "2024-01-01"]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{map}: {run:?}");
            assert!(run.stderr.contains(map.split_once('=').unwrap().1), "{map}: {}", run.stderr);
        }
        let run =
            fit("moves-license.json", &["--usage", usage, "--map", "viewerUT=creatorUT", "--as-of", "2024-01-01"]);
        assert_eq!(run.code, 0, "nobody is a known source: {run:?}");
    }
    let moves = [
        "moves",
        &fixture("moves-license.json"),
        "--members",
        &members,
        "--map",
        "viewerUT=editorUT",
        "--as-of",
        "2024-01-01",
    ];
    let run = seatline(&moves);
    assert!(run.code == 1 && run.stdout.contains("the license has no user type editorUT"), "{run:?}");
}

#[test]
fn where_one_license_is_wanted_and_a_folder_has_two_both_are_named() {
    let files = Files::new();
    let license = std::fs::read_to_string(fixture("ends.json")).unwrap();
    for name in ["two/first.json", "two/second.json"] {
        files.add(name, &license);
    }
    let (folder, members) = (files.path("two"), files.add("members.csv", "username,userLicenseTypeId\na,creatorUT\n"));
    let (folder, one) = (folder.to_str().unwrap(), fixture("ends.json"));
    for arguments in [
        vec!["fit", folder, "--usage", &members],
        vec!["diff", &one, folder],
        vec!["diff", folder, &one],
        vec!["preflight", folder, "--nobody-yet"],
        vec!["preflight", &one, "--over", folder, "--nobody-yet"],
        vec!["moves", folder, "--members", &members, "--map", "creatorUT=creatorUT"],
        vec!["why", "creatorUT", folder],
    ] {
        let run = seatline(&[&arguments[..], &["--as-of", "2024-01-01"]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains("first.json") && run.stderr.contains("second.json"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn many_mistakes_in_moves_are_counted() {
    let files = Files::new();
    let rows: String = (0..50).map(|number| format!("nobody{number},creatorUT\n")).collect();
    let moves = files.add("moves.csv", format!("username,userType\n{rows}"));
    let usage = files.add("members.csv", "username,userLicenseTypeId,role\na,viewerUT,org_user\n");
    let run = fit("moves-license.json", &["--usage", &usage, "--moves", &moves, "--as-of", "2024-01-01"]);
    assert_eq!((run.code, run.stderr.lines().count()), (2, 21), "{run:?}");
    assert!(run.stderr.contains("(and 29 more such lines)"), "{run:?}");
}

#[test]
fn fit_speaks_of_an_early_end_as_check_does() {
    let (license, usage) = (fixture("two-end-one-goes-on.json"), fixture("over-assigned-later-usage.json"));
    let run = fit("two-end-one-goes-on.json", &["--usage", &usage, "--as-of", "2024-01-01"]);
    assert!(first_line(&run).starts_with("fits at first; not from 2024-07-19 00:00 on: 1 user type"), "{}", run.stdout);
    let check = seatline(&["check", &license, "--no-policy", "--usage", &usage, "--as-of", "2024-01-01"]);
    assert!(check.stdout.contains("over-assigned-later"), "{}", check.stdout);
}

#[test]
fn a_misspelt_role_gives_no_exact_number() {
    let roles = fixture("roles.csv");
    let run = |roles_option: &[&str]| {
        fit("small-current.json", &[&["--usage", &roles, "--as-of", "2027-02-01"], roles_option].concat())
    };
    let typo = run(&["--admin-role", "gislead"]);
    assert_eq!((typo.code, typo.stdout.as_str()), (2, ""));
    assert!(typo.stderr.contains("did you mean GISLead?"), "{}", typo.stderr);
    assert!(first_line(&run(&[])).contains("1 member (perhaps 1 more) locked out"));
    assert!(first_line(&run(&["--admin-role", "GISLead"])).contains("1 user type, 1 member locked out"));
}

#[test]
fn retired_extensions_count_against_their_successor() {
    let files = Files::new();
    let license = |seats: u64| {
        let entry =
            |id: &str, seats: u64| format!(r#"{{"id": "{id}", "maxUsers": {seats}, "startDate": 1700000000000}}"#);
        let text = format!(
            r#"{{"MyEsri": {{"version": "11.5", "provision": {{"userTypes": [{}], "extensions": [{}]}}}}}}"#,
            entry("creatorUT", 5),
            entry("advediting", seats)
        );
        files.add("license.json", text)
    };
    let usage = r#"{"currentRegisteredMembers": 4, "userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 9,
        "currentRegisteredMembers": 4}], "extensions": [
        {"id": "utilityNetwork", "maximumRegisteredMembers": 9, "currentRegisteredMembers": 4},
        {"id": "parcelFabric", "maximumRegisteredMembers": 9, "currentRegisteredMembers": 3}]}"#;
    let usage = files.add("resource.json", usage);
    for (seats, fits) in [(7, true), (6, false)] {
        let run = seatline(&["fit", &license(seats), "--usage", &usage, "--as-of", "2026-01-01", "-f", "json"]);
        let report = run.json();
        let successor = item(&report, "advediting");
        assert_eq!((&successor["assigned"], &successor["fits"]), (&7.into(), &fits.into()), "{report:#}");
        assert!(item(&report, "utilityNetwork").is_null(), "it is not counted twice");
        let said = "advediting takes the place of retired ids, and its count holds 4 of utilityNetwork and perhaps 3 of parcelFabric";
        let in_some_order = report["notes"].to_string();
        assert!(
            in_some_order.contains("perhaps 3 of parcelFabric") && in_some_order.contains("4 of utilityNetwork"),
            "{said}: {report:#}"
        );
    }
}
