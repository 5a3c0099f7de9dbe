//! Cookies are secrets too, except those that only name a machine.

use serde_json::json;

use crate::portal::run::Fetch;
use crate::portal::stub::{Always, Answer, Nth, Op, Portal, Since};

const TOKEN: &str = "OTHERtokenOTHERtoken99";

#[test]
fn a_token_in_a_cookie_is_neither_saved_nor_shown() {
    for cookie in [
        format!("esri_auth={TOKEN}; Path=/"),
        format!("agwtoken=\"{TOKEN}\"; HttpOnly"),
        format!("esri_auth=%7B%22email%22%3A%22x%22%2C%22token%22%3A%22{TOKEN}%22%7D; Path=/"),
        format!(r#"esri_auth={{"token":"{TOKEN}"}}"#),
        // Cookies that are not kept: of another path, over, and of another host.
        format!("esri_auth={TOKEN}; Path=/elsewhere"),
        format!("esri_auth={TOKEN}; Max-Age=0"),
        format!("esri_auth={TOKEN}; Domain=gis.invalid"),
    ] {
        // The cookie may come with any answer: the refusal of the first request, or the token.
        for op in [Op::License, Op::GenerateToken] {
            let portal = Portal::new().script(op, Nth(1), Answer::usual().header("Set-Cookie", &cookie)).start();
            portal.script(
                Op::License,
                Since(2),
                Answer::usual().with(|answer| answer["x"] = json!(format!("a {TOKEN}"))),
            );
            let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
            fetched
                .ends(4, &["the answer repeats the token, the password or a cookie of this session, and is not saved"]);
            let error = Answer::error(500, &format!("no right for {TOKEN}"));
            let portal = Portal::new().script(op, Nth(1), Answer::usual().header("Set-Cookie", &cookie)).start();
            portal.script(Op::License, Since(2), error);
            let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
            fetched.ends(3, &["rejects this", "not shown"]);
            assert!(!fetched.run.stderr.contains(TOKEN), "{cookie}: {:?}", fetched.run);
        }
    }
}

/// Asserts that the token in the answer is not shown and not saved, after an answer with these cookies.
fn is_a_secret(cookies: &[String]) {
    let bringing = |op| {
        let answer = cookies.iter().fold(Answer::usual(), |answer, cookie| answer.header("Set-Cookie", cookie));
        Portal::new().script(op, Nth(1), answer).start()
    };
    let shown = cookies.last().unwrap();
    let portal = bringing(Op::GenerateToken);
    let holding = Answer::usual().with(|answer| answer["x"] = json!(format!("a {TOKEN}")));
    portal.script(Op::License, Since(2), holding);
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    assert!(fetched.run.code == 4 && fetched.run.stderr.contains("is not saved"), "{shown}: {:?}", fetched.run);
    let portal = bringing(Op::License);
    portal.script(Op::License, Since(2), Answer::error(500, &format!("no right for {TOKEN}")));
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    assert!(fetched.run.code == 3 && fetched.run.stderr.contains("not shown"), "{shown}: {:?}", fetched.run);
    assert!(!fetched.run.stderr.contains(TOKEN), "{shown}: {:?}", fetched.run);
}

#[test]
fn a_token_within_a_cookie_of_any_form_is_neither_saved_nor_shown() {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let percent = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let payload = URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"joe","token":"{TOKEN}"}}"#));
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#);
    for value in [
        format!("{head}.{payload}.c2lnbmF0dXJlLW9mLWl0"),
        format!("joe|{TOKEN}|1"),
        STANDARD.encode(format!("joe:{TOKEN}")),
        STANDARD.encode(format!("token={TOKEN}")),
        percent(&format!("{{'user': 'joe', 'token': '{TOKEN}'}}")),
        percent(&format!(r#"a:1:{{s:5:"token";s:22:"{TOKEN}";}}"#)),
        format!("s%3A{TOKEN}.c2lnbmF0dXJlLW9mLWl0"),
        format!("{}{TOKEN}", "a1,".repeat(2_000)),
        URL_SAFE_NO_PAD.encode(format!(r#"{{"x":"{}","token":"{TOKEN}"}}"#, "-".repeat(5_000))),
    ] {
        is_a_secret(&[format!("x={value}; Path=/")]);
    }
    // More cookies than are kept.
    let many = (0..50).map(|count| format!("c{count}=v{count}; Path=/"));
    is_a_secret(&many.chain([format!("esri_auth={TOKEN}; Path=/")]).collect::<Vec<_>>());
    let many = (0..60).map(|count| format!("c{count}=0A1B2C3D4E5F60718293A4B5C6D7{count:04}; Path=/"));
    is_a_secret(&[format!("esri_auth={TOKEN}; Path=/")].into_iter().chain(many).collect::<Vec<_>>());
}

#[test]
fn a_cookie_that_comes_with_the_answer_itself_is_looked_for() {
    let session = "0A1B2C3D4E5F60718293A4B5C6D7E8F9";
    let answer = Answer::usual().with(move |answer| answer["x"] = json!(session));
    let answer = answer.header("Set-Cookie", &format!("JSESSIONID={session}.node1; Path=/portal"));
    let portal = Portal::new().script(Op::License, Since(2), answer).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["a cookie of this session"]);
}

#[test]
fn a_cookie_that_names_a_machine_stands_in_no_way() {
    for (cookie, said) in [
        ("LB=node1; Path=/", "node1"),
        ("ROUTEID=.machine-2; Path=/", "machine-2"),
        ("SERVERID=portal01.internal.example.com", "portal01.internal.example.com"),
        ("esri=%7B%22id%22%3A%220123456789ABCDEF%22%7D", r#"{"id":"0123456789ABCDEF"}"#),
    ] {
        let answer = Answer::usual().with(move |answer| answer["x"] = json!(said)).header("Set-Cookie", cookie);
        let portal = Portal::new().script(Op::License, Always, answer).start();
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        assert_eq!(fetched.ends(0, &[]).json("license-resource.json")["x"], said);
    }
}
