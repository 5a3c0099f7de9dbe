//! A failure in words, with the advice that fits this portal and this sign-in.

use crate::portal::{PortalFailure, Problem, Way, advice};

impl PortalFailure {
    /// The failure in words. `hint` gives what a program adds to a problem, such as the option that helps.
    #[must_use]
    pub fn in_words(&self, hint: &dyn Fn(&Self) -> String) -> String {
        let Self { operation, portal, tries, .. } = self;
        let tried = if *tries > 1 { format!(" (asked {tries} times)") } else { String::new() };
        let besides = match &self.signing_in {
            None => String::new(),
            Some(failure) => {
                let is_same = failure.problem.is_like(&self.problem);
                let why =
                    if is_same { "in the same way".to_owned() } else { format!("{}{}", failure.said(), hint(failure)) };
                format!("; signing in was tried then, and failed too: {why}")
            }
        };
        let wanted = self.wanted_by.map(|operation| format!("; {operation} had asked for a token (498 or 499)"));
        format!("{operation} at {portal}: {}{tried}{}{besides}{}", self.said(), hint(self), wanted.unwrap_or_default())
    }

    /// The problem and the advice, for this kind of portal and this sign-in.
    fn said(&self) -> String {
        let hint = if self.problem.is_not_there() { advice::other_kind(self.kubernetes) } else { "" };
        format!("{}{hint}{}", self.problem, by_ways(&self.problem, &self.taken))
    }

    /// The ways of signing in that the advice names.
    #[must_use]
    pub fn ways(&self) -> Vec<Way> {
        ways_left(&self.problem, &self.taken)
    }
}

/// The ways that may work where this problem says that another one does not.
const fn ways(problem: &Problem) -> &'static [Way] {
    match problem {
        Problem::Login(_)
        | Problem::LoginPage
        | Problem::SignsInAt(_)
        | Problem::OtherHost(_)
        | Problem::Status { status: 401, .. } => &[Way::Browser, Way::Itself, Way::Token, Way::Certificate],
        Problem::WindowsSignIn => &[Way::Itself, Way::Token],
        _ => &[],
    }
}

/// Those of the ways that the run does not take already.
fn ways_left(problem: &Problem, taken: &[Way]) -> Vec<Way> {
    ways(problem).iter().copied().filter(|way| !taken.contains(way)).collect()
}

/// The advice that depends on the ways of signing in that the run takes, to follow the words of the problem.
fn by_ways(problem: &Problem, taken: &[Way]) -> String {
    let has = |way: Way| taken.contains(&way);
    let itself = if has(Way::Itself) { "; look into the portal's logs" } else { ITSELF };
    match problem {
        Problem::TokenInvalid if has(Way::Token) => {
            ": get a new one; one that was made for another page than this URL needs that page as its referer"
                .to_owned()
        }
        Problem::TokenInvalid if has(Way::Password) || has(Way::Browser) => format!(
            ", though it made the token for this run: a proxy before it changes the header Referer, or the clocks of its machines \
             differ{itself}"
        ),
        Problem::TokenInvalid => ", and none was sent: sign in, or give a token".to_owned(),
        Problem::TokenIgnored if has(Way::Token) => ": is it a token of this portal?".to_owned(),
        Problem::TokenIgnored => format!(", which it made for this run: a proxy before it drops the token{itself}"),
        Problem::Status { status: 403, .. } if !has(Way::Itself) => {
            ", or ask the portal itself, mostly https://HOST:7443/arcgis, and no server before it".to_owned()
        }
        problem if ways(problem).is_empty() => String::new(),
        problem => match ways_left(problem, taken).as_slice() {
            [] => ". No other way is known to work: ask whoever runs it how a script signs in".to_owned(),
            [one] => format!(". What works: {}", one.words()),
            [first @ .., last] => {
                let first: String = first.iter().map(|way| format!("{}; ", way.words())).collect();
                format!(". What works: {first}or {}", last.words())
            }
        },
    }
}

const ITSELF: &str = "; ask the portal itself, mostly https://HOST:7443/arcgis";
