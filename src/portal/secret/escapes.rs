//! Undoes escapes, so that a secret under them is found.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::portal::secret::html::entity;
use crate::portal::secret::number::number;
use crate::portal::secret::{look_alikes, unseen};

/// The most layers of escapes that are undone.
pub(super) const LAYERS: usize = 4;

/// The text as it is compared: in small letters (`ß` too), without accents, invisible characters and the colours of terminals.
/// Letters of another width or font, and those in circles, become plain ones (Unicode's NFKD), and so do letters that look like
/// others.
fn lower(text: &str) -> String {
    let uncoloured = unseen::without_colours(text);
    let text = uncoloured.as_deref().map_or(text, |uncoloured| uncoloured.as_str());
    if text.is_ascii() {
        let mut lower = text.to_ascii_lowercase();
        if lower.contains(unseen::is_unseen) {
            lower.retain(|character| !unseen::is_unseen(character));
        }
        return lower;
    }
    let letters = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars());
    let seen = letters.filter(|character| !unseen::is_unseen(*character)).collect::<String>();
    seen.to_uppercase().to_lowercase().chars().map(look_alikes::plain).collect()
}

/// The text in small letters without blanks; a `+` is a blank, as in forms.
pub(super) fn fold(text: &str) -> String {
    without_blanks(&fold_words(text))
}

/// A text that [`fold_words`] gave, in the form that [`fold`] gives.
pub(super) fn without_blanks(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    words.split(' ').for_each(|word| folded.push_str(word));
    folded
}

/// The text in small letters, with a space for every blank.
pub(super) fn fold_words(text: &str) -> String {
    let mut words = lower(text);
    let is_blank = |character: char| character == '+' || character.is_whitespace();
    if words.is_ascii() {
        // Many answers are ASCII and long.
        let is_blank = |byte: u8| matches!(byte, b'+' | b'\t'..=b'\r' | b' ');
        let blanks = words.bytes().map(|byte| if is_blank(byte) { b' ' } else { byte }).collect();
        return String::from_utf8(blanks).unwrap_or(words);
    }
    if words.contains(is_blank) {
        words = words.replace(is_blank, " ");
    }
    words
}

/// The kinds of escapes to undo: percent encoding, HTML, and those of JSON and programs.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    percent: bool,
    html: bool,
    backslash: Backslash,
}

/// The meaning of a backslash.
#[derive(Clone, Copy)]
enum Backslash {
    Unread,
    /// Escapes of JSON and of programs; digits are octal.
    Program,
    /// Escapes of style sheets: up to six hexadecimal digits.
    Style,
    /// Escapes of bytes with up to three decimal digits, as Lua writes them.
    Decimal,
}

/// The kinds that are tried. Undoing all of them at once finds a secret under any mixture, except a secret that
/// itself looks like an escape of another kind.
pub(super) const KINDS: [Kinds; 7] = [
    Kinds { percent: true, html: true, backslash: Backslash::Program },
    Kinds { percent: true, html: true, backslash: Backslash::Unread },
    PERCENT,
    Kinds { percent: false, html: true, backslash: Backslash::Unread },
    Kinds { percent: false, html: false, backslash: Backslash::Program },
    Kinds { percent: false, html: false, backslash: Backslash::Style },
    Kinds { percent: false, html: false, backslash: Backslash::Decimal },
];

const PERCENT: Kinds = Kinds { percent: true, html: false, backslash: Backslash::Unread };

/// The text with one layer of escapes undone; `None` where it has none.
pub(super) fn undone(text: &str, kinds: Kinds) -> Option<String> {
    let mut plain: Option<String> = None;
    let (mut rest, mut copied) = (text, 0);
    while let Some(at) = memchr::memchr3(b'%', b'&', b'\\', rest.as_bytes()) {
        let start = text.len() - rest.len() + at;
        let escape = rest.get(at..).unwrap_or_default();
        let read = match escape.as_bytes().first() {
            Some(b'%') if kinds.percent => percent_unit(escape).or_else(|| percent(escape)),
            Some(b'&') if kinds.html => entity(escape),
            Some(b'\\') => match kinds.backslash {
                Backslash::Unread => None,
                Backslash::Program => octal(escape).or_else(|| backslash(escape)),
                Backslash::Style => style(escape),
                Backslash::Decimal => decimal(escape),
            },
            _ => None,
        };
        let length = match read {
            Some((characters, length)) => {
                let plain = plain.get_or_insert_with(|| String::with_capacity(text.len()));
                plain.push_str(text.get(copied..start).unwrap_or_default());
                plain.push_str(&characters);
                copied = start + length;
                length
            }
            None => 1,
        };
        rest = escape.get(length..).unwrap_or_default();
    }
    let mut plain = plain?;
    plain.push_str(text.get(copied..).unwrap_or_default());
    Some(plain)
}

/// Undoes quoted-printable, as in mails: `=C3=A9`, with lines that `=` breaks; `None` where there is none.
pub(super) fn unquoted(text: &str) -> Option<String> {
    let is_escape = |at: usize| text.get(at + 1..).is_some_and(|rest| number(rest, 2, 16).is_some());
    if !memchr::memchr_iter(b'=', text.as_bytes()).any(is_escape) {
        return None;
    }
    let joined = text.replace("=\r\n", "").replace("=\n", "");
    undone(&joined.replace('=', "%"), PERCENT)
}

/// `_x00E9_` of Office's XML and `U+00E9`; `None` where there is none.
pub(super) fn numbered(text: &str) -> Option<String> {
    let mut plain = String::new();
    let (mut rest, mut found) = (text, false);
    while let Some(at) = memchr::memchr3(b'_', b'U', b'u', rest.as_bytes()) {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        let read = escape.get(..2).filter(|mark| ["_x", "_X", "U+", "u+"].contains(mark)).and_then(|mark| {
            let digits = escape.bytes().skip(2).take(6).take_while(u8::is_ascii_hexdigit).count();
            let character = number(escape.get(2..)?, digits, 16).and_then(char::from_u32).filter(|_| digits >= 4)?;
            let after = escape.get(2 + digits..)?;
            // A blank may stand between two of them.
            Some((
                character,
                if mark.ends_with('+') { after.trim_start_matches(' ') } else { after.strip_prefix('_')? },
            ))
        });
        match read {
            Some((character, after)) => {
                plain.push(character);
                (rest, found) = (after, true);
            }
            None => {
                let (mark, after) = escape.split_at(1);
                plain.push_str(mark);
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    found.then_some(plain)
}

/// `%C3%A9`, or `%E9` in Latin-1.
fn percent(text: &str) -> Option<(String, usize)> {
    bytes(text, |rest| Some((number(rest.strip_prefix('%')?, 2, 16)?, 3)))
}

/// `\303\251`, or `\351` in Latin-1.
fn octal(text: &str) -> Option<(String, usize)> {
    bytes(text, |rest| {
        let digits = rest.strip_prefix('\\')?.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
        Some((number(rest.get(1..)?, digits, 8)?, 1 + digits))
    })
}

/// `\195\169`, or `\233` in Latin-1.
fn decimal(text: &str) -> Option<(String, usize)> {
    if text.starts_with("\\\\") {
        return Some(("\\".to_owned(), 2));
    }
    bytes(text, |rest| {
        let digits = rest.strip_prefix('\\')?.bytes().take(3).take_while(u8::is_ascii_digit).count();
        Some((number(rest.get(1..)?, digits, 10)?, 1 + digits))
    })
}

/// Reads consecutive escapes that stand for bytes, each with its length.
fn bytes(text: &str, read: impl Fn(&str) -> Option<(u32, usize)>) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((byte, length)) = read(rest) {
        bytes.push(u8::try_from(byte).ok()?);
        rest = rest.get(length..)?;
    }
    let characters = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error.as_bytes().iter().copied().map(char::from).collect(),
    };
    (!characters.is_empty()).then(|| (characters, text.len() - rest.len()))
}

/// `%u00E9`, which JavaScript's `escape` writes.
fn percent_unit(text: &str) -> Option<(String, usize)> {
    let unit = |text: &str| number(text.strip_prefix("%u").or_else(|| text.strip_prefix("%U"))?, 4, 16);
    let (character, units) = from_units(unit(text)?, || unit(text.get(6..)?))?;
    Some((character.to_string(), 6 * units))
}

/// The character that one or two units of UTF-16 stand for, and the number of units.
fn from_units(first: u32, second: impl FnOnce() -> Option<u32>) -> Option<(char, usize)> {
    if let Some(character) = char::from_u32(first) {
        return Some((character, 1));
    }
    let units = [first, second()?].map(|unit| u16::try_from(unit).unwrap_or_default());
    Some((char::decode_utf16(units).next()?.ok()?, 2))
}

/// `\e9` or `\0000e9`, with a blank after it.
fn style(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix('\\')?;
    if body.starts_with('\\') {
        return Some(("\\".to_owned(), 2));
    }
    let digits = body.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    let character = number(body, digits, 16).and_then(char::from_u32)?;
    let blank = body.get(digits..)?.chars().next().filter(|next| next.is_ascii_whitespace()).map_or(0, char::len_utf8);
    Some((character.to_string(), 1 + digits + blank))
}

/// `\"`, `\/`, `\n`, `\x22`, `\u0022`, surrogate pairs, `\u{22}`, `\U00000022`.
fn backslash(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix('\\')?;
    let kind = body.chars().next()?;
    let rest = body.get(kind.len_utf8()..)?;
    let character = match kind {
        'x' | 'X' => number(rest, 2, 16).and_then(char::from_u32).map(|character| (character, 4)),
        'u' | 'U' if rest.starts_with('{') => {
            let end = rest.bytes().take(8).position(|byte| byte == b'}')?;
            let digits = rest.get(1..end)?;
            number(digits, digits.len(), 16).and_then(char::from_u32).map(|character| (character, end + 3))
        }
        'U' if number(rest, 8, 16).and_then(char::from_u32).is_some() => {
            number(rest, 8, 16).and_then(char::from_u32).map(|character| (character, 10))
        }
        'u' | 'U' => {
            let second = || number(rest.get(4..)?.strip_prefix("\\u")?, 4, 16);
            from_units(number(rest, 4, 16)?, second).map(|(character, units)| (character, 6 * units))
        }
        'n' | 'r' | 't' | 'f' | 'v' => Some((' ', 2)),
        'b' => Some(('\u{8}', 2)),
        other if !other.is_alphanumeric() => Some((other, 1 + other.len_utf8())),
        _ => None,
    };
    character.map(|(character, length)| (character.to_string(), length))
}
