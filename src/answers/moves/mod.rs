//! `moves`: in which order members can change user type; from members and ids to counts, and back.

mod counted;
mod notes;
mod parking;
mod python;
mod text;
mod value;
mod verdict;

pub use python::moves_python;
pub use text::{moves_csv, moves_markdown, moves_table, moves_undo};
pub use value::{
    AppliedReport, AskedReport, ElsewhereReport, JoinedReport, MoveBatch, MovedType, MovesReport, ParkedReport,
    RefusedReport, WaitingAdvice, WaitingReport,
};
#[cfg(feature = "cli")]
pub(crate) use verdict::{have_new_type, left_meanwhile};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZeroU64;

use crate::answers::FailureReport;
use crate::answers::schema_name::NamedForm;
use crate::license::{AdministratorList, Item};
use crate::moves::{
    MemberChange, MoveProblem, MoveProblemCode, Site, Wanted, Watch, changes, no_administrator_left, nobody_left,
    refused_administrators, short_lived_targets, targets_without_seats, unknown_targets,
};
use crate::source::License;
use crate::time::{Instant, Zone};
use crate::usage::{Member, Roles, Usage};
use counted::CountedMoves;

/// The most ways to give built-in accounts user types that are tried.
const MOST_WAYS: usize = 24;

/// The question that `moves` asks of a license and the members of a portal.
#[derive(Clone, Copy, Debug)]
pub struct MovesQuestion<'q> {
    /// The instant at which the members change user type; its seats count.
    pub as_of: Instant,
    /// The zone of calendar days, and of the dates in messages.
    pub zone: Zone,
    /// All members of the portal.
    pub members: &'q [Member],
    /// Another count of the members, where one was given.
    pub usage: Option<&'q Usage>,
    /// The user type that each member is to have.
    pub wanted: &'q Wanted,
    /// The most members that one request may move.
    pub batch: NonZeroU64,
    /// The administrator list of the license, where there is one.
    pub administrators: Option<&'q AdministratorList>,
    /// How the roles of members are read.
    pub roles: Roles<'q>,
    /// The member who makes the moves, and so has to be moved last.
    pub last: Option<&'q str>,
    /// The id of a user type in which members may wait where there is no other order.
    pub park: Option<&'q str>,
}

impl NamedForm for MovesReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl MovesReport {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/moves/v1";

    /// Finds an order of the moves, or why there is none.
    #[must_use]
    pub fn new(license: License<'_>, question: MovesQuestion<'_>) -> Self {
        let License { source, place, document } = license;
        let items = Item::all(document);
        let site = Site {
            as_of: question.as_of,
            zone: question.zone,
            members: question.members,
            roles: question.roles,
            items: &items,
            administrators: question.administrators,
            last: question.last,
        };
        let (all, mut problems) = changes(&site, question.wanted);
        let (unchanged, changes): (Vec<_>, Vec<_>) = all.into_iter().partition(MemberChange::is_none);
        problems.extend(unknown_targets(&site, question.wanted, &changes));
        problems.extend(targets_without_seats(&site, &changes));
        let refused = refused_administrators(&site, &changes);
        // Where administrators are refused a user type, the problem that no administrator is left has the same cause.
        problems.extend(if refused.is_empty() {
            no_administrator_left(&site, &changes).into_iter().collect()
        } else {
            refused
        });
        let counted = CountedMoves::new(&site, &changes, question.usage);
        let mut batches = Vec::new();
        let (mut waiting, nobodys) = (WaitingAdvice::default(), [String::new()]);
        problems.extend(question.park.and_then(|park| parking::cannot(&site, park)));
        if problems.is_empty() {
            match order(&site, &counted, &changes, question.batch, question.park) {
                Ok(order) => batches = order,
                Err(obstacles) => {
                    problems = obstacles;
                    if problems.iter().all(|problem| problem.code == MoveProblemCode::Deadlock) {
                        let helps = |site: &Site<'_>, park: &str| {
                            order(site, &counted, &changes, question.batch, Some(park)).is_ok()
                        };
                        let could: Vec<&str> =
                            parking::could_wait_in(&site, &counted, |park| helps(&site, park)).collect();
                        parking::advise(&mut problems, &could);
                        waiting.helps = !could.is_empty();
                        // The question for the case that all roles of administrators are known.
                        let known = Site { roles: Roles::new(&nobodys), ..site };
                        waiting.helps_by_roles = question.roles.are_guessed()
                            && match question.park {
                                Some(park) => helps(&known, park),
                                None => parking::could_wait_in(&known, &counted, |park| helps(&known, park))
                                    .next()
                                    .is_some(),
                            };
                    }
                }
            }
        }
        let parked = parking::parked(&batches);
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let user_types = counted.moved();
        let mut notes = notes::trusted(&site, &changes);
        notes.extend(site.foreign_list());
        notes.extend(short_lived_targets(&site, &changes));
        notes.extend(notes::one_way(&user_types));
        notes.extend(parking::note(&parked));
        let mut report = Self {
            schema: Self::SCHEMA.into(),
            as_of: question.as_of,
            source: Some(place.source_name(source).to_owned()),
            file: Some(source.name().to_owned()),
            document: place.index,
            fetched_at: place.fetched_at().map(str::to_owned),
            version: document.my_esri.version.as_written().map(Cow::into_owned),
            possible: Some(problems.is_empty()),
            verdict: String::new(),
            members: count(question.members.len()),
            moves: count(changes.len()),
            unnamed: 0,
            unchanged: count(unchanged.len()),
            batch_size: question.batch.get(),
            user_types,
            batches,
            parked,
            problems,
            notes,
            applied: None,
            failures: Vec::new(),
            waiting,
        }
        .with_verdict();
        if let Some(usage) = question.usage {
            let of = |usage: &Usage| Self::new(license, MovesQuestion { usage: Some(usage), ..question });
            let ids: Vec<_> = report.user_types.iter().map(|one| one.id.as_str()).collect();
            let others: Vec<_> = usage.ways_with_built_in(&ids, MOST_WAYS).iter().map(of).collect();
            let without: Vec<_> = usage.without_built_in().iter().map(of).collect();
            let with = notes::built_in(&report, &others, usage.if_built_in_counted());
            let without = notes::built_in(&report, &without, usage.if_built_in_not_counted());
            report.notes.extend(with.into_iter().chain(without));
        }
        report
    }

    /// The answer where an input could not be read: `possible` is null.
    #[must_use]
    pub fn unread(as_of: Instant, batch: NonZeroU64, failures: Vec<FailureReport>) -> Self {
        Self {
            schema: Self::SCHEMA.into(),
            as_of,
            source: None,
            file: None,
            document: 0,
            fetched_at: None,
            version: None,
            possible: None,
            verdict: String::new(),
            members: 0,
            moves: 0,
            unnamed: 0,
            unchanged: 0,
            batch_size: batch.get(),
            user_types: Vec::new(),
            batches: Vec::new(),
            parked: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
            applied: None,
            failures,
            waiting: WaitingAdvice::default(),
        }
        .with_verdict()
    }

    /// Adds what the portal did; the verdict tells it.
    pub fn apply(&mut self, applied: AppliedReport) {
        self.applied = Some(applied);
        self.verdict = verdict::verdict(self);
    }

    /// Sets how many accounts the portal counts and does not name, which the verdict then says.
    #[cfg(feature = "portal")]
    pub(crate) fn leave_out(&mut self, unnamed: u64) {
        self.unnamed = unnamed;
        self.verdict = verdict::verdict(self);
    }

    fn with_verdict(self) -> Self {
        Self { verdict: verdict::verdict(&self), ..self }
    }
}

/// The most members that are tried as the one who is moved last.
const TRIES: usize = 32;

/// An order during which a possible administrator is left at all times, or the problems that stand in the way.
///
/// Where the first order leaves no possible administrator for a while, a member who loses the Administrator role is
/// moved last instead, and administers the portal until then.
fn order(
    site: &Site<'_>,
    counted: &CountedMoves<'_>,
    changes: &[MemberChange<'_>],
    batch: NonZeroU64,
    park: Option<&str>,
) -> Result<Vec<MoveBatch>, Vec<MoveProblem>> {
    let first = counted.order(site, changes, batch, site.last, park)?;
    let Some(gap) = gap(site, &first) else { return Ok(first) };
    let watch = Watch::new(site);
    let leaves = |change: &&MemberChange<'_>| watch.may_administer(change.member, &change.member.user_type);
    // Members with the same two user types are alike, so it is enough to try one member of each such pair.
    let mut alike: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for change in changes.iter().filter(leaves).filter(|_| site.last.is_none()) {
        alike.entry((&change.member.user_type, change.to)).or_insert(&change.member.username);
    }
    let other = alike.into_values().take(TRIES);
    let other = other.filter_map(|last| counted.order(site, changes, batch, Some(last), park).ok());
    other.into_iter().find(|order| self::gap(site, order).is_none()).ok_or_else(|| {
        vec![nobody_left(&format!("in every order that was tried there is a time (here after request {gap}) when "))]
    })
}

/// The number of the first batch, from 1, after which no possible administrator is left.
fn gap(site: &Site<'_>, batches: &[MoveBatch]) -> Option<usize> {
    let mut watch = Watch::new(site);
    let over = |batch: &MoveBatch| {
        batch.users.iter().for_each(|user| watch.change(user, &batch.user_type));
        watch.is_over()
    };
    batches.iter().map(over).position(|over| over).map(|index| index + 1)
}
