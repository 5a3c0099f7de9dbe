use super::*;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn files(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    ["preflight.html", "preflight.md"].map(|name| (name, text.as_bytes().to_vec())).into()
}

fn written(folder: &Path, text: &str, replace: bool) -> Result<(), Stop> {
    refuse(folder, replace)?;
    Pack::open(folder, replace)?.write(&files(text))
}

#[test]
fn a_pack_is_made_with_the_folders_above_it_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/b");
    written(&folder, "new", false).unwrap();
    assert_eq!(names(&folder), ["preflight.html", "preflight.md"]);
    assert_eq!((names(root.path()), names(&root.path().join("a"))), (vec!["a".into()], vec!["b".into()]));
}

#[test]
fn what_is_there_is_replaced_only_by_force_and_other_files_stay() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("out");
    fs::create_dir_all(folder.join("mine")).unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    fs::write(folder.join("preflight.md"), "old").unwrap();
    let stop = written(&folder, "new", false).unwrap_err();
    assert!(stop.message.contains("is there already: --force"), "{stop:?}");
    assert_eq!(names(root.path()), ["out"]);
    assert_eq!(fs::read_to_string(folder.join("preflight.md")).unwrap(), "old");
    written(&folder, "new", true).unwrap();
    assert_eq!(names(&folder), ["mine", "notes.txt", "preflight.html", "preflight.md"]);
    assert_eq!(fs::read_to_string(folder.join("preflight.md")).unwrap(), "new");
    assert_eq!(names(root.path()), ["out"]);
    let file = folder.join("notes.txt");
    assert!(written(&file, "new", true).unwrap_err().message.contains("this is no folder"));
}

#[test]
fn of_what_is_not_written_nothing_is_left() {
    let root = tempfile::tempdir().unwrap();
    let pack = Pack::open(&root.path().join("a/b/c"), false).unwrap();
    let twice = [("same", vec![1]), ("same", vec![2])];
    assert!(pack.write(&twice).unwrap_err().message.contains("cannot be written"));
    assert_eq!(names(root.path()), [""; 0]);
    drop(Pack::open(&root.path().join("a"), false).unwrap());
    assert_eq!(names(root.path()), [""; 0]);
}

#[test]
fn a_folder_with_the_name_of_a_file_stays_with_its_content() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("out");
    fs::create_dir_all(folder.join("preflight.html")).unwrap();
    fs::write(folder.join("preflight.html/notes.txt"), "mine").unwrap();
    let stop = written(&folder, "new", true).unwrap_err();
    assert!(stop.message.contains("preflight.html: is a folder"), "{stop:?}");
    assert_eq!((names(root.path()), names(&folder)), (vec!["out".into()], vec!["preflight.html".into()]));
    assert_eq!(names(&folder.join("preflight.html")), ["notes.txt"]);
}

#[test]
fn of_two_runs_one_wins() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("out");
    let first = Pack::open(&folder, false).unwrap();
    assert!(Pack::open(&folder, false).unwrap_err().message.contains("another run is writing"));
    first.write(&files("new")).unwrap();
    assert_eq!(names(root.path()), ["out"]);
}

/// The state that a killed run leaves after each of its steps, and what the next run makes of it.
#[test]
fn what_a_killed_run_left_is_ended() {
    let hidden = ".out.seatline-pack";
    for (step, left, before) in [
        ("while files were written", &["new"][..], &["mine", "preflight.md"][..]),
        ("after the old folder had gone", &["new", "old"], &[]),
        ("after the new folder had come", &["old"], &["preflight.html", "preflight.md"]),
    ] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        for name in left {
            let part = root.path().join(hidden).join(name);
            fs::create_dir_all(&part).unwrap();
            fs::write(part.join("preflight.md"), *name).unwrap();
            if *name == "old" {
                fs::write(part.join("mine"), "mine").unwrap();
            }
        }
        for name in before {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(name), if left.contains(&"new") { "old" } else { "new" }).unwrap();
        }
        let stop = written(&folder, "next", false).unwrap_err();
        assert!(stop.message.contains("is there already"), "{step}: {stop:?}");
        assert_eq!(names(root.path()), ["out"], "{step}");
        assert!(folder.join("mine").exists(), "{step}");
        let expected = if left.contains(&"new") { "old" } else { "new" };
        assert_eq!(fs::read_to_string(folder.join("preflight.md")).unwrap(), expected, "{step}");
        written(&folder, "next", true).unwrap();
        assert_eq!(fs::read_to_string(folder.join("preflight.md")).unwrap(), "next", "{step}");
        assert!(folder.join("mine").exists(), "{step}");
    }
}

/// While the lock is held, as an interrupt holds it for good, nothing is made, filled, renamed or removed.
#[test]
fn nothing_is_written_once_an_interrupt_removes() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/out");
    let held = |work: Box<dyn FnOnce() + Send>| {
        let before = all(root.path());
        let step = Undisturbed::begin();
        let working = std::thread::spawn(work);
        std::thread::sleep(std::time::Duration::from_millis(100));
        let (meanwhile, is_over) = (all(root.path()), working.is_finished());
        drop(step);
        working.join().unwrap();
        assert_eq!((meanwhile, is_over), (before, false));
    };
    let (sender, opened) = std::sync::mpsc::channel();
    let (first, second) = (folder.clone(), folder.clone());
    let send = sender.clone();
    held(Box::new(move || send.send(Pack::open(&first, false).unwrap()).unwrap()));
    drop(opened.recv().unwrap());
    assert_eq!(all(root.path()), [root.path()]);
    held(Box::new(move || sender.send(Pack::open(&second, false).unwrap()).unwrap()));
    let pack = opened.recv().unwrap();
    held(Box::new(move || pack.write(&[("one", b"1".to_vec()), ("two", b"2".to_vec())]).unwrap()));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
}

fn all(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<_> = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path()).collect();
    all.sort();
    all
}
