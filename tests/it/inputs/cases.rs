//! Every file of `tests/fixtures/inputs` with the command that a user would run: it gives the right answer, or a
//! message that helps. The other tests here look closer.

use std::collections::BTreeSet;
use std::path::Path;

use crate::common::seatline;

/// The file, the command with it as FILE, the exit code, and texts of the output.
type Case = (&'static str, &'static [&'static str], i32, &'static [&'static str]);

const NEW: &str = "tests/fixtures/inputs/new-11.5-advediting.json";
const OLD: &str = "tests/fixtures/inputs/old-11.1-un-pf.json";
const BUNDLES: &str = "tests/fixtures/inputs/bundles.json";
const RESOURCE: &str = "tests/fixtures/inputs/res-bundles.json";
const MEMBERS: &str = "tests/fixtures/inputs/members-system-untyped.json";

const CASES: &[Case] = &[
    ("bundles.json", &["report", "FILE"], 0, &["fieldAppsAB"]),
    ("cap-far-end.json", &["report", "FILE"], 0, &["indoors", "no end stated, perhaps perpetual (3000-01-01 00:00)"]),
    ("counts.json", &["fit", NEW, "--usage", "FILE"], 0, &["creatorUT             Creator                  20     20"]),
    (
        "counts-bare-list.json",
        &["fit", NEW, "--usage", "FILE"],
        0,
        &["creatorUT             Creator                  12"],
    ),
    (
        "counts-bundles-hex.json",
        &["fit", BUNDLES, "--usage", "FILE", "--usage", RESOURCE],
        0,
        &["fieldAppsAB", "is the app bundle fieldAppsAB"],
    ),
    ("csv-counts.csv", &["fit", NEW, "--usage", "FILE"], 0, &["creatorUT             Creator                  12"]),
    (
        "csv-licensetype.csv",
        &["fit", NEW, "--usage", "FILE"],
        0,
        &["2 members (1 disabled, holding seats all the same)"],
    ),
    ("envelope-with-source-not-understood.jsonl", &["report", "FILE"], 0, &["portal-17"]),
    (
        "first-line-broken-then-two-licenses.jsonl",
        &["report", "FILE"],
        3,
        &[":1:2: not JSON", "document 2", "document 3"],
    ),
    (
        "k8s-licenses-11.2.json",
        &["diff", "FILE", NEW],
        0,
        &["licenses of the site's servers, which are not compared", "user types, app bundles, apps are not in it"],
    ),
    (
        "k8s-org-license-11.2.json",
        &["fit", NEW, "--usage", "FILE"],
        0,
        &["creatorUT             Creator                  20"],
    ),
    ("lone-surrogate-in-name-of-unread-member.json", &["report", "FILE"], 0, &["version 11.4"]),
    (
        "members-system-typed.json",
        &["fit", NEW, "--usage", "FILE"],
        0,
        &[
            "left out as built-in accounts of the portal: esri_boundaries",
            "if the portal's built-in accounts that were left out hold seats",
            "does not fit: 1 user type",
            "30 members",
        ],
    ),
    (
        "members-system-untyped.json",
        &["moves", NEW, "--members", "FILE", "--map", "creatorUT=editorUT"],
        1,
        &["30 members", "left out as built-in accounts of the portal"],
    ),
    (
        "members-system-viewer-small.json",
        &["fit", NEW, "--usage", "FILE"],
        0,
        &["24 members", "left out as built-in accounts of the portal: esri_boundaries"],
    ),
    ("misspelt-advEditing.json", &["check", "FILE", "--no-policy"], 0, &["did you mean advediting?"]),
    (
        "moves-names.csv",
        &["moves", NEW, "--members", MEMBERS, "--moves", "FILE"],
        1,
        &[
            "\"Contributor\" is editorUT",
            "\"Professional Plus\" is GISProfessionalAdvUT",
            "the license has no user type contributorUT",
            "did you mean Contributor (editorUT)?",
            "its id is GISProfessionalAdvUT",
        ],
    ),
    ("new-11.5-advediting.json", &["report", "FILE"], 0, &["advediting"]),
    (
        "old-11.1-un-pf.json",
        &["diff", "FILE", NEW],
        0,
        &["perhaps replaced by advediting", "NEW gives at every later time at least what OLD gives"],
    ),
    ("one-user.json", &["fit", NEW, "--usage", "FILE"], 1, &["other members were not counted", "advediting"]),
    ("perpetual-end-3000.json", &["report", "FILE"], 0, &["no end stated, perhaps perpetual (3000-01-01 00:00)"]),
    (
        "portal-member-report.csv",
        &["fit", NEW, "--usage", "FILE"],
        1,
        &["user types by name: \"Creator\" is creatorUT"],
    ),
    (
        "prvc-called-documentation-syntax.prvc",
        &["report", "FILE"],
        3,
        &["this is an authorization file (.prvc, .ecp or .lic)"],
    ),
    ("res-bundles.json", &["fit", BUNDLES, "--usage", "FILE"], 0, &["creatorUT"]),
    ("res-perpetual-32503680000000.json", &["diff", "FILE", NEW], 1, &["OLD: no end stated, perhaps perpetual"]),
    ("user-license-types.json", &["fit", NEW, "--usage", "FILE"], 3, &["this names user types, and counts nobody"]),
    ("users-search.json", &["fit", NEW, "--usage", "FILE"], 0, &["2 members"]),
];

#[test]
fn every_file_gets_the_right_answer_or_the_right_word() {
    let mut wrong = Vec::new();
    for (file, command, code, words) in CASES {
        let path = format!("tests/fixtures/inputs/{file}");
        let arguments: Vec<_> = command.iter().map(|word| if *word == "FILE" { path.as_str() } else { word }).collect();
        let run = seatline(&[&arguments[..], &["--as-of", "2026-06-01"]].concat());
        let said = format!("{}{}", run.stdout, run.stderr);
        let missing: Vec<_> = words.iter().filter(|word| !said.contains(**word)).collect();
        if run.code != *code || !missing.is_empty() {
            wrong.push(format!("{file}: exit {}, without {missing:?}: {said}", run.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let misspelt = seatline(&["diff", OLD, "tests/fixtures/inputs/misspelt-advEditing.json", "--as-of", "2026-06-01"]);
    assert_eq!(misspelt.code, 1, "an id in another case is no successor: {misspelt:?}");
}

#[test]
fn no_file_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/inputs");
    let there: BTreeSet<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let tried: BTreeSet<_> = CASES.iter().map(|(file, ..)| (*file).to_owned()).collect();
    assert_eq!(there, tried);
}
