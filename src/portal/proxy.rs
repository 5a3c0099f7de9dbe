//! The proxy between this machine and the portal, by the variables that other programs read too.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use crate::portal::{Address, Secret};

/// A proxy for https: `http://[USER:PASSWORD@]HOST:PORT`.
#[derive(Clone)]
pub struct Proxy {
    pub(super) url: Url,
    /// The variable that names the proxy.
    pub(super) variable: &'static str,
}

/// Why a variable names no usable proxy. The message does not repeat the value, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyError {
    /// The value is no URL.
    #[error("{0}: this is no URL of a proxy ({1}): it should be http://HOST:PORT")]
    NotUrl(&'static str, String),
    /// The proxy is a SOCKS proxy.
    #[error(
        "{0}: SOCKS proxies do not work with seatline: name an http:// proxy, or unset it and tunnel in another way"
    )]
    Socks(&'static str),
    /// The scheme is neither http nor https.
    #[error("{0}: a proxy is asked over http or https, not {1}")]
    Scheme(&'static str, String),
}

/// The variables in the order in which curl reads them.
const PROXY: &[&str] = if cfg!(windows) {
    // Windows knows one name in any case.
    &["HTTPS_PROXY", "ALL_PROXY"]
} else {
    &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
};
const NO_PROXY: [&str; 2] = ["no_proxy", "NO_PROXY"];

impl Proxy {
    /// The proxy for a portal. Plain http goes without a proxy: it stays on this machine, or anybody on the way can
    /// read it.
    ///
    /// # Errors
    /// A [`ProxyError`] where a variable names an unusable proxy. Going without it would show the portal to people
    /// whom nobody meant to see it.
    pub fn choose(address: &Address, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<Self>, ProxyError> {
        let set = |names: &[&'static str]| {
            names.iter().find_map(|name| Some((*name, variable(name).filter(|value| !value.trim().is_empty())?)))
        };
        let Some((name, value)) = set(PROXY) else { return Ok(None) };
        if address.is_plain_http() {
            return Ok(None);
        }
        let url = read(value.trim()).map_err(|why| ProxyError::NotUrl(name, why))?;
        let (host, port) = address.host();
        if set(&NO_PROXY).is_some_and(|(_, list)| is_listed(&list, host, port)) {
            return Ok(None);
        }
        match url.scheme() {
            "http" | "https" => Ok(Some(Self { url, variable: name })),
            socks if socks.starts_with("socks") => Err(ProxyError::Socks(name)),
            other => Err(ProxyError::Scheme(name, other.to_owned())),
        }
    }

    /// The password of the proxy.
    pub(super) fn secret(&self) -> Option<Secret> {
        let password = self.url.password()?;
        let plain = percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned();
        Some(Secret::new(plain))
    }

    /// The host and port, without user name and password.
    pub(super) fn place(&self) -> String {
        let port = self.url.port_or_known_default().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{port}", self.url.host_str().unwrap_or_default())
    }
}

/// Reads the URL of a proxy, or `HOST:PORT`. Without a scheme the port is required, since `DIRECT` is no host, and
/// `http//proxy` no proxy at `http`.
fn read(value: &str) -> Result<Url, String> {
    let url = |value: &str| Url::parse(value).map_err(|error| error.to_string());
    if value.contains("://") {
        let url = url(value)?;
        // A password that holds `#`, `/` or `?` ends the URL early, and the user name would be taken for the host.
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        let advice = "a proxy has no path; #, / and ? of a password are %23, %2F and %3F";
        return if is_bare { Ok(url) } else { Err(advice.to_owned()) };
    }
    let value = value.trim_end_matches('/');
    if value.contains(['/', '?', '#']) {
        return Err("it has a path and no scheme".to_owned());
    }
    let place = value.rsplit_once('@').map_or(value, |(_, place)| place);
    let digits = place.rsplit_once(':').map_or("", |(_, digits)| digits);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("it has neither scheme nor port".to_owned());
    }
    url(&format!("http://{value}"))
}

/// Prints neither user name nor password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Proxy").field(&self.place()).finish()
    }
}

/// Whether a host is on the list of `NO_PROXY`. `*` is every host. A name, also with a dot or `*.` before it, is that
/// host and all below it. An address may be a network (`10.0.0.0/8`). An entry with a port applies to that port only.
fn is_listed(list: &str, host: &str, port: u16) -> bool {
    let plain = |host: &str| host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase();
    let host = plain(host);
    list.split([',', ' ', '\t', '\n']).filter(|entry| !entry.is_empty()).any(|entry| {
        let (name, only) = match entry.rsplit_once(':') {
            Some((name, digits)) if !name.contains(':') || name.ends_with(']') => match digits.parse::<u16>() {
                Ok(digits) => (name, Some(digits)),
                Err(_) => return false,
            },
            _ => (entry, None),
        };
        let name = plain(name.trim_start_matches("*.").trim_start_matches('.'));
        if only.is_some_and(|only| only != port) || name.is_empty() {
            return false;
        }
        name == "*" || name == host || is_in_network(&host, &name) || is_below(&host, &name)
    })
}

fn is_below(host: &str, domain: &str) -> bool {
    host.parse::<IpAddr>().is_err() && host.strip_suffix(domain).is_some_and(|before| before.ends_with('.'))
}

fn is_in_network(host: &str, network: &str) -> bool {
    let Some((network, bits)) = network.split_once('/') else { return false };
    let (Ok(host), Ok(network), Ok(bits)) = (host.parse(), network.parse(), bits.parse::<u32>()) else { return false };
    match (host, network) {
        (IpAddr::V4(host), IpAddr::V4(network)) if bits <= 32 => {
            (host.to_bits() ^ network.to_bits()).checked_shr(32 - bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(host), IpAddr::V6(network)) if bits <= 128 => {
            (host.to_bits() ^ network.to_bits()).checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_proxy_is_read_as_curl_reads_it() {
        for (list, host, port, expected) in [
            ("*", "gis.example.com", 443, true),
            ("example.com", "gis.example.com", 443, true),
            (".example.com", "gis.example.com", 443, true),
            ("*.example.com", "gis.example.com", 443, true),
            ("EXAMPLE.com.", "gis.example.COM", 443, true),
            ("example.com", "gisexample.com", 443, false),
            ("a.example, gis.example.com:7443", "gis.example.com", 7443, true),
            ("gis.example.com:7443", "gis.example.com", 443, false),
            ("gis.example.com:x", "gis.example.com", 443, false),
            ("127.0.0.1 10.0.0.0/8", "10.1.2.3", 443, true),
            ("10.0.0.0/8", "11.1.2.3", 443, false),
            ("0.0.0.0/0", "11.1.2.3", 443, true),
            ("10.0.0.0/33", "10.0.0.0", 443, false),
            ("1", "10.0.0.1", 443, false),
            ("[::1]:7443", "[::1]", 7443, true),
            ("::1", "[::1]", 7443, true),
            ("fd00::/8", "[fd12::1]", 443, true),
            (" , ", "gis.example.com", 443, false),
            ("", "gis.example.com", 443, false),
        ] {
            assert_eq!(is_listed(list, host, port), expected, "{list} {host}:{port}");
        }
    }

    #[test]
    fn what_names_no_proxy_is_an_error_and_not_repeated() {
        let address = Address::parse("https://gis.example.com/portal", None, false).unwrap();
        for (value, expected) in [
            ("http://joe:p4ss@[", "no URL"),
            ("http://joe:p4ss@proxy:99999", "no URL"),
            ("socks5h://joe:p4ss@proxy:1080", "SOCKS"),
            ("ftp://joe:p4ss@proxy", "ftp"),
            ("http://joe:2024#p4ss@proxy:9", "%23"),
            ("http://joe:2024/p4ss@proxy:9", "%2F"),
            ("http://joe:2024?p4ss@proxy:9", "%3F"),
            (r"http://joe:2024\p4ss@proxy:9", "no URL"),
            ("DIRECT", "no URL"),
            ("none", "no URL"),
            ("joe:p4ss@proxy", "no URL"),
            ("http//joe:p4ss@proxy:8080", "no URL"),
            ("http:/proxy:8080", "no URL"),
            ("//proxy:8080", "no URL"),
            ("[::1]", "no URL"),
            ("socks5:proxy:1080", "no URL"),
            ("http=proxy:8080;https=proxy:8080", "no URL"),
        ] {
            let error = Proxy::choose(&address, &|name| (name == "HTTPS_PROXY").then(|| value.to_owned())).unwrap_err();
            let text = error.to_string();
            assert!(text.contains(expected) && text.contains("HTTPS_PROXY") && !text.contains("p4ss"), "{text}");
        }
        for (value, expected) in [
            ("proxy:8080", "proxy:8080"),
            ("joe:p4ss@proxy:8080/", "proxy:8080"),
            ("[::1]:3128", "[::1]:3128"),
            ("http://joe:p4ss@proxy", "proxy:80"),
        ] {
            let proxy =
                Proxy::choose(&address, &|name| (name == "ALL_PROXY").then(|| value.to_owned())).unwrap().unwrap();
            assert_eq!(format!("{proxy:?}"), format!("Proxy({expected:?})"));
        }
        assert!(Proxy::choose(&address, &|_| None).unwrap().is_none());
    }

    #[test]
    fn no_proxy_is_asked_before_a_proxy_that_does_not_work_is_refused() {
        let address = Address::parse("https://gis.example.com/portal", None, false).unwrap();
        let chosen = |proxy: &str, list: &str| {
            Proxy::choose(&address, &|name| match name {
                "ALL_PROXY" => Some(proxy.to_owned()),
                "no_proxy" => Some(list.to_owned()),
                _ => None,
            })
        };
        for proxy in ["socks5://proxy:1080", "ftp://proxy"] {
            assert!(chosen(proxy, "*.example.com").unwrap().is_none());
            assert!(chosen(proxy, "other.example.com").is_err());
        }
        // A value that cannot be read is an error for every host.
        assert!(chosen("http://[", "*").is_err());
    }
}
