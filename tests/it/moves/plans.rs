//! Thousands of small portals with names, against a search that moves one member at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;

use proptest::prelude::*;
use proptest::test_runner::Config;
use seatline::for_tests::{Dialect, moves_csv, moves_undo};
use seatline::parts::{Member, Move, MoveProblemCode, Wanted};
use seatline::{Document, Instant, License, MovesQuestion, MovesReport, Roles, Source, Zone};

use super::portal::license;

/// Two types for administrators, one that administrators cannot have, and one of unknown compatibility. The last type
/// is in no license.
const TYPES: [&str; 5] = ["creatorUT", "GISProfessionalStdUT", "viewerUT", "storytellerUT", "goneUT"];

#[derive(Clone, Debug)]
struct Site {
    seats: [u64; 4],
    members: Vec<Member>,
    moves: Vec<(String, usize)>,
    maps: Vec<(usize, usize)>,
    last: Option<usize>,
    batch: u64,
}

fn name(index: usize) -> String {
    // A CSV cannot have some of these names as they are.
    ["ann", "=bob", "'cem", "d\u{202e}ora", "é,\"\\", "-f"][index].to_owned()
}

fn site() -> impl Strategy<Value = Site> {
    let type_of_member = prop_oneof![20 => 0..3_usize, 1 => Just(3), 1 => Just(4)];
    let target = prop_oneof![40 => 0..3_usize, 1 => Just(3), 1 => Just(4)];
    let role = prop_oneof![10 => Just(Some("org_user")), 1 => Just(Some("org_admin")), 2 => Just(None)];
    let members = prop::collection::vec((type_of_member, role, prop::bool::weighted(0.1)), 2..=6);
    let chosen = prop::collection::vec(prop::option::weighted(0.8, target.clone()), 6);
    let more = prop::collection::vec((0..8_usize, target.clone()), 0..2);
    let maps = prop::collection::vec((0..4_usize, target), 0..2);
    let more = prop_oneof![7 => Just(Vec::new()), 1 => more];
    let maps = prop_oneof![7 => Just(Vec::new()), 1 => maps];
    let spare = prop::array::uniform4(0..4_u64);
    let tight = prop::array::uniform4(prop_oneof![5 => Just(0_i64), 1 => Just(1), 1 => Just(-1)]);
    (
        members,
        chosen,
        more,
        maps,
        spare,
        tight,
        prop::option::weighted(0.3, prop_oneof![9 => 0..6_usize, 1 => Just(6)]),
        1..4_u64,
        any::<bool>(),
    )
        .prop_map(|(members, chosen, more, maps, spare, tight, last, batch, is_tight)| {
            let count = members.len();
            let members: Vec<_> = (0..)
                .zip(members)
                .map(|(index, (held, role, disabled))| Member {
                    username: name(index),
                    user_type: TYPES[held].to_owned(),
                    role: role.map(str::to_owned),
                    disabled: Some(disabled),
                })
                .collect();
            let mut moves: Vec<_> = (0..count).filter_map(|index| Some((name(index), chosen[index]?))).collect();
            moves.extend(more.into_iter().map(|(who, to)| match who {
                0..6 => (name(who), to),
                _ => ("nobody".to_owned(), to),
            }));
            let targets: BTreeMap<_, _> = moves.iter().cloned().collect();
            let mut seats = spare;
            if is_tight {
                // As many seats as members in the end, where orders fail.
                for (index, seats) in seats.iter_mut().enumerate() {
                    let after = members.iter().filter(|member| match targets.get(&member.username) {
                        Some(to) => *to == index,
                        None => member.user_type == TYPES[index],
                    });
                    *seats = u64::try_from(after.count()).unwrap().saturating_add_signed(tight[index]);
                }
            }
            Site {
                seats,
                members,
                moves,
                maps,
                last: last.map(|last| if last == 6 { count } else { last % count }),
                batch,
            }
        })
}

impl Site {
    fn wanted(&self) -> Wanted {
        let one = |(username, to): &(String, usize)| Move {
            username: username.clone(),
            user_type: TYPES[*to].to_owned(),
            place: "moves".to_owned(),
        };
        let maps = self.maps.iter().map(|(from, to)| (TYPES[*from].to_owned(), TYPES[*to].to_owned()));
        Wanted { moves: self.moves.iter().map(one).collect(), maps: maps.collect(), sources: Vec::new() }
    }

    fn last(&self) -> Option<String> {
        Some(self.members.get(self.last?).map_or("nobody".to_owned(), |member| member.username.clone()))
    }

    fn report(&self, wanted: &Wanted) -> MovesReport {
        let seats: Vec<_> = TYPES.iter().copied().zip(self.seats).collect();
        let source = Source::from_text("license", license(&seats));
        let found = source.documents().next().unwrap();
        let Ok(Document::License(document)) = found.document else { panic!("a license") };
        let last = self.last();
        let question = MovesQuestion {
            as_of: Instant::from_epoch_ms(1_700_000_000_000),
            zone: Zone::UTC,
            members: &self.members,
            usage: None,
            wanted,
            batch: NonZeroU64::new(self.batch).unwrap(),
            administrators: None,
            roles: Roles::default(),
            last: last.as_deref(),
            park: None,
        };
        MovesReport::new(License::new(&source, &found.place, &document), question)
    }

    fn seats(&self, id: &str) -> i64 {
        let seats = TYPES.iter().zip(self.seats).find(|(one, _)| **one == id);
        seats.map_or(0, |(_, seats)| i64::try_from(seats).unwrap())
    }

    fn free(&self, id: &str, types: &[String]) -> i64 {
        self.seats(id) - i64::try_from(types.iter().filter(|held| *held == id).count()).unwrap()
    }

    fn may_administer(&self, member: &Member, id: &str) -> bool {
        let role = member.role.as_deref();
        member.disabled != Some(true) && role != Some("org_user") && id != "viewerUT" && self.seats(id) > 0
    }

    fn is_administered(&self, types: &[String]) -> bool {
        self.members.iter().zip(types).any(|(member, id)| self.may_administer(member, id))
    }

    fn types(&self) -> Vec<String> {
        self.members.iter().map(|member| member.user_type.clone()).collect()
    }

    /// Whether there is an order that moves a possible administrator last, or never.
    fn has_order_with_somebody_left(&self, after: &[String]) -> bool {
        let may = |index: &usize| self.may_administer(&self.members[*index], &self.members[*index].user_type);
        let mut candidates = (0..self.members.len()).filter(may);
        candidates.any(|index| {
            let stays = self.members[index].user_type == after[index];
            self.last.is_none() && (stays || self.has_order(after, Some(index)))
        })
    }

    /// The user type that each member is to have; `None` where the moves must be refused.
    fn targets(&self) -> Option<Vec<String>> {
        let mut targets: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); self.members.len()];
        for (username, to) in &self.moves {
            targets[self.members.iter().position(|member| member.username == *username)?].insert(TYPES[*to]);
        }
        for (from, to) in &self.maps {
            // `goneUT` is never mapped from, and nobody can be mapped to it.
            if TYPES[*to] == "goneUT" {
                return None;
            }
            for (member, targets) in self.members.iter().zip(&mut targets) {
                if member.user_type == TYPES[*from] {
                    targets.insert(TYPES[*to]);
                }
            }
        }
        let signs_in = self.last();
        if signs_in.as_deref() == Some("nobody") {
            return None;
        }
        let can_administer = |id: &str| ["creatorUT", "GISProfessionalStdUT"].contains(&id);
        let mut after = Vec::new();
        let (mut one_before, mut one_after) = (false, false);
        for (member, targets) in self.members.iter().zip(targets) {
            let to = targets.iter().next().copied().unwrap_or(&member.user_type);
            let signs_in = signs_in.as_deref() == Some(&*member.username);
            let is_one = signs_in || member.role.as_deref() == Some("org_admin");
            let moves = member.user_type != to;
            if targets.len() > 1 || (moves && (self.seats(to) == 0 || (is_one && !can_administer(to)))) {
                return None;
            }
            one_before |= self.may_administer(member, &member.user_type);
            one_after |= self.may_administer(member, to);
            after.push(to.to_owned());
        }
        (one_after || !one_before).then_some(after)
    }

    /// Whether members can be moved one after the other: tries every order.
    fn has_order(&self, after: &[String], last: Option<usize>) -> bool {
        let before = self.types();
        let moved: Vec<_> = (0..before.len()).filter(|index| before[*index] != after[*index]).collect();
        let mut open = vec![before];
        let mut seen = BTreeSet::new();
        while let Some(now) = open.pop() {
            let rest: Vec<_> = moved.iter().filter(|index| now[**index] != after[**index]).collect();
            if rest.is_empty() {
                return true;
            }
            for index in rest.iter().filter(|index| rest.len() == 1 || Some(***index) != last) {
                if self.free(&after[**index], &now) > 0 {
                    let mut next = now.clone();
                    next[**index].clone_from(&after[**index]);
                    if seen.insert(next.clone()) {
                        open.push(next);
                    }
                }
            }
        }
        false
    }

    /// Carries out the moves of the report by name, and gives the user type of each member.
    fn carry_out(&self, report: &MovesReport) -> Result<Vec<String>, String> {
        let mut now = self.types();
        let is_watched = self.is_administered(&now);
        let mut seen = BTreeSet::new();
        for batch in &report.batches {
            let (free, size) = (self.free(&batch.user_type, &now), i64::try_from(batch.users.len()).unwrap());
            let told = i64::try_from(batch.free_seats).unwrap();
            if free != told || size > free || size < 1 || size > i64::try_from(self.batch).unwrap() {
                return Err(format!("{size} members for {free} seats, {told} are told of: {batch:?}"));
            }
            for (user, from) in batch.users.iter().zip(&batch.from) {
                let index = self.members.iter().position(|member| member.username == *user).unwrap();
                if !seen.insert(user) || now[index] != *from || batch.from.len() != batch.users.len() {
                    return Err(format!("{user} is moved twice, or from elsewhere: {batch:?}"));
                }
                now[index].clone_from(&batch.user_type);
            }
            if is_watched && !self.is_administered(&now) {
                return Err(format!("nobody is left to administer: {batch:?}"));
            }
        }
        let at_end = report.batches.last().and_then(|batch| batch.users.last());
        match self.last() {
            Some(last) if seen.contains(&last) && at_end != Some(&last) => Err(format!("{last} is not last")),
            _ => Ok(now),
        }
    }

    fn with_types(&self, types: Vec<String>) -> Self {
        let mut site = self.clone();
        for (member, user_type) in site.members.iter_mut().zip(types) {
            member.user_type = user_type;
        }
        site
    }
}

fn read_back(text: &str) -> Wanted {
    let mut wanted = Wanted::default();
    wanted.read(&Source::from_text("back.csv", text)).unwrap();
    wanted
}

proptest! {
    #![proptest_config(Config { cases: 3_000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn possible_exactly_when_moving_one_by_one_is(site in site()) {
        let report = site.report(&site.wanted());
        let after = site.targets();
        let last = site.last().and_then(|last| site.members.iter().position(|member| member.username == last));
        let has_order = after.as_ref().is_some_and(|after| site.has_order(after, last));
        // An order exists, but would leave nobody to administer in between.
        let is_gap = has_order && report.problems.iter().any(|problem| problem.code == MoveProblemCode::NoAdministratorLeft);
        if is_gap {
            prop_assert!(!site.has_order_with_somebody_left(after.as_ref().unwrap()), "{:#?}", report);
        }
        let expected = has_order && !is_gap;
        prop_assert_eq!(report.possible, Some(expected), "{:#?}", report);
        prop_assert_eq!(report.possible, Some(report.problems.is_empty()));
        let is_order = |code| {
            use MoveProblemCode::{Deadlock, EndsShort, HeldByLast};
            matches!(code, EndsShort | Deadlock | HeldByLast) || is_gap
        };
        if !expected {
            // Refused moves are told before an order is looked for, and never together with an order.
            prop_assert!(report.batches.is_empty());
            prop_assert!(report.problems.iter().all(|problem| is_order(problem.code) == after.is_some()), "{:#?}", report);
            return Ok(());
        }
        let after = after.unwrap();
        prop_assert_eq!(&site.carry_out(&report).map_err(TestCaseError::fail)?, &after);
        // The CSV holds the same moves.
        let again = site.report(&read_back(&moves_csv(&report, Dialect::Plain)));
        prop_assert_eq!(&site.carry_out(&again).map_err(TestCaseError::fail)?, &after);
        // The other CSV is the undo plan.
        let (before, there) = (site.with_types(Vec::new()), site.with_types(after));
        let back = report.batches.iter().rev().flat_map(|batch| batch.users.iter().zip(&batch.from).rev());
            let undo = read_back(&moves_undo(back.map(|(user, from)| (user.as_str(), from.as_str()))));
        prop_assert_eq!(undo.moves.len(), report.batches.iter().map(|batch| batch.users.len()).sum::<usize>());
        let back = there.report(&undo);
        let was_full = before.members.iter().all(|member| {
            before.free(&member.user_type, &before.types()) >= 0
        });
        let all_plain = site.members.iter().all(|member| member.role.as_deref() == Some("org_user"));
        if was_full && all_plain && site.last.is_none() {
            prop_assert!(back.possible == Some(true), "{:#?}", back);
        }
        if back.possible == Some(true) {
            let held = before.types();
            prop_assert_eq!(there.carry_out(&back).map_err(TestCaseError::fail)?, held);
        } else {
            prop_assert!(back.problems.iter().all(|problem| problem.code != MoveProblemCode::UnknownUser), "{:#?}", back);
        }
    }
}

/// Plans and all sorts of refusals are frequent among the random portals.
#[test]
fn every_answer_is_tried() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..4_000 {
        let site = site().new_tree(&mut runner).unwrap().current();
        let report = site.report(&site.wanted());
        if report.batches.len() > 1 {
            *counts.entry("plan".to_owned()).or_default() += 1;
        }
        for problem in report.problems {
            *counts.entry(format!("{:?}", problem.code)).or_default() += 1;
        }
    }
    assert!(counts.len() == 10 && counts.values().all(|count| *count >= 40), "{counts:?}");
}
