//! The options that name members who change user type before the answer is computed.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::args::complete;

/// The members who change user type before the answer is computed.
#[derive(Debug, Args)]
pub(crate) struct EarlierMoves {
    /// Members who change user type first: a CSV username,userType; may be repeated. Needs a list of members, not only
    /// counts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) moves: Vec<PathBuf>,
    /// Give all members of a user type another one first: GISProfessionalBasicUT=creatorUT; may be repeated
    #[arg(long, value_name = "FROM=TO", value_parser = map, add = complete::user_types())]
    pub(crate) map: Vec<(String, String)>,
}

/// Reads two ids of user types, `OLD=NEW`.
pub(super) fn map(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok((from.to_owned(), to.to_owned())),
        _ => Err("expected FROM=TO, two ids of user types".to_owned()),
    }
}
