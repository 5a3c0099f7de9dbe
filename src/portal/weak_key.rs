//! Keys of certificates that are too short to be believed.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, Error, OtherError};
use x509_cert::Certificate;
use x509_cert::der::Decode;
use x509_cert::der::oid::db::rfc5912::RSA_ENCRYPTION;

/// The fewest bytes of a public RSA key of 2048 bits, which TLS libraries ask for: its modulus alone has as many.
const SHORTEST: usize = 256;

/// The portal signs with an RSA key of fewer than 2048 bits. The words for it are in [`super::tls_words`].
#[derive(Debug, thiserror::Error)]
#[error("WeakKey")]
struct WeakKey;

/// The error for a certificate whose RSA key is too short; `None` where it is long enough, or of another kind. A signature that
/// such a key made is refused, whoever trusts the certificate, and the library calls it a wrong signature.
pub(super) fn weak_key(certificate: &CertificateDer<'_>) -> Option<Error> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let key = certificate.tbs_certificate().subject_public_key_info();
    let is_weak = key.algorithm.oid == RSA_ENCRYPTION && key.subject_public_key.raw_bytes().len() < SHORTEST;
    is_weak.then(|| Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(WeakKey)))))
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::pem::PemObject;

    use super::*;
    use crate::portal::tls_words::explain;

    /// A certificate with an RSA key of 1024 bits.
    const WEAK: &[u8] = b"\
-----BEGIN CERTIFICATE-----\n\
MIICBjCCAW+gAwIBAgIUcAJvr0OtjK1pRlZyaPr8yTxQpIcwDQYJKoZIhvcNAQEL\n\
BQAwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNzE1NTQ1N1oYDzIxMjYx\n\
MTAzMTU1NDU3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwgZ8wDQYJKoZIhvcNAQEB\n\
BQADgY0AMIGJAoGBAMQGFqQbjr6WTaAIcUPfw0S+hwfAExgk9q/I38c26WLcW0qB\n\
koLPth1qmL2qNUso5jkJk7p1ZWfqJOoza7f4SZO+9xLTJMFcsqVQXHr/9bDbGTtY\n\
x8TKr05IsYo/cl7ZVc4/4xkDXa8yUXrHIdeXg12WQPLFrBKOQv1U0mOb7ZWRAgMB\n\
AAGjUzBRMB0GA1UdDgQWBBTW4dcsMFdSJL4FrKhycjTnSQrIPTAfBgNVHSMEGDAW\n\
gBTW4dcsMFdSJL4FrKhycjTnSQrIPTAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3\n\
DQEBCwUAA4GBABGD9aACBgBTQv3e56LXSQ6vlIIUaWE0arGzqM8fGRrFxSX4vgFC\n\
S7aIiHteFOUxkk3zMviZ/6Vd/MqmIJ27PpgC9GyEQg25Egw+0oLsDRqZ/mwThR4a\n\
ZhS1XnO8ktUnDb7G6wrTymp6TJ+VeVZiVQFqWsi/WepcZJfWUCUyrI18\n\
-----END CERTIFICATE-----";

    /// A certificate with an RSA key of 2048 bits.
    const GOOD: &[u8] = b"\
-----BEGIN CERTIFICATE-----\n\
MIIDCzCCAfOgAwIBAgIUNpPpNNWAj68BXdeKbOCcAfH6Ga8wDQYJKoZIhvcNAQEL\n\
BQAwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNzE1NTQ1OFoYDzIxMjYx\n\
MTAzMTU1NDU4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwggEiMA0GCSqGSIb3DQEB\n\
AQUAA4IBDwAwggEKAoIBAQC8HdudPCu77DyRaL2TKq7FfW6uCLj1k/p9wvtp/hye\n\
sf2iIxm3MFWW8zR7MeTg/YEcmhSej4uWS8rcUkDY4IUaLD52N1ArtCWxpA/F9ow8\n\
+YKO17wyFHUwqgpCm0VuYssdO7FN1WW4RbI7eIHox8Z9Bn6/t7+cnDpAHYjjBsqa\n\
2pFXmkAn7Iu/J9yV5WOIhvLGsiNgGLfbBQ1/0m3UuGaxIHCmRP1KE5Ev8BQY0xya\n\
jERKjijK2ejqvMioWa/U53Y8wj2xOYI2N50W72JLg0MMS1NODek+UV8VUpLJvJpk\n\
E+oPluiVoXjDanTHhuYR7hOiCNV8iIoHI0PEIaaHD+RPAgMBAAGjUzBRMB0GA1Ud\n\
DgQWBBTP3qVK/WnInGcOeCELo41g/dXUczAfBgNVHSMEGDAWgBTP3qVK/WnInGcO\n\
eCELo41g/dXUczAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQB0\n\
ccpA4YNDx5r+OxPhR8n1bUKSsP7D56OdygZiSjnxcF4WIrSgZtgT7T9ZqIxQr0lj\n\
xlSEASj/R9FXmqD3hzRLxUTCw22Dk2HmT0xdRBI0cZGpRhryoq/4U2nx3qc1jtQK\n\
9Iq4SnmBh0T8NJddYbRnkTVUWYKgi7xBxLoLgP4VyTN6SC6CvyaVYNubZ7TmWfPw\n\
eXfK6MPnLPxL8WpgB4u5wgjf2i049KVL76q+4YeDxo06LS0LqonEEVxBvP2mFrwP\n\
antlg1im5oFBeh4eBCRoHFnovaiWKBBeyMVX+N1TqxVbKK4ijTzYlEHdEm9sNzXI\n\
XogXvl06Q4FvINHKqGx2\n\
-----END CERTIFICATE-----";

    #[test]
    fn a_key_that_is_too_short_is_told_and_nobody_is_told_to_trust_it() {
        let weak = |pem| weak_key(&CertificateDer::from_pem_slice(pem).unwrap());
        let problem = explain(&weak(WEAK).unwrap(), false);
        let said = "the portal's certificate has a key that is too weak (RSA below 2048 bits): the portal needs a new certificate";
        assert_eq!((problem.words.as_str(), problem.remedy), (said, None));
        assert!(weak(GOOD).is_none());
    }
}
