//! Makes a first policy from a license.

use std::fmt::Write;

use crate::license::{Item, ItemKind, LicenseDocument, Version};
use crate::text::to_json_line;
use crate::time::Instant;

/// A commented policy that expects what a license gives from this day on to the end of its terms.
#[must_use]
pub fn starter(source: &str, document: &LicenseDocument<'_>, as_of: Instant) -> String {
    let mut text = format!(
        "# What we expect of our ArcGIS Enterprise portal license. Made by seatline from\n\
         # {}; change it to what you need.\n\n",
        comment(source)
    );
    let version = document.my_esri.version.as_written();
    match version.as_deref().filter(|version| version.parse::<Version>().is_ok()) {
        Some(version) => {
            let _ = writeln!(
                text,
                "# The version of the portal, compared with that of the file.\nportal-version = {}\n",
                quoted(version)
            );
        }
        None => text
            .push_str("# The version of the portal, compared with that of the file.\n# portal-version = \"11.4\"\n\n"),
    }
    text.push_str(
        "# Severities that are not the default ones: allow, info, warning or error. `seatline explain` lists the rules.\n\
         [levels]\n# no-end = \"allow\"\n\n\
         # How near an end must be to become a finding: durations, such as 90d or P90D.\n\
         [thresholds]\nexpiring-soon-error = \"P30D\"\nexpiring-soon-warning = \"P90D\"\n\
         over-assigned-later-error = \"P30D\"\nwaiver-ending = \"P14D\"\n\n\
         # The user type of the initial administrator: compatible with the role, and with seats on the day.\n\
         # [admin]\n# initial-user-type = \"creatorUT\"\n# on = 2027-01-01\n# for = \"P30D\"\n\n\
         # What must be there. A date alone is its beginning, 00:00 in the zone of the run.\n",
    );
    for item in Item::all(document) {
        let timeline = &item.timeline;
        if timeline.seats_at(as_of) == 0 || timeline.certain_until(as_of) == Some(as_of) {
            continue;
        }
        let _ = writeln!(text, "[[item]]\nkind = {}\nid = {}", quoted(item.kind.as_str()), quoted(&item.id));
        let end = timeline.end_after(as_of);
        let until = [end, timeline.certain_until(as_of)].into_iter().flatten().min();
        if item.kind == ItemKind::Capability {
            text.push_str("required = true\n");
        } else {
            let later =
                timeline.steps().iter().filter(|step| step.at > as_of && until.is_none_or(|until| step.at < until));
            let seats = later.map(|step| step.seats).chain([timeline.seats_at(as_of)]).min().unwrap_or(0);
            let _ = writeln!(text, "minimum-seats = {seats}");
        }
        if let Some(until) = until {
            let _ = writeln!(text, "earliest-end = {until}");
        }
        text.push('\n');
    }
    text.push_str(
        "# What must not be there.\n# [[item]]\n# kind = \"app\"\n# id = \"tracker\"\n# forbidden = true\n\n\
         # Findings that are known and accepted for a while. All five members are needed; kind and id may be \"*\".\n\
         # [[waiver]]\n# rule = \"seat-gap\"\n# kind = \"userType\"\n# id = \"viewerUT\"\n# until = 2027-01-31\n\
         # reason = \"agreed with procurement\"\n",
    );
    text
}

/// A string of TOML, with the escapes of JSON.
fn quoted(text: &str) -> String {
    to_json_line(&text).unwrap_or_default().trim_end().to_owned()
}

/// Text that is safe in the rest of a comment line.
fn comment(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
