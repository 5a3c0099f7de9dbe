//! The failure of an operation, with what to do about it.

use std::time::Duration;

use crate::portal::refusal::Refusal;
use crate::portal::{Operation, TlsProblem, TlsRemedy, advice};
use crate::source::PortalError;

/// An operation that gave no answer, or another one than was asked for.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", self.in_words(&|_| String::new()))]
pub struct PortalFailure {
    /// The operation.
    pub operation: Operation,
    /// The portal that was asked: `https://HOST/CONTEXT`.
    pub portal: String,
    /// Whether the portal was asked as one on Kubernetes.
    pub kubernetes: bool,
    /// The number of requests.
    pub tries: u32,
    /// The problem.
    pub problem: Problem,
    /// The failure of the sign-in that was tried after the problem.
    pub signing_in: Option<Box<PortalFailure>>,
}

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
        format!("{operation} at {portal}: {}{tried}{}{besides}", self.said(), hint(self))
    }

    /// The problem and the advice, for this kind of portal.
    fn said(&self) -> String {
        let hint = if self.problem.is_not_there() { advice::other_kind(self.kubernetes) } else { "" };
        format!("{}{hint}", self.problem)
    }
}

/// A problem, in words that tell what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No connection could be made.
    #[error("cannot connect: {0}; is the URL right, and can this machine reach it (HTTPS_PROXY)?")]
    CannotConnect(String),
    /// No connection was made in time.
    #[error(
        "no connection within {} s, though the name is known: a firewall drops what is sent, nobody is there, or a proxy is \
         needed (HTTPS_PROXY); is the port in the URL right?",
        .0.as_secs_f64()
    )]
    NoConnection(Duration),
    /// A connection was made, but no TLS was spoken on it.
    #[error(
        "the connection is accepted, but no answer comes within {} s, not even the beginning of TLS: the portal hangs, or the \
         port in the URL is not that of https",
        .0.as_secs_f64()
    )]
    NoHandshake(Duration),
    /// A proxy refuses to let the request through.
    #[error("cannot connect: the proxy {proxy} refuses (HTTP {status}): {advice}")]
    Proxy {
        /// The host and port of the proxy.
        proxy: String,
        /// The HTTP status of the proxy's answer.
        status: u16,
        /// What to do.
        advice: String,
    },
    /// A proxy gives no connection.
    #[error("cannot connect: the proxy {proxy} {why}")]
    NoProxy {
        /// The host and port of the proxy.
        proxy: String,
        /// What the proxy does, and what to do.
        why: String,
        /// Whether the connection took too long.
        timed_out: bool,
        /// The setting that helps, if there is one.
        remedy: Option<TlsRemedy>,
    },
    /// The portal's certificate is not trusted, or the portal does not trust the client.
    #[error("{0}")]
    Tls(TlsProblem),
    /// The connection ended before the answer was complete.
    #[error("the connection broke before the answer was whole: {0}; try again")]
    Broken(String),
    /// The answer was not complete in time.
    #[error("no whole answer within {} s: the portal is slow or hangs", .0.as_secs_f64())]
    Timeout(Duration),
    /// The answer is larger than the limit.
    #[error("the answer is larger than {0} bytes, and was not read further")]
    TooLarge(u64),
    /// The answer is compressed in a way that cannot be read.
    #[error("the answer is compressed, and damaged: {0}")]
    Compression(String),
    /// The HTTP status is no success.
    #[error("HTTP {status}{}: {}", comma(.said.as_ref()), advice::status(*.status))]
    Status {
        /// The status.
        status: u16,
        /// The portal's own words, if there are some.
        said: Option<PortalError>,
    },
    /// The portal asks for a longer wait than the program allows.
    #[error("HTTP {status}: the portal, or a proxy before it, asks to come back in {}{}", span(*.after), coming_back(*.after))]
    Later {
        /// The status.
        status: u16,
        /// The wait that the portal asks for.
        after: Duration,
    },
    /// A redirect leads to a page for signing in with a browser.
    #[error("it redirects to a login page ({0}): it, or a proxy before it, wants another way of signing in. {ways}", ways = advice::WAYS)]
    Login(String),
    /// A page for signing in came in place of an answer.
    #[error("the answer is a page to sign in on: the portal, or a proxy before it, wants another way of signing in. {ways}", ways = advice::WAYS)]
    LoginPage,
    /// HTTP 401 that names the page of an identity provider.
    #[error("HTTP 401: one signs in at {0}, another host, where nothing is sent. {ways}", ways = advice::WAYS)]
    SignsInAt(String),
    /// A redirect leads to another host, such as an identity provider.
    #[error(
        "it redirects to {0}, another host, where nothing is sent: mostly the login page of whoever signs people in for it. \
         {ways}", ways = advice::WAYS
    )]
    OtherHost(String),
    /// HTTP 401 with a challenge for Kerberos or NTLM.
    #[error(
        "HTTP 401: it signs in by Windows accounts (IWA: Kerberos, NTLM), which does not work here. What works: a built-in \
         account at the portal itself, mostly https://HOST:7443/arcgis; or a token from the browser"
    )]
    WindowsSignIn,
    /// A redirect is not followed: to another port or to http, or of a request that must not be repeated.
    #[error(
        "it redirects to {0}, where nothing is sent; if that is the portal, ask it by that URL, and if it is a page to sign in on, \
         the portal wants another way of signing in"
    )]
    Redirect(String),
    /// Error code 499, without a token to send.
    #[error("the portal wants a token (499): sign in, or give a token")]
    TokenRequired,
    /// Error code 499, although a token was sent.
    #[error("the portal wants a token (499) although one was sent: is it a token of this portal?")]
    TokenIgnored,
    /// Error code 498.
    #[error(
        "the portal says that the token is invalid or has expired (498): get a new one; one that was made for another page than \
         this URL needs that page as its referer"
    )]
    TokenInvalid,
    /// Error code 401 or 403.
    #[error("no permission ({0}): sign in as an administrator")]
    Forbidden(PortalError),
    /// The portal refuses the sign-in.
    #[error("sign-in refused{0}")]
    SignIn(Refusal),
    /// The answer to the sign-in holds no token.
    #[error("sign-in failed: the answer holds no token, but {0}; is this the URL of a portal?")]
    NoToken(&'static str),
    /// Any other error answer.
    #[error("the portal rejects this: {error}{advice}", error = .0, advice = advice::rejected(.0))]
    Rejected(PortalError),
    /// The answer is a page for people.
    #[error(
        "the answer is not what was asked for: an HTML page: does it come from the portal, and not from a proxy or a sign-in \
         page?"
    )]
    Html,
    /// The answer is of another kind than was asked for.
    #[error("the answer is not what was asked for: {0}")]
    NotWanted(String),
    /// The pages do not make one list.
    #[error("the pages do not make one whole list: {0}")]
    Pages(String),
    /// The list has more elements than the limit.
    #[error("it counts {found}, more than the {limit} that are allowed")]
    TooMany {
        /// The number of elements, at least.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// The list took too long.
    #[error("the list was not whole after {} s", .0.as_secs())]
    ListTime(Duration),
    /// The answer repeats a secret, so that it must not be saved.
    #[error(
        "the answer repeats the token or the password, and is not saved; if the password is an everyday word, sign in with a \
         token"
    )]
    RepeatsSecret,
    /// The answer cannot be searched for secrets, so that it must not be saved.
    #[error(
        "the answer is escaped so often that it cannot be searched for the token and the password, and is not saved: is this the URL \
         of a portal?"
    )]
    Unsearched,
    /// The request could not be made.
    #[error("the request could not be made: {0}")]
    Request(String),
}

fn comma(said: Option<&PortalError>) -> String {
    said.map(|error| format!(", {error}")).unwrap_or_default()
}

/// A span of time in words.
fn span(time: Duration) -> String {
    const DAY: u64 = 86_400;
    match time.as_secs() {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} minutes", seconds / 60),
        seconds if seconds < 2 * DAY => format!("{} hours", seconds / 3_600),
        seconds if seconds < 1_000 * DAY => format!("{} days", seconds / DAY),
        _ => "more than 1000 days".to_owned(),
    }
}

/// The advice for a wait that is too long; a wait of days means that something is wrong.
fn coming_back(after: Duration) -> &'static str {
    match after.as_secs() {
        0..86_400 => "; run it again then",
        _ => ", which can hardly be meant: nothing waits for that; ask whoever runs it",
    }
}
