//! What `fit` should say, worked out hour by hour and reading by reading, without anything of the crate.

use serde_json::{Value, json};

use super::case::{Case, Entry, Form, KINDS, LAST};
use super::files::{BASE, HOUR};

/// Something that may be in the license, assigned or planned: a kind, and an id.
struct Thing<'c> {
    case: &'c Case,
    kind: usize,
    id: &'static str,
}

pub(super) fn instant(hour: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(BASE + hour * HOUR).unwrap();
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(super) fn report(case: &Case) -> Value {
    let latest = case.plan.iter().flatten().filter_map(|planned| planned.from).max();
    let until = case.until.or(latest).unwrap_or(case.as_of).max(case.as_of);
    let mut items = Vec::new();
    for (kind, (.., ids)) in KINDS.iter().enumerate() {
        let ids = ids.iter().chain((kind == 0).then_some(&"emptyUT"));
        let things = ids.map(|id| Thing { case, kind, id });
        let there = things.filter(|thing| thing.in_license() || thing.today() > Some(0) || thing.is_planned());
        items.extend(there.map(|thing| thing.report(until)));
    }
    let fits = items.iter().all(|item| item["fits"].as_bool().unwrap_or(item["planned"] == 0));
    let (members, disabled) = match case.form {
        Form::Members(_) | Form::Csv | Form::CsvAndResource => {
            let known = case.members.iter().all(|member| member.disabled.is_some());
            let disabled = case.members.iter().filter(|member| member.disabled == Some(true)).count();
            (json!(case.members.len()), if known { json!(disabled) } else { Value::Null })
        }
        _ => (Value::Null, Value::Null),
    };
    json!({"asOf": instant(case.as_of), "until": instant(until), "fits": fits, "items": items, "members": members,
        "disabledMembers": disabled})
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
                // They contradict each other: it may be anything.
                _ => found.extend([1000, 1001]),
            }
        });
        found.windows(2).all(|pair| pair[0] == pair[1])
    }

    /// What is assigned today; `None` where nobody counted.
    fn today(&self) -> Option<u64> {
        let held = KINDS[0].2.iter().position(|id| *id == self.id).map_or(0, |index| self.case.held(index));
        match (self.kind, self.case.form) {
            (_, Form::None) => None,
            (0, _) => Some(held),
            (_, Form::Resource | Form::CsvAndResource) => {
                self.case.others[if self.kind == 3 && self.id == "Insights" { 3 } else { self.kind - 1 }]
            }
            _ => None,
        }
    }

    /// Counts, and from which hour on.
    fn plan(&self) -> Vec<(u64, i64)> {
        let rows = self.case.plan.iter().flatten();
        let rows = rows.filter(|row| row.kind == self.kind && KINDS[row.kind].2[row.id] == self.id);
        rows.map(|row| (row.count, row.from.unwrap_or(self.case.as_of).max(self.case.as_of))).collect()
    }

    fn is_planned(&self) -> bool {
        !self.plan().is_empty()
    }

    fn demand(&self, hour: i64) -> u64 {
        let planned = self.plan().into_iter().filter(|(_, from)| *from <= hour).map(|(count, _)| count);
        self.today().unwrap_or(0) + planned.sum::<u64>()
    }

    /// Who is locked out when so many are assigned, and whether there may be fewer.
    fn locked_out(&self, assigned: u64) -> (u64, bool) {
        let planned = assigned - self.today().unwrap_or(0);
        if !matches!(self.case.form, Form::Members(_) | Form::Csv | Form::CsvAndResource) {
            return (assigned, true);
        }
        let own = self.case.members.iter().filter(|member| KINDS[0].2[member.user_type] == self.id);
        let is_administrator = |role| role == "org_admin" || role == "boss" && self.case.names_boss();
        let locked_out: Vec<_> = own.filter(|member| !member.role.is_some_and(is_administrator)).collect();
        // Of a role of one's own it is known only once the administrators' ones are named.
        let is_known = |role: &str| self.case.names_boss() || role.starts_with("org_");
        let unknown = locked_out.iter().any(|member| !member.role.is_some_and(is_known));
        (locked_out.len() as u64 + planned, unknown || planned > 0)
    }

    fn report(&self, until: i64) -> Value {
        let as_of = self.case.as_of;
        let hours = || as_of..=LAST + 1;
        let counted = self.today().is_some() || self.is_planned();
        let known = self.today().is_some() || self.case.form == Form::None;
        let seats = self.seats(as_of);
        let assigned = (counted && known).then(|| self.demand(as_of));
        let shortage = hours().find(|hour| self.demand(*hour) > self.seats(*hour)).filter(|_| counted);
        let misfit =
            |hour: &i64| self.demand(*hour) > self.seats(*hour) || self.demand(*hour) > 0 && !self.is_certain(*hour);
        let fits_until = hours().find(misfit).filter(|_| counted);
        let fits = fits_until.is_none_or(|hour| hour > until);
        let level = assigned.filter(|assigned| *assigned > 0).and_then(|assigned| {
            let reaches = |percent| assigned * 100 >= seats * percent;
            if reaches(95) { Some("error") } else { reaches(85).then_some("warning") }
        });
        json!({
            "kind": KINDS[self.kind].1,
            "id": self.id,
            "inLicense": self.in_license(),
            "assigned": assigned,
            "planned": self.plan().into_iter().map(|(count, _)| count).sum::<u64>(),
            "usableSeats": seats,
            "available": assigned.map(|assigned| seats.cast_signed() - assigned.cast_signed()),
            "usePercent": assigned.filter(|_| seats > 0).map(|assigned| (assigned * 1000 / seats) as f64 / 10.0),
            "useLevel": level,
            "certain": self.is_certain(as_of),
            "certainUntil": hours().find(|hour| !self.is_certain(*hour)).map(instant),
            "fits": if !counted || fits && !known { None } else { Some(fits) },
            "fitsUntil": fits_until.map(instant),
            "firstShortage": shortage.map(|hour| {
                let (assigned, seats) = (self.demand(hour), self.seats(hour));
                let locked_out = (self.kind == 0).then(|| self.locked_out(assigned));
                json!({
                    "at": instant(hour),
                    "seats": seats,
                    "assigned": assigned,
                    "short": assigned - seats,
                    "lockedOut": locked_out.map(|(members, _)| members),
                    "lockedOutIsUpperBound": locked_out.is_some_and(|(_, bound)| bound),
                })
            }),
        })
    }
}

/// Every reading of entries that cannot be read plainly: hours and seats.
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
