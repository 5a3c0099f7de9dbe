//! The forms of a secret that undoing escapes does not undo: base64, hexadecimal digits, UTF-8 taken for Latin-1.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::portal::secret::escapes;

/// Shorter pieces of base64 or hexadecimal digits stand in every text.
const SHORTEST: usize = 4;

/// All texts to look for, folded.
pub(super) fn of(secret: &str, fold: fn(&str) -> String) -> Vec<Zeroizing<String>> {
    let mut plain = vec![Zeroizing::new(secret.to_owned()), Zeroizing::new(as_latin_1(secret))];
    // A secret that looks escaped is changed where escapes around it are undone.
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
    let hidden: Vec<Vec<u8>> = hidden.map(|text| text.as_bytes().to_vec()).collect();
    let once: Vec<String> = hidden.iter().flat_map(|bytes| base64(bytes)).collect();
    let twice: Vec<String> = once.iter().flat_map(|text| base64(text.as_bytes())).collect();
    let coded = once.into_iter().chain(twice).chain(hidden.iter().map(|bytes| hexadecimal(bytes)));
    let coded = coded.filter(|text| text.len() >= SHORTEST).map(Zeroizing::new);
    let mut guises: Vec<_> = plain.into_iter().chain(coded).map(|text| Zeroizing::new(fold(&text))).collect();
    guises.sort_unstable_by(|one, other| one.as_str().cmp(other));
    guises.dedup();
    guises
}

/// What base64 makes of it alone, and wherever in the encoded text it stands: without the characters that depend on its
/// neighbours.
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

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// UTF-8 that was read as Latin-1.
fn as_latin_1(text: &str) -> String {
    text.bytes().map(char::from).collect()
}
