//! The client certificate and its key, for portals that ask for one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p12_keystore::error::Error as Pkcs12Error;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::{EncryptionScheme, pbes2};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

use crate::portal::Secret;

/// A certificate with its chain, and its key.
pub struct ClientIdentity {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
}

/// Does not print the key.
impl std::fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientIdentity").field("chain", &self.chain.len()).finish_non_exhaustive()
    }
}

/// Why a client certificate or its key cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// The file holds no certificate.
    #[error("there is no client certificate in the file (PEM, or a .pfx or .p12 that holds the key too)")]
    NoCertificate,
    /// The file holds no key.
    #[error("there is no private key in the file that can be read (PEM)")]
    NoKey,
    /// The key is encrypted, and no password was given.
    #[error("the key of the client certificate is encrypted, and there is no password")]
    PasswordWanted,
    /// The password does not open the key.
    #[error("the key of the client certificate does not open with this password")]
    PasswordWrong,
    /// The key has OpenSSL's own encryption of PEM, which is broken: it derives from the MD5 of the password.
    #[error(
        "the key of the client certificate is encrypted in OpenSSL's old form (\"Proc-Type: 4,ENCRYPTED\"), which is not read; this \
         writes it in today's form, which is: openssl pkcs8 -topk8 -in OLD.key -out NEW.key"
    )]
    OldForm,
    /// The key is encrypted by a scheme that is not supported.
    #[error(
        "the key of the client certificate is encrypted in a way that is not read; this writes it in today's form, which is: openssl pkcs8 \
         -topk8 -v2 aes-256-cbc -in OLD.key -out NEW.key"
    )]
    UnknownForm,
    /// Decrypting the key would take gigabytes or minutes.
    #[error(
        "opening the key of the client certificate would take more memory or time than that of any key made in earnest"
    )]
    TooCostly,
    /// The file is neither PEM nor PKCS #12.
    #[error(
        "this is neither PEM nor a .pfx or .p12 that can be read: it is damaged, cut off, or of an old form; this \
         turns a .pfx of an old form into PEM: openssl pkcs12 -legacy -in ME.pfx -out ME.pem"
    )]
    Pkcs12,
    /// The store holds no key, or several.
    #[error("the .pfx or .p12 holds {0} keys with their certificates, and must hold one")]
    Keys(usize),
    /// The file for the key is a store, and must be PEM.
    #[error(
        "the file of the key is no PEM; a .pfx or .p12 holds the certificate too: give it as the certificate, alone"
    )]
    KeyIsStore,
    /// The store holds a key, and another key was given as well.
    #[error("the .pfx or .p12 of the client certificate holds the key: give no other key")]
    KeyTwice,
}

/// The most rounds of PBKDF2. OpenSSL writes 2,048, and cautious people a million.
const MAX_ROUNDS: u32 = 10_000_000;

/// The most bytes of memory for scrypt.
const MAX_MEMORY: u64 = 1 << 30;

impl ClientIdentity {
    /// Reads a certificate with its chain, and its key, from PEM files or from one file of PKCS #12. `key` is `None`
    /// where the key is in the file of the certificate. The password is used only where the key is encrypted.
    ///
    /// # Errors
    /// An [`IdentityError`] where one of them cannot be read; [`IdentityError::PasswordWanted`] where a password is
    /// missing.
    pub fn read(certificate: &[u8], key: Option<&[u8]>, password: Option<&Secret>) -> Result<Self, IdentityError> {
        if certificate.first() == Some(&DER_SEQUENCE) {
            return if key.is_some() { Err(IdentityError::KeyTwice) } else { from_store(certificate, password) };
        }
        let chain: Vec<_> = CertificateDer::pem_slice_iter(certificate).filter_map(Result::ok).collect();
        if chain.is_empty() {
            return Err(IdentityError::NoCertificate);
        }
        let key = from_pem(key.unwrap_or(certificate), password)?;
        Ok(Self { chain, key })
    }
}

/// The first byte of every file of PKCS #12, and of no PEM file.
const DER_SEQUENCE: u8 = 0x30;

/// Reads a key from PEM, encrypted or not.
fn from_pem(file: &[u8], password: Option<&Secret>) -> Result<PrivateKeyDer<'static>, IdentityError> {
    if file.first() == Some(&DER_SEQUENCE) {
        return Err(IdentityError::KeyIsStore);
    }
    let text = Zeroizing::new(String::from_utf8_lossy(file).into_owned());
    if text.lines().any(|line| line.starts_with("Proc-Type:") && line.contains("ENCRYPTED")) {
        return Err(IdentityError::OldForm);
    }
    if let Ok(key) = PrivateKeyDer::from_pem_slice(file) {
        return Ok(key);
    }
    let body = section(&text, "ENCRYPTED PRIVATE KEY").ok_or(IdentityError::NoKey)?;
    let digits: String = body.split_ascii_whitespace().collect();
    let der = STANDARD.decode(digits).map_err(|_| IdentityError::NoKey)?;
    let encrypted = EncryptedPrivateKeyInfoRef::try_from(der.as_slice()).map_err(|_| IdentityError::UnknownForm)?;
    match &encrypted.encryption_algorithm {
        EncryptionScheme::Pbes2(parameters) if costs_too_much(&parameters.kdf) => return Err(IdentityError::TooCostly),
        EncryptionScheme::Pbes2(_) => {}
        _ => return Err(IdentityError::UnknownForm),
    }
    let password = password.ok_or(IdentityError::PasswordWanted)?;
    let key = encrypted.decrypt(password.expose()).map_err(|error| match error {
        pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::UnsupportedAlgorithm { .. }) => {
            IdentityError::UnknownForm
        }
        _ => IdentityError::PasswordWrong,
    })?;
    Ok(PrivatePkcs8KeyDer::from(key.as_bytes().to_vec()).into())
}

/// The content of a section of PEM, between its first and its last line.
fn section<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    Some(rest.split_once(&format!("-----END {label}-----"))?.0)
}

fn costs_too_much(kdf: &pbes2::Kdf) -> bool {
    match kdf {
        pbes2::Kdf::Pbkdf2(parameters) => parameters.iteration_count > MAX_ROUNDS,
        pbes2::Kdf::Scrypt(parameters) => {
            let bytes = parameters.cost_parameter.checked_mul(128 * u64::from(parameters.block_size));
            parameters.parallelization > 16 || bytes.is_none_or(|bytes| bytes > MAX_MEMORY)
        }
        _ => false,
    }
}

/// Reads the only key of a store, and its certificates. A store may have no password at all.
fn from_store(file: &[u8], password: Option<&Secret>) -> Result<ClientIdentity, IdentityError> {
    let open = |password: &str| KeyStore::from_pkcs12(file, password, Pkcs12ImportPolicy::Strict);
    let store = match (open(""), password) {
        (Err(error), Some(password)) if is_about_password(&error) => open(password.expose()),
        (Err(error), None) if is_about_password(&error) => return Err(IdentityError::PasswordWanted),
        (opened, _) => opened,
    };
    let store = store.map_err(|error| match error {
        error if is_about_password(&error) => IdentityError::PasswordWrong,
        _ => IdentityError::Pkcs12,
    })?;
    let chains = store.entries().filter_map(|(_, entry)| match entry {
        KeyStoreEntry::PrivateKeyChain(chain) => Some(chain),
        _ => None,
    });
    let chains: Vec<_> = chains.collect();
    let [found] = chains.as_slice() else { return Err(IdentityError::Keys(chains.len())) };
    let chain = found.certs().iter().map(|certificate| CertificateDer::from(certificate.as_der().to_vec()));
    let key = PrivatePkcs8KeyDer::from(found.key().as_der().to_vec());
    Ok(ClientIdentity { chain: chain.collect(), key: key.into() })
}

/// Whether a wrong password explains the error: the check of the whole store fails, or decrypting gave nonsense.
fn is_about_password(error: &Pkcs12Error) -> bool {
    matches!(error, Pkcs12Error::MacError(_) | Pkcs12Error::UnpadError | Pkcs12Error::Pkcs5Error(_))
}
