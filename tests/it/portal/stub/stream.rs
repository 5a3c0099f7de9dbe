//! A connection, with or without TLS, that can end in every way in which connections end.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

/// A connection that other threads can end.
pub(crate) struct Socket(pub Arc<TcpStream>);

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.0).read(buffer)
    }
}

impl Write for Socket {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        (&*self.0).write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self.0).flush()
    }
}

pub(crate) enum Stream {
    Plain(Socket),
    Tls(Box<StreamOwned<ServerConnection, Socket>>),
}

impl Stream {
    /// Wraps a connection. With a configuration it returns after the TLS handshake.
    pub(crate) fn accept(tcp: Arc<TcpStream>, tls: Option<&Arc<ServerConfig>>) -> io::Result<Self> {
        let Some(config) = tls else { return Ok(Self::Plain(Socket(tcp))) };
        let mut connection = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
        let mut socket = &*tcp;
        while connection.is_handshaking() {
            if let Err(error) = connection.complete_io(&mut socket) {
                linger(&tcp);
                return Err(error);
            }
        }
        Ok(Self::Tls(Box::new(StreamOwned::new(connection, Socket(tcp)))))
    }

    fn tcp(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => &socket.0,
            Self::Tls(stream) => &stream.sock.0,
        }
    }

    /// Ends the connection in good order: with TLS an alert `close_notify`, then the end of the stream.
    pub(crate) fn close(mut self) {
        if let Self::Tls(stream) = &mut self {
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
        linger(self.tcp());
    }

    /// Breaks the connection: the client gets a reset (RST) and no more bytes.
    pub(crate) fn reset(self) {
        reset(self.tcp());
    }
}

/// Makes the close that follows send a reset.
pub(crate) fn reset(tcp: &TcpStream) {
    SockRef::from(tcp).set_linger(Some(Duration::ZERO)).unwrap();
}

/// Ends the direction to the client, and reads until the client ends the other direction. Closing with unread bytes
/// would send a reset, which can overtake the last bytes of the answer.
fn linger(tcp: &TcpStream) {
    let _ = tcp.shutdown(Shutdown::Write);
    let _ = tcp.set_read_timeout(Some(Duration::from_millis(500)));
    let (mut tcp, mut unread) = (tcp, [0; 4096]);
    while matches!(tcp.read(&mut unread), Ok(1..)) {}
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(buffer),
            Self::Tls(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
