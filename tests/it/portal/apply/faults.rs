//! A fault at each request in turn; afterwards the same command runs again.

use std::time::Duration;

use super::Site;
use super::site::ends;
use crate::common::Run;
use crate::portal::stub::{ADMIN, Always, Answer, Nth, Op, Since, Victim};

/// Makes `fault` happen at request `n`, for each request of a run. `codes` are the exit codes that are right where it
/// happens at an operation.
fn at_each_request(fault: impl Fn() -> Answer, code: impl Fn(Op) -> i32) {
    each(
        |site, n| {
            site.portal.script(Op::Any, Nth(n), fault());
            (site.run(), 0)
        },
        code,
    );
}

/// `run` makes a fault at request `n`, runs the command, and returns the number of requests that were sent again with
/// a new token.
fn each(run: impl Fn(&Site, usize) -> (Run, usize), code: impl Fn(Op) -> i32) {
    for n in 1.. {
        // The list of members does not lag, so nothing is waited for.
        let site = Site::chain().and(&["--settle", "0"]);
        let (first, again) = run(&site, n);
        let Some(op) = site.portal.ops().get(n - 1).copied() else {
            assert_eq!(first.code, 0, "{first:?}");
            assert!(n > 10, "the run took {} requests", n - 1);
            break;
        };
        tells_the_truth(&site, &first, again);
        let right = code(op);
        if first.code == 0 {
            // The run did not need the failed request, or the request was the last one and had been carried out.
            let fine = right == 0 || op == Op::License || first.stderr.contains("nonetheless");
            assert!(fine && site.now() == Site::chain_end(), "{op:?}, request {n}: {first:?}");
        } else {
            assert_eq!(first.code, right, "{op:?}, request {n}: {first:?}");
        }
        site.portal.forget_script();
        finishes(&site, again);
    }
}

/// Stands for the messages of a program that was killed, perhaps after the last request had been carried out nonetheless.
const KILLED: &str = "killed, nonetheless";

/// Asserts what a failed run reports, and what its journal holds.
fn tells_the_truth(site: &Site, run: &Run, again: usize) {
    site.assert_journal_is_true(again);
    site.assert_moved_once();
    // A program that was killed tells nothing; the exit code is below 0 on Unix, and 1 on Windows.
    if run.code <= 0 || run.stderr == KILLED {
        return;
    }
    let end = Site::chain_end();
    let done = site.now().iter().filter(|(name, to)| end[*name] == **to).count();
    if site.journal().is_empty() {
        ends(run, run.code, &["nothing was changed"]);
        assert_eq!(done, 0);
    } else if run.stderr.contains("is not known") {
        ends(run, run.code, &["run the same command again"]);
    } else {
        let (counts, again) = (
            format!("{done} of 10 members have their new user type, {} the one", 10 - done),
            "run the same command again to go on",
        );
        ends(run, run.code, &[&counts, again]);
        let not_yet = format!("{} of 10 members do not have their new user type", 10 - done);
        assert!(run.stdout.contains(&not_yet), "{run:?}");
    }
}

/// Runs the same command without faults.
fn finishes(site: &Site, again: usize) {
    let run = site.run();
    ends(&run, 0, &[]);
    assert_eq!(site.now(), Site::chain_end(), "{run:?}");
    assert!(run.stdout.contains("done: 10 members have their new user type"), "{run:?}");
    site.assert_journal_is_true(again);
    site.assert_moved_once();
    assert_eq!(site.portal.moved().last().unwrap().username, ADMIN, "who signs in is moved last");
    assert_eq!(site.journal().last().unwrap()["event"], "done");
}

#[test]
fn a_reset_before_it_is_carried_out() {
    at_each_request(Answer::reset, |_| 4);
}

#[test]
fn a_reset_after_it_was_carried_out() {
    at_each_request(|| Answer::reset().after_carrying_out(), |_| 4);
}

#[test]
fn a_connection_that_is_closed() {
    at_each_request(|| Answer::close().after_carrying_out(), |_| 4);
}

#[test]
fn an_http_status_before_it_is_carried_out() {
    at_each_request(|| Answer::status(500), |_| 4);
}

#[test]
fn an_http_status_after_it_was_carried_out() {
    at_each_request(|| Answer::status(502).after_carrying_out(), |_| 4);
}

#[test]
fn an_answer_that_is_cut_off() {
    at_each_request(|| Answer::usual().cut_at(12), |_| 4);
}

#[test]
fn no_permission() {
    at_each_request(|| Answer::error(403, "You do not have permissions."), |_| 4);
}

fn rejected(op: Op) -> i32 {
    if op == Op::GenerateToken { 4 } else { 3 }
}

#[test]
fn an_error_in_an_answer_with_status_200() {
    at_each_request(|| Answer::error(400, "Unable to do that."), rejected);
}

#[test]
fn an_error_in_the_other_envelope_after_it_was_carried_out() {
    at_each_request(|| Answer::status_error(500, "Unable to do that.").after_carrying_out(), rejected);
}

#[test]
fn success_instead_of_what_was_asked_for() {
    at_each_request(|| Answer::json(r#"{"success":true}"#).after_carrying_out(), rejected);
    at_each_request(|| Answer::json(r#"{"success":true}"#), rejected);
}

#[test]
fn a_page_of_html() {
    at_each_request(|| Answer::html("Sign in").after_carrying_out(), rejected);
}

#[test]
fn no_answer_in_time() {
    let slow = || Answer::usual().delayed(Duration::from_secs(600));
    each(
        |site, n| {
            site.portal.script(Op::Any, Nth(n), slow());
            let run = site.command().args(["--timeout", "1"]).output().unwrap().into();
            (site.ran(run), 0)
        },
        |_| 4,
    );
}

/// After a new sign-in one request is sent again; a sign-in itself is not tried twice.
fn renewed(fault: impl Fn() -> Answer) {
    let code = |op| if op == Op::GenerateToken { 4 } else { 0 };
    each(
        |site, n| {
            site.portal.script(Op::Any, Nth(n), fault());
            let run = site.run();
            let op = site.portal.ops().get(n - 1).copied();
            assert_eq!(run.code, op.map_or(0, code), "{op:?}: {run:?}");
            (run, usize::from(op == Some(Op::UpdateUserLicenseType)))
        },
        code,
    );
}

#[test]
fn an_expired_token_is_renewed_once() {
    renewed(|| Answer::error(498, "Invalid Token."));
}

#[test]
fn an_expired_token_that_was_taken_all_the_same_is_renewed_once() {
    renewed(|| Answer::error(498, "Invalid Token.").after_carrying_out());
}

#[test]
fn tokens_that_are_never_any_good_again_end_it() {
    each(
        |site, n| {
            site.portal.script(Op::Any, Since(n), Answer::error(498, "Invalid Token."));
            site.portal.script(Op::GenerateToken, Always, Answer::usual());
            let run = site.run();
            assert!(site.portal.tokens_issued() <= 2, "one new sign-in, and no more");
            // The first request that was refused was sent again.
            let first = site.portal.ops().get(n - 1).copied();
            (run, usize::from(first == Some(Op::UpdateUserLicenseType)))
        },
        |_| 4,
    );
}

#[test]
fn a_program_that_is_killed() {
    // On Windows who kills a program says with which code it ends.
    let killed = if cfg!(windows) { 1 } else { -1 };
    for after in [false, true] {
        each(
            |site, n| {
                let victim = Victim::default();
                let answer = if after {
                    Answer::reset().after_carrying_out().after(victim.killer())
                } else {
                    Answer::reset().before(victim.killer())
                };
                site.portal.script(Op::Any, Nth(n), answer);
                let mut command = site.command();
                command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
                let code = victim.run(&mut command).code().unwrap_or(-1);
                let run = Run { code, stdout: String::new(), stderr: KILLED.to_owned() };
                site.no_secrets(&run);
                (run, 0)
            },
            |_| killed,
        );
    }
}

#[test]
fn members_of_whom_it_says_that_it_was_not_done() {
    for n in 1..=5 {
        let site = Site::chain();
        let users = ["e00002", "v00003", ADMIN];
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), Answer::usual().refusing(&users));
        let run = site.run();
        let refused: Vec<String> = site.portal.refused().into_iter().map(|refused| refused.username).collect();
        let answered = site.journal().into_iter().rfind(|line| line["event"] == "answered").unwrap();
        if refused.is_empty() {
            assert_eq!(run.code, 0, "{run:?}");
        } else {
            assert_eq!(answered["notDone"], serde_json::json!(refused));
            ends(&run, 3, &[&format!("of {} the portal says it was not done", refused[0])]);
            assert_eq!(site.updates(), n, "nothing more is sent");
        }
        tells_the_truth(&site, &run, 0);
        site.portal.forget_script();
        finishes(&site, 0);
    }
}

#[test]
fn members_of_whom_it_says_nothing() {
    for (n, carried_out) in (1..=5).flat_map(|n| [(n, true), (n, false)]) {
        let site = Site::chain();
        let answer = if carried_out {
            Answer::usual().with(|value| {
                value["results"].as_array_mut().unwrap().pop().unwrap();
            })
        } else {
            Answer::json(r#"{"results":[]}"#)
        };
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), answer);
        let run = site.run();
        if n == 5 && carried_out {
            ends(
                &run,
                0,
                &["warning: ", "the portal says nothing", "all 10 members have their new user type nonetheless"],
            );
        } else {
            ends(&run, 3, &["the portal says nothing"]);
            assert_eq!(site.updates(), n, "nothing more is sent");
        }
        tells_the_truth(&site, &run, 0);
        site.portal.forget_script();
        finishes(&site, 0);
    }
}

#[test]
fn a_portal_that_says_it_was_done_and_did_not_do_it() {
    let site = Site::chain();
    let lie = r#"{"results":[{"username":"portaladmin","status":true}]}"#;
    site.portal.script(Op::UpdateUserLicenseType, Nth(5), Answer::json(lie));
    let run = site.run();
    ends(
        &run,
        3,
        &[
            "the portal said that all of it was done, and its list of members after 1 s still says otherwise",
            "9 of 10 members have",
        ],
    );
    site.portal.forget_script();
    assert_eq!(site.run().code, 0);
    assert_eq!(site.now(), Site::chain_end());
}

#[test]
fn a_portal_that_takes_its_time_and_does_it_later() {
    for n in 1..=5 {
        let site = Site::chain();
        let late = Answer::usual().before(|_| std::thread::sleep(Duration::from_millis(2600)));
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), late);
        let first: Run = site.command().args(["--timeout", "1"]).output().unwrap().into();
        ends(&site.ran(first), 4, &["no complete answer within 1 s", "run the same command again"]);
        // The next run begins at once, while the portal may still work on the last request.
        site.run();
        std::thread::sleep(Duration::from_millis(1000));
        site.run();
        assert_eq!(site.now(), Site::chain_end());
        let mut names: Vec<_> = site.portal.moved().into_iter().map(|moved| moved.username).collect();
        names.sort();
        names.dedup();
        assert_eq!((names.len(), site.portal.moved().len()), (10, 10));
    }
}

#[test]
fn one_failure_after_another() {
    let site = Site::chain();
    site.portal.script(Op::Any, Since(6), Answer::reset());
    let run = site.run();
    ends(&run, 4, &["updateUserLicenseType at", "; and then users at", "who has which user type now is not known"]);
    site.portal.forget_script();
    finishes(&site, 0);
}
