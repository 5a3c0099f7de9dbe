//! A license document together with where it was found.

use std::borrow::Cow;

use crate::license::LicenseDocument;
use crate::source::{DocumentPlace, Source};

/// A license document, with its source and its place there: what answers are made from.
#[derive(Clone, Copy, Debug)]
pub struct License<'s> {
    pub(crate) source: &'s Source,
    pub(crate) place: &'s DocumentPlace,
    pub(crate) document: &'s LicenseDocument<'s>,
}

impl<'s> License<'s> {
    /// A license document that was read from this source, at this place.
    #[must_use]
    pub fn new(source: &'s Source, place: &'s DocumentPlace, document: &'s LicenseDocument<'s>) -> Self {
        Self { source, place, document }
    }

    /// The version, as the text that stands there.
    pub(crate) fn version(self) -> Option<Cow<'s, str>> {
        self.document.my_esri.version.as_written()
    }
}
