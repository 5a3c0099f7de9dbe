//! The second run of a command.

use super::Site;
use super::site::ends;
use crate::portal::stub::{ADMIN, Answer, Member, Nth, Op, Portal};

/// Ends a run after this many requests that change something.
fn broken_after(site: &Site, requests: usize) {
    site.portal.script(Op::UpdateUserLicenseType, Nth(requests + 1), Answer::reset());
    ends(&site.run(), 4, &["run the same command again to go on"]);
    site.portal.forget_script();
}

#[test]
fn what_is_done_is_not_done_again() {
    let site = Site::chain();
    assert_eq!(site.run().code, 0);
    let (lines, updates) = (site.journal().len(), site.updates());
    let run = site.run();
    ends(&run, 0, &["note: ", "all of it was done before, and nothing is sent"]);
    assert!(run.stdout.contains("done: 10 members have their new user type"), "{run:?}");
    assert_eq!(site.updates(), updates);
    assert!(site.journal().len() >= lines);
    site.assert_journal_is_true(0);
}

#[test]
fn a_break_at_every_place_of_a_run_of_many_breaks() {
    let site = Site::chain();
    for _ in 0..5 {
        // In each run the first request succeeds, and the second one fails.
        site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::reset());
        let run = site.run();
        site.portal.forget_script();
        site.assert_journal_is_true(0);
        if run.code == 0 {
            break;
        }
    }
    assert_eq!(site.now(), Site::chain_end());
    site.assert_moved_once();
}

#[test]
fn who_was_changed_by_somebody_else_is_left_alone() {
    let site = Site::chain();
    broken_after(&site, 1);
    let (journal, updates) = (site.journal(), site.updates());
    site.portal.put(Member::new("v00001", "creatorUT"));
    let run = site.run();
    ends(&run, 1, &["v00001 has creatorUT now", "somebody else changes members", "--map would move twice"]);
    site.portal.world().lock().unwrap().remove("v00001");
    ends(&site.run(), 1, &["v00001 is no member any more"]);
    assert_eq!((site.journal(), site.updates()), (journal, updates), "nothing was sent, nothing written");
}

#[test]
fn what_somebody_else_undid_is_not_done_again() {
    let site = Site::chain();
    assert_eq!(site.run().code, 0);
    let updates = site.updates();
    site.portal.put(Member::new("e00001", "editorUT"));
    ends(&site.run(), 2, &["by this journal all of it is done, and members have been changed since"]);
    assert_eq!(site.updates(), updates);
}

#[test]
fn a_seat_that_somebody_else_took_is_told() {
    let site = Site::chain();
    broken_after(&site, 1);
    // fieldWorkerUT has six seats, and five of them are taken.
    for name in ["new1", "new2"] {
        site.portal.put(Member::new(name, "fieldWorkerUT"));
    }
    let run = site.run();
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("fieldWorkerUT ends up 1 seat short"), "{run:?}");
    assert!(run.stdout.contains("7 of 10 members do not have their new user type"), "{run:?}");
    let said = run.words();
    let free = "these moves were begun; free 1 seat of fieldWorkerUT (move somebody else out of it, or import a license with \
                more), and run the same command again: it goes on where it ended";
    assert!(said.contains(free), "{said}");
    site.portal.world().lock().unwrap().remove("new1");
    assert_eq!(site.run().code, 0);
    site.assert_moved_once();
}

#[test]
fn another_account_can_go_on() {
    let member = Member::new("second", "GISProfessionalAdvUT").administrator();
    let site = Site::chain_with(Portal::new().member(member).account("second", "another p4ss"));
    site.license(&[
        ("viewerUT", 10),
        ("editorUT", 5),
        ("fieldWorkerUT", 6),
        ("creatorUT", 1),
        ("GISProfessionalAdvUT", 2),
    ]);
    site.portal.set_seats("GISProfessionalAdvUT", 2);
    broken_after(&site, 2);
    let site = site.variable("SEATLINE_USERNAME", "second").variable("SEATLINE_PASSWORD", "another p4ss");
    let run = site.run();
    assert_eq!(run.code, 0, "{run:?}");
    assert!(site.portal.moved().iter().any(|moved| moved.username == ADMIN));
    site.assert_moved_once();
    site.assert_journal_is_true(0);
}
