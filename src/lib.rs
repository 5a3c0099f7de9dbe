//! What an ArcGIS Enterprise portal license gives, on any day, before anyone imports it.
//!
//! Data flows one way, and this is the map of it:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`source`] | bytes of files, folders, standard input | text, and the documents in it, each of a known kind |
//! | [`json`] | text | members as they stand; a pointer's line and column, when they are asked for |
//! | [`document`] | members | the license document, and what its counts, dates and ids mean |
//! | [`usage`] | the portal's own answers, or a CSV | how many seats are assigned today, and to whom |
//! | [`plan`] | a CSV | how many are planned to be |
//! | [`item`] | the document | items: one id of one kind, with its entries |
//! | [`timeline`] | entries | seats over time, and where they are not certain |
//! | [`administrator`], [`catalog`] | an id | whether it is compatible with the Administrator role; published names |
//! | [`policy`] | `seatline.toml` | what a site expects of its licenses |
//! | [`rules`] | document, items, policy | findings: what is worth saying |
//! | [`moves`] | seats and members of each type, and who moves where | an order of batches, or why there is none |
//! | [`report`] | all of these, on a day | the answer as a value |
//! | [`apply`] | moves in order | members with another user type, at the portal |
//! | [`render`] | the answer | text: table, JSON, CSV, Markdown |
//! | [`portal`] | a portal's address and credentials | the bytes that [`source`] reads, from a portal |
//!
//! [`Instant`], [`Zone`], [`when`], [`version`], [`excerpt`] and [`nearest`] are what all of them use. Nothing in the
//! library looks at the clock, the environment or the terminal, but for what the libraries under [`portal`] need to connect.
//!
//! ```
//! use seatline::{Instant, item::Item, source::Source};
//!
//! let source = Source::decode("license.json", std::fs::read("samples/portal-10.8.json")?)?;
//! let license = source.license()?;
//! let day = Instant::from_epoch_ms(1_546_300_800_000); // 2019-01-01
//! let items = Item::all(&license);
//! let creator = items.iter().find(|item| item.id == "creatorUT").ok_or("no Creator")?;
//! assert_eq!(creator.timeline.seats_at(day), 200);
//! assert_eq!(creator.timeline.end_after(day).map(|end| end.to_string()), Some("2020-10-20T20:23:14Z".into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod administrator;
pub mod apply;
pub mod catalog;
pub mod document;
pub mod excerpt;
pub mod instant;
pub mod item;
pub mod json;
pub mod moves;
pub mod nearest;
pub mod plan;
pub mod policy;
pub mod portal;
pub mod render;
pub mod report;
pub mod rules;
pub mod source;
pub mod timeline;
pub mod usage;
pub mod version;
pub mod when;
pub mod zone;

pub use document::LicenseDocument;
pub use instant::Instant;
pub use timeline::SeatTimeline;
pub use zone::Zone;
