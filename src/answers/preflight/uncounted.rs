//! Items that nobody counted and no old license states.

use crate::answers::preflight::old_license::OldLicense;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::words::{list, plural};
use crate::license::ItemKind;

/// The beginning of a clause about uncounted items, as in the first line.
pub(super) const NOBODY_COUNTED: &str = "nobody counted how many ";

/// A kind with items that were not counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uncounted {
    kind: ItemKind,
    /// The number of uncounted items and of all items of the license, where some were counted.
    some: Option<(usize, usize)>,
}

impl Uncounted {
    /// The kinds with seats that were not counted, also those that the license does not have.
    pub(super) fn all(subject: &ImportSubject<'_>) -> Vec<Self> {
        // A kind of which the old license cannot be read plainly is reported as a doubt instead.
        let is_told = |kind: ItemKind| {
            let by_old = |old_license: &OldLicense<'_>| old_license.tells(kind) || old_license.unnamed(kind).is_some();
            subject.usage.is_counted(kind) || subject.old_license.as_ref().is_some_and(by_old)
        };
        let uncounted = ItemKind::SEATED.into_iter().filter(|kind| !is_told(*kind)).filter_map(|kind| {
            if !subject.needs.all().iter().any(|needed| needed.kind == kind) {
                return Some(Self { kind, some: None });
            }
            let items: Vec<_> = subject.items.iter().filter(|item| item.kind == kind).collect();
            let known = items.iter().filter(|item| subject.needs.of(kind, &item.id).is_some()).count();
            (known < items.len()).then_some(Self { kind, some: Some((items.len() - known, items.len())) })
        });
        uncounted.collect()
    }

    /// The clause: "nobody counted how many apps are assigned".
    pub(super) fn clause(&self) -> String {
        format!("{NOBODY_COUNTED}{} are assigned", self.noun("of the "))
    }

    /// The items in words: "apps", "2 of 5 user types".
    fn noun(&self, article: &str) -> String {
        let kind = plural(self.kind.noun());
        match self.some {
            None => kind,
            Some((uncounted, all)) => format!("{uncounted} of {article}{all} {kind}"),
        }
    }

    /// The clause for the first line: "apps and extensions were not counted"; nothing where everything was counted.
    pub(super) fn phrase(uncounted: &[Self]) -> Option<String> {
        let kinds: Vec<_> = uncounted.iter().map(|one| one.noun("")).collect();
        match uncounted {
            [] => None,
            [Self { some: Some((1, _)), .. }] => Some(format!("{} was not counted", list(&kinds))),
            _ => Some(format!("{} were not counted", list(&kinds))),
        }
    }
}
