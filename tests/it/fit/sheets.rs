//! CSV as spreadsheets and shells write it: members, and plans.

use serde_json::json;

use super::files::{BASE, Files, HOUR, assert_refused, assigned, fit, report};
use crate::common::utf16;

#[test]
fn every_way_to_write_it_counts_the_same() {
    let files = Files::new();
    let license = files.license();
    let plain = "username,userLicenseTypeId,role,disabled\na,creatorUT,org_admin,false\nb,creatorUT,,true\nc,viewerUT,org_user,false\n";
    let ways: Vec<Vec<u8>> = vec![
        plain.into(),
        format!("\u{feff}{plain}").into(),
        utf16(plain),
        utf16(&plain.replace('\n', "\r\n")),
        plain.replace('\n', "\r\n").into(),
        plain.replace(',', ";").into(),
        plain.replace(',', "\t").into(),
        format!("sep=;\r\n{}", plain.replace(',', ";").replace('\n', "\r\n")).into(),
        format!("\u{feff}SEP=,\n{plain}").into(),
        plain.replace('\n', "\n\n").into(),
        format!("\n\n{plain}").into(),
        format!("{plain},,,\n ,\t, ,\n").into(),
        plain.trim_end().into(),
        plain.replace(",role,", ", Role ,").replace("userLicenseTypeId", "USERLICENSETYPEID").into(),
        plain.replace("\na,", "\n\"a, \"\"the\"\" first;\nof two lines\",").into(),
        "disabled,email,role,userLicenseTypeId,username\nfalse,=1+1,org_admin,creatorUT,a\n1,,,creatorUT,b\nNO,,org_user,viewerUT,c\n"
            .into(),
    ];
    for way in ways {
        let path = files.add("members.csv", &way);
        let report = report(&license, &["--usage", &path]);
        let text = String::from_utf8_lossy(&way);
        assert_eq!([assigned(&report, "creatorUT"), assigned(&report, "viewerUT")], [json!(2), json!(1)], "{text}");
        assert_eq!([&report["members"], &report["disabledMembers"]], [3, 1], "{text}");
        let shortage = &super::files::item(&report, "creatorUT")["firstShortage"];
        assert_eq!((&shortage["lockedOut"], &shortage["lockedOutIsUpperBound"]), (&json!(1), &json!(true)), "{text}");
    }
}

#[test]
fn what_is_not_told_is_not_made_up() {
    let files = Files::new();
    let license = files.license();
    let path = files.add("members.csv", "username,userLicenseTypeId\na,creatorUT\n");
    let report = report(&license, &["--usage", &path]);
    assert_eq!([&report["members"], &report["disabledMembers"]], [&json!(1), &json!(null)]);
}

#[test]
fn members_that_cannot_be_read_are_pointed_at() {
    let files = Files::new();
    let license = files.license();
    for (text, parts) in [
        ("username\na\n", ["members.csv:1:1: ", "none of them is the user type"]),
        ("a,creatorUT\n", ["members.csv:1:1: ", "none of them is the username"]),
        ("username^userLicenseTypeId\na^creatorUT\n", ["members.csv:1:1: ", "none of them is the username"]),
        (
            "username,userLicenseTypeId,Username\na,creatorUT,b\n",
            ["members.csv:1:28: ", "two columns are called \"username\" and \"Username\""],
        ),
        ("username,userLicenseTypeId\na,\n", ["members.csv:2:3: ", "there is no user type of a in this line"]),
        ("username,userLicenseTypeId\n\n\n,creatorUT\n", ["members.csv:4:1: ", "there is no username"]),
        ("username,userLicenseTypeId\na,creatorUT\nb\n", ["members.csv:3:1: ", "1 cell here"]),
        ("username,userLicenseTypeId\na,creatorUT\nb,c,d\n", ["members.csv:3:1: ", "3 cells here"]),
        ("sep=;\nusername;userLicenseTypeId\na\n", ["members.csv:3:1: ", "1 cell here"]),
        ("username,userLicenseTypeId,disabled\na,creatorUT,perhaps\n", ["members.csv:2:13: ", "\"perhaps\""]),
        ("username,userLicenseTypeId\na,creatorUT\na,viewerUT\n", ["members.csv: ", "a is there twice"]),
        // Lines that a parser takes for a part of one cell.
        (
            "username,userLicenseTypeId,note\na,creatorUT,\"x\nb,creatorUT,y\n",
            ["members.csv:2:13: ", "lines may be hidden"],
        ),
        (
            "username,userLicenseTypeId,note\na,creatorUT,\"x\nb,creatorUT,\"y\n",
            ["members.csv:2:13: ", "lines may be hidden"],
        ),
    ] {
        assert_refused(&fit(&license, &["--usage", &files.add("members.csv", text)]), &parts);
    }
    let latin = b"username,userLicenseTypeId\nJos\xe9,creatorUT\n";
    assert_refused(&fit(&license, &["--usage", &files.add("latin.csv", latin)]), &["latin.csv", "UTF-8"]);
}

#[test]
fn plans_that_cannot_be_read_are_pointed_at() {
    let files = Files::new();
    let license = files.license();
    for (text, parts) in [
        ("", ["plan.csv", "the first line is to name the columns, kind,id,count,from"]),
        ("kind,id\n", ["plan.csv:1:1: ", "count is missing"]),
        ("kind,id,count,form\n", ["plan.csv:1:15: ", "did you mean from?"]),
        ("kind,id,count\nusertype,creatorUT,1\n", ["plan.csv:2:1: ", "did you mean userType?"]),
        ("kind,id,count\ncapability,indoors,1\n", ["plan.csv:2:1: ", "no kind with seats"]),
        ("kind,id,count\nuserType,creatorUT,-1\n", ["plan.csv:2:20: ", "\"-1\""]),
        ("kind,id,count\nuserType,creatorUT,+1\n", ["plan.csv:2:20: ", "\"+1\""]),
        ("kind,id,count\nuserType,creatorUT,1e3\n", ["plan.csv:2:20: ", "\"1e3\""]),
        ("kind,id,count\nuserType,creatorUT,\n", ["plan.csv:2:20: ", "there is no count"]),
        ("kind,id,count,from\nuserType,creatorUT,1,01.03.2027\n", ["plan.csv:2:22: ", "\"01.03.2027\""]),
        ("kind,id,count,from\nuserType,creatorUT,1,1600000000\n", ["plan.csv:2:22: ", "did you mean 1600000000000?"]),
        ("kind,id,count,from\nuserType,creatorUT,1,2027-02-30\n", ["plan.csv:2:22: ", "there is no day"]),
        ("{\"a\": 1}", ["plan.csv:1:1: ", "no column is called"]),
    ] {
        assert_refused(&fit(&license, &["--plan", &files.add("plan.csv", text)]), &parts);
    }
    assert_refused(&fit(&license, &["--plan", "nowhere.csv"]), &["nowhere.csv"]);
}

#[test]
fn a_date_in_a_plan_is_that_of_the_zone() {
    let files = Files::new();
    let license = files.license();
    let plan = files.add("plan.csv", "kind;id;count;from\r\nuserType;creatorUT;2;2020-09-14\r\n");
    let until = |zone: &str| report(&license, &["--plan", &plan, "--tz", zone])["until"].clone();
    assert_eq!([until("UTC"), until("America/New_York")], ["2020-09-14T00:00:00Z", "2020-09-14T04:00:00Z"]);
    let plan = files.add("plan.csv", format!("kind,id,count,from\nuserType,creatorUT,2,{}\n", BASE + 15 * HOUR));
    assert_eq!(report(&license, &["--plan", &plan])["until"], "2020-09-14T03:26:40Z");
}
