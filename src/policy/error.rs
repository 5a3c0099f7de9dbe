//! Errors in a policy, with their place.

use std::ops::Range;

use crate::json::{LineIndex, Position};
use crate::license::Excerpt;

/// An error in the policy, and its bytes in the text.
#[derive(Debug)]
pub(super) struct PolicyFault {
    pub(super) message: String,
    pub(super) span: Range<usize>,
}

/// Why a policy is not sound.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{name}:{}:{}: {message}", .position.line, .position.column)]
pub struct PolicyError {
    /// The name of the policy's file.
    pub name: String,
    /// The place in the file.
    pub position: Position,
    /// The mistake, and the words that were probably meant.
    pub message: String,
    /// The line with the wrong value.
    pub(crate) excerpt: Excerpt,
}

impl PolicyError {
    pub(super) fn new(name: &str, text: &str, fault: PolicyFault) -> Self {
        let position = LineIndex::new(text).position(text, fault.span.start);
        let excerpt = Excerpt::line(text, fault.span);
        Self { name: name.to_owned(), position, message: fault.message, excerpt }
    }
}
