//! Which items are asked for.

use std::collections::HashSet;

use crate::answers::LicenseReport;
use crate::license::ItemKind;
use crate::seats::Status;

/// Items of these kinds, ids and statuses; an empty list asks for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Kinds of item.
    pub kinds: Vec<ItemKind>,
    /// Ids, compared byte for byte.
    pub ids: Vec<String>,
    /// Statuses at the as-of.
    pub statuses: Vec<Status>,
}

impl Filter {
    /// Whether an item with this status is asked for.
    #[must_use]
    pub fn asks_for(&self, kind: ItemKind, id: &str, status: Status) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.ids.is_empty() || self.ids.iter().any(|asked| asked == id))
            && (self.statuses.is_empty() || self.statuses.contains(&status))
    }

    /// Leaves the items that are asked for, and the findings that speak of them or of no particular item.
    pub fn apply(&self, license: &mut LicenseReport) {
        if self.is_empty() {
            return;
        }
        license.items.retain(|item| self.asks_for(item.kind, &item.id, item.status));
        let left: HashSet<_> = license.items.iter().map(|item| (item.kind, item.id.as_str())).collect();
        license.findings.retain(|finding| match (finding.kind, &finding.id) {
            (Some(kind), Some(id)) => left.contains(&(kind, id.as_str())),
            (Some(kind), None) => self.kinds.is_empty() || self.kinds.contains(&kind),
            (None, _) => true,
        });
    }

    /// Whether all items are asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.ids.is_empty() && self.statuses.is_empty()
    }
}
