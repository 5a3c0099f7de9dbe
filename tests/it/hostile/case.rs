//! A named input, and the output that it must lead to.

use std::collections::BTreeSet;

/// A text in the input that must never be shown.
pub(super) const SECRET: &str = "S3cr3t-9f8e7d";

/// An entry in the documented form.
pub(super) const ENTRY: &str = r#"{"id":"creatorUT","maxUsers":200,"startDate":1542672000000}"#;

pub(super) struct Case {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// The number of license documents in the report.
    pub(super) licenses: usize,
    /// The code of the failure, if one is expected; the exit code is then 3, else 0.
    pub(super) failure: Option<&'static str>,
    /// The rules of the expected findings.
    pub(super) rules: BTreeSet<&'static str>,
    /// The texts that a message of the failure or of the findings must contain.
    pub(super) says: Vec<&'static str>,
    /// Texts of the input that the JSON must give back unchanged.
    pub(super) keeps: Vec<String>,
}

/// An input without any license.
pub(super) fn fails(name: &str, bytes: impl Into<Vec<u8>>, code: &'static str) -> Case {
    Case { licenses: 0, failure: Some(code), ..reads(name, bytes, &[]) }
}

/// One license document with findings of these rules.
pub(super) fn reads(name: &str, bytes: impl Into<Vec<u8>>, rules: &[&'static str]) -> Case {
    Case {
        name: name.to_owned(),
        bytes: bytes.into(),
        licenses: 1,
        failure: None,
        rules: rules.iter().copied().collect(),
        says: Vec::new(),
        keeps: Vec::new(),
    }
}

impl Case {
    pub(super) fn says(mut self, text: &'static str) -> Self {
        self.says.push(text);
        self
    }

    pub(super) fn keeps(mut self, text: &str) -> Self {
        self.keeps.push(text.to_owned());
        self
    }

    pub(super) fn licenses(mut self, licenses: usize) -> Self {
        self.licenses = licenses;
        self
    }

    pub(super) fn exit_code(&self) -> i32 {
        if self.failure.is_some() { 3 } else { 0 }
    }

    /// The number of errors on stderr.
    pub(super) fn errors(&self) -> usize {
        usize::from(self.failure.is_some())
    }
}

/// A license with these entries for user types.
pub(super) fn license(entries: &str) -> String {
    my_esri(&format!(r#""version":"10.8","provision":{{"userTypes":[{entries}]}}"#))
}

/// A license with these members of `MyEsri`.
pub(super) fn my_esri(members: &str) -> String {
    format!(r#"{{"MyEsri":{{{members}}}}}"#)
}

/// A good license with one more member.
pub(super) fn license_and(member: &str) -> String {
    my_esri(&format!(r#""version":"10.8","provision":{{"userTypes":[{ENTRY}]}},{member}"#))
}

/// The entry with another value for its seats.
pub(super) fn with_seats(seats: &str) -> String {
    format!(r#"{{"id":"creatorUT","maxUsers":{seats},"startDate":1542672000000}}"#)
}

/// The entry with another value for its date.
pub(super) fn with_date(date: &str) -> String {
    format!(r#"{{"id":"creatorUT","maxUsers":200,"startDate":{date}}}"#)
}

/// A value within this many lists.
pub(super) fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}
