//! Events while documents are fetched from a portal, and the errors that end it.

use std::io;

use crate::portal::{Operation, PortalFailure};

/// An event of fetching.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// An operation is asked for.
    Asking(Operation),
    /// The number of members that have been read, and of all members.
    Members(u64, u64),
    /// A list is read again, for this reason.
    Again(Operation, &'a str),
    /// A note for readers who rely on the answers.
    Note(&'a str),
    /// The portal does not have an operation that is not demanded, or does not allow it to this user; with the operation, and
    /// further ones that are not asked because nobody can sign in.
    Missing(&'a PortalFailure, Operation, &'a [Operation]),
}

/// Why a fetch keeps nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// An operation that must succeed failed.
    #[error(transparent)]
    Portal(Box<PortalFailure>),
    /// An answer could not be written to disk.
    #[error("{0}: cannot be written: {1}")]
    Keep(String, io::Error),
}

impl From<PortalFailure> for FetchError {
    fn from(failure: PortalFailure) -> Self {
        Self::Portal(Box::new(failure))
    }
}
