//! A certificate that is trusted itself.
//!
//! ArcGIS portals come with a self-signed certificate, which serves as the server's certificate whether or not it
//! claims to be that of a CA. A library that follows the rules for chains refuses it in this role. Here it is
//! compared byte for byte with the certificate that the user gave, and its name and dates are still checked.

use std::time::Duration;

use rustls::CertificateError;
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use x509_cert::Certificate;
use x509_cert::der::Decode;
use x509_cert::der::oid::db::rfc4519::CN;
use x509_cert::ext::pkix::{BasicConstraints, SubjectAltName};

/// A certificate of `--ca-cert`, with the parts of it that must be checked.
#[derive(Debug)]
pub(super) struct Pinned {
    der: CertificateDer<'static>,
    not_before: Duration,
    not_after: Duration,
    /// The host name of a certificate without a list of names.
    common_name: Option<String>,
    /// Whether the certificate may sign others: it does not say `CA:FALSE`.
    pub(super) may_sign: bool,
}

impl Pinned {
    /// Reads a certificate; `None` where it cannot be read.
    pub(super) fn read(der: CertificateDer<'static>) -> Option<Self> {
        let certificate = Certificate::from_der(&der).ok()?;
        ParsedCertificate::try_from(&der).ok()?;
        let body = certificate.tbs_certificate();
        let has_names = body.get_extension::<SubjectAltName>().ok()?.is_some();
        let common_name = if has_names { None } else { common_name(&certificate) };
        let may_sign = body.get_extension::<BasicConstraints>().ok()?.is_none_or(|(_, basic)| basic.ca);
        let (not_before, not_after) = (body.validity().not_before, body.validity().not_after);
        let (not_before, not_after) = (not_before.to_unix_duration(), not_after.to_unix_duration());
        Some(Self { der, not_before, not_after, common_name, may_sign })
    }

    pub(super) fn der(&self) -> &CertificateDer<'static> {
        &self.der
    }

    /// Checks the dates and the name.
    pub(super) fn check(&self, server: &ServerName<'_>, now: UnixTime) -> Result<(), rustls::Error> {
        let time = Duration::from_secs(now.as_secs());
        if time < self.not_before {
            let not_before = UnixTime::since_unix_epoch(self.not_before);
            return Err(CertificateError::NotValidYetContext { time: now, not_before }.into());
        }
        if time > self.not_after {
            let not_after = UnixTime::since_unix_epoch(self.not_after);
            return Err(CertificateError::ExpiredContext { time: now, not_after }.into());
        }
        match &self.common_name {
            Some(name) if name.eq_ignore_ascii_case(&server.to_str()) => Ok(()),
            Some(name) => Err(CertificateError::NotValidForNameContext {
                expected: server.to_owned(),
                presented: vec![name.clone()],
            }
            .into()),
            None => verify_server_name(&ParsedCertificate::try_from(&self.der)?, server),
        }
    }
}

/// The last common name of the certificate's subject.
fn common_name(certificate: &Certificate) -> Option<String> {
    let last = certificate.tbs_certificate().subject().iter().filter(|name| name.oid == CN).last()?;
    String::from_utf8(last.value.value().to_vec()).ok()
}
