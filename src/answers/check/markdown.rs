//! For a pull request or the summary of a job.

use std::fmt::Write;

use crate::answers::check::lines::summary;
use crate::answers::phrase::Numbers;
use crate::answers::{CheckReport, CheckedFinding, Page};
use crate::layout::{Cell, Grid};
use crate::text::{code, escape_markdown};

/// One table a file, the accepted findings after the open ones.
#[must_use]
pub fn check_markdown(report: &CheckReport, page: &Page) -> String {
    let mut text = escape_markdown(&format!("{}; as of {}", summary(report), page.as_of_phrase()));
    text.push('\n');
    let numbers = Numbers::of(report.licenses.iter().map(|license| license.source.as_str()));
    for license in &report.licenses {
        let number = numbers.of_document(&license.source, license.document);
        section(&mut text, &(code(&license.source) + &number), &license.findings);
        for note in &license.notes {
            let _ = writeln!(text, "\n{}{number}: {}", code(&license.source), escape_markdown(note));
        }
    }
    if let Some(policy) = &report.policy {
        section(&mut text, &code(&policy.source), &policy.findings);
    }
    for failure in &report.failures {
        let _ = writeln!(text, "\n- **not read** {}: {}", code(&failure.source), escape_markdown(&failure.message));
    }
    text
}

fn section(text: &mut String, title: &str, findings: &[CheckedFinding]) {
    if findings.is_empty() {
        return;
    }
    let mut grid = Grid::new(&["severity", "rule", ">line", "finding"]);
    let (waived, open): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.waived.is_some());
    for CheckedFinding { finding, waived, .. } in open.into_iter().chain(waived) {
        let severity = if waived.is_some() { "waived".to_owned() } else { finding.severity.to_string() };
        let because = waived.as_ref().map(|waived| format!("(waived until {}: {})", waived.until, waived.reason));
        grid.row([
            Cell::new(severity),
            Cell::id(&finding.rule),
            Cell::new(finding.location.line.to_string()),
            Cell::lines(std::iter::once(finding.message.clone()).chain(because).collect()),
        ]);
    }
    let _ = write!(text, "\n## {title}\n\n{}", grid.to_markdown());
}
