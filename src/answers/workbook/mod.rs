//! What the workbooks of several answers share: seats that follow a date, steps, findings, where it all comes from.

mod about;
mod lookup;
mod steps;

pub(crate) use about::InputFile;
pub(in crate::answers) use about::{about, findings};
pub(in crate::answers) use lookup::Lookup;
pub(in crate::answers) use steps::{StepRow, steps_sheet};

use crate::layout::workbook::{Column, Form, Value};
use crate::license::ItemKind;

/// The columns that say which item a row is about.
pub(in crate::answers) const ITEM: [Column; 3] =
    [Column("Kind", Form::Text), Column("Id", Form::Text), Column("Name", Form::Text)];

/// The values of [`ITEM`]; the document's own name comes before the published one.
pub(in crate::answers) fn item(
    kind: ItemKind,
    id: &str,
    name: Option<&str>,
    known_as: Option<&str>,
) -> impl Iterator<Item = Value> {
    [Value::text(kind.as_str()), Value::text(id), Value::maybe(name.or(known_as))].into_iter()
}
