//! `validateLicense`, the license resource, the future license, versions.

use serde_json::{Value, json};

use super::client::{Ask, sign_in};
use crate::portal::stub::{Envelope, Member, Op, Portal, Running, Tls};

const FILE: &str = r#"name="file"; filename="license.json""#;
const VALIDATE: &str = "/portaladmin/license/validateLicense";

fn sample(name: &str) -> String {
    std::fs::read_to_string(format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn parts<'a>(license: &'a str, list: &'a str, token: &'a str) -> Vec<(&'a str, &'a str)> {
    let list = ("name=\"listAdministratorUserTypes\"", list);
    vec![(FILE, license), list, ("name=\"f\"", "json"), ("name=\"token\"", token)]
}

fn validate(portal: &Running, parts: &[(&str, &str)]) -> super::client::Got {
    Ask::multipart(VALIDATE, parts).referer().of(portal)
}

#[test]
fn a_license_comes_back_without_what_else_is_in_its_file() {
    let portal = Portal::new().start();
    let token = sign_in(&portal);
    let license = sample("portal-10.8.json");
    let raw = license.trim_end().strip_suffix('}').unwrap().to_owned() + r#", "signature": "abc"}"#;
    let got = validate(&portal, &parts(&raw, "false", &token));
    assert_eq!(got.json(), serde_json::from_str::<Value>(&license).unwrap());
    assert!(got.head.contains("Content-Type: application/json"), "{got:?}");
    let list = validate(&portal, &parts(&raw, "true", &token)).json();
    assert_eq!(list, serde_json::from_str::<Value>(&sample("administrators-10.8.json")).unwrap());
    let request = &portal.requests_to(Op::ValidateLicense)[1];
    assert_eq!(request.field("listAdministratorUserTypes").as_deref(), Some("true"));
    assert!(request.tls && request.listener == "portal");
}

#[test]
fn what_a_portal_refuses_is_refused() {
    let portal = Portal::new().start();
    let token = sign_in(&portal);
    let license = sample("portal-10.8.json");
    let good = parts(&license, "false", &token);
    let with = |at: usize, part: (&'static str, &'static str)| {
        let mut parts = good.clone();
        parts[at] = part;
        validate(&portal, &parts)
    };
    assert_eq!(with(0, ("name=\"file\"", "{}")).code(), Some(400), "a file without a name is no file");
    assert_eq!(with(0, (r#"name="file"; filename="""#, "{}")).code(), Some(400), "nor is one with an empty name");
    assert_eq!(with(0, (r#"name="license"; filename="l.json""#, "{}")).code(), Some(400));
    assert_eq!(with(0, (FILE, "not JSON")).code(), Some(500));
    assert_eq!(with(0, (FILE, r#"{"MyEsri":3}"#)).code(), Some(500));
    assert_eq!(with(0, (FILE, r#"{"userTypes":[]}"#)).code(), Some(500));
    assert_eq!(with(1, ("name=\"listAdministratorUserTypes\"", "yes")).code(), Some(400));
    let as_file = (r#"name="listAdministratorUserTypes"; filename="x""#, "true");
    assert_eq!(with(1, as_file).code(), Some(400), "a field with a file name is a file");
    assert_eq!(with(3, ("name=\"token\"", "wrong")).code(), Some(498));
    assert_eq!(with(3, (r#"name="token"; filename="t""#, "x")).code(), Some(499));
    assert_eq!(validate(&portal, &good[..3]).code(), Some(499));
    assert_eq!(Ask::multipart(VALIDATE, &good).of(&portal).code(), Some(498), "without Referer");
    let elsewhere = Ask::multipart(VALIDATE, &good).header("Referer", "https://other.invalid").of(&portal);
    assert_eq!(elsewhere.code(), Some(498), "a token is bound to its referer");
    let in_header = Ask::multipart(VALIDATE, &good[..3]).bearer(&token).of(&portal);
    assert_eq!(in_header.code(), Some(499), "a POST has the token in its body");
    let urlencoded = [("file", "{}"), ("f", "json"), ("token", &token)];
    assert_eq!(Ask::post(VALIDATE, &urlencoded).referer().of(&portal).code(), Some(400));
    assert_eq!(Ask::get(&format!("{VALIDATE}?f=json")).bearer(&token).of(&portal).status, 405);
    let html = validate(&portal, &[good[0], good[1], good[3]]);
    assert!(html.status == 200 && html.text().starts_with("<!DOCTYPE html>"), "html is the default: {html:?}");
    let unended = "--frontier\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\njson";
    assert_eq!(Ask::raw(VALIDATE, "multipart/form-data; boundary=frontier", unended).referer().of(&portal).status, 400);
    assert_eq!(Ask::raw(VALIDATE, "multipart/form-data", unended).referer().of(&portal).status, 400);
    assert_eq!(Ask::raw(VALIDATE, "application/json", "{}").referer().of(&portal).status, 400);
}

#[test]
fn a_portal_without_a_site_needs_no_token() {
    let portal = Portal::new().without_site().start();
    let license = sample("portal-10.8.json");
    let good = parts(&license, "false", "");
    assert!(validate(&portal, &good[..3]).json()["MyEsri"].is_object());
    assert_eq!(Ask::multipart(VALIDATE, &good[..3]).of(&portal).code(), Some(403), "without Referer");
    assert_eq!(super::client::credentials("portaladmin", "x").of(&portal).code(), Some(400));
    assert_eq!(Ask::get("/portaladmin/license?f=json").of(&portal).code(), Some(500));
}

#[test]
fn the_other_envelope_is_used_where_asked_for() {
    let portal = Portal::new().envelope(Envelope::Status).start();
    let value = Ask::get("/portaladmin/license?f=json").of(&portal).json();
    assert_eq!(value, json!({"status": "error", "messages": ["Token Required."], "code": 499}));
    let sharing = Ask::get("/sharing/rest/portals/self/users?f=json").of(&portal).json();
    assert_eq!(sharing["error"]["code"], 499);
}

#[test]
fn the_license_resource_counts_members() {
    let members = Member::many("m", 3, "creatorUT");
    let portal = Portal::new().members(members).seats("creatorUT", 2).future_seats("creatorUT", 9, 17).start();
    let token = sign_in(&portal);
    let license = Ask::get("/portaladmin/license?f=json").bearer(&token).of(&portal).json();
    let creator = &license["userTypes"][1];
    assert_eq!((&creator["id"], &creator["maximumRegisteredMembers"]), (&json!("creatorUT"), &json!(2)));
    assert_eq!((&creator["currentRegisteredMembers"], &license["currentRegisteredMembers"]), (&json!(3), &json!(4)));
    let future = Ask::get("/portaladmin/license/getFutureLicense?f=json").bearer(&token).of(&portal).json();
    let expected = json!([
        {"id": "GISProfessionalAdvUT", "maximumRegisteredMembers": 0, "startDate": creator["expiration"]},
        {"id": "creatorUT", "maximumRegisteredMembers": 9, "startDate": 17},
    ]);
    assert_eq!(future["userTypes"], expected);
}

#[test]
fn only_administrators_see_the_license() {
    let portal = Portal::new().member(Member::new("joe", "creatorUT")).start();
    let token = portal.token("joe");
    assert_eq!(Ask::get("/portaladmin/license?f=json").bearer(&token).of(&portal).code(), Some(403));
    assert!(Ask::get("/sharing/rest/portals/self/users?f=json").bearer(&token).of(&portal).json()["users"].is_array());
}

#[test]
fn versions_are_told() {
    let portal = Portal::new().version("10.9.1").tls(Tls::plain()).start();
    for path in ["/sharing/rest?f=json", "/sharing/rest/?f=pjson", "/sharing/rest/portals/self?f=json"] {
        assert_eq!(Ask::get(path).of(&portal).json()["currentVersion"], "10.9.1", "{path}");
    }
    assert_eq!(Ask::get("/portaladmin?f=json").of(&portal).code(), Some(499));
    let token = portal.token("portaladmin");
    assert_eq!(Ask::get("/portaladmin?f=json").bearer(&token).of(&portal).json()["currentVersion"], "10.9.1");
    let own = Ask::get("/sharing/rest/portals/self?f=json").bearer(&token).of(&portal).json();
    assert_eq!(own["user"]["username"], "portaladmin");
    assert!(Ask::get("/sharing/rest?f=html").of(&portal).text().starts_with("<!DOCTYPE"));
    assert_eq!(Ask::get("/nothing?f=json").of(&portal).status, 404);
}

#[test]
fn kubernetes_has_its_own_paths() {
    let portal = Portal::new().kubernetes().start();
    let token = sign_in(&portal);
    let root = "/admin/orgs/0123456789ABCDEF/license";
    let license = sample("kubernetes-11.0.json");
    let path = format!("{root}/validateLicense");
    let got = Ask::multipart(&path, &parts(&license, "false", &token)).referer().of(&portal);
    assert_eq!(got.json(), serde_json::from_str::<Value>(&license).unwrap());
    let got = Ask::get(&format!("{root}?f=json")).bearer(&token).of(&portal);
    assert!(got.json()["userTypes"].is_array());
    let elsewhere =
        ["/admin/orgs/X/license", "/portaladmin/license", "/admin/orgs/0123456789ABCDEF/license/getFutureLicense"];
    for path in elsewhere {
        assert_eq!(Ask::get(&format!("{path}?f=json")).bearer(&token).of(&portal).status, 404, "{path}");
    }
}
