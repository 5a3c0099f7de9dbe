//! The options of `seatline generate`, which whoever makes packages of seatline runs.

use std::path::PathBuf;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(crate) struct GenerateArgs {
    /// The folder; files of the same names there are replaced
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
}
