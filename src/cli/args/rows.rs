//! The options for rows, in the formats `jsonl` and `csv`.

use clap::{Args, ValueEnum};

use crate::answers::{Page, RowForm, Rows};
use crate::cli::args::excel::ExcelArgs;
use crate::cli::args::formats::Format;
use crate::cli::exit::Stop;
use crate::text::{Fields, nearest};

/// The fields of rows.
#[derive(Debug, Args)]
pub(crate) struct FieldArgs {
    /// In jsonl and csv, write only these fields, separated by commas; may be repeated
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
    /// In jsonl, also write a record for each document, for each failure to read one, and for each finding about
    /// reading
    #[arg(long)]
    pub(crate) inline: bool,
}

/// The form of rows.
#[derive(Debug, Args)]
pub(crate) struct RowArgs {
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    #[command(flatten)]
    pub(crate) excel: ExcelArgs,
}

impl RowArgs {
    /// The rows that the user asked for; `None` where the format has none. `names` lists the fields that the rows can
    /// have.
    pub(crate) fn rows(
        &self,
        format: impl ValueEnum,
        page: &Page,
        names: impl Fn(&Rows) -> Vec<&'static str>,
    ) -> Result<Option<Rows>, Stop> {
        let format = format.to_possible_value();
        let format = Format::from_str(format.as_ref().map_or("", |format| format.get_name()), true);
        let dialect = self.excel.dialect(matches!(format, Ok(Format::Csv)), page)?;
        let form = match format {
            Ok(Format::Jsonl) => Some(self.fields.jsonl()),
            Ok(Format::Csv) => Some(RowForm::Csv(dialect)),
            _ => None,
        };
        self.fields.rows(form, page, names)
    }
}

impl FieldArgs {
    /// The form of rows as JSON lines.
    pub(crate) fn jsonl(&self) -> RowForm {
        RowForm::Jsonl { inline: self.inline }
    }

    /// Rows of this form. `names` lists the fields that the rows can have.
    pub(crate) fn rows(
        &self,
        form: Option<RowForm>,
        page: &Page,
        names: impl Fn(&Rows) -> Vec<&'static str>,
    ) -> Result<Option<Rows>, Stop> {
        if self.inline && !matches!(form, Some(RowForm::Jsonl { .. })) {
            return Err(Stop::usage("--inline is for the format jsonl"));
        }
        let Some(form) = form else {
            let none = self.fields.is_empty();
            return if none { Ok(None) } else { Err(Stop::usage("--fields is for the formats jsonl and csv")) };
        };
        let asked: Vec<_> = self.fields.iter().map(|name| name.trim().to_owned()).collect();
        let fields = if asked.is_empty() { Fields::default() } else { Fields::only(asked) };
        let rows = Rows::new(form, fields, page.as_of);
        let known = names(&rows);
        if let Some(unknown) = rows.fields.unknown(&known).next() {
            let near = nearest(unknown, known.iter().copied());
            let near =
                near.map_or_else(|| format!("known are {}", known.join(", ")), |near| format!("did you mean {near}?"));
            return Err(Stop::usage(format!("--fields: no field is called {unknown:?}; {near}")));
        }
        Ok(Some(rows))
    }
}
