//! Client certificates whose key is encrypted. OpenSSL made the keys and stores under tests/fixtures/keys.

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{Portal, Running, Tls};

const FOLDER: &str = "tests/fixtures/keys";
const PASSWORD: &str = "letmein-2026";
const JANE: &str = "tests/fixtures/keys/jane.pem";

/// A portal that accepts the client certificate of Jane, and no other.
fn portal() -> Running {
    let authority = std::fs::read_to_string(format!("{FOLDER}/authority.pem")).unwrap();
    Portal::new().without_site().tls(Tls::self_signed_ca().clients_of(&authority)).start()
}

fn key(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

const FORMS: [&str; 5] =
    ["plain.key", "pbkdf2-sha256-aes256.key", "pbkdf2-sha1-aes128.key", "pbkdf2-sha1-3des.key", "scrypt.key"];

#[test]
fn an_encrypted_key_opens_with_its_password() {
    let portal = portal();
    let files = tempfile::tempdir().unwrap();
    let both = files.path().join("both.pem");
    for form in FORMS {
        let shown = ["--client-cert", JANE, "--client-key", &key(form)];
        let fetch = || Fetch::of(&portal).license().variable("SEATLINE_KEY_PASSWORD", PASSWORD);
        assert_eq!(fetch().and(&shown).run().run.code, 0, "{form}");
        let read = |path: &str| std::fs::read_to_string(path).unwrap();
        // A file with the certificate and then the key, with the line breaks of Windows.
        std::fs::write(&both, format!("{}{}", read(JANE), read(&key(form))).replace('\n', "\r\n")).unwrap();
        assert_eq!(fetch().and(&["--client-cert", &text(&both)]).run().run.code, 0, "{form}");
    }
}

#[test]
fn a_store_holds_certificate_and_key() {
    let portal = portal();
    for store in ["today.pfx", "windows.pfx"] {
        let fetch = Fetch::of(&portal).license().and(&["--client-cert", &key(store)]);
        assert_eq!(fetch.variable("SEATLINE_KEY_PASSWORD", PASSWORD).run().run.code, 0, "{store}");
    }
    for store in ["no-password.pfx", "open.pfx"] {
        assert_eq!(Fetch::of(&portal).license().and(&["--client-cert", &key(store)]).run().run.code, 0, "{store}");
    }
}

#[test]
fn the_password_may_stand_in_a_file() {
    let portal = portal();
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("password");
    let fetch = || {
        let shown = ["--client-cert", &key("today.pfx"), "--key-password-file", &text(&file)];
        Fetch::of(&portal).license().and(&shown)
    };
    std::fs::write(&file, format!("{PASSWORD}\r\n")).unwrap();
    // The file is preferred to the variable.
    assert_eq!(fetch().variable("SEATLINE_KEY_PASSWORD", "wrong").run().run.code, 0);
    // As `echo PASSWORD > file` of Windows writes it.
    std::fs::write(&file, format!("{PASSWORD} \r\n")).unwrap();
    fetch().run().ends(2, &["a blank stands before the end of the line", "today.pfx: the key does not open"]);
    std::fs::remove_file(&file).unwrap();
    fetch().run().ends(2, &["--key-password-file", "a name that is not repeated here"]);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_password_is_asked_for_and_not_shown() {
    use crate::portal::run::{ONCE_ASKED, on_a_terminal_between};
    let portal = portal();
    for (store, typed, code) in [("today.pfx", PASSWORD, 0), ("scrypt.key", PASSWORD, 0), ("today.pfx", "wrong", 2)] {
        let shown = match store.ends_with(".pfx") {
            true => vec!["--client-cert".to_owned(), key(store)],
            false => {
                ["--client-cert", JANE, "--client-key"].map(str::to_owned).into_iter().chain([key(store)]).collect()
            }
        };
        let shown: Vec<_> = shown.iter().map(String::as_str).collect();
        let command = Fetch::of(&portal).license().and(&shown).command();
        let (ended, seen) = on_a_terminal_between(&command, [ONCE_ASKED, ""], "now\r\n", &format!("{typed}\n"));
        assert_eq!(ended, code, "{seen}");
        assert!(seen.contains(&format!("Password of the key in {FOLDER}/{store}: ")), "{seen}");
        assert!(!seen.contains(typed), "{seen}");
    }
}

#[test]
fn a_key_that_does_not_open_is_told_and_nothing_is_sent() {
    let portal = portal();
    let none = "the key is encrypted, and there is no password: set SEATLINE_KEY_PASSWORD, or give --key-password-file";
    for form in &FORMS[1..] {
        let fetch = || Fetch::of(&portal).license().and(&["--client-cert", JANE, "--client-key", &key(form)]);
        fetch().run().ends(2, &[&format!("{form}: {none}")]);
        let wrong = fetch().variable("SEATLINE_KEY_PASSWORD", "not the password").run();
        wrong.ends(2, &[&format!("{form}: the key does not open with this password")]);
    }
    for store in ["today.pfx", "windows.pfx"] {
        let fetch = || Fetch::of(&portal).license().and(&["--client-cert", &key(store)]);
        fetch().run().ends(2, &[&format!("{store}: {none}")]);
        let wrong = fetch().variable("SEATLINE_KEY_PASSWORD", "not the password").run();
        wrong.ends(2, &[&format!("{store}: the key does not open with this password")]);
    }
    assert_eq!(portal.connections(), 0);
}

#[test]
fn what_cannot_be_opened_at_all_says_what_to_do() {
    let portal = portal();
    let files = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = files.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        text(path)
    };
    let store = std::fs::read(key("today.pfx")).unwrap();
    let cut = file("cut.pfx", &store[..store.len() / 2]);
    for (shown, said) in [
        (vec!["--client-cert", JANE, "--client-key", "proc-type.key"], "openssl pkcs8 -topk8 -in OLD.key -out NEW.key"),
        (vec!["--client-cert", JANE, "--client-key", "pbe-sha1-3des.key"], "openssl pkcs8 -topk8 -v2 aes-256-cbc"),
        (vec!["--client-cert", JANE, "--client-key", "pbe-md5-des.key"], "openssl pkcs8 -topk8 -v2 aes-256-cbc"),
        (vec!["--client-cert", JANE, "--client-key", "too-many-rounds.key"], "more memory or time"),
        (vec!["--client-cert", "today.pfx", "--client-key", "plain.key"], "leave --client-key out"),
        (vec!["--client-cert", JANE, "--client-key", "today.pfx"], "give it as the certificate, alone (--client-cert)"),
        (vec!["--client-cert", "no-key.pfx"], "holds 0 keys"),
        (vec!["--client-cert", &cut], "openssl pkcs12 -legacy -in ME.pfx -out ME.pem"),
    ] {
        let shown: Vec<_> = shown
            .into_iter()
            .map(|word| if word.contains(['/', '\\']) || word.starts_with("--") { word.to_owned() } else { key(word) })
            .collect();
        let shown: Vec<_> = shown.iter().map(String::as_str).collect();
        let fetch = Fetch::of(&portal).license().and(&shown).variable("SEATLINE_KEY_PASSWORD", PASSWORD);
        fetch.run().ends(2, &[said]);
    }
    assert_eq!(portal.connections(), 0);
}

#[test]
fn its_password_is_no_argument() {
    let portal = portal();
    for given in [&["--key-password", PASSWORD][..], &["--key-password=letmein-2026"]] {
        let fetch = Fetch::of(&portal).license().and(&["--client-cert", &key("today.pfx")]).and(given);
        let fetched = fetch.run();
        fetched.ends(2, &["SEATLINE_KEY_PASSWORD", "--key-password-file"]);
        assert!(!fetched.run.stderr.contains(PASSWORD));
    }
}
