//! Bytes that are no text, or text in another encoding.

use super::case::{Case, ENTRY, SECRET, fails, license, reads};

pub(super) fn cases() -> Vec<Case> {
    let good = license(ENTRY);
    let marked = format!("\u{feff}{good}");
    let little = utf16(&marked, u16::to_le_bytes);
    vec![
        fails("no bytes", "", "empty"),
        fails("spaces and line breaks", " \t\r\n \n", "empty"),
        fails("a byte order mark alone", "\u{feff}", "empty"),
        fails("a UTF-16 byte order mark alone", b"\xFF\xFE", "empty"),
        reads("UTF-8 with byte order mark", marked.as_bytes(), &[]),
        reads("UTF-16 LE with byte order mark", little.clone(), &[]),
        reads("UTF-16 BE with byte order mark", utf16(&marked, u16::to_be_bytes), &[]),
        reads("lines that end in CR LF", good.replace(',', ",\r\n") + "\r\n", &[]),
        reads("lines that end in CR", good.replace(',', ",\r"), &[]),
        fails("UTF-16 of odd length", &little[..little.len() - 1], "not-unicode").says("UTF-16"),
        fails("UTF-16 with half a surrogate pair", utf16_with(0xD83C), "not-unicode").says("UTF-16"),
        fails("UTF-16 without byte order mark", utf16(&good, u16::to_le_bytes), "not-unicode").says("UTF-16"),
        fails("UTF-32", b"\xFF\xFE\0\0{\0\0\0}\0\0\0", "not-unicode").says("UTF-32"),
        fails("Latin-1", with_name(b"\xC9diteur"), "not-unicode").says("Latin-1"),
        fails("an overlong form", with_name(b"\xC0\xAF"), "not-unicode"),
        fails("a surrogate in UTF-8", with_name(b"\xED\xA0\x80"), "not-unicode"),
        fails("a code point beyond Unicode", with_name(b"\xF4\x90\x80\x80"), "not-unicode"),
        fails("a character cut off", with_name(b"\xF0\x9F\x8C"), "not-unicode"),
        fails("NUL bytes only", [0; 1000], "not-json"),
        fails("a NUL byte in a name", with_name(b"Crea\0tor"), "not-json"),
        fails("a NUL byte after the license", format!("{good}\0"), "not-json").licenses(1),
        fails("a raw escape character in a name", with_name(b"\x1b[31mCreator"), "not-json"),
        fails("a raw line break in a name", with_name(b"Crea\ntor"), "not-json"),
        fails("a no-break space before the license", format!("\u{a0}{good}"), "not-json"),
        fails("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xe6\x02\x00", "wrong-kind"),
        fails("ZIP", format!("PK\u{3}\u{4}\u{14}\u{0} license.json {SECRET}"), "wrong-kind"),
        fails("PDF", format!("%PDF-1.7\n{SECRET}\n"), "wrong-kind"),
    ]
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// UTF-16 with a unit that is no character.
fn utf16_with(unit: u16) -> Vec<u8> {
    let text = utf16("\u{feff}{\"MyEsri\": \"", u16::to_le_bytes);
    [text, unit.to_le_bytes().to_vec(), utf16("\"}", u16::to_le_bytes)].concat()
}

fn with_name(name: &[u8]) -> Vec<u8> {
    let before =
        format!(r#"{{"MyEsri":{{"signature":"{SECRET}","definitions":{{"userTypes":[{{"id":"creatorUT","name":""#);
    let after = format!(r#""}}]}},"provision":{{"userTypes":[{ENTRY}]}}}}}}"#);
    [before.as_bytes(), name, after.as_bytes()].concat()
}
