//! Cases with a name.

use std::num::NonZeroU64;

use seatline::planner::{BATCH, Batch, NoOrder, Obstacle, Pool, Transfer, plan};

use super::case::Case;

fn targets(case: &Case) -> Vec<usize> {
    let batches = case.plan().unwrap();
    assert_eq!(case.fault(&batches), None);
    batches.iter().map(|batch| batch.to).collect()
}

fn obstacles(case: &Case) -> Vec<Obstacle> {
    let NoOrder { obstacles, only_for_last } = case.plan().unwrap_err();
    assert!(!only_for_last);
    obstacles
}

fn deadlock(pools: &[usize]) -> Obstacle {
    Obstacle::Deadlock { pools: pools.to_vec(), over_assigned: Vec::new() }
}

#[test]
fn two_full_types_cannot_swap() {
    let swap = [(0, 1, 3), (1, 0, 3)];
    assert_eq!(obstacles(&Case::new(&[0, 0], &swap)), [deadlock(&[0, 1])]);
    assert_eq!(targets(&Case::new(&[0, 1], &swap)), [1, 0, 1, 0, 1, 0]);
}

#[test]
fn a_ring_of_full_types_needs_one_seat() {
    let ring = [(0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 0, 1)];
    assert_eq!(obstacles(&Case::new(&[0, 0, 0, 0], &ring)), [deadlock(&[0, 1, 2, 3])]);
    assert_eq!(targets(&Case::new(&[0, 0, 1, 0], &ring)), [2, 1, 0, 3]);
}

#[test]
fn groups_apart_are_each_named() {
    let swaps = [(0, 3, 1), (3, 0, 1), (1, 2, 1), (2, 1, 1)];
    assert_eq!(obstacles(&Case::new(&[0, 0, 0, 0], &swaps)), [deadlock(&[0, 3]), deadlock(&[1, 2])]);
    let said = [2, 4].map(|swaps_made| Case::new(&[0, 0, 0, 0], &swaps[..swaps_made]).plan().unwrap_err().to_string());
    assert_eq!(said, ["no order of the moves exists: 1 obstacle", "no order of the moves exists: 2 obstacles"]);
}

#[test]
fn seats_of_a_type_nobody_moves_to_are_no_help() {
    let case = Case::new(&[9, 0, 0], &[(0, 1, 1), (1, 2, 1), (2, 1, 1)]);
    assert_eq!(obstacles(&case), [Obstacle::EndsShort { pool: 1, short: 1 }]);
    // 1 has the seat: the member from 0 must wait for the others
    assert_eq!(targets(&Case::new(&[9, 1, 0], &[(0, 1, 1), (1, 2, 1), (2, 1, 1)])), [1, 2, 1]);
}

#[test]
fn all_that_end_short_are_named() {
    let case = Case::new(&[0, 1, 2, 0], &[(0, 1, 5), (0, 2, 3), (0, 3, 0)]);
    assert_eq!(
        obstacles(&case),
        [Obstacle::EndsShort { pool: 1, short: 4 }, Obstacle::EndsShort { pool: 2, short: 1 }]
    );
}

#[test]
fn over_assigned_types_lose_members_first() {
    // two members too many in 0; they leave, and only then one comes in
    assert_eq!(targets(&Case::new(&[-2, 3, 0], &[(0, 1, 3), (2, 0, 1)])), [1, 0]);
    // nobody comes in: the type may stay over-assigned
    assert_eq!(targets(&Case::new(&[-5, 1], &[(0, 1, 1)])), [1]);
}

/// The final counts fit and a seat is free, but type 1 is over-assigned and takes that seat, and the rest is a ring of
/// full types.
#[test]
fn an_over_assigned_type_can_use_up_the_only_seat() {
    let moves = [(1, 0, 1), (0, 1, 1), (2, 0, 1), (1, 2, 1)];
    let case = Case::new(&[1, -1, 0], &moves);
    assert_eq!(obstacles(&case), [Obstacle::Deadlock { pools: vec![0, 1, 2], over_assigned: vec![1] }]);
    for cure in [[2, -1, 0], [1, 0, 0], [1, -1, 1]] {
        targets(&Case::new(&cure, &moves));
    }
}

#[test]
fn the_last_one_can_be_in_the_way() {
    let case = Case::new(&[0, 1], &[(1, 0, 1)]).last(0, 1);
    let obstacles = vec![Obstacle::HeldByLast { pool: 0 }];
    assert_eq!(case.plan(), Err(NoOrder { obstacles, only_for_last: true }));
    assert_eq!(targets(&Case::new(&[1, 0], &[(1, 0, 1)]).last(0, 1)), [0, 1]);
}

#[test]
fn no_move_is_no_batch() {
    assert_eq!(targets(&Case::new(&[0, 0], &[])), [0; 0]);
    assert_eq!(targets(&Case::new(&[-1, 0], &[(0, 0, 4), (0, 1, 0)])), [0; 0]);
}

#[test]
fn an_unknown_type_has_no_seats() {
    let into = |to| plan(&[Pool { seats: 1, assigned: 1 }], &[Transfer { from: 0, to, count: 2 }], BATCH, None);
    let obstacles = vec![Obstacle::EndsShort { pool: usize::MAX, short: 2 }];
    assert_eq!(into(usize::MAX), Err(NoOrder { obstacles, only_for_last: false }));
}

#[test]
fn counts_without_measure() {
    let full = Pool { seats: 0, assigned: u64::MAX };
    let empty = Pool { seats: u64::MAX, assigned: 0 };
    let all = Transfer { from: 0, to: 1, count: u64::MAX };
    let at_once = |pools: &[Pool], transfers: &[Transfer]| plan(pools, transfers, NonZeroU64::MAX, None);
    assert_eq!(at_once(&[full, empty], &[all]), Ok(vec![Batch { to: 1, takes: vec![(0, u64::MAX)] }]));
    let short = |short| Err(NoOrder { obstacles: vec![Obstacle::EndsShort { pool: 1, short }], only_for_last: false });
    assert_eq!(at_once(&[full, empty], &[all, all]), short(u64::MAX));
    assert_eq!(at_once(&[empty, full], &[all, all]), short(u64::MAX));
}

/// Many types and many moves; in the end every type but one is full.
#[test]
fn a_large_plan_is_sound() {
    let types = 30;
    let count = |from: usize, to: usize| u64::try_from((from * 7 + to * 13 + from * to) % 11).unwrap();
    let pairs = (0..types).flat_map(|from| (0..types).map(move |to| (from, to))).filter(|(from, to)| from != to);
    let moves: Vec<_> = pairs.map(|(from, to)| (from, to, count(from, to))).collect();
    let sum =
        |of: &dyn Fn(&(usize, usize, u64)) -> bool| moves.iter().filter(|one| of(one)).map(|one| one.2).sum::<u64>();
    let end = |index: usize| sum(&|one| one.1 == index).cast_signed() - sum(&|one| one.0 == index).cast_signed();
    let free: Vec<_> = (0..types).map(|index| end(index) + i64::from(index == 17)).collect();
    let case = Case::new(&free, &moves);
    let batches = case.plan().unwrap();
    assert_eq!(case.fault(&batches), None);
    assert_eq!(case.plan().unwrap(), batches);
}
