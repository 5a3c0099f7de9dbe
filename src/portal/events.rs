//! What is told while a portal is asked for its documents, and why that ends.

use std::io;

use crate::portal::{Operation, PortalFailure};

/// What is going on.
#[derive(Debug)]
pub enum Event<'a> {
    /// An operation is asked.
    Asking(Operation),
    /// So many members have come, of so many.
    Members(u64, u64),
    /// A list is read again: why.
    Again(Operation, &'a str),
    /// What whoever relies on the answers must know.
    Note(&'a str),
    /// An operation that is not demanded failed, itself or on the way to it; it and what is not asked at all, as it would
    /// fail the same way.
    Missing(&'a PortalFailure, Operation, &'a [Operation]),
}

/// Why nothing is to be kept.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The portal did not answer what must be answered.
    #[error(transparent)]
    Portal(Box<PortalFailure>),
    /// An answer could not be kept.
    #[error("{0}: cannot be written: {1}")]
    Keep(String, io::Error),
}

impl From<PortalFailure> for FetchError {
    fn from(failure: PortalFailure) -> Self {
        Self::Portal(Box::new(failure))
    }
}
