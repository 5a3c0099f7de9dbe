//! `preflight`: may a license be imported on a day, and what must be done by when.
//!
//! This answer composes the others. It compares what is needed, by the members or by the license that the import
//! replaces, with what the new license gives; it adds what is lost besides seats, and what the policy asks for.

mod action_value;
mod actions;
mod costs;
mod doubtful;
mod export;
mod get_seats;
mod growth;
mod headline;
mod html;
mod ics;
mod item_problems;
mod item_words;
mod items;
mod items_grid;
mod lines;
mod looked_at;
mod losses;
mod lowest;
mod mail;
mod needs;
mod old_license;
mod outlasting;
mod question;
mod spare;
mod subject;
mod text;
mod uncounted;
mod value;
mod words;
mod xlsx;

pub use action_value::{Action, ActionItem, Addressee, Cause, ShortAtFirst, ShortStep};
pub use export::{preflight_csv, preflight_github};
pub use html::preflight_html;
pub use ics::preflight_ics;
pub use mail::preflight_mail;
pub use question::PreflightQuestion;
pub use text::{preflight_markdown, preflight_table};
pub use value::{Lowest, PreflightItem, PreflightOld, PreflightReport, ReplacedId, Verdict};
pub(crate) use xlsx::preflight_xlsx;

use std::collections::HashMap;

use crate::answers::until::until;
use crate::answers::why::explanations_by_id;
use crate::answers::{LaterLine, Origin, Side};
use crate::license::{Horizon, Item, ItemKind, Successors, user_types_with_seats};
use crate::seats::SeatTimeline;
use crate::source::License;
use crate::time::Zone;
use crate::usage::{Harm, Harms, Usage};

use doubtful::Doubtful;
use lines::LineFinder;
use needs::Needs;
use old_license::OldLicense;
use subject::ImportSubject;
use uncounted::Uncounted;

impl PreflightReport {
    /// The answer for a license document in a source.
    #[must_use]
    pub fn new(license: License<'_>, question: PreflightQuestion<'_>) -> Self {
        let License { source, document, .. } = license;
        let PreflightQuestion { as_of, zone, usage, .. } = question;
        let items = Item::all(document);
        let old_license = question.old.map(|old| OldLicense::new(old, as_of));
        let horizon = Horizon::new(&items, as_of, zone);
        let lead_end = question.lead.after(as_of, zone);
        let (until, until_is) = until(question.until, &horizon, Some(lead_end), question.plan);
        let positions = items.iter().enumerate();
        let positions = positions.map(|(index, item)| ((item.kind, item.id.clone().into_owned()), index)).collect();
        let unnamed = |kind| (kind, SeatTimeline::of_unnamed(kind, document));
        let unnamed: HashMap<_, _> = ItemKind::SEATED.into_iter().map(unnamed).collect();
        let latest_end = unnamed.get(&ItemKind::UserType).and_then(|unnamed| horizon.latest_end(&items, unnamed));
        let successors = Successors::new(document, &items);
        let subject = ImportSubject {
            as_of,
            zone,
            until,
            until_is,
            lead_end,
            horizon,
            latest_end,
            source,
            document,
            lines: LineFinder::new(license),
            old_lines: question.old.and_then(old_lines),
            has_foreign_list: question.administrators.is_some_and(|list| !list.foreign_to(&items).is_empty()),
            needs: Needs::new(&successors, usage, question.plan, old_license.as_ref(), &items, (as_of, until)),
            items,
            positions,
            unnamed,
            usage,
            after_moves: question.moved.is_some(),
            roles: question.roles,
            administrators: question.administrators,
            old_license,
        };
        let mut problems = item_problems::of_seats(&subject);
        problems.extend(item_problems::of_administrators(&subject));
        if let Some(old) = question.old {
            let new = Side::of_license(license, question.administrators);
            problems.extend(losses::of_losses(&subject, old, &new));
        }
        problems.extend(item_problems::of_policy(&subject, question.findings));
        let actions = actions::actions(&subject, problems);
        let is_worse_at_end = |item: &ActionItem| item.short.is_some() && subject.is_end(item.worst_at);
        let is_worse_at_end = actions.iter().flat_map(|action| &action.items).any(is_worse_at_end);
        let verdict = match actions.first() {
            None => Verdict::Go,
            Some(first) if first.due > lead_end => Verdict::GoThenAct,
            Some(_) => Verdict::NoGo,
        };
        let (uncounted, doubtful) = (Uncounted::all(&subject), Doubtful::all(&subject));
        let mut qualified = items::qualified(&subject, question.findings);
        let refused = question.moved.and_then(|moved| moved.problems.first()).map(|problem| &problem.message);
        let mut report = Self {
            schema: Self::SCHEMA.into(),
            as_of,
            until: Some(until),
            until_is: Some(until_is),
            lead: question.lead.to_string(),
            lead_end: Some(lead_end),
            new: Some(Origin::of(license)),
            old: subject.old_license.as_ref().map(OldLicense::described),
            verdict: Some(verdict),
            headline: headline::headline(&subject, verdict, &actions, (&uncounted, &doubtful), &qualified, refused),
            license_end: subject.horizon.license_end,
            license_end_certain: subject.horizon.license_end.map(|end| subject.latest_end == Some(end)),
            members: members(usage),
            usage: usage.sources.clone(),
            plan: question.plan.rows.iter().any(|row| row.count > 0).then(|| question.plan.source.clone()),
            later_plan: LaterLine::all(question.plan, until),
            moved: question.moved.map(|moved| moved.moves),
            items: items::items(&subject, &actions),
            costs: None,
            unknown: items::unknown(&subject, (&uncounted, &doubtful), &question),
            actions,
            left_out: usage.left_out.clone(),
            failures: Vec::new(),
            end_told: headline::end_told(&subject),
            has_doubtful_user_types: subject.has_doubtful_user_types(),
            has_count_gaps: !usage.gaps.is_empty(),
            is_worse_at_end,
        };
        let of = |usage: &Usage| Self::new(license, PreflightQuestion { usage, ..question });
        let with = usage.with_built_in(user_types_with_seats(&subject.items, as_of), |usage| of(usage).harms());
        let with = with.and_then(|with| items::built_in(&report, &of(&with), usage.if_built_in_counted()));
        let without = usage.without_built_in();
        let without =
            without.and_then(|without| items::built_in(&report, &of(&without), usage.if_built_in_not_counted()));
        qualified.extend(
            with.is_some()
                .then(|| "built-in accounts of the portal were not counted, with which it would be otherwise".into()),
        );
        qualified.extend(without.is_some().then(|| {
            "perhaps built-in accounts of the portal were counted, without which it would be otherwise".into()
        }));
        if with.is_some() || without.is_some() {
            let known = (uncounted.as_slice(), doubtful.as_slice());
            report.headline = headline::headline(&subject, verdict, &report.actions, known, &qualified, refused);
        }
        report.unknown.extend(with.into_iter().chain(without));
        report
    }

    /// What each user type that actions are about leads to.
    fn harms(&self) -> Harms {
        let mut harms = Harms::new();
        let items = self.actions.iter().flat_map(|action| action.items.iter().map(|item| (action.due, item)));
        for (at, item) in items.filter(|(_, item)| item.kind == ItemKind::UserType) {
            let (locked_out, short) = (item.locks_out_at_most().at_most(), item.short.unwrap_or(0));
            let harm = harms.entry(item.id.clone()).or_insert(Harm { at, locked_out: 0, short: 0 });
            // The actions come in the order of their dates.
            if harm.at == at {
                harm.locked_out = harm.locked_out.saturating_add(locked_out);
                harm.short = harm.short.saturating_add(short);
            }
        }
        harms
    }

    /// Adds to every item the entries that its seats come from, for a page.
    pub fn add_entries(&mut self, license: License<'_>, zone: Zone) {
        let mut explanations = explanations_by_id(license, self.as_of, zone);
        for item in &mut self.items {
            item.explanation = explanations.remove(&(item.kind, item.id.clone())).unwrap_or_default();
        }
    }
}

/// A finder for lines of the old license; `None` where that is no license document.
fn old_lines<'q>(old: &Side<'q>) -> Option<LineFinder<'q>> {
    Some(LineFinder::new(License::new(old.source(), old.place(), old.license()?)))
}

/// The number of members, where all of them were counted: each has exactly one user type. A list of members tells it before
/// counts, which may hold built-in accounts of the portal.
fn members(usage: &Usage) -> Option<u64> {
    if let Some(members) = &usage.members {
        return Some(u64::try_from(members.len()).unwrap_or(u64::MAX));
    }
    // A part of the members is no number of members.
    if !usage.gaps.is_empty() && !usage.is_counted(ItemKind::UserType) {
        return None;
    }
    let all = || usage.in_use().filter(|(kind, ..)| *kind == ItemKind::UserType).map(|(.., count)| count);
    (usage.is_counted(ItemKind::UserType) || all().next().is_some()).then(|| all().fold(0, u64::saturating_add))
}
