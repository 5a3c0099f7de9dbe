//! The JSON of `seatline why`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, Named};
use crate::answers::{FailureReport, Location};
use crate::license::ItemKind;
use crate::seats::Status;
use crate::time::{Instant, Zone};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct WhyQuestion<'q> {
    /// The id, compared byte for byte.
    pub id: &'q str,
    /// The kind, where the id is one of several.
    pub kind: Option<ItemKind>,
    /// The instant that is asked about.
    pub as_of: Instant,
    /// For dates in what is said.
    pub zone: Zone,
}

/// Where the seats of an item come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WhyReport {
    /// `seatline/why/v1`.
    #[cfg_attr(test, schemars(extend("const" = WhyReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<WhyReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant that is asked about.
    pub as_of: Instant,
    /// Where the license is from; null where it could not be read.
    pub source: Option<String>,
    /// The name of the input; positions are in it. Null where it could not be read.
    pub file: Option<String>,
    /// Which document of the input, from 0.
    pub document: usize,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// What the item is; null where the license could not be read.
    pub kind: Option<ItemKind>,
    /// The id that was asked for.
    pub id: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// Its published name.
    pub known_as: Option<String>,
    /// Seats at the as-of; null for capabilities, and where the license could not be read.
    pub seats: Option<u64>,
    /// In one word; null where the license could not be read.
    pub status: Option<Status>,
    /// Whether every reading gives that; null where the license could not be read.
    pub certain: Option<bool>,
    /// The first instant, from the as-of on, at which readings differ; null if never.
    pub certain_until: Option<Instant>,
    /// The entries of the item, and those that may belong to it, in the order of time; those without a date last.
    pub entries: Vec<WhyEntry>,
    /// What was not plainly read, how it is taken, and what another reading would give.
    pub other_readings: Vec<String>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

impl Named for WhyReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl WhyReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/why/v1";
}

/// One entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WhyEntry {
    /// The entry.
    pub location: Location,
    /// Its seats; null where they cannot be read, and for capabilities.
    pub max_users: Option<u64>,
    /// From when on; null where that cannot be read.
    pub start_date: Option<Instant>,
    /// Of capabilities, the first instant without it; null where none is stated or it cannot be read.
    pub end_date: Option<Instant>,
    /// Whether this is what holds at the as-of; of several entries that say the same, each.
    pub holds: bool,
    /// Whether its id cannot be read: then it belongs to no item, and may belong to this one.
    pub may_belong: bool,
    /// What it does, in words.
    pub reading: String,
    /// The same in parts, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) words: EntryWords,
}

/// Where the seats of one item come from, for the pages of other answers.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Its entries, in the order of time; those without a date last.
    pub entries: Vec<WhyEntry>,
    /// What was not plainly read, how it is taken, and what another reading would give.
    pub other_readings: Vec<String>,
}

/// What is said of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EntryWords {
    /// Its line; "1:94" where several entries stand on one line.
    pub(crate) line: String,
    /// What is said on every day.
    pub(crate) always: String,
    /// What is said before it begins; nothing where the day makes no difference.
    pub(crate) later: Option<String>,
}

impl EntryWords {
    pub(super) fn always(always: String) -> Self {
        Self { always, ..Self::default() }
    }

    /// What is said on a day besides, by whether the entry has begun and whether it holds.
    pub(crate) fn at(&self, started: bool, holds: bool, kind: ItemKind) -> Option<&str> {
        let later = self.later.as_deref()?;
        Some(match (started, holds) {
            (_, true) => "holds",
            (true, false) if kind == ItemKind::Capability => "over",
            (true, false) => "until the next entry",
            (false, false) => later,
        })
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSuchItem {
    /// The license has no such id.
    #[error("no {} has the id {id:?}{}", .kind.map_or("item", ItemKind::noun), like(.near))]
    Unknown {
        /// The id that was asked for.
        id: String,
        /// The kind, if only that one was asked for.
        kind: Option<ItemKind>,
        /// Ids that are meant, perhaps.
        near: Vec<String>,
    },
    /// The id is one of several kinds.
    #[error("{id:?} is {}", kinds(.found))]
    Several {
        /// The id that was asked for.
        id: String,
        /// The kinds that have it.
        found: Vec<ItemKind>,
    },
}

fn like(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}

fn kinds(found: &[ItemKind]) -> String {
    found.iter().map(|kind| kind.noun()).collect::<Vec<_>>().join(" and ")
}
