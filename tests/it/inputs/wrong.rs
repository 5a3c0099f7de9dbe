//! The wrong file, and the message that helps.

use serde_json::{Value, json};

use crate::common::{Run, seatline, seatline_with_input};
use crate::inputs::fixture;

const LICENSE: &str = "samples/renewed-11.1.json";
const RESOURCE: &str = "samples/stories/license-resource-11.1.json";
const MEMBERS: &str = "samples/stories/members-11.4.csv";

/// Asserts that the run fails with this code and writes all of these words.
fn says(run: &Run, code: i32, words: &[&str]) {
    assert_eq!(run.code, code, "{run:?}");
    assert!(words.iter().all(|word| run.stderr.contains(word)), "{words:?} in {}", run.stderr);
}

fn as_license(document: &[u8]) -> Run {
    seatline_with_input(&["report", "-"], document)
}

fn as_usage(document: &[u8]) -> Run {
    seatline_with_input(&["fit", LICENSE, "--usage", "-"], document)
}

/// Documents without any seats: the message names each, and the document to use instead.
fn others() -> Vec<(Value, &'static str)> {
    let feature = json!({"name": "a", "coreCount": 4, "version": "11.2", "canExpire": true, "expiration": 1});
    let level = json!({"level": "1", "name": "x", "isValid": true, "currentRegisteredMembers": 3,
        "maximumRegisteredMembers": 5, "version": "10.5", "expiration": 1});
    vec![
        (json!({"status": "success"}), "the answer of an import (importLicense), with nothing in it to read"),
        (json!({"success": true}), "the answer of an import"),
        (
            json!({"isValid": true, "currentRegisteredMembers": 3, "maximumRegisteredMembers": 5, "expiration": 1,
                "features": [level]}),
            "the portal's licenses as up to 10.6",
        ),
        (
            json!({"edition": {"name": "svradvanced"}, "level": {"name": "x"}, "datafeature": {}, "extensions": [], "features": []}),
            "the licenses of a server",
        ),
        (json!({"features": [feature]}), "the licenses of a server"),
        (
            json!({"id": "1", "type": "In House", "state": "active", "expDate": 1, "userLicenseTypes": {"creatorUT": 5},
                "maxUsersPerLevel": {"1": 0}, "maxUsers": 5}),
            "the portal's description of itself",
        ),
        (json!({"id": "1", "portalHostname": "h", "urlKey": "k", "user": {}}), "the portal's description of itself"),
        (json!({"purchases": []}), "a list of purchases"),
        (json!({"userEntitlements": [{"username": "a", "entitlements": []}]}), "a list of who has which app"),
        (json!({"roles": [{"id": "a", "name": "b"}], "total": 1}), "a list of roles"),
        (json!({"token": "SECRET", "expires": 1, "ssl": true}), "a token (generateToken), which is a secret"),
        (json!({"schema": "seatline/report/v1", "licenses": []}), "an answer of seatline itself"),
    ]
}

#[test]
fn each_other_document_is_named_with_what_to_have_instead() {
    for (document, name) in others() {
        let bytes = document.to_string();
        let run = as_license(bytes.as_bytes());
        says(&run, 3, &["this is ", name, "not a license document"]);
        assert!(run.stderr.contains("My Esri") || run.stderr.contains("delete this file"), "{}", run.stderr);
        assert!(!run.stderr.contains("SECRET"), "{}", run.stderr);
        let run = as_usage(bytes.as_bytes());
        says(&run, 3, &["this is ", name, "portals/self/users?f=json", "portaladmin/license?f=json"]);
    }
}

#[test]
fn what_belongs_elsewhere_is_said_to() {
    for (file, words) in [
        (
            RESOURCE,
            "this is the portal's license resource (seats assigned today), not a license document: it tells what is assigned (usage)",
        ),
        (
            MEMBERS,
            "this is a table (CSV), not a license document: it may be members or counts (usage), a plan, or moves",
        ),
        (
            "samples/stories/counts-10.9.json",
            "this is a list of member counts (users/counts), not a license document: it tells what is assigned (usage)",
        ),
        (
            "samples/administrators-10.8.json",
            "not a license document: it belongs beside its license, as the administrator list",
        ),
        (
            &fixture("users-search.json"),
            "this is a list of members (portals/self/users), not a license document: it tells what is assigned (usage)",
        ),
        (
            &fixture("one-user.json"),
            "this is one member (community/users), not a license document: it tells what is assigned (usage)",
        ),
        (
            &fixture("user-license-types.json"),
            "a list of user types (portals/self/userLicenseTypes), not a license document: it gives names",
        ),
        (&fixture("counts-bare-list.json"), "this is a list of member counts (users/counts), not a license document"),
        (&fixture("csv-counts.csv"), "this is a table (CSV), not a license document"),
        (
            &fixture("prvc-called-documentation-syntax.prvc"),
            "this is an authorization file (.prvc, .ecp or .lic), not a license document: it authorizes a server",
        ),
    ] {
        says(&seatline(&["report", file]), 3, &[file, words]);
    }
    says(
        &seatline(&["fit", RESOURCE, "--usage", LICENSE]),
        3,
        &["this is the portal's license resource", "is it swapped with the license?"],
    );
    says(
        &seatline(&["fit", LICENSE, "--usage", LICENSE]),
        3,
        &[
            "this is a license document, not a license resource, member counts or members: name it as the license itself",
        ],
    );
    says(&seatline(&["diff", LICENSE, RESOURCE]), 3, &["is it swapped with the license?"]);
    says(&seatline(&["report", LICENSE, "--admins", RESOURCE]), 3, &["not an administrator list"]);
    says(
        &seatline(&["fit", LICENSE, "--usage", &fixture("prvc-called-documentation-syntax.prvc")]),
        3,
        &["this is an authorization file", "portals/self/users?f=json"],
    );
}

#[test]
fn what_is_no_text_is_named() {
    let workbook = [b"PK\x03\x04\x14\x00\x06\x00".as_slice(), b"[Content_Types].xml", &[0; 100]].concat();
    let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice();
    for (bytes, words) in [
        (workbook.as_slice(), "this is an Excel workbook (.xlsx): save its sheet as \"CSV UTF-8\""),
        (b"PK\x03\x04license.json", "this is a zip archive: unpack it"),
        (b"PK\x05\x06", "this is a zip archive"),
        (old, "this is an old Excel workbook (.xls)"),
        (b"\x1F\x8B\x08", "this is packed with gzip"),
        (b"%PDF-1.7", "this is a PDF"),
    ] {
        says(&as_license(bytes), 3, &[words]);
        says(&as_usage(bytes), 3, &[words]);
    }
}

#[test]
fn a_pattern_that_the_shell_left_alone_is_noticed() {
    for command in [&["report", "no-such-folder/*.json"][..], &["fit", LICENSE, "--usage", "members-*.json"]] {
        // No shell of Windows does; there the program itself puts them in place.
        let expected = if cfg!(windows) {
            "no file matches it"
        } else {
            "this shell did not put the names of files in place of the pattern"
        };
        says(&seatline(command), 3, &[expected]);
    }
}

#[test]
fn licenses_in_a_list_are_to_be_put_in_lines() {
    let list = json!([{"MyEsri": {}}, {"MyEsri": {}}]);
    says(&as_license(list.to_string().as_bytes()), 3, &["these are licenses in a list", ".jsonl"]);
}

#[test]
fn the_documentation_is_still_known() {
    for text in ["{\n  \"MyEsri\": {\n    \"version\": \"10.8\", // a comment\n", "{\"a\": [...]}", "{\"a\": <value>}"]
    {
        let run = seatline_with_input(&["report", "-", "-f", "json"], text.as_bytes());
        assert_eq!(run.json()["failures"][0]["code"], "documentation-syntax", "{text}");
    }
}

/// A fault of a table is pointed at where it stands, also behind blank lines, quoted lines and another separator.
#[test]
fn a_wrong_cell_of_a_table_is_pointed_at() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("usage.csv");
    let license = "samples/portal-10.8.json";
    for (text, place, words) in [
        ("username,role,userLicenseTypeId\nann,org_user,creatorUT\nbob,org_user,creatrUT\n", ":3:14: ", "\"creatrUT\""),
        ("username,type,disabled\nann,creatorUT,maybe\n", ":2:15: ", "disabled is true or false"),
        ("username;role;type\n\"a\nnn\";org_user;creatorUT\n\nbob;org_user;\n", ":5:14: ", "no user type of bob"),
        ("role,username,type\norg_user,,creatorUT\n", ":2:10: ", "no username"),
        ("username,type,Username\nann,creatorUT,b\n", ":1:15: ", "two columns are called"),
        ("key,count\ncreatorUT,-3\n", ":2:11: ", "the count of creatorUT"),
        ("count,key\n3,creatorUT\n3,creatrUT\n", ":3:3: ", "\"creatrUT\""),
    ] {
        std::fs::write(&file, text).unwrap();
        let run = seatline(&["fit", license, "--usage", file.to_str().unwrap(), "--as-of", "2019-06-01"]);
        assert_eq!(run.code, 3, "{run:?}");
        assert!(run.stderr.contains(&format!("usage.csv{place}")) && run.stderr.contains(words), "{place} {run:?}");
    }
}
