//! What is assigned once members have changed user type.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::license::ItemKind;
use crate::moves::administrators::{no_administrator_left, refused_administrators};
use crate::moves::changes::{changes, unknown_source, unknown_types};
use crate::moves::targets::{SOON, note, short_lived_targets, unknown_targets};
use crate::moves::{MoveProblem, MoveProblemCode, Site, Wanted};
use crate::usage::{Member, Usage};

/// What is assigned after moves, and what stands against them.
#[derive(Clone, Debug)]
pub struct Moved {
    /// What is assigned then.
    pub usage: Usage,
    /// How many members have another user type than before.
    pub moves: u64,
    /// What `moves` would refuse of it, for the sake of administrators.
    pub problems: Vec<MoveProblem>,
    /// What is worth knowing of the new user types.
    pub notes: Vec<String>,
}

/// Why nobody knows what is assigned after moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMoved {
    /// Members are named, and only counts of members are known.
    NotOneByOne,
    /// A name or an id that nobody knows, or two user types for one member.
    Problems(Vec<MoveProblem>),
}

impl Moved {
    /// What is assigned after moves; `usage` says what is before, and takes the place of the site's members.
    ///
    /// # Errors
    /// Where a member or a user type is not known or one member is to have two, or members are named and not known.
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
        // The order of members says nothing.
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

    /// Whole user types, where only their members are counted.
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
                    message: format!(
                        "the members of {from} are to have {other} (map {from}={other}) and {to} (map {from}={to}), and a \
                         member has one user type"
                    ),
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
                message: format!("nobody counted the members of {id}, so it is not known how many the map moves"),
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
        let unknown = "which of the moved members are administrators is not known: only counts are given".to_owned();
        Ok(Self {
            usage: usage.after_moves(&counts, None),
            moves: counts.values().fold(0, |sum: u64, count| sum.saturating_add(*count)),
            problems: Vec::new(),
            notes: site.foreign_list().into_iter().chain(soon).chain((!into.is_empty()).then_some(unknown)).collect(),
        })
    }
}
