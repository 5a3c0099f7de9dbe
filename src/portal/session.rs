//! A session with a portal: it asks, and signs in where the portal wants a token.

use std::time::Duration;

use crate::portal::oauth::{BrowserSignIn, SHOW_CODE};
use crate::portal::problem_kind::is_trouble;
use crate::portal::secret::Secrets;
use crate::portal::sign_in::Tokens;
use crate::portal::{
    Address, Client, Limits, Operation, PortalFailure, Problem, Request, Secret, Way, answer, sign_in,
};
use crate::source::shortened;

/// The credentials to sign in with.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A user name and a password.
    Password {
        /// The name of an account of the portal, or of the directory that it uses.
        user: String,
        /// The password of this account; nothing prints it, see [`Secret`].
        password: Secret,
    },
    /// A token that was made elsewhere.
    Token(Secret),
    /// A code that the portal showed in a browser.
    Code(BrowserSignIn, Secret),
}

/// A portal that is asked by one user, or anonymously.
#[derive(Debug)]
pub struct Session {
    client: Client,
    credentials: Option<Credentials>,
    token: Option<Secret>,
    /// All secrets: the password, every token so far, and the cookies of sessions.
    secrets: Secrets,
    /// Whether the present token replaced another one and has not been accepted yet: a further one would be no
    /// better.
    renewed: bool,
    /// Whether the portal has accepted a token.
    accepted: bool,
    /// The refusal of a password, which is not sent again.
    refused: Option<PortalFailure>,
}

impl Session {
    /// A session that has sent nothing yet.
    #[must_use]
    pub fn new(client: Client, credentials: Option<Credentials>) -> Self {
        let mut secrets = Secrets::default();
        match &credentials {
            Some(Credentials::Password { password: secret, .. } | Credentials::Token(secret)) => secrets.add(secret),
            Some(Credentials::Code(browser, code)) => {
                secrets.add(&browser.verifier);
                secrets.add(code);
            }
            None => {}
        }
        if let Some(secret) = client.proxy_secret() {
            secrets.add(&secret);
        }
        Self { client, credentials, token: None, secrets, renewed: false, accepted: false, refused: None }
    }

    /// This session with a new connection for every request, for changes that must not get lost on a connection that
    /// the portal closes.
    #[must_use]
    pub fn with_new_connections(self) -> Self {
        Self { client: self.client.with_new_connections(), ..self }
    }

    /// Where requests go: the address as it was given, its context included.
    #[must_use]
    pub fn address(&self) -> &Address {
        self.client.address()
    }

    /// From now on, a portal that asks to come back later is waited for no longer than this in all; `None` lets each request
    /// wait as usual.
    pub fn wait_at_most(&mut self, longest: Option<Duration>) {
        self.client.wait_at_most(longest);
    }

    pub(super) fn limits(&self) -> Limits {
        self.client.limits()
    }

    /// Whether there are credentials to sign in with.
    #[must_use]
    pub fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    /// The user name to sign in with, if it is known.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        match &self.credentials {
            Some(Credentials::Password { user, .. }) => Some(user),
            _ => None,
        }
    }

    /// Asks the portal: first without a token; again with a token where the portal refuses, in whatever form; and
    /// again with a new token where it refuses one that it accepted before, since tokens may expire during a long
    /// list of moves. The result is the document that the operation answers.
    ///
    /// An operation that changes something is not sent again after a failed connection or an HTTP error status. It is
    /// sent again only where the portal said that it wants a token, since it has then done nothing.
    ///
    /// # Errors
    /// A [`PortalFailure`] where there is no such answer.
    pub fn ask(&mut self, operation: Operation, request: Request<'_>) -> Result<Vec<u8>, PortalFailure> {
        if operation.needs_user() && self.token.is_none() && self.credentials.is_some() {
            self.sign_in()?;
        }
        let mut answered = self.ask_once(operation, request);
        if self.token.is_none()
            && self.credentials.is_some()
            && let Err(first) = &answered
            && first.problem.may_want_sign_in()
        {
            match self.sign_in() {
                Ok(()) => answered = self.ask_once(operation, request),
                Err(failure) if first.problem.is_about_a_token() => {
                    // A refusal of the credentials speaks for itself.
                    let is_refusal = matches!(failure.problem, Problem::SignIn(_));
                    return Err(PortalFailure { wanted_by: (!is_refusal).then_some(operation), ..failure });
                }
                Err(failure) => {
                    return Err(PortalFailure { signing_in: Some(Box::new(failure)), ..first.clone() });
                }
            }
        }
        let invalid = matches!(&answered, Err(failure) if failure.problem == Problem::TokenInvalid);
        let by_browser = matches!(self.credentials, Some(Credentials::Code(..)));
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
            Err(failure) if failure.problem == Problem::TokenInvalid && self.accepted && by_browser => {
                Err(PortalFailure { problem: Problem::TokenExpired, ..failure })
            }
            answered => answered,
        }
    }

    /// Cuts the words of a portal to what is shown. A note takes the place of words in which a secret occurs, and of all of them
    /// if a secret is split over several.
    pub(super) fn show_all<'w>(&self, words: impl Iterator<Item = &'w mut String>) {
        let mut words: Vec<_> = words.collect();
        for text in &mut words {
            **text = shortened(&self.secrets.withheld(std::mem::take(&mut **text)));
        }
        let all: String = words.iter().map(|text| text.as_str()).collect();
        if let Some(note) = self.secrets.note_instead(&all) {
            words.into_iter().for_each(|text| note.clone_into(text));
        }
    }

    pub(super) fn failure(&self, operation: Operation, problem: Problem) -> PortalFailure {
        self.withheld(self.client.failure(operation, problem))
    }

    fn ask_once(&mut self, operation: Operation, request: Request<'_>) -> Result<Vec<u8>, PortalFailure> {
        let sent = self.client.send(operation, request, self.token.as_ref());
        self.learn_cookies();
        let answer = sent.map_err(|failure| self.withheld(failure))?;
        match answer::judge(operation, &answer, &self.secrets) {
            Ok(()) => {
                self.renewed = false;
                self.accepted |= self.token.is_some();
                Ok(answer.bytes)
            }
            Err(problem) => {
                // A portal that rejects what was sent accepts the token.
                self.renewed &= !matches!(problem, Problem::Rejected(_));
                let failure = self.failure(operation, problem);
                Err(PortalFailure { tries: answer.tries, in_trouble: is_trouble(answer.status), ..failure })
            }
        }
    }

    /// Adds the secrets in the cookies that the last answers brought.
    fn learn_cookies(&mut self) {
        self.client.new_secrets().into_iter().for_each(|(name, secrets)| self.secrets.add_of_cookie(&name, secrets));
    }

    /// Gets a token. A user name and a password are sent only once.
    fn sign_in(&mut self) -> Result<(), PortalFailure> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone());
        }
        let signed_in = match &self.credentials {
            Some(Credentials::Token(token)) => Ok(Tokens { token: token.clone(), others: Vec::new() }),
            Some(Credentials::Password { user, password }) => self.generate_token(user, password),
            Some(Credentials::Code(browser, code)) => self.token_for_code(browser, code),
            None => Err(self.client.failure(Operation::GenerateToken, Problem::TokenRequired)),
        };
        self.learn_cookies();
        match signed_in {
            Ok(Tokens { token, others }) => {
                self.secrets.add(&token);
                others.iter().for_each(|other| self.secrets.add(other));
                self.token = Some(token);
                Ok(())
            }
            Err(failure) => {
                let failure = self.withheld(failure);
                self.refused = Some(failure.clone());
                Err(failure)
            }
        }
    }

    fn generate_token(&self, user: &str, password: &Secret) -> Result<Tokens, PortalFailure> {
        let operation = Operation::GenerateToken;
        let fields = [
            ("username", user),
            ("password", password.expose()),
            ("client", "referer"),
            ("referer", self.client.referer()),
            ("expiration", sign_in::TOKEN_MINUTES),
        ];
        let answer = self.client.send(operation, Request::Form(&fields), None)?;
        sign_in::token(operation, answer).map_err(|problem| self.client.failure(operation, problem))
    }

    /// Gets tokens for a code, which is good for one request.
    fn token_for_code(&self, browser: &BrowserSignIn, code: &Secret) -> Result<Tokens, PortalFailure> {
        let operation = Operation::OAuthToken;
        let fields = [
            ("client_id", browser.client_id.as_str()),
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("redirect_uri", SHOW_CODE),
            ("code_verifier", browser.verifier.expose()),
        ];
        let answer = self.client.send(operation, Request::Form(&fields), None)?;
        sign_in::token(operation, answer).map_err(|problem| self.client.failure(operation, problem))
    }

    /// The failure without secrets, whatever the portal repeats, and with the ways of signing in that were taken.
    fn withheld(&self, failure: PortalFailure) -> PortalFailure {
        PortalFailure { problem: failure.problem.withheld(&self.secrets), taken: self.ways_taken(), ..failure }
    }

    fn ways_taken(&self) -> Vec<Way> {
        let given = self.credentials.as_ref().map(|credentials| match credentials {
            Credentials::Password { .. } => Way::Password,
            Credentials::Token(_) => Way::Token,
            Credentials::Code(..) => Way::Browser,
        });
        given.into_iter().chain(self.client.ways()).collect()
    }
}
