//! `updateUserLicenseType`: seats, one type for each member, administrators only.

use serde_json::{Value, json};

use super::client::{Ask, Got, sign_in};
use crate::portal::stub::{ADMIN, Answer, Member, Moved, Nth, Op, Portal, Running};

fn portal() -> Portal {
    let members = Member::many("m", 30, "viewerUT");
    Portal::new().members(members).seats("viewerUT", 30).seats("creatorUT", 2).seats("editorUT", 100)
}

fn change(portal: &Running, token: &str, users: &Value, to: &str) -> Got {
    let users = users.to_string();
    let fields = [("users", users.as_str()), ("userLicenseType", to), ("f", "json"), ("token", token)];
    Ask::post("/sharing/rest/portals/self/updateUserLicenseType", &fields).referer().of(portal)
}

fn names(range: std::ops::RangeInclusive<usize>) -> Value {
    range.map(|n| format!("m{n:05}")).collect()
}

#[test]
fn a_full_type_takes_nobody() {
    let portal = portal().start();
    let token = sign_in(&portal);
    let got = change(&portal, &token, &names(1..=3), "creatorUT").json();
    let expected = json!({"results": [
        {"username": "m00001", "status": true},
        {"username": "m00002", "status": true},
        {"username": "m00003", "status": false, "error": {"message": "no seat is free"}},
    ]});
    assert_eq!(got, expected);
    assert_eq!((portal.assigned("creatorUT"), portal.assigned("viewerUT")), (2, 28));
    assert_eq!(portal.user_type("m00003").as_deref(), Some("viewerUT"));
    assert_eq!((portal.refused().len(), portal.refused()[0].why), (1, "no seat is free"));
    let moved = Moved { username: "m00001".into(), from: "viewerUT".into(), to: "creatorUT".into() };
    assert_eq!((portal.moved().len(), &portal.moved()[0]), (2, &moved));
    // A member leaves the user type, so another can get it.
    change(&portal, &token, &names(1..=1), "editorUT");
    assert_eq!(change(&portal, &token, &names(3..=3), "creatorUT").json()["results"][0]["status"], true);
}

#[test]
fn who_is_there_already_stays_and_who_is_unknown_is_false() {
    let portal = portal().start();
    let token = sign_in(&portal);
    change(&portal, &token, &names(1..=2), "creatorUT");
    let got = change(&portal, &token, &json!(["m00001", "nobody", "M00003"]), "creatorUT").json();
    let statuses: Vec<&Value> = got["results"].as_array().unwrap().iter().map(|result| &result["status"]).collect();
    assert_eq!(statuses, [true, false, false]);
    assert_eq!(portal.moved().len(), 2, "nobody moved");
}

#[test]
fn an_over_assigned_type_takes_nobody_either() {
    let portal = portal().seats("viewerUT", 10).start();
    let token = sign_in(&portal);
    change(&portal, &token, &names(1..=1), "creatorUT");
    let got = change(&portal, &token, &names(1..=1), "viewerUT").json();
    assert_eq!(got["results"][0]["status"], false);
}

#[test]
fn what_a_portal_refuses_is_refused() {
    let portal = portal().start();
    let token = sign_in(&portal);
    assert_eq!(change(&portal, &token, &names(1..=25), "editorUT").code(), None);
    let before = portal.members();
    assert_eq!(change(&portal, &token, &names(1..=26), "viewerUT").code(), Some(400), "26 users");
    assert_eq!(change(&portal, &token, &json!([]), "viewerUT").code(), Some(400));
    assert_eq!(change(&portal, &token, &names(1..=1), "ViewerUT").code(), Some(400), "wrongly cased");
    assert_eq!(change(&portal, &token, &json!("m00001"), "viewerUT").code(), Some(400), "no array");
    assert_eq!(change(&portal, "", &names(1..=1), "viewerUT").code(), Some(499));
    assert_eq!(change(&portal, "x", &names(1..=1), "viewerUT").code(), Some(498));
    assert_eq!(change(&portal, &portal.token("m00001"), &names(1..=1), "viewerUT").code(), Some(403));
    let fields = [("users", r#"["m00001"]"#), ("userLicenseType", "editorUT"), ("f", "json")];
    let in_header = Ask::post("/sharing/rest/portals/self/updateUserLicenseType", &fields).bearer(&token).of(&portal);
    assert_eq!(in_header.json()["results"][0]["status"], true, "here the token may be a header");
    let path = "/sharing/rest/portals/self/updateUserLicenseType?f=json&userLicenseType=viewerUT";
    assert_eq!(Ask::get(path).bearer(&token).of(&portal).status, 405);
    assert_eq!(portal.members(), before);
    let administrator = change(&portal, &token, &json!([ADMIN]), "viewerUT").json();
    assert_eq!(administrator["results"][0]["status"], false, "a viewer cannot be an administrator");
}

#[test]
fn answers_can_lie_and_the_state_cannot() {
    let script = portal()
        .script(Op::UpdateUserLicenseType, Nth(1), Answer::json(r#"{"success":true}"#).after_carrying_out())
        .script(Op::UpdateUserLicenseType, Nth(2), Answer::usual().refusing(&["m00003"]))
        .script(Op::UpdateUserLicenseType, Nth(3), Answer::json(r#"{"success":true}"#))
        .script(Op::UpdateUserLicenseType, Nth(4), Answer::usual().with(|value| value["results"] = json!([])));
    let portal = script.start();
    let token = sign_in(&portal);
    let change = |users| change(&portal, &token, &users, "editorUT").json();
    assert_eq!(change(names(1..=1)), json!({"success": true}));
    assert_eq!(portal.user_type("m00001").as_deref(), Some("editorUT"));
    let partial = change(names(2..=4));
    assert_eq!((&partial["results"][1]["status"], &partial["results"][2]["status"]), (&json!(false), &json!(true)));
    assert_eq!((portal.assigned("editorUT"), portal.refused()[0].why), (3, "unwilling"));
    change(names(5..=5));
    assert_eq!(portal.assigned("editorUT"), 3, "not carried out");
    assert_eq!(change(names(6..=6)), json!({"results": []}));
    assert_eq!(portal.assigned("editorUT"), 4);
}
