//! Texts that would act on a terminal, a spreadsheet, a page or a reader.

use serde_json::{Value, json};

use super::case::{Case, reads};

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = texts().into_iter().map(|(name, text)| everywhere(name, &text)).collect();
    let lone = |member: &str| {
        let text = everywhere("", "SURROGATE").bytes;
        let quoted = format!("\"{member}\":\"SURROGATE\"");
        String::from_utf8(text)
            .unwrap()
            .replace(&quoted, &format!("\"{member}\":\"\\ud83c\""))
            .replace("SURROGATE", "x")
    };
    cases.push(reads("half a surrogate pair in a member that is not read", lone("note"), &["unreadable-entry"]));
    cases
}

/// The texts, each with a name.
fn texts() -> Vec<(&'static str, String)> {
    let bidi = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    let c0: String = ('\0'..' ').collect();
    let c1: String = ('\u{7f}'..='\u{9f}').collect();
    let own = |text: &str| text.to_owned();
    vec![
        ("colours", own("\u{1b}[31mred\u{1b}[0m")),
        ("a cleared screen", own("\u{1b}[2J\u{1b}[H")),
        ("a window title", own("\u{1b}]0;pwned\u{7}")),
        ("a link for terminals", own("\u{1b}]8;;https://example.com\u{1b}\\x\u{1b}]8;;\u{1b}\\")),
        ("an eight-bit escape", own("\u{9b}31mred")),
        ("all of C0", c0),
        ("DEL and all of C1", c1),
        ("backspaces", own("no\u{8}\u{8}yes")),
        ("a carriage return", own("999 seats\r0")),
        ("line breaks", own("one\ntwo\r\nthree\u{b}\u{c}")),
        ("an override of the direction", own("seats \u{202e}001")),
        ("all bidi controls", own(bidi)),
        ("a formula", own("=1+1")),
        ("a formula that runs a command", own("=cmd|' /C calc'!A0")),
        ("a formula with a plus", own("+1+1")),
        ("a formula with a minus", own("-1+1")),
        ("a formula with an at", own("@SUM(1,1)")),
        ("a formula after a tab", own("\t=1+1")),
        ("a formula after a carriage return", own("\r=1+1")),
        ("a formula after a line break", own("x\n=1+1")),
        ("a formula in quotes", own("\",=1+1,\"")),
        ("a single equals sign", own("=")),
        ("a script", own("<script>alert(1)</script>")),
        ("an image", own("<img src=x onerror=alert(1)>")),
        ("cells and code of Markdown", own("a | b || `c` | \\| d")),
        ("a link of Markdown", own("[x](javascript:alert(1))")),
        ("commas and quotes", own("\"a\", 'b', \"\"")),
        ("backslashes", own("\\u001b[31m \\n \\")),
        ("slashes and tildes as in pointers", own("/MyEsri/~0/~1")),
        ("wide and joined characters", own("\u{1f469}\u{200d}\u{1f4bb}\u{ff35}\u{ff34}e\u{301}\u{301}\u{301}")),
        ("a thousand combining marks", format!("e{}", "\u{301}".repeat(1000))),
        ("a long word", "w".repeat(100_000)),
        ("format specifiers", own("%s%n {} {0} $(id) `id`")),
    ]
}

/// A license with this text wherever text may stand.
fn everywhere(name: &str, text: &str) -> Case {
    let entry = |id: &str| json!({ "id": id, "maxUsers": 200, "startDate": 1_542_672_000_000_i64, "apps": [text], "note": text });
    let extension = |entitlements: Value| json!([{ "id": text, "entitlements": entitlements }]);
    let mut extensions = entry(text);
    extensions["entitlements"] = json!([{ "num": 5, "apiName": text }]);
    let document = json!({ "MyEsri": {
        "version": text,
        "capabilities": text,
        "definitions": {
            "userTypes": [
                { "id": text, "name": text, "description": text, "level": text, "extensions": extension(json!([text])) },
            ],
            "appBundles": [{ "appBundleItemId": text, "name": text, "description": text }],
        },
        "provision": {
            "userTypes": [entry(text), entry("creatorUT"), { "id": text, "maxUsers": text, "startDate": 1_603_225_394_000_i64 }],
            "appBundles": [entry(text)],
            "extensions": [extensions],
            "apps": [entry(text)],
        },
        "portalCapabilities": [{ "id": text, "startDate": text }],
        text: text,
    }});
    reads(&format!("everywhere {name}"), document.to_string(), &["unreadable-entry"]).keeps(text)
}
