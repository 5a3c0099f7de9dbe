//! Words of a command that a person types or pastes into a shell.

use crate::text::visible;

/// A word as a shell takes it: in quotes where it holds more than letters, digits and plain signs. Every shell knows
/// double quotes; they are used unless a character of the word has a meaning within them. On Windows the backslash of
/// a path has none, nor has an exclamation mark; single quotes there are those of PowerShell, since cmd.exe knows none.
#[must_use]
pub fn shell_word(word: &str) -> String {
    of_system(word, cfg!(windows))
}

fn of_system(word: &str, windows: bool) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "._-/:+,=@%".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    let word = visible(word);
    if word.contains(['"', '$', '`']) || (!windows && word.contains(['\\', '!'])) {
        format!("'{}'", word.replace('\'', if windows { "''" } else { r"'\''" }))
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::{of_system, shell_word};

    #[test]
    fn a_word_is_quoted_where_a_shell_would_read_more_or_less() {
        assert_eq!(shell_word("samples/new-11.4.json"), "samples/new-11.4.json");
        assert_eq!(shell_word("My Esri/new.json"), "\"My Esri/new.json\"");
        assert_eq!(shell_word(""), "\"\"");
        assert_eq!(of_system(r"prod\new.json", false), r"'prod\new.json'");
        assert_eq!(of_system("$HOME's", false), r"'$HOME'\''s'");
        assert_eq!(of_system("a$b's.json", true), "'a$b''s.json'");
        assert_eq!(of_system("new! a.json", true), "\"new! a.json\"");
        assert_eq!(of_system("new! a.json", false), "'new! a.json'");
        // cmd.exe knows no other quotes.
        assert_eq!(of_system(r"prod\new.json", true), r#""prod\new.json""#);
    }
}
