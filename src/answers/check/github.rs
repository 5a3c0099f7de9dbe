//! Workflow commands of GitHub Actions, which become annotations, and the summary of a job.

use std::fmt::Write;

use crate::answers::check::blocks::blocks;
use crate::answers::check::lines::summary;
use crate::answers::{CheckReport, FindingReport, Page, check_markdown};
use crate::severity::Severity;
use crate::text::visible;

/// GitHub shows no more than ten errors, ten warnings and ten notices of a step.
const MOST: usize = 10;

/// GitHub takes a summary of up to 1 MiB.
const LONGEST_SUMMARY: usize = 1_000_000;

/// The worst ten causes as annotations, then how many findings there are in all. Inputs that could not be read come first.
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
    // Sorting keeps the order of equal ones.
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

/// What is appended to the summary of a job: it begins with a blank line, whatever stands before. Where it is too long for
/// GitHub, the counts alone.
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
    // GitHub takes columns only within one line.
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

/// As the runner's own toolkit escapes them.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
