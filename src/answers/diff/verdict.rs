//! The verdict of `diff`.

use std::collections::BTreeSet;

use crate::answers::diff::value::{DiffFall, DiffFinding, DiffReport, Reason, SideDocument};
use crate::answers::words::end_shown;
use crate::license::ItemKind;
use crate::text::{Phrase, name, phrase};
use crate::time::Zone;

/// The verdict where the licenses do not differ from the as-of on.
pub(super) const NOTHING_CHANGES: &str = "nothing changes";

/// The verdict on a comparison. It must not mislead a reader who reads nothing else.
pub(super) fn verdict(report: &DiffReport, first_loss: Option<Phrase>, zone: Zone) -> Phrase {
    let mut verdict = match (report.old_ended, report.nothing_lost) {
        (Some(ended), _) => phrase!["OLD ended on ", zone.show(ended), "; nothing is left to compare"],
        (None, Some(true)) => {
            if is_the_same(report) {
                return NOTHING_CHANGES.into();
            }
            let limits = untold(report);
            phrase!["NEW gives at every later time at least what OLD gives", limits, inferred(report)]
        }
        (None, _) => lost(report, first_loss),
    };
    if !report.falls.is_empty() {
        verdict.push(format!("; NEW itself falls: {}", falls(&report.falls, zone)));
    }
    if report.looks_swapped {
        verdict.push("; OLD and NEW look swapped: everything of NEW ends before OLD begins to differ");
    }
    verdict
}

/// Whether [`NOTHING_CHANGES`] says everything.
fn is_the_same(report: &DiffReport) -> bool {
    report.items.iter().all(|item| !item.changed)
        && report.falls.is_empty()
        && report.capabilities.is_none()
        && report.not_judged.is_empty()
}

/// The words that limit a verdict on a license resource, since it does not tell everything.
fn untold(report: &DiffReport) -> &'static str {
    match report.old.as_ref().map(|old| old.document) {
        Some(SideDocument::LicenseResource) => ", as far as the portal tells",
        _ => "",
    }
}

/// The replacements on which the verdict depends and that are inferred, in brackets.
fn inferred(report: &DiffReport) -> Phrase {
    let mut pairs = BTreeSet::new();
    for item in &report.items {
        let gives = item.old_active || item.old_steps.iter().any(|step| step.active);
        let own = item.replaced_by.iter().filter(|_| gives).map(|successor| (successor, item.id.as_str()));
        let included =
            item.extras.iter().filter_map(|extra| Some((extra.replaced_by.as_ref()?, extra.detail.as_deref()?)));
        let inferred = own.chain(included).filter(|(successor, _)| successor.perhaps);
        pairs.extend(inferred.map(|(successor, id)| (successor.id.as_str(), id)));
    }
    if pairs.is_empty() {
        return Phrase::default();
    }
    let pairs =
        pairs.into_iter().map(|(successor, id)| phrase![name(successor), " perhaps takes the place of ", name(id)]);
    phrase![" (", Phrase::join(pairs, ", "), ")"]
}

fn lost(report: &DiffReport, first_loss: Option<Phrase>) -> Phrase {
    let (unclear, lost): (Vec<_>, Vec<_>) =
        report.findings.iter().partition(|finding| finding.reason == Reason::NotCertain);
    let unclear_in = |is_old: fn(&DiffFinding) -> bool| unclear.iter().filter(|finding| is_old(finding)).count();
    let places =
        [("OLD", unclear_in(|finding| finding.old.is_some())), ("NEW", unclear_in(|finding| finding.old.is_none()))];
    let places = places.into_iter().filter(|(_, count)| *count > 0);
    let places: Vec<_> = places
        .map(|(side, count)| format!("{count} {} in {side}", if count == 1 { "place" } else { "places" }))
        .collect();
    let cannot = format!("{} cannot be read plainly", places.join(" and "));
    match (lost.len(), unclear.is_empty()) {
        (0, _) => phrase!["it is not certain that NEW gives at least what OLD gives: ", cannot],
        (count, is_plain) => {
            let losses = if count == 1 { "1 loss,".to_owned() } else { format!("{count} losses, the first") };
            let besides = if is_plain { String::new() } else { format!("; and {cannot}") };
            phrase![format!("NEW gives less than OLD: {losses} "), first_loss.unwrap_or_default(), besides]
        }
    }
}

/// The falls within NEW: "3 user types on 2026-12-31 12:00, 1 app on 2027-06-30 12:00, and at 2 later times".
fn falls(falls: &[DiffFall], zone: Zone) -> String {
    const FEW: usize = 3;
    let times: Vec<_> = falls.chunk_by(|one, next| one.at == next.at).collect();
    let dates = times.iter().take(FEW).filter_map(|falls| {
        let kinds =
            ItemKind::ALL.into_iter().filter_map(|kind| match falls.iter().filter(|fall| fall.kind == kind).count() {
                0 => None,
                1 => Some(format!("1 {}", kind.noun())),
                count => Some(format!("{count} {}", kind.heading().to_lowercase())),
            });
        let doubt = if falls.iter().all(|fall| fall.certain) { "" } else { " ?" };
        let kinds: Vec<_> = kinds.collect();
        // A fall to nothing is an end, and an end far away may mean that there is none.
        let is_end = falls.iter().all(|fall| fall.after.unwrap_or(0) == 0);
        let at = falls.first()?.at;
        let at = if is_end { end_shown(zone, at) } else { zone.show(at) };
        Some(format!("{} on {at}{doubt}", kinds.join(" and ")))
    });
    let mut dates: Vec<_> = dates.collect();
    if times.len() > FEW {
        dates.push(format!("and at {} later times", times.len() - FEW));
    }
    dates.join(", ")
}
