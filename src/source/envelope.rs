//! A license in an envelope: `{"source": TEXT, "fetchedAt": TEXT?, "document": {"MyEsri": …}}`.

use crate::json::{JsonKind, Raw};

/// The facts that an envelope adds to the license in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// The source that answers name for the license.
    pub source: String,
    /// When the license was fetched, letter by letter as the envelope has it.
    pub fetched_at: Option<String>,
}

impl Envelope {
    /// The name of the member that holds the license.
    pub(super) const DOCUMENT: &'static str = "document";
    pub(super) const SOURCE: &'static str = "source";
    pub(super) const FETCHED_AT: &'static str = "fetchedAt";

    /// Reads the members beside the document.
    ///
    /// # Errors
    /// Where a member is no text: the message, and the value.
    pub(super) fn read<'a>(source: Raw<'a>, fetched_at: Raw<'a>) -> Result<Self, (String, Raw<'a>)> {
        let source = match source.string() {
            Some(text) => text.into_owned(),
            None => return Err((no_text(Self::SOURCE, source), source)),
        };
        let fetched_at = match (fetched_at.kind(), fetched_at.string()) {
            (None | Some(JsonKind::Null), _) => None,
            (_, Some(text)) => Some(text.into_owned()),
            (Some(_), None) => return Err((no_text(Self::FETCHED_AT, fetched_at), fetched_at)),
        };
        Ok(Self { source, fetched_at })
    }
}

fn no_text(member: &str, raw: Raw<'_>) -> String {
    let found = match raw.kind() {
        None => "is missing".to_owned(),
        Some(JsonKind::String) => "has an escape that is no character".to_owned(),
        Some(kind) => format!("is {kind}"),
    };
    format!("the {member} of this envelope {found}, and must be a string")
}
