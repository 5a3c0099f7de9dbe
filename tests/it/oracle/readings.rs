//! Certainty, by trying every reading of values that cannot be read plainly.
//!
//! A reading decides when each doubtful entry begins, and whether each entry without an id belongs to the item. It is
//! enough to try the instants at which another entry begins or ends, the as-of, and an instant before and after all
//! of these.

use super::reading::{End, Entry};

const BEFORE_EVERYTHING: i64 = i64::MIN;
const AFTER_EVERYTHING: i64 = i64::MAX;

/// What is usable at an instant under one reading; of a capability 1 or 0 seats.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Usable {
    /// This many seats.
    Seats(i64),
    /// Any number of seats.
    Any,
}

/// An entry as one reading has it.
#[derive(Clone, Copy)]
struct Placed {
    start: i64,
    end: i64,
    count: Option<i64>,
}

/// The entries that can matter to an item.
pub(super) struct Evidence {
    /// Whether the list that holds the item's entries is known.
    pub(super) is_known: bool,
    pub(super) is_capability: bool,
    /// The item's own entries.
    pub(super) own: Vec<Entry>,
    /// The entries of its kind without an id.
    pub(super) strays: Vec<Entry>,
}

impl Evidence {
    /// The instants at which something of it begins or ends, sorted.
    pub(super) fn boundaries(&self) -> Vec<i64> {
        let entries = self.own.iter().chain(&self.strays);
        let mut all: Vec<i64> = entries
            .flat_map(|entry| {
                let end = if let End::At(end) = entry.end { Some(end) } else { None };
                [entry.start, end]
            })
            .flatten()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether every reading gives the same at this instant.
    pub(super) fn is_certain(&self, at: i64) -> bool {
        if !self.is_known {
            return false;
        }
        let mut moments = self.boundaries();
        moments.extend([at, BEFORE_EVERYTHING, AFTER_EVERYTHING]);
        let own = self.own.iter().map(|entry| placements(entry, &moments, false));
        let strays = self.strays.iter().map(|entry| placements(entry, &moments, true));
        let choices: Vec<_> = own.chain(strays).collect();
        let mut seen = None;
        every_reading(&choices, &mut Vec::new(), &mut |reading| {
            let usable = if self.is_capability { open(reading, at) } else { seats(reading, at) };
            usable != Usable::Any && *seen.get_or_insert(usable) == usable
        })
    }

    /// The first instant, from this one on, at which readings differ.
    pub(super) fn certain_until(&self, from: i64) -> Option<i64> {
        let mut instants: Vec<i64> =
            self.boundaries().into_iter().flat_map(|boundary| [boundary - 1, boundary, boundary + 1]).collect();
        instants.push(from);
        instants.sort_unstable();
        instants.into_iter().find(|instant| *instant >= from && !self.is_certain(*instant))
    }
}

/// Everything that an entry can mean; `None` stands for "it belongs to another item".
fn placements(entry: &Entry, moments: &[i64], is_stray: bool) -> Vec<Option<Placed>> {
    let starts = entry.start.map_or_else(|| moments.to_vec(), |start| vec![start]);
    let ends = match entry.end {
        End::Open => vec![AFTER_EVERYTHING],
        End::At(end) => vec![end],
        End::Unreadable => moments.to_vec(),
    };
    let mut all = if is_stray { vec![None] } else { Vec::new() };
    for start in starts {
        all.extend(ends.iter().map(|end| Some(Placed { start, end: *end, count: entry.count })));
    }
    all
}

/// Tries all combinations as long as `same` holds.
fn every_reading(
    choices: &[Vec<Option<Placed>>],
    chosen: &mut Vec<Placed>,
    same: &mut impl FnMut(&[Placed]) -> bool,
) -> bool {
    let Some((first, rest)) = choices.split_first() else { return same(chosen) };
    first.iter().all(|placed| {
        chosen.extend(placed);
        let goes_on = every_reading(rest, chosen, same);
        chosen.truncate(chosen.len() - usize::from(placed.is_some()));
        goes_on
    })
}

/// The seats of the last entries that have begun; any number where they disagree or cannot be read.
fn seats(reading: &[Placed], at: i64) -> Usable {
    let begun = reading.iter().filter(|placed| placed.start <= at);
    let Some(last) = begun.clone().map(|placed| placed.start).max() else { return Usable::Seats(0) };
    let mut counts = begun.filter(|placed| placed.start == last).map(|placed| placed.count);
    match counts.next().flatten() {
        Some(first) if counts.all(|count| count == Some(first)) => Usable::Seats(first),
        _ => Usable::Any,
    }
}

/// Whether any window is open.
fn open(reading: &[Placed], at: i64) -> Usable {
    Usable::Seats(i64::from(reading.iter().any(|placed| placed.start <= at && at < placed.end)))
}
