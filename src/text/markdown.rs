//! Text for Markdown in which nothing is markup, a link or a mention, and which can be copied as the original text.
//!
//! Names, ids and paths are code. In words of ours, each word that could be more than a word is code.

use super::phrase::Phrase;
use super::visible;

/// The place of a text in Markdown: within a cell of a table a bar must be escaped, as it would end the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Paragraph,
    Cell,
}

/// A name as code, for a paragraph, a heading or a list.
#[must_use]
pub(crate) fn code(text: &str) -> String {
    code_within(&visible(text), Within::Paragraph)
}

/// Words for a paragraph or a list.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    Phrase::from(text).markdown()
}

impl Phrase {
    /// For a paragraph, a heading or a list: each name is code.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.prose(Within::Paragraph)
    }

    /// For a cell of a table.
    #[must_use]
    pub(crate) fn markdown_cell(&self) -> String {
        self.prose(Within::Cell)
    }

    fn prose(&self, within: Within) -> String {
        let mut prose = Prose { within, text: String::with_capacity(self.len() + 8), code: String::new() };
        let mut parts = self.parts().peekable();
        while let Some((is_name, part)) = parts.next() {
            let part = visible(part);
            if is_name {
                prose.code.push_str(&part);
            } else {
                prose.words(&part, parts.peek().is_none());
            }
        }
        prose.finish()
    }
}

fn code_within(text: &str, within: Within) -> String {
    if within == Within::Paragraph || !text.contains('|') {
        return span(text);
    }
    // In a table `\|` is a bar, also within code, and `\\|` ends the cell. With an odd number of backslashes before a
    // bar, the last backslash therefore stands outside of the code.
    let mut cell = String::with_capacity(text.len() + 8);
    let mut part = String::new();
    let mut odd = false;
    for character in text.chars() {
        if character == '|' {
            if odd {
                part.pop();
                cell.push_str(&span(&part));
                cell.push_str("\\\\");
                part.clear();
            }
            part.push('\\');
        }
        part.push(character);
        odd = character == '\\' && !odd;
    }
    cell + &span(&part)
}

/// A text as code, between a number of backticks that occurs nowhere in it.
fn span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut runs: Vec<usize> = text.split(|character| character != '`').map(str::len).collect();
    runs.sort_unstable();
    let fence = "`".repeat(runs.into_iter().fold(1, |free, run| if run == free { free + 1 } else { free }));
    let blank = |character: char| character == ' ';
    let stripped = text.starts_with(blank) && text.ends_with(blank) && !text.chars().all(blank);
    let pad = if stripped || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A sentence that is being written. Neighbouring pieces of code share one span: the backticks of two spans would run
/// together.
struct Prose {
    within: Within,
    text: String,
    code: String,
}

impl Prose {
    /// Adds words of a sentence, up to a name or to its end.
    fn words(&mut self, text: &str, is_last: bool) {
        let mut rest = text;
        while !rest.is_empty() {
            let first = self.text.is_empty() && self.code.is_empty();
            let (blanks, after) = rest.split_at(rest.len() - rest.trim_start_matches(' ').len());
            if blanks == " " && !first && !(is_last && after.is_empty()) {
                self.plain(" ");
                rest = after;
                continue;
            }
            // A command of ours, as in: see `seatline why`.
            if let Some((command, after)) = rest.strip_prefix('`').and_then(|rest| rest.split_once('`'))
                && after.split(' ').next().is_some_and(|after| after.chars().all(|one| CLOSING.contains(&one)))
            {
                self.code.push_str(command);
                rest = after;
                continue;
            }
            let (word, after) = after.split_at(after.find(' ').unwrap_or(after.len()));
            let (opening, core, closing) = without_punctuation(word);
            if !blanks.is_empty() {
                // Blanks that a reader would not show, or takes for a block of code.
                self.code.extend([blanks, opening, core]);
                self.plain(closing);
            } else if first && closing.starts_with(['.', ')']) && core.bytes().all(|byte| byte.is_ascii_digit()) {
                // The number of a list, unless what follows it is escaped.
                self.plain(core);
                self.plain("\\");
                self.plain(closing);
            } else if is_only_a_word(core) {
                self.plain(word);
            } else {
                self.plain(opening);
                self.code.push_str(core);
                self.plain(closing);
            }
            rest = after;
        }
    }

    fn plain(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.push_str(&code_within(&std::mem::take(&mut self.code), self.within));
            self.text.push_str(text);
        }
    }

    fn finish(self) -> String {
        self.text + &code_within(&self.code, self.within)
    }
}

const CLOSING: [char; 9] = ['.', ',', ';', ':', '!', '?', ')', '"', '\''];

/// The punctuation before a word, the word, and the punctuation after it.
fn without_punctuation(word: &str) -> (&str, &str, &str) {
    let core = word.trim_start_matches(['(', '"', '\'']);
    let (opening, core) = word.split_at(word.len() - core.len());
    let end = core.trim_end_matches(CLOSING).len();
    let (core, closing) = core.split_at(end);
    (opening, core, closing)
}

/// Whether this is a word of letters, a number, a date or a time: none of these is a link, mention, emoji, HTML,
/// emphasis or commit.
fn is_only_a_word(core: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphabetic() || !character.is_ascii();
    let word = core.split(['-', '\'']).all(|part| !part.is_empty() && part.chars().all(letter));
    let core =
        core.strip_prefix('-').filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit())).unwrap_or(core);
    // `:100:` is an emoji; the minutes of a time have no colon after them.
    let two = |part: &str| part.len() == 2;
    let time = core.matches(':').count() < 2 || (core.matches(':').count() == 2 && core.split(':').all(two));
    let number = core.starts_with(|first: char| first.is_ascii_digit())
        && core.bytes().all(|byte| byte.is_ascii_digit() || b".:-,%".contains(&byte))
        && time;
    let commit = core.len() >= 7 && core.bytes().all(|byte| byte.is_ascii_hexdigit());
    core.is_empty() || core == "%" || ((word || number) && !commit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use comrak::nodes::NodeValue;
    use comrak::{Arena, Options, parse_document};
    use proptest::prelude::*;

    #[test]
    fn names_are_code() {
        for (name, paragraph, cell) in [
            ("creatorUT", "`creatorUT`", "`creatorUT`"),
            ("1. item", "`1. item`", "`1. item`"),
            ("    code", "`    code`", "`    code`"),
            (" a ", "`  a  `", "`  a  `"),
            ("a`b", "``a`b``", "``a`b``"),
            ("`a", "`` `a ``", "`` `a ``"),
            ("a|b", "`a|b`", "`a\\|b`"),
            ("a\\|b", "`a\\|b`", "`a`\\\\`\\|b`"),
            ("a\\\\|b", "`a\\\\|b`", "`a\\\\\\|b`"),
            ("", "", ""),
        ] {
            let in_cell = super::super::name(name).markdown_cell();
            assert_eq!((code(name).as_str(), in_cell.as_str()), (paragraph, cell), "{name}");
        }
    }

    #[test]
    fn in_a_sentence_only_what_could_be_more_than_a_word_is_code() {
        for (text, prose) in [
            ("fits until 2026-12-31 12:00, 3 user types (85%).", "fits until 2026-12-31 12:00, 3 user types (85%)."),
            ("see HTTPS://x or Www.y.", "see `HTTPS://x` or `Www.y`."),
            ("by @me, <i> *z* [x](y)", "by `@me`, `<i>` `*z*` `[x](y`)"),
            ("1. item", "1\\. item"),
            ("a fall of -5 at 12:00:01", "a fall of -5 at 12:00:01"),
            ("    code: gone", "`    code`: gone"),
            ("by (   x) y  ", "by (`   x`) y`  `"),
            ("@a  @b c", "`@a  @b` c"),
            ("www.x.y|` ", "``www.x.y|` ``"),
            ("- item #1 :smile: a5c3785", "`-` item `#1` `:smile`: `a5c3785`"),
            ("the over-assigned user's: `seatline why` tells", "the over-assigned user's: `seatline why` tells"),
        ] {
            assert_eq!(escape_markdown(text), prose);
        }
    }

    #[test]
    fn names_in_sentences_are_code_by_their_place() {
        use crate::text::{name, phrase};
        for (said, markdown) in [
            (phrase![name("is"), " is full"], "`is` is full"),
            (phrase!["no seats of ", name("no seats"), ", and ", name("@me")], "no seats of `no seats`, and `@me`"),
            (phrase![name("1. item"), " and ", name("`")], "`1. item` and `` ` ``"),
            (phrase!["the role ", name("a"), " (", name("b: c"), ") of ", name("c")], "the role `a` (`b: c`) of `c`"),
            (phrase!["by ", name(" "), ": 3 seats"], "by ` `: 3 seats"),
        ] {
            assert_eq!(said.markdown(), markdown);
        }
    }

    /// The text that GitHub's Markdown shows, and all in it that is neither text nor code.
    fn read(markdown: &str) -> (String, Vec<String>) {
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        let arena = Arena::new();
        let (mut text, mut other) = (String::new(), Vec::new());
        for node in parse_document(&arena, markdown, &options).descendants() {
            match &node.data().value {
                NodeValue::Text(part) => text.push_str(part),
                NodeValue::Code(code) => text.push_str(&code.literal),
                NodeValue::Document | NodeValue::Paragraph | NodeValue::Table(_) => {}
                NodeValue::TableRow(_) | NodeValue::TableCell => {}
                value => other.push(format!("{value:?}")),
            }
        }
        (text, other)
    }

    fn in_table(cell: &str) -> String {
        format!("| a | b |\n| --- | --- |\n| {cell} | z |\n")
    }

    fn any_text() -> impl Strategy<Value = String> {
        let parts = prop::sample::select(vec![
            "a",
            "B",
            "é",
            " ",
            "  ",
            "|",
            "\\",
            "`",
            "``",
            "*",
            "_",
            "[",
            "](",
            ")",
            "<",
            ">",
            "&lt;",
            "@x",
            "www.x.y",
            "https://x.y",
            "x@y.z",
            "1.",
            "-",
            "#",
            "~~",
            "$",
            "!",
            ":",
            "=",
            "\u{200d}",
            "\t",
            "\n",
        ]);
        prop::collection::vec(parts, 0..12).prop_map(|parts| parts.concat())
    }

    fn any_name() -> impl Strategy<Value = String> {
        any_text().prop_filter("a name is not empty", |text| !text.is_empty())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn a_reader_shows_a_name_as_it_is(text in any_text()) {
            let shown = visible(&text).into_owned();
            prop_assert_eq!(read(&code(&text)), (shown.clone(), Vec::new()));
            let in_cell = super::super::name(&text).markdown_cell();
            prop_assert_eq!(read(&in_table(&in_cell)), (format!("ab{shown}z"), Vec::new()));
        }

        #[test]
        fn a_reader_shows_the_names_of_a_sentence_as_they_are(names in prop::collection::vec(any_name(), 1..4)) {
            let phrase = Phrase::join(names.iter().map(|text| super::super::name(text)), " or ");
            let shown = names.iter().map(|text| visible(text).into_owned()).collect::<Vec<_>>().join(" or ");
            let (read_text, other) = read(&format!("Says {} or", phrase.markdown()));
            prop_assert_eq!((read_text, other), (format!("Says {shown} or"), Vec::new()));
            let (read_text, other) = read(&in_table(&format!("{} or", phrase.markdown_cell())));
            prop_assert_eq!((read_text, other), (format!("ab{shown} orz"), Vec::new()));
        }

        #[test]
        fn a_reader_shows_a_sentence_as_it_is(text in any_text()) {
            let words = |text: &str| text.replace(['`', ' '], "");
            let shown = words(&visible(&text));
            let (read_text, other) = read(&format!("Says {}", escape_markdown(&text)));
            prop_assert_eq!((words(&read_text), other), (format!("Says{shown}"), Vec::new()));
            let (read_text, other) = read(&in_table(&Phrase::from(&text).markdown_cell()));
            prop_assert_eq!((words(&read_text), other), (format!("ab{shown}z"), Vec::new()));
        }
    }
}
