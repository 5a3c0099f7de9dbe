//! No incomplete file is left, and no earlier file is lost.

use std::fs;
use std::path::Path;

use crate::portal::run::{Fetch, text};
use crate::portal::stub::{Always, Answer, Member, Op, Portal};

#[test]
fn what_is_there_is_kept_unless_it_is_said() {
    let portal = Portal::new().without_site().start();
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("out");
    fs::create_dir(&folder).unwrap();
    for name in ["validated-license.json", "notes.txt", "my-license.json"] {
        fs::write(folder.join(name), "mine").unwrap();
    }
    let fetched = Fetch::of(&portal).license().into_folder(root).run();
    assert_eq!(fetched.run.code, 2);
    assert!(fetched.run.stderr.contains("validated-license.json: no fetch wrote this"), "{:?}", fetched.run);
    assert_eq!(fetched.bytes("validated-license.json"), b"mine");
    // --force does not replace it either, since it is somebody else's.
    let fetched = Fetch::of(&portal).license().and(&["--force"]).into_folder(fetched.into_root()).run();
    assert_eq!((fetched.run.code, fetched.bytes("validated-license.json")), (2, b"mine".to_vec()), "{:?}", fetched.run);
    assert_eq!(portal.connections(), 0, "known before anything is asked");
    fs::remove_file(fetched.folder().join("validated-license.json")).unwrap();
    let fetched = Fetch::of(&portal).license().into_folder(fetched.into_root()).run();
    assert_eq!(fetched.run.code, 0, "{:?}", fetched.run);
    let first = fetched.bytes("manifest.json");
    let fetched = Fetch::of(&portal).license().into_folder(fetched.into_root()).run();
    assert!(fetched.run.code == 2 && fetched.run.stderr.contains("is there already: --force"), "{:?}", fetched.run);
    assert_eq!(fetched.bytes("manifest.json"), first);
    let fetched = Fetch::of(&portal).license().and(&["--force"]).into_folder(fetched.into_root()).run();
    assert_eq!(fetched.run.code, 0, "{:?}", fetched.run);
    assert_eq!((fetched.bytes("notes.txt"), fetched.bytes("my-license.json")), (b"mine".to_vec(), b"mine".to_vec()));
}

#[test]
fn the_license_that_is_sent_is_not_replaced() {
    let portal = Portal::new().without_site().start();
    let mut fetched = Fetch::of(&portal).license().run();
    let before = portal.connections();
    // A path through another folder leads to the same file.
    for name in ["validated-license.json", "../out/validated-license.json"] {
        let license = text(fetched.folder().join(name));
        let fetch = Fetch::of(&portal).and(&["--license", &license, "--force"]);
        fetched = fetch.into_folder(fetched.into_root()).run();
        assert_eq!(fetched.run.code, 2, "{:?}", fetched.run);
        assert!(fetched.run.stderr.contains("would replace this input"), "{:?}", fetched.run);
    }
    assert_eq!(portal.connections(), before);
}

#[test]
fn nor_is_it_by_a_name_in_another_case() {
    // On file systems that ignore case, these are one file.
    let portal = Portal::new().without_site().start();
    for name in ["Validated-License.JSON", "MANIFEST.json", "Members-0001.json"] {
        let root = tempfile::tempdir().unwrap();
        let license = root.path().join("out").join(name);
        fs::create_dir(root.path().join("out")).unwrap();
        fs::copy(crate::portal::run::LICENSE, &license).unwrap();
        let fetch = Fetch::of(&portal).and(&["--license", &text(&license), "--force"]);
        let fetched = fetch.into_folder(root).run();
        assert_eq!(fetched.run.code, 2, "{:?}", fetched.run);
        assert!(fetched.run.stderr.contains("would replace this input"), "{:?}", fetched.run);
        // An output with the ending of a license is refused earlier, so the summary is a link to the license.
        #[cfg(unix)]
        {
            let summary = fetched.folder().join("../summary");
            std::os::unix::fs::symlink(&license, &summary).unwrap();
            let fetch = Fetch::of(&portal).license().and(&["-o", &text(&summary), "--force"]);
            let fetched = fetch.into_folder(fetched.into_root()).run();
            assert_eq!(fetched.run.code, 2, "{:?}", fetched.run);
            assert!(fetched.run.stderr.contains("the summary would replace an answer"), "{:?}", fetched.run);
        }
    }
    assert_eq!(portal.connections(), 0);
}

#[cfg(unix)]
#[test]
fn what_is_saved_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let portal = Portal::new().start();
    let root = tempfile::tempdir().unwrap();
    let summary = root.path().join("summary.txt");
    let fetched = Fetch::of(&portal).license().signed_in().and(&["-o", &text(&summary)]).run();
    fetched.ends(0, &[]);
    assert_eq!((mode(&fetched.folder()), mode(&summary)), (0o700, 0o600));
    for name in fetched.files() {
        assert_eq!(mode(&fetched.folder().join(&name)), 0o600, "{name}");
    }
    // A folder that existed before belongs to somebody, and keeps its permissions.
    fs::set_permissions(fetched.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(fetched.folder().join("members-0001.json"), fs::Permissions::from_mode(0o644)).unwrap();
    let fetched = Fetch::of(&portal).license().signed_in().and(&["--force"]).into_folder(fetched.into_root()).run();
    assert_eq!(fetched.run.code, 0, "{:?}", fetched.run);
    assert_eq!(mode(&fetched.folder()), 0o755);
    assert_eq!(mode(&fetched.folder().join("members-0001.json")), 0o600);
}

#[test]
fn a_fetch_replaces_the_one_before_as_a_whole() {
    let many = Portal::new().members(Member::many("m", 250, "viewerUT")).start();
    let fetched = Fetch::of(&many).signed_in().run();
    assert!(fetched.files().contains(&"members-0003.json".to_owned()));
    let few = Portal::new().start();
    let fetched = Fetch::of(&few).signed_in().and(&["--force"]).into_folder(fetched.into_root()).run();
    fetched.ends(0, &[]);
    let members: Vec<_> = fetched.files().into_iter().filter(|name| name.starts_with("members-")).collect();
    assert_eq!(members, ["members-0001.json"]);
}

#[test]
fn a_failure_leaves_the_one_before() {
    let portal = Portal::new().start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    let before: Vec<_> = fetched.files().iter().map(|name| (name.clone(), fetched.bytes(name))).collect();
    portal.script(Op::Members, Always, Answer::error(500, "No."));
    let fetch = Fetch::of(&portal).signed_in().and(&["--force", "--only", "license-resource,members"]);
    let fetched = fetch.into_folder(fetched.into_root()).run();
    assert_eq!(fetched.run.code, 3, "{:?}", fetched.run);
    let after: Vec<_> = fetched.files().iter().map(|name| (name.clone(), fetched.bytes(name))).collect();
    assert_eq!(before, after);
}

#[test]
fn a_target_that_is_a_folder_is_told() {
    let portal = Portal::new().without_site().start();
    for name in ["validated-license.json", "manifest.json", "members-0001.json"] {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("out").join(name)).unwrap();
        fs::write(root.path().join("out").join(name).join("kept"), "mine").unwrap();
        let fetched = Fetch::of(&portal).license().and(&["--force"]).into_folder(root).run();
        assert_eq!(fetched.run.code, 2);
        assert!(
            fetched.run.stderr.contains(&format!("{name}: cannot be written: this is a folder")),
            "{:?}",
            fetched.run
        );
        assert!(fetched.folder().join(name).join("kept").is_file());
    }
}

#[test]
fn a_folder_that_is_a_file_is_told() {
    let portal = Portal::new().without_site().start();
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("out"), "mine").unwrap();
    let fetched = Fetch::of(&portal).license().and(&["--force"]).into_folder(root).run();
    assert_eq!(fetched.run.code, 2);
    assert!(fetched.run.stderr.contains("this is no folder"), "{:?}", fetched.run);
    assert_eq!(fs::read_to_string(fetched.folder()).unwrap(), "mine");
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("file"), "mine").unwrap();
    let below = text(root.path().join("file").join("out"));
    let mut command = Fetch::at(&portal, &portal.url()).license().command();
    command = {
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        let mut arguments: Vec<_> = arguments.iter().map(|argument| argument.to_str().unwrap()).collect();
        arguments[2] = &below;
        crate::common::command(&arguments)
    };
    assert_eq!(command.output().unwrap().status.code(), Some(2));
    assert_eq!(portal.connections(), 0);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_not_followed() {
    let portal = Portal::new().without_site().start();
    // In a folder that no fetch wrote the link stays, with --force too.
    for force in [&[][..], &["--force"]] {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("target");
        fs::create_dir(root.path().join("out")).unwrap();
        std::os::unix::fs::symlink(&target, root.path().join("out/validated-license.json")).unwrap();
        let fetched = Fetch::of(&portal).license().and(force).into_folder(root).run();
        assert_eq!(fetched.run.code, 2, "{:?}", fetched.run);
        assert!(!target.exists());
    }
    // In the place of an answer the link is replaced.
    let fetched = Fetch::of(&portal).license().run();
    let root = fetched.into_root();
    let (target, answer) = (root.path().join("target"), root.path().join("out/validated-license.json"));
    fs::remove_file(&answer).unwrap();
    std::os::unix::fs::symlink(&target, &answer).unwrap();
    let fetched = Fetch::of(&portal).license().and(&["--force"]).into_folder(root).run();
    assert_eq!(fetched.run.code, 0, "{:?}", fetched.run);
    assert!(!target.exists() && fetched.folder().join("validated-license.json").is_file());
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let portal = Portal::new().members(Member::many("m", 250, "viewerUT")).start();
    // There is room for a small file, but not for a page of members.
    let fetch = Fetch::of(&portal).license().signed_in();
    let run = crate::common::on_a_full_disk(&fetch.command(), 16);
    let fetched = fetch.ran(run);
    fetched.ends(2, &["members-0001.json: cannot be written: ", "arge"]);

    // An earlier fetch stays as it is.
    let fetched = Fetch::of(&portal).license().signed_in().run();
    let before: Vec<_> = fetched.files().iter().map(|name| (name.clone(), fetched.bytes(name))).collect();
    let fetch = Fetch::of(&portal).license().signed_in().and(&["--force"]).into_folder(fetched.into_root());
    let run = crate::common::on_a_full_disk(&fetch.command(), 16);
    let fetched = fetch.ran(run);
    assert_eq!(fetched.run.code, 2, "{:?}", fetched.run);
    let after: Vec<_> = fetched.files().iter().map(|name| (name.clone(), fetched.bytes(name))).collect();
    assert_eq!(before, after);
}

#[cfg(unix)]
#[test]
fn no_room_for_anything_is_told() {
    let portal = Portal::new().without_site().start();
    let fetch = Fetch::of(&portal).license();
    let run = crate::common::on_a_full_disk(&fetch.command(), 0);
    fetch.ran(run).ends(2, &["validated-license.json: cannot be written"]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing() {
    for signal in ["INT", "TERM"] {
        let portal = Portal::new().members(Member::many("m", 250, "viewerUT")).start();
        let (reached, waits) = std::sync::mpsc::channel();
        let last = Answer::usual().before(move |_| reached.send(()).unwrap());
        portal.script(Op::Members, crate::portal::stub::Nth(3), last.delayed(std::time::Duration::from_secs(600)));
        let fetch = Fetch::of(&portal).license().signed_in();
        let mut child = fetch.command().spawn().unwrap();
        waits.recv().unwrap();
        let names = walkdir::WalkDir::new(fetch.folder()).into_iter().count();
        assert!(names > 5, "something is there that could be left: {names}");
        let kill = std::process::Command::new("sh").arg("-c").arg(format!("kill -{signal} {}", child.id())).status();
        assert!(kill.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(!fetch.folder().exists());
    }
}

#[test]
fn a_killed_run_leaves_nothing_that_is_taken_for_a_document() {
    let portal = Portal::new().without_site().start();
    let victim = crate::portal::stub::Victim::default();
    portal.script(Op::ValidateLicense, crate::portal::stub::Nth(2), Answer::usual().before(victim.killer()));
    let fetch = Fetch::of(&portal).license();
    victim.run(&mut fetch.command());
    let json = |path: &Path| path.extension().is_some_and(|extension| extension == "json");
    let left = walkdir::WalkDir::new(fetch.folder()).into_iter().map(|entry| entry.unwrap().into_path());
    let left: Vec<_> = left.filter(|path| path.is_file()).collect();
    assert!(!left.is_empty() && !left.iter().any(|path| json(path)), "{left:?}");
    // The leftover does not disturb the next run.
    let run: crate::common::Run = fetch.command().output().unwrap().into();
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn of_two_fetches_into_one_new_folder_one_wins_and_the_other_says_so() {
    let portal = Portal::new().without_site().start();
    let (reached, waits) = std::sync::mpsc::channel();
    let (go, going) = std::sync::mpsc::channel::<()>();
    let going = std::sync::Mutex::new(going);
    let slow = Answer::usual().before(move |_| {
        reached.send(()).unwrap();
        let _ = going.lock().unwrap().recv();
    });
    portal.script(Op::ValidateLicense, crate::portal::stub::Nth(1), slow);
    let fetch = Fetch::of(&portal).license();
    let child =
        fetch.command().stderr(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    waits.recv().unwrap();
    for force in [&[][..], &["--force"]] {
        let run: crate::common::Run = fetch.command().args(force).output().unwrap().into();
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("another `seatline fetch` is writing into this folder"), "{run:?}");
    }
    go.send(()).unwrap();
    let fetched = fetch.ran(child.wait_with_output().unwrap().into());
    fetched.ends(0, &[]);
    assert!(fetched.files().contains(&"manifest.json".to_owned()));
}
