//! The period of a price.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::nearest;

/// The time for which a price buys a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PricePeriod {
    /// The price is for a year.
    Year,
    /// The price is for a month.
    Month,
    /// The price is paid once, for good.
    Once,
}

impl PricePeriod {
    const ALL: [Self; 3] = [Self::Year, Self::Month, Self::Once];

    /// The word in files and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Once => "once",
        }
    }

    /// The words after an amount: "a year", "once".
    #[must_use]
    pub(crate) const fn phrase(self) -> &'static str {
        match self {
            Self::Year => "a year",
            Self::Month => "a month",
            Self::Once => "once",
        }
    }

    /// Reads the word of a period.
    ///
    /// # Errors
    /// The message for another word: what was expected.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|period| period.as_str().eq_ignore_ascii_case(text)).ok_or_else(|| {
            let known = Self::ALL.into_iter().map(Self::as_str);
            let near = nearest(text, known).map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
            format!("period is to be year, month or once, and is {text:?}{near}")
        })
    }
}

impl fmt::Display for PricePeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
