//! The batches as a script for the ArcGIS API for Python.

use std::fmt::Write;

use crate::answers::MovesReport;

/// A script that makes the moves in order, asks before it begins, and stops at the first move that fails.
///
/// It calls `User.update_license_type`, which the documentation of the ArcGIS API for Python describes for one member
/// at a time; within a batch the order does not matter. Some versions return `False` on failure, others raise an
/// exception. Names are printed in ASCII: not every console can show other characters, and some obey control
/// characters.
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

/// A Python string literal in ASCII, so that no id can end the literal and be run as code.
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
USERNAME is who signs in. Members who have their new user type already are left alone, so it can be run again.

Without any of these variables the password is asked for. They become options of arcgis.gis.GIS:

    SEATLINE_PASSWORD     the password
    SEATLINE_TOKEN        a token, instead of the password
    SEATLINE_REFERER      the page that the token was made for
    SEATLINE_CLIENT_CERT  a client certificate: PEM, or PFX with SEATLINE_PASSWORD as its password
    SEATLINE_CLIENT_KEY   the key of a PEM certificate
    SEATLINE_CLIENT_ID    the id of an app of the portal, to sign in on the page that it shows (OAuth, SAML)
    SEATLINE_PROFILE      a profile of the API

Where the portal's certificate is its own (self-signed), save it as PEM, and set REQUESTS_CA_BUNDLE and SSL_CERT_FILE to that file.
"""

import getpass
import os
import sys

try:
    from arcgis.gis import GIS
except ImportError as error:
    sys.exit(
        f"this Python ({sys.executable}) has no ArcGIS API for Python, or cannot load it ({type(error).__name__}: module {error.name!a}): "
        "run the script with the Python of ArcGIS Pro or ArcGIS Server, or install the package arcgis"
    )

# In order: the new user type, and the members with the user type that each of them has by then.
"#;

const AFTER: &str = r#"

def main():
    if len(sys.argv) != 3:
        sys.exit("usage: python moves.py https://HOST/CONTEXT USERNAME")
    names = [name for _, users in PLAN for name, _ in users]
    if sys.argv[2].casefold() in [name.casefold() for name in names[:-1]]:
        sys.exit("the member who signs in is not the last one: plan again with --last")
    # Who stands there twice waits in another user type in between.
    final = {name: user_type for user_type, users in PLAN for name, _ in users}
    gis = sign_in(sys.argv[1], sys.argv[2])
    count = len(names)
    try:
        answer = input(f"Change the user type of {len(final)} members? Type yes: ")
    except (EOFError, KeyboardInterrupt):
        answer = ""
    if answer != "yes":
        sys.exit("nothing was changed")
    done = 0
    for user_type, users in PLAN:
        for name, before in users:
            try:
                change(gis, name, before, user_type, final[name])
            except KeyboardInterrupt:
                sys.exit(f"stopped at {name!a}; {done} of {count} changes are done")
            except Stopped as error:
                sys.exit(f"{name!a}: {error}; {done} of {count} are done")
            except Exception as error:
                sys.exit(f"{name!a}: {kind(error)}; {done} of {count} are done")
            done += 1
            print(f"{done}/{count} {name!a} has {user_type!a}", flush=True)


def sign_in(url, user):
    variables = {
        "token": "SEATLINE_TOKEN",
        "referer": "SEATLINE_REFERER",
        "cert_file": "SEATLINE_CLIENT_CERT",
        "key_file": "SEATLINE_CLIENT_KEY",
        "client_id": "SEATLINE_CLIENT_ID",
        "profile": "SEATLINE_PROFILE",
    }
    options = {name: os.environ[variable] for name, variable in variables.items() if os.environ.get(variable)}
    password = os.environ.get("SEATLINE_PASSWORD")
    try:
        if not options.keys() & {"token", "cert_file", "client_id", "profile"}:
            options.update(username=user, password=password or getpass.getpass("Password: "))
        elif password and "cert_file" in options:
            options["password"] = password
        gis = GIS(url, **options)
        me = getattr(gis.users, "me", None)
        somebody_else = me is not None and me.username.casefold() != user.casefold()
    except (EOFError, KeyboardInterrupt):
        sys.exit("nothing was changed")
    except Exception as error:
        sys.exit(f"cannot sign in: {kind(error)}; nothing was changed{advice(error, options)}")
    if me is None:
        sys.exit(
            "nobody is signed in, though the portal answers: check the user name, and which of the variables at the top of this script are "
            "set; nothing was changed"
        )
    if somebody_else:
        sys.exit(f"the portal takes this for somebody else than {user!a}: name who signs in; nothing was changed")
    return gis


class Stopped(Exception):
    """Says only what this script says itself."""


def kind(error):
    """The kind of an error. What it says is never shown: it may repeat the password or the token, in whatever form."""
    return f"{type(error).__name__} (what it says is not shown, as it may repeat a secret)"


def advice(error, options):
    causes = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    text = " ".join(f"{type(cause).__name__} {cause}" for cause in causes).lower()
    if any(word in text for word in ("timed out", "timeout", "time out")):
        return ". The portal did not answer in time: can this machine reach it, and does it need a proxy (HTTPS_PROXY)?"
    of_client = ("pkcs12", "pfx", "p12", "mac verify", "decrypt", "deserialize", "pem lib", "key_values_mismatch", "no such file", "bad password")
    if "cert_file" in options and ("password" in text or any(word in text for word in of_client)):
        return (
            ". Check SEATLINE_CLIENT_CERT and SEATLINE_CLIENT_KEY; a PFX file is opened with the password in SEATLINE_PASSWORD, which "
            "is that of the file, not of an account, and the key of a PEM file must have none"
        )
    if "certificate" in text or "ssl" in text:
        return ". If the portal's certificate is its own, save it as PEM and set REQUESTS_CA_BUNDLE and SSL_CERT_FILE to that file"
    # An error of the connection names the address that was asked, in which the word token stands.
    unreached = ("connectionerror", "max retries", "connection", "not resolve", "name or service", "getaddrinfo", "unreachable", "proxyerror")
    if any(word in text for word in unreached):
        return ". The portal was not reached: is its URL right, can this machine reach it, and does it need a proxy (HTTPS_PROXY)?"
    if "token" in options and "token" in text:
        return ". Check SEATLINE_TOKEN, which expires, and SEATLINE_REFERER, the page that it was made for"
    if "password" in text or "token" in text:
        return ". Check the user name, and the password or token; portals lock accounts after some tries"
    return ""


def change(gis, name, before, user_type, final):
    user = gis.users.get(name)
    if user is None:
        raise Stopped("this is no member")
    now = user.userLicenseTypeId
    if now in (user_type, final):
        return
    if now != before:
        raise Stopped(f"the user type is another one than {before!a}: plan again")
    if user.update_license_type(user_type) is not True:
        raise Stopped(f"{user_type!a} was refused")


if __name__ == "__main__":
    main()
"#;
