//! Changes by others during a run, and a list of members that lags behind.

use std::time::{Duration, Instant};

use super::Site;
use super::site::ends;
use crate::common::assert_schema;
use crate::portal::stub::{Always, Answer, Member, Nth, Op, Portal, Since, Victim};

#[test]
fn a_list_that_lags_is_read_again_before_the_portal_is_contradicted() {
    for settle in ["30", "0"] {
        let site = Site::chain_with(Portal::new().lags(Duration::from_millis(1500))).and(&["--settle", settle]);
        let started = Instant::now();
        let run = site.run();
        if settle == "30" {
            ends(&run, 0, &[]);
            assert!(run.stdout.contains("done: 10 members have their new user type"), "{run:?}");
            assert!(started.elapsed() < Duration::from_secs(20), "no longer than it lags");
            site.assert_journal_is_true(0);
        } else {
            ends(
                &run,
                3,
                &["its list of members says otherwise (--settle waits longer)", "run the same command again"],
            );
        }
        assert_eq!(site.now(), Site::chain_end());
        // The same command again changes nothing, whatever the list shows by then.
        std::thread::sleep(Duration::from_millis(1600));
        ends(&site.run(), 0, &["all of it was done before, and nothing is sent"]);
        site.assert_moved_once();
        assert_eq!(site.updates(), 5);
    }
}

#[test]
fn a_list_is_waited_for_half_a_minute_where_nobody_says_how_long() {
    let site = Site::chain_with(Portal::new().lags(Duration::from_secs(600)));
    let command = site.command();
    let arguments: Vec<_> = command.get_args().map(std::ffi::OsStr::to_owned).collect();
    let at = arguments.iter().position(|argument| argument == "--settle").unwrap();
    let mut default = std::process::Command::new(command.get_program());
    default.args(&arguments[..at]).args(&arguments[at + 2..]).current_dir(site.folder.path());
    default.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let started = Instant::now();
    let run = site.ran(default.output().unwrap().into());
    ends(&run, 3, &["its list of members after 30 s still says otherwise (--settle waits longer)"]);
    assert!((28..90).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
}

#[test]
fn a_break_while_the_list_lags() {
    for n in 1..=5 {
        for fault in [Answer::reset(), Answer::reset().after_carrying_out(), Answer::usual().refusing(&["v00002"])] {
            let site = Site::chain_with(Portal::new().lags(Duration::from_millis(700))).and(&["--settle", "3"]);
            site.portal.script(Op::UpdateUserLicenseType, Nth(n), fault);
            site.run();
            site.portal.forget_script();
            // The second run begins at once: it waits for the changes of the first one, and does not make them again.
            ends(&site.run(), 0, &[]);
            assert_eq!(site.now(), Site::chain_end());
            site.assert_moved_once();
        }
    }
}

#[test]
fn a_kill_while_the_list_lags() {
    for n in 1..=5 {
        let site = Site::chain_with(Portal::new().lags(Duration::from_millis(700))).and(&["--settle", "20"]);
        let victim = Victim::default();
        let answer = Answer::reset().after_carrying_out().after(victim.killer());
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), answer);
        let mut command = site.command();
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        victim.run(&mut command);
        site.portal.forget_script();
        // Whether the last request was carried out is not known until the list shows it.
        std::thread::sleep(Duration::from_millis(800));
        ends(&site.run(), 0, &[]);
        assert_eq!(site.now(), Site::chain_end());
        site.assert_moved_once();
    }
}

#[test]
fn a_kill_of_a_request_that_is_carried_out_late() {
    for n in 1..=5 {
        let site = Site::chain();
        let victim = Victim::default();
        let kill = victim.killer();
        let late = Answer::usual().before(move |request| {
            kill(request);
            std::thread::sleep(Duration::from_millis(900));
        });
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), late);
        let mut command = site.command();
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        victim.run(&mut command);
        site.portal.forget_script();
        // The next run begins at once, while the portal still works at the request of the one that was killed.
        site.run();
        std::thread::sleep(Duration::from_millis(1000));
        ends(&site.run(), 0, &[]);
        assert_eq!(site.now(), Site::chain_end(), "{n}");
        site.assert_moved_once();
    }
}

#[test]
fn who_was_moved_and_then_left_is_done() {
    let site = Site::chain().and(&["--format", "json"]);
    let world = site.portal.world();
    // The change comes after the last request, before the members are read again.
    let leaves = Answer::usual().after(move |_| world.lock().unwrap().remove("e00001"));
    site.portal.script(Op::UpdateUserLicenseType, Nth(5), leaves);
    let run = site.run();
    ends(&run, 0, &[]);
    let json = run.json();
    assert_schema("moves", &json);
    assert_eq!(json["applied"]["gone"], serde_json::json!(["e00001"]));
    assert_eq!((&json["applied"]["done"], json["applied"]["moved"].as_array().unwrap().len()), (&true.into(), 9));
    let note = "e00001 was moved, and is no member any more";
    assert!(json["notes"].as_array().unwrap().contains(&note.into()), "{json}");
    site.assert_journal_is_true(0);
    assert_eq!(site.journal().last().unwrap()["event"], "done");
    // A further run has nothing to do.
    ends(&site.run(), 0, &["all of it was done before"]);
    let site = Site::chain();
    let world = site.portal.world();
    let leaves = Answer::usual().after(move |_| world.lock().unwrap().remove("e00001"));
    site.portal.script(Op::UpdateUserLicenseType, Nth(5), leaves);
    let run = site.run();
    let done = "done: 9 members have their new user type, 1 was moved and is no member any more";
    assert!(run.code == 0 && run.stdout.contains(done) && run.stdout.contains(note), "{run:?}");
}

/// The list of members, in which this member is missing.
fn without(username: &'static str) -> Answer {
    Answer::usual().with(move |page| {
        let users = page["users"].as_array_mut().unwrap();
        let count = users.len();
        users.retain(|user| user["username"] != username);
        let missing = count - users.len();
        page["total"] = (page["total"].as_u64().unwrap() - missing as u64).into();
    })
}

#[test]
fn who_is_missing_in_the_list_is_looked_for_again_before_that_is_told() {
    // After the moves: moved, and perhaps no member any more.
    let site = Site::chain().and(&["--settle", "20"]);
    site.portal.script(Op::Members, Nth(2), without("e00001"));
    let run = site.run();
    ends(&run, 0, &[]);
    assert!(run.stdout.contains("done: 10 members have their new user type"), "{run:?}");
    assert!(!run.stdout.contains("no member"), "{run:?}");
    assert_eq!(site.portal.requests_to(Op::Members).len(), 3);
    // Before the moves go on: not moved, and perhaps no member any more.
    let site = Site::chain().and(&["--settle", "3"]);
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::reset());
    ends(&site.run(), 4, &["run the same command again to go on"]);
    site.portal.forget_script();
    site.portal.script(Op::Members, Nth(1), without("v00001"));
    let run = site.run();
    ends(&run, 0, &[]);
    assert_eq!(site.now(), Site::chain_end());
    site.assert_moved_once();
    // Who is missing for good is waited for once, and the journal remembers it.
    let site = Site::chain().and(&["--settle", "2"]);
    let world = site.portal.world();
    let leaves = Answer::usual().after(move |_| world.lock().unwrap().remove("e00001"));
    site.portal.script(Op::UpdateUserLicenseType, Nth(5), leaves);
    ends(&site.run(), 0, &[]);
    let read = site.portal.requests_to(Op::Members).len();
    assert!(read > 2, "{read}");
    ends(&site.run(), 0, &["all of it was done before"]);
    assert_eq!(site.portal.requests_to(Op::Members).len(), read + 2, "once before the plan, and once after it");
}

#[test]
fn who_was_moved_and_left_before_a_break_is_not_missed() {
    let site = Site::chain();
    let world = site.portal.world();
    site.portal.script(
        Op::UpdateUserLicenseType,
        Nth(3),
        Answer::reset().before(move |request| {
            let _ = request;
            let mut world = world.lock().unwrap();
            let moved = world.moved.first().unwrap().username.clone();
            world.remove(&moved);
        }),
    );
    let run = site.run();
    ends(&run, 4, &["1 was moved and is no member any more", "run the same command again to go on"]);
    site.portal.forget_script();
    let run = site.run();
    ends(&run, 0, &[]);
    assert!(run.stdout.contains("done: 9 members have their new user type"), "{run:?}");
    site.assert_journal_is_true(0);
    site.assert_moved_once();
}

#[test]
fn who_joined_meanwhile_is_told_and_moved_by_the_next_run() {
    for (to, left) in [("viewerUT", "editorUT"), ("editorUT", "fieldWorkerUT")] {
        let site = Site::chain();
        // Each user type has a seat for one more member.
        let seats = [("viewerUT", 10), ("editorUT", 6), ("fieldWorkerUT", 8), ("creatorUT", 1)];
        seats.iter().for_each(|(id, seats)| site.portal.set_seats(id, *seats));
        site.license(&seats);
        let world = site.portal.world();
        let joins = Answer::usual().after(move |_| world.lock().unwrap().put(Member::new("new", to)));
        site.portal.script(Op::UpdateUserLicenseType, Nth(4), joins);
        let run = site.run();
        ends(&run, 0, &[]);
        let note =
            format!("new joined {to} meanwhile, and not moved: run the same command again to move that member too");
        let said = run.words();
        assert!(said.contains(&note), "{run:?}");
        assert_eq!(site.portal.user_type("new").as_deref(), Some(to));
        let run = site.run();
        ends(&run, 0, &[]);
        assert!(run.stdout.contains("done: 11 members have their new user type"), "{run:?}");
        assert_eq!(site.portal.user_type("new").as_deref(), Some(left));
        site.assert_moved_once();
        site.assert_journal_is_true(0);
        ends(&site.run(), 0, &["all of it was done before"]);
    }
}

#[test]
fn who_joins_while_a_run_is_killed_is_moved_by_the_next() {
    for n in 1..=5 {
        let site = Site::chain();
        let seats = [("viewerUT", 10), ("editorUT", 6), ("fieldWorkerUT", 8), ("creatorUT", 1)];
        seats.iter().for_each(|(id, seats)| site.portal.set_seats(id, *seats));
        site.license(&seats);
        let (world, victim) = (site.portal.world(), Victim::default());
        let kill = victim.killer();
        let answer = Answer::reset().after_carrying_out().after(move |request| {
            world.lock().unwrap().put(Member::new("new", "viewerUT"));
            kill(request);
        });
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), answer);
        let mut command = site.command();
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        victim.run(&mut command);
        site.portal.forget_script();
        ends(&site.run(), 0, &[]);
        assert_eq!(site.portal.user_type("new").as_deref(), Some("editorUT"));
        site.assert_moved_once();
        site.assert_journal_is_true(0);
    }
}

#[test]
fn the_portals_reason_is_told_for_each_member() {
    let site = Site::chain().and(&["--format", "json"]);
    let reasons = Answer::usual().refusing(&["e00001", "e00002"]).with(|value| {
        for result in value["results"].as_array_mut().unwrap() {
            match result["username"].as_str().unwrap() {
                "e00001" => {
                    result["error"] = serde_json::json!({ "message": "There are no seats left for this user type." })
                }
                "e00002" => result["error"] = serde_json::json!({ "code": 1, "message": "Wrong role.", "details": [] }),
                _ => {}
            }
        }
    });
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), reasons);
    let run = site.run();
    ends(
        &run,
        3,
        &[
            "of e00003 the portal says that it was done; of e00001 the portal says it was not done, and so for 1 other",
            "e00001: \"There are no seats left for this user type.\"; e00002: \"Wrong role.\"",
            "no seat is free there",
        ],
    );
    let json = run.json();
    assert_schema("moves", &json);
    let expected = serde_json::json!([
        { "username": "e00001", "reason": "There are no seats left for this user type." },
        { "username": "e00002", "reason": "Wrong role." },
    ]);
    assert_eq!(json["applied"]["refused"], expected);
    let answered = site.journal().into_iter().find(|line| line["event"] == "answered").unwrap();
    assert_eq!(answered["reasons"], expected);
    site.portal.forget_script();
    ends(&site.run(), 0, &[]);
    // In a table the note stands beside the name.
    let site = Site::chain();
    let full = Answer::usual().refusing(&["e00001"]).with(|value| {
        value["results"][0]["error"] = serde_json::json!("Full.");
    });
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), full);
    let run = site.run();
    let said = run.words();
    assert!(said.contains("has the user type of before; the portal says: Full."), "{run:?}");
}

#[test]
fn a_connection_that_is_closed_between_two_requests_is_opened_anew() {
    // The portal closes each connection after a complete answer, without announcing it.
    for pause in [0, 30] {
        let site = Site::chain();
        let closing = Answer::usual().trickled(1 << 20, Duration::from_millis(pause)).cut_at(1 << 20);
        site.portal.script(Op::Any, Always, closing);
        ends(&site.run(), 0, &[]);
        assert_eq!(site.now(), Site::chain_end());
        assert_eq!(site.updates(), 5);
        site.assert_journal_is_true(0);
    }
    // A request that changes something is never sent on a connection that was used before.
    let site = Site::chain();
    ends(&site.run(), 0, &[]);
    let updates = site.portal.requests_to(Op::UpdateUserLicenseType);
    let others = |connection| site.portal.requests().iter().filter(|one| one.connection == connection).count();
    assert!(updates.iter().all(|update| others(update.connection) == 1));
}

#[test]
fn a_portal_that_says_nothing_more_is_waited_for_no_longer_than_said() {
    let site = Site::chain();
    site.portal.script(Op::Members, Since(2), Answer::reset());
    ends(&site.run(), 4, &["who has which user type now is not known"]);
}

#[test]
fn who_left_before_being_moved_is_told_with_one_thing_to_do() {
    let site = Site::chain();
    let world = site.portal.world();
    let leaves = Answer::usual()
        .before(move |request| {
            let users: Vec<String> = serde_json::from_str(&request.field("users").unwrap()).unwrap();
            world.lock().unwrap().remove(&users[0]);
        })
        .with(|value| {
            let refused = value["results"].as_array_mut().unwrap().iter_mut().find(|one| one["status"] == false);
            refused.unwrap()["error"] = serde_json::json!({ "message": "User does not exist or is inaccessible." });
        });
    site.portal.script(Op::UpdateUserLicenseType, Nth(3), leaves);
    let run = site.run();
    let one = ["is no member any more, and was not moved before", "begin anew with another --journal"];
    ends(&run, 3, &["the portal does not know that member any more", one[0], one[1]]);
    assert!(!run.stderr.contains("same command again"), "{run:?}");
    site.portal.forget_script();
    let updates = site.updates();
    let run = site.run();
    ends(&run, 1, &one);
    assert!(!run.stderr.contains("same command again") && site.updates() == updates, "{run:?}");
}

#[test]
fn what_a_portal_says_stands_in_the_journal_without_hidden_characters() {
    let site = Site::chain();
    let odd = Answer::usual().refusing(&["e00001"]).with(|value| {
        value["results"][0]["error"] = serde_json::json!("\u{202e}lluf\u{1b}[2J\u{200b}\u{9b}");
    });
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), odd);
    ends(&site.run(), 3, &[]);
    let journal = std::fs::read_dir(site.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let journal = journal.into_iter().find(|path| path.extension().is_some_and(|end| end == "jsonl")).unwrap();
    let text = std::fs::read_to_string(journal).unwrap();
    assert!(text.contains(r"\u202elluf\u001b[2J\u200b\u009b"), "{text}");
    assert!(!text.chars().any(|character| "\u{202e}\u{1b}\u{200b}\u{9b}".contains(character)), "{text}");
    // The list is read again as it was.
    site.portal.forget_script();
    ends(&site.run(), 0, &[]);
}
