//! Which items an answer shows.

use std::collections::{BTreeSet, HashSet};

use crate::answers::{FindingReport, ItemReport, LicenseReport};
use crate::license::catalog::known_as;
use crate::license::{Item, ItemKind, LicenseDocument};
use crate::seats::Status;

/// Selects items by kind, id and status; an empty list selects all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Kinds of item.
    pub kinds: Vec<ItemKind>,
    /// Ids, compared byte for byte. An id may hold commas; if no item has the whole id, its parts between commas are
    /// ids.
    pub ids: Vec<String>,
    /// Statuses at the as-of.
    pub statuses: Vec<Status>,
}

impl Filter {
    /// The filter for a document with these ids. An id that contains a comma is taken whole where an item of the
    /// document has it.
    #[must_use]
    pub(crate) fn within<'f, 'i>(&'f self, ids: impl Iterator<Item = &'i str>) -> DocumentFilter<'f> {
        let known: HashSet<&str> = if self.ids.is_empty() { HashSet::new() } else { ids.collect() };
        let parts = |asked: &'f str| if known.contains(asked) { vec![asked] } else { asked.split(',').collect() };
        DocumentFilter { filter: self, ids: self.ids.iter().flat_map(|asked| parts(asked)).collect() }
    }

    /// Keeps the items that are selected, and the findings about these items or about no particular item.
    pub fn apply(&self, license: &mut LicenseReport) {
        if self.is_empty() {
            return;
        }
        let mut asked = self.asked_for(&license.items).into_iter();
        let others = license.items.extract_if(.., |_| asked.next() == Some(false));
        license.not_asked_for.extend(others.map(|item| (item.kind, item.id)));
        if license.findings.is_empty() {
            return;
        }
        let left: HashSet<_> = license.items.iter().map(|item| (item.kind, item.id.as_str())).collect();
        self.apply_to_findings(&mut license.findings, &left);
    }

    /// Keeps the findings about the items that are left, or about no particular item.
    pub(crate) fn apply_to_findings(&self, findings: &mut Vec<FindingReport>, left: &HashSet<(ItemKind, &str)>) {
        if self.is_empty() {
            return;
        }
        findings.retain(|finding| match (finding.kind, &finding.id) {
            (Some(kind), Some(id)) => left.contains(&(kind, id.as_str())),
            (Some(kind), None) => self.kinds.is_empty() || self.kinds.contains(&kind),
            (None, _) => true,
        });
    }

    fn asked_for(&self, items: &[ItemReport]) -> Vec<bool> {
        let within = self.within(items.iter().map(|item| item.id.as_str()));
        items.iter().map(|item| within.asks_for(item.kind, &item.id, item.status)).collect()
    }

    /// Whether the filter selects every item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.ids.is_empty() && self.statuses.is_empty()
    }
}

/// The selection of a [`Filter`] within one document.
#[derive(Debug)]
pub struct DocumentFilter<'f> {
    filter: &'f Filter,
    ids: HashSet<&'f str>,
}

impl DocumentFilter<'_> {
    /// Whether an item with this status is selected.
    #[must_use]
    pub fn asks_for(&self, kind: ItemKind, id: &str, status: Status) -> bool {
        (self.filter.kinds.is_empty() || self.filter.kinds.contains(&kind))
            && (self.filter.ids.is_empty() || self.ids.contains(id))
            && (self.filter.statuses.is_empty() || self.filter.statuses.contains(&status))
    }
}

/// Looks for the ids of a [`Filter`] in document after document. An id that no item has is probably misspelt.
#[derive(Clone, Debug)]
pub struct IdSearch<'f> {
    asked: Vec<Asked<'f>>,
}

#[derive(Clone, Debug)]
struct Asked<'f> {
    text: &'f str,
    found: bool,
    /// The parts between commas, each of which must be an id if no item has the whole text as its id.
    parts: Vec<IdPart<'f>>,
}

#[derive(Clone, Debug)]
struct IdPart<'f> {
    id: &'f str,
    found: bool,
    /// The nearest ids so far, each with its distance in edits.
    near: BTreeSet<(usize, String)>,
}

/// An id that no item has in any document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownId {
    /// The id that was asked for, compared byte for byte.
    pub id: String,
    /// Ids that are alike in letters or whose names are alike, the nearest first.
    pub near: Vec<String>,
}

impl<'f> IdSearch<'f> {
    /// A search that has seen no item yet.
    #[must_use]
    pub fn new(filter: &'f Filter) -> Self {
        let part = |id| IdPart { id, found: false, near: BTreeSet::new() };
        let asked = |text: &'f String| Asked { text, found: false, parts: text.split(',').map(part).collect() };
        Self { asked: filter.ids.iter().map(asked).collect() }
    }

    fn is_idle(&self) -> bool {
        self.asked.is_empty()
    }

    /// Compares the ids that are searched with the id and the names of an item.
    pub fn look(&mut self, id: &str, names: [Option<&str>; 2]) {
        for asked in &mut self.asked {
            asked.found |= asked.text == id;
            asked.parts.iter_mut().for_each(|part| part.look(id, names));
        }
    }

    /// Compares the ids that are searched with every item of a document.
    pub fn look_through(&mut self, document: &LicenseDocument<'_>) {
        if self.is_idle() {
            return;
        }
        let version = document.my_esri.version.as_written().and_then(|version| version.parse().ok());
        for item in Item::all(document) {
            let name = item.definition.and_then(|definition| definition.name());
            self.look(&item.id, [name.as_deref(), known_as(item.kind, &item.id, version)]);
        }
    }

    /// Whether every id was found.
    #[must_use]
    pub(crate) fn has_found_all(&self) -> bool {
        self.asked.iter().all(|asked| asked.found || asked.parts.iter().all(|part| part.found))
    }

    /// The ids that were not found.
    #[must_use]
    pub fn unknown(&self) -> Vec<UnknownId> {
        let parts = self.asked.iter().filter(|asked| !asked.found).flat_map(|asked| &asked.parts);
        let unknown = parts.filter(|part| !part.found);
        let near = |part: &IdPart<'_>| part.near.iter().map(|(_, id)| id.clone()).collect();
        unknown.map(|part| UnknownId { id: part.id.to_owned(), near: near(part) }).collect()
    }
}

impl IdPart<'_> {
    fn look(&mut self, id: &str, names: [Option<&str>; 2]) {
        const MOST: usize = 3;
        self.found |= self.id == id;
        // An id that was found needs no suggestions.
        if self.found {
            return;
        }
        let wanted = self.id.to_lowercase();
        let distance = |known: &str| {
            let letters = known.chars().count().max(3);
            // An id that is longer by more than that is no misspelling, and takes long to compare.
            let may_be = known.len().abs_diff(wanted.len()) <= letters;
            let distance = may_be.then(|| strsim::osa_distance(&wanted, &known.to_lowercase()));
            distance.filter(|distance| *distance <= letters / 3)
        };
        let nearest = [Some(id)].into_iter().chain(names).flatten().filter_map(distance).min();
        if let Some(distance) = nearest {
            self.near.insert((distance, id.to_owned()));
            if self.near.len() > MOST {
                self.near.pop_last();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(ids: &[&str]) -> Filter {
        Filter { ids: ids.iter().map(|id| (*id).to_owned()).collect(), ..Filter::default() }
    }

    #[test]
    fn an_id_with_a_comma_is_found_whole_first() {
        let asked = filter(&["a,b"]);
        let asks = |ids: &[&str], id| asked.within(ids.iter().copied()).asks_for(ItemKind::App, id, Status::Active);
        assert!(asks(&["a", "b", "c"], "a") && asks(&["a", "b", "c"], "b") && !asks(&["a", "b", "c"], "c"));
        assert!(asks(&["a", "a,b"], "a,b") && !asks(&["a", "a,b"], "a"));
    }

    #[test]
    fn what_no_item_has_is_told_with_what_is_near() {
        let asked = filter(&["creatorUT,viewerut", "Mobile Worker", "x,y", "storyteller", "App"]);
        let mut search = IdSearch::new(&asked);
        for (id, name) in
            [("creatorUT", "Creator"), ("viewerUT", "Viewer"), ("fieldWorkerUT", "Mobile Worker"), ("x,y", "")]
        {
            search.look(id, [Some(name), None]);
        }
        let unknown: Vec<_> = search.unknown().into_iter().map(|unknown| (unknown.id, unknown.near)).collect();
        let near =
            |id: &str, near: &[&str]| (id.to_owned(), near.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            unknown,
            [
                near("viewerut", &["viewerUT"]),
                near("Mobile Worker", &["fieldWorkerUT"]),
                near("storyteller", &[]),
                near("App", &[])
            ]
        );
    }
}
