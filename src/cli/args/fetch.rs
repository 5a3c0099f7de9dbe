//! `seatline fetch`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use crate::cli::args::connect::ConnectArgs;
use crate::portal::Operation;

#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    /// A license file to have validated, or - for standard input; nothing is imported
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) license: Option<PathBuf>,
    /// The folder for the answers [default: portal-HOST]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out_dir: Option<PathBuf>,
    /// Ask for this only, and fail where it does not come; may be repeated, or several separated by commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = what())]
    pub(crate) only: Vec<Operation>,
    /// Do not ask for this; may be repeated, or several separated by commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = what())]
    pub(crate) skip: Vec<Operation>,
    /// Ask of every member which extensions are assigned: one request a member; an interrupted run goes on where it was
    #[arg(long)]
    pub(crate) extensions: bool,
    /// Replace what an earlier fetch saved in the folder
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) connect: ConnectArgs,
}

fn what() -> impl TypedValueParser<Value = Operation> {
    PossibleValuesParser::new(Operation::FETCHED.map(Operation::choice))
        .try_map(|text| Operation::FETCHED.into_iter().find(|operation| operation.choice() == text).ok_or("unknown"))
}
