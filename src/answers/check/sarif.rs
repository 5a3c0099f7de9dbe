//! `check` as SARIF 2.1.0, in the form that code scanning services read.

use std::collections::HashSet;

use crate::answers::check::identity::fingerprint;
use crate::answers::check::sarif_log::{
    ArtifactLocation, Configuration, Driver, Fingerprints, Help, Invocation, Log, LogicalLocation, Message,
    Notification, PhysicalLocation, Properties, Region, ReportingDescriptor, ResultObject, Run, SarifLocation,
    Suppression, Tool,
};
use crate::answers::check::value::{FindingPart, with_source};
use crate::answers::{CheckReport, CheckedFinding, FailureReport, Location};
use crate::rules;
use crate::severity::Severity;
use crate::text::to_json;

/// How findings that waivers accept are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WaivedResults {
    /// The accepted findings, as suppressed results.
    #[default]
    Suppressed,
    /// Not at all, since GitHub shows suppressed results as open.
    Omitted,
}

/// The most results that GitHub takes in one run.
const MOST: usize = 25_000;

/// The number of results that are left out of the log because GitHub refuses a larger log.
#[must_use]
pub fn sarif_left_out(report: &CheckReport, waived: WaivedResults) -> usize {
    all(report, waived).count().saturating_sub(MOST)
}

/// The log of one run. Where there are too many results, the worst are kept, and a notification in the run says so.
///
/// # Errors
/// No case is known: every value can be written as JSON.
pub fn check_sarif(report: &CheckReport, waived: WaivedResults) -> serde_json::Result<String> {
    let rules = rules::ALL.iter().map(|rule| ReportingDescriptor {
        id: rule.id,
        name: pascal(rule.id),
        short_description: Message::new(first_sentence(&rule.summary())),
        full_description: Message::new(rule.summary()),
        help: Help { text: without_links(&rule.page()), markdown: without_links(&rule.page()) },
        help_uri: homepage(),
        default_configuration: Configuration { level: level(rule.severity) },
    });
    let mut results: Vec<_> = all(report, waived).collect();
    let left_out = results.len().saturating_sub(MOST);
    if left_out > 0 {
        let mut order: Vec<usize> = (0..results.len()).collect();
        // What a waiver accepts is left out before anything that is open. The sort is stable: results of equal severity stay in
        // the order of the document.
        let rank = |one: &CheckedFinding| (one.waived.is_some(), std::cmp::Reverse(one.finding.severity));
        order.sort_by_key(|index| results.get(*index).map(|(_, one)| rank(one)));
        let kept: HashSet<usize> = order.into_iter().take(MOST).collect();
        let mut index = 0..;
        results.retain(|_| index.next().is_some_and(|index| kept.contains(&index)));
    }
    let mut notifications: Vec<_> = report.failures.iter().map(|failure| notification(report, failure)).collect();
    let execution_successful = notifications.is_empty();
    if left_out > 0 {
        let message =
            format!("{left_out} results are left out, the least severe of them: no more than {MOST} are taken");
        notifications.push(Notification { level: "warning", message: Message::new(message), locations: Vec::new() });
    }
    let version = env!("CARGO_PKG_VERSION");
    let information_uri = homepage();
    let driver =
        Driver { name: "seatline", version, semantic_version: version, information_uri, rules: rules.collect() };
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        invocations: [Invocation { execution_successful, notifications }],
        properties: Properties {
            as_of: report.as_of.to_string(),
            policy: report.policy.as_ref().map(|policy| policy.source.clone()),
        },
        results: results.into_iter().map(|(part, finding)| result(report, part, finding)).collect(),
    };
    to_json(&Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    })
}

/// The findings that become results, each with the document or policy that it is about.
fn all(report: &CheckReport, waived: WaivedResults) -> impl Iterator<Item = (FindingPart<'_>, &CheckedFinding)> {
    let all = report.parts().flat_map(|part| part.findings.iter().map(move |finding| (part, finding)));
    all.filter(move |(_, finding)| waived == WaivedResults::Suppressed || finding.waived.is_none())
}

fn result<'r>(report: &CheckReport, part: FindingPart<'_>, checked: &'r CheckedFinding) -> ResultObject<'r> {
    let CheckedFinding { finding, waived, .. } = checked;
    let suppression = waived.as_ref().map(|waived| Suppression {
        kind: "external",
        status: "accepted",
        justification: format!("waived until {}: {}", waived.until, waived.reason),
    });
    ResultObject {
        rule_id: &finding.rule,
        rule_index: rules::ALL.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.severity),
        message: Message::new(plain(&part.with_source(&finding.message))),
        locations: [place(report.uri(part.file), Some(&finding.location))],
        partial_fingerprints: Fingerprints { primary: fingerprint(&report.own_name(part.file), part, checked) },
        suppressions: suppression.into_iter().collect(),
    }
}

fn notification(report: &CheckReport, failure: &FailureReport) -> Notification {
    let mut place = place(report.uri(&failure.file), None);
    if let Some((line, column)) = failure.line.zip(failure.column) {
        let region = Region { start_line: line, start_column: column, end_line: line, end_column: column };
        place.physical_location.region = Some(region);
    }
    let message = with_source(&failure.source, &failure.file, &failure.message);
    Notification { level: "error", message: Message::new(plain(&message)), locations: vec![place] }
}

/// The project's page; `None` where Cargo.toml names none.
fn homepage() -> Option<&'static str> {
    Some(env!("CARGO_PKG_HOMEPAGE")).filter(|page| !page.is_empty())
}

/// The name of a rule in the form that SARIF asks for, such as `SeatGap`; it must differ from the id in more than case.
fn pascal(id: &str) -> String {
    let mut pascal = String::new();
    for word in id.split('-') {
        let mut letters = word.chars();
        pascal.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    if pascal.eq_ignore_ascii_case(id) {
        pascal.push_str("Item");
    }
    pascal
}

/// The page of a rule without its links into the repository, since they work nowhere else. The text of the links stays.
fn without_links(page: &str) -> String {
    let mut parts = page.split("](");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match (text.rfind('['), part.split_once(')')) {
            (Some(open), Some((target, rest))) if !target.contains("://") => {
                text.remove(open);
                text.push_str(rest);
            }
            _ => {
                text.push_str("](");
                text.push_str(part);
            }
        }
    }
    text
}

fn place<'r>(uri: String, location: Option<&'r Location>) -> SarifLocation<'r> {
    let region = location.map(|location| Region {
        start_line: location.line,
        start_column: location.column,
        end_line: location.end_line,
        end_column: location.end_column,
    });
    let logical = location.map(|location| LogicalLocation { fully_qualified_name: location.pointer.as_str() });
    SarifLocation {
        physical_location: PhysicalLocation { artifact_location: ArtifactLocation { uri }, region },
        logical_locations: logical.into_iter().filter(|logical| !logical.fully_qualified_name.is_empty()).collect(),
    }
}

/// Text with escaped brackets, since SARIF reads brackets as a link (3.11.6).
fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn first_sentence(text: &str) -> String {
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_pages_are_as_services_take_them() {
        assert_eq!((pascal("no-admin-user-type"), pascal("expired")), ("NoAdminUserType".into(), "ExpiredItem".into()));
        let page = "see [the schema](../schema/x.json) and [Esri](https://example.com) [a](b)(c)";
        assert_eq!(without_links(page), "see the schema and [Esri](https://example.com) a(c)");
        for rule in &rules::ALL {
            let page = without_links(&rule.page());
            assert!(!page.contains("](.") && !page.contains("](#"), "{}", rule.id);
        }
    }
}
