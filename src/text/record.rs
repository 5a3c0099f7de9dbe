//! Records: JSON objects, one a line, with the fields that the user chose.

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeStruct, Serializer};
use serde_json::ser::CompactFormatter;

use super::json::Escaping;

/// The fields that the user chose; `None` for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Option<AskedFields>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct AskedFields {
    names: Vec<String>,
    /// The marks of the names: of most others it is known at once that they are not among them.
    marks: u64,
}

impl AskedFields {
    fn new(names: Vec<String>) -> Self {
        let marks = names.iter().fold(0, |marks, name| marks | mark(name));
        Self { names, marks }
    }
}

/// One of 64 bits, by the length and the first letter of a name.
fn mark(name: &str) -> u64 {
    let first = name.bytes().next().map_or(0, usize::from);
    1 << ((name.len() * 7 + first) % 64)
}

impl Fields {
    /// These fields, in this order.
    #[must_use]
    pub fn only(names: Vec<String>) -> Self {
        Self(Some(AskedFields::new(names)))
    }

    /// The chosen fields, with `first` before them.
    #[must_use]
    pub fn and(self, first: &[&str]) -> Self {
        Self(self.0.map(|asked| {
            let mut all: Vec<String> = first.iter().map(|name| (*name).to_owned()).collect();
            all.extend(asked.names.into_iter().filter(|name| !first.contains(&name.as_str())));
            AskedFields::new(all)
        }))
    }

    /// The chosen names that are not among the known ones.
    pub fn unknown<'f>(&'f self, known: &[&str]) -> impl Iterator<Item = &'f str> {
        self.0.iter().flat_map(|asked| &asked.names).map(String::as_str).filter(|name| !known.contains(name))
    }

    /// Whether the field of this name is written.
    #[must_use]
    #[inline]
    pub fn wants(&self, name: &str) -> bool {
        let is_among = |asked: &AskedFields| asked.marks & mark(name) != 0 && asked.names.iter().any(|one| one == name);
        self.0.as_ref().is_none_or(is_among)
    }

    /// The elements of `all` that were chosen, each once.
    pub(crate) fn choose<'c, C>(&self, all: &'c [C], is: impl Fn(&C, &str) -> bool) -> Vec<&'c C> {
        let Some(AskedFields { names, .. }) = &self.0 else { return all.iter().collect() };
        let mut left: Vec<&C> = all.iter().collect();
        let mut chosen = Vec::new();
        for name in names {
            chosen.extend(left.extract_if(.., |one| is(one, name)));
        }
        chosen
    }
}

/// A JSON object that is being written.
pub(crate) struct JsonRecord<'r> {
    line: &'r mut Vec<u8>,
    fields: &'r Fields,
}

/// Appends a record to `lines`: the fields that `fill` writes and the user chose.
///
/// # Errors
/// None is known: `fill` writes only structs.
pub(crate) fn record(
    lines: &mut Vec<u8>,
    fields: &Fields,
    fill: impl FnOnce(&mut JsonRecord<'_>) -> serde_json::Result<()>,
) -> serde_json::Result<()> {
    let start = lines.len();
    fill(&mut JsonRecord { line: lines, fields })?;
    match lines.get_mut(start) {
        // The comma before the first field.
        Some(first) => *first = b'{',
        None => lines.push(b'{'),
    }
    lines.extend_from_slice(b"}\n");
    Ok(())
}

impl JsonRecord<'_> {
    /// Writes a field if it was chosen. Its name is a name of our own, in which nothing is to be escaped.
    pub(crate) fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> serde_json::Result<()> {
        if !self.fields.wants(name) {
            return Ok(());
        }
        debug_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{name}");
        self.line.extend_from_slice(b",\"");
        self.line.extend_from_slice(name.as_bytes());
        self.line.extend_from_slice(b"\":");
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut *self.line, Escaping(CompactFormatter)))
    }

    /// Writes the fields of a struct beside the others.
    pub(crate) fn part(&mut self, part: &impl Serialize) -> serde_json::Result<()> {
        part.serialize(RecordPart(self))
    }

    /// Fields that were written before, by [`fields`].
    pub(crate) fn written(&mut self, fields: &[u8]) {
        self.line.extend_from_slice(fields);
    }
}

/// The fields that `fill` writes, to be put into many records.
///
/// # Errors
/// As [`record`].
pub(crate) fn fields(
    asked: &Fields,
    fill: impl FnOnce(&mut JsonRecord<'_>) -> serde_json::Result<()>,
) -> serde_json::Result<Vec<u8>> {
    let mut written = Vec::new();
    fill(&mut JsonRecord { line: &mut written, fields: asked })?;
    Ok(written)
}

/// A serializer for a struct that becomes a part of the record; it refuses every other value.
struct RecordPart<'p, 'r>(&'p mut JsonRecord<'r>);

type NotAStruct = Impossible<(), serde_json::Error>;

fn refused<T>() -> serde_json::Result<T> {
    Err(serde_json::Error::custom("a record is made of structs"))
}

macro_rules! refuse {
    ($($method:ident($($type:ty),*) -> $result:ty;)*) => {
        $(fn $method(self $(, _: $type)*) -> serde_json::Result<$result> {
            refused()
        })*
    };
}

impl Serializer for RecordPart<'_, '_> {
    type Ok = ();
    type Error = serde_json::Error;
    type SerializeSeq = NotAStruct;
    type SerializeTuple = NotAStruct;
    type SerializeTupleStruct = NotAStruct;
    type SerializeTupleVariant = NotAStruct;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = NotAStruct;

    fn serialize_struct(self, _: &'static str, _: usize) -> serde_json::Result<Self> {
        Ok(self)
    }

    /// Begins a struct into which another struct is flattened.
    fn serialize_map(self, _: Option<usize>) -> serde_json::Result<Self> {
        Ok(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> serde_json::Result<()> {
        refused()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> serde_json::Result<()> {
        refused()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> serde_json::Result<()> {
        refused()
    }

    refuse! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> NotAStruct;
        serialize_tuple(usize) -> NotAStruct;
        serialize_tuple_struct(&'static str, usize) -> NotAStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> NotAStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> NotAStruct;
    }
}

impl SerializeStruct for RecordPart<'_, '_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> serde_json::Result<()> {
        self.0.field(key, value)
    }

    fn end(self) -> serde_json::Result<()> {
        Ok(())
    }
}

impl SerializeMap for RecordPart<'_, '_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_entry<K, V>(&mut self, key: &K, value: &V) -> serde_json::Result<()>
    where
        K: Serialize + ?Sized,
        V: Serialize + ?Sized,
    {
        match serde_json::to_value(key)? {
            serde_json::Value::String(key) => self.0.field(&key, value),
            _ => refused(),
        }
    }

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> serde_json::Result<()> {
        refused()
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> serde_json::Result<()> {
        refused()
    }

    fn end(self) -> serde_json::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Own {
        seats: u64,
        #[serde(flatten)]
        name: Name,
    }

    #[derive(Serialize)]
    struct Name {
        id: &'static str,
        note: Option<&'static str>,
    }

    fn line(fields: &Fields) -> String {
        let mut lines = Vec::new();
        let own = Own { seats: 5, name: Name { id: "a", note: None } };
        record(&mut lines, fields, |record| {
            record.field("record", "item")?;
            record.part(&own)
        })
        .unwrap();
        String::from_utf8(lines).unwrap()
    }

    #[test]
    fn a_record_has_the_fields_that_are_asked_for() {
        assert_eq!(line(&Fields::default()), "{\"record\":\"item\",\"seats\":5,\"id\":\"a\",\"note\":null}\n");
        let fields = Fields::only(vec!["note".to_owned(), "seats".to_owned(), "x".to_owned()]);
        assert_eq!(line(&fields), "{\"seats\":5,\"note\":null}\n");
        assert_eq!(fields.unknown(&["note", "seats"]).collect::<Vec<_>>(), ["x"]);
        assert_eq!(line(&fields.and(&["record"])), "{\"record\":\"item\",\"seats\":5,\"note\":null}\n");
        assert_eq!(Fields::only(Vec::new()).choose(&["a"], |one, name| *one == name), Vec::<&&str>::new());
    }
}
