//! The sharing API names apps, app bundles and extensions by the ids of portal items. The license resource maps these
//! to the ids of licenses.

use std::collections::{BTreeMap, BTreeSet};

use crate::license::catalog::id_by_item_id;
use crate::license::{ItemKind, id};
use crate::source::{Failure, FailureCode};
use crate::usage::resource::InstalledEntries;

/// The kinds and ids that each id of a portal item stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct ItemIds(BTreeMap<String, BTreeSet<(ItemKind, String)>>);

impl ItemIds {
    /// Adds the item ids of a license resource.
    pub(super) fn add(&mut self, entries: &InstalledEntries<'_>) {
        for (kind, entry_id, _, entry) in entries {
            if let Ok(item_id) = id(entry.item_id) {
                self.0.entry(item_id.to_lowercase()).or_default().insert((*kind, entry_id.clone()));
            }
        }
    }

    /// The kind that an item id stands for; `None` where it is not known or not the only one.
    pub(super) fn kind_of(&self, key: &str) -> Option<ItemKind> {
        match self.0.get(&key.to_lowercase()) {
            Some(meant) => {
                let kinds: BTreeSet<_> = meant.iter().map(|(kind, _)| *kind).collect();
                kinds.first().copied().filter(|_| kinds.len() == 1)
            }
            None => id_by_item_id(ItemKind::Extension, &key.to_lowercase()).map(|_| ItemKind::Extension),
        }
    }

    /// The id of the app, app bundle or extension that a portal item's id stands for.
    ///
    /// # Errors
    /// Where no license resource has the item id, or two give it different ids: then nobody knows what was counted.
    pub(super) fn find(&self, list: &str, kind: ItemKind, key: &str) -> Result<String, Failure> {
        let key = &key.to_lowercase();
        let ids = self.0.get(key).into_iter().flatten().filter(|(other, _)| *other == kind);
        let ids: Vec<_> = ids.map(|(_, id)| id.as_str()).collect();
        let message = match ids.as_slice() {
            [only] => return Ok((*only).to_owned()),
            [] => match (id_by_item_id(kind, key), self.0.get(key).and_then(BTreeSet::first)) {
                (Some(id), _) => return Ok(id.to_owned()),
                (None, Some((other, id))) => {
                    let (noun, other) = (kind.noun(), other.noun());
                    format!("{key} is the item of the {other} {id}, and this is to count {noun}s")
                }
                (None, None) => format!(
                    "{key} is the id of an item, and nothing tells which {} it stands for: give the license resource \
                     too (HOST/CONTEXT/portaladmin/license?f=json), which has it as itemId",
                    kind.noun()
                ),
            },
            several => {
                format!("{key} is the item of {}: nobody knows which of them is counted", several.join(" and of "))
            }
        };
        Err(Failure::new(list, FailureCode::Incomplete, message))
    }
}

/// Whether a text has the form of a portal item's id: 32 hexadecimal digits.
pub(super) fn is_item_id(key: &str) -> bool {
    key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit())
}
