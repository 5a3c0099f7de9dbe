//! No line of a table is wider than the page, whatever the names are, on terminals that join characters and on terminals
//! that do not.

use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::common::{command, seatline};

const WIDTHS: [&str; 4] = ["20", "40", "80", "120"];

/// 2025-01-01, 2026-06-01 12:00 and 2027-01-01.
const DATES: [i64; 3] = [1_735_689_600_000, 1_780_315_200_000, 1_798_761_600_000];

fn part() -> impl Strategy<Value = String> {
    let parts = [
        "名前",
        "ｆｕｌｌ",
        "한국어",
        "👩‍💻",
        "👍🏽",
        "🇩🇪",
        "e\u{301}",
        "ก็",
        "मराठी",
        "\u{ad}",
        "\u{200b}",
        "\u{202e}",
        "שלום",
        "Büro",
        "a",
        "x-y",
        "_",
        "/",
        "\\",
        ".",
        " ",
        "  ",
        "\u{3000}",
        "\u{a0}",
        "|",
        "\t",
        "\n",
        "\u{1b}[31m",
        "creatorUT",
        "ⅷ",
        "﷽",
        "𒐫",
        "لا",
        "السلام",
        "ل\u{64e}ا",
        "لا لا ",
        "\u{2764}\u{fe0f}",
        "\u{231a}\u{fe0e}",
        "\u{2d30}\u{2d7f}\u{2d30}",
        "\u{1780}\u{17d2}\u{1780}",
    ];
    (prop::sample::select(parts.to_vec()), prop_oneof![Just(1), Just(2), 1..60_usize])
        .prop_map(|(part, n)| part.repeat(n))
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(part(), 1..4).prop_map(|parts| parts.concat())
}

/// The columns that a line takes, on a terminal that joins characters or on one that does not, whichever is more.
fn columns(line: &str) -> usize {
    let apart: usize = line.chars().map(|character| character.width().unwrap_or(0)).sum();
    apart.max(line.width())
}

#[derive(Clone, Debug)]
struct Names {
    ids: Vec<String>,
    names: Vec<String>,
    seats: Vec<u64>,
    folder: String,
}

fn names() -> impl Strategy<Value = Names> {
    let seats = prop::collection::vec(prop_oneof![0..300_u64, Just(9_007_199_254_740_991)], 6);
    let folder = prop::sample::select(vec![
        "a",
        "名名名名名名名名",
        "a very long folder with blanks, and then some more",
        "é\u{301}",
    ]);
    (prop::collection::vec(name(), 3), prop::collection::vec(name(), 3), seats, folder).prop_map(
        |(ids, names, seats, folder)| {
            // Ids that differ, whatever characters are in them.
            let ids = ids.into_iter().enumerate().map(|(nth, id)| format!("{id}{nth}")).collect();
            Names { ids, names, seats, folder: folder.to_owned() }
        },
    )
}

fn license(names: &Names, more: u64) -> Value {
    let entries: Vec<_> = names
        .ids
        .iter()
        .enumerate()
        .flat_map(|(nth, id)| {
            let seats = [names.seats[nth] / 2 + more, names.seats[nth + 3] / 2, 0];
            DATES.iter().zip(seats).map(move |(date, seats)| json!({"id": id, "maxUsers": seats, "startDate": date}))
        })
        .collect();
    let definitions: Vec<_> = names
        .ids
        .iter()
        .zip(&names.names)
        .map(|(id, name)| json!({"id": id, "name": name, "description": name, "level": "2", "isEsriDefault": false}))
        .collect();
    json!({"MyEsri": {
        "version": "11.3",
        "definitions": {"userTypes": definitions, "appBundles": []},
        "provision": {"userTypes": entries, "appBundles": entries, "extensions": entries, "apps": entries},
        "portalCapabilities": [{"id": names.ids[0], "startDate": DATES[0], "endDate": DATES[1]}],
    }})
}

fn tables(folder: &Path, names: &Names) -> Vec<Vec<String>> {
    let folder = folder.join(&names.folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (old, new, members) = (path("old.json"), path("new.json"), path("members.json"));
    std::fs::write(&old, license(names, 5).to_string()).unwrap();
    std::fs::write(&new, license(names, 0).to_string()).unwrap();
    let users: Vec<_> = (0..9)
        .map(|nth| json!({"username": format!("{}{nth}", names.names[nth % 3]), "userLicenseTypeId": names.ids[nth % 3], "role": "x"}))
        .collect();
    std::fs::write(&members, json!({"users": users, "total": 9, "start": 1, "num": 9, "nextStart": -1}).to_string())
        .unwrap();
    let map = format!("{}={}", names.ids[0], names.ids[1]);
    let lines: [&[&str]; 13] = [
        &["report", &new],
        &["report", &new, &old],
        &["timeline", &new],
        &["timeline", &new, "--by", "date"],
        &["timeline", &new, &old, "--by", "date"],
        &["admins", &new],
        &["check", &new, "--no-policy"],
        &["diff", &old, &new],
        &["fit", &new, "--usage", &members],
        &["preflight", &new, "--over", &old, "--no-policy"],
        &["preflight", &new, "--usage", &members, "--no-policy"],
        &["why", &names.ids[0], &new, "--kind", "app"],
        &["moves", &new, "--members", &members, "--map", &map],
    ];
    lines.into_iter().map(|line| line.iter().map(|word| (*word).to_owned()).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_wider_than_was_asked_for(names in names()) {
        let folder = tempfile::tempdir().unwrap();
        for line in tables(folder.path(), &names) {
            for width in WIDTHS {
                let mut arguments: Vec<&str> = line.iter().map(String::as_str).collect();
                arguments.extend(["--as-of", "2026-03-01", "-q", "--width", width]);
                let run = seatline(&arguments);
                // An id that begins with a hyphen, or a map of a type without members, may be refused; nothing else.
                prop_assert!([0, 1, 2].contains(&run.code), "{arguments:?}: {}", run.stderr);
                let most: usize = width.parse().unwrap();
                for line in run.stdout.lines() {
                    prop_assert!(columns(line) <= most, "{} at {width}: {} {line:?}", arguments[0], columns(line));
                }
            }
        }
    }
}

#[test]
fn every_table_is_shown_for_plain_names() {
    // This test makes sure that the property above sees tables.
    let folder = tempfile::tempdir().unwrap();
    let (ids, names) = (["a", "b", "c"].map(str::to_owned).to_vec(), ["A", "B", "C"].map(str::to_owned).to_vec());
    let names = Names { ids, names, seats: vec![20; 6], folder: "plain".to_owned() };
    for line in tables(folder.path(), &names) {
        let arguments: Vec<&str> =
            line.iter().map(String::as_str).chain(["--as-of", "2026-03-01", "--width", "80"]).collect();
        let run = seatline(&arguments);
        assert!([0, 1].contains(&run.code) && run.stdout.lines().count() > 2, "{arguments:?}: {run:?}");
    }
}

#[test]
fn pages_and_the_list_of_rules_are_no_wider_either() {
    for arguments in [&["explain"][..], &["explain", "seat-gap"], &["explain", "no-admin-user-type"]] {
        let plain = seatline(arguments).stdout;
        assert!(plain.lines().any(|line| line.width() > 60), "{arguments:?}");
        for width in ["30", "60"] {
            let text = seatline(&[arguments, &["--width", width]].concat()).stdout;
            assert!(text.lines().all(|line| line.width() <= width.parse().unwrap()), "{text}");
            let by_columns = command(arguments).env("COLUMNS", width).output().unwrap();
            assert_eq!(String::from_utf8(by_columns.stdout).unwrap(), text);
        }
    }
}

#[test]
fn no_columns_are_as_if_nothing_was_said() {
    let wide = seatline(&["report", "samples/portal-10.8.json", "--as-of", "2019-01-01"]).stdout;
    for columns in ["0", "", "many", "-1"] {
        let output =
            command(&["report", "samples/portal-10.8.json", "--as-of", "2019-01-01"]).env("COLUMNS", columns).output();
        assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), wide, "COLUMNS={columns:?}");
    }
    let narrow =
        command(&["report", "samples/portal-10.8.json", "--as-of", "2019-01-01"]).env("COLUMNS", "40").output();
    let narrow = String::from_utf8(narrow.unwrap().stdout).unwrap();
    assert!(narrow.lines().all(|line| line.width() <= 40) && narrow != wide);
}
