//! An answer that a fetch saved, read by itself and not as a part of its folder.

use std::path::Path;

use crate::common::{Run, seatline};
use crate::portal::run::{Fetch, LICENSE, text};
use crate::portal::stub::{ADMIN, Member, Portal};

/// Every way to read one of the files that a fetch saves.
fn readers(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(file);
    let resource = text(path.with_file_name("license-resource.json"));
    let usage = |reader| format!("{reader} {LICENSE} --usage {file}");
    let lines = match path.file_name().unwrap().to_str().unwrap() {
        "validated-license.json" => vec![
            format!("report {file}"),
            format!("timeline {file}"),
            format!("check {file}"),
            format!("admins {file}"),
            format!("why creatorUT {file}"),
            format!("diff {file} {LICENSE}"),
            format!("diff {LICENSE} {file}"),
            format!("fit {file} --nobody-yet"),
            format!("preflight {file} --nobody-yet"),
            format!("preflight {LICENSE} --over {file} --nobody-yet"),
            format!("moves {file} --members samples/moves/members.csv --map viewerUT=editorUT"),
        ],
        "administrator-list.json" => vec![
            format!("report {LICENSE} --admins {file}"),
            format!("admins {LICENSE} --admins {file}"),
            format!("preflight {LICENSE} --nobody-yet --admins {file}"),
        ],
        "license-resource.json" => {
            let old = [format!("diff {file} {LICENSE}"), format!("preflight {LICENSE} --over {file}")];
            [vec![usage("fit"), usage("check")], old.into()].concat()
        }
        "members-0001.json" => {
            vec![usage("fit"), usage("check"), format!("moves {LICENSE} --members {file} --map viewerUT=editorUT")]
        }
        "member-counts.json" | "member-extensions.jsonl" => vec![usage("fit"), usage("check")],
        "future-license.json" => vec![format!("preflight {LICENSE} --over {resource} --future {file}")],
        other => panic!("nobody reads {other}"),
    };
    lines.into_iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
}

/// Runs every reader of a file, and gives what each said.
fn read(file: &str) -> Vec<(String, Run)> {
    let run = |reader: Vec<String>| {
        let arguments: Vec<&str> = reader.iter().map(String::as_str).collect();
        (reader.join(" "), seatline(&arguments))
    };
    readers(file).into_iter().map(run).collect()
}

#[test]
fn a_file_that_was_changed_after_the_fetch_is_refused_by_every_reader() {
    let portal = Portal::new()
        .member(Member::new(ADMIN, "GISProfessionalAdvUT").administrator().extensions(&["advediting"]))
        .member(Member::new("ann", "viewerUT").extensions(&[]))
        .start();
    let fetched = Fetch::of(&portal).license().signed_in().and(&["--extensions"]).run();
    fetched.ends(0, &[]);
    let names: Vec<String> = fetched.files().into_iter().filter(|name| name != "manifest.json").collect();
    assert_eq!(names.len(), 7, "{names:?}");
    let elsewhere = tempfile::tempdir().unwrap();
    for name in names {
        let path = fetched.folder().join(&name);
        let file = text(&path);
        // As it came it is read, or at least nobody says that it is another one.
        for (reader, run) in read(&file) {
            assert!(run.code != 2 && !run.stderr.contains("changed since"), "{reader}: {run:?}");
        }
        let whole = std::fs::read(&path).unwrap();
        // A blank more, and a byte in place of another one.
        let same_length = [&whole[..whole.len() - 1], b" "].concat();
        for (change, why) in
            [([&whole[..], b" "].concat(), "it has another length"), (same_length, "it has other contents")]
        {
            if change == whole {
                continue;
            }
            std::fs::write(&path, &change).unwrap();
            for (reader, run) in read(&file) {
                let said =
                    format!("of an interrupted fetch, or changed since ({why} by manifest.json): it is not read");
                assert!(run.code == 3 && run.stderr.contains(&said), "{reader}: {run:?}");
                assert!(run.stderr.contains("`seatline fetch` gets it anew"), "{reader}: {run:?}");
            }
            // A copy in another folder belongs to no fetch.
            let copy = elsewhere.path().join(&name);
            std::fs::write(&copy, &change).unwrap();
            for (reader, run) in read(&text(&copy)) {
                assert!(!run.stderr.contains("changed since"), "{reader}: {run:?}");
            }
        }
        std::fs::write(&path, &whole).unwrap();
    }
    // A page that the manifest does not name, as a fetch leaves it that was killed while it moved its files.
    let page = fetched.folder().join("members-0002.json");
    std::fs::copy(fetched.folder().join("members-0001.json"), &page).unwrap();
    let run = seatline(&["fit", LICENSE, "--usage", &text(&page)]);
    assert!(run.code == 3 && run.stderr.contains("manifest.json does not name it"), "{run:?}");
    std::fs::write(fetched.folder().join("manifest.json"), "{\"schema\": \"seatl").unwrap();
    let run = seatline(&["report", &text(fetched.folder().join("validated-license.json"))]);
    assert!(run.code == 3 && run.stderr.contains("manifest.json is cut off"), "{run:?}");
}
