//! Step charts of the values of a hidden sheet.

use rust_xlsxwriter::{Chart as Drawn, ChartLine, ChartType, XlsxError};

/// A chart of lines over time.
#[derive(Clone, Debug)]
pub(crate) struct SheetChart {
    pub(crate) title: String,
    /// The description for readers who cannot see the chart.
    pub(crate) alt_text: String,
    /// The name of the sheet with the dates and numbers.
    pub(crate) sheet: &'static str,
    pub(crate) series: Vec<Series>,
    /// The first and the last date.
    pub(crate) range: (f64, f64),
}

/// A line of the chart: a column of dates, with a column of numbers beside it.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) column: u16,
    /// The first and the last row, from 0.
    pub(crate) rows: (u32, u32),
}

/// The height of a chart in rows of usual height.
pub(super) const ROWS: u32 = 20;

/// The width of a chart beside a table, in columns of usual width.
pub(super) const COLUMNS: u16 = 3;

/// The width in pixels: at most that of a small table.
const WIDTH: u32 = 760;

/// The colours of the lines, one for each kind of item.
const COLOURS: [u32; 5] = [0x001F_77B4, 0x00D6_6A00, 0x002C_8C3C, 0x0088_4EA0, 0x0080_8080];

impl SheetChart {
    pub(super) fn drawn(&self) -> Result<Drawn, XlsxError> {
        let mut drawn = Drawn::new(ChartType::ScatterStraight);
        for (Series { name, column, rows: (first, last) }, colour) in
            self.series.iter().zip(COLOURS.into_iter().cycle())
        {
            let mut line = ChartLine::new();
            line.set_color(colour).set_width(2);
            let series = drawn.add_series();
            series.set_name(name.as_str()).set_format(&mut line);
            series.set_categories((self.sheet, *first, *column, *last, *column));
            series.set_values((self.sheet, *first, *column + 1, *last, *column + 1));
        }
        drawn.title().set_name(self.title.as_str());
        drawn.x_axis().set_num_format("yyyy-mm").set_min(self.range.0).set_max(self.range.1);
        drawn.y_axis().set_num_format("#,##0").set_min(0);
        drawn.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
        drawn.show_hidden_data();
        drawn.set_width(WIDTH).set_height(ROWS * 20 - 20).set_alt_text(self.alt_text.as_str());
        Ok(drawn)
    }
}
