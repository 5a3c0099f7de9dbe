//! What an ArcGIS Enterprise portal license gives, on any day, before anyone imports it.
//!
//! Data flows one way, and this is the map of it. A room uses only the rooms above it:
//!
//! | room | what stands there |
//! |---|---|
//! | [`severity`], [`text`], [`json`], [`time`] | what all others use: text that is safe to show, members as they stand, instants and zones |
//! | [`seats`] | seats over time, and where they are not certain |
//! | [`license`] | the document, its items, what was not plainly read, and what is published about ids |
//! | [`source`] | from the bytes of files and folders to documents, each of a known kind |
//! | [`expect`] | what a site expects of its licenses, as data |
//! | [`usage`] | how many seats are assigned, to whom, and what is planned |
//! | [`moves`] | an order of changes of user types, or why there is none |
//! | [`rules`] | findings: what is worth saying about a license |
//! | [`layout`] | tables, CSV, carets; knows nothing of licenses |
//! | [`policy`] | from `seatline.toml` to expectations, levels and waivers |
//! | [`answers`] | a folder for each question: its value, how it is made, what it looks like |
//! | [`portal`] | a portal's address and credentials, its documents, and changes of user types |
//! | [`cli`] | the command line; clock, environment, terminal and stdout are touched here and nowhere else |
//!
//! ```
//! use seatline::license::Item;
//! use seatline::source::Source;
//! use seatline::time::Instant;
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

pub mod answers;
#[cfg(feature = "cli")]
pub mod cli;
pub mod expect;
pub mod json;
pub mod layout;
pub mod license;
pub mod moves;
pub mod policy;
#[cfg(feature = "portal")]
pub mod portal;
pub mod rules;
pub mod seats;
pub mod severity;
pub mod source;
pub mod text;
pub mod time;
pub mod usage;
