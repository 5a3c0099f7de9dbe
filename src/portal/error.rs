//! The failure of an operation, with what to do about it.

use std::time::Duration;

use crate::portal::refusal::{Refusal, says_no_site};
use crate::portal::{Operation, TlsProblem, TlsRemedy, Way, advice};
use crate::source::PortalError;

/// An operation that gave no answer, or another one than was asked for.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", self.in_words(&|_| String::new()))]
#[non_exhaustive]
pub struct PortalFailure {
    /// What was asked for as the problem arose; a sign-in is an operation of its own.
    pub operation: Operation,
    /// The portal that was asked: `https://HOST/CONTEXT`.
    pub portal: String,
    /// Whether the portal was asked as one on Kubernetes.
    pub kubernetes: bool,
    /// How often it was asked for, repetitions after a passing problem included; at least 1.
    pub tries: u32,
    /// Whether the HTTP status of the answer says that a server is in trouble: 408, or 500 and above.
    pub in_trouble: bool,
    /// What went wrong the last time.
    pub problem: Problem,
    /// The failure of the sign-in that was tried after the problem.
    pub signing_in: Option<Box<PortalFailure>>,
    /// The operation that wanted a token, where signing in failed for another reason than the credentials.
    pub wanted_by: Option<Operation>,
    /// The ways of signing in that the run takes, which no advice names again.
    pub taken: Vec<Way>,
}

impl PortalFailure {
    /// Whether the portal answered and the problem lies in its answer, and not in the network, the trust, the sign-in or the
    /// permission.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        self.problem.is_answer() && !self.operation.is_sign_in()
    }

    /// Whether the portal says that it does not have the operation, or does not allow it to this user.
    #[must_use]
    pub fn is_not_to_be_had(&self) -> bool {
        let is_there = self.operation.is_sign_in() || self.signing_in.is_some();
        self.is_without_site() || (!is_there && (self.problem.is_not_there() || self.problem.is_not_allowed()))
    }

    /// Whether the portal has no site yet, and so neither accounts nor anything else that is asked of a user.
    #[must_use]
    pub fn is_without_site(&self) -> bool {
        let says = |problem: &Problem| match problem {
            Problem::SignIn(refusal) => !refusal.is_about_who_signs_in(),
            Problem::Rejected(error) => says_no_site(error),
            _ => false,
        };
        says(&self.problem) || self.signing_in.as_deref().is_some_and(|sign_in| says(&sign_in.problem))
    }
}

/// A problem, in words that tell what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
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
        /// What to do about the proxy, by the status.
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
    #[error("the connection broke before the answer was complete: {0}; try again")]
    Broken(String),
    /// Something other than HTTP came.
    #[error("what answers there does not speak HTTP: are the scheme (https, http) and the port in the URL right?")]
    NotHttp,
    /// The headers of the answer are too large, or damaged.
    #[error("the headers of the answer are {0}")]
    Headers(&'static str),
    /// The answer was not complete in time.
    #[error("no complete answer within {} s: the portal is slow or hangs", .0.as_secs_f64())]
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
        /// The HTTP status, such as 503.
        status: u16,
        /// The portal's own words, if there are some.
        said: Option<PortalError>,
    },
    /// The portal asks for a longer wait than the program allows.
    #[error("HTTP {status}: the portal, or a proxy before it, asks to come back in {}{}", span(*.after), coming_back(*.after))]
    Later {
        /// The HTTP status, such as 503.
        status: u16,
        /// The wait that the portal asks for.
        after: Duration,
    },
    /// A redirect leads to a page for signing in with a browser.
    #[error("it redirects to a login page ({0}): it, or a proxy before it, wants another way of signing in")]
    Login(String),
    /// A page for signing in came in place of an answer.
    #[error("the answer is a page to sign in on: the portal, or a proxy before it, wants another way of signing in")]
    LoginPage,
    /// HTTP 401 that names the page of an identity provider.
    #[error("HTTP 401: one signs in at {0}, another host, where nothing is sent")]
    SignsInAt(String),
    /// A redirect leads to another host, such as an identity provider.
    #[error(
        "it redirects to {0}, another host, where nothing is sent: usually the login page of its identity provider"
    )]
    OtherHost(String),
    /// HTTP 401 with a challenge for Kerberos or NTLM.
    #[error("HTTP 401: it signs in by Windows accounts (IWA: Kerberos, NTLM), which does not work here")]
    WindowsSignIn,
    /// A redirect is not followed: to another port or to http, or of a request that must not be repeated.
    #[error(
        "it redirects to {0}, where nothing is sent; if that is the portal, ask it by that URL, and if it is a page to sign in on, \
         the portal wants another way of signing in"
    )]
    Redirect(String),
    /// One redirect follows another.
    #[error("it redirects again and again, and never answers: is the URL https://HOST/CONTEXT of the portal?")]
    RedirectLoop,
    /// Error code 499, without a token to send.
    #[error("the portal wants a token (499): sign in, or give a token")]
    TokenRequired,
    /// Error code 499, although a token was sent.
    #[error("the portal wants a token (499) although one was sent")]
    TokenIgnored,
    /// Error code 498.
    #[error("the portal says that the token is invalid or has expired (498)")]
    TokenInvalid,
    /// Error code 498 for the token of a sign-in with a browser, which the portal took before.
    #[error("the token of this sign-in has expired (498): run it again, and sign in again")]
    TokenExpired,
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
    /// An error answer whose reason is known.
    #[error("the portal rejects this: {error}; {advice}")]
    Refused {
        /// The portal's words.
        error: Box<PortalError>,
        /// What to do about it.
        advice: &'static str,
    },
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
    #[error("the pages do not make one complete list: {0}")]
    Pages(String),
    /// The list has more elements than the limit.
    #[error("it counts {found}, more than the {limit} that are allowed")]
    TooMany {
        /// The number of elements, at least.
        found: u64,
        /// How many are read at most, by [`Limits`](crate::portal::Limits).
        limit: u64,
    },
    /// The list took too long.
    #[error("the list was not complete after {} s", .0.as_secs())]
    ListTime(Duration),
    /// The answer repeats a secret, so that it must not be saved.
    #[error(
        "the answer repeats the token, the password or a cookie of this session, and is not saved; if the password is an everyday \
         word, sign in with a token"
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
