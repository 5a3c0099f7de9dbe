//! Secrets stay secret. Every run in these tests is searched for them, and here the portal repeats them in every way.

use seatline::portal::{Address, Client, ClientIdentity, Credentials, Limits, Machine, Secret, Session, Trust};

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{ADMIN, Always, Answer, Nth, Op, PASSWORD, Portal, Reply, Since, assert_secret_nowhere};

/// A secret in every form in which a portal may send it back.
fn guises(secret: &str) -> Vec<String> {
    let html = |text: &str| {
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
            .replace('\'', "&#39;")
            .replace('=', "&#61;")
    };
    let hex = |text: &str| text.chars().map(|character| format!("\\u{:04x}", u32::from(character))).collect::<String>();
    let json = serde_json::Value::from(secret).to_string();
    let percent: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let base64 = |text: &str| {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode(text)
    };
    let once = [
        secret.to_owned(),
        secret.to_uppercase(),
        secret.to_lowercase(),
        html(secret),
        secret.replace('"', r"\x22").replace('&', r"\x26"),
        hex(secret),
        json.clone(),
        percent.clone(),
        percent.to_lowercase(),
        base64(secret),
        base64(&format!("joe:{secret}")),
        base64(&json),
    ];
    let twice = once.iter().flat_map(|text| {
        let again: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        [html(text), serde_json::Value::from(text.as_str()).to_string(), again]
    });
    once.iter().cloned().chain(twice).collect()
}

#[test]
fn a_portal_that_repeats_the_password_is_not_repeated() {
    for said in guises(PASSWORD).into_iter().chain([format!("{}{PASSWORD}", "x".repeat(285))]) {
        let body = serde_json::json!({ "error": { "code": 400, "message": said, "details": [said] } }).to_string();
        let portal = Portal::new().script(Op::GenerateToken, Always, Answer::json(body)).start();
        let fetched = Fetch::of(&portal).license().signed_in().run();
        fetched.ends(4, &["sign-in refused (400)"]);
        let tail = said.get(said.len().saturating_sub(12)..).unwrap_or_default();
        assert!(!fetched.run.stderr.contains(tail), "{tail}: {:?}", fetched.run);
    }
    // A secret too short to be searched for: in place of the code, and in a redirect.
    for (password, answer) in [
        ("a1", Answer::error(400, "The password a1 is wrong.")),
        ("a1", Answer::json(r#"{"error":{"code":"a1","message":"a1"}}"#)),
        ("417", Answer::json(r#"{"error":{"code":417,"message":"417"}}"#)),
        ("zq1", Answer::redirect(302, "https://gis.invalid/again?password=zq1")),
        ("zq1", Answer::redirect(302, "https://gis.invalid/login/zq1")),
        ("zq1", Answer::body("application/json", "zq1 {")),
        ("zq1", Answer::reply(Reply::new(500, "application/json", r#"{"error":{"code":500,"message":"zq1"}}"#))),
    ] {
        let portal = Portal::new().script(Op::GenerateToken, Always, answer).start();
        let fetch = Fetch::of(&portal).license().variable("SEATLINE_USERNAME", ADMIN);
        let run: crate::common::Run = fetch.command().env("SEATLINE_PASSWORD", password).output().unwrap().into();
        assert_eq!(run.code, 4, "{run:?}");
        let words: Vec<_> = run.stderr.split(|character: char| !character.is_alphanumeric()).collect();
        assert!(!words.contains(&password), "{run:?}");
    }
}

#[test]
fn a_portal_that_repeats_a_secret_later_is_not_repeated_either() {
    let portal = Portal::new().start();
    let token = portal.token(ADMIN);
    for (secret, is_token) in [(PASSWORD, false), (token.as_str(), true)] {
        for said in guises(secret) {
            portal.forget_script();
            let error = serde_json::json!({ "error": { "code": 400, "message": format!("no {said} no") } });
            let saved = serde_json::json!({ "userTypes": [], "currentRegisteredMembers": 1,
                "maximumRegisteredMembers": 1, "x": said });
            for (answer, code, words) in [(error, 3, "rejects this: 400 [not shown"), (saved, 4, "is not saved")] {
                portal.script(Op::License, Always, Answer::json(answer.to_string()));
                let fetch = Fetch::of(&portal).and(&["--only", "license-resource"]);
                let fetch = if is_token { fetch.variable("SEATLINE_TOKEN", &token) } else { fetch.signed_in() };
                let fetched = fetch.run();
                fetched.ends(code, &[words]);
                let tail: String = said.chars().skip(said.chars().count().saturating_sub(12)).collect();
                assert!(!fetched.run.stderr.contains(&tail), "{tail}: {:?}", fetched.run);
            }
        }
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
        assert!(fetched.run.code == 3 || fetched.run.code == 4, "{:?}", fetched.run);
        fetched.ends(fetched.run.code, &["error: license at "]);
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
fn nor_is_one_with_the_password_in_it() {
    let portal = Portal::new().start();
    for said in guises(PASSWORD) {
        portal.forget_script();
        let body = serde_json::json!({ "MyEsri": { "version": format!("11{said}") } }).to_string();
        portal.script(Op::ValidateLicense, Since(2), Answer::json(body));
        let fetched = Fetch::of(&portal).license().signed_in().run();
        fetched.ends(4, &["repeats the token, the password or a cookie"]);
    }
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
fn every_token_of_an_answer_is_a_secret() {
    for name in ["refresh_token", "access_token", "id_token"] {
        let token = "an-uncommon-token-of-mine";
        let answer = Answer::usual().with(move |answer| answer[name] = token.into());
        let portal = Portal::new().script(Op::GenerateToken, Always, answer).start();
        portal.script(Op::ValidateLicense, Always, Answer::error(400, &format!("{token} is wrong")));
        let fetched = Fetch::of(&portal).license().signed_in().run();
        assert!(fetched.run.code != 0 && !fetched.run.stderr.contains("an-uncommon"), "{name}: {:?}", fetched.run);
    }
}

/// A secret at the place where a long address is cut must not be shown without its end.
#[test]
fn a_secret_at_the_end_of_a_long_redirect_is_not_shown() {
    let portal = Portal::new().start();
    let token = "an-uncommon-token-of-mine";
    for tail in 1..=3 {
        let before = "x".repeat(300 - token.len() + tail - "/login/".len());
        let to = format!("https://gis.invalid/login/{before}{token}");
        portal.forget_script();
        portal.script(Op::ValidateLicense, Always, Answer::redirect(302, &to));
        let fetched = Fetch::of(&portal).license().variable("SEATLINE_TOKEN", token).run();
        assert!(fetched.run.code != 0 && !fetched.run.stderr.contains("an-uncommon"), "{:?}", fetched.run);
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
        (b"p\x004\0s\0s\0w\x000\0r\0d\0", "UTF-16 without byte order mark"),
        (b"p4ssw0rd with blanks", "there is no token in it"),
    ] {
        let file = files.path().join("secret");
        std::fs::write(&file, content).unwrap();
        let fetched = Fetch::of(&portal).license().and(&["--token-file", &text(&file)]).run();
        fetched.ends(2, &[said]);
        assert!(!fetched.run.stderr.contains("p4ssw0rd"), "{:?}", fetched.run);
    }
    // A secret in place of a file name is not repeated.
    for option in ["--password-file", "--token-file"] {
        for secret in ["p4ssw0rd!", "p4ssw0rd/x", "p4ss\\w0rd", &"p4ssw0rd".repeat(100)] {
            let fetch = Fetch::of(&portal).license();
            let fetch = if option == "--password-file" { fetch.and(&["--user", "joe"]) } else { fetch };
            let fetched = fetch.and(&[option, secret]).run();
            fetched.ends(2, &[option, "cannot be read"]);
            assert!(!fetched.run.stderr.contains("p4ss"), "{:?}", fetched.run);
        }
    }
    for arguments in [&["--password", "p4ssw0rd"][..], &["--password=p4ssw0rd"], &["--token", "p4ssw0rd"], &["--token"]]
    {
        let fetched = Fetch::of(&portal).license().and(arguments).run();
        fetched.ends(2, &["is no argument", "SEATLINE_"]);
        assert!(!fetched.run.stderr.contains("p4ss") && !fetched.run.stderr.contains("similar"), "{:?}", fetched.run);
    }
    Fetch::of(&portal).license().variable("SEATLINE_TOKEN", "no token at all").run().ends(2, &["SEATLINE_TOKEN"]);
    assert_eq!(portal.connections(), 0);
}

#[test]
fn nothing_of_the_library_shows_a_secret() {
    let secret = "an-uncommon-secret";
    let session = |credentials| {
        let address = Address::parse("https://gis.invalid/portal", None, false).unwrap();
        let limits = Limits {
            timeout: std::time::Duration::from_secs(1),
            retries: 0,
            max_answer: 1,
            max_members: 1,
            list_time: std::time::Duration::ZERO,
        };
        let surroundings = Machine {
            now: Box::new(|| seatline::Instant::from_epoch_ms(0)),
            wait: Box::new(|_| true),
            chance: Box::new(|| 0.0),
        };
        let client = Client::new(address, &Trust::default(), limits, None, surroundings).unwrap();
        Session::new(client, Some(credentials))
    };
    let password = Credentials::Password { user: "joe".to_owned(), password: Secret::new(secret.to_owned()) };
    let token = Credentials::Token(Secret::new(secret.to_owned()));
    let shown = format!("{password:?} {token:#?} {:?} {:#?}", session(password.clone()), session(token.clone()));
    assert!(shown.contains("[secret]"));
    assert_secret_nowhere(&[secret.to_owned()], [("Debug".to_owned(), shown)]);
    let read = |name: &str| std::fs::read(format!("tests/fixtures/keys/{name}")).unwrap();
    let identity = ClientIdentity::read(&read("jane.pem"), Some(&read("plain.key")), None).unwrap();
    assert_eq!(format!("{identity:?}"), "ClientIdentity { chain: 1, .. }");
    let key = Trust { client: Some(identity), ..Trust::default() };
    assert_eq!(format!("{key:?}"), "Trust { insecure: false, .. }");
}

#[test]
fn words_of_our_own_are_shown_though_the_password_is_one_of_them() {
    use crate::portal::stub::Proxy;
    let proxies = [Proxy::refusing(502), Proxy::refusing(403), Proxy::refusing(407), Proxy::wanting(&["NTLM"])];
    for password in ["proxy", "https", "portal", "answer", "connection", "license", "signing", "certificate"] {
        let portal = Portal::new().account(ADMIN, password).start();
        let ca = text(portal.ca_file());
        let run = |url: &str, more: &[&str], proxy: Option<&str>| -> crate::common::Run {
            let fetch = Fetch::at(&portal, url).and(&["--only", "license-resource", "--ca-cert", &ca]).and(more);
            let fetch = fetch.variable("SEATLINE_USERNAME", ADMIN).variable("HTTPS_PROXY", proxy.unwrap_or_default());
            fetch.command().env("SEATLINE_PASSWORD", password).output().unwrap().into()
        };
        let shown = |run: crate::common::Run, said: &str| {
            assert!(
                run.code >= 3 && run.stderr.contains(said) && !run.stderr.contains("[not shown"),
                "{password}: {run:?}"
            );
        };
        for proxy in &proxies {
            shown(run(&portal.url(), &[], Some(&proxy.url())), "cannot connect: the proxy 127.0.0.1:");
        }
        shown(run("https://localhost:1/portal", &[], None), "cannot connect: ");
        for (answer, said) in [
            (Answer::reset(), "the connection broke before the answer was complete"),
            (Answer::html("no"), "an HTML page"),
            (Answer::redirect(302, "https://gis.invalid/x"), "it redirects to https://gis.invalid/x"),
            (Answer::redirect(302, "https://gis.invalid/login"), "(https://gis.invalid/login)"),
            (
                Answer::json(r#"{"users":[],"total":0,"start":1,"num":0,"nextStart":-1}"#),
                "the answer is not what was asked for: this ",
            ),
            (Answer::usual().cut_at(12), "the connection broke"),
            (Answer::json("{"), "not JSON"),
            (Answer::error(500, "Odd."), "the portal rejects this: 500 Odd."),
        ] {
            portal.forget_script();
            portal.script(Op::License, Always, answer);
            shown(run(&portal.url(), &[], None), said);
        }
        // The portal's address holds some of these words.
        portal.take_violations();
    }
}
