//! `seatline schema`: the JSON Schemas under `docs/schema`, which are made from the types that are written.

use super::args::{Global, SchemaName};
use super::exit::{Exit, Stop};
use super::output;

pub(crate) fn run(name: SchemaName, global: &Global) -> Result<Exit, Stop> {
    let text = match name {
        SchemaName::Report => include_str!("../../docs/schema/report.schema.json"),
        SchemaName::Admins => include_str!("../../docs/schema/admins.schema.json"),
    };
    output::write(text, global)?;
    Ok(Exit::Done)
}
