//! One item of `fit`: whether its seats suffice, until when, and what is missing then.

use std::borrow::Cow;

use crate::answers::ItemEntries;
use crate::answers::fit::demand::Demand;
use crate::answers::fit::shortage::{LaterShortage, MostShort, Shortage};
use crate::answers::fit::value::FitItem;
use crate::expect::UseThresholds;
use crate::license::catalog::known_as;
use crate::license::{Horizon, Item, ItemKind, Version, retirement};
use crate::seats::{SeatEntry, SeatTimeline, Trouble, TroubleKind};
use crate::time::Instant;
use crate::usage::{LockedOut, Roles, Usage};

/// The license, the usage and the period that every item is compared with.
pub(super) struct Against<'q> {
    pub(super) as_of: Instant,
    pub(super) until: Instant,
    pub(super) horizon: &'q Horizon,
    pub(super) version: Option<Version>,
    pub(super) usage: &'q Usage,
    pub(super) roles: Roles<'q>,
    pub(super) thresholds: UseThresholds,
}

/// An item, and the periods, now or later, during which its seats do not certainly suffice.
pub(super) struct Fitted {
    pub(super) item: FitItem,
    pub(super) troubles: Vec<Trouble>,
}

impl Against<'_> {
    pub(super) fn item(&self, demand: &Demand<'_>, timeline: &SeatTimeline, item: Option<&Item<'_>>) -> Fitted {
        let Demand { kind, id, today, planned, ref need, .. } = *demand;
        let seats = timeline.seats_at(self.as_of);
        let assigned = today.map(|_| need.at(self.as_of));
        let troubles = need.troubles(timeline, Instant::YEAR_10000);
        let fits_until = troubles.first().map(|trouble| trouble.from);
        let fits = fits_until.is_none_or(|at| at > self.until);
        let first = troubles.first().filter(|_| today.is_some() || planned > 0);
        let at_misfit = first.and_then(|first| self.locked_out(demand, first.from, first.kind == TroubleKind::Short));
        let fitted = FitItem {
            kind,
            id: id.to_owned(),
            name: item.and_then(|item| item.definition?.name()).map(Cow::into_owned),
            known_as: known_as(kind, id, self.version).map(str::to_owned),
            in_license: item.is_some(),
            retired: self.retired(demand).filter(|_| item.is_none()),
            near: None,
            replaces: demand.replaces.clone(),
            assigned,
            planned,
            usable_seats: seats,
            available: assigned.map(|assigned| signed(seats).saturating_sub(signed(assigned))),
            use_percent: assigned.and_then(|assigned| percent(assigned, seats)),
            use_level: assigned.and_then(|assigned| self.thresholds.level(assigned, seats)),
            certain: timeline.is_certain_at(self.as_of),
            certain_until: timeline.certain_until(self.as_of),
            // Where nobody counted what is assigned, the plan alone can show that the item does not fit, and never that
            // it fits.
            fits: (today.is_some() || (planned > 0 && !fits)).then_some(fits),
            fits_until: fits_until.filter(|_| today.is_some() || planned > 0),
            misfit_locked_out: at_misfit.map(LockedOut::at_most),
            misfit_locked_out_certainly: at_misfit.map(|at_misfit| at_misfit.certainly),
            first_shortage: self.first_shortage(demand, timeline),
            later_shortages: self.later_shortages(demand, timeline),
            most_short: self.most_short(demand, timeline).filter(|_| today.is_some() || planned > 0),
            worst_of_first: self.worst_of_first(demand, timeline),
            most_certainly_short: self.most_certainly_short(demand, timeline),
            timeline: timeline.clone(),
            need: Some(need.clone()),
            explanation: ItemEntries::default(),
        };
        Fitted { item: fitted, troubles }
    }

    /// The first period with too few seats by the cautious reading, whether or not these seats are certain.
    fn first_shortage(&self, demand: &Demand<'_>, timeline: &SeatTimeline) -> Option<Shortage> {
        let troubles = demand.need.troubles(&cautious(timeline), Instant::YEAR_10000);
        let Trouble { from: at, to, .. } = *troubles.iter().find(|trouble| trouble.kind == TroubleKind::Short)?;
        let (assigned, seats) = (demand.need.at(at), timeline.seats_at(at));
        let certain = timeline.is_certain_at(at);
        let locked_out = self.locked_out(demand, at, certain);
        Some(Shortage {
            at,
            to,
            seats,
            assigned,
            short: assigned.saturating_sub(seats),
            certain,
            is_license_end: self.horizon.is_license_end(timeline, at),
            locked_out: locked_out.map(LockedOut::at_most),
            locked_out_is_upper_bound: locked_out.is_some_and(LockedOut::is_upper_bound),
            locked_out_certainly: locked_out.map(|locked_out| locked_out.certainly),
        })
    }

    /// The members that a trouble of a user type locks out at an instant; `certain` where seats are certainly missing.
    fn locked_out(&self, demand: &Demand<'_>, at: Instant, certain: bool) -> Option<LockedOut> {
        let planned = demand.need.at(at).saturating_sub(demand.today.unwrap_or(0));
        let is_user_type = demand.kind == ItemKind::UserType;
        is_user_type.then(|| self.usage.locked_out(demand.id, planned, certain, self.roles))
    }

    /// The periods with too few seats after the first one, by the cautious reading, that begin up to `until`.
    fn later_shortages(&self, demand: &Demand<'_>, timeline: &SeatTimeline) -> Vec<LaterShortage> {
        let troubles = demand.need.troubles(&cautious(timeline), self.until).into_iter();
        let later = troubles.filter(|trouble| trouble.kind == TroubleKind::Short).skip(1);
        let later = later.map(|trouble| LaterShortage {
            at: trouble.from,
            to: trouble.to,
            short: trouble.short(),
            certain: [trouble.from, trouble.worst].into_iter().all(|at| timeline.is_certain_at(at)),
        });
        later.collect()
    }

    /// The most seats that are missing at one time up to `until`, by the cautious reading.
    fn most_short(&self, demand: &Demand<'_>, timeline: &SeatTimeline) -> Option<MostShort> {
        let troubles = demand.need.troubles(timeline, self.until).into_iter();
        let short = troubles.filter(|trouble| trouble.short() > 0);
        // Where equally many are missing at several times, the first of these counts.
        let most = short.reduce(|most, next| if next.short() > most.short() { next } else { most })?;
        Some(MostShort {
            at: most.worst,
            assigned: most.needed,
            seats: most.seats,
            short: most.short(),
            certain: most.kind == TroubleKind::Short,
        })
    }

    /// The worst time, up to `until`, of the first period with too few seats.
    fn worst_of_first(&self, demand: &Demand<'_>, timeline: &SeatTimeline) -> Option<MostShort> {
        let troubles = demand.need.troubles(&cautious(timeline), self.until);
        let Trouble { worst: at, needed: assigned, seats, .. } =
            *troubles.iter().find(|one| one.kind == TroubleKind::Short)?;
        let (short, certain) = (assigned.saturating_sub(seats), timeline.is_certain_at(at));
        Some(MostShort { at, assigned, seats, short, certain })
    }

    /// The most seats that are certainly missing at one time up to `until`, and the first of these times.
    fn most_certainly_short(&self, demand: &Demand<'_>, timeline: &SeatTimeline) -> Option<(Instant, u64)> {
        let troubles = demand.need.troubles(timeline, self.until).into_iter();
        let certain = troubles.filter(|trouble| trouble.kind == TroubleKind::Short && trouble.short() > 0);
        let most = certain.reduce(|most, next| if next.short() > most.short() { next } else { most })?;
        Some((most.worst, most.short()))
    }

    fn retired(&self, demand: &Demand<'_>) -> Option<String> {
        let retired = retirement(demand.kind, demand.id)?;
        let is_over = self.version.is_none_or(|version| version >= retired.since);
        is_over.then(|| format!("perhaps retired: {}", retired.note))
    }
}

/// The seats of the cautious reading, as if they were certain.
fn cautious(timeline: &SeatTimeline) -> SeatTimeline {
    let steps = timeline.steps().iter();
    SeatTimeline::new(steps.map(|step| SeatEntry { start: Some(step.at), seats: Some(step.seats) }))
}

fn signed(seats: u64) -> i64 {
    i64::try_from(seats).unwrap_or(i64::MAX)
}

/// The seats assigned in percent of `seats`, rounded down to a tenth: 99.96 is not yet 100.
fn percent(assigned: u64, seats: u64) -> Option<f64> {
    let tenths = (u128::from(assigned) * 1000).checked_div(u128::from(seats))?;
    format!("{}.{}", tenths / 10, tenths % 10).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_percentage_is_rounded_down_and_is_there_however_large() {
        assert_eq!(percent(9996, 10000), Some(99.9));
        assert_eq!(percent(5, 0), None);
        assert_eq!(percent((1 << 53) - 1, 1), Some(900_719_925_474_099_100.0));
        assert_eq!(percent(0, 7), Some(0.0));
    }
}
