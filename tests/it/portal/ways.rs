//! Tries every row of the table in docs/portal.md.

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{ADMIN, Always, Answer, Op, PASSWORD, Portal, Proxy, Tls};

/// The rows of the table: how the user signs in, which message comes, what to do.
fn rows() -> Vec<[String; 3]> {
    let page = std::fs::read_to_string("docs/portal.md").unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows: Vec<[String; 3]> = rows
        .map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>().try_into().expect("three cells"))
        .filter(|[how, ..]: &[String; 3]| how != "how you sign in")
        .collect();
    assert!(rows.len() >= 10, "{rows:?}");
    rows
}

/// The texts in backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Asserts that a fetch fails with one of the messages in the row.
#[track_caller]
fn says(fetch: Fetch<'_>, said: &str) {
    let run = fetch.run().run;
    let messages = quoted(said);
    assert!(run.code == 4 && messages.iter().any(|message| run.stderr.contains(message)), "{said}: {run:?}");
}

#[track_caller]
fn works(fetch: Fetch<'_>) {
    fetch.license().run().ends(0, &[]);
}

#[test]
fn every_row_of_the_table_is_so() {
    for [how, said, what] in rows() {
        // The options and variables in the last column exist.
        let portal = Portal::new().start();
        match how.as_str() {
            "with a name and a password that the portal itself knows" => {
                assert!(what.contains("--user NAME") && what.contains("SEATLINE_PASSWORD"));
                works(Fetch::of(&portal).and(&["--user", ADMIN]).variable("SEATLINE_PASSWORD", PASSWORD));
            }
            "with a name and a password of your organization's directory (LDAP, Active Directory), on the portal's own page" => {
                for name in ["jane@example.com", "CORP\\jane"] {
                    let jane = crate::portal::stub::Member::new(name, "creatorUT").administrator();
                    let portal = Portal::new().member(jane).account(name, "winter is coming").start();
                    works(Fetch::of(&portal).and(&["--user", name]).variable("SEATLINE_PASSWORD", "winter is coming"));
                }
            }
            "by nothing at all, since Windows knows you (IWA: Kerberos, NTLM)" => {
                let iwa =
                    Answer::status(401).header("WWW-Authenticate", "Negotiate").header("WWW-Authenticate", "NTLM");
                let adaptor = Portal::new().script(Op::Any, Always, iwa).start();
                says(Fetch::of(&adaptor).license().signed_in(), &said);
                // The portal itself, under another context and port, accepts a built-in account.
                works(Fetch::of(&Portal::new().context("/arcgis").start()).signed_in());
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token(ADMIN)));
            }
            "on the page of somebody else (SAML, ADFS, Entra ID, Okta, OpenID Connect)" => {
                let idp = Answer::redirect(302, "https://login.example.invalid/adfs/ls/?SAMLRequest=x");
                let adaptor = Portal::new().script(Op::Any, Always, idp).start();
                says(Fetch::of(&adaptor).license().signed_in(), &said);
                let idp = Answer::redirect(302, "https://example.auth0.invalid/u");
                let adaptor = Portal::new().script(Op::Any, Always, idp).start();
                says(Fetch::of(&adaptor).license().signed_in(), &said);
                works(Fetch::of(&Portal::new().context("/arcgis").start()).signed_in());
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token(ADMIN)));
            }
            "with a second factor (MFA)" => {
                let more = Answer::error(400, "Multifactor authentication required.");
                portal.script(Op::GenerateToken, Always, more);
                says(Fetch::of(&portal).license().signed_in(), &said);
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token(ADMIN)));
            }
            "with a smart card or a certificate (PKI)" => {
                let pki = Portal::new().tls(Tls::authority().client_certificate()).start();
                says(Fetch::of(&pki).license().signed_in(), &said);
                let (certificate, key) = pki.client_files();
                let shown = ["--client-cert", &text(certificate), "--client-key", &text(key)];
                works(Fetch::of(&pki).signed_in().and(&shown));
                let jane = std::fs::read_to_string("tests/fixtures/keys/authority.pem").unwrap();
                let pki = Portal::new().tls(Tls::authority().clients_of(&jane)).start();
                let store = ["--client-cert", "tests/fixtures/keys/today.pfx"];
                works(Fetch::of(&pki).signed_in().and(&store).variable("SEATLINE_KEY_PASSWORD", "letmein-2026"));
            }
            "not yet: the portal has no site" => works(Fetch::of(&Portal::new().without_site().start())),
            "with a token that somebody gave you" => {
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token(ADMIN)));
                let token = portal.token_for_referer(ADMIN, "https://gis.example.com");
                says(Fetch::of(&portal).license().variable("SEATLINE_TOKEN", &token), &said);
                let referer = ["--referer", "https://gis.example.com"];
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &token).and(&referer));
            }
            "through a proxy" => {
                let url = portal.url_at("portal.invalid");
                says(Fetch::at(&portal, &url).license().signed_in(), &said);
                let proxy = Proxy::start();
                let named = Portal::new().tls(Tls::authority().names(&["portal.invalid"])).start();
                proxy.leads(&format!("portal.invalid:{}", named.address().port()), named.address());
                let through =
                    Fetch::at(&named, &named.url_at("portal.invalid")).and(&["--ca-cert", &text(named.ca_file())]);
                works(through.signed_in().variable("HTTPS_PROXY", &proxy.url()));
            }
            "at a portal with its own certificate" => {
                let own = Portal::new().tls(Tls::self_signed_ca()).start();
                says(Fetch::at(&own, &own.url()).license().signed_in(), &said);
                works(Fetch::of(&own).signed_in());
            }
            other => panic!("nobody tried this row: {other}"),
        }
        // Every option that a row names is an option of `fetch`.
        let help = crate::common::seatline(&["fetch", "--help"]).stdout;
        for option in quoted(&what).iter().filter_map(|text| text.split(' ').find(|word| word.starts_with("--"))) {
            assert!(help.contains(option), "{option}");
        }
    }
}
