//! Secrets stay secret. Every run in these tests is looked through for them; here the portal does its worst.

use seatline::portal::{Address, Client, Credentials, Limits, Secret, Session, Surroundings, Trust};

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{ADMIN, Always, Answer, Nth, Op, PASSWORD, Portal, Since, assert_secret_nowhere};

#[test]
fn a_portal_that_repeats_the_password_is_not_repeated() {
    for said in [
        PASSWORD.to_owned(),
        format!("{}{PASSWORD}", "x".repeat(285)),
        form_urlencoded::byte_serialize(PASSWORD.as_bytes()).collect(),
        serde_json::Value::from(PASSWORD).to_string(),
    ] {
        let body = serde_json::json!({ "error": { "code": 400, "message": said, "details": [said] } }).to_string();
        let portal = Portal::new().script(Op::GenerateToken, Always, Answer::json(body)).start();
        Fetch::of(&portal).license().signed_in().run().ends(4, &["sign-in refused: 400"]);
    }
}

#[test]
fn a_portal_that_repeats_the_token_is_not_repeated() {
    let portal = Portal::new().start();
    let token = portal.token(ADMIN);
    let error = serde_json::json!({ "error": { "code": 500, "message": format!("{}{token}", "x".repeat(280)) } });
    let encoded: String = form_urlencoded::byte_serialize(token.as_bytes()).collect();
    for answer in [
        Answer::json(error.to_string()),
        Answer::redirect(302, &format!("https://gis.invalid/{token}?token={token}")),
        Answer::redirect(302, &format!("https://gis.invalid/login/{encoded}")),
        Answer::status(500).header("X-Token", &token),
        Answer::json(token.clone()),
        Answer::json(format!("{{\"{token}\":1,\"{token}\":2}}")),
    ] {
        portal.forget_script();
        portal.script(Op::License, Since(2), answer);
        let fetched = Fetch::of(&portal).variable("SEATLINE_TOKEN", &token).run();
        fetched.ends(0, &["without license-resource"]);
        assert!(fetched.bytes("manifest.json").len() > 100);
    }
}

#[test]
fn an_answer_with_the_token_in_it_is_not_saved() {
    let portal = Portal::new().start();
    let token = portal.token(ADMIN);
    let body = serde_json::json!({ "MyEsri": { "version": token } }).to_string();
    portal.script(Op::ValidateLicense, Since(2), Answer::json(body));
    let fetch = Fetch::of(&portal).license().variable("SEATLINE_TOKEN", &token);
    fetch.run().ends(4, &["repeats the token"]);
}

#[test]
fn nor_is_one_with_the_token_in_a_link() {
    let portal = Portal::new().start();
    for (token, link) in [("a+token/of=mine", "a%2Btoken%2Fof%3Dmine"), ("a/token+of=mine", r"a\/token+of=mine")] {
        let body = format!(r#"{{"MyEsri":{{"version":"https://gis.invalid/x?token={link}"}}}}"#);
        portal.script(Op::ValidateLicense, Always, Answer::error(499, "Token Required."));
        portal.script(Op::ValidateLicense, Nth(portal.requests().len() + 2), Answer::json(body));
        let fetch = Fetch::of(&portal).license().variable("SEATLINE_TOKEN", token);
        fetch.run().ends(4, &["repeats the token"]);
    }
}

#[test]
fn secrets_in_arguments_are_not_repeated() {
    let portal = Portal::new().start();
    let url = portal.url().replace("https://", "https://joe:p4ssw0rd@");
    for url in [url.as_str(), "https://joe:p4ssw0rd@[", "joe:p4ssw0rd@x"] {
        let fetched = Fetch::at(&portal, url).license().run();
        fetched.ends(2, &["--url"]);
        assert!(!fetched.run.stderr.contains("p4ssw0rd"), "{:?}", fetched.run);
    }
    let fetched = Fetch::at(&portal, &format!("{}?token=p4ssw0rd", portal.url())).license().run();
    assert!(!fetched.ends(2, &["--url"]).run.stderr.contains("p4ssw0rd"), "{:?}", fetched.run);
}

#[test]
fn files_that_hold_no_secret_are_not_repeated() {
    let portal = Portal::new().start();
    let files = tempfile::tempdir().unwrap();
    for (content, said) in [
        (&b""[..], "there is nothing in it"),
        (b"\n", "there is nothing in it"),
        (b"p4ssw0rd\nmore\n", "more than one line"),
        (b"p4ssw0rd\xff", "not UTF-8"),
        (b"p4ssw0rd with blanks", "this is no token"),
    ] {
        let file = files.path().join("secret");
        std::fs::write(&file, content).unwrap();
        let fetched = Fetch::of(&portal).license().and(&["--token-file", &text(&file)]).run();
        fetched.ends(2, &[said]);
        assert!(!fetched.run.stderr.contains("p4ssw0rd"), "{:?}", fetched.run);
    }
    Fetch::of(&portal).license().variable("SEATLINE_TOKEN", "no token at all").run().ends(2, &["SEATLINE_TOKEN"]);
    assert_eq!(portal.connections(), 0);
}

#[test]
fn nothing_of_the_library_shows_a_secret() {
    let secret = "an-uncommon-secret";
    let session = |credentials| {
        let address = Address::parse("https://gis.invalid/portal", None, false).unwrap();
        let limits = Limits { timeout: std::time::Duration::from_secs(1), retries: 0, max_answer: 1 };
        let surroundings = Surroundings {
            now: Box::new(|| seatline::time::Instant::from_epoch_ms(0)),
            wait: Box::new(|_| {}),
            chance: Box::new(|| 0.0),
        };
        let client = Client::new(address, &Trust::default(), limits, surroundings).unwrap();
        Session::new(client, Some(credentials))
    };
    let password = Credentials::Password { user: "joe".to_owned(), password: Secret::new(secret.to_owned()) };
    let token = Credentials::Token(Secret::new(secret.to_owned()));
    let shown = format!("{password:?} {token:#?} {:?} {:#?}", session(password.clone()), session(token.clone()));
    assert!(shown.contains("[secret]"));
    assert_secret_nowhere(&[secret.to_owned()], [("Debug".to_owned(), shown)]);
    let key = Trust { client: Some((b"chain".to_vec(), secret.into())), ..Trust::default() };
    assert_secret_nowhere(&["115, 101, 99".to_owned(), secret.to_owned()], [("Debug".to_owned(), format!("{key:?}"))]);
}
