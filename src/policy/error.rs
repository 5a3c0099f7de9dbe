//! What is wrong with a policy, and where.

use std::ops::Range;

use crate::json::{LineIndex, Position};
use crate::license::Excerpt;

/// A fault and its place in the text.
#[derive(Debug)]
pub(super) struct PolicyFault {
    pub(super) message: String,
    pub(super) span: Range<usize>,
}

/// A policy that is not sound.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{name}:{}:{}: {message}", .position.line, .position.column)]
pub struct PolicyError {
    /// The name of its file.
    pub name: String,
    /// The place in the file.
    pub position: Position,
    /// The mistake, and what was probably meant.
    pub message: String,
    /// The line with the value that is wrong.
    pub(crate) excerpt: Excerpt,
}

impl PolicyError {
    pub(super) fn new(name: &str, text: &str, fault: PolicyFault) -> Self {
        let position = LineIndex::new(text).position(text, fault.span.start);
        let excerpt = Excerpt::line(text, fault.span);
        Self { name: name.to_owned(), position, message: fault.message, excerpt }
    }
}
