//! Which document an answer speaks of.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::source::{DocumentPlace, Source};
use crate::text::{code, visible};

/// Where a document was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Origin {
    /// Where the document comes from: what its envelope says, else the file.
    pub source: String,
    /// The file that was read, as it was named; `<stdin>` for standard input.
    pub file: String,
    /// Which document of the file, from 0.
    pub document: usize,
    /// When the document was fetched, as its envelope says; null where nothing says so.
    pub fetched_at: Option<String>,
    /// The version of the license, as it stands there.
    pub version: Option<String>,
}

impl Origin {
    /// Of a document of this version that was found in a source.
    #[must_use]
    pub fn of(source: &Source, place: &DocumentPlace, version: Option<String>) -> Self {
        Self {
            source: place.told_source(source).to_owned(),
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

    /// "license version 11.4", and when it was fetched.
    pub(super) fn what(&self) -> String {
        let version = self.version.as_deref().unwrap_or("unknown");
        let fetched = self.fetched_at.as_ref().map_or_else(String::new, |at| format!(", fetched {at}"));
        format!("license version {version}{fetched}")
    }
}

/// Which files hold more than one of the documents that are shown.
pub(super) struct SourceTitles<'r>(HashMap<&'r str, usize>);

impl<'r> SourceTitles<'r> {
    pub(super) fn of(origins: impl Iterator<Item = &'r Origin>) -> Self {
        let mut counts = HashMap::new();
        origins.for_each(|origin| *counts.entry(origin.file.as_str()).or_default() += 1);
        Self(counts)
    }

    /// "license.json", "history.jsonl, document 2", "portal EXAMPLE (history.jsonl, document 2)".
    pub(super) fn text(&self, origin: &Origin) -> String {
        self.title(origin, |name| visible(name).into_owned())
    }

    /// The same for a heading in Markdown.
    pub(super) fn markdown(&self, origin: &Origin) -> String {
        self.title(origin, code)
    }

    /// The shortest name of a document among the others: without the folder where no other file is called so.
    pub(super) fn short(&self, origin: &Origin) -> String {
        let name = |file: &str| Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned());
        let own = name(&origin.file);
        let alone = self.0.keys().filter(|file| name(file) == own).count() == 1 && origin.source == origin.file;
        let number = self.number(origin);
        own.filter(|_| alone).map_or_else(|| self.text(origin), |own| visible(&own).into_owned() + &number)
    }

    /// Whether its file holds no other of the documents that are shown.
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
