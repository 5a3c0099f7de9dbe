//! What `preflight` says.

use crate::answers::preflight::needs::Needed;
use crate::answers::preflight::subject::Subject;
use crate::answers::preflight::value::{Action, ActionItem, Cause, Verdict};
use crate::answers::until::UntilIs;
use crate::answers::words::{count, count_kinds, list, plural};
use crate::license::ItemKind;
use crate::time::{Instant, Zone};

/// Ends what is said of a successor whose place is inferred.
pub(super) const PERHAPS: &str =
    "perhaps: that this extension replaces a retired one is inferred from facts that agree, not published";

fn members(number: u64, upper_bound: bool) -> String {
    format!("{}{}", if upper_bound { "up to " } else { "" }, count(number, "member"))
}

/// What to do, and who is hit otherwise, without the date.
pub(super) fn to_do(action: &Action, reasons: &[String]) -> String {
    let locked_out = match action.locked_out {
        0 => String::new(),
        number => {
            let (who, verb) =
                (members(number, action.locked_out_is_upper_bound), if number == 1 { "is" } else { "are" });
            format!(", or {who} {verb} locked out")
        }
    };
    match action.cause {
        Cause::Shortage => {
            let user_types = action.items.iter().any(|item| item.kind == ItemKind::UserType);
            let what =
                if user_types { "get seats or move members of" } else { "get seats or take them from members of" };
            format!("{what} {}{locked_out}", count_kinds(action.items.iter().map(|item| item.kind)))
        }
        Cause::Unreadable => {
            format!(
                "ask Esri what the license gives of {}: its lines can be read in more than one way{locked_out}",
                count_kinds(action.items.iter().map(|item| item.kind))
            )
        }
        Cause::Lost => {
            format!(
                "do without what the old license gives of {}, or ask Esri for it",
                count_kinds(action.items.iter().map(|item| item.kind))
            )
        }
        Cause::NoAdministrator => match reasons {
            [] => "get seats of a user type that an administrator can have: none is usable then".to_owned(),
            reasons => format!(
                "no user type that is known to be compatible with the Administrator role is usable then; {}",
                reasons.join("; ")
            ),
        },
        Cause::Policy => format!("the policy asks for more: {}", reasons.join("; ")),
        Cause::Version => reasons.join("; "),
    }
}

/// Where only user types of unknown compatibility have seats.
pub(super) fn perhaps_administrators(ids: &[String]) -> String {
    format!(
        "whether {} can be an administrator's nobody has published: give the administrator list of this license",
        list(ids)
    )
}

/// What else helps.
pub(super) fn advice(subject: &Subject<'_>, needed: &[Needed], action: &Action) -> Vec<String> {
    let short = action.items.iter().any(|item| item.kind == ItemKind::UserType);
    if action.cause != Cause::Shortage || !short {
        return Vec::new();
    }
    let spare = subject.items.iter().filter(|item| item.kind == ItemKind::UserType).filter_map(|item| {
        let needed = needed.iter().find(|one| one.kind == item.kind && one.id == item.id)?;
        let spare = item.timeline.certain_seats_at(action.due).checked_sub(needed.need.at(action.due))?;
        (spare > 0 && needed.counted).then(|| (spare, named(subject, item.kind, &item.id)))
    });
    let mut spare: Vec<_> = spare.collect();
    spare.sort_by_key(|(seats, _)| std::cmp::Reverse(*seats));
    let spare: Vec<_> = spare.into_iter().map(|(spare, name)| format!("{name} {spare}")).collect();
    vec![match spare.as_slice() {
        [] => "no other user type has seats to spare that day".to_owned(),
        spare => format!("seats to spare that day: {}", spare.join(", ")),
    }]
}

fn named(subject: &Subject<'_>, kind: ItemKind, id: &str) -> String {
    match subject.name(kind, id) {
        Some(name) => format!("{name} ({id})"),
        None => id.to_owned(),
    }
}

/// By when, what to do, who is hit, and why, in one sentence.
pub(super) fn message(zone: Zone, action: &Action) -> String {
    const MOST: usize = 8;
    let mut items: Vec<_> = action.items.iter().take(MOST).map(|item| item_words(zone, action, item)).collect();
    if action.items.len() > MOST {
        items.push(format!("{} more", action.items.len() - MOST));
    }
    let mut text = format!("by {} ({zone}): {}", zone.show(action.due), action.to_do);
    if !items.is_empty() {
        text.push_str(&format!(": {}", items.join("; ")));
    }
    for advice in &action.advice {
        text.push_str(&format!("; {advice}"));
    }
    if !action.locations.is_empty() {
        text.push_str(&format!(" ({})", action.locations.join(", ")));
    }
    text
}

/// "Creator (creatorUT): 110 assigned, 60 seats, 50 short".
pub(super) fn item_words(zone: Zone, action: &Action, item: &ActionItem) -> String {
    let mut parts: Vec<String> = item.what.iter().cloned().collect();
    match (item.assigned, item.old, item.seats) {
        (Some(assigned), _, Some(seats)) => parts.push(format!("{assigned} assigned, {}", seats_words(seats))),
        (None, Some(old), Some(seats)) => {
            parts.push(format!("the old license gives {old}, this one {}", seats_words(seats)))
        }
        (None, None, Some(seats)) => parts.push(seats_words(seats)),
        _ => {}
    }
    if let Some(short) = item.short.filter(|short| *short > 0) {
        parts.push(format!("{short} short"));
    }
    if action.cause == Cause::Unreadable {
        parts.push("not certain".to_owned());
    }
    if let Some(to) = item.to {
        parts.push(format!("until {}", zone.show(to)));
    }
    let name = item.name.as_ref().map_or_else(|| item.id.clone(), |name| format!("{name} ({})", item.id));
    if parts.is_empty() { name } else { format!("{name}: {}", parts.join(", ")) }
}

fn seats_words(seats: u64) -> String {
    count(seats, "seat")
}

/// The first line.
pub(super) fn headline(subject: &Subject<'_>, verdict: Verdict, actions: &[Action], uncounted: &[ItemKind]) -> String {
    let zone = subject.zone;
    let by = |at: Instant| format!("{} (in {})", zone.show(at), zone.span(subject.as_of, at));
    let known = match uncounted {
        [] => String::new(),
        kinds => {
            let kinds: Vec<_> = kinds.iter().map(|kind| plural(kind.noun())).collect();
            format!(", as far as is known ({} were not counted)", list(&kinds))
        }
    };
    let mut text = match (verdict, actions.first()) {
        (Verdict::Go, _) | (_, None) => format!("GO{known}"),
        (Verdict::GoThenAct, Some(first)) => {
            format!("GO, THEN ACT by {}{known}: {}", by(first.due), first.to_do)
        }
        (Verdict::NoGo, Some(first)) if first.due <= subject.as_of => format!("NO-GO: {}{known}", first.to_do),
        (Verdict::NoGo, Some(first)) => format!("NO-GO: by {}: {}{known}", by(first.due), first.to_do),
    };
    text.push_str(&subject.end_of_license());
    if subject.until_is == UntilIs::Given && subject.until < subject.lead_end {
        text.push_str(&format!("; looked at only until {}, as was asked", zone.show(subject.until)));
    }
    if let Some(ended) = subject.replaced_end() {
        text.push_str(&format!(
            "; the old license ended on {}: what it gave just before its end is taken as needed",
            zone.show(ended)
        ));
    }
    text
}
