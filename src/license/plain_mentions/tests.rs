use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::seats::SeatTimeline;

/// The id, the start, the seats, and what the entry holds besides.
type GivenEntry = (usize, i64, u64, Option<u32>);

/// An item: its id, its definition, and its entries by their starts.
type FoundItem = (String, Option<u32>, BTreeMap<i64, (u64, Option<u32>)>);

fn name(id: usize) -> String {
    format!("type{id}UT")
}

/// Calls `look` with what [`PlainMentions`] makes of definitions and entries.
fn with_items<T>(definitions: &[usize], entries: &[GivenEntry], look: impl FnOnce(&PlainItems<'_>) -> T) -> Option<T> {
    let ids = definitions.iter().copied().chain(entries.iter().map(|(id, ..)| *id));
    let names: Vec<String> = (0..=ids.max()?).map(name).collect();
    let mut mentions = PlainMentions::default();
    for (number, id) in definitions.iter().enumerate() {
        mentions.define(&names[*id], number)?;
    }
    for (id, start, seats, extra) in entries {
        mentions.add(&names[*id], Instant::from_epoch_ms(*start), *seats, extra.and_then(NonZero::new))?;
    }
    mentions.items().map(|items| look(&items))
}

/// Asserts that the items are those of the naive reading, and each the same at every instant at which one of its entries begins.
fn assert_as_naive(definitions: &[usize], entries: &[GivenEntry]) {
    let expected = naive(definitions, entries);
    let is_some = with_items(definitions, entries, |items| {
        let expected = expected.as_ref().expect("two entries begin at one instant");
        assert_eq!(items.items().len(), expected.len());
        let mut timeline = SeatTimeline::default();
        for (item, (id, definition, by_start)) in items.items().iter().zip(expected) {
            assert_eq!((item.id, item.definition), (id.as_str(), *definition));
            for (start, (seats, extra)) in by_start {
                let at = Instant::from_epoch_ms(*start);
                assert_eq!(items.timeline(item, at, &mut timeline).map(NonZero::get), *extra);
                assert_eq!(timeline.seats_at(at), *seats);
            }
        }
    });
    assert_eq!(is_some.is_some(), expected.is_some());
}

/// The same, in the plainest way.
fn naive(definitions: &[usize], entries: &[GivenEntry]) -> Option<Vec<FoundItem>> {
    let mut items: Vec<FoundItem> = Vec::new();
    let mut places = BTreeMap::new();
    for (number, id) in (0..).zip(definitions) {
        places.entry(*id).or_insert_with(|| {
            items.push((name(*id), Some(number), BTreeMap::new()));
            items.len() - 1
        });
    }
    for (id, start, seats, extra) in entries {
        let place = *places.entry(*id).or_insert_with(|| {
            items.push((name(*id), None, BTreeMap::new()));
            items.len() - 1
        });
        if items[place].2.insert(*start, (*seats, extra.filter(|extra| *extra > 0))).is_some() {
            return None;
        }
    }
    Some(items)
}

/// Definitions and entries of up to so many ids, few of them at the same instant.
fn given(ids: usize, most: usize) -> impl Strategy<Value = (Vec<usize>, Vec<GivenEntry>)> {
    let entry = (0..ids, 0..1_000_000_i64, 0..5_u64, prop::option::of(0..9_u32));
    (prop::collection::vec(0..ids, 0..most), prop::collection::vec(entry, 1..most))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn few_and_more_ids_are_found_as_by_a_naive_reading(
        (definitions, entries) in (1..60_usize).prop_flat_map(|ids| given(ids, 80)),
    ) {
        assert_as_naive(&definitions, &entries);
    }
}

/// `count` entries in no order, each at an instant of its own.
fn in_no_order(count: usize, ids: usize) -> Vec<GivenEntry> {
    // Seven thousand and nine is prime, and so visits every number once.
    let numbers = (0..count).map(|number| number * 7009 % count);
    numbers
        .map(|number| (number % ids, i64::try_from(number).unwrap(), u64::try_from(number % 3).unwrap(), None))
        .collect()
}

#[test]
fn ids_in_many_shares_are_found_as_by_a_naive_reading() {
    let definitions: Vec<usize> = (100..900).rev().chain(0..300).collect();
    let mut entries = in_no_order(30_000, 9_000);
    entries[29_999].3 = Some(4);
    assert_as_naive(&definitions, &entries);
    let definitions: Vec<usize> = (0..12_000).collect();
    assert_as_naive(&definitions, &entries);
}

#[test]
fn two_entries_of_one_instant_are_found_in_many_shares() {
    let mut entries = in_no_order(20_000, 5_000);
    assert!(with_items(&[], &entries, |_| ()).is_some());
    let (id, start, ..) = entries[3];
    entries.push((id, start, 7, None));
    assert!(with_items(&[], &entries, |_| ()).is_none());
}
