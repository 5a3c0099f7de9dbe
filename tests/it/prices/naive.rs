//! Random licenses, members and lists of prices, compared with arithmetic of integers that shares no code with the
//! program.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::Files;
use crate::common::seatline;

const KINDS: [(&str, &str); 2] = [("userType", "userTypes"), ("app", "apps")];
const CURRENCIES: [&str; 3] = ["EUR", "USD", "JPY"];
const PERIODS: [&str; 3] = ["year", "month", "once"];
/// 2026-01-01, 2031-01-01, and the as-of.
const BEGIN: u64 = 1_767_225_600_000;
const END: u64 = 1_925_078_400_000;
const AS_OF: &str = "2026-06-01";
/// Days before, on and after the as-of, and no day at all.
const DAYS: [&str; 5] = ["", "2026-01-15", "2026-06-01", "2026-06-02", "2027-01-01"];
/// The decimals of the naive amounts.
const SCALE: u32 = 4;

#[derive(Clone, Debug)]
struct Item {
    kind: usize,
    old: Option<u64>,
    new: Option<u64>,
    /// Whether two entries of NEW disagree.
    doubt: bool,
    assigned: u64,
    /// The prices, by the position of their day in `DAYS`.
    prices: BTreeMap<usize, Price>,
}

#[derive(Clone, Debug)]
struct Price {
    mantissa: u64,
    decimals: u32,
    currency: usize,
    period: usize,
}

fn price() -> impl Strategy<Value = Price> {
    let mantissa = prop_oneof![0..2000_u64, 0..10_000_000_u64, Just(99_999_999_u64)];
    (mantissa, 0..=SCALE, 0..CURRENCIES.len(), 0..PERIODS.len())
        .prop_map(|(mantissa, decimals, currency, period)| Price { mantissa, decimals, currency, period })
}

fn item() -> impl Strategy<Value = Item> {
    let seats = || prop::option::weighted(0.85, prop_oneof![0..20_u64, 0..9_000_000_000_u64]);
    let assigned = prop_oneof![Just(0), 0..25_u64, 0..9_000_000_000_u64];
    let prices = prop::collection::btree_map(0..DAYS.len(), price(), 0..3);
    (0..KINDS.len(), seats(), seats(), any::<bool>(), assigned, prices).prop_map(
        |(kind, old, new, doubt, assigned, prices)| Item {
            kind,
            old,
            new,
            doubt: doubt && new.is_some(),
            assigned,
            prices,
        },
    )
}

fn license(items: &[Item], seats: impl Fn(&Item) -> Option<u64>, doubts: bool) -> String {
    let of_kind = |kind: usize| {
        let each = items.iter().enumerate().filter(|(_, item)| item.kind == kind);
        let entries = each.filter_map(|(nth, item)| {
            let count = seats(item)?;
            let entry = |count: u64, at: u64| json!({"id": format!("id{nth}"), "maxUsers": count, "startDate": at});
            let other = (doubts && item.doubt).then(|| entry(count + 7, BEGIN));
            Some([entry(count, BEGIN), entry(0, END)].into_iter().chain(other))
        });
        entries.flatten().collect::<Vec<_>>()
    };
    let provision: serde_json::Map<_, _> =
        KINDS.iter().enumerate().map(|(kind, (_, list))| ((*list).to_owned(), json!(of_kind(kind)))).collect();
    json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string()
}

/// The license resource: how much of each item is assigned.
fn resource(items: &[Item]) -> String {
    let of_kind = |kind: usize| {
        let each = items.iter().enumerate().filter(|(_, item)| item.kind == kind);
        let told = each.map(|(nth, item)| {
            json!({"id": format!("id{nth}"), "maximumRegisteredMembers": item.assigned,
                "currentRegisteredMembers": item.assigned, "expiration": END})
        });
        told.collect::<Vec<_>>()
    };
    let members: u64 = items.iter().filter(|item| item.kind == 0).map(|item| item.assigned).sum();
    json!({"version": "11.4", "currentRegisteredMembers": members, "maximumRegisteredMembers": members,
        "userTypes": of_kind(0), "apps": of_kind(1), "appBundles": [], "extensions": []})
    .to_string()
}

fn list(items: &[Item], separator: char) -> String {
    let mut text = "kind,id,unitPrice,currency,period,validFrom\n".replace(',', &separator.to_string());
    for (nth, item) in items.iter().enumerate() {
        for (day, price) in &item.prices {
            let digits = format!("{:0>width$}", price.mantissa, width = price.decimals as usize + 1);
            let (whole, decimals) = digits.split_at(digits.len() - price.decimals as usize);
            let sign = if separator == ';' && day % 2 == 0 { "," } else { "." };
            let amount = if decimals.is_empty() { whole.to_owned() } else { format!("{whole}{sign}{decimals}") };
            let cells = [
                KINDS[item.kind].0,
                &format!("id{nth}"),
                &amount,
                CURRENCIES[price.currency],
                PERIODS[price.period],
                DAYS[*day],
            ];
            text += &(cells.join(&separator.to_string()) + "\n");
        }
    }
    text
}

/// The price on the as-of. The days are in the order of time, and the last two are later than the as-of.
fn now(item: &Item) -> Option<&Price> {
    item.prices.range(..=2).next_back().map(|(_, price)| price)
}

/// The cost, in units of 10^-4.
fn cost(price: &Price, seats: i128) -> i128 {
    i128::from(price.mantissa) * 10_i128.pow(SCALE - price.decimals) * seats
}

fn units(text: &Value) -> i128 {
    let text = text.as_str().unwrap();
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let padded = format!("{whole}{decimals:0<width$}", width = SCALE as usize);
    padded.parse().unwrap()
}

/// For each cost by its name: the seats, and whether they are certain.
type Counted = BTreeMap<&'static str, (i128, bool)>;

fn counted(item: &Item, command: &str) -> Option<Counted> {
    let (new, old, assigned) = (item.new.map(i128::from), item.old.map(i128::from), i128::from(item.assigned));
    let seats = new.unwrap_or(0);
    let mut counted = Counted::new();
    let is_there = match command {
        "report" => new.is_some(),
        "fit" => new.is_some() || assigned > 0,
        "diff" => new.is_some() || old.is_some(),
        _ => new.is_some() || old.is_some() || assigned > 0,
    };
    counted.insert("owned", (seats, !item.doubt));
    if matches!(command, "diff" | "preflight") {
        counted.insert("old", (old.unwrap_or(0), true));
        counted.insert("delta", (seats - old.unwrap_or(0), !item.doubt));
    }
    if matches!(command, "fit" | "preflight") {
        counted.insert("unassigned", ((seats - assigned).max(0), !item.doubt));
        counted.insert("trueUp", ((assigned - seats).max(0), !item.doubt || assigned == 0));
    }
    is_there.then_some(counted)
}

/// The sums by currency and period.
type Sums<'c> = BTreeMap<(&'c str, &'c str), Counted>;

fn check(command: &str, items: &[Item], costs: &Value) {
    let names = ["owned", "old", "delta", "unassigned", "trueUp"];
    let mut sums = Sums::new();
    let (mut priced, mut unpriced) = (0, 0);
    for (nth, item) in items.iter().enumerate() {
        let Some(counted) = counted(item, command) else { continue };
        let price = now(item);
        let list = if price.is_some() { &costs["items"] } else { &costs["withoutPrice"] };
        *(if price.is_some() { &mut priced } else { &mut unpriced }) += 1;
        let id = format!("id{nth}");
        let found: Vec<_> = list.as_array().unwrap().iter().filter(|one| one["id"] == id.as_str()).collect();
        assert_eq!(found.len(), 1, "{command} {id}: {costs:#}");
        let found = found[0];
        for name in names {
            match counted.get(name) {
                None => assert_eq!(found[name], Value::Null, "{command} {id} {name}"),
                Some((seats, certain)) => {
                    assert_eq!(found[name]["seats"].as_i64().map(i128::from), Some(*seats), "{command} {id} {name}");
                    assert_eq!(found[name]["certain"], *certain, "{command} {id} {name}");
                    match price {
                        None => assert_eq!(found[name]["cost"], Value::Null, "{command} {id} {name}"),
                        Some(price) => {
                            assert_eq!(units(&found[name]["cost"]), cost(price, *seats), "{command} {id} {name}")
                        }
                    }
                }
            }
        }
        if let Some(price) = price {
            let sums = sums.entry((CURRENCIES[price.currency], PERIODS[price.period])).or_default();
            for (name, (seats, certain)) in counted {
                let sum = sums.entry(name).or_insert((0, true));
                *sum = (sum.0 + cost(price, seats), sum.1 && certain);
            }
        }
    }
    assert_eq!(costs["items"].as_array().unwrap().len(), priced, "{command}: {costs:#}");
    assert_eq!(costs["withoutPrice"].as_array().unwrap().len(), unpriced, "{command}: {costs:#}");
    assert_eq!(costs["sums"].as_array().unwrap().len(), sums.len(), "{command}: {costs:#}");
    for ((currency, period), expected) in sums {
        let all = costs["sums"].as_array().unwrap();
        let found = all.iter().find(|sum| sum["currency"] == currency && sum["period"] == period).unwrap();
        for name in names {
            match expected.get(name) {
                None => assert_eq!(found[name], Value::Null, "{command} {currency} {period} {name}"),
                Some((sum, certain)) => {
                    assert_eq!(units(&found[name]["cost"]), *sum, "{command} {currency} {period} {name}");
                    assert_eq!(found[name]["certain"], *certain, "{command} {currency} {period} {name}");
                }
            }
        }
    }
}

#[test]
fn costs_are_those_of_integers() {
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let cases = (prop::collection::vec(item(), 1..12), prop::sample::select(vec![',', ';', '\t', '|']));
    let run = runner.run(&cases, |(mut items, separator)| {
        // Every portal has a member.
        items.push(Item { kind: 0, old: None, new: Some(4), doubt: false, assigned: 5, prices: BTreeMap::new() });
        let files = Files::new();
        let new = files.add("new.json", license(&items, |item| item.new, true));
        let old = files.add("old.json", license(&items, |item| item.old, false));
        let prices = files.add("prices.csv", list(&items, separator));
        let usage = files.add("resource.json", resource(&items));
        let usage = ["--usage", usage.as_str()];
        let common = ["--as-of", AS_OF, "--prices", &prices, "-f", "json"];
        let report = seatline(&[&["report", &new][..], &common].concat()).json();
        check("report", &items, &report["licenses"][0]["costs"]);
        let fit = seatline(&[&["fit", &new][..], &usage, &common].concat()).json();
        check("fit", &items, &fit["costs"]);
        let diff = seatline(&[&["diff", &old, &new][..], &common].concat()).json();
        check("diff", &items, &diff["costs"]);
        let over = ["preflight", &new, "--over", &old, "--no-policy", "--until", "2026-12-31"];
        let preflight = seatline(&[&over[..], &usage, &common].concat()).json();
        check("preflight", &items, &preflight["costs"]);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}
