//! How long the parts take, without the start of a process: `cargo bench`.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a measurement")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use seatline::parts::LicenseReport;
use seatline::planner::{BATCH, Pool, Transfer, plan};
use seatline::{
    Checker, DiffQuestion, DiffReport, DocumentPlace, Instant, Item, License, Policy, ReportQuestion, Side, Source,
    Zone,
};

/// 2027-01-01.
const AS_OF: Instant = Instant::from_epoch_ms(1_798_761_600_000);
const TYPES: usize = 50;

/// A license with this many user types, each with four entries.
fn source(items: usize) -> Source {
    let entry = |number: usize| {
        let (id, year) = (number / 4, number % 4);
        let start = 1_735_689_600_000 + year * 31_536_000_000 + id % 300 * 86_400_000;
        format!(r#"{{"id": "type{id}", "maxUsers": {}, "startDate": {start}}}"#, 100 + id % 7 + year)
    };
    let entries: Vec<_> = (0..items * 4).map(entry).collect();
    let provision = format!(r#"{{"userTypes": [{}]}}"#, entries.join(","));
    Source::from_text("license.json", format!(r#"{{"MyEsri": {{"version": "11.4", "provision": {provision}}}}}"#))
}

fn one_license(criterion: &mut Criterion) {
    let question = ReportQuestion { as_of: AS_OF, administrators: None };
    let (place, policy) = (DocumentPlace::default(), Policy::default());
    for items in [26, 2_000] {
        let source = source(items);
        let read = source.license().unwrap();
        let license = License::new(&source, &place, &read);
        let mut group = criterion.benchmark_group("license");
        group.throughput(Throughput::Elements(items.try_into().unwrap()));
        let mut measure = |name: &str, part: &dyn Fn()| {
            group.bench_function(BenchmarkId::new(name, items), |bencher| bencher.iter(part));
        };
        measure("documents", &|| _ = black_box(source.documents().next()));
        measure("items", &|| _ = black_box(Item::all(&read)));
        measure("report", &|| _ = black_box(LicenseReport::new(license, question)));
        measure("check", &|| _ = black_box(Checker::new(question, None, &policy).check(license, None)));
        measure("diff", &|| {
            let side = || Side::of_license(license, None);
            black_box(DiffReport::new(&side(), &side(), DiffQuestion { as_of: AS_OF, zone: Zone::UTC }));
        });
        group.finish();
    }
}

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
fn random(moves: u64) -> Vec<Transfer> {
    let mut random = Random(1);
    let mut counts = vec![[0; TYPES]; TYPES];
    for _ in 0..moves {
        let from = random.below(TYPES);
        counts[from][(from + 1 + random.below(TYPES - 1)) % TYPES] += 1;
    }
    let pairs = counts.iter().enumerate().flat_map(|(from, row)| row.iter().enumerate().map(move |to| (from, to)));
    pairs.map(|(from, (to, count))| Transfer { from, to, count: *count }).collect()
}

fn order_of_moves(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("moves");
    group.sample_size(10);
    for moves in [10_000, 100_000] {
        let transfers = random(moves);
        group.throughput(Throughput::Elements(moves));
        for spare in [1_000, 1] {
            let pools = pools(&transfers, spare);
            group.bench_function(format!("{moves} moves, {spare} seats to spare"), |bencher| {
                bencher.iter(|| plan(&pools, &transfers, BATCH, None).unwrap());
            });
        }
    }
    group.finish();
}

criterion_group!(parts, one_license, order_of_moves);
criterion_main!(parts);
