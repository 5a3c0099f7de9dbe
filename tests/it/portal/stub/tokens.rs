//! Accounts, sign-ins, and the tokens that they get.

use std::collections::BTreeMap;

/// The number of wrong passwords in a row after which an account is locked.
pub(crate) const ATTEMPTS: usize = 5;

#[derive(Clone, Debug)]
struct Token {
    username: String,
    /// The `Referer` with which the token is good; `None` for any.
    referer: Option<String>,
    uses_left: Option<usize>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    passwords: BTreeMap<String, String>,
    failures: BTreeMap<String, usize>,
    issued: BTreeMap<String, Token>,
    /// The number of uses after which a token expires.
    uses: Option<usize>,
    count: usize,
}

impl Tokens {
    pub(crate) fn account(&mut self, username: &str, password: &str) {
        self.passwords.insert(username.to_owned(), password.to_owned());
    }

    /// Tokens issued from now on expire after this many uses.
    pub(crate) fn expire_after(&mut self, uses: usize) {
        self.uses = Some(uses);
    }

    /// Whether the password is that of the account, and the account is not locked.
    pub(crate) fn sign_in(&mut self, username: &str, password: &str) -> bool {
        let failures = self.failures.entry(username.to_owned()).or_insert(0);
        let good = *failures < ATTEMPTS && self.passwords.get(username).is_some_and(|right| right == password);
        *failures = if good { 0 } else { *failures + 1 };
        good
    }

    /// The wrong passwords in a row.
    pub(crate) fn failures(&self, username: &str) -> usize {
        self.failures.get(username).copied().unwrap_or(0)
    }

    pub(crate) fn issue(&mut self, username: &str, referer: Option<&str>) -> String {
        self.count += 1;
        // Like a real token: long, with the same characters, and not found anywhere by chance.
        let mut random = [0; 24];
        provider().secure_random.fill(&mut random).unwrap();
        let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let token = format!("Tk{}_{hex}-{hex}..", self.count);
        let issued = Token { username: username.to_owned(), referer: referer.map(str::to_owned), uses_left: self.uses };
        self.issued.insert(token.clone(), issued);
        token
    }

    /// The user of a token in a request with this `Referer`. The call counts as a use.
    pub(crate) fn check(&mut self, token: &str, referer: Option<&str>) -> Option<String> {
        let token = self.issued.get_mut(token)?;
        if token.referer.is_some() && token.referer.as_deref() != referer {
            return None;
        }
        if let Some(left) = &mut token.uses_left {
            *left = left.checked_sub(1)?;
        }
        Some(token.username.clone())
    }

    pub(crate) fn revoke_all(&mut self) {
        self.issued.values_mut().for_each(|token| token.uses_left = Some(0));
    }

    /// Every password, and every token ever issued.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.passwords.values().chain(self.issued.keys()).cloned().collect()
    }

    pub(crate) fn issued(&self) -> usize {
        self.count
    }
}

fn provider() -> rustls::crypto::CryptoProvider {
    rustls::crypto::ring::default_provider()
}
