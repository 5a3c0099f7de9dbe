//! Answers that are no answer: a message of one line tells what happened, at which operation, and what to do. Nothing
//! is left behind.

use std::time::{Duration, Instant};

use crate::portal::run::Fetch;
use crate::portal::stub::{Always, Answer, Envelope, Op, Portal, Reply};

/// Validates a license at a portal that gives this answer.
#[track_caller]
fn validation(answer: Answer, code: i32, said: &[&str]) {
    let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, answer).start();
    let fetched = Fetch::of(&portal).license().run();
    fetched.ends(code, said);
    let operation = format!("error: validateLicense at {}: ", portal.url());
    assert!(fetched.run.stderr.starts_with(&operation), "{:?}", fetched.run);
    assert_eq!(fetched.run.stderr.lines().count(), 1, "{:?}", fetched.run);
}

#[test]
fn the_portal_says_that_the_license_is_invalid() {
    for (body, said) in [
        (
            r#"{"error":{"code":500,"message":"Failed.","details":["The license is invalid."]}}"#,
            "500 Failed.; The license",
        ),
        (r#"{"error":{"message":"No code."}}"#, "No code."),
        (r#"{"error":{"code":400,"message":null,"details":null}}"#, "rejects this: 400"),
        (r#"{"error":{"code":"400","message":"","details":"A string."}}"#, "400 A string."),
        (r#"{"error":"A string itself."}"#, "A string itself."),
        (r#"{"error":{}}"#, "without code or message"),
        (r#"{"status":"error","messages":["One.","Two."],"code":500}"#, "500 One.; Two."),
        (r#"{"status":"failure","messages":["No."],"code":500}"#, "rejects this: 500 No."),
        (r#"{"success":false,"message":"No."}"#, "rejects this: No."),
        (r#"{"success":false,"MyEsri":{"version":"10.8"}}"#, "rejects this: without code or message"),
        (r#"{"status":"failed","MyEsri":{"version":"10.8"}}"#, "rejects this: without code or message"),
        (r#"{"status":"error"}"#, "without code or message"),
    ] {
        validation(Answer::json(body), 3, &["the portal rejects this: ", said]);
    }
}

#[test]
fn a_portal_that_refuses_itself_is_heard_in_both_envelopes() {
    // By script, since the program never sends the file that the stub would refuse itself: JSON whose MyEsri is no
    // object.
    for envelope in [Envelope::Error, Envelope::Status] {
        let portal = Portal::new().envelope(envelope).start();
        Fetch::of(&portal).license().run().ends(4, &["wants a token (499)"]);
    }
}

#[test]
fn codes_about_the_right_to_ask_are_no_word_on_the_license() {
    for (code, said) in
        [(401, "no permission (401 Why."), (403, "no permission (403 Why."), (498, "(498)"), (499, "(499)")]
    {
        validation(Answer::error(code, "Why."), 4, &[said]);
        validation(Answer::status_error(code, "Why."), 4, &[said]);
    }
}

#[test]
fn an_operation_that_is_not_there_is_told_in_json_as_in_html() {
    let hint = "does it run on Kubernetes? (--kubernetes)";
    validation(Answer::error(404, "Not Found"), 3, &["404 Not Found", hint]);
    validation(Answer::status_error(404, "Not Found"), 3, &["404 Not Found", hint]);
    // With --kubernetes the advice does not ask whether the portal runs on Kubernetes.
    for answer in [Answer::error(404, "Not Found"), Answer::status(404)] {
        let portal = Portal::new().kubernetes().script(Op::ValidateLicense, Always, answer).start();
        let fetched = Fetch::of(&portal).license().and(&["--kubernetes"]).run();
        let said =
            "is the id of its organization right, and does it run on Kubernetes at all? (--org ID, --kubernetes)";
        assert!(fetched.run.stderr.contains(said) && !fetched.run.stderr.contains(hint), "{:?}", fetched.run);
    }
    validation(Answer::status(404), 4, &["HTTP 404", hint]);
    let json = Reply::new(404, "application/json", r#"{"error":{"code":404,"message":"Not Found"}}"#);
    validation(Answer::reply(json), 4, &["HTTP 404, 404 Not Found", hint]);
}

#[test]
fn something_that_is_no_license_is_not_saved() {
    for (answer, said) in [
        (Answer::html("Sign In"), "an HTML page"),
        (Answer::body("application/json", "  \n<html>"), "an HTML page"),
        (Answer::json(r#"{"userTypes":[{"id":"creatorUT"}]}"#), "this is an administrator list"),
        (Answer::json(r#"{"results":[]}"#), "a list of member counts"),
        (Answer::json("{}"), "no document of a portal"),
        (Answer::json("[]"), "no document of a portal"),
        (Answer::json("null"), "no document of a portal"),
        (Answer::json(r#"{"success":true}"#), "importLicense"),
        (Answer::json(r#"{"MyEsri":7}"#), "MyEsri is a number"),
        (Answer::json(""), "there is nothing in it"),
        (Answer::json("  "), "there is nothing in it"),
        (Answer::json(r#"{"MyEsri":{"version":"10.8""#), "is the file cut off?"),
        (Answer::json(r#"{"MyEsri":{}} {"MyEsri":{}}"#), "more follows"),
        (Answer::json(r#"{"MyEsri":{},"MyEsri":{}}"#), "stands twice"),
        (Answer::body("image/png", vec![0x89, b'P', b'N', b'G']), "not UTF-8"),
        (Answer::json(b"\xff\xfe{".to_vec()), "UTF-16"),
    ] {
        validation(answer, 3, &["the answer is not what was asked for", said]);
    }
}

#[test]
fn what_it_is_counts_and_not_what_it_is_called() {
    for kind in ["text/plain", "text/html", "image/png", ""] {
        let answer = Answer::body(kind, r#"{"MyEsri":{"version":"10.8"}}"#);
        let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, answer).start();
        Fetch::of(&portal).license().and(&["--only", "license"]).run().ends(0, &[]);
    }
}

#[test]
fn statuses_are_told() {
    for (status, said) in [
        (400, "HTTP 400"),
        (401, "--client-cert"),
        (403, "sign in as an administrator"),
        (404, "https://HOST/CONTEXT"),
        (405, "HTTP 405"),
        (413, "no file of this size"),
        (429, "too many requests"),
        (500, "in trouble"),
        (502, "in trouble"),
        (503, "in trouble"),
        (504, "in trouble"),
        (304, "HTTP 304"),
    ] {
        validation(Answer::status(status), 4, &[&format!("HTTP {status}"), said]);
    }
    let reply = |status, body: &str| Answer::reply(Reply::new(status, "application/json", body));
    // An error in JSON is the portal's own word, whatever the status.
    validation(reply(500, r#"{"error":{"code":500,"message":"Why."}}"#), 3, &["rejects this: 500 Why."]);
    validation(reply(400, r#"{"status":"error","messages":["Why."]}"#), 3, &["rejects this: Why."]);
    validation(reply(503, r#"{"error":{"code":503,"message":"Why."}}"#), 4, &["HTTP 503, 503 Why.: "]);
    validation(reply(204, ""), 3, &["there is nothing in it"]);
}

#[test]
fn answers_that_break_off_are_no_answers() {
    for answer in [
        Answer::usual().cut_at(20),
        Answer::usual().chunked().cut_at(20),
        Answer::usual().reset_at(20),
        Answer::usual().gzip().cut_at(20),
        Answer::reset(),
        Answer::close(),
    ] {
        validation(answer, 4, &["the connection broke before the answer was complete"]);
    }
    // The JSON ends in the middle, and only this shows that the answer is cut off.
    validation(Answer::usual().until_close().cut_at(20), 3, &["is the file cut off?"]);
}

#[test]
fn every_framing_is_read() {
    for answer in [
        Answer::usual().chunked().trickled(1000, Duration::ZERO),
        Answer::usual().until_close(),
        Answer::usual().gzip(),
        Answer::usual().gzip().chunked().trickled(100, Duration::ZERO),
    ] {
        let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, answer).start();
        let fetched = Fetch::of(&portal).license().run();
        fetched.ends(0, &[]);
        assert!(fetched.json("validated-license.json")["MyEsri"]["version"].is_string());
    }
}

#[test]
fn damaged_compression_is_told() {
    let damaged = Answer::body("application/json", b"\x1f\x8b\x08\0\0\0\0\0\0\xffdamaged".to_vec());
    validation(damaged.header("Content-Encoding", "gzip"), 4, &["compressed, and damaged"]);
    let none = Answer::json("{}").header("Content-Encoding", "gzip");
    validation(none, 4, &["compressed, and damaged"]);
}

#[test]
fn slow_portals_are_left() {
    for answer in
        [Answer::usual().delayed(Duration::from_secs(60)), Answer::usual().trickled(10, Duration::from_millis(100))]
    {
        let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, answer).start();
        let started = Instant::now();
        let fetched = Fetch::of(&portal).license().retries(3).and(&["--timeout", "1"]).run();
        fetched.ends(4, &["validateLicense", "no complete answer within 1 s", "--timeout"]);
        // The request is sent only once, since asking again makes a slow portal no faster; and the run ends far below
        // the default of sixty seconds.
        assert_eq!(portal.requests().len(), 1);
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    }
}

#[test]
fn a_portal_that_says_nothing_is_left() {
    let portal = Portal::new().ignores_connections(9).start();
    let fetched = Fetch::of(&portal).license().and(&["--timeout", "1"]).run();
    // The time limit for a connection is shorter than that for an answer. Here the connection is accepted, so the
    // message does not speak of a firewall.
    fetched.ends(4, &["validateLicense", "no answer comes within 0.75 s, not even the beginning of TLS"]);
    assert!(!fetched.run.stderr.contains("firewall"), "{:?}", fetched.run);
}

#[test]
fn too_much_is_not_read() {
    let large = format!(r#"{{"MyEsri":{{"version":"{}"}}}}"#, "1".repeat(5000));
    let portal =
        || Portal::new().without_site().script(Op::ValidateLicense, Always, Answer::json(large.clone())).start();
    let limited = |limit: &str| Fetch::of(&portal()).license().and(&["--only", "license", "--max-answer", limit]).run();
    limited(&large.len().to_string()).ends(0, &[]);
    limited(&(large.len() - 1).to_string()).ends(4, &["larger than 5024 bytes", "--max-answer"]);
    limited("4KiB").ends(4, &["larger than 4096 bytes"]);
}

/// The most memory that a child of this process has needed so far, in KiB.
#[cfg(target_os = "linux")]
fn limited_memory(command: &std::process::Command, kib: u64) -> std::process::Command {
    let quoted = |text: &std::ffi::OsStr| format!("'{}'", text.to_str().unwrap().replace('\'', r"'\''"));
    let line: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).map(quoted).collect();
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", &format!("ulimit -v {kib} && exec {}", line.join(" "))]);
    limited.current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    limited
}

#[cfg(target_os = "linux")]
#[test]
fn a_bomb_does_not_go_off() {
    // 4 GiB of spaces, in an address space of 1 GiB.
    let portal =
        Portal::new().without_site().script(Op::ValidateLicense, Always, Answer::gzip_bomb(4096, "{}")).start();
    let fetch = Fetch::of(&portal).license().and(&["--max-answer", "32MiB"]);
    let run: crate::common::Run = limited_memory(&fetch.command(), 1 << 19).output().unwrap().into();
    fetch.ran(run).ends(4, &["larger than 33554432 bytes"]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_error_of_many_details_is_told_in_few_words() {
    // The whole answer is read, and only a few bytes of it are shown.
    let details: Vec<String> = (0..200_000).map(|index| format!("detail number {index:012}")).collect();
    let body = serde_json::json!({ "error": { "code": 500, "message": "No.", "details": details } }).to_string();
    for answer in [Answer::json(body.clone()), Answer::reply(Reply::new(500, "application/json", body))] {
        let portal = Portal::new().script(Op::ValidateLicense, Always, answer).start();
        let fetch = Fetch::of(&portal).license().variable("SEATLINE_TOKEN", "an-uncommon-token");
        let started = Instant::now();
        let run: crate::common::Run = limited_memory(&fetch.command(), 1 << 20).output().unwrap().into();
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
        assert!(run.stderr.len() < 1000 && run.stderr.contains("500 No.; detail number 000000000000; "), "{run:?}");
    }
}

#[test]
fn what_the_portal_says_does_nothing_to_the_terminal() {
    let message = "\u{1b}[2Jnice\r\nerror: forged\u{202e}";
    validation(Answer::error(500, message), 3, &["\\u001b[2Jnice\\u000d\\u000aerror: forged\\u202e"]);
    let long = "x".repeat(5000);
    let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, Answer::error(500, &long)).start();
    let fetched = Fetch::of(&portal).license().run();
    assert!(fetched.ends(3, &["xxx…"]).run.stderr.len() < 1000);
}

#[test]
fn an_error_beside_a_license_is_an_error() {
    let with =
        |name: &'static str, value: serde_json::Value| Answer::usual().with(move |answer| answer[name] = value.clone());
    let error = serde_json::json!({ "code": 500, "message": "The license could not be validated.", "details": null });
    validation(with("error", error), 3, &["rejects this: 500 The license could not be validated."]);
    validation(with("error", "Not valid.".into()), 3, &["rejects this: Not valid."]);
    validation(with("status", "error".into()), 3, &["rejects this"]);
    validation(with("error", serde_json::json!({ "code": 498 })), 4, &["(498)"]);
    // The same in a document of any other kind.
    for (error, said) in [
        (serde_json::json!(["Not valid.", "Not at all."]), "rejects this: Not valid.; Not at all."),
        (serde_json::json!([]), "rejects this: without code or message"),
        (serde_json::json!({}), "rejects this: without code or message"),
        (serde_json::json!(""), "rejects this: without code or message"),
        (serde_json::json!(true), "rejects this: without code or message"),
        (serde_json::json!(7), "rejects this: without code or message"),
    ] {
        validation(with("error", error), 3, &[said]);
    }
    // Values that stand for no error.
    for fine in [with("status", "success".into()), with("error", serde_json::Value::Null), with("error", false.into())]
    {
        let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, fine).start();
        Fetch::of(&portal).license().and(&["--only", "license"]).run().ends(0, &[]);
    }
}

#[test]
fn every_answer_may_have_a_byte_order_mark_or_be_utf_16() {
    let encodings: [fn(&str) -> Vec<u8>; 3] = [
        |text| format!("\u{feff}{text}").into_bytes(),
        |text| [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        |text| [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
    ];
    for encoding in encodings {
        let portal = Portal::new().script(Op::Any, Always, Answer::usual().encoded(encoding)).start();
        let fetched = Fetch::of(&portal).license().signed_in().run();
        fetched.ends(0, &[]);
        assert!(!fetched.run.stderr.contains("without"), "{:?}", fetched.run);
        // The bytes that came are saved, and every command reads them.
        assert_eq!(fetched.bytes("members-0001.json")[..2], encoding("{")[..2]);
        let folder = crate::portal::run::text(fetched.folder());
        let run = crate::common::seatline(&["fit", &folder, "--usage", &folder, "-f", "json"]);
        assert!(run.code < 2, "{run:?}");
        // In a refusal too.
        let refusal = Answer::error(498, "Invalid Token.").encoded(encoding);
        portal.script(Op::License, Always, refusal);
        let fetch =
            Fetch::of(&portal).variable("SEATLINE_TOKEN", "a-token-of-no-use").and(&["--only", "license-resource"]);
        fetch.run().ends(4, &["(498)"]);
    }
}
