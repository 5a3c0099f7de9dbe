//! Every obstacle that a message names, and each part of it, is an obstacle; and there is no other.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use seatline::planner::{NoOrder, Obstacle, Transfer};

use super::case::{Case, case};
use super::oracle::has_order;

/// The seats that are said to remove an obstacle, for each way to remove it.
fn cures(obstacle: &Obstacle) -> Vec<(usize, u64)> {
    match obstacle {
        Obstacle::EndsShort { pool, short } => vec![(*pool, *short)],
        Obstacle::HeldByLast { pool } => vec![(*pool, 1)],
        Obstacle::Deadlock { pools, .. } => pools.iter().map(|pool| (*pool, 1)).collect(),
        _ => panic!("{obstacle:?} has no oracle"),
    }
}

fn with_seats(case: &Case, seats: &[(usize, u64)]) -> Case {
    let mut case = case.clone();
    for (pool, more) in seats {
        case.pools[*pool].seats += more;
    }
    case
}

/// Every way to remove all obstacles.
fn ways(obstacles: &[Obstacle]) -> Vec<Vec<(usize, u64)>> {
    obstacles.iter().fold(vec![Vec::new()], |ways, obstacle| {
        let cures = cures(obstacle);
        ways.iter().flat_map(|way| cures.iter().map(|cure| [way.clone(), vec![*cure]].concat())).collect()
    })
}

fn are_true(case: &Case, why: &NoOrder) -> Result<(), String> {
    for way in ways(&why.obstacles) {
        if !has_order(&with_seats(case, &way)) {
            return Err(format!("{way:?} is no cure of {case:?}: {why:?}"));
        }
        for fewer in 0..way.len() {
            let mut way = way.clone();
            way[fewer].1 -= 1;
            if has_order(&with_seats(case, &way)) {
                return Err(format!("{way:?} is enough for {case:?}: {why:?}"));
            }
        }
    }
    let free = case.free();
    for obstacle in &why.obstacles {
        if let Obstacle::Deadlock { pools, over_assigned } = obstacle {
            let closed = |one: &&Transfer| one.count > 0 && pools.contains(&one.to) && !pools.contains(&one.from);
            let over: Vec<_> = pools.iter().copied().filter(|pool| free[*pool] < 0).collect();
            if pools.len() < 2 || case.transfers.iter().find(closed).is_some() || over != *over_assigned {
                return Err(format!("not a closed group of {case:?}: {why:?}"));
            }
        }
    }
    let mut free_of_last = case.clone();
    let last = free_of_last.last.take();
    free_of_last.transfers.extend(last.map(|last| Transfer { from: last.from, to: last.to, count: 1 }));
    if why.only_for_last != (last.is_some() && has_order(&free_of_last)) {
        return Err(format!("only for the last one? {case:?}: {why:?}"));
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 6_000, ..Config::default() })]

    #[test]
    fn curing_all_is_enough_and_needed(case in case(2)) {
        if let Err(why) = case.plan() {
            prop_assert!(!why.obstacles.is_empty());
            are_true(&case, &why).map_err(TestCaseError::fail)?;
        }
    }
}

/// All sorts of outcomes are frequent among the random cases.
#[test]
fn every_outcome_is_tried() {
    let mut runner = TestRunner::deterministic();
    let mut counts = [0; 7];
    for _ in 0..6_000 {
        let case = case(2).new_tree(&mut runner).unwrap().current();
        let over = case.free().iter().any(|free| *free < 0);
        let Err(why) = case.plan() else {
            counts[usize::from(over)] += 1;
            continue;
        };
        counts[6] += u32::from(why.only_for_last);
        for obstacle in why.obstacles {
            match obstacle {
                Obstacle::EndsShort { .. } => counts[2] += 1,
                Obstacle::HeldByLast { .. } => counts[3] += 1,
                Obstacle::Deadlock { over_assigned, .. } => counts[4 + usize::from(!over_assigned.is_empty())] += 1,
                _ => panic!("{obstacle:?} has no oracle"),
            }
        }
    }
    assert!(counts.iter().all(|count| *count >= 40), "{counts:?}");
}
