//! Versions of portals and license files.

use std::fmt;
use std::str::FromStr;

/// A version, compared by major and minor: files say 10.8 for portals 10.8 and 10.8.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The major version: 10 in 10.8.1.
    pub major: u32,
    /// The minor version: 8 in 10.8.1.
    pub minor: u32,
}

/// The text does not have the form `10.8` or `10.8.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a version such as 11.4")]
pub struct ParseVersionError;

impl FromStr for Version {
    type Err = ParseVersionError;

    fn from_str(text: &str) -> Result<Self, ParseVersionError> {
        let mut parts = text.split('.').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse::<u32>().map_err(|_| ParseVersionError) } else { Err(ParseVersionError) }
        });
        let major = parts.next().ok_or(ParseVersionError)??;
        let minor = parts.next().transpose()?.unwrap_or(0);
        parts.try_for_each(|part| part.map(|_| ()))?;
        Ok(Self { major, minor })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_do_not_count() {
        let version = |text: &str| text.parse::<Version>();
        assert_eq!(version("10.8.1"), version("10.8"));
        assert_eq!(version("12"), version("12.0"));
        assert!(version("10.9").unwrap() < version("11.0").unwrap());
        assert!(version("10.9").unwrap() < version("10.10").unwrap());
        for text in ["", "10.", "v11", "11.x", "10.8.", "-1.0", "+10.8"] {
            assert!(version(text).is_err(), "{text}");
        }
    }
}
