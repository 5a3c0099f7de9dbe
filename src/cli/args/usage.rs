//! What is assigned, and by whom.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// What is assigned, and by whom.
#[derive(Debug, Args)]
pub(crate) struct UsageArgs {
    /// What is assigned today: the license resource, member counts or members as JSON, members as CSV, or a folder of the JSON
    /// ones; may be repeated. Counts of apps or app bundles: app=FILE, appBundle=FILE
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) usage: Vec<PathBuf>,
    /// A role with administrator privileges, besides org_admin; may be repeated
    #[arg(long, value_name = "ROLE")]
    pub(crate) admin_role: Vec<String>,
}
