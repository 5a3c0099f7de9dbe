//! Who can change user type in which order: from names and ids to counts, and back.

mod names;
mod objections;
mod python;
mod text;
mod value;

pub use python::moves_python;
pub use text::{moves_csv, moves_markdown, moves_table, moves_undo};
pub use value::{AppliedReport, ElsewhereReport, MoveBatch, MoveProblem, MoveProblemCode, MovedType, MovesReport};

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::num::NonZeroU64;

use crate::license::{AdministratorList, Item, ItemKind, LicenseDocument};
use crate::moves::{Last, Obstacle, Pool, Transfer, Wanted, plan};
use crate::source::Source;
use crate::time::Instant;
use crate::usage::{Member, Roles};

/// What is asked of a license and its members.
#[derive(Clone, Copy, Debug)]
pub struct MovesQuestion<'q> {
    /// The instant of the moves.
    pub as_of: Instant,
    /// All members of the portal.
    pub members: &'q [Member],
    /// Who is to have which user type.
    pub wanted: &'q Wanted,
    /// The most members that one request moves.
    pub batch: NonZeroU64,
    /// The administrator list of the license, where there is one.
    pub administrators: Option<&'q AdministratorList>,
    /// How their roles are read.
    pub roles: Roles<'q>,
    /// The one who does it, and has to be moved last.
    pub last: Option<&'q str>,
}

/// A member who changes user type.
#[derive(Clone, Copy, Debug)]
struct Change<'q> {
    member: &'q Member,
    to: &'q str,
}

impl MovesReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/moves/v1";

    /// Plans the moves.
    #[must_use]
    pub fn new(source: &Source, document: &LicenseDocument<'_>, question: MovesQuestion<'_>) -> Self {
        let items = Item::all(document);
        let user_types = items.iter().filter(|item| item.kind == ItemKind::UserType);
        let types: HashMap<&str, &Item<'_>> = user_types.map(|item| (item.id.as_ref(), item)).collect();
        let mut problems = Vec::new();
        objections::last(question, &mut problems);
        let wanted = objections::wanted(question, &types, &mut problems);
        let unchanged = wanted.iter().filter(|change| change.member.user_type == change.to).count();
        let changes: Vec<_> = wanted.into_iter().filter(|change| change.member.user_type != change.to).collect();
        objections::targets(question, &types, &changes, &mut problems);
        objections::administrators(question, &items, &types, &changes, &mut problems);
        let counted = Counted::new(question, &types, &changes);
        let mut batches = Vec::new();
        if problems.is_empty() {
            match counted.order(question, &changes) {
                Ok(order) => batches = order,
                Err(obstacles) => problems = obstacles,
            }
        }
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let user_types = counted.moved();
        let notes = objections::notes(question, &changes).into_iter().chain(objections::one_way(&user_types)).collect();
        Self {
            schema: Self::SCHEMA,
            as_of: question.as_of,
            source: source.name().to_owned(),
            version: document.my_esri.version.as_written().map(Cow::into_owned),
            possible: problems.is_empty(),
            members: count(question.members.len()),
            moves: count(changes.len()),
            unchanged: count(unchanged),
            batch_size: question.batch.get(),
            user_types,
            batches,
            problems,
            notes,
            applied: None,
        }
    }
}

/// The user types by index, with what is counted of them.
struct Counted<'q> {
    ids: Vec<&'q str>,
    indices: HashMap<&'q str, usize>,
    pools: Vec<Pool>,
    leaving: Vec<u64>,
    coming: Vec<u64>,
}

impl<'q> Counted<'q> {
    fn new(question: MovesQuestion<'q>, types: &HashMap<&str, &Item<'_>>, changes: &[Change<'q>]) -> Self {
        let held = question.members.iter().map(|member| member.user_type.as_str());
        let mut ids: Vec<_> = held.chain(changes.iter().map(|change| change.to)).collect();
        ids.sort_unstable();
        ids.dedup();
        let indices: HashMap<_, _> = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let seats = |id: &&str| types.get(*id).map_or(0, |item| item.timeline.seats_at(question.as_of));
        let mut counted = Self {
            pools: ids.iter().map(|id| Pool { seats: seats(id), assigned: 0 }).collect(),
            leaving: vec![0; ids.len()],
            coming: vec![0; ids.len()],
            ids,
            indices,
        };
        let index = |id: &str| counted.indices.get(id).copied();
        for pool in question.members.iter().filter_map(|member| index(&member.user_type)) {
            if let Some(pool) = counted.pools.get_mut(pool) {
                pool.assigned += 1;
            }
        }
        for change in changes {
            for (id, counts) in
                [(change.member.user_type.as_str(), &mut counted.leaving), (change.to, &mut counted.coming)]
            {
                if let Some(count) = counted.indices.get(id).and_then(|index| counts.get_mut(*index)) {
                    *count += 1;
                }
            }
        }
        counted
    }

    fn id(&self, index: usize) -> &'q str {
        self.ids.get(index).copied().unwrap_or_default()
    }

    fn moved(&self) -> Vec<MovedType> {
        let counts = self.leaving.iter().zip(&self.coming).zip(&self.pools).zip(&self.ids);
        let moved = counts.filter(|(((leaving, coming), _), _)| **leaving + **coming > 0);
        moved
            .map(|(((leaving, coming), pool), id)| MovedType {
                id: (*id).to_owned(),
                seats: pool.seats,
                before: pool.assigned,
                leaving: *leaving,
                coming: *coming,
                after: pool.assigned + coming - leaving,
            })
            .collect()
    }

    /// The batches with names, or what stands in the way.
    fn order(&self, question: MovesQuestion<'_>, changes: &[Change<'_>]) -> Result<Vec<MoveBatch>, Vec<MoveProblem>> {
        let index = |id: &str| self.indices.get(id).copied().unwrap_or(usize::MAX);
        let mut queues: BTreeMap<(usize, usize), VecDeque<&str>> = BTreeMap::new();
        let mut last = None;
        for change in changes {
            let (from, to) = (index(&change.member.user_type), index(change.to));
            if question.last == Some(change.member.username.as_str()) {
                last = Some((Last { from, to }, change.member.username.as_str()));
            } else {
                queues.entry((from, to)).or_default().push_back(&change.member.username);
            }
        }
        let count = |queue: &VecDeque<&str>| u64::try_from(queue.len()).unwrap_or(u64::MAX);
        let transfers: Vec<_> =
            queues.iter().map(|((from, to), queue)| Transfer { from: *from, to: *to, count: count(queue) }).collect();
        let order = plan(&self.pools, &transfers, question.batch, last.map(|(last, _)| last)).map_err(|none| {
            none.obstacles.iter().map(|obstacle| self.problem(obstacle, question.last)).collect::<Vec<_>>()
        })?;
        // The one who comes last is taken from the queue after all others of the same types.
        if let Some((Last { from, to }, username)) = last {
            queues.entry((from, to)).or_default().push_back(username);
        }
        let mut assigned: Vec<u64> = self.pools.iter().map(|pool| pool.assigned).collect();
        let mut batches = Vec::new();
        for step in order {
            let (mut users, mut sources) = (Vec::new(), Vec::new());
            let held = assigned.get(step.to).copied().unwrap_or(0);
            let seats = self.pools.get(step.to).map_or(0, |pool| pool.seats);
            for (from, count) in &step.takes {
                let Some(queue) = queues.get_mut(&(*from, step.to)) else { continue };
                let size = usize::try_from(*count).unwrap_or(usize::MAX).min(queue.len());
                users.extend(queue.drain(..size).map(str::to_owned));
                sources.resize(users.len(), self.id(*from).to_owned());
                if let Some(assigned) = assigned.get_mut(*from) {
                    *assigned -= count;
                }
            }
            if let Some(assigned) = assigned.get_mut(step.to) {
                *assigned += step.size();
            }
            let user_type = self.id(step.to).to_owned();
            batches.push(MoveBatch { user_type, users, from: sources, free_seats: seats.saturating_sub(held) });
        }
        Ok(batches)
    }

    fn problem(&self, obstacle: &Obstacle, last: Option<&str>) -> MoveProblem {
        let pool = |index: usize| self.pools.get(index).copied().unwrap_or_default();
        match obstacle {
            Obstacle::EndsShort { pool: index, short } => {
                let (id, Pool { seats, .. }) = (self.id(*index), pool(*index));
                let plural = if *short == 1 { "" } else { "s" };
                MoveProblem {
                    code: MoveProblemCode::EndsShort,
                    username: None,
                    user_types: vec![id.to_owned()],
                    message: format!(
                        "{id} ends up {short} seat{plural} short: {} members for {seats} seats; move {short} fewer into it, \
                         or others out of it",
                        u128::from(seats) + u128::from(*short)
                    ),
                }
            }
            Obstacle::HeldByLast { pool: index } => {
                let (id, last) = (self.id(*index), last.unwrap_or_default());
                MoveProblem {
                    code: MoveProblemCode::HeldByLast,
                    username: Some(last.to_owned()),
                    user_types: vec![id.to_owned()],
                    message: format!(
                        "{last} signs in and is moved last, and holds the seat of {id} that somebody else needs before: one \
                         spare seat there would do, or another account to sign in with"
                    ),
                }
            }
            Obstacle::Deadlock { pools, over_assigned } => {
                let ids: Vec<_> = pools.iter().map(|index| self.id(*index).to_owned()).collect();
                let over: Vec<_> = over_assigned.iter().map(|index| self.id(*index)).collect();
                let full = match over.len() {
                    0 => "are full and only exchange members among themselves, so nobody can go first".to_owned(),
                    count => format!(
                        "get members from one another only, and {} {} over-assigned: seats that are free or left make up \
                         for that and no more, so all get full and nobody can go on",
                        over.join(", "),
                        if count == 1 { "is" } else { "are" }
                    ),
                };
                MoveProblem {
                    code: MoveProblemCode::Deadlock,
                    username: None,
                    message: format!("{} {full}: one spare seat at any of them would do", ids.join(", ")),
                    user_types: ids,
                }
            }
        }
    }
}
