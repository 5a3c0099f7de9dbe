//! From bytes to documents: decoding, one or many documents in a file, and what kind of document each is.

mod decode;
mod decoded;
mod documents;
mod envelope;
mod failure;
pub(crate) mod fetched;
mod folder;
mod given;
mod hashed;
mod input;
mod kind;
mod license;
mod lines;
pub(crate) mod plain_text;
mod portal_error;
mod recognize;
mod shape;
pub mod sheet;

pub use decoded::Source;
pub use documents::{DocumentPlace, Documents, Found};
pub use envelope::Envelope;
pub use failure::{Failure, FailureCode};
pub use folder::Folder;
#[cfg(feature = "cli")]
pub(crate) use given::GivenDocuments;
pub(crate) use given::{STDIN, is_name_of_file};
pub(crate) use hashed::{ReadFile, watch, watched};
pub use input::{Input, MAX_INPUT_BYTES, expand};
#[cfg(feature = "cli")]
pub(crate) use input::{expand_all, found_in};
pub use kind::{DocumentKind, WantedKind};
pub use license::License;
pub use lines::{Lines, Sources};
pub use portal_error::PortalError;
#[cfg(feature = "portal")]
pub(crate) use portal_error::shortened;
pub use recognize::Document;
pub use sheet::Columns;
