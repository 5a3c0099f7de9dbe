//! A reply in HTTP: its content, and how its bytes are sent.

use std::io::{self, Write};
use std::time::Duration;

use serde_json::{Value, json};

use super::gzip;
use super::listener::Stop;

/// The shape of an error answer. Portals use both, mostly with HTTP status 200.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// `{"error": {"code", "message", "details"}}`
    #[default]
    Error,
    /// `{"status": "error", "messages": [], "code"}`
    Status,
}

impl Envelope {
    pub(crate) fn wrap(self, code: u16, message: &str, details: &[&str]) -> Value {
        match self {
            Self::Error => json!({"error": {"code": code, "message": message, "details": details}}),
            Self::Status => {
                let messages: Vec<&str> = std::iter::once(message).chain(details.iter().copied()).collect();
                json!({"status": "error", "messages": messages, "code": code})
            }
        }
    }
}

/// How the reply states the length of its body.
#[derive(Clone, Copy, Debug, Default)]
enum Framing {
    #[default]
    Length,
    Chunked,
    /// Not at all: the body ends where the connection ends.
    UntilClose,
}

#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    delivery: Delivery,
}

/// What happens to a connection after a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// It stays open for further requests.
    Whole,
    /// It is closed.
    Close,
    /// It is reset.
    Reset,
}

/// How the bytes of a reply are sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delivery {
    framing: Framing,
    pub(crate) gzip: bool,
    /// The pause before the first byte.
    pub(crate) delay: Duration,
    /// The bytes of the body that are sent at once, and the pause after them.
    pub(crate) trickle: Option<(usize, Duration)>,
    /// The number of bytes of the body after which the connection is closed.
    pub(crate) cut_at: Option<usize>,
    /// Whether it is reset then.
    pub(crate) reset: bool,
}

impl Delivery {
    pub(crate) fn chunked(&mut self) {
        self.framing = Framing::Chunked;
    }

    pub(crate) fn until_close(&mut self) {
        self.framing = Framing::UntilClose;
    }
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        Self { status, headers, body: body.into(), delivery: Delivery::default() }
    }

    /// A reply with status 200 and the type `application/json`.
    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json;charset=UTF-8", body)
    }

    pub(crate) fn value(value: &Value) -> Self {
        Self::json(value.to_string())
    }

    pub(crate) fn html(status: u16, title: &str) -> Self {
        let body =
            format!("<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n");
        Self::new(status, "text/html;charset=UTF-8", body)
    }

    pub(crate) fn error(envelope: Envelope, code: u16, message: &str, details: &[&str]) -> Self {
        Self::value(&envelope.wrap(code, message, details))
    }

    #[must_use]
    pub(crate) fn delivered(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }

    /// Sends the reply; `close` is whether the connection ends in any case.
    pub(crate) fn send(self, to: &mut impl Write, close: bool, stop: &Stop) -> io::Result<Sent> {
        let Delivery { framing, gzip, delay, trickle, cut_at, reset } = self.delivery;
        stop.sleep(delay);
        let body = if gzip { gzip::packed(&self.body) } else { self.body };
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if gzip {
            head += "Content-Encoding: gzip\r\n";
        }
        match framing {
            Framing::Length => head += &format!("Content-Length: {}\r\n", body.len()),
            Framing::Chunked => head += "Transfer-Encoding: chunked\r\n",
            Framing::UntilClose => {}
        }
        let close = close || matches!(framing, Framing::UntilClose);
        if close {
            head += "Connection: close\r\n";
        }
        to.write_all(format!("{head}\r\n").as_bytes())?;
        let sent = &body[..cut_at.unwrap_or(usize::MAX).min(body.len())];
        let (size, pause) = trickle.unwrap_or((64 << 10, Duration::ZERO));
        for some in sent.chunks(size.max(1)) {
            if stop.is_set() {
                return Ok(Sent::Close);
            }
            if matches!(framing, Framing::Chunked) {
                to.write_all(format!("{:x}\r\n", some.len()).as_bytes())?;
                to.write_all(some)?;
                to.write_all(b"\r\n")?;
            } else {
                to.write_all(some)?;
            }
            to.flush()?;
            stop.sleep(pause);
        }
        if cut_at.is_some() {
            return Ok(if reset { Sent::Reset } else { Sent::Close });
        }
        if matches!(framing, Framing::Chunked) {
            to.write_all(b"0\r\n\r\n")?;
        }
        to.flush()?;
        Ok(if close { Sent::Close } else { Sent::Whole })
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Something",
    }
}
