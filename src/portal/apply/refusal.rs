//! Why the portal did not change members, and what to do about it.

use std::collections::BTreeMap;

use crate::portal::apply::reason;

/// The most different reasons that are shown, each with one of its members.
const FEW: usize = 3;

/// The message about members whom the portal did not change, with its reasons and advice. `not_done` are these members
/// in the order of the request; `silent` is true where the answer does not name them at all.
pub(super) fn words(user_type: &str, not_done: &[String], reasons: &BTreeMap<&str, &str>, silent: bool) -> String {
    let Some(first) = not_done.first() else { return String::new() };
    // Each different reason with the first member it was given for and the number of members, in the order of the
    // members.
    let mut different: Vec<(&str, &str, usize)> = Vec::new();
    for name in not_done {
        let Some(reason) = reasons.get(name.as_str()) else { continue };
        if let Some((.., count)) = different.iter_mut().find(|(_, known, _)| known == reason) {
            *count += 1;
        } else if different.len() < FEW {
            different.push((name, reason, 1));
        }
    }
    let told: Vec<_> = different
        .iter()
        .map(|(name, reason, count)| match count {
            1 => format!("{name}: \"{reason}\""),
            _ => format!("{name} and {} more: \"{reason}\"", count - 1),
        })
        .collect();
    let said = if silent { "nothing" } else { "it was not done" };
    let others = match not_done.len() {
        1 => String::new(),
        count => format!(", and so for {} others", count - 1),
    };
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join("; ")) };
    let mut advice: Vec<&str> = different.iter().filter_map(|(_, reason, _)| reason::advice(reason)).collect();
    advice.sort_unstable();
    advice.dedup();
    if different.is_empty() {
        advice.push(NO_REASON);
    }
    let advice = if advice.is_empty() { String::new() } else { format!("; {}", advice.join("; ")) };
    format!("{user_type}: of {first} the portal says {said}{others}{told}{advice}")
}

const NO_REASON: &str = "it gives no reason: is the user type full, or was the member changed meanwhile?";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_once_each() {
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        let reasons = BTreeMap::from([("a", "No seat."), ("b", "No seat."), ("c", "Wrong role.")]);
        assert_eq!(
            words("editorUT", &names, &reasons, false),
            "editorUT: of a the portal says it was not done, and so for 3 others (a and 1 more: \"No seat.\"; c: \"Wrong \
             role.\"); no seat is free there: somebody else took it; free one first"
        );
        let silent = words("editorUT", &names[..1], &BTreeMap::new(), true);
        assert_eq!(silent, format!("editorUT: of a the portal says nothing; {NO_REASON}"));
    }
}
