//! The scope of the answer in words: the import, the members, the plan, and until when was looked.

use crate::answers::preflight::value::{PreflightOld, PreflightReport};
use crate::answers::until::UntilIs;
use crate::answers::words::{count, last_instant};
use crate::answers::{LaterLine, Page};
use crate::text::{Phrase, name, phrase};
use crate::time::Instant;

/// The most left-out accounts that are named; JSON has all of them.
const MOST_ACCOUNTS: usize = 10;

/// The source of the old license; with its file where both licenses have the same source, as two of one portal.
pub(super) fn replaced_source(report: &PreflightReport, old: &PreflightOld) -> Phrase {
    let old = &old.origin;
    let is_same = report.new.as_ref().is_some_and(|new| new.source == old.source && new.file != old.file);
    if is_same { phrase![name(&old.source), " (", name(&old.file), ")"] } else { name(&old.source) }
}

/// A sentence about the import, the license that it replaces, who was counted and who was not, and until when was
/// looked.
pub(super) fn looked_at(report: &PreflightReport, page: &Page) -> Phrase {
    let over = report.old.as_ref().map_or_else(Phrase::default, |old| {
        let ended = old.ended.map(|end| format!(", as it was just before it ended on {}", page.zone.show(end)));
        phrase![" over ", replaced_source(report, old), ended.unwrap_or_default()]
    });
    let members = match report.members {
        Some(0) if report.usage.is_empty() => "; no members so far, as was said".to_owned(),
        Some(members) => format!("; {}", count(members, "member")),
        None => String::new(),
    };
    let counted = match report.usage.as_slice() {
        [] => Phrase::default(),
        sources => phrase![" (counted in ", Phrase::join(sources.iter().map(|source| name(source)), ", "), ")"],
    };
    let moved = report.moved.map(|moves| phrase![", after ", count(moves, "move"), " of user type"]);
    let plan = report.plan.as_ref().map(|plan| phrase![", and what is planned in ", name(plan)]);
    let until = match (report.until_is, report.until, report.license_end) {
        (Some(UntilIs::LicenseEnd), _, Some(end)) if end > Instant::YEAR_2100 => {
            format!("; looked at until {}, which perhaps stands for no end", page.zone.show(end))
        }
        (Some(UntilIs::LicenseEnd), Some(until), end) => {
            // `until` is the last instant looked at; the text names the first end, a millisecond later.
            let first = Instant::from_epoch_ms(until.epoch_ms().saturating_add(1));
            match end == Some(first) {
                true => format!("; looked at until the license ends, {}", page.zone.show(first)),
                false => format!("; looked at up to {}, when the license begins to end", page.zone.show(first)),
            }
        }
        (until_is, Some(until), _) => {
            let reason = match until_is {
                Some(UntilIs::Given) => ", as was asked",
                Some(UntilIs::Year) => ", a year after the import",
                Some(UntilIs::Lead) => ", the end of the lead time",
                Some(UntilIs::Plan) => ", when the last line of the plan begins",
                Some(UntilIs::LicenseEnd) | None => "",
            };
            format!("; looked at until {}{reason}", last_instant(page.zone, until))
        }
        _ => String::new(),
    };
    let left_out = report.left_out.iter().map(|accounts| phrase!["; ", accounts.words(MOST_ACCOUNTS)]);
    let left_out = Phrase::join(left_out, "");
    let taken_in = Phrase::join([moved, plan].into_iter().flatten(), "");
    let later = report.until.and_then(|until| LaterLine::words(&report.later_plan, until, page.zone));
    let later = later.map_or_else(Phrase::default, |later| phrase!["; ", later]);
    let imported = format!("imported {} ({})", page.zone.show(report.as_of), page.zone);
    phrase![imported, over, members, counted, taken_in, left_out, until, later]
}
