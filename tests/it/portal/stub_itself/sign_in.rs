//! `generateToken`, and where tokens and passwords may stand.

use super::client::{Ask, REFERER, credentials, sign_in};
use crate::portal::stub::{ADMIN, Op, PASSWORD, Portal, assert_secret_nowhere};

#[test]
fn a_token_is_bound_to_its_referer() {
    let portal = Portal::new().start();
    let token = sign_in(&portal);
    let path = "/sharing/rest/portals/self/users?f=json";
    assert!(Ask::get(path).bearer(&token).of(&portal).json()["users"].is_array());
    let with = |referer: &str| {
        let ask = Ask::get(path).header("X-Esri-Authorization", &format!("Bearer {token}"));
        if referer.is_empty() { ask.of(&portal) } else { ask.header("Referer", referer).of(&portal) }
    };
    assert_eq!(with("").code(), Some(498));
    assert_eq!(with("https://elsewhere.invalid").code(), Some(498));
    assert!(with(REFERER).json()["users"].is_array());
    assert_eq!(Ask::get(path).of(&portal).code(), Some(499));
    assert_eq!(Ask::get(path).bearer("nonsense").of(&portal).code(), Some(498));
    let wrong_header = Ask::get(path).referer().header("X-Esri-Authorization", &token).of(&portal);
    assert_eq!(wrong_header.code(), Some(499), "without 'Bearer'");
}

#[test]
fn five_wrong_passwords_lock_the_account() {
    let portal = Portal::new().start();
    for count in 1..=5 {
        let value = credentials(ADMIN, "wrong").of(&portal).json();
        assert_eq!(value["error"]["code"], 400);
        assert_eq!(value["error"]["message"], "Unable to generate token.");
        assert_eq!(value["error"]["details"][0], "Invalid username or password.");
        assert_eq!(portal.failed_sign_ins(ADMIN), count);
    }
    assert_eq!(credentials(ADMIN, PASSWORD).of(&portal).code(), Some(400), "locked");
    assert_eq!((portal.tokens_issued(), portal.requests_to(Op::GenerateToken).len()), (0, 6));
}

#[test]
fn a_good_password_starts_the_count_anew() {
    let portal = Portal::new().start();
    credentials(ADMIN, "wrong").of(&portal);
    sign_in(&portal);
    assert_eq!(portal.failed_sign_ins(ADMIN), 0);
}

#[test]
fn what_is_missing_is_said() {
    let portal = Portal::new().start();
    let token = |fields: &[(&str, &str)]| Ask::post("/sharing/rest/generateToken", fields).of(&portal).json();
    let details = token(&[("f", "json")])["error"]["details"].clone();
    assert_eq!(details, serde_json::json!(["'username' must be specified.", "'password' must be specified."]));
    let both = [("username", ADMIN), ("password", PASSWORD), ("f", "json")];
    assert_eq!(token(&both)["error"]["details"][0], "'referer' must be specified.");
    let referer = [both[0], both[1], both[2], ("client", "referer"), ("referer", "")];
    assert_eq!(token(&referer)["error"]["details"][0], "'referer' must be specified.");
    assert_eq!(Ask::get("/sharing/rest/generateToken?f=json").of(&portal).status, 405);
    assert_eq!(portal.failed_sign_ins(ADMIN), 0);
}

#[test]
fn tokens_expire() {
    let portal = Portal::new().tokens_expire_after(2).start();
    let ask = Ask::get("/sharing/rest/portals/self/users?f=json").bearer(&sign_in(&portal));
    assert_eq!((ask.of(&portal).code(), ask.of(&portal).code(), ask.of(&portal).code()), (None, None, Some(498)));
    let ask = Ask::get("/sharing/rest/portals/self/users?f=json").bearer(&sign_in(&portal));
    assert_eq!(ask.of(&portal).code(), None, "a new one is good");
    portal.revoke_tokens();
    assert_eq!(ask.of(&portal).code(), Some(498));
}

#[test]
fn credentials_in_a_url_are_refused_and_remembered() {
    let portal = Portal::new().start();
    let token = sign_in(&portal);
    let path = format!("/sharing/rest/portals/self/users?f=json&token={token}");
    assert_eq!(Ask::get(&path).referer().of(&portal).code(), Some(400));
    assert_eq!(portal.take_violations().len(), 1);
    let mut encoded = form_urlencoded::Serializer::new(String::new());
    let path = format!("/sharing/rest?{}&f=json", encoded.append_pair("x", PASSWORD).finish());
    Ask::get(&path).of(&portal);
    assert_eq!(portal.take_violations(), ["a secret in the URL of GET /portal/sharing/rest"], "under any name");
    Ask::get("/sharing/rest?f=json").header("User-Agent", &token).of(&portal);
    assert_eq!(portal.take_violations(), ["a secret in the header User-Agent of GET /portal/sharing/rest"]);
    Ask::get("/sharing/rest?f=json").bearer(&token).of(&portal);
    assert!(portal.violations().is_empty());
}

#[test]
#[should_panic(expected = "the client did what it must never do")]
fn a_token_in_a_url_fails_the_test_that_does_not_look() {
    let portal = Portal::new().start();
    Ask::get("/sharing/rest?f=json&token=abc").of(&portal);
}

#[test]
fn secrets_are_found_in_every_guise() {
    let secrets = vec![PASSWORD.to_owned()];
    let found = |text: String| {
        let place = [("here".to_owned(), text)];
        std::panic::catch_unwind(|| assert_secret_nowhere(&secrets, place)).is_err()
    };
    let form: String = form_urlencoded::byte_serialize(PASSWORD.as_bytes()).collect();
    let json = serde_json::json!({"p": PASSWORD}).to_string();
    for text in [format!("a {PASSWORD} b"), format!("{PASSWORD:?}"), form.to_lowercase(), form, json] {
        assert!(found(text.clone()), "{text}");
    }
    assert!(!found("c0rrect horse".to_owned()));
}
