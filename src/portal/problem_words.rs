//! Removes from a problem the texts that must not be shown.

use crate::portal::secret::{SEARCHED, SHOWN, Secrets, first};
use crate::portal::{Problem, TlsProblem};
use crate::source::PortalError;

impl Problem {
    /// This problem without any text of the portal in which a secret occurs. Texts are cut only after the search: a
    /// secret that lacks its last character would not be found.
    #[must_use]
    pub(super) fn withheld(self, secrets: &Secrets) -> Self {
        // The target of a redirect, which may be long. Its scheme is no secret.
        let target = |text: String| {
            let scheme =
                ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme)).unwrap_or_default();
            let text = format!("{scheme}{}", secrets.withheld(text.get(scheme.len()..).unwrap_or_default().to_owned()));
            if first(&text, SHOWN).len() < text.len() { format!("{}…", first(&text, SHOWN)) } else { text }
        };
        let error = |error: PortalError| error_withheld(error, secrets);
        match self {
            Self::Status { status, said } => Self::Status { status, said: said.map(error) },
            Self::Forbidden(said) => Self::Forbidden(error(said)),
            Self::Rejected(said) => Self::Rejected(error(said)),
            Self::Refused { error: said, advice } => Self::Refused { error: Box::new(error(*said)), advice },
            Self::SignIn(refusal) => Self::SignIn(refusal.withheld(secrets)),
            Self::Login(text) => Self::Login(target(text)),
            Self::OtherHost(text) => Self::OtherHost(target(text)),
            Self::Redirect(text) => Self::Redirect(target(text)),
            Self::SignsInAt(text) => Self::SignsInAt(target(text)),
            Self::Tls(tls) => Self::Tls(match &tls.quoted {
                Some(names) if secrets.note_instead(names).is_some() => {
                    let words = "the portal's certificate is for another host name: use its name".to_owned();
                    TlsProblem { words, quoted: None, ..tls }
                }
                _ => tls,
            }),
            // What these say of an answer was searched with the answer. The rest are our own words, which are never withheld: the
            // password may be one of them.
            Self::NotWanted(text) => Self::NotWanted(brief(text)),
            Self::Pages(text) => Self::Pages(brief(text)),
            // Words of our own, of the system and of the user.
            Self::CannotConnect(_)
            | Self::Proxy { .. }
            | Self::NoProxy { .. }
            | Self::Broken(_)
            | Self::Compression(_)
            | Self::Request(_)
            | Self::NoToken(_)
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

/// A text, cut where it is very long.
fn brief(text: String) -> String {
    if first(&text, SEARCHED).len() < text.len() { format!("{}…", first(&text, SHOWN)) } else { text }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::{Secret, TlsRemedy};

    #[test]
    fn of_a_certificate_only_the_names_are_searched() {
        let tls = |names: &str| {
            let words = format!("the portal's certificate is for {names}, not for a.example: use its name");
            Problem::Tls(TlsProblem { quoted: Some(names.into()), ..TlsRemedy::HostName.of(words) })
        };
        let secrets = Secrets::from(Secret::new("certificate".to_owned()));
        let known = tls("b.example").withheld(&secrets).to_string();
        assert_eq!(known, "the portal's certificate is for b.example, not for a.example: use its name");
        let hidden = tls("certificate.example").withheld(&secrets).to_string();
        assert_eq!(hidden, "the portal's certificate is for another host name: use its name");
    }
}
