//! The state that every step of `moves --apply` needs.

use std::path::PathBuf;

use crate::answers::{MovesReport, Page};
use crate::license::AdministratorList;
use crate::portal::{Event, NamedMembers, PortalFailure, Session, members};

use crate::cli::args::MovesArgs;
use crate::cli::args::global::Global;
use crate::cli::commands::apply::stopping::Stopping;
use crate::cli::commands::moves_output;
use crate::cli::exit::Stop;
use crate::cli::io::messages::Messages;
use crate::cli::io::progress::Progress;

/// The options, the page and the name of the journal.
pub(super) struct Apply<'a> {
    pub(super) args: &'a MovesArgs,
    pub(super) global: &'a Global,
    pub(super) messages: &'a Messages,
    pub(super) page: Page,
    pub(super) administrators: Option<AdministratorList>,
    pub(super) progress: Progress,
    pub(super) stopping: Stopping,
    /// The path of the journal.
    pub(super) journal: PathBuf,
}

impl Apply<'_> {
    /// The members as the portal lists them at present.
    pub(super) fn members(&self, session: &mut Session) -> Result<NamedMembers, PortalFailure> {
        members(session, &mut |event| {
            if let Event::Members(read, total) = event {
                self.progress.say(&format!("{read} of {total} members ..."));
            }
        })
    }

    /// Writes the report in the format that the user chose.
    pub(super) fn show(&self, report: &MovesReport) -> Result<(), Stop> {
        moves_output::write(self.args, report, &self.page, self.global, self.messages)
    }
}
