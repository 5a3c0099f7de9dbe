//! The paths of files from a folder: that of a policy, or the root of a repository.

use std::path::{Component, Path, PathBuf};

/// A folder, and the one that relative paths begin in.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// By each of its names; a link has two.
    names: Vec<PathBuf>,
    here: PathBuf,
}

impl Folder {
    /// Both folders as absolute paths; `names` are those of one folder.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = PathBuf>, here: PathBuf) -> Self {
        Self { names: names.into_iter().map(|folder| plain(&folder)).collect(), here }
    }

    /// The path of a file from the folder, with `/` between folders.
    #[must_use]
    pub fn path_to(&self, file: &Path) -> String {
        self.inside(file).unwrap_or_else(|| {
            let file = plain(&self.here.join(file));
            slashes(&self.names.first().map_or_else(|| file.clone(), |folder| beside(folder, &file)))
        })
    }

    /// The same of a file that lies in the folder, or below it.
    #[must_use]
    pub fn inside(&self, file: &Path) -> Option<String> {
        let file = plain(&self.here.join(file));
        self.names.iter().find_map(|folder| file.strip_prefix(folder).ok()).map(slashes)
    }
}

/// With `/` between folders, on every system.
fn slashes(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<_>>().join("/")
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
                // The parent of an unknown folder cannot be resolved.
                match plain.components().next_back() {
                    Some(Component::Normal(_)) => {
                        plain.pop();
                    }
                    Some(Component::RootDir | Component::Prefix(_)) => {}
                    _ => plain.push(part),
                }
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
    fn paths_are_those_from_the_folder() {
        let root = if cfg!(windows) { "C:/" } else { "/" };
        let path = |folder: &str, here: &str, file: &str| {
            let [folder, here] = [folder, here].map(|path| PathBuf::from(format!("{root}{path}")));
            Folder::new([folder], here).path_to(Path::new(file))
        };
        assert_eq!(path("repo", "repo", "prod/a.json"), "prod/a.json");
        assert_eq!(path("repo", "repo", "./prod/../a.json"), "a.json");
        assert_eq!(path("repo", "repo/prod", "a.json"), "prod/a.json");
        assert_eq!(path("repo/conf", "repo", "prod/a.json"), "../prod/a.json");
        assert_eq!(path("repo", "repo", "../../x/a.json"), "../x/a.json");
        let nowhere = Folder::default();
        assert_eq!(nowhere.path_to(Path::new("./a//b/../c.json")), "a/c.json");
        assert_eq!(
            (nowhere.path_to(Path::new("../../c.json")), nowhere.inside(Path::new("c.json"))),
            ("../../c.json".into(), None)
        );
        assert_eq!(path("repo", "elsewhere", &format!("{root}repo/prod/a.json")), "prod/a.json");
    }
}
