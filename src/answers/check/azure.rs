//! Logging commands of Azure Pipelines, which become the issues of a task.

use std::fmt::Write;

use crate::answers::CheckReport;
use crate::answers::check::blocks::blocks;
use crate::answers::check::lines::summary;
use crate::answers::check::value::with_source;
use crate::severity::Severity;
use crate::text::visible;

/// An issue for each cause that no waiver accepts, and for each input that could not be read. Azure Pipelines has
/// errors and warnings only, so findings that are information become plain lines.
#[must_use]
pub fn check_azure(report: &CheckReport) -> String {
    let mut text = String::new();
    for failure in &report.failures {
        let message = with_source(&failure.source, &failure.file, &failure.message);
        let (path, place) = (report.artifact(&failure.file), (failure.file.as_str(), failure.line, failure.column));
        text.push_str(&issue("error", path, place, failure.code.as_str(), &message));
    }
    for part in report.parts() {
        for block in blocks(part.findings) {
            let Some(first) = block.first() else { continue };
            let (line, column) = (first.location.line, first.location.column);
            let kind = match block.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => {
                    for line_of_block in block.lines() {
                        let message = part.with_source(&line_of_block);
                        let (file, message) = (visible(part.file), visible(&message));
                        let _ = writeln!(text, "{file}:{line}:{column}: info[{}]: {message}", first.rule);
                    }
                    continue;
                }
            };
            let (path, place) = (report.artifact(part.file), (part.file, Some(line), Some(column)));
            text.push_str(&issue(kind, path, place, &first.rule, &part.with_source(&block.lines().join("\n"))));
        }
    }
    let _ = writeln!(text, "{}", visible(&summary(report)));
    text
}

/// An issue at a place in the file with this path. Standard input cannot be shown as a file, so there the message holds
/// the place.
fn issue(
    kind: &str,
    path: Option<String>,
    (file, line, column): (&str, Option<usize>, Option<usize>),
    code: &str,
    message: &str,
) -> String {
    let mut properties = format!("type={kind}");
    let mut message = message.to_owned();
    if let Some(path) = path {
        properties.push_str(&format!(";sourcepath={}", property(&path)));
        for (name, value) in [("linenumber", line), ("columnnumber", column)] {
            properties.push_str(&value.map_or_else(String::new, |value| format!(";{name}={value}")));
        }
    } else {
        let numbers: String = [line, column].into_iter().flatten().map(|number| format!(":{number}")).collect();
        message.insert_str(0, &format!("{file}{numbers}: "));
    }
    let lines: Vec<_> = message.split('\n').map(data).collect();
    format!("##vso[task.logissue {properties};code={}]{}\n", property(code), lines.join("%0A"))
}

/// Escapes a value as the agent's own library does.
fn data(text: &str) -> String {
    visible(text).replace('%', "%AZP25")
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
