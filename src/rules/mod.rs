//! The rules of `check`. One rule, one file, one page under `docs/rules`.
//! A rule is a pure function of a [`Subject`]. A finding names its value by a pointer; the rule knows no line, no
//! format and no exit code. [`ALL`] lists every rule once.

mod admin_list_mismatch;
mod admin_type_unusable;
mod capability_expired;
mod capability_window;
mod conflicting_entries;
mod differing_entries;
mod duplicate_entry;
mod entitlement_mismatch;
mod entries_out_of_order;
mod expired;
mod expiring_soon;
mod finding;
mod implausible_date;
mod in_use;
mod included_extension;
mod lenient_value;
mod midnight_expiry;
mod no_admin_user_type;
mod no_end;
mod no_seats;
mod not_started;
mod over_assigned;
mod over_assigned_later;
mod policy_end;
mod policy_forbidden;
mod policy_required;
mod policy_seats;
mod repeated_definition;
mod repeated_key;
mod retired_id;
mod rule;
mod schema_violation;
mod seat_gap;
mod seats_drop;
mod speaking;
mod stray_end;
mod subject;
mod undefined_item;
mod unknown_id;
mod unknown_member;
mod unprovisioned_definition;
mod unreadable_entry;
mod usage_high;
mod vanished_type_in_use;
mod version_mismatch;
mod waiver_ending;
mod waiver_expired;
mod waiver_unused;

pub use finding::Finding;
pub use in_use::InUse;
pub use rule::{Rule, WaiverUse};
pub use speaking::speaking;
pub use subject::Subject;

use crate::expect::Expectations;
use crate::license::{Item, LicenseDocument};
use crate::time::Instant;

/// The rule with this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.id == id)
}

/// Every rule: about the document, its entries, time, administrators, versions, usage and policies.
pub static ALL: [Rule; 43] = [
    schema_violation::RULE,
    repeated_key::RULE,
    lenient_value::RULE,
    unknown_member::RULE,
    unreadable_entry::RULE,
    conflicting_entries::RULE,
    differing_entries::RULE,
    duplicate_entry::RULE,
    entries_out_of_order::RULE,
    implausible_date::RULE,
    entitlement_mismatch::RULE,
    undefined_item::RULE,
    repeated_definition::RULE,
    unprovisioned_definition::RULE,
    no_seats::RULE,
    unknown_id::RULE,
    retired_id::RULE,
    expired::RULE,
    not_started::RULE,
    expiring_soon::RULE,
    seat_gap::RULE,
    seats_drop::RULE,
    stray_end::RULE,
    midnight_expiry::RULE,
    no_end::RULE,
    capability_expired::RULE,
    capability_window::RULE,
    no_admin_user_type::RULE,
    admin_list_mismatch::RULE,
    admin_type_unusable::RULE,
    version_mismatch::RULE,
    over_assigned::RULE,
    over_assigned_later::RULE,
    vanished_type_in_use::RULE,
    usage_high::RULE,
    included_extension::RULE,
    policy_seats::RULE,
    policy_end::RULE,
    policy_required::RULE,
    policy_forbidden::RULE,
    waiver_expired::RULE,
    waiver_unused::RULE,
    waiver_ending::RULE,
];

/// The findings of the rules about reading, which need no policy and no usage.
#[must_use]
pub fn reading(document: &LicenseDocument<'_>, items: &[Item<'_>], as_of: Instant) -> Vec<Finding> {
    let expect = Expectations::default();
    let subject = Subject::new(document, items, as_of, None, None, &expect);
    READING.iter().flat_map(|rule| rule.findings(&subject)).collect()
}

/// The rules about reading: values that can be read in several ways, or in none.
pub static READING: [Rule; 6] = [
    unreadable_entry::RULE,
    implausible_date::RULE,
    conflicting_entries::RULE,
    differing_entries::RULE,
    lenient_value::RULE,
    repeated_key::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// The findings of one rule on a text, as `pointer: message`.
    pub(super) fn run(rule: &Rule, text: &str) -> Vec<String> {
        let source = Source::from_text("test", text);
        let document = source.license().unwrap();
        let items = Item::all(&document);
        let expect = Expectations::default();
        let subject = Subject::new(&document, &items, Instant::from_epoch_ms(0), None, None, &expect);
        let findings = rule.findings(&subject);
        findings.iter().map(|finding| format!("{}: {}", finding.pointer, finding.message)).collect()
    }

    #[test]
    fn every_page_has_all_its_parts() {
        for rule in &ALL {
            let id = rule.id;
            let page = rule.page();
            assert!(page.starts_with(&format!("# {id}\n\n")), "{id}");
            for part in ["\n\n**Why it matters.** ", "\n\n**Example**", "\n\n**What to do.** "] {
                assert!(page.contains(part), "{id}: {part}");
            }
            let (summary, advice) = (rule.summary(), rule.advice());
            assert!(summary.len() > 20 && !summary.contains("**"), "{id}: {summary}");
            assert!(advice.ends_with('.') && (10..=160).contains(&advice.len()), "{id}: {advice}");
        }
    }

    #[test]
    fn pages_of_a_checkout_with_other_line_endings_say_the_same() {
        for rule in &ALL {
            let page = rule.page().replace('\n', "\r\n");
            let other = Rule { page: page.leak(), ..*rule };
            assert_eq!(other.page(), rule.page());
            assert_eq!((other.advice(), other.summary()), (rule.advice(), rule.summary()));
        }
    }

    #[test]
    fn every_rule_is_listed_once_and_by_the_name_of_its_file() {
        let mut ids: Vec<_> = ALL.iter().map(|rule| rule.id.replace('-', "_") + ".rs").collect();
        ids.sort();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| {
                !["mod.rs", "finding.rs", "in_use.rs", "rule.rs", "speaking.rs", "subject.rs"].contains(&name.as_str())
            })
            .collect();
        files.sort();
        assert_eq!(ids, files);
    }
}
