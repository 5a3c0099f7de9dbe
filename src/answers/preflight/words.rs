//! The words for what an action asks for.

use crate::answers::preflight::action_value::{Action, ActionItem, Cause};
use crate::answers::preflight::get_seats::{get_seats, which};
use crate::answers::preflight::growth;
use crate::answers::preflight::item_words::{ItemWords, named};
use crate::answers::preflight::spare::{SpareType, ToSpare};
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::preflight::value::ReplacedId;
use crate::answers::words::count;
use crate::license::{ItemKind, Version, retirement};
use crate::text::{Phrase, name, phrase};
use crate::usage::LockedOut;

/// The retired extensions that are counted with an extension, and how surely it replaces each.
pub(super) fn replaced(id: &str, replaces: &[ReplacedId]) -> Option<Phrase> {
    let ids: Vec<_> = replaces.iter().map(replaced_id).collect();
    let inferred = if replaces.iter().any(|one| one.perhaps) {
        " (perhaps: that is inferred from facts that agree, not published)"
    } else {
        ""
    };
    (!ids.is_empty()).then(|| {
        let what = format!(", and what is needed of them is counted with it{inferred}");
        phrase![name(id), " takes the place of ", Phrase::list(ids), what]
    })
}

/// A retired extension: "perhaps parcelFabric".
pub(super) fn replaced_id(replaced: &ReplacedId) -> Phrase {
    phrase![if replaced.perhaps { "perhaps " } else { "" }, name(&replaced.id)]
}

/// What to do, and whom the trouble hits otherwise, without the date.
pub(super) fn to_do(subject: &ImportSubject<'_>, action: &Action, reasons: &[Phrase], to_spare: &ToSpare) -> Phrase {
    let at_end = action.is_license_end;
    let locked_out = locked_out(subject, action);
    match action.cause {
        Cause::Shortage if at_end => {
            let which = which(action.items.iter());
            let verb = if action.items.len() == 1 { "falls" } else { "fall" };
            phrase!["import the license that follows: this one ends, and ", which, format!(" {verb} short{locked_out}")]
        }
        Cause::Shortage => phrase![get_seats(subject, &action.items, to_spare), locked_out],
        Cause::Unreadable => {
            let which = which(action.items.iter());
            phrase![
                "ask Esri what the license gives of ",
                which,
                ": its lines can be read in more than one way",
                locked_out
            ]
        }
        Cause::Lost if ends_with_the_license(subject, action) => {
            let which = which(action.items.iter());
            phrase!["import the license that follows: this one ends, and with it ", which]
        }
        Cause::Lost => phrase!["ask Esri for ", lost(subject, action), ", or do without it"],
        Cause::NoAdministrator if at_end => {
            let certainly = if reasons.is_empty() { "" } else { "certainly " };
            format!(
                "import the license that follows: this one ends, and no user type is {certainly}usable for an administrator"
            )
            .into()
        }
        Cause::NoAdministrator if subject.has_foreign_list => {
            let why = "give the administrator list of this license: the given one probably belongs to another license, and by \
                       it no user type is usable for an administrator";
            Phrase::join(std::iter::once(&Phrase::from(why)).chain(reasons), "; ")
        }
        Cause::NoAdministrator => match reasons {
            [] => {
                let until = until(subject, action).unwrap_or_else(|| "then".to_owned());
                format!("get seats of a user type that an administrator can have: none is usable {until}").into()
            }
            reasons => {
                let until = until(subject, action).unwrap_or_else(|| "then".to_owned());
                let none =
                    "no user type that is known to be compatible with the Administrator role certainly has seats";
                phrase![format!("{none} {until}; "), Phrase::join(reasons, "; ")]
            }
        },
        Cause::Policy => phrase!["the policy is not met: ", Phrase::join(reasons, "; ")],
        Cause::Version => phrase![
            "get the file for your portal's version from My Esri, or correct portal-version in the policy: ",
            Phrase::join(reasons, "; ")
        ],
    }
}

/// "until 2027-02-01 00:00", where the trouble of an action ends for all of its items at one instant.
fn until(subject: &ImportSubject<'_>, action: &Action) -> Option<String> {
    let to = action.items.first()?.to?;
    action.items.iter().all(|item| item.to == Some(to)).then(|| format!("until {}", subject.zone.show(to)))
}

/// The losses of an action in words: what the old license gives at the import, or gave just before its end, and the new license
/// does not give on the day of the loss.
fn lost(subject: &ImportSubject<'_>, action: &Action) -> Phrase {
    let which = which(action.items.iter());
    let from = subject.zone.show(action.due);
    let (gives, gives_less) = action.items.iter().fold((false, false), |(gives, gives_less), item| {
        (gives || item.old_then.gives, gives_less || item.old_then.gives_less)
    });
    match (gives, gives_less) {
        (_, false) => phrase!["what the old license gives of ", which, " and this one does not"],
        (false, true) if subject.old_end().is_some() => {
            phrase!["what the old license gave of ", which, " before it ended and this one does not give"]
        }
        (false, true) => phrase![
            "what the old license gives of ",
            which,
            format!(" at the import (from {from} on neither license gives as much)")
        ],
        (true, true) => phrase![
            "what the old license gives of ",
            which,
            format!(", at the import or from {from} on, and this one does not give from then on")
        ],
    }
}

/// Whether an action is only about capabilities that end for good with the license.
fn ends_with_the_license(subject: &ImportSubject<'_>, action: &Action) -> bool {
    let ends = |item: &ActionItem| {
        let own = subject.item(item.kind, &item.id).filter(|own| own.kind == ItemKind::Capability);
        own.is_some_and(|own| subject.horizon.is_license_end(&own.timeline, action.due))
    };
    !action.items.is_empty() && action.items.iter().all(ends)
}

/// ", or 3 members are locked out, 10 in all by 2027-04-01 00:00".
fn locked_out(subject: &ImportSubject<'_>, action: &Action) -> String {
    let are = |number: LockedOut| {
        let verb = if number.at_most() == 1 || number.certainly == 1 { "is" } else { "are" };
        format!("{} {verb} locked out", number.members())
    };
    match growth::locked_out(&action.items) {
        (first, None) if first.at_most() == 0 => String::new(),
        (first, Some((all, by))) if first.at_most() == 0 => format!(", or {} by {}", are(all), subject.zone.show(by)),
        (first, None) => format!(", or {}", are(first)),
        (first, Some((all, by))) if first.perhaps == 0 && first.certainly == all.certainly => {
            format!(", or {}, and perhaps {} more by {}", are(first), all.perhaps, subject.zone.show(by))
        }
        (first, Some((all, by))) => format!(", or {}, {all} in all by {}", are(first), subject.zone.show(by)),
    }
}

/// Why it is not known that a user type is usable for administrators, although some may be: those of unknown
/// compatibility with seats, those with seats in doubt, and whether any type may be. `None` where there is none of
/// these.
pub(super) fn perhaps_administrators(unknown: &[String], doubtful: &[String], any: bool) -> Option<Phrase> {
    const MOST: usize = 10;
    let some = |ids: &[String]| {
        let mut named: Vec<_> = ids.iter().take(MOST).map(|id| name(id)).collect();
        named.extend(ids.len().checked_sub(MOST).filter(|more| *more > 0).map(|more| format!("{more} more").into()));
        Phrase::list(named)
    };
    let mut reasons = Vec::new();
    if !doubtful.is_empty() {
        reasons.push(phrase!["the seats of ", some(doubtful), " are not certain: ask Esri what is meant"]);
    } else if any {
        reasons.push(
            "what the license gives of user types can be read in more than one way: ask Esri what is meant".into(),
        );
    }
    if !unknown.is_empty() {
        reasons.push(phrase![
            "nobody has published whether ",
            some(unknown),
            " can be an administrator's: give the administrator list of this license"
        ]);
    }
    (!reasons.is_empty()).then(|| Phrase::join(reasons, "; "))
}

/// Further advice.
pub(super) fn advice(subject: &ImportSubject<'_>, to_spare: &ToSpare, action: &Action) -> Vec<Phrase> {
    if subject.is_end(action.due) {
        return Vec::new();
    }
    let short = action.items.iter().any(|item| item.kind == ItemKind::UserType);
    let mut advice: Vec<_> = action.items.iter().filter_map(|item| retired(subject, item)).collect();
    if action.cause != Cause::Shortage || !short {
        return advice;
    }
    let ToSpare { most, more, complete, .. } = to_spare;
    let spare = |one: &SpareType| {
        let item = subject.items.get(one.position)?;
        let fewer = one.fewer.map_or_else(String::new, |(at, seats)| match seats {
            0 => format!(" (none from {})", subject.zone.show(at)),
            seats => format!(" ({seats} from {})", subject.zone.show(at)),
        });
        let type_of = named(subject.name(item.kind, &item.id).as_deref(), &item.id);
        Some(phrase![type_of, format!(" {}{fewer}", one.seats)])
    };
    let mut spare: Vec<_> = most.iter().filter_map(spare).collect();
    if *more > 0 {
        spare.push(format!("{} more", count(u64::try_from(*more).unwrap_or(u64::MAX), "user type")).into());
    }
    match (spare.is_empty(), complete) {
        (true, true) if to_spare.only_later => advice.push("no other user type has seats to spare at that time".into()),
        (true, true) => advice.push("no other user type has seats to spare that day".into()),
        // The spare seats of the other user types are not known.
        (true, false) => {}
        (false, _) => advice.push(phrase!["seats to spare that day: ", Phrase::join(spare, ", ")]),
    }
    advice
}

/// The retirement of an item that the license does not have.
fn retired(subject: &ImportSubject<'_>, item: &ActionItem) -> Option<Phrase> {
    if item.kind == ItemKind::Capability || subject.item(item.kind, &item.id).is_some() {
        return None;
    }
    let retired = retirement(item.kind, &item.id)?;
    let version = subject.document.my_esri.version.as_written();
    let version: Option<Version> = version.and_then(|version| version.parse().ok());
    let is_over = version.is_none_or(|version| version >= retired.since);
    is_over.then(|| phrase![name(&item.id), ": not in this license, perhaps retired: ", retired.note])
}

/// By when, what to do, whom the trouble hits, and why, in one sentence.
pub(super) fn message(telling: &ItemWords, action: &Action) -> Phrase {
    const MOST: usize = 8;
    let mut items: Vec<_> = action.items.iter().take(MOST).map(|item| telling.words(item, action)).collect();
    if action.items.len() > MOST {
        items.push(format!("{} more", action.items.len() - MOST).into());
    }
    let zone = telling.zone;
    let mut text = phrase![format!("by {} ({zone}): ", zone.show(action.due)), &action.to_do];
    if !items.is_empty() {
        text.push(": ");
        text.push(Phrase::join(items, "; "));
    }
    for advice in &action.advice {
        text.push("; ");
        text.push(advice);
    }
    let mut places: Vec<_> = action.locations.iter().take(MOST).map(|place| name(place)).collect();
    if action.locations.len() > MOST {
        places.push(format!("{} more lines", action.locations.len() - MOST).into());
    }
    if !places.is_empty() {
        text.push(phrase![" (", Phrase::join(places, ", "), ")"]);
    }
    text
}
