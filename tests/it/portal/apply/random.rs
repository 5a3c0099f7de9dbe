//! Kills, breaks, requests that are carried out late, a list that lags behind, and members who join: in random order, with and
//! without members who wait in a third user type.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::Site;
use super::parking::swap_of;
use crate::portal::stub::{Answer, Member, Nth, Op, Portal, Victim};

/// What happens at a request.
#[derive(Clone, Copy, Debug)]
enum Blow {
    ResetBefore,
    ResetAfter,
    Refused,
    KillBefore,
    KillAfter,
    /// The program is killed, and the portal carries the request out after a while.
    KillLate,
    /// The program is killed, and somebody gets a user type of the map.
    KillAndJoin,
}

const LATE: Duration = Duration::from_millis(500);

/// A portal whose members are to be moved, and those who join.
struct Moving {
    site: Site,
    parks: bool,
    joined: Vec<String>,
}

impl Moving {
    fn new(parks: bool, lag: u64) -> Self {
        let portal = Portal::new().lags(Duration::from_millis(lag));
        let site = if parks { swap_of(portal) } else { Site::chain_with(portal) };
        Self { site: site.and(&["--settle", "2"]), parks, joined: Vec::new() }
    }

    /// The seats, with those for the members who joined.
    fn seats(parks: bool, joined: u64) -> Vec<(&'static str, u64)> {
        match parks {
            true => vec![("editorUT", 3 + joined), ("viewerUT", 3 + joined), ("fieldWorkerUT", 1)],
            false => {
                vec![("viewerUT", 10), ("editorUT", 5 + joined), ("fieldWorkerUT", 6 + joined), ("creatorUT", 1)]
            }
        }
    }

    /// The user type that who joins has, and the one that the map gives.
    fn of_joined(&self) -> [&'static str; 2] {
        if self.parks { ["editorUT", "viewerUT"] } else { ["viewerUT", "editorUT"] }
    }

    /// One run of the command, with this at the request of this number.
    fn run_with(&mut self, number: usize, blow: Blow) {
        let victim = Victim::default();
        let kill = victim.killer();
        let answer = match blow {
            Blow::ResetBefore => Answer::reset(),
            Blow::ResetAfter => Answer::reset().after_carrying_out(),
            Blow::Refused => Answer::usual().refusing(&["e00001", "v00002", "b00001", "c00002"]),
            Blow::KillBefore => Answer::reset().before(kill),
            Blow::KillAfter => Answer::reset().after_carrying_out().after(kill),
            Blow::KillLate => Answer::usual().before(move |request| {
                kill(request);
                std::thread::sleep(LATE);
            }),
            Blow::KillAndJoin => {
                let (world, name) = (self.site.portal.world(), format!("new{}", self.joined.len()));
                let (parks, count, [from, _]) = (self.parks, self.joined.len() + 1, self.of_joined());
                self.joined.push(name.clone());
                Answer::reset().after_carrying_out().after(move |request| {
                    let mut world = world.lock().unwrap();
                    Self::seats(parks, count as u64).iter().for_each(|(id, seats)| world.set_seats(id, *seats));
                    world.put(Member::new(&name, from));
                    kill(request);
                })
            }
        };
        self.site.portal.script(Op::UpdateUserLicenseType, Nth(number), answer);
        if matches!(blow, Blow::ResetBefore | Blow::ResetAfter | Blow::Refused) {
            self.site.run();
        } else {
            victim.run(self.site.command().stdout(Stdio::null()).stderr(Stdio::null()));
        }
        self.site.portal.forget_script();
        // Nobody joins where there was no such request.
        let site = &self.site;
        self.joined.retain(|name| site.portal.user_type(name).is_some());
        site.license(&Self::seats(self.parks, self.joined.len() as u64));
    }

    /// The user type that each member is to have in the end.
    fn end(&self) -> BTreeMap<String, String> {
        let mut end = match self.parks {
            false => Site::chain_end(),
            true => {
                let swapped = |id: &str| match id {
                    "editorUT" => "viewerUT".to_owned(),
                    "viewerUT" => "editorUT".to_owned(),
                    other => other.to_owned(),
                };
                self.site.before.iter().map(|(name, id)| (name.clone(), swapped(id))).collect()
            }
        };
        end.extend(self.joined.iter().map(|name| (name.clone(), self.of_joined()[1].to_owned())));
        end
    }
}

fn blow() -> impl Strategy<Value = Blow> {
    use Blow::{KillAfter, KillAndJoin, KillBefore, KillLate, Refused, ResetAfter, ResetBefore};
    prop::sample::select(vec![ResetBefore, ResetAfter, Refused, KillBefore, KillAfter, KillLate, KillAndJoin])
}

#[test]
fn whatever_happens_the_same_command_ends_with_everybody_moved() {
    // PROPTEST_CASES asks for more.
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { 10 };
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let blows = prop::collection::vec((1..=4_usize, blow()), 1..=3);
    let lag = prop_oneof![Just(0), Just(0), Just(400)];
    let tried = runner.run(&(any::<bool>(), lag, blows), |(parks, lag, blows)| {
        let mut moving = Moving::new(parks, lag);
        for (number, blow) in &blows {
            moving.run_with(*number, *blow);
        }
        // A request that comes late finds everything done, or brings back somebody who had gone on from waiting.
        let last = moving.site.run();
        prop_assert!(last.code >= 0, "{last:?}");
        std::thread::sleep(LATE + Duration::from_millis(lag + 100));
        let mut last = moving.site.run();
        if last.code == 0 && last.stdout.contains("run the same command again to move") {
            last = moving.site.run();
        }
        prop_assert_eq!(last.code, 0, "{:?}", last);
        prop_assert_eq!(moving.site.now(), moving.end(), "{:?}", last);
        for refused in moving.site.portal.refused() {
            prop_assert_eq!(refused.why, "unwilling", "{:?}", refused);
        }
        if !parks {
            moving.site.assert_moved_once();
        }
        Ok(())
    });
    tried.unwrap();
}
