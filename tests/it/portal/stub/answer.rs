//! What a portal does at a request instead of simply answering it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::gzip;
use super::http::Request;
use super::reply::{Delivery, Envelope, Reply};

/// Runs in the thread of the connection; what it does is done before the next step.
pub(crate) type Hook = Arc<dyn Fn(&Request) + Send + Sync>;
type Change = Arc<dyn Fn(&mut Value) + Send + Sync>;

#[derive(Clone, Default)]
pub(crate) enum Outcome {
    /// The operation's own answer.
    #[default]
    Usual,
    /// This one.
    Says(Reply),
    /// The connection is reset.
    Reset,
    /// The connection is closed without a byte.
    Close,
}

/// Put together from a start ([`usual`](Self::usual), [`json`](Self::json), [`reset`](Self::reset) …) and what is to be
/// different about it. All but `usual` leave the operation undone, unless [`after_carrying_out`](Self::after_carrying_out).
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

/// Where an answer starts.
impl Answer {
    /// The operation is carried out and answered.
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

    /// Status 200 with this text as JSON, whatever it is.
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

    /// Status 200 with a small body that unpacks to so many MiB of spaces, then `end`.
    pub(crate) fn gzip_bomb(mebibytes: u32, end: &str) -> Self {
        Self::json(gzip::bomb(mebibytes, end.as_bytes())).header("Content-Encoding", "gzip")
    }
}

/// What is different about it.
impl Answer {
    /// The operation is carried out first, and its own answer thrown away.
    pub(crate) fn after_carrying_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    /// `updateUserLicenseType` refuses these users, and moves the others.
    pub(crate) fn refusing(mut self, users: &[&str]) -> Self {
        self.refuses.extend(users.iter().map(|user| (*user).to_owned()));
        self
    }

    /// Called when the request has been read, before anything is done.
    pub(crate) fn before(mut self, hook: impl Fn(&Request) + Send + Sync + 'static) -> Self {
        self.before = Some(Arc::new(hook));
        self
    }

    /// Called when the operation has been carried out (where it is), before a byte is sent.
    pub(crate) fn after(mut self, hook: impl Fn(&Request) + Send + Sync + 'static) -> Self {
        self.after = Some(Arc::new(hook));
        self
    }

    /// Changes the JSON that goes out.
    pub(crate) fn with(mut self, change: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        self.change = Some(Arc::new(change));
        self
    }

    /// The text that goes out, in another encoding.
    pub(crate) fn encoded(mut self, encoded: fn(&str) -> Vec<u8>) -> Self {
        self.encoded = Some(encoded);
        self
    }

    /// One header more.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn gzip(mut self) -> Self {
        self.delivery.gzip = true;
        self
    }

    /// Waits before the first byte.
    pub(crate) fn delayed(mut self, delay: Duration) -> Self {
        self.delivery.delay = delay;
        self
    }

    /// Sends so many bytes of the body at once, with a pause after each.
    pub(crate) fn trickled(mut self, bytes: usize, pause: Duration) -> Self {
        self.delivery.trickle = Some((bytes, pause));
        self
    }

    /// Closes the connection after so many bytes of the body; the length promised is that of the whole.
    pub(crate) fn cut_at(mut self, bytes: usize) -> Self {
        self.delivery.cut_at = Some(bytes);
        self
    }

    /// Resets the connection after so many bytes of the body.
    pub(crate) fn reset_at(mut self, bytes: usize) -> Self {
        self.delivery.reset = true;
        self.cut_at(bytes)
    }

    /// The body in chunks, without its length.
    pub(crate) fn chunked(mut self) -> Self {
        self.delivery.chunked();
        self
    }

    /// The body without its length: it ends with the connection.
    pub(crate) fn until_close(mut self) -> Self {
        self.delivery.until_close();
        self
    }
}

impl Answer {
    /// The reply that goes out, `None` where there is none.
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
