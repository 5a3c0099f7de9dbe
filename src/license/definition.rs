//! The definitions of user types and app bundles.

use std::borrow::Cow;

use crate::json::{Place, Raw};
use crate::license::{AppBundleDefinition, ItemKind, MyEsri, UserTypeDefinition};

/// The first definition of an id.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the kinds that have definitions")]
pub enum Definition<'d> {
    UserType(&'d UserTypeDefinition<'d>),
    AppBundle(&'d AppBundleDefinition<'d>),
}

impl<'d> Definition<'d> {
    /// The id, as the value that stands there.
    #[must_use]
    pub fn id(self) -> Raw<'d> {
        match self {
            Self::UserType(definition) => definition.id,
            Self::AppBundle(definition) => definition.id,
        }
    }

    /// The name in the definition.
    #[must_use]
    pub fn name(self) -> Option<Cow<'d, str>> {
        match self {
            Self::UserType(definition) => definition.name.string(),
            Self::AppBundle(definition) => definition.name.string(),
        }
    }

    /// The description in the definition.
    #[must_use]
    pub fn description(self) -> Option<Cow<'d, str>> {
        match self {
            Self::UserType(definition) => definition.description.string(),
            Self::AppBundle(definition) => definition.description.string(),
        }
    }

    /// The definition, if it is that of a user type.
    #[must_use]
    pub fn user_type(self) -> Option<&'d UserTypeDefinition<'d>> {
        match self {
            Self::UserType(definition) => Some(definition),
            Self::AppBundle(_) => None,
        }
    }
}

/// The definitions of a kind, each with its index in the list.
pub(super) fn definitions<'d>(kind: ItemKind, my_esri: &'d MyEsri<'d>) -> Vec<(usize, Definition<'d>)> {
    let Some(definitions) = my_esri.definitions.here() else {
        return Vec::new();
    };
    match kind {
        ItemKind::UserType => here(&definitions.user_types, Definition::UserType),
        ItemKind::AppBundle => here(&definitions.app_bundles, Definition::AppBundle),
        ItemKind::Extension | ItemKind::App | ItemKind::Capability => Vec::new(),
    }
}

fn here<'d, T>(
    list: &'d Place<Vec<Place<T>>>,
    definition: impl Fn(&'d T) -> Definition<'d>,
) -> Vec<(usize, Definition<'d>)> {
    let elements = list.elements().iter().enumerate();
    elements.filter_map(|(index, place)| Some((index, definition(place.here()?)))).collect()
}
