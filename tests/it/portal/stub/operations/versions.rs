//! The resources that state the version and the signed-in user.

use serde_json::{Value, json};

use super::{Answered, Call};

impl Call<'_> {
    pub(super) fn sharing_version(&self) -> Value {
        json!({"currentVersion": self.portal.settings.version})
    }

    pub(super) fn admin_version(&self) -> Value {
        let version = &self.portal.settings.version;
        json!({"currentVersion": version, "version": version, "resources": ["license", "security", "system"]})
    }

    /// `user` is there if the request has a good token; a bad token is refused.
    pub(super) fn portal_self(&self) -> Answered {
        let user = self.user();
        if user.is_none() && self.token().is_some() {
            return Err(self.error(498, "Invalid Token.", &[]));
        }
        let world = self.portal.world.lock().unwrap();
        let mut answer = json!({
            "id": "0123456789ABCDEF",
            "name": "Stub",
            "isPortal": true,
            "currentVersion": self.portal.settings.version,
        });
        if let Some(member) = user.and_then(|user| world.member(&user).cloned()) {
            answer["user"] = member.to_json();
        }
        Ok(answer)
    }
}
