//! docs/portal.md: every row of its table, tried, with every message of it and every way out.

use std::net::TcpListener;

use crate::portal::hosts::Dropping;
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

/// The messages of a row, and which of them a portal's answer has shown.
struct Said {
    messages: Vec<String>,
    heard: std::collections::BTreeSet<String>,
}

impl Said {
    /// Asserts that a fetch fails with messages of the row.
    #[track_caller]
    fn says(&mut self, fetch: Fetch<'_>) {
        let run = fetch.run().run;
        let heard: Vec<_> = self.messages.iter().filter(|message| run.stderr.contains(message.as_str())).collect();
        assert!(run.code == 4 && !heard.is_empty(), "{:?}: {run:?}", self.messages);
        self.heard.extend(heard.into_iter().cloned());
    }
}

#[track_caller]
fn works(fetch: Fetch<'_>) {
    fetch.license().run().ends(0, &[]);
}

/// Signs in with a browser where nobody has a password.
#[cfg(unix)]
fn with_a_browser() {
    use crate::portal::run::{ONCE_ASKED, on_a_terminal_between};
    use crate::portal::stub::CLIENT_ID;
    let portal = Portal::new().code("aB3_code-from-the-page", ADMIN).start();
    portal.script(Op::GenerateToken, Always, Answer::error(400, "No built-in accounts."));
    let fetch = Fetch::of(&portal).license().and(&["--oauth", CLIENT_ID]);
    let (code, shown) =
        on_a_terminal_between(&fetch.command(), [ONCE_ASKED, ""], "now\r\n", "aB3_code-from-the-page\n");
    assert_eq!(code, 0, "{shown}");
}

#[cfg(not(unix))]
fn with_a_browser() {}

#[test]
fn every_row_of_the_table_is_so() {
    for [how, said, what] in rows() {
        let messages = quoted(&said).into_iter().map(str::to_owned).collect();
        let mut said = Said { messages, heard: Default::default() };
        // What it tells to do is an option or a variable that there is.
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
                said.says(Fetch::of(&adaptor).license().signed_in());
                // The portal itself, under another context and port, takes a built-in account.
                works(Fetch::of(&Portal::new().context("/arcgis").start()).signed_in());
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token(ADMIN)));
            }
            "on the page of somebody else (SAML, ADFS, Entra ID, Okta, OpenID Connect)" => {
                let idp = Answer::redirect(302, "https://login.example.invalid/adfs/ls/?SAMLRequest=x");
                let adaptor = Portal::new().script(Op::Any, Always, idp).start();
                said.says(Fetch::of(&adaptor).license().signed_in());
                let form = "<form action=\"https://idp.example\"><input name=\"SAMLRequest\" value=\"x\"></form>";
                let bearer = "Bearer authorization_uri=\"https://login.example.invalid/oauth2/authorize\"";
                for idp in [
                    Answer::redirect(302, "https://example.auth0.invalid/u"),
                    Answer::body("text/html", form),
                    Answer::status(401).header("WWW-Authenticate", bearer),
                ] {
                    let adaptor = Portal::new().script(Op::Any, Always, idp).start();
                    said.says(Fetch::of(&adaptor).license().signed_in());
                }
                with_a_browser();
                works(Fetch::of(&Portal::new().context("/arcgis").start()).signed_in());
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token(ADMIN)));
            }
            "with a second factor (MFA)" => {
                let more = Answer::error(400, "Multifactor authentication required.");
                portal.script(Op::GenerateToken, Always, more);
                said.says(Fetch::of(&portal).license().signed_in());
                with_a_browser();
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &portal.token(ADMIN)));
            }
            "in a small window of the browser itself (HTTP Basic, Digest)" => {
                for challenge in ["Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"y\""] {
                    let basic = Answer::status(401).header("WWW-Authenticate", challenge);
                    let adaptor = Portal::new().script(Op::Any, Always, basic).start();
                    said.says(Fetch::of(&adaptor).license().signed_in());
                }
                works(Fetch::of(&Portal::new().context("/arcgis").start()).signed_in());
            }
            "with a smart card or a certificate (PKI)" => {
                let pki = Portal::new().tls(Tls::authority().client_certificate()).start();
                said.says(Fetch::of(&pki).license().signed_in());
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
                said.says(Fetch::of(&portal).license().variable("SEATLINE_TOKEN", &token));
                let referer = ["--referer", "https://gis.example.com"];
                works(Fetch::of(&portal).variable("SEATLINE_TOKEN", &token).and(&referer));
            }
            "through a proxy" => {
                let url = portal.url_at("portal.invalid");
                said.says(Fetch::at(&portal, &url).license().signed_in());
                // A firewall drops what is sent, or takes it and says nothing.
                let silent = TcpListener::bind("127.0.0.1:0").unwrap();
                let dropping = Dropping::start();
                for address in [silent.local_addr().unwrap(), dropping.address()] {
                    let url = format!("https://{address}/portal");
                    said.says(Fetch::at(&portal, &url).license().signed_in().and(&["--timeout", "2"]));
                }
                let proxy = Proxy::start();
                let named = Portal::new().tls(Tls::authority().names(&["portal.invalid"])).start();
                proxy.leads(&format!("portal.invalid:{}", named.address().port()), named.address());
                let through =
                    Fetch::at(&named, &named.url_at("portal.invalid")).and(&["--ca-cert", &text(named.ca_file())]);
                works(through.signed_in().variable("HTTPS_PROXY", &proxy.url()));
            }
            "at a portal with its own certificate" => {
                for own in [Tls::self_signed(), Tls::self_signed_ca()] {
                    let own = Portal::new().tls(own).start();
                    said.says(Fetch::at(&own, &own.url()).license().signed_in());
                    works(Fetch::of(&own).signed_in());
                }
            }
            other => panic!("nobody tried this row: {other}"),
        }
        let unheard = said.messages.iter().filter(|message| !said.heard.contains(*message));
        assert_eq!(
            unheard.collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{how}: no portal was found that makes it say so"
        );
        // Every option that a row names is one of fetch's.
        let help = crate::common::seatline(&["fetch", "--help"]).stdout;
        for option in quoted(&what).iter().filter_map(|text| text.split(' ').find(|word| word.starts_with("--"))) {
            assert!(help.contains(option), "{option}");
        }
    }
}
