//! Two documents, with a zero byte between them, through `diff` and `preflight`. Where both are plain, the seats are held to a
//! naive reading.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};

use libfuzzer_sys::fuzz_target;
use seatline_fuzz::{ask, name};
use serde_json::Value;

/// 2026-12-01 in UTC.
const AS_OF_MS: u64 = 1_796_083_200_000;
const YEAR_1999: u64 = 915_148_800_000;
const YEAR_2100: u64 = 4_102_444_800_000;

/// The seats of every item, by the instants at which they change.
type Seats = BTreeMap<(&'static str, String), BTreeMap<u64, u64>>;

/// The seats of a document, if nothing in it can be read in two ways.
fn plain(text: &[u8]) -> Option<Seats> {
    let document: Value = serde_json::from_slice(text).ok()?;
    let provision = document.get("MyEsri")?.get("provision")?.as_object()?;
    let mut seats = Seats::new();
    for (kind, list) in [("userType", "userTypes"), ("appBundle", "appBundles"), ("extension", "extensions"), ("app", "apps")] {
        let Some(entries) = provision.get(list) else { continue };
        for entry in entries.as_array()? {
            let id = entry.get("id")?.as_str().filter(|id| !id.is_empty())?;
            let count = entry.get("maxUsers")?.as_u64().filter(|count| *count < 1 << 53)?;
            let start = entry.get("startDate")?.as_u64().filter(|start| (YEAR_1999..YEAR_2100).contains(start))?;
            let before = seats.entry((kind, id.to_owned())).or_default().insert(start, count);
            if before.is_some_and(|before| before != count) {
                return None;
            }
        }
    }
    seats.iter().any(|((kind, _), _)| *kind == "userType").then_some(seats)
}

fn at(steps: Option<&BTreeMap<u64, u64>>, instant: u64) -> u64 {
    steps.and_then(|steps| steps.range(..=instant).next_back()).map_or(0, |(_, count)| *count)
}

/// Whether NEW at some time has fewer seats of something than OLD.
fn loses(old: &Seats, new: &Seats) -> bool {
    old.iter().any(|(item, steps)| {
        let other = new.get(item);
        let instants: BTreeSet<u64> =
            steps.keys().chain(other.into_iter().flat_map(BTreeMap::keys)).copied().filter(|at| *at > AS_OF_MS).collect();
        std::iter::once(AS_OF_MS).chain(instants).any(|instant| at(other, instant) < at(Some(steps), instant))
    })
}

fuzz_target!(|data: &[u8]| {
    let Some(middle) = data.iter().position(|byte| *byte == 0) else { return };
    let (old, new) = (&data[..middle], &data[middle + 1..]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("old.json");
    std::fs::write(&path, old).expect("a file in it");
    let diff = ask(&["diff", name(&path), "-", "-f", "json"], new);
    ask(&["preflight", "-", "--over", name(&path), "--no-policy", "-f", "json"], new);
    if let (Some(old), Some(new)) = (plain(old), plain(new))
        && diff.exit_code < 2
    {
        let answer: Value = serde_json::from_slice(&diff.stdout).expect("JSON");
        let nothing_lost = answer["nothingLost"].as_bool();
        // Retired extensions are replaced by others; more than seats can be lost.
        let is_replaced = answer["items"].as_array().is_some_and(|items| items.iter().any(|item| !item["replacement"].is_null()));
        if loses(&old, &new) && !is_replaced {
            assert_ne!(nothing_lost, Some(true), "{answer}");
        }
    }
});
