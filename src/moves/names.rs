//! Names as a CSV gives them back.

use std::collections::{HashMap, HashSet};

use crate::text::inert;

/// Names that a cell can mean: as they are, or as our own CSV writes those of them that it cannot write as they are.
pub(super) struct WrittenNames<'n> {
    plain: HashSet<&'n str>,
    changed: HashMap<String, Vec<&'n str>>,
}

/// What a cell means.
pub(super) enum NameMeant<'n> {
    One(&'n str),
    /// A CSV writes both alike.
    Either(&'n str, &'n str),
    Nobody,
}

impl<'n> WrittenNames<'n> {
    pub(super) fn new(names: impl Iterator<Item = &'n str>) -> Self {
        let mut all = Self { plain: HashSet::new(), changed: HashMap::new() };
        for name in names.filter(|name| !name.is_empty()) {
            let written = inert(name);
            // Reading a CSV takes blanks around a cell away.
            let written = written.trim();
            if all.plain.insert(name) && written != name {
                all.changed.entry(written.to_owned()).or_default().push(name);
            }
        }
        all
    }

    pub(super) fn find(&self, cell: &str) -> NameMeant<'n> {
        let plain = self.plain.get(cell);
        let mut meant = plain.into_iter().chain(self.changed.get(cell).into_iter().flatten());
        match (meant.next(), meant.next()) {
            (Some(one), None) => NameMeant::One(one),
            (Some(one), Some(other)) => NameMeant::Either(one, other),
            (None, _) => NameMeant::Nobody,
        }
    }
}
