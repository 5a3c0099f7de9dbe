//! Answers that are long, and escaped over and over: what is shown of them, and what is saved.

use crate::portal::run::Fetch;
use crate::portal::stub::{Answer, Op, PASSWORD, Portal, Since};

#[test]
fn a_long_error_is_searched_as_far_as_it_is_shown_and_further() {
    let escaped = |length: usize| -> String { r"%41\u0042&#67; =44 ".chars().cycle().take(length).collect() };
    let hidden: String = PASSWORD.bytes().map(|byte| format!("&#{byte:013};")).collect();
    for (before, secret, is_shown) in [
        (50_000, "", true),
        (0, PASSWORD, false),
        // The end of it stands far behind the part that would be shown.
        (299, hidden.as_str(), false),
        // Nobody sees that.
        (20_000, PASSWORD, true),
    ] {
        let message = format!("{}{secret}{}", escaped(before), escaped(50_000));
        let portal = Portal::new().start();
        portal.script(Op::License, Since(2), Answer::error(500, &message));
        let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
        fetched.ends(3, &[if is_shown { r"500 %41\u0042&#67; =44 %41" } else { "500 [not shown: " }]);
        assert!(fetched.run.stderr.len() < 1000, "{:?}", fetched.run);
    }
}

#[test]
fn an_answer_that_nobody_can_search_is_not_saved() {
    let unit = r"%25252541 &amp;amp;amp;#66; \\\\\\\\u0043 =3D43 =2541 &#x26;#x41; \\x2541 %26%2365; ";
    let text = format!("{} {:?}", unit.repeat(10), unit.repeat(15).as_bytes());
    let portal = Portal::new().start();
    portal.script(Op::License, Since(2), Answer::usual().with(move |value| value["extra"] = text.clone().into()));
    let fetched = Fetch::of(&portal).signed_in().and(&["--only", "license-resource"]).run();
    fetched.ends(4, &["escaped so often that it cannot be searched for the token and the password, and is not saved"]);
}
