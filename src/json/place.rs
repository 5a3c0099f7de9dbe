//! Members that should hold an object or a list. Of any other value only its sort is kept.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::json::repeated::located;
use crate::json::{JsonKind, Raw, Text};

/// A member that should hold an object or a list. Another value is no error: a license with an odd member is still a
/// license.
#[derive(Clone, Debug, Default)]
pub enum Place<T> {
    /// The member is missing.
    #[default]
    Missing,
    /// The member holds a value of another sort, such as `null`.
    Other(JsonKind),
    /// The member holds the expected object or list.
    Here(T),
}

impl<T> Place<T> {
    /// The expected object or list; `None` where there is none.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Missing | Self::Other(_) => None,
        }
    }
}

impl<T> Place<Vec<T>> {
    /// The elements of the list; empty where there is no list.
    pub fn elements(&self) -> &[T] {
        self.here().map_or(&[], Vec::as_slice)
    }
}

/// The way in which the text of a document is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// In one go, which is fast. It fails where [`Pass::Careful`] fails, and also where an object or a list is
    /// expected and a number too large for a float or a string with half a surrogate pair stands. The error does not
    /// know its place.
    Plain,
    /// Each object and list is delimited first, and read then. Only broken JSON and repeated members are errors, and
    /// an error knows its place.
    Careful,
}

/// A type that is read from a list or from an object; `members!` makes those for objects.
pub trait Container<'de>: Sized {
    /// Reads an object.
    ///
    /// # Errors
    /// An error where the JSON ends or breaks off, or a member that is read stands twice.
    fn from_map<A: MapAccess<'de>>(mut map: A, _: Pass) -> Result<Place<Self>, A::Error> {
        while map.next_entry::<Text<'de>, IgnoredAny>()?.is_some() {}
        Ok(Place::Other(JsonKind::Object))
    }

    /// Reads a list.
    ///
    /// # Errors
    /// An error where the JSON ends or breaks off, or a member that is read stands twice.
    fn from_seq<A: SeqAccess<'de>>(mut seq: A, _: Pass) -> Result<Place<Self>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Place::Other(JsonKind::Array))
    }
}

impl<'de, T: FromJson<'de>> Container<'de> for Vec<T> {
    fn from_seq<A: SeqAccess<'de>>(mut seq: A, pass: Pass) -> Result<Place<Self>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = seq.next_element_seed(Seed::new(pass))? {
            elements.push(element);
        }
        Ok(Place::Here(elements))
    }
}

/// A value inside an object or a list.
pub trait FromJson<'de>: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// The errors of [`Container`]; further ones depend on the pass.
    fn read<D: Deserializer<'de>>(deserializer: D, pass: Pass) -> Result<Self, D::Error>;
}

impl<'de: 'a, 'a> FromJson<'de> for Raw<'a> {
    fn read<D: Deserializer<'de>>(deserializer: D, _: Pass) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl<'de, T: Container<'de>> FromJson<'de> for Place<T> {
    fn read<D: Deserializer<'de>>(deserializer: D, pass: Pass) -> Result<Self, D::Error> {
        match pass {
            Pass::Plain => deserializer.deserialize_any(ContainerVisitor(pass, PhantomData)),
            Pass::Careful => Self::deserialize(deserializer),
        }
    }
}

/// Reads a [`FromJson`] with a pass.
pub struct Seed<T>(Pass, PhantomData<T>);

impl<T> Seed<T> {
    /// A seed for this pass.
    #[must_use]
    pub fn new(pass: Pass) -> Self {
        Self(pass, PhantomData)
    }
}

impl<'de, T: FromJson<'de>> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer, self.0)
    }
}

/// Reads the name of a member by a pass.
pub struct MemberName(pub Pass);

impl<'de> DeserializeSeed<'de> for MemberName {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Cow<'de, str>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(key))
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(key.to_owned()))
            }
        }

        match self.0 {
            // Half a surrogate pair fails here, and is an escape in the other pass.
            Pass::Plain => deserializer.deserialize_str(KeyVisitor),
            Pass::Careful => Text::deserialize(deserializer).map(|Text(key)| key),
        }
    }
}

/// A value that is read with [`Pass::Plain`].
#[derive(Clone, Debug)]
pub struct Plain<T>(pub Place<T>);

impl<'de, T: Container<'de>> Deserialize<'de> for Plain<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Place::read(deserializer, Pass::Plain).map(Self)
    }
}

impl<'de, T: Container<'de>> Deserialize<'de> for Place<T> {
    /// Takes the text first, and parses only objects and lists ([`Pass::Careful`]): a number too large for a float or
    /// a string with a lone surrogate is no error.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        match (raw.kind(), raw.text()) {
            (Some(JsonKind::Object | JsonKind::Array), Some(text)) => serde_json::Deserializer::from_str(text)
                .deserialize_any(ContainerVisitor(Pass::Careful, PhantomData))
                .map_err(|error| located(&error, text)),
            (Some(other), _) => Ok(Self::Other(other)),
            (None, _) => Ok(Self::Missing),
        }
    }
}

struct ContainerVisitor<T>(Pass, PhantomData<T>);

/// Implements [`Container`] for values that are no containers.
macro_rules! others {
    ($($method:ident($type:ty) => $kind:ident,)*) => {
        $(fn $method<E: Error>(self, _: $type) -> Result<Self::Value, E> {
            Ok(Place::Other(JsonKind::$kind))
        })*
    };
}

impl<'de, T: Container<'de>> Visitor<'de> for ContainerVisitor<T> {
    type Value = Place<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_map(map, self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        T::from_seq(seq, self.0)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Place::Other(JsonKind::Null))
    }

    others! {
        visit_bool(bool) => Boolean,
        visit_i64(i64) => Number,
        visit_u64(u64) => Number,
        visit_f64(f64) => Number,
        visit_str(&str) => String,
    }
}

/// Declares an object by the members that are read. Reading fails if such a member stands twice, because the document
/// then contradicts itself. The names of all other members are kept in `others`, in order and with repeats; their
/// values are dropped.
macro_rules! members {
    ($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$doc:meta])* $key:literal => $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        $vis struct $name<'a> {
            $($(#[$doc])* pub(crate) $field: $type,)*
            /// The names of the members that are not read, in order.
            #[allow(dead_code, reason = "not asked of every object")]
            pub(crate) others: Vec<std::borrow::Cow<'a, str>>,
        }

        impl<'de: 'a, 'a> $crate::json::Container<'de> for $name<'a> {
            fn from_map<A: serde::de::MapAccess<'de>>(
                mut map: A,
                pass: $crate::json::Pass,
            ) -> Result<$crate::json::Place<Self>, A::Error> {
                $(let mut $field: Option<$type> = None;)*
                let mut others = Vec::new();
                while let Some(key) = map.next_key_seed($crate::json::MemberName(pass))? {
                    match key.as_ref() {
                        $($key => {
                            if $field.is_some() {
                                return Err(serde::de::Error::custom(concat!("\"", $key, "\" stands twice")));
                            }
                            $field = Some(map.next_value_seed($crate::json::Seed::<$type>::new(pass))?);
                        })*
                        _ => {
                            map.next_value::<serde::de::IgnoredAny>()?;
                            others.push(key);
                        }
                    }
                }
                Ok($crate::json::Place::Here(Self { $($field: $field.unwrap_or_default(),)* others }))
            }
        }
    };
}
pub(crate) use members;
