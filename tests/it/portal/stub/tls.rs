//! The TLS settings of a stub.

/// How the server's certificate is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signing {
    /// By an authority of the stub's own, whose certificate clients are to trust.
    Authority,
    /// By itself, as an end entity's certificate without the CA flag.
    Itself,
    /// By itself, with CA:TRUE, as ArcGIS portals ship it.
    ItselfAsAuthority,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dates {
    Current,
    Expired,
    NotYet,
}

#[must_use]
#[derive(Clone, Debug)]
pub(crate) struct Tls {
    pub(super) signing: Option<Signing>,
    pub(super) names: Vec<String>,
    pub(super) dates: Dates,
    pub(super) client_certificate: bool,
    pub(super) stolen: bool,
    pub(super) only_1_2: bool,
    /// The authority of client certificates, in PEM; an empty text stands for an authority of the stub's own.
    pub(super) clients: Option<String>,
}

impl Tls {
    fn new(signing: Option<Signing>) -> Self {
        let names = ["localhost", "127.0.0.1"].map(str::to_owned).to_vec();
        let (client_certificate, stolen, only_1_2) = (false, false, false);
        Self { signing, names, dates: Dates::Current, client_certificate, stolen, only_1_2, clients: None }
    }

    /// A portal without TLS, over plain http.
    pub(crate) fn plain() -> Self {
        Self::new(None)
    }

    pub(crate) fn authority() -> Self {
        Self::new(Some(Signing::Authority))
    }

    pub(crate) fn self_signed() -> Self {
        Self::new(Some(Signing::Itself))
    }

    pub(crate) fn self_signed_ca() -> Self {
        Self::new(Some(Signing::ItselfAsAuthority))
    }

    /// A certificate that expired in 2021.
    pub(crate) fn expired(mut self) -> Self {
        self.dates = Dates::Expired;
        self
    }

    /// A certificate that is valid from 2090 on.
    pub(crate) fn not_yet_valid(mut self) -> Self {
        self.dates = Dates::NotYet;
        self
    }

    /// A certificate for other names than `localhost` and `127.0.0.1`. An empty list makes a certificate without
    /// alternative names.
    pub(crate) fn names(mut self, names: &[&str]) -> Self {
        self.names = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// A portal that accepts no client without a client certificate.
    pub(crate) fn client_certificate(mut self) -> Self {
        self.client_certificate = true;
        self
    }

    /// A portal that accepts no client without a client certificate of this authority, in PEM.
    pub(crate) fn clients_of(mut self, authority: &str) -> Self {
        self.clients = Some(authority.to_owned());
        self.client_certificate()
    }

    /// The server shows the certificate, and has another key than the certificate's.
    pub(crate) fn stolen(mut self) -> Self {
        self.stolen = true;
        self
    }

    /// TLS 1.2, and nothing newer.
    pub(crate) fn only_1_2(mut self) -> Self {
        self.only_1_2 = true;
        self
    }
}
