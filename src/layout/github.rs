//! Workflow commands of GitHub Actions, which become annotations.

use crate::text::visible;

/// The most errors, warnings or notices of one step that GitHub shows.
pub(crate) const MOST_ANNOTATIONS: usize = 10;

/// An annotation with these properties. Line breaks of the message stay line breaks.
pub(crate) fn annotation(level: &str, place: &[(&str, String)], title: &str, message: &str) -> String {
    let place = place.iter().map(|(name, value)| (*name, value.as_str())).chain([("title", title)]);
    let properties: Vec<_> = place.map(|(name, value)| format!("{name}={}", property(value))).collect();
    let lines: Vec<_> = message.split('\n').map(data).collect();
    format!("::{level} {}::{}\n", properties.join(","), lines.join("%0A"))
}

/// Escapes the text of a command as the runner's own toolkit does.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says_ends_no_command() {
        let file = [("file", "a,b:c%\r\n::error::x".to_owned())];
        let text = annotation("error", &file, "x, y", "50%\n::warning::z\r");
        let (properties, message) = text.strip_prefix("::error ").unwrap().split_once("::").unwrap();
        assert!(
            properties.starts_with("file=a%2Cb%3Ac%25\\u000d\\u000a") && properties.ends_with(",title=x%2C y"),
            "{text}"
        );
        assert!(message.starts_with("50%25%0A") && message.ends_with("warning::z\\u000d\n"), "{text}");
        assert!(!properties.contains(':') && text.lines().count() == 1, "{text}");
        assert_eq!(annotation("notice", &[], "t", "m"), "::notice title=t::m\n");
    }
}
