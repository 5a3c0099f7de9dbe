//! The root of the repository, from which GitHub, GitLab and Azure Pipelines name files.

use std::path::{Path, PathBuf};

use crate::cli::io::variable::variable;
use crate::source::Folder;

/// The folder that the service has checked out; else the nearest git repository from the working directory up; else
/// the working directory.
pub(crate) fn root() -> Folder {
    let Ok(here) = std::env::current_dir() else { return Folder::default() };
    let by_service = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].into_iter().find_map(|name| {
        let folder = variable(name).map(PathBuf::from)?;
        folder.is_absolute().then_some(folder)
    });
    let nearest = || here.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    let root = by_service.or_else(nearest).unwrap_or_else(|| here.clone());
    let real = root.canonicalize().ok();
    Folder::new(std::iter::once(root).chain(real), here)
}
