//! The clock of the machine.

use std::time::SystemTime;

use crate::time::Instant;

/// The present instant in whole seconds; 1970-01-01 for a clock that shows an earlier time.
pub(crate) fn now() -> Instant {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Instant::from_epoch_ms(i64::try_from(since_1970.as_secs()).unwrap_or(0).saturating_mul(1000))
}
