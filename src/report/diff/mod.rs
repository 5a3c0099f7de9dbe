//! Two licenses against each other.

mod value;

pub use value::{
    DiffAdministrator, DiffFinding, DiffGap, DiffItem, DiffReport, DiffSide, DiffSum, Lost, Presence, Reason, Renamed,
};

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use super::Location;
use crate::administrator::{Administrator, AdministratorList, Compatible};
use crate::catalog::retired;
use crate::document::{LicenseDocument, id};
use crate::item::{Item, ItemKind};
use crate::json::{Locator, Place, Pointer};
use crate::policy::Policy;
use crate::rules::{READING, Severity, Subject};
use crate::source::{DocumentPlace, Source};
use crate::timeline::{SeatTimeline, any_active, shortfalls};
use crate::version::Version;
use crate::{Instant, Zone};

/// A license document with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'d> {
    /// The source it was found in.
    pub source: &'d Source,
    /// Where it stands there.
    pub place: &'d DocumentPlace,
    /// The document.
    pub document: &'d LicenseDocument<'d>,
    /// Its administrator list, where there is one.
    pub administrators: Option<&'d AdministratorList>,
}

impl DiffReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/diff/v1";

    /// Compares two licenses from an instant on.
    #[must_use]
    pub fn new(old: Side<'_>, new: Side<'_>, as_of: Instant, zone: Zone) -> Self {
        let (old, new) = (Half::new(old), Half::new(new));
        let pairs = pairs(&old.items, &new.items);
        let mut comparison = Comparison { old: &old, new: &new, as_of, zone, findings: Vec::new() };
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

/// One license, with its items.
struct Half<'d> {
    side: Side<'d>,
    items: Vec<Item<'d>>,
    version: Option<Cow<'d, str>>,
    locator: RefCell<Locator<'d>>,
}

impl<'d> Half<'d> {
    fn new(side: Side<'d>) -> Self {
        let locator = RefCell::new(Locator::new(side.source.text(), side.place.span.clone()));
        Self { side, items: Item::all(side.document), version: side.document.my_esri.version.as_written(), locator }
    }

    fn side(&self) -> DiffSide {
        let version = self.version.clone().map(Cow::into_owned);
        DiffSide { source: self.side.source.name().to_owned(), version }
    }

    fn administrator(&self, id: &str) -> Administrator {
        Administrator::of(id, self.side.administrators)
    }

    /// Whether some user type is usable for an administrator, over time.
    fn administrators(&self) -> SeatTimeline {
        let user_types = self.items.iter().filter(|item| item.kind == ItemKind::UserType);
        let usable = user_types.filter(|item| self.administrator(&item.id).compatible == Compatible::Yes);
        any_active(usable.map(|item| &item.timeline))
    }

    fn location(&self, pointer: Pointer) -> Location {
        let source = self.side.source;
        let span = self.locator.borrow_mut().span(&pointer);
        let (start, end) = (source.position(span.start), source.position(span.end));
        Location { pointer, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
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
        let certain_until = [&before, &after].into_iter().filter_map(|one| one.certain_until(self.as_of)).min();
        let (old_end, new_end) = (before.final_end(), after.final_end());
        let gap = before.end_after(self.as_of).filter(|end| after.seats_at(*end) == 0).and_then(|from| {
            let to = after.steps().iter().find(|step| step.at > from && step.seats > 0)?.at;
            Some(DiffGap { from, to, days: self.zone.days_between(from, to) })
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
        self.judge(&report, old, new);
        report
    }

    fn administrator(&self, kind: ItemKind, id: &str) -> Option<DiffAdministrator> {
        let answers = || DiffAdministrator { old: self.old.administrator(id), new: self.new.administrator(id) };
        (kind == ItemKind::UserType).then(answers)
    }

    fn retired(&self, kind: ItemKind, id: &str) -> Option<String> {
        let version: Version = self.new.version.as_deref()?.parse().ok()?;
        let (_, successor) = retired(kind, id).filter(|(since, _)| *since <= version)?;
        Some(format!("perhaps retired: {successor}"))
    }

    /// Why this item makes the import unsafe.
    fn judge(&mut self, report: &DiffItem, old: Option<&Item<'_>>, new: Option<&Item<'_>>) {
        let when = |at: Instant| self.zone.show(at);
        let mut reasons = Vec::new();
        if let Some(first) = report.lost.first() {
            let until = first.to.map_or_else(|| "on, for ever".to_owned(), |to| format!("to {}", when(to)));
            let more = match report.lost.len() - 1 {
                0 => String::new(),
                more => format!("; and {more} more such times"),
            };
            let (reason, what) = match (first.old, first.new) {
                (Some(old), Some(new)) => (Reason::FewerSeats, format!("{new} seats instead of {old}")),
                _ => (Reason::CapabilityLost, "not there any more".to_owned()),
            };
            reasons.push((reason, format!("{what} from {} {until}{more}", when(first.from)), first.from));
        }
        if !report.includes_lost.is_empty() {
            let what = format!("does not include {} any more", report.includes_lost.join(", "));
            reasons.push((Reason::IncludesLost, what, self.as_of));
        }
        for (reason, what, at) in reasons {
            let place = |half: &Half<'_>, item: Option<&Item<'_>>| {
                let holding = |item: &Item<'_>| {
                    let step = item.timeline.step_at(at)?.at;
                    Some(item.date_of_step(&half.side.document.my_esri, step))
                };
                let pointer = item.map(|item| holding(item).unwrap_or_else(|| item.first_entry()));
                Some(half.location(pointer.unwrap_or_else(|| report.kind.list_pointer())))
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
        let policy = Policy::default();
        for half in [self.old, self.new] {
            let subject = Subject::new(half.side.document, &half.items, self.as_of, None, None, &policy);
            let findings = READING.iter().flat_map(|rule| rule.findings(&subject));
            for finding in findings.filter(|finding| finding.severity == Severity::Error) {
                let location = Some(half.location(finding.pointer));
                let (old, new) = if std::ptr::eq(half, self.old) { (location, None) } else { (None, location) };
                let (kind, id, message) = (finding.kind, finding.id, finding.message);
                self.findings.push(DiffFinding { reason: Reason::NotCertain, kind, id, message, old, new });
            }
        }
    }

    /// Whenever the old license has a usable administrator type, the new one must have one.
    fn administrators(&mut self) {
        let lost = shortfalls(&self.old.administrators(), &self.new.administrators(), self.as_of);
        let Some(first) = lost.first() else { return };
        let until = first.to.map_or_else(|| "on".to_owned(), |to| format!("to {}", self.zone.show(to)));
        let message = format!(
            "from {} {until} no user type that is compatible with the Administrator role has seats any more",
            self.zone.show(first.from)
        );
        let place = |half: &Half<'_>| Some(half.location(ItemKind::UserType.list_pointer()));
        let (old, new) = (place(self.old), place(self.new));
        let kind = Some(ItemKind::UserType);
        self.findings.push(DiffFinding { reason: Reason::AdministratorLost, kind, id: None, message, old, new });
    }
}

/// No count is larger than 2^53 - 1.
fn signed(seats: u64) -> i64 {
    i64::try_from(seats).unwrap_or(i64::MAX)
}

fn includes(item: Option<&Item<'_>>) -> Vec<String> {
    let user_type = item.and_then(|item| item.definition).and_then(|definition| definition.user_type());
    let extensions = user_type.map_or(&[][..], |user_type| user_type.extensions.elements());
    let ids = extensions.iter().filter_map(Place::here).filter_map(|extension| id(extension.id).ok());
    ids.map(Cow::into_owned).collect()
}
