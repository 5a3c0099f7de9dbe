//! The accounts that come with every portal and own Esri's content.

/// Their names. A portal lists them unless `excludeSystemUsers=true` is sent; that they hold no seat, and whether `total` and
/// the counts include them, is not published.
pub const BUILT_IN: [&str; 7] = [
    "esri",
    "esri_nav",
    "esri_livingatlas",
    "esri_boundaries",
    "esri_demographics",
    "esri_webstyles",
    "system_publisher",
];

/// Whether a user name is that of a built-in account. Nobody signs in with one.
#[must_use]
pub fn is_built_in(username: &str) -> bool {
    BUILT_IN.iter().any(|known| known.eq_ignore_ascii_case(username))
}
