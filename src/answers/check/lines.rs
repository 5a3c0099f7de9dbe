//! One finding a line, and the counts that every format ends with.

use serde::Serialize;

use crate::answers::{CheckReport, CheckedFinding};
use crate::text::{to_json_line, visible};
use crate::time::Instant;

/// A finding with the document it is in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'r> {
    source: &'r str,
    /// Null for findings about the policy.
    document: Option<usize>,
    version: Option<&'r str>,
    as_of: Instant,
    /// The policy that was used.
    policy: Option<&'r str>,
    #[serde(flatten)]
    finding: &'r CheckedFinding,
}

/// One finding a line.
///
/// # Errors
/// None that is known: see [`to_json_line`].
pub fn check_jsonl(report: &CheckReport) -> serde_json::Result<String> {
    let as_of = report.as_of;
    let used = report.policy.as_ref().map(|policy| policy.source.as_str());
    let licenses = report.licenses.iter().flat_map(|license| {
        let (source, document, version) = (&*license.source, Some(license.document), license.version.as_deref());
        license.findings.iter().map(move |finding| Row { source, document, version, as_of, policy: used, finding })
    });
    let policy = report.policy.iter().flat_map(|policy| {
        let source = &*policy.source;
        policy.findings.iter().map(move |finding| Row {
            source,
            document: None,
            version: None,
            as_of,
            policy: used,
            finding,
        })
    });
    licenses.chain(policy).map(|row| to_json_line(&row)).collect()
}

/// "3 errors, 1 warning, 0 infos, 2 waived in 1 license; policy seatline.toml".
pub(super) fn summary(report: &CheckReport) -> String {
    let count = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let summary = &report.summary;
    let mut text = format!(
        "{}, {}, {}",
        count(summary.errors, "error"),
        count(summary.warnings, "warning"),
        count(summary.infos, "info")
    );
    if summary.waived > 0 {
        text.push_str(&format!(", {} waived", summary.waived));
    }
    text.push_str(&format!(" in {}", count(summary.licenses, "license")));
    if summary.failures > 0 {
        text.push_str(&format!("; {} could not be read", count(summary.failures, "input")));
    }
    let policy = report.policy.as_ref().map(|policy| format!("policy {}", visible(&policy.source)));
    text.push_str(&format!("; {}", policy.as_deref().unwrap_or("no policy")));
    text
}
