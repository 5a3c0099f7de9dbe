//! What is offered at the cursor.

use std::ffi::OsString;

use clap::CommandFactory;
use clap_complete::engine::{CompletionCandidate, complete};

use super::line::TypedLine;
use super::values::{self, Offered};
use crate::cli::args::complete::{Completes, marks_files};
use crate::cli::args::{Cli, default_command};

/// What a shell may offer.
#[derive(Debug)]
pub(super) struct Offer {
    /// What the shell offers by itself: `files`, `folders`, or nothing (`words`).
    pub(super) kind: &'static str,
    /// The part of the word before the name of a file, such as `--usage=`.
    pub(super) prefix: String,
    pub(super) values: Vec<Offered>,
}

impl Offer {
    pub(super) fn of(line: &TypedLine) -> Self {
        let mut offer = Self { kind: "words", prefix: String::new(), values: Vec::new() };
        if line.is_redirection {
            offer.kind = "files";
            return offer;
        }
        for candidate in candidates(line) {
            match Completes::marked(&candidate) {
                // A word that begins as an option is no file.
                Some(Completes::Files | Completes::Folders)
                    if line.word.starts_with('-') && candidate.get_value().is_empty() => {}
                Some(wanted) => offer.add(wanted, candidate.get_value().to_string_lossy().into_owned(), line),
                None => offer.values.push(Offered {
                    text: candidate.get_value().to_string_lossy().into_owned(),
                    help: candidate
                        .get_help()
                        .map(|help| help.to_string().lines().next().unwrap_or_default().to_owned()),
                }),
            }
        }
        // Options come where nothing else does, or where one is begun.
        if !line.word.starts_with('-') && (offer.kind != "words" || offer.values.iter().any(|value| !value.is_option()))
        {
            offer.values.retain(|value| !value.is_option());
        }
        // The shell puts the value behind what it keeps.
        offer.values.retain_mut(|value| {
            value.text.strip_prefix(&line.kept).map(str::to_owned).map(|rest| value.text = rest).is_some()
        });
        offer
    }

    /// Adds the values of a kind, behind the start of the word that is no part of the value.
    fn add(&mut self, wanted: Completes, prefix: String, line: &TypedLine) {
        let begun = line.word.strip_prefix(&prefix).unwrap_or_default();
        let (found, files) = match wanted {
            Completes::Files => (Vec::new(), Some(("files", prefix.clone()))),
            Completes::Folders => (Vec::new(), Some(("folders", prefix.clone()))),
            Completes::Ids => (values::ids(line, begun), None),
            Completes::UserTypes => (values::user_types(line, begun), None),
            Completes::Zones => (values::zones(begun), None),
            Completes::CheckOutput => match begun.split_once('=') {
                Some((format, _)) => (Vec::new(), Some(("files", format!("{prefix}{format}=")))),
                None => (values::check_formats(begun), None),
            },
        };
        if let Some((kind, prefix)) = files {
            (self.kind, self.prefix) = (kind, prefix);
        }
        self.values.extend(found.into_iter().map(|value| Offered { text: format!("{prefix}{}", value.text), ..value }));
    }
}

/// What the definition of the command line offers. A file without a command is one for `report`.
fn candidates(line: &TypedLine) -> Vec<CompletionCandidate> {
    let before = default_command::with_default_command(line.before.clone());
    let at = before.len();
    let candidates = offered(before.clone(), &line.word);
    if !candidates.is_empty() {
        return candidates;
    }
    let with_file = before.iter().cloned().chain([OsString::from("license.json")]).collect();
    let mut with_report = default_command::with_default_command(with_file);
    if with_report.len() == at + 1 || with_report.get(at).is_none_or(|word| word != "report") {
        return candidates;
    }
    with_report.truncate(at + 1);
    offered(with_report, &line.word)
}

fn offered(before: Vec<OsString>, word: &str) -> Vec<CompletionCandidate> {
    let at = before.len();
    let words = before.into_iter().chain([OsString::from(word)]).collect();
    let mut definition = Cli::command().mut_args(marks_files);
    definition = definition.mut_subcommands(|command| command.mut_args(marks_files));
    let mut candidates = complete(&mut definition, words, at, None).unwrap_or_default();
    candidates.retain(|candidate| !candidate.is_hide_set());
    candidates
}
