//! Workflow commands of GitHub Actions, which become annotations.

use std::fmt::Write;

use crate::answers::check::lines::summary;
use crate::answers::{CheckReport, FindingReport};
use crate::severity::Severity;
use crate::text::visible;

/// GitHub shows no more than ten annotations of a step.
const MOST: usize = 10;

/// The worst ten findings as annotations, then how many there are in all. Inputs that could not be read come first.
#[must_use]
pub fn check_github(report: &CheckReport) -> String {
    let mut annotations: Vec<_> = report
        .failures
        .iter()
        .map(|failure| {
            let mut place = vec![("file", failure.file.clone())];
            place.extend(failure.line.map(|line| ("line", line.to_string())));
            place.extend(failure.column.map(|column| ("col", column.to_string())));
            annotation("error", &place, "not read", &failure.message)
        })
        .collect();
    let mut open: Vec<_> = report.findings().filter(|(_, finding)| finding.waived.is_none()).collect();
    // Sorting keeps the order of equal ones.
    open.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.finding.severity));
    annotations.extend(open.into_iter().map(|(source, finding)| {
        let command = match finding.finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        annotation(command, &place(source, &finding.finding), &finding.finding.rule, &finding.finding.message)
    }));
    let more = annotations.len().saturating_sub(MOST);
    annotations.truncate(MOST);
    let mut text = annotations.concat();
    if more > 0 {
        let _ = write!(text, "{more} more not annotated; ");
    }
    let _ = writeln!(text, "{}", summary(report));
    text
}

fn place(source: &str, finding: &FindingReport) -> Vec<(&'static str, String)> {
    let location = &finding.location;
    let mut place = vec![
        ("file", source.to_owned()),
        ("line", location.line.to_string()),
        ("endLine", location.end_line.to_string()),
    ];
    // GitHub takes columns only within one line.
    if location.line == location.end_line {
        place.push(("col", location.column.to_string()));
        place.push(("endColumn", location.end_column.to_string()));
    }
    place
}

fn annotation(command: &str, place: &[(&str, String)], title: &str, message: &str) -> String {
    let properties: Vec<_> = place.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{command} {},title={}::{}\n", properties.join(","), property(title), data(message))
}

/// As the runner's own toolkit escapes them.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
