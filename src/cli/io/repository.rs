//! The root of the repository, from which GitHub, GitLab and Azure Pipelines name files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::io::variable::variable;
use crate::source::{Folder, expand_all};

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

/// The paths of these inputs that are no Unicode, by the names that answers give them. A name that stands for two of them is left
/// out, since nobody can say which of the two is meant.
pub(crate) fn not_unicode(files: &[PathBuf]) -> BTreeMap<String, PathBuf> {
    let mut paths: BTreeMap<String, Option<PathBuf>> = BTreeMap::new();
    for input in files.iter().flat_map(|file| expand_all(file).0).flatten() {
        let name = input.name();
        if let Some(path) = input.path.filter(|_| name.contains(char::REPLACEMENT_CHARACTER)) {
            let known = paths.entry(name).or_insert_with(|| Some(path.clone()));
            if known.as_ref() != Some(&path) {
                *known = None;
            }
        }
    }
    let odd = |(name, path): (_, Option<PathBuf>)| Some((name, path.filter(|path| path.to_str().is_none())?));
    paths.into_iter().filter_map(odd).collect()
}
