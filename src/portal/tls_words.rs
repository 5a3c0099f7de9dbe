//! TLS errors in words, with what to do.

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, Error, OtherError, PeerIncompatible};

use crate::portal::{TlsProblem, TlsRemedy};
use crate::time::Instant;

/// The problem that a TLS error stands for. `shows_certificate` is whether a client certificate was sent.
pub(super) fn explain(error: &Error, shows_certificate: bool) -> TlsProblem {
    match error {
        Error::InvalidCertificate(bad) => certificate(bad),
        Error::AlertReceived(alert) => alert_words(*alert, shows_certificate),
        Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13 | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => TOO_OLD.into(),
        Error::PeerIncompatible(_) => no_common_ground(shows_certificate),
        Error::InvalidMessage(_) => "what answers there does not speak TLS: is this the https port?".into(),
        other => format!("TLS fails: {}", spelt_out(&without_link(other))).into(),
    }
}

/// Why a client certificate and its key cannot be used.
pub(super) fn client(error: &Error) -> String {
    match error {
        Error::InconsistentKeys(_) => "they do not belong together: the key is that of another certificate".to_owned(),
        Error::InvalidCertificate(bad) => format!("the certificate {}", unusable(&format!("{bad:?}"))),
        _ => "the key is of a kind that TLS does not know: RSA, ECDSA (P-256, P-384) and Ed25519 work".to_owned(),
    }
}

/// The names that the TLS library has for faults of certificates, with words for each.
const UNUSABLE: [(&str, &str); 12] = [
    ("WeakKey", "has a key that is too weak (RSA below 2048 bits): the portal needs a new certificate"),
    ("UnsupportedCertVersion", "is of an old version (1 or 2), which does not say enough: it must be of version 3"),
    ("BadEncoding", "is damaged: it cannot be read"),
    ("BadDer", "is damaged: it cannot be read"),
    ("Malformed", "is damaged: a part of it cannot be read"),
    ("ExtensionValueInvalid", "is damaged: a part of it cannot be read"),
    ("Revoked", "was revoked"),
    ("InvalidPurpose", "is not made for this purpose (extended key usage)"),
    ("Eku", "is not made for this purpose (extended key usage)"),
    ("CriticalExtension", "has a critical extension that is not known here"),
    ("NameConstraint", "is for a name that its signer may not vouch for"),
    ("Path", "is signed by somebody who may not sign others, or by too long a chain"),
];

/// The words for a fault of a certificate, to follow `the certificate`.
fn unusable(name: &str) -> String {
    let known = UNUSABLE.iter().find(|(part, _)| name.contains(part)).map(|(_, words)| (*words).to_owned());
    known.unwrap_or_else(|| format!("cannot be used: {}", spelt_out(name)))
}

/// A name of the library in words: `TooManyEmptyFragments` becomes `Too many empty fragments`.
fn spelt_out(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        match before.is_ascii_lowercase() && character.is_ascii_uppercase() {
            true => words.extend([' ', character.to_ascii_lowercase()]),
            false => words.push(character),
        }
        before = character;
    }
    words
}

const TOO_OLD: &str = "the portal, or a proxy before it, speaks TLS 1.1 or older only, which is broken: have it allow TLS \
                       1.2 or 1.3";

fn no_common_ground(shows_certificate: bool) -> TlsProblem {
    let client = if shows_certificate {
        "or refuses the client certificate"
    } else {
        "or wants a client certificate, and none was given"
    };
    TlsRemedy::ClientCertificate.of(format!(
        "the portal ends the TLS handshake: it has no cipher in common with us (ECDHE with AES-GCM or ChaCha20-Poly1305 is \
         needed), {client}"
    ))
}

fn alert_words(alert: AlertDescription, shows_certificate: bool) -> TlsProblem {
    use AlertDescription as Alert;
    let refused = match alert {
        Alert::ProtocolVersion => return TOO_OLD.into(),
        Alert::HandshakeFailure | Alert::InsufficientSecurity => return no_common_ground(shows_certificate),
        Alert::UnrecognisedName => {
            return TlsRemedy::HostName
                .of("the portal does not know the host name by which it was asked: use its own name");
        }
        Alert::InternalError => return "the portal's TLS is in trouble: look into its logs".into(),
        Alert::CertificateExpired => ": it has expired",
        Alert::CertificateRevoked => ": it was revoked",
        Alert::UnknownCA => ": the portal does not know who signed it",
        Alert::AccessDenied => ": its owner has no access",
        Alert::UnsupportedCertificate => ": it is of a kind that the portal does not take",
        Alert::CertificateRequired
        | Alert::BadCertificate
        | Alert::CertificateUnknown
        | Alert::NoCertificate
        | Alert::DecryptError => "",
        other => return format!("the portal ends the TLS handshake ({})", spelt_out(&format!("{other:?}"))).into(),
    };
    TlsRemedy::ClientCertificate.of(if shows_certificate {
        format!("the portal refuses the client certificate{refused}")
    } else {
        "the portal wants a client certificate, and none was given".to_owned()
    })
}

fn certificate(bad: &CertificateError) -> TlsProblem {
    use CertificateError as Bad;
    match bad {
        // The signature is also wrong where a trusted certificate has the same name as the one that signed.
        Bad::UnknownIssuer
        | Bad::BadSignature
        | Bad::UnsupportedSignatureAlgorithmContext { .. }
        | Bad::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            TlsRemedy::TrustedCertificate.of(
                "the portal's certificate is signed by nobody this machine trusts; if it is the portal's own, or your \
                 organization's, have it trusted",
            )
        }
        Bad::Expired => "the portal's certificate has expired, or the clock of this machine is wrong".into(),
        Bad::ExpiredContext { time, not_after } => format!(
            "the portal's certificate expired on {}: the portal needs a new one, unless the clock of this machine is wrong (it \
             says {})",
            date(*not_after),
            date(*time)
        )
        .into(),
        Bad::NotValidYet => "the portal's certificate is not valid yet: is the clock right?".into(),
        Bad::NotValidYetContext { time, not_before } => format!(
            "the portal's certificate is not valid before {}: is the clock of this machine right (it says {})?",
            date(*not_before),
            date(*time)
        )
        .into(),
        Bad::NotValidForName => {
            TlsRemedy::HostName.of("the portal's certificate is for another host name: use that name")
        }
        Bad::NotValidForNameContext { expected, presented } if presented.is_empty() => {
            TlsRemedy::TrustedCertificate.of(format!(
                "the portal's certificate has no list of host names, at most a common name (CN), which is not believed of a \
                 certificate that somebody signed: the portal needs one for {}; if you trust this very certificate, save it \
                 from the browser and have it trusted, then its common name counts",
                expected.to_str()
            ))
        }
        Bad::NotValidForNameContext { expected, presented } => {
            let names: Vec<_> = presented.iter().take(5).map(|name| plain_name(name)).collect();
            let (names, more) = (names.join(", "), if presented.len() > 5 { ", and others" } else { "" });
            let wanted = expected.to_str();
            let words = format!("the portal's certificate is for {names}{more}, not for {wanted}: use its name");
            TlsProblem { quoted: Some(names.into()), ..TlsRemedy::HostName.of(words) }
        }
        Bad::Other(OtherError(other)) if other.to_string().contains("CaUsedAsEndEntity") => {
            TlsRemedy::TrustedCertificate.of(
                "the portal's certificate says that it is a CA's; if it is the portal's own, have this very certificate \
                 trusted",
            )
        }
        Bad::Other(OtherError(other)) => format!("the portal's certificate {}", unusable(&without_link(other))).into(),
        other => format!("the portal's certificate {}", unusable(&format!("{other:?}"))).into(),
    }
}

/// The name in a value of the library: `DnsName("gis.example.com")` becomes `gis.example.com`.
fn plain_name(name: &str) -> &str {
    let inner = name
        .split_once('(')
        .and_then(|(kind, rest)| kind.chars().all(char::is_alphanumeric).then(|| rest.strip_suffix(')'))?);
    inner.unwrap_or(name).trim_matches('"')
}

/// The message of a library without its link to documentation for programmers.
fn without_link(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let end = text.find("http").unwrap_or(text.len());
    let text = text.get(..end).unwrap_or_default();
    let end = if end < text.len() { text.rfind(['.', ';', ':', '(']).unwrap_or(end) } else { end };
    text.get(..end).unwrap_or(text).trim_end_matches([' ', ':', ';', '(', '.']).to_owned()
}

fn date(time: UnixTime) -> Instant {
    let ms = i64::try_from(time.as_secs()).unwrap_or(i64::MAX).saturating_mul(1000);
    Instant::from_epoch_ms(ms)
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::ServerName;

    use super::*;

    fn alert(alert: AlertDescription, shows: bool) -> TlsProblem {
        explain(&Error::AlertReceived(alert), shows)
    }

    #[test]
    fn every_refusal_has_its_word() {
        use AlertDescription as Alert;
        for (problem, expected) in [
            (alert(Alert::ProtocolVersion, false), "TLS 1.1 or older"),
            (alert(Alert::HandshakeFailure, false), "no cipher in common with us"),
            (alert(Alert::HandshakeFailure, false), "or wants a client certificate"),
            (alert(Alert::HandshakeFailure, true), "or refuses the client certificate"),
            (alert(Alert::CertificateRequired, false), "wants a client certificate, and none was given"),
            (alert(Alert::BadCertificate, false), "none was given"),
            (alert(Alert::BadCertificate, true), "refuses the client certificate"),
            (alert(Alert::CertificateExpired, true), "it has expired"),
            (alert(Alert::CertificateRevoked, true), "it was revoked"),
            (alert(Alert::UnknownCA, true), "does not know who signed it"),
            (explain(&PeerIncompatible::ServerDoesNotSupportTls12Or13.into(), false), "TLS 1.1 or older"),
            (explain(&PeerIncompatible::NoCipherSuitesInCommon.into(), false), "no cipher in common"),
        ] {
            assert!(problem.words.contains(expected), "'{expected}' is not in {problem}");
        }
    }

    #[test]
    fn names_are_plain() {
        let name = |presented: &[&str]| {
            let expected = ServerName::try_from("gis.example").unwrap();
            let presented = presented.iter().map(|name| (*name).to_owned()).collect();
            explain(&CertificateError::NotValidForNameContext { expected, presented }.into(), false)
        };
        let problem = name(&["DnsName(\"a.example\")", "IpAddress(127.0.0.1)", "c.example"]);
        let words = &problem.words;
        assert!(words.contains("is for a.example, 127.0.0.1, c.example, not for gis.example"), "{words}");
        assert_eq!(problem.remedy, Some(TlsRemedy::HostName));
        assert!(name(&[]).words.contains("common name (CN)"));
        assert_eq!(name(&[]).remedy, Some(TlsRemedy::TrustedCertificate));
    }

    #[test]
    fn no_word_of_the_library_is_shown() {
        let shown = |error: &Error| explain(error, false).words;
        let other = |text: &'static str| {
            let other = std::io::Error::other(text);
            shown(&CertificateError::Other(OtherError(std::sync::Arc::new(other))).into())
        };
        for (words, expected) in [
            (other("UnsupportedCertVersion"), "the portal's certificate is of an old version (1 or 2)"),
            (other("RequiredEkuNotFound"), "is not made for this purpose"),
            (other("MalformedExtensions"), "is damaged"),
            (other("SomethingNew"), "cannot be used: Something new"),
            (shown(&CertificateError::BadEncoding.into()), "the portal's certificate is damaged"),
            (shown(&CertificateError::Revoked.into()), "was revoked"),
            (alert(AlertDescription::BadRecordMac, false).words, "(Bad record mac)"),
            (
                client(&Error::InconsistentKeys(rustls::InconsistentKeys::KeyMismatch)),
                "the key is that of another certificate",
            ),
            (client(&CertificateError::BadEncoding.into()), "the certificate is damaged"),
            (
                client(&Error::General("failed to parse private key as RSA".to_owned())),
                "of a kind that TLS does not know",
            ),
        ] {
            assert!(words.contains(expected), "'{expected}' is not in {words}");
            let is_camel =
                |word: &str| word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
            assert!(!words.split_whitespace().any(is_camel), "{words}");
        }
    }

    #[test]
    fn nobody_is_sent_to_the_documentation_of_a_library() {
        let errors = [
            Error::General("odd. See https://docs.rs/rustls/latest/x".to_owned()),
            Error::InvalidCertificate(CertificateError::Other(OtherError(std::sync::Arc::new(std::io::Error::other(
                "unsupported (https://docs.rs/webpki)",
            ))))),
        ];
        for error in errors {
            let TlsProblem { words, .. } = explain(&error, false);
            assert!(!words.contains("http") && words.len() > 15, "{words}");
        }
    }
}
