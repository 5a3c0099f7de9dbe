//! Text that is safe to show, whatever the file holds that it comes from.

mod cell;
mod direct;
mod excerpt;
mod json;
mod markdown;
mod phrase;
mod record;
mod shell;
mod shortened;
mod suggest;
mod uri;
mod visible;

pub(crate) use cell::inert;
pub(crate) use direct::{write_list, write_number, write_or_null, write_text, write_truth};
pub use excerpt::Excerpt;
pub use json::{to_json, to_json_line};
pub(crate) use markdown::code;
pub use markdown::escape_markdown;
pub use phrase::Phrase;
pub(crate) use phrase::{name, phrase};
pub use record::Fields;
pub(crate) use record::{JsonRecord, fields, record};
pub use shell::shell_word;
pub(crate) use shortened::shortened;
pub use suggest::nearest;
pub(crate) use uri::{file_uri, path_uri, uri};
pub use visible::visible;
