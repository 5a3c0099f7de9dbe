//! Words for counts, lists and dates that several answers share.

use crate::license::ItemKind;
use crate::source::is_name_of_file;
use crate::text::shell_word;
use crate::time::{Instant, Zone};

/// A count with its noun: "3 user types", "1 app".
pub(super) fn count(count: u64, noun: &str) -> String {
    format!("{count} {}", if count == 1 { noun.to_owned() } else { plural(noun) })
}

/// The plural of a noun: "capabilities", "days".
pub(super) fn plural(noun: &str) -> String {
    let stem = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    stem.map_or_else(|| format!("{noun}s"), |stem| format!("{stem}ies"))
}

/// A list in words: "a", "a and b", "a, b and c".
pub(super) fn list<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The number of items of each kind, in the order of every output: "3 user types and 1 app".
pub(super) fn count_kinds(kinds: impl Iterator<Item = ItemKind>) -> String {
    let kinds: Vec<_> = kinds.collect();
    let counts = ItemKind::ALL.into_iter().filter_map(|kind| {
        let number = kinds.iter().filter(|one| **one == kind).map(|_| 1).sum();
        (number > 0).then(|| count(number, kind.noun()))
    });
    list(&counts.collect::<Vec<_>>())
}

/// The instant of an end in words. An end after 2100 may mean that there is none.
pub(super) fn end_shown(zone: Zone, end: Instant) -> String {
    let perhaps = if end > Instant::YEAR_2100 { " (no end stated, perhaps perpetual)" } else { "" };
    format!("{}{perhaps}", zone.show(end))
}

/// The last instant that is looked at, in words: "the end of 2026-12-31" where it is the last millisecond of a day.
pub(super) fn last_instant(zone: Zone, until: Instant) -> String {
    let next = Instant::from_epoch_ms(until.epoch_ms().saturating_add(1));
    match zone.day(until) {
        Some(day) if zone.day(next) != Some(day) && until.epoch_ms().rem_euclid(1000) == 999 => {
            format!("the end of {day}")
        }
        _ => zone.show(until),
    }
}

/// The `why` command that explains the seats of an item at an instant; `None` where the license was not read from a
/// file.
pub(super) fn why_command(id: &str, kind: Option<ItemKind>, file: &str, at: Instant) -> Option<String> {
    if !is_name_of_file(file) {
        return None;
    }
    let kind = kind.map_or_else(String::new, |kind| format!(" --kind {kind}"));
    let words = format!("{} {}", shell_word(id), shell_word(file));
    // After `--`, an id or a file that begins with a hyphen is not taken for an option.
    let like_options = id.starts_with('-') || file.starts_with('-');
    Some(if like_options {
        format!("seatline why --as-of {at}{kind} -- {words}")
    } else {
        format!("seatline why {words} --as-of {at}{kind}")
    })
}
