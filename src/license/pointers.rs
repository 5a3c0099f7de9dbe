//! The pointers of an item's entries and definition.

use crate::json::{Place, Pointer};
use crate::license::item::StatedDates;
use crate::license::{Item, ItemKind, MyEsri, date};
use crate::time::Instant;

impl Item<'_> {
    /// The pointer to the entry at this index in the list of the item's kind.
    #[must_use]
    pub(crate) fn entry(&self, index: usize) -> Pointer {
        self.kind.list_pointer().index(index)
    }

    /// The pointer to the first entry, or to the definition where there is no entry.
    #[must_use]
    pub(crate) fn first_entry(&self) -> Pointer {
        self.entries.first().map_or_else(|| self.definition_id().parent(), |index| self.entry(*index))
    }

    /// The pointer to the date of the step at an instant: the start of an entry, or the end of a capability.
    #[must_use]
    pub(crate) fn date_of_step(&self, my_esri: &MyEsri<'_>, at: Instant) -> Pointer {
        let found = self.dates.get_or_init(|| self.all_dates(my_esri)).get(&at);
        found.map_or_else(|| self.first_entry(), |(index, member)| self.entry(*index).key(member))
    }

    fn all_dates(&self, my_esri: &MyEsri<'_>) -> StatedDates {
        let mut dates = StatedDates::new();
        let capabilities = my_esri.portal_capabilities.elements();
        let entries = self.kind.entries(my_esri).map_or(&[][..], Place::elements);
        let mut add = |index, member, raw| {
            if let Some(at) = date(raw).value() {
                dates.entry(at).or_insert((index, member));
            }
        };
        for index in &self.entries {
            if self.kind != ItemKind::Capability {
                let entry = entries.get(*index).and_then(Place::here);
                entry.into_iter().for_each(|entry| add(*index, "startDate", entry.start_date));
            } else if let Some(entry) = capabilities.get(*index).and_then(Place::here) {
                add(*index, "endDate", entry.end_date);
                add(*index, "startDate", entry.start_date);
            }
        }
        dates
    }

    /// The pointer to the id in the definition; to the list of the kind where there is no definition.
    #[must_use]
    pub(crate) fn definition_id(&self) -> Pointer {
        let Some(index) = self.definition_index else { return self.kind.list_pointer() };
        let member = if self.kind == ItemKind::AppBundle { "appBundleItemId" } else { "id" };
        Pointer::of(&["MyEsri", "definitions", self.kind.list_name()]).index(index).key(member)
    }
}
