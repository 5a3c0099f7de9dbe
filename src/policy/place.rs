//! Where a policy lies, so that the paths in its `files` can be held against those of the inputs.

use std::path::{Component, Path, PathBuf};

/// The folder of a policy and the one that relative paths begin in.
#[derive(Clone, Debug, Default)]
pub struct PolicyPlace {
    /// By each of its names; a link has two.
    folders: Vec<PathBuf>,
    here: PathBuf,
}

impl PolicyPlace {
    /// Both folders as absolute paths; `folders` are the names of one folder.
    #[must_use]
    pub fn new(folders: impl IntoIterator<Item = PathBuf>, here: PathBuf) -> Self {
        Self { folders: folders.into_iter().map(|folder| plain(&folder)).collect(), here }
    }

    /// The path of a file from the folder, with `/` between folders.
    #[must_use]
    pub fn path_to(&self, file: &Path) -> String {
        let file = plain(&self.here.join(file));
        let inside = self.folders.iter().find_map(|folder| file.strip_prefix(folder).ok().map(Path::to_owned));
        let path = inside.unwrap_or_else(|| match self.folders.first() {
            Some(folder) => beside(folder, &file),
            None => file,
        });
        let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        parts.collect::<Vec<_>>().join("/")
    }
}

/// The path from a folder to a file that is not in it.
fn beside(folder: &Path, file: &Path) -> PathBuf {
    let common = folder.components().zip(file.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    up.chain(file.components().skip(common)).collect()
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_from_the_folder_of_the_policy() {
        let root = if cfg!(windows) { "C:/" } else { "/" };
        let path = |folder: &str, here: &str, file: &str| {
            let [folder, here] = [folder, here].map(|path| PathBuf::from(format!("{root}{path}")));
            PolicyPlace::new([folder], here).path_to(Path::new(file))
        };
        assert_eq!(path("repo", "repo", "prod/a.json"), "prod/a.json");
        assert_eq!(path("repo", "repo", "./prod/../a.json"), "a.json");
        assert_eq!(path("repo", "repo/prod", "a.json"), "prod/a.json");
        assert_eq!(path("repo/conf", "repo", "prod/a.json"), "../prod/a.json");
        assert_eq!(path("repo", "elsewhere", &format!("{root}repo/prod/a.json")), "prod/a.json");
    }
}
