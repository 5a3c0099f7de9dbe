//! Another host, to which redirects lead that must not be followed.

use std::sync::Arc;

use rustls::ServerConfig;

use super::http::Request;
use super::recorder::Recorder;
use super::reply::Reply;
use super::secrets;
use super::server::{Server, Service, Verdict};

/// Answers every request with `{"elsewhere":true}`. When it is dropped, it fails the test if it ever received
/// credentials.
pub(crate) struct Elsewhere {
    tls: bool,
    recorder: Arc<Recorder>,
    server: Option<Server>,
}

struct Listening(Arc<Recorder>);

impl Elsewhere {
    /// A host without TLS.
    pub(crate) fn plain() -> Self {
        Self::start(None)
    }

    pub(super) fn start(tls: Option<Arc<ServerConfig>>) -> Self {
        let recorder = Arc::<Recorder>::default();
        let (is_tls, listening) = (tls.is_some(), Listening(Arc::clone(&recorder)));
        Self { tls: is_tls, recorder, server: Some(Server::start(tls, Arc::new(listening))) }
    }

    /// The URL of a path: `https://127.0.0.1:PORT` and the path.
    pub(crate) fn url(&self, path: &str) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.server.as_ref().unwrap().address())
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.recorder.requests()
    }

    pub(crate) fn connections(&self) -> usize {
        self.server.as_ref().unwrap().connections()
    }

    /// The requests with credentials. After this call they do not fail the test.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        self.recorder.take_violations()
    }
}

impl Service for Listening {
    fn name(&self) -> &'static str {
        "elsewhere"
    }

    fn recorder(&self) -> &Recorder {
        &self.0
    }

    fn answer(&self, request: Request) -> Verdict {
        self.0.heard(&request);
        secrets::credentials(&request).into_iter().for_each(|what| self.0.violation(what));
        Verdict::Reply(Box::new(Reply::json(r#"{"elsewhere":true}"#)))
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.server = None;
        self.recorder.settle();
    }
}
