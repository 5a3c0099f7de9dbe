//! The sorts of things that a license gives.

use serde::{Deserialize, Serialize};

/// A category of what a license gives: seats, entitlements, apps, capabilities and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Given {
    /// Seats of a user type, app bundle, extension or app.
    Seats,
    /// A portal capability.
    Capability,
    /// The definition of a user type or app bundle.
    Definition,
    /// An extension that a user type includes.
    Inclusion,
    /// An entitlement of an extension that a user type includes.
    IncludedEntitlement,
    /// An entitlement of an extension, which has a number.
    Entitlement,
    /// An app of a user type or app bundle.
    App,
    /// A user type that is compatible with the Administrator role.
    Administrator,
}
