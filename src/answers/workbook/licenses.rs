//! The columns that tell the license of a row, where there are several licenses. Their seats are never added up.

use crate::layout::workbook::{CellValue, Form, SheetColumn};

#[derive(Clone, Debug)]
pub(in crate::answers) struct Licenses(Vec<String>);

impl Licenses {
    pub(in crate::answers) fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().collect())
    }

    pub(super) fn name(&self, license: usize) -> &str {
        self.0.get(license).map_or("", String::as_str)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The columns, where there are several licenses: a number, since two may have one name, and the name.
    pub(in crate::answers) fn columns(&self) -> Vec<SheetColumn> {
        if self.0.len() < 2 {
            Vec::new()
        } else {
            vec![SheetColumn("No.", Form::Count), SheetColumn("License", Form::Text)]
        }
    }

    /// The values of these columns.
    pub(in crate::answers) fn cells(&self, license: usize) -> Vec<CellValue> {
        if self.0.len() < 2 {
            return Vec::new();
        }
        let number = i128::try_from(license + 1).unwrap_or(0);
        vec![CellValue::Number(number), CellValue::text(self.name(license))]
    }
}
