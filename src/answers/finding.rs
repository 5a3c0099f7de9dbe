//! Findings with their place in the file, and inputs that could not be read.

use serde::{Deserialize, Serialize};

use crate::json::{Locator, Pointer};
use crate::license::{ItemKind, excerpt};
use crate::rules::Finding;
use crate::severity::Severity;
use crate::source::{Failure, FailureCode, License};
use crate::text::{Excerpt, Phrase};
use crate::time::Instant;

/// A finding of a rule, with its place in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FindingReport {
    /// The rule that found it, by its name, such as `seat-gap`.
    pub rule: String,
    /// The severity: error, warning or information.
    pub severity: Severity,
    /// The kind of the item that the finding is about; null where it is about none.
    pub kind: Option<ItemKind>,
    /// The id of the item that the finding is about; null where it is about none.
    pub id: Option<String>,
    /// What is wrong and what follows.
    pub message: Phrase,
    /// The instant at which seats change or end; null where the finding is about no instant.
    pub at: Option<Instant>,
    /// The place of the value that the finding is about.
    pub location: Location,
    /// The entry around the value, for people; empty where one line shows everything.
    #[serde(skip)]
    pub(crate) excerpt: Excerpt,
}

/// A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Location {
    /// The JSON pointer to the value, or to the member that is missing.
    pub pointer: Pointer,
    /// The line in which the value begins, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub line: usize,
    /// The column in which the value begins, in Unicode scalar values, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub column: usize,
    /// The line in which the value ends, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub end_line: usize,
    /// The column after the last one of the value, in Unicode scalar values, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub end_column: usize,
}

/// An input that could not be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FailureReport {
    /// The source of the document: its envelope's `source`, else the name of the input.
    pub source: String,
    /// The input by its name, as messages show it.
    pub file: String,
    /// The number of the document in the input, from 0.
    pub document: usize,
    /// What went wrong, as one word for programs, such as `not-json`.
    pub code: FailureCode,
    /// What is wrong and what to do.
    pub message: String,
    /// The line of the fault, from 1; null where it has no single place.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub line: Option<usize>,
    /// The column of the fault, from 1; null where it has no single place.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub column: Option<usize>,
    /// The JSON pointer to the value that could not be read; null where it is not known.
    pub pointer: Option<Pointer>,
}

impl From<Failure> for FailureReport {
    fn from(failure: Failure) -> Self {
        Self {
            source: failure.source.into(),
            file: failure.file.into(),
            document: failure.document,
            code: failure.code,
            message: failure.message,
            line: failure.position.map(|position| position.line),
            column: failure.position.map(|position| position.column),
            pointer: failure.pointer,
        }
    }
}

/// Looks up the place of each finding in the source, and sorts the findings in the order of the document.
#[must_use]
pub fn findings(license: License<'_>, findings: Vec<Finding>) -> Vec<FindingReport> {
    let License { source, place, .. } = license;
    let mut locator = Locator::new(source.text(), place.span.clone());
    let mut located: Vec<_> = findings
        .into_iter()
        .map(|finding| {
            let span = locator.span(&finding.pointer);
            let (start, end) = (source.position(span.start), source.position(span.end));
            let excerpt = if finding.is_quiet { Excerpt::default() } else { excerpt(&mut locator, &finding.pointer) };
            let report = FindingReport {
                rule: finding.rule.to_owned(),
                severity: finding.severity,
                kind: finding.kind,
                id: finding.id,
                message: finding.message,
                at: finding.at,
                location: Location {
                    pointer: finding.pointer,
                    line: start.line,
                    column: start.column,
                    end_line: end.line,
                    end_column: end.column,
                },
                excerpt,
            };
            (span.start, report)
        })
        .collect();
    located.sort_by_key(|(one, _)| *one);
    located.into_iter().map(|(_, report)| report).collect()
}
