//! The first line of an answer, read by itself: it says what is known and until when was looked.

use serde_json::{Value, json};

use crate::common::seatline;

fn answer(new: &str, rest: &[&str]) -> (i32, Value) {
    let run = seatline(&[&["preflight", new, "--no-policy", "-f", "json"], rest].concat());
    (run.code, run.json())
}

fn license(user_types: &Value) -> tempfile::NamedTempFile {
    let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": user_types}}});
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    std::fs::write(file.path(), license.to_string()).unwrap();
    file
}

/// A verdict about an old license that can be read in more than one way says so.
#[test]
fn an_old_license_that_cannot_be_read_plainly_is_told_in_the_first_line() {
    let entry = |seats: Value| json!({"id": "creatorUT", "maxUsers": seats, "startDate": 1_700_000_000_000_i64});
    let new = license(&json!([entry(json!(3))]));
    let headline = |old: &Value, more: &[&str]| {
        let old = license(old);
        let over = [&["--over", old.path().to_str().unwrap(), "--as-of", "2027-01-01"][..], more].concat();
        let (code, json) = answer(new.path().to_str().unwrap(), &over);
        assert_eq!((code, &json["verdict"]), (0, &json!("go")), "{json:#}");
        (json["headline"].as_str().unwrap().to_owned(), json["unknown"].to_string())
    };
    let doubtful = ", as far as is known: the user type creatorUT of the old license cannot be read plainly; ";
    let (said, unknown) = headline(&json!([entry(json!(-1))]), &[]);
    assert!(
        said.contains(doubtful) && unknown.contains("gives of the user type creatorUT can be read"),
        "{said} {unknown}"
    );
    let stray = json!({"maxUsers": 50, "startDate": 1_700_000_000_000_i64});
    let (said, _) = headline(&json!([entry(json!(3)), stray]), &[]);
    assert!(said.contains(", as far as is known: user types of the old license cannot be read plainly; "), "{said}");
    // A counted number is needed as it was counted, whatever the old license says.
    let members = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(members.path(), "username,userLicenseTypeId,role\nada,creatorUT,org_admin\n").unwrap();
    let (said, _) = headline(&json!([entry(json!(-1))]), &["--usage", members.path().to_str().unwrap()]);
    assert!(!said.contains("read plainly"), "{said}");
    assert!(!headline(&json!([entry(json!(3))]), &[]).0.contains("read plainly"));
}

/// Nobody who reads only the first line can take the verdict for the whole time of the license.
#[test]
fn a_look_that_ends_before_the_license_is_told_in_the_first_line() {
    let entry = |id: &str, seats: u64, day: i64| json!({"id": id, "maxUsers": seats, "startDate": 1_767_225_600_000 + day * 86_400_000});
    let open = license(&json!([entry("creatorUT", 9, 0)]));
    let ending = license(&json!([entry("creatorUT", 9, 0), entry("creatorUT", 0, 800)]));
    let headline = |file: &tempfile::NamedTempFile, more: &[&str]| {
        let arguments = [&["--nobody-yet", "--as-of", "2026-02-01"][..], more].concat();
        let (_, json) = answer(file.path().to_str().unwrap(), &arguments);
        json["headline"].as_str().unwrap().to_owned()
    };
    assert!(headline(&open, &[]).ends_with("; looked at for a year, until 2027-02-01 00:00"));
    assert!(headline(&open, &["--lead", "2y"]).ends_with("; looked at until 2028-02-01 00:00"));
    assert!(!headline(&ending, &[]).contains("looked at"));
    let asked = ["--until", "2026-06-30"];
    for file in [&open, &ending] {
        let said = headline(file, &asked);
        assert!(said.ends_with("; looked at only until the end of 2026-06-30, as was asked"), "{said}");
    }
}

/// A license that begins after its import leaves a time without seats, which no purchase mends.
#[test]
fn a_license_that_begins_later_is_told_in_the_first_line() {
    let entry = |id: &str, seats: Value, day: i64| json!({"id": id, "maxUsers": seats, "startDate": 1_767_225_600_000 + day * 86_400_000});
    let headline = |entries: &Value| {
        let file = license(entries);
        let (_, json) = answer(file.path().to_str().unwrap(), &["--nobody-yet", "--as-of", "2026-02-01"]);
        json["headline"].as_str().unwrap().to_owned()
    };
    let later = [entry("viewerUT", json!(9), 60), entry("creatorUT", json!(9), 40)];
    let clause =
        "; from the import to 2026-02-10 00:00 no user type of the license has seats; no end of the license is stated";
    assert!(headline(&json!(later)).contains(clause), "{}", headline(&json!(later)));
    let back = [entry("creatorUT", json!(9), 0), entry("creatorUT", json!(0), 20), entry("creatorUT", json!(7), 40)];
    assert!(headline(&json!(back)).contains(clause), "{}", headline(&json!(back)));
    for not_so in [
        json!([entry("viewerUT", json!(9), 60), entry("creatorUT", json!(9), 10)]),
        json!([entry("viewerUT", json!(9), 60), entry("creatorUT", json!(null), 10)]),
        json!([entry("creatorUT", json!(9), 0), entry("creatorUT", json!(0), 10)]),
    ] {
        assert!(!headline(&not_so).contains("from the import to"), "{}", headline(&not_so));
    }
}
