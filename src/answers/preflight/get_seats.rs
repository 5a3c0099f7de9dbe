//! Which seats an action asks to get, and what helps in their place.

use crate::answers::preflight::action_value::ActionItem;
use crate::answers::preflight::growth::Growth;
use crate::answers::preflight::item_words::named;
use crate::answers::preflight::spare::ToSpare;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::words::{count, count_kinds};
use crate::license::ItemKind;
use crate::text::{Phrase, phrase};

/// "get 163 seats of 3 user types or move as many members", "get 5 seats of Creator (creatorUT), 20 in all by 2027-06-01 00:00, or
/// …", "get 95 seats of Creator (creatorUT) until 2026-12-20 00:00 and 5 from then on, or …".
/// What nobody counted may not be needed. Members can be moved where other user types have seats to spare for all the time, and
/// what is only planned can be planned smaller.
pub(super) fn get_seats(subject: &ImportSubject<'_>, items: &[ActionItem], to_spare: &ToSpare) -> Phrase {
    let part = |of_user_types: bool| {
        let some: Vec<_> = items.iter().filter(|item| (item.kind == ItemKind::UserType) == of_user_types).collect();
        let growth = Growth::of(&some, subject.until, |at| subject.is_end(at));
        let most = growth.most;
        // Assigned seats can be withdrawn, or members moved to another user type; administrators only to a type that is
        // compatible with their role.
        let today =
            |item: &&ActionItem| item.assigned.unwrap_or(0).saturating_sub(item.planned).min(item.short.unwrap_or(0));
        let held = some.iter().map(today).fold(0, u64::saturating_add);
        let others = |item: &&ActionItem| subject.usage.locked_out(&item.id, 0, true, subject.roles).at_most();
        let others = some.iter().map(|item| today(item).min(others(item))).fold(0, u64::saturating_add);
        let administrators = u128::from(held - others).min(to_spare.compatible);
        let movable = to_spare.lasting.min(u128::from(others) + administrators);
        let (as_many, members) = if most == 1 { ("one", "member") } else { ("as many", "members") };
        let or = match (some.iter().all(|item| item.old.is_none()), of_user_types, movable) {
            (false, ..) => " or count who needs them".to_owned(),
            (true, ..) if held == 0 => " or plan fewer".to_owned(),
            (true, false, _) if held < most => " or take back or plan fewer".to_owned(),
            (true, false, _) => format!(" or take back {as_many}"),
            (true, true, 0) => String::new(),
            (true, true, movable) if movable >= u128::from(most) => format!(" or move {as_many} {members}"),
            (true, true, movable) => {
                let up_to = if growth.eases() { "up to " } else { "" };
                format!(", {up_to}{movable} fewer if as many members are moved")
            }
        };
        let comma = if growth.is_told() && or.starts_with(' ') { "," } else { "" };
        let later = growth.words(subject.zone);
        let get = phrase![count(growth.first, "seat"), " of ", which(some.iter().copied()), later];
        (!some.is_empty()).then(|| (get, format!("{comma}{or}")))
    };
    match (part(true), part(false)) {
        (Some((get, or)), Some((get_others, or_others))) if or == or_others => {
            phrase!["get ", get, " and ", get_others, or]
        }
        (Some((get, or)), Some((get_others, or_others))) => {
            phrase!["get ", get, or, ", and get ", get_others, or_others]
        }
        (Some((get, or)), None) | (None, Some((get, or))) => phrase!["get ", get, or],
        (None, None) => "get seats".into(),
    }
}

/// The name of the only item, or the number of items.
pub(super) fn which<'i>(items: impl Iterator<Item = &'i ActionItem> + Clone) -> Phrase {
    let mut some = items.clone();
    match (some.next(), some.next()) {
        (Some(only), None) => named(only.name.as_deref(), &only.id),
        _ => count_kinds(items.map(|item| item.kind)).into(),
    }
}
