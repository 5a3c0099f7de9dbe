//! Signing in by OAuth: with any browser, on the page that the portal shows, and with the code that this page gives
//! in the end.
//!
//! The code is of use only to this program. With it goes a verifier whose hash the portal got before (PKCE, RFC
//! 7636).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use sha2::{Digest, Sha256};

use crate::portal::{Address, Operation, Secret, TrustError};

/// The redirect URL that makes the portal show the code.
pub(super) const SHOW_CODE: &str = "urn:ietf:wg:oauth:2.0:oob";

/// A sign-in that goes on in a browser.
#[derive(Clone, Debug)]
pub struct BrowserSignIn {
    pub(super) client_id: String,
    pub(super) verifier: Secret,
}

impl BrowserSignIn {
    /// Begins a sign-in for an app that is registered at the portal.
    ///
    /// # Errors
    /// A [`TrustError`] where the system gives no random numbers.
    pub fn new(client_id: &str) -> Result<Self, TrustError> {
        let mut random = [0; 48];
        let provider = rustls::crypto::ring::default_provider();
        let filled = provider.secure_random.fill(&mut random);
        filled.map_err(|_| TrustError::Other("the system gives no random numbers".to_owned()))?;
        Ok(Self { client_id: client_id.to_owned(), verifier: Secret::new(URL_SAFE_NO_PAD.encode(random)) })
    }

    /// The page that the user opens in a browser.
    #[must_use]
    pub fn page(&self, address: &Address) -> Url {
        let mut url = address.url(Operation::Authorize);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose()));
        url.query_pairs_mut().extend_pairs([
            ("client_id", self.client_id.as_str()),
            ("response_type", "code"),
            ("redirect_uri", SHOW_CODE),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_knows_the_hash_of_the_verifier_only() {
        let address = Address::parse("https://gis.example.com/portal", None, false).unwrap();
        let one = BrowserSignIn::new("app id").unwrap();
        let page = one.page(&address);
        assert!(
            page.as_str().starts_with("https://gis.example.com/portal/sharing/rest/oauth2/authorize?client_id=app+id&")
        );
        assert!(!page.as_str().contains(one.verifier.expose()));
        assert!((43..=128).contains(&one.verifier.expose().len()));
        assert_ne!(one.verifier.expose(), BrowserSignIn::new("app id").unwrap().verifier.expose());
    }
}
