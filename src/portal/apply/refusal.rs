//! Why the portal did not change members, and what to do about it.

use std::collections::{HashMap, HashSet};

use crate::portal::apply::entry::MemberReason;
use crate::portal::apply::reason;

/// The most different reasons that are shown, each with one of its members, and the most members that are named.
const FEW: usize = 3;

/// The message about a request after which not all members are changed: what the answer says of each, with the portal's reasons
/// and advice. `not_done` are the members whom the portal did not report as changed, in the order of the request; of those in
/// `silent` the answer says nothing.
pub(super) fn words(
    user_type: &str,
    done: &[String],
    not_done: &[String],
    silent: &[String],
    reasons: &[MemberReason],
) -> String {
    let silent_names: HashSet<&str> = silent.iter().map(String::as_str).collect();
    let refused: Vec<&str> =
        not_done.iter().map(String::as_str).filter(|username| !silent_names.contains(username)).collect();
    let mut parts = Vec::new();
    if !done.is_empty() {
        parts.push(format!("of {} the portal says that it was done", several(done.iter().map(String::as_str))));
    }
    if let Some(first) = refused.first() {
        let others = match refused.len() {
            1 => String::new(),
            2 => ", and so for 1 other".to_owned(),
            count => format!(", and so for {} others", count - 1),
        };
        parts.push(format!("of {first} the portal says it was not done{others}{}", why(&refused, reasons)));
    }
    if !silent.is_empty() {
        let who = several(silent.iter().map(String::as_str));
        parts.push(format!("of {who} the portal says nothing; its list of members shows whether it was done"));
    }
    format!("{user_type}: {}", parts.join("; "))
}

/// The portal's reasons for these members, with advice.
fn why(refused: &[&str], reasons: &[MemberReason]) -> String {
    let reasons: HashMap<&str, &str> = reasons.iter().map(|one| (one.username.as_str(), one.reason.as_str())).collect();
    // Each different reason with the first member it was given for and the number of members, in the order of the
    // members.
    let mut different: Vec<(&str, &str, usize)> = Vec::new();
    for name in refused {
        let Some(reason) = reasons.get(name) else { continue };
        if let Some((.., count)) = different.iter_mut().find(|(_, known, _)| known == reason) {
            *count += 1;
        } else if different.len() < FEW {
            different.push((name, reason, 1));
        }
    }
    if different.is_empty() {
        return format!("; {NO_REASON}");
    }
    let told = different.iter().map(|(name, reason, count)| match count {
        1 => format!("{name}: \"{reason}\""),
        _ => format!("{name} and {} more: \"{reason}\"", count - 1),
    });
    let told: Vec<_> = told.collect();
    let mut advice: Vec<&str> = different.iter().filter_map(|(_, reason, _)| reason::advice(reason)).collect();
    advice.sort_unstable();
    advice.dedup();
    let unknown = different.iter().filter(|(_, reason, _)| reason::advice(reason).is_none());
    let unknown: Vec<_> = unknown.map(|(_, reason, _)| format!("\"{reason}\"")).collect();
    let unknown = match unknown.as_slice() {
        [] => None,
        // It stands just before.
        [_] if different.len() == 1 => Some("what to do about it is not known here".to_owned()),
        several => Some(format!("what to do about {} is not known here", several.join(", "))),
    };
    let advice = advice.into_iter().map(str::to_owned).chain(unknown);
    format!(" ({}); {}", told.join("; "), advice.collect::<Vec<_>>().join("; "))
}

/// "carla", "carla and cem", or "carla, cem, emil and 4 more".
fn several<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let count = names.len();
    let shown: Vec<_> = names.take(FEW).collect();
    let more = if count > FEW { format!(" and {} more", count - FEW) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

const NO_REASON: &str = "it gives no reason, and why is not known here: its logs may tell";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_once_each() {
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        let reason = |username: &str, reason: &str| MemberReason { username: username.into(), reason: reason.into() };
        let reasons = [reason("a", "No seat."), reason("b", "No seat."), reason("c", "Wrong role.")];
        assert_eq!(
            words("editorUT", &[], &names, &[], &reasons),
            "editorUT: of a the portal says it was not done, and so for 3 others (a and 1 more: \"No seat.\"; c: \"Wrong \
             role.\"); no seat is free there: free one first, or import a license with more; what to do about \"Wrong role.\" is not known here"
        );
        let without = words("editorUT", &[], &names[..1], &[], &[]);
        assert_eq!(without, format!("editorUT: of a the portal says it was not done; {NO_REASON}"));
    }

    #[test]
    fn of_whom_it_says_nothing_is_no_refusal() {
        let names = ["a", "b", "c", "d", "e", "f"].map(str::to_owned);
        assert_eq!(
            words("editorUT", &names[..1], &names[1..2], &names[1..2], &[]),
            "editorUT: of a the portal says that it was done; of b the portal says nothing; its list of members shows whether \
             it was done"
        );
        let said = words("editorUT", &names[..4], &names[4..], &names[5..], &[]);
        let expected = [
            "of a, b, c and 1 more the portal says that it was done",
            "of e the portal says it was not done; it gives no reason",
            "of f the portal says nothing",
        ];
        assert!(expected.iter().all(|words| said.contains(words)), "{said}");
    }
}
