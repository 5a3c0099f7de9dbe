//! The present members of a portal, and the user who is signed in.

use serde::Deserialize;

use crate::portal::pages::read_pages;
use crate::portal::{Event, FetchError, Operation, PortalFailure, Problem, Request, Session};
use crate::source::{Failure, Source};
use crate::usage::{Member, UsageReader};

/// The answer of `portals/self` about the user who asks.
#[derive(Deserialize)]
struct PortalSelf {
    user: Option<SignedIn>,
}

#[derive(Deserialize)]
struct SignedIn {
    username: Option<String>,
}

/// All members that the portal names.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct NamedMembers {
    /// Those whom the portal names, each with a user type.
    pub members: Vec<Member>,
    /// How many accounts the portal counts besides and does not name. Whether they are its built-in accounts it does not say.
    pub unnamed: u64,
}

/// Reads all members, page by page. Memory holds the members and one page.
///
/// # Errors
/// A [`PortalFailure`] where a page does not come, cannot be read or is missing.
pub fn members(session: &mut Session, tell: &mut dyn FnMut(Event<'_>)) -> Result<NamedMembers, PortalFailure> {
    let mut reader = UsageReader::default();
    let mut unreadable: Option<Failure> = None;
    let mut take = |page: usize, bytes: &[u8]| {
        if page == 1 {
            (reader, unreadable) = (UsageReader::default(), None);
        }
        let source = Source::decode(format!("page {page}"), bytes.to_vec());
        if let Err(failure) = source.and_then(|source| reader.read(&source, None)) {
            unreadable.get_or_insert(failure);
        }
        Ok(())
    };
    let read = read_pages(session, Operation::Members, &mut take, tell);
    let failed = |session: &Session, failure: Failure| {
        session.failure(Operation::Members, Problem::NotWanted(failure.to_string()))
    };
    let list = match read {
        Ok(list) => list,
        Err(FetchError::Portal(failure)) => return Err(*failure),
        Err(other) => return Err(session.failure(Operation::Members, Problem::NotWanted(other.to_string()))),
    };
    if let Some(failure) = unreadable {
        return Err(failed(session, failure));
    }
    let usage = reader.finish().map_err(|failure| failed(session, failure))?;
    Ok(NamedMembers { members: usage.members.unwrap_or_default(), unnamed: list.unnamed })
}

impl Session {
    /// The name of the user who is signed in, in the portal's spelling: the sign-in ignores case.
    ///
    /// # Errors
    /// A [`PortalFailure`] where the portal does not name the user.
    pub fn signed_in_as(&mut self) -> Result<String, PortalFailure> {
        let bytes = self.ask(Operation::PortalSelf, Request::Get(&[]))?;
        let source = Source::decode(Operation::PortalSelf.as_str(), bytes).ok();
        let portal: Option<PortalSelf> = source.and_then(|source| serde_json::from_str(source.text()).ok());
        let username = portal.and_then(|portal| portal.user?.username).filter(|username| !username.is_empty());
        username.ok_or_else(|| self.unexpected(Operation::PortalSelf, "an answer that names no user who is signed in"))
    }

    /// The failure of an operation whose answer is not what was asked for.
    #[must_use]
    pub fn unexpected(&self, operation: Operation, what: &str) -> PortalFailure {
        self.failure(operation, Problem::NotWanted(what.to_owned()))
    }
}
