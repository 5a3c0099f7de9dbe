//! What the stub does with a request in place of the usual answer.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::gzip;
use super::http::Request;
use super::reply::{Delivery, Envelope, Reply};

/// A function that runs in the thread of the connection. The next step begins after it has returned.
pub(crate) type Hook = Arc<dyn Fn(&Request) + Send + Sync>;
type Change = Arc<dyn Fn(&mut Value) + Send + Sync>;

#[derive(Clone, Default)]
pub(crate) enum Outcome {
    /// The usual answer of the operation.
    #[default]
    Usual,
    /// This reply.
    Says(Reply),
    /// The connection is reset.
    Reset,
    /// The connection is closed without a byte.
    Close,
}

/// An answer is made by a constructor ([`usual`](Self::usual), [`json`](Self::json), [`reset`](Self::reset) …) and
/// changed by the methods after it. The operation is carried out only with `usual`, or with
/// [`after_carrying_out`](Self::after_carrying_out).
#[must_use]
#[derive(Clone, Default)]
pub(crate) struct Answer {
    pub(super) outcome: Outcome,
    pub(super) carried_out: bool,
    pub(super) refuses: Vec<String>,
    pub(super) before: Option<Hook>,
    pub(super) after: Option<Hook>,
    change: Option<Change>,
    encoded: Option<fn(&str) -> Vec<u8>>,
    headers: Vec<(String, String)>,
    delivery: Delivery,
}

/// The constructors.
impl Answer {
    /// The usual answer: the operation is carried out.
    pub(crate) fn usual() -> Self {
        Self::default()
    }

    pub(crate) fn reply(reply: Reply) -> Self {
        Self { outcome: Outcome::Says(reply), ..Self::default() }
    }

    /// An HTTP status with a page of HTML.
    pub(crate) fn status(status: u16) -> Self {
        Self::reply(Reply::html(status, &format!("HTTP Status {status}")))
    }

    /// Status 200 with this text as the body and JSON as its type, whether or not it is JSON.
    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::reply(Reply::json(body))
    }

    /// Status 200 with this content type.
    pub(crate) fn body(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::reply(Reply::new(200, content_type, body))
    }

    /// Status 200 with a page of HTML.
    pub(crate) fn html(title: &str) -> Self {
        Self::reply(Reply::html(200, title))
    }

    /// Status 200 with `{"error": {…}}`.
    pub(crate) fn error(code: u16, message: &str) -> Self {
        Self::reply(Reply::error(Envelope::Error, code, message, &[]))
    }

    /// Status 200 with `{"status": "error", …}`.
    pub(crate) fn status_error(code: u16, message: &str) -> Self {
        Self::reply(Reply::error(Envelope::Status, code, message, &[]))
    }

    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("Location", location)
    }

    /// 429 or 503, with `Retry-After` in seconds or as a date.
    pub(crate) fn busy(status: u16, retry_after: &str) -> Self {
        Self::status(status).header("Retry-After", retry_after)
    }

    /// The connection is reset once the request has been read.
    pub(crate) fn reset() -> Self {
        Self { outcome: Outcome::Reset, ..Self::default() }
    }

    /// The connection is closed, in good order, once the request has been read.
    pub(crate) fn close() -> Self {
        Self { outcome: Outcome::Close, ..Self::default() }
    }

    /// Status 200 with a small compressed body, which unpacks to this many MiB of spaces and then `end`.
    pub(crate) fn gzip_bomb(mebibytes: u32, end: &str) -> Self {
        Self::json(gzip::bomb(mebibytes, end.as_bytes())).header("Content-Encoding", "gzip")
    }
}

/// Changes to an answer.
impl Answer {
    /// The operation is carried out first, and this answer is sent in place of its own.
    pub(crate) fn after_carrying_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    /// `updateUserLicenseType` refuses these users, and moves the others.
    pub(crate) fn refusing(mut self, users: &[&str]) -> Self {
        self.refuses.extend(users.iter().map(|user| (*user).to_owned()));
        self
    }

    /// A function to call when the request has been read, before the operation is carried out.
    pub(crate) fn before(mut self, hook: impl Fn(&Request) + Send + Sync + 'static) -> Self {
        self.before = Some(Arc::new(hook));
        self
    }

    /// A function to call before the answer is sent, after the operation was carried out.
    pub(crate) fn after(mut self, hook: impl Fn(&Request) + Send + Sync + 'static) -> Self {
        self.after = Some(Arc::new(hook));
        self
    }

    /// A function that changes the JSON of the answer.
    pub(crate) fn with(mut self, change: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        self.change = Some(Arc::new(change));
        self
    }

    /// Encodes the text of the answer in another way.
    pub(crate) fn encoded(mut self, encoded: fn(&str) -> Vec<u8>) -> Self {
        self.encoded = Some(encoded);
        self
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn gzip(mut self) -> Self {
        self.delivery.gzip = true;
        self
    }

    /// Waits before the first byte of the answer.
    pub(crate) fn delayed(mut self, delay: Duration) -> Self {
        self.delivery.delay = delay;
        self
    }

    /// Sends the body in pieces of this many bytes, with a pause after each piece.
    pub(crate) fn trickled(mut self, bytes: usize, pause: Duration) -> Self {
        self.delivery.trickle = Some((bytes, pause));
        self
    }

    /// Closes the connection after this many bytes of the body; `Content-Length` is that of the whole body.
    pub(crate) fn cut_at(mut self, bytes: usize) -> Self {
        self.delivery.cut_at = Some(bytes);
        self
    }

    /// Resets the connection after this many bytes of the body.
    pub(crate) fn reset_at(mut self, bytes: usize) -> Self {
        self.delivery.reset = true;
        self.cut_at(bytes)
    }

    /// Sends the body in chunks, without its length.
    pub(crate) fn chunked(mut self) -> Self {
        self.delivery.chunked();
        self
    }

    /// Sends the body without its length: the body ends where the connection ends.
    pub(crate) fn until_close(mut self) -> Self {
        self.delivery.until_close();
        self
    }
}

impl Answer {
    /// The reply to send; `None` where the connection ends without a reply.
    pub(super) fn finish(&self, usual: Option<Reply>) -> Option<Reply> {
        let mut reply = match &self.outcome {
            Outcome::Usual => usual?,
            Outcome::Says(reply) => reply.clone(),
            Outcome::Reset | Outcome::Close => return None,
        };
        if let Some(change) = &self.change {
            let mut value = serde_json::from_slice(&reply.body).expect("only JSON can be changed");
            change(&mut value);
            reply.body = value.to_string().into_bytes();
        }
        if let Some(encoded) = self.encoded {
            reply.body = encoded(std::str::from_utf8(&reply.body).expect("only text can be encoded"));
        }
        reply.headers.extend(self.headers.iter().cloned());
        Some(reply.delivered(self.delivery.clone()))
    }
}
