use super::*;

const PORTAL: &str = "https://gis.example.com/portal";

fn all(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn manifest(files: &[&str]) -> String {
    let files: Vec<_> = files.iter().map(|file| serde_json::json!({ "file": file })).collect();
    serde_json::json!({ "schema": "seatline/fetch/v1", "files": files }).to_string()
}

#[test]
fn nothing_is_left_of_what_is_not_committed() {
    let root = tempfile::tempdir().unwrap();
    let new_files = NewFiles::open(&root.path().join("a/b"), false, PORTAL).unwrap();
    new_files.keep("members-0001.json", b"{}").unwrap();
    drop(new_files);
    assert_eq!(all(root.path()), [""; 0]);
}

#[test]
fn an_earlier_fetch_is_replaced_as_a_whole_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let old = ["members-0001.json", "members-0002.json", "../outside.json", "mine.json"];
    let outside = root.path().join("outside.json");
    let folder = root.path().join("in");
    fs::create_dir(&folder).unwrap();
    for name in old {
        fs::write(folder.join(name), "old").unwrap();
    }
    // By its name the file belongs to a fetch, but the new manifest does not name it, and readers refuse a folder
    // that holds it.
    fs::write(folder.join("members-0003.json"), "of no fetch").unwrap();
    fs::write(folder.join("manifest.json"), manifest(&old)).unwrap();
    let new_files = NewFiles::open(&folder, true, PORTAL).unwrap();
    for name in ["members-0001.json", "forgotten.json", "manifest.json"] {
        new_files.keep(name, b"new").unwrap();
    }
    new_files.commit(&["members-0001.json", "manifest.json"]).unwrap();
    assert_eq!(all(&folder), ["manifest.json", "members-0001.json", "mine.json"]);
    assert_eq!(fs::read_to_string(folder.join("members-0001.json")).unwrap(), "new");
    assert!(outside.exists());
}

#[test]
fn a_failure_on_the_way_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("members-0001.json"), "old").unwrap();
    fs::write(root.path().join("manifest.json"), manifest(&["members-0001.json"])).unwrap();
    let new_files = NewFiles::open(root.path(), true, PORTAL).unwrap();
    new_files.keep("members-0001.json", b"new").unwrap();
    // The second file was never written, so the move of it fails after that of the first.
    let stop = new_files.commit(&["members-0001.json", "validated-license.json"]).unwrap_err();
    assert!(stop.message.contains("validated-license.json"), "{stop:?}");
    assert_eq!(fs::read_to_string(root.path().join("members-0001.json")).unwrap(), "old");
    assert_eq!(all(root.path()), ["manifest.json", "members-0001.json"]);
}

#[test]
fn what_cannot_be_undone_is_not_lost() {
    let root = tempfile::tempdir().unwrap();
    let path = |name: &str| root.path().join(name);
    fs::write(path("first.old"), "first").unwrap();
    fs::write(path("second.old"), "second").unwrap();
    fs::create_dir_all(path("second/taken")).unwrap();
    let moves = ["first", "second"].map(|name| (path(name), path(&format!("{name}.old"))));
    assert!(!undone(&moves));
    assert_eq!(all(root.path()), ["first", "second", "second.old"], "the other one is back all the same");
    fs::remove_dir_all(path("second")).unwrap();
    assert!(undone(&moves[1..]));
}

#[test]
fn what_is_there_is_kept() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("manifest.json"), "mine").unwrap();
    let stop = NewFiles::open(root.path(), false, PORTAL).unwrap_err();
    assert!(
        stop.message.contains("is not replaced: --out-dir") && !stop.message.contains("--force"),
        "{}",
        stop.message
    );
    // The same where the file appeared while the portal was asked.
    fs::remove_file(root.path().join("manifest.json")).unwrap();
    let new_files = NewFiles::open(root.path(), false, PORTAL).unwrap();
    new_files.keep("manifest.json", b"new").unwrap();
    fs::write(root.path().join("manifest.json"), "mine").unwrap();
    assert!(new_files.commit(&["manifest.json"]).is_err());
    assert_eq!(fs::read_to_string(root.path().join("manifest.json")).unwrap(), "mine");
    fs::create_dir(root.path().join("license-resource.json")).unwrap();
    assert!(NewFiles::open(root.path(), true, PORTAL).unwrap_err().message.contains("folder"));
}

/// The names and contents of a folder; `None` where readers refuse it.
fn read(folder: &Path) -> Option<Vec<(String, String)>> {
    let inputs: Result<Vec<_>, _> = crate::source::expand(folder).into_iter().collect();
    let paths = inputs.ok()?.into_iter().filter_map(|input| input.path);
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    Some(paths.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect())
}

/// Writes these files and their manifest, and gives the names for the commit.
fn kept(new_files: &NewFiles, files: &[(&'static str, &str)]) -> Vec<&'static str> {
    let listed: Vec<_> = files
        .iter()
        .map(|(name, text)| {
            let sha256 = crate::source::fetched::sha256(text.as_bytes()).unwrap();
            serde_json::json!({ "file": name, "bytes": text.len(), "sha256": sha256 })
        })
        .collect();
    let manifest = serde_json::json!({ "schema": "seatline/fetch/v1", "files": listed }).to_string();
    for (name, text) in files {
        new_files.keep(name, text.as_bytes()).unwrap();
    }
    new_files.keep("manifest.json", manifest.as_bytes()).unwrap();
    files.iter().map(|(name, _)| *name).chain(["manifest.json"]).collect()
}

const OLD: [(&str, &str); 3] =
    [("license-resource.json", "same"), ("members-0001.json", "old"), ("members-0002.json", "old, 2")];
const NEW: [(&str, &str); 3] =
    [("license-resource.json", "same"), ("member-counts.json", "new"), ("members-0001.json", "new")];

/// Runs a fetch that is killed after this many renames; `None` where it has fewer of them.
fn killed_after(folder: &Path, renames: usize) -> Option<()> {
    let new_files = NewFiles::open(folder, true, PORTAL).unwrap();
    let names = kept(&new_files, &NEW);
    let mut steps = new_files.steps(&names).unwrap();
    let is_more = steps.len() >= renames;
    steps.truncate(renames);
    exchange(steps, &mut Vec::new()).unwrap();
    new_files.killed();
    is_more.then_some(())
}

#[test]
fn a_fetch_that_is_killed_at_any_rename_is_refused_and_mended() {
    for (before, mine) in [(true, false), (false, true), (false, false)] {
        let mut refused = 0;
        for renames in 0.. {
            let root = tempfile::tempdir().unwrap();
            let folder = root.path().join("out");
            if mine {
                fs::create_dir(&folder).unwrap();
                fs::write(folder.join("mine.json"), "mine").unwrap();
            }
            if before {
                let new_files = NewFiles::open(&folder, false, PORTAL).unwrap();
                let names = kept(&new_files, &OLD);
                new_files.commit(&names).unwrap();
            }
            let old = if folder.exists() { read(&folder).unwrap() } else { Vec::new() };
            if killed_after(&folder, renames).is_none() {
                assert!(renames > 4 && refused > 2, "{renames} renames, {refused} refused");
                break;
            }
            let new = |folder: &Path| {
                let found = read(folder)?;
                let is = |(name, text): &(&str, &str)| found.contains(&((*name).to_owned(), (*text).to_owned()));
                let stale = found.iter().any(|(name, _)| name == "members-0002.json");
                (NEW.iter().all(is) && !stale && found.iter().any(|(name, _)| name == "manifest.json")).then_some(())
            };
            match read(&folder) {
                None => refused += 1,
                Some(found) if found == old => {}
                Some(found) => assert!(new(&folder).is_some(), "{renames}: neither old nor new: {found:?}"),
            }
            // The next run first undoes what was half done.
            let is_new = new(&folder).is_some();
            drop(NewFiles::open(&folder, false, PORTAL));
            if !is_new {
                let now = if folder.exists() { read(&folder).unwrap() } else { Vec::new() };
                assert_eq!(now, old, "{renames}");
            }
            let new_files = NewFiles::open(&folder, true, PORTAL).unwrap();
            let names = kept(&new_files, &NEW);
            new_files.commit(&names).unwrap();
            assert!(new(&folder).is_some(), "{renames}");
            assert_eq!(folder.join("mine.json").exists(), mine);
            assert!(!folder.join(".seatline-fetch").exists());
        }
    }
}

#[test]
fn of_two_fetches_into_one_folder_one_wins() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("out");
    let first = NewFiles::open(&folder, false, PORTAL).unwrap();
    let other = NewFiles::open(&folder, false, PORTAL).unwrap_err();
    assert!(other.message.contains("another `seatline fetch` is writing into this folder"), "{other:?}");
    let names = kept(&first, &OLD);
    first.commit(&names).unwrap();
    assert!(NewFiles::open(&folder, false, PORTAL).unwrap_err().message.contains("--force"));
    assert!(NewFiles::open(&folder, true, PORTAL).is_ok());
}

#[test]
fn a_file_that_no_fetch_wrote_stays_unless_it_may_be_replaced() {
    for name in ["members-0003.json", "MEMBERS-0004.json"] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        let first = NewFiles::open(&folder, false, PORTAL).unwrap();
        let names = kept(&first, &OLD);
        first.commit(&names).unwrap();
        fs::write(folder.join(name), "mine").unwrap();
        assert_eq!(read(&folder), None, "{name}");
        let before = all(&folder);
        let stop = NewFiles::open(&folder, false, PORTAL).unwrap_err();
        assert!(stop.message.contains(name) && stop.message.contains("--force removes it"), "{stop:?}");
        assert_eq!(all(&folder), before, "{name}");
        let again = NewFiles::open(&folder, true, PORTAL).unwrap();
        let names = kept(&again, &NEW);
        again.commit(&names).unwrap();
        assert!(!folder.join(name).exists() && read(&folder).is_some(), "{name}");
    }
}

#[test]
fn a_folder_that_is_no_whole_fetch_is_mended_without_being_told_to() {
    type Spoil = fn(&Path);
    let spoilt: [(&str, Spoil); 3] = [
        ("members-0001.json has other contents", |folder| fs::write(folder.join("members-0001.json"), "OLD").unwrap()),
        ("members-0002.json is missing", |folder| fs::remove_file(folder.join("members-0002.json")).unwrap()),
        ("manifest.json names no file", |folder| fs::write(folder.join("manifest.json"), manifest(&[])).unwrap()),
    ];
    for (why, spoil) in spoilt {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        let first = NewFiles::open(&folder, false, PORTAL).unwrap();
        assert_eq!(first.interrupted(), None);
        let names = kept(&first, &OLD);
        first.commit(&names).unwrap();
        fs::write(folder.join("mine.json"), "mine").unwrap();
        spoil(&folder);
        assert_eq!(read(&folder), None, "{why}");
        let again = NewFiles::open(&folder, false, PORTAL).unwrap();
        assert!(again.interrupted().unwrap().contains(why), "{:?}", again.interrupted());
        let names = kept(&again, &NEW);
        again.commit(&names).unwrap();
        let expected =
            ["license-resource.json", "manifest.json", "member-counts.json", "members-0001.json", "mine.json"];
        assert_eq!(all(&folder), expected, "{why}");
        assert!(read(&folder).is_some());
    }
}

#[test]
fn mending_loses_no_answer_that_is_not_fetched_anew() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("fetched");
    let first = NewFiles::open(&folder, false, PORTAL).unwrap();
    let files = [("license-resource.json", "r"), ("members-0001.json", "a"), ("members-0002.json", "b")];
    let names = kept(&first, &files);
    first.commit(&names).unwrap();
    fs::write(folder.join("members-0002.json"), "changed").unwrap();
    for force in [false, true] {
        let again = NewFiles::open(&folder, force, PORTAL).unwrap();
        let names = kept(&again, &[("license-resource.json", "r")]);
        match again.commit(&names) {
            Ok(()) => assert!(force && all(&folder) == ["license-resource.json", "manifest.json"]),
            Err(stop) => {
                assert!(!force && stop.message.contains("members-0001.json: is of an interrupted fetch"), "{stop:?}");
                assert_eq!(fs::read_to_string(folder.join("members-0002.json")).unwrap(), "changed");
            }
        }
    }
    // Fewer pages of a list are the list all the same.
    fs::remove_dir_all(&folder).unwrap();
    let first = NewFiles::open(&folder, false, PORTAL).unwrap();
    let names = kept(&first, &files);
    first.commit(&names).unwrap();
    fs::remove_file(folder.join("members-0001.json")).unwrap();
    let again = NewFiles::open(&folder, false, PORTAL).unwrap();
    let names = kept(&again, &files[..2]);
    again.commit(&names).unwrap();
    assert_eq!(all(&folder), ["license-resource.json", "manifest.json", "members-0001.json"]);
}

#[test]
fn what_no_fetch_of_ours_wrote_is_not_replaced() {
    for (text, replaced) in [
        ("{\"name\":\"an app\"}", false),
        ("no JSON", false),
        ("{\"schema\":\"seatline/fetch/v9\",\"files\":[]}", true),
        ("{\"schema\"", true),
        ("", true),
    ] {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("members-0001.json"), "mine").unwrap();
        fs::write(root.path().join("manifest.json"), text).unwrap();
        assert_eq!(read(root.path()), None);
        // --force is told of only where it helps.
        let stop = NewFiles::open(root.path(), false, PORTAL).unwrap_err();
        assert_eq!(stop.message.contains("--force"), replaced, "{}", stop.message);
        let forced = NewFiles::open(root.path(), true, PORTAL);
        assert_eq!(forced.is_ok(), replaced, "{text}");
        if let Err(stop) = forced {
            assert!(stop.message.contains("manifest.json: this is not the manifest of a fetch"), "{}", stop.message);
        }
        assert_eq!(fs::read_to_string(root.path().join("manifest.json")).unwrap(), text);
    }
}

#[test]
fn answers_without_a_manifest_are_somebody_elses() {
    for name in ["members-0001.json", "LICENSE-RESOURCE.json", "member-extensions.jsonl"] {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(name), "mine").unwrap();
        for replace in [false, true] {
            let stop = NewFiles::open(root.path(), replace, PORTAL).unwrap_err();
            assert!(stop.message.contains("no fetch wrote this"), "{}", stop.message);
        }
        assert_eq!(all(root.path()), [name]);
        assert_eq!(fs::read_to_string(root.path().join(name)).unwrap(), "mine");
    }
}

#[test]
fn the_fetch_of_another_portal_is_replaced_only_if_told_to_and_only_what_it_wrote() {
    let root = tempfile::tempdir().unwrap();
    let first = NewFiles::open(root.path(), false, PORTAL).unwrap();
    kept(&first, &OLD);
    let manifest = serde_json::json!({
        "schema": "seatline/fetch/v1", "portal": "https://other.example/portal", "files": [{ "file": "members-0001.json" }]
    });
    first.keep("manifest.json", manifest.to_string().as_bytes()).unwrap();
    first.commit(&["members-0001.json", "manifest.json"]).unwrap();
    let stop = NewFiles::open(root.path(), false, PORTAL).unwrap_err();
    assert!(stop.message.contains("other.example") && stop.message.contains("--force"), "{}", stop.message);
    assert!(NewFiles::open(root.path(), false, "https://other.example/portal").is_ok());
    assert!(NewFiles::open(root.path(), true, PORTAL).is_ok());
    fs::write(root.path().join("members-0099.json"), "mine").unwrap();
    let stop = NewFiles::open(root.path(), true, PORTAL).unwrap_err();
    assert!(stop.message.contains("members-0099.json: this is not named"), "{}", stop.message);
}
