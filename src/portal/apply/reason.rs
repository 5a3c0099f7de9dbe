//! The portal's reasons for not changing a member.
//!
//! The messages of a portal are not published, and it writes them in the language of the user. A text is understood
//! only where it says one known reason in so many words, and no other. Any other text is shown without advice. The known reasons
//! are those that follow from what is published of user types, roles, add-ons and privileges.

use crate::portal::apply::phrases::{KnownReason, words};

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
    advice: "no seat is free there: free one first, or import a license with more",
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
    advice: "the license of the portal has expired, and only its default administrators get in: import a new one first",
};

const TYPE_EXPIRED: KnownReason = KnownReason {
    says: &[&[
        "user|license type _ has|have [already] expired",
        "user|license type _ is|was [already] expired",
        "expired user|license type",
        "license|licence|licenses of|for [this|the] user type _ has|have|is|are [already] expired",
    ]],
    not: &[
        "token*",
        "session*",
        "password*",
        "extension*",
        "add-on*",
        "addon*",
        "app|apps",
        "server*",
        "administrator*",
    ],
    advice: "the portal's license gives no seats of this user type any more: import a new one first",
};

/// Every known reason.
const REASONS: [&KnownReason; 10] =
    [&NO_SEAT, &RESTRICTED, &NO_TYPE, &NO_MEMBER, &NO_PRIVILEGE, &ROLE, &ADD_ONS, &DISABLED, &EXPIRED, &TYPE_EXPIRED];

/// What to do about this reason; `None` where its meaning is not certain: no known reason is said, or more than one. The caller
/// adds what to do next, since it knows where the members are.
pub(super) fn advice(reason: &str) -> Option<&'static str> {
    meant(reason).map(|known| known.advice)
}

/// Whether this reason is that whoever signs in may not do this.
pub(super) fn is_about_who_signs_in(reason: &str) -> bool {
    meant(reason).is_some_and(|known| known.advice == NO_PRIVILEGE.advice)
}

fn meant(reason: &str) -> Option<&'static KnownReason> {
    let words = words(reason);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut meant = REASONS.into_iter().filter(|known| known.is_said_in(&words));
    meant.next().filter(|_| meant.next().is_none())
}

#[cfg(test)]
mod tests;
