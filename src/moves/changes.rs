//! From user names and ids, as people write them, to members and user types.

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap};

use crate::license::Item;
use crate::moves::names::{NameMeant, WrittenNames};
use crate::moves::{MemberChange, MoveProblem, MoveProblemCode, Site, Wanted};
use crate::text::{Phrase, name, nearest, phrase};
use crate::usage::Member;

/// Finds the members that `wanted` names, each once, and the problems of those that cannot be found. Members who
/// already have the wanted user type are among the changes.
#[must_use]
pub fn changes<'s>(site: &Site<'s>, wanted: &'s Wanted) -> (Vec<MemberChange<'s>>, Vec<MoveProblem>) {
    let mut problems = Vec::new();
    last(site, &mut problems);
    let types = site.user_types();
    let members: HashMap<&str, &Member> =
        site.members.iter().map(|member| (member.username.as_str(), member)).collect();
    // For each member the wanted user types and the places that name them, in the order of the first place.
    let mut targets_of: Vec<(&Member, Vec<(&str, String)>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut want = |member: &'s Member, to: &'s str, place: String| {
        let index = *places.entry(&member.username).or_insert(targets_of.len());
        match targets_of.get_mut(index) {
            Some((_, targets)) => targets.push((to, place)),
            None => targets_of.push((member, vec![(to, place)])),
        }
    };
    let names = WrittenNames::new(members.keys().copied());
    let held: BTreeSet<_> = site.members.iter().map(|member| member.user_type.as_str()).collect();
    let ids = WrittenNames::new(held.iter().copied().chain(types.keys().copied()));
    let in_any_case = LazyCell::new(|| in_any_case(site));
    let mut unknown = BTreeSet::new();
    for wanted in &wanted.moves {
        let (cell, place) = (&wanted.username, &wanted.place);
        let member = match names.find(cell) {
            NameMeant::One(name) => members.get(name).copied(),
            NameMeant::Either(one, other) => {
                problems.push(ambiguous(cell, one, other, place));
                continue;
            }
            NameMeant::Nobody => None,
        };
        let Some(member) = member else {
            if unknown.insert(cell) {
                problems.push(unknown_user(cell, place, &in_any_case));
            }
            continue;
        };
        match ids.find(&wanted.user_type) {
            NameMeant::One(id) => want(member, id, place.clone()),
            NameMeant::Either(one, other) => problems.push(ambiguous(&wanted.user_type, one, other, place)),
            NameMeant::Nobody => want(member, &wanted.user_type, place.clone()),
        }
    }
    let mut by_type: HashMap<&str, Vec<&Member>> = HashMap::new();
    if !wanted.maps.is_empty() {
        site.members.iter().for_each(|member| by_type.entry(&member.user_type).or_default().push(member));
    }
    for (from, to) in &wanted.maps {
        let holders = by_type.get(from.as_str()).map_or(&[][..], Vec::as_slice);
        problems.extend(unknown_source(from, to, !holders.is_empty(), &types, &held));
        holders.iter().for_each(|member| want(member, to, format!("map {from}={to}")));
    }
    let mut changes = Vec::new();
    for (member, targets) in targets_of {
        let Some((to, place)) = targets.first() else { continue };
        match targets.iter().find(|(other, _)| other != to) {
            Some((other, other_place)) => {
                problems.push(two_targets(member, (to, place), (other, other_place)));
            }
            None => changes.push(MemberChange { member, to }),
        }
    }
    (changes, problems)
}

/// The member who signs in must be among the members: with a misspelt name, nobody would be moved last.
fn last(site: &Site<'_>, problems: &mut Vec<MoveProblem>) {
    if let Some(last) = site.last
        && !site.members.iter().any(|member| member.username == last)
    {
        problems.push(unknown_user(last, "who is to be moved last", &in_any_case(site)));
    }
}

/// The problems of user types that the license does not have.
pub(super) fn unknown_types<'w>(
    types: &HashMap<&str, &Item<'_>>,
    wanted: impl Iterator<Item = &'w str>,
) -> Vec<MoveProblem> {
    let missing: BTreeSet<_> = wanted.filter(|id| !types.contains_key(id)).collect();
    let problem = |id: &str| {
        let known: BTreeSet<_> = types.keys().copied().collect();
        let other_case = known.iter().find(|known| known.eq_ignore_ascii_case(id)).copied();
        let hint = match (other_case, nearest(id, known.into_iter())) {
            (Some(right), _) => phrase!["; its id is ", name(right), ", and a portal refuses another case"],
            (None, near) => did_you_mean(near),
        };
        MoveProblem {
            code: MoveProblemCode::UnknownType,
            username: None,
            user_types: vec![id.to_owned()],
            message: phrase!["the license has no user type ", name(id), hint],
        }
    };
    missing.into_iter().map(problem).collect()
}

/// The problem of a user type to move members out of that neither the license nor any member has: it was probably
/// misspelt.
pub(super) fn unknown_source(
    from: &str,
    to: &str,
    is_held: bool,
    types: &HashMap<&str, &Item<'_>>,
    held: &BTreeSet<&str>,
) -> Option<MoveProblem> {
    if is_held || types.contains_key(from) {
        return None;
    }
    let known: BTreeSet<_> = held.iter().copied().chain(types.keys().copied()).collect();
    let hint = did_you_mean(nearest(from, known.into_iter()));
    Some(MoveProblem {
        code: MoveProblemCode::UnknownType,
        username: None,
        user_types: vec![from.to_owned()],
        message: phrase![name(from), " is held by nobody and is not in the license (map ", pair(from, to), ")", hint],
    })
}

/// "; did you mean viewerUT?"; nothing where no name is near.
fn did_you_mean(near: Option<&str>) -> Phrase {
    near.map_or_else(Phrase::default, |near| phrase!["; did you mean ", name(near), "?"])
}

/// Two user types of a map: "viewerUT=editorUT".
pub(super) fn pair(from: &str, to: &str) -> Phrase {
    name(&format!("{from}={to}"))
}

/// The user names of the members, by the names in small letters.
fn in_any_case<'s>(site: &Site<'s>) -> HashMap<String, &'s str> {
    site.members.iter().map(|member| (member.username.to_lowercase(), member.username.as_str())).collect()
}

fn unknown_user(username: &str, place: &str, in_any_case: &HashMap<String, &str>) -> MoveProblem {
    let near = in_any_case.get(&username.to_lowercase());
    let hint = did_you_mean(near.copied());
    MoveProblem {
        code: MoveProblemCode::UnknownUser,
        username: Some(username.to_owned()),
        user_types: Vec::new(),
        message: phrase!["no member is called ", name(username), " (", place, ")", hint],
    }
}

fn ambiguous(cell: &str, one: &str, other: &str, place: &str) -> MoveProblem {
    MoveProblem {
        code: MoveProblemCode::AmbiguousName,
        username: None,
        user_types: Vec::new(),
        message: phrase![
            name(cell),
            format!(" ({place}) may be "),
            name(&format!("{one:?}")),
            " or ",
            name(&format!("{other:?}")),
            ", which a CSV writes alike"
        ],
    }
}

fn two_targets(member: &Member, (to, place): (&str, &str), (other, other_place): (&str, &str)) -> MoveProblem {
    MoveProblem {
        code: MoveProblemCode::TwoTargets,
        username: Some(member.username.clone()),
        user_types: vec![to.to_owned(), other.to_owned()],
        message: phrase![
            name(&member.username),
            " is to have ",
            name(to),
            format!(" ({place}) and "),
            name(other),
            format!(" ({other_place}), and a member has one user type")
        ],
    }
}
