//! Reads the sources of usage.

use crate::license::ItemKind;
use crate::source::{Document, DocumentKind, Failure, FailureCode, Found, Source, WantedKind, plain_text};
use crate::usage::account::{Account, LeftOut};
use crate::usage::count_gap::CountGap;
use crate::usage::counts::KeyCount;
use crate::usage::given::GivenUsage;
use crate::usage::item_ids::ItemIds;
use crate::usage::lists::{List, assemble};
use crate::usage::names::TypeNames;
use crate::usage::origin::DocumentOrigin;
use crate::usage::pages::{ListPage, Listed};
use crate::usage::tally::Tally;
use crate::usage::{Usage, complete, counts, member_table, members, resource, user_types};

/// The content of a source, as far as it is about usage.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Contents {
    /// The number of its documents that hold usage.
    pub used: usize,
    /// Its documents of other known kinds, each with the reason why it cannot be used.
    pub others: Vec<(DocumentKind, Failure)>,
}

/// Reads sources one after the other; [`UsageReader::gather`] puts their usage together.
#[derive(Debug, Default)]
pub struct UsageReader {
    left_out: LeftOut,
    sources: Vec<String>,
    resources: Vec<Tally>,
    counts: Vec<(Option<ItemKind>, ListPage<KeyCount>)>,
    pages: Vec<ListPage<Account>>,
    tables: Vec<List<Account>>,
    alone: Vec<(String, Account)>,
    names: Vec<(String, String)>,
    item_ids: ItemIds,
    /// Notes about license resources that count more user types than members.
    larger_counts: Vec<String>,
    /// Where the sources may have gaps, those that were found; otherwise a gap is a failure.
    gaps: Option<Vec<CountGap>>,
    /// Why a source that was read counts nothing. It becomes the failure if no other source counts anything.
    counts_nothing: Option<Failure>,
}

impl UsageReader {
    /// A reader that leaves out these accounts.
    #[must_use]
    pub fn new(left_out: LeftOut) -> Self {
        Self { left_out, ..Self::default() }
    }

    /// Takes what the sources count although it is not everything, and remembers the gaps.
    #[must_use]
    pub fn with_gaps(self) -> Self {
        Self { gaps: Some(self.gaps.unwrap_or_default()), ..self }
    }

    /// Reads a source: JSON documents, or else a table. `counted` is the kind of item that member counts are about,
    /// which they do not say themselves. Documents of other known kinds are not read; the result names them.
    ///
    /// # Errors
    /// Where the source cannot be read, or would leave out seats.
    pub fn read(&mut self, source: &Source, counted: Option<ItemKind>) -> Result<Contents, Failure> {
        let text = source.text().trim_start();
        if text.is_empty() {
            return Err(Failure::new(source.name(), FailureCode::Empty, "there is nothing in it"));
        }
        let mut contents = Contents::default();
        let gaps = self.gaps.as_ref().map_or(0, Vec::len);
        if text.starts_with(['{', '[', '<']) {
            for Found { place, document } in source.documents() {
                let origin = DocumentOrigin { source, place: &place };
                let document = document?;
                match self.document(origin, &document, counted).or_else(|failure| self.gap(failure).map(|()| true))? {
                    true => contents.used += 1,
                    false => {
                        let (code, message) = document.not(WantedKind::Usage);
                        contents.others.push((document.kind(), origin.failure(code, message)));
                    }
                }
            }
        } else if let Some(kind) = plain_text::kind(source.name(), text).filter(|kind| *kind != DocumentKind::Sheet) {
            let (code, message) = Document::Other(kind).not(WantedKind::Usage);
            contents.others.push((kind, Failure::new(source.name(), code, message)));
        } else {
            self.table(source, counted)?;
            contents.used += 1;
        }
        // A source of which nothing can be used counts nothing.
        let unusable = self.gaps.iter().flatten().skip(gaps).filter(|gap| gap.is_all).count();
        if contents.used > unusable {
            self.sources.push(source.name().to_owned());
        }
        Ok(contents)
    }

    /// Remembers that something cannot be counted, where that is allowed.
    fn gap(&mut self, failure: Failure) -> Result<(), Failure> {
        match &mut self.gaps {
            Some(gaps) if failure.code == FailureCode::Incomplete => {
                gaps.push(CountGap::unusable(&failure));
                Ok(())
            }
            _ => Err(failure),
        }
    }

    /// Puts pages together. Where a page is missing and gaps are allowed, none of them is used.
    fn assembled<T: Listed>(&mut self, pages: Vec<ListPage<T>>) -> Result<Vec<List<T>>, Failure> {
        let names: Vec<_> = pages.iter().map(|page| page.name.clone()).collect();
        assemble(pages).or_else(|failure| {
            self.gap(failure)?;
            self.sources.retain(|source| !names.contains(source));
            Ok(Vec::new())
        })
    }

    /// Adds a document, if it holds usage.
    fn document(
        &mut self,
        origin: DocumentOrigin<'_>,
        document: &Document<'_>,
        counted: Option<ItemKind>,
    ) -> Result<bool, Failure> {
        match document {
            Document::Other(DocumentKind::LicenseResource) => {
                let (tally, entries) = resource::tally(origin)?;
                self.item_ids.add(&entries);
                match (complete::check(origin, &tally), &mut self.gaps) {
                    (Ok(note), _) => {
                        self.larger_counts.extend(note);
                        self.resources.push(tally);
                    }
                    (Err(failure), _) if tally.kinds.is_empty() => self.counts_nothing = Some(failure),
                    (Err(failure), Some(gaps)) if failure.code == FailureCode::Incomplete => {
                        gaps.push(complete::gap(origin, &tally, &failure));
                        self.resources.push(tally);
                    }
                    (Err(failure), _) => return Err(failure),
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
            member_table::TableContents::Members(elements) => self.tables.push(List { name, elements, unnamed: 0 }),
            member_table::TableContents::Counts(elements) => {
                self.counts.push((counted, ListPage::whole(name, elements)))
            }
        }
        Ok(())
    }

    /// Whether no source so far holds usage.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The usage of all sources.
    ///
    /// # Errors
    /// Where a page is missing, counts are of unknown items, or nothing is counted.
    pub fn gather(mut self) -> Result<GivenUsage, Failure> {
        let mut counts = Vec::new();
        let kinds: Vec<_> = std::iter::once(None).chain(ItemKind::SEATED.map(Some)).collect();
        for given in kinds {
            let pages = self.counts.iter().filter(|(counted, _)| *counted == given).map(|(_, page)| page.clone());
            let lists = self.assembled(pages.collect())?;
            for list in lists {
                let kind = given.map_or_else(|| counts::kind_of(&list, &self.item_ids), Ok)?;
                counts.push((kind, list));
            }
        }
        let pages = std::mem::take(&mut self.pages);
        let mut lists = self.assembled(pages)?;
        lists.extend(self.tables);
        let is_nothing = lists.is_empty() && counts.is_empty() && self.resources.is_empty() && self.alone.is_empty();
        let has_gaps = self.gaps.as_ref().is_some_and(|gaps| !gaps.is_empty());
        if let Some(failure) = self.counts_nothing.filter(|_| is_nothing && !has_gaps) {
            return Err(failure);
        }
        let sources = if is_nothing { Vec::new() } else { self.sources };
        Ok(GivenUsage::new(self.left_out, sources, self.resources, counts, lists, self.alone)
            .with_names(self.names, self.item_ids)
            .with_notes(self.larger_counts, self.gaps))
    }

    /// The usage of all sources, where there is no license to look up the names of user types in.
    ///
    /// # Errors
    /// Those of [`UsageReader::gather`] and `GivenUsage::usage`.
    pub fn finish(self) -> Result<Usage, Failure> {
        self.gather()?.usage(TypeNames::default()).map(|usage| usage.as_ref().clone())
    }
}
