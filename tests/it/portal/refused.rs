//! The words for refusals, and advice that can be followed and is not followed already.

use crate::portal::run::{Fetch, text};
#[cfg(unix)]
use crate::portal::stub::CLIENT_ID;
use crate::portal::stub::{ADMIN, Always, Answer, Op, PASSWORD, Portal, Reply, Since};

fn reply(status: u16, body: &str) -> Answer {
    Answer::reply(Reply::new(status, "application/json", body))
}

/// The words of the error, on one line.
fn words(fetched: &crate::portal::run::Fetched) -> String {
    crate::common::words(&fetched.run.stderr)
}

#[test]
fn a_rejected_license_is_told_whatever_its_http_status() {
    let said = "The license file is for another portal.";
    for status in [200, 400, 409, 422, 500] {
        for body in [
            format!(r#"{{"error":{{"code":{},"message":"{said}"}}}}"#, status.max(400)),
            format!(r#"{{"status":"error","messages":["{said}"]}}"#),
        ] {
            let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, reply(status, &body)).start();
            let fetched = Fetch::of(&portal).license().run();
            fetched.ends(3, &["validateLicense at", "the portal rejects this: ", said]);
            assert!(!words(&fetched).contains("try again"), "{:?}", fetched.run);
        }
    }
    // A gateway, or a server in trouble, says nothing of the license.
    for answer in [
        Answer::status(500),
        Answer::status(502),
        reply(503, r#"{"error":{"code":503,"message":"No backend."}}"#),
        reply(502, r#"{"error":"Bad Gateway"}"#),
        reply(500, r#"{"timestamp":1,"status":500,"error":"Internal Server Error","path":"/x"}"#),
        reply(500, r#"{"message":"Internal Server Error"}"#),
    ] {
        let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, answer).start();
        let fetched = Fetch::of(&portal).license().run();
        fetched.ends(4, &["HTTP 50", "is in trouble: try again"]);
    }
}

#[test]
fn a_refused_sign_in_is_told_whatever_its_http_status() {
    for status in [200, 400, 401, 403, 500] {
        for body in [
            r#"{"error":{"code":400,"message":"Unable to generate token.","details":["Invalid username or password."]}}"#,
            r#"{"status":"error","messages":["Invalid username or password"],"code":400}"#,
        ] {
            let portal = Portal::new().script(Op::GenerateToken, Always, reply(status, body)).start();
            let fetched = Fetch::of(&portal).signed_in().run();
            fetched.ends(4, &["sign-in refused (400): it knows no such user with this password"]);
            assert_eq!(portal.requests_to(Op::GenerateToken).len(), 1);
        }
    }
    let portal = Portal::new().script(Op::GenerateToken, Always, reply(500, r#"{"error":{"message":"Odd."}}"#)).start();
    let fetched = Fetch::of(&portal).signed_in().run();
    assert!(fetched.ends(4, &["HTTP 500: the portal, or a proxy before it, is in trouble"]).run.stderr.len() < 400);
}

#[test]
fn reasons_that_are_known_have_words_of_their_own() {
    for (message, said, not) in [
        ("Login is disabled.", "takes no such accounts, or no names and passwords at all (SAML", "Check user name"),
        ("Signing in with an ArcGIS login is disabled", "sign in with a browser (--oauth ID)", "Check user name"),
        ("Account is disabled", "the account is disabled or has expired", "--oauth"),
        ("User has been disabled.", "the account is disabled or has expired", "Check user name"),
        ("Your password has expired and must be changed", "the password has expired or must be changed", "--oauth"),
        ("You must change your password.", "set a new one", "Check user name"),
        ("SSL required", "the portal wants to be asked over https (--url)", "--oauth"),
        ("This resource requires HTTPS", "asked over https", "Check user name"),
        ("Only SAML logins are allowed.", "no names and passwords at all (SAML, OpenID Connect)", "Check user name"),
        ("Multi-factor authentication is required", "second factor: sign in with a browser (--oauth ID)", "Check user"),
        ("Invalid username or password.", "it knows no such user with this password", "--oauth"),
        ("Something odd.", "what else it says is not shown", "disabled"),
        ("Invalid referer.", "does not take the page that the token is to be made for", "--oauth"),
        ("'referer' must be specified.", "or another one as the referer (--url, --referer)", "Check user name"),
        ("Unable to generate token.", "made no token, and does not say why: look into its logs", "--oauth"),
        ("Your account is temporarily locked.", "the account is locked after too many tries", "--oauth"),
        ("Account lockout: too many failed attempts", "the account is locked after too many tries", "Check user name"),
        ("The expiration exceeds the maximum allowed", "one of 60 minutes was asked for", "--oauth"),
        ("Invalid token expiration", "makes no token that lives so long", "Check user name"),
        ("Access is over HTTPS only.", "the portal wants to be asked over https (--url)", "--oauth"),
        ("The client IP address does not match.", "binds tokens to another sort of client", "--oauth"),
        ("Invalid client type", "ask the portal itself, mostly https://HOST:7443/arcgis (--url)", "Check user name"),
        ("Your license has expired.", "only its default administrators can sign in", "Check user name"),
    ] {
        // Whatever the portal repeats, only words of the program are shown.
        let said_too = format!("{message} ({PASSWORD})");
        let portal = Portal::new().script(Op::GenerateToken, Always, Answer::error(400, &said_too)).start();
        let fetched = Fetch::of(&portal).signed_in().run();
        fetched.ends(4, &["generateToken at", "sign-in refused (400)", said]);
        assert!(!words(&fetched).contains(not), "{:?}", fetched.run);
        assert_eq!(portal.failed_sign_ins(ADMIN), 0);
    }
    // No hint stands behind words that it does not belong to.
    for (code, message) in [(500, "Something odd."), (400, "Unable to generate token."), (400, "Account is disabled")] {
        let portal = Portal::new().script(Op::GenerateToken, Always, Answer::error(code, message)).start();
        let fetched = Fetch::of(&portal).signed_in().run();
        assert!(!words(&fetched).contains("(--"), "{:?}", fetched.run);
    }
    // By its code, the portal has another trouble than the password.
    let portal =
        Portal::new().script(Op::GenerateToken, Always, Answer::error(500, "Unable to generate token.")).start();
    Fetch::of(&portal).signed_in().run().ends(4, &["sign-in refused (500)", "is in trouble: look into its logs"]);
}

#[test]
fn a_wrong_context_is_no_wrong_password() {
    for answer in [
        Answer::error(404, "Not found."),
        Answer::status_error(404, "Not found."),
        reply(404, r#"{"error":{"code":404,"message":"Not found."}}"#),
        Answer::status(404),
    ] {
        let portal = Portal::new().script(Op::Any, Always, answer.clone()).start();
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        let words = words(&fetched);
        assert!(words.contains("does it run on Kubernetes? (--kubernetes)"), "{words}");
        assert!(!words.contains("password") && words.matches("--kubernetes").count() == 1, "{words}");
        // The sign-in alone.
        let portal = Portal::new().script(Op::GenerateToken, Always, answer).start();
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "members"]).run();
        fetched.ends(4, &["generateToken at", "there is no such operation here", "--kubernetes"]);
        assert!(!fetched.run.stderr.contains("password"), "{:?}", fetched.run);
    }
}

#[test]
fn no_advice_is_given_that_is_followed_already() {
    let token = |portal: &crate::portal::stub::Running| {
        let fetch = Fetch::of(portal).and(&["--only", "license-resource"]);
        fetch.variable("SEATLINE_TOKEN", "a-token-of-whoever").run()
    };
    let itself = "a built-in account at the portal itself, mostly https://HOST:7443/arcgis";
    let iwa = Answer::status(401).header("WWW-Authenticate", "Negotiate").header("WWW-Authenticate", "NTLM");
    let portal = Portal::new().script(Op::Any, Always, iwa).start();
    let run = words(&token(&portal));
    assert!(run.contains(itself) && !run.contains("token from the browser") && !run.contains("--token-file"), "{run}");

    for answer in [
        Answer::status(401).header("WWW-Authenticate", "Basic realm=\"x\""),
        Answer::status(401).header("WWW-Authenticate", "Digest realm=\"x\""),
        Answer::status(401),
        Answer::redirect(302, "https://idp.invalid/adfs/ls/"),
        Answer::body("text/html", "<html><input type=\"password\"></html>"),
    ] {
        let portal = Portal::new().script(Op::Any, Always, answer).start();
        let run = words(&token(&portal));
        assert!(run.contains(itself) && run.contains("--oauth ID") && run.contains("--client-cert"), "{run}");
        assert!(!run.contains("token from the browser") && !run.contains("--token-file"), "{run}");
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        let run = words(&fetched);
        assert!(run.contains("; --url; --token-file and --referer") && !run.contains("--password-file"), "{run}");
        let key = ["--client-cert", "tests/fixtures/keys/jane.pem", "--client-key", "tests/fixtures/keys/plain.key"];
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).and(&key).run();
        let run = words(&fetched);
        assert!(
            run.contains("What works: ") && !run.contains("--client-cert") && run.contains("; or a token"),
            "{run}"
        );
    }
}

#[test]
fn a_token_that_the_portal_made_is_not_to_be_replaced_by_hand() {
    let portal = Portal::new().script(Op::License, Since(2), Answer::error(498, "Invalid token.")).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    let run = words(&fetched);
    assert!(
        run.contains("(498), though it made the token for this run") && run.contains(":7443/arcgis (--url)"),
        "{run}"
    );
    assert!(!run.contains("--referer") && !run.contains("get a new one"), "{run}");
    let portal = Portal::new().script(Op::License, Always, Answer::error(499, "Token required.")).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    let run = words(&fetched);
    assert!(
        run.contains("although one was sent, which it made for this run: a proxy before it drops the token"),
        "{run}"
    );
    assert!(!run.contains("is it a token of this portal"), "{run}");
    // A token that the user gave can be replaced.
    let portal = Portal::new().script(Op::License, Always, Answer::error(498, "Invalid token.")).start();
    let fetch = Fetch::of(&portal).variable("SEATLINE_TOKEN", "a-token-of-whoever");
    fetch.run().ends(4, &["(498): get a new one", "(--referer)"]);
    // Without a token there is none to replace.
    let portal = Portal::new().script(Op::ValidateLicense, Always, Answer::error(498, "Invalid token.")).start();
    let fetched = Fetch::of(&portal).license().run();
    fetched.ends(4, &["(498), and none was sent: sign in, or give a token (--user, --token-file or SEATLINE_TOKEN)"]);
}

#[cfg(unix)]
#[test]
fn every_refusal_of_a_code_has_its_advice() {
    use crate::portal::run::{ONCE_ASKED, on_a_terminal_between};
    let rfc = |error: &str, more: &str| format!(r#"{{"error":"{error}","error_description":"{more}"}}"#);
    let own = |error: &str, more: &str| {
        format!(
            r#"{{"error":{{"code":400,"error":"{error}","error_description":"{more}","message":"{more}","details":[]}}}}"#
        )
    };
    for (body, said) in [
        (
            rfc("invalid_client", "x"),
            "knows no app by this ID: an administrator registers an app at the portal, and the ID is the app's (--oauth ID)",
        ),
        (own("invalid_request", "Invalid client_id"), "knows no app by this ID"),
        (rfc("invalid_grant", "The code has expired"), "the code was refused: it works once"),
        (own("invalid_request", "Invalid authorization_code"), "the code was refused: it works once"),
        (rfc("invalid_grant", "redirect_uri mismatch"), "adds it in the app's settings"),
        (own("invalid_request", "Invalid redirect_uri"), "is not registered with the redirect URL"),
        (rfc("unauthorized_client", "x"), "the app may not sign anybody in with a code"),
        (rfc("unsupported_grant_type", "x"), "use a token from the browser (--token-file)"),
        (rfc("access_denied", "x"), "whoever signed in did not allow it"),
        (rfc("invalid_scope", "x"), "Why is not known here"),
        (own("invalid_request", "Something odd"), "Why is not known here"),
        (rfc("invalid_grant", "Account is locked"), "the account is locked"),
    ] {
        for status in [200, 400] {
            let portal = Portal::new().script(Op::OAuthToken, Always, reply(status, &body)).start();
            let fetch = Fetch::of(&portal).license().and(&["--oauth", CLIENT_ID]);
            let (exit, shown) =
                on_a_terminal_between(&fetch.command(), [ONCE_ASKED, ""], "now\r\n", "aB3_code-from-the-page\n");
            let after = crate::common::words(shown.rsplit("oauth2/token").next().unwrap());
            assert!(exit == 4 && after.contains(said), "{body}: {shown}");
            assert!(!after.contains("user name"), "{shown}");
            if !said.contains("app by this ID") {
                assert_eq!(after.contains("(--"), said.contains("(--"), "{shown}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn the_token_of_a_browser_that_ends_midway_is_told() {
    use crate::portal::run::{ONCE_ASKED, on_a_terminal_between};
    let code = "aB3_code-from-the-page";
    let portal = Portal::new().code(code, ADMIN).tokens_expire_after(2).start();
    let fetch = Fetch::of(&portal).and(&["--oauth", CLIENT_ID]);
    let (exit, shown) = on_a_terminal_between(&fetch.command(), [ONCE_ASKED, ""], "now\r\n", &format!("{code}\n"));
    let words = crate::common::words(&shown);
    assert!(exit == 4 && words.contains("the token of this sign-in has expired (498): run it again"), "{shown}");
}

#[test]
fn a_manifest_that_no_fetch_wrote_has_one_way_out() {
    let portal = Portal::new().start();
    let mut fetched = Fetch::of(&portal).signed_in().run();
    for manifest in ["{}", "[]", "no JSON", r#"{"schema":"other/v1"}"#] {
        std::fs::write(fetched.folder().join("manifest.json"), manifest).unwrap();
        let reader =
            crate::common::seatline(&["fit", "samples/enterprise-11.4.json", "--usage", &text(fetched.folder())]);
        let words = crate::common::words(&reader.stderr);
        assert!(reader.code == 3 && words.contains("into another folder fetches anew"), "{reader:?}");
        assert!(!words.contains("replaces"), "{words}");
        for force in [&[][..], &["--force"]] {
            fetched = Fetch::of(&portal).signed_in().and(force).into_folder(fetched.into_root()).run();
            assert_eq!(fetched.run.code, 2, "{:?}", fetched.run);
            let words = crate::common::words(&fetched.run.stderr);
            assert!(words.contains("and is not replaced: --out-dir names another folder"), "{words}");
            assert!(!words.contains("--force"), "{words}");
        }
    }
    // A manifest that is cut off is that of a fetch, and --force replaces it, as the messages say.
    std::fs::write(fetched.folder().join("manifest.json"), r#"{"schema": "seatli"#).unwrap();
    let reader = crate::common::seatline(&["fit", "samples/enterprise-11.4.json", "--usage", &text(fetched.folder())]);
    assert!(reader.code == 3 && reader.stderr.contains("replaces what is here if it is told to"), "{reader:?}");
    fetched = Fetch::of(&portal).signed_in().into_folder(fetched.into_root()).run();
    assert!(fetched.run.code == 2 && fetched.run.stderr.contains("--force replaces"), "{:?}", fetched.run);
    fetched = Fetch::of(&portal).signed_in().and(&["--force"]).into_folder(fetched.into_root()).run();
    assert_eq!(fetched.run.code, 0, "{:?}", fetched.run);
}

#[test]
fn a_server_that_speaks_no_http_is_told() {
    use std::io::{Read, Write};
    for said in [
        "220 mail.example.com ESMTP ready\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "\u{15}\u{3}\u{3}\0\u{2}\u{2}(",
        "<html>\r\n",
    ] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/portal", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let mut asked = 0;
            listener.set_nonblocking(false).unwrap();
            while let Ok((mut stream, _)) = listener.accept() {
                let mut some = [0; 1024];
                let read = stream.read(&mut some).unwrap_or(0);
                if some.starts_with(b"end") || read == 0 {
                    break;
                }
                asked += 1;
                let _ = stream.write_all(said.as_bytes());
            }
            asked
        });
        let portal = Portal::new().start();
        let fetched = Fetch::at(&portal, &url).license().retries(3).run();
        let mut end =
            std::net::TcpStream::connect(url.trim_start_matches("http://").trim_end_matches("/portal")).unwrap();
        end.write_all(b"end").unwrap();
        fetched.ends(4, &["what answers there does not speak HTTP", "port in the URL", "(--url)"]);
        assert_eq!(server.join().unwrap(), 1, "asking again does not help");
    }
}

#[test]
fn a_circle_of_redirects_is_told() {
    let portal = Portal::new().start();
    let to = format!("{}/portaladmin/license", portal.url());
    portal.script(Op::License, Always, Answer::redirect(302, &to));
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["it redirects again and again, and never answers", "(--url)"]);
    // A redirect to something that is no host.
    let portal = Portal::new().script(Op::License, Always, Answer::redirect(302, "file:///etc/passwd")).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["it redirects to an address that begins with file:"]);
}

#[test]
fn headers_that_no_portal_sends_are_told() {
    let large = Answer::usual().header("X-Large", &"x".repeat(2 << 20));
    let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, large).start();
    Fetch::of(&portal).license().run().ends(4, &["the headers of the answer are larger than those of any portal"]);
    let damaged = Answer::usual().header("X-Odd", "a\u{1}b");
    let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, damaged).start();
    Fetch::of(&portal).license().run().ends(4, &["the headers of the answer are damaged"]);
}
