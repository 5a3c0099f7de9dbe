//! A stub that runs: its addresses, the requests that came, and the state of its members.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use super::answer::Answer;
use super::certificates::Certificates;
use super::elsewhere::Elsewhere;
use super::http::Request;
use super::member::{Member, Moved, Refused};
use super::op::Op;
use super::operations::{Shared, Side};
use super::recorder::Attempt;
use super::script::When;
use super::server::Server;
use super::world::World;

/// When it is dropped, it fails the test if the client did what a client must never do (see
/// [`violations`](Self::violations)).
pub(crate) struct Running {
    shared: Arc<Shared>,
    certificates: Option<Certificates>,
    server: Option<Server>,
    plain: Option<Server>,
    address: SocketAddr,
}

/// Addresses and certificates.
impl Running {
    pub(super) fn start(shared: Arc<Shared>, certificates: Option<Certificates>, also_plain: bool) -> Self {
        let config = certificates.as_ref().map(|certificates| Arc::clone(&certificates.server));
        let server = Server::start(
            config,
            Arc::new(Side { name: "portal", no_credentials: false, shared: Arc::clone(&shared) }),
        );
        let plain = also_plain.then(|| {
            Server::start(
                None,
                Arc::new(Side { name: "portal (plain)", no_credentials: true, shared: Arc::clone(&shared) }),
            )
        });
        let address = server.address();
        Self { shared, certificates, server: Some(server), plain, address }
    }

    /// `https://localhost:PORT/portal`
    pub(crate) fn url(&self) -> String {
        self.url_at("localhost")
    }

    /// `https://127.0.0.1:PORT/portal`
    pub(crate) fn url_by_address(&self) -> String {
        self.url_at("127.0.0.1")
    }

    /// The URL with another host name. Only a proxy that knows the name can lead there.
    pub(crate) fn url_at(&self, host: &str) -> String {
        let scheme = if self.certificates.is_some() { "https" } else { "http" };
        format!("{scheme}://{host}:{}{}", self.address.port(), self.shared.settings.context)
    }

    /// The URL of the second port, without TLS.
    pub(crate) fn plain_url(&self) -> String {
        let server = self.plain.as_ref().expect("also_plain()");
        format!("http://localhost:{}{}", server.address().port(), self.shared.settings.context)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    fn certificates(&self) -> &Certificates {
        self.certificates.as_ref().expect("a portal with TLS")
    }

    /// The certificate for clients to trust, in PEM.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.certificates().trusted
    }

    /// A file that holds [`ca_pem`](Self::ca_pem).
    pub(crate) fn ca_file(&self) -> PathBuf {
        self.certificates().trusted_file()
    }

    /// A client certificate that the stub accepts, and its key.
    pub(crate) fn client_files(&self) -> (PathBuf, PathBuf) {
        (self.certificates().client_file(), self.certificates().client_key_file())
    }

    /// Another server with the same certificate, for redirects that must not be followed.
    pub(crate) fn elsewhere(&self) -> Elsewhere {
        Elsewhere::start(Some(Arc::clone(&self.certificates().server)))
    }
}

/// The requests that came.
impl Running {
    /// All requests, in the order in which they came.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.recorder.requests()
    }

    pub(crate) fn requests_to(&self, op: Op) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.op == op).collect()
    }

    /// The operations of the requests, in the order in which they came.
    pub(crate) fn ops(&self) -> Vec<Op> {
        self.requests().into_iter().map(|request| request.op).collect()
    }

    /// The number of accepted TCP connections, on both ports.
    pub(crate) fn connections(&self) -> usize {
        self.server.iter().chain(&self.plain).map(Server::connections).sum()
    }

    /// Why TLS handshakes failed, in the words of the server's library.
    pub(crate) fn failed_handshakes(&self) -> Vec<String> {
        self.shared.recorder.failed_handshakes()
    }

    /// What the client did and must never do: a secret in a URL or in the wrong header, a request that is no HTTP.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.shared.recorder.violations()
    }

    /// The violations. After this call they do not fail the test.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        self.shared.recorder.take_violations()
    }
}

/// The state of the members, and changes to it.
impl Running {
    fn locked(&self) -> MutexGuard<'_, World> {
        self.shared.world.lock().unwrap()
    }

    /// The members, seats and accounts, for hooks that change them while a client is at work.
    pub(crate) fn world(&self) -> Arc<Mutex<World>> {
        Arc::clone(&self.shared.world)
    }

    pub(crate) fn members(&self) -> Vec<Member> {
        self.locked().members().to_vec()
    }

    pub(crate) fn user_type(&self, username: &str) -> Option<String> {
        self.locked().member(username).map(|member| member.user_type.clone())
    }

    /// The number of members with a user type.
    pub(crate) fn assigned(&self, id: &str) -> u64 {
        self.locked().assigned(id)
    }

    /// Every change of user type that was made, in order.
    pub(crate) fn moved(&self) -> Vec<Moved> {
        self.locked().moved.clone()
    }

    /// Every request to change user types, with the changes that it made.
    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.shared.recorder.attempts()
    }

    /// Every change of user type that was requested and not made.
    pub(crate) fn refused(&self) -> Vec<Refused> {
        self.locked().refused.clone()
    }

    /// The wrong passwords for a user since the last right one.
    pub(crate) fn failed_sign_ins(&self, username: &str) -> usize {
        self.locked().tokens.failures(username)
    }

    pub(crate) fn tokens_issued(&self) -> usize {
        self.locked().tokens.issued()
    }

    /// A token for a user, good with any `Referer`.
    pub(crate) fn token(&self, username: &str) -> String {
        self.locked().tokens.issue(username, None)
    }

    /// A token for a user, good with this `Referer` only.
    pub(crate) fn token_for_referer(&self, username: &str, referer: &str) -> String {
        self.locked().tokens.issue(username, Some(referer))
    }

    /// Makes every token issued so far invalid.
    pub(crate) fn revoke_tokens(&self) {
        self.locked().tokens.revoke_all();
    }

    /// Every password, and every token issued so far.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.locked().tokens.secrets()
    }

    pub(crate) fn put(&self, member: Member) {
        self.locked().put(member);
    }

    pub(crate) fn set_seats(&self, id: &str, seats: u64) {
        self.locked().set_seats(id, seats);
    }

    /// Sets answers like [`Portal::script`]. Requests that came before count too.
    pub(crate) fn script(&self, op: Op, when: When, answer: Answer) {
        self.shared.script.lock().unwrap().add(op, when, answer);
    }

    /// Removes all scripted answers and their counts, like a portal that has recovered.
    pub(crate) fn forget_script(&self) {
        *self.shared.script.lock().unwrap() = Default::default();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server = None;
        self.plain = None;
        self.shared.recorder.settle();
    }
}
