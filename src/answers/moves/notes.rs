//! The notes of `moves`: facts that nobody looked up, and what members lose meanwhile.

use std::collections::BTreeMap;

use crate::answers::moves::{MovedType, MovesReport};
use crate::license::{Administrator, Compatible};
use crate::moves::{MemberChange, Site};
use crate::text::{Phrase, name, phrase};
use crate::usage::Privileges;

/// Facts that `moves` relies on, since they cannot be looked up.
pub(super) fn trusted(site: &Site<'_>, changes: &[MemberChange<'_>]) -> Vec<Phrase> {
    let count = site.members.len();
    let mut notes = vec![match count {
        1 => Phrase::from("the list of 1 member is taken to be complete"),
        _ => format!("the list of {count} members is taken to be complete").into(),
    }];
    let compatible = |id: &str| Administrator::of(id, site.administrators).compatible;
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes.iter().filter(|change| site.roles.of(change.member) != Privileges::Member) {
        if compatible(&change.member.user_type) != Compatible::No && compatible(change.to) != Compatible::Yes {
            *unknown.entry(change.to).or_default() += 1;
        }
    }
    for (id, count) in unknown {
        let members = if count == 1 { "1 member".to_owned() } else { format!("{count} members") };
        notes.push(phrase![
            format!("{members} whose role is or may be an administrator's would get "),
            name(id),
            ", with which that role is not known to go"
        ]);
    }
    notes
}

/// A note for each user type that has fewer seats than members before the moves: not all members who leave it can get
/// it back.
pub(super) fn one_way(user_types: &[MovedType]) -> impl Iterator<Item = Phrase> {
    let over = user_types.iter().filter(|one| one.leaving > 0 && one.before > one.seats);
    over.map(|MovedType { id, seats, before, .. }| {
        phrase![name(id), format!(" has {before} members for {seats} seats: not all who leave it can get it back")]
    })
}

/// A note if the order depends on whether the portal's built-in accounts count. `others` are the answers for every way to count
/// them; the note gives the worst.
pub(super) fn built_in(report: &MovesReport, others: &[MovesReport], condition: String) -> Option<Phrase> {
    let order = |report: &MovesReport| {
        report.batches.iter().map(|batch| (batch.user_type.clone(), batch.users.clone())).collect::<Vec<_>>()
    };
    let is_other = |other: &&MovesReport| report.possible != other.possible || order(report) != order(other);
    let mut differing = others.iter().filter(is_other);
    let first = differing.next()?;
    let worst = std::iter::once(first).chain(differing).find(|other| !other.problems.is_empty()).unwrap_or(first);
    let other = match worst.problems.first() {
        Some(problem) => phrase!["there is no order: ", &problem.message],
        None if report.possible == Some(false) => "there is an order".into(),
        None => "the order is another".into(),
    };
    Some(phrase![condition, ", ", other])
}
