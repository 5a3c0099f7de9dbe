//! Findings with their place in the source, and inputs that could not be read.

use serde::{Deserialize, Serialize};

use crate::json::{Locator, Pointer};
use crate::license::{Excerpt, ItemKind};
use crate::rules::Finding;
use crate::severity::Severity;
use crate::source::{DocumentPlace, Failure, FailureCode, Source};
use crate::time::Instant;

/// A finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FindingReport {
    /// The rule.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// The kind of item it speaks of, if of any.
    pub kind: Option<ItemKind>,
    /// The item it speaks of, if of one.
    pub id: Option<String>,
    /// What is wrong and what follows.
    pub message: String,
    /// The instant at which seats change or end, where it speaks of one.
    pub at: Option<Instant>,
    /// The value it speaks of.
    pub location: Location,
    /// The entry around it, for people; empty where one line says it all.
    #[serde(skip)]
    pub(crate) excerpt: Excerpt,
}

/// A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Location {
    /// The value, or the member that is missing.
    pub pointer: Pointer,
    /// The first line.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub line: usize,
    /// The first column.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub column: usize,
    /// The last line.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub end_line: usize,
    /// The column after the last.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub end_column: usize,
}

/// An input that could not be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FailureReport {
    /// Where the document is from: what its envelope says, else the name of the input.
    pub source: String,
    /// The name of the input.
    pub file: String,
    /// Which document of the input, from 0.
    pub document: usize,
    /// What sort of failure.
    pub code: FailureCode,
    /// What is wrong and what to do.
    pub message: String,
    /// Where, if at one place.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub line: Option<usize>,
    /// Where, if at one place.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub column: Option<usize>,
    /// Which value, if it could be told.
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

/// Puts findings where they belong in the source, in the order of the document.
#[must_use]
pub fn findings(source: &Source, place: &DocumentPlace, findings: Vec<Finding>) -> Vec<FindingReport> {
    let mut locator = Locator::new(source.text(), place.span.clone());
    let mut located: Vec<_> = findings
        .into_iter()
        .map(|finding| {
            let span = locator.span(&finding.pointer);
            let (start, end) = (source.position(span.start), source.position(span.end));
            let excerpt =
                if finding.is_quiet { Excerpt::default() } else { Excerpt::of(&mut locator, &finding.pointer) };
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
