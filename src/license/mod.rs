//! The license document member by member, the items in it, and what is published about their ids.
//!
//! This room makes no judgements. Every member that is read keeps its text; [`Reading`] says what the text means.

mod administrator;
pub mod catalog;
mod common_end;
mod definition;
#[cfg(test)]
pub(crate) mod disturbed;
mod document;
mod excerpt;
mod faults;
mod holding;
mod horizon;
mod item;
mod kind;
mod plain;
mod plain_group;
mod plain_items;
mod plain_license;
mod plain_mentions;
mod plain_shares;
mod pointers;
mod reading;
mod successor;
mod version;

pub use administrator::{
    Administrator, AdministratorList, AdministratorObstacle, Basis, Compatible, foreign_list,
    possible_administrator_types, usable_administrator_time, usable_administrator_types,
};
pub use common_end::common_end;
pub use document::{
    AppBundleDefinition, CapabilityEntry, Entry, IncludedExtension, LicenseDocument, ListedEntitlement, MyEsri,
    UserTypeDefinition,
};
pub(crate) use excerpt::excerpt;
pub use faults::{Fault, FaultKind, faults};
pub use holding::Holding;
pub use horizon::{Horizon, HorizonKind, HorizonReason};
pub use item::Item;
pub(crate) use item::{tells_seats, user_types_with_seats};
pub use kind::ItemKind;
pub(crate) use plain_license::{PlainDefinition, PlainExtra, PlainLicense, entitlement, included};
pub(crate) use reading::whole_number;
pub use reading::{Expiration, Leniency, MAX_SEATS, Reading, Unreadable, count, date, expiration, id};
pub use successor::{Evidence, Share, Successor, SuccessorPool, Successors, retirement};
pub use version::Version;
