//! Which user types are compatible with the Administrator role.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use crate::json::{Place, Raw, members};
use crate::license::{Item, ItemKind, catalog, id};
use crate::seats::{SeatTimeline, any_active};
use crate::text::{Phrase, name, phrase};
use crate::time::Instant;

members! {
    /// An element of `userTypes`.
    #[allow(dead_code, reason = "not all of it is asked for")]
    ListedUserType {
        "id" => id: Raw<'a>,
    }
}

/// The list that `validateLicense` answers with `listAdministratorUserTypes=true`: the user types of one license file
/// that are compatible with the Administrator role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdministratorList {
    ids: BTreeSet<String>,
}

impl AdministratorList {
    /// The list with these ids, in any order; an id that stands twice counts once.
    pub fn new(ids: impl IntoIterator<Item = String>) -> Self {
        Self { ids: ids.into_iter().collect() }
    }

    /// Reads the list `userTypes`.
    pub(crate) fn from_raw(raw: Raw<'_>) -> Result<Self, String> {
        let elements: Vec<Place<ListedUserType<'_>>> = serde_json::from_str(raw.text().unwrap_or_default())
            .map_err(|_| "an entry of this administrator list says two things".to_owned())?;
        let ids = elements.iter().enumerate().map(|(index, element)| {
            let problem = match element.here().map(|user_type| id(user_type.id)) {
                Some(Ok(id)) => return Ok(id.into_owned()),
                Some(Err(why)) => format!("id {why}"),
                None => "no object".to_owned(),
            };
            Err(format!(
                "userTypes[{index}] of this administrator list cannot be read ({problem}), so it is not known whom it \
                 leaves out"
            ))
        });
        Ok(Self { ids: ids.collect::<Result<_, _>>()? })
    }

    /// Whether the list names a user type.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The ids in the list that a license neither defines nor provides. If there are any, the list probably belongs to
    /// another license: see `foreign_list`.
    #[must_use]
    pub fn foreign_to(&self, items: &[Item<'_>]) -> Vec<&str> {
        let own: HashSet<_> = user_types(items).map(|item| item.id.as_ref()).collect();
        self.ids().filter(|id| !own.contains(id)).collect()
    }

    /// The ids in the list, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }
}

/// The remark about an administrator list that names these user types, which the license neither defines nor provides;
/// `None` where there are none.
pub fn foreign_list<T: AsRef<str>>(ids: &[T]) -> Option<Phrase> {
    const MOST: usize = 5;
    let mut names: Vec<_> = ids.iter().take(MOST).map(|id| name(id.as_ref())).collect();
    if ids.len() > MOST {
        // "a, b and 3 more".
        names = vec![Phrase::join(names, ", "), format!("{} more", ids.len() - MOST).into()];
    }
    let names = Phrase::list(names);
    (!ids.is_empty()).then(|| {
        phrase![
            "the administrator list names ",
            names,
            ", which this license neither defines nor provides: it probably belongs to another license"
        ]
    })
}

/// Whether members of a user type can have the Administrator role, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Administrator {
    /// Whether the user type is compatible.
    pub compatible: Compatible,
    /// How that is known; null where it is not known.
    pub basis: Option<Basis>,
}

/// Whether a user type is compatible with the Administrator role, or nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "they say it themselves")]
pub enum Compatible {
    Yes,
    No,
    Unknown,
}

/// How the compatibility with the Administrator role is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Basis {
    /// From the portal's administrator list for this license.
    List,
    /// From what Esri has published about user types.
    Catalog,
}

impl Administrator {
    /// Looks the user type up in the list if there is one, else in the catalogue.
    ///
    /// ```
    /// use seatline::parts::{Administrator, Compatible};
    ///
    /// assert_eq!(Administrator::of("creatorUT", None).compatible, Compatible::Yes);
    /// assert_eq!(Administrator::of("newUT", None).compatible, Compatible::Unknown);
    /// ```
    #[must_use]
    pub fn of(id: &str, list: Option<&AdministratorList>) -> Self {
        let answer = |yes| if yes { Compatible::Yes } else { Compatible::No };
        match (list, catalog::administrator(id)) {
            (Some(list), _) => Self { compatible: answer(list.contains(id)), basis: Some(Basis::List) },
            (None, Some(yes)) => Self { compatible: answer(yes), basis: Some(Basis::Catalog) },
            (None, None) => Self { compatible: Compatible::Unknown, basis: None },
        }
    }
}

impl Compatible {
    /// The word for it, the same in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl Basis {
    /// The word for it, the same in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Catalog => "catalog",
        }
    }
}

/// Why an administrator cannot have a user type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AdministratorObstacle {
    /// The user type is not compatible with the Administrator role.
    NotCompatible,
    /// Nobody says whether the user type is compatible.
    CompatibilityUnknown,
    /// The user type has no seats at some time of those asked for.
    NoSeats,
    /// At some time of those asked for, it is not certain how many seats the user type has.
    SeatsUncertain,
}

fn user_types<'i, 'd>(items: &'i [Item<'d>]) -> impl Iterator<Item = &'i Item<'d>> {
    items.iter().filter(|item| item.kind == ItemKind::UserType)
}

/// The user types that an administrator can have at an instant: those that are compatible and certainly have seats.
pub fn usable_administrator_types<'i, 'd>(
    items: &'i [Item<'d>],
    list: Option<&AdministratorList>,
    at: Instant,
) -> impl Iterator<Item = &'i Item<'d>> {
    let usable = move |item: &&Item<'_>| {
        Administrator::of(&item.id, list).compatible == Compatible::Yes && item.timeline.certain_seats_at(at) > 0
    };
    user_types(items).filter(usable)
}

/// A timeline that is 1 while an administrator can have some user type, else 0.
#[must_use]
pub fn usable_administrator_time(items: &[Item<'_>], list: Option<&AdministratorList>) -> SeatTimeline {
    let compatible = user_types(items).filter(|item| Administrator::of(&item.id, list).compatible == Compatible::Yes);
    let certain: Vec<_> = compatible.map(|item| item.timeline.certain()).collect();
    any_active(certain.iter())
}

/// The user types that a possible administrator can have at an instant: those with seats that are not known to be
/// incompatible.
#[must_use]
pub fn possible_administrator_types<'i>(
    items: &'i [Item<'_>],
    list: Option<&AdministratorList>,
    at: Instant,
) -> HashSet<&'i str> {
    let possible = |item: &&Item<'_>| {
        Administrator::of(&item.id, list).compatible != Compatible::No && item.timeline.seats_at(at) > 0
    };
    user_types(items).filter(possible).map(|item| item.id.as_ref()).collect()
}
