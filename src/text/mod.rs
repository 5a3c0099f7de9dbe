//! Text that is safe to show, whatever a file holds.

mod escape;
mod json;
mod suggest;

pub(crate) use escape::{code, inert};
pub use escape::{escape_markdown, visible};
pub use json::{to_json, to_json_line};
pub use suggest::nearest;
