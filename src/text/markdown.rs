//! Text for Markdown in which nothing is markup, a link or a mention, and which can be copied as the original text.
//!
//! Names, ids and paths are code. In words of ours, each word that could be more than a word is code.

mod span;
mod word;

#[cfg(test)]
mod tests;

use super::phrase::Phrase;
use super::visible;
use span::{Within, code_within};
use word::{CLOSING, is_only_a_word, without_punctuation};

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
