//! JSON as a license document needs it: only documented members are read, every value keeps its text, and every value can be
//! found again by its pointer. `serde_json` decides which text is valid JSON; the scan takes only texts that it would take, and leaves it
//! the others.

mod eight_bytes;
mod kind;
mod lines;
mod locate;
mod place;
mod pointer;
mod raw;
mod repeated;
mod scan;
mod table;

pub use kind::JsonKind;
pub use lines::{LineIndex, Position};
pub use locate::Locator;
pub use place::{Container, MemberName, Pass, Place, Plain, Seed};
pub use pointer::Pointer;
pub use raw::{Raw, Text};
pub use repeated::message_and_place;

pub(crate) use place::members;
pub(crate) use scan::{JsonScan, OtherMembers, once, scan_object};
pub(crate) use table::{Documented, Each, JsonMember, JsonTable, Visit, is_as_documented, objects, table, to_value};
