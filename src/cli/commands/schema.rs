//! `seatline schema`: the JSON Schemas under `docs/schema`, made from the types of the answers, and that of license
//! documents.

use crate::cli::args::SchemaName;
use crate::cli::args::global::Global;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::output;

pub(crate) fn run(name: SchemaName, global: &Global) -> Result<Exit, Stop> {
    let text = match name {
        SchemaName::Report => include_str!("../../../docs/schema/report.schema.json"),
        SchemaName::Check => include_str!("../../../docs/schema/check.schema.json"),
        SchemaName::License => include_str!("../../../docs/schema/license.schema.json"),
        SchemaName::Policy => include_str!("../../../docs/schema/policy.schema.json"),
        SchemaName::Diff => include_str!("../../../docs/schema/diff.schema.json"),
        SchemaName::Fit => include_str!("../../../docs/schema/fit.schema.json"),
        SchemaName::Preflight => include_str!("../../../docs/schema/preflight.schema.json"),
        SchemaName::Why => include_str!("../../../docs/schema/why.schema.json"),
        SchemaName::Moves => include_str!("../../../docs/schema/moves.schema.json"),
        SchemaName::Fetch => include_str!("../../../docs/schema/fetch.schema.json"),
        SchemaName::Timeline => include_str!("../../../docs/schema/timeline.schema.json"),
        SchemaName::Jsonl => include_str!("../../../docs/schema/jsonl.schema.json"),
        SchemaName::Admins => include_str!("../../../docs/schema/admins.schema.json"),
    };
    output::write(text, global)?;
    Ok(Exit::Done)
}
