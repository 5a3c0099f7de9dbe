//! JSON pointers (RFC 6901).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A JSON pointer such as `/MyEsri/provision/userTypes/3/maxUsers`; the empty pointer is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to nested members with these names, the outermost first.
    #[must_use]
    pub fn of(keys: &[&str]) -> Self {
        keys.iter().fold(Self::default(), |pointer, key| pointer.key(key))
    }

    /// The pointer of the member `key` in the object at this pointer.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.push('/');
        self.0.push_str(&key.replace('~', "~0").replace('/', "~1"));
        self
    }

    /// The pointer of the element `index`, from 0, in the list at this pointer.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.key(&index.to_string())
    }

    /// The keys and indices of the path, from the root on, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// Takes a text for a pointer.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The pointer of the object or list around this value; the whole document is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        self.0.rsplit_once('/').map_or_else(Self::default, |(parent, _)| Self(parent.to_owned()))
    }

    /// This pointer, then the pointer of each container around the value, up to the whole document.
    pub fn ancestors(&self) -> impl Iterator<Item = Self> {
        let holds = |pointer: &Self| (!pointer.0.is_empty()).then(|| pointer.parent());
        std::iter::successors(Some(self.clone()), holds)
    }

    /// The pointer in its written form, such as `/MyEsri/version`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_escaped_and_come_back() {
        let pointer = Pointer::of(&["a/b", "~1"]).index(3);
        assert_eq!(pointer.as_str(), "/a~1b/~01/3");
        assert_eq!(pointer.segments().collect::<Vec<_>>(), ["a/b", "~1", "3"]);
        assert_eq!(Pointer::default().segments().count(), 0);
    }
}
