//! The notes of `fit`: what a reader should know besides the numbers.

use std::collections::HashMap;

use crate::answers::fit::question::FitQuestion;
use crate::answers::fit::shortage::Shortage;
use crate::answers::fit::value::{FitItem, FitReport, LaterLine};
use crate::answers::words::{count, count_kinds, last_instant};
use crate::license::ItemKind;
use crate::license::catalog::is_known;
use crate::text::{Phrase, name, nearest, phrase};
use crate::time::{Instant, Zone};
use crate::usage::UnknownRole;

/// The most misspelt ids that are looked up, and the most roles and plan lines that are named.
const MOST: usize = 20;

/// Adds to each id that the license does not have the id of the license that was perhaps meant.
pub(super) fn suggest(items: &mut [FitItem]) {
    let mut known: HashMap<ItemKind, Vec<String>> = HashMap::new();
    for item in items.iter().filter(|item| item.in_license) {
        known.entry(item.kind).or_default().push(item.id.clone());
    }
    let unknown = items.iter_mut().filter(|item| !item.in_license && !is_known(item.kind, &item.id));
    for item in unknown.take(MOST) {
        let known = known.get(&item.kind).into_iter().flatten();
        item.near = nearest(&item.id, known.map(String::as_str)).map(str::to_owned);
    }
}

pub(super) fn notes(report: &FitReport, question: FitQuestion<'_>) -> Vec<Phrase> {
    let mut notes = Vec::new();
    notes.extend(report.items.iter().filter_map(|item| Some(phrase![name(&item.id), ": ", item.retired.as_ref()?])));
    let near = report.items.iter().filter_map(|item| Some((&item.id, item.near.as_ref()?)));
    notes.extend(near.map(|(id, near)| phrase![name(id), ": not in this license; did you mean ", name(near), "?"]));
    notes.extend(report.items.iter().filter_map(replaced));
    if let Some(moved) = question.moved {
        let changes = count(moved.moves, "change");
        let order = if moved.problems.is_empty() { ": `seatline moves` finds an order of them" } else { "" };
        notes.push(format!("the members are counted as after {changes} of user type{order}").into());
        notes.extend(moved.notes.iter().cloned());
    }
    notes.extend(later_plan(report, question));
    notes.extend(roles(report, question));
    let uncounted: Vec<_> =
        report.items.iter().filter(|item| item.assigned.is_none() && item.planned == 0).map(|item| item.kind).collect();
    if !uncounted.is_empty() {
        notes.push(phrase!["not counted, so not looked at: ", count_kinds(uncounted.into_iter())]);
    }
    notes
}

/// A note if the answer depends on whether the portal's built-in accounts count. It gives the other answer.
pub(super) fn built_in(report: &FitReport, other: &FitReport, condition: String) -> Option<Phrase> {
    let misfit = |report: &FitReport| {
        let misfit = report.first_misfit.as_ref();
        misfit.map(|misfit| (misfit.at, misfit.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>()))
    };
    let changes = report.fits != other.fits || misfit(report) != misfit(other);
    changes.then(|| phrase![condition, ": ", &other.verdict])
}

fn replaced(item: &FitItem) -> Option<Phrase> {
    let ids = item.replaces.iter().map(|one| {
        let perhaps = if one.perhaps { "perhaps " } else { "" };
        phrase![format!("{perhaps}{} of ", one.assigned), name(&one.id)]
    });
    let ids: Vec<_> = ids.collect();
    (!ids.is_empty())
        .then(|| phrase![name(&item.id), " takes the place of retired ids, and its count holds ", Phrase::list(ids)])
}

fn later_plan(report: &FitReport, question: FitQuestion<'_>) -> Option<Phrase> {
    LaterLine::words(&report.later_plan, report.until?, question.zone)
}

impl LaterLine {
    /// "planned to begin after 2027-01-01 00:00, so not counted: 3 of the app survey123 from …"; nothing where there are none.
    pub(in crate::answers) fn words(all: &[Self], until: Instant, zone: Zone) -> Option<Phrase> {
        let until = last_instant(zone, until);
        let lines = all.iter().take(MOST).map(|line| {
            phrase![
                format!("{} of the {} ", line.count, line.kind.noun()),
                name(&line.id),
                format!(" from {}", zone.show(line.from))
            ]
        });
        let mut lines: Vec<_> = lines.collect();
        if all.len() > MOST {
            lines.push(format!("{} more", all.len() - MOST).into());
        }
        (!lines.is_empty())
            .then(|| phrase![format!("planned to begin after {until}, so not counted: "), Phrase::list(lines)])
    }
}

/// How roles were read by their names, and which roles nobody knows, where roles decide who is locked out.
fn roles(report: &FitReport, question: FitQuestion<'_>) -> Vec<Phrase> {
    let mut notes = Vec::new();
    let usage = question.moved.map_or(question.usage, |moved| &moved.usage);
    let members = usage.members.as_deref().unwrap_or_default();
    let by_name: Vec<_> = question.roles.read_by_name(members).into_iter().map(name).collect();
    if !by_name.is_empty() {
        notes.push(phrase!["taken for the portal's own roles, by name: ", Phrase::list(by_name)]);
    }
    let unknown: Vec<_> = report.unknown_roles.iter().take(MOST).map(unknown_role).collect();
    // Where seats are not certain, that is why it says "up to".
    let shortages = report.items.iter().filter_map(|item| Some((item, item.told_shortage(report.until)?)));
    let shortages: Vec<_> =
        shortages.filter(|(_, shortage)| shortage.certain && shortage.locked_out_is_upper_bound).collect();
    if !unknown.is_empty() {
        let more = match report.unknown_roles.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" and {more} more roles"),
        };
        notes.push(phrase![
            "nobody says whether these roles have administrator privileges, with which nobody is locked out: ",
            Phrase::join(unknown, ", "),
            more
        ]);
    } else if !shortages.is_empty() {
        let planned =
            |item: &FitItem, shortage: &Shortage| shortage.assigned.saturating_sub(item.assigned.unwrap_or(0));
        let perhaps = |shortage: &Shortage| {
            shortage.locked_out.unwrap_or(0).saturating_sub(shortage.locked_out_certainly.unwrap_or(0))
        };
        let why = match (
            shortages.iter().any(|(item, shortage)| perhaps(shortage) > planned(item, shortage)),
            shortages.iter().any(|(item, shortage)| planned(item, shortage) > 0),
        ) {
            (true, true) => "not every role is known, nor who gets the seats that are planned",
            (false, true) => "nobody knows who gets the seats that are planned",
            (_, false) => "not every role is known",
        };
        notes.push(format!("up to: {why}, and administrators are not locked out").into());
    }
    notes
}

/// A role and its members: "GISLead (3 members)".
fn unknown_role(unknown: &UnknownRole) -> Phrase {
    let members = count(unknown.members, "member");
    match &unknown.role {
        Some(role) => phrase![name(role), format!(" ({members})")],
        None => format!("{members} without a role").into(),
    }
}
