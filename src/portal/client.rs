//! Sends a request, again where that is safe, and reads its answer up to a limit.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use reqwest::header::{REFERER, WWW_AUTHENTICATE};
use reqwest::{Client as Http, Response, redirect, retry};
use rustls::ClientConfig;
use tokio::runtime::{Builder as RuntimeBuilder, Runtime};

use crate::portal::answer::HttpAnswer;
use crate::portal::cause::{self, Circumstances};
use crate::portal::cookies::Cookies;
use crate::portal::request::{build, redirected, shown};
use crate::portal::retry_after::retry_after;
use crate::portal::{
    Address, Limits, Machine, Operation, PortalFailure, Problem, Proxy, Request, Secret, Trust, TrustError, Way,
    challenge, tunnel,
};

/// Sends requests to one portal and to no other host.
pub struct Client {
    http: Http,
    /// A client that makes a new connection for each request. A request that changes something must not be sent
    /// again, and on a connection that the portal is closing it could be lost without a trace.
    anew: Http,
    /// The cookies of both, which end with them.
    cookies: Arc<Cookies>,
    /// The runtime, in which only the present request runs.
    runtime: Runtime,
    address: Address,
    limits: Limits,
    proxy: Option<Proxy>,
    /// Whom to trust: a proxy is asked by hand why it lets nobody through.
    tls: ClientConfig,
    /// The page that requests claim to come from. Tokens are bound to it.
    referer: Option<String>,
    shows_certificate: bool,
    machine: Machine,
    /// Until when a portal that asks to come back later is waited for; `None` where each request has a wait of its own.
    until: Option<Stopwatch>,
}

/// The port on which a portal itself listens.
const OWN_PORT: u16 = 7443;

/// The longest wait for a portal that asks to come back later.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const FIRST_WAIT: Duration = Duration::from_millis(500);
const MAX_REDIRECTS: usize = 5;

impl Client {
    /// A client for one portal.
    ///
    /// # Errors
    /// A [`TrustError`] where a certificate or a key cannot be used.
    pub fn new(
        address: Address,
        trust: &Trust,
        limits: Limits,
        proxy: Option<Proxy>,
        machine: Machine,
    ) -> Result<Self, TrustError> {
        let other = |error: reqwest::Error| TrustError::Other(error.without_url().to_string());
        let tls = trust.configuration()?;
        let cookies = Arc::new(Cookies::default());
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
                // The proxy of the environment was chosen by [`Proxy`] already.
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
        Ok(Self {
            http,
            anew,
            cookies,
            runtime,
            address,
            limits,
            proxy,
            tls,
            referer: None,
            shows_certificate,
            machine,
            until: None,
        })
    }

    /// From now on, waits no longer than this for a portal that asks to come back later.
    pub(super) fn wait_at_most(&mut self, longest: Option<Duration>) {
        self.until = longest.and_then(|longest| Stopwatch::now().checked_add(longest));
    }

    /// Whether a portal that asks to come back after this time is waited for.
    fn is_in_time(&self, after: Duration) -> bool {
        let left = self.until.map(|until| until.saturating_duration_since(Stopwatch::now()));
        after <= left.map_or(LONGEST_WAIT, |left| left.min(LONGEST_WAIT))
    }

    /// This client with the referer of the page for which a token was made elsewhere, instead of the portal's own
    /// URL.
    ///
    /// # Errors
    /// A [`TrustError`] where a header cannot carry the text.
    pub fn with_referer(self, referer: &str) -> Result<Self, TrustError> {
        let plain = !referer.is_empty() && referer.bytes().all(|byte| byte.is_ascii_graphic());
        if plain { Ok(Self { referer: Some(referer.to_owned()), ..self }) } else { Err(TrustError::Referer) }
    }

    /// This client with a new connection for every request, so that no request uses a connection that the portal is
    /// closing.
    pub(super) fn with_new_connections(self) -> Self {
        Self { http: self.anew.clone(), ..self }
    }

    pub(super) fn referer(&self) -> &str {
        self.referer.as_deref().unwrap_or_else(|| self.address.as_str())
    }

    /// Where requests go: the address as it was given, its context included.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The password of the proxy.
    pub(super) fn proxy_secret(&self) -> Option<Secret> {
        self.proxy.as_ref().and_then(Proxy::secret)
    }

    /// The secrets in each cookie that came since the last call, with its name.
    pub(super) fn new_secrets(&self) -> Vec<(String, Vec<Secret>)> {
        self.cookies.new_secrets()
    }

    /// The ways of signing in that this client takes by itself.
    pub(super) fn ways(&self) -> impl Iterator<Item = Way> {
        let certificate = self.shows_certificate.then_some(Way::Certificate);
        let itself = (self.address.host().1 == OWN_PORT).then_some(Way::Itself);
        certificate.into_iter().chain(itself)
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    pub(super) fn failure(&self, operation: Operation, problem: Problem) -> PortalFailure {
        let kubernetes = self.address.is_kubernetes();
        let portal = self.address.as_str().to_owned();
        PortalFailure {
            operation,
            portal,
            kubernetes,
            tries: 1,
            problem,
            signing_in: None,
            in_trouble: false,
            wanted_by: None,
            taken: Vec::new(),
        }
    }

    /// Sends a request and returns the whole answer, also where its status is no success. Repeatable operations are
    /// tried again where the connection fails, or where the portal answers 429, 502, 503 or 504.
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
            let is_busy = |answer: &HttpAnswer| matches!(answer.status, 429 | 502..=504);
            let (is_passing, after) = match &answered {
                Ok((answer, Some(after))) if is_busy(answer) && !self.is_in_time(*after) => {
                    return Err(fail(Problem::Later { status: answer.status, after: *after }));
                }
                Ok((answer, after)) => (is_busy(answer), *after),
                Err(problem) => (problem.is_connection(), None),
            };
            // A portal that says "at once" would be in the same trouble a moment later.
            let own = self.backoff(tries);
            let again =
                is_passing && tries <= retries && (self.machine.wait)(after.map_or(own, |after| after.max(own)));
            if !again {
                return answered.map(|(answer, _)| HttpAnswer { tries, ..answer }).map_err(fail);
            }
            tries += 1;
        }
    }

    /// The wait before a try: twice as long each time, and random, so that clients do not come back together.
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
        Err(Problem::RedirectLoop)
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

    /// Reads an answer, and the wait before the next try if the portal names one.
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
        // The part of an error answer that was read may still tell more than none.
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

/// Lets the runtime notice connections that the portal has closed. Between two requests nothing runs, and a portal
/// closes idle connections while the program waits or asks the user something. A request on such a connection would
/// be lost, and must not be sent again if it changes something. The first turn looks at the sockets, the second ends
/// the connections that were closed.
async fn notice_what_was_closed() {
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
}
