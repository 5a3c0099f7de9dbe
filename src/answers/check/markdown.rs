//! `check` as Markdown, for a pull request or the summary of a job.

use std::fmt::Write;

use crate::answers::check::blocks::{SameWords, blocks};
use crate::answers::check::lines::summary;
use crate::answers::phrase::Numbers;
use crate::answers::{CheckReport, CheckedFinding, Page};
use crate::layout::{Cell, Grid};
use crate::text::{Phrase, code, escape_markdown, phrase};

/// One table for each file: a row for each cause, the worst first, and the accepted findings after them.
#[must_use]
pub fn check_markdown(report: &CheckReport, page: &Page) -> String {
    let mut text = phrase![summary(report), "; as of ", page.as_of_phrase()].markdown();
    text.push('\n');
    let numbers = Numbers::of(report.licenses.iter().map(|license| license.origin.source.as_str()));
    for license in &report.licenses {
        let number = numbers.of_document(&license.origin.source, license.origin.document);
        section(&mut text, &(code(&license.origin.source) + &number), &license.findings);
        for note in &license.notes {
            let _ = writeln!(text, "\n{}{number}: {}", code(&license.origin.source), escape_markdown(note));
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
    let mut blocks = blocks(findings);
    // The sort is stable: blocks of equal severity stay in the order of the document.
    blocks.sort_by_key(|block| std::cmp::Reverse(block.severity));
    for block in &blocks {
        let Some(first) = block.first() else { continue };
        let lines: Vec<_> = block.findings.iter().map(|finding| finding.location.line.to_string()).collect();
        let message = block.by_words().iter().flat_map(SameWords::named).collect();
        row(&mut grid, &block.severity.to_string(), &first.rule, &lines, message);
    }
    for CheckedFinding { finding, waived, .. } in findings {
        let Some(waived) = waived else { continue };
        let because = format!("(waived until {}: {})", waived.until, waived.reason);
        let message = vec![finding.message.clone(), because.into()];
        row(&mut grid, "waived", &finding.rule, &[finding.location.line.to_string()], message);
    }
    let _ = write!(text, "\n## {title}\n\n{}", grid.to_markdown());
}

fn row(grid: &mut Grid, severity: &str, rule: &str, lines: &[String], message: Vec<Phrase>) {
    const MOST: usize = 5;
    let more = if lines.len() > MOST { " …" } else { "" };
    let lines = lines.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ") + more;
    grid.row([Cell::new(severity), Cell::id(rule), Cell::new(lines), Cell::lines(message)]);
}
