//! `preflight`: may a license be imported on a day, and what must be done by when.
//!
//! It composes what the other answers say: what is needed (by the members, or by what the import replaces) against what
//! the license gives, what is lost besides seats, and what the policy asks for.

mod actions;
mod export;
mod items;
mod losses;
mod needs;
mod question;
mod replaced;
mod subject;
mod text;
mod value;
mod words;

pub use export::{preflight_csv, preflight_github};
pub use question::PreflightQuestion;
pub use text::{preflight_markdown, preflight_table};
pub use value::{
    Action, ActionItem, Cause, Lowest, PreflightItem, PreflightLicense, PreflightOld, PreflightReport, Verdict,
};

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::answers::Side;
use crate::answers::until::until;
use crate::json::Locator;
use crate::license::{Horizon, Item, ItemKind, LicenseDocument, Successors};
use crate::source::{DocumentPlace, Source};
use crate::usage::Usage;

use needs::needed;
use replaced::Replaced;
use subject::Subject;

impl PreflightReport {
    /// The answer for a license document that was found in a source.
    #[must_use]
    pub fn new(
        source: &Source,
        place: &DocumentPlace,
        document: &LicenseDocument<'_>,
        question: PreflightQuestion<'_>,
    ) -> Self {
        let PreflightQuestion { as_of, zone, usage, .. } = question;
        let items = Item::all(document);
        let replaced = question.old.map(|old| Replaced::new(old, as_of));
        let horizon = Horizon::new(&items, as_of, zone);
        let lead_end = question.lead.after(as_of, zone);
        let (until, until_is) = until(question.until, &horizon, Some(lead_end), question.plan);
        let positions = items.iter().enumerate();
        let positions = positions.map(|(index, item)| ((item.kind, item.id.clone().into_owned()), index)).collect();
        let successors = Successors::new(document, &items);
        let needed = needed(&successors, usage, question.plan, replaced.as_ref(), &items, as_of);
        let subject = Subject {
            as_of,
            zone,
            until,
            until_is,
            lead_end,
            horizon,
            source,
            document,
            locator: RefCell::new(Locator::new(source.text(), place.span.clone())),
            items,
            positions,
            usage,
            roles: question.roles,
            administrators: question.administrators,
            replaced,
        };
        let mut problems = actions::of_seats(&subject, &needed);
        problems.extend(actions::of_administrators(&subject));
        if let Some(old) = question.old {
            let new = Side::of_license(source, place, document, question.administrators);
            problems.extend(losses::of_losses(&subject, &needed, old, &new));
        }
        problems.extend(actions::of_policy(&subject, question.findings));
        let actions = actions::actions(&subject, &needed, problems);
        let verdict = match actions.first() {
            None => Verdict::Go,
            Some(first) if first.due > lead_end => Verdict::GoThenAct,
            Some(_) => Verdict::NoGo,
        };
        let uncounted = uncounted(&subject, &needed);
        Self {
            schema: Self::SCHEMA.into(),
            as_of,
            until: Some(until),
            until_is: Some(until_is),
            lead: question.lead.to_string(),
            new: Some(PreflightLicense {
                source: source.name().to_owned(),
                file: source.name().to_owned(),
                document: place.index,
                version: document.my_esri.version.as_written().map(std::borrow::Cow::into_owned),
            }),
            old: subject.replaced.as_ref().map(Replaced::described),
            verdict: Some(verdict),
            headline: words::headline(&subject, verdict, &actions, &uncounted),
            license_end: subject.horizon.license_end,
            members: members(usage),
            usage: usage.sources.clone(),
            items: items::items(&subject, &needed, &actions),
            unknown: items::unknown(&subject, &uncounted, &question),
            actions,
            failures: Vec::new(),
        }
    }
}

/// Kinds with seats that nobody counted and no old license tells.
fn uncounted(subject: &Subject<'_>, needed: &[needs::Needed]) -> Vec<ItemKind> {
    let told: BTreeSet<_> = needed.iter().map(|needed| needed.kind).collect();
    let is_told = |kind: &ItemKind| {
        let is_counted = subject.usage.is_counted(*kind);
        is_counted || told.contains(kind) || subject.replaced.as_ref().is_some_and(|replaced| replaced.tells(*kind))
    };
    ItemKind::SEATED.into_iter().filter(|kind| !is_told(kind)).collect()
}

/// Members of the organization, where all of them were counted: each has exactly one user type.
fn members(usage: &Usage) -> Option<u64> {
    let all = || usage.in_use().filter(|(kind, ..)| *kind == ItemKind::UserType).map(|(.., count)| count);
    (usage.is_counted(ItemKind::UserType) || all().next().is_some()).then(|| all().fold(0, u64::saturating_add))
}
