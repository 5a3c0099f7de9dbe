//! The second port, the other host, and the proxy.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::client::{Ask, exchange_plain, greet};
use crate::portal::stub::{Elsewhere, Portal, Proxy, Tls};

fn host(url: &str) -> &str {
    url.split('/').nth(2).unwrap()
}

#[test]
fn the_second_port_speaks_http() {
    let portal = Portal::new().also_plain().start();
    let url = portal.plain_url();
    let address = host(&url).replace("localhost", "127.0.0.1");
    let got = exchange_plain(&address, &Ask::get("/sharing/rest?f=json").bytes("/portal", true));
    assert_eq!(got.json()["currentVersion"], "11.3");
    exchange_plain(&address, &Ask::get("/sharing/rest?f=json").bearer("abc").bytes("/portal", true));
    assert_eq!(portal.take_violations(), ["the header X-Esri-Authorization"], "no credentials in plain text");
    let heard = &portal.requests()[0];
    assert_eq!((heard.tls, heard.listener, portal.connections()), (false, "portal (plain)", 2));
}

#[test]
fn elsewhere_minds_credentials() {
    let other = Elsewhere::plain();
    let url = other.url("/x");
    let ask = |ask: Ask| exchange_plain(host(&url), &ask.bytes("", true));
    assert_eq!(ask(Ask::get("/x?f=json")).json()["elsewhere"], true);
    assert!(other.take_violations().is_empty());
    ask(Ask::get("/x").bearer("abc"));
    ask(Ask::get("/x?token=abc"));
    ask(Ask::post("/x", &[("password", "abc")]));
    ask(Ask::multipart("/x", &[("name=\"token\"", "abc")]));
    let expected =
        ["the header X-Esri-Authorization", "the parameter token", "the parameter password", "the parameter token"];
    assert_eq!(other.take_violations(), expected);
    assert_eq!((other.requests().len(), other.connections()), (5, 5));
}

#[test]
#[should_panic(expected = "the client did what it must never do")]
fn credentials_elsewhere_fail_the_test_that_does_not_look() {
    let other = Elsewhere::plain();
    exchange_plain(host(&other.url("")), &Ask::get("/?token=abc").bytes("", true));
}

#[test]
fn elsewhere_has_the_certificate_of_the_portal() {
    let portal = Portal::new().start();
    let other = portal.elsewhere();
    let tcp = TcpStream::connect(host(&other.url(""))).unwrap();
    assert_eq!(greet(&portal, tcp, "localhost", false), Ok(200));
    assert_eq!((other.requests().len(), portal.requests().len()), (1, 0));
}

/// A connection through the proxy to a host.
fn tunnel(proxy: &Proxy, to: &str) -> (String, TcpStream) {
    let mut tcp = TcpStream::connect(host(&proxy.url())).unwrap();
    tcp.write_all(format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n\r\n").as_bytes()).unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        tcp.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    (String::from_utf8(head).unwrap(), tcp)
}

#[test]
fn the_proxy_tunnels_and_sees_nothing_but_the_host() {
    let portal = Portal::new().tls(Tls::authority().names(&["gis.invalid"])).start();
    let proxy = Proxy::start();
    proxy.leads("gis.invalid:443", portal.address());
    let (head, tcp) = tunnel(&proxy, "gis.invalid:443");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert_eq!(greet(&portal, tcp, "gis.invalid", false), Ok(200));
    assert_eq!((proxy.asked(), proxy.connections()), (vec!["CONNECT gis.invalid:443".to_owned()], 1));
    assert_eq!(portal.requests().len(), 1);
}

#[test]
fn the_proxy_forwards_plain_http() {
    let portal = Portal::new().tls(Tls::plain()).start();
    let proxy = Proxy::start();
    proxy.leads("gis.invalid:80", portal.address());
    let request = "GET http://gis.invalid/portal/sharing/rest?f=json HTTP/1.1\r\nHost: gis.invalid\r\n\
        Proxy-Connection: keep-alive\r\n\r\n";
    let got = exchange_plain(host(&proxy.url()), request.as_bytes());
    assert_eq!(got.json()["currentVersion"], "11.3");
    assert_eq!(proxy.asked(), ["GET http://gis.invalid/portal/sharing/rest?f=json"]);
    let heard = &portal.requests()[0];
    assert_eq!((heard.target.as_str(), heard.header("proxy-connection")), ("/portal/sharing/rest?f=json", None));
}

// Under Wine a shutdown does not wake a thread that waits for bytes.
#[cfg(not(windows))]
#[test]
fn a_proxy_ends_though_its_server_does_not() {
    let portal = Portal::new().ignores_connections(1).start();
    let proxy = Proxy::start();
    let (_, mut tcp) = tunnel(&proxy, &portal.address().to_string());
    drop(proxy);
    assert!(matches!(tcp.read(&mut [0]), Ok(0) | Err(_)));
}

#[test]
fn the_proxy_can_refuse() {
    let proxy = Proxy::refusing(407);
    assert!(tunnel(&proxy, "gis.invalid:443").0.starts_with("HTTP/1.1 407 "));
    let proxy = Proxy::start();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(tunnel(&proxy, &closed.to_string()).0.starts_with("HTTP/1.1 502 "));
}
