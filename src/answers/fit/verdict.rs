//! The verdict of `fit` in one sentence: the first bad instant, the members locked out, and the end that was looked to.

use crate::answers::fit::value::{FitReport, Misfit};
use crate::answers::until::UntilIs;
use crate::answers::words::{count, count_kinds, end_shown, last_instant, list, plural};
use crate::license::{Horizon, HorizonReason};
use crate::text::{Phrase, name, phrase};
use crate::time::{Instant, Zone};
use crate::usage::LockedOut;

/// The inputs of the verdict besides the report.
pub(super) struct Look<'q> {
    pub(super) as_of: Instant,
    pub(super) zone: Zone,
    pub(super) until: Instant,
    pub(super) until_is: UntilIs,
    pub(super) horizon: &'q Horizon,
}

/// The verdict of a report whose other members are filled in.
pub(super) fn verdict(report: &FitReport, look: &Look<'_>) -> Phrase {
    let mut text = match (report.fits, &report.first_misfit) {
        (Some(true), _) => look.fits(report),
        (Some(false), Some(misfit)) => phrase![look.misfit(misfit), " (", look.looked_until(), ")"],
        _ => phrase![unknown(report), " (", look.looked_until(), ")"],
    };
    if let Some(problem) = report.problems.first() {
        text.push("; but `seatline moves` refuses these moves: ");
        text.push(&problem.message);
    }
    text
}

/// The part of the verdict about planned seats of items that nobody counted.
fn unknown(report: &FitReport) -> String {
    let planned = || report.items.iter().filter(|item| item.planned > 0 && item.fits.is_none());
    let seats = planned().fold(0, |sum: u64, item| sum.saturating_add(item.planned));
    format!(
        "not known whether it fits: {} of {} {} planned, and nobody counted how many are assigned today",
        count(seats, "seat"),
        count_kinds(planned().map(|item| item.kind)),
        if seats == 1 { "is" } else { "are" }
    )
}

impl Look<'_> {
    fn fits(&self, report: &FitReport) -> Phrase {
        let (zone, until) = (self.zone, self.until);
        let when = |at: Instant| end_shown(zone, at);
        let mut text = match (self.until_is, &self.horizon.reason) {
            (UntilIs::LicenseEnd, HorizonReason::LicenseEnds(first)) => {
                let left = self.left_until(*first);
                match self.horizon.license_end.filter(|end| end != first) {
                    None => format!("fits until the license ends for everybody on {}{left}", when(*first)).into(),
                    Some(end) => format!(
                        "fits until the license begins to end on {}{left}; it has ended for everybody on {}",
                        when(*first),
                        when(end)
                    )
                    .into(),
                }
            }
            (UntilIs::Plan, _) => phrase!["fits until ", when(until), ", when the last line of the plan begins"],
            (UntilIs::Year, reason) => phrase!["fits for a year, until ", when(until), ": ", why(reason, zone)],
            _ => phrase!["fits until ", last_instant(zone, until)],
        };
        if self.until_is != UntilIs::LicenseEnd
            && let Some(end) = self.horizon.license_end.filter(|end| *end > until)
        {
            let doubt = if report.license_end_certain == Some(false) { " (not certain)" } else { "" };
            let left = self.left_until(end);
            text.push(format!("; the license ends for everybody on {}{left}{doubt}", when(end)));
        }
        if !report.not_counted.is_empty() {
            let kinds: Vec<_> = report.not_counted.iter().map(|kind| plural(kind.noun())).collect();
            text.push(format!("; {} were not counted", list(&kinds)));
        }
        text
    }

    /// ", in 30 days"; nothing for an end far away, which may mean that there is none.
    fn left_until(&self, end: Instant) -> String {
        if end > Instant::YEAR_2100 { String::new() } else { format!(", in {}", self.zone.span(self.as_of, end)) }
    }

    fn misfit(&self, misfit: &Misfit) -> String {
        let at = self.zone.show(misfit.at);
        let (short, doubtful): (Vec<_>, Vec<_>) = misfit.items.iter().partition(|item| item.short);
        let certainly = if short.is_empty() { " certainly" } else { "" };
        let begins = match (misfit.at == self.as_of, misfit.to) {
            (true, None) => format!("does not{certainly} fit"),
            (true, Some(to)) => format!("does not{certainly} fit before {}", self.zone.show(to)),
            (false, None) => format!("fits at first; not{certainly} from {at} on"),
            (false, Some(to)) => format!("fits at first; not{certainly} from {at} to {}", self.zone.show(to)),
        };
        let again =
            misfit.again.map_or_else(String::new, |again| format!("; and again from {}", self.zone.show(again)));
        let mut parts = Vec::new();
        if !short.is_empty() {
            parts.push(count_kinds(short.iter().map(|item| item.kind)));
        }
        if !doubtful.is_empty() {
            let kinds = count_kinds(doubtful.iter().map(|item| item.kind));
            parts.push(format!("the seats of {kinds} are not certain"));
        }
        if misfit.locked_out > 0 {
            let locked_out = LockedOut::of_counts(misfit.locked_out, misfit.locked_out_certainly);
            parts.push(format!("{} locked out", locked_out.members()));
        }
        let later = match misfit.later {
            0 => String::new(),
            later => format!("; {} later", count(later, "more item")),
        };
        format!("{begins}: {}{again}{later}", parts.join(", "))
    }

    /// How far was looked: "looked at until the license ends, 2029-12-31 12:00".
    pub(super) fn looked_until(&self) -> Phrase {
        let until = self.zone.show(self.until);
        match (self.until_is, &self.horizon.reason) {
            (UntilIs::LicenseEnd, HorizonReason::LicenseEnds(first)) => {
                let begins = if self.horizon.license_end == Some(*first) { "ends" } else { "begins to end" };
                phrase![format!("looked at until the license {begins}, "), end_shown(self.zone, *first)]
            }
            (UntilIs::Year, reason) => phrase!["looked at for a year, until ", until, ": ", why(reason, self.zone)],
            (UntilIs::Plan, _) => phrase!["looked at until ", until, ", when the last line of the plan begins"],
            _ => phrase!["looked at until ", last_instant(self.zone, self.until)],
        }
    }
}

/// Why a year is looked at instead of the time to the end of the license.
fn why(reason: &HorizonReason, zone: Zone) -> Phrase {
    match reason {
        HorizonReason::NoEnd(id) => phrase![name(id), " goes on without an end"],
        HorizonReason::NotCertain(_, id) => phrase![name(id), " can be read in more than one way"],
        HorizonReason::NoSeats(Some(end)) => phrase!["the license ended for everybody on ", zone.show(*end)],
        HorizonReason::NoSeats(None) | HorizonReason::LicenseEnds(_) => "no user type ever has seats".into(),
    }
}
