//! Which certificates the program trusts.

use rcgen::{CertificateParams, DnType, KeyPair};

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{Portal, Running, Tls};

fn portal(tls: Tls) -> Running {
    Portal::new().without_site().tls(tls).start()
}

#[test]
fn a_certificate_that_was_given_is_trusted() {
    for tls in [Tls::authority(), Tls::self_signed(), Tls::self_signed_ca()] {
        let portal = portal(tls);
        Fetch::of(&portal).license().run().ends(0, &[]);
        let by_address = Fetch::at(&portal, &portal.url_by_address()).license();
        by_address.and(&["--ca-cert", &text(portal.ca_file())]).run().ends(0, &[]);
    }
}

#[test]
fn it_may_be_in_der_or_one_of_several() {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    let (one, other) = (portal(Tls::self_signed_ca()), portal(Tls::authority()));
    let files = tempfile::tempdir().unwrap();
    let (der, both) = (files.path().join("one.cer"), files.path().join("both.pem"));
    std::fs::write(&der, CertificateDer::from_pem_slice(one.ca_pem().as_bytes()).unwrap()).unwrap();
    std::fs::write(&both, format!("# two\n{}\n{}", other.ca_pem(), one.ca_pem())).unwrap();
    for (portal, file) in [(&one, &der), (&one, &both), (&other, &both)] {
        Fetch::at(portal, &portal.url()).license().and(&["--ca-cert", &text(file)]).run().ends(0, &[]);
    }
}

#[test]
fn nobody_else_is() {
    let other = portal(Tls::authority());
    for (tls, said) in [
        (Tls::authority(), "signed by nobody this machine trusts"),
        (Tls::self_signed(), "signed by nobody this machine trusts"),
        (Tls::self_signed_ca(), "--ca-cert"),
    ] {
        let portal = portal(tls);
        let fetch = || Fetch::at(&portal, &portal.url()).license().retries(3);
        fetch().run().ends(4, &["validateLicense", said, "--ca-cert"]);
        fetch().and(&["--ca-cert", &text(other.ca_file())]).run().ends(4, &["portal's certificate"]);
        assert_eq!(portal.requests().len(), 0);
        assert_eq!(portal.connections(), 2, "not asked again");
    }
}

#[test]
fn one_that_is_given_does_not_vouch_for_others() {
    // Another certificate for the same name, with a key of its own.
    let (one, other) = (portal(Tls::self_signed()), portal(Tls::self_signed()));
    let fetch = Fetch::at(&one, &one.url()).license().and(&["--ca-cert", &text(other.ca_file())]);
    fetch.run().ends(4, &["portal's certificate"]);
    assert_eq!(one.requests().len(), 0);
}

#[test]
fn whoever_shows_a_certificate_must_have_its_key() {
    for tls in [Tls::authority(), Tls::self_signed(), Tls::self_signed_ca()] {
        for tls in [tls.clone(), tls.only_1_2()] {
            Fetch::of(&portal(tls.clone())).license().run().ends(0, &[]);
            let thief = portal(tls.stolen());
            Fetch::of(&thief).license().run().ends(4, &["portal's certificate"]);
            assert_eq!(thief.requests().len(), 0);
        }
    }
}

#[test]
fn dates_and_names_are_checked_in_tls_1_2_too() {
    for tls in [Tls::authority(), Tls::self_signed(), Tls::self_signed_ca()].map(Tls::only_1_2) {
        Fetch::of(&portal(tls.clone().expired())).license().run().ends(4, &["expired on 2021-01-01T00:00:00Z"]);
        Fetch::of(&portal(tls.names(&["gis.invalid"]))).license().run().ends(4, &["gis.invalid", "not for localhost"]);
    }
}

#[test]
fn dates_are_checked_whoever_signed() {
    for tls in [Tls::authority(), Tls::self_signed(), Tls::self_signed_ca()] {
        let expired = portal(tls.clone().expired());
        Fetch::of(&expired).license().run().ends(4, &["expired on 2021-01-01T00:00:00Z", "clock of this machine"]);
        let early = portal(tls.not_yet_valid());
        Fetch::of(&early).license().run().ends(4, &["not valid before 2090-01-01T00:00:00Z"]);
        assert_eq!(expired.requests().len() + early.requests().len(), 0);
    }
}

#[test]
fn the_name_is_checked_whoever_signed() {
    for tls in [Tls::authority(), Tls::self_signed(), Tls::self_signed_ca()] {
        let portal = portal(tls.names(&["gis.invalid", "www.invalid"]));
        let fetched = Fetch::of(&portal).license().run();
        fetched.ends(4, &["is for gis.invalid, www.invalid, not for localhost"]);
        assert_eq!(portal.requests().len(), 0);
    }
}

#[test]
fn an_old_certificate_may_name_its_host_as_subject_only() {
    // CN=localhost and no alternative names: the program believes this of the certificate that the user gave, and of
    // no other.
    for tls in [Tls::self_signed(), Tls::self_signed_ca()] {
        let portal = portal(tls.names(&[]));
        Fetch::of(&portal).license().run().ends(0, &[]);
        let by_address = Fetch::at(&portal, &portal.url_by_address()).license();
        let fetched = by_address.and(&["--ca-cert", &text(portal.ca_file())]).run();
        fetched.ends(4, &["is for localhost, not for 127.0.0.1"]);
    }
    let by_authority = Fetch::of(&portal(Tls::authority().names(&[]))).license().run();
    by_authority.ends(4, &["no list of host names", "common name (CN)", "needs one for localhost", "--ca-cert FILE"]);
}

#[test]
fn what_is_no_certificate_is_told() {
    let portal = portal(Tls::authority());
    let files = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = files.path().join(name);
        std::fs::write(&path, content).unwrap();
        text(path)
    };
    let wrong = file("wrong.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    let (certificate, key) = portal.client_files();
    let key_of_another = KeyPair::generate().unwrap().serialize_pem();
    let other = file("other.pem", &key_of_another);
    let (wrong, empty, other) = (wrong.as_str(), &file("empty.pem", ""), other.as_str());
    for (arguments, said) in [
        (vec!["--ca-cert", wrong], "--ca-cert: there is no certificate"),
        (vec!["--ca-cert", empty], "--ca-cert: there is no certificate"),
        (vec!["--ca-cert", "no/such/file"], "no/such/file: cannot be read"),
        (vec!["--client-cert", empty], "--client-cert: there is no client certificate"),
        (vec!["--client-cert", &text(&certificate)], "--client-key: there is no private key"),
        (vec!["--client-cert", &text(&certificate), "--client-key", empty], "--client-key: there is no private key"),
        (vec!["--client-cert", &text(&certificate), "--client-key", other], "--client-cert and --client-key"),
    ] {
        Fetch::at(&portal, &portal.url()).license().and(&arguments).run().ends(2, &[said]);
    }
    let key = std::fs::read_to_string(key).unwrap();
    let both = file("both.pem", &format!("{}{key}", std::fs::read_to_string(certificate).unwrap()));
    Fetch::of(&portal).license().and(&["--client-cert", &both]).run().ends(0, &[]);
    assert_eq!(portal.connections(), 1);
}

#[test]
fn a_portal_may_want_a_client_certificate() {
    let portal = portal(Tls::self_signed_ca().client_certificate());
    Fetch::of(&portal).license().run().ends(4, &["--client-cert"]);
    let (certificate, key) = portal.client_files();
    let with = Fetch::of(&portal).license().and(&["--client-cert", &text(certificate), "--client-key", &text(key)]);
    // With a client certificate the program asks for everything, and reports what it does not get.
    let fetched = with.run();
    assert_eq!(fetched.run.code, 0, "{:?}", fetched.run);
    assert!(fetched.files().contains(&"validated-license.json".to_owned()));
}

/// The address of a server that sends this record to the first client, after the client's first message.
fn who_says(record: &'static [u8]) -> (std::net::SocketAddr, std::thread::JoinHandle<()>) {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut hello = [0; 4096];
        let _ = stream.read(&mut hello);
        let _ = stream.write_all(record);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        while matches!(stream.read(&mut hello), Ok(1..)) {}
    });
    (address, serving)
}

#[test]
fn what_a_server_says_in_the_handshake_is_told_in_words() {
    let trusted = portal(Tls::authority());
    for (record, said) in [
        // Fatal alerts: protocol_version, handshake_failure, unknown_ca, certificate_required, unrecognized_name.
        (&b"\x15\x03\x01\x00\x02\x02\x46"[..], "speaks TLS 1.1 or older only"),
        (b"\x15\x03\x03\x00\x02\x02\x28", "no cipher in common"),
        (b"\x15\x03\x03\x00\x02\x02\x30", "wants a client certificate, and none was given"),
        (b"\x15\x03\x03\x00\x02\x02\x74", "wants a client certificate, and none was given"),
        (b"\x15\x03\x03\x00\x02\x02\x70", "does not know the host name"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS"),
    ] {
        let (address, serving) = who_says(record);
        let fetched = Fetch::at(&trusted, &format!("https://{address}/portal")).license().run();
        fetched.ends(4, &[said]);
        assert!(!fetched.run.stderr.contains("docs.rs"), "{:?}", fetched.run);
        serving.join().unwrap();
    }
}

#[test]
fn a_client_certificate_that_is_refused_is_told() {
    let (wants, other) =
        (portal(Tls::self_signed_ca().client_certificate()), portal(Tls::self_signed_ca().client_certificate()));
    for portal in [&wants, &portal(Tls::self_signed_ca().client_certificate().only_1_2())] {
        Fetch::of(portal).license().run().ends(4, &["wants a client certificate", "none was given"]);
        // The certificate is signed by another authority.
        let (certificate, key) = other.client_files();
        let fetch = Fetch::of(portal).license().and(&["--client-cert", &text(certificate), "--client-key", &text(key)]);
        fetch.run().ends(4, &["refuses the client certificate", "(--client-cert FILE"]);
    }
}

#[test]
fn insecure_trusts_whoever_answers_and_says_so() {
    let portal = portal(Tls::self_signed_ca().expired().names(&["gis.invalid"]));
    let fetched = Fetch::at(&portal, &portal.url()).license().and(&["--insecure", "--quiet"]).run();
    fetched.ends(0, &["warning: --insecure", "NOT checked"]);
}

#[test]
fn insecure_sends_no_credentials() {
    let portal = Portal::new().start();
    let fetch = || Fetch::at(&portal, &portal.url()).license().and(&["--insecure"]);
    let files = tempfile::tempdir().unwrap();
    let secret = files.path().join("secret");
    std::fs::write(&secret, "a secret of mine").unwrap();
    let (certificate, key) = portal.client_files();
    for arguments in [
        &["--user", "joe"][..],
        &["--token-file", &text(&secret)],
        &["--user", "joe", "--password-file", &text(&secret)],
        &["--client-cert", &text(certificate), "--client-key", &text(key)],
    ] {
        let run: crate::common::Run = fetch().and(arguments).command().output().unwrap().into();
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("--insecure"), "{run:?}");
    }
    fetch().signed_in().run().ends(2, &["--insecure sends no credentials"]);
    fetch().variable("SEATLINE_USERNAME", "joe").run().ends(2, &["--insecure sends no credentials"]);
    fetch().variable("SEATLINE_TOKEN", "a-token-of-mine").run().ends(2, &["--insecure sends no credentials"]);
    assert_eq!(portal.connections(), 0);
    fetch().run().ends(4, &["wants a token"]);
}

#[test]
fn a_port_without_tls_is_told() {
    let portal = portal(Tls::plain());
    let url = portal.url().replace("http://", "https://");
    Fetch::at(&portal, &url).license().run().ends(4, &["does not speak TLS"]);
    assert_eq!(portal.take_violations().len(), 1, "a handshake is no request");
}

#[test]
fn an_authority_of_the_system_is_trusted() {
    let portal = portal(Tls::authority());
    let fetch = || Fetch::at(&portal, &portal.url()).license();
    fetch().variable("SSL_CERT_FILE", &text(portal.ca_file())).run().ends(0, &[]);
    // Where the system has no certificates, the program still runs.
    fetch().variable("SSL_CERT_FILE", "no/such/file").run().ends(4, &["signed by nobody"]);
}

#[test]
fn rcgen_makes_what_is_thought_here() {
    // A certificate without alternative names has its host in the subject.
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, "localhost");
    let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
    let parsed = <x509_cert::Certificate as x509_cert::der::Decode>::from_der(certificate.der()).unwrap();
    assert!(parsed.tbs_certificate().subject().to_string().contains("CN=localhost"));
    assert!(!format!("{:?}", parsed.tbs_certificate().extensions()).contains("2.5.29.17"));
}
