//! Characters that nobody sees, and that may therefore stand anywhere in a text.

use zeroize::Zeroizing;

/// Whether a character is invisible or a mark on the letter before: Unicode's ignorable characters, the combining marks of
/// its blocks for them, the braille blank, and the control characters of ASCII other than blanks.
pub(super) fn is_unseen(character: char) -> bool {
    match character {
        ' '..='~' => false,
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        other => other.is_ascii_control() && !other.is_whitespace(),
    }
}

/// The text with Unicode's tag characters as the letters that they stand for, though nobody sees them; `None` where there is none.
pub(super) fn with_tags_read(text: &str) -> Option<Zeroizing<String>> {
    let letter = |character: char| match character {
        '\u{e0020}'..='\u{e007e}' => char::from_u32(u32::from(character) - 0xe_0000),
        _ => None,
    };
    let is_found = !text.is_ascii() && text.contains(|character| letter(character).is_some());
    is_found.then(|| Zeroizing::new(text.chars().map(|character| letter(character).unwrap_or(character)).collect()))
}

const ESCAPE: char = '\u{1b}';

/// The longest sequence of a terminal that is taken out.
const LONGEST: usize = 100;

/// The text without the sequences by which terminals colour text and move on it (`ESC [ 31 m`), name the window, or link to an
/// address (`ESC ] 8 ; ; URL BEL`), and on a line of its own the text with them, since a secret may stand in one; `None` where
/// there is none.
pub(super) fn without_colours(text: &str) -> Option<Zeroizing<String>> {
    if !text.contains(ESCAPE) {
        return None;
    }
    let mut parts = text.split(ESCAPE);
    let mut all = Zeroizing::new(parts.next()?.to_owned());
    let mut found = false;
    for part in parts {
        let length = sequence(part);
        found |= length.is_some();
        all.push_str(part.get(length.unwrap_or(0)..).unwrap_or_default());
    }
    if !found {
        return None;
    }
    all.push('\n');
    all.extend(text.chars().filter(|character| *character != ESCAPE));
    Some(all)
}

/// The text, and on a line of its own the text as a terminal or a printer shows it, where a letter stands in place of one that a
/// backspace takes back: `c BS c` is a bold letter, `_ BS c` an underlined one. `None` where there is no backspace.
pub(super) fn with_struck_over(text: &str) -> Option<Zeroizing<String>> {
    const CARET: &str = "^H";
    if !text.contains(is_backspace) && !text.contains(CARET) {
        return None;
    }
    let plain = Zeroizing::new(text.replace(CARET, "\u{8}"));
    let mut shown = Zeroizing::new(String::with_capacity(text.len()));
    let mut struck = None;
    for character in plain.chars() {
        if is_backspace(character) {
            struck = shown.pop();
        } else {
            // A line under a letter leaves it as it is.
            let under = struck.take().filter(|_| character == '_');
            shown.push(under.unwrap_or(character));
        }
    }
    let mut all = Zeroizing::new(format!("{text}\n"));
    all.push_str(&shown);
    Some(all)
}

const fn is_backspace(character: char) -> bool {
    matches!(character, '\u{8}' | '\u{7f}')
}

/// The length of the sequence that stands after an escape character.
fn sequence(text: &str) -> Option<usize> {
    if let Some(parameters) = text.strip_prefix('[') {
        let length = parameters
            .bytes()
            .take(LONGEST)
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b';' | b':' | b'?'))
            .count();
        let end = parameters.as_bytes().get(length)?;
        return b"mABCDEFGHJKLMPSTXdfhlnsu".contains(end).then_some(length + 2);
    }
    // The end of a link is `ESC \`, whose second half begins the next part, or a BEL.
    if text.starts_with(']') {
        let end = text.bytes().take(LONGEST).position(|byte| byte == b'\x07');
        return end.map(|end| end + 1).or_else(|| (text.len() < LONGEST).then_some(text.len()));
    }
    text.starts_with('\\').then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever Unicode calls a format character is invisible; U+200C and the like stand for nothing by themselves.
    #[test]
    fn every_format_character_and_every_mark_of_latin_text_is_unseen() {
        use unicode_general_category::{GeneralCategory, get_general_category};
        for character in ('\u{7f}'..=char::MAX).filter(|one| get_general_category(*one) == GeneralCategory::Format) {
            // Signs that stand before numbers in Arabic and Syriac, and in Kaithi, and those of hieroglyphs, are seen.
            let is_seen = matches!(character, '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}');
            assert_eq!(is_unseen(character), !is_seen, "{:x}", u32::from(character));
        }
        assert!((' '..='~').chain(['\n', '\t', '\u{e9}', '\u{fffd}']).all(|one| !is_unseen(one)));
    }

    #[test]
    fn sequences_of_terminals_are_taken_out() {
        for (text, expected) in [
            ("hun\u{1b}[31mter\u{1b}[0m2", "hunter2"),
            ("\u{1b}[38;5;9mhun\u{1b}[1;4mter\u{1b}[K2", "hunter2"),
            ("\u{1b}]8;;https://a.example\u{7}hunter2\u{1b}]8;;\u{7}", "hunter2"),
            ("\u{1b}]8;;https://a.example\u{1b}\\hunter2\u{1b}]8;;\u{1b}\\", "hunter2"),
            ("hun\u{1b}ter2\u{1b}[m", "hunter2"),
        ] {
            let (without, with) = (without_colours(text).unwrap(), text.replace(ESCAPE, ""));
            assert_eq!(without.as_str(), format!("{expected}\n{with}"), "{text:?}");
        }
        for text in [
            "\u{1b}]0;hunter2\u{7}",
            "\u{1b}]0;hunter2\u{1b}\\",
            "\u{1b}]8;;https://a.example/hunter2",
            "\u{1b}[hunter2",
        ] {
            assert!(without_colours(text).unwrap().contains("hunter2"), "{text:?}");
        }
        assert!(without_colours("hun\u{1b}ter2").is_none() && without_colours("hunter2").is_none());
    }
}
