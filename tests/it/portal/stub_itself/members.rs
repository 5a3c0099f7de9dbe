//! Members in pages, and their counts.

use serde_json::json;

use super::client::{Ask, sign_in};
use crate::portal::stub::{Answer, Member, Op, Portal, Since};

#[test]
fn no_page_has_more_than_a_hundred_members() {
    let portal = Portal::new().members(Member::many("m", 249, "viewerUT")).start();
    let token = sign_in(&portal);
    let page = |start: i64, num: i64| {
        let path = format!("/sharing/rest/portals/self/users?start={start}&num={num}&f=json");
        Ask::get(&path).bearer(&token).of(&portal)
    };
    let (mut names, mut start) = (Vec::new(), 1);
    while start != -1 {
        let value = page(start, 1000).json();
        assert_eq!((&value["total"], &value["start"], &value["num"]), (&json!(250), &json!(start), &json!(100)));
        names.extend(value["users"].as_array().unwrap().iter().map(|user| user["username"].to_string()));
        start = value["nextStart"].as_i64().unwrap();
    }
    names.sort();
    names.dedup();
    assert_eq!((names.len(), portal.requests_to(Op::Members).len()), (250, 3));
    assert_eq!(page(151, 100).json()["nextStart"], -1, "the last page is full");
    assert_eq!(page(150, 100).json()["nextStart"], 250);
    let beyond = page(251, 100).json();
    assert_eq!((&beyond["users"], &beyond["nextStart"]), (&json!([]), &json!(-1)));
    assert_eq!((page(0, 10).code(), page(1, -1).code()), (Some(400), Some(400)));
    let default = Ask::get("/sharing/rest/portals/self/users?f=json").bearer(&token).of(&portal).json();
    assert_eq!(default["users"].as_array().unwrap().len(), 10, "10 by default");
}

#[test]
fn a_member_is_shown_as_documented() {
    let portal = Portal::new().member(Member::new("Zoë", "creatorUT").role("org_publisher").disabled()).start();
    let value =
        Ask::get("/sharing/rest/portals/self/users?start=2&f=json").bearer(&sign_in(&portal)).of(&portal).json();
    let user = &value["users"][0];
    let seen = (&user["username"], &user["userLicenseTypeId"], &user["role"], &user["disabled"]);
    assert_eq!(seen, (&json!("Zoë"), &json!("creatorUT"), &json!("org_publisher"), &json!(true)));
}

#[test]
fn counts_are_those_of_the_members() {
    let members = Member::many("m", 3, "viewerUT").chain(Member::many("x", 2, "unheardOfUT"));
    let portal = Portal::new().seats("viewerUT", 1).seats("editorUT", 1).members(members).start();
    let token = sign_in(&portal);
    let counts = |of: &str| {
        Ask::get(&format!("/sharing/rest/portals/self/users/counts?type={of}&f=json")).bearer(&token).of(&portal)
    };
    let expected = json!({"nextStart": -1, "results": [
        {"key": "GISProfessionalAdvUT", "count": 1},
        {"key": "viewerUT", "count": 3},
        {"key": "editorUT", "count": 0},
        {"key": "unheardOfUT", "count": 2},
    ]});
    assert_eq!(counts("userLicenseType").json(), expected);
    assert_eq!(counts("appBundle").json()["results"], json!([]));
    assert_eq!(counts("").code(), Some(400));
}

#[test]
fn members_may_change_between_two_pages() {
    let portal = Portal::new().members(Member::many("m", 100, "viewerUT")).start();
    let world = portal.world();
    let added = move |_: &_| world.lock().unwrap().put(Member::new("late", "viewerUT"));
    portal.script(Op::Members, Since(2), Answer::usual().before(added));
    let token = sign_in(&portal);
    let total =
        || Ask::get("/sharing/rest/portals/self/users?f=json").bearer(&token).of(&portal).json()["total"].as_i64();
    assert_eq!((total(), total(), total()), (Some(101), Some(102), Some(102)));
}
