//! Members of an organization, and the changes of their user types.

use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) username: String,
    pub(crate) full_name: String,
    /// The id of the member's user type.
    pub(crate) user_type: String,
    /// `org_user`, `org_publisher`, `org_admin`, or the id of a custom role.
    pub(crate) role: String,
    pub(crate) disabled: bool,
    /// The ids of the assigned extensions; `None` where the portal does not state them.
    pub(crate) extensions: Option<Vec<String>>,
}

impl Member {
    /// A member with the role `org_user`.
    pub(crate) fn new(username: &str, user_type: &str) -> Self {
        Self {
            username: username.to_owned(),
            full_name: format!("Full Name of {username}"),
            user_type: user_type.to_owned(),
            role: "org_user".to_owned(),
            disabled: false,
            extensions: None,
        }
    }

    /// This many members of one user type: `PREFIX00001`, `PREFIX00002` …
    pub(crate) fn many(prefix: &str, count: usize, user_type: &str) -> impl Iterator<Item = Self> {
        (1..=count).map(move |n| Self::new(&format!("{prefix}{n:05}"), user_type))
    }

    #[must_use]
    pub(crate) fn administrator(self) -> Self {
        self.role("org_admin")
    }

    #[must_use]
    pub(crate) fn role(mut self, role: &str) -> Self {
        role.clone_into(&mut self.role);
        self
    }

    #[must_use]
    pub(crate) fn extensions(mut self, ids: &[&str]) -> Self {
        self.extensions = Some(ids.iter().map(|id| (*id).to_owned()).collect());
        self
    }

    #[must_use]
    pub(crate) fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    pub(crate) fn is_administrator(&self) -> bool {
        self.role == "org_admin"
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "username": self.username,
            "fullName": self.full_name,
            "email": format!("{}@example.invalid", self.username),
            "userType": "arcgisonly",
            "role": self.role,
            "userLicenseTypeId": Some(&self.user_type).filter(|id| !id.is_empty()),
            "disabled": self.disabled,
            "groups": [],
        })
    }
}

/// A change of user type that the portal made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) username: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// A change of user type that was requested and not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) username: String,
    pub(crate) to: String,
    pub(crate) why: &'static str,
}
