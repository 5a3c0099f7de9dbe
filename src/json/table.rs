//! Objects that are declared once, as a table of members. From the table follow how the object is read, compared with
//! the documentation, written as a plain value, and walked through.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::json::{JsonKind, Place, Pointer, Raw};

/// The sorts of value that the documentation allows for a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Documented {
    Null,
    Boolean,
    Number,
    Text,
    List,
    Strings,
}

impl Documented {
    fn allows(self, raw: Raw<'_>, kind: JsonKind) -> bool {
        match self {
            Self::Null => kind == JsonKind::Null,
            Self::Boolean => kind == JsonKind::Boolean,
            Self::Number => kind == JsonKind::Number,
            Self::Text => kind == JsonKind::String,
            Self::List => kind == JsonKind::Array,
            Self::Strings => {
                let elements: Result<Vec<Raw<'_>>, _> = serde_json::from_str(raw.text().unwrap_or_default());
                elements.is_ok_and(|elements| elements.iter().all(|element| element.kind() == Some(JsonKind::String)))
            }
        }
    }
}

/// A function that is called with the pointer of an object, made only if needed, and the names of its members that
/// are not read.
pub(crate) type Visit<'v> = dyn FnMut(&dyn Fn() -> Pointer, &[Cow<'_, str>]) + 'v;

/// A function that is called with a member that is read: its name, its value, and the sorts that the documentation
/// allows.
pub(crate) type Each<'m> = dyn FnMut(&'static str, &dyn JsonMember, &'static [Documented]) + 'm;

/// An object of which certain members are read. `table!` implements it.
pub(crate) trait JsonTable {
    /// The names of the members that are read.
    const NAMES: &'static [&'static str];

    /// Calls `member` with each member that is read, and the sorts that the documentation allows for it.
    fn each(&self, member: &mut Each<'_>);

    /// The names of the members that are not read.
    fn others(&self) -> &[Cow<'_, str>];

    /// The names of the members that are read in the object at the end of a path from this one.
    fn names_at(path: &[&str]) -> &'static [&'static str];
}

/// The content of a member: a value, an object, or a list of objects.
pub(crate) trait JsonMember {
    /// Whether the member is missing or of a documented sort.
    fn is_as_documented(&self, documented: &[Documented]) -> bool;

    /// The parts that are read, as a plain value; `None` where the member is missing. A value of another sort becomes
    /// an empty value of that sort, so that nothing undocumented is kept.
    fn to_value(&self) -> Option<Value>;

    /// Visits the objects in the member that have members which are not read.
    fn objects(&self, pointer: &dyn Fn() -> Pointer, visit: &mut Visit<'_>);

    /// See [`JsonTable::names_at`].
    fn names_at(path: &[&str]) -> &'static [&'static str]
    where
        Self: Sized;
}

impl JsonMember for Raw<'_> {
    fn is_as_documented(&self, documented: &[Documented]) -> bool {
        self.kind().is_none_or(|kind| documented.iter().any(|documented| documented.allows(*self, kind)))
    }

    /// The value itself; a value that is too deep or too large becomes an empty value of its sort.
    fn to_value(&self) -> Option<Value> {
        let kind = self.kind()?;
        Some(serde_json::from_str(self.text()?).unwrap_or_else(|_| empty(kind)))
    }

    fn objects(&self, _: &dyn Fn() -> Pointer, _: &mut Visit<'_>) {}

    fn names_at(_: &[&str]) -> &'static [&'static str] {
        &[]
    }
}

impl<T: JsonTable> JsonMember for Place<T> {
    fn is_as_documented(&self, _: &[Documented]) -> bool {
        match self {
            Self::Here(table) => is_as_documented(table),
            Self::Missing => true,
            Self::Other(_) => false,
        }
    }

    fn to_value(&self) -> Option<Value> {
        match self {
            Self::Here(table) => Some(to_value(table)),
            Self::Missing => None,
            Self::Other(kind) => Some(empty(*kind)),
        }
    }

    fn objects(&self, pointer: &dyn Fn() -> Pointer, visit: &mut Visit<'_>) {
        if let Some(table) = self.here() {
            objects(table, pointer, visit);
        }
    }

    fn names_at(path: &[&str]) -> &'static [&'static str] {
        T::names_at(path)
    }
}

impl<T: JsonTable> JsonMember for Place<Vec<Place<T>>> {
    fn is_as_documented(&self, _: &[Documented]) -> bool {
        match self {
            Self::Here(elements) => elements.iter().all(|element| element.here().is_some_and(is_as_documented)),
            Self::Missing | Self::Other(JsonKind::Null) => true,
            Self::Other(_) => false,
        }
    }

    fn to_value(&self) -> Option<Value> {
        match self {
            Self::Here(elements) => {
                Some(elements.iter().map(|element| element.to_value().unwrap_or(Value::Null)).collect())
            }
            Self::Missing => None,
            Self::Other(kind) => Some(empty(*kind)),
        }
    }

    fn objects(&self, pointer: &dyn Fn() -> Pointer, visit: &mut Visit<'_>) {
        for (index, element) in self.elements().iter().enumerate() {
            element.objects(&|| pointer().index(index), visit);
        }
    }

    fn names_at(path: &[&str]) -> &'static [&'static str] {
        path.split_first().map_or(&[], |(_, inside)| T::names_at(inside))
    }
}

/// Whether every member that is read is missing or of a documented sort.
pub(crate) fn is_as_documented<T: JsonTable>(table: &T) -> bool {
    let mut is = true;
    table.each(&mut |_, member, documented| is = is && member.is_as_documented(documented));
    is
}

/// The members that are read, as a plain value.
pub(crate) fn to_value<T: JsonTable>(table: &T) -> Value {
    let mut members = Map::new();
    table.each(&mut |name, member, _| {
        if let Some(value) = member.to_value() {
            members.insert(name.to_owned(), value);
        }
    });
    Value::Object(members)
}

/// Visits an object and the objects in it that have members which are not read.
pub(crate) fn objects<T: JsonTable>(table: &T, pointer: &dyn Fn() -> Pointer, visit: &mut Visit<'_>) {
    if !table.others().is_empty() {
        visit(pointer, table.others());
    }
    table.each(&mut |name, member, _| member.objects(&|| pointer().key(name), visit));
}

fn empty(kind: JsonKind) -> Value {
    match kind {
        JsonKind::Null => Value::Null,
        JsonKind::Boolean => Value::Bool(false),
        JsonKind::Number => Value::from(0),
        JsonKind::String => Value::from(""),
        JsonKind::Array => Value::Array(Vec::new()),
        JsonKind::Object => Value::Object(Map::new()),
    }
}

/// Declares an object as `members!` does, with the sorts of each member: `"version" => version: Raw<'a> [Text
/// Number],`.
macro_rules! table {
    ($(#[$meta:meta])* $vis:vis $name:ident {
        $($(#[$doc:meta])* $key:literal => $field:ident: $type:ty $([$($documented:ident)*])?,)*
    }) => {
        $crate::json::members! {
            $(#[$meta])*
            $vis $name { $($(#[$doc])* $key => $field: $type,)* }
        }

        impl<'a> $crate::json::JsonTable for $name<'a> {
            const NAMES: &'static [&'static str] = &[$($key),*];

            fn each(&self, member: &mut $crate::json::Each<'_>) {
                $(member($key, &self.$field, &[$($($crate::json::Documented::$documented),*)?]);)*
            }

            fn others(&self) -> &[std::borrow::Cow<'_, str>] {
                &self.others
            }

            fn names_at(path: &[&str]) -> &'static [&'static str] {
                match path.split_first() {
                    None => Self::NAMES,
                    $(Some((&$key, inside)) => <$type as $crate::json::JsonMember>::names_at(inside),)*
                    Some(_) => &[],
                }
            }
        }
    };
}
pub(crate) use table;
