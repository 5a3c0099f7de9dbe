//! Failures that point at a place in a table.

use crate::json::Position;
use crate::source::{Failure, FailureCode, Source};

/// A failure that points at a line.
pub(super) fn failure(source: &Source, line: u64, message: impl Into<String>) -> Failure {
    at(source, Position { line: usize::try_from(line).unwrap_or(usize::MAX), column: 1 }, message)
}

/// A failure that points at a position.
pub(super) fn at(source: &Source, position: Position, message: impl Into<String>) -> Failure {
    Failure { position: Some(position), ..Failure::new(source.name(), FailureCode::BadCsv, message) }
}
