//! The extensions of members, which a portal states for one member at a time.

use serde::{Deserialize, Serialize};

use crate::portal::{Operation, PortalFailure, Problem, Request, Session};
use crate::source::Source;
use crate::usage::member_answer;

/// The parts of an answer about a member that are kept. The answer tells more about people, which is not needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MemberExtensions {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id of the member's user type, such as `creatorUT`.
    pub user_license_type_id: String,
    /// The ids of the assigned extensions; `None` where the portal does not tell them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_license_type_extensions: Option<Vec<String>>,
}

impl Session {
    /// Asks for the extensions of a member.
    ///
    /// # Errors
    /// A [`PortalFailure`] where the portal does not answer, or answers about another member or without a user type.
    pub fn extensions_of(&mut self, username: &str) -> Result<MemberExtensions, PortalFailure> {
        let operation = Operation::Member;
        let parameters = [("returnUserLicenseTypeExtensions", "true".to_owned())];
        let bytes = self.ask(operation, Request::Named(username, &parameters))?;
        let member = Source::decode(format!("the answer about {username}"), bytes)
            .and_then(|answer| member_answer(&answer))
            .map_err(|failure| self.failure(operation, Problem::NotWanted(failure.message)))?;
        if member.username != username {
            return Err(self.unexpected(operation, &format!("an answer about somebody else than {username}")));
        }
        match member.user_type {
            Some(user_type) => Ok(MemberExtensions {
                username: member.username,
                user_license_type_id: user_type.text,
                user_license_type_extensions: member.extensions,
            }),
            None => Err(self.unexpected(operation, &format!("an answer that tells no user type of {username}"))),
        }
    }
}
