//! Workbooks for Excel: tables that have names, filters and headers that stay, formulas that carry their result.

mod cell;
mod chart;

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError,
};

pub(crate) use cell::Value;
pub(crate) use chart::{Chart, Series};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    /// Text of several lines or sentences, which is wrapped.
    Prose,
    Count,
    Date,
    /// Days that are left, coloured by how few they are.
    DaysLeft,
    /// A number that is a trouble unless it is 0.
    Lack,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column(pub(crate) &'static str, pub(crate) Form);

/// One sheet: some lines of facts, and a table below them.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The name of the sheet and of its table: letters only.
    pub(crate) name: &'static str,
    /// Facts above the table: what it is called, and what it is.
    pub(crate) facts: Vec<(&'static str, Value)>,
    /// Whether the first fact is to be changed by whoever reads.
    pub(crate) asks: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Value>>,
    pub(crate) chart: Option<Chart>,
}

/// A sheet that is not shown, which formulas look things up in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hidden {
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// The widest column, in pixels: what is wider is wrapped.
const WIDEST: u32 = 340;

/// Days left, and the colour of what has at most so many.
const BANDS: [(i32, i32, u32); 4] =
    [(0, 29, 0x00F8_CBAD), (30, 59, 0x00FC_E4D6), (60, 89, 0x00FF_F2CC), (90, 120, 0x00E2_EFDA)];

/// Writes a workbook. The same sheets make the same bytes.
///
/// # Errors
/// Where Excel has no room: a sheet takes 1,048,575 rows.
pub(crate) fn workbook(sheets: &[Sheet], hidden: &[Hidden]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Otherwise the clock would be in it.
    let created = ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in sheets {
        write(book.add_worksheet(), sheet)?;
    }
    for sheet in hidden.iter().filter(|sheet| !sheet.rows.is_empty()) {
        let worksheet = book.add_worksheet();
        worksheet.set_name(sheet.name)?.set_hidden(true);
        let plain = Format::new();
        for (row, values) in (0..).zip(&sheet.rows) {
            for (column, value) in (0..).zip(values) {
                value.write(worksheet, row, column, &plain)?;
            }
        }
    }
    book.save_to_buffer()
}

fn write(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    worksheet.set_name(sheet.name)?;
    for (row, (label, value)) in (0..).zip(&sheet.facts) {
        worksheet.write_string_with_format(row, 0, *label, &Format::new().set_bold())?;
        let format = value.format().set_align(FormatAlign::Left);
        let asks = sheet.asks && row == 0;
        let asked = || format.clone().set_background_color(Color::RGB(0x00FF_F2CC)).set_border(FormatBorder::Thin);
        value.write(worksheet, row, 1, &if asks { asked() } else { format.clone() })?;
    }
    let head = sheet.head();
    let columns: Vec<_> = sheet.columns.iter().map(|column| TableColumn::new().set_header(column.0)).collect();
    // A table has a row at least.
    let last = head + u32::try_from(sheet.rows.len().max(1)).unwrap_or(u32::MAX - head);
    let width = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    if !sheet.columns.is_empty() {
        let table = Table::new().set_name(sheet.name).set_columns(&columns).set_style(TableStyle::Light9);
        worksheet.add_table(head, 0, last, width, &table)?;
        worksheet.set_freeze_panes(head + 1, 0)?;
        worksheet.set_repeat_rows(head, head)?;
    }
    let formats: Vec<_> = sheet.columns.iter().map(|column| column.1.format()).collect();
    for (row, values) in (head + 1..).zip(&sheet.rows) {
        for ((column, value), format) in (0..).zip(values).zip(&formats) {
            value.write(worksheet, row, column, format)?;
        }
    }
    for (column, Column(_, form)) in (0..).zip(&sheet.columns) {
        form.colour(worksheet, head + 1, last, column)?;
    }
    worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    worksheet.set_autofit_max_width(WIDEST).autofit();
    if let Some(chart) = &sheet.chart {
        worksheet.insert_chart(0, width + 2, &chart.drawn()?)?;
    }
    Ok(())
}

impl Sheet {
    /// The row that a row added now will be, as Excel counts.
    pub(crate) fn next_row(&self) -> u32 {
        self.head() + 2 + u32::try_from(self.rows.len()).unwrap_or(u32::MAX - 1_000)
    }

    /// The row of the headers, from 0.
    fn head(&self) -> u32 {
        u32::try_from(self.facts.len()).map_or(0, |facts| if facts == 0 { 0 } else { facts + 1 })
    }
}

impl Form {
    fn format(self) -> Format {
        let format = Format::new().set_align(FormatAlign::Top);
        match self {
            Self::Text => format,
            Self::Prose => format.set_text_wrap(),
            Self::Count | Self::DaysLeft | Self::Lack => format.set_num_format("#,##0"),
            Self::Date => format.set_num_format(cell::DATE).set_align(FormatAlign::Left),
        }
    }

    fn colour(self, worksheet: &mut Worksheet, first: u32, last: u32, column: u16) -> Result<(), XlsxError> {
        let fill = |colour| Format::new().set_background_color(Color::RGB(colour));
        match self {
            Self::DaysLeft => {
                for (from, to, colour) in BANDS {
                    let rule = ConditionalFormatCellRule::Between(from, to);
                    let band = ConditionalFormatCell::new().set_rule(rule).set_format(fill(colour));
                    worksheet.add_conditional_format(first, column, last, column, &band)?;
                }
            }
            Self::Lack => {
                let rule = ConditionalFormatCellRule::GreaterThan(0);
                let lack = ConditionalFormatCell::new().set_rule(rule).set_format(fill(0x00F8_CBAD).set_bold());
                worksheet.add_conditional_format(first, column, last, column, &lack)?;
            }
            Self::Text | Self::Prose | Self::Count | Self::Date => {}
        }
        Ok(())
    }
}
