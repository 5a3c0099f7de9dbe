//! Notes about what in a folder was not read as a license.

use std::path::Path;

use crate::cli::io::messages::Messages;
use crate::source::DocumentKind;

/// The documents of other kinds in a folder.
#[derive(Default)]
pub(super) struct Skipped(Vec<(DocumentKind, Vec<String>)>);

impl Skipped {
    pub(super) fn add(&mut self, name: &str, kind: DocumentKind) {
        match self.0.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, names)) => names.push(name.to_owned()),
            None => self.0.push((kind, vec![name.to_owned()])),
        }
    }

    /// Notes each document that was skipped; pages of one list need only one note.
    pub(super) fn tell(&self, messages: &Messages) {
        const FEW: usize = 3;
        for (kind, names) in &self.0 {
            match names.as_slice() {
                [first, .., last] if names.len() > FEW => {
                    messages.note(&format!("{first} to {last}: {} files skipped: each is {kind}", names.len()));
                }
                few => few.iter().for_each(|name| messages.note(&format!("{name}: skipped: this is {kind}"))),
            }
        }
    }
}

/// Notes a pipe or a device in a folder: reading it may never end.
pub(super) fn note_no_file(path: &Path, messages: &Messages) {
    messages.note(&format!("{}: skipped: this is no file but a pipe, a socket or a device", path.display()));
}
