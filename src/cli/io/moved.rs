//! The members who change user type, from the files and options that name them.

use std::path::PathBuf;

use crate::answers::Page;
use crate::license::{AdministratorList, Item, LicenseDocument};
use crate::moves::{Moved, NotMoved, Site, Wanted};
use crate::source::{Input, Source};
use crate::usage::{NoType, Roles, TypeNames, Usage};

use crate::cli::args::MovesArgs;
use crate::cli::exit::Stop;
use crate::cli::io::messages::Messages;

/// The most mistakes in lines that are reported one by one.
const MOST: usize = 20;

/// The changes that `--moves` and `--map` ask for.
///
/// # Errors
/// A [`Stop`] where a file cannot be read.
pub(crate) fn wanted(moves: &[PathBuf], map: &[(String, String)]) -> Result<Wanted, Stop> {
    let mut wanted = Wanted { maps: map.to_vec(), ..Wanted::default() };
    for path in moves {
        let input = Input::named(path);
        wanted.read(&Source::decode(input.name(), input.read()?)?)?;
    }
    Ok(wanted)
}

/// The changes, with names of user types replaced by ids. A text that is neither id nor name stays.
///
/// # Errors
/// A [`Stop`] where a name belongs to two user types. The message tells every such line.
pub(crate) fn with_ids(wanted: &Wanted, names: &TypeNames, messages: &Messages) -> Result<Wanted, Stop> {
    let (wanted, unknown) = named(wanted, names, messages);
    // The plan lists a user type that the license lacks as a problem; the near names are shown here.
    for (place, why) in unknown.iter().filter(|(_, why)| matches!(why, NoType::Unknown(near) if !near.is_empty())) {
        messages.note(&format!("{place} {why}"));
    }
    refuse(unknown.into_iter().filter(|(_, why)| matches!(why, NoType::Ambiguous(_))), messages).map(|()| wanted)
}

/// As [`with_ids`], where every user type must be known.
///
/// # Errors
/// A [`Stop`] where a name belongs to two user types or to none. The message tells every such line.
pub(crate) fn with_known_ids(wanted: &Wanted, names: &TypeNames, messages: &Messages) -> Result<Wanted, Stop> {
    let (wanted, unknown) = named(wanted, names, messages);
    refuse(unknown.into_iter(), messages).map(|()| wanted)
}

/// The id of the user type that `--park` names.
///
/// # Errors
/// A [`Stop`] where the name belongs to no user type, or to more than one.
pub(crate) fn type_to_wait_in(args: &MovesArgs, names: &TypeNames) -> Result<Option<String>, Stop> {
    let found = args
        .park
        .as_deref()
        .map(|text| names.find(text).map_err(|why| Stop::usage(format!("--park: the user type {text:?} {why}"))));
    found.transpose()
}

fn named(wanted: &Wanted, names: &TypeNames, messages: &Messages) -> (Wanted, Vec<(String, NoType)>) {
    let (wanted, named, unknown) = wanted.with_ids(names);
    if !named.is_empty() {
        messages.note(&format!("user types by name: {}", named.join(", ")));
    }
    (wanted, unknown)
}

fn refuse(unknown: impl Iterator<Item = (String, NoType)>, messages: &Messages) -> Result<(), Stop> {
    let lines: Vec<_> = unknown.map(|(place, why)| format!("{place} {why}")).collect();
    let Some((last, before)) = lines.split_last() else { return Ok(()) };
    before.iter().for_each(|line| messages.error(line));
    Err(Stop::usage(last))
}

/// The usage after these changes; `None` where there are none.
///
/// # Errors
/// A [`Stop`] where a member or a user type is unknown, or a member is to have two user types. The message tells
/// every such line.
pub(crate) fn moved(
    usage: &Usage,
    document: &LicenseDocument<'_>,
    page: &Page,
    roles: Roles<'_>,
    administrators: Option<&AdministratorList>,
    wanted: &Wanted,
    messages: &Messages,
) -> Result<Option<Moved>, Stop> {
    if wanted.moves.is_empty() && wanted.maps.is_empty() {
        return Ok(None);
    }
    let (as_of, zone, items) = (page.as_of, page.zone, Item::all(document));
    // The members are in `usage`.
    let site = Site { as_of, zone, members: &[], roles, items: &items, administrators, last: None };
    match Moved::new(usage, &site, wanted) {
        Ok(moved) => Ok(Some(moved)),
        Err(NotMoved::NotOneByOne) => {
            Err(Stop::usage("--moves names members, and --usage only counts them: give a list of members"))
        }
        Err(NotMoved::Problems(problems)) => match problems.split_last() {
            Some((last, before)) => {
                before.iter().take(MOST).for_each(|problem| messages.error(&problem.message));
                let more = before.len().saturating_sub(MOST);
                let more = if more > 0 { format!(" (and {more} more such lines)") } else { String::new() };
                Err(Stop::usage(format!("{}{more}", last.message)))
            }
            None => Ok(None),
        },
    }
}
