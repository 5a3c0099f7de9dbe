//! Finds and reads the policy.

use std::path::{Path, PathBuf};

use crate::policy::Policy;
use crate::source::{Folder, Input, Source};
use crate::time::Zone;
use crate::time::when::Clock;

use crate::cli::exit::{Exit, Stop};

/// The name of the policy file that is looked for where the user names none.
const FILE_NAME: &str = "seatline.toml";

/// A policy, and the file that it was read from.
#[derive(Debug)]
pub(crate) struct NamedPolicy {
    pub(crate) policy: Policy,
    pub(crate) source: Source,
}

impl NamedPolicy {
    /// Reads the policy at a path.
    pub(crate) fn read(path: &Path, clock: Clock, zone: Zone) -> Result<Self, Stop> {
        let input = Input::checked(path.to_owned());
        let read = input.read().and_then(|bytes| Source::decode(input.name(), bytes));
        let source = read.map_err(|failure| Stop::new(Exit::Usage, format!("policy {failure}")))?;
        if source.text().trim_start().starts_with(['{', '<']) {
            // An error shows an excerpt of a policy, but an excerpt of a license must not be shown.
            return Err(Stop::usage(format!("policy {}: this is not TOML; is it a license?", source.name())));
        }
        let mut policy = Policy::parse(source.name(), source.text(), clock, zone)?;
        policy.place = place(path);
        Ok(Self { policy, source })
    }

    /// The policy that the user named, else the nearest from the working directory up to the root of the repository.
    /// A policy beside an input is not used, since it may be somebody else's.
    pub(crate) fn find(named: Option<&Path>, none: bool, clock: Clock, zone: Zone) -> Result<Option<Self>, Stop> {
        if none {
            return Ok(None);
        }
        named.map(Path::to_owned).or_else(nearest).map(|path| Self::read(&path, clock, zone)).transpose()
    }
}

/// The folder of a policy, by the name that was given and by its real path.
fn place(policy: &Path) -> Folder {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = here.join(policy).parent().map_or_else(|| here.clone(), Path::to_owned);
    let real = folder.canonicalize().ok();
    Folder::new(std::iter::once(folder).chain(real), here)
}

fn nearest() -> Option<PathBuf> {
    let start = std::env::current_dir().ok()?;
    let root = start.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&start);
    let folders = start.ancestors().take_while(|folder| folder.starts_with(root));
    let found = folders.map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())?;
    // The shorter path, where the file lies in the working directory.
    Some(found.strip_prefix(&start).map_or_else(|_| found.clone(), Path::to_owned))
}
