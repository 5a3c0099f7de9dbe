//! Signing in, and asking with a token where the portal wants one.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::portal::{Address, Client, Operation, PortalFailure, Problem, Request, Secret, answer};

/// What to sign in with.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A user name and a password.
    Password {
        /// The user name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// A token that was made before.
    Token(Secret),
}

/// How long a token is to live, in minutes.
const TOKEN_MINUTES: &str = "60";

/// What `generateToken` answers, as far as it matters.
#[derive(Deserialize)]
struct Answer {
    token: String,
}

/// One portal, asked by one user, or by nobody in particular.
#[derive(Debug)]
pub struct Session {
    client: Client,
    credentials: Option<Credentials>,
    token: Option<Secret>,
    /// After a token that was invalid, one new sign-in is enough.
    renewed: bool,
    /// A password that was refused is not tried again.
    refused: Option<PortalFailure>,
}

impl Session {
    /// Nothing is sent yet.
    #[must_use]
    pub fn new(client: Client, credentials: Option<Credentials>) -> Self {
        Self { client, credentials, token: None, renewed: false, refused: None }
    }

    /// The portal.
    #[must_use]
    pub fn address(&self) -> &Address {
        self.client.address()
    }

    /// Whether there is somebody to sign in as.
    #[must_use]
    pub fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    /// The user name one signs in with, if it is known.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        match &self.credentials {
            Some(Credentials::Password { user, .. }) => Some(user),
            _ => None,
        }
    }

    /// Asks, first without a token; once again with one where the portal wants it, and once again with a new one where it
    /// says that the token is invalid. The answer is the document that the operation answers.
    ///
    /// An operation that changes something is never sent again after a connection failed or a status came back, only where
    /// the portal said that it wants a token, and so has done nothing.
    ///
    /// # Errors
    /// Where there is no such answer.
    pub fn ask(&mut self, operation: Operation, request: Request<'_>) -> Result<Vec<u8>, PortalFailure> {
        if operation.needs_user() && self.token.is_none() && self.credentials.is_some() {
            self.sign_in()?;
        }
        let mut answered = self.ask_once(operation, request);
        let wanted = matches!(&answered, Err(failure) if failure.problem == Problem::TokenRequired);
        if wanted && self.token.is_none() && self.credentials.is_some() {
            self.sign_in()?;
            answered = self.ask_once(operation, request);
        }
        let invalid = matches!(&answered, Err(failure) if failure.problem == Problem::TokenInvalid);
        let by_password = matches!(self.credentials, Some(Credentials::Password { .. }));
        if invalid && by_password && self.token.is_some() && !self.renewed {
            self.renewed = true;
            self.sign_in()?;
            answered = self.ask_once(operation, request);
        }
        match answered {
            Err(failure) if failure.problem == Problem::TokenRequired && self.token.is_some() => {
                Err(PortalFailure { problem: Problem::TokenIgnored, ..failure })
            }
            answered => answered,
        }
    }

    pub(super) fn failure(&self, operation: Operation, problem: Problem) -> PortalFailure {
        self.masked(self.client.failure(operation, problem))
    }

    fn ask_once(&self, operation: Operation, request: Request<'_>) -> Result<Vec<u8>, PortalFailure> {
        let sent = self.client.send(operation, request, self.token.as_ref());
        let bytes = sent.map_err(|failure| self.masked(failure))?;
        let fail = |problem| self.failure(operation, problem);
        answer::judge(operation, &bytes).map_err(fail)?;
        if self.token.as_ref().is_some_and(|token| token.occurs_in(&bytes)) {
            return Err(fail(Problem::RepeatsToken));
        }
        Ok(bytes)
    }

    /// Gets a token. A user name and a password are sent once.
    fn sign_in(&mut self) -> Result<(), PortalFailure> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone());
        }
        let signed_in = match &self.credentials {
            Some(Credentials::Token(token)) => Ok(token.clone()),
            Some(Credentials::Password { user, password }) => self.generate_token(user, password),
            None => Err(self.client.failure(Operation::GenerateToken, Problem::TokenRequired)),
        };
        match signed_in {
            Ok(token) => {
                self.token = Some(token);
                Ok(())
            }
            Err(failure) => {
                let failure = self.masked(failure);
                self.refused = Some(failure.clone());
                Err(failure)
            }
        }
    }

    fn generate_token(&self, user: &str, password: &Secret) -> Result<Secret, PortalFailure> {
        let operation = Operation::GenerateToken;
        let fail = |problem| self.client.failure(operation, problem);
        let fields = [
            ("username", user),
            ("password", password.expose()),
            ("client", "referer"),
            ("referer", self.address().as_str()),
            ("expiration", TOKEN_MINUTES),
        ];
        let bytes = Zeroizing::new(self.client.send(operation, Request::Form(&fields), None)?);
        if let Some(error) = answer::error(&bytes) {
            return Err(fail(Problem::SignIn(error)));
        }
        // The error would repeat what stands there.
        let answer: Result<Answer, _> = serde_json::from_slice(&bytes);
        let token = answer.map(|answer| Secret::new(answer.token));
        let token = token.map_err(|_| fail(Problem::NoToken(answer::what(&bytes).to_owned())))?;
        if token.can_be_sent() {
            Ok(token)
        } else {
            Err(fail(Problem::NoToken("something that is no token".to_owned())))
        }
    }

    /// The failure without anything that must not be seen, whatever the portal repeats.
    fn masked(&self, failure: PortalFailure) -> PortalFailure {
        let own = match &self.credentials {
            Some(Credentials::Password { password: secret, .. } | Credentials::Token(secret)) => Some(secret),
            None => None,
        };
        let secrets: Vec<_> = own.into_iter().chain(&self.token).collect();
        PortalFailure { problem: failure.problem.masked(&secrets), ..failure }
    }
}
