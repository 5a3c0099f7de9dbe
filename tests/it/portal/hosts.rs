//! Where requests are sent, and where they are never sent: redirects, other hosts, plain http, proxies.

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{Always, Answer, Elsewhere, Nth, Op, Portal, Proxy, Tls};

#[test]
fn plain_http_is_for_this_machine_only() {
    let portal = Portal::new().tls(Tls::plain()).start();
    Fetch::of(&portal).license().signed_in().run().ends(0, &[]);
    let elsewhere = Fetch::at(&portal, "http://gis.invalid/portal").license().signed_in();
    elsewhere.run().ends(2, &["--url: plain http", "--allow-http"]);
    let allowed = Fetch::at(&portal, "http://gis.invalid/portal").license().signed_in().and(&["--allow-http"]);
    allowed.run().ends(4, &["warning: --allow-http", "cannot connect"]);
}

#[test]
fn plain_http_is_not_shown_to_a_proxy() {
    let portal = Portal::new().tls(Tls::plain()).start();
    let proxy = Proxy::start();
    let fetch = Fetch::of(&portal).license().signed_in();
    fetch.variable("HTTP_PROXY", &proxy.url()).variable("http_proxy", &proxy.url()).run().ends(0, &[]);
    assert_eq!(proxy.connections(), 0);
}

#[test]
fn a_proxy_is_asked_for_https() {
    for name in ["HTTPS_PROXY", "https_proxy"] {
        let portal = Portal::new().tls(Tls::authority().names(&["gis.invalid"])).start();
        let proxy = Proxy::start();
        let host = format!("gis.invalid:{}", portal.address().port());
        proxy.leads(&host, portal.address());
        let fetch = Fetch::at(&portal, &portal.url_at("gis.invalid")).license().signed_in();
        let fetch = fetch.and(&["--ca-cert", &text(portal.ca_file())]).variable(name, &proxy.url());
        fetch.run().ends(0, &[]);
        // The proxy sees the host, and nothing else.
        assert!(proxy.asked().iter().all(|asked| *asked == format!("CONNECT {host}")), "{:?}", proxy.asked());
        let heard = format!("{:?}", proxy.requests());
        crate::portal::stub::assert_secret_nowhere(&portal.secrets(), [("the proxy".to_owned(), heard)]);
    }
}

#[test]
fn no_proxy_is_honoured() {
    for (name, value) in [
        ("NO_PROXY", "localhost"),
        ("no_proxy", "127.0.0.1,localhost"),
        ("NO_PROXY", "*"),
        ("NO_PROXY", "*.example, .localhost"),
        ("NO_PROXY", "localhost:PORT"),
    ] {
        let portal = Portal::new().without_site().start();
        let value = &value.replace("PORT", &portal.address().port().to_string());
        let proxy = Proxy::refusing(502);
        let fetch = || Fetch::of(&portal).license().variable("HTTPS_PROXY", &proxy.url());
        fetch().variable(name, value).run().ends(0, &[]);
        assert_eq!(proxy.connections(), 0);
        // One connection for the portal, and one that finds out the reason.
        fetch().run().ends(4, &["cannot connect: the proxy 127.0.0.1:", "refuses (HTTP 502)"]);
        assert_eq!(proxy.connections(), 2);
        fetch().variable("NO_PROXY", "localhost:1").run().ends(4, &["the proxy"]);
    }
}

/// A variable as messages name it: Windows does not tell capital letters from small ones.
fn named(variable: &str) -> String {
    if cfg!(windows) { variable.to_uppercase() } else { variable.to_owned() }
}

#[test]
fn a_proxy_that_cannot_be_used_is_never_passed_by() {
    let portal = Portal::new().without_site().start();
    for (name, value, said) in [
        ("HTTPS_PROXY", "http://joe:p4ssw0rd@[", "HTTPS_PROXY: this is no URL of a proxy"),
        ("https_proxy", "http://joe:p4ssw0rd@proxy:x", "https_proxy: this is no URL of a proxy"),
        ("HTTPS_PROXY", "socks5://joe:p4ssw0rd@127.0.0.1:1080", "HTTPS_PROXY: SOCKS proxies do not work"),
        ("ALL_PROXY", "socks4a://127.0.0.1:1080", "ALL_PROXY: SOCKS"),
        ("HTTPS_PROXY", "ftp://joe:p4ssw0rd@proxy", "HTTPS_PROXY: a proxy is asked over http or https, not ftp"),
    ] {
        let fetched = Fetch::of(&portal).license().variable(name, value).run();
        fetched.ends(2, &[&said.replace(name, &named(name))]);
        assert!(!fetched.run.stderr.contains("p4ssw0rd"), "{:?}", fetched.run);
    }
    assert_eq!(portal.connections(), 0);
}

#[test]
fn a_proxy_that_wants_to_be_signed_in_to_is_told() {
    let portal = Portal::new().without_site().start();
    let proxy = Proxy::refusing(407);
    let fetched = Fetch::of(&portal).license().variable("HTTPS_PROXY", &proxy.url()).run();
    fetched.ends(4, &["cannot connect", "(HTTP 407)", "HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"]);
    let with = |proxy: &Proxy, credentials: &str| {
        let url = proxy.url().replace("http://", &format!("http://{credentials}"));
        let fetched = Fetch::of(&portal).license().variable("HTTPS_PROXY", &url).run();
        assert!(!fetched.run.stderr.contains("p4ssw0rd"), "{:?}", fetched.run);
        fetched
    };
    with(&Proxy::wanting(&["Basic realm=\"x\""]), "joe:p4ssw0rd@").ends(4, &["it refuses the user name and password"]);
    with(&Proxy::wanting(&["Negotiate", "NTLM"]), "")
        .ends(4, &["(HTTP 407)", "by Negotiate or NTLM, which does not work"]);
    with(&Proxy::refusing(403), "").ends(4, &["(HTTP 403)", "does not allow this host"]);
    assert_eq!(portal.connections(), 0);
}

#[test]
fn every_scheme_of_a_proxy_is_looked_at() {
    let portal = Portal::new().without_site().start();
    for (schemes, said) in [
        (&["Negotiate, NTLM, Basic realm=\"x\""][..], "HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"),
        (&["Negotiate", "Basic realm=\"x\""], "HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"),
        (&["Digest realm=\"a, Basic\", nonce=\"y\""], "by Digest, which does not work with seatline"),
        (&["Kerberos, Digest realm=\"x\""], "by Kerberos or Digest, which does not work with seatline"),
    ] {
        let proxy = Proxy::wanting(schemes);
        Fetch::of(&portal).license().variable("HTTPS_PROXY", &proxy.url()).run().ends(4, &["(HTTP 407)", said]);
    }
}

/// A proxy may offer, as a scheme, any text that it was sent.
#[test]
fn the_password_of_a_proxy_is_no_scheme() {
    let portal = Portal::new().without_site().start();
    for scheme in ["geheim2024", "joe, geheim2024", "Negotiate, geheim2024", "geheim2024 realm=\"x\""] {
        let proxy = Proxy::wanting(&[scheme]);
        let url = proxy.url().replace("http://", "http://joe:geheim2024@");
        let fetched = Fetch::of(&portal).license().variable("HTTPS_PROXY", &url).run();
        fetched.ends(4, &["(HTTP 407)"]);
        assert!(!fetched.run.stderr.contains("geheim") && !fetched.run.stderr.contains("joe"), "{:?}", fetched.run);
    }
}

/// The address of a proxy that answers every connection with these bytes, and then closes it or keeps it open.
fn odd_proxy(says: &'static [u8], ends: bool) -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for mut stream in listener.incoming().map_while(Result::ok) {
            use std::io::{Read, Write};
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(says);
            if !ends {
                kept.push(stream);
            }
        }
    });
    address
}

#[test]
fn a_proxy_that_fails_is_named() {
    let portal = Portal::new().without_site().start();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (address, said) in [
        (closed, "cannot be reached, or breaks the connection"),
        (odd_proxy(b"", true), "ends the connection without an answer"),
        (odd_proxy(b"SSH-2.0-x\r\n", true), "does not answer as a proxy does"),
        (odd_proxy(b"", false), "gives no connection within 1.5 s"),
    ] {
        for name in ["HTTPS_PROXY", "all_proxy"] {
            let fetch = Fetch::of(&portal).license().and(&["--timeout", "2"]);
            let fetched = fetch.variable(name, &format!("http://joe:p4ssw0rd@{address}")).run();
            fetched.ends(4, &[&format!("cannot connect: the proxy {address} {said}"), &named(name)]);
            assert!(
                !fetched.run.stderr.contains("joe") && !fetched.run.stderr.contains("p4ssw0rd"),
                "{:?}",
                fetched.run
            );
        }
    }
    // A value that names no proxy is an error before anything is sent. NO_PROXY is read before a proxy of an
    // unsupported kind is refused.
    for value in ["DIRECT", "http//127.0.0.1:1", "none"] {
        let fetched = Fetch::of(&portal).license().variable("HTTPS_PROXY", value).run();
        fetched.ends(2, &["HTTPS_PROXY: this is no URL of a proxy"]);
    }
    let fetch = Fetch::of(&portal).license().variable("ALL_PROXY", "socks5://127.0.0.1:1");
    fetch.variable("NO_PROXY", "localhost").run().ends(0, &[]);
}

/// A host that drops what is sent, as behind a firewall: nobody takes the connections off, and once they fill the queue the
/// kernel answers no further one.
pub(crate) struct Dropping {
    full: socket2::Socket,
    _fill: Vec<socket2::Socket>,
}

impl Dropping {
    pub(crate) fn start() -> Self {
        let socket = || socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        let full = socket();
        full.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
        full.listen(0).unwrap();
        let address = full.local_addr().unwrap();
        let connecting = || {
            let one = socket();
            one.set_nonblocking(true).unwrap();
            let _ = one.connect(&address);
            one
        };
        let fill = std::iter::repeat_with(connecting).take(4).collect();
        Self { full, _fill: fill }
    }

    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.full.local_addr().unwrap().as_socket().unwrap()
    }
}

#[test]
fn who_never_answers_is_told_in_time_and_once() {
    let dropping = Dropping::start();
    let address = dropping.address();
    let portal = Portal::new().start();
    let started = std::time::Instant::now();
    let fetch = Fetch::at(&portal, &format!("https://{address}/portal")).license().signed_in().retries(3);
    // The run ends long before the time for an answer is over, and does not try again for each request and each
    // operation.
    fetch
        .run()
        .ends(4, &["validateLicense", "no connection within 10 s", "a firewall", "is the port in the URL right?"]);
    assert!(started.elapsed() < std::time::Duration::from_secs(25), "{:?}", started.elapsed());
    // The same where the time for the whole request is shorter than that; and not for each operation.
    for fetch in [
        Fetch::at(&portal, &format!("https://{address}/portal")).license(),
        Fetch::at(&portal, &format!("https://{address}/portal")),
    ] {
        let fetched = fetch.signed_in().retries(3).and(&["--timeout", "2"]).run();
        fetched.ends(4, &["no connection within 1.5 s", "a firewall"]);
        assert_eq!(fetched.run.stderr.lines().count(), 1, "{:?}", fetched.run);
    }
    drop(dropping);
}

#[test]
fn redirects_elsewhere_are_not_followed() {
    let portal = Portal::new().also_plain().start();
    let (secure, plain) = (portal.elsewhere(), Elsewhere::plain());
    for (target, said) in [
        (secure.url("/portal/portaladmin/license"), "it redirects to https://127.0.0.1:"),
        (plain.url("/x?a=b"), "it redirects to http://127.0.0.1:"),
        (format!("{}/portaladmin/license?f=json", portal.plain_url()), "it redirects to http://localhost:"),
        ("//gis.invalid/x".to_owned(), "it redirects to https://gis.invalid"),
        (portal.url_by_address(), "it redirects to https://127.0.0.1:"),
    ] {
        for status in [301, 302, 303, 307, 308] {
            // The second request has the token, and the first has none.
            portal.forget_script();
            portal.script(Op::License, Nth(2), Answer::redirect(status, &target));
            let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
            fetched.ends(4, &["license at", said]);
            assert!(!fetched.run.stderr.contains("a=b"), "no query is shown: {:?}", fetched.run);
        }
    }
    assert_eq!(secure.connections() + plain.connections(), 0);
    assert!(portal.requests().iter().all(|request| request.listener == "portal" && request.tls));
}

#[test]
fn a_post_is_not_sent_anywhere_else() {
    let portal = Portal::new().start();
    let elsewhere = portal.elsewhere();
    for status in [301, 302, 303, 307, 308] {
        for target in [elsewhere.url("/"), format!("{}/portaladmin/license/validateLicense2", portal.url())] {
            for op in [Op::ValidateLicense, Op::GenerateToken] {
                portal.forget_script();
                portal.script(op, Always, Answer::redirect(status, &target));
                Fetch::of(&portal).license().signed_in().run().ends(4, &["it redirects to"]);
            }
        }
    }
    assert_eq!(elsewhere.connections(), 0);
    assert_eq!(portal.requests_to(Op::Other).len(), 0);
}

#[test]
fn a_get_may_move_within_the_portal() {
    let portal = Portal::new().start();
    let target = format!("{}/portaladmin/license/?f=json", portal.url());
    portal.script(Op::License, Nth(2), Answer::redirect(301, &target));
    portal.script(Op::License, Nth(3), Answer::redirect(307, "license?f=json"));
    // Relative to /portal/portaladmin/license/, this is another path: there is no such operation.
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["HTTP 404"]);
    portal.forget_script();
    portal.script(Op::License, Nth(2), Answer::redirect(301, &target));
    Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run().ends(0, &[]);
    let last = portal.requests().pop().unwrap();
    assert!(last.target.ends_with("/license/?f=json") && last.header("x-esri-authorization").is_some());
}

#[test]
fn a_circle_has_an_end() {
    let portal = Portal::new().start();
    portal.script(Op::License, Always, Answer::redirect(302, &format!("{}/portaladmin/license?f=json", portal.url())));
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["again and again"]);
    // The first request is anonymous, which may be the reason of the redirect; the second has a token.
    assert!(portal.requests().len() < 15);
}

#[test]
fn login_pages_are_told() {
    let portal = Portal::new().start();
    let elsewhere = portal.elsewhere();
    for target in [
        elsewhere.url("/adfs/ls/?SAMLRequest=x"),
        "/portal/home/signin.html?returnUrl=x".to_owned(),
        "/portal/sharing/rest/oauth2/authorize?client_id=x".to_owned(),
    ] {
        for (op, only) in
            [(Op::License, "license-resource"), (Op::ValidateLicense, "license"), (Op::Members, "members")]
        {
            portal.forget_script();
            portal.script(op, Always, Answer::redirect(302, &target));
            let fetched = Fetch::of(&portal).license().signed_in().and(&["--only", only]).run();
            fetched.ends(4, &["it redirects to a login page", "--client-cert"]);
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn a_redirect_to_nowhere_is_told() {
    let portal = Portal::new().start();
    for location in ["https://[", ""] {
        portal.forget_script();
        portal.script(Op::License, Always, Answer::redirect(302, location));
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        assert_eq!(fetched.run.code, 4, "{:?}", fetched.run);
    }
    portal.forget_script();
    portal.script(Op::License, Always, Answer::status(302));
    Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run().ends(4, &["HTTP 302"]);
}

#[test]
fn who_does_not_listen_is_told() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let portal = Portal::new().start();
    let url = format!("https://{closed}/portal");
    Fetch::at(&portal, &url).license().run().ends(4, &["cannot connect", "is the URL right"]);
    Fetch::at(&portal, "https://no-such-host.invalid").license().run().ends(4, &["cannot connect"]);
}
