//! Whether what is assigned, and what is planned, fits a license.

mod text;
mod value;

pub use text::{fit_csv, fit_markdown, fit_table};
pub use value::{FitItem, FitReport, Shortage};

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use crate::answers::findings;
use crate::expect::UseThresholds;
use crate::license::{Item, ItemKind, LicenseDocument, Version, retirement};
use crate::rules::reading;
use crate::seats::SeatTimeline;
use crate::source::{DocumentPlace, Source};
use crate::time::Instant;
use crate::usage::{Member, Plan, Roles, Usage};

/// What is asked of a license.
#[derive(Clone, Copy, Debug)]
pub struct FitQuestion<'q> {
    /// From which instant on.
    pub as_of: Instant,
    /// Up to which instant, itself included; where it is not said, the latest beginning in the plan, or the as-of.
    pub until: Option<Instant>,
    /// What is assigned.
    pub usage: &'q Usage,
    /// What is planned.
    pub plan: &'q Plan,
    /// How the roles of members are read.
    pub roles: Roles<'q>,
    /// When use is high.
    pub thresholds: UseThresholds,
}

impl FitReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/fit/v1";

    /// Holds usage and plan against a license.
    #[must_use]
    pub fn new(
        source: &Source,
        place: &DocumentPlace,
        document: &LicenseDocument<'_>,
        question: FitQuestion<'_>,
    ) -> Self {
        let FitQuestion { as_of, usage, plan, .. } = question;
        let until = question.until.or(plan.latest()).unwrap_or(as_of).max(as_of);
        let items = Item::all(document);
        let version = document.my_esri.version.as_written().map(Cow::into_owned);
        let fitting = Fitting { question, until, version: version.as_deref().and_then(|text| text.parse().ok()) };
        let mut fits: Vec<_> = items
            .iter()
            .filter(|item| item.kind != ItemKind::Capability)
            .map(|item| fitting.item(item.kind, &item.id, &item.timeline, Some(item)))
            .collect();
        let named: HashSet<_> = items.iter().map(|item| (item.kind, item.id.as_ref())).collect();
        let planned = plan.rows.iter().map(|row| (row.kind, row.id.as_str()));
        let wanted: BTreeSet<_> = usage.in_use().map(|(kind, id, _)| (kind, id)).chain(planned).collect();
        for (kind, id) in wanted.into_iter().filter(|wanted| !named.contains(wanted)) {
            fits.push(fitting.item(kind, id, &SeatTimeline::of_unnamed(kind, document), None));
        }
        // Sorting keeps the order within a kind.
        fits.sort_by_key(|item| item.kind);
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let disabled = |members: &Vec<Member>| {
            let disabled = members.iter().map(|member| member.disabled.map(usize::from));
            disabled.sum::<Option<usize>>().map(count)
        };
        Self {
            schema: Self::SCHEMA,
            as_of,
            until,
            source: place.told_source(source).to_owned(),
            version,
            usage: usage.sources.clone(),
            plan: Some(plan.source.clone()).filter(|source| !source.is_empty()),
            members: usage.members.as_ref().map(|members| count(members.len())),
            disabled_members: usage.members.as_ref().and_then(disabled),
            fits: fits.iter().all(|item| item.fits.unwrap_or(item.planned == 0)),
            items: fits,
            findings: findings(source, place, reading(document, &items, as_of)),
        }
    }
}

struct Fitting<'q> {
    question: FitQuestion<'q>,
    until: Instant,
    version: Option<Version>,
}

impl Fitting<'_> {
    fn item(&self, kind: ItemKind, id: &str, timeline: &SeatTimeline, item: Option<&Item<'_>>) -> FitItem {
        let FitQuestion { as_of, usage, plan, roles, thresholds, .. } = self.question;
        let today = usage.assigned(kind, id);
        let demand = Demand::new(today, plan, kind, id, as_of);
        // Without any usage the plan is all there is; otherwise what it comes on top of must be known.
        let known = today.is_some() || usage.sources.is_empty();
        let seats = timeline.seats_at(as_of);
        let with_plan = demand.as_ref().map(|demand| demand.at(as_of));
        let assigned = with_plan.filter(|_| known);
        let shortage = demand.as_ref().and_then(|demand| demand.first_shortage(timeline, as_of));
        let first_shortage = shortage.map(|(at, seats, assigned)| {
            let locked_out = (kind == ItemKind::UserType)
                .then(|| usage.locked_out(id, assigned.saturating_sub(today.unwrap_or(0)), roles));
            Shortage {
                at,
                seats,
                assigned,
                short: assigned - seats,
                locked_out: locked_out.map(|locked_out| locked_out.members),
                locked_out_is_upper_bound: locked_out.is_some_and(|locked_out| locked_out.upper_bound),
            }
        });
        let doubt = demand.as_ref().and_then(|demand| demand.first_doubt(timeline, as_of));
        let fits_until = [doubt, shortage.map(|(at, ..)| at)].into_iter().flatten().min();
        let retired =
            retirement(kind, id).filter(|it| item.is_none() && self.version.is_none_or(|now| now >= it.since));
        FitItem {
            kind,
            id: id.to_owned(),
            name: item.and_then(|item| item.definition?.name()).map(Cow::into_owned),
            in_license: item.is_some(),
            retired: retired.map(|retired| format!("perhaps retired: {}", retired.note)),
            assigned,
            planned: plan.of(kind, id).fold(0, |sum: u64, row| sum.saturating_add(row.count)),
            usable_seats: seats,
            available: assigned.map(|assigned| signed(seats).saturating_sub(signed(assigned))),
            use_percent: assigned.and_then(|assigned| percent(assigned, seats)),
            use_level: assigned.and_then(|assigned| thresholds.level(assigned, seats)),
            certain: timeline.is_certain_at(as_of),
            certain_until: timeline.certain_until(as_of),
            fits: demand.map(|_| fits_until.is_none_or(|at| at > self.until)).filter(|fits| known || !fits),
            fits_until,
            first_shortage,
        }
    }
}

/// What is assigned of an item over time: it only grows, since a plan only adds.
struct Demand {
    /// Instants from the as-of on, in order, and what is assigned from each on.
    steps: Vec<(Instant, u64)>,
}

impl Demand {
    /// `None` where nobody counted and nothing is planned.
    fn new(today: Option<u64>, plan: &Plan, kind: ItemKind, id: &str, as_of: Instant) -> Option<Self> {
        let mut planned: Vec<_> =
            plan.of(kind, id).map(|row| (row.from.unwrap_or(as_of).max(as_of), row.count)).collect();
        if today.is_none() && planned.is_empty() {
            return None;
        }
        planned.sort_unstable();
        let mut steps = vec![(as_of, today.unwrap_or(0))];
        for (from, count) in planned {
            let before = steps.last().map_or(0, |(_, assigned)| *assigned);
            steps.push((from, before.saturating_add(count)));
        }
        Some(Self { steps })
    }

    fn at(&self, at: Instant) -> u64 {
        self.steps.iter().rev().find(|(from, _)| *from <= at).map_or(0, |(_, assigned)| *assigned)
    }

    /// The instants from the as-of on at which something begins, in order.
    fn instants(&self, timeline: &SeatTimeline, as_of: Instant) -> BTreeSet<Instant> {
        let seats = timeline.steps().iter().map(|step| step.at);
        let doubts = timeline.doubts().iter().map(|doubt| doubt.from);
        let later = seats.chain(doubts).filter(|at| *at > as_of);
        self.steps.iter().map(|(from, _)| *from).chain(later).collect()
    }

    /// The first instant at which more is assigned than there is, with the seats then and what is assigned.
    fn first_shortage(&self, timeline: &SeatTimeline, as_of: Instant) -> Option<(Instant, u64, u64)> {
        let instants = self.instants(timeline, as_of).into_iter();
        instants.map(|at| (at, timeline.seats_at(at), self.at(at))).find(|(_, seats, assigned)| assigned > seats)
    }

    /// The first instant at which something is assigned and the seats are not certain.
    fn first_doubt(&self, timeline: &SeatTimeline, as_of: Instant) -> Option<Instant> {
        self.instants(timeline, as_of).into_iter().find(|at| self.at(*at) > 0 && !timeline.is_certain_at(*at))
    }
}

fn signed(seats: u64) -> i64 {
    i64::try_from(seats).unwrap_or(i64::MAX)
}

/// In percent, rounded down to a tenth: 99.96 is not yet 100.
fn percent(assigned: u64, seats: u64) -> Option<f64> {
    let tenths = (u128::from(assigned) * 1000).checked_div(u128::from(seats))?;
    u32::try_from(tenths).ok().map(|tenths| f64::from(tenths) / 10.0)
}
