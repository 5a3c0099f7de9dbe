//! Random answers hold a secret in random disguises, at random places: no output, file or journal may show it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::portal::apply::Site;
use crate::portal::run::Fetch;
use crate::portal::stub::{ADMIN, Answer, Op, PASSWORD, Portal, Reply, Since, assert_secret_nowhere};

/// The secret as a portal may write it.
fn written(secret: &str, how: &[u8]) -> String {
    how.iter().fold(secret.to_owned(), |text, how| match how % 20 {
        0 => text,
        1 => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        2 => text.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        3 => text.chars().map(|character| format!("&#{};", u32::from(character))).collect(),
        4 => text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;"),
        5 => serde_json::Value::from(text).to_string(),
        6 => text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
        7 => STANDARD.encode(text),
        8 => text.chars().map(|character| format!("&#x{:09x};", u32::from(character))).collect(),
        9 => text.encode_utf16().map(|unit| format!("%u{unit:04X}")).collect(),
        10 => STANDARD.encode(text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
        11 => text.bytes().map(|byte| format!("\\{byte:03o}")).collect(),
        12 => format!("{:?}", text.as_bytes()),
        13 => text.bytes().map(|byte| format!("{byte:02x} ")).collect(),
        14 => json!(text.chars().map(String::from).collect::<Vec<_>>()).to_string(),
        15 => text.chars().map(|character| format!("\\U{:08x}", u32::from(character))).collect(),
        16 => format!("{:?}", text.bytes().map(u8::cast_signed).collect::<Vec<_>>()),
        // In letters of full width, and in bold ones of mathematics.
        17 => text.chars().map(|one| in_place(one, '!'..='~', '\u{ff01}')).collect(),
        18 => text.chars().map(|one| in_place(in_place(one, 'a'..='z', '\u{1d41a}'), 'A'..='Z', '\u{1d400}')).collect(),
        _ => STANDARD.encode(format!("{ADMIN}:{text}")),
    })
}

/// The character at the same place in another alphabet that begins with `first`.
fn in_place(character: char, alphabet: std::ops::RangeInclusive<char>, first: char) -> char {
    let place = u32::from(character).wrapping_sub(u32::from(*alphabet.start()));
    if alphabet.contains(&character) { char::from_u32(u32::from(first) + place).unwrap() } else { character }
}

/// An answer that holds the text somewhere.
fn holding(text: &str, place: u8) -> Answer {
    let error =
        |code: Value, message: &str| json!({ "error": { "code": code, "message": message, "details": [message] } });
    let owned = text.to_owned();
    match place % 12 {
        0 => Answer::json(error(json!(400), text).to_string()),
        1 => Answer::json(error(json!(text), "no").to_string()),
        2 => Answer::json(json!({ "status": "error", "messages": [text], "code": 500 }).to_string()),
        3 => Answer::html(text),
        4 => Answer::json(text.as_bytes()),
        5 => Answer::json(json!({ text: 1 }).to_string()),
        6 => Answer::reply(Reply::new(500, "application/json", error(json!(500), text).to_string())),
        7 => {
            let path: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            Answer::redirect(302, &format!("https://gis.invalid/x/{path}"))
        }
        8 => Answer::json(format!("{{\"error\": {}", json!(text))),
        // Answers that the program would save, or believe.
        9 => Answer::usual().with(move |value| value["extra"] = json!(owned)),
        10 => Answer::usual().with(move |value| value["version"] = json!(owned)),
        _ => Answer::usual().with(move |value| {
            value["results"] = json!([{ "username": owned, "status": false, "error": { "message": owned } }]);
        }),
    }
}

const OPS: [Op; 8] = [
    Op::ValidateLicense,
    Op::License,
    Op::FutureLicense,
    Op::GenerateToken,
    Op::PortalSelf,
    Op::Counts,
    Op::Members,
    Op::UpdateUserLicenseType,
];

/// Asserts that none of these texts is in what a run left behind, in upper or lower case.
fn nowhere(said: &str, places: Vec<(String, Vec<u8>)>) {
    let said = said.to_lowercase();
    for (place, bytes) in places {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(said.len() < 8 || !text.contains(&said), "{said} is in {place}: {text}");
    }
}

fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    entries
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn whatever_an_answer_holds_no_output_file_or_journal_holds_the_secret() {
    let mut runner = TestRunner::new(Config { cases: 60, ..Config::default() });
    let how = prop_oneof![prop::collection::vec(0..8_u8, 0..=3), prop::collection::vec(0..20_u8, 0..=2)];
    let strategy = (how, any::<u8>(), 0..OPS.len(), 0..3_usize, 1..3_usize);
    let cases = runner.run(&strategy, |(how, place, op, which, since)| {
        let op = OPS[op];
        // The password, a token that the user gave, and a token that the portal made.
        let site = Site::chain();
        let token = site.portal.token(ADMIN);
        let secret = if which == 0 { PASSWORD.to_owned() } else { token.clone() };
        let said = written(&secret, &how);
        site.portal.script(op, Since(since), holding(&said, place));
        let site = if which == 0 { site } else { site.without_credentials().variable("SEATLINE_TOKEN", &token) };
        let run = site.run();
        let mut places = files(site.folder.path());
        places.retain(|(name, _)| !name.ends_with("moves.csv"));
        places.extend([("stdout".to_owned(), run.stdout.into_bytes()), ("stderr".to_owned(), run.stderr.into_bytes())]);
        nowhere(&said, places);

        let portal = Portal::new().start();
        let token = portal.token(ADMIN);
        let secret = if which == 0 { PASSWORD.to_owned() } else { token.clone() };
        let said = written(&secret, &how);
        portal.script(op, Since(since), holding(&said, place));
        let fetch = Fetch::of(&portal).license();
        let fetch = if which == 0 { fetch.signed_in() } else { fetch.variable("SEATLINE_TOKEN", &token) };
        let fetched = fetch.run();
        let mut places = if fetched.run.code == 0 { files(&fetched.folder()) } else { Vec::new() };
        places.extend([
            ("stdout".to_owned(), fetched.run.stdout.clone().into_bytes()),
            ("stderr".to_owned(), fetched.run.stderr.clone().into_bytes()),
        ]);
        nowhere(&said, places.clone());
        assert_secret_nowhere(&[secret], places);
        Ok(())
    });
    cases.unwrap();
}

#[test]
fn a_secret_in_as_many_texts_as_it_has_letters_is_not_shown() {
    let letters: Vec<String> = PASSWORD.chars().map(String::from).collect();
    let after_others = [&["x".to_owned(), String::new()], letters.as_slice()].concat();
    for answer in [
        json!({ "error": { "code": 500, "message": "no", "details": letters } }),
        json!({ "error": { "code": 500, "message": "no", "details": after_others } }),
        json!({ "status": "error", "messages": letters, "code": 500 }),
        json!({ "error": letters }),
    ] {
        let portal = Portal::new().start();
        portal.script(Op::License, Since(2), Answer::json(answer.to_string()));
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        fetched.ends(3, &["rejects this", "not shown"]);
        assert!(!fetched.run.stderr.contains(&letters[..4].join("; ")), "{:?}", fetched.run);
    }
}

#[test]
fn a_secret_in_two_texts_of_one_answer_is_not_shown() {
    let (first, second) = PASSWORD.split_at(9);
    for answer in [
        json!({ "error": { "code": 500, "message": first, "details": [second] } }),
        json!({ "error": { "code": 500, "message": "", "details": ["no: ", first, second] } }),
        json!({ "status": "error", "messages": [first, second], "code": 500 }),
        json!({ "error": [first, second] }),
        json!({ "error": { "code": first, "message": second } }),
    ] {
        let portal = Portal::new().start();
        portal.script(Op::License, Since(2), Answer::json(answer.to_string()));
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        fetched.ends(3, &["rejects this", "not shown"]);
        assert!(!fetched.run.stderr.contains(first) && !fetched.run.stderr.contains(second), "{:?}", fetched.run);
    }
}
