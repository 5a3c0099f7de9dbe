//! How a portal is reached: the options of every command that asks one.

use std::hash::{BuildHasher, RandomState};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::portal::{
    Address, Client, Credentials, DEFAULT_ORG, Limits, PortalFailure, Proxy, Secret, Session, Surroundings, Trust,
};
use crate::source::{Failure, FailureCode};
use clap::{Args, ValueHint};
use zeroize::Zeroizing;

use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::settings::now;

/// An argument that must not be there, and is not kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unread;

#[allow(clippy::unnecessary_wraps, reason = "clap wants to hear of errors")]
fn unread(_: &str) -> Result<Unread, std::convert::Infallible> {
    Ok(Unread)
}

/// How the portal is reached.
#[derive(Debug, Args)]
#[command(next_help_heading = "Portal")]
pub(crate) struct ConnectArgs {
    /// The portal: https://HOST/CONTEXT [env: SEATLINE_URL]
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) url: Option<String>,
    /// The user to sign in as; the password comes from SEATLINE_PASSWORD, --password-file or a prompt
    /// [env: SEATLINE_USERNAME]
    #[arg(long, value_name = "NAME", conflicts_with = "token_file")]
    pub(crate) user: Option<String>,
    /// A file with the password, or - for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "token_file")]
    pub(crate) password_file: Option<PathBuf>,
    /// A file with a token, or - for standard input; else SEATLINE_TOKEN is taken
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) token_file: Option<PathBuf>,
    /// Refused: whoever lists the processes reads it
    #[arg(long, hide = true, value_name = "PASSWORD", num_args = 0..=1, default_missing_value = "", value_parser = unread)]
    password: Option<Unread>,
    /// Refused, as a password is
    #[arg(long, hide = true, value_name = "TOKEN", num_args = 0..=1, default_missing_value = "", value_parser = unread)]
    token: Option<Unread>,
    /// The referer for which a token was made elsewhere [default: the URL of the portal]
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) referer: Option<String>,
    /// A certificate to trust besides the usual ones: of a CA, or the portal's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) ca_cert: Option<PathBuf>,
    /// The certificate to show to a portal that wants one (PEM)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) client_cert: Option<PathBuf>,
    /// Its key, where it is not in the same file (PEM)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "client_cert")]
    pub(crate) client_key: Option<PathBuf>,
    /// Trust whoever answers. Nothing is signed in to, and no answer can be relied on
    #[arg(long, conflicts_with_all = ["user", "password_file", "token_file", "client_cert"])]
    pub(crate) insecure: bool,
    /// Send all of it unencrypted where the URL says http
    #[arg(long)]
    pub(crate) allow_http: bool,
    /// How long one request may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) timeout: u64,
    /// How often a request is sent again after a failed connection or HTTP 429, 502, 503 or 504; nothing that changes the
    /// portal ever is
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) retries: u32,
    /// The largest answer that is read, decompressed: bytes, or 64KiB, 256MiB, 2GiB
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = size)]
    pub(crate) max_answer: u64,
    /// The most members that are read
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) max_members: u64,
    /// How long reading all pages of members may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    pub(crate) max_time: u64,
    /// The portal is ArcGIS Enterprise on Kubernetes
    #[arg(long)]
    pub(crate) kubernetes: bool,
    /// The id of the organization on Kubernetes
    #[arg(long, value_name = "ID", requires = "kubernetes", default_value = DEFAULT_ORG)]
    pub(crate) org: String,
}

impl ConnectArgs {
    /// What will ask the portal. Nothing is sent yet.
    ///
    /// # Errors
    /// Where the options do not fit together, or a file that they name cannot be used.
    pub(crate) fn session(&self, messages: &Messages) -> Result<Session, Stop> {
        let address = self.address()?;
        let credentials = self.credentials(&address)?;
        if self.insecure {
            if credentials.is_some() {
                let message = "--insecure sends no credentials to whoever answers, and there are some \
                               (SEATLINE_USERNAME, SEATLINE_TOKEN): unset them, or use --ca-cert instead";
                return Err(Stop::usage(message));
            }
            messages.warning(
                "--insecure: the portal's certificate is NOT checked; anyone between here and there can read the license \
                 file and forge every answer; --ca-cert FILE is the way to trust a portal's own certificate",
            );
        }
        if address.is_plain_http() && self.allow_http {
            messages.warning("--allow-http: all of this, passwords too, goes over the network for everyone to read");
        }
        let limits = Limits {
            timeout: Duration::from_secs(self.timeout),
            retries: self.retries,
            max_answer: self.max_answer,
            max_members: self.max_members,
            list_time: Duration::from_secs(self.max_time),
        };
        let proxy = Proxy::choose(&address, &|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()));
        let proxy = proxy.map_err(|error| Stop::usage(error.to_string()))?;
        let client = Client::new(address, &self.trust()?, limits, proxy, surroundings());
        let client = match &self.referer {
            Some(referer) => client.and_then(|client| client.with_referer(referer)),
            None => client,
        };
        let client = client.map_err(|error| Stop::usage(error.to_string()))?;
        Ok(Session::new(client, credentials))
    }

    /// Secrets are no arguments.
    ///
    /// # Errors
    /// Where one stands there.
    pub(crate) fn refuse_secrets(&self) -> Result<(), Stop> {
        let why =
            "is no argument: whoever lists the processes of this machine would read it, and the shell keeps it. Set";
        match (self.password, self.token) {
            (None, None) => Ok(()),
            (Some(Unread), _) => Err(Stop::usage(format!(
                "a password {why} SEATLINE_PASSWORD, or let it be asked for, or put it in a file that only you can read, and \
                 name that with --password-file"
            ))),
            (None, Some(Unread)) => Err(Stop::usage(format!(
                "a token {why} SEATLINE_TOKEN, or put it in a file that only you can read, and name that with --token-file"
            ))),
        }
    }

    fn address(&self) -> Result<Address, Stop> {
        let (option, url) = match (&self.url, variable("SEATLINE_URL")?) {
            (Some(url), _) => ("--url", url.clone()),
            (None, Some(url)) => ("SEATLINE_URL", url),
            (None, None) => return Err(Stop::usage("which portal? --url https://HOST/CONTEXT says it")),
        };
        let org = self.kubernetes.then_some(self.org.as_str());
        Address::parse(&url, org, self.allow_http).map_err(|error| Stop::usage(format!("{option}: {error}")))
    }

    /// What was said comes before the environment, and there a token before a user name.
    fn credentials(&self, address: &Address) -> Result<Option<Credentials>, Stop> {
        if let Some(path) = &self.token_file {
            return token(&secret_file("--token-file", path)?, "--token-file").map(Some);
        }
        let user = match &self.user {
            Some(user) => Some(user.clone()),
            None => match variable("SEATLINE_TOKEN")? {
                Some(text) if self.password_file.is_none() => {
                    return token(&Secret::new(text), "SEATLINE_TOKEN").map(Some);
                }
                _ => variable("SEATLINE_USERNAME")?,
            },
        };
        let Some(user) = user.filter(|user| !user.is_empty()) else {
            return match (&self.user, &self.password_file) {
                (None, None) => Ok(None),
                (Some(_), _) => Err(Stop::usage("--user: an empty name is nobody's")),
                (None, Some(_)) => Err(Stop::usage("--password-file: whose password? --user says it")),
            };
        };
        if self.insecure {
            // Refused by the caller; nobody should type a password for that.
            return Ok(Some(Credentials::Password { user, password: Secret::new(String::new()) }));
        }
        let password = match (&self.password_file, variable("SEATLINE_PASSWORD")?) {
            (Some(path), _) => secret_file("--password-file", path)?,
            (None, Some(password)) => Secret::new(password),
            (None, None) => prompt(&user, address)?,
        };
        Ok(Some(Credentials::Password { user, password }))
    }

    fn trust(&self) -> Result<Trust, Stop> {
        let read = |option: &str, path: &Option<PathBuf>| path.as_deref().map(|path| read(option, path)).transpose();
        let authorities = read("--ca-cert", &self.ca_cert)?;
        let chain = read("--client-cert", &self.client_cert)?;
        let key = read("--client-key", &self.client_key)?.or_else(|| chain.clone());
        Ok(Trust { authorities, client: chain.zip(key), insecure: self.insecure })
    }

    /// The files that are read, and must not be written over.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &Path> {
        [&self.password_file, &self.token_file, &self.ca_cert, &self.client_cert, &self.client_key]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }
}

/// The portal's answer is at fault, or the way to it.
impl From<PortalFailure> for Stop {
    fn from(failure: PortalFailure) -> Self {
        let (exit, code) = match failure.problem.is_answer() {
            true => (Exit::Input, FailureCode::PortalError),
            false => (Exit::Network, FailureCode::Network),
        };
        let message = failure.to_string();
        Self::new(exit, message.clone()).with_failures([Failure::new(failure.portal, code, message)])
    }
}

/// A variable of the environment; an empty one is none.
fn variable(name: &str) -> Result<Option<String>, Stop> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        // The value may be secret.
        Err(std::env::VarError::NotUnicode(_)) => Err(Stop::usage(format!("{name}: this is not UTF-8"))),
    }
}

/// Larger than any password, token or certificate.
const MAX_FILE: u64 = 1 << 20;

/// The bytes of a file. Its name is not repeated where there is no such file: it may be the secret itself.
fn read(option: &str, path: &Path) -> Result<Vec<u8>, Stop> {
    let fail = |error: &dyn std::fmt::Display| Stop::usage(format!("{}: {error}", named(option, path)));
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes))
    };
    match read {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length > MAX_FILE) => Err(fail(&"larger than 1 MiB")),
        Ok(_) => Ok(bytes),
        Err(error) => Err(fail(&format!("cannot be read: {error}"))),
    }
}

fn named(option: &str, path: &Path) -> String {
    let secret = ["--password-file", "--token-file"].contains(&option);
    if secret && std::fs::symlink_metadata(path).is_err() && path != Path::new("-") {
        format!("{option} (a name that is not repeated here, in case it is the secret itself)")
    } else {
        format!("{option} {}", path.display())
    }
}

/// The first line of a file, and there must be no other, unless it is JSON.
fn secret_file(option: &str, path: &Path) -> Result<Secret, Stop> {
    let wrong = |what: &str| Stop::usage(format!("{}: {what}", named(option, path)));
    // The bytes of the file are the secret: nothing of them may be in a message.
    let bytes = Zeroizing::new(read(option, path)?);
    let text = decoded(&bytes).ok_or_else(|| wrong("this is not UTF-8"))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let json = option == "--token-file" && text.trim_start().starts_with('{');
    match text {
        "" => Err(wrong("there is nothing in it")),
        text if text.contains(['\n', '\r']) && !json => Err(wrong("there is more than one line in it")),
        text => Ok(Secret::new(text.to_owned())),
    }
}

/// UTF-8 with or without byte order mark, or UTF-16 with one, as PowerShell writes it.
fn decoded(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let text: Option<String> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(Result::ok).collect();
        text.filter(|_| rest.is_empty())
    };
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        plain => std::str::from_utf8(plain).ok().map(str::to_owned),
    };
    text.map(Zeroizing::new)
}

/// A token, with blanks around it, after `Bearer `, or in the JSON that generateToken answers.
fn token(secret: &Secret, option: &str) -> Result<Credentials, Stop> {
    #[derive(serde::Deserialize)]
    struct Answer {
        token: String,
    }
    let text = secret.expose().trim();
    let bare = match text.split_once(char::is_whitespace) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim_start(),
        _ => text,
    };
    let token = match serde_json::from_str::<Answer>(text) {
        Ok(answer) if text.starts_with('{') => Secret::new(answer.token),
        _ => Secret::new(bare.to_owned()),
    };
    if token.can_be_sent() && !token.expose().starts_with('{') {
        Ok(Credentials::Token(token))
    } else {
        Err(Stop::usage(format!("{option}: this is no token: a token has letters, digits and signs, and no blanks")))
    }
}

fn prompt(user: &str, address: &Address) -> Result<Secret, Stop> {
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        let message = "there is no password: set SEATLINE_PASSWORD, or give --password-file FILE";
        return Err(Stop::usage(message));
    }
    let prompt = format!("Password of {user} at {}: ", address.as_str());
    let password = with_interrupt_later(|| rpassword::prompt_password(crate::text::visible(&prompt)));
    let password = password.map_err(|error| Stop::usage(format!("the password cannot be read: {error}")))?;
    if password.is_empty() { Err(Stop::usage("no password was typed")) } else { Ok(Secret::new(password)) }
}

/// Puts off Ctrl-C until `ask` is done: rpassword has the program interrupted before it sets the terminal right, which would
/// then show nothing that is typed, and heed no Ctrl-C.
#[cfg(unix)]
fn with_interrupt_later<T>(ask: impl FnOnce() -> T) -> T {
    use nix::sys::signal::{SigSet, SigmaskHow, Signal};
    let before = SigSet::from(Signal::SIGINT).thread_swap_mask(SigmaskHow::SIG_BLOCK);
    let answer = ask();
    if let Ok(before) = before {
        let _ = before.thread_set_mask();
    }
    answer
}

/// Untested on Windows, where an interrupt comes in a thread of its own.
#[cfg(not(unix))]
fn with_interrupt_later<T>(ask: impl FnOnce() -> T) -> T {
    ask()
}

/// `268435456`, `64KiB`, `256 MiB`, `2GB`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = text.strip_prefix(digits).unwrap_or_default().trim().to_ascii_lowercase();
    let factor: u64 = match unit.as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err("a size is a number of bytes, or one with KiB, MiB or GiB".to_owned()),
    };
    let size = digits.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    size.filter(|size| *size > 0).ok_or_else(|| "a size is a whole number above 0".to_owned())
}

/// The clock, the waiting and the chance of this machine.
fn surroundings() -> Surroundings {
    Surroundings {
        now: Box::new(now),
        wait: Box::new(std::thread::sleep),
        chance: Box::new(|| {
            // The standard library's only source of chance: every state has other keys.
            let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or(u32::MAX);
            f64::from(bits) / f64::from(u32::MAX)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bytes_or_with_a_unit() {
        for (text, expected) in [
            ("1", Some(1)),
            ("64KiB", Some(65_536)),
            ("256 MiB", Some(268_435_456)),
            ("2GB", Some(2_000_000_000)),
            ("0", None),
            ("-1", None),
            ("1.5MiB", None),
            ("MiB", None),
            ("99999999999GiB", None),
        ] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn chance_is_between_0_and_1_and_changes() {
        let chance = surroundings().chance;
        let all: Vec<_> = (0..20).map(|_| chance()).collect();
        assert!(all.iter().all(|one| (0.0..=1.0).contains(one)));
        assert!(all.windows(2).any(|two| two[0] != two[1]), "{all:?}");
    }
}
