//! Escapings, undone as far as it takes to find a secret under them.

/// How many escapings are undone, one after the other.
pub(super) const LAYERS: usize = 4;

/// The names that HTML has for the characters from U+00A0 to U+00FF, in order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
    Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The names that HTML has for ASCII characters.
const ASCII: [(&str, char); 32] = [
    ("quot", '"'),
    ("amp", '&'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("verbar", '|'),
    ("rcub", '}'),
];

/// The same letters for a text in whatever case: capitals of `ß` are two letters.
fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_uppercase().to_lowercase() }
}

/// Small letters, without blanks; a `+` is one, as in forms.
pub(super) fn fold(text: &str) -> String {
    let mut folded = lower(text);
    folded.retain(|character| character != '+' && !character.is_whitespace());
    folded
}

/// Small letters, every blank a space.
pub(super) fn fold_words(text: &str) -> String {
    let blank = |character: char| if character == '+' || character.is_whitespace() { ' ' } else { character };
    lower(text).chars().map(blank).collect()
}

/// Which escapes are undone: percent encoding, HTML, and those of JSON and programs.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    percent: bool,
    html: bool,
    backslash: bool,
}

/// What is tried. Undoing all at once finds a secret under any mixture of them, but for one that itself holds what looks like an
/// escape of another kind.
pub(super) const KINDS: [Kinds; 5] = [
    Kinds { percent: true, html: true, backslash: true },
    Kinds { percent: true, html: true, backslash: false },
    Kinds { percent: true, html: false, backslash: false },
    Kinds { percent: false, html: true, backslash: false },
    Kinds { percent: false, html: false, backslash: true },
];

/// The text with one layer of escapes undone; `None` where there is none.
pub(super) fn undone(text: &str, kinds: Kinds) -> Option<String> {
    let mut plain: Option<String> = None;
    let (mut rest, mut copied) = (text, 0);
    while let Some(at) = memchr::memchr3(b'%', b'&', b'\\', rest.as_bytes()) {
        let start = text.len() - rest.len() + at;
        let escape = rest.get(at..).unwrap_or_default();
        let read = match escape.as_bytes().first() {
            Some(b'%') if kinds.percent => percent(escape),
            Some(b'&') if kinds.html => entity(escape),
            Some(b'\\') if kinds.backslash => backslash(escape),
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

/// `%C3%A9`, and `%E9` of those who still write Latin-1.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(byte) = rest.strip_prefix('%').and_then(|rest| number(rest, 2, 16)) {
        bytes.push(u8::try_from(byte).ok()?);
        rest = rest.get(3..)?;
    }
    let characters = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error.as_bytes().iter().copied().map(char::from).collect(),
    };
    (!characters.is_empty()).then(|| (characters, text.len() - rest.len()))
}

/// `&quot;`, `&#34;`, `&#x22;`, also without the semicolon where a number ends.
fn entity(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 8;
    let body = text.strip_prefix('&')?;
    if let Some(body) = body.strip_prefix('#') {
        let (digits, radix, before) = match body.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (body, 10, 2),
        };
        let count = digits.bytes().take(LONGEST).take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let character = number(digits, count, radix).and_then(char::from_u32)?;
        let closed = usize::from(digits.as_bytes().get(count) == Some(&b';'));
        return Some((character.to_string(), before + count + closed));
    }
    let end = body.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = body.get(..end)?;
    let ascii = ASCII.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, character)| *character);
    let latin = || {
        let place = LATIN_1.split_whitespace().position(|known| known == name)?;
        char::from_u32(0xA0 + u32::try_from(place).ok()?)
    };
    let character = ascii.or_else(latin)?;
    Some((character.to_string(), end + 2))
}

/// `\"`, `\/`, `\n`, `\x22`, `\u0022`, surrogate pairs, `\u{22}`.
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
        'u' | 'U' => {
            let first = number(rest, 4, 16)?;
            let second = || number(rest.get(4..)?.strip_prefix("\\u")?, 4, 16);
            match (char::from_u32(first), second()) {
                (Some(character), _) => Some((character, 6)),
                (None, Some(second)) => {
                    let units = [first, second].map(|unit| u16::try_from(unit).unwrap_or_default());
                    char::decode_utf16(units).next()?.ok().map(|character| (character, 12))
                }
                (None, None) => None,
            }
        }
        'n' | 'r' | 't' | 'f' | 'v' => Some((' ', 2)),
        other if !other.is_alphanumeric() => Some((other, 1 + other.len_utf8())),
        _ => None,
    };
    character.map(|(character, length)| (character.to_string(), length))
}

/// The number that so many digits make.
fn number(text: &str, digits: usize, radix: u32) -> Option<u32> {
    let digits = text.get(..digits).filter(|digits| !digits.is_empty())?;
    if digits.chars().all(|digit| digit.is_digit(radix)) { u32::from_str_radix(digits, radix).ok() } else { None }
}
