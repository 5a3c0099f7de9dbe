//! The messages of rules that say different things of different licenses, beyond those of the fixtures.

use std::fmt::Write;
use std::fs;

use super::Topic;
use crate::check::fixtures::{AS_OF, findings};
use crate::common::{Run, command};

pub(super) const TOPIC: Topic = Topic { folder: "messages", names, text };

/// A license and what it is checked against.
struct Case {
    name: &'static str,
    /// Members of `MyEsri` besides `provision`, each with a comma after it.
    members: &'static str,
    /// A list of `provision`, an id, and entries as `SEATS@DATE`, each as JSON; one item a line.
    provision: &'static str,
    policy: &'static str,
    /// Members and their user types.
    usage: &'static str,
    options: &'static [&'static str],
}

const NOTHING: Case =
    Case { name: "", members: r#""version": "11.3", "#, provision: "", policy: "", usage: "", options: &[] };

/// 2025-07-01 12:00, 2026-07-01, 2027-06-01 00:00, 2027-07-01 12:00 and 2028-07-01 12:00.
const CASES: [Case; 10] = [
    Case {
        name: "expected-items",
        provision: "userTypes creatorUT 50@1751371200000 0@1846065600000
            userTypes viewerUT 50@1751371200000 null@1811808000000
            userTypes emptyUT 0@1751371200000
            userTypes oneUT 1@1751371200000 0@1846065600000",
        policy: r#"portal-version = "11.4"
            item = [
                { kind = "userType", id = "creatorUT", earliest-end = "2029-01-01", minimum-seats = 60 },
                { kind = "userType", id = "viewerUT", earliest-end = "2028-01-01", minimum-seats = 50, required = true },
                { kind = "userType", id = "emptyUT", earliest-end = "2028-01-01", required = true },
                { kind = "userType", id = "oneUT", forbidden = true },
                { kind = "userType", id = "goneUT", minimum-seats = 1 },
                { kind = "userType", id = "awayUT", earliest-end = "2028-01-01" },
                { kind = "app", id = "tracker", required = true },
                { kind = "capability", id = "indoors", earliest-end = "2028-01-01" },
            ]"#,
        ..NOTHING
    },
    Case {
        name: "expected-administrator-in-another-case",
        members: "",
        provision: "userTypes creatorUT 50@1751371200000",
        policy: "portal-version = \"11.4\"\n[admin]\ninitial-user-type = \"CreatorUT\"\n",
        ..NOTHING
    },
    Case {
        name: "expected-administrator-unknown",
        provision: "userTypes partnerUT 50@1751371200000",
        policy: "[admin]\ninitial-user-type = \"partnerUT\"\n",
        ..NOTHING
    },
    Case {
        name: "expected-administrator-without-seats",
        provision: "userTypes creatorUT 50@1751371200000 0@1814443200000",
        policy: "[admin]\ninitial-user-type = \"creatorUT\"\nfor = \"1y\"\n",
        ..NOTHING
    },
    Case {
        name: "waivers",
        provision: "userTypes creatorUT 50@1751371200000",
        policy: r#"[[waiver]]
            rule = "seat-gap"
            kind = "*"
            id = "*"
            until = 2026-12-01
            reason = "was known"
            [[waiver]]
            rule = "expired"
            kind = "*"
            id = "*"
            until = 2027-12-01
            reason = "is known"
            [[waiver]]
            rule = "no-end"
            kind = "userType"
            id = "creatorUT"
            until = 2027-01-05
            reason = "it has none"
            files = ["*.json"]"#,
        ..NOTHING
    },
    Case {
        name: "use",
        provision: "userTypes creatorUT 4@1751371200000 1@1814443200000 0@1846065600000
            userTypes viewerUT 2@1751371200000 0@1846065600000
            userTypes editorUT null@1751371200000",
        usage: "a,creatorUT\nb,creatorUT\nc,creatorUT\nd,creatorUT\ne,viewerUT\nf,viewerUT\ng,viewerUT\nh,editorUT\n\
            i,goneUT\nj,GISProfessionalBasicUT\nk,GISProfessionalBasicUT\n",
        policy: "levels = { over-assigned = \"warning\" }",
        ..NOTHING
    },
    Case {
        name: "administrators-in-doubt",
        provision:
            "userTypes creatorUT null@1751371200000\nuserTypes aUT 1@1751371200000\nuserTypes bUT 1@1751371200000
            userTypes cUT 1@1751371200000\nuserTypes dUT 1@1751371200000\nuserTypes eUT 1@1751371200000
            userTypes fUT 1@1751371200000\nuserTypes gUT 1@1751371200000\nuserTypes hUT 1@1751371200000
            userTypes iUT 1@1751371200000\nuserTypes jUT 1@1751371200000\nuserTypes kUT 1@1751371200000",
        ..NOTHING
    },
    Case {
        name: "members",
        members: r#""version": 11, "mac": 1, "mac": 2, "definitions": {"userTypes": [{"id": "creatorUT", "x": 1},
            {"id": "viewerUT", "x": 1, "y": 2, "y": 3}], "appBundles": {}}, "portalCapabilities": [{"id": "indoors",
            "startDate": 1846065600000, "endDate": 1751371200000}, {"id": "b", "startDate": 1751371200000, "endDate": "x"}], "#,
        provision: "userTypes creatorUT 50@1751371200000\nuserTypes viewerUT 50@1751371200000",
        ..NOTHING
    },
    Case {
        name: "values",
        provision: r#"userTypes creatorUT "50"@1751371200000 60.0@"1782907200000" 0@32503680000000
            userTypes viewerUT -1@1751371200000 1.5@1782907200000 {}@1814443200000 5@null 6@20270101120000 7@1751371200
            userTypes editorUT 1@1751371200000 2@1751371200000
            userTypes liteUT 1@1 2@1 3@1 4@1 5@1 6@1 7@1 8@1 9@1 10@1 11@1 12@1
            extensions workflow 1@1751371200000 3@1751371200000 0@1846065600000"#,
        ..NOTHING
    },
    Case {
        name: "ends",
        provision: "userTypes creatorUT 50@1751371200000 0@1846065600000
            userTypes viewerUT 50@1751371200000 0@1846065600000
            userTypes editorUT 50@1751371200000 0@1811808000000
            userTypes liteUT 50@1751371200000 0@1782864000000
            userTypes basicUT 50@1751371200000 0@1782864000000 40@1811808000000 0@1846152000000
            apps tracker 5@1751371200000 0@1800000000000
            apps collector 5@1751371200000 null@1800000000000 0@1801000000000",
        options: &["--tz", "America/New_York"],
        ..NOTHING
    },
];

fn names() -> Vec<String> {
    CASES.iter().map(|case| case.name.to_owned()).collect()
}

/// The license document of a case.
fn license(case: &Case) -> String {
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    for line in case.provision.lines() {
        let mut words = line.split_whitespace();
        let (list, id) = (words.next().unwrap(), words.next().unwrap());
        let entries = words.map(|entry| {
            let (seats, date) = entry.split_once('@').unwrap();
            format!(r#"{{"id": "{id}", "maxUsers": {seats}, "startDate": {date}}}"#)
        });
        match lists.iter_mut().find(|(name, _)| *name == list) {
            Some((_, known)) => known.extend(entries),
            None => lists.push((list, entries.collect())),
        }
    }
    let lists: Vec<_> = lists.iter().map(|(name, all)| format!(r#""{name}": [{}]"#, all.join(",\n"))).collect();
    format!(r#"{{"MyEsri": {{{}"provision": {{{}}}}}}}"#, case.members, lists.join(",\n"))
}

fn text(name: &str) -> String {
    let case = CASES.iter().find(|case| case.name == name).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("license.json", &license(case));
    write("members.csv", &format!("username,userLicenseTypeId\n{}", case.usage));
    write("seatline.toml", case.policy);
    let usage: &[&str] = if case.usage.is_empty() { &[] } else { &["--usage", "members.csv"] };
    let arguments = [&["check", "license.json", "--as-of", AS_OF, "-f", "json"], usage, case.options].concat();
    let run: Run = command(&arguments).current_dir(folder.path()).output().unwrap().into();
    let mut text = String::new();
    for finding in findings(&run.json()) {
        let word = |name: &str| finding[name].as_str().unwrap_or("-");
        writeln!(text, "{} {}: {}", word("severity"), word("rule"), word("message")).unwrap();
    }
    text
}

#[test]
fn further_messages_are_as_saved() {
    TOPIC.compare();
}
