//! What was fetched, as a value.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::source::fetched::{self, MANIFEST};
use crate::time::Instant;

/// The JSON of `manifest.json` that `seatline fetch` writes beside the answers, version 1. Fields may be added, never changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FetchManifest {
    /// `seatline/fetch/v1`.
    #[cfg_attr(test, schemars(extend("const" = FetchManifest::SCHEMA)))]
    pub schema: Cow<'static, str>,
    /// When it was asked.
    pub fetched_at: Instant,
    /// The portal: `https://HOST/CONTEXT`.
    pub portal: String,
    /// The version of ArcGIS Enterprise, as its license resource says it; null where that was not fetched.
    pub portal_version: Option<String>,
    /// The answers, in the order in which they came.
    pub files: Vec<FetchedFile>,
    /// What was asked for and not demanded, and did not come.
    pub not_fetched: Vec<NotFetched>,
}

/// An answer that was saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FetchedFile {
    /// Its name in the folder.
    pub file: String,
    /// What it is, as `--only` calls it: `license`, `administrators`, `license-resource`, `future-license`, `member-counts` or
    /// `members`; `extensions` where they were asked for.
    pub what: Cow<'static, str>,
    /// The operation that answered it.
    pub operation: Cow<'static, str>,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of these bytes, in hexadecimal digits.
    pub sha256: String,
}

/// An answer that did not come.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NotFetched {
    /// As in [`FetchedFile::what`].
    pub what: Cow<'static, str>,
    /// The operation that was asked.
    pub operation: Cow<'static, str>,
    /// Why not.
    pub message: String,
}

impl FetchManifest {
    /// The value of [`Self::schema`].
    pub const SCHEMA: &'static str = fetched::SCHEMA;

    /// Its name in the folder.
    pub const FILE_NAME: &'static str = MANIFEST;
}
