//! The findings as rows, and the counts that every format of `check` ends with.

use crate::answers::{CheckReport, CheckedLicense, PolicyReport, Rows};
use crate::layout::csv::{Column, Value};
use crate::text::{JsonRecord, Phrase, name, phrase};

/// The fields of a finding, named as in JSON, and the policy that was used.
const FIELDS: [&str; 10] =
    ["policy", "rule", "severity", "kind", "id", "message", "at", "location", "advice", "waived"];

impl Rows {
    /// The names of the fields that rows of findings can have.
    #[must_use]
    pub fn check_names(&self) -> Vec<&'static str> {
        self.names::<(), Value<'_>>(&FIELDS, &[] as &[Column<(), Value<'_>>])
    }

    /// All findings, one a line: those of the licenses, then those of the policy.
    ///
    /// # Errors
    /// No case is known: the values are made of structs.
    pub fn check(&self, report: &CheckReport) -> serde_json::Result<Vec<u8>> {
        let policy = report.policy.as_ref().map(|policy| policy.source.as_str());
        let mut lines = Vec::new();
        for license in &report.licenses {
            lines.extend(self.checked(license, policy)?);
        }
        lines.extend(self.checked_policy(report.policy.as_ref())?);
        for failure in &report.failures {
            lines.extend(self.failure(failure)?);
        }
        Ok(lines)
    }

    /// The findings of one license that was checked by this policy.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn checked(&self, license: &CheckedLicense, policy: Option<&str>) -> serde_json::Result<Vec<u8>> {
        let common = |record: &mut JsonRecord<'_>| {
            record.part(&license.origin)?;
            record.field("policy", &policy)
        };
        let mut lines =
            self.records("finding", common, license.findings.iter(), |record, finding| record.part(finding))?;
        lines.extend(self.read(&license.origin, license.findings.len(), &[])?);
        Ok(lines)
    }

    /// The findings about the waivers of a policy.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn checked_policy(&self, policy: Option<&PolicyReport>) -> serde_json::Result<Vec<u8>> {
        let Some(policy) = policy else { return Ok(Vec::new()) };
        let common = |record: &mut JsonRecord<'_>| {
            record.field("source", &policy.source)?;
            record.field("file", &policy.source)?;
            for of_a_document in ["document", "fetchedAt", "version"] {
                record.field(of_a_document, &None::<u64>)?;
            }
            record.field("policy", &policy.source)
        };
        self.records("finding", common, policy.findings.iter(), |record, finding| record.part(finding))
    }
}

/// "3 errors, 1 warning, 0 infos, 2 waived in 1 license; policy seatline.toml".
pub(super) fn summary(report: &CheckReport) -> Phrase {
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
    match &report.policy {
        Some(policy) => phrase![text, "; policy ", name(&policy.source)],
        None => phrase![text, "; no policy"],
    }
}
