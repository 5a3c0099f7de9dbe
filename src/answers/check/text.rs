//! `check` for people at a terminal.

use std::fmt::Write;

use crate::answers::check::blocks::{Block, blocks};
use crate::answers::check::lines::summary;
use crate::answers::check::value::FindingPart;
use crate::answers::{CheckReport, FindingReport, Page};
use crate::layout::{Grid, Tone, caret};
use crate::severity::Severity;
use crate::text::visible;

/// For each cause: file, line and column, rule, message, the entry with a caret, and advice. The counts of all findings
/// follow.
#[must_use]
pub fn check_text(report: &CheckReport, page: &Page) -> String {
    let mut text = String::new();
    for part in report.parts() {
        for block in blocks(part.findings) {
            let Some(first) = block.first() else { continue };
            match block.findings.len() {
                1 => one(&mut text, part, first, block.advice, page),
                _ => several(&mut text, part, first, &block, page),
            }
            text.push('\n');
        }
    }
    for license in &report.licenses {
        for note in &license.notes {
            text.push_str(&page.hang("", &format!("{}: {}", visible(&license.origin.source), visible(note))));
        }
    }
    text.push_str(&page.hang("", &format!("{}; as of {}", visible(&summary(report)), page.as_of_phrase())));
    text
}

fn one(text: &mut String, part: FindingPart<'_>, finding: &FindingReport, advice: &str, page: &Page) {
    head(text, part.file, finding, &part.with_source(&finding.message), page);
    if !finding.excerpt.text.is_empty() {
        text.push_str(&caret(&finding.excerpt, finding.location.line, page.width, page.color));
        text.push_str(&page.hang("  = help: ", advice));
    }
}

/// A block of several findings: the place of each, followed by its id, or by its message where the messages differ.
fn several(text: &mut String, part: FindingPart<'_>, first: &FindingReport, block: &Block<'_>, page: &Page) {
    let words = block.by_words();
    let is_same = words.len() == 1;
    let message = match (words.as_slice(), first.at) {
        ([only], _) => only.phrase(),
        (_, Some(at)) => format!("{} items, {}", block.findings.len(), page.zone.show(at)).into(),
        (_, None) => format!("{} items", block.findings.len()).into(),
    };
    head(text, part.file, first, &part.with_source(&message), page);
    let place = |finding: &FindingReport| format!("{}:{}", finding.location.line, finding.location.column);
    let width = block.findings.iter().map(|finding| place(finding).len()).max().unwrap_or(0);
    for finding in &block.findings {
        let what = finding.id.as_deref().filter(|_| is_same).unwrap_or(&finding.message);
        text.push_str(&page.hang(&format!("    {:<width$}  ", place(finding)), what));
    }
    text.push_str(&page.hang("  = help: ", block.advice));
}

/// `FILE:LINE:COLUMN: error[rule]: MESSAGE`, broken into several lines where the page is too narrow.
fn head(text: &mut String, file: &str, finding: &FindingReport, message: &str, page: &Page) {
    let (line, column) = (finding.location.line, finding.location.column);
    let place = format!("{}:{line}:{column}:", visible(file));
    let (severity, rule, message) = (finding.severity, &finding.rule, visible(message));
    let painted = paint(severity, page.color);
    let has_room = |text: String| Grid::line(text, Tone::Plain).fits(page.width);
    if has_room(format!("{place} {severity}[{rule}]: {message}")) {
        let _ = writeln!(text, "{place} {painted}[{rule}]: {message}");
    } else if has_room(format!("{place} {severity}[{rule}]:")) {
        let _ = writeln!(text, "{place} {painted}[{rule}]:");
        text.push_str(&page.hang("  ", &message));
    } else {
        text.push_str(&page.hang("", &place));
        if has_room(format!("{severity}[{rule}]:")) {
            let _ = writeln!(text, "{painted}[{rule}]:");
        } else {
            text.push_str(&page.hang("", &format!("{severity}[{rule}]:")));
        }
        text.push_str(&page.hang("  ", &message));
    }
}

/// The name of the severity, in its colour.
fn paint(severity: Severity, color: bool) -> String {
    if !color {
        return severity.to_string();
    }
    let tone = match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Doubt,
        Severity::Info => Tone::Note,
    };
    let style = tone.label();
    format!("{style}{severity}{style:#}")
}
