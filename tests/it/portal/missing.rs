//! What may be left out of a fetch, and what ends it.

use serde_json::json;

use crate::portal::run::{Fetch, Fetched};
use crate::portal::stub::{Always, Answer, Member, Op, Portal, Reply};

fn reply(status: u16, body: &str) -> Answer {
    Answer::reply(Reply::new(status, "application/json", body))
}

fn content(fetched: &Fetched) -> Vec<(String, Vec<u8>)> {
    fetched.files().iter().map(|name| (name.clone(), fetched.bytes(name))).collect()
}

const OPS: [(Op, &str, &str); 4] = [
    (Op::License, "license-resource", "license at"),
    (Op::FutureLicense, "future-license", "getFutureLicense at"),
    (Op::Counts, "member-counts", "users/counts at"),
    (Op::Members, "members", "users at"),
];

#[test]
fn what_the_portal_does_not_have_or_does_not_allow_is_left_out() {
    for (op, choice, _) in OPS {
        for answer in [
            Answer::status(403),
            Answer::status(404),
            Answer::error(403, "You do not have permissions."),
            Answer::error(404, "Not found."),
            Answer::status_error(403, "No."),
            Answer::status_error(404, "No."),
            reply(403, r#"{"error":{"code":403,"message":"No."}}"#),
            reply(400, r#"{"error":{"code":403,"message":"No."}}"#),
            reply(404, r#"{"error":{"code":404,"message":"No."}}"#),
            reply(500, r#"{"status":"error","code":404,"messages":["No."]}"#),
        ] {
            // The first answer is that to a request without a token, and is refused as usual.
            let since = crate::portal::stub::Since(if op == Op::License { 2 } else { 1 });
            let portal = Portal::new().script(op, since, answer).start();
            let fetched = Fetch::of(&portal).signed_in().run();
            fetched.ends(0, &[&format!("warning: without {choice}: ")]);
            assert_eq!(fetched.run.stderr.lines().count(), 1, "{:?}", fetched.run);
            let missing = &fetched.json("manifest.json")["notFetched"];
            assert_eq!((&missing[0]["what"], missing.as_array().unwrap().len()), (&json!(choice), 1));
        }
    }
}

#[test]
fn any_other_failure_ends_the_fetch_and_leaves_the_one_before() {
    let cases = [
        (Answer::status(502), 4),
        (Answer::status(500), 4),
        (Answer::busy(503, "1"), 4),
        (Answer::close(), 4),
        (Answer::reset(), 4),
        (Answer::usual().cut_at(20), 4),
        (Answer::status(401), 4),
        (Answer::status(400), 4),
        (Answer::html("Sign In"), 3),
        (Answer::error(500, "Out of order."), 3),
        (Answer::error(401, "Unauthorized."), 4),
        (Answer::status_error(500, "Out of order."), 3),
        (reply(500, r#"{"error":{"code":500,"message":"Out of order."}}"#), 3),
        (Answer::redirect(302, "https://idp.invalid/adfs/ls/"), 4),
        (Answer::json("{}"), 3),
    ];
    let portal = Portal::new().member(Member::new("joe", "viewerUT")).seats("viewerUT", 5).start();
    let mut fetched = Fetch::of(&portal).signed_in().run();
    let before = content(fetched.ends(0, &[]));
    assert_eq!(before.len(), 5, "{before:?}");
    for (op, choice, said) in OPS {
        for (answer, code) in &cases {
            portal.forget_script();
            portal.script(op, Always, answer.clone());
            fetched = Fetch::of(&portal).signed_in().and(&["--force"]).into_folder(fetched.into_root()).run();
            assert_eq!(fetched.run.code, *code, "{op:?}: {:?}", fetched.run);
            let words = crate::common::words(&fetched.run.stderr);
            assert!(words.contains(said) && !words.contains("warning"), "{op:?}: {words}");
            assert_eq!(content(&fetched), before, "{op:?}: {words}");
            // Without this answer the others can be had, unless signing in is the trouble.
            if !words.contains("signing in") && !words.contains("login page") {
                assert!(words.contains(&format!("nothing is saved, and --skip {choice} fetches the rest")), "{words}");
            }
        }
    }
    // Where a page of members is missing, there is no list.
    portal.forget_script();
    portal.script(Op::Members, Always, Answer::usual().with(|page| page["total"] = json!(400)));
    fetched = Fetch::of(&portal).signed_in().and(&["--force"]).into_folder(fetched.into_root()).run();
    assert_eq!((fetched.run.code, content(&fetched)), (3, before), "{:?}", fetched.run);
    // What fails may be left out by its name.
    portal.script(Op::Members, Always, Answer::status(502));
    fetched =
        Fetch::of(&portal).signed_in().and(&["--force", "--skip", "members"]).into_folder(fetched.into_root()).run();
    assert_eq!(fetched.run.code, 0, "{:?}", fetched.run);
}

#[test]
fn what_no_command_would_read_is_not_saved() {
    let license = |change: fn(&mut serde_json::Value)| Answer::usual().with(change);
    let twice = |answer: Answer| answer.encoded(|text| text.replacen('{', r#"{"version":"1","#, 1).into_bytes());
    let in_entry = Answer::usual().encoded(|text| text.replacen(r#""id":"#, r#""id":"x","id":"#, 1).into_bytes());
    let doubled = |value: &mut serde_json::Value| {
        let first = value["userTypes"][0].clone();
        value["userTypes"].as_array_mut().unwrap().push(first);
    };
    for (op, answer, said) in [
        (Op::License, twice(Answer::usual()), "\"version\" stands twice: the document says two things"),
        (Op::License, in_entry.clone(), "\"id\" stands twice: the document says two things"),
        (Op::License, license(doubled), "is there twice"),
        (Op::License, license(|value| value["userTypes"][0]["id"] = json!(null)), "the id of this user type is null"),
        (
            Op::License,
            license(|value| value["userTypes"][0]["currentRegisteredMembers"] = json!("x")),
            "the count of members with the user type",
        ),
        (Op::FutureLicense, in_entry, "\"id\" stands twice: the document says two things"),
        (Op::FutureLicense, license(doubled), "is there twice"),
    ] {
        let portal = Portal::new().seats("creatorUT", 5).future_seats("creatorUT", 9, 1_900_000_000_000).start();
        let since = crate::portal::stub::Since(if op == Op::License { 2 } else { 1 });
        portal.script(op, since, answer);
        let fetched = Fetch::of(&portal).signed_in().run();
        fetched.ends(3, &["the answer is not what was asked for: ", said]);
        assert!(!fetched.run.stderr.contains("\\u0001"), "{:?}", fetched.run);
    }
}
