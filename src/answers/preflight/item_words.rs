//! The words for an item of an action.

use crate::answers::Page;
use crate::answers::preflight::action_value::{Action, ActionItem, Cause, ShortAtFirst, ShortStep};
use crate::answers::preflight::growth::{MOST_RISES, eased, is_even, rises};
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::preflight::value::PreflightReport;
use crate::answers::words::count;
use crate::license::ItemKind;
use crate::text::{Phrase, name, phrase};
use crate::time::Zone;
use crate::usage::LockedOut;

/// The facts about the answer that the words for an item depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct ItemWords {
    pub(super) zone: Zone,
    /// Whether the counts are those after moves.
    after_moves: bool,
    /// Whether the old license has ended, so that the seats it gave are needed.
    ended: bool,
    /// Whether the reader does not know this program, as with a mail.
    for_mail: bool,
    /// Whether something that should be counted was not, or could not be used.
    has_gaps: bool,
}

impl ItemWords {
    pub(super) fn new(subject: &ImportSubject<'_>) -> Self {
        let ended = subject.old_end().is_some();
        Self { zone: subject.zone, after_moves: subject.after_moves, ended, for_mail: false, has_gaps: false }
    }

    pub(super) fn of(report: &PreflightReport, page: &Page) -> Self {
        let ended = report.old.as_ref().is_some_and(|old| old.ended.is_some());
        Self {
            zone: page.zone,
            after_moves: report.moved.is_some(),
            ended,
            for_mail: false,
            has_gaps: report.has_count_gaps,
        }
    }

    pub(super) fn for_mail(self) -> Self {
        Self { for_mail: true, ..self }
    }

    /// "Creator (creatorUT): 110 assigned, 60 seats, 50 short". A trouble that grows worse is described at its
    /// beginning, and then at its worst, with the rises between: "20 assigned, 15 seats, 5 short, worst from
    /// 2027-06-01 00:00: 0 seats, 20 short"; last comes the instant from which on fewer seats are missing: "from 2027-08-01
    /// 00:00 at most 4 short".
    pub(super) fn words(&self, item: &ActionItem, action: &Action) -> Phrase {
        self.words_and(item, action, None)
    }

    /// The same with more at its end.
    pub(super) fn words_and(&self, item: &ActionItem, action: &Action, more: Option<String>) -> Phrase {
        let is_shared = action.items.iter().any(|other| other.id == item.id && other.kind != item.kind);
        // Esri does not know which of the two licenses' lists a lost item stands in.
        let kind = if is_shared || (self.for_mail && action.cause == Cause::Lost) {
            format!("{} ", item.kind.noun())
        } else {
            String::new()
        };
        let name = phrase![kind, named(item.name.as_deref(), &item.id)];
        let parts: Vec<Phrase> = self.parts(item).into_iter().chain(more.map(Phrase::from)).collect();
        if parts.is_empty() { name } else { phrase![name, ": ", Phrase::join(parts, ", ")] }
    }

    fn parts(&self, item: &ActionItem) -> Vec<Phrase> {
        let mut parts: Vec<Phrase> = Vec::new();
        let worst = ShortSeats::at_worst(item);
        let first = ShortSeats::at_first(item);
        if item.seats.is_some() || self.for_mail {
            parts.extend(self.needed(item, &first));
        }
        parts.extend(self.seats(&first));
        if item.certain == Some(false) {
            parts.push(self.not_certain().into());
        }
        parts.extend(self.locked_out(&first).map(Phrase::from));
        if item.at_first.is_some() {
            let needed = self.needed(item, &worst).filter(|_| !first.needs_as(&worst));
            let locked_out = self.locked_out(&worst).filter(|_| first.locked_out != worst.locked_out);
            let locked_out = locked_out.map(Phrase::from);
            let later = needed.into_iter().chain(self.seats(&worst)).chain(locked_out);
            let rises: Vec<_> = rises(item).filter(|step| step.at < item.worst_at).collect();
            let most = MOST_RISES.min(rises.len());
            let named = rises.iter().take(most);
            parts.extend(named.map(|step| format!("from {} {} short", self.zone.show(step.at), step.short).into()));
            if rises.len() > most {
                parts.push("and so on".into());
            }
            let worst = format!("worst from {}: ", self.zone.show(item.worst_at));
            parts.push(phrase![worst, Phrase::join(later, ", ")]);
        }
        if let Some((at, most)) = eased(item) {
            let at_most = if is_even(item) { "" } else { "at most " };
            parts.push(format!("from {} {at_most}{} short", self.zone.show(at), most.short).into());
        }
        let doubt = if item.then_in_doubt { ", then not certain" } else { "" };
        parts.extend(item.to.map(|to| format!("until {}{doubt}", self.zone.show(to)).into()));
        item.what.iter().cloned().chain(parts).collect()
    }

    fn needed(&self, item: &ActionItem, short: &ShortSeats) -> Option<Phrase> {
        let ended = if self.ended { " before it ended" } else { "" };
        let after_moves = self.after_moves && item.kind == ItemKind::UserType;
        let (of_old, of_assigned) = short.parts();
        let assigned = of_assigned.map(|assigned| assigned_words(assigned, short.planned, after_moves));
        let doubt = if short.old_certain == Some(false) { ", which is not certain" } else { "" };
        let uncounted = match (self.for_mail, self.has_gaps) {
            (false, _) => "",
            (true, false) => ", and nobody counted who needs them",
            (true, true) => ", and no count that can be used says who needs them",
        };
        let old = of_old.map(|old| format!("{old} in the old license{ended}"));
        match (old, assigned, &item.parts) {
            (Some(old), Some(assigned), Some(parts)) => {
                let [of_old, of_assigned] = [&parts.old, &parts.assigned].map(|ids| of_ids(ids, &item.id));
                let and = if doubt.is_empty() && uncounted.is_empty() { " and " } else { ", and " };
                Some(phrase![old, of_old, doubt, uncounted, and, assigned, of_assigned])
            }
            (Some(old), None, parts) => {
                let of_old = parts.as_ref().map_or_else(Phrase::default, |parts| of_ids(&parts.old, &item.id));
                Some(phrase![old, of_old, doubt, uncounted])
            }
            (_, Some(assigned), parts) => {
                let of_assigned =
                    parts.as_ref().map_or_else(Phrase::default, |parts| of_ids(&parts.assigned, &item.id));
                Some(phrase![assigned, of_assigned])
            }
            (None, None, _) => None,
        }
    }

    fn seats(&self, short: &ShortSeats) -> Vec<Phrase> {
        let seats = short.seats.map(|seats| match self.for_mail {
            true => format!("{seats} in the file"),
            false => count(seats, "seat"),
        });
        let short = short.short.filter(|short| *short > 0).map(|short| format!("{short} short"));
        seats.into_iter().chain(short).map(Phrase::from).collect()
    }

    fn not_certain(&self) -> &'static str {
        match self.for_mail {
            true => "not certain, since the file can be read in more than one way",
            false => "not certain",
        }
    }

    fn locked_out(&self, short: &ShortSeats) -> Option<String> {
        let is_told = short.locked_out.at_most() > 0 && !self.for_mail;
        is_told.then(|| format!("{} locked out", short.locked_out))
    }
}

/// " of utilityNetwork", for a part of a need that is not that of the item itself.
fn of_ids(ids: &[String], own: &str) -> Phrase {
    match ids {
        [] => Phrase::default(),
        [only] if only == own => Phrase::default(),
        ids => phrase![" of ", Phrase::list(ids.iter().map(|id| name(id)).collect::<Vec<_>>())],
    }
}

/// Assigned seats: "20 assigned", "20 assigned and 3 planned".
pub(super) fn assigned_words(assigned: u64, planned: u64, after_moves: bool) -> String {
    let today = assigned.saturating_sub(planned);
    let moves = if after_moves { " after the moves" } else { "" };
    let planned = if planned > 0 { format!(" and {planned} planned") } else { String::new() };
    format!("{today} assigned{moves}{planned}")
}

/// An item by name and id: "Creator (creatorUT)".
pub(super) fn named(known: Option<&str>, id: &str) -> Phrase {
    known.map_or_else(|| name(id), |known| phrase![name(known), " (", name(id), ")"])
}

/// The numbers of an item at one instant of a shortage.
#[derive(Clone, Copy)]
pub(super) struct ShortSeats {
    pub(super) assigned: Option<u64>,
    pub(super) planned: u64,
    pub(super) old: Option<u64>,
    pub(super) old_certain: Option<bool>,
    pub(super) seats: Option<u64>,
    pub(super) short: Option<u64>,
    pub(super) locked_out: LockedOut,
}

impl ShortSeats {
    /// The numbers at the first instant of the trouble.
    pub(super) fn at_first(item: &ActionItem) -> Self {
        item.at_first.map_or_else(|| Self::at_worst(item), Self::from)
    }

    pub(super) fn at_worst(item: &ActionItem) -> Self {
        let ActionItem { assigned, planned, old, old_certain, seats, short, .. } = *item;
        Self { assigned, planned, old, old_certain, seats, short, locked_out: item.locks_out() }
    }

    /// The numbers from a later instant of the trouble on.
    pub(super) fn at_step(item: &ActionItem, step: ShortStep) -> Self {
        Self {
            assigned: step.assigned,
            planned: step.planned,
            old: step.old,
            old_certain: item.old_certain,
            seats: Some(step.seats),
            short: Some(step.short),
            locked_out: step.locks_out(),
        }
    }

    /// The needed seats by their source: those of the old license, and the assigned ones. If both are needed, a source with 0
    /// seats is left out.
    fn parts(&self) -> (Option<u64>, Option<u64>) {
        match (self.old, self.assigned) {
            (Some(0), assigned @ Some(1..)) => (None, assigned),
            (old @ Some(_), Some(0)) => (old, None),
            both => both,
        }
    }

    fn needs_as(&self, other: &Self) -> bool {
        let of = |one: &Self| (one.assigned, one.planned, one.old, one.old_certain);
        of(self) == of(other)
    }
}

impl From<ShortAtFirst> for ShortSeats {
    fn from(first: ShortAtFirst) -> Self {
        let ShortAtFirst { assigned, planned, old, old_certain, seats, short, locked_out, locked_out_certainly } =
            first;
        let locked_out = LockedOut::of_counts(locked_out, locked_out_certainly);
        Self { assigned, planned, old, old_certain, seats: Some(seats), short: Some(short), locked_out }
    }
}
