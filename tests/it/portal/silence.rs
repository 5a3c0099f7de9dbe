//! Hosts that are down, hang or are no portals, and proxies over https: the messages, and how long a run takes.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{Always, Answer, Op, Portal, Since};

#[test]
fn a_host_that_hangs_is_asked_once_and_not_for_each_operation() {
    // The host never sends anything.
    let hanging = Answer::usual().delayed(Duration::from_secs(60));
    let portal = Portal::new().script(Op::Any, Always, hanging.clone()).start();
    let started = Instant::now();
    let fetched = Fetch::of(&portal).variable("SEATLINE_TOKEN", "a-token-of-whoever").and(&["--timeout", "2"]).run();
    fetched.ends(4, &["no complete answer within 2 s", "--timeout"]);
    assert_eq!((portal.requests().len(), fetched.run.stderr.lines().count()), (1, 1), "{:?}", fetched.run);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    // After an answer too: what does not come is no list without members.
    let portal = Portal::new().script(Op::FutureLicense, Always, hanging).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--timeout", "2"]).run();
    fetched
        .ends(4, &["getFutureLicense at", "no complete answer within 2 s", "--skip future-license fetches the rest"]);
    assert_eq!(portal.requests_to(Op::Counts).len(), 0);
}

#[test]
fn a_host_that_breaks_every_connection_is_left() {
    let portal = Portal::new().script(Op::Any, Since(3), Answer::reset()).start();
    let fetched = Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token("siteadmin")).run();
    assert_eq!(fetched.run.code, 4, "{:?}", fetched.run);
    assert!(portal.requests().len() < 6, "{}", portal.requests().len());
}

#[test]
fn who_takes_a_connection_and_says_nothing_is_no_firewall() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let portal = Portal::new().start();
    let fetch = Fetch::at(&portal, &format!("https://{address}/portal")).license().signed_in();
    let fetched = fetch.retries(3).and(&["--timeout", "2"]).run();
    fetched.ends(4, &["no answer comes within 1.5 s, not even the beginning of TLS", "the port in the URL"]);
    assert!(!fetched.run.stderr.contains("firewall"), "{:?}", fetched.run);
    drop(listener);
}

/// A proxy over https that gives this answer to everything.
#[test]
fn a_proxy_over_https_says_why() {
    let portal = Portal::new().without_site().start();
    let negotiate = Answer::status(407).header("Proxy-Authenticate", "Negotiate");
    for (answer, said) in [
        (Answer::status(403), "(HTTP 403): it does not allow this host"),
        (Answer::status(407), "(HTTP 407): it wants to be signed in to: HTTPS_PROXY="),
        (negotiate, "(HTTP 407): it wants to be signed in to by Negotiate, which does not work"),
        (Answer::status(502), "(HTTP 502): it does not reach the portal"),
    ] {
        let proxy = Portal::new().script(Op::Any, Always, answer).start();
        let folder = tempfile::tempdir().unwrap();
        let both = folder.path().join("both.pem");
        std::fs::write(&both, format!("{}\n{}", portal.ca_pem(), proxy.ca_pem())).unwrap();
        let fetch = Fetch::at(&portal, &portal.url()).license().and(&["--ca-cert", &text(&both)]);
        let url = format!("https://localhost:{}", proxy.address().port());
        fetch.variable("HTTPS_PROXY", &url).run().ends(4, &["cannot connect: the proxy localhost:", said]);
    }
    // The message about an untrusted proxy names the proxy, and not the portal.
    let proxy = Portal::new().start();
    let url = format!("https://localhost:{}", proxy.address().port());
    let fetched = Fetch::of(&portal).license().variable("HTTPS_PROXY", &url).run();
    fetched.ends(
        4,
        &["cannot connect: the proxy localhost:", "fails at TLS: the proxy's certificate is signed by nobody"],
    );
    assert!(!fetched.run.stderr.contains("portal's certificate"), "{:?}", fetched.run);
    // The same for a proxy that does not speak TLS.
    let plain = crate::portal::stub::Proxy::refusing(403);
    let fetched = Fetch::of(&portal).license().variable("HTTPS_PROXY", &plain.url().replace("http:", "https:")).run();
    fetched.ends(4, &["cannot connect: the proxy 127.0.0.1:", "is HTTPS_PROXY right?"]);
    assert_eq!(portal.connections(), 0);
}

#[test]
fn who_asks_for_days_of_patience_is_told_in_words() {
    for (when, said) in [
        ("90", "asks to come back in 90 s; run it again then"),
        ("3600", "asks to come back in 60 minutes; run it again then"),
        ("18000", "asks to come back in 5 hours; run it again then"),
        ("1000000", "asks to come back in 11 days, which can hardly be meant"),
        ("18446744073709551615", "asks to come back in more than 1000 days, which can hardly be meant"),
        ("99999999999999999999999", "asks to come back in more than 1000 days, which can hardly be meant"),
    ] {
        let portal = Portal::new().without_site().script(Op::Any, Always, Answer::busy(503, when)).start();
        let fetched = Fetch::of(&portal).license().retries(3).run();
        fetched.ends(4, &["HTTP 503: the portal, or a proxy before it, ", said]);
        assert_eq!(portal.requests().len(), 1);
    }
}

#[test]
fn pages_to_sign_in_on_are_told_whatever_they_come_with() {
    let saml = r#"<html><body onload="document.forms[0].submit()"><form method="post" action="https://idp.example/sso"><input type="hidden" name="SAMLRequest" value="x"/></form></body></html>"#;
    let federation = r#"<html><form action="https://adfs.example/adfs/ls/?wa=wsignin1.0"></form></html>"#;
    let form = r#"<!DOCTYPE html><form><input name="user"><input TYPE="password" name="p"></form>"#;
    for page in [saml, federation, form] {
        for answer in [
            Answer::body("text/html", page),
            Answer::reply(crate::portal::stub::Reply::new(401, "text/html", page)),
            Answer::reply(crate::portal::stub::Reply::new(403, "text/html", page)),
        ] {
            let portal = Portal::new().script(Op::Any, Always, answer).start();
            let fetched = Fetch::of(&portal).license().run();
            fetched.ends(4, &["the answer is a page to sign in on", "--oauth ID", "https://HOST:7443/arcgis"]);
        }
    }
    let entra =
        "Bearer authorization_uri=\"https://login.example/common/oauth2/authorize?x=1\", error=\"invalid_token\"";
    let portal = Portal::new().script(Op::Any, Always, Answer::status(401).header("WWW-Authenticate", entra)).start();
    let fetched = Fetch::of(&portal).license().run();
    fetched.ends(4, &["one signs in at https://login.example/common/oauth2/authorize", "--oauth ID"]);
    assert!(!fetched.run.stderr.contains("x=1"), "{:?}", fetched.run);
}

#[test]
fn an_index_that_is_locked_is_no_account() {
    for (message, locked) in [
        ("The index is locked.", false),
        ("Database locked, try again later", false),
        ("Too many requests", false),
        ("This account has been locked.", true),
        ("Too many invalid attempts.", true),
    ] {
        let portal = Portal::new().script(Op::GenerateToken, Always, Answer::error(400, message)).start();
        let fetched = Fetch::of(&portal).signed_in().run();
        fetched.ends(4, &["sign-in refused (400)"]);
        assert_eq!(fetched.run.stderr.contains("the account is locked"), locked, "{message}: {:?}", fetched.run);
    }
}

#[test]
fn a_token_is_renewed_as_often_as_it_expires() {
    use crate::portal::apply::Site;
    for uses in [1, 2, 3] {
        let site = Site::chain_with(Portal::new().tokens_expire_after(uses));
        let run = site.run();
        assert_eq!(run.code, 0, "{uses}: {run:?}");
        assert_eq!(site.now(), Site::chain_end());
        assert!(site.portal.tokens_issued() > 2, "{}", site.portal.tokens_issued());
        site.assert_moved_once();
    }
    // A portal that rejects every token is not asked for one token after the other.
    let portal = Portal::new().script(Op::License, Since(1), Answer::error(498, "Invalid token.")).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["(498)"]);
    assert!(portal.tokens_issued() <= 2);
}
