//! Two licenses against each other.

mod half;
mod includes;
mod text;
mod value;

pub use half::{Before, Side};
pub use text::{diff_csv, diff_markdown, diff_table};
pub use value::{
    DiffAdministrator, DiffFinding, DiffGap, DiffItem, DiffReport, DiffSide, DiffSum, Lost, Presence, Reason, Renamed,
    SideDocument,
};

use std::borrow::Cow;
use std::collections::HashMap;

use half::{Half, Origin};
use includes::{contradictions, includes};

use crate::license::{Item, ItemKind, Version, retirement};
use crate::rules::reading;
use crate::seats::{SeatTimeline, Shortfall, shortfalls};
use crate::severity::Severity;
use crate::time::{Instant, Zone};
use crate::usage::{Installed, Usage};

impl DiffReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/diff/v1";

    /// Compares two licenses from an instant on. Where it is known what is assigned, seats that nobody uses may be lost.
    #[must_use]
    pub fn new(old: Before<'_>, new: Side<'_>, as_of: Instant, zone: Zone, usage: Option<&Usage>) -> Self {
        let (old, new) = (Half::before(old), Half::new(new));
        let pairs = pairs(&old.items, &new.items);
        let mut comparison = Comparison { old: &old, new: &new, as_of, zone, usage, findings: Vec::new() };
        let items: Vec<_> = pairs.into_iter().map(|(one, other)| comparison.item(one, other)).collect();
        comparison.administrators();
        comparison.readings();
        let findings = comparison.findings;
        let sums = ItemKind::SEATED.into_iter().filter_map(|kind| sum(kind, &items)).collect();
        let (old, new) = (old.side(), new.side());
        Self { schema: Self::SCHEMA, as_of, old, new, safe: findings.is_empty(), items, sums, findings }
    }
}

fn sum(kind: ItemKind, items: &[DiffItem]) -> Option<DiffSum> {
    let of_kind = || items.iter().filter(|item| item.kind == kind);
    of_kind().next()?;
    let total = |seats: fn(&DiffItem) -> Option<u64>| of_kind().filter_map(seats).map(u128::from).sum::<u128>();
    let (old, new) = (total(|item| item.old), total(|item| item.new));
    let delta = i128::try_from(new).unwrap_or(i128::MAX) - i128::try_from(old).unwrap_or(i128::MAX);
    Some(DiffSum { kind, old, new, delta })
}

type Pair<'i, 'd> = (Option<&'i Item<'d>>, Option<&'i Item<'d>>);

/// By kind: the items of the old license in their order, then those that only the new one has.
fn pairs<'i, 'd>(old: &'i [Item<'d>], new: &'i [Item<'d>]) -> Vec<Pair<'i, 'd>> {
    let key = |item: &'i Item<'d>| (item.kind, item.id.as_ref());
    let mut added: HashMap<_, _> = new.iter().map(|item| (key(item), item)).collect();
    let mut pairs: Vec<_> = old.iter().map(|item| (Some(item), added.remove(&key(item)))).collect();
    pairs.extend(new.iter().filter(|item| added.contains_key(&key(item))).map(|item| (None, Some(item))));
    // Sorting keeps the order within a kind.
    pairs.sort_by_key(|(one, other)| one.or(*other).map(|item| item.kind));
    pairs
}

struct Comparison<'c, 'd> {
    old: &'c Half<'d>,
    new: &'c Half<'d>,
    as_of: Instant,
    zone: Zone,
    usage: Option<&'c Usage>,
    findings: Vec<DiffFinding>,
}

impl Comparison<'_, '_> {
    fn item(&mut self, old: Option<&Item<'_>>, new: Option<&Item<'_>>) -> DiffItem {
        let none = SeatTimeline::default();
        let (kind, item_id) = old.or(new).map_or((ItemKind::App, ""), |item| (item.kind, item.id.as_ref()));
        let timeline = |item: Option<&Item<'_>>| item.map_or_else(|| none.clone(), |item| item.timeline.clone());
        let (before, after) = (timeline(old), timeline(new));
        let seated = kind != ItemKind::Capability;
        let seats = |timeline: &SeatTimeline| seated.then(|| timeline.seats_at(self.as_of));
        let count = |seats: u64| seated.then_some(seats);
        let lost: Vec<_> = shortfalls(&before, &after, self.as_of)
            .into_iter()
            .map(|one| Lost { from: one.from, to: one.to, old: count(one.old), new: count(one.new) })
            .collect();
        let assigned = self.usage.and_then(|usage| usage.assigned(kind, item_id)).filter(|_| seated);
        let needed = assigned.map_or_else(|| before.clone(), |assigned| before.capped(assigned));
        let missed = shortfalls(&needed, &after, self.as_of);
        let certain_until = [&before, &after].into_iter().filter_map(|one| one.certain_until(self.as_of)).min();
        let (old_end, new_end) = (before.final_end(), after.final_end());
        // An old term that is over already ended when it did; the new one can begin at the import at the earliest.
        let ended = before.end_after(self.as_of).or_else(|| old_end.filter(|end| *end <= self.as_of));
        let gap = ended.and_then(|from| {
            let out = from.max(self.as_of);
            let next = after.next_change(out).filter(|_| after.seats_at(out) == 0)?;
            Some(DiffGap { from, to: next.at, days: self.zone.days_between(from, next.at) })
        });
        let name = |item: Option<&Item<'_>>| item?.definition?.name().map(Cow::into_owned);
        let (old_name, new_name) = (name(old), name(new));
        let renamed = old_name.clone().zip(new_name.clone()).filter(|(old, new)| old != new);
        let included = includes(new);
        let includes_lost: Vec<_> = if new.is_some() {
            includes(old).into_iter().filter(|one| !included.contains(one)).collect()
        } else {
            Vec::new()
        };
        let (answer, delta) = (self.administrator(kind, item_id), |(old, new): (u64, u64)| signed(new) - signed(old));
        let report = DiffItem {
            kind,
            id: item_id.to_owned(),
            name: new_name.or(old_name),
            presence: match (old, new) {
                (Some(_), None) => Presence::Removed,
                (None, _) => Presence::Added,
                (Some(_), Some(_)) => Presence::Both,
            },
            old: seats(&before),
            new: seats(&after),
            delta: seats(&before).zip(seats(&after)).map(delta),
            assigned,
            lost,
            old_end,
            new_end,
            end_days: old_end.zip(new_end).map(|(old, new)| self.zone.days_between(old, new)),
            gap,
            renamed: renamed.map(|(old, new)| Renamed { old, new }),
            retired: self.retired(kind, item_id).filter(|_| new.is_none()),
            administrator: answer,
            includes_lost,
            certain_until,
        };
        self.judge(&report, &missed, old, new);
        report
    }

    fn administrator(&self, kind: ItemKind, id: &str) -> Option<DiffAdministrator> {
        let answers = || DiffAdministrator { old: self.old.administrator(id), new: self.new.administrator(id) };
        (kind == ItemKind::UserType).then(answers)
    }

    fn retired(&self, kind: ItemKind, id: &str) -> Option<String> {
        let version: Version = self.new.version.as_deref()?.parse().ok()?;
        let retired = retirement(kind, id).filter(|retired| retired.since <= version)?;
        Some(format!("perhaps retired: {}", retired.note))
    }

    /// Why this item makes the import unsafe: what is `missed` when, and what else.
    fn judge(&mut self, report: &DiffItem, missed: &[Shortfall], old: Option<&Item<'_>>, new: Option<&Item<'_>>) {
        let when = |at: Instant| self.zone.show(at);
        let mut reasons = Vec::new();
        if let Some(first) = missed.first() {
            let until = first.to.map_or_else(|| "on, for ever".to_owned(), |to| format!("to {}", when(to)));
            let more = match missed.len() - 1 {
                0 => String::new(),
                more => format!("; and {more} more such times"),
            };
            let (reason, what) = match report.assigned {
                _ if report.kind == ItemKind::Capability => (Reason::CapabilityLost, "not there any more".to_owned()),
                None => (Reason::FewerSeats, format!("{} seats instead of {}", first.new, first.old)),
                Some(assigned) => {
                    let old = report
                        .lost
                        .iter()
                        .find(|lost| lost.from <= first.from && lost.to.is_none_or(|to| to > first.from));
                    let old = old.and_then(|lost| lost.old).unwrap_or(first.old);
                    let what = match assigned <= old {
                        true => format!("{} seats instead of {old}, of which {assigned} are assigned,", first.new),
                        false => format!("{} seats instead of {old}, and {assigned} are assigned,", first.new),
                    };
                    (Reason::FewerSeats, what)
                }
            };
            reasons.push((reason, format!("{what} from {} {until}{more}", when(first.from)), first.from));
        }
        if !report.includes_lost.is_empty() {
            let what = format!("does not include {} any more", report.includes_lost.join(", "));
            reasons.push((Reason::IncludesLost, what, self.as_of));
        }
        for (reason, what, at) in reasons {
            let place = |half: &Half<'_>, item: Option<&Item<'_>>| {
                let pointer = item.map(|item| half.pointer(item, at));
                Some(half.location(pointer.unwrap_or_else(|| half.list_pointer(report.kind))))
            };
            self.findings.push(DiffFinding {
                reason,
                kind: Some(report.kind),
                id: Some(report.id.clone()),
                message: format!("{}: {what}", report.id),
                old: place(self.old, old),
                new: place(self.new, new),
            });
        }
    }

    /// What cannot be read plainly, in either file and at any time, makes it unsafe: nobody knows what it means.
    fn readings(&mut self) {
        for half in [self.old, self.new] {
            let Origin::License(document) = half.origin else {
                self.unreadable_installed(half);
                continue;
            };
            let findings = reading(document, &half.items, self.as_of).into_iter();
            let findings = findings.filter(|finding| finding.severity == Severity::Error);
            let findings = findings.map(|finding| (finding.kind, finding.id, finding.message, finding.pointer));
            let contradictions = contradictions(document).into_iter().map(|(id, pointer)| {
                let message = format!("{id}: its definitions do not include the same extensions");
                (Some(ItemKind::UserType), Some(id.into_owned()), message, pointer)
            });
            for (kind, id, message, pointer) in findings.chain(contradictions) {
                let location = Some(half.location(pointer));
                let (old, new) = if std::ptr::eq(half, self.old) { (location, None) } else { (None, location) };
                self.findings.push(DiffFinding { reason: Reason::NotCertain, kind, id, message, old, new });
            }
        }
    }

    /// What the portal tells of itself and cannot be read.
    fn unreadable_installed(&mut self, half: &Half<'_>) {
        let future = match &half.origin {
            Origin::Installed(Installed { future: Some((source, _)), .. }, _) => {
                format!(" here or in {}", source.name())
            }
            _ => String::new(),
        };
        for item in half.items.iter().filter(|item| item.timeline.certain_until(self.as_of).is_some()) {
            let message = format!("{}: its seats, or when they end or begin, cannot be read{future}", item.id);
            let old = Some(half.location(half.pointer(item, self.as_of)));
            let (kind, id) = (Some(item.kind), Some(item.id.clone().into_owned()));
            self.findings.push(DiffFinding { reason: Reason::NotCertain, kind, id, message, old, new: None });
        }
    }

    /// Whenever the old license has a usable administrator type, the new one must have one.
    fn administrators(&mut self) {
        let lost = shortfalls(&self.old.usable_administrators(), &self.new.usable_administrators(), self.as_of);
        let Some(first) = lost.first() else { return };
        let until = first.to.map_or_else(|| "on".to_owned(), |to| format!("to {}", self.zone.show(to)));
        let message = format!(
            "from {} {until} no user type that is compatible with the Administrator role has seats any more",
            self.zone.show(first.from)
        );
        let place = |half: &Half<'_>| Some(half.location(half.list_pointer(ItemKind::UserType)));
        let (old, new) = (place(self.old), place(self.new));
        let kind = Some(ItemKind::UserType);
        self.findings.push(DiffFinding { reason: Reason::AdministratorLost, kind, id: None, message, old, new });
    }
}

/// No count is larger than 2^53 - 1.
fn signed(seats: u64) -> i64 {
    i64::try_from(seats).unwrap_or(i64::MAX)
}
