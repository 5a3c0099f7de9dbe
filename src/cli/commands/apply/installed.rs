//! Whether the file is what the portal has.

use crate::answers::MovesReport;
use crate::license::ItemKind;
use crate::portal::{Operation, Request, Session};
use crate::source::{Failure, Source};
use crate::usage::{Installed, Member, Usage, UsageReader};

use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::io::exit::{Exit, Stop};

impl Apply<'_> {
    /// What is installed must be what the file says, and nobody may hold a seat unseen. Where the portal does not tell, a
    /// warning does: the portal itself refuses whom it has no seat for.
    pub(super) fn check_installed(
        &self,
        session: &mut Session,
        report: &MovesReport,
        members: &[Member],
    ) -> Result<(), Stop> {
        let unchecked = |why: String| {
            let message = format!("{why}; so whether {} is what is installed is not checked", name(report));
            self.progress.aside(|| self.messages.warning(&message));
            Ok(())
        };
        let bytes = match session.ask(Operation::LicenseResource, Request::Get(&[])) {
            Ok(bytes) => bytes,
            Err(failure) => return unchecked(failure.to_string()),
        };
        let source = Source::decode("the portal's license resource", bytes)?;
        let Some(place) = source.documents().next().map(|found| found.place) else {
            return unchecked(format!("{} is empty", source.name()));
        };
        let counted = count(&source);
        match Installed::read((&source, &place), None) {
            Ok(installed) => self.seats(&installed, report)?,
            Err(failure) => return unchecked(failure.to_string()),
        }
        match counted {
            Ok(counted) => everybody(&counted, members),
            Err(failure) => unchecked(failure.to_string()),
        }
    }

    fn seats(&self, installed: &Installed<'_>, report: &MovesReport) -> Result<(), Stop> {
        for one in report.user_types.iter().filter(|one| one.coming > 0) {
            let item = installed.items.iter().find(|item| item.kind == ItemKind::UserType && item.id == one.id);
            let seats = item.map_or(0, |item| item.timeline.seats_at(self.page.as_of));
            if seats < one.seats {
                let (id, source, own) = (&one.id, name(report), one.seats);
                return Err(Stop::new(
                    Exit::Input,
                    format!(
                        "{source} gives {own} seats of {id}, and the portal has {seats}: is this the license that is \
                         installed?"
                    ),
                ));
            }
        }
        Ok(())
    }
}

fn name(report: &MovesReport) -> &str {
    report.source.as_deref().unwrap_or_default()
}

fn count(source: &Source) -> Result<Usage, Failure> {
    let mut reader = UsageReader::default();
    reader.read(source, None)?;
    reader.finish()
}

fn everybody(counted: &Usage, members: &[Member]) -> Result<(), Stop> {
    for (kind, id, assigned) in counted.in_use() {
        let held = members.iter().filter(|member| member.user_type == id).count();
        if kind == ItemKind::UserType && u64::try_from(held).is_ok_and(|held| held < assigned) {
            return Err(Stop::new(
                Exit::Input,
                format!(
                    "the portal counts {assigned} members with {id} and names {held}: nobody can plan for members who are \
                     not named"
                ),
            ));
        }
    }
    Ok(())
}
