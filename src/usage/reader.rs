//! Reads everything that tells of usage, and puts it together.

use crate::license::ItemKind;
use crate::source::{Document, DocumentKind, Failure, FailureCode, Found, Source, Wanted, plain_text};
use crate::usage::members::Member;
use crate::usage::origin::Origin;
use crate::usage::pages::{Page, assemble};
use crate::usage::tally::{Counts, Tally, agree};
use crate::usage::{Usage, counts, members, resource, whole};

/// What was found in a source.
#[derive(Debug, Default)]
pub struct Contents {
    /// How many of its documents tell of usage.
    pub used: usize,
    /// Documents of other known kinds, and why each cannot serve.
    pub others: Vec<(DocumentKind, Failure)>,
}

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
    pub fn read(&mut self, source: &Source, counted: Option<ItemKind>) -> Result<Contents, Failure> {
        let text = source.text().trim_start();
        if text.is_empty() {
            return Err(Failure::new(source.name(), FailureCode::Empty, "there is nothing in it"));
        }
        let mut contents = Contents::default();
        if text.starts_with(['{', '[', '<']) {
            for Found { place, document } in source.documents() {
                let origin = Origin { source, place: &place };
                match document? {
                    Document::Other(DocumentKind::LicenseResource) => {
                        let tally = resource::tally(origin)?;
                        whole::check(origin, &tally)?;
                        self.resources.push(tally);
                    }
                    Document::Other(DocumentKind::MemberCounts) => self.counts.push(counts::page(origin, counted)?),
                    Document::Other(DocumentKind::Members) => self.pages.push(members::page(origin)?),
                    other => {
                        let (code, message) = other.not(Wanted::Usage);
                        contents.others.push((other.kind(), origin.failure(code, message)));
                        continue;
                    }
                }
                contents.used += 1;
            }
        } else if let Some(kind) = plain_text::kind(source.name(), text).filter(|kind| *kind != DocumentKind::Sheet) {
            let (code, message) = Document::Other(kind).not(Wanted::Usage);
            contents.others.push((kind, Failure::new(source.name(), code, message)));
        } else {
            self.sheets.push((source.name().to_owned(), members::from_csv(source)?));
            contents.used += 1;
        }
        if contents.used > 0 {
            self.sources.push(source.name().to_owned());
        }
        Ok(contents)
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
            for list in assemble(pages.collect())? {
                tallies.push(counted(list.name, kind, list.elements)?);
            }
        }
        let mut notes = Vec::new();
        let mut lists = Vec::new();
        for list in assemble(self.pages)? {
            if list.unnamed > 0 {
                notes.push(format!("{}: {}", list.name, unnamed(list.unnamed)));
            }
            lists.push((list.name, list.elements));
        }
        lists.extend(self.sheets);
        for (name, members) in &lists {
            tallies.push(members::tally(name, members)?);
        }
        agree(&tallies)?;
        Ok(Usage::new(&tallies, members::merge(lists)?, self.sources, notes))
    }
}

/// What it means that a list names so many fewer than the portal counts.
pub(crate) fn unnamed(count: u64) -> String {
    format!(
        "the portal counts {count} more than it names: they may be its built-in accounts, which hold no seat, as far as is \
         known"
    )
}

fn counted(name: String, kind: ItemKind, elements: Vec<(String, u64)>) -> Result<Tally, Failure> {
    if elements.is_empty() && kind == ItemKind::UserType {
        return Err(Failure::new(name, FailureCode::Incomplete, members::NOBODY));
    }
    let mut counts = Counts { complete: true, ..Counts::default() };
    for (id, count) in elements {
        if counts.by_id.insert(id.clone(), count).is_some() {
            let message = format!("{id} is counted twice, so another may be missing");
            return Err(Failure::new(name, FailureCode::Contradiction, message));
        }
    }
    Ok(Tally { name, kinds: [(kind, counts)].into() })
}
