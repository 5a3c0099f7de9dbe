//! Random policies: the demands of a site, as its policy file states them, and the demands that a license does not
//! meet by a naive reading.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::DateTime;
use proptest::prelude::*;

use super::case::{Case, DAY, ITEMS, USER_TYPES, date};
use super::naive::{final_end, seats};

const REQUIRED: &str = "policy-required";
const FORBIDDEN: &str = "policy-forbidden";
const SEATS: &str = "policy-seats";
const END: &str = "policy-end";
const ADMIN: &str = "admin-type-unusable";
const VERSION: &str = "version-mismatch";
const RULES: [&str; 6] = [REQUIRED, FORBIDDEN, SEATS, END, ADMIN, VERSION];
/// The levels from the lowest to the highest. A finding with the first one does not appear at all.
const LEVELS: [&str; 4] = ["allow", "info", "warning", "error"];

/// The demands on an item. Item 10 is the user type that no license has.
#[derive(Clone, Debug)]
struct Demand {
    item: usize,
    forbidden: bool,
    required: bool,
    minimum: Option<u64>,
    earliest: Option<i64>,
}

/// A policy.
#[derive(Clone, Debug)]
pub(super) struct Demands {
    items: Vec<Demand>,
    /// The user type of the initial administrator, the date from which it is needed, and for how many days.
    admin: Option<(usize, Option<i64>, Option<i64>)>,
    version: Option<&'static str>,
    /// Rules with their levels, as positions in `LEVELS`.
    levels: Vec<(&'static str, usize)>,
    /// Waivers: a rule, perhaps an item, and the end of the waiver.
    waivers: Vec<(&'static str, Option<usize>, i64)>,
}

/// A demand that the license does not meet.
struct Missed {
    rule: &'static str,
    item: Option<usize>,
    /// Rules whose findings about the same item have the same cause.
    said_by: Vec<&'static str>,
}

/// The parts of an answer of `preflight` that come from the policy.
pub(super) struct Told {
    /// The rules and ids of the findings.
    pub(super) missed: BTreeSet<(String, Option<String>)>,
    /// Whether the portal certainly refuses the version.
    pub(super) refused: bool,
    /// Whether the portal perhaps refuses the version.
    pub(super) perhaps_refused: bool,
}

fn demand() -> impl Strategy<Value = Demand> {
    let expected = (any::<bool>(), prop::option::of(0..4_u64), prop::option::of(date()));
    (0..=ITEMS.len(), prop::bool::weighted(0.2), expected).prop_map(
        |(item, forbidden, (required, minimum, earliest))| {
            if forbidden {
                return Demand { item, forbidden, required: false, minimum: None, earliest: None };
            }
            let required = required || (minimum.is_none() && earliest.is_none());
            Demand { item, forbidden, required, minimum, earliest }
        },
    )
}

pub(super) fn demands() -> BoxedStrategy<Demands> {
    let rule = || prop::sample::select(RULES.to_vec());
    let admin =
        (prop_oneof![8 => USER_TYPES, 1 => Just(ITEMS.len())], prop::option::of(date()), prop::option::of(0..60_i64));
    (
        prop::collection::vec(demand(), 0..4),
        prop::option::weighted(0.4, admin),
        prop::option::weighted(0.4, prop::sample::select(vec!["11.1", "11.4"])),
        prop::collection::vec((rule(), 0..LEVELS.len()), 0..3),
        prop::collection::vec((rule(), prop::option::of(0..=ITEMS.len()), date()), 0..3),
    )
        .prop_map(|(mut items, admin, version, mut levels, waivers)| {
            items.sort_by_key(|demand| demand.item);
            items.dedup_by_key(|demand| demand.item);
            levels.sort_unstable();
            levels.dedup_by_key(|(rule, _)| *rule);
            Demands { items, admin, version, levels, waivers }
        })
        .boxed()
}

impl Demands {
    /// The policy file.
    pub(super) fn text(&self) -> String {
        let at = |ms: i64| DateTime::from_timestamp_millis(ms).unwrap().to_rfc3339();
        let mut text = String::new();
        if let Some(version) = self.version {
            let _ = writeln!(text, "portal-version = {version:?}");
        }
        text += "[levels]\n";
        for (rule, level) in &self.levels {
            let _ = writeln!(text, "{rule} = {:?}", LEVELS[*level]);
        }
        if let Some((item, on, days)) = self.admin {
            let _ = writeln!(text, "[admin]\ninitial-user-type = {:?}", Case::id(item).1);
            text.extend(on.map(|on| format!("on = {:?}\n", at(on))));
            text.extend(days.map(|days| format!("for = \"P{days}D\"\n")));
        }
        for Demand { item, forbidden, required, minimum, earliest } in &self.items {
            let (kind, id) = Case::id(*item);
            let _ = writeln!(
                text,
                "[[item]]\nkind = {kind:?}\nid = {id:?}\nforbidden = {forbidden}\nrequired = {required}"
            );
            text.extend(minimum.map(|minimum| format!("minimum-seats = {minimum}\n")));
            text.extend(earliest.map(|earliest| format!("earliest-end = {:?}\n", at(earliest))));
        }
        for (rule, item, until) in &self.waivers {
            let (kind, id) = item.map_or(("*", "*"), Case::id);
            let until = at(*until);
            let _ = writeln!(
                text,
                "[[waiver]]\nrule = {rule:?}\nkind = {kind:?}\nid = {id:?}\nuntil = {until:?}\nreason = \"r\""
            );
        }
        text
    }

    /// The demands that the new license does not meet at the import; `instants` are all instants at which anything
    /// changes.
    pub(super) fn told(&self, case: &Case, instants: &[i64]) -> Told {
        let mut missed = self.missed(case, instants);
        let level = |rule: &str| {
            let default = if rule == VERSION { 2 } else { 3 };
            self.levels.iter().find(|(other, _)| *other == rule).map_or(default, |(_, level)| *level)
        };
        let is_waived = |missed: &Missed| {
            let mut waivers = self.waivers.iter();
            waivers.any(|(rule, item, until)| {
                *rule == missed.rule && (item.is_none() || *item == missed.item) && case.as_of <= *until
            })
        };
        missed.retain(|missed| level(missed.rule) > 0);
        let is_silent = |one: &Missed| {
            one.said_by.iter().any(|by| {
                let mut others = missed.iter().filter(|other| other.rule == *by && other.item == one.item);
                others.any(|other| !is_waived(other) && level(by) >= level(one.rule))
            })
        };
        let counts = |one: &&Missed| !is_waived(one) && !is_silent(one);
        let errors = missed.iter().filter(counts).filter(|missed| level(missed.rule) == 3 && missed.rule != VERSION);
        let id = |item: usize| Case::id(item).1.to_owned();
        let version = missed.iter().filter(counts).find(|missed| missed.rule == VERSION).map(|_| level(VERSION));
        Told {
            missed: errors.map(|missed| (missed.rule.to_owned(), missed.item.map(id))).collect(),
            refused: version == Some(3),
            perhaps_refused: version.is_some_and(|level| level < 3),
        }
    }

    fn missed(&self, case: &Case, instants: &[i64]) -> Vec<Missed> {
        let mut all = Vec::new();
        if self.version.is_some_and(|version| version != case.new.version) {
            all.push(Missed { rule: VERSION, item: None, said_by: Vec::new() });
        }
        if let Some((item, on, days)) = self.admin {
            let on = on.unwrap_or(case.as_of);
            let last = days.map_or(on, |days| (on + days * DAY - 1).max(on));
            // A demand for a time that is over cannot be met any more.
            let is_usable = case.new.has(item)
                && case.is_compatible(item)
                && when(case, instants, item, on.max(case.as_of), last).all(|(_, there)| matches!(there, (1.., true)));
            if !is_usable {
                all.push(Missed { rule: ADMIN, item: Some(item), said_by: Vec::new() });
            }
        }
        for demand in &self.items {
            demand.missed(case, instants, &mut all);
        }
        all
    }
}

/// The seats of an item at every instant of a span at which they change, and whether they are certain.
fn when(case: &Case, instants: &[i64], item: usize, from: i64, last: i64) -> impl Iterator<Item = (i64, (u64, bool))> {
    let within = instants.iter().copied().filter(move |at| from < *at && *at <= last);
    let first = (from <= last).then_some(from);
    first.into_iter().chain(within).map(move |at| (at, seats(&case.new, item, at)))
}

impl Demand {
    fn missed(&self, case: &Case, instants: &[i64], all: &mut Vec<Missed>) {
        let (new, item, now) = (&case.new, self.item, case.as_of);
        let mut miss = |rule, said_by: &[&'static str]| {
            all.push(Missed { rule, item: Some(item), said_by: said_by.to_vec() });
        };
        let is_there_later = when(case, instants, item, now, i64::MAX).any(|(_, (seats, _))| seats > 0);
        let there_now = matches!(seats(new, item, now), (1.., true));
        if self.forbidden && is_there_later {
            miss(FORBIDDEN, &[]);
        }
        if self.required && !there_now {
            miss(REQUIRED, &[]);
        }
        let end = final_end(new, item);
        if let Some(minimum) = self.minimum.filter(|minimum| *minimum > 0) {
            let last = self.earliest.map_or(now, |earliest| (earliest - 1).max(now));
            let first =
                when(case, instants, item, now, last).find(|(_, (seats, certain))| *seats < minimum || !certain);
            match first {
                Some((at, _)) if at > now && end == Some(at) => miss(SEATS, &[END]),
                Some((at, _)) if at == now && !there_now => miss(SEATS, &[REQUIRED]),
                Some(_) => miss(SEATS, &[]),
                None => {}
            }
        }
        if let Some(earliest) = self.earliest {
            let dates = new.entries.iter().filter(|entry| entry.item == Some(item)).filter_map(|entry| entry.start);
            let never = dates.into_iter().all(|at| seats(new, item, at).0 == 0);
            let doubt = when(case, instants, item, now, earliest - 1).any(|(_, (_, certain))| !certain);
            if never || end.is_some_and(|end| end < earliest) || doubt {
                let said_by: &[_] = if is_there_later { &[] } else { &[REQUIRED, SEATS] };
                miss(END, said_by);
            }
        }
    }
}
