//! The sorts of problems, which decide what is done next.

use crate::portal::Problem;

/// Whether a status of HTTP says that a server is in trouble: what was asked may have been done before it said so.
pub(super) const fn is_trouble(status: u16) -> bool {
    status == 408 || status >= 500
}

impl Problem {
    /// Whether the portal answered and the problem lies in its answer: it rejects the license, or answers another
    /// question. Otherwise the network, the trust or the permission is the problem.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        matches!(self, Self::Rejected(_) | Self::Refused { .. } | Self::NotWanted(_) | Self::Html | Self::Pages(_))
    }

    /// Whether other operations would fail as well: the portal cannot be reached, is not trusted, or lets nobody in.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.is_about_connecting() || self.is_about_signing_in()
    }

    /// Whether the portal refuses these credentials.
    #[must_use]
    pub const fn is_about_signing_in(&self) -> bool {
        match self {
            Self::SignIn(refusal) => refusal.is_about_who_signs_in(),
            other => matches!(other, Self::TokenInvalid | Self::TokenExpired),
        }
    }

    /// Whether the portal may have refused an anonymous request, in whatever form, so that signing in may help.
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
            | Self::RedirectLoop
            | Self::WindowsSignIn
            | Self::Html
            | Self::NotWanted(_) => true,
            Self::Status { status: 401 | 403, .. } => true,
            // An operation that is missing, an answer that is too large, or a portal in trouble is no refusal.
            Self::Status { status, said } => said.is_some() && !matches!(status, 404 | 405 | 413 | 429 | 502..=504),
            _ => false,
        }
    }

    /// Whether the portal says that a token is missing or invalid.
    pub(super) const fn is_about_a_token(&self) -> bool {
        matches!(self, Self::TokenRequired | Self::TokenInvalid)
    }

    /// Whether two tries failed in the same way, apart from the addresses in the messages.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let redirects =
            |one: &Self| matches!(one, Self::Login(_) | Self::OtherHost(_) | Self::Redirect(_) | Self::RedirectLoop);
        self == other || (redirects(self) && redirects(other)) || (self.is_not_there() && other.is_not_there())
    }

    /// Whether the portal does not have the operation.
    #[must_use]
    pub fn is_not_there(&self) -> bool {
        match self {
            Self::Status { status, .. } => *status == 404,
            Self::Rejected(error) => error.code.as_deref() == Some("404"),
            _ => false,
        }
    }

    /// Whether the portal does not allow the operation to this user.
    pub(super) fn is_not_allowed(&self) -> bool {
        match self {
            Self::Status { status, .. } => *status == 403,
            Self::Forbidden(error) => error.code.as_deref() == Some("403"),
            _ => false,
        }
    }

    const fn is_about_connecting(&self) -> bool {
        let is_proxy = matches!(self, Self::Proxy { .. } | Self::NoProxy { .. });
        is_proxy || matches!(self, Self::CannotConnect(_) | Self::NoConnection(_) | Self::NoHandshake(_) | Self::Tls(_))
    }

    /// Whether the same request may succeed a while later: the way to the portal, or the portal itself, is in trouble, and
    /// nobody refuses whoever asks.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::CannotConnect(_)
            | Self::NoConnection(_)
            | Self::NoHandshake(_)
            | Self::NoProxy { .. }
            | Self::Broken(_)
            | Self::NotHttp
            | Self::Headers(_)
            | Self::Timeout(_)
            | Self::Compression(_)
            | Self::Later { .. }
            | Self::Rejected(_)
            | Self::Html
            | Self::NotWanted(_)
            | Self::Pages(_)
            | Self::ListTime(_) => true,
            Self::Proxy { status, .. } | Self::Status { status, .. } => matches!(*status, 408 | 429 | 500..=599),
            Self::Tls(_)
            | Self::TooLarge(_)
            | Self::Login(_)
            | Self::LoginPage
            | Self::SignsInAt(_)
            | Self::OtherHost(_)
            | Self::WindowsSignIn
            | Self::Redirect(_)
            | Self::RedirectLoop
            | Self::TokenRequired
            | Self::TokenIgnored
            | Self::TokenInvalid
            | Self::TokenExpired
            | Self::Forbidden(_)
            | Self::Refused { .. }
            | Self::SignIn(_)
            | Self::NoToken(_)
            | Self::TooMany { .. }
            | Self::RepeatsSecret
            | Self::Unsearched
            | Self::Request(_) => false,
        }
    }

    /// Whether the connection failed, so that a new one may work.
    #[must_use]
    pub const fn is_connection(&self) -> bool {
        matches!(self, Self::CannotConnect(_) | Self::Broken(_) | Self::NoProxy { timed_out: false, .. })
    }
}
