//! The policy as it is written, with the place of every value.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;
use toml::value::Datetime;

/// What `seatline.toml` may hold.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RawPolicy {
    /// The version of the portal, such as "11.4": in quotes.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) portal_version: Option<Spanned<String>>,
    /// For each rule `allow`, `info`, `warning` or `error`, where it is not to be the default.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, RawLevel>"))]
    pub(super) levels: BTreeMap<Spanned<String>, Spanned<String>>,
    /// How near an end must be to become a finding: durations, such as "90d" or "P90D".
    pub(super) thresholds: RawThresholds,
    /// The initial administrator of the portal.
    pub(super) admin: Option<RawAdmin>,
    /// What is expected of items.
    #[cfg_attr(test, schemars(with = "Vec<RawItem>"))]
    pub(super) item: Vec<Spanned<RawItem>>,
    /// Findings that are known and accepted for a while.
    #[cfg_attr(test, schemars(with = "Vec<RawWaiver>"))]
    pub(super) waiver: Vec<Spanned<RawWaiver>>,
}

/// For the schema: what `levels` may say.
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
    /// `expiring-soon` is an error; P30D if it is not said.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) expiring_soon_error: Option<Spanned<String>>,
    /// `expiring-soon` is a warning; P90D if it is not said.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) expiring_soon_warning: Option<Spanned<String>>,
    /// `over-assigned-later` is an error, and a warning beyond; P30D if it is not said.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) over_assigned_later_error: Option<Spanned<String>>,
    /// `waiver-ending` speaks; P14D if it is not said.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) waiver_ending: Option<Spanned<String>>,
    /// `usage-high` is a warning from so many percent of the seats on; 85 if it is not said.
    #[cfg_attr(test, schemars(with = "Option<u8>", range(min = 1, max = 100)))]
    pub(super) usage_high_warning: Option<Spanned<i64>>,
    /// `usage-high` is an error from so many percent of the seats on; 95 if it is not said.
    #[cfg_attr(test, schemars(with = "Option<u8>", range(min = 1, max = 100)))]
    pub(super) usage_high_error: Option<Spanned<i64>>,
}

#[derive(Debug, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawAdmin {
    /// The id of its user type.
    pub(super) initial_user_type: String,
    /// When the portal is created: a date, which means its beginning, a date and a time, or "+90d" from the as-of; the as-of if
    /// it is not said.
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
    /// The earliest end: a date, which means its beginning, a date and a time, or "+90d" from the as-of.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) earliest_end: Option<Spanned<RawWhen>>,
    /// It must be there, with seats.
    #[serde(default)]
    pub(super) required: bool,
    /// It must not be there with seats.
    #[serde(default)]
    pub(super) forbidden: bool,
    /// Globs of the license files that this is about, from the folder of the policy, with `/`; all if it is not said.
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
    /// The kind of item, or "*".
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) kind: Spanned<String>,
    /// Its id, or "*".
    pub(super) id: String,
    /// The last day, or instant, at which they are accepted.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) until: Spanned<RawWhen>,
    /// Why, for people.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) reason: Spanned<String>,
    /// Globs of the license files that this is about, from the folder of the policy, with `/`; all if it is not said.
    #[cfg_attr(test, schemars(with = "Option<Vec<String>>"))]
    pub(super) files: Option<Spanned<Vec<Spanned<String>>>>,
}

/// A date or an instant: in quotes or as TOML's own.
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
