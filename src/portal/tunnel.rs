//! Why a proxy lets no request through. The HTTP library reports that it does not, but not why. So this module asks
//! the proxy once more, without the library and without credentials.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use crate::portal::{Address, Problem, Proxy, TlsProblem, TlsRemedy, challenge, tls_words};

/// The schemes that are shown by name. Any other text may be anything, even the password.
const SCHEMES: [&str; 7] = ["Basic", "Bearer", "Digest", "Kerberos", "Negotiate", "NTLM", "OAuth"];

/// The longest wait for the proxy.
const PATIENCE: Duration = Duration::from_secs(5);

/// The most bytes of the head of an answer.
const LONGEST: usize = 16 << 10;

/// Whether connections are accepted at this address, whatever follows.
pub(super) fn takes_connections(address: &Address) -> bool {
    let (host, port) = address.host();
    connect(host, port).is_ok()
}

/// The problem of a connection through a proxy: which proxy, and what it does. The portal itself was not reached.
/// With a proxy over https, a TLS problem may be that of the proxy.
pub(super) fn explain(proxy: &Proxy, address: &Address, tls: &ClientConfig, problem: Problem) -> Problem {
    let variable = proxy.variable;
    let failed = |why: String, timed_out| Problem::NoProxy { proxy: proxy.place(), why, timed_out, remedy: None };
    match problem {
        Problem::Tls(_) if proxy.url.scheme() == "https" => match ask(proxy, address, tls) {
            Err(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                Some(error) => {
                    let TlsProblem { words, remedy, .. } = tls_words::explain(error, false);
                    // The proxy is named by the variable, not by the URL of the portal.
                    let (words, remedy) = match remedy {
                        Some(TlsRemedy::HostName) => {
                            (format!("the proxy's certificate is for another host name than that in {variable}"), None)
                        }
                        other => (words.replace("the portal", "the proxy"), other),
                    };
                    let why = format!("fails at TLS: {words}");
                    Problem::NoProxy { proxy: proxy.place(), why, timed_out: false, remedy }
                }
                None => problem,
            },
            Ok(_) => problem,
        },
        Problem::NoConnection(time) => failed(
            format!(
                "gives no connection within {} s: it does not answer, or does not reach the portal; are {variable} and the port in \
                 the URL right?",
                time.as_secs_f64()
            ),
            true,
        ),
        Problem::CannotConnect(said) => refusal(proxy, address, tls, &said).unwrap_or_else(|| {
            let why = if said.contains("unexpected end of file") {
                "ends the connection without an answer".to_owned()
            } else if said.contains("tunnel error") {
                "does not answer as a proxy does".to_owned()
            } else {
                format!("cannot be reached, or breaks the connection ({said})")
            };
            failed(format!("{why}; is {variable} right?"), false)
        }),
        other => other,
    }
}

/// The problem that the proxy's answer stands for, if the proxy refused the tunnel to the portal.
fn refusal(proxy: &Proxy, address: &Address, tls: &ClientConfig, said: &str) -> Option<Problem> {
    let wants_sign_in = said.contains("proxy authorization required");
    if !wants_sign_in && !said.contains("tunnel error: unsuccessful") {
        return None;
    }
    let head = ask(proxy, address, tls).unwrap_or_default();
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse::<u16>().ok());
    let status = if wants_sign_in { 407 } else { status? };
    if status == 200 {
        return None;
    }
    let signs_in = proxy.url.password().is_some() || !proxy.url.username().is_empty();
    let headers = head.lines().filter_map(|line| line.split_once(':'));
    let offers = headers.filter(|(name, _)| name.trim().eq_ignore_ascii_case("proxy-authenticate"));
    let offers = challenge::schemes(offers.map(|(_, value)| value));
    let variable = proxy.variable;
    let advice = match status {
        407 if !offers.is_empty() && !offers.iter().any(|offer| offer.eq_ignore_ascii_case("basic")) => format!(
            "it wants to be signed in to by {}, which does not work with seatline (Basic does): put a local proxy in between that \
             does it (cntlm, px), or have the portal's host excepted (NO_PROXY)",
            named(&offers)
        ),
        407 if signs_in => format!("it refuses the user name and password in {variable}"),
        407 => format!("it wants to be signed in to: {variable}=http://USER:PASSWORD@HOST:PORT"),
        403 => "it does not allow this host: ask whoever runs the proxy, or try NO_PROXY".to_owned(),
        502..=504 => "it does not reach the portal: is the URL right?".to_owned(),
        _ => format!("is {variable} right?"),
    };
    Some(Problem::Proxy { proxy: proxy.place(), status, advice })
}

/// The known schemes among those that the proxy offers.
fn named(offers: &[String]) -> String {
    let known = |offer: &String| SCHEMES.into_iter().find(|scheme| offer.eq_ignore_ascii_case(scheme));
    let known: Vec<_> = offers.iter().filter_map(known).collect();
    if known.is_empty() { "a scheme that is not known".to_owned() } else { known.join(" or ") }
}

/// A connection that is made in time.
fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let unknown = || io::Error::from(io::ErrorKind::NotFound);
    let place = (host.trim_matches(['[', ']']), port).to_socket_addrs()?.next().ok_or_else(unknown)?;
    let stream = TcpStream::connect_timeout(&place, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// The head of the proxy's answer to `CONNECT`.
///
/// # Errors
/// An error where the proxy does not answer, or its certificate is not trusted.
fn ask(proxy: &Proxy, address: &Address, tls: &ClientConfig) -> io::Result<String> {
    let host = proxy.url.host_str().unwrap_or_default();
    let mut stream = connect(host, proxy.url.port_or_known_default().unwrap_or_default())?;
    if proxy.url.scheme() == "http" {
        return head(&mut stream, address);
    }
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(io::Error::other)?;
    let connection = ClientConnection::new(Arc::new(tls.clone()), name).map_err(io::Error::other)?;
    head(&mut StreamOwned::new(connection, stream), address)
}

fn head(stream: &mut (impl Read + Write), address: &Address) -> io::Result<String> {
    let (host, port) = address.host();
    stream.write_all(format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n").as_bytes())?;
    let mut head = Vec::new();
    let mut some = [0; 1024];
    while head.len() < LONGEST && !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut some) {
            Ok(length @ 1..) => head.extend_from_slice(some.get(..length).unwrap_or_default()),
            Ok(0) => break,
            // The part that came before tells enough.
            Err(_) if !head.is_empty() => break,
            Err(error) => return Err(error),
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
