//! The ways of signing in.

/// A way of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// With a browser (OAuth).
    Browser,
    /// With a user name and a password.
    Password,
    /// At the portal itself, and not at a server before it.
    Itself,
    /// With a token that was made elsewhere.
    Token,
    /// With a client certificate.
    Certificate,
}

impl Way {
    /// The words, to follow "what works".
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Browser => "signing in with a browser (OAuth)",
            Self::Password => "a user name and its password",
            Self::Itself => "a built-in account at the portal itself, mostly https://HOST:7443/arcgis",
            Self::Token => "a token from the browser",
            Self::Certificate => "a client certificate where it takes certificates",
        }
    }
}
