//! The pointers of an item's entries and definition.

use crate::json::{Place, Pointer};
use crate::license::{Item, ItemKind, MyEsri, date};
use crate::time::Instant;

impl Item<'_> {
    /// The entry at this index in the list of the item's kind.
    #[must_use]
    pub(crate) fn entry(&self, index: usize) -> Pointer {
        self.kind.list_pointer().index(index)
    }

    /// Its first entry, or its definition where it has none.
    #[must_use]
    pub(crate) fn first_entry(&self) -> Pointer {
        self.entries.first().map_or_else(|| self.definition_id().parent(), |index| self.entry(*index))
    }

    /// The date that makes its step at an instant: the start of an entry, or the end of a capability.
    #[must_use]
    pub(crate) fn date_of_step(&self, my_esri: &MyEsri<'_>, at: Instant) -> Pointer {
        let capabilities = my_esri.portal_capabilities.elements();
        let entries = self.kind.entries(my_esri).map_or(&[][..], Place::elements);
        let member = |index: usize| {
            if self.kind == ItemKind::Capability {
                let entry = capabilities.get(index)?.here()?;
                let dates = [("endDate", entry.end_date), ("startDate", entry.start_date)];
                dates.into_iter().find(|(_, raw)| date(*raw).value() == Some(at)).map(|(member, _)| member)
            } else {
                let entry = entries.get(index)?.here()?;
                (date(entry.start_date).value() == Some(at)).then_some("startDate")
            }
        };
        let found = self.entries.iter().find_map(|index| Some(self.entry(*index).key(member(*index)?)));
        found.unwrap_or_else(|| self.first_entry())
    }

    /// The id in its definition; the list of its kind where it has none.
    #[must_use]
    pub(crate) fn definition_id(&self) -> Pointer {
        let Some(index) = self.definition_index else { return self.kind.list_pointer() };
        let member = if self.kind == ItemKind::AppBundle { "appBundleItemId" } else { "id" };
        Pointer::of(&["MyEsri", "definitions", self.kind.list_name()]).index(index).key(member)
    }
}
