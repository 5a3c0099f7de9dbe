//! The values that a shell offers although the definition of the command line does not list them: ids and names of
//! rules.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::license::Item;
use crate::license::catalog::known_as;
use crate::rules;
use crate::source::{Document, Input, Source, expand};
use crate::text::visible;

/// The most bytes of a file that is read for a completion, since the user waits for it with a key pressed.
const MAX_BYTES: u64 = 16 << 20;

/// Offers the ids of the licenses that the command line names.
pub(super) fn ids() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| ids_of(std::env::args_os().skip(1), current))
}

/// Offers the names of the rules.
pub(super) fn rule_names() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        rules::ALL.iter().map(|rule| CompletionCandidate::new(rule.id).help(Some(rule.summary().into()))).collect()
    })
}

/// The ids that begin with the text before the cursor, or with the part of it after the last comma.
fn ids_of(arguments: impl Iterator<Item = OsString>, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let (before, begun) = current.rfind(',').map_or(("", &*current), |comma| current.split_at(comma + 1));
    let mut names = BTreeMap::new();
    for input in arguments.flat_map(|argument| inputs(Path::new(&argument))) {
        let Some(source) = read(&input) else { continue };
        for document in source.documents().filter_map(|found| found.document.ok()) {
            let Document::License(license) = document else { continue };
            let version = license.my_esri.version.as_written().and_then(|text| text.parse().ok());
            for item in Item::all(&license).iter().filter(|item| item.id.starts_with(begun) && is_plain(&item.id)) {
                let own = item.definition.and_then(|definition| definition.name());
                let name = own.as_deref().or_else(|| known_as(item.kind, &item.id, version));
                names.entry(item.id.to_string()).or_insert_with(|| name.map(|name| visible(name).into_owned()));
            }
        }
    }
    let candidate = |(id, name): (String, Option<String>)| {
        CompletionCandidate::new(format!("{before}{id}")).help(name.map(Into::into))
    };
    names.into_iter().map(candidate).collect()
}

/// Whether a shell takes the id as plain text. A license is untrusted, and some shells insert an offered word
/// unquoted.
fn is_plain(id: &str) -> bool {
    id.chars().all(|char| char.is_alphanumeric() || "-_.".contains(char))
}

/// The files that an argument names.
fn inputs(path: &Path) -> Vec<Input> {
    // Reading a pipe or standard input here would leave nothing for the command itself.
    let small = |path: &Path| path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_BYTES);
    if small(path) {
        return vec![Input::named(path)];
    }
    if !path.is_dir() {
        return Vec::new();
    }
    let inputs = expand(path).into_iter().take(20).filter_map(Result::ok);
    inputs.filter(|input| small(Path::new(&input.name()))).collect()
}

fn read(input: &Input) -> Option<Source> {
    Source::decode(input.name(), input.read().ok()?).ok()
}
