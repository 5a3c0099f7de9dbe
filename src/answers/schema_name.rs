//! The `schema` member of an answer, which stands first in its JSON.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// An answer whose JSON names its form in the `schema` member.
pub(crate) trait NamedForm {
    /// The name of the form, with its version: `seatline/fit/v1`.
    const NAME: &'static str;
}

/// Reads the `schema` member; JSON of another form, or of another version, is refused.
pub(crate) fn read<'de, A: NamedForm, D: Deserializer<'de>>(reader: D) -> Result<Cow<'static, str>, D::Error> {
    let name = String::deserialize(reader)?;
    if name == A::NAME {
        Ok(Cow::Borrowed(A::NAME))
    } else {
        Err(D::Error::custom(format!("this is {name:?}, and {:?} is read here", A::NAME)))
    }
}
