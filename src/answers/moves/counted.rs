//! The planner works on counts of user types: from members to counts, and from its order back to members.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::num::NonZeroU64;

use crate::answers::moves::value::{MoveBatch, MovedType};
use crate::license::{Item, ItemKind};
use crate::moves::{
    Last, MemberChange, MoveProblem, MoveProblemCode, Obstacle, OrderStep, Park, Pool, Site, Transfer, plan,
    plan_with_park,
};
use crate::text::{Phrase, name, phrase};
use crate::usage::{Privileges, Usage};

/// The user types, each by its index, with its seats and its members.
pub(super) struct CountedMoves<'q> {
    ids: Vec<&'q str>,
    indices: HashMap<&'q str, usize>,
    pools: Vec<Pool>,
    leaving: Vec<u64>,
    coming: Vec<u64>,
}

impl<'q> CountedMoves<'q> {
    /// Where `usage` counts more members of a user type than are listed, the others hold seats too.
    pub(super) fn new(site: &Site<'q>, changes: &[MemberChange<'q>], usage: Option<&Usage>) -> Self {
        let items = site.items.iter().filter(|item| item.kind == ItemKind::UserType);
        let types: HashMap<&str, &Item<'_>> = items.map(|item| (item.id.as_ref(), item)).collect();
        let held = site.members.iter().map(|member| member.user_type.as_str());
        let others = site.items.iter().filter(|item| item.kind == ItemKind::UserType).map(|item| item.id.as_ref());
        let mut ids: Vec<_> = held.chain(changes.iter().map(|change| change.to)).chain(others).collect();
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

    /// The user types with seats to spare.
    pub(super) fn with_seats_to_spare(&self) -> impl Iterator<Item = &'q str> {
        let spare = self.ids.iter().zip(&self.pools).filter(|(_, pool)| pool.assigned < pool.seats);
        spare.map(|(id, _)| *id)
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

    /// The batches with the names of the members, or the problems that stand in the way. Where no other order exists,
    /// members who are known not to be administrators wait in the user type `park` meanwhile.
    pub(super) fn order(
        &self,
        site: &Site<'_>,
        changes: &[MemberChange<'_>],
        batch: NonZeroU64,
        last_member: Option<&str>,
        park: Option<&str>,
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
        let may_wait: HashSet<&str> = changes
            .iter()
            .filter(|change| site.roles.of(change.member) == Privileges::Member && !site.signs_in(change.member))
            .map(|change| change.member.username.as_str())
            .collect();
        let last_of_all = last.map(|(last, _)| last);
        let order = match park.and_then(|park| self.indices.get(park).copied()) {
            Some(pool) => {
                let may = |from: usize, to: usize| {
                    queues.get(&(from, to)).is_some_and(|queue| queue.iter().any(|name| may_wait.contains(name)))
                };
                plan_with_park(&self.pools, &transfers, batch, last_of_all, Park { pool, may: &may })
            }
            None => plan(&self.pools, &transfers, batch, last_of_all)
                .map(|batches| batches.into_iter().map(OrderStep::Move).collect()),
        };
        let order = order.map_err(|none| {
            let problem = |obstacle| self.problem(obstacle, last_member, park);
            none.obstacles.iter().map(problem).collect::<Vec<_>>()
        })?;
        // `last` stands at the end of the queue of members with the same two user types, so this member is moved last.
        if let Some((Last { from, to }, username)) = last {
            queues.entry((from, to)).or_default().push_back(username);
        }
        let mut assigned: Vec<u64> = self.pools.iter().map(|pool| pool.assigned).collect();
        let mut batches = Vec::new();
        for step in order {
            let (target, users, sources) = match step {
                OrderStep::Move(step) => {
                    let (mut users, mut sources) = (Vec::new(), Vec::new());
                    for (from, count) in &step.takes {
                        let Some(queue) = queues.get_mut(&(*from, step.to)) else { continue };
                        let size = usize::try_from(*count).unwrap_or(usize::MAX).min(queue.len());
                        users.extend(queue.drain(..size));
                        sources.resize(users.len(), *from);
                    }
                    (step.to, users, sources)
                }
                OrderStep::Park(waiting) => {
                    let pool = park.map_or(usize::MAX, index);
                    let (mut users, mut sources) = (Vec::new(), Vec::new());
                    for (from, to) in waiting {
                        let Some(queue) = queues.get_mut(&(from, to)) else { continue };
                        let place = queue.iter().position(|name| may_wait.contains(name));
                        let Some(name) = place.and_then(|place| queue.remove(place)) else { continue };
                        queues.entry((pool, to)).or_default().push_back(name);
                        users.push(name);
                        sources.push(from);
                    }
                    (pool, users, sources)
                }
            };
            let held = assigned.get(target).copied().unwrap_or(0);
            let seats = self.pools.get(target).map_or(0, |pool| pool.seats);
            for from in &sources {
                if let Some(assigned) = assigned.get_mut(*from) {
                    *assigned -= 1;
                }
            }
            if let Some(assigned) = assigned.get_mut(target) {
                *assigned += u64::try_from(users.len()).unwrap_or(u64::MAX);
            }
            batches.push(MoveBatch {
                user_type: self.id(target).to_owned(),
                users: users.into_iter().map(str::to_owned).collect(),
                from: sources.into_iter().map(|from| self.id(from).to_owned()).collect(),
                free_seats: seats.saturating_sub(held),
            });
        }
        Ok(batches)
    }

    fn problem(&self, obstacle: &Obstacle, last: Option<&str>, park: Option<&str>) -> MoveProblem {
        let pool = |index: usize| self.pools.get(index).copied().unwrap_or_default();
        match obstacle {
            Obstacle::EndsShort { pool: index, short } => {
                let (id, Pool { seats, .. }) = (self.id(*index), pool(*index));
                let plural = if *short == 1 { "" } else { "s" };
                MoveProblem {
                    code: MoveProblemCode::EndsShort,
                    username: None,
                    user_types: vec![id.to_owned()],
                    message: phrase![
                        name(id),
                        format!(
                            " ends up {short} seat{plural} short: {} members for {seats} seats; move {short} fewer into it, \
                             or others out of it",
                            u128::from(seats) + u128::from(*short)
                        )
                    ],
                }
            }
            Obstacle::HeldByLast { pool: index } => {
                let (id, last) = (self.id(*index), last.unwrap_or_default());
                MoveProblem {
                    code: MoveProblemCode::HeldByLast,
                    username: Some(last.to_owned()),
                    user_types: vec![id.to_owned()],
                    message: phrase![
                        name(last),
                        " signs in and is moved last, and holds the seat of ",
                        name(id),
                        " that somebody else needs before: one spare seat there would do, or another account to sign in with"
                    ],
                }
            }
            Obstacle::Deadlock { pools, over_assigned } => {
                let ids: Vec<_> = pools.iter().map(|index| self.id(*index).to_owned()).collect();
                let over: Vec<_> = over_assigned.iter().map(|index| name(self.id(*index))).collect();
                let full = match over.len() {
                    0 => "are full and only exchange members among themselves, so nobody can go first".into(),
                    count => phrase![
                        "get members from one another only, and ",
                        Phrase::join(over, ", "),
                        if count == 1 { " is" } else { " are" },
                        " over-assigned: seats that are free or left make up for that and no more, so all get full and nobody \
                         can go on"
                    ],
                };
                let park = park.map_or_else(Phrase::default, |park| {
                    let spare = self.indices.get(park).map_or(0, |index| pool(*index).seats.saturating_sub(pool(*index).assigned));
                    phrase![
                        "; waiting in ",
                        name(park),
                        format!(
                            " does not help: it has {spare} to spare, and only members wait there of whom it is known that \
                             they are no administrators"
                        )
                    ]
                });
                MoveProblem {
                    code: MoveProblemCode::Deadlock,
                    username: None,
                    message: phrase![
                        Phrase::join(ids.iter().map(|id| name(id)), ", "),
                        " ",
                        full,
                        ": one spare seat at any of them would do",
                        park
                    ],
                    user_types: ids,
                }
            }
        }
    }
}
