//! Why the portal did not change members, and what to do about it.

use std::collections::BTreeMap;

/// The most different reasons that are told, each with one of its members.
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
    let mut advice: Vec<&str> = different.iter().map(|(_, reason, _)| advice(reason)).collect();
    advice.sort_unstable();
    advice.dedup();
    let advice = if advice.is_empty() { vec![UNKNOWN] } else { advice };
    format!("{user_type}: of {first} the portal says {said}{others}{told}; {}", advice.join("; "))
}

const UNKNOWN: &str = "is the user type full, or was the member changed meanwhile?";

/// The advice for a reason. The caller adds what to do after that, since it knows where the members are. The portal's
/// messages are not published, so this looks for words in them, rarer words first.
fn advice(reason: &str) -> &'static str {
    let reason = reason.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    if says(&["reassign", "restrict", "too soon", "cannot be changed until"]) {
        "the portal restricts when a user type can be given again: wait until it allows it"
    } else if says(&["not exist", "not found", "no such", "unknown user", "not a member"]) {
        "the portal does not know that member any more"
    } else if says(&["administrator", "privilege", "role"]) {
        "the role of the member does not go with this user type: change the role first, or choose another user type"
    } else if says(&["add-on", "addon", "extension", "app bundle", "bundle"]) {
        "take the member's add-on licenses away first"
    } else if says(&["seat", "licens", "maximum", "exceed", "available", "limit", "full", "enough", "insufficient"]) {
        "no seat is free there: somebody else took it; free one first"
    } else if says(&["disabled", "inactive"]) {
        "the account is disabled: enable it, or leave the member out"
    } else {
        UNKNOWN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_fits_the_reason() {
        for (reason, expected) in [
            ("There are no seats available for this user type.", "no seat is free there"),
            ("Maximum number of licenses exceeded", "no seat is free there"),
            ("User type cannot be assigned to an administrator", "change the role first"),
            ("User has extension licenses assigned.", "take the member's add-on licenses away"),
            ("User type reassignment restriction", "restricts when"),
            ("User 'joe' does not exist or is inaccessible.", "does not know that member any more"),
            ("Something odd.", "is the user type full, or was the member changed meanwhile?"),
        ] {
            assert!(advice(reason).contains(expected), "{reason}: {}", advice(reason));
        }
    }

    #[test]
    fn reasons_are_told_once_each() {
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        let reasons = BTreeMap::from([("a", "No seat."), ("b", "No seat."), ("c", "Wrong role.")]);
        assert_eq!(
            words("editorUT", &names, &reasons, false),
            "editorUT: of a the portal says it was not done, and so for 3 others (a and 1 more: \"No seat.\"; c: \"Wrong \
             role.\"); no seat is free there: somebody else took it; free one first; the role of the member does not go with this user type: change the role first, or choose another user type"
        );
        let silent = words("editorUT", &names[..1], &BTreeMap::new(), true);
        assert_eq!(silent, format!("editorUT: of a the portal says nothing; {UNKNOWN}"));
    }
}
