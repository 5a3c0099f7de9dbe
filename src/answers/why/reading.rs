//! The words for each entry: what it does, and what another reading of it would give.

use crate::answers::why::entries::Stated;
use crate::answers::why::value::EntryWords;
use crate::license::{ItemKind, Unreadable};
use crate::seats::SeatTimeline;
use crate::time::{Instant, Zone};

/// The facts about an item that the words for its entries depend on.
pub(super) struct Reader<'r> {
    pub(super) kind: ItemKind,
    pub(super) entries: &'r [Stated],
    /// The line of each entry in the form in which it is shown.
    pub(super) lines: &'r [String],
    pub(super) as_of: Instant,
    pub(super) zone: Zone,
    /// The entry that holds at the as-of: its start and its seats. `None` for capabilities.
    pub(super) holding: Option<(Instant, u64)>,
    /// The seats that all entries together give.
    pub(super) timeline: &'r SeatTimeline,
}

/// The start and the seats of the entry that holds at an instant: of the latest entries the one with the fewest seats.
pub(super) fn holding(entries: &[Stated], as_of: Instant) -> Option<(Instant, u64)> {
    let start = entries.iter().filter_map(Stated::own_start).filter(|start| *start <= as_of).max()?;
    let latest = entries.iter().filter(|entry| entry.own_start() == Some(start));
    latest.map(Stated::counted).min().map(|seats| (start, seats))
}

impl Reader<'_> {
    /// Whether an entry is the one that holds at the as-of.
    pub(super) fn holds(&self, entry: &Stated) -> bool {
        if self.kind == ItemKind::Capability {
            return entry.is_there(self.as_of);
        }
        let own = entry.own_start().map(|start| (start, entry.counted()));
        own.is_some() && own == self.holding
    }

    /// The words for every entry, in the order of the entries.
    pub(super) fn words(&self) -> Vec<EntryWords> {
        if self.kind == ItemKind::Capability {
            return self.entries.iter().map(|entry| self.of_window(entry)).collect();
        }
        // The fewest seats that the entries of each instant give, in the order of time.
        let mut instants: Vec<(Instant, u64)> = Vec::new();
        for entry in self.entries {
            let Some(start) = entry.own_start() else { continue };
            match instants.last_mut().filter(|(last, _)| *last == start) {
                Some((_, least)) => *least = entry.counted().min(*least),
                None => instants.push((start, entry.counted())),
            }
        }
        let mut comes_back: Vec<Option<Instant>> = vec![None; instants.len()];
        let mut next = None;
        for (slot, (start, least)) in comes_back.iter_mut().zip(&instants).rev() {
            *slot = next;
            next = if *least > 0 { Some(*start) } else { next };
        }
        self.entries.iter().map(|entry| self.of_entry(entry, &instants, &comes_back)).collect()
    }

    fn of_entry(&self, entry: &Stated, instants: &[(Instant, u64)], comes_back: &[Option<Instant>]) -> EntryWords {
        if let Some(why) = entry.without_id {
            return EntryWords::always(format!("id {why}: it belongs to no item, and may belong to this one"));
        }
        let start = match entry.start {
            Ok(start) => start,
            Err(why) => {
                return EntryWords::always(format!("startDate {why}: it makes no step, and may begin at any time"));
            }
        };
        let at = instants.partition_point(|(other, _)| *other < start);
        let least = instants.get(at).map_or(0, |(_, least)| *least);
        let before = at.checked_sub(1).and_then(|before| instants.get(before)).map_or(0, |(_, seats)| *seats);
        if entry.counted() > least {
            return EntryWords::always(format!("not counted: another entry says {least} for the same time"));
        }
        let unreadable = entry.seats.err().map(|why| format!("maxUsers {why}: it counts as 0 seats; "));
        let later = if least == before {
            "changes nothing".to_owned()
        } else {
            match (least, comes_back.get(at).copied().flatten()) {
                (0, None) if !self.timeline.is_certain_at(start) => "the end, which is not certain".to_owned(),
                (0, None) => "the end".to_owned(),
                (0, Some(again)) => format!("none until {}", self.zone.show(again)),
                _ => "later".to_owned(),
            }
        };
        EntryWords { later: Some(later), ..EntryWords::always(unreadable.unwrap_or_default()) }
    }

    fn of_window(&self, entry: &Stated) -> EntryWords {
        if let Some(why) = entry.without_id {
            return EntryWords::always(format!("id {why}: it belongs to no item, and may belong to this one"));
        }
        match (entry.start, entry.end) {
            (Err(why), end) => EntryWords::always(format!(
                "startDate {why}: it may be there at any time{}, and is not counted",
                self.before(end)
            )),
            (_, Some(Err(why))) => {
                EntryWords::always(format!("endDate {why}: it may end at any time, and is not counted"))
            }
            (Ok(start), Some(Ok(end))) if end == start => EntryWords::always("ends when it begins".to_owned()),
            (Ok(start), Some(Ok(end))) if end < start => EntryWords::always("ends before it begins".to_owned()),
            _ => EntryWords { later: Some("later".to_owned()), ..EntryWords::default() },
        }
    }

    /// " before 2027-03-01 00:00", for an entry with a readable end.
    fn before(&self, end: Option<Result<Instant, Unreadable>>) -> String {
        end.and_then(Result::ok).map_or_else(String::new, |end| format!(" before {}", self.zone.show(end)))
    }

    /// The words for what an entry does at the as-of.
    pub(super) fn at_as_of(&self, entry: &Stated, words: &EntryWords) -> String {
        let started = entry.start.is_ok_and(|start| start <= self.as_of);
        format!("{}{}", words.always, words.at(started, self.holds(entry), self.kind).unwrap_or_default())
    }

    /// The values that could not be read plainly, how they are taken, and the result of another reading.
    pub(super) fn other_readings(&self) -> Vec<String> {
        let show = |start: Instant| self.zone.show(start);
        let mut readings = Vec::new();
        let own: Vec<_> =
            self.entries.iter().zip(self.lines).filter(|(entry, _)| entry.own_start().is_some()).collect();
        for group in own.chunk_by(|one, next| one.0.start == next.0.start) {
            readings.extend(self.contradiction(group));
        }
        for (entry, line) in self.entries.iter().zip(self.lines) {
            let seats = entry.seats.map_or_else(|_| "any number of seats".to_owned(), |seats| format!("{seats} seats"));
            let given = if self.kind == ItemKind::Capability { "the capability".to_owned() } else { seats };
            match (entry.without_id.is_some(), entry.start, entry.seats, entry.end) {
                (true, Ok(start), _, Some(Ok(end))) => readings.push(format!(
                    "line {line} may belong here: then it gives {given} from {} to {}",
                    show(start),
                    show(end)
                )),
                (true, Ok(start), ..) => {
                    readings.push(format!("line {line} may belong here: then it gives {given} from {} on", show(start)));
                }
                (true, Err(_), _, end) => readings.push(format!(
                    "line {line} may belong here, and begin at any time{}: then it gives {given}",
                    self.before(end)
                )),
                (_, Err(_), _, end @ Some(Ok(_))) => readings.push(format!(
                    "line {line} has no readable start: another reading gives {given} at any time{}",
                    self.before(end)
                )),
                (_, Err(_), ..) => {
                    readings.push(format!("line {line} has no readable date: another reading gives {given} at any time"));
                }
                (_, Ok(start), Err(_), _) => readings.push(format!(
                    "line {line} has no readable count and is counted as 0 from {}: another reading gives any number",
                    show(start)
                )),
                (_, Ok(start), _, Some(Err(_))) => readings.push(format!(
                    "line {line} has no readable end and is not counted: another reading gives the capability from {} on",
                    show(start)
                )),
                _ => {}
            }
        }
        readings
    }

    /// The words for entries that contradict each other: "line 30 says 60, line 33 says 80, both from 2026-12-31 12:00:
    /// the smaller is counted; another reading gives 80".
    fn contradiction(&self, group: &[(&Stated, &String)]) -> Option<String> {
        const FEW: usize = 10;
        let (first, _) = group.first()?;
        let mut counts: Vec<_> = group.iter().filter_map(|(entry, _)| entry.seats.ok()).collect();
        counts.sort_unstable();
        counts.dedup();
        let (_, others) =
            counts.split_first().filter(|(_, others)| self.kind != ItemKind::Capability && !others.is_empty())?;
        let readable = group.iter().filter_map(|(entry, line)| Some(format!("line {line} says {}", entry.seats.ok()?)));
        let mut lines: Vec<_> = readable.collect();
        let more = lines.len().saturating_sub(FEW);
        lines.truncate(FEW);
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        let both = if lines.len() == 2 { "both" } else { "all" };
        let others: Vec<_> = others.iter().take(FEW).map(ToString::to_string).collect();
        Some(format!(
            "{}, {both} from {}: the smaller is counted; another reading gives {}",
            lines.join(", "),
            self.zone.show(first.start.ok()?),
            others.join(" or ")
        ))
    }
}
