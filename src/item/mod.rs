//! The items of a license: one id of one kind, with its entries merged into a timeline.

mod build;
mod common_end;
mod kind;
mod pointers;

pub use build::{Definition, Item, effective_entry};
pub use common_end::common_end;
pub use kind::ItemKind;
