//! Workflow commands of GitHub Actions, which become annotations, and the summary of a job.

use std::fmt::Write;

use crate::answers::check::blocks::blocks;
use crate::answers::check::lines::summary;
use crate::answers::{CheckReport, FindingReport, Page, check_markdown};
use crate::severity::Severity;
use crate::text::visible;

/// GitHub shows no more than ten errors, ten warnings and ten notices of a step.
const MOST: usize = 10;

/// GitHub refuses summaries longer than 1 MiB.
const LONGEST_SUMMARY: usize = 1_000_000;

/// The ten worst causes as annotations, inputs that could not be read before all others, then the counts of all
/// findings.
#[must_use]
pub fn check_github(report: &CheckReport) -> String {
    let mut annotations: Vec<_> = report
        .failures
        .iter()
        .map(|failure| {
            let mut place = vec![("file", report.artifact(&failure.file))];
            place.extend(failure.line.map(|line| ("line", line.to_string())));
            place.extend(failure.column.map(|column| ("col", column.to_string())));
            (annotation("error", &place, "not read", &failure.message), 0)
        })
        .collect();
    let parts = report.parts().flat_map(|part| blocks(part.findings).into_iter().map(move |block| (part.file, block)));
    let mut open: Vec<_> = parts.collect();
    // The sort is stable: blocks of equal severity stay in the order of the document.
    open.sort_by_key(|(_, block)| std::cmp::Reverse(block.severity));
    annotations.extend(open.iter().filter_map(|(file, block)| {
        let command = match block.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let first = block.first()?;
        let place = place(report.artifact(file), first);
        Some((annotation(command, &place, &first.rule, &block.lines().join("\n")), block.findings.len()))
    }));
    let left_out: Vec<_> = annotations.iter().skip(MOST).collect();
    let (failures, findings) = (
        left_out.iter().filter(|(_, count)| *count == 0).count(),
        left_out.iter().map(|(_, count)| count).sum::<usize>(),
    );
    let mut text: String = annotations.iter().take(MOST).map(|(annotation, _)| annotation.as_str()).collect();
    if findings + failures > 0 {
        let _ = write!(text, "{} more not annotated; ", findings + failures);
    }
    let _ = writeln!(text, "{}", summary(report));
    text
}

/// The summary of a job. It is appended to the file that GitHub names, so it begins with a blank line. If it is too
/// long for GitHub, it holds the counts alone.
#[must_use]
pub fn check_github_summary(report: &CheckReport, page: &Page) -> String {
    let mut text = check_markdown(report, page);
    if text.len() > LONGEST_SUMMARY {
        let counts = text.lines().next().unwrap_or_default();
        text = format!("{counts}\n\nThe table of the findings is too long for the summary of a job.");
    }
    format!("\n\n{}\n", text.trim_end())
}

fn place(file: String, finding: &FindingReport) -> Vec<(&'static str, String)> {
    let location = &finding.location;
    let mut place =
        vec![("file", file), ("line", location.line.to_string()), ("endLine", location.end_line.to_string())];
    // GitHub takes columns only for a finding within one line.
    if location.line == location.end_line {
        place.push(("col", location.column.to_string()));
        place.push(("endColumn", location.end_column.to_string()));
    }
    place
}

fn annotation(command: &str, place: &[(&str, String)], title: &str, message: &str) -> String {
    let properties: Vec<_> = place.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let lines: Vec<_> = message.split('\n').map(data).collect();
    format!("::{command} {},title={}::{}\n", properties.join(","), property(title), lines.join("%0A"))
}

/// Escapes a value as the runner's own toolkit does.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
