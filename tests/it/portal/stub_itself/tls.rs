//! Certificates, good and bad, as a strict verifier sees them.

use std::net::TcpStream;
use std::time::Duration;

use super::client::{Ask, greet};
use crate::portal::stub::{Op, Portal, Running, Tls};

fn greeted(portal: &Running, name: &str) -> Result<u16, String> {
    greet(portal, TcpStream::connect(portal.address()).unwrap(), name, false)
}

#[test]
fn good_certificates_are_good_for_both_names() {
    for tls in [Tls::authority(), Tls::self_signed()] {
        let portal = Portal::new().tls(tls).start();
        for name in ["localhost", "127.0.0.1"] {
            assert_eq!(greeted(&portal, name), Ok(200));
        }
        assert!(portal.requests().iter().all(|request| request.tls && request.op == Op::SharingVersion));
    }
}

#[test]
fn bad_certificates_are_bad_in_their_own_way() {
    for (tls, why) in [
        (Tls::self_signed_ca(), "CaUsedAsEndEntity"),
        (Tls::authority().expired(), "expired"),
        (Tls::self_signed().expired(), "expired"),
        (Tls::authority().not_yet_valid(), "not valid yet"),
        (Tls::authority().names(&["portal.invalid"]), "not valid for name"),
        (Tls::self_signed().names(&["portal.invalid"]), "not valid for name"),
    ] {
        let portal = Portal::new().tls(tls.clone()).start();
        let error = greeted(&portal, "localhost").unwrap_err();
        assert!(error.contains(why), "{tls:?}: {error}");
        // The client notices first.
        while portal.failed_handshakes().is_empty() {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!((portal.requests().len(), portal.failed_handshakes().len()), (0, 1));
    }
    let one = Portal::new().start();
    let other = Portal::new().start();
    let error = greet(&one, TcpStream::connect(other.address()).unwrap(), "localhost", false).unwrap_err();
    assert!(error.contains("UnknownIssuer") || error.contains("BadSignature"), "{error}");
}

#[test]
fn another_name_can_be_certified() {
    let portal = Portal::new().tls(Tls::authority().names(&["gis.invalid"])).start();
    assert_eq!(greeted(&portal, "gis.invalid"), Ok(200));
}

#[test]
fn a_client_certificate_can_be_demanded() {
    let portal = Portal::new().tls(Tls::authority().client_certificate()).start();
    let error = greeted(&portal, "localhost").unwrap_err();
    assert!(error.contains("CertificateRequired"), "{error}");
    let connect = || TcpStream::connect(portal.address()).unwrap();
    assert_eq!(greet(&portal, connect(), "localhost", true), Ok(200));
    assert_eq!(portal.requests().len(), 1);
}

#[test]
fn the_files_hold_what_they_should() {
    let portal = Portal::new().tls(Tls::self_signed_ca()).start();
    assert_eq!(std::fs::read_to_string(portal.ca_file()).unwrap(), portal.ca_pem());
    let (certificate, key) = portal.client_files();
    assert!(std::fs::read_to_string(certificate).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(std::fs::read_to_string(key).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
    assert!(portal.url().starts_with("https://localhost:") && portal.url().ends_with("/portal"));
}

#[test]
fn plain_http_is_there_when_asked_for() {
    let portal = Portal::new().context("").tls(Tls::plain()).start();
    assert!(portal.url().starts_with("http://localhost:"));
    let (bytes, _) = super::client::exchange(&portal, &Ask::get("/sharing/rest?f=json").bytes("", true));
    assert!(bytes.starts_with(b"HTTP/1.1 200 OK") && !portal.requests()[0].tls);
}
