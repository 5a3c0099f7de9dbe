//! The messages about members whom the portal did not move, and about members who joined: they say only what is known.

use serde_json::json;

use super::Site;
use super::site::ends;
use crate::portal::stub::{ADMIN, Answer, Member, Nth, Op, Portal, Reply};

/// The reasons that a portal may give for a member whom it did not move.
fn refusing(more: serde_json::Value) -> Answer {
    Answer::usual().refusing(&["e00001"]).with(move |value| {
        for result in value["results"].as_array_mut().unwrap().iter_mut().filter(|one| one["username"] == "e00001") {
            for (name, value) in more.as_object().unwrap() {
                result[name] = value.clone();
            }
        }
    })
}

#[test]
fn of_an_unknown_reason_only_the_words_are_shown() {
    for reason in [
        "The request could not be completed successfully.",
        "Unable to update the license type of the user. Contact your administrator.",
        "This operation is not available.",
        "Rate limit exceeded, try again later",
        "Benutzer nicht gefunden",
    ] {
        let site = Site::chain();
        site.portal.script(Op::UpdateUserLicenseType, Nth(1), refusing(json!({ "error": { "message": reason } })));
        let run = site.run();
        let said = format!("(e00001: \"{reason}\"); what to do about it is not known here; ");
        ends(&run, 3, &[&said, "run the same command again to go on"]);
        for guess in ["no seat is free", "role of the member", "not know that member", "is the user type full"] {
            assert!(!run.stderr.contains(guess), "{reason}: {run:?}");
        }
    }
}

#[test]
fn a_refusal_of_the_whole_request_has_the_advice_of_its_reason() {
    let error = |code: u16, message: &str| json!({ "error": { "code": code, "message": message } }).to_string();
    let seat = "no seat is free there: free one first, or import a license with more";
    for (said, advice) in [
        (error(400, "No seats available"), seat),
        (error(403, "There are no seats available for this user type."), seat),
        (error(404, "No seats available"), seat),
        (error(500, "No seats available"), seat),
        (json!({ "status": "error", "messages": ["No seats available"], "code": 400 }).to_string(), seat),
        (json!({ "success": false, "message": "No seats available" }).to_string(), seat),
        (json!({ "results": [], "error": { "message": "No seats available" } }).to_string(), seat),
        (error(404, "User type does not exist."), "the portal has no such user type"),
        (error(403, "User type reassignment restriction"), "the portal restricts when"),
        (error(400, "License has expired"), "the license of the portal has expired, and only"),
        (error(400, "The user type has expired."), "the portal's license gives no seats of this user type"),
    ] {
        for status in [200, 400, 403, 500] {
            // A server in trouble may have done it before it said so, whatever its words.
            let is_trouble = status >= 500 || said.contains("500");
            let site = Site::chain().and(&["--settle", if is_trouble { "0" } else { "60" }]);
            let answer = Answer::reply(Reply::new(status, "application/json", said.clone()));
            site.portal.script(Op::UpdateUserLicenseType, Nth(1), answer);
            let run = site.run();
            ends(&run, 3, &["the portal rejects this: ", &format!("; {advice}"), "0 of 10 members have"]);
            assert_eq!(run.stderr.contains("may still carry it out"), is_trouble, "{status}: {said}: {run:?}");
            for other in ["sign in as an administrator", "is the URL", "in trouble"] {
                assert!(!run.stderr.contains(other), "{said}: {run:?}");
            }
        }
    }
    // Who signs in is not allowed to do it: that is the advice then.
    let site = Site::chain();
    let denied = "You do not have permissions to access this resource or perform this operation.";
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), Answer::error(403, denied));
    ends(&site.run(), 4, &["no permission (403 You do not have", "sign in as an administrator"]);
}

#[test]
fn what_is_no_plain_word_is_no_answer() {
    for status in [json!(null), json!("success"), json!(1), json!("true")] {
        let site = Site::chain();
        let odd = Answer::usual().with(move |value| {
            value["results"].as_array_mut().unwrap().iter_mut().for_each(|one| one["status"] = status.clone());
        });
        site.portal.script(Op::UpdateUserLicenseType, Nth(1), odd);
        let run = site.run();
        // The list of members shows what became of them, and the next run moves the rest.
        ends(&run, 3, &["the portal says nothing; its list of members shows whether it was done"]);
        assert!(!run.stderr.contains("no reason"), "{run:?}");
        site.portal.forget_script();
        ends(&site.run(), 0, &[]);
        assert_eq!(site.now(), Site::chain_end());
        site.assert_moved_once();
    }
    let site = Site::chain();
    let denied = Answer::json(r#"{"success":false,"message":"Something odd."}"#);
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), denied);
    ends(&site.run(), 3, &["the portal rejects this: Something odd."]);
    assert_eq!(site.now(), site.before);
}

#[test]
fn a_reason_with_a_secret_glued_to_it_is_not_kept() {
    // The password is an everyday word, and the portal writes it within another word.
    let site = Site::chain_with(
        Portal::new().account("clerk", "geheim").member(Member::new("clerk", "creatorUT").administrator()),
    );
    let site =
        site.without_credentials().variable("SEATLINE_USERNAME", "clerk").variable("SEATLINE_PASSWORD", "geheim");
    site.portal.set_seats("creatorUT", 2);
    site.license(&[("viewerUT", 10), ("editorUT", 5), ("fieldWorkerUT", 6), ("creatorUT", 2)]);
    let said = json!({ "error": { "message": "No: passwortgeheimer" } });
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), refusing(said));
    let run = site.run();
    ends(&run, 3, &["not shown"]);
    let journal = std::fs::read_to_string(site.path("journal.jsonl")).unwrap();
    assert!(!journal.contains("geheim") && !run.stderr.contains("geheim") && !run.stdout.contains("geheim"), "{run:?}");
}

#[test]
fn who_cannot_be_moved_is_not_told_to_run_it_again() {
    let joins = |members: &[Member]| {
        let site = Site::chain();
        let (world, members) = (site.portal.world(), members.to_vec());
        let joins =
            Answer::usual().after(move |_| members.iter().for_each(|member| world.lock().unwrap().put(member.clone())));
        site.portal.script(Op::UpdateUserLicenseType, Nth(4), joins);
        let run = site.run();
        ends(&run, 0, &[]);
        run.words()
    };
    // There is a seat for one member; and no administrator is given a user type that administrators cannot have.
    let two = [Member::new("new", "viewerUT"), Member::new("newer", "viewerUT")];
    let boss = [Member::new("boss", "viewerUT").administrator()];
    for (members, them, why) in [(&two[..], "them", "seat short"), (&boss[..], "that member", "boss")] {
        let said = joins(members);
        let cannot = format!("meanwhile, and not moved: another run cannot move {them} as it is (");
        assert!(said.contains(&cannot), "{said}");
        assert!(said.contains(why) && !said.contains("run the same command again to move"), "{said}");
    }
}

#[test]
fn who_is_elsewhere_by_a_list_of_before_is_read_again() {
    // In two readings the list shows a member with a user type that nobody asked for.
    for settle in ["20", "0"] {
        let site = Site::chain().and(&["--settle", settle]);
        let late = |value: &mut serde_json::Value| {
            for one in value["users"].as_array_mut().unwrap().iter_mut().filter(|one| one["username"] == "e00001") {
                one["userLicenseTypeId"] = json!("GISProfessionalAdvUT");
            }
        };
        for nth in [2, 3] {
            site.portal.script(Op::Members, Nth(nth), Answer::usual().with(late));
        }
        let run = site.run();
        match settle {
            "0" => ends(&run, 3, &["e00001 has GISProfessionalAdvUT now"]),
            _ => ends(&run, 0, &[]),
        }
        assert_eq!(site.portal.user_type("e00001").as_deref(), Some("fieldWorkerUT"));
        assert_eq!(site.portal.user_type(ADMIN).as_deref(), Some("creatorUT"));
    }
}
