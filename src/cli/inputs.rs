//! The licenses that were named on the command line, one after the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use seatline::document::LicenseDocument;
use seatline::source::{Document, DocumentKind, Failure, FailureCode, Found, Input, Source, expand};

use clap::CommandFactory;

use super::args::Cli;
use super::exit::Stop;
use super::messages::Messages;

/// Calls `each` with every license document in the files, and says what could not be read.
///
/// # Errors
/// Where an input is the file that `output` would replace, or where `each` fails.
pub(crate) fn each_license(
    files: &[PathBuf],
    output: Option<&Path>,
    messages: &Messages,
    mut each: impl FnMut(&Source, &Found<'_>, &LicenseDocument<'_>) -> Result<(), Stop>,
) -> Result<Vec<Failure>, Stop> {
    let output = output.and_then(|path| path.canonicalize().ok());
    let mut failures = Vec::new();
    let mut fail = |failure: Failure| {
        messages.error(&failure.to_string());
        failures.push(failure);
    };
    for file in files {
        let mut folder = file.is_dir().then(BTreeMap::<String, usize>::new);
        let mut licenses = 0;
        let mut failed = false;
        for input in expand(file) {
            let source = input.and_then(|input| {
                let bytes = input.read()?;
                Ok((Source::decode(input.name(), bytes)?, input))
            });
            let (source, input) = match source {
                Ok(source) => source,
                Err(failure) => {
                    failed = true;
                    fail(with_command_hint(failure, file));
                    continue;
                }
            };
            refuse_to_replace(&input, output.as_deref())?;
            for mut found in source.documents() {
                let document = std::mem::replace(&mut found.document, Ok(Document::Other(DocumentKind::License)));
                match (document, &mut folder) {
                    (Ok(Document::License(license)), _) => {
                        licenses += 1;
                        each(&source, &found, &license)?;
                    }
                    (Ok(other), Some(skipped)) => {
                        *skipped.entry(other.kind().to_string()).or_default() += 1;
                        messages.note(&format!("{}: skipped: this is {}", source.name(), other.kind()));
                    }
                    (Ok(other), None) => {
                        let (code, message) = other.not(DocumentKind::License);
                        fail(Failure { document: found.index, ..Failure::new(source.name(), code, message) });
                    }
                    (Err(failure), _) => {
                        failed = true;
                        fail(failure);
                    }
                }
            }
        }
        if folder.is_some() && licenses == 0 && !failed {
            let message = "there is no license document in this folder (*.json, *.jsonl, *.ndjson)";
            fail(Failure::new(file.display().to_string(), FailureCode::NoLicense, message));
        }
    }
    Ok(failures)
}

/// The license itself must not be lost to a slip of the keyboard.
fn refuse_to_replace(input: &Input, output: Option<&Path>) -> Result<(), Stop> {
    let (Some(path), Some(output)) = (&input.path, output) else { return Ok(()) };
    if path.canonicalize().is_ok_and(|path| path == output) {
        return Err(Stop::usage(format!("{}: --output would replace this input", path.display())));
    }
    Ok(())
}

/// `seatline chekc license.json` reads as a file that is not there.
fn with_command_hint(mut failure: Failure, file: &Path) -> Failure {
    let command = Cli::command();
    let text = file.to_string_lossy();
    let mut known = command.get_subcommands().map(clap::Command::get_name);
    let near = known.find(|known| strsim::osa_distance(known, &text) <= 2);
    if let (FailureCode::CannotRead, Some(command), false) = (failure.code, near, file.exists()) {
        failure.message.push_str(&format!("; did you mean the command `{command}`?"));
    }
    failure
}
