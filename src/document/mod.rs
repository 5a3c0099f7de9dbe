//! The license document as it stands, member by member: what validateLicense answers, and what My Esri hands out.
//!
//! Nothing is judged here. Every value of interest is kept as the text that stands there; [`Reading`] says what it means.

mod license;
mod members;
mod objects;
mod reading;
mod understood;

pub use license::{
    AppBundleDefinition, CapabilityEntry, Definitions, Entitlement, Entry, IncludedExtension, LicenseDocument, MyEsri,
    Provision, UserTypeDefinition,
};
pub use members::members_at;
pub use objects::{Visit, objects};
pub use reading::{Leniency, MAX_SEATS, Reading, Unreadable, count, date, id};
pub use understood::{to_value, understood};
