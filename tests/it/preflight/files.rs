//! The program, run on random files, gives the answer of the library. OLD is a license, a portal's statement, or a
//! fetched folder that also holds the members.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::case::{Case, Entry, ITEMS, USER_TYPES, case};
use super::demands::Demands;
use super::property::{Asked, ask};
use crate::common::{Run, seatline};

/// Where a portal's statement of OLD stands: in two files, or in a folder with everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Files,
    Folder,
}

/// Writes the files of a case. Returns the arguments that name them.
fn files(case: &Case, asked: &Asked, place: Place, folder: &Path) -> Vec<String> {
    let path = |name: &str| folder.join(name).display().to_string();
    let write = |name: &str, text: &str| {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    };
    let mut arguments = Vec::new();
    let mut option = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
    write("new.json", &case.new.text());
    let in_folder = place == Place::Folder && case.portal.is_some();
    match (&case.portal, &case.old) {
        (Some(portal), _) if in_folder => {
            write("fetched/license-resource.json", &portal.resource());
            portal.future().iter().for_each(|future| write("fetched/future-license.json", future));
            // A license that was fetched for validation is not installed.
            write("fetched/validated-license.json", &case.new.text());
            option("--over", path("fetched"));
        }
        (Some(portal), _) => {
            write("license-resource.json", &portal.resource());
            option("--over", path("license-resource.json"));
            if let Some(future) = portal.future() {
                write("future-license.json", &future);
                option("--future", path("future-license.json"));
            }
        }
        (None, Some(old)) => {
            write("old.json", &old.text());
            option("--over", path("old.json"));
        }
        (None, None) => {}
    }
    for (name, kind, text) in &asked.usage {
        if in_folder {
            write(&format!("fetched/{name}"), text);
        } else {
            write(name, text);
            option("--usage", kind.map_or_else(|| path(name), |kind| format!("{kind}={}", path(name))));
        }
    }
    if in_folder {
        let listed = std::fs::read_dir(folder.join("fetched")).unwrap().map(|entry| {
            let entry = entry.unwrap();
            let hash = Sha256::digest(std::fs::read(entry.path()).unwrap());
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            json!({"file": entry.file_name().to_str().unwrap(), "sha256": hash})
        });
        let listed: Vec<_> = listed.collect();
        write("fetched/manifest.json", &json!({"schema": "seatline/fetch/v1", "files": listed}).to_string());
    }
    if !case.plan.is_empty() {
        let row =
            |(item, count, from): &(usize, u64, i64)| format!("{},{},{count},{from}\n", ITEMS[*item].0, ITEMS[*item].1);
        write("plan.csv", &format!("kind,id,count,from\n{}", case.plan.iter().map(row).collect::<String>()));
        option("--plan", path("plan.csv"));
    }
    if let Some(list) = &case.list {
        let ids: Vec<_> = list.iter().map(|item| json!({"id": ITEMS[*item].1})).collect();
        write("list.json", &json!({"userTypes": ids}).to_string());
        option("--admins", path("list.json"));
    }
    write("seatline.toml", &case.demands.as_ref().map_or_else(String::new, Demands::text));
    option("--policy", path("seatline.toml"));
    arguments
}

fn run(case: &Case, files: &[String], folder: &Path) -> Run {
    let (new, as_of, lead) = (folder.join("new.json"), case.as_of.to_string(), format!("P{}D", case.lead_days));
    let until = case.until.map(|until| until.to_string());
    let mut arguments = vec!["preflight", new.to_str().unwrap(), "--as-of", &as_of, "--lead", &lead, "-f", "json"];
    arguments.extend(until.iter().flat_map(|until| ["--until", until]));
    arguments.extend(files.iter().map(String::as_str));
    seatline(&arguments)
}

/// The answer without the members that name files.
fn told(report: &Value) -> Value {
    let mut told = report.clone();
    for name in ["new", "old", "usage", "plan", "unknown", "headline"] {
        told[name].take();
    }
    for action in told["actions"].as_array_mut().unwrap() {
        for name in ["message", "locations", "why"] {
            action[name].take();
        }
    }
    told
}

fn agrees(case: &Case, place: Place) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let asked = ask(case);
    let files = files(case, &asked, place, folder.path());
    let run = run(case, &files, folder.path());
    let is_told = case.members.is_some() || !case.counted.is_empty();
    // Entries without the id of a user type do not say who needs user types. An empty list in a license says that
    // nobody needs any; an empty list in a portal's statement does not.
    let is_user_type = |entry: &Entry| USER_TYPES.contains(&entry.item.unwrap_or(entry.like));
    let names_user_type = |entry: &Entry| is_user_type(entry) && entry.item.is_some();
    let by_old = case.old.as_ref().is_some_and(|old| {
        old.entries.iter().any(names_user_type) || case.portal.is_none() && !old.entries.iter().any(is_user_type)
    });
    if !is_told && !by_old {
        prop_assert_eq!(run.code, 2, "nobody says who needs user types: {:?}", run);
        return Ok(());
    }
    let expected = &asked.answers.preflight;
    prop_assert!(!run.stdout.is_empty(), "{:?}", run);
    prop_assert_eq!(told(&run.json()), told(expected), "{:?}", run);
    prop_assert_eq!(run.code, i32::from(expected["verdict"] == "no-go"), "{:?}", run);
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: cases(), failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_program_says_what_the_library_says(mut case in case(), in_folder in any::<bool>()) {
        // The library does not compute a map.
        case.map = None;
        let place = if in_folder { Place::Folder } else { Place::Files };
        if in_folder && case.portal.is_some() {
            // A portal has one license resource.
            case.counted.clear();
            case.apps = None;
            case.plan.retain(|(item, ..)| case.members.is_some() && ITEMS[*item].0 == "userType");
        }
        agrees(&case, place)?;
    }
}

/// The number of cases; `PREFLIGHT_FILES=2000` sets it.
fn cases() -> u32 {
    std::env::var("PREFLIGHT_FILES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60)
}
