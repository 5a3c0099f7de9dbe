//! One request: sent, sent again where that is safe, its answer read up to a limit.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use reqwest::cookie::Jar;
use reqwest::header::{REFERER, WWW_AUTHENTICATE};
use reqwest::{Client as Http, Response, redirect, retry};
use rustls::ClientConfig;
use tokio::runtime::{Builder as RuntimeBuilder, Runtime};

use crate::portal::answer::HttpAnswer;
use crate::portal::cause::{self, Circumstances};
use crate::portal::request::{build, redirected, shown};
use crate::portal::retry_after::retry_after;
use crate::portal::{
    Address, Machine, Operation, PortalFailure, Problem, Proxy, Request, Secret, Trust, TrustError, challenge, tunnel,
};

/// How long, how often and how much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the connection to the last byte of the answer.
    pub timeout: Duration,
    /// How often a request that may be repeated is sent again.
    pub retries: u32,
    /// The largest answer, in bytes, after decompression.
    pub max_answer: u64,
    /// The most members of a list.
    pub max_members: u64,
    /// How long reading all pages of a list may take.
    pub list_time: Duration,
}

/// Asks one portal, and no other host.
pub struct Client {
    http: Http,
    /// The same, with a new connection for each request. What changes something must not be sent again where the portal
    /// closed the connection while it was on the way, and nobody knows whether it arrived.
    anew: Http,
    /// Nothing runs in it but the request of the moment.
    runtime: Runtime,
    address: Address,
    limits: Limits,
    proxy: Option<Proxy>,
    /// Whom to trust: a proxy is asked by hand why it lets nobody through.
    tls: ClientConfig,
    /// What is said to be the page that asks; tokens are bound to it.
    referer: Option<String>,
    shows_certificate: bool,
    machine: Machine,
}

/// A host that answers at all does so within this time.
const LONGEST_CONNECT: Duration = Duration::from_secs(10);

impl Limits {
    /// How long a connection may take to come about: less than everything together, so that a host that never answers is told
    /// from one that is slow.
    fn connect_timeout(&self) -> Duration {
        (self.timeout * 3 / 4).min(LONGEST_CONNECT)
    }
}

/// Longer than this nobody waits for a portal that asks to come back later.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const FIRST_WAIT: Duration = Duration::from_millis(500);
const MAX_REDIRECTS: usize = 5;

impl Client {
    /// A client for one portal.
    ///
    /// # Errors
    /// Where a certificate or a key cannot be used.
    pub fn new(
        address: Address,
        trust: &Trust,
        limits: Limits,
        proxy: Option<Proxy>,
        machine: Machine,
    ) -> Result<Self, TrustError> {
        let other = |error: reqwest::Error| TrustError::Other(error.without_url().to_string());
        let tls = trust.configuration()?;
        // A balancer that knows its callers by a cookie sends all of a run to one machine. Forgotten with the client.
        let cookies = Arc::new(Jar::default());
        let builder = || {
            let builder = Http::builder()
                .tls_backend_preconfigured(tls.clone())
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .referer(false)
                .cookie_provider(Arc::clone(&cookies))
                .connect_timeout(limits.connect_timeout())
                .timeout(limits.timeout)
                .user_agent(concat!("seatline/", env!("CARGO_PKG_VERSION")))
                // What the library would read from the environment was read already.
                .no_proxy();
            Ok::<_, TrustError>(match &proxy {
                Some(proxy) => builder.proxy(reqwest::Proxy::all(proxy.url.clone()).map_err(other)?),
                None => builder,
            })
        };
        let http = builder()?.build().map_err(other)?;
        let anew = builder()?.pool_max_idle_per_host(0).build().map_err(other)?;
        let runtime = RuntimeBuilder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| TrustError::Other(error.to_string()))?;
        let shows_certificate = trust.client.is_some();
        Ok(Self { http, anew, runtime, address, limits, proxy, tls, referer: None, shows_certificate, machine })
    }

    /// The same with another referer than the portal's own URL: that for which a token was made elsewhere.
    ///
    /// # Errors
    /// Where a header cannot carry it.
    pub fn with_referer(self, referer: &str) -> Result<Self, TrustError> {
        let plain = !referer.is_empty() && referer.bytes().all(|byte| byte.is_ascii_graphic());
        if plain { Ok(Self { referer: Some(referer.to_owned()), ..self }) } else { Err(TrustError::Referer) }
    }

    /// The same with a new connection for every request, so that none goes over one that the portal is closing.
    pub(super) fn with_new_connections(self) -> Self {
        Self { http: self.anew.clone(), ..self }
    }

    pub(super) fn referer(&self) -> &str {
        self.referer.as_deref().unwrap_or_else(|| self.address.as_str())
    }

    /// The portal.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The password of the proxy.
    pub(super) fn proxy_secret(&self) -> Option<Secret> {
        self.proxy.as_ref().and_then(Proxy::secret)
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    pub(super) fn failure(&self, operation: Operation, problem: Problem) -> PortalFailure {
        let kubernetes = self.address.is_kubernetes();
        let portal = self.address.as_str().to_owned();
        PortalFailure { operation, portal, kubernetes, tries: 1, problem, signing_in: None }
    }

    /// Sends a request and gives the whole answer, also where its status is no success. Repeatable operations are tried again
    /// where the connection fails, or the portal answers 429, 502, 503 or 504.
    pub(super) fn send(
        &self,
        operation: Operation,
        request: Request<'_>,
        token: Option<&Secret>,
    ) -> Result<HttpAnswer, PortalFailure> {
        let retries = if operation.is_repeatable() { self.limits.retries } else { 0 };
        let mut tries = 1;
        loop {
            let answered = self.runtime.block_on(async {
                notice_what_was_closed().await;
                self.send_once(operation, request, token).await
            });
            let fail = |problem| PortalFailure { tries, ..self.failure(operation, problem) };
            let after = match answered {
                Ok((answer, after)) if matches!(answer.status, 429 | 502..=504) && after > Some(LONGEST_WAIT) => {
                    let after = after.unwrap_or(LONGEST_WAIT);
                    return Err(fail(Problem::Later { status: answer.status, after }));
                }
                Ok((answer, after)) if matches!(answer.status, 429 | 502..=504) && tries <= retries => after,
                Ok((answer, _)) => return Ok(HttpAnswer { tries, ..answer }),
                Err(problem) if problem.is_connection() && tries <= retries => None,
                Err(problem) => return Err(fail(problem)),
            };
            // Who says "at once" has the same trouble a moment later.
            let own = self.backoff(tries);
            (self.machine.wait)(after.map_or(own, |after| after.max(own)));
            tries += 1;
        }
    }

    /// Twice as long each time, and never the same for two clients.
    fn backoff(&self, tries: u32) -> Duration {
        let full = FIRST_WAIT.saturating_mul(1 << (tries - 1).min(6)).min(LONGEST_WAIT);
        full.mul_f64(0.5 + (self.machine.chance)().clamp(0.0, 1.0) / 2.0)
    }

    async fn send_once(
        &self,
        operation: Operation,
        request: Request<'_>,
        token: Option<&Secret>,
    ) -> Result<(HttpAnswer, Option<Duration>), Problem> {
        let started = Stopwatch::now();
        let mut url = self.address.url(operation);
        if let Request::Named(name, _) = request
            && let Ok(mut path) = url.path_segments_mut()
        {
            path.push(name);
        }
        if let Request::Get(parameters) | Request::Named(_, parameters) = request {
            url.query_pairs_mut().extend_pairs(parameters).append_pair("f", "json");
        }
        let mut came_by = None;
        for _ in 0..=MAX_REDIRECTS {
            let left = self.limits.timeout.saturating_sub(started.elapsed());
            let http = if operation.is_repeatable() { &self.http } else { &self.anew };
            let built = build(http, url.clone(), request, token)?;
            let response = built.header(REFERER, self.referer()).timeout(left).send().await;
            let response = response.map_err(|error| self.problem(&error))?;
            if !response.status().is_redirection() {
                let (answer, after) = self.read(response).await?;
                return Ok((HttpAnswer { redirected: came_by, ..answer }, after));
            }
            url = redirected(&response, operation, request)?;
            came_by = Some(shown(&url, operation));
        }
        Err(Problem::Redirect("itself, again and again".to_owned()))
    }

    fn problem(&self, error: &reqwest::Error) -> Problem {
        let circumstances = Circumstances {
            connect_timeout: self.limits.connect_timeout(),
            timeout: self.limits.timeout,
            shows_certificate: self.shows_certificate,
        };
        let problem = cause::problem(error, circumstances);
        match &self.proxy {
            Some(proxy) => tunnel::explain(proxy, &self.address, &self.tls, problem),
            None => match problem {
                Problem::NoConnection(time)
                    if !self.address.is_plain_http() && tunnel::takes_connections(&self.address) =>
                {
                    Problem::NoHandshake(time)
                }
                problem => problem,
            },
        }
    }

    /// An answer, and how long to wait before the next try, if it says so.
    async fn read(&self, mut response: Response) -> Result<(HttpAnswer, Option<Duration>), Problem> {
        let status = response.status();
        let after = retry_after(response.headers(), (self.machine.now)().epoch_ms());
        let headers = || response.headers().get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        let (challenges, signs_in_at) = (challenge::schemes(headers()), challenge::page(headers()));
        let limit = self.limits.max_answer;
        let mut bytes = Vec::new();
        let mut read = Ok(());
        while u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
            match response.chunk().await {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => {
                    read = Err(error);
                    break;
                }
            }
        }
        // Of an error what could be read may tell more.
        if status.is_success() {
            read.map_err(|error| self.problem(&error))?;
        }
        if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
            return Err(Problem::TooLarge(limit));
        }
        Ok((HttpAnswer { status: status.as_u16(), bytes, challenges, signs_in_at, redirected: None, tries: 1 }, after))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("address", &self.address).field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Between two requests nothing runs, and a portal closes a connection that is idle, while one waits or somebody is asked
/// something. Sent on it, a request would be lost, and one that changes something must not be sent again. The first turn
/// looks at the sockets, the second has the connections end that were closed.
async fn notice_what_was_closed() {
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
}
