//! Lists that come in pages: complete, or nothing.

use serde_json::json;

use crate::portal::run::Fetch;
use crate::portal::stub::{Always, Answer, Member, Nth, Op, Portal, Running};

fn crowd(count: usize) -> Portal {
    Portal::new().members(Member::many("m", count - 1, "viewerUT"))
}

fn members(portal: &Running) -> Fetch<'_> {
    Fetch::of(portal).signed_in().and(&["--only", "members"])
}

#[test]
fn pages_are_asked_for_until_there_are_no_more() {
    for (count, pages) in [(1, 1), (99, 1), (100, 1), (101, 2), (300, 3), (301, 4)] {
        let portal = crowd(count).start();
        let fetched = members(&portal).run();
        fetched.ends(0, &[]);
        assert_eq!(fetched.files().len(), pages + 1, "{count}");
        let asked: Vec<_> =
            portal.requests_to(Op::Members).iter().map(|request| request.query("start").unwrap()).collect();
        assert_eq!(asked, (0..pages).map(|page| (page * 100 + 1).to_string()).collect::<Vec<_>>());
        assert!(portal.requests_to(Op::Members).iter().all(|request| request.query("num").as_deref() == Some("100")));
        let names: usize = (1..=pages)
            .map(|page| fetched.json(&format!("members-{page:04}.json"))["users"].as_array().unwrap().len())
            .sum();
        assert_eq!(names, count);
    }
}

/// What becomes of 250 members whose second page is changed.
#[track_caller]
fn changed(change: impl Fn(&mut serde_json::Value) + Send + Sync + 'static, said: &str) {
    let portal = crowd(250).script(Op::Members, Nth(2), Answer::usual().with(change)).start();
    members(&portal).run().ends(3, &["users at", "do not make one whole list", said]);
    // Best effort: the rest is saved, and no page.
    portal.forget_script();
    portal.script(Op::Members, Nth(2), Answer::json(r#"{"total":1,"users":[],"nextStart":-1}"#));
    let fetched = Fetch::of(&portal).signed_in().run();
    fetched.ends(0, &["warning: without members"]);
    assert!(fetched.files().iter().all(|name| !name.starts_with("members-")), "{:?}", fetched.files());
}

#[test]
fn pages_that_do_not_make_a_list_are_refused() {
    changed(|page| page["nextStart"] = json!(101), "comes the one from 101 on");
    changed(|page| page["nextStart"] = json!(1), "comes the one from 1 on");
    changed(|page| page["nextStart"] = json!(-7), "comes the one from -7 on");
    changed(|page| page["nextStart"] = json!(-1), "200 members came, of 250");
    changed(|page| page["total"] = json!(249), "250 members first and 249 later");
    changed(|page| page["start"] = json!(1), "the one from 1 on came");
    changed(|page| page["users"] = json!([]), "with 0 in it");
    changed(|page| page["users"][0]["username"] = json!("m00001"), "twice");
    changed(|page| page["total"] = json!(null), "does not say the total");
    changed(|page| page["users"][0] = json!({}), "no username");
    changed(|page| page["users"][0] = json!(7), "lacks what a page has");
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
    // It always says that there is more, and always has somebody new.
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
    // At least it is not taken for whole.
    assert_eq!(members(&portal).run().run.code, 3);
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
    assert_eq!((requests[0].query("start"), requests[1].query("start").as_deref()), (None, Some("2")));
    assert!(requests.iter().all(|request| request.query("type").as_deref() == Some("userLicenseType")));
}

/// The most memory a program has had, in KiB, as the kernel counts it.
#[cfg(target_os = "linux")]
fn peak(fetch: &Fetch<'_>) -> u64 {
    let file = fetch.root().join("peak");
    let command = fetch.command();
    let program = command.get_program().to_owned();
    let mut timed = std::process::Command::new("sh");
    // The peak of the program's own process, read when it is done and before it is gone.
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
    let fetched = of_many.ran(crate::common::Run { code: 0, stdout: String::new(), stderr: String::new() });
    assert_eq!(fetched.files().len(), 301);
    let mut names = std::collections::BTreeSet::new();
    for page in 1..=300 {
        for user in fetched.json(&format!("members-{page:04}.json"))["users"].as_array().unwrap() {
            names.insert(user["username"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(names.len(), 30_000);
    let saved: u64 = (1..=300).map(|page| fetched.bytes(&format!("members-{page:04}.json")).len() as u64).sum();
    // What is saved is several megabytes; what is remembered of each member is some bytes.
    assert!(saved > 5 << 20, "{saved}");
    assert!(high < low + 4 * 1024, "{low} KiB for 300, {high} KiB for 30,000");
}
