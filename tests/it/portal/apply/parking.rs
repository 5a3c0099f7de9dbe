//! Two full user types swap members by way of a third user type, whatever goes wrong meanwhile.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::Site;
use super::site::ends;
use crate::portal::stub::{Answer, Member, Nth, Op, Portal, Victim};

pub(crate) fn swap_of(portal: Portal) -> Site {
    let members = Member::many("b", 3, "editorUT").chain(Member::many("c", 3, "viewerUT"));
    let seats = [("editorUT", 3), ("viewerUT", 3), ("fieldWorkerUT", 1)];
    Site::new(portal.members(members), &seats).and(&[
        "--map",
        "editorUT=viewerUT",
        "--map",
        "viewerUT=editorUT",
        "--batch",
        "2",
        "--park",
        "fieldWorkerUT",
    ])
}

fn swap() -> Site {
    swap_of(Portal::new())
}

fn swapped(site: &Site) -> bool {
    let other = |id: &str| {
        match id {
            "editorUT" => "viewerUT",
            "viewerUT" => "editorUT",
            other => other,
        }
        .to_owned()
    };
    let expected: BTreeMap<_, _> = site.before.iter().map(|(name, id)| (name.clone(), other(id))).collect();
    site.now() == expected
}

/// Asserts that members were moved only to their target or to the waiting type, and that nobody was refused for lack
/// of a seat.
fn moved_as_planned(site: &Site) {
    for refused in site.portal.refused() {
        assert_eq!(refused.why, "unwilling", "{refused:?}");
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    site.portal.moved().into_iter().for_each(|moved| *times.entry(moved.username).or_default() += 1);
    assert!(times.values().all(|count| *count <= 2), "{times:?}");
}

/// A list that lags longer than was waited for is no reason to take somebody out of the user type that was wanted.
#[test]
fn whom_the_portal_reported_as_done_does_not_wait_again() {
    let site = swap_of(Portal::new().lags(Duration::from_secs(6))).and(&["--settle", "1"]);
    let run = site.run();
    ends(&run, 3, &["its list of members after 1 s still says otherwise"]);
    assert!(swapped(&site), "{:?}", site.now());
    let updates = site.updates();
    let run: crate::common::Run = site.command().args(["-f", "json"]).output().unwrap().into();
    let run = site.ran(run);
    let said =
        ["the portal said at 20", "read for 1 s (--settle), does not show it", "nothing was changed by this run"];
    ends(&run, 3, &said);
    assert_eq!(site.updates(), updates, "nothing more is sent");
    let applied = &run.json()["applied"];
    assert_eq!((&applied["done"], applied["moved"].as_array().unwrap().len()), (&serde_json::Value::Null, 6));
    // Once the list shows it, the same command says that all is done.
    std::thread::sleep(Duration::from_secs(6));
    ends(&site.run(), 0, &["all of it was done before"]);
    assert_eq!(site.updates(), updates);
}

#[test]
fn one_waits_and_all_arrive() {
    let site = swap();
    let run = site.run();
    ends(&run, 0, &[]);
    assert!(swapped(&site), "{:?}", site.now());
    assert!(run.stdout.contains("done: 6 members have their new user type"), "{run:?}");
    let said = run.words();
    assert!(said.contains("waits in fieldWorkerUT from request 1 to request"), "{run:?}");
    moved_as_planned(&site);
    site.assert_journal_is_true(0);
    ends(&site.run(), 0, &["all of it was done before"]);
}

#[test]
fn without_it_the_message_says_where_one_could_wait() {
    let members = [Member::new("b", "editorUT"), Member::new("c", "viewerUT")];
    let seats = [("editorUT", 1), ("viewerUT", 1), ("fieldWorkerUT", 1)];
    let site = Site::new(Portal::new().members(members), &seats).and(&[
        "--map",
        "editorUT=viewerUT",
        "--map",
        "viewerUT=editorUT",
    ]);
    let run = site.run();
    let said = run.words();
    assert!(run.code == 1 && said.contains("waits in another user type: fieldWorkerUT"), "{run:?}");
    assert_eq!(site.updates(), 0);
}

#[test]
fn who_waits_is_told_to_wait_there() {
    let site = swap();
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::status(502));
    let run = site.run();
    let said = run.words();
    assert!(run.code != 0 && said.contains("waits in fieldWorkerUT"), "{run:?}");
    let site = swap().and(&["--format", "json"]);
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), Answer::status(502));
    let json = site.run().json();
    let waiting = json["applied"]["waiting"].as_array().unwrap();
    assert!(!waiting.is_empty() && waiting.iter().all(|one| one["userType"] == "fieldWorkerUT"), "{waiting:?}");
    let open = json["applied"]["open"].as_array().unwrap();
    assert!(waiting.iter().all(|one| open.contains(&one["username"])), "{waiting:?} {open:?}");
}

#[test]
fn a_break_at_each_request_is_gone_on_from() {
    for fault in [Answer::reset(), Answer::reset().after_carrying_out(), Answer::status(502), Answer::usual().cut_at(5)]
    {
        for n in 1.. {
            let site = swap().and(&["--settle", "0"]);
            site.portal.script(Op::UpdateUserLicenseType, Nth(n), fault.clone());
            let run = site.run();
            if site.updates() < n {
                assert!(n > 4 && run.code == 0);
                break;
            }
            site.assert_journal_is_true(0);
            site.portal.forget_script();
            let again = site.run();
            ends(&again, 0, &[]);
            assert!(swapped(&site), "{n}: {again:?}");
            moved_as_planned(&site);
            site.assert_journal_is_true(0);
        }
    }
}

#[test]
fn a_kill_at_each_request_is_gone_on_from() {
    for (after, lag) in [(false, 0), (true, 0), (true, 600)] {
        for n in 1..=5 {
            let site = swap_of(Portal::new().lags(Duration::from_millis(lag))).and(&["--settle", "3"]);
            let victim = Victim::default();
            let answer = match after {
                true => Answer::reset().after_carrying_out().after(victim.killer()),
                false => Answer::reset().before(victim.killer()),
            };
            site.portal.script(Op::UpdateUserLicenseType, Nth(n), answer);
            let mut command = site.command();
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
            victim.run(&mut command);
            site.portal.forget_script();
            ends(&site.run(), 0, &[]);
            assert!(swapped(&site), "{n}");
            moved_as_planned(&site);
        }
    }
}

#[test]
fn a_portal_that_does_it_late_while_one_waits() {
    for n in [1, 2, 3] {
        let site = swap();
        let late = Answer::usual().before(|_| std::thread::sleep(Duration::from_millis(2600)));
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), late);
        let first: crate::common::Run = site.command().args(["--timeout", "1"]).output().unwrap().into();
        ends(&site.ran(first), 4, &["no complete answer within 1 s"]);
        site.run();
        std::thread::sleep(Duration::from_millis(1000));
        site.run();
        assert!(swapped(&site), "{n}: {:?}", site.now());
    }
}

#[test]
fn a_portal_that_does_it_late_when_all_is_done() {
    // A late request brings a member to the waiting type after the member has left it: the next run moves the member
    // on again.
    for n in [1, 2, 3] {
        let site = swap();
        let late = Answer::usual().before(|_| std::thread::sleep(Duration::from_secs(5)));
        let started = Instant::now();
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), late);
        let first: crate::common::Run = site.command().args(["--timeout", "1"]).output().unwrap().into();
        ends(&site.ran(first), 4, &["no complete answer within 1 s"]);
        site.portal.forget_script();
        let second = site.run();
        ends(&second, 0, &[]);
        if n == 1 {
            let again = "waits in fieldWorkerUT once more: run the same command again some minutes after it has ended";
            assert!(second.words().contains(again), "{second:?}");
        }
        assert!(swapped(&site), "{n}: {:?}", site.now());
        assert!(started.elapsed() < Duration::from_secs(5), "the late one is still to come");
        std::thread::sleep(Duration::from_millis(5300).saturating_sub(started.elapsed()));
        let moved = site.portal.moved().len();
        let again = site.run();
        let sent = site.portal.moved().len() - moved;
        if swapped(&site) && sent == 0 {
            ends(&again, 0, &["all of it was done before, and nothing is sent"]);
        } else {
            ends(&again, 0, &[]);
            assert!(again.stdout.contains("done: 6 members have their new user type"), "{again:?}");
        }
        assert!(swapped(&site), "{n}: {:?}", site.now());
    }
}

#[test]
fn a_kill_of_a_request_that_is_carried_out_late() {
    for n in 1..=4 {
        let site = swap();
        let victim = Victim::default();
        let kill = victim.killer();
        let late = Answer::usual().before(move |request| {
            kill(request);
            std::thread::sleep(Duration::from_millis(900));
        });
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), late);
        let mut command = site.command();
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        victim.run(&mut command);
        site.portal.forget_script();
        site.run();
        std::thread::sleep(Duration::from_millis(1000));
        // The late one may have brought back somebody who had gone on.
        ends(&site.run(), 0, &[]);
        assert!(swapped(&site), "{n}: {:?}", site.now());
    }
}

#[test]
fn who_joins_while_a_run_is_killed_is_moved_by_the_next() {
    for n in 1..=4 {
        let site = swap();
        let (world, victim) = (site.portal.world(), Victim::default());
        let kill = victim.killer();
        let joins = Answer::reset().after_carrying_out().after(move |request| {
            let mut world = world.lock().unwrap();
            world.set_seats("editorUT", 4);
            world.set_seats("viewerUT", 4);
            world.put(Member::new("new", "editorUT"));
            kill(request);
        });
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), joins);
        let mut command = site.command();
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        victim.run(&mut command);
        site.portal.forget_script();
        site.license(&[("editorUT", 4), ("viewerUT", 4), ("fieldWorkerUT", 1)]);
        ends(&site.run(), 0, &[]);
        assert_eq!(site.portal.user_type("new").as_deref(), Some("viewerUT"), "{n}");
        let mut now = site.now();
        now.remove("new");
        assert!(
            site.before.iter().all(|(name, id)| (now[name] != *id) == ["editorUT", "viewerUT"].contains(&id.as_str()))
        );
        moved_as_planned(&site);
    }
}

#[test]
fn who_joins_while_one_waits_is_told_and_moved_later() {
    let site = swap();
    let world = site.portal.world();
    let joins = Answer::usual().after(move |_| {
        let mut world = world.lock().unwrap();
        world.set_seats("editorUT", 4);
        world.put(Member::new("new", "editorUT"));
    });
    site.portal.script(Op::UpdateUserLicenseType, Nth(1), joins);
    let run = site.run();
    assert!(run.code == 0 || run.stderr.contains("run the same command again"), "{run:?}");
    site.portal.forget_script();
    let seats = [("editorUT", 4), ("viewerUT", 4), ("fieldWorkerUT", 1)];
    seats.iter().for_each(|(id, seats)| site.portal.set_seats(id, *seats));
    site.license(&seats);
    ends(&site.run(), 0, &[]);
    assert_eq!(site.portal.user_type("new").as_deref(), Some("viewerUT"));
}

#[test]
fn who_leaves_while_waiting_is_not_told_as_moved() {
    let site = swap();
    let world = site.portal.world();
    let leaves = Answer::usual().before(move |_| {
        let mut world = world.lock().unwrap();
        let waiting =
            world.members().iter().find(|member| member.user_type == "fieldWorkerUT").unwrap().username.clone();
        world.remove(&waiting);
    });
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), leaves);
    let mut run = site.run();
    site.portal.forget_script();
    for _ in 0..3 {
        if run.code == 0 {
            break;
        }
        run = site.run();
    }
    ends(&run, 0, &[]);
    let said = run.words();
    let done = "done: 5 members have their new user type, 1 waited in a third user type and is no member any more";
    assert!(said.contains(done), "{run:?}");
    site.assert_journal_is_true(0);
    // A further run has nothing to do.
    let site = site.and(&["--format", "json"]);
    let run = site.run();
    ends(&run, 0, &["all of it was done before"]);
    let json = run.json();
    crate::common::assert_schema("moves", &json);
    let applied = &json["applied"];
    let gone = &applied["goneWaiting"][0];
    let name = gone["username"].as_str().unwrap();
    assert_eq!((&gone["userType"], &applied["gone"]), (&"fieldWorkerUT".into(), &serde_json::json!([])));
    assert_eq!((&applied["done"], applied["moved"].as_array().unwrap().len()), (&true.into(), 5));
    let note = format!("{name} waited in fieldWorkerUT, was not moved on, and is no member any more");
    assert!(json["notes"].as_array().unwrap().contains(&note.clone().into()) && said.contains(&note), "{json} {said}");
}
