//! The line of progress on a terminal.
#![cfg(unix)]

use std::time::Duration;

use crate::portal::run::Fetch;
use crate::portal::stub::{Answer, Member, Nth, Op, Portal};

#[test]
fn a_terminal_shows_how_many_have_come() {
    let slow = Answer::usual().delayed(Duration::from_millis(2500));
    let portal = Portal::new().members(Member::many("m", 249, "viewerUT")).script(Op::Members, Nth(3), slow).start();
    let (code, shown) = Fetch::of(&portal).signed_in().on_a_terminal("");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("199 of 250 members ..."), "{shown:?}");
    // The line is removed before the result is written.
    let (before, after) = shown.split_once("members ...").unwrap();
    assert!(!before.contains("members-0001.json") && after.contains("members-0001.json to members-0003.json"));
    assert!(after.contains("\r\u{1b}[2K"), "{shown:?}");
}

#[test]
fn a_terminal_shows_nothing_while_it_is_quick_or_quiet() {
    let portal = Portal::new().members(Member::many("m", 249, "viewerUT")).start();
    let (code, shown) = Fetch::of(&portal).signed_in().on_a_terminal("");
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("..."), "{shown:?}");
    portal.script(Op::Counts, Nth(2), Answer::usual().delayed(Duration::from_millis(1500)));
    let (code, shown) = Fetch::of(&portal).signed_in().and(&["--quiet", "--force"]).on_a_terminal("");
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("..."), "{shown:?}");
}
