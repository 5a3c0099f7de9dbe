//! For people at a terminal.

use std::fmt::Write;

use crate::answers::check::blocks::{Block, blocks};
use crate::answers::check::lines::summary;
use crate::answers::{CheckReport, FindingReport, Page};
use crate::layout::caret;
use crate::severity::Severity;
use crate::text::visible;

/// File, line and column, rule, message, the entry with a caret, what to do; findings with one cause together; at the end how
/// many there are.
#[must_use]
pub fn check_text(report: &CheckReport, page: &Page) -> String {
    let mut text = String::new();
    for part in report.parts() {
        for block in blocks(part.findings) {
            let Some(first) = block.first() else { continue };
            match block.findings.len() {
                1 => one(&mut text, part.file, first, block.advice, page),
                _ => several(&mut text, part.file, first, &block, page),
            }
            text.push('\n');
        }
    }
    let _ = writeln!(text, "{}; as of {}", summary(report), page.as_of_phrase());
    text
}

fn one(text: &mut String, file: &str, finding: &FindingReport, advice: &str, page: &Page) {
    let _ = writeln!(text, "{}{}", head(file, finding, page), visible(&finding.message));
    if !finding.excerpt.text.is_empty() {
        text.push_str(&caret(&finding.excerpt, finding.location.line, page.width, page.color));
        let _ = writeln!(text, "  = help: {advice}");
    }
}

/// The place of each, and what it says where that is not the same of all.
fn several(text: &mut String, file: &str, first: &FindingReport, block: &Block<'_>, page: &Page) {
    let words = block.by_words();
    let is_same = words.len() == 1;
    let said = match (words.as_slice(), first.at) {
        ([only], _) => only.phrase(),
        (_, Some(at)) => format!("{} items, {}", block.findings.len(), page.zone.show(at)),
        (_, None) => format!("{} items", block.findings.len()),
    };
    let _ = writeln!(text, "{}{}", head(file, first, page), visible(&said));
    let place = |finding: &FindingReport| format!("{}:{}", finding.location.line, finding.location.column);
    let width = block.findings.iter().map(|finding| place(finding).len()).max().unwrap_or(0);
    for finding in &block.findings {
        let what = finding.id.as_deref().filter(|_| is_same).unwrap_or(&finding.message);
        let _ = writeln!(text, "    {:<width$}  {}", place(finding), visible(what));
    }
    let _ = writeln!(text, "  = help: {}", block.advice);
}

/// `FILE:LINE:COLUMN: error[rule]: `
fn head(file: &str, finding: &FindingReport, page: &Page) -> String {
    let (line, column) = (finding.location.line, finding.location.column);
    format!("{}:{line}:{column}: {}[{}]: ", visible(file), paint(finding.severity, page.color), finding.rule)
}

/// The word in its colour.
fn paint(severity: Severity, color: bool) -> String {
    if !color {
        return severity.to_string();
    }
    let number = match severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Info => 36,
    };
    format!("\u{1b}[1;{number}m{severity}\u{1b}[0m")
}
