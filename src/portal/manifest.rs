//! The manifest of a fetch, as a value.

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
    /// The name and version of this form: `seatline/fetch/v1`.
    #[cfg_attr(test, schemars(extend("const" = FetchManifest::SCHEMA)))]
    pub schema: Cow<'static, str>,
    /// The time at which the portal was asked.
    pub fetched_at: Instant,
    /// The address of the portal: `https://HOST/CONTEXT`.
    pub portal: String,
    /// The version of ArcGIS Enterprise, as the license resource states it; null where that was not fetched.
    pub portal_version: Option<String>,
    /// The answers, in the order in which they came.
    pub files: Vec<FetchedFile>,
    /// The answers that the portal does not have, or does not give to this user, and that were not demanded.
    pub not_fetched: Vec<NotFetched>,
}

/// An answer that was saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FetchedFile {
    /// The name of the file in the folder.
    pub file: String,
    /// The name of the answer for `--only`: `license`, `administrators`, `license-resource`, `future-license`,
    /// `member-counts` or `members`; `extensions` where they were asked for.
    pub what: Cow<'static, str>,
    /// The operation that gave the answer, such as `validateLicense`.
    pub operation: Cow<'static, str>,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// The SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
}

/// An answer that did not come.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NotFetched {
    /// The name of the answer, as in [`FetchedFile::what`].
    pub what: Cow<'static, str>,
    /// The operation that gave no answer, such as `getFutureLicense`.
    pub operation: Cow<'static, str>,
    /// Why the answer did not come.
    pub message: String,
}

impl FetchManifest {
    /// The value of [`Self::schema`].
    pub const SCHEMA: &'static str = fetched::SCHEMA;

    /// The name of the manifest in the folder.
    pub const FILE_NAME: &'static str = MANIFEST;
}
