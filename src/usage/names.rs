//! The names of user types, which a member report shows and people write.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::json::Place;
use crate::license::catalog::{self, ids_by_name};
use crate::license::{ItemKind, LicenseDocument, id};

/// The most near names that are shown.
const NEAR: usize = 3;

/// The ids and names of user types, in the order in which they are searched: the names in the license, those in other
/// documents, and every name that Esri has published.
#[derive(Clone, Debug, Default)]
pub struct TypeNames {
    ids: HashSet<String>,
    /// The same ids in small letters (A to Z alone), to find an id in any case.
    small_ids: HashSet<String>,
    ranks: Vec<IdsByName>,
}

/// The ids by name, with names in small letters and without surrounding blanks; and the names as they are written.
#[derive(Clone, Debug, Default)]
struct IdsByName {
    ids: BTreeMap<String, BTreeSet<String>>,
    written: Vec<(String, String)>,
}

impl IdsByName {
    fn add(&mut self, id: &str, name: &str) {
        let plain = plain(name);
        if !plain.is_empty() && self.ids.entry(plain).or_default().insert(id.to_owned()) {
            self.written.push((name.trim().to_owned(), id.to_owned()));
        }
    }
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Why a text stands for no user type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoType {
    /// Several user types have this name: their ids.
    Ambiguous(Vec<String>),
    /// No user type has this name: the names that are near.
    Unknown(Vec<String>),
}

/// The end of a sentence that begins with the text, such as `"Editor" is the name of …`.
impl std::fmt::Display for NoType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ambiguous(ids) => write!(f, "is the name of {}: give the id", ids.join(" and of ")),
            Self::Unknown(near) if near.is_empty() => f.write_str("is neither the id nor the name of a user type"),
            Self::Unknown(near) => {
                write!(f, "is neither the id nor the name of a user type; did you mean {}?", near.join(" or "))
            }
        }
    }
}

impl TypeNames {
    /// The names that a license defines.
    #[must_use]
    pub fn of(document: &LicenseDocument<'_>) -> Self {
        let mut names = Self::default();
        names.add(document);
        names
    }

    /// Adds the names that another license defines, to be searched after those that are there.
    pub fn add(&mut self, document: &LicenseDocument<'_>) {
        let my_esri = &document.my_esri;
        let mut own = IdsByName::default();
        let definitions = my_esri.definitions.here().map_or(&[][..], |definitions| definitions.user_types.elements());
        for definition in definitions.iter().filter_map(Place::here) {
            let Ok(id) = id(definition.id) else { continue };
            own.add(&id, &definition.name.string().unwrap_or_default());
            self.add_id(id.into_owned());
        }
        let entries = ItemKind::UserType.entries(my_esri).map_or(&[][..], Place::elements);
        let ids = entries.iter().filter_map(Place::here).filter_map(|entry| id(entry.id).ok());
        ids.for_each(|id| self.add_id(id.into_owned()));
        self.ranks.push(own);
    }

    /// Adds ids and names from a portal, which are searched after those that are already there.
    pub(super) fn extend(&mut self, from_portal: &[(String, String)]) {
        let mut names = IdsByName::default();
        from_portal.iter().for_each(|(id, name)| names.add(id, name));
        from_portal.iter().for_each(|(id, _)| self.add_id(id.clone()));
        self.ranks.push(names);
    }

    fn add_id(&mut self, id: String) {
        self.small_ids.insert(id.to_ascii_lowercase());
        self.ids.insert(id);
    }

    /// Whether the text is the id of a user type, byte for byte.
    #[must_use]
    pub fn is_id(&self, text: &str) -> bool {
        self.ids.contains(text) || catalog::is_known(ItemKind::UserType, text)
    }

    /// Whether the text is the id of a user type, without regard to case.
    pub(super) fn is_id_in_any_case(&self, text: &str) -> bool {
        let published = || catalog::user_type_names().any(|(id, _)| id.eq_ignore_ascii_case(text));
        self.small_ids.contains(&text.to_ascii_lowercase()) || published()
    }

    /// The id of the user type that a text means, by its id or its name.
    ///
    /// # Errors
    /// Where several user types of the same rank have this name, or none has.
    pub fn find(&self, text: &str) -> Result<String, NoType> {
        self.find_exact(text).unwrap_or_else(|| Err(NoType::Unknown(self.near(text))))
    }

    /// As [`Self::find`]; `None` if the text stands for no user type. Near names, which take a look at every name, are not
    /// searched for.
    pub(super) fn find_exact(&self, text: &str) -> Option<Result<String, NoType>> {
        if self.is_id(text) {
            return Some(Ok(text.to_owned()));
        }
        let plain = plain(text);
        let own = self.ranks.iter().filter_map(|names| names.ids.get(&plain));
        let own = own.map(|ids| ids.iter().cloned().collect::<Vec<_>>());
        let published = ids_by_name(ItemKind::UserType, text).into_iter().map(str::to_owned).collect();
        let found = own.chain([published]).find(|ids| !ids.is_empty());
        match found.as_deref() {
            Some([only]) => Some(Ok(only.clone())),
            Some(several) => Some(Err(NoType::Ambiguous(several.to_vec()))),
            None => None,
        }
    }

    /// The ids and names that are most similar to a text.
    fn near(&self, text: &str) -> Vec<String> {
        let wanted = plain(text);
        let own = self.ranks.iter().flat_map(|names| &names.written).map(|(name, id)| (name.as_str(), id.as_str()));
        let published = catalog::user_type_names().map(|(id, name)| (name, id));
        let mut best: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for (name, id) in own.chain(published).chain(self.ids.iter().map(|id| (id.as_str(), id.as_str()))) {
            let length = name.chars().count().max(id.chars().count());
            if wanted.chars().count() > 2 * length {
                continue;
            }
            for known in [name, id] {
                let distance = strsim::osa_distance(&wanted, &known.to_lowercase());
                let near = distance <= known.chars().count().max(3) / 3;
                if near && best.get(id).is_none_or(|(before, _)| distance < *before) {
                    best.insert(id, (distance, name));
                }
            }
        }
        let mut near: Vec<_> = best.into_iter().map(|(id, (distance, name))| (distance, id, name)).collect();
        near.sort_unstable();
        let shown = near.into_iter().take(NEAR);
        shown.map(|(_, id, name)| if name == id { id.to_owned() } else { format!("{name} ({id})") }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::usage::account::TypeText;

    fn names(definitions: &[(&str, &str)]) -> TypeNames {
        let definitions: Vec<_> =
            definitions.iter().map(|(id, name)| serde_json::json!({"id": id, "name": name})).collect();
        let text = serde_json::json!({"MyEsri": {"definitions": {"userTypes": definitions}}}).to_string();
        TypeNames::of(&Source::from_text("license", text).license().unwrap())
    }

    #[test]
    fn ids_come_before_names_and_own_names_before_published_ones() {
        let own = names(&[("partnerUT", "Editor"), ("creatorUT", "Macher"), ("oddUT", "viewerUT")]);
        for (text, id) in [
            ("creatorUT", "creatorUT"),
            (" macher ", "creatorUT"),
            ("CREATOR", "creatorUT"),
            ("Editor", "partnerUT"),
            ("Contributor", "editorUT"),
            ("field worker", "fieldWorkerUT"),
            ("viewerUT", "viewerUT"),
            ("partnerUT", "partnerUT"),
            ("storytellerUT", "storytellerUT"),
        ] {
            assert_eq!(own.find(text), Ok(id.to_owned()), "{text}");
        }
    }

    #[test]
    fn two_of_one_name_are_both_named() {
        let own = names(&[("aUT", "Same"), ("bUT", "same ")]);
        assert_eq!(own.find("SAME"), Err(NoType::Ambiguous(vec!["aUT".into(), "bUT".into()])));
        let message = own.find("SAME").unwrap_err().to_string();
        assert_eq!(message, "is the name of aUT and of bUT: give the id");
    }

    /// A search through all ids for each of them would take minutes.
    #[test]
    fn many_ids_are_looked_up_in_little_time() {
        let ids = |letter: char| (0..40_000).map(move |number| (format!("{letter}{number}"), String::new()));
        let mut names = TypeNames::default();
        names.extend(&ids('A').collect::<Vec<_>>());
        let begin = std::time::Instant::now();
        assert!(ids('a').all(|(id, _)| names.is_id_in_any_case(&id) && !names.is_id(&id)));
        assert!(ids('b').all(|(id, _)| TypeText::id(id.as_str()).find(&names) == Ok(id)));
        assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    }

    #[test]
    fn near_ones_are_suggested() {
        let none = TypeNames::default();
        for (text, near) in [
            ("contributorUT", "Contributor (editorUT)"),
            ("gisProfessionalAdvUT", "(GISProfessionalAdvUT)"),
            ("MobileWorkerUT", "Mobile Worker (fieldWorkerUT)"),
            ("CreatorUT", "Creator (creatorUT)"),
            ("Profesional", "Professional (GISProfessionalStdUT)"),
        ] {
            let message = none.find(text).unwrap_err().to_string();
            assert!(message.contains(near), "{text}: {message}");
        }
        assert_eq!(none.find("arcgisonly"), Err(NoType::Unknown(Vec::new())));
        assert_eq!(none.find(&"x".repeat(100_000)), Err(NoType::Unknown(Vec::new())));
    }
}
