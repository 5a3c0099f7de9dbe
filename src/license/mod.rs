//! The license document member by member, the items in it, and what is published about their ids.
//!
//! This room judges nothing. Every member that is read keeps its text; [`Reading`] says what the text means.

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
mod pointers;
mod reading;
mod successor;
mod version;

pub use administrator::{
    Administrator, AdministratorList, Basis, Compatible, Obstacle, foreign_list, possible_administrator_types,
    usable_administrator_time, usable_administrator_types,
};
pub use common_end::common_end;
pub use document::{
    AppBundleDefinition, CapabilityEntry, Entitlement, Entry, IncludedExtension, LicenseDocument, MyEsri,
    UserTypeDefinition,
};
pub use excerpt::Excerpt;
pub use faults::{Fault, Trouble, faults};
pub use holding::Holding;
pub use horizon::{Horizon, HorizonKind, HorizonReason};
pub use item::Item;
pub(crate) use item::user_types_with_seats;
pub use kind::ItemKind;
pub use reading::{Expiration, Leniency, MAX_SEATS, Reading, Unreadable, count, date, expiration, id};
pub use successor::{Evidence, Pool, Share, Successor, Successors, retirement};
pub use version::Version;
