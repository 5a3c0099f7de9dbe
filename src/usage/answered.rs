//! Single answers of a portal: a page of members, a page of counts, a member.

use crate::source::{DocumentPlace, Failure, FailureCode, Source};
use crate::usage::account::{Account, LeftOut};
use crate::usage::counts::KeyCount;
use crate::usage::origin::DocumentOrigin;
use crate::usage::pages::ListPage;
use crate::usage::{counts, members, resource};

/// Reads an answer that is a page of members.
///
/// # Errors
/// Where the answer cannot be read.
pub(crate) fn members_page(answer: &Source) -> Result<ListPage<Account>, Failure> {
    members::page(DocumentOrigin { source: answer, place: &place(answer)? }, &LeftOut::default())
}

/// Reads an answer that is a page of counts, whatever they count.
///
/// # Errors
/// Where the answer cannot be read.
pub(crate) fn counts_page(answer: &Source) -> Result<ListPage<KeyCount>, Failure> {
    counts::page(DocumentOrigin { source: answer, place: &place(answer)? })
}

/// Reads an answer that is one member.
///
/// # Errors
/// Where the answer cannot be read.
pub(crate) fn member_answer(answer: &Source) -> Result<Account, Failure> {
    members::alone(DocumentOrigin { source: answer, place: &place(answer)? }, &LeftOut::default())
}

/// Reads an answer that is a license resource or a future license, as every command does that is given it.
///
/// # Errors
/// Where the answer cannot be read.
pub(crate) fn read_resource(answer: &Source) -> Result<(), Failure> {
    resource::tally(DocumentOrigin { source: answer, place: &place(answer)? }).map(|_| ())
}

fn place(answer: &Source) -> Result<DocumentPlace, Failure> {
    let first = answer.documents().next().map(|found| found.place);
    first.ok_or_else(|| Failure::new(answer.name(), FailureCode::Empty, "there is nothing in it"))
}
