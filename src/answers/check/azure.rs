//! Logging commands of Azure Pipelines, which become the issues of a task.

use std::fmt::Write;

use crate::answers::CheckReport;
use crate::answers::check::lines::summary;
use crate::severity::Severity;
use crate::text::visible;

/// An issue for each finding that no waiver accepts and each input that could not be read. Azure Pipelines knows errors and
/// warnings only, so information is a plain line.
#[must_use]
pub fn check_azure(report: &CheckReport) -> String {
    let mut text = String::new();
    for failure in &report.failures {
        let place = (report.artifact(&failure.file), failure.line, failure.column);
        text.push_str(&issue("error", place, failure.code.as_str(), &failure.message));
    }
    for part in report.parts() {
        for finding in part.findings.iter().filter(|finding| finding.waived.is_none()).map(|finding| &finding.finding) {
            let (line, column) = (finding.location.line, finding.location.column);
            let kind = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => {
                    let (file, message) = (visible(part.file), visible(&finding.message));
                    let said = format!("{file}:{line}:{column}: info[{}]: {message}", finding.rule);
                    let _ = writeln!(text, "{}", inert(&said));
                    continue;
                }
            };
            let place = (report.artifact(part.file), Some(line), Some(column));
            text.push_str(&issue(kind, place, &finding.rule, &finding.message));
        }
    }
    let _ = writeln!(text, "{}", inert(&summary(report)));
    text
}

fn issue(
    kind: &str,
    (file, line, column): (String, Option<usize>, Option<usize>),
    code: &str,
    message: &str,
) -> String {
    let mut properties = format!("type={kind};sourcepath={}", property(&file));
    for (name, value) in [("linenumber", line), ("columnnumber", column)] {
        properties.push_str(&value.map_or_else(String::new, |value| format!(";{name}={value}")));
    }
    format!("##vso[task.logissue {properties};code={}]{}\n", property(code), data(message))
}

/// The agent takes `##vso[` for a command wherever it stands in a line.
fn inert(text: &str) -> String {
    text.replace("##", "# #")
}

/// As the agent's own library escapes them; line breaks are visible already.
fn data(text: &str) -> String {
    inert(&visible(text)).replace('%', "%AZP25")
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
