//! Licenses with values that differ from the documentation.

use super::case::{Case, ENTRY, SECRET, license, license_and, my_esri, reads, with_date, with_seats};

const UNREADABLE: &[&str] = &["unreadable-entry"];

pub(super) fn cases() -> Vec<Case> {
    [counts(), dates(), ids(), lists(), secrets()].into_iter().flatten().collect()
}

fn counts() -> Vec<Case> {
    let count =
        |count: &str, rules: &[&'static str]| reads(&format!("seats: {count:.40}"), license(&with_seats(count)), rules);
    let mut cases = vec![
        count("\"200\"", &["lenient-value"]),
        count("200.0", &["lenient-value"]),
        count("2e2", &["lenient-value"]),
        count("9007199254740991", &[]),
        reads("no seats", license(&ENTRY.replace(r#""maxUsers":200,"#, "")), UNREADABLE),
        reads("a conflict", license(&format!("{ENTRY},{}", with_seats("250"))), &["conflicting-entries"]),
        reads("an entry twice", license(&format!("{ENTRY},{ENTRY}")), &[]),
    ];
    let unreadable = [
        "1.5",
        "-1",
        "-5",
        "null",
        "true",
        "{}",
        "[200]",
        "\"\"",
        "\"many\"",
        "\"1.5\"",
        "\"-5\"",
        "\" 200\"",
        "\"0xC8\"",
        "\"\u{0661}\u{0662}\"",
        "9007199254740992",
        "9007199254740993.0",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "1e300",
        "1e400",
        "-1e400",
        "1e-400",
        "\"18446744073709551616\"",
    ];
    cases.extend(unreadable.map(|text| count(text, UNREADABLE)));
    cases.push(count(&"9".repeat(100_000), UNREADABLE));
    cases.push(count(&format!("\"{}\"", "9".repeat(100_000)), UNREADABLE));
    cases.push(count(&format!("1e{}", "9".repeat(100_000)), UNREADABLE));
    cases
}

fn dates() -> Vec<Case> {
    let date = |date: &str, rules: &[&'static str]| reads(&format!("a date: {date}"), license(&with_date(date)), rules);
    let implausible = [
        "0",
        "-1",
        "1542672000",
        "915148799999",
        "20270101120000",
        "253402300800000",
        "8640000000000001",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
    ];
    let mut cases: Vec<Case> = implausible.map(|text| date(text, &["implausible-date"])).into();
    let unreadable =
        ["null", "true", "1542672000000.5", "\"2018-11-20\"", "\"2018-11-20T00:00:00Z\"", "\"soon\"", "[]"];
    cases.extend(unreadable.map(|text| date(text, UNREADABLE)));
    cases.push(date("\"1542672000000\"", &["lenient-value"]));
    cases.push(date("1542672000000.0", &["lenient-value"]));
    cases.push(date("1.542672e12", &["lenient-value"]));
    cases.push(date("4102444800001", &["lenient-value"]));
    cases.push(date("253402300799999", &["lenient-value"]));
    cases.push(date("915148800000", &[]));
    cases.push(date("\"\\u001b[2J\\u202e\"", UNREADABLE));
    cases.push(reads("no date", license(r#"{"id":"creatorUT","maxUsers":200}"#), UNREADABLE));
    let window = |text: &str| license_and(&format!(r#""portalCapabilities":[{{"id":"a",{text}}}]"#));
    cases.push(reads("a capability without start", window(r#""endDate":1603225394000"#), UNREADABLE));
    cases.push(reads("a capability without end", window(r#""startDate":1542672000000,"endDate":null"#), &[]));
    cases.push(reads(
        "a capability that ends before it begins",
        window(r#""startDate":1603225394000,"endDate":1542672000000"#),
        &[],
    ));
    cases
}

fn ids() -> Vec<Case> {
    let id = |id: &str| reads(&format!("an id: {id}"), license(&ENTRY.replace(r#""creatorUT""#, id)), UNREADABLE);
    let mut cases: Vec<Case> =
        ["7", "null", "\"\"", "[\"creatorUT\"]", "{\"id\":\"creatorUT\"}", "false"].map(id).into();
    cases.push(reads("no id", license(r#"{"maxUsers":200,"startDate":1542672000000}"#), UNREADABLE));
    cases.push(reads("an entry that is a number", license("7"), UNREADABLE));
    cases.push(reads("an entry that is a list", license(&format!("[{ENTRY}]")), UNREADABLE));
    cases.push(reads("1,000 entries that are null", license(&vec!["null"; 1000].join(",")), UNREADABLE));
    cases
}

fn lists() -> Vec<Case> {
    let provision = |text: &str| my_esri(&format!(r#""provision":{{{text}}}"#));
    let others = |value: &str| {
        provision(&format!(r#""userTypes":[{ENTRY}],"extensions":{value},"apps":{value},"appBundles":{value}"#))
    };
    vec![
        reads("nothing in MyEsri", my_esri(""), UNREADABLE),
        reads("no provision", my_esri(r#""version":"10.8""#), UNREADABLE),
        reads("a provision that is null", my_esri(r#""provision":null"#), UNREADABLE),
        reads("a provision that is a text", my_esri(r#""provision":"none""#), UNREADABLE),
        reads("no user types", provision(""), UNREADABLE),
        reads("user types that are null", provision(r#""userTypes":null"#), UNREADABLE),
        reads("user types that are an object", provision(r#""userTypes":{"id":"creatorUT"}"#), UNREADABLE),
        reads("an empty list of user types", provision(r#""userTypes":[]"#), &[]),
        reads("other lists that are null", others("null"), &[]),
        reads("other lists that are empty", others("[]"), &[]),
        reads("other lists that are texts", others("\"none\""), UNREADABLE),
    ]
}

fn secrets() -> Vec<Case> {
    let entry = ENTRY.replace('}', &format!(r#","token":"{SECRET}","keys":[{{"a":"{SECRET}"}}]}}"#));
    let definition =
        format!(r#""definitions":{{"userTypes":[{{"id":"viewerUT","password":"{SECRET}"}}],"x":"{SECRET}"}}"#);
    vec![
        reads("a secret beside MyEsri", license(ENTRY).replacen('{', &format!(r#"{{"signature":"{SECRET}","#), 1), &[]),
        reads(
            "secrets in MyEsri",
            license_and(&format!(r#""licenseManager":{{"host":"{SECRET}","mac":"{SECRET}"}}"#)),
            &[],
        ),
        reads("a secret in an entry", license(&entry), &[]),
        reads("a secret in an entry with a fault", license(&entry.replace(":200,", ":null,")), UNREADABLE),
        reads("a secret in an entry without id", license(&entry.replace("\"creatorUT\"", "5")), UNREADABLE),
        reads("a secret in a definition", license_and(&definition), &[]),
        reads(
            "a secret in a capability",
            license_and(&format!(r#""portalCapabilities":[{{"id":"a","token":"{SECRET}"}}]"#)),
            UNREADABLE,
        ),
    ]
}
