//! The certificates and keys of one stub, generated when it starts.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig};
use tempfile::TempDir;

use super::tls::{Dates, Signing, Tls};

pub(crate) struct Certificates {
    folder: TempDir,
    pub(crate) server: Arc<ServerConfig>,
    /// The certificate for clients to trust: the authority's, or the server's own.
    pub(crate) trusted: String,
}

impl Certificates {
    /// The TLS configuration of the server; `None` for plain http.
    pub(crate) fn new(tls: &Tls) -> Option<Self> {
        let signing = tls.signing?;
        let (clients, client) = client();
        let key = KeyPair::generate().unwrap();
        let mut params = params("localhost", &tls.names);
        match tls.dates {
            Dates::Current => {}
            Dates::Expired => {
                params.not_before = rcgen::date_time_ymd(2020, 1, 1);
                params.not_after = rcgen::date_time_ymd(2021, 1, 1);
            }
            Dates::NotYet => {
                params.not_before = rcgen::date_time_ymd(2090, 1, 1);
                params.not_after = rcgen::date_time_ymd(2091, 1, 1);
            }
        }
        let (certificate, trusted) = match signing {
            Signing::Authority => {
                let authority = authority("Authority of the Stub");
                let certificate = params.signed_by(&key, &authority).unwrap();
                (certificate, authority.pem())
            }
            Signing::Itself | Signing::ItselfAsAuthority => {
                if signing == Signing::ItselfAsAuthority {
                    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
                }
                let certificate = params.self_signed(&key).unwrap();
                let pem = certificate.pem();
                (certificate, pem)
            }
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions: &[_] = if tls.only_1_2 { &[&TLS12] } else { &[&TLS12, &TLS13] };
        let builder =
            ServerConfig::builder_with_provider(Arc::clone(&provider)).with_protocol_versions(versions).unwrap();
        let builder = if tls.client_certificate {
            let mut roots = RootCertStore::empty();
            let authority = tls.clients.as_ref().map(|pem| CertificateDer::from_pem_slice(pem.as_bytes()).unwrap());
            roots.add(authority.unwrap_or_else(|| clients.der().clone())).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        let key = if tls.stolen { KeyPair::generate().unwrap() } else { key };
        let private = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        // rustls does not check here whether the key belongs to the certificate.
        let key = rustls::crypto::ring::sign::any_supported_type(&private).unwrap();
        let shown = Arc::new(CertifiedKey::new(vec![certificate.der().clone()], key));
        let server = Arc::new(builder.with_cert_resolver(Arc::new(Shown(shown))));
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("ca.pem", &trusted), ("client.pem", &client.0), ("client-key.pem", &client.1)] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Some(Self { folder, server, trusted })
    }

    pub(crate) fn trusted_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    pub(crate) fn client_file(&self) -> PathBuf {
        self.folder.path().join("client.pem")
    }

    pub(crate) fn client_key_file(&self) -> PathBuf {
        self.folder.path().join("client-key.pem")
    }
}

/// Shows the same certificate to every client.
#[derive(Debug)]
struct Shown(Arc<CertifiedKey>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

fn params(name: &str, names: &[String]) -> CertificateParams {
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = params(name, &[]);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate authority for clients, with the certificate and key of one client, in PEM.
fn client() -> (CertifiedIssuer<'static, KeyPair>, (String, String)) {
    let authority = authority("Authority for Clients");
    let key = KeyPair::generate().unwrap();
    let mut params = params("client", &[]);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let certificate = params.signed_by(&key, &authority).unwrap();
    (authority, (certificate.pem(), key.serialize_pem()))
}
