//! When the program signs in, how often, and with which credentials.

use crate::portal::run::{Fetch, text};
#[cfg(unix)]
use crate::portal::run::{ONCE_ASKED, on_a_terminal_between};
#[cfg(unix)]
use crate::portal::stub::CLIENT_ID;
use crate::portal::stub::{ADMIN, Always, Answer, Member, Nth, Op, PASSWORD, Portal, Since};

#[test]
fn one_asks_without_a_token_first() {
    let portal = Portal::new().start();
    Fetch::of(&portal).license().signed_in().and(&["--only", "license,administrators"]).run().ends(0, &[]);
    let expected = [Op::ValidateLicense, Op::GenerateToken, Op::ValidateLicense, Op::ValidateLicense];
    assert_eq!(portal.ops(), expected);
    let requests = portal.requests();
    assert_eq!(requests[0].field("token"), None);
    let token = requests[2].field("token").unwrap();
    assert_eq!(requests[3].field("token"), Some(token));
    let sign_in = &requests[1];
    assert_eq!(sign_in.field("username").as_deref(), Some(ADMIN));
    assert_eq!(sign_in.field("password").as_deref(), Some(PASSWORD));
    assert_eq!(sign_in.field("client").as_deref(), Some("referer"));
    assert_eq!(sign_in.field("referer"), Some(portal.url()));
    assert_eq!(sign_in.field("f").as_deref(), Some("json"));
    assert!(
        requests.iter().all(|request| request.header("x-esri-authorization").is_none()),
        "POSTs have it in the body"
    );
}

#[test]
fn a_get_has_the_token_in_its_header() {
    let portal = Portal::new().start();
    Fetch::of(&portal).signed_in().run().ends(0, &[]);
    let requests = portal.requests();
    let gets: Vec<_> = requests.iter().filter(|request| request.method == "GET").skip(1).collect();
    assert!(gets.len() >= 4);
    for request in gets {
        assert!(request.header("x-esri-authorization").unwrap().starts_with("Bearer Tk1_"));
        assert!(request.query("token").is_none() && request.body.is_empty());
    }
}

#[test]
fn members_are_not_asked_for_as_nobody() {
    let portal = Portal::new().start();
    Fetch::of(&portal).signed_in().and(&["--only", "members,member-counts"]).run().ends(0, &[]);
    assert_eq!(portal.ops(), [Op::GenerateToken, Op::Counts, Op::Members]);
}

#[test]
fn where_a_token_is_wanted_and_there_is_none_it_is_said() {
    let portal = Portal::new().start();
    Fetch::of(&portal).license().run().ends(4, &["validateLicense", "wants a token (499)", "--user", "SEATLINE_TOKEN"]);
    assert_eq!(portal.ops(), [Op::ValidateLicense]);
}

#[test]
fn a_wrong_password_is_tried_once() {
    let portal = Portal::new().start();
    let wrong =
        || Fetch::of(&portal).license().variable("SEATLINE_PASSWORD", "not the password").and(&["--user", ADMIN]);
    wrong().retries(5).run().ends(4, &["generateToken", "sign-in refused (400)", "no such user with this password"]);
    assert_eq!(portal.failed_sign_ins(ADMIN), 1);
    // The same where no operation is demanded, and each would have to sign in.
    let fetched = Fetch::of(&portal).variable("SEATLINE_PASSWORD", "not the password").and(&["--user", ADMIN]).run();
    fetched.ends(4, &["sign-in refused"]);
    assert_eq!(portal.failed_sign_ins(ADMIN), 2);
}

#[test]
fn signing_in_is_not_repeated_after_a_failure_of_the_network() {
    for answer in [Answer::reset(), Answer::status(503), Answer::busy(429, "0")] {
        let portal = Portal::new().script(Op::GenerateToken, Always, answer).start();
        Fetch::of(&portal).license().signed_in().retries(3).run().ends(4, &["generateToken"]);
        assert_eq!(portal.requests_to(Op::GenerateToken).len(), 1);
    }
}

#[test]
fn a_sign_in_that_gives_no_token_is_told() {
    for (answer, said) in [
        (Answer::html("Sign In"), "an HTML page"),
        (Answer::json("{\"token\":\"\"}"), "no token"),
        (Answer::json("{\"token\":7}"), "other JSON"),
        (Answer::json("{\"token\":\"a\\nb\"}"), "no token"),
        (Answer::json("{\"expires\":1}"), "other JSON"),
        (Answer::json(""), "nothing"),
        (Answer::status(404), "HTTP 404"),
        (Answer::redirect(302, "/portal/home/signin.html"), "login page"),
        (Answer::status_error(500, "No."), "sign-in refused (500)"),
        (Answer::json("{\"error\":\"locked\"}"), "sign-in refused: the account is locked"),
    ] {
        let portal = Portal::new().script(Op::GenerateToken, Always, answer).start();
        Fetch::of(&portal).license().signed_in().run().ends(4, &["generateToken", said]);
    }
}

#[test]
fn who_cannot_sign_in_is_told_so_once() {
    // The portal does not say whether the password is right. What needs a user may be there all the same, so nothing is saved.
    for answer in [Answer::status(401), Answer::html("Sign In"), Answer::close()] {
        let portal = Portal::new().script(Op::GenerateToken, Always, answer).start();
        let license = Answer::json(r#"{"MyEsri":{"version":"11.4"}}"#);
        portal.script(Op::ValidateLicense, Always, license);
        let fetch = || Fetch::of(&portal).license().signed_in().and(&["--skip", "administrators"]);
        let fetched = fetch().run();
        fetched.ends(4, &["error: generateToken at "]);
        assert_eq!(fetched.run.stderr.lines().count(), 1, "{:?}", fetched.run);
        assert_eq!(portal.ops(), [Op::ValidateLicense, Op::License, Op::GenerateToken]);
        // Without the name, the answer that needs nobody comes.
        Fetch::of(&portal).license().and(&["--skip", "administrators"]).run().ends(0, &[]);
    }
}

#[test]
fn a_token_may_be_given() {
    let portal = Portal::new().start();
    let token = portal.token(ADMIN);
    Fetch::of(&portal).license().variable("SEATLINE_TOKEN", &token).run().ends(0, &[]);
    assert_eq!(portal.requests_to(Op::GenerateToken).len(), 0);
    assert_eq!(portal.requests()[0].field("token"), None, "without it first");
    assert_eq!(portal.requests()[1].field("token").as_deref(), Some(token.as_str()));

    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("token");
    std::fs::write(&file, format!("\u{FEFF}{token}\r\n")).unwrap();
    let fetched = Fetch::of(&portal).license().and(&["--token-file", &text(&file)]).variable("SEATLINE_TOKEN", "wrong");
    fetched.run().ends(0, &[]);
}

#[test]
fn a_token_may_come_as_others_write_it() {
    let portal = Portal::new().start();
    let token = portal.token(ADMIN);
    let utf16 = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("token");
    for content in [
        format!("  {token} \r\n").into_bytes(),
        format!("Bearer {token}\n").into_bytes(),
        format!("bearer\t{token}").into_bytes(),
        format!("\r\n \t\r\n{token}\r\n\r\n\n").into_bytes(),
        format!("\n{token}").into_bytes(),
        format!("\"{token}\"\n").into_bytes(),
        format!("X-Esri-Authorization: Bearer {token}\n").into_bytes(),
        format!("authorization: bearer {token}\n").into_bytes(),
        format!("\n\n{{\"access_token\": \"{token}\", \"expires_in\": 1800, \"username\": \"x\"}}\n\n").into_bytes(),
        format!("{{\"token\": \"{token}\", \"access_token\": \"other\"}}").into_bytes(),
        format!("{{\n  \"token\": \"{token}\",\n  \"expires\": 1, \"ssl\": true\n}}\n").into_bytes(),
        format!("token={token}\n").into_bytes(),
        format!("https://gis.invalid/portal/sharing/rest/portals/self?f=json&token={token}&x=1\n").into_bytes(),
        format!("Cookie: a=b; esri_auth=%7B%22email%22%3A%22x%22%2C%22token%22%3A%22{token}%22%7D; c=d\n").into_bytes(),
        format!("esri_auth=%7B%22token%22%3A%22{token}%22%7D\n").into_bytes(),
        utf16(&format!("{token}\r\n")),
        utf16(&format!("{{\"token\": \"{token}\"}}\r\n")),
    ] {
        std::fs::write(&file, &content).unwrap();
        Fetch::of(&portal).license().and(&["--token-file", &text(&file)]).run().ends(0, &[]);
    }
    Fetch::of(&portal).license().variable("SEATLINE_TOKEN", &format!("Bearer {token} ")).run().ends(0, &[]);
    for (content, said) in [
        (r#"{"error":{"code":400}}"#, "there is no token in it"),
        (r#"{"access_token":null}"#, "there is no token in it"),
        ("", "there is nothing in it"),
        ("\r\n \n", "there is nothing in it"),
        ("one\n\ntwo\n", "there is more than one line in it"),
    ] {
        std::fs::write(&file, content).unwrap();
        Fetch::of(&portal).license().and(&["--token-file", &text(&file)]).run().ends(2, &[said]);
    }
    // A password in UTF-16, among empty lines, or with a byte order mark.
    let mark = format!("\u{feff}{PASSWORD}\r\n").into_bytes();
    for content in [utf16(&format!("{PASSWORD}\r\n")), format!("\n\r\n{PASSWORD}\n\n \n").into_bytes(), mark] {
        std::fs::write(&file, content).unwrap();
        Fetch::of(&portal).license().and(&["--user", ADMIN, "--password-file", &text(&file)]).run().ends(0, &[]);
    }
}

#[test]
fn a_token_of_another_referer_wants_that_referer() {
    let portal = Portal::new().start();
    let token = portal.token_for_referer(ADMIN, "https://gis.invalid/home");
    let fetch = || Fetch::of(&portal).license().variable("SEATLINE_TOKEN", &token);
    fetch().run().ends(4, &["(498)", "referer"]);
    fetch().and(&["--referer", "https://gis.invalid/home"]).run().ends(0, &[]);
    fetch().and(&["--referer", "not a url"]).run().ends(2, &["--referer"]);
}

#[test]
fn one_sign_in_is_tried_however_the_first_try_is_refused() {
    let json = |status, body: &str| Answer::reply(crate::portal::stub::Reply::new(status, "application/json", body));
    for answer in [
        Answer::status(401),
        Answer::status(403),
        Answer::status(498),
        Answer::error(403, "No."),
        Answer::error(498, "No."),
        Answer::error(400, "No."),
        Answer::status_error(500, "No."),
        json(500, r#"{"error":{"code":499,"message":"Token Required."}}"#),
        Answer::status(401).header("WWW-Authenticate", "Negotiate"),
        Answer::redirect(302, "/portal/home/signin.html"),
        Answer::redirect(302, "https://sso.example.invalid/idp/startSSO.ping?x=y"),
        Answer::redirect(302, "/portal/policy"),
        Answer::html("Sign In"),
        Answer::json("Unauthorized"),
        json(200, r#"{"error":{"code":401,"message":"Unauthorized access."}}"#),
        json(400, r#"{"error":{"code":401,"message":"Unauthorized access."}}"#),
        json(500, r#"{"error":{"code":403,"message":"No."}}"#),
        json(400, r#"{"error":{"code":"498","message":"No."}}"#),
        json(400, r#"{"status":"error","messages":["Token required."]}"#),
        json(500, r#"{"status":"error","messages":["Unauthorized access."]}"#),
        json(500, r#"{"status":"error","messages":["Token required."],"code":499}"#),
        json(401, r#"{"error":{"code":401,"message":"No."}}"#).header("WWW-Authenticate", "Negotiate"),
    ] {
        let portal = Portal::new().script(Op::ValidateLicense, Nth(1), answer.clone()).start();
        Fetch::of(&portal).license().signed_in().run().ends(0, &[]);
        assert_eq!(portal.tokens_issued(), 1);
        // Without credentials the program does not try to sign in.
        let portal = Portal::new().script(Op::ValidateLicense, Nth(1), answer).start();
        Fetch::of(&portal).license().run();
        assert_eq!(portal.ops(), [Op::ValidateLicense]);
    }
}

#[test]
fn the_first_answer_is_told_with_its_own_code_in_whatever_form_it_refuses() {
    let json = |status, body: &str| Answer::reply(crate::portal::stub::Reply::new(status, "application/json", body));
    for (answer, code, said) in [
        (json(500, r#"{"error":{"code":403,"message":"No."}}"#), 4, "no permission (403 No.)"),
        (json(400, r#"{"error":{"code":401,"message":"No."}}"#), 4, "no permission (401 No.)"),
        (json(400, r#"{"status":"error","messages":["No."]}"#), 3, "rejects this: No."),
        (json(200, r#"{"error":{"code":401,"message":"No."}}"#), 4, "no permission (401 No.)"),
        (Answer::html("Sign In"), 3, "an HTML page"),
        (Answer::json("Unauthorized"), 3, "not what was asked for"),
    ] {
        let portal = Portal::new().script(Op::ValidateLicense, Always, answer).start();
        portal.script(Op::GenerateToken, Always, Answer::error(400, "Invalid username or password."));
        let fetched = Fetch::of(&portal).license().signed_in().run();
        fetched.ends(
            code,
            &["error: validateLicense at", said, "signing in was tried then, and failed too: sign-in refused (400)"],
        );
        assert_eq!(portal.ops(), [Op::ValidateLicense, Op::GenerateToken]);
    }
    // After a failed sign-in the next operations do not try again.
    let portal = Portal::new().script(Op::Any, Always, Answer::error(403, "No.")).start();
    let fetched = Fetch::of(&portal).signed_in().run();
    fetched.ends(4, &["license at", "no permission (403 No.)", "sign-in refused (403)"]);
    assert_eq!(portal.ops(), [Op::License, Op::GenerateToken]);
}

#[test]
fn where_signing_in_fails_the_first_answer_is_told_with_its_own_code() {
    // A portal without a site answers everything with status:error, and has no accounts.
    let no = Answer::status_error(500, "The portal site has not been created.");
    let portal = Portal::new().without_site().script(Op::ValidateLicense, Always, no).start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    fetched.ends(
        3,
        &["validateLicense at", "rejects this: 500", "failed too: sign-in refused (400): the portal has no site"],
    );
    assert_eq!(portal.requests_to(Op::GenerateToken).len(), 1);
    // The validation needs no token, and its answer is kept.
    let portal = Portal::new().without_site().start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    fetched.ends(0, &["warning: without license-resource", "no site yet"]);
    assert!(fetched.files().contains(&"validated-license.json".to_owned()));
}

#[test]
fn where_signing_in_fails_one_learns_that_the_portal_wanted_a_token() {
    let wanted = "; license had asked for a token (498 or 499)";
    for answer in [Answer::status(500), Answer::status(404), Answer::reset(), Answer::html("no")] {
        let portal = Portal::new().script(Op::GenerateToken, Always, answer).start();
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        fetched.ends(4, &["error: generateToken at", wanted]);
    }
    // A wrong password speaks for itself.
    let portal = Portal::new().start();
    let wrong = Fetch::of(&portal).variable("SEATLINE_USERNAME", ADMIN).variable("SEATLINE_PASSWORD", "wrong-1");
    let fetched = wrong.and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["sign-in refused"]);
    assert!(!fetched.run.stderr.contains("had asked for"), "{:?}", fetched.run);
}

/// Runs a command with this on its standard input.
fn with_input(command: &mut std::process::Command, input: &[u8]) -> crate::common::Run {
    use std::io::Write;
    use std::process::Stdio;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

#[test]
fn a_token_may_come_from_standard_input() {
    let portal = Portal::new().start();
    let token = portal.token(ADMIN);
    let utf16 = text_in_utf_16(&format!("{token}\r\n"));
    for content in [
        format!("{token}\n").into_bytes(),
        format!("  Bearer {token} \r\n").into_bytes(),
        format!("\u{feff}{{\"token\": \"{token}\"}}\n").into_bytes(),
        utf16,
    ] {
        let fetch = Fetch::of(&portal).license().and(&["--token-file", "-"]);
        let run = with_input(&mut fetch.command(), &content);
        fetch.ran(run).ends(0, &[]);
        assert_eq!(portal.requests_to(Op::GenerateToken).len(), 0);
    }
    let fetch = Fetch::of(&portal).license().and(&["--token-file", "-"]);
    let run = with_input(&mut fetch.command(), b"\n");
    fetch.ran(run).ends(2, &["there is nothing in it"]);
}

fn text_in_utf_16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[cfg(unix)]
#[test]
fn the_token_for_a_code_may_come_in_utf_16_and_moves_take_it_too() {
    use crate::portal::apply::Site;
    let code = "aB3_code-from-the-page";
    let encodings: [fn(&str) -> Vec<u8>; 2] = [text_in_utf_16, |text| format!("\u{feff}{text}").into_bytes()];
    for encoding in encodings {
        let portal = Portal::new().code(code, ADMIN).member(Member::new("carla", "viewerUT"));
        let portal = portal.script(Op::OAuthToken, Always, Answer::usual().encoded(encoding));
        let site = Site::new(portal, &[("viewerUT", 9), ("editorUT", 9)]).without_credentials();
        let site = site.and(&["--map", "viewerUT=editorUT", "--oauth", CLIENT_ID]);
        let typed = format!("{code}\n");
        let (exit, shown) = on_a_terminal_between(&site.command(), [ONCE_ASKED, ""], "now\r\n", &typed);
        assert!(exit == 0 && shown.contains("done: 1 member has its new user type"), "{shown}");
        assert_eq!(site.portal.requests_to(Op::OAuthToken).len(), 1, "a code is good once");
        assert_eq!(site.portal.user_type("carla").as_deref(), Some("editorUT"));
        site.assert_journal_is_true(0);
        let secrets = [site.portal.secrets(), vec![code.to_owned()]].concat();
        crate::portal::stub::assert_no_secret_in_folder(&secrets, site.folder.path());
    }
}

#[test]
fn where_signing_in_fails_too_the_options_that_help_are_told() {
    let slow = Answer::usual().delayed(std::time::Duration::from_secs(60));
    for (answer, said) in [
        (slow, "failed too: no complete answer within 1 s: the portal is slow or hangs; --timeout allows more"),
        (
            Answer::status(404),
            "failed too: HTTP 404: there is no such operation here: is the URL https://HOST/CONTEXT of the portal, and does it run \
             on Kubernetes? (--kubernetes)",
        ),
        (
            Answer::redirect(302, "https://idp.invalid/adfs/ls/?x"),
            "or a client certificate where it takes certificates (--oauth ID; --url; --token-file and --referer; --client-cert)",
        ),
    ] {
        let portal = Portal::new().script(Op::ValidateLicense, Always, Answer::error(403, "No.")).start();
        portal.script(Op::GenerateToken, Always, answer);
        let fetched = Fetch::of(&portal).license().signed_in().and(&["--timeout", "1"]).run();
        fetched.ends(4, &["error: validateLicense at", "no permission (403 No.)", said]);
    }
}

#[test]
fn windows_accounts_are_told_what_works() {
    for challenge in ["Negotiate", "NTLM", "Negotiate, NTLM", "Basic realm=\"x\", Negotiate"] {
        let iwa = Answer::status(401).header("WWW-Authenticate", challenge);
        let portal = Portal::new().script(Op::Any, Always, iwa).start();
        let fetched = Fetch::of(&portal).license().run();
        fetched.ends(4, &["Windows accounts (IWA", "https://HOST:7443/arcgis", "--token-file"]);
    }
    // The refusal may come at the first request, at the sign-in, where a user is required, or as JSON.
    let json = crate::portal::stub::Reply::new(401, "application/json", r#"{"error":{"code":401,"message":"No."}}"#);
    for answer in [Answer::status(401), Answer::reply(json)] {
        let iwa = answer.header("WWW-Authenticate", "Negotiate").header("WWW-Authenticate", "NTLM");
        for op in [Op::Any, Op::GenerateToken] {
            for only in ["license", "license-resource", "members"] {
                let portal = Portal::new().script(op, Always, iwa.clone()).start();
                let fetched = Fetch::of(&portal).license().signed_in().and(&["--only", only]).run();
                fetched.ends(4, &["Windows accounts (IWA", "https://HOST:7443/arcgis", "--token-file"]);
                assert_eq!(fetched.run.stderr.matches("What works").count(), 1, "{:?}", fetched.run);
            }
        }
        // The message comes once, and not for each operation.
        let portal = Portal::new().script(Op::Any, Always, iwa).start();
        let fetched = Fetch::of(&portal).signed_in().run();
        assert_eq!(
            fetched.ends(4, &["failed too: in the same way"]).run.stderr.lines().count(),
            1,
            "{:?}",
            fetched.run
        );
    }
}

#[test]
fn a_page_of_an_identity_provider_is_told_whatever_its_address() {
    for (page, said) in [
        ("https://idp.invalid/adfs/ls/?SAMLRequest=x", "it redirects to a login page (https://idp.invalid/adfs/ls/)"),
        ("https://login.microsoftonline.invalid/tenant/wsfed?wa=x", "login page"),
        ("https://sso.example.invalid/idp/startSSO.ping?x", "login page"),
        ("https://login.example.invalid/", "it redirects to https://login.example.invalid/, another host"),
        ("https://example.auth0.invalid/x", "another host"),
        ("/my.policy", "it redirects to a login page (https://localhost:"),
        ("/cas/", "it redirects to a login page (https://localhost:"),
    ] {
        let portal = Portal::new().script(Op::Any, Always, Answer::redirect(302, page)).start();
        portal.script(Op::Other, Always, Answer::html("Who are you?"));
        for signed_in in [false, true] {
            let fetch = Fetch::of(&portal).and(&["--only", "license-resource"]);
            let fetch = if signed_in { fetch.signed_in() } else { fetch.variable("SEATLINE_TOKEN", "t0ken-of-nobody") };
            let fetched = fetch.run();
            fetched.ends(4, &["license at", said, "--oauth ID", "https://HOST:7443/arcgis"]);
            let text = &fetched.run.stderr;
            // Whoever gave a token is not told to.
            assert_eq!(text.contains("--token-file"), signed_in, "{text}");
            assert!(!text.contains("(--url") && text.matches("What works").count() == 1, "{text}");
        }
    }
}

#[test]
fn a_password_may_stand_in_a_file() {
    let portal = Portal::new().start();
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("password");
    std::fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    let fetch = Fetch::of(&portal).license().and(&["--user", ADMIN, "--password-file", &text(&file)]);
    fetch.variable("SEATLINE_PASSWORD", "another").run().ends(0, &[]);
    assert_eq!(portal.failed_sign_ins(ADMIN), 0);
}

#[test]
fn a_blank_at_the_end_of_a_password_is_hinted_at() {
    // `echo PASSWORD > file` of Windows writes a blank. The blank may belong to the password, so it is sent.
    let blank = format!("{PASSWORD} ");
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("password");
    std::fs::write(&file, format!("{blank}\r\n")).unwrap();
    let hint = "warning: --password-file ";
    for (password, code) in [(PASSWORD, 4), (blank.as_str(), 0)] {
        let jane = Member::new("jane", "creatorUT").administrator();
        let portal = Portal::new().member(jane).account("jane", password).start();
        let fetch = Fetch::of(&portal).license().and(&["--user", "jane", "--password-file", &text(&file)]);
        fetch.run().ends(code, &[hint, "a blank stands before the end of the line", "part of the password"]);
    }
    std::fs::write(&file, PASSWORD).unwrap();
    let portal = Portal::new().start();
    let fetched = Fetch::of(&portal).license().and(&["--user", ADMIN, "--password-file", &text(&file)]).run();
    assert!(!fetched.ends(0, &[]).run.stderr.contains("blank"), "{:?}", fetched.run);
}

#[test]
fn a_token_that_expires_midway_is_renewed_once() {
    let members = Member::many("m", 250, "viewerUT");
    // A token is good for one use, so only the first of three pages comes with the first token.
    let portal = Portal::new().members(members).tokens_expire_after(2).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "member-counts,members"]).run();
    fetched.ends(0, &[]);
    assert_eq!(portal.tokens_issued(), 2);
    assert_eq!(fetched.files().len(), 5);
}

#[test]
fn a_token_is_renewed_as_often_as_it_expires_and_one_that_is_never_taken_once() {
    let portal = Portal::new().members(Member::many("m", 450, "viewerUT")).tokens_expire_after(1).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "members"]).run();
    fetched.ends(0, &[]);
    assert_eq!(portal.tokens_issued(), 5);
    let always = Portal::new().script(Op::ValidateLicense, Since(2), Answer::error(498, "Invalid Token.")).start();
    Fetch::of(&always).license().signed_in().run().ends(4, &["(498)"]);
    assert_eq!(always.tokens_issued(), 2);
}

#[test]
fn a_given_token_cannot_be_renewed() {
    let portal = Portal::new().tokens_expire_after(1).start();
    let token = portal.token(ADMIN);
    Fetch::of(&portal).license().variable("SEATLINE_TOKEN", &token).run().ends(4, &["(498)"]);
    assert_eq!(portal.ops(), [Op::ValidateLicense; 3], "nothing, the token, and no more");
}

#[test]
fn a_token_that_is_ignored_is_told() {
    let portal = Portal::new().script(Op::ValidateLicense, Always, Answer::error(499, "Token Required.")).start();
    Fetch::of(&portal).license().signed_in().run().ends(4, &["although one was sent"]);
    assert_eq!(portal.ops(), [Op::ValidateLicense, Op::GenerateToken, Op::ValidateLicense]);
}

#[test]
fn someone_without_the_right_is_told() {
    let portal = Portal::new().member(Member::new("joe", "creatorUT")).account("joe", "joes password").start();
    let fetch = Fetch::of(&portal).license().and(&["--user", "joe"]).variable("SEATLINE_PASSWORD", "joes password");
    fetch.run().ends(4, &["validateLicense", "no permission (403", "administrator"]);
}

#[test]
fn a_status_may_say_what_an_error_code_says() {
    let unauthorized =
        Answer::reply(crate::portal::stub::Reply::new(401, "application/json", r#"{"error":{"code":499}}"#));
    for answer in [Answer::status(499), unauthorized] {
        let portal = Portal::new().script(Op::ValidateLicense, Nth(1), answer).start();
        Fetch::of(&portal).license().signed_in().run().ends(0, &[]);
        assert_eq!(portal.tokens_issued(), 1);
    }
}

#[test]
fn without_a_terminal_nobody_is_asked_for_a_password() {
    let portal = Portal::new().start();
    Fetch::of(&portal).license().and(&["--user", ADMIN]).run().ends(2, &["SEATLINE_PASSWORD", "--password-file"]);
    assert_eq!(portal.connections(), 0);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_password_is_asked_for_and_not_shown() {
    let portal = Portal::new().start();
    let fetch = Fetch::of(&portal).license().and(&["--user", ADMIN]);
    let typed = format!("{PASSWORD}\n");
    let (code, shown) = on_a_terminal_between(&fetch.command(), [ONCE_ASKED, ""], "now\r\n", &typed);
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains(&format!("Password of {ADMIN} at {}: ", portal.url())), "{shown}");
    assert_eq!(portal.requests()[1].field("password").as_deref(), Some(PASSWORD));
    let after = shown.split("Password of").nth(1).unwrap();
    crate::portal::stub::assert_secret_nowhere(&portal.secrets(), [("the terminal".to_owned(), after)]);
}

#[cfg(unix)]
#[test]
fn an_interrupt_at_the_prompt_leaves_the_terminal_as_it_was() {
    let portal = Portal::new().start();
    let fetch = Fetch::of(&portal).license().and(&["--user", ADMIN]);
    let (code, shown) =
        on_a_terminal_between(&fetch.command(), [ONCE_ASKED, "; echo ended with $?; stty -a"], "now\r\n", "\x03");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("ended with 130"), "{shown}");
    let settings = shown.split("ended with").nth(1).unwrap();
    for setting in ["isig", "icanon", "echo"] {
        assert!(settings.split_whitespace().any(|word| word == setting), "{setting}: {settings}");
    }
    assert_eq!(portal.connections(), 0);
}

#[test]
fn a_cookie_of_a_balancer_stays_for_the_run_and_with_the_host() {
    // The cookie names the machine behind the balancer that knows the session.
    let sticky = Answer::usual().header("Set-Cookie", "AWSALB=machine-2; Path=/; HttpOnly");
    let portal = Portal::new().script(Op::Any, Nth(1), sticky).start();
    let elsewhere = portal.elsewhere();
    portal.script(
        Op::Members,
        Always,
        Answer::redirect(302, &elsewhere.url("/portal/sharing/rest/portals/self/users")),
    );
    Fetch::of(&portal).license().signed_in().run().ends(4, &["it redirects to https://127.0.0.1"]);
    let cookies: Vec<_> = portal.requests().iter().map(|request| request.header("cookie").map(str::to_owned)).collect();
    assert!(cookies.len() > 5 && cookies[0].is_none(), "{cookies:?}");
    assert!(cookies[1..].iter().all(|cookie| cookie.as_deref() == Some("AWSALB=machine-2")), "{cookies:?}");
    // Another host never receives the cookie (this would fail the test), and another run does not know it.
    assert_eq!(elsewhere.connections(), 0);
    let before = portal.requests().len();
    Fetch::of(&portal).license().signed_in().run().ends(4, &[]);
    assert!(portal.requests()[before..].iter().all(|request| request.header("cookie").is_none()));
}

#[cfg(unix)]
#[test]
fn one_may_sign_in_with_a_browser_and_paste_the_code() {
    use base64::Engine;
    use sha2::Digest;
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    // The portal has SAML only, and nobody has a password.
    let code = "aB3_code-from-the-page";
    let portal = Portal::new().code(code, ADMIN).start();
    portal.script(Op::GenerateToken, Always, Answer::error(400, "No built-in accounts."));
    let fetch = Fetch::of(&portal).license().and(&["--oauth", CLIENT_ID]);
    let (exit, shown) = on_a_terminal_between(&fetch.command(), [ONCE_ASKED, ""], "now\r\n", &format!("{code}\n"));
    assert_eq!(exit, 0, "{shown}");
    let page = shown.split_whitespace().find(|word| word.starts_with("http")).unwrap();
    let page = reqwest::Url::parse(page).unwrap();
    assert_eq!(page.path(), "/portal/sharing/rest/oauth2/authorize");
    let query = |name: &str| page.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_eq!((query("client_id").as_str(), query("response_type").as_str()), (CLIENT_ID, "code"));
    assert_eq!(query("code_challenge_method"), "S256");
    let requests = portal.requests_to(Op::OAuthToken);
    assert_eq!(requests.len(), 1, "a code is good once");
    let verifier = requests[0].field("code_verifier").unwrap();
    assert_eq!(query("code_challenge"), base64(&sha2::Sha256::digest(&verifier)));
    // Neither the code nor the verifier nor the token is shown or saved.
    let after = shown.split("Code: ").nth(1).unwrap();
    let secrets = [portal.secrets(), vec![code.to_owned(), verifier]].concat();
    crate::portal::stub::assert_secret_nowhere(&secrets, [("the terminal".to_owned(), after)]);
    crate::portal::stub::assert_no_secret_in_folder(&secrets, fetch.root());
    // The code is used up now; and without a terminal nobody can paste a new one.
    let fetch = Fetch::of(&portal).license().and(&["--oauth", CLIENT_ID]);
    let (exit, shown) = on_a_terminal_between(&fetch.command(), [ONCE_ASKED, ""], "now\r\n", &format!("{code}\n"));
    assert!(exit == 4 && shown.contains("oauth2/token") && shown.contains("sign-in refused (400)"), "{shown}");
    let words = crate::common::words(&shown);
    assert!(words.contains("the code was refused: it works once") && !words.contains("password"), "{shown}");
    Fetch::of(&portal).license().and(&["--oauth", CLIENT_ID]).run().ends(2, &["somebody must paste a code"]);
    let both = Fetch::of(&portal).license().and(&["--oauth", CLIENT_ID, "--user", "x"]);
    assert_eq!(both.command().output().unwrap().status.code(), Some(2));
}
