//! Annotations of GitHub Actions, and the summary of a job.

use std::fmt::Write;

use crate::answers::check::blocks::blocks;
use crate::answers::check::lines::summary;
use crate::answers::check::value::with_source;
use crate::answers::{CheckReport, FindingReport, Page, check_markdown};
use crate::layout::github::{MOST_ANNOTATIONS, annotation};
use crate::severity::Severity;
use crate::text::visible;

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
            let numbers = [("line", failure.line), ("col", failure.column)];
            let properties = numbers.into_iter().filter_map(|(name, number)| Some((name, number?.to_string())));
            let position = numbers.map(|(_, number)| number);
            let message = with_source(&failure.source, &failure.file, &failure.message);
            let (place, message) = placed(report, &failure.file, position, properties.collect(), &message);
            (annotation("error", &place, "not read", &message), 0)
        })
        .collect();
    let parts = report.parts().flat_map(|part| blocks(part.findings).into_iter().map(move |block| (part, block)));
    let mut open: Vec<_> = parts.collect();
    // The sort is stable: blocks of equal severity stay in the order of the document.
    open.sort_by_key(|(_, block)| std::cmp::Reverse(block.severity));
    annotations.extend(open.iter().filter_map(|(part, block)| {
        let command = match block.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let first = block.first()?;
        let position = [Some(first.location.line), Some(first.location.column)];
        let (place, message) =
            placed(report, part.file, position, numbers(first), &part.with_source(&block.lines().join("\n")));
        Some((annotation(command, &place, &first.rule, &message), block.findings.len()))
    }));
    let left_out: Vec<_> = annotations.iter().skip(MOST_ANNOTATIONS).collect();
    let (failures, findings) = (
        left_out.iter().filter(|(_, count)| *count == 0).count(),
        left_out.iter().map(|(_, count)| count).sum::<usize>(),
    );
    let mut text: String =
        annotations.iter().take(MOST_ANNOTATIONS).map(|(annotation, _)| annotation.as_str()).collect();
    if findings + failures > 0 {
        let _ = write!(text, "{} more not annotated; ", findings + failures);
    }
    let _ = writeln!(text, "{}", visible(&summary(report)));
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

fn numbers(finding: &FindingReport) -> Vec<(&'static str, String)> {
    let location = &finding.location;
    let mut numbers = vec![("line", location.line.to_string()), ("endLine", location.end_line.to_string())];
    // GitHub takes columns only for a finding within one line.
    if location.line == location.end_line {
        numbers.push(("col", location.column.to_string()));
        numbers.push(("endColumn", location.end_column.to_string()));
    }
    numbers
}

/// The place and the message of an annotation. GitHub has no file for standard input, so there the message holds the place.
fn placed(
    report: &CheckReport,
    file: &str,
    position: [Option<usize>; 2],
    mut properties: Vec<(&'static str, String)>,
    message: &str,
) -> (Vec<(&'static str, String)>, String) {
    let Some(path) = report.artifact(file) else {
        let position: String = position.into_iter().flatten().map(|number| format!(":{number}")).collect();
        return (Vec::new(), format!("{file}{position}: {message}"));
    };
    properties.insert(0, ("file", path));
    (properties, message.to_owned())
}
