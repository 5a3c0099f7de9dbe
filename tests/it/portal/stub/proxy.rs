//! A forward proxy: CONNECT for https, whole URLs for http.

use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};

use super::http::{Reader, Request};
use super::listener::{Listener, Stop};
use super::recorder::Recorder;
use super::reply::Reply;
use super::stream::Socket;

pub(crate) struct Proxy {
    listener: Listener,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    recorder: Recorder,
    /// Hosts (`name:port`), each with the address to which the proxy connects instead.
    known: Mutex<Vec<(String, SocketAddr)>>,
    refusal: Option<u16>,
    /// The schemes of authentication that the proxy offers.
    schemes: Vec<String>,
}

impl Proxy {
    pub(crate) fn start() -> Self {
        Self::with(State::default())
    }

    /// A proxy that answers every request with this status: 407 if it demands authentication, or 502, 503.
    pub(crate) fn refusing(status: u16) -> Self {
        Self::with(State { refusal: Some(status), ..State::default() })
    }

    /// A proxy that demands authentication by one of these schemes: `Basic realm="x"`, `NTLM`.
    pub(crate) fn wanting(schemes: &[&str]) -> Self {
        let schemes = schemes.iter().map(|scheme| (*scheme).to_owned()).collect();
        Self::with(State { refusal: Some(407), schemes, ..State::default() })
    }

    fn with(state: State) -> Self {
        let state = Arc::new(state);
        let shared = Arc::clone(&state);
        let serve = move |tcp: Arc<TcpStream>, number, stop: Stop| drop(shared.serve(&tcp, number, &stop));
        Self { listener: Listener::start(serve), state }
    }

    /// Connects to this address for a host (`name:port`), so that a stub can have any host name.
    pub(crate) fn leads(&self, host: &str, to: SocketAddr) {
        self.state.known.lock().unwrap().push((host.to_owned(), to));
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.listener.address())
    }

    /// The requests that came. For https each is `CONNECT name:port` and nothing more.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.recorder.requests()
    }

    /// `METHOD TARGET` of each request.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.requests().iter().map(|request| format!("{} {}", request.method, request.target)).collect()
    }

    pub(crate) fn connections(&self) -> usize {
        self.listener.connections()
    }
}

impl State {
    fn dial(&self, host: &str) -> io::Result<TcpStream> {
        let known = self.known.lock().unwrap().iter().find(|(name, _)| name == host).map(|(_, address)| *address);
        match known {
            Some(address) => TcpStream::connect(address),
            None => TcpStream::connect(host),
        }
    }

    fn serve(&self, client: &Arc<TcpStream>, number: usize, stop: &Stop) -> io::Result<()> {
        let (mut reader, mut stream) = (Reader::default(), Socket(Arc::clone(client)));
        let Some(mut request) = reader.next(&mut stream)? else { return Ok(()) };
        (request.listener, request.connection) = ("proxy", number);
        self.recorder.heard(&request);
        if let Some(status) = self.refusal {
            let mut reply = Reply::html(status, &format!("HTTP Status {status}"));
            reply.headers.extend(self.schemes.iter().map(|scheme| ("Proxy-Authenticate".to_owned(), scheme.clone())));
            return reply.send(&mut stream, true, stop).map(drop);
        }
        let connect = request.method == "CONNECT";
        let (host, path) = match request.target.strip_prefix("http://") {
            _ if connect => (request.target.clone(), String::new()),
            Some(rest) => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                let host = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
                (host, format!("/{path}"))
            }
            None => return Reply::html(400, "HTTP Status 400").send(&mut stream, true, stop).map(drop),
        };
        let Ok(mut server) = self.dial(&host) else {
            return Reply::html(502, "HTTP Status 502").send(&mut stream, true, stop).map(drop);
        };
        if connect {
            stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            server.write_all(&reader.into_unread())?;
        } else {
            server.write_all(&forwarded(&request, &path))?;
        }
        tunnel(client, &server, stop);
        Ok(())
    }
}

/// The request as the proxy sends it on. A connection carries one request.
fn forwarded(request: &Request, path: &str) -> Vec<u8> {
    let mut bytes = format!("{} {path} HTTP/1.1\r\nConnection: close\r\n", request.method);
    let hop =
        ["connection", "proxy-connection", "proxy-authorization", "transfer-encoding", "content-length", "expect"];
    for (name, value) in request.headers.iter().filter(|(name, _)| !hop.contains(&name.to_lowercase().as_str())) {
        bytes += &format!("{name}: {value}\r\n");
    }
    bytes += &format!("Content-Length: {}\r\n\r\n", request.body.len());
    [bytes.as_bytes(), &request.body].concat()
}

/// Copies bytes in both directions until both ends are done.
fn tunnel(client: &TcpStream, server: &TcpStream, stop: &Stop) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            carry(client, server);
            // The server may keep its direction open for long.
            if stop.is_set() {
                let _ = server.shutdown(Shutdown::Both);
            }
        });
        carry(server, client);
    });
}

fn carry(mut from: &TcpStream, mut to: &TcpStream) {
    let carried = io::copy(&mut from, &mut to);
    // After a reset of one side the other side is ended too; after an orderly end the direction back stays open.
    let how = if carried.is_ok() { Shutdown::Write } else { Shutdown::Both };
    let _ = to.shutdown(how);
}
