//! Pages as a portal answers them, one at a time.

use crate::license::ItemKind;
use crate::source::{DocumentPlace, Failure, FailureCode, Source};
use crate::usage::Member;
use crate::usage::origin::Origin;
use crate::usage::pages::Page;
use crate::usage::{counts, members};

/// The page of members that an answer is.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn members_page(answer: &Source) -> Result<Page<Member>, Failure> {
    members::page(Origin { source: answer, place: &place(answer)? })
}

/// The page of counts that an answer is, whatever it counts.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn counts_page(answer: &Source) -> Result<Page<(String, u64)>, Failure> {
    counts::page(Origin { source: answer, place: &place(answer)? }, Some(ItemKind::UserType)).map(|(_, page)| page)
}

fn place(answer: &Source) -> Result<DocumentPlace, Failure> {
    let first = answer.documents().next().map(|found| found.place);
    first.ok_or_else(|| Failure::new(answer.name(), FailureCode::Empty, "there is nothing in it"))
}
