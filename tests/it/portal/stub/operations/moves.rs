//! `updateUserLicenseType`: members get another user type.

use serde_json::json;

use super::{Answered, Call};

/// The most users in one request. No limit is published for this operation; a similar operation has 25.
const USERS: usize = 25;

impl Call<'_> {
    /// Changes one user after another. A user who cannot be changed is answered with `false`, and the others are
    /// changed nevertheless.
    pub(super) fn update_user_license_type(&self) -> Answered {
        let bad = |message: &str| self.error(400, message, &[]);
        let users = self.parameter("users").ok_or_else(|| bad("The parameter 'users' is missing."))?;
        let users: Vec<String> =
            serde_json::from_str(&users).map_err(|_| bad("The parameter 'users' is no array of user names."))?;
        if users.is_empty() || users.len() > USERS {
            return Err(bad("The parameter 'users' has none, or too many."));
        }
        let to = self.parameter("userLicenseType").ok_or_else(|| bad("The parameter 'userLicenseType' is missing."))?;
        let mut world = self.portal.world.lock().unwrap();
        if !world.knows_type(&to) {
            return Err(bad("The parameter 'userLicenseType' is invalid."));
        }
        let results = users.iter().map(|username| {
            // Only a user whom the test named is refused without a reason.
            match world.change(username, &to, self.unwilling) {
                Ok(()) => json!({"username": username, "status": true}),
                Err("unwilling") => json!({"username": username, "status": false}),
                Err(why) => json!({"username": username, "status": false, "error": {"message": why}}),
            }
        });
        Ok(json!({"results": results.collect::<Vec<_>>()}))
    }
}
