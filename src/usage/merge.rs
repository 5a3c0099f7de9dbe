//! Several lists of the same members.

use std::collections::HashMap;

use crate::source::{Failure, FailureCode};
use crate::usage::members::Member;
use crate::usage::roles::same_role;

/// Makes one list of several lists of the same members, with every role that one of them knows.
///
/// # Errors
/// Where one list has a member, a user type or a role that another list does not have.
pub(super) fn merge(lists: Vec<(String, Vec<Member>)>) -> Result<Option<Vec<Member>>, Failure> {
    let mut lists = lists.into_iter();
    let Some((first_name, mut members)) = lists.next() else { return Ok(None) };
    for (name, others) in lists {
        let mut others: HashMap<_, _> = others.into_iter().map(|member| (member.username.clone(), member)).collect();
        for member in &mut members {
            let same = others.remove(&member.username).filter(|other| {
                let roles = member.role.as_ref().zip(other.role.as_ref());
                other.user_type == member.user_type && roles.is_none_or(|(one, other)| same_role(one, other))
            });
            let Some(other) = same else { return Err(differ(&name, &first_name, &member.username)) };
            member.role = member.role.take().or(other.role);
            member.disabled = member.disabled.or(other.disabled);
        }
        if let Some(username) = others.keys().min() {
            return Err(differ(&name, &first_name, username));
        }
    }
    Ok(Some(members))
}

/// The failure for a member on whom two lists disagree, or whom one of them lacks.
pub(super) fn differ(name: &str, other: &str, username: &str) -> Failure {
    let message =
        format!("{username} is not the same here as in {other}: give what was taken at one time, or one of them");
    Failure::new(name, FailureCode::Contradiction, message)
}
