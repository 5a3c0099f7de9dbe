//! The portal's reasons for not changing a member.
//!
//! The messages of a portal are not published, and it writes them in the language of the user. A text is understood
//! only where it says one known reason in so many words, and no other. Any other text is shown without advice.

/// A text with this reason has a phrase of each group, and no phrase of the others.
///
/// A phrase is a sequence of words. `a|b` is one of several words, `[a|b]` one of them or none, `_` any word or none, and `a*`
/// a word that begins so.
struct KnownReason {
    /// The groups of phrases, of each of which one must be there.
    says: &'static [&'static [&'static str]],
    /// The phrases that must not be there.
    not: &'static [&'static str],
    advice: &'static str,
}

const NO_SEAT: KnownReason = KnownReason {
    says: &[&[
        "no available|free|more|further|unused|unassigned|remaining [user] [type] seat|seats|license|licenses",
        "no [user] [type] licenses [are|were] [currently] available|left|remaining|free",
        "no [user] [type] licenses for [this|the] user type",
        "no seat|seats",
        "no user type|types [are|is] available|left|free|remaining",
        "not enough [available|free|user] [type] seat|seats|license|licenses",
        "insufficient [number] [of] [available|free|user] [type] seats|licenses",
        "out of [user] [type] seats|licenses",
        "seats|licenses [are|were] exhausted|used up",
        "maximum number of [available] [user] [type] seats|licenses",
        "maximum number of [available] licenses|seats|members|users [for|of|with] [this|the] user type",
        "maximum number of members|users for|of|with this|the user type",
        "exceed|exceeds|exceeded the [maximum] [number] [of] [available] [user] [type] licenses|seats",
        "number of licenses|seats [is|was|has] [been] exceeded",
        "user type _ is full",
    ]],
    not: &[
        "rate*",
        "request*",
        "at once",
        "at a time",
        "expired",
        "extension*",
        "add-on*",
        "addon*",
        "app|apps",
        "bundle*",
        "server*",
        "service*",
        "memory",
        "group*",
        "already",
        "role*",
    ],
    advice: "no seat is free there: somebody else took it; free one first",
};

const RESTRICTED: KnownReason = KnownReason {
    says: &[
        &["reassign*", "re-assign*"],
        &["restriction*", "restricted", "until", "too soon", "[not] before _ days", "again in", "within _ days"],
    ],
    not: &["role*", "administrator*"],
    advice: "the portal restricts when a user type can be given again: wait until it allows it",
};

const NO_TYPE: KnownReason = KnownReason {
    says: &[&[
        "user|license|licence type _ does not exist",
        "user|license|licence type _ doesn't exist",
        "user|license|licence type _ could|can|was|is not [be] found",
        "user|license|licence type _ cannot|couldn't|can't be found",
        "user|license|licence type _ not found",
        "user|license|licence type _ is invalid|unknown",
        "usertype _ does not exist",
        "usertype _ not found",
        "unknown user|license type",
        "no such user|license type",
    ]],
    not: &["administrator*", "role*", "member*", "username", "user joe", "for [this|the] user|role|member"],
    advice: "the portal has no such user type: is this the license that is installed?",
};

const NO_MEMBER: KnownReason = KnownReason {
    says: &[&[
        "user|member|account|username _ does not exist",
        "user|member|account|username _ doesn't exist",
        "user|member|account|username _ not exist or is inaccessible",
        "user|member|account|username _ not found",
        "user|member|account|username _ could|can|was|is not [be] found",
        "no such user|member|account",
        "not a member [of]",
        "unknown user|member|account",
    ]],
    not: &["license*", "user type*", "usertype*", "role*", "group*"],
    advice: "the portal does not know that member any more",
};

const NO_PRIVILEGE: KnownReason = KnownReason {
    says: &[&[
        "you do not have [the] [sufficient|enough|required|necessary|appropriate|proper|administrative] \
         permission|permissions|privilege|privileges",
        "you don't have [the] [sufficient|enough|required|necessary|appropriate|proper|administrative] \
         permission|permissions|privilege|privileges",
        "you lack [the] [required|necessary] permission|permissions|privilege|privileges",
        "insufficient [user] permission|permissions|privilege|privileges",
        "not enough permissions|privileges",
        "you are not authorized|authorised|permitted",
        "not authorized|authorised to perform|access|update|change|use",
    ]],
    // The role of the member may lack something too.
    not: &["user|member|account|role does|lacks|has|needs|requires|must"],
    advice: "whoever signs in may not do this: sign in as an administrator",
};

const ROLE: KnownReason = KnownReason {
    says: &[
        &["administrator", "administrators", "role", "roles"],
        &["user type", "user types", "license type"],
        &[
            "cannot|can't be assigned|given|used",
            "not be assigned|given",
            "not compatible",
            "incompatible",
            "not valid|allowed|supported for|with|by",
        ],
    ],
    not: &[
        "contact",
        "permission*",
        "privilege*",
        "read-only",
        "seat*",
        "available",
        "reassign*",
        "group*",
        "ask",
        "add-on*",
        "extension*",
    ],
    advice: "the role of the member does not go with this user type: change the role first, or choose another user type",
};

const ADD_ONS: KnownReason = KnownReason {
    says: &[
        &["add-on*", "addon*", "extension", "extensions", "app bundle*"],
        &["assigned", "remove|removed", "revoke|revoked", "unassign|unassigned"],
    ],
    not: &[
        "available",
        "cannot be assigned",
        "can't be assigned",
        "not be assigned",
        "not found",
        "not be found",
        "no",
        "seat*",
        "expired",
        "does not include",
    ],
    advice: "take the member's add-on licenses away first",
};

const DISABLED: KnownReason = KnownReason {
    says: &[&[
        "account|user|member _ is|was disabled|inactive|deactivated",
        "account|user|member _ has been disabled|deactivated",
    ]],
    not: &["user type*", "license*", "group*"],
    advice: "the account is disabled: enable it, or leave the member out",
};

const EXPIRED: KnownReason = KnownReason {
    says: &[&["license|licence [of|for] [this|the|your] [portal|organization|site] has|is [already] expired"]],
    not: &["token*", "session*", "password*", "extension*", "add-on*", "user type*", "app|apps", "server*"],
    advice: "the license of the portal has expired: only its default administrators get in until a new one is imported",
};

const REASONS: [&KnownReason; 9] =
    [&NO_SEAT, &RESTRICTED, &NO_TYPE, &NO_MEMBER, &NO_PRIVILEGE, &ROLE, &ADD_ONS, &DISABLED, &EXPIRED];

/// What to do about this reason; `None` where its meaning is not certain: no known reason is said, or more than one. The caller
/// adds what to do next, since it knows where the members are.
pub(super) fn advice(reason: &str) -> Option<&'static str> {
    let lower = reason.to_lowercase().replace('\u{2019}', "'");
    let is_between = |character: char| !(character.is_alphanumeric() || "'-".contains(character));
    let words = lower.split(is_between).map(|word| word.trim_matches(['\'', '-'])).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let mut meant = REASONS.into_iter().filter(|known| known.is_said_in(&words));
    meant.next().filter(|_| meant.next().is_none()).map(|known| known.advice)
}

impl KnownReason {
    fn is_said_in(&self, words: &[&str]) -> bool {
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| is_in(phrase, words));
        self.says.iter().all(|phrases| says(phrases)) && !says(self.not)
    }
}

/// Whether a phrase stands anywhere in a text.
fn is_in(phrase: &str, words: &[&str]) -> bool {
    let phrase: Vec<&str> = phrase.split_whitespace().collect();
    (0..words.len()).any(|start| begins(&phrase, words.get(start..).unwrap_or_default()))
}

fn begins(phrase: &[&str], words: &[&str]) -> bool {
    let Some((first, phrase)) = phrase.split_first() else { return true };
    let rest = words.get(1..).unwrap_or_default();
    let is_word = |choices: &str| {
        words.first().is_some_and(|word| {
            choices.split('|').any(|choice| match choice.strip_suffix('*') {
                Some(beginning) => word.starts_with(beginning),
                None => *word == choice,
            })
        })
    };
    match first.strip_prefix('[').and_then(|choices| choices.strip_suffix(']')) {
        Some(choices) => begins(phrase, words) || (is_word(choices) && begins(phrase, rest)),
        None if *first == "_" => begins(phrase, words) || (!words.is_empty() && begins(phrase, rest)),
        None => is_word(first) && begins(phrase, rest),
    }
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
            ("License has expired", "has expired"),
            ("User type 'viewerUT' has no available licenses.", "no seat is free there"),
            ("The maximum number of licenses for this user type has been exceeded.", "no seat is free there"),
            ("All licenses of this user type are taken: no user types available", "no seat is free there"),
            ("Insufficient licenses for the user type", "no seat is free there"),
            ("Insufficient privileges to change user type", "whoever signs in may not do this"),
            ("Insufficient permission for user type viewerUT", "whoever signs in may not do this"),
            (
                "You do not have permissions to access this resource or perform this operation.",
                "whoever signs in may not do this",
            ),
            ("You don\u{2019}t have the necessary privileges to give a user type", "whoever signs in may not do this"),
            ("User type viewerUT is not found", "the portal has no such user type"),
            ("Add-on license ArcGIS Pro must be revoked first", "take the member's add-on licenses away"),
            (
                "Unable to assign user type; role 'Administrator' is not compatible with user type 'Viewer'",
                "change the role first",
            ),
            ("Cannot reassign the license to another member until 30 days have passed", "restricts when"),
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
            // Each of these has the words of a reason that it does not mean.
            "The user is already assigned to this user type; no more changes",
            "No more than 25 users may be given a user type at once; user type limit",
            "No available user type service: not enough memory",
            "User type cannot be changed: no more than one request at a time",
            "No permission: user type cannot be changed",
            "The member does not have the privileges that the user type needs",
            "The user's role has not enough privileges for this user type",
            "User type reassignment is restricted to administrators",
            "The user's license cannot be changed: the user has items in the recycle bin",
            "User is a member of a group with shared update",
            "Token expired",
            "Could not update: licensing service is unavailable, please try again later",
            "This operation is not supported on a read-only portal; the user type cannot be assigned",
            "User licenses were not updated because the portal license server cannot be reached; license expired check not found",
            "User type can't be changed: the user is an owner of a collaboration",
            "The extension license of the user has expired",
            "No license file was found on this machine",
            "No license is assigned to this user",
            "A user must not have more than 1 license: not enough privileges",
            "Cannot assign user type: insufficient storage credits",
            // Two reasons at once.
            "You do not have privileges to perform this operation, or no seats are available for this user type",
            "",
        ] {
            assert_eq!(advice(reason), None, "{reason}");
        }
    }
}
