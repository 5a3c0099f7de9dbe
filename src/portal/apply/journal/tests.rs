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
    JournalEntry::Read { at: String::new(), done: 0, open: vec!["é\n".to_owned()], gone: Vec::new() }
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
    journal.write(JournalEntry::Answered { at: String::new(), done: Vec::new(), not_done, reasons }).unwrap();
    assert_eq!(journal.refused().get("b"), Some(&Some("full")));
}
