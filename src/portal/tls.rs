//! The certificates to trust, and the client certificate.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use crate::portal::ClientIdentity;
use crate::portal::pinned::Pinned;
use crate::portal::tls_words;
use crate::portal::weak_key::weak_key;

/// Certificates and keys, in the form of their files.
#[derive(Default)]
pub struct Trust {
    /// Certificates to trust besides those of the system and the bundled roots, in PEM or DER.
    pub authorities: Option<Vec<u8>>,
    /// The client certificate, for portals that ask for one.
    pub client: Option<ClientIdentity>,
    /// Whether every certificate is trusted.
    pub insecure: bool,
}

/// Does not print keys.
impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust").field("insecure", &self.insecure).finish_non_exhaustive()
    }
}

/// Why a certificate, a key or a header cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// The file with certificates to trust holds none.
    #[error("there is no certificate to trust that can be read (PEM or DER)")]
    NoAuthority,
    /// Key and certificate do not belong together, or TLS does not know their kind.
    #[error("the client certificate and its key cannot be used: {0}")]
    Client(String),
    /// No header can carry the referer.
    #[error("the referer is no URL: a URL is written in ASCII and without blanks, as in https://portal.example.com")]
    Referer,
    /// Another error of the TLS library.
    #[error("TLS cannot be set up: {0}")]
    Other(String),
}

impl Trust {
    /// The configuration for the TLS library.
    ///
    /// # Errors
    /// A [`TrustError`] where a certificate or a key cannot be used.
    pub(super) fn configuration(&self) -> Result<ClientConfig, TrustError> {
        let provider = Arc::new(default_provider());
        let other = |error: &dyn std::fmt::Display| TrustError::Other(error.to_string());
        let pinned = self.authorities.as_deref().map(authorities).transpose()?.unwrap_or_default();
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        // The bundled roots serve where the system has none, or none that can be read.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots.add_parsable_certificates(
            pinned.iter().filter(|pinned| pinned.may_sign).map(|pinned| pinned.der().clone()),
        );
        let chains = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .map_err(|error| other(&error))?;
        let verifier = Verifier { chains, pinned, insecure: self.insecure };
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| other(&error))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let Some(ClientIdentity { chain, key }) = &self.client else { return Ok(builder.with_no_client_auth()) };
        let configuration = builder.with_client_auth_cert(chain.clone(), key.clone_key());
        configuration.map_err(|error| TrustError::Client(tls_words::client(&error)))
    }
}

fn authorities(file: &[u8]) -> Result<Vec<Pinned>, TrustError> {
    let mut found: Vec<_> = CertificateDer::pem_slice_iter(file).filter_map(Result::ok).collect();
    if found.is_empty() {
        found.push(CertificateDer::from(file.to_vec()));
    }
    found.into_iter().map(|der| Pinned::read(der).ok_or(TrustError::NoAuthority)).collect()
}

/// Trusts the given certificates themselves, and chains to a root; with `insecure`, every certificate.
#[derive(Debug)]
struct Verifier {
    chains: Arc<WebPkiServerVerifier>,
    pinned: Vec<Pinned>,
    insecure: bool,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.insecure {
            return Ok(ServerCertVerified::assertion());
        }
        match self.pinned.iter().find(|pinned| pinned.der() == end_entity) {
            Some(pinned) => pinned.check(server_name, now).map(|()| ServerCertVerified::assertion()),
            None => {
                let verified =
                    self.chains.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
                verified.map_err(|error| weak_key(end_entity).unwrap_or(error))
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let verified = self.chains.verify_tls12_signature(message, certificate, signed);
        verified.map_err(|error| weak_key(certificate).unwrap_or(error))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let verified = self.chains.verify_tls13_signature(message, certificate, signed);
        verified.map_err(|error| weak_key(certificate).unwrap_or(error))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chains.supported_verify_schemes()
    }
}
