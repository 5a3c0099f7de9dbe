//! Random secrets in random disguises, made by code that shares nothing with the code that looks for them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;

use crate::portal::Secret;
use crate::portal::secret::needles::Needles;
use crate::portal::secret::search::{FoundIn, HoldsSecret, Search};
use crate::portal::secret::{SEARCHED, SHOWN, Secrets, UNSEARCHED, WITHHELD, first};

/// A way to escape a text.
#[derive(Clone, Copy, Debug)]
enum Escape {
    PercentAll,
    PercentSome,
    PercentLower,
    HtmlNamed,
    HtmlDecimal,
    HtmlHex,
    JsonUnicode,
    JsonString,
    Program,
    PercentUnits,
    HtmlPadded,
    Octal,
}

impl Escape {
    fn write(self, text: &str) -> String {
        let bytes = |keep: fn(u8) -> bool, write: fn(u8) -> String| -> String {
            text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { write(byte) }).collect()
        };
        let chars = |write: fn(char) -> String| -> String { text.chars().map(write).collect() };
        match self {
            Self::PercentAll => bytes(|_| false, |byte| format!("%{byte:02X}")),
            Self::PercentSome => bytes(|byte| byte.is_ascii_alphanumeric(), |byte| format!("%{byte:02X}")),
            Self::PercentLower => bytes(|byte| byte.is_ascii_alphanumeric(), |byte| format!("%{byte:02x}")),
            Self::HtmlNamed => chars(|character| match character {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => "&quot;".to_owned(),
                '\'' => "&apos;".to_owned(),
                other => other.to_string(),
            }),
            Self::HtmlDecimal => chars(|character| format!("&#{};", u32::from(character))),
            Self::HtmlHex => chars(|character| format!("&#x{:X};", u32::from(character))),
            Self::JsonUnicode => {
                let mut units = [0; 2];
                let each = |character: char| -> String {
                    character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
                };
                text.chars().map(each).collect()
            }
            Self::JsonString => serde_json::Value::from(text).to_string(),
            Self::PercentUnits => {
                let mut units = [0; 2];
                let each = |character: char| -> String {
                    character.encode_utf16(&mut units).iter().map(|unit| format!("%u{unit:04X}")).collect()
                };
                text.chars().map(each).collect()
            }
            Self::HtmlPadded => chars(|character| format!("&#{:014};", u32::from(character))),
            Self::Octal => bytes(|_| false, |byte| format!("\\{byte:03o}")),
            Self::Program => chars(|character| match character {
                ' '..='~' if !character.is_alphanumeric() => format!("\\x{:02x}", u32::from(character)),
                other => other.to_string(),
            }),
        }
    }
}

/// A way to encode bytes.
#[derive(Clone, Copy, Debug)]
enum Coding {
    None,
    Base64,
    Base64Url,
    Base64Twice,
    Base64Latin1,
    Base64Utf16,
    Hex,
}

impl Coding {
    fn write(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::Base64 => STANDARD.encode(text),
            Self::Base64Url => URL_SAFE_NO_PAD.encode(text),
            Self::Base64Twice => STANDARD.encode(STANDARD.encode(text)),
            Self::Base64Latin1 => {
                match text.chars().map(|character| u8::try_from(character).ok()).collect::<Option<Vec<_>>>() {
                    Some(bytes) => STANDARD.encode(bytes),
                    None => STANDARD.encode(text),
                }
            }
            Self::Base64Utf16 => STANDARD.encode(text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            Self::Hex => text.bytes().map(|byte| format!("{byte:02X}")).collect(),
        }
    }
}

fn escape() -> impl Strategy<Value = Escape> {
    use Escape::{
        HtmlDecimal, HtmlHex, HtmlNamed, HtmlPadded, JsonString, JsonUnicode, Octal, PercentAll, PercentLower,
        PercentSome, PercentUnits, Program,
    };
    prop::sample::select(vec![
        PercentAll,
        PercentSome,
        PercentLower,
        HtmlNamed,
        HtmlDecimal,
        HtmlHex,
        JsonUnicode,
        JsonString,
        Program,
        PercentUnits,
        HtmlPadded,
        Octal,
    ])
}

fn coding() -> impl Strategy<Value = Coding> {
    use Coding::{Base64, Base64Latin1, Base64Twice, Base64Url, Base64Utf16, Hex, None};
    prop::sample::select(vec![None, None, Base64, Base64Url, Base64Twice, Base64Latin1, Base64Utf16, Hex])
}

/// Passwords as people choose them, and tokens.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof!["[!-~]{8,40}", "[a-zA-Z0-9_.-]{20,120}", "[ -~\u{e4}\u{f6}\u{fc}\u{df}\u{e9}\u{4e09}]{10,24}"]
        .prop_filter("not blank", |secret| secret.chars().filter(|character| character.is_alphanumeric()).count() > 4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_secret_is_found_in_any_escaping(
        secret in secret(),
        inner in prop::collection::vec(escape(), 0..=1),
        coding in coding(),
        outer in prop::collection::vec(escape(), 0..=2),
        case in 0..3_u8,
        quoted in any::<bool>(),
        around in ("[ -~]{0,12}", "[ -~]{0,12}"),
    ) {
        let write = |text: String, escapes: &[Escape]| escapes.iter().fold(text, |text, escape| escape.write(&text));
        let coded = coding.write(&write(secret.clone(), &inner));
        // Base64 in another case reveals nothing, unless the secret occurs in it literally.
        let coded = match (case, coding, inner.is_empty()) {
            (1, Coding::None, _) | (1, _, true) => coded.to_uppercase(),
            (2, Coding::None, _) | (2, _, true) => coded.to_lowercase(),
            _ => coded,
        };
        let written = write(coded, &outer);
        let in_mail = |byte: u8| match byte {
            b'!'..=b'<' | b'>'..=b'~' => char::from(byte).to_string(),
            other => format!("={other:02X}"),
        };
        let written = if quoted { written.bytes().map(in_mail).collect() } else { written };
        let text = format!("{}|{}|{}", around.0, written, around.1);
        prop_assert!(Secret::new(secret.clone()).occurs_in(&text), "{secret:?} in {text}");
    }

    #[test]
    fn nothing_is_found_that_is_not_there(secret in "[A-Za-z0-9!#$]{12,24}", text in "[ -~]{0,400}") {
        let found = Secret::new(secret.clone()).occurs_in(&text);
        prop_assert!(!found || text.to_lowercase().contains(&secret.to_lowercase()), "{secret} in {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn of_a_long_text_as_much_is_shown_as_if_all_of_it_were_searched(
        secret in "[a-zA-Z0-9!#$%&]{12,40}",
        escapes in prop::collection::vec(escape(), 0..=2),
        before in 0..2 * SHOWN,
        is_there in any::<bool>(),
        filler in prop_oneof![Just("no word of it; "), Just("%41&#66;"), Just("a \\u0042 =43 "), Just("\u{4e09}\u{e9} ")],
        length in prop_oneof![0..SHOWN, SEARCHED..SEARCHED + SHOWN],
    ) {
        let long = |count: usize| filler.chars().cycle().take(count).collect::<String>();
        let written = escapes.iter().fold(secret.clone(), |text, escape| escape.write(&text));
        let text = format!("{}{}{}", long(before), if is_there { &written } else { "" }, long(length));
        let secrets = Secrets::from(Secret::new(secret.clone()));
        let shown = secrets.withheld(text.clone());
        let (is_withheld, is_whole) = ([WITHHELD, UNSEARCHED].contains(&shown.as_str()), shown == text);
        let all = Search::of(&Needles::of(&[&secret]), &text, FoundIn::Words);
        if is_there && before < SHOWN {
            prop_assert!(is_withheld && all == HoldsSecret::Yes, "{secret} in {text}");
        } else if all == HoldsSecret::No {
            prop_assert!(!is_withheld, "{shown}");
        }
        if !is_withheld {
            prop_assert_eq!(shown.trim_end_matches('\u{2026}'), first(&text, if is_whole { usize::MAX } else { SHOWN }));
            prop_assert!(!Secret::new(secret.clone()).occurs_in(&shown), "{secret} in {shown}");
        }
    }
}
