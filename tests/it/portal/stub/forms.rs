//! The two forms in which clients post: `application/x-www-form-urlencoded` and `multipart/form-data`.

use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::http::Request;

/// A field of a form.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// The name of the file, which makes the field a file. Only multipart fields have one.
    pub(crate) file_name: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    pub(crate) parts: Vec<Part>,
    pub(crate) multipart: bool,
}

impl Form {
    /// Reads the form in the body of a request. A request without body has an empty form; the error says why the body
    /// is no form.
    pub(crate) fn read(request: &Request) -> Result<Self, String> {
        let kind = request.header("content-type").unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let boundary = multer::parse_boundary(kind).map_err(|error| error.to_string())?;
            let parts = multipart(&request.body, boundary).map_err(|error| error.to_string())?;
            return Ok(Self { parts, multipart: true });
        }
        if request.body.is_empty() {
            return Ok(Self::default());
        }
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(format!("the content type '{kind}' is no form"));
        }
        let parts = form_urlencoded::parse(&request.body).map(|(name, value)| Part {
            name: name.into_owned(),
            file_name: None,
            bytes: value.as_bytes().to_vec(),
        });
        Ok(Self { parts: parts.collect(), multipart: false })
    }

    /// The first part with this name.
    pub(crate) fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The text of a field, which is a part without a file name. A portal takes a part with a file name for a file.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let part = self.part(name).filter(|part| part.file_name.is_none())?;
        std::str::from_utf8(&part.bytes).ok()
    }

    /// The bytes of a file, which is a part with a file name that is not empty.
    pub(crate) fn file(&self, name: &str) -> Option<&Part> {
        self.part(name).filter(|part| part.file_name.as_deref().is_some_and(|name| !name.is_empty()))
    }
}

fn multipart(body: &[u8], boundary: String) -> multer::Result<Vec<Part>> {
    let body = body.to_vec();
    let reading = async move {
        let mut parts = Vec::new();
        let stream = futures_util::stream::iter([Ok::<_, Infallible>(body)]);
        let mut form = multer::Multipart::new(stream, boundary);
        while let Some(field) = form.next_field().await? {
            let (name, file_name) = (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
            parts.push(Part { name, file_name, bytes: field.bytes().await?.to_vec() });
        }
        Ok(parts)
    };
    let mut reading = pin!(reading);
    // The whole body has been read, so the parser never waits.
    loop {
        if let Poll::Ready(parts) = reading.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return parts;
        }
    }
}
