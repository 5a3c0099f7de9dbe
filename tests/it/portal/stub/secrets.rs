//! The places where no secret may be.

use std::path::Path;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::http::Request;

/// A secret as it is, and in the forms that it takes in URLs, forms, JSON and Rust's `Debug`.
fn guises(secret: &str) -> Vec<String> {
    let inner = |quoted: String| quoted[1..quoted.len() - 1].to_owned();
    let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let json = inner(serde_json::Value::from(secret).to_string());
    vec![
        secret.to_owned(),
        form.to_lowercase(),
        form,
        percent.to_lowercase(),
        percent,
        json,
        inner(format!("{secret:?}")),
    ]
}

fn found<'a>(bytes: &[u8], secrets: &'a [String]) -> Option<&'a str> {
    let holds = |guise: &String| !guise.is_empty() && bytes.windows(guise.len()).any(|some| some == guise.as_bytes());
    secrets.iter().find(|secret| guises(secret).iter().any(holds)).map(String::as_str)
}

/// Fails if a secret is in one of the places, in any of these forms.
pub(crate) fn assert_secret_nowhere<B: AsRef<[u8]>>(secrets: &[String], places: impl IntoIterator<Item = (String, B)>) {
    assert!(!secrets.is_empty(), "no secrets to look for");
    for (place, bytes) in places {
        let found = found(bytes.as_ref(), secrets);
        assert!(found.is_none(), "the secret {found:?} is in {place}: {:?}", String::from_utf8_lossy(bytes.as_ref()));
    }
}

/// Fails if a secret is in the name or the bytes of a file in the folder. Returns the number of files.
pub(crate) fn assert_no_secret_in_folder(secrets: &[String], folder: &Path) -> usize {
    let files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file())
        .collect();
    for path in &files {
        let name = path.display().to_string();
        assert_secret_nowhere(secrets, [(name.clone(), name.into_bytes())]);
        assert_secret_nowhere(secrets, [(path.display().to_string(), std::fs::read(path).unwrap())]);
    }
    files.len()
}

/// The parts of a request that hold a secret and must not: the URL, and all headers but those for tokens.
pub(crate) fn misplaced(request: &Request, secrets: &[String]) -> Vec<String> {
    let mut places = Vec::new();
    let credentials = ["token", "password"].iter().any(|name| request.query(name).is_some());
    if credentials || found(request.target.as_bytes(), secrets).is_some() {
        places.push("a secret in the URL".to_owned());
    }
    for (name, value) in &request.headers {
        if !name.eq_ignore_ascii_case("X-Esri-Authorization") && found(value.as_bytes(), secrets).is_some() {
            places.push(format!("a secret in the header {name}"));
        }
    }
    places
}

/// The parts of a request that look like credentials, for hosts that must never receive any.
pub(crate) fn credentials(request: &Request) -> Vec<String> {
    let mut places = Vec::new();
    for name in ["Authorization", "X-Esri-Authorization", "Proxy-Authorization", "Cookie"] {
        if request.header(name).is_some() {
            places.push(format!("the header {name}"));
        }
    }
    for name in ["token", "username", "password"] {
        if request.query(name).is_some() || request.field(name).is_some() {
            places.push(format!("the parameter {name}"));
        }
    }
    places
}
