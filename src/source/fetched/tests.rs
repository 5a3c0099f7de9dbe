use super::*;

#[test]
fn the_hash_is_the_published_one() {
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sha256(&b"abc"[..]).unwrap(), expected);
}

/// A temporary folder with files, and the result of the check of it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    /// Writes a manifest that names these files with these contents.
    fn manifest(&self, files: &[(&str, &str)]) {
        let listed = |(name, text): &(&str, &str)| {
            let sha256 = sha256(text.as_bytes()).unwrap();
            serde_json::json!({ "file": name, "bytes": text.len(), "sha256": sha256 })
        };
        let files: Vec<_> = files.iter().map(listed).collect();
        self.write(MANIFEST, &serde_json::json!({ "schema": SCHEMA, "files": files }).to_string());
    }

    fn check(&self) -> Result<(), String> {
        check(self.0.path()).map_err(|failure| failure.message)
    }
}

#[test]
fn a_folder_is_its_manifest_or_is_refused() {
    let folder = Folder::new(&[("a.json", "abc")]);
    assert_eq!(folder.check(), Ok(()), "no fetch at all");
    folder.manifest(&[("a.json", "abc")]);
    assert_eq!(folder.check(), Ok(()));
    for (named, text, expected) in [
        ("a.json", "abcd", "a.json has another length"),
        ("a.json", "abd", "a.json has other contents"),
        ("b.json", "abc", "b.json is missing"),
        ("../a.json", "abc", "no name of a file"),
    ] {
        folder.manifest(&[(named, text)]);
        let message = folder.check().unwrap_err();
        assert!(message.contains(expected) && message.contains("run again mends it"), "{message}");
    }
    folder.write(MANIFEST, r#"{"schema":"seatline/fetch/v1","files":[{"file":"a.json","bytes":3}]}"#);
    assert!(folder.check().unwrap_err().contains("a.json has no SHA-256"));
    // A `manifest.json` of another program, beside no answer of a fetch.
    folder.write(MANIFEST, r#"{"name":"an app"}"#);
    assert_eq!(folder.check(), Ok(()));
    fs::remove_file(folder.0.path().join(MANIFEST)).unwrap();
    fs::create_dir(folder.0.path().join(HIDDEN)).unwrap();
    assert_eq!(folder.check(), Ok(()), "a fetch that is under way has put nothing there yet");
    folder.write(&format!("{HIDDEN}/{MANIFEST}.{PART}"), "{}");
    assert!(folder.check().unwrap_err().contains("manifest.json has not come"));
}

#[test]
fn an_answer_that_the_manifest_does_not_name_is_none_of_it() {
    for extra in ["members-0002.json", "member-counts.json", "MEMBERS-0002.JSON", "member-extensions.jsonl"] {
        let folder = Folder::new(&[("members-0001.json", "abc"), ("notes.json", "mine")]);
        folder.manifest(&[("members-0001.json", "abc")]);
        assert_eq!(folder.check(), Ok(()));
        folder.write(extra, "abc");
        let message = folder.check().unwrap_err();
        assert!(message.contains(&format!("{extra} is not named in manifest.json")), "{message}");
    }
}

#[test]
fn a_manifest_that_is_none_is_told_beside_answers() {
    let (mends, replaces, elsewhere) = ("run again mends it", "replaces what is here if it is told to", "anew");
    for (text, expected, remedy) in [
        ("", "manifest.json is cut off", replaces),
        ("{", "manifest.json is cut off", replaces),
        (r#"{"schema":"seatline/fetch/v1","files":[{"fi"#, "manifest.json is cut off", replaces),
        (r#"{"schema":"seatline/fetch/v1","files":[]}"#, "manifest.json names no file", mends),
        (r#"{"schema":"seatline/fetch/v1"}"#, "manifest.json names no file", mends),
        (r#"{"schema":"seatline/fetch/v9","files":[]}"#, "another version of seatline", replaces),
        (r#"{"schema":"other/v1","files":[]}"#, "manifest.json is not the manifest of a fetch", elsewhere),
        (r#"{"schema":7}"#, "manifest.json is not the manifest of a fetch", elsewhere),
        ("[]", "manifest.json is not the manifest of a fetch", elsewhere),
        ("\0\0", "manifest.json is not the manifest of a fetch", elsewhere),
    ] {
        let folder = Folder::new(&[("members-0001.json", "abc"), (MANIFEST, text)]);
        let message = folder.check().unwrap_err();
        assert!(message.starts_with("an interrupted fetch, or ") && message.contains(expected), "{text}: {message}");
        assert!(message.ends_with(remedy), "{text}: {message}");
    }
    let folder = Folder::new(&[("members-0001.json", "abc")]);
    fs::create_dir(folder.0.path().join(MANIFEST)).unwrap();
    assert!(folder.check().unwrap_err().contains("manifest.json is no file"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = Folder::new(&[("members-0001.json", "abc")]);
    let made = std::process::Command::new("mkfifo").arg(folder.0.path().join(MANIFEST)).status().unwrap();
    assert!(made.success());
    assert!(folder.check().unwrap_err().contains("manifest.json is no file"));
}
