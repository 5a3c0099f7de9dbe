//! Reads everything that tells of usage, and puts it together.

use super::members::{self, Member};
use super::origin::Origin;
use super::pages::{Page, assemble};
use super::tally::{Counts, Tally, agree};
use super::{Usage, counts, resource};
use crate::item::ItemKind;
use crate::source::{Document, DocumentKind, Failure, FailureCode, Found, Source};

/// Reads one source after the other; [`UsageReader::finish`] puts them together.
#[derive(Debug, Default)]
pub struct UsageReader {
    sources: Vec<String>,
    resources: Vec<Tally>,
    counts: Vec<(ItemKind, Page<(String, u64)>)>,
    pages: Vec<Page<Member>>,
    sheets: Vec<(String, Vec<Member>)>,
}

impl UsageReader {
    /// Reads a source: JSON documents, or else CSV. `counted` says what member counts count, which they do not say
    /// themselves; user types unless said otherwise. Documents of other known kinds are left out, and told.
    ///
    /// # Errors
    /// Where something in it cannot be read, or not be counted on.
    pub fn read(&mut self, source: &Source, counted: Option<ItemKind>) -> Result<Vec<DocumentKind>, Failure> {
        let text = source.text().trim_start();
        if text.is_empty() {
            return Err(Failure::new(source.name(), FailureCode::Empty, "there is nothing in it"));
        }
        let mut others = Vec::new();
        let mut is_usage = true;
        if text.starts_with(['{', '[', '<']) {
            is_usage = false;
            for Found { place, document } in source.documents() {
                let origin = Origin { source, place: &place };
                match document? {
                    Document::Other(DocumentKind::LicenseResource) => self.resources.push(resource::tally(origin)?),
                    Document::Other(DocumentKind::MemberCounts) => self.counts.push(counts::page(origin, counted)?),
                    Document::Other(DocumentKind::Members) => self.pages.push(members::page(origin)?),
                    other => {
                        others.push(other.kind());
                        continue;
                    }
                }
                is_usage = true;
            }
        } else {
            self.sheets.push((source.name().to_owned(), members::from_csv(source)?));
        }
        if is_usage {
            self.sources.push(source.name().to_owned());
        }
        Ok(others)
    }

    /// Whether nothing was found that tells of usage.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// All of it together.
    ///
    /// # Errors
    /// Where a page is missing, a member is there twice, or two sources disagree: a count that is too small is worse than
    /// none.
    pub fn finish(self) -> Result<Usage, Failure> {
        let mut tallies = self.resources;
        for kind in ItemKind::SEATED {
            let pages = self.counts.iter().filter(|(counted, _)| *counted == kind).map(|(_, page)| page.clone());
            for (name, elements) in assemble(pages.collect())? {
                tallies.push(counted(name, kind, elements)?);
            }
        }
        let mut lists = assemble(self.pages)?;
        lists.extend(self.sheets);
        for (name, members) in &lists {
            tallies.push(members::tally(name, members)?);
        }
        agree(&tallies)?;
        Ok(Usage::new(&tallies, members::merge(lists)?, self.sources))
    }
}

fn counted(name: String, kind: ItemKind, elements: Vec<(String, u64)>) -> Result<Tally, Failure> {
    let mut counts = Counts { complete: true, ..Counts::default() };
    for (id, count) in elements {
        if counts.by_id.insert(id.clone(), count).is_some() {
            let message = format!("{id} is counted twice, so another may be missing");
            return Err(Failure::new(name, FailureCode::Contradiction, message));
        }
    }
    Ok(Tally { name, kinds: [(kind, counts)].into() })
}
