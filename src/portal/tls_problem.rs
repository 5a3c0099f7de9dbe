//! A TLS problem, and the setting that helps.

/// A TLS problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
#[non_exhaustive]
pub struct TlsProblem {
    /// What is wrong, and what to do.
    pub words: String,
    /// The setting that helps, if there is one.
    pub remedy: Option<TlsRemedy>,
    /// The part of the words that the certificate says.
    pub(super) quoted: Option<Box<str>>,
}

/// A setting that helps with a TLS problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsRemedy {
    /// The portal's certificate, or its signer's, as one to trust.
    TrustedCertificate,
    /// A client certificate, or another one.
    ClientCertificate,
    /// A URL with the host name that the portal's certificate is for.
    HostName,
}

impl From<String> for TlsProblem {
    fn from(words: String) -> Self {
        Self { words, remedy: None, quoted: None }
    }
}

impl From<&str> for TlsProblem {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl TlsRemedy {
    /// The problem with these words, in which this setting helps.
    pub(super) fn of(self, words: impl Into<String>) -> TlsProblem {
        TlsProblem { words: words.into(), remedy: Some(self), quoted: None }
    }
}
