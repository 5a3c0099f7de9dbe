//! Paths as URIs.

use std::path::Path;

#[cfg(unix)]
use percent_encoding::percent_encode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that may stand in the path of a URI without being escaped.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A relative path as a relative reference, an absolute path as a file URI.
pub(crate) fn uri(path: &str) -> String {
    of_system(path, cfg!(windows))
}

/// As [`uri`], for a path that need not be Unicode. A byte that is no UTF-8 is escaped as it is, as in `%FF`: the replacement
/// character in its place would name a file that is not there. RFC 3986 (2.1) escapes octets, not characters.
pub(crate) fn path_uri(path: &Path) -> String {
    #[cfg(unix)]
    {
        let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
        let scheme = if path.is_absolute() { "file://" } else { "" };
        format!("{scheme}{}", percent_encode(bytes, PATH))
    }
    #[cfg(not(unix))]
    uri(&path.to_string_lossy())
}

/// The URI of a file on this machine from its absolute path.
pub(crate) fn file_uri(host: &str, path: &Path) -> String {
    let uri = path_uri(path);
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

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_unicode_keeps_its_bytes() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        for (path, reference) in
            [(&b"a\xFF b/\xC3\xA9.json"[..], "a%FF%20b/%C3%A9.json"), (b"/x/\xFE.json", "file:///x/%FE.json")]
        {
            let uri = path_uri(Path::new(OsStr::from_bytes(path)));
            assert_eq!(uri, reference);
            let bytes: Vec<u8> = percent_encoding::percent_decode_str(uri.trim_start_matches("file://")).collect();
            assert_eq!(bytes, path, "it is the path of the file, byte for byte");
        }
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
