//! What stands against moves before anything is counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Change, MoveProblem, MoveProblemCode, MovesQuestion};
use crate::administrator::{Administrator, Compatible};
use crate::item::Item;
use crate::nearest::nearest;
use crate::usage::Member;

/// Finds the members that are spoken of, each once.
pub(super) fn wanted<'q>(
    question: MovesQuestion<'q>,
    types: &HashMap<&str, &Item<'_>>,
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
    for wanted in &question.wanted.moves {
        // Our own CSV has a quote before what a spreadsheet would run.
        let plain = wanted.username.strip_prefix('\'').unwrap_or(&wanted.username);
        match members.get(wanted.username.as_str()).or_else(|| members.get(plain)) {
            Some(member) => say(member, &wanted.user_type, wanted.place.clone()),
            None => problems.push(unknown_user(question, &wanted.username, &wanted.place)),
        }
    }
    for (from, to) in &question.wanted.maps {
        let mut held = question.members.iter().filter(|member| member.user_type == *from).peekable();
        if held.peek().is_none() && !types.contains_key(from.as_str()) {
            let held = question.members.iter().map(|member| member.user_type.as_str());
            let known: BTreeSet<_> = held.chain(types.keys().copied()).collect();
            let hint =
                nearest(from, known.into_iter()).map_or_else(String::new, |near| format!("; did you mean {near}?"));
            problems.push(MoveProblem {
                code: MoveProblemCode::UnknownType,
                username: None,
                user_types: vec![from.clone()],
                message: format!("{from} is held by nobody and is not in the license{hint}"),
            });
        }
        held.for_each(|member| say(member, to, format!("--map {from}={to}")));
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
        }
        changes.push(Change { member, to });
    }
    changes
}

fn unknown_user(question: MovesQuestion<'_>, username: &str, place: &str) -> MoveProblem {
    let near = question.members.iter().find(|member| member.username.eq_ignore_ascii_case(username));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean {}?", near.username));
    MoveProblem {
        code: MoveProblemCode::UnknownUser,
        username: Some(username.to_owned()),
        user_types: Vec::new(),
        message: format!("no member is called {username} ({place}){hint}"),
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
    types: &HashMap<&str, &Item<'_>>,
    changes: &[Change<'_>],
    problems: &mut Vec<MoveProblem>,
) {
    let compatible = |id: &str| Administrator::of(id, question.administrators).compatible;
    for Change { member, to } in changes {
        let known = types.contains_key(to);
        let signs_in = question.last == Some(member.username.as_str());
        let administrator = signs_in || member.is_administrator(question.administrator_roles);
        if !known || !administrator || compatible(to) == Compatible::Yes {
            continue;
        }
        let (name, role) = (&member.username, member.role.as_deref().unwrap_or("not known"));
        let who = if member.is_administrator(question.administrator_roles) {
            format!("{name} is an administrator (role {role})")
        } else {
            format!("{name} signs in to do this, so must be an administrator (role {role}),")
        };
        let why = match compatible(to) {
            Compatible::No => "which is not compatible with the Administrator role",
            _ => "of which nobody says whether it is compatible with the Administrator role: give --admins",
        };
        problems.push(MoveProblem {
            code: MoveProblemCode::AdministratorType,
            username: Some(name.clone()),
            user_types: vec![(*to).to_owned()],
            message: format!("{who} and is to have {to}, {why}"),
        });
    }
    // Where a role is not known, whoever can be an administrator may be one.
    let may_be = |member: &Member, id: &str| {
        compatible(id) == Compatible::Yes
            && (member.role.is_none() || member.is_administrator(question.administrator_roles))
    };
    let targets: HashMap<&str, &str> =
        changes.iter().map(|change| (change.member.username.as_str(), change.to)).collect();
    let target =
        |member: &Member| targets.get(member.username.as_str()).copied().unwrap_or(&member.user_type).to_owned();
    let before = question.members.iter().any(|member| may_be(member, &member.user_type));
    if before && !question.members.iter().any(|member| may_be(member, &target(member))) {
        problems.push(MoveProblem {
            code: MoveProblemCode::NoAdministratorLeft,
            username: None,
            user_types: Vec::new(),
            message: "nobody would be left who is an administrator with a user type that is compatible with the role"
                .to_owned(),
        });
    }
}

/// What is trusted because nobody can look.
pub(super) fn notes(question: MovesQuestion<'_>, changes: &[Change<'_>]) -> Vec<String> {
    let count = question.members.len();
    let mut notes = vec![format!("the {count} members given are trusted to be all there are")];
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
