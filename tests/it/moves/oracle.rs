//! The planner finds an order exactly where trying every order finds one.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::case::{Case, case};

/// Whether an order of single members exists: a depth-first search over what has been moved of each transfer.
pub(crate) fn has_order(case: &Case) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![vec![0; case.transfers.len()]];
    while let Some(moved) = open.pop() {
        if !seen.insert(moved.clone()) {
            continue;
        }
        let mut free = case.free();
        for (one, count) in case.transfers.iter().zip(&moved) {
            free[one.from] += count;
            free[one.to] -= count;
        }
        let is_rest_done = case.transfers.iter().zip(&moved).all(|(one, count)| one.count.cast_signed() == *count);
        if is_rest_done && case.last.is_none_or(|last| free[last.to] >= 1) {
            return true;
        }
        for (index, one) in case.transfers.iter().enumerate() {
            if moved[index] < one.count.cast_signed() && free[one.to] >= 1 {
                let mut next = moved.clone();
                next[index] += 1;
                open.push(next);
            }
        }
    }
    false
}

fn agrees(case: &Case) -> Result<(), String> {
    match (case.plan(), has_order(case)) {
        (Ok(batches), true) => {
            case.fault(&batches).map_or(Ok(()), |fault| Err(format!("{fault}: {batches:?} of {case:?}")))
        }
        (Err(_), false) => Ok(()),
        (plan, has_order) => Err(format!("{plan:?}, but it is {has_order} that there is an order of {case:?}")),
    }
}

proptest! {
    #![proptest_config(Config { cases: 10_000, ..Config::default() })]

    #[test]
    fn found_exactly_when_there_is_one(case in case(3)) {
        agrees(&case).map_err(TestCaseError::fail)?;
    }
}

/// Three types, up to two members between any two, each type from two too many members to one free seat.
#[test]
fn every_case_of_three_types() {
    let pairs = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];
    let (mut found, mut over) = (0, 0);
    for number in 0..3_u64.pow(6) {
        let moves: Vec<_> =
            (0..).zip(pairs).map(|(digit, (from, to))| (from, to, number / 3_u64.pow(digit) % 3)).collect();
        for number in 0..4_i64.pow(3) {
            let free = [number % 4 - 2, number / 4 % 4 - 2, number / 16 - 2];
            let case = Case { batch: 2, ..Case::new(&free, &moves) };
            agrees(&case).unwrap();
            let is_over_target = |index: usize| free[index] < 0 && moves.iter().any(|one| one.1 == index && one.2 > 0);
            if case.plan().is_ok() {
                found += 1;
                over += u32::from((0..3).any(is_over_target));
            }
        }
    }
    assert!(found > 1_500 && over > 200, "{found} have an order, {over} of them into a type that is over-assigned");
}
