//! The options of `fit`: the time looked at, the administrators, the output, and the exit code.

use serde_json::{Value, json};

use super::files::{BASE, Files, HOUR, assigned, fit, item, report};
use crate::common::{seatline, seatline_with_input};

const MEMBERS: &str =
    "username,userLicenseTypeId,role\na,creatorUT,org_admin\nb,creatorUT,boss\nc,creatorUT,org_user\n";

fn at(hour: i64) -> String {
    (BASE + hour * HOUR).to_string()
}

fn instant(hour: i64) -> String {
    super::naive::instant(hour)
}

#[test]
fn fits_covers_the_time_up_to_until_and_no_more() {
    let files = Files::new();
    let license = files.license();
    let members = files.add("members.csv", MEMBERS);
    for (until, code) in [(at(9), 0), ((BASE + 10 * HOUR - 1).to_string(), 0), (at(10), 1), (at(11), 1)] {
        let run = fit(&license, &["--usage", &members, "--until", &until, "-f", "json"]);
        assert_eq!((run.code, &run.json()["fits"]), (code, &json!(code == 0)), "{until}");
        // A later shortage is shown nevertheless.
        assert_eq!(item(&run.json(), "creatorUT")["firstShortage"]["at"], instant(10));
        assert_eq!(item(&run.json(), "creatorUT")["fitsUntil"], instant(10));
    }
    assert_eq!(fit(&license, &["--usage", &members, "--until", &at(0)]).code, 2, "before the as-of");
    assert_eq!(fit(&license, &["--usage", &members, "--until", "soon"]).code, 2);
}

#[test]
fn the_default_is_the_end_of_the_license_or_the_last_line_of_the_plan() {
    let files = Files::new();
    let license = files.license();
    let until = |rows: &str| {
        let plan = files.add("plan.csv", format!("kind,id,count,from\n{rows}"));
        let report = report(&license, &["--plan", &plan]);
        (report["until"].clone(), report["untilIs"].clone())
    };
    let end = (json!("2020-09-13T22:26:39.999Z"), json!("license-end"));
    assert_eq!(until(""), end);
    assert_eq!(until("userType,creatorUT,1,\n"), end);
    assert_eq!(until(&format!("userType,creatorUT,1,{}\n", at(4))), end);
    assert_eq!(until(&format!("userType,creatorUT,1,{}\n", at(12))), (json!(instant(12)), json!("plan")));
    assert_eq!(until(&format!("userType,creatorUT,0,{}\n", at(12))), end, "a line of count 0 changes nothing");
    let members = report(&license, &["--usage", &files.add("members.csv", MEMBERS)]);
    assert_eq!((&members["until"], &members["licenseEnd"]), (&end.0, &json!(instant(10))));
}

#[test]
fn a_plan_comes_on_top_of_what_is_assigned() {
    let files = Files::new();
    let license = files.license();
    let members = files.add("members.csv", MEMBERS);
    let rows = format!("kind,id,count,from\nuserType,creatorUT,1,\nuserType,creatorUT,2,{}\n", at(4));
    let plan = files.add("plan.csv", rows);
    let report = report(&license, &["--usage", &members, "--plan", &plan]);
    let creator = item(&report, "creatorUT");
    assert_eq!((&creator["assigned"], &creator["planned"], &creator["available"]), (&json!(4), &json!(3), &json!(1)));
    let shortage = json!({"at": instant(4), "to": null, "seats": 5, "assigned": 6, "short": 1, "certain": true,
            "isLicenseEnd": false, "lockedOut": 5, "lockedOutIsUpperBound": true, "lockedOutCertainly": 1});
    assert_eq!((&creator["firstShortage"], &report["fits"]), (&shortage, &json!(false)));
}

#[test]
fn nobody_knows_whether_a_plan_fits_without_usage() {
    let files = Files::new();
    let license = files.license();
    let plan = files.add("plan.csv", "kind,id,count\nuserType,creatorUT,5\nuserType,viewerUT,0\n");
    let run = fit(&license, &["--plan", &plan, "-f", "json"]);
    assert_eq!((run.code, &run.json()["fits"], assigned(&run.json(), "creatorUT")), (1, &Value::Null, Value::Null));
    assert_eq!(run.json()["usage"], json!([]));
    let table = fit(&license, &["--plan", &plan]).stdout;
    assert!(
        table.starts_with("not known whether it fits: 5 seats of 1 user type are planned, and nobody counted"),
        "{table}"
    );
    // Without members the plan is all that counts.
    let run = fit(&license, &["--plan", &plan, "--nobody-yet", "-f", "json"]);
    assert_eq!((run.code, assigned(&run.json(), "creatorUT")), (0, json!(5)));
    let usage = files.add("members.csv", MEMBERS);
    assert_eq!(fit(&license, &["--plan", &plan, "--nobody-yet", "--usage", &usage]).code, 2);
    assert_eq!(fit(&license, &["--nobody-yet"]).code, 0, "nobody, and nothing planned");
    // A plan that does not fit by itself does not fit on top of an unknown usage.
    let much = files.add("much.csv", "kind,id,count\nuserType,creatorUT,6\n");
    let run = fit(&license, &["--plan", &much, "-f", "json"]);
    assert_eq!((run.code, &run.json()["fits"]), (1, &json!(false)));
    // With usage that does not count what is planned, it is not known whether it fits.
    let members = files.add("members.csv", MEMBERS);
    let plan = files.add("plan.csv", "kind,id,count\napp,tracker,0\nextension,x,0\n");
    assert_eq!(fit(&license, &["--usage", &members, "--plan", &plan]).code, 0, "nothing of it is planned either");
    let apps = files.add("license2.json", json!({"MyEsri": {"provision": {"userTypes": [
        {"id": "creatorUT", "maxUsers": 5, "startDate": BASE}], "apps": [{"id": "tracker", "maxUsers": 9, "startDate": BASE}]}}}).to_string());
    let plan = files.add("plan.csv", "kind,id,count\napp,tracker,2\n");
    let run = fit(&apps, &["--usage", &members, "--plan", &plan, "-f", "json"]);
    let tracker = item(&run.json(), "tracker").clone();
    assert_eq!((run.code, &tracker["assigned"], &tracker["fits"]), (1, &Value::Null, &Value::Null));
    let table = fit(&apps, &["--usage", &members, "--plan", &plan]).stdout;
    assert!(table.starts_with("not known whether it fits: 2 seats of 1 app are planned"), "{table}");
}

#[test]
fn an_id_that_is_nearly_right_is_told() {
    let files = Files::new();
    let license = files.license();
    let plan = files.add("plan.csv", "kind,id,count\nuserType,creatorut,1\n");
    let run = fit(&license, &["--plan", &plan]);
    assert_eq!(run.code, 1, "ids are compared byte for byte");
    assert!(run.stdout.contains("creatorut: not in this license; did you mean creatorUT?"), "{run:?}");
    assert_eq!(item(&report(&license, &["--plan", &plan]), "creatorut")["near"], "creatorUT");
}

#[test]
fn neither_usage_nor_plan_is_wrong_usage() {
    let files = Files::new();
    let license = files.license();
    assert_eq!(fit(&license, &[]).code, 2);
    let plan = files.add("plan.csv", "kind,id,count\n");
    let run = fit(&license, &["--plan", &plan, "--admin-role", "boss"]);
    assert_eq!((run.code, run.stderr.contains("--usage")), (2, true), "{run:?}");
    assert_eq!(seatline(&["fit"]).code, 2);
    assert_eq!(fit("-", &["--usage", "-"]).code, 2, "standard input is read once");
    assert_eq!(fit(&license, &["--usage", "-", "--plan", "-"]).code, 2);
}

#[test]
fn administrators_are_not_locked_out() {
    let files = Files::new();
    let license = files.license();
    let members = files.add("members.csv", MEMBERS);
    let locked_out = |arguments: &[&str]| {
        let report = report(&license, &[&["--usage", &members], arguments].concat());
        let shortage = &item(&report, "creatorUT")["firstShortage"];
        (shortage["lockedOut"].clone(), shortage["lockedOutIsUpperBound"].clone())
    };
    assert_eq!(locked_out(&[]), (json!(2), json!(true)), "nobody said what a boss may do");
    assert_eq!(locked_out(&["--admin-role", "boss"]), (json!(1), json!(false)));
    assert_eq!(locked_out(&["--admin-role", "boss", "--admin-role", "org_user"]), (json!(0), json!(false)));
    let typo = fit(&license, &["--usage", &members, "--admin-role", "Boss"]);
    assert_eq!(typo.code, 2, "no number for a role that nobody has");
    assert!(typo.stderr.contains("--admin-role Boss: no member has this role; did you mean boss?"), "{}", typo.stderr);
}

#[test]
fn without_roles_it_is_an_upper_bound_and_says_so() {
    let files = Files::new();
    let license = files.license();
    let counts = files.add("counts.json", r#"{"results": [{"key": "creatorUT", "count": 7}], "nextStart": -1}"#);
    let run = |format: &str, width: &str| fit(&license, &["--usage", &counts, "-f", format, "--width", width]).stdout;
    let json: Value = serde_json::from_str(&run("json", "80")).unwrap();
    let shortage = &item(&json, "creatorUT")["firstShortage"];
    assert_eq!((&shortage["lockedOut"], &shortage["lockedOutIsUpperBound"]), (&json!(7), &json!(true)));
    for text in [run("table", "200"), run("table", "100"), run("table", "40"), run("markdown", "80")] {
        let text = crate::common::words(&text);
        assert!(text.contains("1 user type, up to 7 members locked out"), "{text}");
        assert!(text.contains("up to: not every role is known"), "{text}");
    }
    assert!(run("csv", "80").lines().any(|line| line.contains(",7,\"true\",")), "{}", run("csv", "80"));
}

#[test]
fn usage_and_license_come_over_stdin_too() {
    let files = Files::new();
    let license = files.license();
    let as_of = at(1);
    let run = |arguments: &[&str], input: &[u8]| {
        seatline_with_input(&[&["fit", "--as-of", &as_of, "-f", "json"], arguments].concat(), input).json()
    };
    let report = run(&[&license, "--usage", "-"], MEMBERS.as_bytes());
    assert_eq!((assigned(&report, "creatorUT"), &report["usage"]), (json!(3), &json!(["<stdin>"])));
    let members = files.add("members.csv", MEMBERS);
    let report = run(&["-", "--usage", &members], &std::fs::read(&license).unwrap());
    assert_eq!((assigned(&report, "creatorUT"), &report["source"]), (json!(3), &json!("<stdin>")));
    // Further files may follow without repeating the option, as a shell expands a pattern.
    let report = run(&[&license, &members, "--admin-role", "boss"], b"");
    assert_eq!(item(&report, "creatorUT")["firstShortage"]["lockedOut"], 1);
}

#[test]
fn the_result_replaces_no_input() {
    let files = Files::new();
    let license = files.license();
    let members =
        files.add("usage/members.json", r#"{"users": [{"username": "a", "userLicenseTypeId": "creatorUT"}]}"#);
    let plan = files.add("plan.csv", "kind,id,count\n");
    let policy = files.add("policy.toml", "");
    let folder = files.path("usage").to_str().unwrap().to_owned();
    let licenses = files.path("licenses").to_str().unwrap().to_owned();
    let inside = files.add("licenses/license.json", std::fs::read(&license).unwrap());
    for (license, usage, output) in [
        (&license, &members, &license),
        (&license, &members, &members),
        (&license, &members, &plan),
        (&license, &members, &policy),
        (&license, &folder, &members),
        (&licenses, &members, &inside),
    ] {
        let before = std::fs::read(output).unwrap();
        let run = fit(license, &["--usage", usage, "--plan", &plan, "--policy", &policy, "-o", output]);
        assert_eq!(run.code, 2, "{output}: {run:?}");
        assert!(run.stderr.contains("would replace this input"), "{run:?}");
        assert_eq!(std::fs::read(output).unwrap(), before);
    }
    let run = seatline(&["check", &license, "--no-policy", "--usage", &folder, "-f", &format!("json={members}")]);
    assert_eq!(run.code, 2, "{run:?}");
    let run = fit(&license, &["--usage", &members, "-o", files.path("out.txt").to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(std::fs::read_to_string(files.path("out.txt")).unwrap().contains("fits"));
}

#[test]
fn exit_codes_are_the_same_in_every_format() {
    let files = Files::new();
    let license = files.license();
    let fitting = files.add("members.csv", MEMBERS);
    let crowd = (0..6).map(|index| format!("m{index},viewerUT\n")).collect::<String>();
    let crowd = files.add("crowd.csv", format!("username,userLicenseTypeId\n{crowd}"));
    let broken = files.add("broken.csv", "username\n");
    for format in ["table", "json", "csv", "markdown"] {
        for (usage, exit_zero, code) in
            [(&fitting, false, 0), (&crowd, false, 1), (&crowd, true, 0), (&broken, false, 3), (&broken, true, 3)]
        {
            let mut arguments = vec!["--usage", usage.as_str(), "-f", format];
            arguments.extend(exit_zero.then_some("--exit-zero"));
            assert_eq!(fit(&license, &arguments).code, code, "{format} {usage} {exit_zero}");
        }
    }
    assert_eq!(fit("nowhere.json", &["--usage", &fitting]).code, 3);
    assert_eq!(fit("samples/history.jsonl", &["--usage", &fitting]).code, 2, "exactly one document");
    assert_eq!(fit(&license, &["--usage", &fitting, "--policy", "nowhere.toml"]).code, 2);
    // Every input is tried.
    let run = fit(&license, &["--usage", &broken, "--usage", "nowhere.csv"]);
    assert_eq!((run.code, run.stderr.lines().count()), (3, 2), "{run:?}");
}

#[test]
fn a_policy_sets_when_use_is_high() {
    let files = Files::new();
    let license = files.license();
    let crowd = |count: usize| {
        let rows = (0..count).map(|index| format!("m{index},viewerUT\n")).collect::<String>();
        files.add("crowd.csv", format!("username,userLicenseTypeId\n{rows}"))
    };
    let level = |count: usize, options: &[&str]| {
        item(&report(&license, &[&["--usage", &crowd(count)], options].concat()), "viewerUT")["useLevel"].clone()
    };
    let policy = files.add("policy.toml", "[thresholds]\nusage-high-warning = 60\nusage-high-error = 80\n");
    assert_eq!([level(4, &[]), level(5, &[]), level(6, &[])], [json!(null), json!("error"), json!("error")]);
    let with = ["--policy", policy.as_str()];
    assert_eq!([level(2, &with), level(3, &with), level(4, &with)], [json!(null), json!("warning"), json!("error")]);
}
