//! JUnit XML, valid by the schema of Jenkins' xunit plugin: a suite for each license document, with a case for each
//! finding and for each rule that found nothing.

use std::collections::{HashMap, HashSet};

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use crate::answers::check::identity;
use crate::answers::check::value::{FindingPart, with_source};
use crate::answers::phrase::Numbers;
use crate::answers::{CheckReport, CheckedFinding};
use crate::rules;
use crate::severity::Severity;
use crate::text::visible;

/// Findings at or above `fail_on` are failures, accepted findings are skipped, and other findings pass with their
/// message as output. Inputs that could not be read are errors. The message stands in the text of a case, since GitLab
/// shows that text.
///
/// # Errors
/// No case is known: writing to memory does not fail.
pub fn check_junit(report: &CheckReport, fail_on: Option<Severity>) -> Result<String, quick_junit::SerializeError> {
    let mut junit = Report::new("seatline check");
    let numbers = Numbers::of(report.licenses.iter().map(|license| license.origin.file.as_str()));
    for part in report.parts() {
        let number = part.document.map_or_else(String::new, |document| numbers.of_document(part.file, document));
        let again = if part.again > 0 { format!(", again {}", part.again) } else { String::new() };
        let name = format!("{}{number}{again}", visible(part.file));
        let mut suite = TestSuite::new(name.as_str());
        suite.add_property(("file", visible(part.file).as_ref()));
        if part.source != part.file {
            suite.add_property(("source", visible(part.source).as_ref()));
        }
        if let Some(document) = part.document {
            suite.add_property(("document", document.to_string().as_str()));
            suite.add_property(("asOf", report.as_of.to_string().as_str()));
            if let Some(policy) = &report.policy {
                suite.add_property(("policy", visible(&policy.source).as_ref()));
            }
        }
        add(&mut suite, &name, part, fail_on);
        if part.document.is_some() {
            let found: HashSet<_> = part.findings.iter().map(|finding| finding.finding.rule.as_str()).collect();
            for rule in rules::ALL.iter().filter(|rule| !found.contains(rule.id)) {
                let mut case = TestCase::new(rule.id, TestCaseStatus::success());
                case.set_classname(name.as_str());
                suite.add_test_case(case);
            }
        }
        if !suite.test_cases.is_empty() {
            junit.add_test_suite(suite);
        }
    }
    for suite in unreadable(report) {
        junit.add_test_suite(suite);
    }
    let skipped = junit.skipped;
    // The schema allows `skipped` in a suite, and not in the root.
    junit.to_string().map(|text| text.replacen(&format!(" skipped=\"{skipped}\""), "", 1))
}

fn add(suite: &mut TestSuite, class: &str, part: FindingPart<'_>, fail_on: Option<Severity>) {
    for checked in part.findings {
        let CheckedFinding { finding, advice, waived, .. } = checked;
        let (line, column) = (finding.location.line, finding.location.column);
        let message = part.with_source(&finding.message);
        let message = visible(&message);
        let text = format!("{}:{line}:{column}: {}: {message}\n{advice}", visible(part.file), finding.severity);
        let status = match waived {
            Some(waived) => {
                let because = format!("waived until {}: {}", waived.until, visible(&waived.reason));
                let mut status = TestCaseStatus::skipped();
                status.set_message(because.as_str()).set_description(format!("{because}\n{text}"));
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
        let name = identity::name(checked);
        place(suite, &name, Some(line), Some(column));
        let mut case = TestCase::new(name, status);
        case.set_classname(class);
        if passed {
            case.set_system_out(text);
        }
        suite.add_test_case(case);
    }
}

/// A suite for each input that could not be read or not completely, with a case for each failed document.
fn unreadable(report: &CheckReport) -> Vec<TestSuite> {
    let mut suites: Vec<TestSuite> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    let mut times: HashMap<(&str, usize), usize> = HashMap::new();
    for failure in &report.failures {
        let position = *positions.entry(&failure.file).or_insert(suites.len());
        if position == suites.len() {
            let mut suite = TestSuite::new(format!("{}, not read", visible(&failure.file)));
            suite.add_property(("file", visible(&failure.file).as_ref()));
            suites.push(suite);
        }
        let again = times.entry((&failure.file, failure.document)).or_default();
        *again += 1;
        let again = if *again > 1 { format!(" #{again}") } else { String::new() };
        let name = format!("read, document {}{again}", failure.document + 1);
        let message = with_source(&failure.source, &failure.file, &failure.message);
        let message = visible(&message);
        let line = failure.line.map_or_else(String::new, |line| format!(":{line}"));
        let column = failure.column.map_or_else(String::new, |column| format!(":{column}"));
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type(failure.code.as_str()).set_message(message.as_ref());
        status.set_description(format!("{}{line}{column}: {message}", visible(&failure.file)));
        let mut case = TestCase::new(name.as_str(), status);
        case.set_classname(format!("{}, not read", visible(&failure.file)));
        if let Some(suite) = suites.get_mut(position) {
            place(suite, &name, failure.line, failure.column);
            suite.add_test_case(case);
        }
    }
    suites
}

/// The line and the column that a case speaks of. The schema allows properties in a suite only, so the case's name
/// precedes them.
fn place(suite: &mut TestSuite, case: &str, line: Option<usize>, column: Option<usize>) {
    for (what, number) in [("line", line), ("column", column)] {
        if let Some(number) = number {
            suite.add_property(Property::new(format!("{case}: {what}"), number.to_string()));
        }
    }
}
