//! Removes from a problem the texts that must not be shown.

use crate::portal::secret::Secrets;
use crate::portal::{Problem, TlsProblem};
use crate::source::PortalError;

/// The most characters that are shown of a redirect's target.
const LONGEST_TARGET: usize = 300;

impl Problem {
    /// This problem without any text of the portal in which a secret occurs. Long texts are cut only afterwards: a
    /// secret that lacks its last character would not be found.
    #[must_use]
    pub(super) fn withheld(self, secrets: &Secrets) -> Self {
        match self {
            Self::SignIn(refusal) => Self::SignIn(refusal.withheld(secrets)),
            other => other.map_words(&mut |text| secrets.withheld(text)).with_short_target(),
        }
    }

    fn with_short_target(self) -> Self {
        let cut = |text: String| match text.char_indices().nth(LONGEST_TARGET) {
            Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
            None => text,
        };
        match self {
            Self::Login(target) => Self::Login(cut(target)),
            Self::OtherHost(target) => Self::OtherHost(cut(target)),
            Self::Redirect(target) => Self::Redirect(cut(target)),
            Self::SignsInAt(target) => Self::SignsInAt(cut(target)),
            other => other,
        }
    }

    /// This problem with `word` in place of every text of the portal. Codes stay where they are numbers.
    #[must_use]
    pub(super) fn without_words(self, word: &str) -> Self {
        self.map_words(&mut |text| {
            let is_code = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_code { text } else { word.to_owned() }
        })
    }

    fn map_words(self, map: &mut dyn FnMut(String) -> String) -> Self {
        let mut map_error = |error: PortalError| {
            let whole = error.messages.concat();
            let mapped = map(whole.clone());
            // A secret may be split over several messages.
            let is_same = mapped == whole;
            let mut messages: Vec<String> = match is_same {
                true => error.messages.into_iter().map(&mut *map).collect(),
                false => vec![mapped],
            };
            messages.dedup();
            let code = error.code.clone().map(&mut *map);
            // Or over the code and the messages.
            if is_same && code == error.code {
                let both = code.clone().unwrap_or_default() + &whole;
                let mapped = map(both.clone());
                if mapped != both {
                    return PortalError { code: None, messages: vec![mapped] };
                }
            }
            PortalError { code, messages }
        };
        match self {
            Self::Status { status, said } => Self::Status { status, said: said.map(map_error) },
            Self::Forbidden(error) => Self::Forbidden(map_error(error)),
            Self::Rejected(error) => Self::Rejected(map_error(error)),
            Self::CannotConnect(text) => Self::CannotConnect(map(text)),
            Self::Proxy { proxy, status, advice } => Self::Proxy { proxy: map(proxy), status, advice: map(advice) },
            Self::NoProxy { proxy, why, timed_out, remedy } => {
                Self::NoProxy { proxy: map(proxy), why: map(why), timed_out, remedy }
            }
            Self::OtherHost(text) => Self::OtherHost(map(text)),
            Self::SignsInAt(text) => Self::SignsInAt(map(text)),
            Self::Tls(tls) => Self::Tls(TlsProblem { words: map(tls.words), ..tls }),
            Self::Broken(text) => Self::Broken(map(text)),
            Self::Compression(text) => Self::Compression(map(text)),
            Self::Login(text) => Self::Login(map(text)),
            Self::Redirect(text) => Self::Redirect(map(text)),
            Self::NotWanted(text) => Self::NotWanted(map(text)),
            Self::Pages(text) => Self::Pages(map(text)),
            Self::Request(text) => Self::Request(map(text)),
            Self::SignIn(_)
            | Self::NoToken(_)
            | Self::WindowsSignIn
            | Self::LoginPage
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
            | Self::RepeatsSecret => self,
        }
    }
}
