//! What sort of problem it is, and so what comes next.

use crate::portal::Problem;

impl Problem {
    /// Whether the portal answered, and its answer is the problem: it rejects the license, or answers something else.
    /// Otherwise the network, the trust, or the right to ask is what is missing.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        matches!(self, Self::Rejected(_) | Self::NotWanted(_) | Self::Html | Self::Pages(_))
    }

    /// Whether nothing else need be asked: the portal cannot be reached, is not trusted, or lets nobody in.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.is_about_connecting() || self.is_about_signing_in()
    }

    /// Whether the portal lets nobody in with these credentials.
    #[must_use]
    pub const fn is_about_signing_in(&self) -> bool {
        match self {
            Self::SignIn(refusal) => refusal.is_about_who_signs_in(),
            other => matches!(other, Self::TokenInvalid),
        }
    }

    /// Whether this may be a refusal of somebody unknown, in whatever form: then somebody who signs in may be answered.
    pub(super) fn may_want_sign_in(&self) -> bool {
        match self {
            Self::TokenRequired
            | Self::TokenInvalid
            | Self::Forbidden(_)
            | Self::Rejected(_)
            | Self::Login(_)
            | Self::LoginPage
            | Self::SignsInAt(_)
            | Self::OtherHost(_)
            | Self::Redirect(_)
            | Self::WindowsSignIn
            | Self::Html
            | Self::NotWanted(_) => true,
            Self::Status { status: 401 | 403, .. } => true,
            // What is missing, too large or in trouble is no refusal.
            Self::Status { status, said } => said.is_some() && !matches!(status, 404 | 405 | 413 | 429 | 502..=504),
            _ => false,
        }
    }

    /// Whether the portal says that a token is missing or no good.
    pub(super) const fn is_about_a_token(&self) -> bool {
        matches!(self, Self::TokenRequired | Self::TokenInvalid)
    }

    /// Whether two attempts ended in the same way, whatever address they name.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let redirects = |one: &Self| matches!(one, Self::Login(_) | Self::OtherHost(_) | Self::Redirect(_));
        self == other || (redirects(self) && redirects(other))
    }

    /// Whether there is no such operation.
    #[must_use]
    pub fn is_not_there(&self) -> bool {
        match self {
            Self::Status { status, .. } => *status == 404,
            Self::Rejected(error) => error.code.as_deref() == Some("404"),
            _ => false,
        }
    }

    const fn is_about_connecting(&self) -> bool {
        let is_proxy = matches!(self, Self::Proxy { .. } | Self::NoProxy { .. });
        is_proxy || matches!(self, Self::CannotConnect(_) | Self::NoConnection(_) | Self::NoHandshake(_) | Self::Tls(_))
    }

    /// Whether no answer came, or none that is whole: another operation may fare better, or wait as long for nothing.
    pub(super) const fn is_silence(&self) -> bool {
        matches!(self, Self::Timeout(_) | Self::Broken(_))
    }

    /// Whether the connection failed, so that another one may do.
    #[must_use]
    pub const fn is_connection(&self) -> bool {
        matches!(self, Self::CannotConnect(_) | Self::Broken(_) | Self::NoProxy { timed_out: false, .. })
    }
}
