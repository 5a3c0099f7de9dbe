//! Serves HTTP on a listener: reads requests, and sends the answers of a service.

use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;

use super::http::{Reader, Request};
use super::listener::{Listener, Stop};
use super::recorder::Recorder;
use super::reply::{Reply, Sent};
use super::stream::{self, Stream};

/// What happens to a request.
pub(crate) enum Verdict {
    Reply(Box<Reply>),
    Reset,
    Close,
}

/// What happens to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Greeting {
    Serve,
    Reset,
    /// Nothing is sent on it, not even TLS.
    Silence,
}

pub(crate) trait Service: Send + Sync + 'static {
    /// The name of the server in recorded requests.
    fn name(&self) -> &'static str;

    fn recorder(&self) -> &Recorder;

    /// What happens to a connection before anything is read from it.
    fn greet(&self, connection: usize) -> Greeting {
        let _ = connection;
        Greeting::Serve
    }

    /// Records the request, and returns what happens to it.
    fn answer(&self, request: Request) -> Verdict;
}

pub(crate) struct Server {
    listener: Listener,
}

impl Server {
    /// Serves with TLS if there is a configuration for it.
    pub(crate) fn start<S: Service>(tls: Option<Arc<ServerConfig>>, service: Arc<S>) -> Self {
        let serve = move |tcp, number, stop| connection(tcp, number, &stop, tls.as_ref(), &*service);
        Self { listener: Listener::start(serve) }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    pub(crate) fn connections(&self) -> usize {
        self.listener.connections()
    }
}

fn connection(tcp: Arc<TcpStream>, number: usize, stop: &Stop, tls: Option<&Arc<ServerConfig>>, service: &dyn Service) {
    match service.greet(number) {
        Greeting::Serve => {}
        Greeting::Reset => return stream::reset(&tcp),
        Greeting::Silence => return stop.sleep(Duration::MAX),
    }
    let mut stream = match Stream::accept(tcp, tls) {
        Ok(stream) => stream,
        Err(error) => return service.recorder().failed_handshake(error.to_string()),
    };
    let mut reader = Reader::default();
    while !stop.is_set() {
        let mut request = match reader.next(&mut stream) {
            Ok(Some(request)) => request,
            Ok(None) => break,
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                service.recorder().violation(format!("a request that is no HTTP: {error}"));
                let _ = Reply::html(400, "HTTP Status 400").send(&mut stream, true, stop);
                break;
            }
            // The client is gone.
            Err(_) => return,
        };
        request.listener = service.name();
        request.connection = number;
        request.tls = tls.is_some();
        let close = request.wants_close();
        match service.answer(request) {
            Verdict::Reply(reply) => match reply.send(&mut stream, close, stop) {
                Ok(Sent::Whole) => {}
                Ok(Sent::Close) => break,
                Ok(Sent::Reset) => return stream.reset(),
                Err(_) => return,
            },
            Verdict::Reset => return stream.reset(),
            Verdict::Close => break,
        }
    }
    stream.close();
}
