//! The words of a line of bash. Readline divides a line at other places than the shell itself, such as `=`; so the script gives the
//! line as it is typed.

use std::ffi::OsString;
use std::mem::take;

use super::line::TypedLine;

/// The line with the cursor between `before` and `after`; `typed` is what readline replaces of the word at the cursor.
pub(super) fn line(before: &str, typed: &str, after: &str) -> TypedLine {
    let Words { mut words, word, quote, is_redirection } = Words::of(before, None);
    if words.is_empty() {
        words.push(OsString::from("seatline"));
    }
    let typed = Words::of(typed, quote).word;
    let kept = word.strip_suffix(&typed).unwrap_or_default().to_owned();
    // What follows the cursor without a blank is of the same word.
    let rest = after.find(char::is_whitespace).and_then(|at| after.get(at..)).unwrap_or_default();
    let mut rest = Words::of(rest, None);
    rest.words.push(rest.word.into());
    TypedLine { before: words, word, after: rest.words, kept, is_redirection }
}

/// The words of a text, without their quotes and backslashes. Nothing is expanded.
struct Words {
    words: Vec<OsString>,
    /// The last word, to which the next letter would belong.
    word: String,
    /// The quote that is open.
    quote: Option<char>,
    /// Whether the last word is the file of `<` or `>`.
    is_redirection: bool,
}

impl Words {
    fn of(text: &str, quote: Option<char>) -> Self {
        let mut found = Self { words: Vec::new(), word: String::new(), quote, is_redirection: false };
        let mut is_begun = false;
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            match (found.quote, char) {
                (Some(open), char) if char == open => found.quote = None,
                (Some('\''), char) => found.word.push(char),
                (Some(_), '\\') if !chars.peek().is_some_and(|next| "$`\"\\".contains(*next)) => found.word.push('\\'),
                (_, '\\') => found.word.extend(chars.next()),
                (Some(_), char) => found.word.push(char),
                (None, '\'' | '"') => found.quote = Some(char),
                (None, '<' | '>') => {
                    // 2> and &> have their number or sign before them.
                    let is_descriptor = found.word == "&" || found.word.chars().all(|char| char.is_ascii_digit());
                    found.end(is_begun && !is_descriptor);
                    found.is_redirection = true;
                    is_begun = false;
                    continue;
                }
                (None, char) if char.is_whitespace() => {
                    if is_begun {
                        found.end(true);
                    }
                    is_begun = false;
                    continue;
                }
                (None, char) => found.word.push(char),
            }
            is_begun = true;
        }
        found
    }

    /// Ends the last word, which the program sees unless it is a redirection.
    fn end(&mut self, is_word: bool) {
        let word = take(&mut self.word);
        if is_word && !take(&mut self.is_redirection) {
            self.words.push(word.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> (Vec<String>, String, bool) {
        let Words { words, word, is_redirection, .. } = Words::of(text, None);
        (words.into_iter().map(|word| word.into_string().unwrap()).collect(), word, is_redirection)
    }

    #[test]
    fn words_are_those_that_bash_makes() {
        let (before, word, _) = words(r#"seatline report "my new.json" a\ b 'c"d' "e\"f\g" '' --id c"#);
        assert_eq!(before, ["seatline", "report", "my new.json", "a b", "c\"d", "e\"f\\g", "", "--id"]);
        assert_eq!(word, "c");
        assert_eq!(words("seatline report ").1, "");
        assert_eq!(words("seatline \"my n").1, "my n");
        assert_eq!(words("seatline $(touch x) `id`").0, ["seatline", "$(touch", "x)"]);
    }

    #[test]
    fn redirections_are_no_words() {
        assert_eq!(words("seatline a.json 2>errors > out.txt b").0, ["seatline", "a.json"]);
        assert_eq!(words("seatline a.json > out.txt b").1, "b");
        assert_eq!(
            words("seatline a.json >o"),
            (vec!["seatline".to_owned(), "a.json".to_owned()], "o".to_owned(), true)
        );
        assert!(!words("seatline a.json >o b").2);
    }

    #[test]
    fn readline_replaces_a_part_of_a_word() {
        let typed = |before: &str, typed: &str| {
            let line = line(before, typed, "");
            (line.word, line.kept)
        };
        assert_eq!(typed("seatline a.json --id=c", "c"), ("--id=c".to_owned(), "--id=".to_owned()));
        assert_eq!(typed("seatline a.json --id=", ""), ("--id=".to_owned(), "--id=".to_owned()));
        assert_eq!(typed("seatline a.json --id=\"c", "c"), ("--id=c".to_owned(), "--id=".to_owned()));
        assert_eq!(typed(r"seatline a.json --id=c\ d", r"c\ d"), ("--id=c d".to_owned(), "--id=".to_owned()));
    }

    #[test]
    fn words_after_the_cursor_are_known() {
        assert_eq!(line("seatline why vi", "vi", "ew a.json x").after, ["a.json", "x"]);
        assert_eq!(line("seatline why ", "", " 'a b.json'").after, ["a b.json"]);
    }
}
