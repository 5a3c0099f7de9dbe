//! Values that are looked up: ids in the licenses that the line names, formats, zones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::line::TypedLine;
use crate::cli::args::formats::CheckFormat;
use crate::license::catalog::known_as;
use crate::license::{Item, ItemKind};
use crate::source::{Document, Input, Source, expand};
use crate::text::visible;
use crate::time::Zone;

/// The most bytes of a file that is read for a completion, since the user waits for it with a key pressed.
const MAX_BYTES: u64 = 16 << 20;

/// A word that a shell may offer, and what it means.
#[derive(Debug)]
pub(super) struct Offered {
    pub(super) text: String,
    pub(super) help: Option<String>,
}

impl Offered {
    pub(super) fn is_option(&self) -> bool {
        self.text.starts_with('-')
    }
}

/// The ids that begin with the text, or with the part of it after the last comma.
pub(super) fn ids(line: &TypedLine, begun: &str) -> Vec<Offered> {
    let (before, begun) = begun.rfind(',').map_or(("", begun), |comma| begun.split_at(comma + 1));
    ids_of(line, &ItemKind::ALL, before, begun)
}

/// The ids of user types for one side of `FROM=TO`.
pub(super) fn user_types(line: &TypedLine, begun: &str) -> Vec<Offered> {
    let (before, begun) = begun.find('=').map_or(("", begun), |equals| begun.split_at(equals + 1));
    ids_of(line, &[ItemKind::UserType], before, begun)
}

pub(super) fn check_formats(begun: &str) -> Vec<Offered> {
    let formats = CheckFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let value = |format: clap::builder::PossibleValue| Offered {
        text: format.get_name().to_owned(),
        help: format.get_help().map(ToString::to_string),
    };
    formats.map(value).filter(|value| value.text.starts_with(begun)).collect()
}

pub(super) fn zones(begun: &str) -> Vec<Offered> {
    let names = Zone::names().filter(|name| name.starts_with(begun));
    names.map(|name| Offered { text: name.to_owned(), help: None }).collect()
}

/// The ids that begin with a text, in the licenses that the line names, each behind another text.
fn ids_of(line: &TypedLine, kinds: &[ItemKind], before: &str, begun: &str) -> Vec<Offered> {
    let mut names = BTreeMap::new();
    let words = line.before.iter().skip(1).chain(&line.after);
    for input in words.flat_map(|word| inputs(&without_tilde(Path::new(word)))) {
        let Some(source) = read(&input) else { continue };
        for document in source.documents().filter_map(|found| found.document.ok()) {
            let Document::License(license) = document else { continue };
            let version = license.my_esri.version.as_written().and_then(|text| text.parse().ok());
            for item in &Item::all(&license) {
                if kinds.contains(&item.kind) && item.id.starts_with(begun) && is_plain(&item.id) {
                    let own = item.definition.and_then(|definition| definition.name());
                    let name = own.as_deref().or_else(|| known_as(item.kind, &item.id, version));
                    names.entry(item.id.to_string()).or_insert_with(|| name.map(|name| visible(name).into_owned()));
                }
            }
        }
    }
    names.into_iter().map(|(id, help)| Offered { text: format!("{before}{id}"), help }).collect()
}

/// Whether a shell takes the id as plain text. A license is untrusted, and some shells insert an offered word
/// unquoted.
fn is_plain(id: &str) -> bool {
    id.chars().all(|char| char.is_alphanumeric() || "-_.".contains(char))
}

/// The path that a shell makes of `~/x`: while a line is typed, nobody has replaced the tilde.
fn without_tilde(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::var_os("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => path.to_owned(),
    }
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
