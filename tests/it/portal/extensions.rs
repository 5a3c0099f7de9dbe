//! The extensions of members, requested member by member.

use serde_json::{Value, json};

use crate::common::{assert_schema, command, seatline};
use crate::portal::run::{Fetch, text};
use crate::portal::stub::{ADMIN, Always, Answer, Member, Nth, Op, Portal, Since};

const FILE: &str = "member-extensions.jsonl";
const PARTIAL: &str = "member-extensions.partial";

/// Three members besides the administrator; the name of one must be encoded in a path.
fn portal() -> Portal {
    Portal::new()
        .member(Member::new(ADMIN, "GISProfessionalAdvUT").administrator().extensions(&["advediting", "geobim"]))
        .member(Member::new("ann", "creatorUT").extensions(&["advediting"]))
        .member(Member::new("b/ö?b", "creatorUT").extensions(&[]))
        .member(Member::new("cy", "viewerUT").extensions(&[]))
        .seats("creatorUT", 5)
        .seats("viewerUT", 5)
        .built_in_accounts(true)
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_member_is_asked_about_and_extensions_are_counted() {
    let portal = portal().start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--extensions"]).run();
    fetched.ends(0, &[]);
    assert!(fetched.run.stdout.contains("which extensions each member has"), "{:?}", fetched.run);
    assert_eq!(portal.requests_to(Op::Member).len(), 4, "no built-in account is asked about");
    let saved = lines(&fetched.bytes(FILE));
    let expected = [
        (ADMIN, "GISProfessionalAdvUT", json!(["advediting", "geobim"])),
        ("ann", "creatorUT", json!(["advediting"])),
        ("b/ö?b", "creatorUT", json!([])),
        ("cy", "viewerUT", json!([])),
    ];
    let expected = expected.map(|(username, user_type, extensions)| {
        json!({"username": username, "userLicenseTypeId": user_type, "userLicenseTypeExtensions": extensions})
    });
    assert_eq!(saved, expected, "nothing else that the portal tells of people is kept");
    let manifest = fetched.json("manifest.json");
    assert_schema("fetch", &manifest);
    let file = manifest["files"].as_array().unwrap().last().unwrap();
    assert_eq!((&file["file"], &file["what"]), (&json!(FILE), &json!("extensions")));
    assert!(!fetched.files().contains(&PARTIAL.to_owned()), "{:?}", fetched.files());

    let folder = text(fetched.folder());
    let license = "tests/fixtures/inputs/new-11.5-advediting.json";
    for command in ["fit", "preflight"] {
        let run = seatline(&[command, license, "--usage", &folder, "--as-of", "2026-06-01", "-f", "json"]);
        assert!(run.code <= 1, "{run:?}");
        let report = run.json();
        let items = report["items"].as_array().unwrap();
        let assigned = |id: &str| items.iter().find(|item| item["id"] == id).unwrap()["assigned"].clone();
        assert_eq!((assigned("advediting"), assigned("geobim")), (json!(2), json!(1)), "{command}");
        assert_eq!(assigned("creatorUT"), 2);
    }
}

#[test]
fn nobody_is_asked_about_where_nobody_said_so() {
    let portal = portal().start();
    let fetched = Fetch::of(&portal).signed_in().run();
    fetched.ends(0, &[]);
    assert_eq!(portal.requests_to(Op::Member).len(), 0);
    assert!(!fetched.files().contains(&FILE.to_owned()));
}

#[test]
fn a_run_that_failed_goes_on_where_it_was() {
    let portal = portal().script(Op::Member, Nth(3), Answer::reset()).start();
    let fetch = Fetch::of(&portal).signed_in().and(&["--extensions"]);
    let run: crate::common::Run = fetch.command().output().unwrap().into();
    assert_eq!(run.code, 4, "{run:?}");
    assert!(run.stderr.contains("2 of 4 members were asked about: run the same command again"), "{run:?}");
    let left: Vec<_> = std::fs::read_dir(fetch.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [PARTIAL], "nothing else is saved");
    assert_eq!(lines(&std::fs::read(fetch.folder().join(PARTIAL)).unwrap()).len(), 3);
    portal.forget_script();
    // The second member has got another user type meanwhile.
    portal.put(Member::new("ann", "viewerUT").extensions(&["geobim"]));
    let fetched = fetch.run();
    fetched.ends(0, &["note: 2 members were asked about in an earlier run"]);
    assert_eq!(portal.requests_to(Op::Member).len(), 3 + 3);
    let saved = lines(&fetched.bytes(FILE));
    assert_eq!((saved.len(), &saved[1]["userLicenseTypeExtensions"]), (4, &json!(["geobim"])));
}

#[test]
fn what_another_portal_has_left_is_not_taken() {
    let portal = portal().start();
    let fetch = Fetch::of(&portal).signed_in().and(&["--extensions"]);
    std::fs::create_dir_all(fetch.folder()).unwrap();
    let known = json!({"username": "ann", "userLicenseTypeId": "creatorUT", "userLicenseTypeExtensions": ["other"]});
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    for (url, began) in [("https://elsewhere.example/portal".to_owned(), now), (portal.url(), now - 90_000_000)] {
        let head = json!({"portal": url, "began": began});
        std::fs::write(fetch.folder().join(PARTIAL), format!("{head}\n{known}\n")).unwrap();
        let run: crate::common::Run = fetch.command().arg("--force").output().unwrap().into();
        assert_eq!(run.code, 0, "{run:?}");
        let saved = lines(&std::fs::read(fetch.folder().join(FILE)).unwrap());
        assert_eq!(saved[1]["userLicenseTypeExtensions"], json!(["advediting"]), "{head}");
    }
}

#[test]
fn a_portal_that_does_not_tell_is_not_asked_about_everybody() {
    let portal = Portal::new().members(Member::many("m", 60, "creatorUT")).seats("creatorUT", 60).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--extensions"]).run();
    fetched.ends(0, &["warning: without extensions: the portal does not tell the extensions of members"]);
    assert_eq!(portal.requests_to(Op::Member).len(), 20);
    assert!(!fetched.files().contains(&FILE.to_owned()) && !fetched.files().contains(&PARTIAL.to_owned()));
    assert_eq!(fetched.json("manifest.json")["notFetched"][0]["what"], "extensions");
}

#[test]
fn answers_about_somebody_else_are_not_taken() {
    for (answer, said) in [
        (Answer::usual().with(|member| member["username"] = json!("zoe")), "about somebody else than ann"),
        (Answer::usual().with(|member| member["userLicenseTypeId"] = json!("viewerUT")), "ann got another user type"),
        (Answer::usual().with(|member| member["userLicenseTypeId"] = Value::Null), "so nobody knows whose seat it is"),
        (Answer::html("Sign In"), "an HTML page"),
    ] {
        let portal = portal().script(Op::Member, Since(2), answer).start();
        let fetch = Fetch::of(&portal).signed_in().and(&["--extensions"]);
        let run: crate::common::Run = fetch.command().output().unwrap().into();
        assert!(run.code == 3 && run.stderr.contains(said), "{said}: {run:?}");
        assert!(!fetch.folder().join("manifest.json").exists());
    }
    let portal = portal().script(Op::Member, Always, Answer::error(403, "No.")).start();
    let run = Fetch::of(&portal).signed_in().and(&["--extensions"]).command().output().unwrap();
    assert_eq!(run.status.code(), Some(4), "one must be allowed to ask");
}

#[test]
fn it_needs_the_list_of_members() {
    let portal = portal().start();
    for more in [&["--skip", "members"][..], &["--only", "license-resource"]] {
        Fetch::of(&portal).signed_in().and(&["--extensions"]).and(more).run().ends(2, &["needs the list of members"]);
    }
    let run =
        command(&["fetch", "--url", "https://x.example", "--license", "samples/portal-10.8.json", "--extensions"]);
    let run: crate::common::Run = { run }.output().unwrap().into();
    assert!(run.code == 2 && run.stderr.contains("needs the list of members"), "{run:?}");
}
