//! Pages as a portal answers them, one at a time.

use crate::source::{DocumentPlace, Failure, FailureCode, Source};
use crate::usage::account::{Account, LeftOut};
use crate::usage::counts::Counted;
use crate::usage::origin::Origin;
use crate::usage::pages::Page;
use crate::usage::{counts, members};

/// The page of members that an answer is.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn members_page(answer: &Source) -> Result<Page<Account>, Failure> {
    members::page(Origin { source: answer, place: &place(answer)? }, &LeftOut::default())
}

/// The page of counts that an answer is, whatever it counts.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn counts_page(answer: &Source) -> Result<Page<Counted>, Failure> {
    counts::page(Origin { source: answer, place: &place(answer)? })
}

/// The member that an answer is about.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn member_answer(answer: &Source) -> Result<Account, Failure> {
    members::alone(Origin { source: answer, place: &place(answer)? }, &LeftOut::default())
}

fn place(answer: &Source) -> Result<DocumentPlace, Failure> {
    let first = answer.documents().next().map(|found| found.place);
    first.ok_or_else(|| Failure::new(answer.name(), FailureCode::Empty, "there is nothing in it"))
}
