//! The entry that a finding is about, on one line. It is rebuilt from the members that are read, so that nothing else of the file
//! is shown, even if the whole file is one line.

use std::ops::Range;

use crate::json::{Locator, Pointer};
use crate::license::LicenseDocument;
use crate::text::{Excerpt, visible};

/// The most characters of a value that are shown.
const LONGEST: usize = 60;

/// Rebuilds the object around the value at a pointer. Members that are not read are left out; if the finding is about such a
/// member, its name is shown and its value is not.
#[must_use]
pub(crate) fn excerpt(locator: &mut Locator<'_>, pointer: &Pointer) -> Excerpt {
    let (found, span) = locator.nearest(pointer);
    let parent = found.parent();
    let key = found.segments().last().filter(|_| found == *pointer);
    match key.as_deref().and_then(|key| Some((key, members(locator, &parent, Some(key))?))) {
        Some((key, members)) => object(locator, &parent, &members, Some(key)),
        None => match members(locator, &found, None) {
            Some(members) => object(locator, &found, &members, None),
            None => {
                let text = bare(locator.slice(span));
                Excerpt { value: 0..text.len(), text }
            }
        },
    }
}

/// The members of an object that are read, and the member that the finding is about.
fn members<'k>(
    locator: &mut Locator<'_>,
    pointer: &Pointer,
    spoken_of: Option<&'k str>,
) -> Option<Vec<(&'k str, Range<usize>)>> {
    let keys: Vec<_> = LicenseDocument::members_at(pointer).iter().copied().chain(spoken_of).collect();
    let span = locator.span(pointer);
    locator.members(span, &keys)
}

fn object(
    locator: &Locator<'_>,
    pointer: &Pointer,
    members: &[(&str, Range<usize>)],
    spoken_of: Option<&str>,
) -> Excerpt {
    let known = LicenseDocument::members_at(pointer);
    let mut text = "{".to_owned();
    let mut value = None;
    for (key, span) in members {
        let is_known = known.contains(key);
        let is_spoken_of = spoken_of == Some(*key);
        if text.len() > 1 {
            text.push_str(", ");
        }
        text.push_str(&format!("\"{}\": ", shorten(&visible(key))));
        let start = text.len();
        // The content of `capabilities` in a Kubernetes license is unpublished, so it is not shown.
        let shown = is_known && *key != "capabilities";
        let raw = locator.slice(span.clone());
        text.push_str(&if shown { scalar(key, raw) } else { "…".to_owned() });
        if is_spoken_of {
            value = Some(start..text.len());
        }
    }
    text.push('}');
    Excerpt { value: value.unwrap_or(0..text.len()), text }
}

/// The members that hold text. In the place of a number, text could be anything.
const TEXTS: [&str; 7] = ["id", "appBundleItemId", "name", "description", "level", "version", "apiName"];

/// The text of a value of a documented sort; of any other value only the sort.
fn scalar(key: &str, raw: &str) -> String {
    let digits = raw.trim_matches('"');
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match raw.as_bytes().first() {
        Some(b'"') if !TEXTS.contains(&key) && !is_number => "\"…\"".to_owned(),
        Some(b'{' | b'[') => bare(raw),
        _ => shorten(&visible(raw)),
    }
}

/// The excerpt of an element that is no object: only its sort is shown.
fn bare(raw: &str) -> String {
    match raw.as_bytes().first() {
        Some(b'{') => "{…}".to_owned(),
        Some(b'[') => "[…]".to_owned(),
        Some(b't' | b'f' | b'n') => raw.to_owned(),
        _ => "…".to_owned(),
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"secret": "s1", "MyEsri": {"provision": {"userTypes": [
        {"id": "a", "secret": "s2", "maxUsers": -5, "apps": {"secret": "s3"}}, "s4", null]}, "capabilities": "s5"}}"#;

    fn shown(pointer: &str) -> (String, String) {
        let mut locator = Locator::new(TEXT, 0..TEXT.len());
        let excerpt = super::excerpt(&mut locator, &Pointer::parse(pointer));
        let value = excerpt.text.get(excerpt.value.clone()).unwrap().to_owned();
        (excerpt.text, value)
    }

    #[test]
    fn only_what_is_read_is_shown() {
        let entry = r#"{"id": "a", "maxUsers": -5, "apps": {…}}"#;
        for (pointer, text, value) in [
            ("/MyEsri/provision/userTypes/0/maxUsers", entry, "-5"),
            ("/MyEsri/provision/userTypes/0/startDate", entry, entry),
            ("/MyEsri/provision/userTypes/0", entry, entry),
            ("/MyEsri/provision/userTypes/0/apps", entry, "{…}"),
            ("/MyEsri/provision/userTypes/1", "…", "…"),
            ("/MyEsri/provision/userTypes/2", "null", "null"),
            ("/MyEsri/provision/userTypes", r#"{"userTypes": […]}"#, "[…]"),
            ("/MyEsri/capabilities", r#"{"provision": {…}, "capabilities": …}"#, "…"),
            ("/secret", r#"{"secret": …, "MyEsri": {…}}"#, "…"),
            ("", r#"{"MyEsri": {…}}"#, r#"{"MyEsri": {…}}"#),
        ] {
            assert_eq!(shown(pointer), (text.to_owned(), value.to_owned()), "{pointer}");
        }
    }
}
