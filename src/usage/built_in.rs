//! The built-in accounts, which come with every portal and own Esri's content.

/// The names of the built-in accounts. A portal lists them unless `excludeSystemUsers=true` is sent. It is not
/// published whether they hold seats, nor whether `total` and the counts include them.
pub const BUILT_IN: [&str; 7] = [
    "esri",
    "esri_nav",
    "esri_livingatlas",
    "esri_boundaries",
    "esri_demographics",
    "esri_webstyles",
    "system_publisher",
];

/// Whether a user name is that of a built-in account. Nobody signs in with such an account.
#[must_use]
pub fn is_built_in(username: &str) -> bool {
    BUILT_IN.iter().any(|known| known.eq_ignore_ascii_case(username))
}
