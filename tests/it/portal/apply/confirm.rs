//! Nothing changes before the user says yes.

use super::Site;
use super::site::ends;

#[test]
fn without_a_terminal_and_without_yes_nothing_changes() {
    let site = Site::chain().without_yes();
    let undo = site.path("undo.csv");
    let site = site.and(&["--undo", undo.to_str().unwrap()]);
    ends(&site.run(), 2, &["there is no terminal to confirm it at, and nothing was changed: --yes"]);
    assert_eq!((site.updates(), site.now() == site.before), (0, true));
    assert!(site.journal().is_empty() && !undo.exists());
}

#[cfg(unix)]
#[test]
fn on_a_terminal_one_is_asked() {
    use crate::portal::run::on_a_terminal;
    for (typed, yes) in [("n", false), ("", false), ("yep", false), ("y", true), ("Yes", true)] {
        let site = Site::chain().without_yes();
        let (code, shown) = on_a_terminal(&site.command(), typed);
        let question = format!("Change the user type of 10 members at {}, in 5 requests? [y/N]", site.portal.url());
        assert!(shown.contains(&question) && shown.contains("fieldWorkerUT"), "{shown}");
        let (expected, updates) = if yes { (0, 5) } else { (1, 0) };
        assert_eq!((code, site.updates()), (expected, updates), "{typed}: {shown}");
        if yes {
            assert_eq!(site.now(), Site::chain_end());
            site.assert_journal_is_true(0);
        } else {
            assert!(shown.contains("nothing was changed") && site.journal().is_empty(), "{shown}");
        }
    }
}

#[cfg(unix)]
#[test]
fn what_who_waits_may_lose_is_told_before_one_is_asked() {
    use crate::portal::run::on_a_terminal;
    use crate::portal::stub::Portal;
    let site = super::parking::swap_of(Portal::new()).without_yes();
    let (code, shown) = on_a_terminal(&site.command(), "n");
    let words = crate::common::words(&shown);
    let (before, _) = words.split_once("[y/N]").unwrap();
    assert!(
        before.contains("a member who waits may lose role, add-ons and what only the former user type allows"),
        "{shown}"
    );
    assert_eq!((code, site.updates()), (1, 0), "{shown}");
}

#[cfg(unix)]
#[test]
fn going_on_after_a_break_is_asked_too() {
    use crate::portal::run::on_a_terminal;
    use crate::portal::stub::{Answer, Nth, Op};
    let site = Site::chain().without_yes();
    site.portal.script(Op::UpdateUserLicenseType, Nth(3), Answer::reset());
    assert_eq!(on_a_terminal(&site.command(), "y").0, 4);
    let before = site.now();
    ends(&site.run(), 2, &["there is no terminal to confirm it at"]);
    let (code, shown) = on_a_terminal(&site.command(), "n");
    assert!(code == 1 && shown.contains("of 5 members"), "{shown}");
    assert_eq!(site.now(), before);
    assert_eq!(on_a_terminal(&site.command(), "y").0, 0);
    assert_eq!(site.now(), Site::chain_end());
    site.assert_moved_once();
    site.assert_journal_is_true(0);
}
