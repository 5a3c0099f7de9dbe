//! The table of the items of a kind.

use std::collections::HashMap;

use crate::answers::Page;
use crate::answers::phrase::DOUBT;
use crate::answers::preflight::lowest::lowest;
use crate::answers::preflight::value::{PreflightItem, PreflightReport};
use crate::layout::{Cell, Grid, Tone};
use crate::license::ItemKind;
use crate::seats::Need;
use crate::time::Instant;
use crate::usage::LockedOut;

/// The items that actions are about, with their numbers.
pub(super) struct Concerned<'r> {
    /// The most members that each item locks out, and how many it does at first.
    locked_out: HashMap<(ItemKind, &'r str), (LockedOut, LockedOut)>,
    /// The last instant looked at.
    until: Option<Instant>,
    /// The title of the column for the old license.
    old: &'static str,
}

impl<'r> Concerned<'r> {
    pub(super) fn new(report: &'r PreflightReport) -> Self {
        let mut concerned = HashMap::new();
        for item in report.actions.iter().flat_map(|action| &action.items) {
            let most: &mut (LockedOut, LockedOut) = concerned.entry((item.kind, item.id.as_str())).or_default();
            let of_item = (item.locks_out_at_most(), item.locks_out_at_first());
            // Of several troubles, the one that locks out most members; of two equal ones, the more certain one.
            let key = |(most, _): &(LockedOut, LockedOut)| (most.at_most(), most.certainly);
            if key(&of_item) > key(most) {
                *most = of_item;
            }
        }
        Self { locked_out: concerned, until: report.until, old: old_title(report) }
    }

    /// Whether an action names the item, or it is not known whether it fits because the old license is in doubt.
    pub(super) fn has(&self, item: &PreflightItem) -> bool {
        let in_doubt = item.fits.is_none() && item.old_certain == Some(false);
        in_doubt || self.locked_out.contains_key(&(item.kind, item.id.as_str()))
    }

    fn locked_out(&self, item: &PreflightItem) -> String {
        match self.locked_out.get(&(item.kind, item.id.as_str())).copied().unwrap_or_default() {
            (most, _) if most.at_most() == 0 => String::new(),
            (most, first) if first.at_most() < most.at_most() => format!("{first}, later {most}"),
            (most, _) => most.to_string(),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct ItemsLayout {
    /// Whether the names have their own column; otherwise they stand below the ids.
    name_apart: bool,
    /// Whether there is a column for members locked out. Actions tell this number too.
    locked_out: bool,
    /// Where the words for the fewest seats go on in the next line.
    folds: &'static [&'static str],
}

/// The words with which a new line begins: those after a gap, and in a narrow table each date.
const AFTER_GAP: [&str; 1] = [", then "];
const EACH_DATE: [&str; 3] = [", then ", " to ", ", ends "];

/// The layouts from wide to narrow; Markdown has the first.
pub(super) const LAYOUTS: [ItemsLayout; 6] = [
    ItemsLayout { name_apart: true, locked_out: true, folds: &[] },
    ItemsLayout { name_apart: false, locked_out: true, folds: &[] },
    ItemsLayout { name_apart: true, locked_out: true, folds: &AFTER_GAP },
    ItemsLayout { name_apart: false, locked_out: true, folds: &AFTER_GAP },
    ItemsLayout { name_apart: false, locked_out: true, folds: &EACH_DATE },
    ItemsLayout { name_apart: false, locked_out: false, folds: &AFTER_GAP },
];

/// The table of the items of a kind.
pub(super) fn items_grid(
    kind: ItemKind,
    items: &[&PreflightItem],
    concerned: &Concerned<'_>,
    page: &Page,
    layout: ItemsLayout,
) -> Grid {
    let name_apart = layout.name_apart && items.iter().any(|item| item.name.is_some());
    let seated = kind != ItemKind::Capability;
    let mut header = vec![kind.heading()];
    header.extend(name_apart.then_some("name"));
    let old_title = format!(">{}", concerned.old);
    match seated {
        true => header.extend([">assigned", old_title.as_str(), ">at import"]),
        false => header.push("at import"),
    }
    header.push("lowest later");
    let locked_out = layout.locked_out && kind == ItemKind::UserType;
    header.extend(locked_out.then_some(">locked out"));
    let mut grid = Grid::new(&header);
    for item in items {
        let number = |count: Option<u64>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
        let doubt = if item.certain { "" } else { DOUBT };
        let tone = if item.fits == Some(false) { Tone::Bad } else { Tone::Plain };
        let name = item.name.clone().unwrap_or_default();
        let mut row = match (name_apart, name.is_empty()) {
            (true, _) => vec![Cell::id(item.id.clone()), Cell::id(name)],
            (false, true) => vec![Cell::id(item.id.clone())],
            (false, false) => vec![Cell::ids(vec![item.id.clone(), format!(" {name}")])],
        };
        if seated {
            row.extend(
                [
                    assigned_cell(item.assigned, item.planned) + &planned_later(item, concerned.until),
                    old_cell(item, concerned.until),
                    number(item.new) + doubt,
                ]
                .map(Cell::new),
            );
        } else {
            let there = item.lowest.seats > 0 || item.lowest.at > page.as_of;
            row.push(Cell::new(format!("{}{doubt}", if there { "there" } else { "not there" })));
        }
        let lowest = lowest(item, concerned.until, page);
        let folded = layout
            .folds
            .iter()
            .fold(lowest, |text, begin| text.replace(begin, &format!("; {}", begin.trim_start_matches([',', ' ']))));
        let lines = folded.split("; ");
        row.push(Cell::lines(lines).tone(tone));
        if locked_out {
            row.push(Cell::new(concerned.locked_out(item)));
        }
        grid.row(row);
    }
    grid
}

/// The assigned seats: "110", "110 + 3 planned".
pub(super) fn assigned_cell(assigned: Option<u64>, planned: u64) -> String {
    match (assigned, planned) {
        (None, _) => "–".to_owned(),
        (Some(assigned), 0) => assigned.to_string(),
        (Some(assigned), planned) => format!("{} + {planned} planned", assigned.saturating_sub(planned)),
    }
}

/// The seats of later lines of the plan: ", 5 more planned later".
fn planned_later(item: &PreflightItem, until: Option<Instant>) -> String {
    let more = item.assigned.map_or(0, |assigned| most_needed(item, until).saturating_sub(assigned));
    if more == 0 {
        String::new()
    } else {
        format!(", {more}{} planned later", if item.planned > 0 { " more" } else { "" })
    }
}

/// The most seats that are needed at any one time up to `until`.
fn most_needed(item: &PreflightItem, until: Option<Instant>) -> u64 {
    most_of(item.need.as_ref(), until)
}

fn most_of(need: Option<&Need>, until: Option<Instant>) -> u64 {
    let steps = need.into_iter().flat_map(Need::steps);
    let looked_at = steps.filter(|(from, _)| until.is_none_or(|until| *from <= until));
    looked_at.map(|(_, seats)| *seats).max().unwrap_or(0)
}

/// The seats of the old license, marked where they are not certain. Where nobody counted and the old license gives
/// more later, also that number: "100, later 150".
pub(super) fn old_cell(item: &PreflightItem, until: Option<Instant>) -> String {
    let doubt = if item.old_certain == Some(false) { DOUBT } else { "" };
    let Some(old) = item.old else { return "–".to_owned() };
    let later = old_later(item, until)
        .map_or_else(String::new, |(most, certain)| format!(", later {most}{}", if certain { "" } else { DOUBT }));
    format!("{old}{doubt}{later}")
}

/// The most seats that the old license gives later, where nobody counted and they are more; and whether that is certain.
pub(super) fn old_later(item: &PreflightItem, until: Option<Instant>) -> Option<(u64, bool)> {
    let most = most_of(item.old_need.as_ref(), until);
    let is_certain = || !item.need_doubts.iter().any(|doubt| until.is_none_or(|until| doubt.from <= until));
    item.old.filter(|old| most > *old).map(|_| (most, is_certain()))
}

/// The title of the column for the old license.
pub(super) fn old_title(report: &PreflightReport) -> &'static str {
    let ended = report.old.as_ref().is_some_and(|old| old.ended.is_some());
    if ended { "old, before its end" } else { "old" }
}
