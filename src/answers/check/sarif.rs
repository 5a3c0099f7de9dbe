//! SARIF 2.1.0, as code scanning reads it.

use crate::answers::check::sarif_log::{
    ArtifactLocation, Configuration, Driver, Help, Invocation, Log, LogicalLocation, Message, Notification,
    PhysicalLocation, Place, Properties, Region, ReportingDescriptor, ResultObject, Run, Suppression, Tool,
};
use crate::answers::{CheckReport, CheckedFinding, FailureReport, Location};
use crate::rules;
use crate::severity::Severity;
use crate::text::to_json;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The log of one run.
///
/// # Errors
/// None that is known: see [`to_json`].
pub fn check_sarif(report: &CheckReport) -> serde_json::Result<String> {
    let rules = rules::ALL.iter().map(|rule| ReportingDescriptor {
        id: rule.id,
        short_description: Message::new(first_sentence(&rule.summary())),
        full_description: Message::new(rule.summary()),
        help: Help { text: rule.page(), markdown: rule.page() },
        default_configuration: Configuration { level: level(rule.severity) },
    });
    let notifications: Vec<_> = report.failures.iter().map(notification).collect();
    let version = env!("CARGO_PKG_VERSION");
    let driver = Driver { name: "seatline", version, semantic_version: version, rules: rules.collect() };
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        invocations: [Invocation { execution_successful: notifications.is_empty(), notifications }],
        properties: Properties {
            as_of: report.as_of.to_string(),
            policy: report.policy.as_ref().map(|policy| policy.source.clone()),
        },
        results: report.findings().map(|(source, finding)| result(source, finding)).collect(),
    };
    to_json(&Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    })
}

fn result<'r>(source: &str, finding: &'r CheckedFinding) -> ResultObject<'r> {
    let CheckedFinding { finding, waived, .. } = finding;
    let suppression = waived.as_ref().map(|waived| Suppression {
        kind: "external",
        status: "accepted",
        justification: format!("waived until {}: {}", waived.until, waived.reason),
    });
    ResultObject {
        rule_id: &finding.rule,
        rule_index: rules::ALL.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.severity),
        message: Message::new(plain(&finding.message)),
        locations: [place(source, Some(&finding.location))],
        suppressions: suppression.into_iter().collect(),
    }
}

fn notification(failure: &FailureReport) -> Notification {
    let mut place = place(&failure.file, None);
    if let Some((line, column)) = failure.line.zip(failure.column) {
        let region = Region { start_line: line, start_column: column, end_line: line, end_column: column };
        place.physical_location.region = Some(region);
    }
    Notification { level: "error", message: Message::new(plain(&failure.message)), locations: [place] }
}

fn place<'r>(source: &str, location: Option<&'r Location>) -> Place<'r> {
    let region = location.map(|location| Region {
        start_line: location.line,
        start_column: location.column,
        end_line: location.end_line,
        end_column: location.end_column,
    });
    let logical = location.map(|location| LogicalLocation { fully_qualified_name: location.pointer.as_str() });
    Place {
        physical_location: PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(source) }, region },
        logical_locations: logical.into_iter().filter(|logical| !logical.fully_qualified_name.is_empty()).collect(),
    }
}

/// Text in which nothing is a link: SARIF takes brackets for one (3.11.6).
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

/// What may stand in the path of a URI as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A relative path as a relative reference, an absolute one as a file URI.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let path = path.strip_prefix("./").unwrap_or(&path).to_owned();
    let encoded = utf8_percent_encode(&path, PATH).to_string();
    match path.as_bytes() {
        [b'/', ..] => format!("file://{encoded}"),
        // A drive letter; only Windows writes paths so (untested there).
        [letter, b':', b'/', ..] if letter.is_ascii_alphabetic() => {
            format!("file:///{}", encoded.replacen("%3A", ":", 1))
        }
        _ => encoded,
    }
}

#[cfg(test)]
mod tests {
    use crate::answers::check::sarif::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("samples/a b#é.json"), "samples/a%20b%23%C3%A9.json");
        assert_eq!(uri("/tmp/x.json"), "file:///tmp/x.json");
        assert_eq!(uri("C:/x.json"), "file:///C:/x.json");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
