//! Interrupts while a run waits, and a list of members that cannot be read while it waits.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Site;
use super::site::ends;
use crate::common::{Run, assert_schema};
use crate::portal::stub::{Answer, Member, Nth, Op, Portal, Since};

/// Two members who are to be moved, one in each request.
fn two(portal: Portal) -> Site {
    let members = ["carla", "cem"].map(|name| Member::new(name, "viewerUT"));
    let seats = [("viewerUT", 9), ("editorUT", 9)];
    Site::new(portal.members(members), &seats).and(&["--map", "viewerUT=editorUT", "--batch", "1"])
}

/// Runs the command, and interrupts it once the portal has seen this request for the list of members.
#[cfg(unix)]
fn interrupted(site: &Site, list: usize, answer: Answer, signal: &str, format: &str) -> Run {
    use std::process::Stdio;
    let (asked, asks) = std::sync::mpsc::channel();
    let tells = answer.before(move |_| asked.send(()).unwrap());
    site.portal.script(Op::Members, Nth(list), tells);
    let mut command = site.command();
    let child = command.args(["-f", format]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    asks.recv_timeout(Duration::from_secs(60)).unwrap();
    let started = Instant::now();
    let kill = std::process::Command::new("kill").arg(format!("-{signal}")).arg(child.id().to_string()).status();
    assert!(kill.unwrap().success());
    let run = site.ran(child.wait_with_output().unwrap().into());
    assert!(started.elapsed() < Duration::from_secs(20), "{run:?}");
    assert!(run.stderr.contains("note: stopping, and waiting for nothing more; Ctrl-C again ends at once"), "{run:?}");
    run
}

/// The part of an answer in JSON about what was done.
fn applied(run: &Run) -> Value {
    let json = run.json();
    assert_schema("moves", &json);
    json["applied"].clone()
}

#[cfg(unix)]
fn asked(name: &str) -> Value {
    json!([{ "username": name, "userType": "editorUT" }])
}

#[cfg(unix)]
#[test]
fn an_interrupt_while_it_settles_ends_the_wait_and_tells_what_was_done() {
    for (signal, format) in [("INT", "json"), ("TERM", "json"), ("INT", "table"), ("TERM", "csv")] {
        let site = two(Portal::new()).and(&["--settle", "100"]);
        site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::status(504));
        let run = interrupted(&site, 3, Answer::usual(), signal, format);
        let said = [
            "HTTP 504",
            "; and then stopped, as was asked for, without waiting any longer; 1 of 2 members have their new user type, 1 the one \
             of before",
            "the portal did not say whether cem got editorUT, and may still carry it out",
            "run the same command again to go on",
        ];
        ends(&run, 1, &said);
        match format {
            "json" => {
                let applied = applied(&run);
                assert_eq!(
                    (&applied["moved"], &applied["unanswered"]),
                    (&json!(["carla"]), &asked("cem")),
                    "{applied}"
                );
                assert_eq!((&applied["done"], &applied["listed"]), (&Value::Null, &json!(true)), "{applied}");
                assert!(applied["stopped"].as_str().unwrap().contains("stopped, as was asked for"), "{applied}");
            }
            "csv" => assert!(run.stdout.contains(r#""cem","editorUT",2,"viewerUT","unanswered""#), "{run:?}"),
            _ => assert!(run.words().contains("unfinished: 1 of 2 members do not have"), "{run:?}"),
        }
        let events: Vec<Value> = site.journal().into_iter().map(|line| line["event"].clone()).collect();
        assert_eq!(events, ["begin", "sending", "answered", "sending", "failed", "read"]);
        site.assert_journal_is_true(0);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_while_the_list_lags_tells_what_the_portal_said() {
    let site = two(Portal::new().lags(Duration::from_secs(60))).and(&["--settle", "100"]);
    let run = interrupted(&site, 3, Answer::usual(), "INT", "json");
    let said = "by the portal's answers, all 2 members have their new user type; its list of members does not show that of carla, cem \
                yet, and may lag behind";
    ends(&run, 1, &["stopped, as was asked for, without waiting any longer", said]);
    let applied = applied(&run);
    let contradicted = applied["contradicted"].as_array().unwrap();
    assert_eq!((contradicted.len(), &applied["done"]), (2, &Value::Null), "{applied}");
    let read = site.journal().pop().unwrap();
    assert_eq!((&read["event"], &read["mayLag"]), (&json!("read"), &json!(true)));
    // For people.
    let site = two(Portal::new().lags(Duration::from_secs(60))).and(&["--settle", "100"]);
    let words = interrupted(&site, 3, Answer::usual(), "TERM", "table").words();
    let verdict = "not checked: by its list of members, 2 of 2 members do not have their new user type; of 2 of them the portal said that \
                   it was done, and its list does not show it";
    assert!(words.contains(verdict) && !words.contains("not done"), "{words}");
    // Who was refused is not done, whatever the list shows of the others.
    let site = two(Portal::new().lags(Duration::from_secs(60))).and(&["--settle", "100"]);
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::usual().refusing(&["cem"]));
    let run = interrupted(&site, 3, Answer::usual(), "INT", "json");
    ends(&run, 1, &["by the portal's answers, 1 of 2 members have their new user type, 1 the one of before; its list"]);
    assert_eq!(self::applied(&run)["done"], json!(false));
}

/// An interrupt in the last request leaves nothing but the wait for the list to be stopped.
#[cfg(unix)]
#[test]
fn an_interrupt_in_the_last_request_contradicts_nobody() {
    for (lag, code) in [(60, 1), (0, 0)] {
        let portal = if lag > 0 { Portal::new().lags(Duration::from_secs(lag)) } else { Portal::new() };
        let site = two(portal).and(&["--settle", "100", "-f", "json"]);
        let (asked, asks) = std::sync::mpsc::channel();
        let slow = Answer::usual().before(move |_| {
            asked.send(()).unwrap();
            std::thread::sleep(Duration::from_secs(2));
        });
        site.portal.script(Op::UpdateUserLicenseType, Nth(2), slow);
        let mut command = site.command();
        let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
        asks.recv_timeout(Duration::from_secs(60)).unwrap();
        let kill = std::process::Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
        assert!(kill.unwrap().success());
        let run = child.wait_with_output().unwrap().into();
        ends(&run, code, &["note: stopping after the request in flight"]);
        assert!(!run.stderr.contains("100 s") && !run.stderr.contains("says otherwise"), "{run:?}");
        let applied = applied(&run);
        if lag > 0 {
            let said = "stopped, as was asked for, without waiting any longer; by the portal's answers, all 2 members have their new";
            ends(&run, code, &[said]);
            assert_eq!((&applied["done"], &applied["contradicted"].as_array().unwrap().len()), (&Value::Null, &2));
            assert!(applied["stopped"].as_str().unwrap().contains("as was asked for"), "{applied}");
        } else {
            assert_eq!((&applied["done"], &applied["stopped"]), (&json!(true), &Value::Null), "{applied}");
        }
    }
}

#[test]
fn a_portal_that_asks_to_come_back_later_is_waited_for_as_long_as_it_settles() {
    for (settle, after) in [("3", "8"), ("0", "2")] {
        let site = two(Portal::new()).and(&["--settle", settle, "--retries", "3", "-f", "json"]);
        site.portal.script(Op::Members, Since(2), Answer::busy(503, after));
        let started = Instant::now();
        let run = site.run();
        assert!(started.elapsed() < Duration::from_secs(7), "{run:?}");
        ends(&run, 4, &["asks to come back in", "by the portal's answers, all 2 members have their new user type"]);
        assert_eq!(applied(&run)["done"], Value::Null);
        assert_eq!(site.portal.requests_to(Op::Members).len(), 2, "who asks to come back later is not asked before");
    }
    // Within that time it is waited for.
    let site = two(Portal::new()).and(&["--settle", "30", "--retries", "3"]);
    site.portal.script(Op::Members, Nth(2), Answer::busy(503, "1"));
    ends(&site.run(), 0, &[]);
}

#[cfg(unix)]
#[test]
fn an_interrupt_while_the_portal_asks_to_come_back_later_ends_that_wait_too() {
    for (signal, answer) in [("INT", Answer::busy(503, "50")), ("TERM", Answer::busy(429, "50"))] {
        let site = two(Portal::new()).and(&["--settle", "100", "--retries", "3"]);
        site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::error(403, "no"));
        let run = interrupted(&site, 2, answer, signal, "json");
        let said = [
            "no permission (403 no)",
            "; and then stopped, as was asked for",
            "; and then users at ",
            "by the portal's answers, 1 of 2 members have their new user type, 1 the one of before",
        ];
        ends(&run, 1, &said);
        let applied = applied(&run);
        assert_eq!((&applied["moved"], &applied["listed"]), (&json!(["carla"]), &json!(false)), "{applied}");
        assert_eq!(applied["open"], json!(["cem"]));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_while_a_later_run_waits_for_an_earlier_one_tells_what_that_did() {
    for format in ["json", "table"] {
        let site = two(Portal::new().lags(Duration::from_secs(60))).and(&["--settle", "100"]);
        let first = interrupted(&site, 3, Answer::usual(), "INT", "table");
        ends(&first, 1, &[]);
        // The list still lags, and the second run waits before it sends anything.
        let lists = site.portal.requests_to(Op::Members).len();
        let run = interrupted(&site, lists + 2, Answer::usual(), "TERM", format);
        ends(&run, 1, &["stopped, as was asked for", "nothing was changed by this run: run the same command again"]);
        if format == "json" {
            let applied = applied(&run);
            assert_eq!((&applied["moved"], &applied["listed"]), (&json!(["carla", "cem"]), &json!(false)), "{applied}");
            assert_eq!(run.json()["failures"], json!([]));
        }
        assert_eq!(site.updates(), 2, "nothing more is sent");
    }
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_while_it_settles_ends_the_run_at_once() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let site = two(Portal::new().lags(Duration::from_secs(60))).and(&["--settle", "100"]);
    let (asked, asks) = std::sync::mpsc::channel();
    // The list is under way at both interrupts.
    let slow = Answer::usual().before(move |_| {
        asked.send(()).unwrap();
        std::thread::sleep(Duration::from_secs(5));
    });
    site.portal.script(Op::Members, Nth(3), slow);
    let mut child = site.command().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    asks.recv_timeout(Duration::from_secs(60)).unwrap();
    let interrupt = |child: &std::process::Child| {
        let kill = std::process::Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
        assert!(kill.unwrap().success());
    };
    interrupt(&child);
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("Ctrl-C again ends at once"), "{line}");
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    site.assert_journal_is_true(0);
}

#[test]
fn a_list_that_cannot_be_read_once_is_read_again_while_it_settles() {
    for fault in [
        Answer::status(500),
        Answer::status(502),
        Answer::reset(),
        Answer::close(),
        Answer::html("busy"),
        Answer::json("{"),
        Answer::error(500, "Index is being rebuilt."),
    ] {
        for nth in [2, 3] {
            let site = two(Portal::new().lags(Duration::from_millis(700))).and(&["--settle", "30"]);
            site.portal.script(Op::Members, Nth(nth), fault.clone());
            let started = Instant::now();
            let run = site.run();
            ends(&run, 0, &[]);
            assert!(run.stdout.contains("done: 2 members have their new user type"), "{run:?}");
            assert!(started.elapsed() < Duration::from_secs(20), "no longer than it lags");
        }
    }
}

#[test]
fn a_list_that_cannot_be_read_until_the_wait_is_over_is_told_so() {
    // Not once after the moves.
    let site = two(Portal::new()).and(&["--settle", "2"]);
    site.portal.script(Op::Members, Since(2), Answer::status(500));
    let run = site.run();
    let said = [
        "users at ",
        "HTTP 500",
        "; the list was asked for ",
        " times in 2 s (--settle); who has which user type now is not known: by the portal's answers, all 2 members have their new \
         user type",
    ];
    ends(&run, 4, &said);
    // Once, when it still lagged.
    let site = two(Portal::new().lags(Duration::from_secs(60))).and(&["--settle", "2", "-f", "json"]);
    site.portal.script(Op::Members, Since(3), Answer::reset());
    let run = site.run();
    let said = [
        "users at ",
        "; the list was asked for ",
        " times in 2 s (--settle); by the portal's answers, all 2 members have their new user type",
        "its list of members does not show that of carla, cem yet, and may lag behind",
    ];
    ends(&run, 4, &said);
    let applied = applied(&run);
    assert_eq!(applied["done"], Value::Null);
    assert_eq!((&applied["listed"], applied["contradicted"].as_array().unwrap().len()), (&json!(true), 2));
    assert!(applied["stopped"].as_str().unwrap().contains("users at"), "{applied}");
    assert_eq!(run.json()["failures"][0]["code"], "network");
    // What does not pass is not waited for.
    let site = two(Portal::new()).and(&["--settle", "60"]);
    site.portal.script(Op::Members, Since(2), Answer::error(403, "no"));
    let started = Instant::now();
    ends(&site.run(), 4, &["no permission (403 no)", "who has which user type now is not known"]);
    assert!(started.elapsed() < Duration::from_secs(20));
}
