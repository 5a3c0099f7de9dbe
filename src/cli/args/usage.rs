//! The options about assigned seats, and about the accounts that count.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::usage::LeftOut;

/// The options that tell what is assigned, and which accounts count.
#[derive(Debug, Args)]
pub(crate) struct UsageArgs {
    /// What is assigned today: the license resource, member counts or members as JSON or CSV, the portal's member
    /// report, or a folder with such JSON files; may be repeated. For counts of other kinds: app=FILE, appBundle=FILE,
    /// extension=FILE
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) usage: Vec<PathBuf>,
    /// A role with administrator privileges, besides org_admin; may be repeated
    #[arg(long, value_name = "ROLE")]
    pub(crate) admin_role: Vec<String>,
    #[command(flatten)]
    pub(crate) accounts: AccountArgs,
}

/// The options that say which accounts of a list are members.
#[derive(Debug, Default, Args)]
pub(crate) struct AccountArgs {
    /// Count the portal's built-in accounts (esri_nav, system_publisher, ...) as members
    #[arg(long)]
    pub(crate) include_built_in: bool,
    /// The user name of an account that is no member and is left out; may be repeated
    #[arg(long, value_name = "USERNAME")]
    pub(crate) exclude: Vec<String>,
}

impl AccountArgs {
    /// The accounts that the user leaves out.
    pub(crate) fn left_out(&self) -> LeftOut {
        LeftOut { include_built_in: self.include_built_in, exclude: self.exclude.clone() }
    }
}
