//! What a run tells of the requests that it sent: every answer, and every request without one, whatever fails afterwards.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Site;
use super::parking::swap_of;
use super::site::ends;
use crate::common::{Run, assert_schema};
use crate::portal::run::text;
use crate::portal::stub::{Always, Answer, Member, Nth, Op, Portal, Reply, Since};

/// Two members who are to be moved in one request, or in two.
fn two(portal: Portal, batch: &str) -> Site {
    let members = ["carla", "cem"].map(|name| Member::new(name, "viewerUT"));
    let seats = [("viewerUT", 9), ("editorUT", 9)];
    let site = Site::new(portal.members(members), &seats);
    site.and(&["--map", "viewerUT=editorUT", "--batch", batch])
}

/// The user names in a list of names, or of objects with names.
fn names(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one.get("username").unwrap_or(one).as_str().unwrap()).collect()
}

fn in_json(site: &Site) -> (Run, Value) {
    let run = site.ran(site.command().args(["-f", "json"]).output().unwrap().into());
    let json = run.json();
    assert_schema("moves", &json);
    let applied = json["applied"].clone();
    (run, applied)
}

#[test]
fn an_answer_is_told_although_the_list_cannot_be_read_afterwards() {
    for fault in [Answer::status(500), Answer::reset(), Answer::json("{"), Answer::error(403, "no")] {
        let failing = |site: &Site| site.portal.script(Op::Members, Since(2), fault.clone());
        let site = two(Portal::new(), "25");
        failing(&site);
        let (run, applied) = in_json(&site);
        let said = "who has which user type now is not known: by the portal's answers, all 2 members have their new user type; \
                    run the same command again";
        ends(&run, run.code, &[said]);
        assert!(run.code == 4 || run.code == 3, "{run:?}");
        assert_eq!(
            (names(&applied["moved"]), &applied["done"], &applied["listed"]),
            (vec!["carla", "cem"], &Value::Null, &false.into())
        );
        let json = run.json();
        assert_eq!((&json["moves"], &json["possible"]), (&json!(2), &json!(true)));
        let failure = &json["failures"][0];
        assert!(["network", "portal-error"].contains(&failure["code"].as_str().unwrap()), "{failure}");
        assert!(applied["stopped"].as_str().unwrap().contains("users at"), "{applied}");
        // The next run cannot list them either, and knows the same from its journal.
        site.portal.script(Op::Members, Always, fault.clone());
        let (run, applied) = in_json(&site);
        ends(&run, run.code, &["nothing was changed by this run: run the same command again"]);
        assert_eq!((names(&applied["moved"]), &applied["listed"]), (vec!["carla", "cem"], &false.into()), "{applied}");
        // For people.
        for format in ["table", "markdown", "csv"] {
            let site = two(Portal::new(), "25").and(&["-f", format]);
            failing(&site);
            let run = site.run();
            ends(&run, run.code, &["by the portal's answers, all 2 members have their new user type"]);
            let said = match format {
                "csv" => r#""carla","editorUT",1,"viewerUT","moved""#,
                _ => {
                    "not checked: by the portal's answers 2 of 2 members have their new user type; its members cannot be listed"
                }
            };
            assert!(run.words().contains(said) && !run.stdout.contains("not done"), "{format}: {run:?}");
        }
    }
}

#[test]
fn some_answers_are_told_although_the_list_cannot_be_read_afterwards() {
    // The first of two requests is answered, and the second one is not, or is refused.
    for (fault, done, unanswered, open) in [
        (Answer::status(504), Value::Null, vec!["cem"], vec!["cem"]),
        (Answer::error(403, "no"), json!(false), vec![], vec!["cem"]),
        (Answer::usual().refusing(&["cem"]), json!(false), vec![], vec!["cem"]),
    ] {
        let site = two(Portal::new(), "1");
        site.portal.script(Op::UpdateUserLicenseType, Nth(2), fault);
        site.portal.script(Op::Members, Since(2), Answer::status(502));
        let (run, applied) = in_json(&site);
        let counted = "by the portal's answers, 1 of 2 members have their new user type, 1 the one of before";
        ends(&run, 4, &["updateUserLicenseType ", "; and then users at", counted]);
        assert_eq!(run.stderr.contains("may still carry it out"), !unanswered.is_empty(), "{run:?}");
        assert_eq!((&applied["done"], names(&applied["moved"])), (&done, vec!["carla"]), "{applied}");
        assert_eq!((names(&applied["open"]), names(&applied["unanswered"])), (open, unanswered), "{applied}");
    }
}

#[test]
fn who_waits_is_counted_apart() {
    for fault in [
        Answer::error(403, "no"),
        Answer::usual().refusing(&["b00001", "c00001", "b00002", "c00002", "b00003", "c00003"]),
    ] {
        let site = swap_of(Portal::new());
        site.portal.script(Op::UpdateUserLicenseType, Nth(2), fault);
        let (run, applied) = in_json(&site);
        let waiting = names(&applied["waiting"]);
        let [waits] = waiting[..] else { panic!("{applied}") };
        let said = format!(
            "0 of 6 members have their new user type, 5 the one of before, 1 waits in a third user type ({waits} in fieldWorkerUT)"
        );
        ends(&run, run.code, &[&said]);
        let again = site.run();
        ends(&again, 0, &[]);
        // In the verdict of the table too.
        let site = swap_of(Portal::new());
        site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::error(403, "no"));
        let run = site.run();
        let said = "not done: 6 of 6 members do not have their new user type, 1 of them waits in a third user type";
        assert!(run.words().contains(said), "{run:?}");
    }
}

#[test]
fn what_was_not_answered_and_was_done_is_looked_for_until_the_list_shows_it() {
    for fault in [
        Answer::status(504),
        Answer::close(),
        Answer::html("busy"),
        Answer::json(r#"{"results":[]}"#),
        Answer::status(403),
        Answer::redirect(302, "https://gis.invalid/blocked"),
    ] {
        let site = two(Portal::new().lags(Duration::from_millis(900)), "25").and(&["--settle", "20"]);
        site.portal.script(Op::UpdateUserLicenseType, Nth(1), fault.after_carrying_out());
        let started = Instant::now();
        let run = site.run();
        ends(&run, 0, &["warning: ", "all 2 members have their new user type nonetheless"]);
        assert!(started.elapsed() < Duration::from_secs(15), "no longer than it lags");
        assert_eq!(site.updates(), 1);
        site.assert_journal_is_true(0);
    }
}

#[test]
fn what_was_not_answered_is_never_told_as_not_done() {
    let perhaps = "the portal did not say whether carla, cem got editorUT, and may still carry it out";
    let slow = || Answer::usual().before(|_| std::thread::sleep(Duration::from_secs(4)));
    for (fault, why) in [
        (Answer::status(504), "HTTP 504"),
        (Answer::reset(), "broke"),
        (slow(), "within 1 s"),
        // These may come from a server before the portal, which keeps the portal's answer back.
        (Answer::status(403), "HTTP 403"),
        (Answer::status(404), "HTTP 404"),
        (Answer::status(401), "HTTP 401"),
        (Answer::status(429), "HTTP 429"),
        (Answer::redirect(302, "https://gis.invalid/blocked"), "it redirects to"),
        (Answer::redirect(302, "/portal/home/signin.html"), "a login page"),
        (Answer::redirect(307, "/portal/elsewhere"), "it redirects to"),
        (Answer::html("<form><input type=\"password\"></form>"), "a page to sign in on"),
        (Answer::html("The request was blocked"), "an HTML page"),
    ] {
        let formats: &[&str] = if why == "broke" { &["table", "markdown", "csv"] } else { &["json"] };
        for format in formats.iter().copied() {
            let site = two(Portal::new(), "25");
            site.portal.script(Op::UpdateUserLicenseType, Nth(1), fault.clone());
            let run: Run = site.command().args(["-f", format, "--timeout", "1"]).output().unwrap().into();
            let run = site.ran(run);
            let counted = "0 of 2 members have their new user type, 2 the one of before";
            let code = if why == "an HTML page" { 3 } else { 4 };
            ends(&run, code, &[why, counted, perhaps, "wait a while, and run the same command again to go on"]);
            assert!(!run.stdout.contains("not done") && !run.stderr.contains("not done"), "{run:?}");
            match format {
                "json" => {
                    let applied = &run.json()["applied"];
                    assert_eq!((&applied["done"], &applied["listed"]), (&Value::Null, &true.into()), "{applied}");
                    let asked = |name: &str| json!({ "username": name, "userType": "editorUT" });
                    assert_eq!(applied["unanswered"], json!([asked("carla"), asked("cem")]));
                }
                "csv" => assert!(run.stdout.contains(r#""carla","editorUT",1,"viewerUT","unanswered""#), "{run:?}"),
                _ => {
                    let said = run.words().replace('`', "");
                    let verdict = "unfinished: 2 of 2 members do not have their new user type; for 2 of them the portal \
                                   did not say whether it did what was asked, and may still do it";
                    assert!(said.contains(verdict), "{said}");
                    assert!(
                        said.contains("the portal did not say that it was done, and may still give editorUT"),
                        "{said}"
                    );
                }
            }
            // The next run says so before it asks again.
            site.portal.forget_script();
            let run = site.ran(site.command().args(["-f", "json"]).output().unwrap().into());
            ends(&run, 0, &[]);
            let notes = run.json()["notes"].to_string();
            assert!(notes.contains(perhaps) && notes.contains("this run asks for it again"), "{notes}");
            assert_eq!(site.portal.assigned("editorUT"), 2);
            ends(&site.run(), 0, &["all of it was done before"]);
        }
    }
}

#[test]
fn what_was_refused_is_not_waited_for() {
    for fault in [
        Answer::error(403, "no"),
        Answer::error(400, "no"),
        Answer::error(404, "no"),
        Answer::error(400, "No seats available"),
        Answer::reply(Reply::new(403, "application/json", r#"{"error":{"code":403,"message":"no"}}"#)),
    ] {
        let site = two(Portal::new(), "25").and(&["--settle", "20"]);
        site.portal.script(Op::UpdateUserLicenseType, Nth(1), fault);
        let started = Instant::now();
        let (run, applied) = in_json(&site);
        assert!(started.elapsed() < Duration::from_secs(15), "{run:?}");
        assert!(run.code >= 3 && !run.stderr.contains("may still"), "{run:?}");
        assert_eq!((&applied["done"], &applied["unanswered"]), (&false.into(), &json!([])));
    }
}

/// Its words say why, and not whether it was done: a server in trouble may have done what was asked, or a part of it.
#[test]
fn an_error_of_the_server_is_no_refusal_whatever_its_words() {
    let advice = "no seat is free there";
    for fault in [
        Answer::error(500, "Internal: no seats available"),
        Answer::reply(Reply::new(504, "application/json", r#"{"error":{"code":504,"message":"No seats available"}}"#)),
    ] {
        // It is carried out, and the list shows it late.
        let site = two(Portal::new().lags(Duration::from_millis(900)), "25").and(&["--settle", "20"]);
        site.portal.script(Op::UpdateUserLicenseType, Nth(1), fault.clone().after_carrying_out());
        ends(&site.run(), 0, &[advice, "all 2 members have their new user type nonetheless"]);
        let failed = site.journal().into_iter().find(|line| line["event"] == "failed").unwrap();
        assert_eq!(failed["mayBeDone"], json!(true), "{failed}");
        // It is not carried out, and nobody knows that.
        let site = two(Portal::new(), "25");
        site.portal.script(Op::UpdateUserLicenseType, Nth(1), fault);
        let (run, applied) = in_json(&site);
        ends(&run, run.code, &[advice, "may still carry it out"]);
        assert_eq!((names(&applied["unanswered"]), &applied["done"]), (vec!["carla", "cem"], &Value::Null));
    }
    // A request for several that is rejected as a whole may have changed some of them.
    let partly = "whether it changed some of the 2 members of this request before is not known";
    for (batch, is_told) in [("25", true), ("1", false)] {
        let site = two(Portal::new(), batch);
        site.portal.script(Op::UpdateUserLicenseType, Nth(1), Answer::error(400, "no"));
        let run = site.run();
        assert_eq!((run.code, run.stderr.contains(partly)), (3, is_told), "{run:?}");
    }
}

/// What was answered before a request that nobody answered says nothing of what came of that request.
#[test]
fn a_later_request_without_an_answer_is_told_of_a_member_who_was_done() {
    let site = two(Portal::new(), "1");
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::error(403, "no"));
    site.run();
    site.portal.forget_script();
    // The journal of a run that let carla wait once more, as older versions did.
    let (path, at) = (site.path("journal.jsonl"), "2026-11-27T12:00:00Z");
    let sending = json!({ "event": "sending", "at": at, "userType": "fieldWorkerUT", "users": ["carla"] });
    let failed = json!({ "event": "failed", "at": at, "message": "it broke off", "mayBeDone": true });
    let journal = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{journal}{sending}\n{failed}\n")).unwrap();
    site.portal.script(Op::Members, Always, Answer::status(500));
    let (run, applied) = in_json(&site);
    ends(&run, 4, &["the portal did not say whether carla got fieldWorkerUT, and may still carry it out"]);
    assert_eq!((names(&applied["moved"]), names(&applied["open"])), (vec![], vec!["carla", "cem"]), "{applied}");
    assert_eq!(applied["unanswered"], json!([{ "username": "carla", "userType": "fieldWorkerUT" }]));
    assert_eq!((&applied["waiting"], &applied["listed"]), (&json!([]), &json!(false)));
}

#[test]
fn whom_the_portal_confirmed_is_told_where_it_says_nothing_of_another() {
    // It says that one was moved, and moves nobody.
    let only = r#"{"results":[{"username":"carla","status":true}]}"#;
    let site = two(Portal::new(), "25");
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), Answer::json(only));
    let (run, applied) = in_json(&site);
    let said = [
        "of carla the portal says that it was done; of cem the portal says nothing",
        "of carla the portal said that it was done, and its list of members does not show it",
        "whether cem got editorUT",
    ];
    ends(&run, 3, &said);
    let asked = |name: &str| json!([{ "username": name, "userType": "editorUT" }]);
    assert_eq!((&applied["contradicted"], &applied["unanswered"]), (&asked("carla"), &asked("cem")));
    assert_eq!((&applied["refused"], names(&applied["open"])), (&json!([]), vec!["carla", "cem"]));
    let site = two(Portal::new(), "25");
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), Answer::json(only));
    let run = site.run();
    let said = run.words();
    for words in [
        "by the list of members; by the portal's answer it has editorUT",
        "the portal did not say that it was done, and may still give editorUT",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // It says that one was moved, and moves that one.
    let site = two(Portal::new(), "25");
    let first = Answer::usual().with(|value| drop(value["results"].as_array_mut().unwrap().pop()));
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), first.refusing(&["cem"]));
    let (run, applied) = in_json(&site);
    ends(&run, 3, &["of carla the portal says that it was done", "1 of 2 members have their new user type"]);
    assert_eq!(names(&applied["moved"]), ["carla"]);
}

#[test]
fn results_that_cannot_be_written_are_refused_before_anything_is_asked() {
    let site = two(Portal::new(), "25");
    std::fs::create_dir(site.path("folder.json")).unwrap();
    let path = |name: &str| text(site.path(name));
    for (arguments, said) in [
        (["-o", &path("none/x.json")], "there is no folder"),
        (["-o", &path("folder.json")], "this is a folder"),
        (["--undo", &path("none/undo.csv")], "there is no folder"),
        (["--undo", &path("folder.json")], "this is a folder"),
    ] {
        let run: Run = site.command().args(arguments).output().unwrap().into();
        ends(&site.ran(run), 2, &["cannot be written", said]);
    }
    assert_eq!(site.portal.connections(), 0);
    assert!(!site.path("journal.jsonl").exists());
    // The check leaves nothing behind, and what is there stays as it is.
    std::fs::write(site.path("old.json"), "old").unwrap();
    let old = path("old.json");
    let before = std::fs::read_dir(site.folder.path()).unwrap().count();
    let site = site.and(&["-o", &old]);
    let journal = text(site.path("none/journal.jsonl"));
    ends(&site.with_journal(&journal), 2, &["the journal cannot be opened"]);
    assert_eq!(std::fs::read_to_string(site.path("old.json")).unwrap(), "old");
    assert_eq!(std::fs::read_dir(site.folder.path()).unwrap().count(), before);
    ends(&site.run(), 0, &[]);
    assert!(std::fs::read_to_string(site.path("old.json")).unwrap().contains("seatline/moves/v1"));
}

#[test]
fn a_page_that_says_two_things_is_pointed_at() {
    let page = r#"{"total":2,
 "total":3,"start":1,"num":1,"nextStart":-1,"users":[{"username":"a","userLicenseTypeId":"viewerUT"}]}"#;
    let twice = r#"{"total":1,"start":1,"num":1,"nextStart":-1,"users":[
  {"username":"a","userLicenseTypeId":"viewerUT","role":"x","role":"y"}]}"#;
    for (page, place, said) in [(page, ":2:8:", "\"total\" stands twice"), (twice, ":2:66:", "\"role\" stands twice")] {
        let site = two(Portal::new(), "25");
        site.portal.script(Op::Members, Always, Answer::json(page));
        let run = site.run();
        ends(&run, 3, &[place, said, "says two things", "nothing was changed"]);
        assert!(!run.stderr.contains("\\u0001") && !run.stderr.contains('\u{1}'), "{run:?}");
        // The same page in a file.
        std::fs::write(site.path("page.json"), page).unwrap();
        let (license, members) = (text(site.path("license.json")), text(site.path("page.json")));
        let run = crate::common::seatline(&["fit", &license, "--usage", &members]);
        assert!(
            run.code == 3 && run.stderr.contains(&format!("page.json{place}")) && run.stderr.contains(said),
            "{run:?}"
        );
        assert!(!run.stderr.contains("\\u0001"), "{run:?}");
    }
}

#[test]
fn a_member_without_a_user_type_is_told_with_what_to_do() {
    let site = two(Portal::new(), "25");
    let without = Answer::usual().with(|value| {
        value["users"][1].as_object_mut().unwrap().remove("userLicenseTypeId");
    });
    site.portal.script(Op::Members, Always, without);
    let said = ["the userLicenseTypeId of carla is missing", "give this member a user type at the portal"];
    let run = site.run();
    ends(&run, 3, &said);
    assert!(!run.stderr.contains("again"), "it would be the same: {run:?}");
    // Who stands in it twice is named.
    let site = two(Portal::new(), "25");
    let twice = Answer::usual().with(|value| value["users"][1]["username"] = "cem".into());
    site.portal.script(Op::Members, Always, twice);
    ends(&site.run(), 3, &["cem stands in it twice", "(read 2 times); run it again; nothing was changed"]);
}

#[test]
fn options_about_accounts_are_for_lists_in_files() {
    let site = two(Portal::new(), "25");
    for arguments in [&["--exclude", "cem"][..], &["--include-built-in"]] {
        let run: Run = site.command().args(arguments).output().unwrap().into();
        ends(&site.ran(run), 2, &["with --apply, everybody counts whom the portal lists"]);
    }
    assert_eq!(site.portal.connections(), 0);
}

#[test]
fn whom_somebody_else_moved_is_told_in_json_too() {
    let site = two(Portal::new(), "1");
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::error(403, "no"));
    site.run();
    site.portal.forget_script();
    site.portal.put(Member::new("cem", "GISProfessionalAdvUT"));
    let (run, applied) = in_json(&site);
    ends(&run, 1, &["cem has GISProfessionalAdvUT now", "somebody else changes members"]);
    let json = run.json();
    assert_eq!((&json["possible"], &json["problems"][0]["code"]), (&false.into(), &"changed-meanwhile".into()));
    assert_eq!(applied["elsewhere"], json!([{ "username": "cem", "userType": "GISProfessionalAdvUT" }]));
    assert_eq!((names(&applied["moved"]), &json["batches"]), (vec!["carla"], &json!([])));
}
