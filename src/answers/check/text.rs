//! For people at a terminal.

use std::fmt::Write;

use crate::answers::check::lines::summary;
use crate::answers::{CheckReport, CheckedFinding, Page};
use crate::layout::caret;
use crate::severity::Severity;
use crate::text::visible;

/// File, line and column, rule, message, the entry with a caret, what to do; at the end how many there are.
#[must_use]
pub fn check_text(report: &CheckReport, page: &Page) -> String {
    let mut text = String::new();
    for (source, finding) in report.findings().filter(|(_, finding)| finding.waived.is_none()) {
        text.push_str(&one(source, finding, page));
        text.push('\n');
    }
    for license in &report.licenses {
        for note in &license.notes {
            let _ = writeln!(text, "{}: {}", visible(&license.source), visible(note));
        }
    }
    let _ = writeln!(text, "{}; as of {}", summary(report), page.as_of_phrase());
    text
}

fn one(source: &str, finding: &CheckedFinding, page: &Page) -> String {
    let CheckedFinding { finding, advice, .. } = finding;
    let severity = paint(finding.severity, page.color);
    let (source, message) = (visible(source), visible(&finding.message));
    let (line, column) = (finding.location.line, finding.location.column);
    let mut text = format!("{source}:{line}:{column}: {severity}[{}]: {message}\n", finding.rule);
    if !finding.excerpt.text.is_empty() {
        text.push_str(&caret(&finding.excerpt, line, page.width, page.color));
        let _ = writeln!(text, "  = help: {advice}");
    }
    text
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
