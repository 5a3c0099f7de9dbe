//! The expected answer of `fit`, computed hour by hour and reading by reading, without code of the crate.

use serde_json::{Value, json};

use super::case::{Case, EXTENSION, Entry, Form, KINDS, LAST, SUCCESSOR};
use super::files::{BASE, HOUR};

/// An item that may be licensed, assigned or planned: its kind and its id.
struct Thing<'c> {
    case: &'c Case,
    kind: usize,
    id: &'static str,
}

pub(super) fn instant(hour: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(BASE + hour * HOUR).unwrap();
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An instant in the form of the tables.
fn shown(ms: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(ms).unwrap();
    at.format(if ms % 1000 == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%.3fZ" }).to_string()
}

/// The last instant to look at without `--until`, the reason, the end of the license, and whether that is certain. All dates lie within one
/// day, so every item that ends before the license ends with it.
fn horizon(case: &Case) -> (i64, &'static str, Option<(i64, bool)>) {
    let ids = |kind: usize| KINDS[kind].2.iter().copied().chain((kind == 0).then_some("emptyUT"));
    let things = (0..KINDS.len()).flat_map(|kind| ids(kind).map(move |id| Thing { case, kind, id }));
    let things: Vec<_> = things.filter(Thing::in_license).collect();
    let user_types: Vec<_> = things.iter().filter(|thing| thing.kind == 0).collect();
    let year = (BASE + case.as_of * HOUR + 365 * 24 * HOUR, "year");
    let goes_on = user_types.iter().any(|thing| thing.seats(LAST + 1) > 0);
    let has_seats = |hour: i64| user_types.iter().any(|thing| thing.seats(hour) > 0);
    if goes_on || !(case.as_of..=LAST).any(has_seats) {
        return (year.0, year.1, None);
    }
    let end = (0..=LAST).find(|hour| (*hour..=LAST).all(|later| !has_seats(later))).unwrap();
    let is_certain = user_types.iter().all(|thing| (end..=LAST + 1).all(|hour| thing.is_certain(hour)));
    let end_told = Some((end, is_certain));
    let doubtful = |thing: &Thing<'_>| {
        let own = thing.end().is_some_and(|own| own <= end);
        let from = if own { Some(case.as_of) } else { (thing.kind == 0).then_some(end) };
        from.is_some_and(|from| (from..=LAST + 1).any(|hour| !thing.is_certain(hour)))
    };
    if things.iter().any(doubtful) {
        return (year.0, year.1, end_told);
    }
    let ends = things.iter().filter_map(Thing::end).filter(|own| *own > case.as_of && *own <= end);
    (BASE + ends.min().unwrap() * HOUR - 1, "license-end", end_told)
}

/// Whether a map is refused because the license does not have the new user type. The old one may be missing from the
/// license.
pub(super) fn refuses_map(case: &Case) -> bool {
    let known = |index: usize| Thing { case, kind: 0, id: KINDS[0].2[index] }.in_license();
    case.map.is_some_and(|(from, to)| !known(to) || (case.held(from) == 0 && !known(from)))
}

pub(super) fn report(case: &Case) -> Value {
    let (horizon, horizon_is, end) = horizon(case);
    let license_end = end.map(|(end, _)| end);
    let rows = || case.plan.iter().flatten().filter(|planned| planned.count > 0);
    let latest = rows().filter_map(|planned| planned.from).max().map(|hour| BASE + hour * HOUR);
    let (until, until_is) = match (case.until, latest) {
        (Some(until), _) => (BASE + until * HOUR, "given"),
        (None, Some(latest)) if latest > horizon => (latest, "plan"),
        _ => (horizon, horizon_is),
    };
    let mut things = Vec::new();
    for (kind, (.., ids)) in KINDS.iter().enumerate() {
        let ids = ids.iter().chain((kind == 0).then_some(&"emptyUT"));
        let all = ids.map(|id| Thing { case, kind, id });
        let is_there = |thing: &Thing<'_>| {
            !thing.is_replaced()
                && (thing.in_license() || thing.today(until) > Some(0) || !thing.plan(until).is_empty())
        };
        things.extend(all.filter(is_there));
    }
    let items: Vec<_> = things.iter().map(|thing| thing.report(until, license_end)).collect();
    let is_unknown = items.iter().any(|item| item["fits"].is_null() && item["planned"] != 0);
    let misfit = misfit(case, &things, &items, until);
    let fits = if misfit.is_null() { (!is_unknown).then_some(true) } else { Some(false) };
    let (members, disabled) = if case.form.names_members() {
        let known = case.members.iter().all(|member| member.disabled.is_some());
        let disabled = case.members.iter().filter(|member| member.disabled == Some(true)).count();
        (json!(case.members.len()), if known { json!(disabled) } else { Value::Null })
    } else {
        (Value::Null, Value::Null)
    };
    let later = rows().filter(|row| row.from.is_some_and(|hour| BASE + hour * HOUR > until)).count();
    let moves = case.map.map(|(from, to)| if from == to { 0 } else { case.held(from) });
    json!({"asOf": instant(case.as_of), "until": shown(until), "untilIs": until_is, "fits": fits, "items": items,
        "licenseEnd": license_end.map(instant), "licenseEndCertain": end.map(|(_, is_certain)| is_certain), "members": members, "disabledMembers": disabled, "firstMisfit": misfit,
        "laterPlan": later, "moves": moves})
}

/// The first instant at which an item does not certainly fit.
fn misfit(case: &Case, things: &[Thing<'_>], items: &[Value], until: i64) -> Value {
    let hours = || case.as_of..=LAST + 1;
    let judged = || things.iter().zip(items).filter(|(_, item)| !item["fits"].is_null());
    let misfits = || judged().filter(|(_, item)| item["fits"] == false).map(|(thing, _)| thing);
    let bad = |hour: &i64| misfits().any(|thing| thing.misfits(*hour, until));
    let Some(at) = hours().find(bad) else { return Value::Null };
    let free = |hour: &i64| *hour > at && !judged().any(|(thing, _)| thing.misfits(*hour, until));
    let mut locked_out = (0, 0);
    let mut there = Vec::new();
    for thing in misfits().filter(|thing| thing.misfits(at, until)) {
        there.push(json!({"kind": KINDS[thing.kind].1, "id": thing.id, "short": thing.is_certain(at)}));
        if thing.kind == 0 {
            let (members, certainly) = thing.locked_out(thing.demand(at, until), thing.is_certain(at));
            locked_out = (locked_out.0 + members, locked_out.1 + certainly);
        }
    }
    let to = hours().find(free);
    let of_these =
        |hour: &i64| misfits().filter(|thing| thing.misfits(at, until)).any(|thing| thing.misfits(*hour, until));
    let again = to.and_then(|to| hours().filter(|hour| *hour > to && BASE + hour * HOUR <= until).find(of_these));
    json!({"at": instant(at), "to": to.map(instant), "again": again.map(instant), "later": misfits().count() - there.len(),
        "lockedOut": locked_out.0, "lockedOutIsUpperBound": locked_out.0 > locked_out.1, "lockedOutCertainly": locked_out.1,
        "items": there})
}

impl Thing<'_> {
    fn is(&self, entry: &Entry) -> bool {
        entry.kind == self.kind && entry.id.is_some_and(|id| KINDS[entry.kind].2[id] == self.id)
    }

    fn is_known(&self) -> bool {
        self.kind != 0 || self.case.provided
    }

    fn in_license(&self) -> bool {
        let defined = self.case.defined && ["creatorUT", "emptyUT"].contains(&self.id);
        defined || self.is_known() && self.case.entries.iter().any(|entry| self.is(entry))
    }

    /// The fewest seats of the latest entries.
    fn seats(&self, hour: i64) -> u64 {
        let begun = |entry: &&Entry| self.is_known() && self.is(entry) && entry.hour.is_some_and(|start| start <= hour);
        let begun: Vec<_> = self.case.entries.iter().filter(begun).collect();
        let last = begun.iter().filter_map(|entry| entry.hour).max();
        begun.iter().filter(|entry| entry.hour == last).map(|entry| entry.seats.unwrap_or(0)).min().unwrap_or(0)
    }

    /// Whether all readings agree.
    fn is_certain(&self, hour: i64) -> bool {
        if !self.is_known() {
            return false;
        }
        let mine = |entry: &&Entry| self.is(entry) || entry.kind == self.kind && entry.id.is_none();
        let mine: Vec<_> = self.case.entries.iter().filter(mine).collect();
        let mut found = Vec::new();
        readings(&mine, &mut Vec::new(), &mut |reading| {
            let begun = reading.iter().filter(|(start, _)| *start <= hour);
            let last = begun.clone().map(|(start, _)| *start).max();
            let mut seats: Vec<_> = begun.filter(|(start, _)| Some(*start) == last).map(|(_, seats)| *seats).collect();
            seats.dedup();
            match seats.as_slice() {
                [] => found.push(0),
                [one] => found.push(*one),
                // Contradicting counts stand for any number.
                _ => found.extend([1000, 1001]),
            }
        });
        found.windows(2).all(|pair| pair[0] == pair[1])
    }

    /// The hour from which on there are never seats again.
    fn end(&self) -> Option<i64> {
        let ends = |hour: &i64| self.seats(*hour - 1) > 0 && (*hour..=LAST + 1).all(|later| self.seats(later) == 0);
        (0..=LAST + 1).find(ends)
    }

    /// Whether another extension of this license replaces this one.
    fn is_replaced(&self) -> bool {
        let successor = Thing { case: self.case, kind: EXTENSION, id: SUCCESSOR };
        self.kind == EXTENSION
            && self.id != SUCCESSOR
            && ["11.2", "11.4"].contains(&self.case.version)
            && !self.in_license()
            && successor.in_license()
    }

    /// The ids that the item replaces, of which somebody has or plans seats.
    fn replaces(&self, until: i64) -> Vec<Self> {
        if (self.kind, self.id) != (EXTENSION, SUCCESSOR) {
            return Vec::new();
        }
        let others = KINDS[EXTENSION].2.iter().map(|id| Thing { case: self.case, kind: EXTENSION, id });
        let others = others.filter(Thing::is_replaced);
        others.filter(|other| other.own() > Some(0) || !other.own_plan(until).is_empty()).collect()
    }

    /// The seats assigned at the as-of of the item and of the ids that it replaces; `None` where nobody counted.
    fn today(&self, until: i64) -> Option<u64> {
        let counted = self.replaces(until).iter().filter_map(Thing::own).reduce(|sum, one| sum + one);
        self.own().map_or(counted, |own| Some(own + counted.unwrap_or(0)))
    }

    fn own(&self) -> Option<u64> {
        let index = KINDS[0].2.iter().position(|id| *id == self.id);
        let held = self.case.after().iter().filter(|member| Some(member.user_type) == index).count() as u64;
        match (self.kind, self.case.form) {
            (_, Form::None) => None,
            (_, Form::Nobody) => Some(0),
            (0, _) => Some(held),
            (_, Form::Resource | Form::CsvAndResource) => self.case.other(self.kind, self.id),
            (EXTENSION, Form::KindCounts) => Some(self.case.other(self.kind, self.id).unwrap_or(0)),
            _ => None,
        }
    }

    /// The planned seats of lines that begin at or before `until`, with the hour of each.
    fn plan(&self, until: i64) -> Vec<(u64, i64)> {
        let others = self.replaces(until);
        let lines = others.iter().flat_map(|other| other.own_plan(until));
        self.own_plan(until).into_iter().chain(lines).collect()
    }

    fn own_plan(&self, until: i64) -> Vec<(u64, i64)> {
        let rows = self.case.plan.iter().flatten();
        let rows = rows.filter(|row| row.kind == self.kind && KINDS[row.kind].2[row.id] == self.id && row.count > 0);
        let rows = rows.filter(|row| row.from.is_none_or(|hour| BASE + hour * HOUR <= until));
        rows.map(|row| (row.count, row.from.unwrap_or(self.case.as_of).max(self.case.as_of))).collect()
    }

    fn demand(&self, hour: i64, until: i64) -> u64 {
        let planned = self.plan(until).into_iter().filter(|(_, from)| *from <= hour).map(|(count, _)| count);
        self.today(until).unwrap_or(0) + planned.sum::<u64>()
    }

    fn misfits(&self, hour: i64, until: i64) -> bool {
        let demand = self.demand(hour, until);
        demand > self.seats(hour) || demand > 0 && !self.is_certain(hour)
    }

    /// How many are locked out at most when so many are assigned, and how many certainly are.
    fn locked_out(&self, assigned: u64, certain: bool) -> (u64, u64) {
        let planned = assigned - self.own().unwrap_or(0);
        if !self.case.form.names_members() {
            return (assigned, 0);
        }
        let after = self.case.after();
        let own = after.iter().filter(|member| KINDS[0].2[member.user_type] == self.id);
        let is_administrator = |role| role == "org_admin" || role == "boss" && self.case.names_boss();
        let locked_out: Vec<_> = own.filter(|member| !member.role.is_some_and(is_administrator)).collect();
        // The privileges of a custom role are known only once administrators' roles are named.
        let is_known = |role: &str| self.case.names_boss() || role.starts_with("org_");
        let known = locked_out.iter().filter(|member| member.role.is_some_and(is_known)).count();
        (locked_out.len() as u64 + planned, if certain { known as u64 } else { 0 })
    }

    /// The times at which more is assigned than there are seats: from which hour on, and to which.
    fn shortages(&self, until: i64) -> Vec<(i64, Option<i64>)> {
        let is_short = |hour: &i64| self.demand(*hour, until) > self.seats(*hour);
        let as_of = self.case.as_of;
        let begins = |hour: &i64| is_short(hour) && (*hour == as_of || !is_short(&(hour - 1)));
        let begins: Vec<_> = (as_of..=LAST + 1).filter(begins).collect();
        begins.into_iter().map(|from| (from, (from..=LAST + 1).find(|hour| !is_short(hour)))).collect()
    }

    fn report(&self, until: i64, license_end: Option<i64>) -> Value {
        let as_of = self.case.as_of;
        let hours = || as_of..=LAST + 1;
        let planned = self.plan(until).into_iter().map(|(count, _)| count).sum::<u64>();
        let counted = self.today(until).is_some();
        let seats = self.seats(as_of);
        let demand = |hour: i64| self.demand(hour, until);
        let assigned = counted.then(|| demand(as_of));
        let shortage = hours().find(|hour| demand(*hour) > self.seats(*hour));
        let fits_until = hours().find(|hour| self.misfits(*hour, until));
        let fits = fits_until.is_none_or(|hour| BASE + hour * HOUR > until);
        let shown_by = |hour: i64| BASE + hour * HOUR <= until;
        let misfit = fits_until.filter(|_| self.kind == 0 && (counted || planned > 0));
        let misfit = misfit.map(|hour| self.locked_out(demand(hour), self.is_certain(hour)));
        let level = assigned.filter(|assigned| *assigned > 0).and_then(|assigned| {
            let reaches = |percent| assigned * 100 >= seats * percent;
            if reaches(95) { Some("error") } else { reaches(85).then_some("warning") }
        });
        json!({
            "kind": KINDS[self.kind].1,
            "id": self.id,
            "inLicense": self.in_license(),
            "assigned": assigned,
            "planned": planned,
            "replaces": self.replaces(until).iter().map(|other| {
                let now = other.own_plan(until).into_iter().filter(|(_, from)| *from <= as_of);
                let now = now.map(|(count, _)| count).sum::<u64>();
                json!({"id": other.id, "assigned": other.own().unwrap_or(0) + now, "perhaps": other.id == "parcelFabric"})
            }).collect::<Vec<_>>(),
            "usableSeats": seats,
            "available": assigned.map(|assigned| seats.cast_signed() - assigned.cast_signed()),
            "usePercent": assigned.filter(|_| seats > 0).map(|assigned| (assigned * 1000 / seats) as f64 / 10.0),
            "useLevel": level,
            "certain": self.is_certain(as_of),
            "certainUntil": hours().find(|hour| !self.is_certain(*hour)).map(instant),
            "fits": if counted || planned > 0 && !fits { Some(fits) } else { None },
            "fitsUntil": fits_until.map(instant),
            "misfitLockedOut": misfit.map(|(members, _)| members),
            "misfitLockedOutCertainly": misfit.map(|(_, certainly)| certainly),
            "firstShortage": shortage.map(|hour| {
                let (assigned, seats) = (demand(hour), self.seats(hour));
                let locked_out = (self.kind == 0).then(|| self.locked_out(assigned, self.is_certain(hour)));
                let is_end = |end: i64| self.in_license() && self.end() == Some(hour) && hour <= end;
                json!({
                    "at": instant(hour),
                    "to": (hour..=LAST + 1).find(|later| demand(*later) <= self.seats(*later)).map(instant),
                    "seats": seats,
                    "assigned": assigned,
                    "short": assigned - seats,
                    "certain": self.is_certain(hour),
                    "isLicenseEnd": license_end.is_some_and(is_end),
                    "lockedOut": locked_out.map(|(members, _)| members),
                    "lockedOutIsUpperBound": locked_out.is_some_and(|(members, certainly)| members > certainly),
                    "lockedOutCertainly": locked_out.map(|(_, certainly)| certainly),
                })
            }),
            "laterShortages": self.shortages(until).into_iter().skip(1).filter(|(from, _)| shown_by(*from)).map(|(from, to)| {
                let lacks = |hour: i64| demand(hour).saturating_sub(self.seats(hour));
                let during = || (from..to.unwrap_or(LAST + 2)).filter(|hour| shown_by(*hour));
                let most = during().map(lacks).max().unwrap();
                let worst = during().find(|hour| lacks(*hour) == most).unwrap();
                json!({"at": instant(from), "to": to.map(instant), "short": most,
                    "certain": self.is_certain(from) && self.is_certain(worst)})
            }).collect::<Vec<_>>(),
        })
    }
}

/// Calls `each` with every reading of entries that cannot be read plainly, as hours and seats.
fn readings(entries: &[&Entry], chosen: &mut Vec<(i64, u64)>, each: &mut impl FnMut(&[(i64, u64)])) {
    let Some((entry, rest)) = entries.split_first() else { return each(chosen) };
    let hours = entry.hour.map_or_else(|| (-2..=LAST + 2).collect(), |hour| vec![hour]);
    let seats = entry.seats.map_or_else(|| vec![1000, 1001], |seats| vec![seats]);
    if entry.id.is_none() {
        readings(rest, chosen, each);
    }
    for hour in hours {
        for seats in &seats {
            chosen.push((hour, *seats));
            readings(rest, chosen, each);
            chosen.pop();
        }
    }
}
