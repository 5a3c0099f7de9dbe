//! Text from a file, made harmless for the place it is shown in.

use std::borrow::Cow;
use std::fmt::Write;

/// Characters that change what others look like, or do something: C0, DEL, C1, bidi controls, and the line separators
/// that some programs break lines at.
pub(super) fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text with every control character as `\u001b`, as JSON writes it.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_control(character) {
            // Writing to a string cannot fail.
            let _ = write!(visible, "\\u{:04x}", u32::from(character));
        } else {
            visible.push(character);
        }
    }
    Cow::Owned(visible)
}

/// The text for a place in a Markdown paragraph or table cell, where nothing of it is markup.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in visible(text).chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // An at sign would call someone on code hosts, whatever stands before it.
            '@' => escaped.push_str("@\u{2060}"),
            // Nor may a name be a link.
            ':' | '.' if escaped.ends_with("http") || escaped.ends_with("https") || escaped.ends_with("www") => {
                escaped.push('\u{2060}');
                escaped.push(character);
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '!' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The text as code in Markdown; as escaped text where a fence of backticks could not hold it in every place.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() || text.contains(['`', '|', '\\']) {
        escape_markdown(text)
    } else {
        format!("`{}`", visible(text))
    }
}

/// The text for a cell of a spreadsheet, where nothing of it is a formula.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    let visible = visible(text);
    if visible.starts_with(['=', '+', '-', '@']) { Cow::Owned(format!("'{visible}")) } else { visible }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible() {
        assert_eq!(visible("a\u{1b}[31m\n\u{9b}\u{7f}\u{202e}é"), "a\\u001b[31m\\u000a\\u009b\\u007f\\u202eé");
        assert!(matches!(visible("Creator é 🌍"), Cow::Borrowed(_)));
    }

    #[test]
    fn formulas_become_text() {
        assert_eq!(inert("=1+1"), "'=1+1");
        assert_eq!(inert("\t=1"), "\\u0009=1");
        assert_eq!(inert("a=1"), "a=1");
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escape_markdown("a|b <i> [x](y) *z* @me"), "a\\|b &lt;i&gt; \\[x\\](y) \\*z\\* @\u{2060}me");
        assert_eq!(escape_markdown("see https://x www.y"), "see https\u{2060}://x www\u{2060}.y");
    }
}
