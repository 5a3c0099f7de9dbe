//! The license document member by member, the items in it, and what is published about their ids.
//!
//! Nothing is judged here. Every value of interest is kept as the text that stands there; [`Reading`] says what it means.

mod administrator;
pub mod catalog;
mod common_end;
mod document;
mod excerpt;
mod faults;
mod holding;
mod horizon;
mod item;
mod kind;
mod members;
mod objects;
mod pointers;
mod reading;
mod successor;
mod understood;
mod version;

pub use administrator::{
    Administrator, AdministratorList, Basis, Compatible, Obstacle, foreign_list, possible_administrator_types,
    usable_administrator_time, usable_administrator_types,
};
pub use common_end::common_end;
pub use document::{
    AppBundleDefinition, CapabilityEntry, Definitions, Entitlement, Entry, IncludedExtension, LicenseDocument, MyEsri,
    Provision, UserTypeDefinition,
};
pub use excerpt::Excerpt;
pub use faults::{Fault, Trouble, faults};
pub use holding::Holding;
pub use horizon::{Horizon, HorizonKind, HorizonReason};
pub use item::Item;
pub(crate) use item::user_types_with_seats;
pub use kind::ItemKind;
pub use members::members_at;
pub use objects::objects;
pub use reading::{Expiration, Leniency, MAX_SEATS, Reading, Unreadable, count, date, expiration, id};
pub use successor::{Evidence, Pool, Share, Successor, Successors, retirement};
pub use understood::{to_value, understood};
pub use version::Version;
