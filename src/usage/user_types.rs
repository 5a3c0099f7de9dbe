//! The list of user types, `portals/self/userLicenseTypes`: ids and names.

use crate::json::{Place, Raw, members};
use crate::license::id;
use crate::source::Failure;
use crate::usage::origin::DocumentOrigin;

members! {
    /// The list.
    UserTypesPage {
        /// The user types.
        "userLicenseTypes" => user_types: Place<Vec<Place<UserType<'a>>>>,
    }
}

members! {
    /// An element of it. Its `maxUsers` are the seats as of now, which tell nothing of a license.
    UserType {
        /// The id.
        "id" => id: Raw<'a>,
        /// The name, in the language of who asked.
        "name" => name: Raw<'a>,
    }
}

/// The id and the name of each.
pub(super) fn read(origin: DocumentOrigin<'_>) -> Result<Vec<(String, String)>, Failure> {
    let page = origin.read::<Place<UserTypesPage<'_>>>()?;
    let elements = page.here().map_or(&[][..], |page| page.user_types.elements());
    let named = elements.iter().filter_map(Place::here).filter_map(|user_type| {
        Some((id(user_type.id).ok()?.into_owned(), user_type.name.string().unwrap_or_default().into_owned()))
    });
    Ok(named.collect())
}
