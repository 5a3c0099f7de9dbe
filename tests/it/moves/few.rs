//! The number of batches is small.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use seatline::planner::{BATCH, Batch};

use super::case::{Case, case};

/// The fewest batches that any order has, by a breadth-first search over what is left of each transfer.
fn fewest(case: &Case) -> usize {
    let mut layer = BTreeSet::from([case.transfers.iter().map(|one| one.count).collect::<Vec<_>>()]);
    let mut seen = layer.clone();
    for batches in 0.. {
        assert!(!layer.is_empty(), "there is an order");
        if layer.iter().any(|left| left.iter().all(|count| *count == 0)) {
            return batches;
        }
        let next: BTreeSet<_> = layer.iter().flat_map(|left| one_batch_on(case, left)).collect();
        layer = next.difference(&seen).cloned().collect();
        seen.extend(layer.iter().cloned());
    }
    0
}

fn one_batch_on(case: &Case, left: &[u64]) -> Vec<Vec<u64>> {
    let mut free = case.free();
    for (one, left) in case.transfers.iter().zip(left) {
        let moved = (one.count - left).cast_signed();
        free[one.from] += moved;
        free[one.to] -= moved;
    }
    let targets = (0..free.len()).filter(|target| free[*target] > 0);
    let batches = targets.flat_map(|target| {
        let start = vec![(left.to_vec(), case.batch.min(free[target].cast_unsigned()))];
        (0..left.len()).filter(|index| case.transfers[*index].to == target).fold(start, |ways, index| {
            let more =
                ways.iter().flat_map(|(left, room)| (0..=left[index].min(*room)).map(move |take| (left, room, take)));
            more.map(|(left, room, take)| {
                let mut left = left.clone();
                left[index] -= take;
                (left, room - take)
            })
            .collect()
        })
    });
    batches.map(|(left, _)| left).collect()
}

#[test]
fn within_two_in_a_hundred_of_the_fewest() {
    let mut runner = TestRunner::deterministic();
    let cases = case(4).prop_map(|case| Case { last: None, batch: case.batch + 1, ..case });
    let (mut planned, mut best, mut tried) = (0, 0, 0);
    while tried < 500 {
        let case = cases.new_tree(&mut runner).unwrap().current();
        let moves: u64 = case.transfers.iter().map(|one| one.count).sum();
        let Some(batches) = case.plan().ok().filter(|_| (4..14).contains(&moves)) else { continue };
        let fewest = fewest(&case);
        assert!(batches.len() >= fewest);
        planned += batches.len();
        best += fewest;
        tried += 1;
    }
    println!("{planned} batches in {tried} plans, at best {best}");
    assert!(planned * 100 <= best * 102, "{planned} batches, at best {best}");
}

#[test]
fn a_chain_moves_whole_batches_from_its_end() {
    let case = Case::new(&[0, 0, 100], &[(0, 1, 100), (1, 2, 100)]);
    let batches = case.plan().unwrap();
    assert_eq!(case.fault(&batches), None);
    assert_eq!(batches.len(), 8);
    assert!(batches.iter().all(|batch| batch.size() == BATCH.get()));
}

#[test]
fn spare_seats_go_around_together() {
    let case = Case::new(&[10, 0], &[(0, 1, 100), (1, 0, 100)]);
    let batches = case.plan().unwrap();
    assert_eq!(case.fault(&batches), None);
    assert_eq!(batches.len(), 20);
}

#[test]
fn one_batch_from_several_types() {
    let batches = Case::new(&[0, 0, 5], &[(1, 2, 2), (0, 2, 3)]).plan().unwrap();
    assert_eq!(batches, [Batch { to: 2, takes: vec![(0, 3), (1, 2)] }]);
}

#[test]
fn the_last_one_joins_the_last_batch() {
    let batches = Case::new(&[0, 0, 9], &[(0, 2, 3), (1, 2, 1)]).last(0, 2).plan().unwrap();
    assert_eq!(batches, [Batch { to: 2, takes: vec![(1, 1), (0, 4)] }]);
    // the batch into 1 is put off, since the batch into 2 does not need it first
    let case = Case::new(&[0, 9, 9], &[(0, 1, 3), (0, 2, 3)]).last(2, 1);
    let batches = case.plan().unwrap();
    assert_eq!(case.fault(&batches), None);
    assert_eq!(batches.len(), 2);
    // nor does the batch into 0, which waits for the seats of those who leave it
    let case = Case::new(&[0, 3, 0, 3, 0], &[(0, 1, 3), (2, 0, 3), (4, 3, 2)]).last(4, 3);
    let batches = case.plan().unwrap();
    assert_eq!(case.fault(&batches), None);
    assert_eq!(batches.len(), 3);
    // there is no room left in a batch
    let case = Case::new(&[0, 30], &[(0, 1, 25)]).last(0, 1);
    assert_eq!(case.plan().unwrap().len(), 2);
}
