//! The document that an answer is about.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::source::{DocumentPlace, License, Source};
use crate::text::{code, visible};

/// The document that an answer is about: where it was found, and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Origin {
    /// The source of the document: its envelope's `source`, else the name of the file.
    pub source: String,
    /// The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in memory
    /// have such names too.
    pub file: String,
    /// The number of the document in the file, from 0.
    pub document: usize,
    /// The time at which the document was fetched, as its envelope says; null where no envelope says it.
    pub fetched_at: Option<String>,
    /// The version of the license, as the text that stands there.
    pub version: Option<String>,
}

impl Origin {
    /// The origin of a license document.
    #[must_use]
    pub fn of(license: License<'_>) -> Self {
        Self::new(license.source, license.place, license.version().map(Cow::into_owned))
    }

    /// The origin of a document of this version that was found in a source.
    #[must_use]
    pub(crate) fn new(source: &Source, place: &DocumentPlace, version: Option<String>) -> Self {
        Self {
            source: place.source_name(source).to_owned(),
            file: source.name().to_owned(),
            document: place.index,
            fetched_at: place.fetched_at().map(str::to_owned),
            version,
        }
    }

    /// "license.json", "history.jsonl, document 2", "portal EXAMPLE (history.jsonl, document 2)": for whoever does not know
    /// whether there are others. The first of a file has no number.
    pub(crate) fn title(&self) -> String {
        let number = if self.document == 0 { String::new() } else { format!(", document {}", self.document + 1) };
        let file = format!("{}{number}", visible(&self.file));
        if self.source == self.file { file } else { format!("{} ({file})", visible(&self.source)) }
    }

    /// The version, and when the document was fetched: "license version 11.4, fetched …".
    pub(super) fn what(&self) -> String {
        let version = self.version.as_deref().unwrap_or("unknown");
        let fetched = self.fetched_at.as_ref().map_or_else(String::new, |at| format!(", fetched {at}"));
        format!("license version {version}{fetched}")
    }
}

/// How many of the shown documents each file holds; this decides how a document is titled.
pub(super) struct SourceTitles<'r>(HashMap<&'r str, usize>);

impl<'r> SourceTitles<'r> {
    pub(super) fn of(origins: impl Iterator<Item = &'r Origin>) -> Self {
        let mut counts = HashMap::new();
        origins.for_each(|origin| *counts.entry(origin.file.as_str()).or_default() += 1);
        Self(counts)
    }

    /// The title of a document: "license.json", "history.jsonl, document 2", "portal EXAMPLE (history.jsonl, document
    /// 2)".
    pub(super) fn text(&self, origin: &Origin) -> String {
        self.title(origin, |name| visible(name).into_owned())
    }

    /// The title of a document for a heading in Markdown.
    pub(super) fn markdown(&self, origin: &Origin) -> String {
        self.title(origin, code)
    }

    /// The shortest title that no other shown document has: without the folder where no other file has this name.
    pub(super) fn short(&self, origin: &Origin) -> String {
        let name = |file: &str| Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned());
        let own = name(&origin.file);
        let alone = self.0.keys().filter(|file| name(file) == own).count() == 1 && origin.source == origin.file;
        let number = self.number(origin);
        own.filter(|_| alone).map_or_else(|| self.text(origin), |own| visible(&own).into_owned() + &number)
    }

    /// Whether this is the only shown document of its file.
    pub(super) fn is_alone(&self, origin: &Origin) -> bool {
        self.0.get(origin.file.as_str()).is_none_or(|count| *count == 1)
    }

    fn number(&self, origin: &Origin) -> String {
        if self.is_alone(origin) { String::new() } else { format!(", document {}", origin.document + 1) }
    }

    fn title(&self, origin: &Origin, name: impl Fn(&str) -> String) -> String {
        let file = name(&origin.file) + &self.number(origin);
        if origin.source == origin.file { file } else { format!("{} ({file})", name(&origin.source)) }
    }
}
