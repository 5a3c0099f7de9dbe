//! What went wrong with an operation, and what to do.

use std::time::Duration;

use crate::portal::refusal::Refusal;
use crate::portal::secret::Secrets;
use crate::portal::{Operation, advice};
use crate::source::PortalError;

/// So many characters are shown of where a redirect leads.
const LONGEST_TARGET: usize = 300;

/// An operation that gave no answer, or not the one that was asked for.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{operation} at {portal}: {}{}{}", self.said(), tried(*.tries), besides(.signing_in.as_deref()))]
pub struct PortalFailure {
    /// Which operation.
    pub operation: Operation,
    /// The portal that was asked: `https://HOST/CONTEXT`.
    pub portal: String,
    /// Whether it was asked as one on Kubernetes.
    pub kubernetes: bool,
    /// How often it was asked.
    pub tries: u32,
    /// What happened, and what to do.
    pub problem: Problem,
    /// Why signing in, which was tried after that, failed too.
    pub signing_in: Option<String>,
}

impl PortalFailure {
    /// What happened, and what to do, for this sort of portal.
    pub(super) fn said(&self) -> String {
        let hint = if self.problem.is_not_there() { advice::other_kind(self.kubernetes) } else { "" };
        format!("{}{hint}", self.problem)
    }
}

fn besides(why: Option<&str>) -> String {
    why.map(|why| format!("; signing in was tried then, and failed too: {why}")).unwrap_or_default()
}

fn tried(tries: u32) -> String {
    if tries > 1 { format!(" (asked {tries} times)") } else { String::new() }
}

/// What happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No connection came about.
    #[error("cannot connect: {0}; is the URL right, and can this machine reach it (HTTPS_PROXY)?")]
    CannotConnect(String),
    /// Nobody answered in the time that a connection may take.
    #[error(
        "no connection within {} s, though the name is known: a firewall drops what is sent, nobody is there, or a proxy is \
         needed (HTTPS_PROXY); is the port in the URL right?",
        .0.as_secs_f64()
    )]
    NoConnection(Duration),
    /// A proxy lets nobody through.
    #[error("cannot connect: the proxy {proxy} refuses (HTTP {status}): {advice}")]
    Proxy {
        /// Its host and port.
        proxy: String,
        /// Its answer.
        status: u16,
        /// What to do.
        advice: String,
    },
    /// A proxy gives no connection.
    #[error("cannot connect: the proxy {proxy} {why}")]
    NoProxy {
        /// Its host and port.
        proxy: String,
        /// What it does, and what to do.
        why: String,
        /// Whether it took too long.
        timed_out: bool,
    },
    /// The portal is not trusted, or does not trust us.
    #[error("{0}")]
    Tls(String),
    /// The connection ended before the answer was whole.
    #[error("the connection broke before the answer was whole: {0}; try again")]
    Broken(String),
    /// No whole answer in time.
    #[error("no whole answer within {} s: the portal is slow or hangs; --timeout allows more", .0.as_secs_f64())]
    Timeout(Duration),
    /// More than is read.
    #[error("the answer is larger than {0} bytes, and was not read further; --max-answer allows more")]
    TooLarge(u64),
    /// Compressed in a way that cannot be undone.
    #[error("the answer is compressed, and damaged: {0}")]
    Compression(String),
    /// An HTTP status that is no success.
    #[error("HTTP {status}{}: {}", comma(.said.as_ref()), advice::status(*.status))]
    Status {
        /// The status.
        status: u16,
        /// What the portal says about it, if it says something.
        said: Option<PortalError>,
    },
    /// The portal asks to come back later than we wait.
    #[error("HTTP {status}: the portal asks to come back in {} s; do that", .after.as_secs())]
    Later {
        /// The status.
        status: u16,
        /// How long to wait.
        after: Duration,
    },
    /// A redirect to where one signs in with a browser.
    #[error("it redirects to a login page ({0}): it, or a proxy before it, wants another way of signing in. {ways}", ways = advice::WAYS)]
    Login(String),
    /// A redirect to another host, as to that of an identity provider.
    #[error(
        "it redirects to {0}, another host, where nothing is sent: mostly the login page of whoever signs people in for it. \
         {ways}", ways = advice::WAYS
    )]
    OtherHost(String),
    /// HTTP 401 with a challenge for Kerberos or NTLM.
    #[error(
        "HTTP 401: it signs in by Windows accounts (IWA: Kerberos, NTLM), which does not work here. What works: a built-in \
         account at the portal itself, mostly https://HOST:7443/arcgis; or a token from the browser (--token-file, --referer)"
    )]
    WindowsSignIn,
    /// A redirect that is not followed: to another port or to http, or of a request that is not repeated.
    #[error(
        "it redirects to {0}, where nothing is sent; if that is the portal, give its URL with --url, and if it is a page to sign \
         in, the portal wants another way of signing in, as by --oauth ID"
    )]
    Redirect(String),
    /// Error code 499, though there is a token, or nobody to sign in as.
    #[error("the portal wants a token (499): sign in with --user, or give a token with --token-file or SEATLINE_TOKEN")]
    TokenRequired,
    /// Error code 499 though a token was sent.
    #[error("the portal wants a token (499) although one was sent: is it a token of this portal?")]
    TokenIgnored,
    /// Error code 498.
    #[error(
        "the portal says that the token is invalid or has expired (498): get a new one; one that was made for another page than \
         this URL needs --referer with that page"
    )]
    TokenInvalid,
    /// Error code 403.
    #[error("no permission ({0}): sign in as an administrator")]
    Forbidden(PortalError),
    /// The portal does not let us in.
    #[error("sign-in refused{0}")]
    SignIn(Refusal),
    /// Signing in gave no token.
    #[error("sign-in failed: the answer holds no token, but {0}; is this the URL of a portal?")]
    NoToken(&'static str),
    /// Any other error answer.
    #[error("the portal rejects this: {error}{advice}", error = .0, advice = advice::rejected(.0))]
    Rejected(PortalError),
    /// A page for people.
    #[error(
        "the answer is not what was asked for: an HTML page: does it come from the portal, and not from a proxy or a sign-in \
         page?"
    )]
    Html,
    /// An answer of another kind.
    #[error("the answer is not what was asked for: {0}")]
    NotWanted(String),
    /// Pages that do not make one list.
    #[error("the pages do not make one whole list: {0}; fetch again")]
    Pages(String),
    /// A list of more elements than are wanted.
    #[error("it counts {found}, more than --max-members {limit} allows: if there are so many, raise it")]
    TooMany {
        /// How many there are, at least.
        found: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// A list that takes too long.
    #[error("the list was not whole after {} s; --max-time allows more", .0.as_secs())]
    ListTime(Duration),
    /// The answer has a secret in it, which must not be saved.
    #[error(
        "the answer repeats the token or the password, and is not saved; if the password is an everyday word, sign in with a \
         token"
    )]
    RepeatsSecret,
    /// The request could not be made.
    #[error("the request could not be made: {0}")]
    Request(String),
}

impl Problem {
    /// Whether the portal answered, and its answer is the problem: it rejects the license, or answers something else.
    /// Otherwise the network, the trust, or the right to ask is what is missing.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        matches!(self, Self::Rejected(_) | Self::NotWanted(_) | Self::Html | Self::Pages(_))
    }

    /// Whether nothing else need be asked: the portal cannot be reached, is not trusted, or lets nobody in.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.is_about_connecting() || self.is_about_signing_in()
    }

    /// Whether the portal lets nobody in with these credentials.
    #[must_use]
    pub const fn is_about_signing_in(&self) -> bool {
        match self {
            Self::SignIn(refusal) => refusal.is_about_who_signs_in(),
            other => matches!(other, Self::TokenInvalid),
        }
    }

    /// Whether this may be a refusal of somebody unknown, in whatever form: then somebody who signs in may be answered.
    pub(super) fn may_want_sign_in(&self) -> bool {
        match self {
            Self::TokenRequired
            | Self::TokenInvalid
            | Self::Forbidden(_)
            | Self::Rejected(_)
            | Self::Login(_)
            | Self::OtherHost(_)
            | Self::Redirect(_)
            | Self::WindowsSignIn
            | Self::Html
            | Self::NotWanted(_) => true,
            Self::Status { status: 401 | 403, .. } => true,
            // What is missing, too large or in trouble is no refusal.
            Self::Status { status, said } => said.is_some() && !matches!(status, 404 | 405 | 413 | 429 | 502..=504),
            _ => false,
        }
    }

    /// Whether the portal says that a token is missing or no good.
    pub(super) const fn is_about_a_token(&self) -> bool {
        matches!(self, Self::TokenRequired | Self::TokenInvalid)
    }

    /// Whether two attempts ended in the same way, whatever address they name.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let redirects = |one: &Self| matches!(one, Self::Login(_) | Self::OtherHost(_) | Self::Redirect(_));
        self == other || (redirects(self) && redirects(other))
    }

    /// Whether there is no such operation.
    fn is_not_there(&self) -> bool {
        match self {
            Self::Status { status, .. } => *status == 404,
            Self::Rejected(error) => error.code.as_deref() == Some("404"),
            _ => false,
        }
    }

    const fn is_about_connecting(&self) -> bool {
        let is_proxy = matches!(self, Self::Proxy { .. } | Self::NoProxy { .. });
        is_proxy || matches!(self, Self::CannotConnect(_) | Self::NoConnection(_) | Self::Tls(_))
    }

    /// Whether the connection failed, so that another one may do.
    #[must_use]
    pub const fn is_connection(&self) -> bool {
        matches!(self, Self::CannotConnect(_) | Self::Broken(_) | Self::NoProxy { timed_out: false, .. })
    }

    /// The same with something else for each text of the portal's that a secret occurs in. Long texts are cut only after that:
    /// nobody would find a secret that lacks its last character.
    #[must_use]
    pub(super) fn withheld(self, secrets: &Secrets) -> Self {
        match self {
            Self::SignIn(refusal) => Self::SignIn(refusal.withheld(secrets)),
            other => other.map_words(&mut |text| secrets.withheld(text)).with_short_target(),
        }
    }

    fn with_short_target(self) -> Self {
        let cut = |text: String| match text.char_indices().nth(LONGEST_TARGET) {
            Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
            None => text,
        };
        match self {
            Self::Login(target) => Self::Login(cut(target)),
            Self::OtherHost(target) => Self::OtherHost(cut(target)),
            Self::Redirect(target) => Self::Redirect(cut(target)),
            other => other,
        }
    }

    /// The same with `word` for every text of the portal's. Its codes stay where they are numbers.
    #[must_use]
    pub(super) fn without_words(self, word: &str) -> Self {
        self.map_words(&mut |text| {
            let is_code = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_code { text } else { word.to_owned() }
        })
    }

    fn map_words(self, map: &mut dyn FnMut(String) -> String) -> Self {
        let mut map_error = |error: PortalError| {
            let whole = error.messages.concat();
            let mapped = map(whole.clone());
            // Several texts may make one.
            let mut messages: Vec<String> = match mapped == whole {
                true => error.messages.into_iter().map(&mut *map).collect(),
                false => vec![mapped],
            };
            messages.dedup();
            PortalError { code: error.code.map(&mut *map), messages }
        };
        match self {
            Self::Status { status, said } => Self::Status { status, said: said.map(map_error) },
            Self::Forbidden(error) => Self::Forbidden(map_error(error)),
            Self::Rejected(error) => Self::Rejected(map_error(error)),
            Self::CannotConnect(text) => Self::CannotConnect(map(text)),
            Self::Proxy { proxy, status, advice } => Self::Proxy { proxy: map(proxy), status, advice: map(advice) },
            Self::NoProxy { proxy, why, timed_out } => Self::NoProxy { proxy: map(proxy), why: map(why), timed_out },
            Self::OtherHost(text) => Self::OtherHost(map(text)),
            Self::Tls(text) => Self::Tls(map(text)),
            Self::Broken(text) => Self::Broken(map(text)),
            Self::Compression(text) => Self::Compression(map(text)),
            Self::Login(text) => Self::Login(map(text)),
            Self::Redirect(text) => Self::Redirect(map(text)),
            Self::NotWanted(text) => Self::NotWanted(map(text)),
            Self::Pages(text) => Self::Pages(map(text)),
            Self::Request(text) => Self::Request(map(text)),
            Self::SignIn(_)
            | Self::NoToken(_)
            | Self::WindowsSignIn
            | Self::Html
            | Self::NoConnection(_)
            | Self::Timeout(_)
            | Self::TooLarge(_)
            | Self::TooMany { .. }
            | Self::ListTime(_)
            | Self::Later { .. }
            | Self::TokenRequired
            | Self::TokenIgnored
            | Self::TokenInvalid
            | Self::RepeatsSecret => self,
        }
    }
}

fn comma(said: Option<&PortalError>) -> String {
    said.map(|error| format!(", {error}")).unwrap_or_default()
}
