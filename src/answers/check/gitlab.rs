//! GitLab's Code Quality report.

use std::collections::HashMap;

use serde::Serialize;

use crate::answers::CheckReport;
use crate::answers::check::identity::{fingerprint, of_failure};
use crate::answers::check::value::with_source;
use crate::severity::Severity;
use crate::text::{to_json, visible};

/// An issue of the Code Quality report, with the members that GitLab reads.
#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: GitlabLocation,
}

#[derive(Serialize)]
struct GitlabLocation {
    path: String,
    lines: LineRange,
}

#[derive(Serialize)]
struct LineRange {
    begin: usize,
}

/// An issue for every finding that no waiver accepts, and for every input that could not be read.
///
/// # Errors
/// No case is known: every value can be written as JSON.
pub fn check_gitlab(report: &CheckReport) -> serde_json::Result<String> {
    let location = |path: &str, line: usize| GitlabLocation { path: path.to_owned(), lines: LineRange { begin: line } };
    let mut times: HashMap<(String, usize, &str), usize> = HashMap::new();
    let mut issues: Vec<_> = report
        .failures
        .iter()
        .map(|failure| {
            let name = report.own_name(&failure.file);
            let again = times.entry((name.clone(), failure.document, failure.code.as_str())).or_default();
            let fingerprint = of_failure(&name, failure.document, failure.code.as_str(), *again);
            *again += 1;
            let message = with_source(&failure.source, &failure.file, &failure.message);
            let description = format!("not read: {}", visible(&message));
            let location = location(&report.path(&failure.file), failure.line.unwrap_or(1));
            Issue { description, check_name: failure.code.as_str(), fingerprint, severity: "blocker", location }
        })
        .collect();
    for part in report.parts() {
        let (path, name) = (report.path(part.file), report.own_name(part.file));
        for checked in part.findings.iter().filter(|finding| finding.waived.is_none()) {
            let finding = &checked.finding;
            issues.push(Issue {
                description: visible(&part.with_source(&finding.message)).into_owned(),
                check_name: &finding.rule,
                fingerprint: fingerprint(&name, part, checked),
                severity: match finding.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: location(&path, finding.location.line),
            });
        }
    }
    to_json(&issues)
}
