//! A workbook as calamine reads it.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use serde_json::Value;

/// The content of a cell, or the stored result of its formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A date, in milliseconds since 1899-12-30.
    Date(i64),
}

pub(crate) struct Book {
    book: std::cell::RefCell<Xlsx<Cursor<Vec<u8>>>>,
    /// The names of the visible sheets, in their order.
    pub(crate) names: Vec<String>,
    pub(crate) hidden: Vec<String>,
}

impl Cell {
    /// An instant, as a cell shows it in UTC.
    pub(crate) fn date(text: &str) -> Self {
        let at: chrono::DateTime<chrono::Utc> = text.parse().unwrap();
        Self::Date(at.timestamp_millis() + 25_569 * 86_400_000)
    }

    pub(crate) fn text(value: &Value) -> Self {
        value.as_str().map_or(Self::Empty, |text| Self::Text(text.to_owned()))
    }
}

impl From<&Data> for Cell {
    fn from(data: &Data) -> Self {
        match data {
            Data::Empty => Self::Empty,
            Data::String(text) if text.is_empty() => Self::Empty,
            Data::String(text) => Self::Text(text.clone()),
            Data::Int(number) => Self::Number(*number as f64),
            Data::Float(number) => Self::Number(*number),
            Data::DateTime(at) => Self::Date((at.as_f64() * 86_400_000.0).round() as i64),
            other => panic!("{other:?}"),
        }
    }
}

impl Book {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        let named = |visible: bool| {
            let sheets = book.sheets_metadata().iter();
            let of = sheets.filter(|sheet| (sheet.visible == SheetVisible::Visible) == visible);
            of.map(|sheet| sheet.name.clone()).collect()
        };
        Self { names: named(true), hidden: named(false), book: book.into() }
    }

    /// The rows of the table of a sheet, each by the words of the header.
    pub(crate) fn table(&self, sheet: &str) -> Vec<HashMap<String, Cell>> {
        let mut book = self.book.borrow_mut();
        let range = book.worksheet_range(sheet).unwrap();
        book.load_tables().unwrap();
        let table = book.table_by_name(sheet).unwrap();
        let columns = table.columns().to_vec();
        let (first, _) = table.data().start().unwrap();
        let (last, _) = table.data().end().unwrap();
        let row = |row: u32| {
            let cells = (0..)
                .zip(&columns)
                .map(|(column, name)| (name.clone(), range.get_value((row, column)).map_or(Cell::Empty, Cell::from)));
            cells.collect()
        };
        (first..=last).map(row).collect()
    }

    /// All cells of a sheet, row by row.
    pub(crate) fn cells(&self, sheet: &str) -> Vec<Vec<Cell>> {
        let range = self.book.borrow_mut().worksheet_range(sheet).unwrap();
        range.rows().map(|row| row.iter().map(Cell::from).collect()).collect()
    }

    pub(crate) fn formulas(&self, sheet: &str) -> Vec<String> {
        let range = self.book.borrow_mut().worksheet_formula(sheet).unwrap();
        range.used_cells().map(|(_, _, formula)| formula.clone()).filter(|formula| !formula.is_empty()).collect()
    }
}
