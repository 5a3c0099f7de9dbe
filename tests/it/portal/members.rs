//! Lists in pages: the program takes a complete list or none.

use serde_json::json;

use crate::portal::run::Fetch;
use crate::portal::stub::{Always, Answer, Member, Nth, Op, Portal, Running, Since};

fn crowd(count: usize) -> Portal {
    Portal::new().members(Member::many("m", count - 1, "viewerUT"))
}

fn members(portal: &Running) -> Fetch<'_> {
    Fetch::of(portal).signed_in().and(&["--only", "members"])
}

#[test]
fn pages_are_asked_for_until_there_are_no_more() {
    // From the second page on, each page repeats the last member of the page before.
    for (count, pages) in [(1, 1), (99, 1), (100, 1), (101, 2), (199, 2), (200, 3), (300, 4)] {
        let portal = crowd(count).start();
        let fetched = members(&portal).run();
        fetched.ends(0, &[]);
        assert_eq!(fetched.files().len(), pages + 1, "{count}");
        let asked: Vec<_> =
            portal.requests_to(Op::Members).iter().map(|request| request.query("start").unwrap()).collect();
        assert_eq!(asked, (0..pages).map(|page| (page * 99 + 1).to_string()).collect::<Vec<_>>());
        for (name, value) in [("num", "100"), ("excludeSystemUsers", "true")] {
            assert!(
                portal.requests_to(Op::Members).iter().all(|request| request.query(name).as_deref() == Some(value))
            );
        }
        let names: usize = (1..=pages)
            .map(|page| fetched.json(&format!("members-{page:04}.json"))["users"].as_array().unwrap().len())
            .sum();
        assert_eq!(names, count + pages - 1);
    }
}

/// Fetches 250 members, and the portal changes the second page.
#[track_caller]
fn changed(change: impl Fn(&mut serde_json::Value) + Send + Sync + 'static, said: &str) {
    // Where the list may have changed meanwhile, the program reads it a second time. Its second page is then the
    // fourth or fifth request.
    let change = Answer::usual().with(change);
    let portal = crowd(250).script(Op::Members, Nth(2), change.clone()).start();
    portal.script(Op::Members, Nth(4), change.clone());
    portal.script(Op::Members, Nth(5), change);
    members(&portal).run().ends(3, &["users at", "do not make one complete list", said]);
    // Nothing is saved either where the list is not demanded.
    portal.forget_script();
    portal.script(Op::Members, Since(2), Answer::json(r#"{"total":1,"users":[],"nextStart":-1}"#));
    let fetched = Fetch::of(&portal).signed_in().run();
    fetched.ends(3, &["users at", "nothing is saved, and --skip members fetches the rest"]);
}

#[test]
fn pages_that_do_not_make_a_list_are_refused() {
    changed(|page| page["nextStart"] = json!(101), "nextStart is 101 in a page that begins with 100");
    changed(|page| page["nextStart"] = json!(1), "nextStart is 1 in");
    changed(|page| page["nextStart"] = json!(-7), "nextStart is no whole number");
    changed(|page| page["nextStart"] = json!(-1), "total is 250, and there are 199: a page is missing");
    changed(|page| page["total"] = json!(249), "total is 249 here, and 250 before");
    changed(|page| page["start"] = json!(1), "this page begins with 1, and the one that begins with 101 is missing");
    changed(|page| page["users"] = json!([]), "does not begin with the one who was last");
    changed(|page| page["users"][0]["username"] = json!("m00001"), "does not begin with the one who was last");
    changed(|page| page["users"][1]["username"] = json!("m00001"), "twice");
    changed(|page| page["users"][0] = json!({}), "a username is missing");
    changed(|page| page["users"][0] = json!(7), "a username is missing");
    changed(|page| drop(page["users"][5].as_object_mut().unwrap().remove("userLicenseTypeId")), "whose seat it is");
    let portal =
        crowd(50).script(Op::Members, Always, Answer::usual().with(|page| page["total"] = json!(null))).start();
    members(&portal).run().ends(3, &["does not say the total"]);
}

/// The portal lists fewer members than `nextStart` says. The program asks for the skipped ones.
#[test]
fn what_next_start_skips_is_asked_for() {
    let names = |fetched: &crate::portal::run::Fetched| -> std::collections::BTreeSet<String> {
        (1..=3)
            .flat_map(|page| fetched.json(&format!("members-{page:04}.json"))["users"].as_array().unwrap().clone())
            .map(|user| user["username"].as_str().unwrap().to_owned())
            .collect()
    };
    let skips = Answer::usual().with(|page| {
        if page["start"] == 1 {
            page["nextStart"] = json!(103);
        }
    });
    let portal = crowd(250).script(Op::Members, Always, skips).start();
    let fetched = members(&portal).run();
    fetched.ends(0, &[]);
    assert_eq!(names(&fetched).len(), 250);
    // The pages overlap, though a built-in account is left out of one of them.
    let short = Answer::usual().with(|page| drop(page["users"].as_array_mut().unwrap().remove(50)));
    let portal = crowd(250).script(Op::Members, Nth(1), short.clone()).start();
    let fetched = members(&portal).run();
    fetched.ends(0, &[]);
    assert_eq!(names(&fetched).len(), 249);
    // A member joins and another leaves between the two pages.
    let moved = Answer::usual().with(|page| drop(page["users"].as_array_mut().unwrap().drain(..2)));
    let portal = crowd(250).script(Op::Members, Nth(1), short.clone()).script(Op::Members, Nth(2), moved.clone());
    let portal = portal.script(Op::Members, Nth(3), short).script(Op::Members, Nth(4), moved).start();
    members(&portal).run().ends(3, &["does not begin with the one who was last", "read 2 times"]);
}

#[test]
fn a_page_that_fails_leaves_nothing() {
    for (answer, code, said) in [
        (Answer::status(502), 4, "HTTP 502"),
        (Answer::error(500, "No."), 3, "500 No."),
        (Answer::html("Sign In"), 3, "an HTML page"),
        (Answer::usual().cut_at(1000), 4, "the connection broke"),
        (Answer::usual().until_close().cut_at(1000), 3, "cut off"),
        (Answer::json(r#"{"results":[]}"#), 3, "a list of member counts"),
    ] {
        let portal = crowd(250).script(Op::Members, Nth(3), answer).start();
        members(&portal).run().ends(code, &["users at", said]);
    }
}

#[test]
fn a_list_that_promises_more_than_comes_is_not_taken_for_whole() {
    // Every page says that there is more, and has a new member.
    let answer = Answer::usual().with(|page| {
        page["total"] = json!(1_000_000_000);
        page["nextStart"] = json!(page["start"].as_u64().unwrap() + 1);
        page["users"] = json!([{ "username": format!("m{}", page["start"]) }]);
    });
    let portal = Portal::new().script(Op::Members, Always, answer).start();
    portal.script(
        Op::Members,
        Nth(50),
        Answer::usual().with(|page| {
            page["total"] = json!(1_000_000_000);
            page["nextStart"] = json!(-1);
        }),
    );
    // At least the list is not taken as complete.
    assert_eq!(members(&portal).run().run.code, 3);
}

#[test]
fn a_list_that_never_ends_is_left() {
    // Each page has a new member, and announces one more.
    let endless = |total: serde_json::Value| {
        Answer::usual().with(move |page| {
            let start = page["start"].as_u64().unwrap();
            page["total"] = total.clone();
            page["nextStart"] = json!(start + 1);
            page["users"] = json!([{ "username": format!("m{start}"), "userLicenseTypeId": "viewerUT" }]);
        })
    };
    // The bound is the portal's own count, or the user's.
    let portal = Portal::new().script(Op::Members, Always, endless(json!(20))).start();
    members(&portal).run().ends(3, &["total is 20, and there are 21"]);
    portal.script(Op::Members, Always, endless(json!(1_000_000_000)));
    members(&portal).run().ends(4, &["it counts 1000000000, more than the 1000000 that are allowed (--max-members)"]);
    portal.script(Op::Members, Always, endless(json!(5000)));
    members(&portal)
        .and(&["--max-members", "4999"])
        .run()
        .ends(4, &["it counts 5000", "the 4999 that are allowed (--max-members)"]);
    let slow = endless(json!(5000)).delayed(std::time::Duration::from_millis(300));
    portal.script(Op::Members, Always, slow);
    let started = std::time::Instant::now();
    members(&portal).and(&["--max-time", "1"]).run().ends(4, &["the list was not complete after 1 s", "--max-time"]);
    assert!(started.elapsed() < std::time::Duration::from_secs(20));
    // The counts state no total.
    let keys = std::sync::atomic::AtomicU64::new(0);
    let counts = Answer::usual().with(move |page| {
        let key = keys.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        *page = json!({ "results": [{ "key": format!("k{key}"), "count": 1 }], "nextStart": key + 1 });
    });
    portal.script(Op::Counts, Always, counts);
    let fetch = Fetch::of(&portal).signed_in().and(&["--only", "member-counts", "--max-members", "30"]);
    fetch.run().ends(4, &["it counts 31"]);
}

#[test]
fn a_list_that_is_changed_while_it_is_read_is_read_again() {
    // A member leaves the first page while another joins at the end: the total stays the same, and a member is
    // skipped.
    for (leaves, joins) in [("m00010", Some("z00001")), ("m00010", None), ("", Some("a00001")), ("", Some("z00001"))] {
        let portal = crowd(250).start();
        let world = portal.world();
        let change = Answer::usual().before(move |_| {
            let mut world = world.lock().unwrap();
            world.remove(leaves);
            joins.into_iter().for_each(|name| world.insert_first_or_last(Member::new(name, "viewerUT")));
        });
        portal.script(Op::Members, Nth(2), change);
        let fetched = members(&portal).run();
        fetched.ends(0, &["note: users: ", "the list was changed while it was read; it is read again"]);
        let mut names = std::collections::BTreeSet::new();
        for file in fetched.json("manifest.json")["files"].as_array().unwrap() {
            for user in fetched.json(file["file"].as_str().unwrap())["users"].as_array().unwrap() {
                names.insert(user["username"].as_str().unwrap().to_owned());
            }
        }
        let expected: std::collections::BTreeSet<_> =
            portal.members().into_iter().map(|member| member.username).collect();
        assert_eq!(names, expected, "{leaves} {joins:?}");
    }
}

#[test]
fn built_in_accounts_are_not_asked_for() {
    // A portal that lists built-in accounts unless the request excludes them, and counts them or not.
    for counted in [true, false] {
        let portal = crowd(120).built_in_accounts(counted).start();
        let fetched = members(&portal).run();
        fetched.ends(0, if counted { &["note: the portal counts 7 more than it names"] } else { &[] });
        let names: String =
            ["members-0001.json", "members-0002.json"].map(|page| fetched.json(page).to_string()).concat();
        assert!(!names.contains("esri_nav"), "{names}");
    }
    // A difference greater than these accounts means that a page is missing, also in the second reading.
    let more = Answer::usual().with(|page| page["total"] = json!(page["total"].as_u64().unwrap() + 8));
    let portal = crowd(120).script(Op::Members, Always, more).start();
    members(&portal).run().ends(3, &["total is 128, and there are 120: a page is missing (read 2 times)"]);
    assert_eq!(portal.requests_to(Op::Members).len(), 4);
}

#[test]
fn what_is_fetched_is_what_the_other_commands_take() {
    let license = r#"{"MyEsri":{"version":"11.3","definitions":{"userTypes":[]},"provision":{"userTypes":[]}}}"#;
    for end in [json!(-1), json!(0), json!(null), json!("-1"), json!("0")] {
        let last = end.clone();
        let ending = Answer::usual().with(move |page| {
            for name in ["total", "start"] {
                page[name] = json!(page[name].to_string());
            }
            page["nextStart"] =
                if page["nextStart"] == -1 { last.clone() } else { json!(page["nextStart"].to_string()) };
        });
        let portal = crowd(120).script(Op::Members, Always, ending).start();
        let fetched = members(&portal).run();
        fetched.ends(0, &[]);
        // The file has another name than the answers have, so the manifest need not name it.
        std::fs::write(fetched.folder().join("license.json"), license).unwrap();
        let folder = crate::portal::run::text(fetched.folder());
        let run = crate::common::seatline(&["fit", &folder, "--usage", &folder, "-f", "json"]);
        assert!(run.code < 2, "{end}: {run:?}");
        assert_eq!(run.json()["members"], 120, "{end}");
    }
}

#[test]
fn counts_may_come_in_pages() {
    let first = Answer::json(r#"{"results":[{"key":"creatorUT","count":1}],"nextStart":2}"#);
    let second = Answer::json(r#"{"results":[{"key":"viewerUT","count":2}],"nextStart":-1}"#);
    let portal = Portal::new().script(Op::Counts, Nth(1), first).script(Op::Counts, Nth(2), second).start();
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "member-counts"]).run();
    fetched.ends(0, &[]);
    assert_eq!(fetched.files(), ["manifest.json", "member-counts-0002.json", "member-counts.json"]);
    let requests = portal.requests_to(Op::Counts);
    let asked: Vec<_> =
        requests.iter().map(|request| (request.query("start").unwrap(), request.query("num"))).collect();
    assert_eq!(asked, [("1".to_owned(), Some("100".to_owned())), ("2".to_owned(), Some("100".to_owned()))]);
    assert!(requests.iter().all(|request| request.query("type").as_deref() == Some("userLicenseType")));
}

/// The most memory that a program has used, in KiB, as the kernel counts it.
#[cfg(target_os = "linux")]
fn peak(fetch: &Fetch<'_>) -> u64 {
    let file = fetch.root().join("peak");
    let command = fetch.command();
    let program = command.get_program().to_owned();
    let mut timed = std::process::Command::new("sh");
    // The peak of the program's own process, read after its work and before it ends.
    timed.arg("-c").arg(r#"file=$1; shift; "$@" >/dev/null & pid=$!; while kill -0 $pid 2>/dev/null; do grep VmHWM /proc/$pid/status 2>/dev/null > "$file.now" && [ -s "$file.now" ] && cp "$file.now" "$file"; sleep 0.02; done; wait $pid"#);
    timed.arg("sh").arg(&file).arg(program).args(command.get_args());
    timed.current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => timed.env(name, value),
            None => timed.env_remove(name),
        };
    }
    let output = timed.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    text.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn thirty_thousand_members_need_no_more_memory_than_a_few() {
    let (few, many) = (crowd(300).start(), crowd(30_000).start());
    let (of_few, of_many) = (members(&few), members(&many));
    let (low, high) = (peak(&of_few), peak(&of_many));
    // The allocator keeps more or less memory from run to run; the memory for the members does not vary.
    let is_more = |high: u64| high >= low + 4 * 1024;
    let high = if is_more(high) { high.min(peak(&members(&many))) } else { high };
    let fetched = of_many.ran(crate::common::Run { code: 0, stdout: String::new(), stderr: String::new() });
    let pages = fetched.files().len() - 1;
    assert_eq!(pages, 304);
    let mut names = std::collections::BTreeSet::new();
    for page in 1..=pages {
        for user in fetched.json(&format!("members-{page:04}.json"))["users"].as_array().unwrap() {
            names.insert(user["username"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(names.len(), 30_000);
    let saved: u64 = (1..=pages).map(|page| fetched.bytes(&format!("members-{page:04}.json")).len() as u64).sum();
    // Several megabytes are saved, and only some bytes of each member stay in memory.
    assert!(saved > 5 << 20, "{saved}");
    assert!(!is_more(high), "{low} KiB for 300, {high} KiB for 30,000");
}
