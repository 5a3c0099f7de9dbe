//! Files that another program has open, which on Windows cannot be replaced.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// The pauses between tries, in milliseconds. Virus scanners and backups have mostly closed the file after them.
const PAUSES: [u64; 5] = [20, 50, 100, 200, 400];

/// Acts on a file, and tries again for a short while where another program has the file open.
///
/// # Errors
/// The error of the last try; at once where it has another cause.
pub(super) fn patiently<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut pauses = PAUSES.iter();
    loop {
        match act() {
            Err(error) if is_busy(&error, cfg!(windows)) => match pauses.next() {
                Some(pause) => sleep(Duration::from_millis(*pause)),
                None => return Err(error),
            },
            done => return done,
        }
    }
}

/// The message that a file cannot be written. It names the file of the user; an error of a library names the
/// temporary file beside it.
pub(super) fn cannot_be_written(name: &str, error: &io::Error) -> String {
    words(name, error, cfg!(windows))
}

fn words(name: &str, error: &io::Error, windows: bool) -> String {
    let asked = if is_busy(error, windows) { "; is it open in another program?" } else { "" };
    let message = error.to_string();
    let bare = message.split(" at path \"").next().unwrap_or(&message);
    format!("{name}: cannot be written: {bare}{asked}")
}

/// The first of these files that another program has open; `None` where there is none, or on other systems than Windows.
pub(super) fn busy_among(files: impl IntoIterator<Item = PathBuf>) -> Option<PathBuf> {
    let mut all = OpenOptions::new();
    let all = all.read(true).write(true);
    // Access is denied to folders and to files that are only read as well.
    let is_shared = |error: io::Error| is_busy(&error, cfg!(windows)) && error.raw_os_error() != Some(5);
    files.into_iter().find(|file| all.open(file).is_err_and(is_shared))
}

/// Whether another program has the file open. Windows then denies access, or reports a violation of sharing or of a
/// lock.
fn is_busy(error: &io::Error, windows: bool) -> bool {
    windows && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// Whether Windows takes a name for a device, in any case of letters. A device cannot be replaced.
pub(super) fn is_device(path: &Path, windows: bool) -> bool {
    const DEVICES: [&str; 6] = ["NUL", "CON", "PRN", "AUX", "CONIN$", "CONOUT$"];
    let name = path.to_string_lossy().to_ascii_uppercase();
    let is_port = |port: &str| {
        let number = name.strip_prefix(port).filter(|number| number.len() == 1);
        number.is_some_and(|number| number.bytes().all(|digit| matches!(digit, b'1'..=b'9')))
    };
    windows && (DEVICES.contains(&name.as_str()) || is_port("COM") || is_port("LPT") || name.starts_with(r"\\.\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_open_elsewhere_is_asked_about_by_its_own_name() {
        for code in [5, 32] {
            let error = io::Error::from_raw_os_error(code);
            let message = words("out.csv", &error, true);
            assert!(message.starts_with("out.csv: cannot be written: "), "{message}");
            assert!(message.ends_with("; is it open in another program?"), "{message}");
            assert!(!words("out.csv", &error, false).contains("another program"));
        }
        assert!(!words("out.csv", &io::Error::from_raw_os_error(2), true).contains("another program"));
    }

    #[test]
    fn the_temporary_file_is_not_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = tempfile::Builder::new().prefix(".seatline-").tempfile_in(folder.path().join("none")).unwrap_err();
        assert!(error.to_string().contains(".seatline-"), "{error}");
        let message = cannot_be_written("out.csv", &error);
        assert!(
            !message.contains(".seatline-") && message.contains("(os error 2)") | message.contains("(os error 3)"),
            "{message}"
        );
    }

    #[test]
    fn devices_of_windows_are_known_by_their_names() {
        for name in ["NUL", "nul", "con", "COM1", "lpt9", r"\\.\COM11"] {
            assert!(is_device(Path::new(name), true), "{name}");
            assert!(!is_device(Path::new(name), false), "{name}");
        }
        for name in ["NUL.json", "out/NUL", "COM", "COM0", "COM10", "null", ""] {
            assert!(!is_device(Path::new(name), true), "{name}");
        }
    }

    #[cfg(windows)]
    #[test]
    fn who_has_it_open_is_waited_for_a_short_while() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        std::fs::write(&path, "old").unwrap();
        let open = || std::fs::OpenOptions::new().read(true).share_mode(0).open(&path).unwrap();
        let act = || patiently(|| std::fs::OpenOptions::new().write(true).open(&path).map(drop));
        let held = open();
        assert!(cannot_be_written("out.csv", &act().unwrap_err()).ends_with("open in another program?"));
        assert_eq!(
            busy_among([folder.path().join("none"), folder.path().to_owned(), path.clone()]),
            Some(path.clone())
        );
        drop(held);
        assert_eq!(busy_among([path.clone()]), None);
        let held = open();
        let closing = std::thread::spawn(move || {
            sleep(Duration::from_millis(150));
            drop(held);
        });
        assert!(act().is_ok());
        closing.join().unwrap();
    }
}
