//! The batches as a script for the ArcGIS API for Python.

use std::fmt::Write;

use crate::answers::MovesReport;

/// A script that makes the moves in order, asks before it begins, and stops at the first one that fails.
///
/// It calls `User.update_license_type`, which the documentation of the ArcGIS API for Python describes for one member at a
/// time; within a batch the order does not matter. A failure comes as `False` from some versions and as an exception from
/// others. Names are printed in ASCII: not every console can show them, and some would do what they say.
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
    names = [name for _, users in PLAN for name, _ in users]
    if sys.argv[2].casefold() in [name.casefold() for name in names[:-1]]:
        sys.exit("the member who signs in is not the last one: plan again with --last")
    gis = GIS(sys.argv[1], sys.argv[2], getpass.getpass("Password: "))
    count = len(names)
    if input(f"Change the user type of {count} members? Type yes: ") != "yes":
        sys.exit("nothing was changed")
    done = 0
    for user_type, users in PLAN:
        for name, before in users:
            try:
                change(gis, name, before, user_type)
            except Exception as error:
                sys.exit(f"{name!a}: {error!a}; {done} of {count} are done")
            done += 1
            print(f"{done}/{count} {name!a} has {user_type!a}", flush=True)


def change(gis, name, before, user_type):
    user = gis.users.get(name)
    if user is None:
        raise ValueError("this is no member")
    now = user.userLicenseTypeId
    if now == user_type:
        return
    if now != before:
        raise ValueError(f"the user type is {now} and not {before}: plan again")
    if user.update_license_type(user_type) is not True:
        raise ValueError(f"{user_type} was refused")


if __name__ == "__main__":
    main()
"#;
