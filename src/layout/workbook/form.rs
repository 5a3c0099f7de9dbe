//! The forms of columns: what a column holds, and what its cells look like.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

use crate::layout::workbook::CellValue;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    /// Sentences, which need a wide column.
    Prose,
    Count,
    Date,
    /// A date from which on nothing is left; a date far away may mean no end.
    End,
    /// The number of missing seats, marked unless it is 0.
    Short,
    /// The number of days that are left, coloured by how few they are.
    DaysLeft,
}

/// The precision of dates: the coarsest in which every date of a column is shown exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ClockForm {
    #[default]
    Minutes,
    Seconds,
    Milliseconds,
}

/// A number of days left, with the text and background colours of cells up to that number.
const BANDS: [(i32, i32, u32); 4] =
    [(0, 29, 0x00F8_CBAD), (30, 59, 0x00FC_E4D6), (60, 89, 0x00FF_F2CC), (90, 120, 0x00E2_EFDA)];

/// The widest column of text, in pixels; longer text wraps.
const WIDEST: u32 = 240;

/// The widest column of sentences and of values that must not wrap, in pixels.
const WIDEST_PROSE: u32 = 560;

const HEADER: u32 = 0x00D9_E2F0;

const BAD: u32 = 0x00F8_CBAD;

const COUNT: &str = "#,##0";

/// The mark that follows values that are not certain, as in every output.
const DOUBT: &str = "\" ?\"";

impl ClockForm {
    pub(super) fn format(self) -> &'static str {
        match self {
            Self::Minutes => "yyyy-mm-dd hh:mm",
            Self::Seconds => "yyyy-mm-dd hh:mm:ss",
            Self::Milliseconds => "yyyy-mm-dd hh:mm:ss.000",
        }
    }

    /// The precision that these dates need.
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v CellValue>) -> Self {
        let needed = values.map(|value| match value.shown() {
            CellValue::Date(days) => {
                let ms = (days * 86_400_000.0).round();
                match (ms.rem_euclid(60_000.0), ms.rem_euclid(1_000.0)) {
                    (0.0, _) => Self::Minutes,
                    (_, 0.0) => Self::Seconds,
                    _ => Self::Milliseconds,
                }
            }
            _ => Self::Minutes,
        });
        needed.max().unwrap_or_default()
    }
}

impl Form {
    pub(super) fn format(self, clock: ClockForm) -> Format {
        let format = Format::new().set_align(FormatAlign::Top);
        match self {
            // Text is indented too: without that LibreOffice leaves no room between a number and the text beside it.
            Self::Text | Self::Prose => format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            Self::Count | Self::Short | Self::DaysLeft => {
                format.set_num_format(COUNT).set_align(FormatAlign::Right).set_indent(1)
            }
            Self::Date | Self::End => format.set_num_format(clock.format()).set_align(FormatAlign::Left).set_indent(1),
        }
    }

    /// The format of a value that is not certain.
    pub(super) fn doubtful(self, clock: ClockForm) -> Format {
        let number = match self {
            Self::Date | Self::End => clock.format(),
            _ => COUNT,
        };
        Format::new().set_italic().set_num_format(format!("{number}{DOUBT};-{number}{DOUBT};{number}{DOUBT};@{DOUBT}"))
    }

    /// The format of a column's title, which wraps between words.
    pub(super) fn header(self) -> Format {
        let format = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom);
        let format = format.set_background_color(Color::RGB(HEADER)).set_border_bottom(FormatBorder::Thin);
        match self {
            Self::Count | Self::Short | Self::DaysLeft => format.set_align(FormatAlign::Right).set_indent(1),
            Self::Text | Self::Prose | Self::Date | Self::End => format.set_align(FormatAlign::Left).set_indent(1),
        }
    }

    /// The width that a column needs, in pixels, for values of these numbers of characters.
    pub(super) fn width(self, header: &str, values: impl Iterator<Item = usize>, clock: ClockForm) -> u32 {
        let (more, most) = match self {
            // Room for the characters beyond the minutes, which the width of a value does not count.
            Self::Date | Self::End => (clock.format().len() - ClockForm::Minutes.format().len(), u32::MAX),
            Self::Count | Self::Short | Self::DaysLeft => (0, u32::MAX),
            Self::Text => (0, WIDEST),
            Self::Prose => (0, WIDEST_PROSE),
        };
        let pixels = |characters: usize| u32::try_from(characters).unwrap_or(u32::MAX / 16).saturating_mul(7);
        // Room for the mark of doubt and for the indent.
        let cells = pixels(values.max().unwrap_or(0) + more + 2) + 14;
        // The button of the filter covers a part of the title.
        let words = header.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
        cells.min(most).max(pixels(words) + 30)
    }

    /// Colours cells by their value; an end after `far` is marked: it may mean that there is no end.
    pub(super) fn colour(
        self,
        worksheet: &mut Worksheet,
        rows: (u32, u32),
        column: u16,
        (clock, far): (ClockForm, f64),
    ) -> Result<(), XlsxError> {
        let fill = |colour| Format::new().set_background_color(Color::RGB(colour));
        let mut add = |rule: ConditionalFormatCell| {
            worksheet.add_conditional_format(rows.0, column, rows.1, column, &rule).map(|_| ())
        };
        match self {
            Self::DaysLeft => {
                for (from, to, colour) in BANDS {
                    let rule = ConditionalFormatCellRule::Between(from, to);
                    add(ConditionalFormatCell::new().set_rule(rule).set_format(fill(colour)))?;
                }
            }
            Self::Short => {
                let rule = ConditionalFormatCellRule::Between(1.0, 1e15);
                add(ConditionalFormatCell::new().set_rule(rule).set_format(fill(BAD).set_bold()))?;
            }
            Self::End => {
                let format = format!("\"no end stated, perhaps perpetual (\"{}\")\"", clock.format());
                let rule = ConditionalFormatCellRule::Between(far + 1e-9, 1e7);
                add(ConditionalFormatCell::new().set_rule(rule).set_format(Format::new().set_num_format(format)))?;
            }
            Self::Text | Self::Prose | Self::Count | Self::Date => {}
        }
        Ok(())
    }
}
