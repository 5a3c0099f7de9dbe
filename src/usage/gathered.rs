//! Lists of members and counts of all sources, before they are compared.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::license::ItemKind;
use crate::usage::account::TypeText;
use crate::usage::members::Member;
use crate::usage::tally::{KindCounts, Tally};
use crate::usage::uncounted_accounts::{UncountedAccounts, UncountedReason};

/// The id of the user type that each text means.
pub(super) type Meant = BTreeMap<TypeText, String>;

/// The members and counts of all sources, and the accounts that are left out.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) tallies: Vec<Tally>,
    pub(super) members: Vec<(String, Vec<Member>)>,
    pub(super) extensions: HashMap<String, BTreeSet<String>>,
    pub(super) built_in: BTreeMap<String, Option<String>>,
    pub(super) excluded: BTreeSet<String>,
    pub(super) notes: Vec<String>,
}

impl Gathered {
    /// Counts the extensions, if the sources tell of every member which extensions are assigned.
    pub(super) fn count_extensions(&mut self, members: Option<&[Member]>) {
        let members = members.unwrap_or_default();
        let extensions: Vec<_> = members.iter().filter_map(|member| self.extensions.get(&member.username)).collect();
        if extensions.is_empty() {
            return;
        }
        if extensions.len() < members.len() {
            self.notes.push(format!(
                "extensions are not counted: only {} of {} members have them stated (userLicenseTypeExtensions)",
                extensions.len(),
                members.len()
            ));
            return;
        }
        let complete =
            self.tallies.iter().any(|tally| tally.kinds.get(&ItemKind::UserType).is_some_and(|counts| counts.complete));
        let mut counts = KindCounts { complete, ..KindCounts::default() };
        for id in extensions.into_iter().flatten() {
            *counts.by_id.entry(id.clone()).or_default() += 1;
        }
        self.tallies.push(Tally::new("userLicenseTypeExtensions", ItemKind::Extension, counts));
    }

    /// Notes about values that were not taken as they stand.
    pub(super) fn not_taken_as_it_stands(&self, meant: &Meant) -> Vec<String> {
        let mut notes = Vec::new();
        let named: Vec<_> = meant.iter().filter(|(text, id)| text.text != **id).collect();
        if !named.is_empty() {
            let named: BTreeSet<_> = named.iter().map(|(text, id)| format!("{:?} is {id}", text.text)).collect();
            notes.push(format!("user types by name: {}", named.into_iter().collect::<Vec<_>>().join(", ")));
        }
        notes.extend(self.left_out().iter().map(|accounts| accounts.words(usize::MAX).to_string()));
        notes
    }

    /// The accounts that are not counted.
    pub(super) fn left_out(&self) -> Vec<UncountedAccounts> {
        let built_in = UncountedAccounts::new(UncountedReason::BuiltIn, self.built_in.keys());
        let excluded = UncountedAccounts::new(UncountedReason::Excluded, self.excluded.iter());
        built_in.into_iter().chain(excluded).collect()
    }
}
