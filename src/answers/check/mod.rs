//! `check`: whether anything is wrong with a license, by the rules and by a policy.

mod azure;
mod blocks;
mod github;
mod gitlab;
mod identity;
mod junit;
mod lines;
mod markdown;
mod sarif;
mod sarif_log;
mod text;
mod value;
mod waivers;

pub use azure::check_azure;
pub use github::{check_github, check_github_summary};
pub use gitlab::check_gitlab;
pub use junit::check_junit;
pub use markdown::check_markdown;
pub use sarif::{WaivedResults, check_sarif, sarif_left_out};
pub use text::check_text;
pub use value::{CheckReport, CheckedFinding, CheckedLicense, PolicyReport, Summary, Waived};

use std::collections::BTreeSet;
use std::path::Path;

use crate::answers::check::waivers::WaiversOfFile;
use crate::answers::{FindingReport, Location, Origin, ReportQuestion, findings};
use crate::json::{LineIndex, Pointer};
use crate::license::{Item, user_types_with_seats};
use crate::policy::Policy;
use crate::rules;
use crate::rules::{InUse, Subject, WaiverUse};
use crate::severity::Severity;
use crate::source::License;
use crate::text::Excerpt;
use crate::time::{Instant, Zone};
use crate::usage::{Harm, Harms, Usage};

/// Checks licenses one after the other, and the waivers of the policy at the end.
///
/// ```
/// use seatline::{CheckReport, Checker, DocumentPlace, Instant, License, Policy, ReportQuestion, Severity, Source};
///
/// let text = r#"{"MyEsri": {"version": "11.4", "provision": {"userTypes": [
///     {"id": "creatorUT", "maxUsers": -1, "startDate": 1767225600000}]}}}"#;
/// let source = Source::from_text("license.json", text);
/// let as_of = Instant::from_epoch_ms(1_767_225_600_000);
/// let policy = Policy::default();
/// let mut checker = Checker::new(ReportQuestion { as_of, administrators: None }, None, &policy);
/// let (document, place) = (source.license()?, DocumentPlace::default());
/// let checked = checker.check(License::new(&source, &place, &document), None);
/// let report = CheckReport::new(as_of, None, vec![checked], Vec::new());
/// assert_eq!(report.worst(), Some(Severity::Error));
/// let mut findings = report.licenses.iter().flat_map(|license| &license.findings);
/// assert!(findings.any(|checked| checked.finding.rule == "unreadable-entry"));
/// # Ok::<(), seatline::Failure>(())
/// ```
#[derive(Debug)]
pub struct Checker<'q> {
    question: ReportQuestion<'q>,
    local: Option<Zone>,
    policy: &'q Policy,
    /// How much each waiver of the policy was used, in the policy's order.
    waivers: Vec<Used>,
}

/// How much a waiver was used so far.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    /// The number of findings that the waiver accepted.
    findings: usize,
    /// Whether the waiver's `files` match a license that was checked.
    has_files: bool,
}

impl<'q> Checker<'q> {
    /// A checker for one policy; `local` is the zone, if the user named one.
    #[must_use]
    pub fn new(question: ReportQuestion<'q>, local: Option<Zone>, policy: &'q Policy) -> Self {
        Self { question, local, policy, waivers: vec![Used::default(); policy.waivers.len()] }
    }

    /// Checks one license; `in_use` holds the assigned seats, where they are known.
    pub fn check(&mut self, license: License<'_>, in_use: Option<InUse<'_>>) -> CheckedLicense {
        let License { source, document, .. } = license;
        let items = Item::all(document);
        let ReportQuestion { as_of, administrators } = self.question;
        let path = source.is_file().then(|| self.policy.place.path_to(Path::new(source.name())));
        let path = path.as_deref();
        for (waiver, used) in self.policy.waivers.iter().zip(&mut self.waivers) {
            used.has_files |= waiver.concerns(path);
        }
        let mut waivers = WaiversOfFile::new(&self.policy.waivers, as_of, path);
        let expect = self.policy.expectations.of_file(path);
        let subject = Subject::new(document, &items, as_of, self.local, administrators, &expect).with_usage(in_use);
        let all = rules::ALL.iter().flat_map(|rule| rule.findings(&subject));
        let all = all.filter_map(|finding| self.policy.leveled(finding)).collect();
        let all = rules::speaking(all, |finding| waivers.accept(finding.rule, finding.kind, finding.id.as_deref()));
        let findings = findings(license, all).into_iter().map(|finding| {
            let waiver = waivers.take(&finding.rule, finding.kind, finding.id.as_deref());
            let waived = waiver.map(|waiver| Waived { until: waiver.until, reason: waiver.reason.clone() });
            CheckedFinding { advice: advice(&finding.rule), finding, waived, ordinal: 0 }
        });
        let findings = identity::numbered(findings.collect());
        for (index, accepted) in waivers.used() {
            if let Some(used) = self.waivers.get_mut(index) {
                used.findings += accepted;
            }
        }
        let mut checked = CheckedLicense { origin: Origin::of(license), findings, notes: Vec::new(), again: 0 };
        if let Some(in_use) = in_use {
            let of = |usage: &Usage| {
                let mut checker = Checker::new(self.question, self.local, self.policy);
                checker.check(license, Some(InUse { usage, ..in_use }))
            };
            let usage = in_use.usage;
            let with = usage.with_built_in(user_types_with_seats(&items, as_of), |usage| harms(&of(usage)));
            let with = with.and_then(|with| {
                let more = more_findings(&of(&with), &checked)?;
                Some(format!("{}, there is more to find: {more}", usage.if_built_in_counted()))
            });
            let without = usage.without_built_in().and_then(|without| {
                let fewer = more_findings(&checked, &of(&without))?;
                Some(format!("{}, this would not be found: {fewer}", usage.if_built_in_not_counted()))
            });
            checked.notes.extend(with.into_iter().chain(without));
        }
        checked
    }

    /// The findings about the waivers of the policy, which was read from the file `name` with the content `text`.
    /// Unless all inputs were read, no waiver is reported as unused: it might have accepted a finding of an input that
    /// was not read.
    #[must_use]
    pub fn finish(&self, name: &str, text: &str, all_read: bool) -> PolicyReport {
        let lines = LineIndex::new(text);
        let zone = self.local.unwrap_or(Zone::UTC);
        let mut findings = Vec::new();
        for (index, (waiver, used)) in self.policy.waivers.iter().zip(&self.waivers).enumerate() {
            let ending = self.policy.expectations.thresholds.waiver_ending;
            let pointer = Pointer::of(&["waiver"]).index(index);
            let Used { findings: accepted, has_files } = *used;
            let used = WaiverUse { waiver, findings: accepted, ending, has_files, pointer: &pointer };
            let all = rules::ALL.iter().filter_map(|rule| rule.of_waiver(&used, self.question.as_of, zone));
            let known = all.filter(|finding| all_read || finding.rule != "waiver-unused");
            let leveled = known.filter_map(|finding| self.policy.leveled(finding));
            for raw in rules::speaking(leveled.collect(), |_| false) {
                let (start, end) = (lines.position(text, waiver.span.start), lines.position(text, waiver.span.end));
                let finding = FindingReport {
                    rule: raw.rule.to_owned(),
                    severity: raw.severity,
                    kind: raw.kind,
                    id: raw.id,
                    message: raw.message,
                    at: None,
                    location: Location {
                        pointer: raw.pointer,
                        line: start.line,
                        column: start.column,
                        end_line: end.line,
                        end_column: end.column,
                    },
                    excerpt: Excerpt::line(text, waiver.span.clone()),
                };
                findings.push(CheckedFinding { finding, advice: advice(raw.rule), waived: None, ordinal: 0 });
            }
        }
        PolicyReport { source: name.to_owned(), findings: identity::numbered(findings) }
    }
}

/// The open findings that are no mere information: severity, rule and id.
fn open(license: &CheckedLicense) -> BTreeSet<(Severity, &str, &str)> {
    let open = license.findings.iter().filter(|one| one.waived.is_none() && one.finding.severity > Severity::Info);
    let open = open.map(|CheckedFinding { finding, .. }| {
        (finding.severity, finding.rule.as_str(), finding.id.as_deref().unwrap_or_default())
    });
    open.collect()
}

/// The findings that one check of a license has and the other does not have: "over-assigned of creatorUT".
fn more_findings(one: &CheckedLicense, other: &CheckedLicense) -> Option<String> {
    let (one, other) = (open(one), open(other));
    let more: Vec<_> = one.difference(&other).map(|(_, rule, id)| format!("{rule} of {id}")).collect();
    (!more.is_empty()).then(|| more.join(", "))
}

/// How much is found of each user type: missing seats count more than the rest.
fn harms(license: &CheckedLicense) -> Harms {
    let mut harms = Harms::new();
    for (_, rule, id) in open(license) {
        let harm = harms.entry(id.to_owned()).or_insert(Harm { at: Instant::MIN, locked_out: 0, short: 0 });
        harm.locked_out += u64::from(rule.starts_with("over-assigned"));
        harm.short += 1;
    }
    harms
}

/// The advice that is shown with findings of this rule.
fn advice(rule: &str) -> String {
    rules::find(rule).map_or_else(String::new, rules::Rule::advice)
}
