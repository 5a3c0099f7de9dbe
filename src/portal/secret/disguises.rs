//! Disguises of short and long secrets, in words that are shown and in answers that are kept.

use crate::portal::Secret;
use crate::portal::secret::{COOKIES, Secrets};

fn hides(secret: &str, text: &str) {
    let secret = Secret::new(secret.to_owned());
    for text in [text.to_owned(), format!("Bad: {text} end"), format!(r#"{{"note":"Bad: {text}"}}"#)] {
        assert!(secret.occurs_in(&text), "{text}");
    }
}

fn between(secret: &str, signs: &str) -> String {
    secret.chars().map(String::from).collect::<Vec<_>>().join(signs)
}

const SECRETS: [&str; 3] = ["hunter", "hunter2!", "S3cret-Pass!word"];

#[test]
fn signs_between_the_letters_hide_nothing() {
    for secret in SECRETS {
        for signs in ["-", "*", ".", "_", "~", " - ", ", ", "**", "\u{b7}", "' + '", "||", "/", "=", "#", " . "] {
            hides(secret, &between(secret, signs));
        }
        let quoted: Vec<String> = secret.chars().map(String::from).collect();
        let list = serde_json::to_string(&quoted).unwrap();
        hides(secret, &list.replace('"', "\\\""));
    }
}

#[test]
fn backspaces_and_sequences_of_terminals_hide_nothing() {
    for secret in SECRETS {
        hides(secret, &between(secret, "\\b"));
        hides(secret, &between(secret, "\u{8}"));
        for (before, after) in [
            ("\\u001b]0;", "\\u0007"),
            ("\u{1b}]0;", "\u{1b}\\"),
            ("\u{1b}]8;;https://a.example/", ""),
            ("\u{1b}[", ""),
        ] {
            hides(secret, &format!("{before}{secret}{after}"));
        }
    }
}

#[test]
fn letters_that_are_struck_over_hide_nothing() {
    use base64::Engine;
    for secret in SECRETS {
        let each = |write: &dyn Fn(char) -> String| secret.chars().map(write).collect::<String>();
        let (first, rest) = secret.split_at(3);
        for text in [
            each(&|one| format!("{one}\u{8}{one}")),
            each(&|one| format!("{one}\u{8}{one}\u{8}{one}")),
            each(&|one| format!("_\u{8}{one}")),
            each(&|one| format!("{one}\u{8}_")),
            each(&|one| format!("x\u{8}{one}")),
            each(&|one| format!("{one}^H{one}")),
            each(&|one| format!("{one}\u{7f}{one}")),
            format!("xxx\u{8}\u{8}\u{8}{secret}"),
            format!("{first}xyz\u{8}\u{8}\u{8}{rest}"),
        ] {
            hides(secret, &text);
            hides(secret, &text.replace('\u{8}', "\\b"));
            hides(secret, &text.replace('\u{8}', "\\u0008"));
            hides(secret, &text.replace('\u{8}', "%08"));
            hides(secret, &text.replace('\u{8}', "&#8;"));
            if secret.len() >= 8 {
                hides(secret, &base64::engine::general_purpose::STANDARD.encode(&text));
            }
        }
    }
    let secret = Secret::new("hunter2!".to_owned());
    for text in ["h\u{8}un\u{8}ter\u{8}2!x", "hunt\u{8}\u{8}ed", "\u{8}\u{8}"] {
        assert!(!secret.occurs_in(text) || text.replace('\u{8}', "").contains("hunter2!"), "{text}");
    }
}

#[test]
fn tag_characters_of_unicode_hide_nothing() {
    for secret in SECRETS {
        let tags: String = secret.chars().map(|one| char::from_u32(0xe_0000 + u32::from(one)).unwrap()).collect();
        hides(secret, &tags);
        let units: Vec<String> = tags.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        hides(secret, &units.concat());
    }
}

#[test]
fn decimal_escapes_hide_nothing() {
    for secret in ["hunter2!", "S3cret-Pass!word", "W\u{f6}rd\u{20ac}pass7"] {
        let escapes: String = secret.bytes().map(|byte| format!("\\{byte}")).collect();
        hides(secret, &escapes);
        hides(secret, &escapes.replace('\\', "\\\\"));
        hides(secret, &secret.bytes().map(|byte| format!("\\{byte:03}")).collect::<String>());
    }
}

#[test]
fn base64_of_the_bytes_that_windows_has_hides_nothing() {
    use base64::Engine;
    let secret = "S3cret/pass+W\u{f6}rd\u{20ac}7";
    for bytes in [&b"S3cret/pass+W\xf6rd\x807"[..], b"S3cret/pass+W\xf6rd?7"] {
        for before in ["", "a", "ab", "admin:"] {
            let all = [before.as_bytes(), bytes].concat();
            hides(secret, &base64::engine::general_purpose::STANDARD.encode(all));
        }
    }
}

#[test]
fn lists_of_code_numbers_hide_nothing_whatever_stands_between_them() {
    for secret in SECRETS {
        let decimal: Vec<String> = secret.bytes().map(|byte| byte.to_string()).collect();
        let hexadecimal: Vec<String> = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        for signs in [".", ", ", " ", "-", ":", "|", ";", "_", " . "] {
            hides(secret, &decimal.join(signs));
            hides(secret, &hexadecimal.join(signs));
        }
    }
}

#[test]
fn invisible_characters_hide_nothing() {
    for secret in SECRETS {
        for unseen in [
            "\u{3164}",
            "\u{ffa0}",
            "\u{115f}",
            "\u{1160}",
            "\u{180e}",
            "\u{200b}",
            "\u{2060}",
            "\u{2063}",
            "\u{2800}",
            "\u{34f}",
            "\u{61c}",
            "\u{ad}",
            "\u{fe0f}",
            "\u{20dd}",
            "\u{e0001}",
            "\u{e0100}",
            "\u{fff9}",
            "\u{1d173}",
            "\0",
            "\u{7}",
            "\u{7f}",
            "\u{1b}[0m",
            "\u{1b}[38;5;9m",
        ] {
            hides(secret, &between(secret, unseen));
            let (first, rest) = secret.split_at(3);
            hides(secret, &format!("{first}{unseen}{rest}"));
            hides(secret, &serde_json::to_string(&format!("{first}{unseen}{rest}")).unwrap().replace('"', ""));
        }
    }
    hides("hunter2!", "\\u001b]8;;https://a.example\\u0007hun\\u001b]8;;\\u0007ter2!");
}

#[test]
fn letters_that_look_alike_hide_nothing() {
    for (secret, text) in [
        ("hunter", "\u{4bb}\u{3c5}nt\u{435}r"),
        ("S3cret-Pass!word", "S3cr\u{435}t-P\u{430}ss!w\u{43e}rd"),
        ("S3cret-Pass!word", "\u{405}3\u{421}RET-\u{420}\u{410}\u{405}\u{405}!WORD"),
        ("S3cret-Pass!word", "S3cr\u{1d07}t-P\u{1d00}ss!w\u{1d0f}rd"),
        ("S3cret-Pass!word", "S3cret\u{2010}Pass!word"),
        ("S3cret-Pass!word", "S3cret&hyphen;Pass&excl;word"),
        ("\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}123", "\u{41f}apo\u{43b}\u{44c}123"),
    ] {
        hides(secret, text);
    }
}

#[test]
fn letters_of_another_width_or_font_hide_nothing_in_base64_of_utf_16() {
    use base64::Engine;
    for (first, last, other) in [('!', '~', '\u{ff01}'), ('a', 'z', '\u{1d41a}')] {
        let wide = |one: char| match (first..=last).contains(&one) {
            true => char::from_u32(u32::from(other) + u32::from(one) - u32::from(first)).unwrap(),
            false => one,
        };
        for secret in ["S3cret-Pass!word", "correct horse battery"] {
            let text: String = secret.chars().map(wide).collect();
            for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
                hides(secret, &base64::engine::general_purpose::STANDARD.encode(bytes));
            }
        }
    }
}

#[test]
fn base32_in_both_alphabets_hides_nothing() {
    hides("S3cret-Pass!word", "ACPM6SJ5EGML0OBJECGNERRICG======");
    hides("S3cret-Pass!word", "KMZWG4TFOQWVAYLTOMQXO33SMQ======");
    hides("S3cret-Pass!word", "acpm6sj5egml0objecgnerricg");
}

/// What this does not look for, as the documentation says.
#[test]
fn what_nobody_writes_by_itself_is_not_undone() {
    let secret = Secret::new("S3cret-Pass!word".to_owned());
    for text in ["F3perg-Cnff!jbeq", "S3cret-Pass+ACE-word", "Q!`_7Wppi2VRLgKcW-iJ", "04S-C<F5T+5!A<W,A=V]R9"] {
        assert!(!secret.occurs_in(text), "{text}");
    }
}

#[test]
fn answers_without_a_secret_stay_whole() {
    for secret in SECRETS {
        let secret = Secret::new(secret.to_owned());
        for text in [
            "h-u-n-t-e-d and s-e-c-r-e-t",
            "the hunters of 10.0.0.1:7443 at 2026-11-27",
            r#"{"id":"viewerUT","count":1,"a":["h","u","n","t","i","n","g"]}"#,
            "\u{1b}[31mhunted\u{1b}[0m",
        ] {
            assert!(!secret.occurs_in(text), "{text}");
        }
    }
}

#[test]
fn of_a_cookie_that_changes_with_every_answer_the_last_values_are_looked_for() {
    let mut secrets = Secrets::from(Secret::new("a-first-password".to_owned()));
    let value = |count: usize| format!("Zx81mKqP0aU2bV7cW9dX3eY{count:04}");
    for count in 0..100 {
        secrets.add_of_cookie("AWSALB", vec![Secret::new(value(count))]);
        secrets.add_of_cookie("JSESSIONID", vec![Secret::new("0A1B2C3D4E5F60718293A4B5C6D7E8F9".to_owned())]);
    }
    assert!(secrets.occur_in(&value(99)) && secrets.occur_in(&value(98)) && !secrets.occur_in("Zx81mKqP0a"));
    assert!(secrets.occur_in("0a1b2c3d4e5f60718293a4b5c6d7e8f9") && secrets.occur_in("a-first-password"));
    assert_eq!(secrets.of_cookies.len(), 3);
    for count in 0..COOKIES + 10 {
        secrets.add_of_cookie(&format!("c{count}"), vec![Secret::new(value(count + 200))]);
    }
    assert_eq!(secrets.of_cookies.len(), COOKIES);
}
