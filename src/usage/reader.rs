//! Reads everything that tells of usage.

use crate::license::ItemKind;
use crate::source::{Document, DocumentKind, Failure, FailureCode, Found, Source, Wanted, plain_text};
use crate::usage::account::{Account, LeftOut};
use crate::usage::counts::Counted;
use crate::usage::given::GivenUsage;
use crate::usage::item_ids::ItemIds;
use crate::usage::names::TypeNames;
use crate::usage::origin::Origin;
use crate::usage::pages::{List, Page, assemble};
use crate::usage::tally::Tally;
use crate::usage::{Usage, counts, member_table, members, resource, user_types, whole};

/// What was found in a source.
#[derive(Debug, Default)]
pub struct Contents {
    /// How many of its documents tell of usage.
    pub used: usize,
    /// Documents of other known kinds, and why each cannot serve.
    pub others: Vec<(DocumentKind, Failure)>,
}

/// Reads one source after the other; [`UsageReader::gather`] puts them together.
#[derive(Debug, Default)]
pub struct UsageReader {
    left_out: LeftOut,
    sources: Vec<String>,
    resources: Vec<Tally>,
    counts: Vec<(Option<ItemKind>, Page<Counted>)>,
    pages: Vec<Page<Account>>,
    tables: Vec<List<Account>>,
    alone: Vec<(String, Account)>,
    names: Vec<(String, String)>,
    item_ids: ItemIds,
    /// Why what was read counts nothing, should nothing else count anything.
    counts_nothing: Option<Failure>,
}

impl UsageReader {
    /// One that leaves these accounts out.
    #[must_use]
    pub fn new(left_out: LeftOut) -> Self {
        Self { left_out, ..Self::default() }
    }

    /// Reads a source: JSON documents, or else a table. `counted` says what member counts count, which they do not say
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
                let document = document?;
                if self.document(origin, &document, counted)? {
                    contents.used += 1;
                } else {
                    let (code, message) = document.not(Wanted::Usage);
                    contents.others.push((document.kind(), origin.failure(code, message)));
                }
            }
        } else if let Some(kind) = plain_text::kind(source.name(), text).filter(|kind| *kind != DocumentKind::Sheet) {
            let (code, message) = Document::Other(kind).not(Wanted::Usage);
            contents.others.push((kind, Failure::new(source.name(), code, message)));
        } else {
            self.table(source, counted)?;
            contents.used += 1;
        }
        if contents.used > 0 {
            self.sources.push(source.name().to_owned());
        }
        Ok(contents)
    }

    /// Takes in a document, if it tells of usage.
    fn document(
        &mut self,
        origin: Origin<'_>,
        document: &Document<'_>,
        counted: Option<ItemKind>,
    ) -> Result<bool, Failure> {
        match document {
            Document::Other(DocumentKind::LicenseResource) => {
                let (tally, entries) = resource::tally(origin)?;
                self.item_ids.add(&entries);
                match whole::check(origin, &tally) {
                    Ok(()) => self.resources.push(tally),
                    Err(failure) if tally.kinds.is_empty() => self.counts_nothing = Some(failure),
                    Err(failure) => return Err(failure),
                }
            }
            Document::Other(DocumentKind::MemberCounts) => self.counts.push((counted, counts::page(origin)?)),
            Document::Other(DocumentKind::Members) => self.pages.push(members::page(origin, &self.left_out)?),
            Document::Other(DocumentKind::Member) => {
                self.alone.push((origin.name(), members::alone(origin, &self.left_out)?));
            }
            Document::Other(DocumentKind::UserTypes) => {
                self.names.extend(user_types::read(origin)?);
                let message = "this names user types, and counts nobody: give it beside members or counts";
                self.counts_nothing.get_or_insert(origin.failure(FailureCode::Incomplete, message));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn table(&mut self, source: &Source, counted: Option<ItemKind>) -> Result<(), Failure> {
        let name = source.name().to_owned();
        match member_table::read(source, &self.left_out)? {
            member_table::Contents::Members(elements) => self.tables.push(List { name, elements, unnamed: 0 }),
            member_table::Contents::Counts(elements) => self.counts.push((counted, Page::whole(name, elements))),
        }
        Ok(())
    }

    /// Whether nothing was found that tells of usage.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// All of it together, as it is given.
    ///
    /// # Errors
    /// Where a page is missing, counts are of something that nobody knows, or nothing is counted.
    pub fn gather(self) -> Result<GivenUsage, Failure> {
        let mut counts = Vec::new();
        let kinds: Vec<_> = std::iter::once(None).chain(ItemKind::SEATED.map(Some)).collect();
        for said in kinds {
            let pages = self.counts.iter().filter(|(counted, _)| *counted == said).map(|(_, page)| page.clone());
            for list in assemble(pages.collect())? {
                let kind = said.map_or_else(|| counts::kind_of(&list, &self.item_ids), Ok)?;
                counts.push((kind, list));
            }
        }
        let mut lists = assemble(self.pages)?;
        lists.extend(self.tables);
        let is_nothing = lists.is_empty() && counts.is_empty() && self.resources.is_empty() && self.alone.is_empty();
        if let Some(failure) = self.counts_nothing.filter(|_| is_nothing) {
            return Err(failure);
        }
        Ok(GivenUsage::new(self.left_out, self.sources, self.resources, counts, lists, self.alone)
            .with_names(self.names, self.item_ids))
    }

    /// All of it together, where no license is at hand that names user types.
    ///
    /// # Errors
    /// As [`UsageReader::gather`] and `GivenUsage::usage`.
    pub fn finish(self) -> Result<Usage, Failure> {
        self.gather()?.usage(TypeNames::default()).map(|usage| usage.as_ref().clone())
    }
}
