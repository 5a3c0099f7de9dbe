//! Checks that the license file is installed at the portal, and that the portal counts as many members as it lists.

use std::collections::BTreeMap;

use crate::answers::MovesReport;
use crate::license::ItemKind;
use crate::portal::{Operation, Request, Session};
use crate::source::{Failure, FailureCode, Source};
use crate::usage::{BUILT_IN, Installed, Member, Usage, UsageReader};

use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::exit::{Exit, Stop};

/// The portal's license resource, and the usage that it states.
pub(super) struct InstalledNow {
    pub(super) source: Source,
    /// The members of each user type; `None` where the resource does not state them.
    pub(super) usage: Option<Usage>,
    /// A note about how far the usage can be relied on.
    pub(super) note: Option<String>,
    /// How many members it counts that nobody names, with a user type that `--map` empties.
    pub(super) emptied: u64,
    /// Why the usage contradicts the list of members.
    pub(super) contradicts: Option<String>,
}

impl Apply<'_> {
    /// Reads the license resource, so that the plan misses no holder of a seat. Where the resource states no counts, a
    /// warning is enough: the portal itself refuses to move a member to a full user type.
    pub(super) fn installed_now(
        &self,
        session: &mut Session,
        file: &str,
        members: &[Member],
        maps: &[(String, String)],
    ) -> Result<Option<InstalledNow>, Stop> {
        let unchecked = |why: String| {
            let message = format!("{why}; so whether {file} is what is installed is not checked");
            self.messages.warning(&message);
        };
        let bytes = match session.ask(Operation::LicenseResource, Request::Get(&[])) {
            Ok(bytes) => bytes,
            Err(failure) => {
                unchecked(crate::cli::io::portal_advice::with_options(&failure));
                return Ok(None);
            }
        };
        let source = Source::decode("the portal's license resource", bytes)?;
        if let Err(failure) = installed(&source) {
            unchecked(failure.to_string());
            return Ok(None);
        }
        let mut found = InstalledNow { source, usage: None, note: None, emptied: 0, contradicts: None };
        match count(&found.source) {
            Ok(usage) => {
                match everybody(&usage, members, maps) {
                    Ok(Some(NotNamed { note, emptied })) => (found.note, found.emptied) = (Some(note), emptied),
                    Ok(None) => {}
                    Err(why) => found.contradicts = Some(why),
                }
                found.usage = Some(usage);
            }
            // Far more members than the portal says that it has: some of them may not be listed.
            Err(failure) if failure.code == FailureCode::Contradiction => found.contradicts = Some(failure.to_string()),
            Err(failure) => unchecked(failure.to_string()),
        }
        Ok(Some(found))
    }

    /// Refuses to go on where the installed license has fewer seats than the file.
    pub(super) fn check_seats(&self, resource: &Source, report: &MovesReport) -> Result<(), Stop> {
        let installed = installed(resource)?;
        for user_type in report.user_types.iter().filter(|user_type| user_type.coming > 0) {
            let item = installed.items.iter().find(|item| item.kind == ItemKind::UserType && item.id == user_type.id);
            let seats = item.map_or(0, |item| item.timeline.seats_at(self.page.as_of));
            let ended = item.and_then(|item| item.timeline.final_end()).filter(|end| *end <= self.page.as_of);
            if let (Some(ended), true) = (ended, user_type.seats > 0) {
                let id = &user_type.id;
                let (ended, zone) = (self.page.zone.show(ended), self.page.zone);
                let message = format!(
                    "by the portal's license resource its license of {id} ended {ended} ({zone}), and it gives no seats any more: import a new \
                     license first"
                );
                return Err(Stop::new(Exit::Input, message));
            }
            if seats < user_type.seats {
                let (id, source, own) = (&user_type.id, report.source.as_deref().unwrap_or_default(), user_type.seats);
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

/// The remark about accounts that the portal counts and does not name, where no count by user type says that they have none.
pub(super) fn unnamed(count: u64, installed: Option<&InstalledNow>) -> Option<String> {
    let is_counted = installed.is_some_and(|installed| installed.usage.is_some());
    let (they, are) = if count == 1 { ("it is", "account") } else { ("they are", "accounts") };
    (count > 0 && !is_counted).then(|| {
        format!(
            "the portal counts {count} {are} more than it names: whether {they} built-in or of members who are left out here, nobody \
             knows"
        )
    })
}

/// Members that the license resource counts and the list does not name.
struct NotNamed {
    note: String,
    /// How many of them have a user type that `--map` empties.
    emptied: u64,
}

fn installed(resource: &Source) -> Result<Installed<'_>, Failure> {
    let place = resource.documents().next().map(|found| found.place);
    let place = place.ok_or_else(|| Failure::new(resource.name(), FailureCode::Empty, "there is nothing in it"))?;
    Installed::read((resource, place), None)
}

fn count(source: &Source) -> Result<Usage, Failure> {
    let mut reader = UsageReader::default();
    reader.read(source, None)?;
    reader.finish()
}

/// Compares the counts of the license resource with the list of members. The resource may count built-in accounts,
/// which the list does not name. Where they can explain why it counts more members, the result is a note, and the
/// larger count is used.
///
/// # Errors
/// Why built-in accounts cannot explain the difference: the resource counts too many members more, or it counts fewer
/// members of a user type than the list names.
fn everybody(counted: &Usage, members: &[Member], maps: &[(String, String)]) -> Result<Option<NotNamed>, String> {
    let mut held: BTreeMap<&str, u64> = BTreeMap::new();
    members.iter().for_each(|member| *held.entry(&member.user_type).or_default() += 1);
    let mut more: Vec<(&str, u64, u64)> = Vec::new();
    let mut fewer = None;
    for (_, id, assigned) in counted.in_use().filter(|(kind, ..)| *kind == ItemKind::UserType) {
        let held = held.get(id).copied().unwrap_or(0);
        if held < assigned {
            more.push((id, assigned, held));
        }
    }
    for (id, held) in held {
        if counted.assigned(ItemKind::UserType, id).is_some_and(|assigned| assigned < held) {
            fewer.get_or_insert(id);
        }
    }
    let unnamed = more.iter().fold(0_u64, |sum, (_, assigned, held)| sum.saturating_add(assigned - held));
    let Some((id, assigned, held)) = more.first() else { return Ok(None) };
    let counts = format!("the portal counts {assigned} members with {id} and names {held}");
    if let Some(fewer) = fewer {
        return Err(format!(
            "{counts}, and counts fewer with {fewer} than it names: its list of members lags behind, or somebody changes \
             members; wait a while"
        ));
    }
    if !usize::try_from(unnamed).is_ok_and(|unnamed| unnamed <= BUILT_IN.len()) {
        return Err(format!(
            "{counts}, more than its built-in accounts explain: nobody can plan for members who are not named"
        ));
    }
    let ids: Vec<_> = more.iter().map(|(id, ..)| *id).collect();
    let emptied = more.iter().filter(|(id, ..)| maps.iter().any(|(from, _)| from == id));
    let emptied = emptied.fold(0_u64, |sum, (_, assigned, held)| sum.saturating_add(assigned - held));
    let note = format!(
        "the portal counts {unnamed} more than it names, with {}: its built-in accounts may be why, and the larger count is \
         taken",
        ids.join(", ")
    );
    let left = if emptied > 0 { "; if they are members, --map does not move them" } else { "" };
    Ok(Some(NotNamed { note: format!("{note}{left}"), emptied }))
}
