//! The cost of the missing seats, with licenses, members, plans, moves and prices that change over time, compared
//! with a computation day by day.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::Files;
use crate::common::seatline;

const KINDS: [(&str, &str); 2] = [("userType", "userTypes"), ("app", "apps")];
/// The days on which anything may change. The third is the as-of, the last but one is the last day looked at.
const DAYS: [&str; 9] = [
    "2026-01-01",
    "2026-03-01",
    "2026-06-01",
    "2026-07-01",
    "2026-09-01",
    "2027-01-01",
    "2027-03-01",
    "2027-06-01",
    "2028-01-01",
];
const AS_OF: usize = 2;
const UNTIL: usize = 7;

#[derive(Clone, Debug)]
struct Item {
    kind: usize,
    /// By day: the seats, and whether another entry of the same day gives more.
    seats: BTreeMap<usize, (u64, bool)>,
    assigned: u64,
    /// The members who move to the next item of this kind, if there is one.
    moved: u64,
    /// Planned seats, from a day on or at once.
    planned: Vec<(Option<usize>, u64)>,
    /// The prices by the day from which they hold; `None` for always.
    prices: BTreeMap<Option<usize>, u64>,
}

fn item() -> impl Strategy<Value = Item> {
    let day = || 0..DAYS.len();
    let seats = prop::collection::btree_map(day(), (0..12_u64, prop::bool::weighted(0.15)), 1..5);
    let planned = prop::collection::vec((prop::option::of(AS_OF..DAYS.len()), 1..6_u64), 0..3);
    let prices = prop::collection::btree_map(prop::option::of(day()), 1..900_u64, 0..4);
    (0..KINDS.len(), seats, 0..12_u64, 0..3_u64, planned, prices).prop_map(
        |(kind, seats, assigned, moved, planned, prices)| Item {
            kind,
            seats,
            assigned,
            moved: if kind == 0 { moved.min(assigned) } else { 0 },
            planned,
            prices,
        },
    )
}

impl Item {
    fn seats_on(&self, day: usize) -> (u64, bool) {
        self.seats.range(..=day).next_back().map_or((0, true), |(_, (seats, doubt))| (*seats, !doubt))
    }

    fn price_on(&self, day: usize) -> Option<u64> {
        self.prices.range(..=Some(day)).next_back().map(|(_, price)| *price)
    }

    fn needed_on(&self, assigned: u64, day: usize) -> u64 {
        let begun = self.planned.iter().filter(|(from, _)| from.is_none_or(|from| from <= day));
        assigned + begun.map(|(_, count)| count).sum::<u64>()
    }
}

/// The assigned seats after the moves.
fn assigned(items: &[Item]) -> Vec<u64> {
    let mut assigned: Vec<_> = items.iter().map(|item| item.assigned).collect();
    for (from, item) in items.iter().enumerate() {
        if let Some(to) = next(items, from) {
            assigned[from] -= item.moved;
            assigned[to] += item.moved;
        }
    }
    assigned
}

fn next(items: &[Item], from: usize) -> Option<usize> {
    (from + 1..items.len()).find(|to| items[*to].kind == items[from].kind)
}

fn at(day: usize) -> String {
    format!("{}T00:00:00Z", DAYS[day])
}

fn ms(day: usize) -> i64 {
    at(day).parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis()
}

fn license(items: &[Item]) -> String {
    let of_kind = |kind: usize| {
        let each = items.iter().enumerate().filter(|(_, item)| item.kind == kind);
        let entries = each.flat_map(|(nth, item)| {
            item.seats.iter().flat_map(move |(day, (seats, doubt))| {
                let entry =
                    move |count: u64| json!({"id": format!("id{nth}"), "maxUsers": count, "startDate": ms(*day)});
                [Some(entry(*seats)), doubt.then(|| entry(seats + 3))].into_iter().flatten()
            })
        });
        entries.collect::<Vec<_>>()
    };
    let provision: serde_json::Map<_, _> =
        KINDS.iter().enumerate().map(|(kind, (_, list))| ((*list).to_owned(), json!(of_kind(kind)))).collect();
    json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string()
}

/// The files for the commands.
fn arguments(files: &Files, items: &[Item]) -> Vec<String> {
    let (mut members, mut moves) = ("username,userType,role\n".to_owned(), "username,userType\n".to_owned());
    let (mut apps, mut plan) = ("key,count\n".to_owned(), "kind,id,count,from\n".to_owned());
    let mut prices = "kind,id,unitPrice,currency,period,validFrom\n".to_owned();
    for (nth, item) in items.iter().enumerate() {
        let kind = KINDS[item.kind].0;
        let day = |day: &Option<usize>| day.map_or("", |day| DAYS[day]);
        if item.kind == 0 {
            for member in 0..item.assigned {
                members += &format!("m{nth}-{member},id{nth},org_user\n");
                if let Some(to) = next(items, nth).filter(|_| member < item.moved) {
                    moves += &format!("m{nth}-{member},id{to}\n");
                }
            }
        } else {
            apps += &format!("id{nth},{}\n", item.assigned);
        }
        item.planned.iter().for_each(|(from, count)| plan += &format!("{kind},id{nth},{count},{}\n", day(from)));
        item.prices
            .iter()
            .for_each(|(from, price)| prices += &format!("{kind},id{nth},{price},EUR,year,{}\n", day(from)));
    }
    let apps = format!("app={}", files.add("apps.csv", apps));
    let [members, moves, plan, prices] = [("members", members), ("moves", moves), ("plan", plan), ("prices", prices)]
        .map(|(name, text)| files.add(&format!("{name}.csv"), text));
    let named = [
        "--usage",
        &members,
        "--usage",
        &apps,
        "--moves",
        &moves,
        "--plan",
        &plan,
        "--prices",
        &prices,
        "--as-of",
        DAYS[AS_OF],
        "--until",
        &at(UNTIL),
        "-f",
        "json",
    ];
    named.map(str::to_owned).to_vec()
}

/// For an item: the most seats that are missing, the first day on which so many are, and their cost.
fn assert_true_up(what: &str, costs: &Value, id: &str, item: &Item, assigned: u64) {
    let missing = |day: usize| item.needed_on(assigned, day).saturating_sub(item.seats_on(day).0);
    let doubt = |day: usize| item.needed_on(assigned, day) > 0 && !item.seats_on(day).1;
    let most = (AS_OF..=UNTIL).map(missing).max().unwrap();
    let first = (AS_OF..=UNTIL).find(|day| missing(*day) == most).unwrap();
    let certain = if most > 0 { !doubt(first) } else { !(AS_OF..=UNTIL).any(doubt) };
    let lists = ["items", "withoutPrice"].map(|list| costs[list].as_array().unwrap());
    let found: Vec<_> = lists.into_iter().flatten().filter(|one| one["id"] == id && !one["trueUp"].is_null()).collect();
    assert_eq!(found.len(), 1, "{what} {id}: {costs:#}");
    let first = if most > 0 { first } else { AS_OF };
    let cost = item.price_on(first).map(|price| (price * most).to_string());
    let expected = json!({"at": at(first), "seats": most, "cost": cost, "certain": certain});
    assert_eq!(found[0]["trueUp"], expected, "{what} {id}: {item:?}");
    // What is certain of it is what is missing most on a day on which the seats are certain.
    let certain_days = || (AS_OF..=UNTIL).filter(|day| !doubt(*day));
    let most = certain_days().map(missing).max().unwrap_or(0);
    let first = certain_days().find(|day| missing(*day) == most).filter(|_| most > 0).unwrap_or(AS_OF);
    let lists = ["items", "withoutPrice"].map(|list| costs[list].as_array().unwrap());
    let found: Vec<_> =
        lists.into_iter().flatten().filter(|one| one["id"] == id && !one["trueUpCertainly"].is_null()).collect();
    // Where seats are missing only on days that are in doubt, nothing is said to be certain.
    assert_eq!(found.len(), usize::from(certain || most > 0), "{what} {id}: {costs:#}");
    if found.is_empty() {
        return;
    }
    let cost = item.price_on(first).map(|price| (price * most).to_string());
    let expected = json!({"at": at(first), "seats": most, "cost": cost, "certain": true});
    assert_eq!(found[0]["trueUpCertainly"], expected, "{what} {id}: {item:?}");
}

/// An action asks for the seats that are missing at its worst instant, at the price of that instant.
fn assert_action(action: &Value, told: &Value, item: &Item, assigned: u64) {
    let day = |at_told: &Value| DAYS.iter().position(|day| *at_told == format!("{day}T00:00:00Z")).unwrap();
    let (from, worst) = (day(&told["from"]), day(&told["worstAt"]));
    let end = if told["to"].is_null() { UNTIL + 1 } else { day(&told["to"]).min(UNTIL + 1) };
    let missing = |day: usize| item.needed_on(assigned, day).saturating_sub(item.seats_on(day).0);
    let most = (from..end).map(missing).max().unwrap();
    assert_eq!(Some(worst), (from..end).find(|day| missing(*day) == most), "{action:#}");
    assert_eq!(told["short"], json!(most), "{action:#}");
    assert_eq!(told["seats"], json!(item.seats_on(worst).0), "{action:#}");
    assert_eq!(told["assigned"], json!(item.needed_on(assigned, worst)), "{action:#}");
    let price = item.price_on(worst).filter(|_| most > 0);
    assert_eq!(
        told["cost"]["cost"].as_str().map(str::to_owned),
        price.map(|price| (price * most).to_string()),
        "{action:#}"
    );
}

#[test]
fn what_lacks_is_priced_on_the_first_day_on_which_most_of_it_does() {
    let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
    let run = runner.run(&prop::collection::vec(item(), 1..6), |mut items| {
        // Every portal has a member, and every list of prices has a line.
        items.push(Item { assigned: 1, moved: 0, ..constant(0, 9) });
        items.push(constant(1, 9));
        let files = Files::new();
        let new = files.add("new.json", license(&items));
        let arguments = arguments(&files, &items);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let [fit, preflight] = [&["fit", &new][..], &["preflight", &new, "--no-policy"]].map(|command| {
            let run = seatline(&[command, &arguments].concat());
            assert!(run.code < 2, "{run:?}");
            run.json()
        });
        let assigned = assigned(&items);
        for (nth, (item, assigned)) in items.iter().zip(assigned).enumerate() {
            let id = format!("id{nth}");
            assert_true_up("fit", &fit["costs"], &id, item, assigned);
            assert_true_up("preflight", &preflight["costs"], &id, item, assigned);
            for action in preflight["actions"].as_array().unwrap() {
                let concerned = action["items"].as_array().unwrap().iter().filter(|told| told["id"] == id.as_str());
                let of_seats = ["shortage", "unreadable"].contains(&action["cause"].as_str().unwrap());
                concerned.filter(|_| of_seats).for_each(|told| assert_action(action, told, item, assigned));
            }
        }
        let sums = |answer: &Value| {
            let sums = answer["costs"]["sums"].as_array().unwrap().iter();
            sums.map(|sum| [sum["trueUp"].clone(), sum["trueUpCertainly"].clone()]).collect::<Vec<_>>()
        };
        assert_eq!(sums(&fit), sums(&preflight));
        let certain = fit["costs"]["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|item| item["trueUpCertainly"]["cost"].as_str());
        let certain: u64 = certain.map(|cost| cost.parse::<u64>().unwrap()).sum();
        let told: u64 = sums(&fit)
            .iter()
            .filter_map(|[_, certain]| certain["cost"].as_str())
            .map(|cost| cost.parse::<u64>().unwrap())
            .sum();
        assert_eq!(told, certain);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

fn constant(kind: usize, seats: u64) -> Item {
    Item {
        kind,
        seats: BTreeMap::from([(0, (seats, false))]),
        assigned: 0,
        moved: 0,
        planned: Vec::new(),
        prices: BTreeMap::new(),
    }
}
