//! Paths as URIs.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that may stand in the path of a URI without being escaped.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A relative path as a relative reference, an absolute path as a file URI.
pub(crate) fn uri(path: &str) -> String {
    of_system(path, cfg!(windows))
}

/// The URI of a file on this machine from its absolute path.
pub(crate) fn file_uri(host: &str, path: &Path) -> String {
    let uri = uri(&path.to_string_lossy());
    match uri.strip_prefix("file:///") {
        Some(rest) if !host.is_empty() => format!("file://{host}/{rest}"),
        _ => uri,
    }
}

fn of_system(path: &str, windows: bool) -> String {
    let path = if windows { path.replace('\\', "/") } else { path.to_owned() };
    let encode = |path: &str| utf8_percent_encode(path, PATH).to_string();
    if windows {
        // The prefixes by which Windows does not resolve `.` and `..`.
        let plain = path.strip_prefix("//?/UNC/").map(|rest| format!("//{rest}"));
        let plain = plain.or_else(|| path.strip_prefix("//?/").map(str::to_owned)).unwrap_or_else(|| path.clone());
        if let Some(share) = plain.strip_prefix("//") {
            return format!("file://{}", encode(share));
        }
        if let [letter, b':', b'/', ..] = plain.as_bytes()
            && letter.is_ascii_alphabetic()
        {
            return format!("file:///{}", encode(&plain).replacen("%3A", ":", 1));
        }
    }
    if path.starts_with('/') { format!("file://{}", encode(&path)) } else { encode(&path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_on_its_machine() {
        let path = std::env::temp_dir().join("a b.json");
        let (here, there) = (file_uri("", &path), file_uri("host", &path));
        assert!(here.starts_with("file:///") && here.ends_with("/a%20b.json"), "{here}");
        assert_eq!(there, here.replacen("file:///", "file://host/", 1));
    }

    #[test]
    fn paths_become_references() {
        for (path, reference) in [
            ("samples/a b#é.json", "samples/a%20b%23%C3%A9.json"),
            ("a:b.json", "a%3Ab.json"),
            ("/tmp/x.json", "file:///tmp/x.json"),
            ("back\\slash.json", "back%5Cslash.json"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(of_system(path, false), reference);
        }
        for (path, reference) in [
            ("licenses\\a b.json", "licenses/a%20b.json"),
            ("C:\\x\\a.json", "file:///C:/x/a.json"),
            ("c:/x.json", "file:///c:/x.json"),
            ("\\\\server\\share\\a b.json", "file://server/share/a%20b.json"),
            ("\\\\?\\C:\\x.json", "file:///C:/x.json"),
            ("\\\\?\\UNC\\server\\share\\x.json", "file://server/share/x.json"),
        ] {
            assert_eq!(of_system(path, true), reference);
        }
    }
}
