//! Errors in a policy, with their place.

use std::ops::Range;

use crate::json::{LineIndex, Position};
use crate::text::{Excerpt, nearest};

/// An error in the policy, and its bytes in the text.
#[derive(Debug)]
pub(super) struct PolicyFault {
    pub(super) message: String,
    pub(super) span: Range<usize>,
}

impl PolicyFault {
    /// The message of the TOML parser, with advice where it is known what was meant.
    pub(super) fn of_toml(text: &str, error: &toml::de::Error) -> Self {
        let message = error.message().trim().replace('\n', "; ");
        let span = error.span().unwrap_or(0..0);
        let mut names = message.split('`').skip(1).step_by(2);
        let like = match (message.starts_with("unknown field"), names.next()) {
            (true, Some(unknown)) => nearest(unknown, names),
            _ => None,
        };
        let mut advice = like.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        if message.ends_with("expected a sequence") {
            let before = text.get(..span.start).unwrap_or_default();
            let is_files = before.trim_end_matches([' ', '\t', '=']).ends_with("files");
            advice.push_str(match is_files {
                true => ": write a list, such as [\"prod/**\"]",
                false => ": write [[item]] and [[waiver]], in two pairs of brackets",
            });
        }
        if message.starts_with("invalid type: floating point") && message.ends_with("a string") {
            advice.push_str(": write it in quotes");
        }
        Self { message: format!("{message}{advice}"), span }
    }
}

/// Why a policy is not sound.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{name}:{}:{}: {message}", .position.line, .position.column)]
pub struct PolicyError {
    /// The policy's file, as the caller named it.
    pub name: String,
    /// The place of the wrong value: line and column from 1.
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
