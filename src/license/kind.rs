//! The kinds of item.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::json::{Place, Pointer};
use crate::license::{Entry, MyEsri};
use crate::text::nearest;

/// The kind of an item: what a license gives seats of, or dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ItemKind {
    /// A user type, such as `creatorUT`. Each member has exactly one.
    UserType,
    /// An app bundle, such as `fieldAppsAB`.
    AppBundle,
    /// An add-on extension, such as `utilityNetwork`.
    Extension,
    /// An app, such as `arcgisprodesktop`.
    App,
    /// A capability of the portal, such as `indoors`: it has dates and no seats.
    Capability,
}

impl ItemKind {
    /// All kinds, in the order of every output.
    pub const ALL: [Self; 5] = [Self::UserType, Self::AppBundle, Self::Extension, Self::App, Self::Capability];

    /// The kinds that have seats.
    pub const SEATED: [Self; 4] = [Self::UserType, Self::AppBundle, Self::Extension, Self::App];

    /// The word for it, the same in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserType => "userType",
            Self::AppBundle => "appBundle",
            Self::Extension => "extension",
            Self::App => "app",
            Self::Capability => "capability",
        }
    }

    /// The kind with seats that a cell of a table names.
    ///
    /// # Errors
    /// Where no such kind has this name: the nearest kind, and all of them.
    pub(crate) fn seated(text: &str) -> Result<Self, String> {
        let known = || Self::SEATED.into_iter().map(Self::as_str);
        Self::SEATED.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            let hint = nearest(text, known()).map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
            let known = known().collect::<Vec<_>>().join(", ");
            format!("no kind with seats is called {text:?}{hint}; known are {known}")
        })
    }

    /// The word for headings: "User types".
    #[must_use]
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::UserType => "User types",
            Self::AppBundle => "App bundles",
            Self::Extension => "Extensions",
            Self::App => "Apps",
            Self::Capability => "Capabilities",
        }
    }

    /// The word for sentences: "user type".
    #[must_use]
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::UserType => "user type",
            Self::AppBundle => "app bundle",
            Self::Extension => "extension",
            Self::App => "app",
            Self::Capability => "capability",
        }
    }

    /// The name of the list of entries in the document.
    #[must_use]
    pub(crate) const fn list_name(self) -> &'static str {
        match self {
            Self::UserType => "userTypes",
            Self::AppBundle => "appBundles",
            Self::Extension => "extensions",
            Self::App => "apps",
            Self::Capability => "portalCapabilities",
        }
    }

    /// The pointer to the list of entries in the document.
    #[must_use]
    pub(crate) fn list_pointer(self) -> Pointer {
        match self {
            Self::Capability => Pointer::of(&["MyEsri", self.list_name()]),
            seated => Pointer::of(&["MyEsri", "provision", seated.list_name()]),
        }
    }

    /// The list of provision entries; `None` for capabilities, and where `provision` is no object.
    #[must_use]
    pub(crate) fn entries<'d, 'a>(self, my_esri: &'d MyEsri<'a>) -> Option<&'d Place<Vec<Place<Entry<'a>>>>> {
        let provision = my_esri.provision.here()?;
        match self {
            Self::UserType => Some(&provision.user_types),
            Self::AppBundle => Some(&provision.app_bundles),
            Self::Extension => Some(&provision.extensions),
            Self::App => Some(&provision.apps),
            Self::Capability => None,
        }
    }
}

impl fmt::Display for ItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ItemKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}
