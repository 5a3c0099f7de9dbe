//! Lays out the text of a mail.

use crate::answers::Page;

/// The width of lines: mail programs break longer lines anywhere.
const WIDTH: u16 = 76;

/// The most items, dates or lines in a section.
pub(super) const MOST: usize = 30;

pub(super) struct Letter {
    pub(super) page: Page,
    text: String,
}

impl Letter {
    /// Begins a mail with this line. Its width does not depend on the terminal.
    pub(super) fn new(first: &str, page: &Page) -> Self {
        let page = Page { width: Some(WIDTH), color: false, ..*page };
        Self { page, text: format!("{first}\n") }
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.text.push('\n');
        self.line("", text);
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.text.push_str(&format!("\n{heading}\n{}\n", "-".repeat(heading.chars().count())));
    }

    /// Adds a paragraph after a mark; further lines begin below its text.
    pub(super) fn line(&mut self, mark: &str, text: &str) {
        self.text.push_str(&self.page.hang(mark, text));
    }

    /// Adds lines below a heading; nothing where there are no lines.
    pub(super) fn section(&mut self, heading: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.heading(heading);
            lines.iter().for_each(|line| self.line("- ", line));
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}
