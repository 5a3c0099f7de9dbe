//! Signing in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::super::portal::CLIENT_ID;
use super::{Answered, Call};

impl Call<'_> {
    /// A token for a user name and a password, bound to a referer. A wrong password is an error with HTTP status 200.
    pub(super) fn generate_token(&self) -> Answered {
        let fails = |details: &[&str]| self.error(400, "Unable to generate token.", details);
        if self.portal.settings.without_site {
            return Err(fails(&["The portal site has not been created."]));
        }
        let (username, password) = match (self.parameter("username"), self.parameter("password")) {
            (Some(username), Some(password)) => (username, password),
            (username, password) => {
                let missing =
                    [(username, "'username' must be specified."), (password, "'password' must be specified.")];
                let missing: Vec<&str> =
                    missing.into_iter().filter(|(value, _)| value.is_none()).map(|(_, text)| text).collect();
                return Err(fails(&missing));
            }
        };
        let referer = self.parameter("referer").filter(|referer| !referer.is_empty());
        let referer = match (self.parameter("client").as_deref(), referer) {
            (Some("referer"), Some(referer)) => Some(referer),
            (Some("referer") | None, _) => return Err(fails(&["'referer' must be specified."])),
            (Some("ip" | "requestip"), _) => None,
            (Some(_), _) => return Err(fails(&["'client' is invalid."])),
        };
        let minutes = match self.parameter("expiration").map(|text| text.parse::<u64>()) {
            None => 60,
            Some(Ok(minutes)) => minutes,
            Some(Err(_)) => return Err(fails(&["'expiration' is invalid."])),
        };
        let mut world = self.portal.world.lock().unwrap();
        if !world.tokens.sign_in(&username, &password) {
            return Err(fails(&["Invalid username or password."]));
        }
        let token = world.tokens.issue(&username, referer.as_deref());
        let expires = SystemTime::now() + Duration::from_secs(minutes * 60);
        let expires = u64::try_from(expires.duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
        Ok(json!({"token": token, "expires": expires, "ssl": true}))
    }

    /// A token for a code that a browser showed. A code is good once, and only with a verifier of the length that RFC
    /// 7636 demands.
    pub(super) fn oauth_token(&self) -> Answered {
        let fails = |message: &str| Err(self.error(400, message, &[]));
        let field = |name: &str| self.parameter(name).unwrap_or_default();
        let app = [
            ("client_id", CLIENT_ID),
            ("grant_type", "authorization_code"),
            ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob"),
        ];
        if let Some((name, _)) = app.into_iter().find(|(name, value)| field(name) != *value) {
            return fails(&format!("'{name}' is invalid."));
        }
        if !(43..=128).contains(&field("code_verifier").len()) {
            return fails("'code_verifier' is invalid.");
        }
        let mut world = self.portal.world.lock().unwrap();
        let Some(username) = world.codes.remove(&field("code")) else { return fails("Invalid authorization code.") };
        let token = world.tokens.issue(&username, None);
        Ok(json!({"access_token": token, "expires_in": 1800, "username": username, "ssl": true}))
    }
}
