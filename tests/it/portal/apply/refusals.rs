//! Refusals before any request that changes something.

use serde_json::{Value, json};

use super::Site;
use super::site::ends;
use crate::portal::stub::{ADMIN, Always, Answer, Member, Op, Portal};

#[track_caller]
fn refused(site: &Site, code: i32, said: &[&str]) {
    ends(&site.run(), code, said);
    assert_eq!((site.updates(), site.now() == site.before), (0, true));
    assert!(site.journal().is_empty());
}

#[test]
fn a_license_that_is_not_the_one_installed() {
    let site = Site::chain();
    site.portal.set_seats("fieldWorkerUT", 5);
    let said = "gives 6 seats of fieldWorkerUT, and the portal has 5: is this the license that is installed?";
    refused(&site, 3, &[said]);
    let site = Site::chain();
    let without = Answer::usual().with(|value| {
        value["userTypes"].as_array_mut().unwrap().retain(|one| one["id"] != "creatorUT");
    });
    site.portal.script(Op::License, Always, without);
    refused(&site, 3, &["seats of creatorUT, and the portal has 0"]);
    // More seats than in the file do no harm, since the plan uses the seats of the file.
    let site = Site::chain();
    site.portal.set_seats("fieldWorkerUT", 600);
    ends(&site.run(), 0, &[]);
}

#[test]
fn an_installed_license_that_has_ended_is_told_as_that() {
    let site = Site::chain();
    let ended = Answer::usual().with(|value| {
        for one in value["userTypes"].as_array_mut().unwrap().iter_mut().filter(|one| one["id"] == "fieldWorkerUT") {
            // 2026-01-01T12:00:00Z
            one["expiration"] = json!(1_767_268_800_000_i64);
        }
    });
    site.portal.script(Op::License, Always, ended);
    let said = "by the portal's license resource its license of fieldWorkerUT ended 2026-01-01 12:00 (UTC), and it gives no seats any \
                more: import a new license first";
    refused(&site, 3, &[said]);
    let run = site.run();
    assert!(!run.stderr.contains("is this the license that is installed"), "{run:?}");
}

#[test]
fn a_license_resource_that_cannot_be_read_is_warned_of() {
    for answer in [
        Answer::status(500),
        Answer::error(403, "no"),
        Answer::html("no"),
        Answer::reset(),
        Answer::json(r#"{"userTypes":[{"id":7,"maximumRegisteredMembers":1}]}"#),
        Answer::json(r#"{"userTypes":[]}"#).with(|value| value["userTypes"] = json!([{"maximumRegisteredMembers": 3}])),
    ] {
        let site = Site::chain();
        site.portal.script(Op::License, Always, answer);
        let run = site.run();
        ends(&run, 0, &["warning: ", "what is installed is not checked"]);
        assert_eq!(site.now(), Site::chain_end());
    }
}

#[test]
fn members_that_are_not_named() {
    let counting_in_all = |counts: &'static [(&str, u64)], all: Option<u64>| {
        let site = Site::chain();
        let other = Answer::usual().with(move |value| {
            for one in value["userTypes"].as_array_mut().unwrap() {
                if let Some((_, count)) = counts.iter().find(|(id, _)| one["id"] == *id) {
                    one["currentRegisteredMembers"] = json!(count);
                }
            }
            let counted = |one: &Value| one["currentRegisteredMembers"].as_u64().unwrap();
            let sum = value["userTypes"].as_array().unwrap().iter().map(counted).sum();
            value["currentRegisteredMembers"] = json!(all.unwrap_or(sum));
        });
        site.portal.script(Op::License, Always, other);
        site
    };
    let counting = |counts| counting_in_all(counts, None);
    let site = counting_in_all(&[("viewerUT", 12)], Some(10));
    refused(
        &site,
        3,
        &["is 10, and the user types account for 18: these contradict each other", "nothing was changed"],
    );
    let site = counting(&[("viewerUT", 12)]);
    let said = "the portal counts 12 members with viewerUT and names 4, more than its built-in accounts explain";
    refused(&site, 3, &[said, "nothing was changed"]);
    let site = counting(&[("viewerUT", 5), ("editorUT", 4)]);
    refused(&site, 3, &["counts 5 members with viewerUT and names 4, and counts fewer with editorUT", "wait a while"]);
    // Whom --map would have to move if they are members, the answer is not about.
    let site = counting(&[("viewerUT", 6)]).and(&["-f", "json"]);
    let run = site.run();
    let said = "warning: the portal counts 2 more than it names, with viewerUT: its built-in accounts may be why, and the larger count is \
                taken; if they are members, --map does not move them";
    ends(&run, 0, &[said]);
    let json = run.json();
    let verdict = "done: 10 members have their new user type (of those whom the portal names: it counts 2 more)";
    assert_eq!((&json["unnamed"], &json["verdict"]), (&json!(2), &json!(verdict)));
    // Seven built-in accounts may be counted and not listed; then the plan takes them to hold seats.
    let site = counting(&[("creatorUT", 1), ("fieldWorkerUT", 1)]);
    site.portal.set_seats("creatorUT", 2);
    site.license(&[("viewerUT", 10), ("editorUT", 5), ("fieldWorkerUT", 6), ("creatorUT", 2)]);
    let run = site.run();
    ends(&run, 0, &["warning: the portal counts 2 more than it names"]);
    let said = run.words();
    let note = "the portal counts 2 more than it names, with creatorUT, fieldWorkerUT: its built-in accounts may be why, and \
                the larger count is taken";
    assert!(said.contains(note), "{run:?}");
    let site = counting(&[("fieldWorkerUT", 2)]);
    let run = site.run();
    assert!(run.code == 1 && run.stdout.contains("fieldWorkerUT ends up 1 seat short"), "{run:?}");
    let site = Site::chain();
    site.portal.script(Op::Members, Always, Answer::usual().with(|value| value["total"] = json!(18)));
    refused(&site, 3, &["total is 18, and there are 10", "nothing was changed"]);
    let site = Site::chain();
    let other = Answer::usual().with(|value| value["user"]["username"] = json!("ghost"));
    site.portal.script(Op::PortalSelf, Always, other);
    refused(&site, 3, &["ghost signs in, and is not among the members"]);
    let site = Site::chain();
    let nobody = Answer::usual().with(|value| drop(value.as_object_mut().unwrap().remove("user")));
    site.portal.script(Op::PortalSelf, Always, nobody);
    refused(&site, 3, &["names no user who is signed in", "nothing was changed"]);
}

/// Where no count by user type says that those without a name have none, they may be members.
#[test]
fn who_is_counted_and_not_named_is_told() {
    let counted = Answer::usual().with(|value| value["total"] = json!(value["total"].as_u64().unwrap() + 2));
    for (license, is_told) in [(Some(Answer::error(403, "no")), true), (None, false)] {
        let site = Site::chain().and(&["-f", "json"]);
        site.portal.script(Op::Members, Always, counted.clone());
        if let Some(license) = license {
            site.portal.script(Op::License, Always, license);
        }
        let run = site.run();
        ends(&run, 0, &[]);
        let note = "the portal counts 2 accounts more than it names: whether they are built-in or of members who are left out here, \
                    nobody knows";
        let json = run.json();
        assert_eq!(run.stderr.contains(&format!("warning: {note}")), is_told, "{run:?}");
        assert_eq!(json["notes"].to_string().contains(note), is_told);
        assert_eq!(json["unnamed"], json!(if is_told { 2 } else { 0 }));
    }
    let site = Site::chain();
    site.portal.script(Op::Members, Always, counted);
    site.portal.script(Op::License, Always, Answer::error(403, "no"));
    let run = site.run();
    let said = "done: 10 members have their new user type (of those whom the portal names: it counts 2 more)";
    assert!(run.code == 0 && run.words().contains(said), "{run:?}");
    // Also where nobody is named who would have to move.
    let seats = [("viewerUT", 10), ("editorUT", 9), ("creatorUT", 9)];
    let site = Site::new(Portal::new().members(Member::many("e", 5, "editorUT")), &seats);
    let site = site.and(&["--map", "viewerUT=editorUT"]);
    let counted = Answer::usual().with(|value| value["total"] = json!(value["total"].as_u64().unwrap() + 2));
    site.portal.script(Op::Members, Always, counted);
    site.portal.script(Op::License, Always, Answer::error(403, "no"));
    let run = site.run();
    let said = "nothing to do (of those whom the portal names: it counts 2 more)";
    assert!(run.code == 0 && run.words().contains(said), "{run:?}");
}

#[test]
fn whom_the_portal_does_not_let_in() {
    let site = Site::chain().variable("SEATLINE_PASSWORD", "wrong");
    refused(&site, 4, &["sign-in refused", "nothing was changed"]);
    assert_eq!(site.portal.failed_sign_ins(ADMIN), 1, "once");
    let site = Site::chain().without_credentials().variable("SEATLINE_TOKEN", "no-good");
    refused(&site, 4, &["(498)", "nothing was changed"]);
    // A user who may read, but not change members.
    let reader = Member::new("reader", "GISProfessionalAdvUT");
    let site = Site::chain_with(Portal::new().member(reader)).without_credentials();
    let token = site.portal.token("reader");
    let site = site.variable("SEATLINE_TOKEN", &token);
    let run = site.run();
    ends(&run, 4, &["no permission (403", "0 of 10 members have their new user type"]);
    assert_eq!(site.now(), site.before);
    site.assert_journal_is_true(0);
}

#[test]
fn options_that_do_not_fit() {
    let site = Site::chain();
    for (arguments, said) in [
        (&["--as-of", "2030-01-01"][..], "leave --as-of out"),
        (&["--format", "python"], "choose one"),
        (&["--members", "x.csv"], "cannot be used with"),
        (&["--last", "joe"], "cannot be used with"),
        (&["--insecure"], "--insecure sends no credentials"),
        (&["--batch", "0"], "--batch"),
    ] {
        let output = site.command().args(arguments).output().unwrap();
        ends(&output.into(), 2, &[said]);
    }
    let site = site.without_credentials();
    refused(&site, 2, &["who makes the moves?"]);
    assert_eq!(site.portal.connections(), 0);
}
