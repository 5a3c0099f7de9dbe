//! Step charts over values of a hidden sheet.

use rust_xlsxwriter::{Chart as Drawn, ChartType, XlsxError};

/// Lines over time.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub(crate) title: String,
    /// What it shows, for who does not see it.
    pub(crate) told: String,
    pub(crate) series: Vec<Series>,
}

/// One line: dates and numbers in two columns of a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) sheet: &'static str,
    /// The column of the dates; the numbers stand in the next one.
    pub(crate) column: u16,
    /// The first row and the last.
    pub(crate) rows: (u32, u32),
}

impl Chart {
    pub(super) fn drawn(&self) -> Result<Drawn, XlsxError> {
        let mut drawn = Drawn::new(ChartType::ScatterStraight);
        for Series { name, sheet, column, rows: (first, last) } in &self.series {
            let series = drawn.add_series();
            series.set_name(name.as_str());
            series.set_categories((*sheet, *first, *column, *last, *column));
            series.set_values((*sheet, *first, *column + 1, *last, *column + 1));
        }
        drawn.title().set_name(self.title.as_str());
        drawn.x_axis().set_num_format("yyyy-mm");
        drawn.y_axis().set_num_format("#,##0").set_min(0);
        drawn.set_width(760).set_height(380).set_alt_text(self.told.as_str());
        Ok(drawn)
    }
}
