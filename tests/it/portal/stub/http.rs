//! HTTP/1.1 as a server reads it.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use super::op::Op;

/// The most bytes of a head and of a body. No test sends more.
const MOST: usize = 64 << 20;

/// A request that the stub received.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The server that received it: `portal`, `portal (plain)`, `elsewhere` or `proxy`.
    pub(crate) listener: &'static str,
    /// The number of its TCP connection, from 1.
    pub(crate) connection: usize,
    /// Whether the connection has TLS.
    pub(crate) tls: bool,
    /// The operation of a portal that its path names.
    pub(crate) op: Op,
    pub(crate) method: String,
    /// The path and the query as the client sent them.
    pub(crate) target: String,
    /// The headers, names and values, in the order sent.
    pub(crate) headers: Vec<(String, String)>,
    /// The body; chunks are joined.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a header; the case of its name does not matter.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The target without its query.
    pub(crate) fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The first value of a key in the query.
    pub(crate) fn query(&self, key: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == key).map(|(_, value)| value.into_owned())
    }

    /// The value of a field of the form in the body, urlencoded or multipart.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let form = super::forms::Form::read(self).ok()?;
        form.part(name).map(|part| String::from_utf8_lossy(&part.bytes).into_owned())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    fn says(&self, name: &str, word: &str) -> bool {
        self.header(name).is_some_and(|value| value.to_ascii_lowercase().split(',').any(|one| one.trim() == word))
    }

    /// Whether the client asks to close the connection after the answer.
    pub(crate) fn wants_close(&self) -> bool {
        self.says("connection", "close")
    }
}

/// Reads one request after another from a connection.
#[derive(Default)]
pub(crate) struct Reader {
    unread: Vec<u8>,
}

impl Reader {
    /// The next request; `None` where the client ended the connection after the last one.
    pub(crate) fn next(&mut self, stream: &mut (impl Read + Write)) -> io::Result<Option<Request>> {
        let (mut request, length) = loop {
            if let Some(head) = head(&self.unread)? {
                break head;
            }
            if self.more(stream)? == 0 {
                return if self.unread.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
        };
        self.unread.drain(..length);
        if request.says("expect", "100-continue") {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            stream.flush()?;
        }
        request.body = if request.says("transfer-encoding", "chunked") {
            self.chunks(stream)?
        } else {
            let length = request.header("content-length").map_or(Ok(0), |length| length.trim().parse::<usize>());
            self.take(stream, length.map_err(bad)?)?
        };
        Ok(Some(request))
    }

    /// The bytes that were read after the end of the last request.
    pub(crate) fn into_unread(self) -> Vec<u8> {
        self.unread
    }

    fn more(&mut self, stream: &mut impl Read) -> io::Result<usize> {
        let mut some = [0; 16 << 10];
        let read = stream.read(&mut some)?;
        self.unread.extend_from_slice(&some[..read]);
        if self.unread.len() > MOST { Err(bad("too much")) } else { Ok(read) }
    }

    fn take(&mut self, stream: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
        while self.unread.len() < length {
            if self.more(stream)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(self.unread.drain(..length).collect())
    }

    fn chunks(&mut self, stream: &mut impl Read) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            match httparse::parse_chunk_size(&self.unread).map_err(|_| bad("a chunk's size"))? {
                httparse::Status::Partial => {
                    if self.more(stream)? == 0 {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                httparse::Status::Complete((start, size)) => {
                    self.unread.drain(..start);
                    body.extend(self.take(stream, usize::try_from(size).map_err(bad)?)?);
                    if self.take(stream, 2)? != b"\r\n" {
                        return Err(bad("a chunk's end"));
                    }
                    if size == 0 {
                        return Ok(body);
                    }
                }
            }
        }
    }
}

/// The head of a request and its length in bytes, once it is complete.
fn head(bytes: &[u8]) -> io::Result<Option<(Request, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = parsed.parse(bytes).map_err(bad)? else { return Ok(None) };
    let headers = parsed
        .headers
        .iter()
        .map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()))
        .collect();
    let (method, target) = (parsed.method.unwrap_or_default().to_owned(), parsed.path.unwrap_or_default().to_owned());
    let request =
        Request { listener: "", connection: 0, tls: false, op: Op::Other, method, target, headers, body: Vec::new() };
    Ok(Some((request, length)))
}

fn bad(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
