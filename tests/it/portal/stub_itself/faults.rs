//! Every fault that an answer can have, at the request for which it was set.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::process::Command;
use std::sync::Arc;
#[cfg(unix)]
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::client::{Ask, exchange, sign_in};
#[cfg(unix)]
use crate::portal::stub::Victim;
use crate::portal::stub::{Always, Answer, Member, Nth, Op, Portal, Running, Tls, UpTo};

fn version() -> Ask {
    Ask::get("/sharing/rest?f=json")
}

fn scripted(answer: Answer) -> Running {
    Portal::new().script(Op::SharingVersion, Nth(1), answer).start()
}

#[test]
fn only_the_requests_meant_are_hit() {
    let portal = Portal::new()
        .script(Op::SharingVersion, UpTo(2), Answer::busy(429, "1"))
        .script(Op::Any, Nth(5), Answer::status(502))
        .start();
    let got = version().of(&portal);
    assert!(got.status == 429 && got.head.contains("Retry-After: 1"), "{got:?}");
    assert_eq!(Ask::get("/sharing/rest/portals/self?f=json").of(&portal).status, 200, "another operation");
    assert_eq!([0; 3].map(|_| version().of(&portal).status), [429, 200, 502]);
    portal.script(Op::SharingVersion, Always, Answer::status(503));
    assert_eq!(version().of(&portal).status, 503);
    portal.forget_script();
    assert_eq!(version().of(&portal).status, 200);
}

#[test]
fn a_reset_is_a_reset() {
    for tls in [Tls::plain(), Tls::authority()] {
        let portal = Portal::new().tls(tls).script(Op::SharingVersion, Nth(1), Answer::reset()).start();
        let got = version().of(&portal);
        assert_eq!((got.error, got.head.as_str()), (Some(ErrorKind::ConnectionReset), ""));
        assert_eq!(version().of(&portal).status, 200);
    }
}

#[test]
fn a_reset_comes_before_the_operation_or_after_it() {
    let change = |portal: &Running, token: &str| {
        let fields = [("users", r#"["joe"]"#), ("userLicenseType", "creatorUT"), ("f", "json"), ("token", token)];
        Ask::post("/sharing/rest/portals/self/updateUserLicenseType", &fields).referer().of(portal)
    };
    for (answer, user_type) in [(Answer::reset(), "viewerUT"), (Answer::reset().after_carrying_out(), "creatorUT")] {
        let portal = Portal::new()
            .member(Member::new("joe", "viewerUT"))
            .seats("creatorUT", 1)
            .script(Op::UpdateUserLicenseType, Nth(1), answer)
            .start();
        let got = change(&portal, &sign_in(&portal));
        assert_eq!(got.error, Some(ErrorKind::ConnectionReset));
        assert_eq!(portal.user_type("joe").as_deref(), Some(user_type));
    }
}

#[test]
fn connections_can_be_reset_before_a_word() {
    let portal = Portal::new().tls(Tls::plain()).resets_connections(1).start();
    assert!(version().of(&portal).error.is_some());
    assert_eq!(version().of(&portal).status, 200);
    assert_eq!((portal.connections(), portal.requests().len()), (2, 1));
}

#[test]
fn connections_can_be_ignored() {
    let portal = Portal::new().ignores_connections(1).start();
    let mut ignored = TcpStream::connect(portal.address()).unwrap();
    assert_eq!(version().of(&portal).status, 200, "the second one is not");
    ignored.write_all(b"anything").unwrap();
    ignored.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let error = ignored.read(&mut [0]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
    assert_eq!(portal.connections(), 2);
}

#[test]
fn a_close_is_in_good_order() {
    let got = version().of(&scripted(Answer::close()));
    assert_eq!((got.error, got.head.as_str()), (None, ""));
}

#[test]
fn a_body_can_be_cut() {
    let portal = scripted(Answer::usual().cut_at(5));
    let got = version().of(&portal);
    let whole = version().of(&portal);
    assert!(got.head.contains(&format!("Content-Length: {}\r\n", whole.body.len())), "{got:?}");
    assert_eq!((got.body.as_slice(), got.error), (&whole.body[..5], None));
    let reset = version().of(&scripted(Answer::usual().reset_at(0)));
    assert_eq!((reset.error, reset.body.len()), (Some(ErrorKind::ConnectionReset), 0));
    let chunked = version().of(&scripted(Answer::usual().chunked().cut_at(5)));
    assert_eq!(chunked.text(), "5\r\n{\"cur\r\n", "the last chunk never comes");
}

#[test]
fn a_body_can_come_in_chunks_or_until_the_end() {
    let got = version().of(&scripted(Answer::usual().chunked().trickled(20, Duration::ZERO)));
    assert_eq!(got.text(), "14\r\n{\"currentVersion\":\"1\r\n5\r\n1.3\"}\r\n0\r\n\r\n");
    let got = version().of(&scripted(Answer::usual().until_close()));
    assert_eq!(got.json()["currentVersion"], "11.3");
    assert!(!got.head.contains("Content-Length"), "{got:?}");
}

#[test]
fn slow_answers_are_slow_at_the_head_or_in_the_body() {
    let delay = Duration::from_millis(60);
    for answer in [Answer::usual().delayed(delay), Answer::usual().trickled(20, delay / 2)] {
        let portal = scripted(answer);
        let start = Instant::now();
        assert_eq!(version().of(&portal).json()["currentVersion"], "11.3");
        assert!(start.elapsed() >= delay, "{:?}", start.elapsed());
    }
}

// Under Wine a shutdown does not wake a thread that waits for bytes.
#[cfg(not(windows))]
#[test]
fn a_portal_ends_though_an_answer_would_take_forever() {
    let (reached, waits) = mpsc::channel();
    let answer = Answer::usual().delayed(Duration::from_secs(3600)).before(move |_| reached.send(()).unwrap());
    let portal = Portal::new().tls(Tls::plain()).script(Op::SharingVersion, Always, answer).start();
    let mut waiting = TcpStream::connect(portal.address()).unwrap();
    waiting.write_all(&version().bytes("/portal", false)).unwrap();
    let mut idle = TcpStream::connect(portal.address()).unwrap();
    waits.recv().unwrap();
    drop(portal);
    for stream in [&mut waiting, &mut idle] {
        assert!(matches!(stream.read(&mut [0]), Ok(0) | Err(_)));
    }
}

#[test]
fn gzip_unpacks_to_the_same() {
    let got = version().of(&scripted(Answer::usual().gzip()));
    assert!(got.head.contains("Content-Encoding: gzip"), "{got:?}");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&got.body[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, r#"{"currentVersion":"11.3"}"#);
}

#[test]
fn a_gzip_bomb_is_small_and_valid() {
    let got = version().of(&scripted(Answer::gzip_bomb(3, "{}")));
    assert!(got.body.len() < 8 << 10, "{}", got.body.len());
    let mut text = String::new();
    flate2::read::GzDecoder::new(&got.body[..]).read_to_string(&mut text).unwrap();
    assert_eq!((text.len(), text.trim_start()), ((3 << 20) + 2, "{}"));
}

#[test]
fn any_bytes_can_be_said() {
    let got = version().of(&scripted(Answer::body("text/plain", vec![0xff, 0xfe])));
    assert!(got.head.contains("Content-Type: text/plain") && got.body == [0xff, 0xfe], "{got:?}");
    let got = version().of(&scripted(Answer::redirect(302, "https://sso.invalid/login")));
    assert!(got.status == 302 && got.head.contains("Location: https://sso.invalid/login"), "{got:?}");
    assert_eq!(version().of(&scripted(Answer::error(498, "Invalid Token."))).code(), Some(498));
    assert_eq!(version().of(&scripted(Answer::status_error(500, "No."))).code(), Some(500));
    assert!(version().of(&scripted(Answer::html("Sign In"))).text().starts_with("<!DOCTYPE html>"));
}

#[test]
fn hooks_run_before_and_after() {
    let portal = Portal::new().member(Member::new("joe", "viewerUT")).seats("creatorUT", 1).start();
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let note = |what: &'static str| {
        let (world, seen) = (portal.world(), Arc::clone(&seen));
        move |_: &_| {
            let user_type = world.lock().unwrap().member("joe").unwrap().user_type.clone();
            seen.lock().unwrap().push((what, user_type));
        }
    };
    let answer = Answer::usual().before(note("before")).after(note("after"));
    portal.script(Op::UpdateUserLicenseType, Always, answer);
    let token = sign_in(&portal);
    let fields = [("users", r#"["joe"]"#), ("userLicenseType", "creatorUT"), ("f", "json"), ("token", &token)];
    Ask::post("/sharing/rest/portals/self/updateUserLicenseType", &fields).referer().of(&portal);
    let expected = [("before", "viewerUT".to_owned()), ("after", "creatorUT".to_owned())];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
#[cfg(unix)]
fn a_hook_kills_a_program() {
    use std::os::unix::process::ExitStatusExt;
    let victim = Victim::default();
    let portal = Portal::new().script(Op::SharingVersion, Nth(1), Answer::usual().before(victim.killer())).start();
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| version().of(&portal));
        assert_eq!(victim.run(Command::new("sleep").arg("3600")).signal(), Some(9));
        assert_eq!(asking.join().unwrap().status, 200);
    });
}

#[test]
fn a_connection_serves_many_requests() {
    let portal = Portal::new().start();
    let both = [version().bytes("/portal", false), version().bytes("/portal", true)].concat();
    let (bytes, error) = exchange(&portal, &both);
    assert_eq!(String::from_utf8(bytes).unwrap().matches("HTTP/1.1 200 OK").count(), 2);
    assert_eq!((portal.connections(), portal.requests().len(), error), (1, 2, None));
}

#[test]
fn a_request_in_chunks_is_read() {
    let portal = Portal::new().tls(Tls::plain()).start();
    let request = "POST /portal/sharing/rest/generateToken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n\
        4\r\nf=js\r\n2\r\non\r\n0\r\n\r\n";
    let (bytes, _) = exchange(&portal, request.as_bytes());
    assert!(String::from_utf8(bytes).unwrap().contains("'username' must be specified."));
    assert_eq!(portal.requests()[0].body, b"f=json");
}

#[test]
fn what_is_no_http_is_refused_and_remembered() {
    let portal = Portal::new().tls(Tls::plain()).start();
    let (bytes, _) = exchange(&portal, b"\x16\x03\x01 nonsense\r\n\r\n");
    assert!(bytes.starts_with(b"HTTP/1.1 400 "));
    assert_eq!(portal.take_violations().len(), 1);
}
