//! The portal's reasons for not changing a member.
//!
//! The messages of a portal are not published, and it writes them in the language of the user. A text is understood
//! only where it says the reason in so many words. Any other text is shown without advice.

/// A text with this reason has a word of each group, and no word of the others.
struct KnownReason {
    /// The groups of words, of each of which one must be there.
    says: &'static [&'static [&'static str]],
    /// The words that must not be there.
    not: &'static [&'static str],
    advice: &'static str,
}

/// The known reasons. The first that fits counts.
const REASONS: [KnownReason; 9] = [
    KnownReason {
        says: &[
            &["seat", "licenses", "user type"],
            &[
                "no seat",
                "seats left",
                "not enough",
                "no licenses available",
                "no available",
                "none available",
                "no more",
                "insufficient",
                "maximum number",
                "exceeds the maximum",
                "exceed the maximum",
                "number of licenses exceeded",
                "is full",
            ],
        ],
        not: &["expired", "rate", "request", "extension", "add-on", "addon"],
        advice: "no seat is free there: somebody else took it; free one first",
    },
    KnownReason {
        says: &[&["reassign"], &["restrict", "not allowed", "cannot", "until", "too soon"]],
        not: &[],
        advice: "the portal restricts when a user type can be given again: wait until it allows it",
    },
    KnownReason {
        says: &[
            &["user type", "license type", "usertype"],
            &["does not exist", "not found", "not be found", "is invalid", "unknown user type", "unknown license type"],
        ],
        not: &["administrator", "role", "user '", "user \"", "member", "username"],
        advice: "the portal has no such user type: is this the license that is installed?",
    },
    KnownReason {
        says: &[
            &["user", "member", "account"],
            &[
                "does not exist",
                "not exist or is inaccessible",
                "not found",
                "no such user",
                "not a member",
                "unknown user",
            ],
        ],
        not: &["license", "user type", "role"],
        advice: "the portal does not know that member any more",
    },
    KnownReason {
        says: &[
            &["permission", "privilege", "authorized", "authorised"],
            &["do not have", "don't have", "not authori", "lack"],
        ],
        not: &[],
        advice: "whoever signs in may not do this: sign in as an administrator",
    },
    KnownReason {
        says: &[
            &["administrator", "role"],
            &["user type", "license type"],
            &[
                "cannot be assigned",
                "can't be assigned",
                "compatible",
                "not valid",
                "not allowed",
                "not supported",
                "requires",
            ],
        ],
        not: &["contact"],
        advice: "the role of the member does not go with this user type: change the role first, or choose another user type",
    },
    KnownReason {
        says: &[&["add-on", "addon", "extension", "app bundle"], &["assigned", "remove", "revoke", "unassign"]],
        not: &["available", "cannot be assigned", "not be found", "not found"],
        advice: "take the member's add-on licenses away first",
    },
    KnownReason {
        says: &[&["account", "user", "member"], &["is disabled", "is inactive", "been disabled"]],
        not: &["user type", "license"],
        advice: "the account is disabled: enable it, or leave the member out",
    },
    KnownReason {
        says: &[&["license"], &["has expired", "is expired"]],
        not: &["token"],
        advice: "the license of the portal has expired: only its default administrators get in until a new one is imported",
    },
];

/// What to do about this reason; `None` where its meaning is not certain. The caller adds what to do next, since it
/// knows where the members are.
pub(super) fn advice(reason: &str) -> Option<&'static str> {
    let reason = reason.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    let meant = REASONS.iter().find(|known| known.says.iter().all(|words| has(words)) && !has(known.not));
    meant.map(|known| known.advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_fits_the_reason() {
        for (reason, expected) in [
            ("There are no seats available for this user type.", "no seat is free there"),
            ("No seats available", "no seat is free there"),
            ("Cannot reassign the user type: no licenses available", "no seat is free there"),
            ("The maximum number of members of this user type is reached", "no seat is free there"),
            ("No seats left for editorUT", "no seat is free there"),
            ("No seat.", "no seat is free there"),
            ("Maximum number of licenses exceeded", "no seat is free there"),
            ("This user type is full.", "no seat is free there"),
            ("Not enough licenses", "no seat is free there"),
            ("User type cannot be assigned to an administrator", "change the role first"),
            ("The role of this member is not compatible with the user type.", "change the role first"),
            ("User has extension licenses assigned.", "take the member's add-on licenses away"),
            ("User type reassignment restriction", "restricts when"),
            ("User 'joe' does not exist or is inaccessible.", "does not know that member any more"),
            ("User type does not exist.", "the portal has no such user type"),
            ("The user type could not be found.", "the portal has no such user type"),
            ("User license type is invalid.", "the portal has no such user type"),
            ("You do not have privileges to perform this operation.", "whoever signs in may not do this"),
            ("User account is disabled.", "enable it"),
            ("The license of this portal has expired.", "has expired"),
        ] {
            assert!(advice(reason).is_some_and(|advice| advice.contains(expected)), "{reason}: {:?}", advice(reason));
        }
    }

    #[test]
    fn of_what_is_not_surely_known_no_guess_is_made() {
        for reason in [
            "Something odd.",
            "Unable to update user license type. Unknown error.",
            "Cannot change the user type: user 'joe' not found",
            "Maximum number of members in one request is 100",
            "User type cannot be assigned: no licenses available for the extension it includes",
            "The request could not be completed successfully.",
            "Unable to update the license type of the user. Contact your administrator.",
            "An unexpected error occurred (NullPointerException).",
            "This operation is not available.",
            "Rate limit exceeded, try again later",
            "Benutzer nicht gefunden",
            "Nombre maximal de licences atteint",
            "User is the initial administrator account",
            "Update the roles of group-controlled member first",
            "Member is not licensed for the role Data Editor",
            "Index is read-only: the portal is in a read-only mode",
            "Failed to sync with the directory (timeout exceeded)",
            "A full backup is under way",
            "The user's profile is not fully loaded; the administrator was informed",
            "The role service is unavailable",
            "",
        ] {
            assert_eq!(advice(reason), None, "{reason}");
        }
    }
}
