//! The list of user types, `portals/self/userLicenseTypes`: ids and names.

use crate::json::{Place, Raw, members};
use crate::license::id;
use crate::source::Failure;
use crate::usage::origin::DocumentOrigin;

members! {
    UserTypesPage {
        "userLicenseTypes" => user_types: Place<Vec<Place<UserType<'a>>>>,
    }
}

members! {
    /// An element of the list. Its `maxUsers` are the seats of the portal at the moment, which say nothing about a
    /// license.
    UserType {
        "id" => id: Raw<'a>,
        /// The name, in the language of the user who asked.
        "name" => name: Raw<'a>,
    }
}

/// The ids and names of the user types.
pub(super) fn read(origin: DocumentOrigin<'_>) -> Result<Vec<(String, String)>, Failure> {
    let page = origin.read::<Place<UserTypesPage<'_>>>()?;
    let elements = page.here().map_or(&[][..], |page| page.user_types.elements());
    let named = elements.iter().filter_map(Place::here).filter_map(|user_type| {
        Some((id(user_type.id).ok()?.into_owned(), user_type.name.string().unwrap_or_default().into_owned()))
    });
    Ok(named.collect())
}
