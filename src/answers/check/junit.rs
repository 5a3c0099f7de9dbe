//! JUnit XML: a suite for each license document, a case for each finding, and one for each rule that found nothing.

use std::collections::HashSet;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::answers::phrase::Numbers;
use crate::answers::{CheckReport, CheckedFinding};
use crate::rules;
use crate::severity::Severity;
use crate::text::visible;

/// Findings at or above `fail_on` are failures, accepted ones are skipped, others pass with their text as output. Inputs
/// that could not be read are errors.
///
/// # Errors
/// None that is known: writing to memory does not fail.
pub fn check_junit(report: &CheckReport, fail_on: Option<Severity>) -> Result<String, quick_junit::SerializeError> {
    let mut junit = Report::new("seatline check");
    let numbers = Numbers::of(report.licenses.iter().map(|license| license.source.as_str()));
    for license in &report.licenses {
        let name = visible(&license.source).into_owned() + &numbers.of_document(&license.source, license.document);
        let mut suite = TestSuite::new(name.as_str());
        suite.add_property(("document", license.document.to_string().as_str()));
        suite.add_property(("asOf", report.as_of.to_string().as_str()));
        if let Some(policy) = &report.policy {
            suite.add_property(("policy", visible(&policy.source).as_ref()));
        }
        add(&mut suite, &name, &license.file, &license.findings, fail_on);
        let found: HashSet<_> = license.findings.iter().map(|finding| finding.finding.rule.as_str()).collect();
        for rule in rules::ALL.iter().filter(|rule| !found.contains(rule.id)) {
            let mut case = TestCase::new(rule.id, TestCaseStatus::success());
            case.set_classname(name.as_str());
            suite.add_test_case(case);
        }
        junit.add_test_suite(suite);
    }
    if let Some(policy) = report.policy.as_ref().filter(|policy| !policy.findings.is_empty()) {
        let mut suite = TestSuite::new(visible(&policy.source).as_ref());
        add(&mut suite, &visible(&policy.source), &policy.source, &policy.findings, fail_on);
        junit.add_test_suite(suite);
    }
    for failure in &report.failures {
        let mut suite = TestSuite::new(visible(&failure.source).as_ref());
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type(failure.code.as_str()).set_message(visible(&failure.message).as_ref());
        let mut case = TestCase::new("read", status);
        case.set_classname("seatline");
        suite.add_test_case(case);
        junit.add_test_suite(suite);
    }
    junit.to_string()
}

fn add(suite: &mut TestSuite, name: &str, source: &str, findings: &[CheckedFinding], fail_on: Option<Severity>) {
    for CheckedFinding { finding, advice, waived } in findings {
        let (line, column) = (finding.location.line, finding.location.column);
        let message = visible(&finding.message);
        let text = format!("{}:{line}:{column}: {}: {message}\n{advice}", visible(source), finding.severity);
        let status = match waived {
            Some(waived) => {
                let mut status = TestCaseStatus::skipped();
                status.set_message(format!("waived until {}: {}", waived.until, visible(&waived.reason)));
                status
            }
            None if fail_on.is_some_and(|least| finding.severity >= least) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_type(finding.severity.as_str()).set_message(message.as_ref()).set_description(text.as_str());
                status
            }
            None => TestCaseStatus::success(),
        };
        let passed = matches!(status, TestCaseStatus::Success { .. });
        let about = finding.id.as_deref().map_or_else(String::new, |id| format!(" {}", visible(id)));
        let mut case = TestCase::new(format!("{}{about} {line}:{column}", finding.rule), status);
        case.set_classname(name);
        if passed {
            case.set_system_out(text);
        }
        suite.add_test_case(case);
    }
}
