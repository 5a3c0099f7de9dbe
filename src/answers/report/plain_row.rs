//! An item of a plain license as a record.

use std::ops::Range;

use crate::json::JsonScan;
use crate::license::catalog::known_as;
use crate::license::{
    Administrator, ItemKind, PlainDefinition, PlainExtra, PlainLicense, Version, entitlement, included,
};
use crate::seats::{SeatTimeline, StrayWindows, windows};
use crate::text::{write_list, write_number, write_or_null, write_text, write_truth};
use crate::time::Instant;

/// An item, and what its record is made of.
pub(super) struct PlainRow<'r> {
    pub(super) license: &'r PlainLicense<'r>,
    pub(super) version: Option<Version>,
    pub(super) kind: ItemKind,
    pub(super) id: &'r str,
    pub(super) definition: Option<&'r PlainDefinition<'r>>,
    /// What the entry that holds at the as-of says besides seats.
    pub(super) extra: Option<&'r PlainExtra<'r>>,
    pub(super) timeline: &'r SeatTimeline,
    pub(super) as_of: Instant,
}

/// Writes the value of a field.
pub(super) type WriteField = for<'r> fn(&mut Vec<u8>, &PlainRow<'r>);

/// The fields of an item in their order, each with the function that writes its value.
pub(super) const FIELDS: [(&str, WriteField); 23] = [
    ("kind", |line, row| word(line, row.kind.as_str())),
    ("id", |line, row| write_text(line, row.id)),
    ("name", |line, row| text(line, row.definition.and_then(|definition| definition.name))),
    ("knownAs", |line, row| text(line, known_as(row.kind, row.id, row.version))),
    ("level", |line, row| text(line, row.definition.and_then(|definition| definition.level))),
    ("usableSeats", |line, row| seats(line, row, row.timeline.seats_at(row.as_of))),
    ("status", |line, row| word(line, row.timeline.status_at(row.as_of).as_str())),
    ("certain", |line, row| write_truth(line, row.timeline.is_certain_at(row.as_of))),
    ("certainUntil", |line, row| date(line, row.timeline.certain_until(row.as_of))),
    ("since", |line, row| date(line, row.timeline.step_at(row.as_of).map(|step| step.at))),
    ("endsAt", |line, row| date(line, row.timeline.end_after(row.as_of))),
    ("finalEnd", |line, row| date(line, row.timeline.final_end())),
    ("nextChange", |line, row| {
        write_or_null(line, row.timeline.next_change(row.as_of), |line, step| {
            line.extend_from_slice(b"{\"at\":");
            step.at.write(line);
            line.extend_from_slice(b",\"seats\":");
            seats(line, row, step.seats);
            line.push(b'}');
        });
    }),
    ("administrator", |line, row| {
        let is_user_type = row.kind == ItemKind::UserType;
        write_or_null(line, is_user_type.then(|| Administrator::of(row.id, None)), |line, administrator| {
            line.extend_from_slice(b"{\"compatible\":");
            word(line, administrator.compatible.as_str());
            line.extend_from_slice(b",\"basis\":");
            write_or_null(line, administrator.basis, |line, basis| word(line, basis.as_str()));
            line.push(b'}');
        });
    }),
    ("includes", |line, row| write_list(line, included_by(row.definition), |line, (id, _)| write_text(line, id))),
    ("includedBy", |line, row| write_list(line, row.including_user_types(), write_text)),
    ("description", |line, row| text(line, row.definition.and_then(|definition| definition.description))),
    ("isEsriDefault", |line, row| {
        write_or_null(line, row.definition.and_then(|definition| definition.is_esri_default), write_truth);
    }),
    ("includedEntitlements", |line, row| {
        let with_entitlements = |(id, entitlements): (_, Option<_>)| Some((id, entitlements?));
        write_list(line, included_by(row.definition).filter_map(with_entitlements), |line, (id, entitlements)| {
            line.extend_from_slice(b"{\"extension\":");
            write_text(line, id);
            line.extend_from_slice(b",\"entitlements\":");
            strings(line, entitlements);
            line.push(b'}');
        });
    }),
    ("entitlements", |line, row| {
        let entitlements = elements(row.extra.and_then(|extra| extra.entitlements), entitlement);
        write_list(line, entitlements, |line, (name, num)| {
            line.extend_from_slice(b"{\"apiName\":");
            text(line, name);
            line.extend_from_slice(b",\"num\":");
            write_or_null(line, num, write_number);
            line.push(b'}');
        });
    }),
    ("apps", |line, row| write_or_null(line, row.extra.and_then(|extra| extra.apps), strings)),
    ("price", |line, _| text(line, None)),
    ("cost", |line, _| text(line, None)),
];

/// Calls `each` with the items of these kinds, of all where there are none, in the order of a report. All items of the license
/// are numbered, and `numbers` says which ones are wanted.
pub(super) fn each_row(
    license: &PlainLicense<'_>,
    numbers: Range<usize>,
    kinds: &[ItemKind],
    as_of: Instant,
    mut each: impl FnMut(&PlainRow<'_>),
) {
    let version = license.version.and_then(|version| version.parse().ok());
    let wants = |kind: &ItemKind| kinds.is_empty() || kinds.contains(kind);
    let mut of_item = SeatTimeline::default();
    let mut before = 0;
    for (kind, items) in ItemKind::SEATED.into_iter().zip(&license.seated) {
        let wanted = if wants(&kind) { part(items.items(), &numbers, before) } else { &[] };
        before += items.items().len();
        for item in wanted {
            let extra = items.timeline(item, as_of, &mut of_item);
            let extra = extra.and_then(|extra| license.extras.get(usize::try_from(extra.get()).ok()? - 1));
            let definition = item.definition.and_then(|number| license.definition(kind, number));
            let timeline = &of_item;
            each(&PlainRow { license, version, kind, id: item.id, definition, extra, timeline, as_of });
        }
    }
    let kind = ItemKind::Capability;
    for (id, own) in part(&license.capabilities, &numbers, before).iter().filter(|_| wants(&kind)) {
        let timeline = &windows(own, &StrayWindows::default());
        each(&PlainRow { license, version, kind, id, definition: None, extra: None, timeline, as_of });
    }
}

/// The elements with these numbers, where `before` others stand before the first.
fn part<'e, T>(elements: &'e [T], numbers: &Range<usize>, before: usize) -> &'e [T] {
    let at = |number: usize| number.saturating_sub(before).min(elements.len());
    elements.get(at(numbers.start)..at(numbers.end)).unwrap_or_default()
}

impl<'r> PlainRow<'r> {
    /// The ids of the user types that include this extension.
    fn including_user_types(&self) -> impl Iterator<Item = &'r str> {
        let (user_types, id) = (&self.license.user_types, self.id);
        let [items, ..] = &self.license.seated;
        let defined = if self.kind == ItemKind::Extension { items.items() } else { &[] };
        let includes = move |definition: u32| {
            let definition = user_types.get(usize::try_from(definition).ok()?);
            included_by(definition).any(|(included, _)| included == id).then_some(())
        };
        defined.iter().filter_map(move |item| includes(item.definition?).map(|()| item.id))
    }
}

/// The extensions that a user type includes, each with the text of its list of entitlements.
fn included_by<'r>(definition: Option<&PlainDefinition<'r>>) -> impl Iterator<Item = (&'r str, Option<&'r str>)> {
    elements(definition.and_then(|definition| definition.extensions), included)
}

/// The elements of a list, whose text was read before.
fn elements<'r, T>(list: Option<&'r str>, read: fn(&mut JsonScan<'r>) -> Option<T>) -> impl Iterator<Item = T> {
    let mut elements = Vec::new();
    let _ = list.and_then(JsonScan::new).and_then(|mut scan| {
        scan.list(|scan| {
            elements.push(read(scan)?);
            Some(())
        })
    });
    elements.into_iter()
}

/// A word of our own, in which nothing is to be escaped.
fn word(line: &mut Vec<u8>, word: &str) {
    line.push(b'"');
    line.extend_from_slice(word.as_bytes());
    line.push(b'"');
}

fn strings(line: &mut Vec<u8>, list: &str) {
    write_list(line, elements(Some(list), JsonScan::string), write_text);
}

fn text(line: &mut Vec<u8>, value: Option<&str>) {
    write_or_null(line, value, write_text);
}

fn date(line: &mut Vec<u8>, at: Option<Instant>) {
    write_or_null(line, at, |line, at| at.write(line));
}

fn seats(line: &mut Vec<u8>, row: &PlainRow<'_>, seats: u64) {
    let has_seats = row.kind != ItemKind::Capability;
    write_or_null(line, has_seats.then_some(seats), write_number);
}
