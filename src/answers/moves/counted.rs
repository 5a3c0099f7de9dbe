//! The moves as counts of user types, and the order of them with names.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::num::NonZeroU64;

use crate::answers::moves::value::{MoveBatch, MovedType};
use crate::license::{Item, ItemKind};
use crate::moves::{Change, Last, MoveProblem, MoveProblemCode, Obstacle, Pool, Site, Transfer, plan};
use crate::usage::Usage;

/// The user types by index, with what is counted of them.
pub(super) struct Counted<'q> {
    ids: Vec<&'q str>,
    indices: HashMap<&'q str, usize>,
    pools: Vec<Pool>,
    leaving: Vec<u64>,
    coming: Vec<u64>,
}

impl<'q> Counted<'q> {
    /// Where `usage` counts more members of a user type than are named, the others hold seats too.
    pub(super) fn new(site: &Site<'q>, changes: &[Change<'q>], usage: Option<&Usage>) -> Self {
        let items = site.items.iter().filter(|item| item.kind == ItemKind::UserType);
        let types: HashMap<&str, &Item<'_>> = items.map(|item| (item.id.as_ref(), item)).collect();
        let held = site.members.iter().map(|member| member.user_type.as_str());
        let mut ids: Vec<_> = held.chain(changes.iter().map(|change| change.to)).collect();
        ids.sort_unstable();
        ids.dedup();
        let indices: HashMap<_, _> = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let seats = |id: &&str| types.get(*id).map_or(0, |item| item.timeline.seats_at(site.as_of));
        let mut counted = Self {
            pools: ids.iter().map(|id| Pool { seats: seats(id), assigned: 0 }).collect(),
            leaving: vec![0; ids.len()],
            coming: vec![0; ids.len()],
            ids,
            indices,
        };
        let index = |id: &str| counted.indices.get(id).copied();
        for pool in site.members.iter().filter_map(|member| index(&member.user_type)) {
            if let Some(pool) = counted.pools.get_mut(pool) {
                pool.assigned += 1;
            }
        }
        for (id, pool) in counted.ids.iter().zip(&mut counted.pools) {
            let held = usage.and_then(|usage| usage.assigned(ItemKind::UserType, id));
            pool.assigned = pool.assigned.max(held.unwrap_or(0));
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

    pub(super) fn moved(&self) -> Vec<MovedType> {
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
    pub(super) fn order(
        &self,
        changes: &[Change<'_>],
        batch: NonZeroU64,
        last_member: Option<&str>,
    ) -> Result<Vec<MoveBatch>, Vec<MoveProblem>> {
        let index = |id: &str| self.indices.get(id).copied().unwrap_or(usize::MAX);
        let mut queues: BTreeMap<(usize, usize), VecDeque<&str>> = BTreeMap::new();
        let mut last = None;
        for change in changes {
            let (from, to) = (index(&change.member.user_type), index(change.to));
            if last_member == Some(change.member.username.as_str()) {
                last = Some((Last { from, to }, change.member.username.as_str()));
            } else {
                queues.entry((from, to)).or_default().push_back(&change.member.username);
            }
        }
        let count = |queue: &VecDeque<&str>| u64::try_from(queue.len()).unwrap_or(u64::MAX);
        let transfers: Vec<_> =
            queues.iter().map(|((from, to), queue)| Transfer { from: *from, to: *to, count: count(queue) }).collect();
        let order = plan(&self.pools, &transfers, batch, last.map(|(last, _)| last)).map_err(|none| {
            none.obstacles.iter().map(|obstacle| self.problem(obstacle, last_member)).collect::<Vec<_>>()
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
