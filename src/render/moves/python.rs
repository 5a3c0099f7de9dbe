//! The batches as a script for the ArcGIS API for Python.

use std::fmt::Write;

use crate::report::MovesReport;

/// A script that makes the moves in order, asks before it begins, and stops at the first one that fails.
///
/// It calls `User.update_license_type`, which the documentation of the ArcGIS API for Python describes for one member at a
/// time; within a batch the order does not matter.
#[must_use]
pub fn moves_python(report: &MovesReport) -> String {
    let mut plan = String::new();
    for batch in &report.batches {
        let _ = writeln!(plan, "    ({}, [", string(&batch.user_type));
        for (user, from) in batch.users.iter().zip(&batch.from) {
            let _ = writeln!(plan, "        ({}, {}),", string(user), string(from));
        }
        plan.push_str("    ]),\n");
    }
    format!("{BEFORE}PLAN = [\n{plan}]\n{AFTER}")
}

/// A Python literal in ASCII: whatever an id holds, it is data.
fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                literal.push('\\');
                literal.push(character);
            }
            ' '..='~' => literal.push(character),
            other => {
                let _ = write!(literal, "\\U{:08x}", u32::from(other));
            }
        }
    }
    literal.push('"');
    literal
}

const BEFORE: &str = r#""""Changes members' user types in an order that never runs out of seats.

Run it with the ArcGIS API for Python: python moves.py https://HOST/CONTEXT USERNAME
The password is asked for. Members who have their new user type already are left alone, so it can be run again.
"""

import getpass
import sys

from arcgis.gis import GIS

# In order: the new user type, and the members with the user type that each of them has now.
"#;

const AFTER: &str = r#"

def main():
    if len(sys.argv) != 3:
        sys.exit("usage: python moves.py https://HOST/CONTEXT USERNAME")
    gis = GIS(sys.argv[1], sys.argv[2], getpass.getpass("Password: "))
    count = sum(len(users) for _, users in PLAN)
    if input(f"Change the user type of {count} members? Type yes: ") != "yes":
        sys.exit("nothing was changed")
    done = 0
    for user_type, users in PLAN:
        for name, before in users:
            user = gis.users.get(name)
            if user is None:
                sys.exit(f"{name!r} is no member; {done} of {count} are done")
            now = user.userLicenseTypeId
            if now != user_type:
                if now != before:
                    sys.exit(f"{name!r} has {now!r} and not {before!r}: plan again; {done} of {count} are done")
                if not user.update_license_type(user_type):
                    sys.exit(f"{name!r} could not be given {user_type!r}; {done} of {count} are done")
            done += 1
            print(f"{done}/{count} {name} -> {user_type}")


if __name__ == "__main__":
    main()
"#;
