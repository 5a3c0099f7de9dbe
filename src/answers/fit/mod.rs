//! `fit`: whether the seats that are assigned, and those that are planned, fit a license.

mod costs;
mod demand;
mod html;
mod item;
mod misfit;
mod notes;
mod question;
mod sheet;
mod shortage;
mod text;
mod value;
mod verdict;
mod xlsx;

pub use html::fit_html;
pub use question::FitQuestion;
pub use sheet::fit_csv;
pub use shortage::{LaterShortage, MostShort, Shortage};
pub use text::{fit_markdown, fit_table};
pub use value::{FitItem, FitReport, LaterLine, Misfit, MisfitItem, Replaced};
pub(crate) use xlsx::fit_xlsx;
pub(in crate::answers) use xlsx::fits;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::answers::schema_name::NamedForm;
use crate::answers::until::{UntilIs, until};
use crate::answers::why::explanations_by_id;
use crate::answers::{FailureReport, findings};
use crate::license::{Horizon, Item, ItemKind, LicenseDocument, Successors, user_types_with_seats};
use crate::rules::reading;
use crate::seats::SeatTimeline;
use crate::source::License;
use crate::text::Phrase;
use crate::time::{Instant, Zone};
use crate::usage::{Harm, Harms, Member, Plan, Planned, Usage};
use demand::demands;
use item::{Against, Fitted};
use verdict::Look;

impl NamedForm for FitReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl FitReport {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/fit/v1";

    /// Compares the seats of a license with what is assigned and planned.
    #[must_use]
    pub fn new(license: License<'_>, question: FitQuestion<'_>) -> Self {
        let License { source, place, document } = license;
        let FitQuestion { as_of, zone, plan, roles, .. } = question;
        let usage = question.moved.map_or(question.usage, |moved| &moved.usage);
        let items = Item::all(document);
        let horizon = Horizon::new(&items, as_of, zone);
        let (until, until_is) = until(question.until, &horizon, None, plan);
        let (now, later) = demand::split(plan, until);
        let version = license.version().map(Cow::into_owned);
        let against = Against {
            as_of,
            until,
            horizon: &horizon,
            version: version.as_deref().and_then(|text| text.parse().ok()),
            usage,
            roles,
            thresholds: question.thresholds,
        };
        let unnamed = |kind| (kind, SeatTimeline::of_unnamed(kind, document));
        let unnamed: Unnamed = ItemKind::SEATED.into_iter().map(unnamed).collect();
        let latest_end = unnamed.get(&ItemKind::UserType).and_then(|unnamed| horizon.latest_end(&items, unnamed));
        let fitted = fitted(&items, (document, &unnamed), &now, &against);
        let first_misfit = misfit::first_misfit(&fitted, until);
        let mut items_of_report: Vec<_> = fitted.into_iter().map(|fitted| fitted.item).collect();
        notes::suggest(&mut items_of_report);
        let members = usage.members.as_deref();
        let is_unknown = items_of_report.iter().any(|item| item.fits.is_none() && item.planned > 0);
        let mut report = Self {
            schema: Self::SCHEMA.into(),
            as_of,
            until: Some(until),
            until_is: Some(until_is),
            license_end: horizon.license_end,
            license_end_certain: horizon.license_end.map(|end| latest_end == Some(end)),
            fits: if first_misfit.is_some() { Some(false) } else { (!is_unknown).then_some(true) },
            verdict: Phrase::default(),
            first_misfit,
            source: Some(place.source_name(source).to_owned()),
            file: Some(source.name().to_owned()),
            document: place.index,
            fetched_at: place.fetched_at().map(str::to_owned),
            version,
            usage: usage.sources.clone(),
            plan: Some(plan.source.clone()).filter(|source| !source.is_empty()),
            later_plan: later.into_iter().filter_map(later_line).collect(),
            moves: question.moved.map(|moved| moved.moves),
            members: members.map(|members| count(members.len())),
            disabled_members: members.and_then(disabled),
            unknown_roles: members.map_or_else(Vec::new, |members| roles.unknown(members)),
            not_counted: not_counted(&items_of_report),
            items: items_of_report,
            problems: question.moved.map_or_else(Vec::new, |moved| moved.problems.clone()),
            costs: None,
            notes: Vec::new(),
            findings: findings(license, reading(document, &items, as_of)),
            failures: Vec::new(),
        };
        report.notes = notes::notes(&report, question);
        report.notes.extend(usage.left_out.iter().map(|accounts| accounts.words(usize::MAX)));
        report.notes.extend(usage.larger_counts.iter().map(|note| note.as_str().into()));
        report.verdict = verdict::verdict(&report, &Look { as_of, zone, until, until_is, horizon: &horizon });
        let of = |usage: &Usage| Self::new(license, FitQuestion { usage, moved: None, ..question });
        if let Some(with_built_in) =
            usage.with_built_in(user_types_with_seats(&items, as_of), |usage| of(usage).harms())
        {
            report.notes.extend(notes::built_in(&report, &of(&with_built_in), usage.if_built_in_counted()));
        }
        if let Some(without) = usage.without_built_in() {
            report.notes.extend(notes::built_in(&report, &of(&without), usage.if_built_in_not_counted()));
        }
        report
    }

    /// What each user type that does not fit leads to.
    fn harms(&self) -> Harms {
        let misfits = self.items.iter().filter(|item| item.kind == ItemKind::UserType && item.fits == Some(false));
        let harm = |item: &FitItem| {
            let at = item.fits_until?;
            let short = item.first_shortage.filter(|shortage| shortage.at == at).map_or(0, |shortage| shortage.short);
            let locked_out = item.misfit_locked_out.unwrap_or(0);
            Some((item.id.clone(), Harm { at, locked_out, short }))
        };
        misfits.filter_map(harm).collect()
    }

    /// Adds to every item the entries that its seats come from, for a page.
    pub fn add_entries(&mut self, license: License<'_>, zone: Zone) {
        let mut explanations = explanations_by_id(license, self.as_of, zone);
        for item in &mut self.items {
            item.explanation = explanations.remove(&(item.kind, item.id.clone())).unwrap_or_default();
        }
    }

    /// The answer where an input could not be read: `fits` is null.
    #[must_use]
    pub fn unread(as_of: Instant, until: Option<Instant>, failures: Vec<FailureReport>) -> Self {
        Self {
            schema: Self::SCHEMA.into(),
            as_of,
            until,
            until_is: until.map(|_| UntilIs::Given),
            license_end: None,
            license_end_certain: None,
            fits: None,
            verdict: "not known whether it fits: an input could not be read".into(),
            first_misfit: None,
            source: None,
            file: None,
            document: 0,
            fetched_at: None,
            version: None,
            usage: Vec::new(),
            plan: None,
            later_plan: Vec::new(),
            moves: None,
            members: None,
            disabled_members: None,
            unknown_roles: Vec::new(),
            items: Vec::new(),
            not_counted: Vec::new(),
            problems: Vec::new(),
            costs: None,
            notes: Vec::new(),
            findings: Vec::new(),
            failures,
        }
    }
}

/// By kind, the seats that an item may have which the license does not name.
type Unnamed = HashMap<ItemKind, SeatTimeline>;

fn fitted(
    items: &[Item<'_>],
    (document, unnamed): (&LicenseDocument<'_>, &Unnamed),
    plan: &[Planned],
    against: &Against<'_>,
) -> Vec<Fitted> {
    let successors = Successors::new(document, items);
    let by_id: HashMap<_, _> = items.iter().map(|item| ((item.kind, item.id.as_ref()), item)).collect();
    let none = SeatTimeline::default();
    let demands = demands(items, &successors, against.usage, plan, against.as_of);
    let fitted = demands.iter().map(|demand| {
        let item = by_id.get(&(demand.kind, demand.id)).copied();
        let timeline = item.map_or_else(|| unnamed.get(&demand.kind).unwrap_or(&none), |item| &item.timeline);
        against.item(demand, timeline, item)
    });
    fitted.collect()
}

impl LaterLine {
    /// The lines of a plan that begin after an instant, in the order of time.
    pub(in crate::answers) fn all(plan: &Plan, until: Instant) -> Vec<Self> {
        demand::split(plan, until).1.into_iter().filter_map(later_line).collect()
    }
}

fn later_line(row: Planned) -> Option<LaterLine> {
    Some(LaterLine { kind: row.kind, id: row.id, count: row.count, from: row.from? })
}

/// The kinds that the license has, that nobody counted, and that the plan does not mention.
fn not_counted(items: &[FitItem]) -> Vec<ItemKind> {
    let there: HashSet<_> = items.iter().map(|item| item.kind).collect();
    let counted: HashSet<_> =
        items.iter().filter(|item| item.assigned.is_some() || item.planned > 0).map(|item| item.kind).collect();
    ItemKind::SEATED.into_iter().filter(|kind| there.contains(kind) && !counted.contains(kind)).collect()
}

fn disabled(members: &[Member]) -> Option<u64> {
    let disabled = members.iter().map(|member| member.disabled.map(u64::from));
    disabled.sum()
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
