//! User names and ids in the form in which a CSV gives them back.

use std::collections::{HashMap, HashSet};

use crate::text::inert;

/// The names that a CSV cell can mean: each as it is, and in the form in which seatline's own CSV writes it, if that
/// differs.
pub(super) struct WrittenNames<'n> {
    plain: HashSet<&'n str>,
    changed: HashMap<String, Vec<&'n str>>,
}

/// The name that a cell means.
pub(super) enum NameMeant<'n> {
    One(&'n str),
    /// Two names that a CSV writes in the same form.
    Either(&'n str, &'n str),
    Nobody,
}

impl<'n> WrittenNames<'n> {
    pub(super) fn new(names: impl Iterator<Item = &'n str>) -> Self {
        let mut all = Self { plain: HashSet::new(), changed: HashMap::new() };
        for name in names.filter(|name| !name.is_empty()) {
            let written = inert(name);
            // Readers of CSV remove the blanks around a cell.
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
