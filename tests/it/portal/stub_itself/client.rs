//! A client that sends exactly the bytes it is given, one request a connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

use crate::portal::stub::{ADMIN, PASSWORD, Running};

pub(super) const REFERER: &str = "https://gis.example.invalid/portal";

/// The answer, and how the connection ended.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
    /// How the connection ended, if not in good order.
    pub(super) error: Option<io::ErrorKind>,
}

impl Got {
    fn new(bytes: &[u8], error: Option<io::ErrorKind>) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, _) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let body = bytes.get(head.len() + 4..).unwrap_or_default().to_vec();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body, error }
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of an error answer in either shape. Such an answer has HTTP status 200.
    pub(super) fn code(&self) -> Option<i64> {
        let value = self.json();
        let code = value["error"]["code"].as_i64().or_else(|| value["code"].as_i64());
        assert_eq!(self.status, 200, "{self:?}");
        code
    }
}

/// A request to a path below the portal's context.
#[derive(Clone)]
pub(super) struct Ask {
    method: &'static str,
    path: String,
    headers: String,
    body: Vec<u8>,
}

impl Ask {
    pub(super) fn get(path: &str) -> Self {
        Self { method: "GET", path: path.to_owned(), headers: String::new(), body: Vec::new() }
    }

    /// A form, urlencoded.
    pub(super) fn post(path: &str, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Self::raw(path, "application/x-www-form-urlencoded", &body)
    }

    /// A multipart form: the parameters of each part's `Content-Disposition`, and its bytes.
    pub(super) fn multipart(path: &str, parts: &[(&str, &str)]) -> Self {
        let mut body = String::new();
        for (parameters, content) in parts {
            body += &format!("--frontier\r\nContent-Disposition: form-data; {parameters}\r\n\r\n{content}\r\n");
        }
        body += "--frontier--\r\n";
        Self::raw(path, "multipart/form-data; boundary=frontier", &body)
    }

    /// Any other body.
    pub(super) fn raw(path: &str, content_type: &str, body: &str) -> Self {
        Self { method: "POST", body: body.as_bytes().to_vec(), ..Self::get(path) }.header("Content-Type", content_type)
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers += &format!("{name}: {value}\r\n");
        self
    }

    pub(super) fn referer(self) -> Self {
        self.header("Referer", REFERER)
    }

    pub(super) fn bearer(self, token: &str) -> Self {
        self.referer().header("X-Esri-Authorization", &format!("Bearer {token}"))
    }

    pub(super) fn bytes(&self, context: &str, last: bool) -> Vec<u8> {
        let Self { method, path, headers, body } = self;
        let close = if last { "Connection: close\r\n" } else { "" };
        let length = body.len();
        let head = format!(
            "{method} {context}{path} HTTP/1.1\r\nHost: localhost\r\n{close}{headers}Content-Length: {length}\r\n\r\n"
        );
        [head.as_bytes(), body].concat()
    }

    /// Sends the request to the portal, and reads the whole answer.
    pub(super) fn of(&self, portal: &Running) -> Got {
        let (bytes, error) = exchange(portal, &self.bytes("/portal", true));
        Got::new(&bytes, error)
    }
}

/// Sends bytes over a new connection, and reads the whole answer.
pub(super) fn exchange(portal: &Running, bytes: &[u8]) -> (Vec<u8>, Option<io::ErrorKind>) {
    let tcp = TcpStream::connect(portal.address()).unwrap();
    if portal.url().starts_with("http:") {
        return over(tcp, bytes);
    }
    let connection = ClientConnection::new(config(portal, false), "localhost".try_into().unwrap()).unwrap();
    over(StreamOwned::new(connection, tcp), bytes)
}

/// The same without TLS, to any address.
pub(super) fn exchange_plain(address: &str, bytes: &[u8]) -> Got {
    let (bytes, error) = over(TcpStream::connect(address).unwrap(), bytes);
    Got::new(&bytes, error)
}

/// The result of the handshake and a first request with this host name; the error has the words of rustls.
pub(super) fn greet(portal: &Running, tcp: TcpStream, name: &str, with_client: bool) -> Result<u16, String> {
    let name: ServerName<'static> = name.to_owned().try_into().unwrap();
    let connection = ClientConnection::new(config(portal, with_client), name).unwrap();
    let mut stream = StreamOwned::new(connection, tcp);
    stream.write_all(&Ask::get("/sharing/rest?f=json").bytes("/portal", true)).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(Got::new(&bytes, None).status)
}

fn over(mut stream: impl Read + Write, bytes: &[u8]) -> (Vec<u8>, Option<io::ErrorKind>) {
    let mut read = Vec::new();
    let result = stream.write_all(bytes).and_then(|()| stream.flush()).and_then(|()| {
        loop {
            let mut some = [0; 4096];
            match stream.read(&mut some)? {
                0 => return Ok(()),
                n => read.extend_from_slice(&some[..n]),
            }
        }
    });
    (read, result.err().map(|error| error.kind()))
}

fn config(portal: &Running, with_client: bool) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(portal.ca_pem().as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let builder = builder.with_root_certificates(roots);
    if !with_client {
        return Arc::new(builder.with_no_client_auth());
    }
    let (certificate, key) = portal.client_files();
    let certificate = CertificateDer::from_pem_file(certificate).unwrap();
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    Arc::new(builder.with_client_auth_cert(vec![certificate], key).unwrap())
}

/// A token for the administrator, bound to [`REFERER`].
pub(super) fn sign_in(portal: &Running) -> String {
    let got = credentials(ADMIN, PASSWORD).of(portal);
    got.json()["token"].as_str().unwrap_or_else(|| panic!("{got:?}")).to_owned()
}

/// The request for a token.
pub(super) fn credentials(username: &str, password: &str) -> Ask {
    let fields = [
        ("username", username),
        ("password", password),
        ("client", "referer"),
        ("referer", REFERER),
        ("expiration", "60"),
        ("f", "json"),
    ];
    Ask::post("/sharing/rest/generateToken", &fields)
}
