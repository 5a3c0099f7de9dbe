//! All moves are done, and nobody is locked out.

use super::Site;
use super::site::ends;
use crate::common::{Run, assert_schema, command};
use crate::portal::run::text;
use crate::portal::stub::{ADMIN, Always, Answer, Member, Nth, Op, Portal};

fn finishes(site: &Site) -> Run {
    let run = site.run();
    ends(&run, 0, &[]);
    site.assert_journal_is_true(0);
    site.assert_moved_once();
    assert_eq!(site.portal.refused().len(), 0);
    run
}

#[test]
fn a_chain_of_full_types() {
    let site = Site::chain();
    finishes(&site);
    assert_eq!(site.now(), Site::chain_end());
    assert_eq!((site.updates(), site.portal.moved().last().unwrap().username.as_str()), (5, ADMIN));
}

#[test]
fn members_on_many_pages_out_of_an_over_assigned_type_with_a_token() {
    let members = Member::many("v", 230, "viewerUT").chain(Member::many("k", 40, "creatorUT"));
    let seats = [("viewerUT", 100), ("editorUT", 200), ("fieldWorkerUT", 40), ("creatorUT", 40)];
    let site = Site::over(Portal::new().members(members), &seats).without_credentials();
    let csv: Vec<(String, &str)> = (1..=170)
        .map(|n| (format!("v{n:05}"), "editorUT"))
        .chain((1..=30).map(|n| (format!("k{n:05}"), "fieldWorkerUT")))
        .collect();
    let csv: Vec<(&str, &str)> = csv.iter().map(|(name, to)| (name.as_str(), *to)).collect();
    let token = site.portal.token(ADMIN);
    let site = site.moves(&csv).variable("SEATLINE_TOKEN", &token);
    let run = finishes(&site);
    assert!(run.stdout.contains("done: 200 members have their new user type"), "{run:?}");
    let assigned = ["viewerUT", "editorUT", "fieldWorkerUT", "creatorUT"].map(|id| site.portal.assigned(id));
    assert_eq!(assigned, [60, 170, 30, 10]);
    assert_eq!(site.updates(), 7 + 2, "25 in a request");
    assert_eq!(site.portal.tokens_issued(), 1, "nobody signed in");
}

#[test]
fn two_full_types_swap_over_one_spare_seat() {
    let members = Member::many("b", 8, "GISProfessionalBasicUT").chain(Member::many("c", 8, "creatorUT"));
    let seats = [("GISProfessionalBasicUT", 8), ("creatorUT", 9)];
    let site = Site::new(Portal::new().members(members), &seats).and(&[
        "--map",
        "GISProfessionalBasicUT=creatorUT",
        "--map",
        "creatorUT=GISProfessionalBasicUT",
    ]);
    finishes(&site);
    for (name, before) in &site.before {
        let expected = match before.as_str() {
            "creatorUT" => "GISProfessionalBasicUT",
            "GISProfessionalBasicUT" => "creatorUT",
            other => other,
        };
        assert_eq!(site.portal.user_type(name).as_deref(), Some(expected));
    }
}

#[test]
fn names_are_names_whatever_stands_in_them() {
    let names =
        ["o'neil, \"bob\"", "=1+1", "j\u{f8}rgen@example.invalid", "a&b=c+d%41", "back\\slash", "\u{5f20}\u{4e09}"];
    let members = names.map(|name| Member::new(name, "viewerUT"));
    let site = Site::new(Portal::new().members(members), &[("viewerUT", 9), ("editorUT", 9)]);
    let site = site.moves(&names.map(|name| (name, "editorUT"))).and(&["--format", "json"]);
    let undo = text(site.path("undo.csv"));
    let site = site.and(&["--undo", &undo]);
    let run = finishes(&site);
    let json = run.json();
    let moved: Vec<&str> =
        json["applied"]["moved"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(moved, names);
    // The plan of --undo is a plan like any other.
    let back = site.without_arguments();
    let journal = text(back.path("back.jsonl"));
    let back = back.and(&["--moves", &undo, "--journal", &journal]);
    ends(&back.run(), 0, &[]);
    assert!(names.iter().all(|name| back.portal.user_type(name).as_deref() == Some("viewerUT")), "{:?}", back.now());
}

#[test]
fn an_answer_with_names_in_another_case_is_an_answer() {
    let site = Site::chain();
    let upper = Answer::usual().with(|value| {
        for result in value["results"].as_array_mut().unwrap() {
            result["username"] = result["username"].as_str().unwrap().to_uppercase().into();
        }
    });
    site.portal.script(Op::UpdateUserLicenseType, Always, upper);
    finishes(&site);
    assert_eq!(site.now(), Site::chain_end());
}

#[test]
fn answers_in_utf_16_and_with_a_byte_order_mark_are_read() {
    let utf_16 = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let seats = [("viewerUT", 9), ("editorUT", 9)];
    let site = Site::new(Portal::new().member(Member::new("joe", "viewerUT")), &seats).moves(&[("joe", "editorUT")]);
    let me = r#"{"user":{"username":"portaladmin"}}"#;
    site.portal.script(Op::PortalSelf, Always, Answer::json(utf_16(me)));
    let done = "\u{FEFF}{\"results\":[{\"username\":\"joe\",\"status\":true}]}";
    site.portal.script(Op::UpdateUserLicenseType, Always, Answer::json(done).after_carrying_out());
    finishes(&site);
    assert_eq!(site.portal.user_type("joe").as_deref(), Some("editorUT"));
    let token = site.portal.token(ADMIN);
    let answer = Answer::json(utf_16(&format!("{{\"token\":\"{token}\"}}")));
    site.portal.script(Op::GenerateToken, Always, answer);
    ends(&site.run(), 0, &["all of it was done before"]);
}

#[test]
fn who_signs_in_with_another_case_is_moved_last_all_the_same() {
    let site = Site::chain();
    let other = Answer::usual().with(|value| value["user"]["username"] = "PortalAdmin".into());
    site.portal.script(Op::PortalSelf, Always, other);
    finishes(&site);
    assert_eq!(site.portal.moved().last().unwrap().username, ADMIN);
}

#[test]
fn who_signs_in_never_loses_administration() {
    for (role, own_name) in [(true, ADMIN), (false, ADMIN), (false, "PORTALADMIN")] {
        let seats = [("viewerUT", 9), ("GISProfessionalAdvUT", 1), ("IndoorsUserUT", 9)];
        for to in ["viewerUT", "IndoorsUserUT"] {
            let portal = Portal::new().member(Member::new("other", "GISProfessionalAdvUT").administrator());
            let site = Site::new(portal, &seats).moves(&[(ADMIN, to)]);
            if !role {
                let without = Answer::usual().with(|value| {
                    for user in value["users"].as_array_mut().unwrap() {
                        user.as_object_mut().unwrap().remove("role");
                    }
                });
                site.portal.script(Op::Members, Always, without);
            }
            let named = Answer::usual().with(move |value| value["user"]["username"] = own_name.into());
            site.portal.script(Op::PortalSelf, Always, named);
            let run = site.run();
            assert_eq!(run.code, 1, "{run:?}");
            let why = if role { " is an administrator" } else { " signs in to do this, so must be an administrator" };
            assert!(run.stdout.contains(&format!("{ADMIN}{why}")), "{run:?}");
            assert_eq!(site.updates(), 0);
        }
    }
}

#[test]
fn nothing_to_do_is_nothing_done() {
    let site = Site::new(Portal::new().member(Member::new("joe", "viewerUT")), &[("viewerUT", 9)])
        .moves(&[("joe", "viewerUT")]);
    let run = site.run();
    ends(&run, 0, &[]);
    assert!(run.stdout.contains("nothing to do") && site.journal().is_empty() && site.updates() == 0, "{run:?}");
}

#[test]
fn more_in_a_request_than_the_portal_takes_is_told_and_can_be_made_less() {
    let site =
        Site::new(Portal::new().members(Member::many("v", 60, "viewerUT")), &[("viewerUT", 60), ("editorUT", 60)])
            .and(&["--map", "viewerUT=editorUT"]);
    let large: Run = site.command().args(["--batch", "60"]).output().unwrap().into();
    let warned = "warning: --batch 60: a portal may refuse more than 25 in one request";
    ends(&site.ran(large), 3, &[warned, "0 of 60 members have their new user type, 60 the one of before"]);
    // The same moves in other batches.
    finishes(&site);
    assert_eq!(site.portal.assigned("editorUT"), 60);
}

#[test]
fn what_became_of_it_is_told_in_every_format() {
    let run = |format: &str, broken: bool| {
        let site = Site::chain().and(&["--format", format]);
        if broken {
            let refusing = Answer::usual().refusing(&["v00002"]);
            site.portal.script(Op::UpdateUserLicenseType, Nth(3), refusing);
        }
        let run = site.run();
        assert_eq!(run.code, if broken { 3 } else { 0 }, "{run:?}");
        (site, run)
    };
    for broken in [false, true] {
        let (site, json) = run("json", broken);
        let value = json.json();
        assert_schema("moves", &value);
        let applied = &value["applied"];
        assert_eq!(applied["done"], !broken);
        assert_eq!(applied["portal"], site.portal.url());
        let count = |name: &str| applied[name].as_array().unwrap().len();
        assert_eq!((count("moved"), count("open"), count("elsewhere")), if broken { (7, 3, 0) } else { (10, 0, 0) });
        assert_eq!(applied["stopped"].is_string(), broken);
        for format in ["table", "markdown"] {
            let (_, shown) = run(format, broken);
            if broken {
                for words in [
                    "not done: 3 of 10 members do not have their new user type",
                    "v00002",
                    "has the user type of before",
                ] {
                    assert!(shown.stdout.contains(words), "{words}: {shown:?}");
                }
            } else {
                assert!(shown.stdout.contains("done: 10 members have their new user type"), "{shown:?}");
                assert!(!shown.stdout.contains("Not moved"), "{shown:?}");
            }
        }
    }
}

#[test]
fn without_apply_nothing_is_sent() {
    let site = Site::chain();
    let members: String = site.before.iter().map(|(name, id)| format!("{name},{id}\n")).collect();
    std::fs::write(site.path("members.csv"), format!("username,userLicenseTypeId\n{members}")).unwrap();
    let (license, members) = (text(site.path("license.json")), text(site.path("members.csv")));
    let token = site.portal.token(ADMIN);
    let run = |more: &[&str]| -> Run {
        let all = ["moves", &license, "--members", &members, "--map", "viewerUT=fieldWorkerUT"];
        let mut command = command(&[&all, more].concat());
        command.env("SEATLINE_URL", site.portal.url()).env("SEATLINE_TOKEN", &token);
        command.env("SEATLINE_USERNAME", ADMIN).env("SEATLINE_PASSWORD", crate::portal::stub::PASSWORD);
        command.output().unwrap().into()
    };
    for format in ["table", "json", "csv", "markdown", "python"] {
        ends(&run(&["--format", format]), 0, &[]);
    }
    ends(&run(&["--url", &site.portal.url()]), 2, &["--url without --apply"]);
    ends(&run(&["--yes"]), 2, &["--apply"]);
    assert_eq!(site.portal.connections(), 0);
    assert!(site.journal().is_empty());
}
