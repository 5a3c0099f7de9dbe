//! How far an answer looks if the user does not say: to the end of the license.

use crate::license::{Item, ItemKind};
use crate::seats::SeatTimeline;
use crate::time::{Instant, Zone};

/// An item that ends less than this long before the license ends together with it: files mix 00:00 and 12:00 GMT.
const WITH_THE_LICENSE_MS: i64 = 24 * 3_600_000;

/// The last instant that an answer looks at where the user names none, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// The last instant that is looked at.
    pub until: Instant,
    pub reason: HorizonReason,
    /// The instant from which on no user type has seats; `None` where a user type goes on without an end, or none has
    /// seats from the as-of on.
    pub license_end: Option<Instant>,
}

/// The two sorts of horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HorizonKind {
    /// The last instant before the license begins to end.
    LicenseEnd,
    /// A year after the as-of.
    Year,
}

/// Why a horizon lies where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HorizonReason {
    /// The license ends. At this instant the first item ends that ends with the license.
    LicenseEnds(Instant),
    /// The user type with this id has no end, so a year is looked at.
    NoEnd(String),
    /// The end of this item is not certain, so a year is looked at.
    NotCertain(ItemKind, String),
    /// No user type has seats at or after the as-of, so a year is looked at. If a user type had seats before: the
    /// instant from which on none has any.
    NoSeats(Option<Instant>),
}

impl Horizon {
    /// How far to look into a license, from `as_of` on. A year is counted by the zone's calendar.
    #[must_use]
    pub fn new(items: &[Item<'_>], as_of: Instant, zone: Zone) -> Self {
        let end = match license_end(items, as_of) {
            Ok(end) => end,
            Err(reason) => return Self { until: year_after(as_of, zone), reason, license_end: None },
        };
        let with_it = |item: &&Item<'_>| ends_with(&item.timeline, end);
        // A certain end of its own is not enough for a user type: no user type may have seats after the license has
        // ended.
        let doubtful = |item: &&Item<'_>| {
            (with_it(item) && item.timeline.certain_until(as_of).is_some())
                || (item.kind == ItemKind::UserType && item.timeline.certain_until(end).is_some())
        };
        // The item that puts the end itself in doubt comes first: its lines are those to look at.
        let rank = |item: &Item<'_>| match item.timeline.certain_until(end).is_some() {
            true => u8::from(item.timeline.final_end() != Some(end)),
            false => 2,
        };
        if let Some(item) = items.iter().filter(doubtful).min_by_key(|item| (item.kind, rank(item), &item.id)) {
            let reason = HorizonReason::NotCertain(item.kind, item.id.clone().into_owned());
            return Self { until: year_after(as_of, zone), reason, license_end: Some(end) };
        }
        let ends = items.iter().filter(with_it).filter_map(|item| item.timeline.final_end());
        let first = ends.filter(|at| *at > as_of).min().unwrap_or(end);
        let until = Instant::from_epoch_ms(first.epoch_ms().saturating_sub(1));
        Self { until, reason: HorizonReason::LicenseEnds(first), license_end: Some(end) }
    }

    /// The instant from which on no user type has seats by any reading of the license: the same as `license_end` where that is
    /// certain. `None` where `license_end` is, and where by some reading a user type goes on without an end. `unnamed` are the
    /// seats of a user type that the license does not name.
    #[must_use]
    pub fn latest_end(&self, items: &[Item<'_>], unnamed: &SeatTimeline) -> Option<Instant> {
        let end = self.license_end?;
        let user_types = items.iter().filter(|item| item.kind == ItemKind::UserType).map(|item| &item.timeline);
        let last_doubts = user_types.chain([unnamed]).filter_map(|timeline| timeline.doubts().last());
        last_doubts.map(|doubt| doubt.to).try_fold(end, |latest, to| Some(latest.max(to?)))
    }

    #[must_use]
    pub const fn kind(&self) -> HorizonKind {
        match self.reason {
            HorizonReason::LicenseEnds(_) => HorizonKind::LicenseEnd,
            _ => HorizonKind::Year,
        }
    }

    /// Whether an item ends for good at an instant because the whole license ends, then or less than 24 hours later.
    #[must_use]
    pub fn is_license_end(&self, timeline: &SeatTimeline, at: Instant) -> bool {
        timeline.final_end() == Some(at) && self.license_end.is_some_and(|end| ends_with(timeline, end))
    }
}

/// The instant from which on no user type has seats, if some have seats at or after `as_of` and all of them end.
fn license_end(items: &[Item<'_>], as_of: Instant) -> Result<Instant, HorizonReason> {
    let with_seats = |item: &&Item<'_>| item.kind == ItemKind::UserType && !item.timeline.steps().is_empty();
    let user_types = || items.iter().filter(with_seats);
    let open = user_types().filter(|item| item.timeline.final_end().is_none()).map(|item| &item.id).min();
    if let Some(id) = open {
        return Err(HorizonReason::NoEnd(id.clone().into_owned()));
    }
    let last = user_types().filter_map(|item| item.timeline.final_end()).max();
    last.filter(|end| *end > as_of).ok_or(HorizonReason::NoSeats(last))
}

/// Whether a timeline ends for good at `end`, the end of the license, or less than 24 hours before.
fn ends_with(timeline: &SeatTimeline, end: Instant) -> bool {
    let final_end = timeline.final_end().filter(|own| *own <= end);
    final_end.is_some_and(|own| end.epoch_ms().saturating_sub(own.epoch_ms()) < WITH_THE_LICENSE_MS)
}

fn year_after(as_of: Instant, zone: Zone) -> Instant {
    let last = Instant::from_epoch_ms(Instant::YEAR_10000.epoch_ms() - 1);
    zone.plus_months(as_of, 12).unwrap_or(last).min(last).max(as_of)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;
    use crate::seats::SeatEntry;

    /// The instant that lies `count` quarters of a day after the start of 2026.
    fn quarter(count: i64) -> Instant {
        Instant::from_epoch_ms(1_767_225_600_000 + count * 6 * 3_600_000)
    }

    fn item(kind: ItemKind, id: usize, entries: &[(Option<i64>, Option<u64>)]) -> Item<'static> {
        let entries = entries.iter().map(|(start, seats)| SeatEntry { start: start.map(quarter), seats: *seats });
        Item {
            kind,
            id: Cow::Owned(format!("{kind}{id}")),
            definition: None,
            definition_index: None,
            entries: Vec::new(),
            dates: std::sync::OnceLock::new(),
            timeline: SeatTimeline::new(entries),
        }
    }

    fn user_types(all: &[&[(i64, u64)]]) -> Vec<Item<'static>> {
        let readable = |entries: &[(i64, u64)]| {
            entries.iter().map(|(start, seats)| (Some(*start), Some(*seats))).collect::<Vec<_>>()
        };
        all.iter().enumerate().map(|(index, one)| item(ItemKind::UserType, index, &readable(one))).collect()
    }

    fn look(items: &[Item<'_>], as_of: i64) -> Horizon {
        Horizon::new(items, quarter(as_of), Zone::UTC)
    }

    #[test]
    fn ends_less_than_a_day_before_go_with_the_license() {
        let items = user_types(&[&[(0, 5), (40, 0)], &[(0, 5), (37, 0)], &[(0, 5), (36, 0)]]);
        let horizon = look(&items, 0);
        assert_eq!(horizon.reason, HorizonReason::LicenseEnds(quarter(37)));
        assert_eq!(horizon.until.epoch_ms(), quarter(37).epoch_ms() - 1);
        assert_eq!(horizon.license_end, Some(quarter(40)));
        let own = |index: usize, at: i64| horizon.is_license_end(&items[index].timeline, quarter(at));
        assert!(own(0, 40) && own(1, 37));
        assert!(!own(2, 36), "a whole day before is an end of its own");
        assert!(!own(0, 37), "it does not end there");
        assert_eq!(
            look(&items, 37).reason,
            HorizonReason::LicenseEnds(quarter(40)),
            "an end that is over is not looked at"
        );
    }

    #[test]
    fn a_capability_ends_with_the_license_too() {
        let mut items = user_types(&[&[(0, 5), (40, 0)]]);
        items.push(item(ItemKind::Capability, 0, &[(Some(0), Some(1)), (Some(38), Some(0))]));
        assert_eq!(look(&items, 0).reason, HorizonReason::LicenseEnds(quarter(38)));
    }

    #[test]
    fn where_the_license_does_not_certainly_end_a_year_has_to_do() {
        let year = |items: &[Item<'_>], as_of, reason| {
            let horizon = look(items, as_of);
            assert_eq!((horizon.kind(), &horizon.reason), (HorizonKind::Year, &reason));
            assert_eq!(horizon.until, Zone::UTC.plus_months(quarter(as_of), 12).unwrap());
        };
        year(&user_types(&[&[(0, 5), (40, 0)], &[(0, 5)]]), 0, HorizonReason::NoEnd("userType1".into()));
        year(&user_types(&[&[(0, 5), (40, 0)]]), 40, HorizonReason::NoSeats(Some(quarter(40))));
        year(&user_types(&[]), 0, HorizonReason::NoSeats(None));
        let conflict = user_types(&[&[(0, 5), (40, 0)], &[(0, 5), (40, 0), (40, 9)]]);
        year(&conflict, 0, HorizonReason::NotCertain(ItemKind::UserType, "userType1".into()));
        let perhaps_later = user_types(&[&[(0, 5), (40, 0)], &[(0, 5), (9, 0), (41, 0), (41, 9)]]);
        year(&perhaps_later, 0, HorizonReason::NotCertain(ItemKind::UserType, "userType1".into()));
    }

    #[test]
    fn a_year_is_one_of_the_calendar() {
        let leap_day = Instant::from_epoch_ms(1_835_438_400_000); // 2028-02-29T12:00:00Z
        let horizon = Horizon::new(&[], leap_day, Zone::UTC);
        assert_eq!(horizon.until.to_string(), "2029-02-28T12:00:00Z");
        let late = Instant::from_epoch_ms(Instant::YEAR_10000.epoch_ms() - 1000);
        assert_eq!(Horizon::new(&[], late, Zone::UTC).until.to_string(), "9999-12-31T23:59:59.999Z");
    }

    fn entries() -> impl Strategy<Value = Vec<(Option<i64>, Option<u64>)>> {
        // Most entries lie near the end of the time that is looked at, so that ends lie close together.
        let start = prop_oneof![2 => 0..6_i64, 3 => 14..22_i64];
        let entry = (prop::option::weighted(0.97, start), prop::option::weighted(0.97, 0..3_u64));
        let ends = (prop::collection::vec(entry, 0..4), prop::option::weighted(0.8, 15..22_i64));
        ends.prop_map(|(mut entries, end)| {
            entries.extend(end.map(|end| (Some(end), Some(0))));
            entries
        })
    }

    fn any_items() -> impl Strategy<Value = Vec<Item<'static>>> {
        let kind =
            prop_oneof![3 => Just(ItemKind::UserType), 1 => Just(ItemKind::App), 1 => Just(ItemKind::Capability)];
        let items = prop::collection::vec((kind, entries()), 0..5);
        items.prop_map(|items| items.iter().enumerate().map(|(id, (kind, entries))| item(*kind, id, entries)).collect())
    }

    const BEYOND: i64 = 24;

    /// The contract word by word, by a look at every item at every instant.
    fn naive(items: &[Item<'_>], as_of: i64) -> (HorizonKind, Option<i64>, Vec<Option<i64>>) {
        let seats = |item: &Item<'_>, at: i64| item.timeline.seats_at(quarter(at));
        let certain = |item: &Item<'_>, at: i64| item.timeline.is_certain_at(quarter(at));
        let user_types = || items.iter().filter(|item| item.kind == ItemKind::UserType);
        let nothing = (HorizonKind::Year, None, vec![None; items.len()]);
        let goes_on = user_types().any(|item| seats(item, BEYOND) > 0);
        let has_some = user_types().any(|item| (as_of..=BEYOND).any(|at| seats(item, at) > 0));
        if goes_on || !has_some {
            return nothing;
        }
        let none_from = |at: i64| (at..=BEYOND).all(|later| user_types().all(|item| seats(item, later) == 0));
        let end = (-1..=BEYOND).find(|at| none_from(*at)).unwrap();
        let own_end = |item: &Item<'_>| {
            let ends = |at: &i64| seats(item, at - 1) > 0 && (*at..=BEYOND).all(|later| seats(item, later) == 0);
            (0..=end).find(ends).filter(|at| end - at < 4)
        };
        let own: Vec<_> = items.iter().map(own_end).collect();
        let sure = items.iter().zip(&own).all(|(item, own)| {
            (own.is_none() || (as_of..=BEYOND).all(|at| certain(item, at)))
                && (item.kind != ItemKind::UserType || (end..=BEYOND).all(|at| certain(item, at)))
        });
        let first = own.iter().flatten().copied().filter(|at| *at > as_of).min();
        (if sure { HorizonKind::LicenseEnd } else { HorizonKind::Year }, first.filter(|_| sure), own)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn the_horizon_is_that_of_asking_every_instant(items in any_items(), as_of in -2..24_i64) {
            let horizon = look(&items, as_of);
            let (kind, first, own) = naive(&items, as_of);
            prop_assert_eq!(horizon.kind(), kind);
            let expected = match first {
                Some(first) => Instant::from_epoch_ms(quarter(first).epoch_ms() - 1),
                None => Zone::UTC.plus_months(quarter(as_of), 12).unwrap(),
            };
            prop_assert_eq!(horizon.until, expected);
            for (item, own) in items.iter().zip(own) {
                for at in -1..=BEYOND {
                    prop_assert_eq!(horizon.is_license_end(&item.timeline, quarter(at)), own == Some(at));
                }
            }
            let mut other_way_round = items.clone();
            other_way_round.reverse();
            let reversed = look(&other_way_round, as_of);
            prop_assert_eq!(reversed, horizon);
        }
    }
}
