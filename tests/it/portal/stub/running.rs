//! A portal that runs: where it is, what was asked of it, what has become of it.

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

/// Ends when it is dropped, and then fails the test if the client did what it must never do (see
/// [`violations`](Self::violations)).
pub(crate) struct Running {
    shared: Arc<Shared>,
    certificates: Option<Certificates>,
    server: Option<Server>,
    plain: Option<Server>,
    address: SocketAddr,
}

/// Where it is.
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

    /// The URL with another name for the host: one that leads nowhere, but for a proxy that knows it.
    pub(crate) fn url_at(&self, host: &str) -> String {
        let scheme = if self.certificates.is_some() { "https" } else { "http" };
        format!("{scheme}://{host}:{}{}", self.address.port(), self.shared.settings.context)
    }

    /// The URL of the second port, for http.
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

    /// What a client has to trust, in PEM.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.certificates().trusted
    }

    /// A file with [`ca_pem`](Self::ca_pem).
    pub(crate) fn ca_file(&self) -> PathBuf {
        self.certificates().trusted_file()
    }

    /// A client certificate that is let in, and the key for it.
    pub(crate) fn client_files(&self) -> (PathBuf, PathBuf) {
        (self.certificates().client_file(), self.certificates().client_key_file())
    }

    /// Another server under the same certificate, for redirects that must not be followed.
    pub(crate) fn elsewhere(&self) -> Elsewhere {
        Elsewhere::start(Some(Arc::clone(&self.certificates().server)))
    }
}

/// What was asked of it.
impl Running {
    /// All requests, in the order heard.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.recorder.requests()
    }

    pub(crate) fn requests_to(&self, op: Op) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.op == op).collect()
    }

    /// The operations, in the order asked for.
    pub(crate) fn ops(&self) -> Vec<Op> {
        self.requests().into_iter().map(|request| request.op).collect()
    }

    /// How many TCP connections were accepted, on both ports.
    pub(crate) fn connections(&self) -> usize {
        self.server.iter().chain(&self.plain).map(Server::connections).sum()
    }

    /// Why TLS handshakes failed, as the server sees it.
    pub(crate) fn failed_handshakes(&self) -> Vec<String> {
        self.shared.recorder.failed_handshakes()
    }

    /// What a client must never do and did: a secret in a URL or in a header where none belongs, a request that is no
    /// HTTP.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.shared.recorder.violations()
    }

    /// The same, and they no longer fail the test.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        self.shared.recorder.take_violations()
    }
}

/// What has become of it, and what else may happen to it.
impl Running {
    fn locked(&self) -> MutexGuard<'_, World> {
        self.shared.world.lock().unwrap()
    }

    /// Members, seats and accounts, for hooks that change them while a client is at work.
    pub(crate) fn world(&self) -> Arc<Mutex<World>> {
        Arc::clone(&self.shared.world)
    }

    pub(crate) fn members(&self) -> Vec<Member> {
        self.locked().members().to_vec()
    }

    pub(crate) fn user_type(&self, username: &str) -> Option<String> {
        self.locked().member(username).map(|member| member.user_type.clone())
    }

    /// How many members have a user type.
    pub(crate) fn assigned(&self, id: &str) -> u64 {
        self.locked().assigned(id)
    }

    /// Every change of user type that was made, in order.
    pub(crate) fn moved(&self) -> Vec<Moved> {
        self.locked().moved.clone()
    }

    /// Every request to change user types, with what came of it.
    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.shared.recorder.attempts()
    }

    /// Every change of user type that was asked for and not made.
    pub(crate) fn refused(&self) -> Vec<Refused> {
        self.locked().refused.clone()
    }

    /// Wrong passwords for that user in a row.
    pub(crate) fn failed_sign_ins(&self, username: &str) -> usize {
        self.locked().tokens.failures(username)
    }

    pub(crate) fn tokens_issued(&self) -> usize {
        self.locked().tokens.issued()
    }

    /// A token for that user, good with any `Referer`.
    pub(crate) fn token(&self, username: &str) -> String {
        self.locked().tokens.issue(username, None)
    }

    /// A token for that user, good with that `Referer` only.
    pub(crate) fn token_for_referer(&self, username: &str, referer: &str) -> String {
        self.locked().tokens.issue(username, Some(referer))
    }

    /// No token issued so far is good any more.
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

    /// As on the builder; requests heard so far count.
    pub(crate) fn script(&self, op: Op, when: When, answer: Answer) {
        self.shared.script.lock().unwrap().add(op, when, answer);
    }

    /// Forgets the script and its counts: a portal that has recovered.
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
