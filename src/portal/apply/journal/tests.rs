use super::*;
use crate::portal::apply::entry::{MemberReason, WantedMoves};

fn begin() -> JournalEntry {
    JournalEntry::Begin {
        schema: Journal::SCHEMA.to_owned(),
        at: String::new(),
        portal: "https://gis.example/portal".to_owned(),
        said: WantedMoves::default(),
        moves: Vec::new(),
    }
}

fn read() -> JournalEntry {
    JournalEntry::Read { at: String::new(), done: 0, open: vec!["é\n".to_owned()], gone: Vec::new(), may_lag: false }
}

#[test]
fn what_was_written_is_read_and_half_a_line_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut journal = Journal::open(&path).unwrap();
    // The journal is locked from the opening on, before anything is written.
    assert!(matches!(Journal::open(&path), Err(JournalError::InUse(_))));
    journal.write(begin()).unwrap();
    journal.write(read()).unwrap();
    assert!(matches!(Journal::open(&path), Err(JournalError::InUse(_))));
    drop(journal);
    let whole = std::fs::read(&path).unwrap();
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for length in 0..=whole.len() {
        std::fs::write(&path, &whole[..length]).unwrap();
        let expected: &[JournalEntry] = match length {
            // These few bytes may be the beginning of any file.
            1..26 => {
                assert!(matches!(Journal::open(&path), Err(JournalError::NotOne(..))), "{length}");
                continue;
            }
            length if length == whole.len() => &[begin(), read()],
            length if length >= first => &[begin()],
            _ => &[],
        };
        let mut journal = Journal::open(&path).unwrap();
        assert_eq!(journal.entries(), expected, "{length}");
        journal.write(if expected.is_empty() { begin() } else { read() }).unwrap();
        drop(journal);
        assert_eq!(Journal::open(&path).unwrap().entries().len(), expected.len() + 1);
    }
}

#[test]
fn half_a_line_that_found_no_room_leaves_no_hole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut journal = Journal::open(&path).unwrap();
    journal.write(begin()).unwrap();
    let length = journal.file.stream_position().unwrap();
    journal.file.write_all(b"{\"event\":\"sen").unwrap();
    take_back(&mut journal.file, length).unwrap();
    journal.write(read()).unwrap();
    drop(journal);
    assert_eq!(Journal::open(&path).unwrap().entries(), [begin(), read()]);
}

#[test]
fn another_file_is_no_journal_and_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("members.csv");
    for text in ["username,userType\n", "{\"event\":\"done\",\"at\":\"\"}\n", "username", "{}\n"] {
        std::fs::write(&path, text).unwrap();
        assert!(matches!(Journal::open(&path), Err(JournalError::NotOne(..))), "{text}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn a_journal_in_which_nothing_was_begun_goes_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    drop(Journal::open(&path).unwrap());
    assert!(!path.exists());
    // An empty file that somebody else made is kept.
    std::fs::write(&path, "").unwrap();
    drop(Journal::open(&path).unwrap());
    assert!(path.exists());
}

#[test]
fn a_journal_of_before_is_read_without_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let old = concat!(
        r#"{"event":"begin","schema":"seatline/journal/v1","at":"","portal":"","said":{"moves":[],"maps":[]},"moves":"#,
        r#"[{"username":"a","from":"x","to":"y"}]}"#,
        "\n",
        r#"{"event":"sending","at":"","userType":"y","users":["a","b"]}"#,
        "\n",
        r#"{"event":"answered","at":"","done":["a"],"notDone":["b"]}"#,
        "\n",
    );
    std::fs::write(&path, old).unwrap();
    let mut journal = Journal::open(&path).unwrap();
    assert!(journal.moves().iter().all(|one| one.via.is_empty()));
    assert_eq!((journal.confirmed().get("a"), journal.refused().get("b")), (Some(&"y"), Some(&None)));
    let reasons = vec![MemberReason { username: "b".to_owned(), reason: "full".to_owned() }];
    let not_done = vec!["b".to_owned()];
    let silent = vec!["c".to_owned()];
    let not_done = [not_done, silent.clone()].concat();
    journal.write(JournalEntry::Answered { at: String::new(), done: Vec::new(), not_done, silent, reasons }).unwrap();
    assert_eq!(journal.refused().get("b"), Some(&Some("full")));
    assert_eq!(journal.refused().get("c"), None);
}

/// A journal with these lines after the first.
fn journal_of(folder: &tempfile::TempDir, moves: &[(&str, &str, &str, &str)], lines: Vec<JournalEntry>) -> Journal {
    let mut journal = Journal::open(&folder.path().join("journal.jsonl")).unwrap();
    let moves = moves.iter().map(|(username, from, via, to)| JournalMove {
        username: (*username).to_owned(),
        from: (*from).to_owned(),
        via: Some((*via).to_owned()).into_iter().filter(|via| !via.is_empty()).collect(),
        to: (*to).to_owned(),
    });
    let mut first = begin();
    if let JournalEntry::Begin { moves: begun, .. } = &mut first {
        begun.extend(moves);
    }
    journal.write(first).unwrap();
    lines.into_iter().for_each(|line| journal.write(line).unwrap());
    journal
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn sending(user_type: &str, users: &[&str]) -> JournalEntry {
    JournalEntry::Sending { at: "1".to_owned(), user_type: user_type.to_owned(), users: names(users) }
}

fn answered(done: &[&str], not_done: &[&str], silent: &[&str]) -> JournalEntry {
    let (done, not_done, silent) = (names(done), names(not_done), names(silent));
    JournalEntry::Answered { at: "2".to_owned(), done, not_done, silent, reasons: Vec::new() }
}

fn failed(may_be_done: bool) -> JournalEntry {
    JournalEntry::Failed { at: "3".to_owned(), message: String::new(), may_be_done }
}

#[test]
fn what_is_outstanding_is_what_was_never_answered() {
    let moves = [("a", "x", "", "y"), ("b", "x", "", "y"), ("c", "x", "", "y")];
    for (lines, expected) in [
        (vec![sending("y", &["a", "b"])], vec![("a", "1"), ("b", "1")]),
        (vec![sending("y", &["a", "b"]), failed(true)], vec![("a", "3"), ("b", "3")]),
        (vec![sending("y", &["a", "b"]), failed(false)], vec![]),
        (
            vec![sending("y", &["a", "b"]), failed(true), sending("y", &["a"]), answered(&["a"], &[], &[])],
            vec![("b", "3")],
        ),
        // A request that was never sent says nothing of an earlier one.
        (vec![sending("y", &["a"]), failed(true), sending("y", &["a"]), failed(false)], vec![("a", "3")]),
        (vec![sending("y", &["a", "b", "c"]), answered(&["a"], &["b", "c"], &["c"])], vec![("c", "2")]),
        (vec![sending("y", &["a"]), failed(true), JournalEntry::Done { at: String::new() }], vec![]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let journal = journal_of(&folder, &moves, lines);
        let outstanding = journal.outstanding();
        let mut outstanding: Vec<_> = outstanding.iter().map(|(name, request)| (*name, request.since)).collect();
        outstanding.sort_unstable();
        assert_eq!(outstanding, expected, "{:?}", journal.entries());
    }
}

#[test]
fn without_a_list_the_answers_say_where_the_members_are() {
    let moves =
        [("a", "x", "", "y"), ("b", "x", "z", "y"), ("c", "x", "", "y"), ("d", "x", "", "y"), ("e", "x", "", "y")];
    let folder = tempfile::tempdir().unwrap();
    let read = JournalEntry::Read {
        at: String::new(),
        done: 1,
        open: names(&["b", "c", "d"]),
        gone: names(&["e"]),
        may_lag: false,
    };
    let lines = vec![
        sending("z", &["b"]),
        answered(&["b"], &[], &[]),
        sending("y", &["a", "e"]),
        answered(&["e"], &["a"], &["a"]),
        // The list shows that it was done for `a`.
        read,
        sending("y", &["c", "d"]),
        failed(true),
    ];
    let whereabouts = crate::portal::apply::Whereabouts::by_answers(&journal_of(&folder, &moves, lines));
    assert_eq!((whereabouts.done, whereabouts.gone), (names(&["a"]), names(&["e"])));
    assert_eq!(whereabouts.open, names(&["b", "c", "d"]));
    assert_eq!(whereabouts.waiting, [("b".to_owned(), "z".to_owned())]);
    let asked: Vec<_> = whereabouts.unanswered.iter().map(|(name, to)| (name.as_str(), to.as_str())).collect();
    assert_eq!(asked, [("c", "y"), ("d", "y")]);
}

#[cfg(unix)]
#[test]
fn a_file_of_another_user_is_refused_whatever_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let another = |path: &Path| owner_here(path).map(|own| own + 1);
    for content in [String::new(), to_json_line(&begin()).unwrap(), "a,b\n".to_owned()] {
        std::fs::write(&path, &content).unwrap();
        let refused = Journal::open_as(&path, another).unwrap_err();
        assert!(
            matches!(refused, JournalError::Foreign(_)) && refused.to_string().contains("another user"),
            "{refused}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content, "it stays as it is");
    }
    // What this run makes is its own, and so is an empty file of its own.
    std::fs::write(&path, "").unwrap();
    drop(Journal::open(&path).unwrap());
    std::fs::remove_file(&path).unwrap();
    drop(Journal::open_as(&path, another).unwrap());
}
