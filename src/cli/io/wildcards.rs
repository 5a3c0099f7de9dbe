//! `*` and `?` in the name of a FILE, which the shells of Windows do not expand.

use std::fs;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use crate::cli::args::Command;
use crate::cli::exit::Stop;
use crate::source::found_in;

/// Replaces patterns by the names of files, as shells do on other systems. A pattern without a match stays, and is
/// then reported as a file that does not exist.
///
/// # Errors
/// A [`Stop`] where several files match and the command takes only one.
pub(crate) fn expand(command: &mut Command) -> Result<(), Stop> {
    if !cfg!(windows) {
        return Ok(());
    }
    let many = |files: &mut Vec<PathBuf>| *files = expanded(files);
    match command {
        Command::Report(args) => many(&mut args.license.files),
        Command::Timeline(args) => many(&mut args.license.files),
        Command::Admins(args) => many(&mut args.license.files),
        Command::Check(args) => many(&mut args.license.files),
        Command::Diff(args) => {
            one(&mut args.old)?;
            one(&mut args.new)?;
        }
        Command::Fit(args) => one(&mut args.file)?,
        Command::Preflight(args) => one(&mut args.new)?,
        Command::Why(args) => one(&mut args.file)?,
        Command::Moves(args) => one(&mut args.file)?,
        Command::Fetch(_) | Command::Explain(_) | Command::Schema(_) | Command::Generate(_) => {}
    }
    Ok(())
}

fn expanded(files: &[PathBuf]) -> Vec<PathBuf> {
    let each = files.iter().map(|file| matching(file));
    let each = files.iter().zip(each).map(|(file, found)| if found.is_empty() { vec![file.clone()] } else { found });
    each.flatten().collect()
}

fn one(file: &mut PathBuf) -> Result<(), Stop> {
    let found = matching(file);
    match found.as_slice() {
        [] => Ok(()),
        [only] => {
            file.clone_from(only);
            Ok(())
        }
        [first, second, ..] => Err(Stop::usage(format!(
            "{}: {} files match, {} and {} among them, and one is wanted",
            file.display(),
            found.len(),
            first.display(),
            second.display()
        ))),
    }
}

/// The files and folders that match a pattern, sorted; empty where the path is no pattern.
fn matching(pattern: &Path) -> Vec<PathBuf> {
    if !pattern.components().any(|part| is_wild(&part)) {
        return Vec::new();
    }
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        match glob(&part) {
            Some(glob) => found = found.iter().flat_map(|folder| inside(folder, &glob, &part)).collect(),
            None => found.iter_mut().for_each(|path| path.push(part)),
        }
    }
    found.retain(|path| fs::symlink_metadata(path).is_ok());
    found.into_iter().map(|path| found_in(pattern, path)).collect()
}

fn is_wild(part: &Component<'_>) -> bool {
    matches!(part, Component::Normal(name) if name.to_string_lossy().contains(['*', '?']))
}

/// The matcher of a part of a path. Only `*` and `?` have a meaning: brackets and braces occur in names.
fn glob(part: &Component<'_>) -> Option<GlobMatcher> {
    let text = is_wild(part).then(|| part.as_os_str().to_string_lossy().into_owned())?;
    let escaped = text.chars().map(|character| match character {
        '*' | '?' => character.to_string(),
        other => globset::escape(&other.to_string()),
    });
    let escaped: String = escaped.collect();
    GlobBuilder::new(&escaped)
        .literal_separator(true)
        .case_insensitive(true)
        .build()
        .ok()
        .map(|glob| glob.compile_matcher())
}

/// The entries of a folder that match, sorted. A name that begins with a dot matches only a pattern that does.
fn inside(folder: &Path, glob: &GlobMatcher, part: &Component<'_>) -> Vec<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let shows_hidden = part.as_os_str().to_string_lossy().starts_with('.');
    let names = fs::read_dir(here).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.file_name());
    let visible = names.filter(|name| shows_hidden || !name.to_string_lossy().starts_with('.'));
    let mut matching: Vec<_> = visible.filter(|name| glob.is_match(name)).map(|name| folder.join(name)).collect();
    matching.sort_unstable();
    matching
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matches of a pattern in a folder with these files.
    fn found(pattern: &str) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        for name in
            ["prod/b.json", "prod/A.JSON", "prod/c.txt", "prod/.d.json", "test/[x].json", "test/x.json", "e.json"]
        {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        let found = matching(&root.path().join(pattern));
        let name = |path: &PathBuf| path.strip_prefix(root.path()).unwrap().to_str().unwrap().replace('\\', "/");
        found.iter().map(name).collect()
    }

    #[test]
    fn a_pattern_stands_for_the_files_that_match_sorted() {
        for (pattern, names) in [
            ("prod/*.json", &["prod/A.JSON", "prod/b.json"][..]),
            ("prod/.*", &["prod/.d.json"]),
            ("*/?.json", &["prod/A.JSON", "prod/b.json", "test/x.json"]),
            ("test/[x]*", &["test/[x].json"]),
            ("*", &["e.json", "prod", "test"]),
            ("p*/b.json", &["prod/b.json"]),
            ("none/*.json", &[]),
            ("prod/*.xml", &[]),
            ("prod/b.json", &[]),
        ] {
            assert_eq!(found(pattern), names, "{pattern}");
        }
    }

    #[test]
    fn what_matches_nothing_stays_and_one_is_one() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.json"), "{}").unwrap();
        let path = |name: &str| root.path().join(name);
        assert_eq!(expanded(&[path("*.json"), path("x*"), "-".into()]), [path("a.json"), path("x*"), "-".into()]);
        let mut file = path("?.json");
        one(&mut file).unwrap();
        assert_eq!(file, path("a.json"));
        fs::write(root.path().join("b.json"), "{}").unwrap();
        let stop = one(&mut path("*.json")).unwrap_err();
        assert!(stop.message.contains("2 files match") && stop.message.ends_with("one is wanted"), "{stop:?}");
    }
}
