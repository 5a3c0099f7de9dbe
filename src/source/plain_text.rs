//! Texts that are not JSON and are given where JSON is wanted.

use std::path::Path;

use crate::source::DocumentKind;

/// The number of bytes of a text that are looked at.
const LOOKED_AT: usize = 8192;

/// Titles of columns by which a table is recognized, in the form of [`plain_title`].
const TITLES: [&str; 10] = [
    "username",
    "userlicensetypeid",
    "userlicensetype",
    "licensetype",
    "usertype",
    "key",
    "count",
    "kind",
    "unitprice",
    "memberaccountstatus",
];

/// The kind of a text that is not JSON; `None` if it is not recognized.
pub(crate) fn kind(name: &str, text: &str) -> Option<DocumentKind> {
    let start = text.char_indices().take_while(|(at, _)| *at < LOOKED_AT).last().map_or(0, |(at, c)| at + c.len_utf8());
    let start = text.get(..start).unwrap_or_default();
    if start.trim_start().starts_with('<') {
        return Some(DocumentKind::Html);
    }
    if is_authorization(name, start) {
        return Some(DocumentKind::Authorization);
    }
    is_sheet(start).then_some(DocumentKind::Sheet)
}

/// Whether this is a file that authorizes a server or a License Manager: each contains certain words.
fn is_authorization(name: &str, text: &str) -> bool {
    let extension = Path::new(name).extension().unwrap_or_default();
    let named = ["prvc", "ecp", "lic"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    let lower = text.to_ascii_lowercase();
    let marks = ["// user information", "authorization numbers", "vendor arcgis", "feature arcgis", "increment arcgis"];
    named || marks.iter().any(|mark| lower.contains(mark)) || lower.lines().any(has_authorization_number)
}

/// Whether a line holds an authorization number, as `ArcGIS Server=ECP123456789` does.
fn has_authorization_number(line: &str) -> bool {
    ["ecp", "eva", "uva"].iter().any(|prefix| {
        line.match_indices(prefix).any(|(at, _)| {
            let digits = line.get(at + prefix.len()..).unwrap_or_default();
            digits.bytes().take_while(u8::is_ascii_digit).count() >= 6
        })
    })
}

fn is_sheet(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let first = if first.to_ascii_lowercase().starts_with("sep=") { lines.next().unwrap_or_default() } else { first };
    let mut cells = first.split([',', ';', '\t', '|']).map(plain_title).peekable();
    let several = first.contains([',', ';', '\t', '|']);
    several && cells.any(|cell| TITLES.contains(&cell.as_str()))
}

/// The title of a column in small letters, without the blanks and signs that programs put between its words.
pub(crate) fn plain_title(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_by_what_stands_in_them() {
        for (name, text, expected) in [
            ("a.txt", "// User Information\nFirst Name=Jo\n", Some(DocumentKind::Authorization)),
            ("a.txt", "ArcGIS Server=ECP123456789", Some(DocumentKind::Authorization)),
            ("a.lic", "anything", Some(DocumentKind::Authorization)),
            ("a.txt", "SERVER this_host ANY 27000\nVENDOR ARCGIS\n", Some(DocumentKind::Authorization)),
            ("a.csv", "Username;User Type\r\na;b\r\n", Some(DocumentKind::Sheet)),
            ("a.csv", "sep=|\nid|Member.Account.Status", Some(DocumentKind::Sheet)),
            ("a.csv", "key,count\n", Some(DocumentKind::Sheet)),
            ("a.txt", "the key, the count\n", None),
            ("a.txt", "key\n", None),
            ("a.txt", "recipe ecp12", None),
        ] {
            assert_eq!(kind(name, text), expected, "{text}");
        }
    }
}
