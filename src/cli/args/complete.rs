//! What a shell is to offer for a value that the definition of the command line does not list. The definition says
//! only what kind of value it is; `cli/completion` looks for values, which takes the other words of the line.

use std::ffi::OsStr;

use clap::{Arg, ValueHint};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::rules;

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completes {
    /// Names of files and folders
    Files,
    /// Names of folders
    Folders,
    /// Ids of the licenses that the line names
    Ids,
    /// Two ids of user types, `FROM=TO`
    UserTypes,
    /// A format of `check`, and perhaps a file: `FORMAT[=FILE]`
    CheckOutput,
    /// Time zones
    Zones,
}

impl Completes {
    const ALL: [Self; 6] = [Self::Files, Self::Folders, Self::Ids, Self::UserTypes, Self::CheckOutput, Self::Zones];

    fn name(self) -> String {
        format!("wanted: {self:?}")
    }

    /// A completer that offers one empty text, marked with the kind.
    fn completer(self) -> ArgValueCompleter {
        ArgValueCompleter::new(move |_: &OsStr| vec![CompletionCandidate::new("").tag(Some(self.name().into()))])
    }

    /// The kind that a candidate is marked with. Its text is what stands before the value in the same word.
    pub(crate) fn marked(candidate: &CompletionCandidate) -> Option<Self> {
        let tag = candidate.get_tag()?.to_string();
        Self::ALL.into_iter().find(|wanted| wanted.name() == tag)
    }
}

/// An argument that takes names of files, marked as such.
pub(crate) fn marks_files(arg: Arg) -> Arg {
    match arg.get_value_hint() {
        ValueHint::AnyPath | ValueHint::FilePath => arg.add(Completes::Files.completer()),
        ValueHint::DirPath => arg.add(Completes::Folders.completer()),
        _ => arg,
    }
}

/// Offers the ids of the licenses that the command line names.
pub(crate) fn ids() -> ArgValueCompleter {
    Completes::Ids.completer()
}

/// Offers pairs of user types.
pub(crate) fn user_types() -> ArgValueCompleter {
    Completes::UserTypes.completer()
}

/// Offers the formats of `check`, each of which may name a file.
pub(crate) fn check_outputs() -> ArgValueCompleter {
    Completes::CheckOutput.completer()
}

/// Offers the time zones.
pub(crate) fn zones() -> ArgValueCompleter {
    Completes::Zones.completer()
}

/// Offers the names of the rules.
pub(super) fn rule_names() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        rules::ALL.iter().map(|rule| CompletionCandidate::new(rule.id).help(Some(rule.summary().into()))).collect()
    })
}
