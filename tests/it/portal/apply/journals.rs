//! The journal: which run owns it, what it holds, what happens where it cannot be written; and interrupted runs.

use std::fs;
use std::sync::mpsc::channel;

use super::Site;
use super::site::ends;
use crate::portal::run::text;
use crate::portal::stub::{Answer, Nth, Op};

#[test]
fn two_at_once_are_one_too_many() {
    let site = Site::chain();
    let (reached, waits) = channel();
    let (go, going) = channel::<()>();
    let going = std::sync::Mutex::new(going);
    let hook = Answer::usual().before(move |_| {
        reached.send(()).unwrap();
        going.lock().unwrap().recv().unwrap();
    });
    site.portal.script(Op::UpdateUserLicenseType, Nth(2), hook);
    let first =
        site.command().stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    waits.recv().unwrap();
    let (journal, requests) = (site.journal(), site.portal.requests().len());
    ends(&site.run(), 2, &["another run is using this journal: wait until it has ended"]);
    assert_eq!((site.journal(), site.portal.requests().len()), (journal, requests));
    go.send(()).unwrap();
    ends(&site.ran(first.wait_with_output().unwrap().into()), 0, &[]);
    assert_eq!(site.now(), Site::chain_end());
    site.assert_journal_is_true(0);
}

#[test]
fn a_journal_of_something_else_is_left_alone() {
    let other = Site::chain();
    assert_eq!(other.run().code, 0);
    let done = fs::read(other.path("journal.jsonl")).unwrap();
    let site = Site::chain();
    fs::write(site.path("journal.jsonl"), &done).unwrap();
    ends(&site.run(), 2, &["this journal is of http://localhost:", "--journal names another file"]);
    assert_eq!(fs::read(site.path("journal.jsonl")).unwrap(), done);

    // Journals of the same portal for other moves, one that is done and one that is not.
    let more = other.and(&["--map", "viewerUT=creatorUT"]);
    ends(&more.run(), 2, &["this journal is of other moves, which are done"]);
    let begun: String = String::from_utf8(done).unwrap().split_inclusive('\n').take(2).collect();
    fs::write(more.path("journal.jsonl"), &begun).unwrap();
    ends(&more.run(), 2, &["this journal was begun for other moves: run that command again until it is done"]);
    assert_eq!(fs::read_to_string(more.path("journal.jsonl")).unwrap(), begun);

    for text in
        ["username,userType\njoe,viewerUT\n", "{}\n", "{\"event\":\"done\",\"at\":\"\"}\n", "half a line", "\0\0\0\0"]
    {
        fs::write(site.path("journal.jsonl"), text).unwrap();
        ends(&site.run(), 2, &["this is no journal of moves"]);
        assert_eq!(fs::read_to_string(site.path("journal.jsonl")).unwrap(), text);
    }
    assert_eq!(site.portal.connections(), 0);
}

#[test]
fn the_journal_is_claimed_before_anything_is_read() {
    let site = Site::chain();
    let (reached, waits) = channel();
    let (go, going) = channel::<()>();
    let going = std::sync::Mutex::new(going);
    // The very first request of a run, when the journal holds nothing yet.
    let hook = Answer::usual().before(move |_| {
        reached.send(()).unwrap();
        let _ = going.lock().unwrap().recv();
    });
    site.portal.script(Op::Any, Nth(1), hook);
    let first =
        site.command().stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    waits.recv().unwrap();
    let requests = site.portal.requests().len();
    // The second run looks neither at the portal, nor at the password, nor at the moves.
    let other: crate::common::Run = {
        let mut command = site.command();
        command.args(["--moves", "no/such/file.csv"]).env("SEATLINE_PASSWORD", "wrong");
        command.output().unwrap().into()
    };
    ends(&other, 2, &["another run is using this journal: wait until it has ended"]);
    assert_eq!(site.portal.requests().len(), requests);
    go.send(()).unwrap();
    ends(&site.ran(first.wait_with_output().unwrap().into()), 0, &[]);
    site.assert_journal_is_true(0);
}

#[test]
fn a_run_that_begins_nothing_leaves_no_journal() {
    let site = Site::chain();
    site.portal.script(Op::Any, Nth(1), Answer::reset());
    ends(&site.run(), 4, &["nothing was changed"]);
    assert!(!site.path("journal.jsonl").exists());
}

#[cfg(unix)]
#[test]
fn what_can_be_no_journal_is_refused_at_once_by_name() {
    use std::time::{Duration, Instant};
    let site = Site::chain();
    std::os::unix::fs::symlink("nowhere", site.path("dangling.jsonl")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", site.path("device.jsonl")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(site.path("pipe.jsonl")).status().unwrap().success());
    fs::create_dir(site.path("folder.jsonl")).unwrap();
    // A file of 3 GB without content takes no room on the disk.
    fs::File::create(site.path("huge.jsonl")).unwrap().set_len(3_000_000_000).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(site.path("socket.jsonl")).unwrap();
    fs::write(site.path("notes.jsonl"), "{\"my\":\"notes\"}\n").unwrap();
    for (name, said) in [
        ("dangling.jsonl", "this is a link that leads nowhere"),
        ("device.jsonl", "this is a device or a pipe"),
        ("pipe.jsonl", "this is a device or a pipe"),
        ("socket.jsonl", "this is a device or a pipe"),
        ("folder.jsonl", "this is a folder"),
        ("huge.jsonl", "this is larger than 1 GiB"),
        ("notes.jsonl", "this is no journal of moves"),
        ("none/journal.jsonl", "the journal cannot be opened"),
    ] {
        let path = text(site.path(name));
        let started = Instant::now();
        let run = site.with_journal(&path);
        assert_eq!(run.code, 2, "{name}: {run:?}");
        assert!(run.stderr.contains(name) && run.stderr.contains(said), "{name}: {run:?}");
        assert!(started.elapsed() < Duration::from_secs(5), "{name}");
    }
    // The other file keeps its content and its permissions.
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::read(site.path("notes.jsonl")).unwrap(), b"{\"my\":\"notes\"}\n");
    assert_ne!(fs::metadata(site.path("notes.jsonl")).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!site.path("nowhere").exists());
    assert_eq!(site.portal.connections(), 0);
}

#[test]
fn a_journal_that_ends_anywhere_can_be_gone_on_with() {
    // As after a crash of the machine: the last lines are lost.
    for n in 1..=6 {
        let site = Site::chain();
        site.portal.script(Op::UpdateUserLicenseType, Nth(n), Answer::reset().after_carrying_out());
        site.run();
        site.portal.forget_script();
        let whole = fs::read(site.path("journal.jsonl")).unwrap();
        let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
        for length in [whole.len() - 1, last + 20, last + 1] {
            fs::write(site.path("journal.jsonl"), &whole[..length]).unwrap();
        }
        assert_eq!(site.run().code, 0);
        assert_eq!(site.now(), Site::chain_end());
        site.assert_moved_once();
        assert_eq!(site.journal()[0]["event"], "begin");
    }
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_nothing_is_sent_that_is_not_written() {
    let mut stopped_between = false;
    for blocks in 0.. {
        let site = Site::chain();
        let run = site.ran(crate::common::on_a_full_disk(&site.command(), blocks));
        site.assert_journal_is_true(0);
        if run.code == 0 {
            assert!(stopped_between && blocks > 2);
            break;
        }
        ends(&run, 2, &["journal.jsonl: the journal cannot be written"]);
        stopped_between |= site.updates() > 0;
        let done = site.portal.moved().len();
        if site.updates() > 0 {
            ends(&run, 2, &[&format!("{done} of 10 members have their new user type")]);
        }
        assert_eq!(site.run().code, 0);
        assert_eq!(site.now(), Site::chain_end());
        site.assert_moved_once();
        site.assert_journal_is_true(0);
    }
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let site = Site::chain();
    let (undo, output) = (site.path("undo.csv"), site.path("done.json"));
    fs::write(&undo, "old").unwrap();
    fs::write(site.path("journal.jsonl"), "").unwrap();
    let site = site.and(&["--undo", &text(&undo), "-f", "json", "-o", &text(&output)]);
    assert_eq!(site.run().code, 0);
    assert_eq!((mode(&undo), mode(&output), mode(&site.path("journal.jsonl"))), (0o600, 0o600, 0o600));
}

#[test]
fn a_result_that_would_replace_the_journal_is_refused() {
    let site = Site::chain();
    let journal = text(site.path("journal.jsonl"));
    let other = text(site.path("./journal.jsonl"));
    let third = text(site.path("JOURNAL.jsonl"));
    for arguments in [["--undo", journal.as_str()], ["-o", &journal], ["--undo", &other], ["-o", &third]] {
        // The format is given, since the ending of the journal's name chooses none.
        let run: crate::common::Run = site.command().args(["-f", "table"]).args(arguments).output().unwrap().into();
        ends(&site.ran(run), 2, &["would replace the journal"]);
    }
    let license = text(site.path("license.json"));
    let again = Site::chain().and(&["--journal", &text(site.path("none/journal.jsonl"))]);
    ends(&again.run(), 2, &["the journal cannot be opened"]);
    let over: crate::common::Run = {
        let mut command = site.command();
        let arguments: Vec<_> =
            command.get_args().map(|a| if *a == *journal { license.clone().into() } else { a.to_owned() }).collect();
        let mut other = std::process::Command::new(command.get_program());
        other.args(arguments).current_dir(command.get_current_dir().unwrap());
        command = other;
        command.env("SEATLINE_USERNAME", "joe").env("SEATLINE_PASSWORD", "x").output().unwrap().into()
    };
    ends(&over, 2, &["would replace this input"]);
    assert_eq!((site.portal.connections(), again.portal.connections()), (0, 0));
}

/// Sends a signal while the portal answers a request. Returns the program, which has received the signal, and a
/// function that lets the portal continue.
#[cfg(unix)]
fn signalled(site: &Site, request: usize, signal: &str) -> (std::process::Child, String, std::sync::mpsc::Sender<()>) {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let (reached, waits) = channel();
    let (go, going) = channel::<()>();
    let going = std::sync::Mutex::new(going);
    let hook = Answer::usual().before(move |_| {
        reached.send(()).unwrap();
        let _ = going.lock().unwrap().recv();
    });
    site.portal.script(Op::UpdateUserLicenseType, Nth(request), hook);
    let mut child = site.command().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    waits.recv().unwrap();
    kill(&child, signal);
    let mut line = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    stderr.read_line(&mut line).unwrap();
    assert_eq!(line, "note: stopping after the request in flight; Ctrl-C again ends at once\n");
    child.stderr = Some(stderr.into_inner());
    (child, line, go)
}

#[cfg(unix)]
fn kill(child: &std::process::Child, signal: &str) {
    let kill = std::process::Command::new("sh").arg("-c").arg(format!("kill -{signal} {}", child.id())).status();
    assert!(kill.unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_finishes_the_request_in_flight() {
    for (signal, request) in [("INT", 1), ("TERM", 3), ("INT", 4)] {
        let site = Site::chain();
        let (child, _, go) = signalled(&site, request, signal);
        go.send(()).unwrap();
        let run = site.ran(child.wait_with_output().unwrap().into());
        let done = site.portal.moved().len();
        let stopped = format!("stopped, as was asked for, after request {request} of 5; {done} of 10 members have");
        ends(&run, 1, &[&stopped, "run the same command again to go on"]);
        assert_eq!(site.updates(), request);
        site.assert_journal_is_true(0);
        site.portal.forget_script();
        assert_eq!(site.run().code, 0);
        assert_eq!(site.now(), Site::chain_end());
        site.assert_moved_once();
        site.assert_journal_is_true(0);
    }
}

#[cfg(unix)]
#[test]
fn who_asks_twice_is_not_kept_waiting() {
    let site = Site::chain();
    let (mut child, _, go) = signalled(&site, 2, "INT");
    kill(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(go);
    // The portal had received the request, and carries it out.
    while site.portal.attempts().len() < 2 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    site.assert_journal_is_true(0);
    site.portal.forget_script();
    assert_eq!(site.run().code, 0);
    assert_eq!(site.now(), Site::chain_end());
    site.assert_moved_once();
    site.assert_journal_is_true(0);
}
