//! Text that is no JSON, and JSON that is hard to read: deep, long, repeated, several values in a row.

use super::case::{Case, ENTRY, SECRET, fails, license, license_and, my_esri, nested, reads, with_seats};

const DEEP: usize = 200_000;

pub(super) fn cases() -> Vec<Case> {
    [broken(), deep(), repeated(), several()].into_iter().flatten().collect()
}

fn broken() -> Vec<Case> {
    let good = license_and(&format!(r#""signature":"{SECRET}""#));
    let count = |count: &str| license(&with_seats(count));
    vec![
        fails("one brace", "{", "not-json").says("not JSON"),
        fails("cut off after half", &good.as_bytes()[..good.len() / 2], "not-json").says("cut off"),
        fails("cut off before the last brace", &good.as_bytes()[..good.len() - 1], "not-json").says("cut off"),
        fails("cut off in a secret", &good.as_bytes()[..good.len() - 6], "not-json").says("cut off"),
        fails("text after the license", format!("{good} {SECRET}"), "not-json").licenses(1),
        fails("a comma too many", good.replace("]", ",]"), "not-json"),
        fails("single quotes", good.replace('"', "'"), "not-json"),
        fails("Python", "{'MyEsri': None}", "not-json"),
        fails("a setting file", format!("token = {SECRET}\n"), "not-json"),
        fails("NaN seats", count("NaN"), "not-json"),
        fails("seats with a plus sign", count("+200"), "not-json"),
        fails("seats with a leading zero", count("0200"), "not-json"),
        fails("hexadecimal seats", count("0xC8"), "not-json"),
        fails("an escape that JSON does not have", license(&ENTRY.replace("creator", r"\x41")), "not-json"),
        fails("the documentation's three dots", my_esri(r#""version": "10.8", ..."#), "documentation-syntax")
            .says("documentation"),
        fails("the documentation's comments", "{\n  \"MyEsri\": { // the root\n  }\n}", "documentation-syntax")
            .says("documentation"),
    ]
}

fn deep() -> Vec<Case> {
    let list = nested(DEEP);
    let objects = r#"{"a":"#.repeat(DEEP) + "1" + &"}".repeat(DEEP);
    vec![
        fails("200,000 lists never closed", "[".repeat(DEEP), "not-json"),
        fails("200,000 objects never closed", r#"{"a":"#.repeat(DEEP), "not-json"),
        fails("200,000 objects named MyEsri never closed", r#"{"MyEsri":"#.repeat(DEEP), "not-json"),
        fails("200,000 lists", list.clone(), "unknown-kind"),
        fails("200,000 objects", objects.clone(), "unknown-kind"),
        fails("MyEsri in 200,000 lists", format!(r#"{{"MyEsri":{list}}}"#), "unknown-kind"),
        reads("an unknown member 200,000 deep", license_and(&format!(r#""extra":{objects}"#)), &[]),
        reads("an unknown member of an entry 200,000 deep", license(&with(&format!(r#""extra":{list}"#))), &[]),
        reads("seats 200,000 deep", license(&with_seats(&list)), &["unreadable-entry"]),
        reads("an id 200,000 deep", license(&ENTRY.replace(r#""creatorUT""#, &list)), &["unreadable-entry"]),
        reads("an entry 200,000 deep", license(&list), &["unreadable-entry"]),
        reads("a provision 200,000 deep", my_esri(&format!(r#""provision":{list}"#)), &["unreadable-entry"]),
        fails("an administrator list 200,000 deep", format!(r#"{{"userTypes":{list}}}"#), "unreadable-list"),
        fails(
            "an error answer 200,000 deep",
            format!(r#"{{"error":{{"code":499,"details":{list}}}}}"#),
            "portal-error",
        ),
    ]
}

/// An entry with one more member.
fn with(member: &str) -> String {
    ENTRY.replace('}', &format!(",{member}}}"))
}

fn repeated() -> Vec<Case> {
    let twice = |name: &str, bytes: String| fails(name, bytes, "repeated-key").says("twice");
    let unknown = |name: &str, bytes: String| reads(name, bytes, &["repeated-key"]);
    let token = format!(r#""token":"{SECRET}","token":"{SECRET}2""#);
    vec![
        twice("MyEsri twice", format!(r#"{{"MyEsri":{{}},"MyEsri":{{"signature":"{SECRET}"}}}}"#)),
        twice("provision twice", license_and(r#""provision":{"userTypes":[]}"#)),
        twice("userTypes twice", my_esri(r#""provision":{"userTypes":[],"userTypes":[]}"#)),
        twice("version twice", license_and(r#""version":"11.4""#)),
        twice("an id twice", license(&with(r#""id":"viewerUT""#))),
        twice("an id twice, once in disguise", license(&with(r#""\u0069d":"viewerUT""#))),
        twice("seats twice", license(&with(r#""maxUsers":200"#))),
        twice("a date twice", license(&with(r#""startDate":null"#))),
        twice(
            "a level twice",
            license_and(r#""definitions":{"userTypes":[{"id":"viewerUT","level":"1","level":"2"}]}"#),
        ),
        twice(
            "an end twice",
            license_and(r#""portalCapabilities":[{"id":"a","startDate":1,"endDate":2,"endDate":3}]"#),
        ),
        unknown("an unknown member twice", license_and(&token)),
        unknown("an unknown member of an entry twice", license(&with(&token))),
        unknown(
            "an unknown member beside MyEsri twice",
            format!(r#"{{"MyEsri":{{"provision":{{"userTypes":[]}}}},{token}}}"#),
        ),
        unknown(
            "an unknown member with a control character twice",
            license_and(&format!(r#""\u001b[2J\u202e":"{SECRET}","\u001b[2J\u202e":1"#)),
        ),
    ]
}

fn several() -> Vec<Case> {
    let good = license(ENTRY);
    let pretty = good.replace(',', ",\n  ");
    let list = r#"{"userTypes":[{"id":"creatorUT"}]}"#;
    let bad = format!(r#"{{"MyEsri":{{"signature":"{SECRET}"#);
    let twice = good.replace("\"maxUsers\"", "\"id\"");
    vec![
        reads("two licenses in a row", format!("{good}{good}"), &[]).licenses(2),
        reads("three licenses in a row over many lines", format!("{pretty}\n{pretty}\n\n{pretty}\n"), &[]).licenses(3),
        reads("three licenses, one a line", format!("{good}\n\n{good}\r\n  {good}"), &[]).licenses(3),
        fails("the second of three lines is cut off", format!("{good}\n{bad}\n{good}\n"), "not-json").licenses(2),
        fails("the last of three lines is cut off", format!("{good}\n{good}\n{bad}"), "not-json").licenses(2),
        fails("the second of three lines is no JSON", format!("{good}\n{SECRET}\n{good}\n"), "not-json").licenses(2),
        fails("the second of three lines is HTML", format!("{good}\n<html>{SECRET}\n{good}\n"), "html").licenses(2),
        fails("the second of three lines repeats a key", format!("{good}\n{twice}\n{good}\n"), "repeated-key")
            .licenses(2),
        fails("the second of three in a row repeats a key", format!("{good}{twice}{good}"), "repeated-key").licenses(2),
        fails("a line with two values", format!("{good}\n{good} 7\n{good}\n"), "not-json").licenses(2),
        fails("the second of many lines in a row is broken", format!("{pretty}\n{bad}"), "not-json").licenses(1),
        fails("an administrator list beside a license", format!("{good}\n{list}\n"), "wrong-kind").licenses(1),
    ]
}
