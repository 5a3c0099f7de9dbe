//! Usage in the forms that people have.

use serde_json::{Value, json};

use crate::common::{Run, seatline};
use crate::inputs::{fixture, write};

const LICENSE: &str = "new-11.5-advediting.json";

/// `seatline fit` on the day for which the fixtures were made.
pub(super) fn fit(usage: &[&str], more: &[&str]) -> Run {
    let license = fixture(LICENSE);
    let usage = usage.iter().flat_map(|usage| ["--usage", usage]);
    let arguments: Vec<_> = ["fit", &license, "--as-of", "2026-06-01", "--until", "2026-06-01", "-f", "json"]
        .into_iter()
        .chain(usage)
        .chain(more.iter().copied())
        .collect();
    seatline(&arguments)
}

fn counted(usage: &[&str], more: &[&str]) -> Vec<(String, u64)> {
    let run = fit(usage, more);
    assert!(run.code <= 1, "{run:?}");
    let report = run.json();
    let items = report["items"].as_array().unwrap().iter();
    let assigned = items.filter_map(|item| Some((item["id"].as_str()?.to_owned(), item["assigned"].as_u64()?)));
    assigned.filter(|(_, count)| *count > 0).collect()
}

fn expect(usage: &[&str], expected: &[(&str, u64)]) {
    let mut found = counted(usage, &[]);
    let mut expected: Vec<_> = expected.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{usage:?}");
}

#[test]
fn exports_name_their_columns_as_they_like() {
    expect(&[&fixture("csv-licensetype.csv")], &[("creatorUT", 1), ("viewerUT", 1)]);
    let report = fit(&[&fixture("csv-licensetype.csv")], &[]).json();
    assert_eq!((&report["members"], &report["disabledMembers"]), (&json!(2), &json!(1)));
    let rows = |header: &str| format!("{header}\nana,creatorUT,org_admin\nbob,viewerUT,org_user\n");
    for header in [
        "username,userLicenseTypeId,role",
        "Username,UserLicenseType,Role",
        "USERNAME,licensetype,ROLE",
        "user name,User Type,role",
        "User.Name,User.Type,Role",
        "user_name,user_type,role",
        "username,type,role",
        "username,userType,role",
    ] {
        let folder = tempfile::tempdir().unwrap();
        expect(&[&write(&folder, "members.csv", rows(header))], &[("creatorUT", 1), ("viewerUT", 1)]);
    }
}

#[test]
fn frames_of_pandas_and_r_are_tables() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        (
            "pandas.csv",
            ",username,userType,userLicenseTypeId,disabled,type\n0,ana,arcgisonly,creatorUT,False,x\n1,bob,both,viewerUT,True,y\n",
        ),
        ("pandas-float.csv", ",username,userLicenseTypeId,disabled\n0,ana,creatorUT,0.0\n1,bob,viewerUT,1.0\n"),
        (
            "r.csv",
            "\"username\",\"userLicenseTypeId\",\"disabled\"\n\"1\",\"ana\",\"creatorUT\",FALSE\n\"2\",\"bob\",\"viewerUT\",NA\n",
        ),
        (
            "r2.csv",
            "\"\",\"Username\",\"User.Type\",\"Member.Account.Status\"\n\"1\",\"ana\",\"Creator\",\"enabled\"\n\"2\",\"bob\",\"Viewer\",\"disabled\"\n",
        ),
    ] {
        expect(&[&write(&folder, name, text)], &[("creatorUT", 1), ("viewerUT", 1)]);
    }
    for (name, text) in [
        (
            "write-table.txt",
            "\"username\" \"userLicenseTypeId\" \"disabled\"\n\"1\" \"ana\" \"creatorUT\" FALSE\n\"2\" \"bob\" \"viewerUT\" TRUE\n",
        ),
        (
            "csv2.csv",
            "\"\";\"username\";\"userLicenseTypeId\"\n\"1\";\"ana\";\"creatorUT\"\n\"2\";\"bob\";\"viewerUT\"\n",
        ),
        (
            "export-csv.csv",
            "#TYPE System.Management.Automation.PSCustomObject\r\n\"username\",\"userLicenseTypeId\"\r\n\"ana\",\"creatorUT\"\r\n\"bob\",\"viewerUT\"\r\n",
        ),
    ] {
        expect(&[&write(&folder, name, text)], &[("creatorUT", 1), ("viewerUT", 1)]);
    }
    for text in [
        ",userLicenseTypeId\ncreatorUT,12\nviewerUT,2\n",
        "\"\",\"Var1\",\"Freq\"\n\"1\",\"creatorUT\",12\n\"2\",\"viewerUT\",2\n",
        "\"userLicenseTypeId\",\"n\"\n\"creatorUT\",12\n\"viewerUT\",2\n",
        "\"Values\",\"Count\",\"Group\",\"Name\"\n\"x\",\"12\",\"y\",\"creatorUT\"\n\"x\",\"2\",\"y\",\"viewerUT\"\n",
        "User Type;Members\nCreator;12\nViewer;2\n",
    ] {
        expect(&[&write(&folder, "frequencies.csv", text)], &[("creatorUT", 12), ("viewerUT", 2)]);
    }
    let columns = json!({"username": {"0": "ana"}, "userLicenseTypeId": {"0": "creatorUT"}}).to_string();
    let run = fit(&[&write(&folder, "columns.json", columns)], &[]);
    assert!(run.code == 3 && run.stderr.contains("save it by rows, as `to_json(orient=\"records\")`"), "{run:?}");
    let counts = write(&folder, "value-counts.csv", "userLicenseTypeId,count\ncreatorUT,12\nviewerUT,2\n");
    expect(&[&counts], &[("creatorUT", 12), ("viewerUT", 2)]);
    let records = json!([{"username": "ana", "userLicenseTypeId": "creatorUT"}, {"username": "bob", "userLicenseTypeId": "viewerUT"}]);
    expect(&[&write(&folder, "records.json", records.to_string())], &[("creatorUT", 1), ("viewerUT", 1)]);
}

#[test]
fn the_portals_own_member_report_is_a_list_of_members() {
    let path = fixture("portal-member-report.csv");
    let run = fit(&[&path], &[]);
    assert!(run.code <= 1, "{run:?}");
    let report = run.json();
    let text = std::fs::read_to_string(&path).unwrap();
    let lines = text.lines().count() as u64 - 1;
    assert_eq!(report["members"], lines);
    // The report has a column with commas before it; only the user type stands between `org` and a comma.
    let count = |name: &str| text.matches(&format!(",org,{name},")).count() as u64;
    let mut expected = vec![
        ("creatorUT", count("Creator")),
        ("viewerUT", count("Viewer")),
        ("fieldWorkerUT", count("Mobile Worker")),
        // The names of versions before 11.4, which the license does not have.
        ("editorUT", count("Editor")),
        ("GISProfessionalBasicUT", count("GIS Professional Basic")),
        ("GISProfessionalStdUT", count("GIS Professional Standard")),
    ];
    expected.retain(|(_, count)| *count > 0);
    assert_eq!(expected.iter().map(|(_, count)| count).sum::<u64>(), lines, "{expected:?}");
    expect(&[&path], &expected);
    assert!(run.stderr.contains("user types by name: \"Creator\" is creatorUT"), "{}", run.stderr);
}

#[test]
fn counts_are_a_table_or_a_bare_list_too() {
    let expected = [("creatorUT", 12), ("viewerUT", 2)];
    expect(&[&fixture("csv-counts.csv")], &expected);
    expect(&[&fixture("counts-bare-list.json")], &expected);
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("semicolon.csv", "sep=;\r\nKey;Count\r\nCreator;12\r\nviewer;2\r\n"),
        ("tab.csv", "count\tkey\n12\tcreatorUT\n2\tviewerUT\n"),
        ("pandas.csv", ",key,count\n0,creatorUT,12.0\n1,viewerUT,2.0\n"),
    ] {
        expect(&[&write(&folder, name, text)], &expected);
    }
    for text in ["key,count\ncreatorUT,-1\n", "key,count\ncreatorUT,1.5\n", "key,count\ncreatorUT,\n"] {
        let run = fit(&[&write(&folder, "bad.csv", text)], &[]);
        assert!(run.code == 3 && run.stderr.contains("bad.csv:2:11: the count of creatorUT"), "{run:?}");
    }
}

#[test]
fn a_search_that_finds_everybody_is_a_list_of_members() {
    expect(&[&fixture("users-search.json")], &[("creatorUT", 2)]);
    let folder = tempfile::tempdir().unwrap();
    let search = |query: &str, user: Value| {
        let text = json!({"query": query, "total": 1, "start": 1, "num": 100, "nextStart": -1, "results": [user]});
        fit(&[&write(&folder, "search.json", text.to_string())], &[])
    };
    let run = search("username:j*", json!({"username": "jo", "userLicenseTypeId": "creatorUT"}));
    assert!(run.code == 3 && run.stderr.contains("nobody knows whether that is everybody"), "{run:?}");
    let run = search("orgid:1", json!({"username": "jo"}));
    assert!(run.code == 3 && run.stderr.contains("portals/self/users?f=json"), "{run:?}");
}

#[test]
fn members_one_by_one_count_what_they_tell() {
    let one = fixture("one-user.json");
    let run = fit(&[&one], &[]);
    assert!(run.stderr.contains("1 member was given one by one: other members were not counted"), "{run:?}");
    expect(&[&one], &[("GISProfessionalAdvUT", 1), ("advediting", 1), ("geobim", 1)]);
    let report = run.json();
    let creator = report["items"].as_array().unwrap().iter().find(|item| item["id"] == "creatorUT").unwrap();
    assert_eq!(creator["assigned"], Value::Null, "of others nobody knows");
    // With a list of all members these documents state who has which extension.
    let folder = tempfile::tempdir().unwrap();
    let list = |second: &str| {
        let user = |name: &str, id: &str| json!({"username": name, "userLicenseTypeId": id});
        let users = json!({"total": 2, "start": 1, "nextStart": -1, "users": [user("jane", "GISProfessionalAdvUT"), user(second, "creatorUT")]});
        write(&folder, "members.json", users.to_string())
    };
    let joe = write(
        &folder,
        "joe.json",
        json!({"username": "joe", "userLicenseTypeId": "creatorUT", "userLicenseTypeExtensions": ["geobim"]})
            .to_string(),
    );
    let expected = [("GISProfessionalAdvUT", 1), ("creatorUT", 1), ("advediting", 1), ("geobim", 2)];
    expect(&[&list("joe"), &one, &joe], &expected);
    let run = fit(&[&list("joe"), &one], &[]);
    assert!(run.stderr.contains("extensions are not counted: only 1 of 2 members"), "{run:?}");
    let run = fit(&[&list("jim"), &one, &joe], &[]);
    assert!(run.code == 3 && run.stderr.contains("joe is not the same here"), "{run:?}");
}

#[test]
fn a_list_of_user_types_gives_names() {
    let folder = tempfile::tempdir().unwrap();
    let types = write(
        &folder,
        "types.json",
        json!({"userLicenseTypes": [{"id": "partnerUT", "name": "Acme Planner"}, {"id": "viewerUT", "name": "Betrachter"}]}).to_string(),
    );
    let members = write(&folder, "members.csv", "Username;User Type\nana;acme planner\nbob;BETRACHTER\n");
    expect(&[&types, &members], &[("partnerUT", 1), ("viewerUT", 1)]);
    let run = fit(&[&members], &[]);
    assert!(
        run.code == 3 && run.stderr.contains("members.csv:2:5: the user type \"acme planner\" is neither"),
        "{run:?}"
    );
    let run = fit(&[&fixture("user-license-types.json")], &[]);
    assert!(run.code == 3 && run.stderr.contains("this names user types, and counts nobody"), "{run:?}");
}

#[test]
fn a_user_type_that_nobody_knows_is_refused_with_the_near_ones() {
    let folder = tempfile::tempdir().unwrap();
    for (cell, near) in
        [("contributorUT", "Contributor (editorUT)"), ("Profesional Plus", "Professional Plus (GISProfessionalAdvUT)")]
    {
        let members = write(&folder, "members.csv", format!("username,User Type\nana,{cell}\n"));
        let run = fit(&[&members], &[]);
        assert!(run.code == 3 && run.stderr.contains(near) && run.stderr.contains("members.csv:2:5"), "{run:?}");
    }
    // A column of ids may hold an id that no license has.
    let members = write(&folder, "members.csv", "username,userLicenseTypeId\nana,brandNewThingUT\n");
    expect(&[&members], &[("brandNewThingUT", 1)]);
}

#[test]
fn yes_and_no_are_those_of_peoples_spreadsheets() {
    let folder = tempfile::tempdir().unwrap();
    for (yes, no) in [
        ("WAHR", "FALSCH"),
        ("Oui", "Non"),
        ("sí", "no"),
        ("VERO", "FALSO"),
        ("Sim", "Não"),
        ("Waar", "Onwaar"),
        ("Tak", "Nie"),
        ("1", "0"),
    ] {
        let text = format!("username;type;disabled\nana;Creator;{yes}\nbob;Viewer;{no}\n");
        let report = fit(&[&write(&folder, "members.csv", text)], &[]).json();
        assert_eq!(report["disabledMembers"], 1, "{yes} {no}");
    }
    let report =
        fit(&[&write(&folder, "status.csv", "username,type,status\nana,Creator,Disabled\nbob,Viewer,Enabled\n")], &[]);
    assert_eq!(report.json()["disabledMembers"], 1);
}

#[test]
fn built_in_accounts_are_no_members() {
    for name in ["members-system-typed.json", "members-system-untyped.json"] {
        let run = fit(&[&fixture(name)], &[]);
        assert!(
            run.stderr.contains("left out as built-in accounts of the portal: esri_boundaries, esri_demographics"),
            "{run:?}"
        );
        assert_eq!(run.json()["members"], 30, "{name}");
    }
    let with = fit(&[&fixture("members-system-typed.json")], &["--include-built-in"]);
    assert_eq!(with.json()["members"], 35);
    let with = fit(&[&fixture("members-system-untyped.json")], &["--include-built-in"]);
    assert!(with.code == 3 && with.stderr.contains("nobody knows whose seat it is"), "{with:?}");
    // A count that includes these accounts, and a list that does not.
    let folder = tempfile::tempdir().unwrap();
    let typed = counted(&[&fixture("members-system-typed.json")], &["--include-built-in"]);
    let counts: Vec<_> = typed.iter().map(|(id, count)| json!({"key": id, "count": count})).collect();
    let counts = write(&folder, "counts.json", json!({"results": counts, "nextStart": -1}).to_string());
    assert_eq!(counted(&[&fixture("members-system-typed.json"), &counts], &[]), typed);
}

#[test]
fn others_are_left_out_by_name() {
    let list = fixture("members-system-untyped.json");
    let run = fit(&[&list], &["--exclude", "m00", "--exclude", "m01"]);
    assert!(run.stderr.contains("left out as was asked: m00, m01"), "{run:?}");
    assert_eq!(run.json()["members"], 28);
    let run = fit(&[&list], &["--exclude", "M00"]);
    assert!(
        run.code == 2 && run.stderr.contains("--exclude M00: no member is called so; did you mean m00?"),
        "{run:?}"
    );
}

#[test]
fn counts_by_item_are_joined_through_the_license_resource() {
    let license = fixture("bundles.json");
    let (resource, counts) = (fixture("res-bundles.json"), fixture("counts-bundles-hex.json"));
    let fit = |usage: &[&str]| {
        let usage: Vec<_> = usage.iter().flat_map(|usage| ["--usage", usage]).collect();
        seatline(&[&["fit", &license, "--as-of", "2026-06-01", "-f", "json"][..], &usage].concat())
    };
    for named in [counts.clone(), format!("appBundle={counts}")] {
        let run = fit(&[&resource, &named]);
        assert!(run.code <= 1, "{run:?}");
        let report = run.json();
        let bundle =
            report["items"].as_array().unwrap().iter().find(|item| item["id"] == "fieldAppsAB").unwrap().clone();
        assert_eq!(bundle["assigned"], 7, "{bundle}");
        assert!(
            run.stderr.contains("the item 99d7956c7e824ff4ab27422e2a26c2b7 is the app bundle fieldAppsAB"),
            "{run:?}"
        );
        let alone = fit(&[&named]);
        assert!(alone.code == 3 && alone.stderr.contains("portaladmin/license?f=json"), "{alone:?}");
    }
    let run = fit(&[&resource, &format!("app={counts}")]);
    assert!(run.code == 3 && run.stderr.contains("is the item of the app bundle fieldAppsAB"), "{run:?}");
}

#[test]
fn extensions_are_counted_by_their_items_too() {
    let folder = tempfile::tempdir().unwrap();
    let counts = write(
        &folder,
        "counts.json",
        json!({"results": [{"key": "bdfda9051e1e43f08af9afda9578efd8", "count": 3}], "nextStart": -1}).to_string(),
    );
    expect(&[&format!("extension={counts}")], &[("advediting", 3)]);
    expect(&[&counts], &[("advediting", 3)]);
}

#[test]
fn moves_name_user_types_as_people_do() {
    let folder = tempfile::tempdir().unwrap();
    let (license, members) = (fixture(LICENSE), fixture("members-system-untyped.json"));
    let moves = |text: &str| {
        let moves = write(&folder, "moves.csv", text);
        seatline(&["moves", &license, "--members", &members, "--moves", &moves, "--as-of", "2026-06-01", "-f", "json"])
    };
    let run = moves("username,userType\nm06,Contributor\nm08,professional plus\n");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stderr.contains("\"Contributor\" is editorUT, \"professional plus\" is GISProfessionalAdvUT"),
        "{run:?}"
    );
    let run = seatline(&[
        "moves",
        &license,
        "--members",
        &members,
        "--moves",
        &fixture("moves-names.csv"),
        "--as-of",
        "2026-06-01",
        "-f",
        "json",
    ]);
    let unknown: Vec<_> =
        run.json()["problems"].as_array().unwrap().iter().map(|one| one["userTypes"][0].clone()).collect();
    assert_eq!(
        (run.code, unknown),
        (1, vec![json!("MobileWorkerUT"), json!("contributorUT"), json!("gisProfessionalAdvUT")])
    );
    let run =
        seatline(&["moves", &license, "--members", &members, "--map", "Viewer=mobile worker", "--as-of", "2026-06-01"]);
    assert!(run.stderr.contains("\"Viewer\" is viewerUT"), "{run:?}");
    let run = seatline(&[
        "fit",
        &license,
        "--usage",
        &members,
        "--moves",
        &fixture("moves-names.csv"),
        "--as-of",
        "2026-06-01",
    ]);
    assert_eq!(run.code, 2, "{run:?}");
    for words in [
        "moves-names.csv:2: the user type \"contributorUT\"",
        "did you mean Contributor (editorUT)?",
        "moves-names.csv:4",
        "moves-names.csv:6",
    ] {
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
}
