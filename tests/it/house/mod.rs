//! No file of `src/` uses a file that uses it, directly or through others, and the map in `lib.rs` agrees with the
//! code.
//!
//! A file uses the files that define what it names. A `mod.rs` that re-exports a name counts neither as used by who
//! takes the name there, nor as a user of the file with the definition. Tests within `src/` do not count.

mod growth;
mod map;
mod module;
mod names;
mod texts;
mod types;

use std::collections::BTreeSet;
use std::path::Path;

use map::{Arrows, Map, circles};

fn arrows() -> Arrows {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = Map::read(&|file| std::fs::read_to_string(source.join(file)).ok());
    let (arrows, lost) = map.arrows();
    assert!(arrows.len() > 100, "only {} files use another one", arrows.len());
    assert_eq!(lost, [""; 0], "paths that this test cannot follow");
    arrows
}

/// The files of `src/`, without those that hold only tests: paths below `src/`, and texts.
fn rust_files() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = Map::read(&|file| std::fs::read_to_string(source.join(file)).ok());
    let text = |file: &str| std::fs::read_to_string(source.join(file)).unwrap();
    let found: Vec<_> = map.files().into_iter().map(|file| (file.to_owned(), text(file))).collect();
    assert!(found.len() > 200, "only {} files", found.len());
    found
}

fn room(file: &str) -> String {
    file.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// The arrows between rooms. `lib.rs` only lists rooms.
fn between_rooms(files: &Arrows) -> Arrows {
    let mut rooms = Arrows::new();
    for (file, targets) in files {
        let other = targets.iter().map(|target| room(target)).filter(|target| *target != room(file));
        rooms.entry(room(file)).or_default().extend(other);
    }
    rooms
}

/// The arrows within a circle, one a line.
fn shown(circle: &[String], arrows: &Arrows) -> String {
    let within = |from: &String| arrows[from].iter().filter(|to| circle.contains(to)).collect::<Vec<_>>();
    circle.iter().map(|from| format!("  {from} uses {:?}\n", within(from))).collect()
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let arrows = arrows();
    let circles = circles(&arrows);
    let shown: Vec<_> = circles.iter().map(|circle| shown(circle, &arrows)).collect();
    assert!(shown.is_empty(), "circles of files:\n{}", shown.join("\n"));
}

/// The arrows between the folders of a room, and between the folders of these. A loose file belongs to no folder.
fn between_folders(files: &Arrows, room: &str) -> Arrows {
    let folder = |file: &str| Some(file.strip_prefix(room)?.strip_prefix('/')?.split_once('/')?.0.to_owned());
    let mut folders = Arrows::new();
    for (file, targets) in files {
        if let Some(from) = folder(file) {
            let other: Vec<_> =
                targets.iter().filter_map(|target| folder(target)).filter(|target| *target != from).collect();
            folders.entry(from).or_default().extend(other);
        }
    }
    folders
}

#[test]
fn no_folder_of_the_answers_or_the_program_uses_one_that_uses_it() {
    let files = arrows();
    for room in ["answers", "cli"] {
        let folders = between_folders(&files, room);
        assert!(folders.len() > 2, "{room} has the folders {folders:?}");
        let shown: Vec<_> = circles(&folders).iter().map(|circle| shown(circle, &folders)).collect();
        assert!(shown.is_empty(), "circles of folders in {room}:\n{}", shown.join("\n"));
    }
}

/// The rooms in the order in which `lib.rs` lists them.
fn rooms_of_the_map() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("// | ")?.split('|').next());
    let names = rows.flat_map(|cell| cell.split("[`").skip(1).filter_map(|rest| rest.split('`').next()));
    names.map(str::to_owned).collect()
}

#[test]
fn a_room_uses_only_rooms_above_it_on_the_map() {
    let map = rooms_of_the_map();
    let arrows = between_rooms(&arrows());
    let rooms: BTreeSet<_> =
        arrows.iter().flat_map(|(from, to)| to.iter().chain([from])).filter(|room| *room != "main").collect();
    assert_eq!(rooms, map.iter().collect(), "the rooms that there are, and those on the map");
    let place = |room: &String| map.iter().position(|other| other == room);
    let upwards = |(from, to): (&String, &String)| place(to) < place(from) || from == "main";
    let wrong: Vec<_> = arrows
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| (from, to)))
        .filter(|arrow| !upwards(*arrow))
        .map(|(from, to)| format!("{from} uses {to}"))
        .collect();
    assert_eq!(wrong, [""; 0], "against the order of the map in lib.rs");
}

#[test]
fn the_arrows_between_rooms_are_these() {
    let map = rooms_of_the_map();
    let arrows = between_rooms(&arrows());
    let line = |room: &String| {
        let used = map.iter().filter(|other| arrows.get(room).is_some_and(|used| used.contains(*other)));
        format!("{room} uses {}", used.map(String::as_str).collect::<Vec<_>>().join(", "))
    };
    insta::assert_snapshot!(map.iter().map(line).collect::<Vec<_>>().join("\n"));
}

/// The arrows of a small house, as `from to`, and the paths that lead nowhere.
fn of(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let text_of = |name: &str| files.iter().find(|(file, _)| *file == name).map(|(_, text)| (*text).to_owned());
    let (arrows, lost) = Map::read(&text_of).arrows();
    let lines = arrows.iter().flat_map(|(from, to)| to.iter().map(move |to| format!("{from} {to}")));
    (lines.collect(), lost)
}

#[test]
fn paths_lead_to_the_file_that_defines_the_name() {
    let (arrows, lost) = of(&[
        ("lib.rs", "pub mod a; pub mod b; pub use a::Value;"),
        ("a/mod.rs", "mod value; mod make; pub use value::{Value, Kind as Sort}; pub use make::make;"),
        ("a/value.rs", "pub struct Value; pub enum Kind { One }"),
        ("a/make.rs", "use super::Value; pub fn make() -> Value { let other = std::mem::take; Value }"),
        (
            "b.rs",
            "use crate::a; #[cfg(test)] mod tests { use crate::a::Value; }
             pub fn b() { a::make(); println!(\"{}\", crate::a::Sort::One); }",
        ),
        ("main.rs", "use seatline::{Value, b}; mod run; fn main() { b::b(); run::run() }"),
        ("run.rs", "members! { pub Run { } } pub fn run() { let inner = |x: super::run::Run| x.b::<u8>(); }"),
    ]);
    assert_eq!(lost, [""; 0]);
    let expected = [
        "a/make.rs a/value.rs",
        "b.rs a/make.rs",
        "b.rs a/value.rs",
        "main.rs a/value.rs",
        "main.rs b.rs",
        "main.rs run.rs",
    ];
    assert_eq!(arrows, expected);
}

#[test]
fn circles_are_found_and_what_is_handed_on_makes_none() {
    let found = |parent: &str| {
        let files = [("lib.rs", "mod a;"), ("a/mod.rs", parent), ("a/b.rs", "use super::A; pub fn b(a: A) {}")];
        let text_of = |name: &str| files.iter().find(|(file, _)| *file == name).map(|(_, text)| (*text).to_owned());
        circles(&Map::read(&text_of).arrows().0)
    };
    assert_eq!(found("mod b; pub struct A; pub use b::b;"), [[""; 0]; 0]);
    assert_eq!(found("mod b; pub struct A; pub use b::b; fn c() { b(A) }"), [["a/b.rs", "a/mod.rs"]]);
    assert_eq!(found("mod b; pub struct A; fn c() { b::b(A) }"), [["a/b.rs", "a/mod.rs"]]);
    assert_eq!(found("mod b; pub struct A; use self::b::*;"), [["a/b.rs", "a/mod.rs"]]);
    assert_eq!(found("mod b; pub struct A; #[cfg(test)] mod tests { fn c() { super::b::b(super::A) } }"), [[""; 0]; 0]);
}

#[test]
fn a_path_that_leads_nowhere_is_told() {
    let (_, lost) =
        of(&[("lib.rs", "mod a; use a::Missing; fn f() { crate::a::Here::new(); }"), ("a.rs", "pub struct Here;")]);
    assert_eq!(lost, ["lib.rs: a::Missing"]);
}
