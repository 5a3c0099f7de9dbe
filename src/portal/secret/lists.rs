//! Lists of numbers and of single letters that are a text, so that a secret in them is found.

use crate::portal::secret::masked;

/// A list of at least this many numbers or letters is a text.
const FEWEST: usize = 4;

/// What lists of numbers and of single letters say, one list a line: bytes in decimal numbers (those of Java may be below 0), in
/// hexadecimal, octal or binary digits, or the numbers of characters, and letters between which the same signs stand; `None`
/// where there is nothing of this kind.
pub(super) fn spelt(text: &str) -> Option<String> {
    let mut all = String::new();
    let mut list: Vec<&str> = Vec::new();
    // A sign that is an element itself stands between quotation marks, or is one of a list of letters.
    for token in tokens(text) {
        match token {
            Token::Element(element) => list.push(element),
            Token::Other => said(&std::mem::take(&mut list), &mut all),
        }
    }
    said(&list, &mut all);
    masked::letters(text, &mut all);
    (!all.is_empty()).then_some(all)
}

enum Token<'t> {
    /// A number, or a single character.
    Element(&'t str),
    /// Something else, which ends a list.
    Other,
}

/// The elements of lists in a text, and what stands between the lists.
fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text;
    let mut is_behind_element = false;
    std::iter::from_fn(move || {
        let trimmed = after_separators(rest);
        // A minus directly behind an element stands between two.
        let is_between = std::mem::take(&mut is_behind_element) && trimmed.len() == rest.len();
        rest = trimmed;
        let first = rest.chars().next()?;
        if first == '-' && is_between {
            rest = rest.get(1..).unwrap_or_default();
            return Some(Token::Element(""));
        }
        // A character between quotation marks.
        if first == '"' || first == '\'' {
            let mut inner = rest.get(1..).unwrap_or_default();
            inner = inner.strip_prefix('\\').filter(|after| !after.is_empty()).unwrap_or(inner);
            if let Some(character) = inner.chars().next()
                && let (one, after) = inner.split_at(character.len_utf8())
                && let Some(after) = after.strip_prefix(first)
            {
                rest = after;
                return Some(Token::Element(one));
            }
        }
        let signs = usize::from(first == '-') + if rest.starts_with("0x") || rest.starts_with("0X") { 2 } else { 0 };
        let digits = rest.bytes().skip(signs).take_while(u8::is_ascii_alphanumeric).count();
        let (token, after) = rest.split_at(signs + digits);
        // The names of functions that make a character of a number.
        if ["chr", "chrw", "char"].iter().any(|name| token.eq_ignore_ascii_case(name)) {
            rest = after;
            return Some(Token::Element(""));
        }
        if digits == 0 {
            rest = after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
            // A colon, a point or a quotation mark between the elements.
            return Some(if ":.\"'/|_+&".contains(first) { Token::Element("") } else { Token::Other });
        }
        // The quotation mark behind a number is no beginning.
        rest = after.strip_prefix(['"', '\'']).unwrap_or(after);
        is_behind_element = true;
        Some(if digits <= 8 { Token::Element(token) } else { Token::Other })
    })
}

/// The text after blanks, commas and brackets.
fn after_separators(text: &str) -> &str {
    let is_ascii =
        |byte: &&u8| matches!(byte, b'\t'..=b'\r' | b' ' | b',' | b';' | b'[' | b']' | b'(' | b')' | b'{' | b'}');
    let mut rest = text;
    loop {
        let count = rest.as_bytes().iter().take_while(is_ascii).count();
        rest = rest.get(count..).unwrap_or_default();
        // A blank outside ASCII.
        match rest.chars().next().filter(|one| !one.is_ascii() && one.is_whitespace()) {
            Some(blank) => rest = rest.get(blank.len_utf8()..).unwrap_or_default(),
            None => return rest,
        }
    }
}

/// Adds what a list says, in whatever way its elements are meant.
fn said(list: &[&str], all: &mut String) {
    let list: Vec<&str> = list.iter().copied().filter(|element| !element.is_empty()).collect();
    if list.len() < FEWEST {
        return;
    }
    let numbers = |radix: u32, lengths: std::ops::RangeInclusive<usize>| -> Vec<Vec<i64>> {
        let read = |element: &&str| {
            let digits = element.strip_prefix("0x").or_else(|| element.strip_prefix("0X")).unwrap_or(element);
            let length = digits.trim_start_matches('-').len();
            i64::from_str_radix(digits, radix).ok().filter(|_| lengths.contains(&length))
        };
        let mut runs = vec![Vec::new()];
        for element in &list {
            match (read(element), runs.last_mut()) {
                (Some(number), Some(run)) => run.push(number),
                _ => runs.push(Vec::new()),
            }
        }
        runs
    };
    let runs = [numbers(10, 1..=7), numbers(16, 1..=4), numbers(8, 1..=3), numbers(2, 7..=8)];
    for run in runs.into_iter().flatten().filter(|run| run.len() >= FEWEST) {
        let byte =
            |number: &i64| if (-128..0).contains(number) { u8::try_from(number + 256) } else { u8::try_from(*number) };
        if let Ok(bytes) = run.iter().map(byte).collect::<Result<Vec<u8>, _>>() {
            whole(&bytes, all);
        }
        let characters = run.iter().map(|number| char::from_u32(u32::try_from(*number).ok()?));
        if let Some(text) = characters.collect::<Option<String>>() {
            all.push_str(&text);
            all.push('\n');
        }
    }
    for letters in list.split(|element| element.chars().count() != 1).filter(|letters| letters.len() >= FEWEST) {
        all.extend(letters.iter().copied().chain(["\n"]));
    }
}

/// Bytes as UTF-8, and as Latin-1 where they are none.
fn whole(bytes: &[u8], all: &mut String) {
    match std::str::from_utf8(bytes) {
        Ok(text) => all.push_str(text),
        Err(_) => all.extend(bytes.iter().copied().map(char::from)),
    }
    all.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_whatever_way_they_are_meant() {
        for text in [
            "[97, 98, 195, 164, 33]",
            "[97,98,-61,-92,33]",
            r#"{"a":["97","98","195","164","33"],"b":1}"#,
            "61 62 c3 a4 21",
            "61.62.c3.a4.21",
            "0x61 0x62 0xC3 0xA4 0x21",
            "01100001 01100010 11000011 10100100 00100001",
            "141 142 303 244 041",
            "[\"a\",\"b\",\"\u{e4}\",\"!\"]",
            "[97, 98, 228, 33]",
            "Chr(97)+Chr(98)+Chr(195)+Chr(164)+Chr(33)",
            "chrw(97) & chrw(98) & chrw(228) & chrw(33)",
        ] {
            assert!(spelt(text).is_some_and(|spelt| spelt.contains("ab\u{e4}!")), "{text}: {:?}", spelt(text));
        }
        for text in ["no list in it", "1, 2, 3", "", "'"] {
            assert_eq!(spelt(text), None, "{text}");
        }
    }
}
