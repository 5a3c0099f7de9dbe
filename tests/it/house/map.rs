//! The files of `src/` that each file uses: every path is followed to the file that defines what it names.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{Module, Path};

/// All modules of the program and its library, by their paths, each with its file.
#[derive(Default)]
pub(super) struct Map {
    modules: BTreeMap<Path, (String, Module)>,
}

/// The files that each file uses.
pub(super) type Arrows = BTreeMap<String, BTreeSet<String>>;

enum Found {
    Module(Path),
    /// The file that defines the name.
    Item(String),
    /// The name belongs to another crate, or is a type parameter, a variable or a keyword.
    Elsewhere,
}

/// The first part of paths within the library; the program's paths begin with `PROGRAM`.
const LIBRARY: &str = "crate";
const PROGRAM: &str = "program";

impl Map {
    /// Reads `lib.rs` and `main.rs`, and every file that their `mod` lines name.
    pub(super) fn read(text_of: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut map = Self::default();
        for (root, file) in [(LIBRARY, "lib.rs"), (PROGRAM, "main.rs")] {
            if let Some(text) = text_of(file) {
                map.add(vec![root.to_owned()], file.to_owned(), Module::read(&text), text_of);
            }
        }
        map
    }

    fn add(&mut self, path: Path, file: String, mut module: Module, text_of: &dyn Fn(&str) -> Option<String>) {
        for (name, inline) in std::mem::take(&mut module.inline) {
            self.add(below(&path, &name), file.clone(), inline, text_of);
        }
        for name in &module.children {
            let stem = below(&path, name)[1..].join("/");
            let file =
                [format!("{stem}.rs"), format!("{stem}/mod.rs")].into_iter().find(|file| text_of(file).is_some());
            let file = file.unwrap_or_else(|| panic!("no file of the module {stem}"));
            let child = Module::read(&text_of(&file).unwrap());
            self.add(below(&path, name), file, child, text_of);
        }
        self.modules.insert(path, (file, module));
    }

    /// The files outside of tests.
    pub(super) fn files(&self) -> BTreeSet<&str> {
        self.modules.values().map(|(file, _)| file.as_str()).collect()
    }

    /// The arrows between files, and the paths within the crate that lead nowhere.
    pub(super) fn arrows(&self) -> (Arrows, Vec<String>) {
        let (mut arrows, mut lost) = (Arrows::new(), Vec::new());
        for (at, (file, module)) in &self.modules {
            // A re-export is used by those who use it, not by this file.
            let imports = module
                .imports
                .iter()
                .filter(|(name, _)| !module.handed_on.contains(*name) || module.words.contains(*name));
            for path in imports.map(|(_, path)| path).chain(&module.globs).chain(&module.paths) {
                match self.find(at, path, false, 0) {
                    Some(Found::Item(target)) if target != *file => {
                        arrows.entry(file.clone()).or_default().insert(target);
                    }
                    Some(_) => {}
                    None => lost.push(format!("{file}: {}", path.join("::"))),
                }
            }
        }
        (arrows, lost)
    }

    /// What a path in the module `at` names; `None` where it leads nowhere. A module and a function may share a name:
    /// `leads_on` is whether more of the path follows, so that the name must be that of a module.
    fn find(&self, at: &Path, path: &[String], leads_on: bool, depth: usize) -> Option<Found> {
        if depth > 20 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        let follows = |parts: &[String]| leads_on || !parts.is_empty();
        let mut found = match first.as_str() {
            "crate" => Found::Module(at[..1].to_vec()),
            "self" => Found::Module(at.clone()),
            "super" => Found::Module(at[..at.len() - 1].to_vec()),
            "seatline" if at[0] == PROGRAM => Found::Module(vec![LIBRARY.to_owned()]),
            name => self.named(at, name, follows(rest), depth).unwrap_or(Found::Elsewhere),
        };
        for (index, part) in rest.iter().enumerate() {
            found = match found {
                Found::Module(module) if part == "super" => Found::Module(module[..module.len() - 1].to_vec()),
                // A glob uses the module itself.
                Found::Module(module) if part == "*" => Found::Item(self.modules[&module].0.clone()),
                Found::Module(module) => self.named(&module, part, follows(&rest[index + 1..]), depth)?,
                // A variant, or an associated item of a type.
                other => return Some(other),
            };
        }
        Some(found)
    }

    /// The meaning of a name in a module.
    fn named(&self, at: &Path, name: &str, leads_on: bool, depth: usize) -> Option<Found> {
        let (file, module) = &self.modules[at];
        let child = below(at, name);
        let is_child = self.modules.contains_key(&child);
        if is_child && leads_on {
            return Some(Found::Module(child));
        }
        if module.defined.contains(name) {
            return Some(Found::Item(file.clone()));
        }
        if let Some(path) = module.imports.get(name) {
            // `use toml;` names a crate.
            return if path.len() == 1 { Some(Found::Elsewhere) } else { self.find(at, path, leads_on, depth + 1) };
        }
        if is_child {
            return Some(Found::Module(child));
        }
        module.globs.iter().find_map(|glob| match self.find(at, &glob[..glob.len() - 1], true, depth + 1) {
            Some(Found::Module(module)) => self.named(&module, name, leads_on, depth + 1),
            _ => None,
        })
    }
}

fn below(path: &Path, name: &str) -> Path {
    path.iter().map(String::as_str).chain([name]).map(str::to_owned).collect()
}

/// Files or rooms that use each other, directly or through others.
pub(super) fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reach = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            for target in arrows.get(file).into_iter().flatten() {
                if seen.insert(target) {
                    next.push(target);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<_, _> = arrows.keys().map(|file| (file, reach(file))).collect();
    let together = |file: &&String| -> Vec<String> {
        let both = reached[file].iter().filter(|other| reached.get(*other).is_some_and(|back| back.contains(*file)));
        both.map(|other| (*other).clone()).collect()
    };
    let all: BTreeSet<_> = reached.keys().filter(|file| reached[*file].contains(**file)).map(together).collect();
    all.into_iter().collect()
}
