//! The paths of files as seen from a folder: the folder of a policy, or the root of a repository.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf, Prefix};

use crate::source::given::is_name_of_file;

/// The folder that shown paths begin in, and the working directory that relative paths begin in.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The names of the folder; a folder that is reached by a link has two.
    names: Vec<PathBuf>,
    here: PathBuf,
}

impl Folder {
    /// Makes it from absolute paths: `names` of the folder, and the working directory `here`.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = PathBuf>, here: PathBuf) -> Self {
        Self { names: names.into_iter().map(|folder| plain(&folder)).collect(), here }
    }

    /// The path of a file from the folder, with `/` between folders.
    #[must_use]
    pub fn path_to(&self, file: &Path) -> String {
        self.inside(file).unwrap_or_else(|| {
            let file = plain(&self.absolute(file));
            slashes(&self.names.first().map_or_else(|| file.clone(), |folder| beside(folder, &file)))
        })
    }

    /// The path of a file that lies in the folder or below it, with `/` between folders; `None` for any other file.
    #[must_use]
    pub fn inside(&self, file: &Path) -> Option<String> {
        let file = plain(&self.absolute(file));
        self.names.iter().find_map(|folder| below(folder, &file, cfg!(windows))).as_deref().map(slashes)
    }

    /// The path by which a service finds a file of this repository: from the repository's root, or absolute for a
    /// file elsewhere. Standard input and a document in memory are no files.
    #[must_use]
    pub(crate) fn artifact(&self, file: &str) -> Option<String> {
        let path = Path::new(file);
        is_name_of_file(file).then(|| self.inside(path).unwrap_or_else(|| slashes(&plain(&self.absolute(path)))))
    }

    /// As [`Self::artifact`], for a path that need not be Unicode.
    pub(crate) fn artifact_path(&self, file: &Path) -> PathBuf {
        let file = plain(&self.absolute(file));
        let inside = self.names.iter().find_map(|folder| below(folder, &file, cfg!(windows)));
        inside.unwrap_or(file)
    }

    fn absolute(&self, file: &Path) -> PathBuf {
        // `C:x.json` is relative to the working directory of drive C.
        let from_drive = matches!(file.components().next(), Some(Component::Prefix(_))) && !file.has_root();
        match std::path::absolute(file) {
            Ok(absolute) if from_drive => absolute,
            _ => self.here.join(file),
        }
    }
}

/// The path with `/` between folders, on every system.
fn slashes(path: &Path) -> String {
    with_slashes(&path.to_string_lossy(), cfg!(windows))
}

/// The path with `/`, and without the prefixes by which Windows takes a path literally.
fn with_slashes(path: &str, windows: bool) -> String {
    if !windows {
        return path.to_owned();
    }
    let path = path.replace('\\', "/");
    match (path.strip_prefix("//?/UNC/"), path.strip_prefix("//?/")) {
        (Some(share), _) => format!("//{share}"),
        (None, Some(plain)) => plain.to_owned(),
        (None, None) => path,
    }
}

/// A path that was found in a folder, with only the separator that the user wrote in the name of the folder. Windows
/// knows two separators, and mixing both in one name looks broken.
pub(super) fn one_separator(folder: &str, path: &str, windows: bool) -> Option<String> {
    let (wrong, right) = if folder.contains('/') && !folder.contains('\\') { ('\\', "/") } else { ('/', "\\") };
    (windows && path.contains(wrong)).then(|| path.replace(wrong, right))
}

/// The path of a file from a folder that holds it, or a folder of which holds it; `None` for any other file.
fn below(folder: &Path, file: &Path, windows: bool) -> Option<PathBuf> {
    let mut parts = file.components();
    folder
        .components()
        .all(|name| parts.next().is_some_and(|part| is_same(name, part, windows)))
        .then(|| parts.collect())
}

/// Whether two parts of paths name the same file or folder. Windows knows it in any case of letters.
fn is_same(one: Component<'_>, other: Component<'_>, windows: bool) -> bool {
    let folded = |part: Component<'_>| part.as_os_str().to_string_lossy().to_lowercase();
    one == other || (windows && folded(one) == folded(other))
}

/// The path from a folder to a file outside of it.
fn beside(folder: &Path, file: &Path) -> PathBuf {
    let same = |(one, other): &(Component<'_>, Component<'_>)| is_same(*one, *other, cfg!(windows));
    let common = folder.components().zip(file.components()).take_while(same).count();
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    up.chain(file.components().skip(common)).collect()
}

/// The path without `.` and `..`, and without the prefixes by which Windows takes a path literally.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Prefix(prefix) => match prefix.kind() {
                Prefix::VerbatimDisk(letter) => plain.push(format!("{}:", char::from(letter))),
                Prefix::VerbatimUNC(server, share) => {
                    let mut shared = OsString::from(r"\\");
                    shared.push(server);
                    shared.push(r"\");
                    shared.push(share);
                    plain.push(shared);
                }
                _ => plain.push(part),
            },
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

    #[test]
    fn windows_finds_a_file_in_a_folder_whose_name_has_other_letters() {
        let from = |folder: &str, file: &str, windows| below(Path::new(folder), Path::new(file), windows);
        assert_eq!(from("/Repo/Prod", "/repo/PROD/A.json", true), Some(PathBuf::from("A.json")));
        assert_eq!(from("/Repo/Prod", "/repo/PROD/A.json", false), None);
        assert_eq!(from("/repo", "/repo/prod/a.json", false), Some(PathBuf::from("prod/a.json")));
        for windows in [true, false] {
            assert_eq!(from("/repo", "/repository/a.json", windows), None);
            assert_eq!(from("/repo/prod", "/repo", windows), None);
        }
    }

    #[test]
    fn a_file_has_one_name_in_whichever_way_it_was_named() {
        let root = if cfg!(windows) { "C:/" } else { "/" };
        let [repo, here] = ["repo", "repo/prod"].map(|path| PathBuf::from(format!("{root}{path}")));
        let folder = Folder::new([repo], here);
        for (names, called) in [
            (["a.json", "./b/../a.json", "../prod/a.json", "ROOTrepo/prod/a.json"], "prod/a.json"),
            (["../../x/a.json", ".././../x//a.json", "ROOTx/./a.json", "ROOTrepo/../x/a.json"], "ROOTx/a.json"),
        ] {
            let rooted = |path: &str| path.replace("ROOT", root);
            for name in names {
                assert_eq!(folder.artifact(&rooted(name)), Some(rooted(called)), "{name}");
            }
        }
        assert_eq!(Folder::default().artifact("./a/../b.json").as_deref(), Some("b.json"));
        assert_eq!(folder.artifact("<stdin>").or(folder.artifact("<license>")), None);
    }

    #[test]
    fn separators_are_those_of_the_web_and_of_the_one_who_named_the_folder() {
        for (path, slashes) in [
            (r"prod\sub\a.json", "prod/sub/a.json"),
            (r"C:\x\a.json", "C:/x/a.json"),
            (r"\\?\C:\x\a.json", "C:/x/a.json"),
            (r"\\server\share\a.json", "//server/share/a.json"),
            (r"\\?\UNC\server\share\a.json", "//server/share/a.json"),
        ] {
            assert_eq!(with_slashes(path, true), slashes);
            assert_eq!(with_slashes(path, false), path);
        }
        for (folder, path, named) in [
            ("samples", r"samples\a.json", r"samples\a.json"),
            ("x/samples", r"x/samples\sub\a.json", "x/samples/sub/a.json"),
            (r"x\samples", r"x\samples\a.json", r"x\samples\a.json"),
            (r"x/y\samples", r"x/y\samples\a.json", r"x\y\samples\a.json"),
        ] {
            assert_eq!(one_separator(folder, path, true).unwrap_or_else(|| path.to_owned()), named);
            assert_eq!(one_separator(folder, path, false), None);
        }
    }

    #[cfg(windows)]
    #[test]
    fn a_path_may_begin_with_a_drive_or_a_root() {
        let here = std::env::current_dir().unwrap();
        let folder = Folder::new([here.clone()], here.clone());
        let drive = here.to_str().unwrap().get(..2).unwrap().to_owned();
        assert_eq!(folder.inside(Path::new(&format!("{drive}prod\\a.json"))), Some("prod/a.json".to_owned()));
        assert_eq!(folder.artifact(r"\x\a.json"), Some(format!("{drive}/x/a.json")));
        assert_eq!(folder.artifact(&format!("{drive}x.json")).as_deref(), Some("x.json"));
        assert_eq!(folder.artifact(r"prod\a.json").as_deref(), Some("prod/a.json"));
        assert_eq!(folder.artifact(r"\\server\share\a.json").as_deref(), Some("//server/share/a.json"));
        assert_eq!(folder.path_to(Path::new(r"\\server\share\a.json")), "//server/share/a.json");
        for (root, file) in [(r"\\?\C:\x", r"C:\x\a.json"), (r"\\?\UNC\server\share", r"\\server\share\a.json")] {
            let folder = Folder::new([PathBuf::from(root)], here.clone());
            assert_eq!(folder.inside(Path::new(file)).as_deref(), Some("a.json"), "{root}");
            assert_eq!(folder.inside(Path::new(&file.to_lowercase())).as_deref(), Some("a.json"), "{root}");
        }
    }
}
