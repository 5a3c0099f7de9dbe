//! Which requests are sent again, when, and how often.

use std::time::{Duration, Instant};

use crate::portal::run::Fetch;
use crate::portal::stub::{Always, Answer, Op, Portal, Tls, UpTo};

#[test]
fn what_may_be_repeated_is_sent_again() {
    for answer in [
        Answer::status(429),
        Answer::status(502),
        Answer::status(503),
        Answer::status(504),
        Answer::reset(),
        Answer::close(),
        Answer::usual().cut_at(10),
        Answer::usual().reset_at(10),
    ] {
        let portal = Portal::new().without_site().script(Op::ValidateLicense, UpTo(1), answer.clone()).start();
        Fetch::of(&portal).license().retries(1).run().ends(0, &[]);
        assert_eq!(portal.requests().len(), 3);
        let portal = Portal::new().script(Op::Counts, UpTo(1), answer).start();
        Fetch::of(&portal).signed_in().retries(1).and(&["--only", "member-counts"]).run().ends(0, &[]);
        assert_eq!(portal.requests_to(Op::Counts).len(), 2);
    }
}

#[test]
fn a_connection_that_fails_is_made_again() {
    let portal = Portal::new().without_site().resets_connections(1).start();
    Fetch::of(&portal).license().retries(1).run().ends(0, &[]);
    let portal = Portal::new().without_site().resets_connections(9).start();
    Fetch::of(&portal).license().retries(1).run().ends(4, &["asked 2 times"]);
    assert_eq!(portal.connections(), 2);
}

#[test]
fn other_statuses_are_not_asked_again() {
    for status in [400, 401, 403, 404, 413, 500, 501, 505] {
        let portal = Portal::new().without_site().script(Op::Any, Always, Answer::status(status)).start();
        Fetch::of(&portal).license().retries(3).run().ends(4, &[&format!("HTTP {status}")]);
        assert_eq!(portal.requests().len(), 1, "{status}");
    }
}

#[test]
fn it_is_given_up_after_as_many_as_were_said() {
    let portal = Portal::new().without_site().script(Op::Any, Always, Answer::busy(503, "0")).start();
    Fetch::of(&portal).license().retries(4).run().ends(4, &["HTTP 503", "(asked 5 times)"]);
    assert_eq!(portal.requests().len(), 5);
    Fetch::of(&portal).license().run().ends(4, &["HTTP 503"]);
    assert_eq!(portal.requests().len(), 6);
}

#[test]
fn the_portal_says_when() {
    let portal = Portal::new().without_site().script(Op::Any, UpTo(1), Answer::busy(429, "2")).start();
    let started = Instant::now();
    Fetch::of(&portal).license().retries(1).run().ends(0, &[]);
    assert!(started.elapsed() >= Duration::from_secs(2), "{:?}", started.elapsed());
    // With "at once", or a date in the past, the next try comes no sooner than without `Retry-After`.
    for when in ["0", "Wed, 21 Oct 2015 07:28:00 GMT"] {
        let portal = Portal::new().without_site().script(Op::Any, UpTo(2), Answer::busy(503, when)).start();
        let started = Instant::now();
        Fetch::of(&portal).license().retries(2).run().ends(0, &[]);
        assert!(started.elapsed() >= Duration::from_millis(750), "{:?}", started.elapsed());
    }
}

#[test]
fn a_date_is_held_against_the_portals_clock() {
    // The portal's clock is decades behind; the wait that the portal asks for is two seconds.
    let busy = || Answer::busy(503, "Wed, 21 Oct 2015 07:28:02 GMT").header("Date", "Wed, 21 Oct 2015 07:28:00 GMT");
    let portal = Portal::new().without_site().script(Op::Any, UpTo(1), busy()).start();
    let started = Instant::now();
    Fetch::of(&portal).license().retries(1).run().ends(0, &[]);
    assert!(started.elapsed() >= Duration::from_secs(2), "{:?}", started.elapsed());
    // A clock that is decades ahead does not make the wait an hour.
    let busy = Answer::busy(503, "Thu, 31 Dec 2099 23:59:59 GMT").header("Date", "Thu, 31 Dec 2099 23:59:58 GMT");
    let portal = Portal::new().without_site().script(Op::Any, UpTo(1), busy).start();
    Fetch::of(&portal).license().retries(1).run().ends(0, &[]);
}

#[test]
fn nobody_waits_for_an_hour() {
    for when in ["3600", "Thu, 31 Dec 2099 23:59:59 GMT", "18446744073709551615"] {
        let portal = Portal::new().without_site().script(Op::Any, Always, Answer::busy(503, when)).start();
        Fetch::of(&portal).license().retries(3).run().ends(4, &["HTTP 503", "asks to come back in"]);
        assert_eq!(portal.requests().len(), 1);
    }
}

#[test]
fn one_waits_longer_each_time() {
    let portal = Portal::new().without_site().script(Op::Any, Always, Answer::status(502)).start();
    let started = Instant::now();
    Fetch::of(&portal).license().retries(2).run().ends(4, &["asked 3 times"]);
    // The pauses are at least half of 0.5 s and of 1 s.
    assert!(started.elapsed() >= Duration::from_millis(750), "{:?}", started.elapsed());
}

#[test]
fn a_connection_that_was_closed_meanwhile_is_not_used() {
    // The portal closes the connection silently while the program waits.
    let busy = Answer::busy(503, "1").trickled(1 << 20, Duration::from_millis(300)).cut_at(1 << 20);
    for tls in [Tls::authority(), Tls::authority().only_1_2(), Tls::plain()] {
        let portal = Portal::new().without_site().tls(tls).script(Op::Any, UpTo(1), busy.clone()).start();
        Fetch::of(&portal).license().retries(1).run().ends(0, &[]);
        assert_eq!((portal.requests().len(), portal.connections()), (3, 2));
    }
}
