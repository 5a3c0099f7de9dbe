//! Documents that are no license, each with a message of its own.

use super::case::{Case, SECRET, fails, license_and};

pub(super) fn cases() -> Vec<Case> {
    [other_documents(), error_answers(), no_documents()].into_iter().flatten().collect()
}

fn other_documents() -> Vec<Case> {
    let wrong = |name: &str, text: &str| fails(name, text.replace("SECRET", SECRET), "wrong-kind");
    let html = |name: &str, text: &str| fails(name, text.replace("SECRET", SECRET), "html").says("f=json");
    vec![
        wrong("an administrator list", r#"{"userTypes":[{"id":"creatorUT"}]}"#).says("administrator list"),
        wrong("an empty administrator list", r#"{"userTypes":[]}"#).says("administrator list"),
        wrong(
            "a license resource",
            r#"{"currentRegisteredMembers":1,"version":"10.8","token":"SECRET","userTypes":
            [{"id":"creatorUT","maximumRegisteredMembers":5,"currentRegisteredMembers":1,"x":"SECRET"}]}"#,
        )
        .says("license resource"),
        wrong("member counts", r#"{"results":[{"key":"creatorUT","count":5}],"nextStart":-1}"#).says("member counts"),
        wrong(
            "members",
            r#"{"total":1,"start":1,"num":1,"nextStart":-1,"users":[{"username":"joe","email":"SECRET"}]}"#,
        )
        .says("members"),
        wrong(
            "a future license",
            r#"{"userTypes":[{"id":"creatorUT","maximumRegisteredMembers":0,"startDate":1603225394000}]}"#,
        )
        .says("future license"),
        fails("members as CSV", format!("username,userLicenseTypeId\n{SECRET},creatorUT\n"), "wrong-kind"),
        fails("an administrator list of numbers", r#"{"userTypes":[{"id":7}]}"#, "unreadable-list"),
        html("an HTML page", "<!DOCTYPE html>\n<html><body><input name=\"token\" value=\"SECRET\"></body></html>\n"),
        html("an HTML page after a byte order mark and blank lines", "\u{feff}\r\n\r\n <html>SECRET</html>"),
    ]
}

fn error_answers() -> Vec<Case> {
    let error = |name: &str, text: &str| fails(name, text, "portal-error");
    vec![
        error("token required", r#"{"error":{"code":499,"message":"Token Required","details":[]}}"#)
            .says("499 Token Required"),
        error("token expired", r#"{"error":{"code":498,"message":"Invalid token.","details":null}}"#).says("498"),
        error("no permission", r#"{"error":{"code":403,"message":null,"details":"You may not."}}"#)
            .says("You may not."),
        error("a failed validation", r#"{"status":"error","messages":["Invalid license file."],"code":500}"#)
            .says("Invalid license file."),
        error("an error without code", r#"{"error":{"message":"Failed","messageCode":"GWM_0003"}}"#).says("Failed"),
        error("an empty error", r#"{"error":{}}"#),
        error(
            "an error that would write on the terminal",
            r#"{"error":{"code":"4\u001b[2J","message":"\u001b]0;pwned\u0007\u202e\n\r","details":["\u009b31m\u007f"]}}"#,
        ),
        error("an error with a secret beside it", &format!(r#"{{"token":"{SECRET}","error":{{"code":500}}}}"#)),
        error("an error with a secret in it", &format!(r#"{{"error":{{"code":500,"request":"{SECRET}"}}}}"#)),
    ]
}

fn no_documents() -> Vec<Case> {
    let unknown = |name: &str, text: &str| fails(name, text.replace("SECRET", SECRET), "unknown-kind");
    vec![
        unknown("null", "null"),
        unknown("true", "true"),
        unknown("a number", "1542672000000"),
        unknown("a text", r#""SECRET""#),
        unknown("an empty list", "[]"),
        unknown("a license in a list", &format!("[{}]", license_and(r#""signature":"SECRET""#))),
        unknown("an empty object", "{}"),
        unknown("MyEsri is null", r#"{"MyEsri":null,"token":"SECRET"}"#).says("MyEsri"),
        unknown("MyEsri is a list", r#"{"MyEsri":["SECRET"]}"#).says("MyEsri"),
        unknown("MyEsri is a text", r#"{"MyEsri":"SECRET"}"#).says("MyEsri"),
        unknown("MyEsri is a number", r#"{"MyEsri":7}"#).says("MyEsri"),
        unknown("myesri", r#"{"myesri":{"provision":{"userTypes":[]}}}"#),
        unknown("GeoJSON", r#"{"type":"FeatureCollection","features":[],"crs":"SECRET"}"#),
        unknown("a package file", r#"{"name":"x","dependencies":{},"_authToken":"SECRET"}"#),
        unknown("MyEsri with a hostile text", r#"{"MyEsri":"\u001b[2J\u202eSECRET"}"#),
    ]
}
