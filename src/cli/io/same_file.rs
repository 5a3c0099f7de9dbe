//! Whether two paths name one file, so that no output replaces an input.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::exit::Stop;
use crate::source::expand;

/// Refuses an output that would replace the input, or a file of an input folder: a typing error must not cost the
/// user a license.
///
/// # Errors
/// A [`Stop`] where an output is the input.
pub(crate) fn refuse_to_replace(input: Option<&Path>, outputs: &[&Path]) -> Result<(), Stop> {
    // A device may be both input and output.
    let Some(path) = input.filter(|path| !outputs.is_empty() && (path.is_file() || path.is_dir())) else {
        return Ok(());
    };
    if path.is_dir() {
        let inside = expand(path).into_iter().flatten().filter_map(|input| input.path);
        return inside.filter(|path| path.is_file()).try_for_each(|path| refuse_to_replace(Some(&path), outputs));
    }
    match outputs.iter().find(|output| same_file(path, output)) {
        Some(output) => Err(Stop::usage(format!("{}: the result would replace this input", output.display()))),
        None => Ok(()),
    }
}

/// Whether two paths name one file or folder, by the file system's own identity. Where one does not exist yet, the
/// names are compared without regard to case, since the file system may ignore case.
pub(crate) fn same_file(one: &Path, other: &Path) -> bool {
    if one == other || [one, other].contains(&Path::new("-")) {
        return one == other;
    }
    // Opening a pipe would wait for its other end.
    let opens = |path: &Path| fs::metadata(path).is_ok_and(|metadata| metadata.is_file() || metadata.is_dir());
    if opens(one)
        && opens(other)
        && let Ok(same) = same_file::is_same_file(one, other)
    {
        return same;
    }
    place(one).is_some_and(|one| place(other) == Some(one))
}

/// The real path of a file's folder, and the name of the file in small letters. The file need not exist.
fn place(path: &Path) -> Option<(PathBuf, String)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let folder = folder.canonicalize().unwrap_or_else(|_| PathBuf::from(folder.to_string_lossy().to_lowercase()));
    Some((folder, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_same_by_whatever_name() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::create_dir(path("in")).unwrap();
        for name in ["Plan.csv", "other.csv"] {
            fs::write(path(name), "x").unwrap();
        }
        fs::hard_link(path("Plan.csv"), path("linked.csv")).unwrap();
        for (one, other, expected) in [
            ("Plan.csv", "Plan.csv", true),
            ("Plan.csv", "in/../Plan.csv", true),
            ("Plan.csv", "linked.csv", true),
            ("Plan.csv", "other.csv", false),
            ("new.csv", "NEW.CSV", true),
            ("\u{c9}t\u{e9}.csv", "in/../\u{e9}T\u{c9}.csv", true),
            ("new.csv", "in/new.csv", false),
            ("none/new.csv", "none/New.csv", true),
            ("new.csv", "new.json", false),
            ("in", "in/.", true),
        ] {
            assert_eq!(same_file(&path(one), &path(other)), expected, "{one} {other}");
        }
        assert!(same_file(Path::new("-"), Path::new("-")) && !same_file(Path::new("-"), &path("-")));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_one_file_and_pipes_are_not_opened() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::write(path("a"), "x").unwrap();
        std::os::unix::fs::symlink(path("a"), path("b")).unwrap();
        assert!(same_file(&path("a"), &path("b")));
        let made = std::process::Command::new("mkfifo").arg(path("pipe")).status().unwrap();
        assert!(made.success() && !same_file(&path("pipe"), &path("a")) && same_file(&path("pipe"), &path("./pipe")));
    }
}
