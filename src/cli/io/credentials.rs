//! Who signs in, and with what: from the options, the environment, files and a prompt.

use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::cli::args::connect::ConnectArgs;
use crate::cli::io::exit::Stop;
use crate::portal::{Address, BrowserSignIn, Credentials, Secret, pasted_code};

impl ConnectArgs {
    /// What was said comes before the environment, and there a token before a user name: [`passed_over`] has seen to that.
    ///
    /// # Errors
    /// Where there is not all of it, or a file cannot be used.
    pub(super) fn credentials(&self, address: &Address) -> Result<Option<Credentials>, Stop> {
        if let Some(path) = &self.token_file {
            return token(&secret_file("--token-file", path)?, "--token-file").map(Some);
        }
        if let Some(client) = &self.oauth {
            return browser(client, address).map(Some);
        }
        let Some(user) = &self.user else {
            return match (&self.password_file, variable("SEATLINE_TOKEN")?) {
                (Some(_), _) => Err(Stop::usage("--password-file: whose password? --user says it")),
                (None, Some(text)) => token(&Secret::new(text), "SEATLINE_TOKEN").map(Some),
                (None, None) => Ok(None),
            };
        };
        if user.is_empty() {
            return Err(Stop::usage("--user: an empty name is nobody's"));
        }
        let user = user.clone();
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
}

/// Whether the environment does not say who signs in, whatever SEATLINE_USERNAME holds: a token was given. A token in the
/// environment is not taken where a file with a password is named.
pub(crate) fn passed_over(arguments: &[OsString]) -> bool {
    let said = |name: &str| {
        let is = |argument: &OsString| {
            let rest = argument.to_str().and_then(|argument| argument.strip_prefix(name));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        };
        arguments.iter().any(is)
    };
    let has_token = || std::env::var_os("SEATLINE_TOKEN").is_some_and(|token| !token.is_empty());
    said("--token-file") || said("--oauth") || (!said("--password-file") && has_token())
}

/// A variable that holds a secret, and so is read by no option of clap's, which would show it; an empty one is none.
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
pub(super) fn read(option: &str, path: &Path) -> Result<Vec<u8>, Stop> {
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

/// Has somebody sign in with a browser, and paste the code that it shows.
fn browser(client: &str, address: &Address) -> Result<Credentials, Stop> {
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        let message = "--oauth: somebody must paste a code: run it on a terminal, or give a token with --token-file";
        return Err(Stop::usage(message));
    }
    let sign_in = BrowserSignIn::new(client).map_err(|error| Stop::usage(error.to_string()))?;
    let prompt = format!(
        "Open this page in a browser, sign in, and paste the code that it shows in the end:\n\n{}\n\nCode: ",
        sign_in.page(address)
    );
    let pasted = with_interrupt_later(|| rpassword::prompt_password(prompt));
    let pasted = pasted.map_err(|error| Stop::usage(format!("the code cannot be read: {error}")))?;
    match pasted_code(&pasted) {
        Some(code) => Ok(Credentials::Code(sign_in, code)),
        None => Err(Stop::usage("this is no code: a code has letters, digits and signs, and no blanks")),
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
