//! x
#![allow(missing_docs)]
pub mod administrator;
pub mod catalog;
pub mod document;
pub mod instant;
pub mod item;
pub mod json;
pub mod rules;
pub mod source;
pub mod timeline;
pub mod version;
pub use document::LicenseDocument;
pub use instant::Instant;
