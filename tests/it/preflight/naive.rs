//! The verdict and every action against asking each instant: random licenses, members and plans.
//!
//! All dates lie on a grid of ten days, so the naive computation asks every instant at which anything can change. It reads
//! the entries themselves and shares no code with the program.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::Config;
use seatline::parts::Planned;
use seatline::{
    Document, Instant, Period, Plan, PreflightQuestion, PreflightReport, Roles, Side, Source, Usage, UsageReader, Zone,
};
use serde_json::{Value, json};

const BASE: i64 = 1_767_225_600_000; // 2026-01-01
const STEP: i64 = 10 * 86_400_000;
/// Later than anything that changes.
const LAST: i64 = 60;
const LEAD: i64 = 3;
const YEAR: i64 = 36;

/// Kind and id; the administrator's compatibility of user types.
const ITEMS: [(&str, &str, &str); 6] = [
    ("userType", "creatorUT", "yes"),
    ("userType", "GISProfessionalStdUT", "yes"),
    ("userType", "viewerUT", "no"),
    ("userType", "partnerUT", "unknown"),
    ("app", "tracker", ""),
    ("extension", "geobim", ""),
];

/// Item, step, seats (`None` is unreadable).
type Entries = Vec<(usize, i64, Option<u64>)>;

#[derive(Clone, Debug)]
struct Case {
    new: Entries,
    old: Option<Entries>,
    /// User type (of the first four) and whether an administrator (`None`: nobody says).
    members: Option<Vec<(usize, Option<bool>)>>,
    plan: Vec<(usize, u64, i64)>,
    as_of: i64,
    until: Option<i64>,
}

fn at(step: i64) -> Instant {
    Instant::from_epoch_ms(BASE + step * STEP)
}

fn entries() -> impl Strategy<Value = Entries> {
    let seats = prop_oneof![9 => (0..5_u64).prop_map(Some), 1 => Just(None)];
    let random = prop::collection::vec((0..ITEMS.len(), 0..14_i64, seats), 0..10);
    // An end of everything, most of the time, so that the license has one.
    (random, prop::option::weighted(0.7, 8..16_i64)).prop_map(|(mut entries, end)| {
        let ends = end.into_iter().flat_map(|end| (0..ITEMS.len()).map(move |item| (item, end, Some(0))));
        entries.retain(|(_, step, _)| end.is_none_or(|end| *step < end));
        entries.extend(ends);
        entries
    })
}

fn case() -> impl Strategy<Value = Case> {
    let role = prop_oneof![Just(Some(true)), Just(Some(false)), Just(None)];
    let members = prop::collection::vec((0..4_usize, role), 1..8);
    let plan = prop::collection::vec((0..4_usize, 0..3_u64, 0..14_i64), 0..3);
    let old = prop::option::weighted(0.6, entries());
    let members = prop::option::weighted(0.7, members);
    (entries(), old, members, plan, 0..16_i64, prop::option::weighted(0.3, 0..20_i64)).prop_map(
        |(new, old, members, plan, as_of, more)| Case {
            plan: if members.is_some() { plan } else { Vec::new() },
            new,
            old,
            members,
            as_of,
            until: more.map(|more| as_of + more),
        },
    )
}

fn license(entries: &Entries) -> String {
    let of_kind = |kind: &str| -> Vec<Value> {
        let entries = entries.iter().filter(|(item, ..)| ITEMS[*item].0 == kind);
        entries
            .map(|(item, step, seats)| {
                let seats = seats.map_or(json!("many"), |seats| json!(seats));
                json!({"id": ITEMS[*item].1, "maxUsers": seats, "startDate": BASE + step * STEP})
            })
            .collect()
    };
    let provision =
        json!({"userTypes": of_kind("userType"), "apps": of_kind("app"), "extensions": of_kind("extension")});
    json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string()
}

fn usage(case: &Case) -> Usage {
    let Some(members) = &case.members else { return Usage::default() };
    let role = |administrator: &Option<bool>| match administrator {
        Some(true) => "org_admin",
        Some(false) => "org_user",
        None => "Surveyor",
    };
    let users = members.iter().enumerate().map(|(index, (item, administrator))| {
        json!({"username": format!("m{index}"), "userLicenseTypeId": ITEMS[*item].1, "role": role(administrator)})
    });
    let users: Vec<_> = users.collect();
    let page = json!({"total": users.len(), "start": 1, "num": users.len(), "nextStart": -1, "users": users});
    let mut reader = UsageReader::default();
    reader.read(&Source::from_text("members.json", page.to_string()), None).unwrap();
    reader.finish().unwrap()
}

fn plan(case: &Case) -> Plan {
    let rows = case.plan.iter().map(|(item, count, from)| Planned {
        kind: ITEMS[*item].0.parse().unwrap(),
        id: ITEMS[*item].1.to_owned(),
        count: *count,
        from: Some(at(*from)),
    });
    Plan { source: "plan.csv".to_owned(), rows: rows.collect() }
}

/// Seats to rely on at a step, and whether every reading gives as many.
fn seats(entries: &Entries, item: usize, step: i64) -> (u64, bool) {
    let of_item = || entries.iter().filter(|(one, start, _)| *one == item && *start <= step);
    let Some(start) = of_item().map(|(_, start, _)| *start).max() else { return (0, true) };
    let counts: BTreeSet<_> = of_item().filter(|(_, one, _)| *one == start).map(|(.., seats)| *seats).collect();
    let least = counts.iter().map(|seats| seats.unwrap_or(0)).min().unwrap();
    (least, counts.len() == 1 && counts.iter().all(Option::is_some))
}

fn has_entries(entries: &Entries, item: usize) -> bool {
    (0..LAST).any(|step| seats(entries, item, step).0 > 0)
}

/// From when on an item never has seats again, if it had some.
fn final_end(entries: &Entries, item: usize) -> Option<i64> {
    let last = (0..LAST).rev().find(|step| seats(entries, item, *step).0 > 0)?;
    (last + 1 < LAST).then_some(last + 1)
}

/// From when on no user type has seats; the error says whether one goes on.
fn license_end(entries: &Entries) -> Option<i64> {
    let types = (0..4).filter(|item| has_entries(entries, *item));
    let ends: Option<Vec<_>> = types.map(|item| final_end(entries, item)).collect();
    ends?.into_iter().max()
}

/// The last step looked at.
fn until(case: &Case) -> i64 {
    if let Some(until) = case.until {
        return until;
    }
    let certain_from = |item: usize, from: i64| (from..LAST).all(|step| seats(&case.new, item, step).1);
    // On a grid of ten days nothing ends less than 24 hours before the license, but with it.
    let horizon = license_end(&case.new).filter(|end| *end > case.as_of).filter(|end| {
        let with_it = (0..ITEMS.len()).filter(|item| final_end(&case.new, *item) == Some(*end));
        with_it.into_iter().all(|item| certain_from(item, case.as_of)) && (0..4).all(|item| certain_from(item, *end))
    });
    // A year of 365 days ends between two steps.
    let horizon = horizon.map_or(case.as_of + YEAR, |end| end - 1);
    let plan = case.plan.iter().filter(|(_, count, _)| *count > 0).map(|(.., from)| *from).max();
    [Some(horizon), Some(case.as_of + LEAD), plan].into_iter().flatten().max().unwrap()
}

/// What is needed of an item at a step, and whether it was counted; `None` where nobody knows.
fn needed(case: &Case, item: usize, step: i64) -> Option<(u64, bool)> {
    if let Some(members) = &case.members
        && item < 4
    {
        let today = members.iter().filter(|(user_type, _)| *user_type == item).count() as u64;
        let planned = case.plan.iter().filter(|(one, _, from)| *one == item && (*from).max(case.as_of) <= step);
        return Some((today + planned.map(|(_, count, _)| count).sum::<u64>(), true));
    }
    let old = case.old.as_ref()?;
    old.iter().find(|(one, ..)| *one == item)?;
    if let Some(end) = license_end(old).filter(|end| *end <= case.as_of) {
        return Some((seats(old, item, end - 1).0, false));
    }
    Some((seats(old, item, case.as_of).0.max(seats(old, item, step).0), false))
}

/// Kind, id, what is needed and by whom, seats, short, from, to.
type Row = (String, Option<u64>, Option<u64>, u64, u64, Option<i64>);
type Actions = BTreeMap<(i64, &'static str), (BTreeSet<Row>, u64, bool)>;

/// The spans of steps from the as-of on in which something is so; only those that begin at or before `until`.
fn spans<T: PartialEq + Copy>(case: &Case, until: i64, what: impl Fn(i64) -> Option<T>) -> Vec<(T, i64, Option<i64>)> {
    let mut spans = Vec::new();
    let mut step = case.as_of;
    while step <= until {
        let Some(kind) = what(step) else {
            step += 1;
            continue;
        };
        let end = (step..LAST).find(|later| what(*later) != Some(kind));
        spans.push((kind, step, end));
        step = end.unwrap_or(LAST);
    }
    spans
}

fn naive(case: &Case) -> Actions {
    let until = until(case);
    let mut actions = Actions::new();
    for (item, (_, id, _)) in ITEMS.iter().enumerate() {
        let cause = |step| {
            let (needed, _) = needed(case, item, step)?;
            let (seats, certain) = seats(&case.new, item, step);
            if needed > 0 && !certain { Some("unreadable") } else { (seats < needed).then_some("shortage") }
        };
        for (cause, from, to) in spans(case, until, cause) {
            let within = || (from..to.unwrap_or(LAST)).filter(|step| *step <= until);
            let short = |step| needed(case, item, step).unwrap().0.saturating_sub(seats(&case.new, item, step).0);
            let most = within().map(short).max().unwrap();
            let worst = within().find(|step| short(*step) == most).unwrap();
            let (need, counted) = needed(case, item, worst).unwrap();
            let row = (
                (*id).to_owned(),
                counted.then_some(need),
                (!counted).then_some(need),
                seats(&case.new, item, worst).0,
                most,
                to,
            );
            let (locked_out, bound) = match (&case.members, item < 4) {
                (_, false) => (0, false),
                (None, true) => (need, true),
                (Some(members), true) => {
                    let of_type = || members.iter().filter(|(one, _)| *one == item);
                    let today = of_type().count() as u64;
                    let others = of_type().filter(|(_, administrator)| *administrator != Some(true));
                    let unknown = of_type().any(|(_, administrator)| administrator.is_none());
                    let planned = need - today;
                    (others.count() as u64 + planned, unknown || planned > 0 || most == 0)
                }
            };
            let action = actions.entry((from, cause)).or_default();
            action.0.insert(row);
            action.1 += locked_out;
            action.2 |= bound;
        }
    }
    let usable = |step: i64| (0..2).any(|item| matches!(seats(&case.new, item, step), (1.., true)));
    for ((), from, _) in spans(case, until, |step| (!usable(step)).then_some(())) {
        actions.entry((from, "no-administrator")).or_default();
    }
    actions
}

fn asked(case: &Case) -> PreflightReport {
    let new = Source::from_text("new.json", license(&case.new));
    let old = case.old.as_ref().map(|old| Source::from_text("old.json", license(old)));
    let (usage, plan) = (usage(case), plan(case));
    let mut documents = new.documents();
    let found = documents.next().unwrap();
    let Ok(Document::License(document)) = found.document else { panic!("{:?}", found.document) };
    let question = |old| PreflightQuestion {
        as_of: at(case.as_of),
        zone: Zone::UTC,
        until: case.until.map(at),
        lead: Period::days(30),
        usage: &usage,
        plan: &plan,
        moved: None,
        roles: Roles::default(),
        administrators: None,
        old,
        findings: &[],
    };
    let Some(old) = &old else { return PreflightReport::new(&new, &found.place, &document, question(None)) };
    let before = old.documents().next().unwrap();
    let Ok(Document::License(old_document)) = before.document else { panic!("{:?}", before.document) };
    let side = Side::of_license(old, &before.place, &old_document, None);
    PreflightReport::new(&new, &found.place, &document, question(Some(&side)))
}

fn agrees(case: &Case) -> Result<(), TestCaseError> {
    let report = serde_json::to_value(asked(case)).unwrap();
    let step = |value: &Value| {
        let at: Instant = serde_json::from_value(value.as_str()?.into()).unwrap();
        Some((at.epoch_ms() - BASE) / STEP)
    };
    let expected = naive(case);
    let mut found = Actions::new();
    for action in report["actions"].as_array().unwrap() {
        let cause = ["shortage", "unreadable", "no-administrator"];
        let cause = cause.into_iter().find(|cause| action["cause"] == *cause).unwrap();
        let mut rows = BTreeSet::new();
        if cause != "no-administrator" {
            for item in action["items"].as_array().unwrap() {
                let number = |name: &str| item[name].as_u64();
                let id = item["id"].as_str().unwrap().to_owned();
                let (seats, short) = (number("seats").unwrap(), number("short").unwrap());
                prop_assert_eq!(step(&item["from"]), step(&action["due"]));
                rows.insert((id, number("assigned"), number("old"), seats, short, step(&item["to"])));
            }
        }
        let locked_out = action["lockedOut"].as_u64().unwrap();
        let bound = action["lockedOutIsUpperBound"].as_bool().unwrap();
        let due = step(&action["due"]).unwrap();
        prop_assert!(found.insert((due, cause), (rows, locked_out, bound)).is_none(), "{:#}", report);
    }
    prop_assert_eq!(&found, &expected, "{:#}\n{:?}", report, case);
    let verdict = match expected.keys().next() {
        None => "go",
        Some((due, _)) if *due > case.as_of + LEAD => "go-then-act",
        Some(_) => "no-go",
    };
    prop_assert_eq!(&report["verdict"], verdict);
    prop_assert_eq!(report["members"].as_u64(), case.members.as_ref().map(|members| members.len() as u64));
    let last = until(case);
    for item in report["items"].as_array().unwrap() {
        let index = ITEMS.iter().position(|(_, id, _)| item["id"] == *id).unwrap();
        let lowest = (case.as_of..=last).map(|step| seats(&case.new, index, step).0).min().unwrap();
        prop_assert_eq!(item["lowest"]["seats"].as_u64().unwrap(), lowest);
        let first = (case.as_of..=last).find(|step| seats(&case.new, index, *step).0 == lowest);
        prop_assert_eq!(step(&item["lowest"]["at"]), first);
        prop_assert_eq!(item["new"].as_u64().unwrap(), seats(&case.new, index, case.as_of).0);
        let in_trouble = expected.iter().filter(|((_, cause), _)| *cause != "no-administrator");
        let short = in_trouble.into_iter().any(|(_, (rows, ..))| rows.iter().any(|row| item["id"] == row.0));
        let fits = needed(case, index, case.as_of).map(|_| !short);
        prop_assert_eq!(item["fits"].as_bool(), fits);
    }
    // The order of entries and members changes nothing.
    let mut turned = case.clone();
    turned.new.reverse();
    turned.old.iter_mut().for_each(|old| old.reverse());
    turned.members.iter_mut().for_each(|members| members.reverse());
    let other = serde_json::to_value(asked(&turned)).unwrap();
    for name in ["verdict", "until", "untilIs", "members", "licenseEnd"] {
        prop_assert_eq!(&report[name], &other[name]);
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: cases(), failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_action_is_what_asking_each_instant_gives(case in case()) {
        agrees(&case)?;
    }
}

/// `PREFLIGHT_CASES=1000000` asks a million.
fn cases() -> u32 {
    std::env::var("PREFLIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000)
}
