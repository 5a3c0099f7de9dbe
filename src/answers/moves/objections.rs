//! What stands against moves before anything is counted.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::answers::moves::names::{Named, Names};
use crate::answers::moves::{Change, MoveProblem, MoveProblemCode, MovedType, MovesQuestion};
use crate::license::{Administrator, Compatible, Item, possible_administrator_types};
use crate::text::nearest;
use crate::usage::{Member, Privileges};

/// The one who signs in must be a member: a mistyped name would be nobody's, and nobody moved last.
pub(super) fn last(question: MovesQuestion<'_>, problems: &mut Vec<MoveProblem>) {
    if let Some(last) = question.last
        && !question.members.iter().any(|member| member.username == last)
    {
        problems.push(unknown_user(last, "--last", &in_any_case(question)));
    }
}

/// Finds the members that are spoken of, each once.
pub(super) fn wanted<'q>(
    question: MovesQuestion<'q>,
    types: &HashMap<&'q str, &Item<'_>>,
    problems: &mut Vec<MoveProblem>,
) -> Vec<Change<'q>> {
    let members: HashMap<&str, &Member> =
        question.members.iter().map(|member| (member.username.as_str(), member)).collect();
    // What is said of each member, and where, in the order of the first time.
    let mut said: Vec<(&Member, Vec<(&str, String)>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut say = |member: &'q Member, to: &'q str, place: String| {
        let index = *places.entry(&member.username).or_insert(said.len());
        match said.get_mut(index) {
            Some((_, targets)) => targets.push((to, place)),
            None => said.push((member, vec![(to, place)])),
        }
    };
    let names = Names::new(members.keys().copied());
    let held = || question.members.iter().map(|member| member.user_type.as_str());
    let ids = Names::new(held().chain(types.keys().copied()));
    let in_any_case = LazyCell::new(|| in_any_case(question));
    let mut unknown = BTreeSet::new();
    for wanted in &question.wanted.moves {
        let (cell, place) = (&wanted.username, &wanted.place);
        let member = match names.find(cell) {
            Named::One(name) => members.get(name).copied(),
            Named::Either(one, other) => {
                problems.push(ambiguous(cell, one, other, place));
                continue;
            }
            Named::Nobody => None,
        };
        let Some(member) = member else {
            if unknown.insert(cell) {
                problems.push(unknown_user(cell, place, &in_any_case));
            }
            continue;
        };
        match ids.find(&wanted.user_type) {
            Named::One(id) => say(member, id, place.clone()),
            Named::Either(one, other) => problems.push(ambiguous(&wanted.user_type, one, other, place)),
            Named::Nobody => say(member, &wanted.user_type, place.clone()),
        }
    }
    for (from, to) in &question.wanted.maps {
        let mut holders = question.members.iter().filter(|member| member.user_type == *from).peekable();
        if holders.peek().is_none() && !types.contains_key(from.as_str()) {
            let known: BTreeSet<_> = held().chain(types.keys().copied()).collect();
            let hint =
                nearest(from, known.into_iter()).map_or_else(String::new, |near| format!("; did you mean {near}?"));
            problems.push(MoveProblem {
                code: MoveProblemCode::UnknownType,
                username: None,
                user_types: vec![from.clone()],
                message: format!("{from} is held by nobody and is not in the license{hint}"),
            });
        }
        holders.for_each(|member| say(member, to, format!("--map {from}={to}")));
    }
    let mut changes = Vec::new();
    for (member, targets) in said {
        let Some((to, place)) = targets.first() else { continue };
        if let Some((other, other_place)) = targets.iter().find(|(other, _)| other != to) {
            problems.push(MoveProblem {
                code: MoveProblemCode::TwoTargets,
                username: Some(member.username.clone()),
                user_types: vec![(*to).to_owned(), (*other).to_owned()],
                message: format!(
                    "{} is to have {to} ({place}) and {other} ({other_place}), and a member has one user type",
                    member.username
                ),
            });
            continue;
        }
        changes.push(Change { member, to });
    }
    changes
}

/// Members by their names in small letters.
fn in_any_case(question: MovesQuestion<'_>) -> HashMap<String, &str> {
    question.members.iter().map(|member| (member.username.to_lowercase(), member.username.as_str())).collect()
}

fn unknown_user(username: &str, place: &str, in_any_case: &HashMap<String, &str>) -> MoveProblem {
    let near = in_any_case.get(&username.to_lowercase());
    let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
    MoveProblem {
        code: MoveProblemCode::UnknownUser,
        username: Some(username.to_owned()),
        user_types: Vec::new(),
        message: format!("no member is called {username} ({place}){hint}"),
    }
}

fn ambiguous(cell: &str, one: &str, other: &str, place: &str) -> MoveProblem {
    MoveProblem {
        code: MoveProblemCode::AmbiguousName,
        username: None,
        user_types: Vec::new(),
        message: format!("{cell} ({place}) may be {one:?} or {other:?}, which a CSV writes alike"),
    }
}

/// The user types that members are to get must be there, with seats that are certain.
pub(super) fn targets(
    question: MovesQuestion<'_>,
    types: &HashMap<&str, &Item<'_>>,
    changes: &[Change<'_>],
    problems: &mut Vec<MoveProblem>,
) {
    let wanted: BTreeSet<_> = changes.iter().map(|change| change.to).collect();
    for id in wanted {
        let (code, message) = match types.get(id) {
            None => {
                let known: BTreeSet<_> = types.keys().copied().collect();
                let other_case = known.iter().find(|known| known.eq_ignore_ascii_case(id)).copied();
                let hint = match (other_case, nearest(id, known.into_iter())) {
                    (Some(right), _) => format!("; its id is {right}, and a portal refuses another case"),
                    (None, Some(near)) => format!("; did you mean {near}?"),
                    (None, None) => String::new(),
                };
                (MoveProblemCode::UnknownType, format!("the license has no user type {id}{hint}"))
            }
            Some(item) if !item.timeline.is_certain_at(question.as_of) => (
                MoveProblemCode::SeatsNotCertain,
                format!("how many seats {id} has is not certain: `seatline check` tells why"),
            ),
            Some(item) if item.timeline.seats_at(question.as_of) == 0 => {
                let next = item.timeline.next_change(question.as_of);
                let next = next.map_or_else(String::new, |step| format!("; it has {} from {} on", step.seats, step.at));
                (MoveProblemCode::NoSeats, format!("{id} has no seats on the day{next}"))
            }
            Some(_) => continue,
        };
        problems.push(MoveProblem { code, username: None, user_types: vec![id.to_owned()], message });
    }
}

/// Administrators must stay administrators, and one must be left where there was one. Of a user type that the license does
/// not have something else is said.
pub(super) fn administrators(
    question: MovesQuestion<'_>,
    items: &[Item<'_>],
    types: &HashMap<&str, &Item<'_>>,
    changes: &[Change<'_>],
    problems: &mut Vec<MoveProblem>,
) {
    let compatible = |id: &str| Administrator::of(id, question.administrators).compatible;
    // Nobody else can change user types.
    let signs_in = |member: &Member| question.last == Some(member.username.as_str());
    let has_role = |member: &Member| question.roles.of(member) == Privileges::Administrator;
    let is_one = |member: &Member| signs_in(member) || has_role(member);
    let mut refused = false;
    for Change { member, to } in changes {
        if !types.contains_key(to) || !is_one(member) || compatible(to) == Compatible::Yes {
            continue;
        }
        let (name, role) = (&member.username, member.role.as_deref().unwrap_or("not known"));
        let who = if has_role(member) {
            format!("{name} is an administrator (role {role})")
        } else {
            format!("{name} signs in to do this, so must be an administrator (role {role}),")
        };
        let why = match compatible(to) {
            Compatible::No => "which is not compatible with the Administrator role",
            _ => "of which nobody says whether it is compatible with the Administrator role: give --admins",
        };
        refused = true;
        problems.push(MoveProblem {
            code: MoveProblemCode::AdministratorType,
            username: Some(name.clone()),
            user_types: vec![(*to).to_owned()],
            message: format!("{who} and is to have {to}, {why}"),
        });
    }
    if refused {
        return;
    }
    let possible = possible_administrator_types(items, question.administrators, question.as_of);
    let may_be = |member: &Member, id: &str| question.roles.may_administer(member, id, &possible);
    let known = changes.iter().filter(|change| types.contains_key(change.to));
    let targets: HashMap<&str, &str> = known.map(|change| (change.member.username.as_str(), change.to)).collect();
    let target = |member: &'_ Member| match targets.get(member.username.as_str()) {
        Some(to) => may_be(member, to),
        None => may_be(member, &member.user_type),
    };
    let before = question.members.iter().any(|member| may_be(member, &member.user_type));
    if before && !question.members.iter().any(target) {
        problems.push(MoveProblem {
            code: MoveProblemCode::NoAdministratorLeft,
            username: None,
            user_types: Vec::new(),
            message:
                "nobody would be left who may be an administrator and can sign in: not disabled, with a role that is or \
                      may be an administrator's, and a user type with seats that is or may be compatible with it"
                    .to_owned(),
        });
    }
}

/// What is trusted because nobody can look.
pub(super) fn notes(question: MovesQuestion<'_>, changes: &[Change<'_>]) -> Vec<String> {
    let count = question.members.len();
    let mut notes = vec![match count {
        1 => "the 1 member given is trusted to be all there are".to_owned(),
        _ => format!("the {count} members given are trusted to be all there are"),
    }];
    let compatible = |id: &str| Administrator::of(id, question.administrators).compatible;
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.member.role.is_none()) {
        if compatible(&change.member.user_type) != Compatible::No && compatible(change.to) != Compatible::Yes {
            *unknown.entry(change.to).or_default() += 1;
        }
    }
    for (id, count) in unknown {
        let who =
            if count == 1 { "1 member whose role is".to_owned() } else { format!("{count} members whose roles are") };
        notes.push(format!("{who} not known would get {id}: an administrator among them would lose the role"));
    }
    notes
}

/// Where there is no way back: `--undo` says who had what, and not that there are seats for it.
pub(super) fn one_way(user_types: &[MovedType]) -> impl Iterator<Item = String> {
    let over = user_types.iter().filter(|one| one.leaving > 0 && one.before > one.seats);
    over.map(|MovedType { id, seats, before, .. }| {
        format!("{id} has {before} members for {seats} seats: not all who leave it can get it back")
    })
}
