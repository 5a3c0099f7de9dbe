//! Removes from a problem the texts that must not be shown.

use crate::portal::secret::{SHOWN, Secrets, first};
use crate::portal::{Problem, TlsProblem};
use crate::source::PortalError;

impl Problem {
    /// This problem without any text of the portal in which a secret occurs. Texts are cut only after the search: a
    /// secret that lacks its last character would not be found.
    #[must_use]
    pub(super) fn withheld(self, secrets: &Secrets) -> Self {
        let words = |text: String| secrets.withheld(text);
        // The target of a redirect, which may be long.
        let target = |text: String| {
            let text = secrets.withheld(text);
            if first(&text, SHOWN).len() < text.len() { format!("{}…", first(&text, SHOWN)) } else { text }
        };
        let error = |error: PortalError| error_withheld(error, secrets);
        match self {
            Self::Status { status, said } => Self::Status { status, said: said.map(error) },
            Self::Forbidden(said) => Self::Forbidden(error(said)),
            Self::Rejected(said) => Self::Rejected(error(said)),
            Self::SignIn(refusal) => Self::SignIn(refusal.withheld(secrets)),
            Self::Login(text) => Self::Login(target(text)),
            Self::OtherHost(text) => Self::OtherHost(target(text)),
            Self::Redirect(text) => Self::Redirect(target(text)),
            Self::SignsInAt(text) => Self::SignsInAt(target(text)),
            Self::CannotConnect(text) => Self::CannotConnect(words(text)),
            Self::Proxy { proxy, status, advice } => Self::Proxy { proxy: words(proxy), status, advice: words(advice) },
            Self::NoProxy { proxy, why, timed_out, remedy } => {
                Self::NoProxy { proxy: words(proxy), why: words(why), timed_out, remedy }
            }
            Self::Tls(tls) => Self::Tls(TlsProblem { words: words(tls.words), ..tls }),
            Self::Broken(text) => Self::Broken(words(text)),
            Self::Compression(text) => Self::Compression(words(text)),
            Self::NotWanted(text) => Self::NotWanted(words(text)),
            Self::Pages(text) => Self::Pages(words(text)),
            Self::Request(text) => Self::Request(words(text)),
            Self::NoToken(_)
            | Self::WindowsSignIn
            | Self::LoginPage
            | Self::RedirectLoop
            | Self::NotHttp
            | Self::Headers(_)
            | Self::NoHandshake(_)
            | Self::Html
            | Self::NoConnection(_)
            | Self::Timeout(_)
            | Self::TooLarge(_)
            | Self::TooMany { .. }
            | Self::ListTime(_)
            | Self::Later { .. }
            | Self::TokenRequired
            | Self::TokenIgnored
            | Self::TokenInvalid
            | Self::TokenExpired
            | Self::RepeatsSecret
            | Self::Unsearched => self,
        }
    }
}

/// An error of a portal without the texts in which a secret occurs, cut to what is shown.
fn error_withheld(error: PortalError, secrets: &Secrets) -> PortalError {
    /// Between two texts, so that no escape and no list goes on from one to the next.
    const APART: &str = "\n!\n";
    let PortalError { code, messages } = error;
    let code = code.map(|code| secrets.withheld(code));
    // A secret may be split over several messages, or over the code and the messages.
    let all = messages.concat();
    if let Some(note) = secrets.note_instead(&all) {
        return PortalError { code, messages: vec![note.to_owned()] };
    }
    if let Some(note) = code.as_ref().and_then(|code| secrets.note_instead(&format!("{code}{all}"))) {
        return PortalError { code: None, messages: vec![note.to_owned()] };
    }
    let messages = match secrets.note_instead(&messages.join(APART)) {
        None => beginning(messages.into_iter()),
        Some(_) => {
            let mut messages = beginning(messages.into_iter().map(|message| secrets.withheld(message)));
            messages.dedup();
            messages
        }
    };
    PortalError { code, messages }
}

/// The messages as far as they are shown, and one character more where they are longer, so that this can be seen.
fn beginning(messages: impl Iterator<Item = String>) -> Vec<String> {
    let mut left = SHOWN + 1;
    let mut kept = Vec::new();
    for message in messages {
        let message = first(&message, left);
        left -= message.chars().count();
        kept.push(message.to_owned());
        if left == 0 {
            break;
        }
    }
    kept
}
