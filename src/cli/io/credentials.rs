//! Credentials, from the options, the environment, files and a prompt.

use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::cli::args::connect::ConnectArgs;
use crate::cli::exit::Stop;
use crate::cli::io::messages::Messages;
use crate::cli::io::portal_advice::identity_with_options;
use crate::portal::{
    Address, BrowserSignIn, ClientIdentity, Credentials, IdentityError, Secret, pasted_code, pasted_token,
};

impl ConnectArgs {
    /// The credentials. Options win over variables, and SEATLINE_TOKEN over SEATLINE_USERNAME: see [`passed_over`].
    ///
    /// # Errors
    /// A [`Stop`] where a part is missing, or a file cannot be used.
    pub(super) fn credentials(&self, address: &Address, messages: &Messages) -> Result<Option<Credentials>, Stop> {
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
            return Err(Stop::usage("--user: the name is empty"));
        }
        let user = user.clone();
        if self.insecure {
            // The caller refuses this, so the user need not type a password.
            return Ok(Some(Credentials::Password { user, password: Secret::new(String::new()) }));
        }
        let password = match (&self.password_file, variable("SEATLINE_PASSWORD")?) {
            (Some(path), _) => password_file("--password-file", path, messages)?,
            (None, Some(password)) => Secret::new(password),
            (None, None) => {
                let none = "there is no password: set SEATLINE_PASSWORD, or give --password-file FILE";
                prompt(&format!("Password of {user} at {}: ", address.as_str()), none)?
            }
        };
        Ok(Some(Credentials::Password { user, password }))
    }

    /// The client certificate and its key. A password is only asked for where the key is encrypted.
    ///
    /// # Errors
    /// A [`Stop`] where a file cannot be read, or the password is missing.
    pub(super) fn identity(&self, messages: &Messages) -> Result<Option<ClientIdentity>, Stop> {
        let Some(path) = &self.client_cert else { return Ok(None) };
        let certificate = Zeroizing::new(read("--client-cert", path)?);
        let key = self.client_key.as_deref().map(|path| read("--client-key", path)).transpose()?.map(Zeroizing::new);
        let open = |password: Option<&Secret>| {
            ClientIdentity::read(&certificate, key.as_ref().map(|key| key.as_slice()), password)
        };
        let holder = self.client_key.as_ref().unwrap_or(path).display();
        let opened = match open(None) {
            Err(IdentityError::PasswordWanted) => {
                let password = match (&self.key_password_file, variable("SEATLINE_KEY_PASSWORD")?) {
                    (Some(path), _) => password_file("--key-password-file", path, messages)?,
                    (None, Some(password)) => Secret::new(password),
                    (None, None) => {
                        let none = format!(
                            "{holder}: the key is encrypted, and there is no password: set SEATLINE_KEY_PASSWORD, or give \
                             --key-password-file FILE"
                        );
                        prompt(&format!("Password of the key in {holder}: "), &none)?
                    }
                };
                open(Some(&password))
            }
            opened => opened,
        };
        match opened {
            Ok(identity) => Ok(Some(identity)),
            Err(IdentityError::PasswordWrong) => {
                Err(Stop::usage(format!("{holder}: the key does not open with this password; nothing was sent")))
            }
            Err(error) => Err(Stop::usage(identity_with_options(&error))),
        }
    }
}

/// Whether SEATLINE_USERNAME is ignored, because a token was given. A token in the environment is ignored in turn
/// where the options name a file with a password.
pub(crate) fn passed_over(arguments: &[OsString]) -> bool {
    let is_given = |name: &str| {
        let is = |argument: &OsString| {
            let rest = argument.to_str().and_then(|argument| argument.strip_prefix(name));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        };
        arguments.iter().any(is)
    };
    let has_token = || std::env::var_os("SEATLINE_TOKEN").is_some_and(|token| !token.is_empty());
    is_given("--token-file") || is_given("--oauth") || (!is_given("--password-file") && has_token())
}

/// A variable that holds a secret; `None` where it is empty. clap does not read such a variable, since it would show
/// its value.
fn variable(name: &str) -> Result<Option<String>, Stop> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        // The value may be a secret, so the message does not repeat it.
        Err(std::env::VarError::NotUnicode(_)) => Err(Stop::usage(format!("{name}: this is not UTF-8"))),
    }
}

/// The most bytes of a file with a secret: more than any password, token or certificate has.
const MAX_FILE: u64 = 1 << 20;

/// The bytes of a file. Where there is no such file, the message does not repeat its name, which may be the secret
/// itself.
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
    let secret = ["--password-file", "--token-file", "--key-password-file"].contains(&option);
    if secret && std::fs::symlink_metadata(path).is_err() && path != Path::new("-") {
        format!("{option} (a name that is not repeated here, in case it is the secret itself)")
    } else {
        format!("{option} {}", path.display())
    }
}

/// A password from a file, with its blanks, since some passwords begin or end with a blank. A note says so, because
/// `echo secret > file` of Windows adds one.
fn password_file(option: &str, path: &Path, messages: &Messages) -> Result<Secret, Stop> {
    let password = secret_file(option, path)?;
    if password.expose().ends_with(char::is_whitespace) {
        messages.warning(&format!(
            "{}: a blank stands before the end of the line, and is taken as part of the password",
            named(option, path)
        ));
    }
    Ok(password)
}

/// The only line of a file that is not blank, with its blanks; the whole file where it is JSON.
fn secret_file(option: &str, path: &Path) -> Result<Secret, Stop> {
    let wrong = |what: &str| Stop::usage(format!("{}: {what}", named(option, path)));
    // The bytes of the file are the secret, so no message may repeat a part of them.
    let bytes = Zeroizing::new(read(option, path)?);
    let text = decoded(&bytes).ok_or_else(|| wrong("this is not UTF-8"))?;
    if text.contains('\0') {
        return Err(wrong("a NUL is in it; it is probably UTF-16 without byte order mark: save it as UTF-8"));
    }
    if option == "--token-file" && text.trim_start().starts_with('{') {
        return Ok(Secret::new(text.trim().to_owned()));
    }
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    match (lines.next(), lines.next()) {
        (None, _) => Err(wrong("there is nothing in it")),
        (Some(line), None) => Ok(Secret::new(line.to_owned())),
        (Some(_), Some(_)) => Err(wrong("there is more than one line in it")),
    }
}

/// Decodes UTF-8 with or without byte order mark, or UTF-16 with one, which PowerShell writes.
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

/// The token in what stands in a file or a variable.
fn token(secret: &Secret, option: &str) -> Result<Credentials, Stop> {
    pasted_token(secret.expose()).map(Credentials::Token).ok_or_else(|| {
        Stop::usage(format!(
            "{option}: there is no token in it: a token has letters, digits and signs, and no blanks; it may stand in its header, \
             in a cookie, in a URL as token=, or in the JSON of generateToken"
        ))
    })
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
    refuse_git_bash(cfg!(windows), has_size())?;
    let pasted = with_interrupt_later(|| rpassword::prompt_password(prompt));
    let pasted = pasted.map_err(|error| Stop::usage(format!("the code cannot be read: {error}")))?;
    match pasted_code(&pasted) {
        Some(code) => Ok(Credentials::Code(sign_in, code)),
        None => Err(Stop::usage("this is no code: a code has letters, digits and signs, and no blanks")),
    }
}

/// Asks the user at the terminal for a secret. `none` is the message where nobody is there.
fn prompt(question: &str, none: &str) -> Result<Secret, Stop> {
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(Stop::usage(none));
    }
    refuse_git_bash(cfg!(windows), has_size())?;
    let password = with_interrupt_later(|| rpassword::prompt_password(crate::text::visible(question)));
    let password = password.map_err(|error| Stop::usage(format!("the password cannot be read: {error}")))?;
    if password.is_empty() { Err(Stop::usage("no password was typed")) } else { Ok(Secret::new(password)) }
}

/// Refuses to prompt in a window of Git Bash (mintty). It is a pair of pipes that passes for a terminal, and a prompt
/// that hides what is typed would wait for ever. A console has a size, such a window has none.
fn refuse_git_bash(is_windows: bool, has_size: bool) -> Result<(), Stop> {
    if is_windows && !has_size {
        return Err(Stop::usage(
            "this window (Git Bash) cannot hide what is typed: put `winpty` before the command, run it in PowerShell, or give the \
             secret by a file or a variable",
        ));
    }
    Ok(())
}

fn has_size() -> bool {
    terminal_size::terminal_size_of(std::io::stderr()).is_some()
}

/// Delays Ctrl-C until `ask` is done. rpassword lets the interrupt end the program before it restores the terminal,
/// which would then show nothing that is typed.
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

/// Untested on Windows, where an interrupt arrives in a thread of its own.
#[cfg(not(unix))]
fn with_interrupt_later<T>(ask: impl FnOnce() -> T) -> T {
    ask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_of_git_bash_is_told_and_not_waited_for() {
        assert!(refuse_git_bash(true, false).unwrap_err().message.contains("winpty"));
        for (is_windows, has_size) in [(true, true), (false, true), (false, false)] {
            assert!(refuse_git_bash(is_windows, has_size).is_ok(), "{is_windows} {has_size}");
        }
    }
}
