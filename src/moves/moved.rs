//! The usage after members have changed user type.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::license::ItemKind;
use crate::moves::administrators::{no_administrator_left, refused_administrators};
use crate::moves::changes::{changes, pair, unknown_source, unknown_types};
use crate::moves::targets::{SOON, note, short_lived_targets, unknown_targets};
use crate::moves::{MoveProblem, MoveProblemCode, Site, Wanted};
use crate::text::{Phrase, name, phrase};
use crate::usage::{Member, Usage};

/// The usage after moves, and the problems of these moves.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Moved {
    /// The seats that are assigned, and the members, after the moves.
    pub usage: Usage,
    /// How many members get another user type.
    pub moves: u64,
    /// The problems with administrators for which `moves` would refuse these moves.
    pub problems: Vec<MoveProblem>,
    /// Remarks on the new user types.
    pub notes: Vec<Phrase>,
}

/// Why the usage after moves is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotMoved {
    /// The moves name members, and the usage has counts only.
    NotOneByOne,
    /// A user name or id is not known, or a member has two new user types.
    Problems(Vec<MoveProblem>),
}

impl Moved {
    /// The usage after moves. Members are those of `usage`; `site.members` is not looked at.
    ///
    /// # Errors
    /// Where a member or a user type is not known, a member has two new user types, or moves name members and the usage
    /// has counts only.
    pub(crate) fn new(usage: &Usage, site: &Site<'_>, wanted: &Wanted) -> Result<Self, NotMoved> {
        match &usage.members {
            Some(members) => Self::one_by_one(usage, members, &Site { members, ..site.clone() }, wanted),
            None if wanted.moves.is_empty() => Self::counted(usage, site, wanted),
            None => Err(NotMoved::NotOneByOne),
        }
    }

    fn one_by_one(usage: &Usage, members: &[Member], site: &Site<'_>, wanted: &Wanted) -> Result<Self, NotMoved> {
        let (mut changes, mut problems) = changes(site, wanted);
        problems.extend(unknown_targets(site, wanted, &changes));
        changes.retain(|change| !change.is_none());
        if !problems.is_empty() {
            return Err(NotMoved::Problems(problems));
        }
        let mut problems = refused_administrators(site, &changes);
        // The order of the members means nothing, so the problems are sorted.
        problems.sort_by(|one, other| one.username.cmp(&other.username));
        if problems.is_empty() {
            problems.extend(no_administrator_left(site, &changes));
        }
        let targets: HashMap<&str, &str> =
            changes.iter().map(|change| (change.member.username.as_str(), change.to)).collect();
        let mut after = members.to_vec();
        for member in &mut after {
            if let Some(to) = targets.get(member.username.as_str()) {
                (*to).clone_into(&mut member.user_type);
            }
        }
        let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for change in &changes {
            *counts.entry((&change.member.user_type, change.to)).or_default() += 1;
        }
        Ok(Self {
            usage: usage.after_moves(&counts, Some(after)),
            moves: counts.values().sum(),
            problems,
            notes: site.foreign_list().into_iter().chain(short_lived_targets(site, &changes)).collect(),
        })
    }

    /// The usage after all members of some user types have moved, where only counts are known.
    fn counted(usage: &Usage, site: &Site<'_>, wanted: &Wanted) -> Result<Self, NotMoved> {
        let types = site.user_types();
        let in_use = usage.in_use().filter(|(kind, ..)| *kind == ItemKind::UserType);
        let held: BTreeSet<_> = in_use.map(|(_, id, _)| id).collect();
        let mut targets: BTreeMap<&str, &str> = BTreeMap::new();
        let mut problems = Vec::new();
        for (from, to) in &wanted.maps {
            problems.extend(unknown_source(from, to, held.contains(from.as_str()), &types, &held));
            if let Some(other) = targets.insert(from, to).filter(|other| other != to) {
                problems.push(MoveProblem {
                    code: MoveProblemCode::TwoTargets,
                    username: None,
                    user_types: vec![other.to_owned(), to.clone()],
                    message: phrase![
                        "the members of ",
                        name(from),
                        " are to have ",
                        name(other),
                        " (map ",
                        pair(from, other),
                        ") and ",
                        name(to),
                        " (map ",
                        pair(from, to),
                        "), and a member has one user type"
                    ],
                });
            }
        }
        problems.extend(unknown_types(&types, wanted.maps.iter().map(|(_, to)| to.as_str())));
        targets.retain(|from, to| from != to);
        let uncounted = targets.iter().flat_map(|(from, to)| [*from, *to]).collect::<BTreeSet<_>>();
        for id in uncounted.into_iter().filter(|id| usage.assigned(ItemKind::UserType, id).is_none()) {
            problems.push(MoveProblem {
                code: MoveProblemCode::NotCounted,
                username: None,
                user_types: vec![id.to_owned()],
                message: phrase![
                    "nobody counted the members of ",
                    name(id),
                    ", so it is not known how many the map moves"
                ],
            });
        }
        if !problems.is_empty() {
            return Err(NotMoved::Problems(problems));
        }
        let assigned = |id: &str| usage.assigned(ItemKind::UserType, id).unwrap_or(0);
        let counts: BTreeMap<_, _> = targets.into_iter().map(|(from, to)| ((from, to), assigned(from))).collect();
        let mut into: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, to), count) in counts.iter().filter(|(_, count)| **count > 0) {
            *into.entry(to).or_default() += count;
        }
        let until = SOON.after(site.as_of, site.zone);
        let soon = into.iter().filter_map(|(id, count)| note(types.get(id)?, *count, site.as_of, until, site.zone));
        let unknown = "which of the moved members are administrators is not known: only counts are given".into();
        Ok(Self {
            usage: usage.after_moves(&counts, None),
            moves: counts.values().fold(0, |sum: u64, count| sum.saturating_add(*count)),
            problems: Vec::new(),
            notes: site.foreign_list().into_iter().chain(soon).chain((!into.is_empty()).then_some(unknown)).collect(),
        })
    }
}
