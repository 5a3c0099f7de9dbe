//! Members of an organization, and what was done with them.

use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub username: String,
    pub full_name: String,
    /// The id of the one user type the member has.
    pub user_type: String,
    /// `org_user`, `org_publisher`, `org_admin`, or the id of a custom role.
    pub role: String,
    pub disabled: bool,
}

impl Member {
    /// A member with the role `org_user`.
    pub fn new(username: &str, user_type: &str) -> Self {
        Self {
            username: username.to_owned(),
            full_name: format!("Full Name of {username}"),
            user_type: user_type.to_owned(),
            role: "org_user".to_owned(),
            disabled: false,
        }
    }

    /// So many members of one type: `PREFIX00001`, `PREFIX00002` …
    pub fn many(prefix: &str, count: usize, user_type: &str) -> impl Iterator<Item = Self> {
        (1..=count).map(move |n| Self::new(&format!("{prefix}{n:05}"), user_type))
    }

    #[must_use]
    pub fn administrator(self) -> Self {
        self.role("org_admin")
    }

    #[must_use]
    pub fn role(mut self, role: &str) -> Self {
        role.clone_into(&mut self.role);
        self
    }

    #[must_use]
    pub fn full_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.full_name);
        self
    }

    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    pub fn is_administrator(&self) -> bool {
        self.role == "org_admin"
    }

    pub fn to_json(&self) -> Value {
        json!({
            "username": self.username,
            "fullName": self.full_name,
            "email": format!("{}@example.invalid", self.username),
            "userType": "arcgisonly",
            "role": self.role,
            "userLicenseTypeId": self.user_type,
            "disabled": self.disabled,
            "groups": [],
        })
    }
}

/// A change of user type that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub username: String,
    pub from: String,
    pub to: String,
}

/// A change of user type that was asked for and not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub username: String,
    pub to: String,
    pub why: &'static str,
}
