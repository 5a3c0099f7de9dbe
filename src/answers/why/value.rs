//! The JSON of `seatline why`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, NamedForm};
use crate::answers::{FailureReport, Location};
use crate::license::ItemKind;
use crate::seats::Status;
use crate::time::{Instant, Zone};

/// The question that `why` asks of a license.
#[derive(Clone, Copy, Debug)]
pub struct WhyQuestion<'q> {
    /// The id, compared byte for byte.
    pub id: &'q str,
    /// The kind of the item, needed where several kinds have the id.
    pub kind: Option<ItemKind>,
    /// The instant at which the seats are explained.
    pub as_of: Instant,
    /// The zone of the dates in messages.
    pub zone: Zone,
}

/// The answer of `seatline why`: the entries that the seats of an item come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WhyReport {
    /// The name of this form: `seatline/why/v1`.
    #[cfg_attr(test, schemars(extend("const" = WhyReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<WhyReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant at which the seats are explained.
    pub as_of: Instant,
    /// The source of the license: its envelope's `source`, else the name of the input; null where it could not be read.
    pub source: Option<String>,
    /// The name of the file that was read; positions are in this file. Null where it could not be read.
    pub file: Option<String>,
    /// The number of the document in the file, from 0.
    pub document: usize,
    /// The time at which the license was fetched, as its envelope says; null where no envelope says it.
    pub fetched_at: Option<String>,
    /// The version of the license, as the text that stands there.
    pub version: Option<String>,
    /// The kind of the item; null where the license could not be read.
    pub kind: Option<ItemKind>,
    /// The id that was asked for, compared byte for byte.
    pub id: String,
    /// The name in the document; null where it has none.
    pub name: Option<String>,
    /// The published name of the id; null where the id is not in the catalogue.
    pub known_as: Option<String>,
    /// The seats at the as-of, by the cautious reading; null for capabilities, and where the license could not be read.
    pub seats: Option<u64>,
    /// The status at the as-of; null where the license could not be read.
    pub status: Option<Status>,
    /// Whether every reading gives the same seats at the as-of; null where the license could not be read.
    pub certain: Option<bool>,
    /// The first instant, from the as-of on, at which readings differ; null for never.
    pub certain_until: Option<Instant>,
    /// The entries of the item, and those that may belong to it, in the order of time; those without a date last.
    pub entries: Vec<WhyEntry>,
    /// The values that could not be read plainly, how they are taken, and the result of another reading.
    pub other_readings: Vec<String>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

impl NamedForm for WhyReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl WhyReport {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/why/v1";
}

/// An entry of the item, or an entry that may belong to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WhyEntry {
    /// The place of the entry in the file.
    pub location: Location,
    /// The seats of the entry; null where they cannot be read, and for capabilities.
    pub max_users: Option<u64>,
    /// The instant from which on the entry holds; null where it cannot be read.
    pub start_date: Option<Instant>,
    /// For a capability, the first instant at which it does not exist any more; null where no end is stated, or the
    /// end cannot be read.
    pub end_date: Option<Instant>,
    /// Whether the entry holds at the as-of; where several entries say the same, this is true of each of them.
    pub holds: bool,
    /// Whether the entry's id cannot be read: it belongs to no item, and may belong to this one.
    pub may_belong: bool,
    /// The effect of the entry at the as-of, in words.
    pub reading: String,
    /// The words in parts, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) words: EntryWords,
}

/// The entries that the seats of one item come from, for the pages of other answers.
#[derive(Clone, Debug, Default)]
pub struct ItemEntries {
    /// The entries of the item, in the order of time; those without a date last.
    pub entries: Vec<WhyEntry>,
    /// The values that could not be read plainly, how they are taken, and the result of another reading.
    pub other_readings: Vec<String>,
}

/// The words for an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EntryWords {
    /// The line of the entry, or line and column, "1:94", where several entries stand on one line.
    pub(crate) line: String,
    /// The words that are true on every day.
    pub(crate) always: String,
    /// The words for days before the entry begins; `None` where the day makes no difference.
    pub(crate) later: Option<String>,
}

impl EntryWords {
    pub(super) fn always(always: String) -> Self {
        Self { always, ..Self::default() }
    }

    /// The words for a day, by whether the entry has begun by then and whether it holds.
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

/// Why a license has no answer about an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSuchItem {
    /// No item has this id.
    #[error("no {} has the id {id:?}{}", .kind.map_or("item", ItemKind::noun), like(.near))]
    Unknown {
        /// As the question has it.
        id: String,
        /// The kind that was asked for; `None` for any.
        kind: Option<ItemKind>,
        /// The ids that were perhaps meant.
        near: Vec<String>,
    },
    /// Items of several kinds have this id, and the question names no kind.
    #[error("{id:?} is {}", kinds(.found))]
    Several {
        /// As the question has it.
        id: String,
        /// The kinds that have an item with this id.
        found: Vec<ItemKind>,
    },
}

fn like(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}

fn kinds(found: &[ItemKind]) -> String {
    found.iter().map(|kind| kind.noun()).collect::<Vec<_>>().join(" and ")
}
