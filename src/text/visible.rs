//! Text from a file, with characters made visible that would hide or reorder text or act on whatever shows it.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with every such character written as JSON escapes it, such as `\u001b`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    // Text of printable ASCII, the usual case, is checked byte by byte, many bytes at a time.
    let plain = text.bytes().fold(true, |plain, byte| plain & (0x20..0x7f).contains(&byte));
    if plain && !may_hold_command(text) || first_hidden(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let mut before = None;
    while let Some(HiddenCharacter { shown, character, after }) = next_hidden(rest, before) {
        visible.push_str(shown);
        push_escape(&mut visible, character);
        (rest, before) = (after, Some(character));
    }
    visible.push_str(rest);
    Cow::Owned(visible)
}

/// A hidden character, with the text before and after it.
pub(super) struct HiddenCharacter<'t> {
    pub(super) shown: &'t str,
    pub(super) character: char,
    pub(super) after: &'t str,
}

/// The first character of `text` that must be escaped. `before` is the character before the text.
pub(super) fn next_hidden(text: &str, mut before: Option<char>) -> Option<HiddenCharacter<'_>> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        let after = characters.as_str();
        if is_hidden(before, character, after) {
            return Some(HiddenCharacter { shown: text.get(..at).unwrap_or_default(), character, after });
        }
        before = Some(character);
    }
    None
}

fn first_hidden(text: &str) -> Option<HiddenCharacter<'_>> {
    next_hidden(text, None)
}

/// Appends the escape of a character, in UTF-16 code units as in JSON.
pub(super) fn push_escape(text: &mut String, character: char) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\u{unit:04x}");
    }
}

/// Whether the text has two neighbouring characters that begin a command for a build agent. It checks each byte once,
/// many at a time.
pub(super) fn may_hold_command(text: &str) -> bool {
    let pairs = text.bytes().zip(text.bytes().skip(1));
    pairs.fold(false, |found, (one, next)| found | (one == next && (one == b'#' || one == b':')))
}

/// The workflow commands of GitHub Actions. The runner runs `::error` at the beginning of a line, also after blanks,
/// and a table may break a line anywhere.
const COMMANDS: [&str; 16] = [
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "internal-set-repo-path",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
];

/// Whether a character must be escaped: controls, characters without width, characters that reorder others, and those
/// that begin a command for a build agent (`##vso[` in Azure Pipelines; `##[` there and in GitHub Actions anywhere in
/// a line; `::error` in GitHub Actions). Characters that join or vary letters stay beside letters that need them: in
/// Persian, in Indic scripts, in emoji.
fn is_hidden(before: Option<char>, character: char, after: &str) -> bool {
    let begins = |text: &str, word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match character {
        '#' if before == Some('#') => begins(after, "[") || begins(after, "vso["),
        ':' => after.strip_prefix(':').is_some_and(|after| COMMANDS.iter().any(|command| begins(after, command))),
        ' '..='~' => false,
        '\u{200C}' | '\u{200D}' => !(before.is_some_and(is_shown_beyond_ascii) && begins_beyond_ascii(after)),
        _ if is_variation_selector(character) => !before.is_some_and(is_shown_beyond_ascii),
        _ => never_shown(character),
    }
}

fn begins_beyond_ascii(text: &str) -> bool {
    text.chars().next().is_some_and(is_shown_beyond_ascii)
}

fn is_shown_beyond_ascii(character: char) -> bool {
    !character.is_ascii() && !matches!(character, '\u{200C}' | '\u{200D}') && !never_shown(character)
}

fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a character is never shown: the general categories Cc, Cf, Zl and Zp, the rest of
/// `Default_Ignorable_Code_Point`, and characters that XML cannot hold.
fn never_shown(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{0600}'..='\u{0605}' | '\u{061C}' | '\u{06DD}' | '\u{070F}'
            | '\u{0890}'..='\u{0891}' | '\u{08E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180E}'
            | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}'..='\u{FFFF}'
            | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible() {
        assert_eq!(visible("a\u{1b}[31m\n\u{9b}\u{7f}\u{202e}é"), "a\\u001b[31m\\u000a\\u009b\\u007f\\u202eé");
        assert!(matches!(visible("Creator"), Cow::Borrowed(_)));
        assert!(matches!(visible("Büro 🌍"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_command_to_a_build_agent_stays_one() {
        for (text, shown) in [
            ("##vso[task.setvariable]", "#\\u0023vso[task.setvariable]"),
            ("###VSO[x]", "##\\u0023VSO[x]"),
            ("a ##[add-mask]b", "a #\\u0023[add-mask]b"),
            ("::add-mask::a", "\\u003a:add-mask::a"),
            (":::Error file=x::a", ":\\u003a:Error file=x::a"),
        ] {
            assert_eq!(visible(text), shown);
        }
        for text in ["## heading", "#[x]", "std::string", "2001:db8::1", "a:error"] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_has_no_width_becomes_visible() {
        for (text, shown) in [
            ("creator\u{200b}UT", "creator\\u200bUT"),
            ("creatorUT\u{2060}", "creatorUT\\u2060"),
            ("cre\u{ad}atorUT", "cre\\u00adatorUT"),
            ("creatorUT\u{e0041}", "creatorUT\\udb40\\udc41"),
            ("creatorUT\u{fe0f}", "creatorUT\\ufe0f"),
            ("creatorUT\u{206a}", "creatorUT\\u206a"),
            ("\u{3164}", "\\u3164"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn every_control_and_format_character_of_unicode_becomes_visible() {
        use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
        use unicode_general_category::{GeneralCategory, get_general_category};
        for character in char::MIN..=char::MAX {
            let category = get_general_category(character);
            let hides = matches!(category, Control | Format | LineSeparator | ParagraphSeparator);
            let text = format!("x{character}y");
            assert!(!hides || visible(&text) != text, "{character:?} is {category:?}");
            assert!(!character.is_alphanumeric() || hides || visible(&text) == text || character.len_utf8() > 2);
        }
    }

    #[test]
    fn joiners_stay_between_letters_they_join() {
        for text in ["می\u{200c}خواهم", "क\u{94d}\u{200d}ष", "👩\u{200d}💻", "❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}"]
        {
            assert_eq!(visible(text), text);
        }
        for (text, shown) in [
            ("a\u{200d}b", "a\\u200db"),
            ("é\u{200d}", "é\\u200d"),
            ("\u{200c}é", "\\u200cé"),
            ("é\u{200d}\u{200d}é", "é\\u200d\\u200dé"),
            ("é\u{200b}\u{200d}é", "é\\u200b\\u200dé"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
