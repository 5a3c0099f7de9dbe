//! The forms of a secret that undoing escapes does not reveal: base64, base32, hexadecimal digits, and UTF-8 read in
//! another encoding.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::portal::secret::escapes;

/// Shorter pieces of base64 or hexadecimal digits occur in every text.
const SHORTEST: usize = 4;

/// All texts to look for, in the form that `fold` gives texts.
pub(super) fn of(secret: &str, fold: fn(&str) -> String) -> Vec<Zeroizing<String>> {
    let mut plain = vec![Zeroizing::new(secret.to_owned()), Zeroizing::new(as_latin_1(secret))];
    plain.extend(as_windows_1252(secret).map(Zeroizing::new));
    // A secret that looks escaped changes where the escapes around it are undone.
    for kinds in escapes::KINDS {
        let mut layer = Zeroizing::new(secret.to_owned());
        for _ in 0..escapes::LAYERS {
            let Some(next) = escapes::undone(&layer, kinds) else { break };
            layer = Zeroizing::new(next);
            plain.push(layer.clone());
        }
    }
    let escaped = [
        serde_json::Value::from(secret).to_string().trim_matches('"').to_owned(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"),
    ];
    let hidden = plain.iter().map(|text| text.as_str()).chain(escaped.iter().map(String::as_str));
    let hidden: BTreeSet<Vec<u8>> = hidden.map(|text| text.as_bytes().to_vec()).collect();
    plain.extend([transliterated(secret), secret.chars().rev().collect()].map(Zeroizing::new));
    // The secret as part of the name of a host.
    let names = if secret.is_ascii() {
        Vec::new()
    } else {
        vec![secret.to_owned(), secret.to_lowercase(), secret.to_uppercase().to_lowercase()]
    };
    plain.extend(names.iter().filter_map(|name| idna::punycode::encode_str(name)).map(Zeroizing::new));
    let once: Vec<String> = hidden.iter().flat_map(|bytes| base64(bytes)).collect();
    let twice: Vec<String> = once.iter().flat_map(|text| base64(text.as_bytes())).collect();
    let otherwise: BTreeSet<Vec<u8>> = otherwise_encoded(secret).into_iter().collect();
    let all = || hidden.union(&otherwise);
    let coded = once.into_iter().chain(twice).chain(otherwise.iter().flat_map(|bytes| base64(bytes)));
    let coded = coded
        .chain(all().map(|bytes| hexadecimal(bytes)))
        .chain(BASE32.iter().flat_map(|alphabet| base32(secret.as_bytes(), alphabet)));
    let coded = coded.filter(|text| text.len() >= SHORTEST).map(Zeroizing::new);
    let mut guises: Vec<_> = plain.into_iter().chain(coded).map(|text| Zeroizing::new(fold(&text))).collect();
    guises.sort_unstable_by(|one, other| one.as_str().cmp(other));
    guises.dedup();
    guises
}

/// The base64 of the bytes alone, and of the bytes at each of the three offsets in a longer text, without the
/// characters that depend on neighbours.
fn base64(bytes: &[u8]) -> Vec<String> {
    let mut all = vec![STANDARD_NO_PAD.encode(bytes), URL_SAFE_NO_PAD.encode(bytes)];
    for before in 0..3_usize {
        let shifted = [&vec![0; before], bytes].concat();
        let first = (before * 8).div_ceil(6);
        let last = shifted.len() * 8 / 6;
        for text in [STANDARD_NO_PAD.encode(&shifted), URL_SAFE_NO_PAD.encode(&shifted)] {
            all.extend(text.get(first..last).map(str::to_owned));
        }
    }
    all
}

/// The alphabets of base32 and of base32hex (RFC 4648).
const BASE32: [&[u8; 32]; 2] = [b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHIJKLMNOPQRSTUV"];

/// As [`base64()`], in base32 with these letters.
fn base32(bytes: &[u8], alphabet: &[u8; 32]) -> Vec<String> {
    let encoded = |bytes: &[u8]| -> String {
        let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
        let letter = |group: &[u8]| {
            let index = group.iter().chain([0; 5].iter()).take(5).fold(0, |index, bit| index << 1 | usize::from(*bit));
            alphabet.get(index).copied().map(char::from)
        };
        bits.chunks(5).filter_map(letter).collect()
    };
    let mut all = vec![encoded(bytes)];
    for before in 0..5_usize {
        let shifted = [&vec![0; before], bytes].concat();
        let (first, last) = ((before * 8).div_ceil(5), shifted.len() * 8 / 5);
        all.extend(encoded(&shifted).get(first..last).map(str::to_owned));
    }
    all
}

/// The secret in Latin-1 and Windows-1252, with a question mark for what these do not have, and in UTF-16.
fn otherwise_encoded(secret: &str) -> Vec<Vec<u8>> {
    let in_1252 =
        |character| FROM_80.iter().position(|one| *one == character).and_then(|at| u8::try_from(0x80 + at).ok());
    let latin_1 = secret.chars().map(|character| u8::try_from(character).ok());
    let windows = secret.chars().map(|character| in_1252(character).or_else(|| u8::try_from(character).ok()));
    let has_most = |bytes: &Vec<Option<u8>>| bytes.iter().flatten().count() * 4 >= bytes.len() * 3;
    let bytes = [latin_1.collect(), windows.collect()].into_iter().filter(has_most);
    let bytes = bytes.map(|bytes: Vec<_>| bytes.into_iter().map(|byte| byte.unwrap_or(b'?')).collect());
    let units = || secret.encode_utf16();
    let utf_16 = [units().flat_map(u16::to_le_bytes).collect(), units().flat_map(u16::to_be_bytes).collect()];
    bytes.chain(utf_16).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The UTF-8 of the text, read as Latin-1.
fn as_latin_1(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

/// The characters of Windows-1252 from byte 0x80 on, where it differs from Latin-1.
const FROM_80: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}',
    '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}',
    '\u{17e}', '\u{178}',
];

/// The UTF-8 of the text, read as Windows-1252. Five bytes have no meaning there, and readers replace them in two
/// ways.
fn as_windows_1252(text: &str) -> [String; 2] {
    let read = |byte: u8| {
        let place = usize::from(byte).checked_sub(0x80);
        place.and_then(|place| FROM_80.get(place)).copied().unwrap_or(char::from(byte))
    };
    let kept: String = text.bytes().map(read).collect();
    let replaced = kept.replace(|character: char| character.is_control(), "\u{fffd}");
    [kept, replaced]
}

/// Letters as they are written where there are no umlauts.
fn transliterated(text: &str) -> String {
    const LETTERS: [(char, &str); 10] = [
        ('\u{e4}', "ae"),
        ('\u{f6}', "oe"),
        ('\u{fc}', "ue"),
        ('\u{c4}', "Ae"),
        ('\u{d6}', "Oe"),
        ('\u{dc}', "Ue"),
        ('\u{df}', "ss"),
        ('\u{e6}', "ae"),
        ('\u{f8}', "oe"),
        ('\u{e5}', "aa"),
    ];
    let written = |character: char| match LETTERS.iter().find(|(letter, _)| *letter == character) {
        Some((_, letters)) => (*letters).to_owned(),
        None => character.to_string(),
    };
    text.chars().map(written).collect()
}
