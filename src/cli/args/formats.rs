//! The output formats, by their names on the command line.

use std::path::PathBuf;

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// Everything; see `seatline schema`
    Json,
    /// One JSON object per item, each on a line
    Jsonl,
    /// One row per item
    Csv,
    /// For a wiki or a pull request
    Markdown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    #[default]
    Table,
    /// Everything; see `seatline schema`
    Json,
    /// One JSON object per item, each on a line
    Jsonl,
    /// One row per item
    Csv,
    /// For a wiki or a pull request
    Markdown,
    /// A page for a browser
    Html,
    /// A workbook for Excel, whose seats follow a date
    Xlsx,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupBy {
    #[default]
    Item,
    Date,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// For people
    #[default]
    Table,
    /// Everything; see `seatline schema timeline`
    Json,
    /// One JSON object per item, each on a line
    Jsonl,
    /// One row per change
    Csv,
    /// For a wiki or a pull request
    Markdown,
    /// A page for a browser
    Html,
    /// A workbook for Excel, whose seats follow a date
    Xlsx,
    /// A calendar of the days on which seats fall
    Ics,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    #[default]
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    #[default]
    #[value(alias = "table")]
    Text,
    /// Everything; see `seatline schema check`
    Json,
    /// One JSON object per finding, each on a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
    /// Annotations of GitHub Actions, and a job summary
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// Logging commands of Azure Pipelines
    Azure,
    /// For a wiki or a pull request
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WaivedArg {
    /// Leave them out
    Omit,
    /// Mark them as suppressed
    Suppress,
}

/// A format, and the file that it is written to.
#[derive(Clone, Debug, Default)]
pub(crate) struct CheckOutput {
    pub(crate) format: CheckFormat,
    pub(crate) file: Option<PathBuf>,
}

impl CheckOutput {
    /// Reads `FORMAT` or `FORMAT=FILE`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (format, file) = text.split_once('=').map_or((text, None), |(format, file)| (format, Some(file)));
        let format = CheckFormat::from_str(format, true).map_err(|_| {
            let known: Vec<_> = CheckFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
            let known: Vec<_> = known.iter().map(clap::builder::PossibleValue::get_name).collect();
            format!("no format is called {format:?}; known are {}", known.join(", "))
        })?;
        match file {
            Some("") => Err("the name of the file is missing after =".to_owned()),
            file => Ok(Self { format, file: file.map(PathBuf::from) }),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    #[default]
    Table,
    /// Everything; see `seatline schema`
    Json,
    /// One row per item
    Csv,
    /// For a pull request
    Markdown,
    /// A page for a browser
    Html,
    /// A workbook for Excel, whose seats follow a date
    Xlsx,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MovesFormat {
    /// For people
    #[default]
    Table,
    /// Everything; see `seatline schema moves`
    Json,
    /// One row per member
    Csv,
    /// For a wiki or a change request
    Markdown,
    /// A script for the ArcGIS API for Python
    Python,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhyFormat {
    /// For people
    #[default]
    #[value(alias = "table")]
    Text,
    /// Everything; see `seatline schema why`
    Json,
    /// For a ticket
    Markdown,
}
