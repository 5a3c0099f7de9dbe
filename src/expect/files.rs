//! The input files that an expectation or a waiver applies to.

use std::borrow::Cow;

use globset::{GlobBuilder, GlobSet};

/// Files by their paths from the policy's folder, as globs: `*` stays within a folder, `**` crosses folders.
#[derive(Clone, Debug)]
pub struct Files {
    globs: GlobSet,
    /// Whether a file is known by its name in any case of letters. The globs are in small letters then.
    any_case: bool,
}

/// Why a glob is not sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{glob}` is no pattern of files: {problem}")]
pub struct BadGlob {
    /// The index of the glob in the list, from 0.
    pub index: usize,
    /// The glob as the policy has it.
    pub glob: String,
    pub problem: String,
}

impl Files {
    /// Compiles globs with `/` between folders, on every system.
    ///
    /// # Errors
    /// A [`BadGlob`] where a glob is not sound, or can match no file.
    pub fn new<'g>(globs: impl IntoIterator<Item = &'g str>) -> Result<Self, BadGlob> {
        Self::of_system(globs, cfg!(windows))
    }

    /// Windows knows a file by its name in any case of letters.
    fn of_system<'g>(globs: impl IntoIterator<Item = &'g str>, windows: bool) -> Result<Self, BadGlob> {
        let mut set = GlobSet::builder();
        for (index, glob) in globs.into_iter().enumerate() {
            let bad = |problem: String| BadGlob { index, glob: glob.to_owned(), problem };
            if let Some(problem) = problem(glob) {
                return Err(bad(problem));
            }
            let plain = folded(glob.strip_prefix("./").unwrap_or(glob), windows);
            let built = GlobBuilder::new(&plain).literal_separator(true).backslash_escape(true).build();
            set.add(built.map_err(|error| bad(error.kind().to_string()))?);
        }
        let globs =
            set.build().map_err(|error| BadGlob { index: 0, glob: String::new(), problem: error.to_string() })?;
        Ok(Self { globs, any_case: windows })
    }

    /// Whether a file is among them, by its path from the policy's folder with `/` between folders.
    #[must_use]
    pub fn contain(&self, path: &str) -> bool {
        self.globs.is_match(&*folded(path, self.any_case))
    }
}

/// The text in small letters, where case does not matter.
fn folded(text: &str, any_case: bool) -> Cow<'_, str> {
    if any_case { text.to_lowercase().into() } else { text.into() }
}

/// Why a glob can match no file; `None` where it can.
fn problem(glob: &str) -> Option<String> {
    let has_drive = glob.as_bytes().get(1) == Some(&b':');
    match glob {
        "" => Some("it is empty".to_owned()),
        _ if glob.starts_with('/') || has_drive => {
            Some("it must be a path from the folder of the policy, such as prod/**".to_owned())
        }
        _ if glob.ends_with('/') => Some(format!("this is a folder; did you mean `{glob}**`?")),
        _ if glob.contains("\\") && !glob.contains('/') => Some("write `/` between folders, on Windows too".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_its_folder() {
        let contain = |glob: &str, path: &str| Files::of_system([glob], false).unwrap().contain(path);
        for (glob, yes, no) in [
            ("*.json", &["a.json", ".hidden.json"][..], &["b/a.json"][..]),
            ("**/*.json", &["a.json", "b/c/a.json"], &["a.jsonl"]),
            ("prod/**", &["prod/a.json", "prod/b/c.json"], &["prod", "xprod/a.json", "Prod/a.json"]),
            ("./prod/*", &["prod/a.json"], &["prod/b/c.json"]),
            ("../other/**", &["../other/a.json"], &["other/a.json"]),
            ("{prod,test}/a.json", &["prod/a.json", "test/a.json"], &["stage/a.json"]),
            ("[ab].json", &["a.json"], &["c.json"]),
            ("test-?.json", &["test-1.json"], &["test-10.json"]),
        ] {
            assert!(yes.iter().all(|path| contain(glob, path)), "{glob}");
            assert!(!no.iter().any(|path| contain(glob, path)), "{glob}");
        }
    }

    #[test]
    fn windows_knows_a_file_in_any_case_of_letters() {
        for path in ["prod/a.json", "PROD/A.JSON", "Prod/Änderung.json"] {
            let globs = ["prod/a.json", "prod/ä*"];
            assert!(Files::of_system(globs, true).unwrap().contain(path), "{path}");
            assert_eq!(Files::of_system(globs, false).unwrap().contain(path), path == "prod/a.json", "{path}");
        }
    }

    #[test]
    fn what_matches_nothing_is_told() {
        for (glob, part) in [
            ("", "empty"),
            ("/etc/*", "from the folder"),
            ("C:/x", "from the folder"),
            ("prod/", "`prod/**`"),
            ("prod\\a.json", "on Windows too"),
            ("[a", "unclosed"),
            ("{a,b", "unclosed"),
        ] {
            let error = Files::new(["ok.json", glob]).unwrap_err();
            assert!(error.index == 1 && error.to_string().contains(part), "{error}");
        }
    }
}
