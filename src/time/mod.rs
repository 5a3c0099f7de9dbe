//! Instants, zones, periods, and the forms in which people write them. All calendar arithmetic of the crate stands
//! here.

mod instant;
#[cfg(test)]
mod oracle;
mod period;
pub mod when;
mod zone;

pub use instant::Instant;
pub(crate) use instant::likely;
pub use period::{ParsePeriodError, Period};
pub use zone::{UnknownZone, Zone};
