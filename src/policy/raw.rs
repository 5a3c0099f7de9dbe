//! The policy in the form of its file, with the place of every value.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;
use toml::value::Datetime;

/// The tables and keys of `seatline.toml`.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RawPolicy {
    /// The version of the portal, such as "11.4": in quotes.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) portal_version: Option<Spanned<String>>,
    /// The level of rules, where it is not the default: `allow`, `info`, `warning` or `error`.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, RawLevel>"))]
    pub(super) levels: BTreeMap<Spanned<String>, Spanned<String>>,
    /// How near an end must be to become a finding: durations, such as "90d" or "P90D".
    pub(super) thresholds: RawThresholds,
    /// The initial administrator of the portal.
    pub(super) admin: Option<RawAdmin>,
    /// Expectations for single items.
    #[cfg_attr(test, schemars(with = "Vec<RawItem>"))]
    pub(super) item: Vec<Spanned<RawItem>>,
    /// Findings that are known and accepted until a date.
    #[cfg_attr(test, schemars(with = "Vec<RawWaiver>"))]
    pub(super) waiver: Vec<Spanned<RawWaiver>>,
}

/// The levels that `levels` may name, for the schema.
#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[allow(dead_code)]
pub(super) enum RawLevel {
    Allow,
    Info,
    Warning,
    Error,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct RawThresholds {
    /// An end within this time is an error of `expiring-soon`; P30D where it is missing.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) expiring_soon_error: Option<Spanned<String>>,
    /// An end within this time is a warning of `expiring-soon`; P90D where it is missing.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) expiring_soon_warning: Option<Spanned<String>>,
    /// A shortage within this time is an error of `over-assigned-later`, a later one a warning; P30D where it is
    /// missing.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) over_assigned_later_error: Option<Spanned<String>>,
    /// A waiver that ends within this time is a finding of `waiver-ending`; P14D where it is missing.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) waiver_ending: Option<Spanned<String>>,
    /// The percentage of assigned seats that is a warning of `usage-high`; 85 where it is missing.
    #[cfg_attr(test, schemars(with = "Option<u8>", range(min = 1, max = 100)))]
    pub(super) usage_high_warning: Option<Spanned<i64>>,
    /// The percentage of assigned seats that is an error of `usage-high`; 95 where it is missing.
    #[cfg_attr(test, schemars(with = "Option<u8>", range(min = 1, max = 100)))]
    pub(super) usage_high_error: Option<Spanned<i64>>,
}

#[derive(Debug, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawAdmin {
    /// The id of the user type, as it stands in licenses.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) initial_user_type: Spanned<String>,
    /// When the portal is created: a date, which means the beginning of that day; a date and a time; or "+90d" from
    /// the as-of. The as-of where it is missing.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) on: Option<Spanned<RawWhen>>,
    /// For how long the account must work: a duration, such as "30d" or "P30D".
    #[serde(rename = "for")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) lasting: Option<Spanned<String>>,
}

#[derive(Debug, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawItem {
    /// `userType`, `appBundle`, `extension`, `app` or `capability`.
    #[cfg_attr(test, schemars(with = "crate::license::ItemKind"))]
    pub(super) kind: Spanned<String>,
    /// The id as it stands in licenses.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) id: Spanned<String>,
    /// The fewest seats.
    #[cfg_attr(test, schemars(with = "Option<u64>"))]
    pub(super) minimum_seats: Option<Spanned<u64>>,
    /// The earliest end: a date, which means the beginning of that day; a date and a time; or "+90d" from the as-of.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) earliest_end: Option<Spanned<RawWhen>>,
    /// Whether the item must be there, with seats.
    #[serde(default)]
    pub(super) required: bool,
    /// Whether the item must have no seats.
    #[serde(default)]
    pub(super) forbidden: bool,
    /// Globs for the license files that this applies to, from the policy's folder, with `/` between folders; all
    /// files where it is missing.
    #[cfg_attr(test, schemars(with = "Option<Vec<String>>"))]
    pub(super) files: Option<Spanned<Vec<Spanned<String>>>>,
}

#[derive(Debug, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawWaiver {
    /// The rule whose findings are accepted.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) rule: Spanned<String>,
    /// The kind of the items, or "*".
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) kind: Spanned<String>,
    /// The id of the items, or "*".
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) id: Spanned<String>,
    /// The last day, or the last instant, at which the findings are accepted.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) until: Spanned<RawWhen>,
    /// Why the findings are accepted, for whoever reads an answer with the waiver.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) reason: Spanned<String>,
    /// Globs for the license files that this applies to, from the policy's folder, with `/` between folders; all
    /// files where it is missing.
    #[cfg_attr(test, schemars(with = "Option<Vec<String>>"))]
    pub(super) files: Option<Spanned<Vec<Spanned<String>>>>,
}

/// A date or an instant: a string, or a date of TOML itself.
#[derive(Debug)]
pub(super) struct RawWhen(pub(super) String);

impl<'de> Deserialize<'de> for RawWhen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WhenVisitor;

        impl<'de> Visitor<'de> for WhenVisitor {
            type Value = RawWhen;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2027-06-30")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RawWhen, E> {
                Ok(RawWhen(text.to_owned()))
            }

            // Epoch milliseconds, or what looks like them.
            fn visit_i64<E: Error>(self, number: i64) -> Result<RawWhen, E> {
                Ok(RawWhen(number.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawWhen, A::Error> {
                Datetime::deserialize(MapAccessDeserializer::new(map)).map(|datetime| RawWhen(datetime.to_string()))
            }
        }

        deserializer.deserialize_any(WhenVisitor)
    }
}
