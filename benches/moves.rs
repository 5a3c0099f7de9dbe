//! How long it takes to order 100,000 moves over 50 user types: `cargo bench --bench moves`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a measurement")]

use std::time::{Duration, Instant};

use seatline::planner::{BATCH, Pool, Transfer, plan};

const TYPES: usize = 50;
const MOVES: u64 = 100_000;
const RUNS: u32 = 10;

/// The same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Every type ends up full, but the first, where `spare` seats are left.
fn pools(transfers: &[Transfer], spare: u64) -> Vec<Pool> {
    let sum =
        |is_one: &dyn Fn(&Transfer) -> bool| transfers.iter().filter(|one| is_one(one)).map(|one| one.count).sum();
    let pool = |index: usize| {
        let (out, into): (u64, u64) = (sum(&|one| one.from == index), sum(&|one| one.to == index));
        Pool { seats: into + if index == 0 { spare } else { 0 }, assigned: out }
    };
    (0..TYPES).map(pool).collect()
}

/// Between random types: some are over-assigned at first.
fn random() -> Vec<Transfer> {
    let mut random = Random(1);
    let mut counts = vec![[0; TYPES]; TYPES];
    for _ in 0..MOVES {
        let from = random.below(TYPES);
        counts[from][(from + 1 + random.below(TYPES - 1)) % TYPES] += 1;
    }
    let pairs = counts.iter().enumerate().flat_map(|(from, row)| row.iter().enumerate().map(move |to| (from, to)));
    pairs.map(|(from, (to, count))| Transfer { from, to, count: *count }).collect()
}

/// Each type into the next one, and the last into the first.
fn ring() -> Vec<Transfer> {
    let types = u64::try_from(TYPES).unwrap();
    (0..TYPES).map(|from| Transfer { from, to: (from + 1) % TYPES, count: MOVES / types }).collect()
}

fn measure(name: &str, transfers: &[Transfer], spare: u64) {
    let pools = pools(transfers, spare);
    let mut best = Duration::MAX;
    let mut batches = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        batches = plan(&pools, transfers, BATCH, None).unwrap().len();
        best = best.min(start.elapsed());
    }
    println!("{name:<34} {batches:>7} batches {:>8.1} ms", best.as_secs_f64() * 1000.0);
}

fn main() {
    println!("{MOVES} moves over {TYPES} types, the best of {RUNS} runs");
    measure("random, 1,000 seats to spare", &random(), 1_000);
    measure("random, 1 seat to spare", &random(), 1);
    measure("a ring, 1,000 seats to spare", &ring(), 1_000);
    measure("a ring, 1 seat to spare", &ring(), 1);
}
