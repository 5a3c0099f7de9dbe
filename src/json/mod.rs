//! JSON as a license document needs it: members read where they are wanted, the text of every value at hand, and any
//! value found again by its pointer. What is valid JSON is for `serde_json` to say.

mod kind;
mod lines;
mod locate;
mod place;
mod pointer;
mod raw;
mod repeated;

pub use kind::JsonKind;
pub use lines::{LineIndex, Position};
pub use locate::Locator;
pub use place::{Container, Pass, Place, Plain, Seed};
pub use pointer::Pointer;
pub use raw::{Raw, Text};
pub use repeated::said_of;

pub(crate) use place::members;
