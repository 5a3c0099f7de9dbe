//! `version-mismatch`: the file is for another version of the portal.

use crate::json::Pointer;
use crate::license::Version;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "version-mismatch",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/version-mismatch.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(portal) = subject.expect.portal_version else { return };
    let written = subject.document.my_esri.version.as_written();
    let message = match written.as_deref().map(str::parse::<Version>) {
        Some(Ok(file)) if file == portal => return,
        Some(Ok(file)) => format!("the file is for version {file}, and the portal has {portal}"),
        _ => format!("the file does not say for which version it is, and the portal has {portal}"),
    };
    let version = Pointer::of(&["MyEsri", "version"]);
    // `schema-violation` reports a version that is neither text nor a number.
    findings.push(RULE.finding(version.clone(), message).unless_at("schema-violation", version));
}
