//! `why`: where the seats of an item come from: its entries, their lines, and which of them holds.

mod entries;
mod reading;
mod text;
mod value;

pub use text::{why_markdown, why_table};
pub use value::{ItemEntries, NoSuchItem, WhyEntry, WhyQuestion, WhyReport};

use value::EntryWords;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use entries::Stated;
use reading::{Reader, holding};

use crate::answers::{FailureReport, Location};
use crate::json::{Locator, Pointer};
use crate::license::catalog::{ids_by_name, known_as};
use crate::license::{Item, ItemKind};
use crate::seats::SeatTimeline;
use crate::source::{License, Source};
use crate::text::nearest;
use crate::time::{Instant, Zone};

impl WhyReport {
    /// Explains the seats of one item of a license document.
    ///
    /// # Errors
    /// Where the license has no such item, or where several kinds have the id and the question names none.
    pub fn new(license: License<'_>, question: WhyQuestion<'_>) -> Result<Self, NoSuchItem> {
        let License { source, place, document } = license;
        let WhyQuestion { id, as_of, zone, .. } = question;
        let items = Item::all(document);
        let item = find(&items, question)?;
        let stated = entries::stated(item, document);
        let mut locator = Locator::new(source.text(), place.span.clone());
        let ItemEntries { entries, other_readings } = explain(item, &stated, source, &mut locator, as_of, zone);
        let version = license.version();
        let parsed = version.as_deref().and_then(|version| version.parse().ok());
        let timeline = &item.timeline;
        Ok(Self {
            source: Some(place.source_name(source).to_owned()),
            file: Some(source.name().to_owned()),
            document: place.index,
            fetched_at: place.fetched_at().map(str::to_owned),
            version: version.map(Cow::into_owned),
            kind: Some(item.kind),
            name: item.definition.and_then(|definition| definition.name()).map(Cow::into_owned),
            known_as: known_as(item.kind, id, parsed).map(str::to_owned),
            seats: (item.kind != ItemKind::Capability).then(|| timeline.seats_at(as_of)),
            status: Some(timeline.status_at(as_of)),
            certain: Some(timeline.is_certain_at(as_of)),
            certain_until: timeline.certain_until(as_of),
            entries,
            other_readings,
            ..Self::unread(question, Vec::new())
        })
    }

    /// The answer where the license could not be read.
    #[must_use]
    pub fn unread(question: WhyQuestion<'_>, failures: Vec<FailureReport>) -> Self {
        Self {
            schema: Self::SCHEMA.into(),
            as_of: question.as_of,
            source: None,
            file: None,
            document: 0,
            fetched_at: None,
            version: None,
            kind: question.kind,
            id: question.id.to_owned(),
            name: None,
            known_as: None,
            seats: None,
            status: None,
            certain: None,
            certain_until: None,
            entries: Vec::new(),
            other_readings: Vec::new(),
            failures,
        }
    }
}

/// For every item of a license, in the order of the items: its own entries, and what in them could not be read plainly.
#[must_use]
pub fn explanations(license: License<'_>, as_of: Instant, zone: Zone) -> Vec<ItemEntries> {
    let License { source, place, document } = license;
    let mut locator = Locator::new(source.text(), place.span.clone());
    let items = Item::all(document);
    let each = items.iter().map(|item| explain(item, &entries::own(item, document), source, &mut locator, as_of, zone));
    each.collect()
}

/// The explanations of [`explanations`], by kind and id.
#[must_use]
pub fn explanations_by_id(
    license: License<'_>,
    as_of: Instant,
    zone: Zone,
) -> HashMap<(ItemKind, String), ItemEntries> {
    let all = explanations(license, as_of, zone);
    let keys = Item::all(license.document).into_iter().map(|item| (item.kind, item.id.into_owned()));
    keys.zip(all).collect()
}

/// The entries of an item in words, and what other readings of them would give.
fn explain(
    item: &Item<'_>,
    stated: &[Stated],
    source: &Source,
    locator: &mut Locator<'_>,
    as_of: Instant,
    zone: Zone,
) -> ItemEntries {
    let locations: Vec<_> = stated.iter().map(|entry| location(source, locator, &entry.pointer)).collect();
    let lines = lines(&locations);
    let holding = holding(stated, as_of);
    let reader =
        Reader { kind: item.kind, entries: stated, lines: &lines, as_of, zone, holding, timeline: &item.timeline };
    let mut other_readings = reader.other_readings();
    // An entry that cannot be read says so itself. Here there is no entry, since the list itself cannot be read.
    if stated.is_empty() && item.timeline == SeatTimeline::unknown() {
        let kind = item.kind.heading().to_lowercase();
        other_readings.push(format!("nothing is known of the seats of {kind}: provision cannot be read"));
    }
    let words = reader.words().into_iter().zip(&lines).map(|(words, line)| EntryWords { line: line.clone(), ..words });
    let entry = |((entry, location), words): ((&Stated, Location), EntryWords)| WhyEntry {
        location,
        max_users: entry.seats.ok().filter(|_| item.kind != ItemKind::Capability),
        start_date: entry.start.ok(),
        end_date: entry.end.and_then(Result::ok),
        holds: reader.holds(entry),
        may_belong: entry.without_id.is_some(),
        reading: reader.at_as_of(entry, &words),
        words,
    };
    ItemEntries { entries: stated.iter().zip(locations).zip(words).map(entry).collect(), other_readings }
}

fn find<'i, 'd>(items: &'i [Item<'d>], question: WhyQuestion<'_>) -> Result<&'i Item<'d>, NoSuchItem> {
    let WhyQuestion { id, kind, .. } = question;
    let of_kind = || items.iter().filter(|item| kind.is_none_or(|kind| item.kind == kind));
    let found: Vec<_> = of_kind().filter(|item| item.id == id).collect();
    match found.as_slice() {
        [item] => Ok(item),
        [] => Err(NoSuchItem::Unknown { id: id.to_owned(), kind, near: near(of_kind(), id) }),
        several => {
            let found = several.iter().map(|item| item.kind).collect();
            Err(NoSuchItem::Several { id: id.to_owned(), found })
        }
    }
}

/// The ids that were perhaps meant: with the wanted text as name, in another case, or with nearly the same letters.
fn near<'i, 'd: 'i>(items: impl Iterator<Item = &'i Item<'d>>, wanted: &str) -> Vec<String> {
    let items: Vec<_> = items.collect();
    let is_meant = |item: &Item<'_>| {
        let own = item.definition.and_then(|definition| definition.name());
        item.id.eq_ignore_ascii_case(wanted)
            || own.is_some_and(|name| name.eq_ignore_ascii_case(wanted.trim()))
            || ids_by_name(item.kind, wanted).contains(&item.id.as_ref())
    };
    let named: BTreeSet<_> = items.iter().filter(|item| is_meant(item)).map(|item| item.id.as_ref()).collect();
    let like = || nearest(wanted, items.iter().map(|item| item.id.as_ref())).map(str::to_owned);
    if named.is_empty() { like().into_iter().collect() } else { named.into_iter().map(str::to_owned).collect() }
}

fn location(source: &Source, locator: &mut Locator<'_>, pointer: &Pointer) -> Location {
    let span = locator.span(pointer);
    let (start, end) = (source.position(span.start), source.position(span.end));
    let pointer = pointer.clone();
    Location { pointer, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

/// The line of each entry, "24", or line and column, "1:94", where several entries stand on one line.
fn lines(locations: &[Location]) -> Vec<String> {
    let distinct: BTreeSet<_> = locations.iter().map(|location| location.line).collect();
    let shown = |location: &Location| match distinct.len() == locations.len() {
        true => location.line.to_string(),
        false => format!("{}:{}", location.line, location.column),
    };
    locations.iter().map(shown).collect()
}
