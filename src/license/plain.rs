//! Documents that every rule about reading would pass.

use std::borrow::Cow;

use crate::json::{JsonKind, Place, Raw};
use crate::license::{Entry, Item, ItemKind, LicenseDocument, Reading, count, id};

impl<'d> Item<'d> {
    /// As [`Item::all`], and whether the document is plain: then the rules about reading have nothing to say, and need not be
    /// asked. Nearly every license is plain.
    #[must_use]
    pub(crate) fn all_and_plain(document: &'d LicenseDocument<'d>) -> (Vec<Self>, bool) {
        let (items, entries_are_plain) = Self::all_with_entries(document);
        (items, entries_are_plain && document.is_plain_beside_entries())
    }

    /// As [`Item::all_and_plain`], item by item: no more than one is held.
    #[must_use]
    pub(crate) fn each_and_plain(document: &'d LicenseDocument<'d>, each: &mut dyn FnMut(Self)) -> bool {
        Self::each_with_entries(document, each) && document.is_plain_beside_entries()
    }
}

impl LicenseDocument<'_> {
    /// Whether everything that the rules about reading look at has its documented form, except the entries, which
    /// [`Item::all_with_entries`] looks at.
    fn is_plain_beside_entries(&self) -> bool {
        let my_esri = &self.my_esri;
        let lists = ItemKind::SEATED.into_iter().filter_map(|kind| kind.entries(my_esri));
        let mut is_plain = is_list(&my_esri.portal_capabilities)
            && lists.into_iter().all(|list| is_list(list) && list.elements().iter().all(has_plain_entitlements))
            && match &my_esri.definitions {
                Place::Here(definitions) => {
                    defines(&definitions.user_types, |definition| definition.id)
                        && defines(&definitions.app_bundles, |definition| definition.id)
                        && definitions
                            .user_types
                            .elements()
                            .iter()
                            .filter_map(Place::here)
                            .all(|definition| defines(&definition.extensions, |extension| extension.id))
                }
                Place::Missing | Place::Other(JsonKind::Null) => true,
                Place::Other(_) => false,
            };
        self.objects(&mut |_, others| is_plain &= !may_repeat(others));
        is_plain
    }
}

/// Whether a list, `null` or nothing stands there.
fn is_list<T>(list: &Place<Vec<T>>) -> bool {
    matches!(list, Place::Here(_) | Place::Missing | Place::Other(JsonKind::Null))
}

fn defines<'d, T>(list: &Place<Vec<Place<T>>>, id_of: impl Fn(&T) -> Raw<'d>) -> bool {
    is_list(list) && list.elements().iter().all(|element| element.here().is_some_and(|one| id(id_of(one)).is_ok()))
}

fn has_plain_entitlements(entry: &Place<Entry<'_>>) -> bool {
    let Some(entry) = entry.here() else { return false };
    let mut entitlements = entry.entitlements.elements().iter().filter_map(Place::here);
    entitlements.all(|one| one.num.kind().is_none() || matches!(count(one.num), Reading::Plain(_)))
}

/// Whether a name may occur twice among these. Long lists are not searched here, so for them the answer is yes.
fn may_repeat(names: &[Cow<'_, str>]) -> bool {
    const FEW: usize = 16;
    let mut before = names.iter().enumerate();
    names.len() > FEW || before.any(|(index, name)| names.iter().take(index).any(|other| other == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::disturbed::{SAMPLES, disturbed, odd};
    use crate::rules::reading;
    use crate::source::Source;
    use crate::time::Instant;
    use proptest::prelude::*;

    /// Whether it is plain, and what the rules say of it.
    fn asked(text: &str) -> Option<(bool, usize)> {
        let source = Source::from_text("license.json", text);
        let document = source.license().ok()?;
        let (items, is_plain) = Item::all_and_plain(&document);
        Some((is_plain, reading(&document, &items, Instant::from_epoch_ms(1_600_000_000_000)).len()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn of_a_plain_document_the_rules_about_reading_say_nothing(
            sample in 0..2_usize,
            changes in prop::collection::vec((any::<usize>(), any::<u8>(), odd()), 1..4),
            repeat in prop::option::weighted(0.2, 0..60_usize),
        ) {
            let mut text = disturbed(SAMPLES[sample], &changes);
            if let Some(nth) = repeat
                && let Some((at, _)) = text.match_indices("{\"").nth(nth)
            {
                text.insert_str(at + 1, r#""x": 1, "y": 2, "x": 3, "#);
            }
            if let Some((true, findings)) = asked(&text) {
                prop_assert_eq!(findings, 0, "{}", text);
            }
        }
    }

    #[test]
    fn licenses_as_they_are_published_are_plain() {
        for sample in SAMPLES {
            assert_eq!(asked(sample), Some((true, 0)));
            let signed = sample.replacen('{', r#"{"signature": "x", "host": "y", "port": 1, "#, 1);
            assert_eq!(asked(&signed), Some((true, 0)));
        }
    }
}
