//! Wrong usage is reported before anything is sent.

use crate::common::{command, seatline};
use crate::portal::run::{Fetch, LICENSE};
use crate::portal::stub::Portal;

#[test]
fn nothing_is_sent_where_something_is_wrong() {
    let portal = Portal::new().start();
    let fetch = || Fetch::of(&portal);
    for (fetch, said) in [
        (fetch(), "there is nothing to ask for: --license FILE"),
        (fetch().license().and(&["--skip", "license,administrators"]), "there is nothing to ask for"),
        (fetch().and(&["--only", "license"]), "--only license: this needs --license FILE"),
        (fetch().and(&["--only", "administrators"]).signed_in(), "--only administrators: this needs --license FILE"),
        (fetch().license().and(&["--only", "members"]), "--only members: this is for those who sign in"),
        (
            fetch().license().signed_in().and(&["--only", "future-license", "--kubernetes"]),
            "is not to be had from ArcGIS Enterprise on Kubernetes",
        ),
        (fetch().signed_in().and(&["--only", "members", "--skip", "members"]), "--skip leaves out all of it"),
        (fetch().license().and(&["--password-file", LICENSE]), "whose password? --user"),
        (fetch().license().and(&["--kubernetes", "--org", "../x"]), "an organization id has"),
    ] {
        fetch.run().ends(2, &[said]);
    }
    assert_eq!(portal.connections(), 0);
}

#[test]
fn what_is_no_license_is_sent_nowhere() {
    let portal = Portal::new().without_site().start();
    for (file, said) in [
        ("samples/administrators-10.8.json", "this is an administrator list"),
        ("Cargo.toml", "not JSON"),
        ("no/such/file.json", "cannot be read"),
    ] {
        Fetch::of(&portal).and(&["--license", file]).run().ends(3, &[said]);
    }
    assert_eq!(portal.connections(), 0);
}

#[test]
fn options_are_checked() {
    for (arguments, said) in [
        (&["fetch", "--license", LICENSE][..], "which portal? --url"),
        (&["fetch", "--url", "gis.invalid", "--license", LICENSE], "--url: this is no URL"),
        (&["fetch", "--url", "https://gis.invalid/portal/home", "--license", LICENSE], "leave out /home"),
        (&["fetch", "--url", "https://x", "--only", "everything"], "possible values: license, administrators"),
        (&["fetch", "--url", "https://x", "--max-answer", "many"], "a size is"),
        (&["fetch", "--url", "https://x", "--timeout", "0"], "--timeout"),
        (&["fetch", "--url", "https://x", "--org", "x"], "--kubernetes"),
        (&["fetch", "--url", "https://x", "--client-key", "x"], "--client-cert"),
        (&["fetch", "--url", "https://x", "--license", "-", "--token-file", "-"], "only once"),
        (&["moves", "-", "--apply", "--url", "https://x", "--map", "a=b", "--token-file", "-"], "only once"),
        (&["moves", "x", "--map", "a=b", "--members", "x", "--settle", "5"], "--apply"),
        (&["fetch", "--url", "https://x", "--password", "x"], "a password is no argument"),
        (&["fetch", "--url", "https://x", "--token", "x"], "a token is no argument"),
    ] {
        let run = seatline(arguments);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(said), "'{said}' is not in {run:?}");
    }
}

#[test]
fn an_empty_variable_is_none() {
    let mut command = command(&["fetch", "--license", LICENSE]);
    for name in ["SEATLINE_URL", "SEATLINE_USERNAME", "SEATLINE_PASSWORD", "SEATLINE_TOKEN"] {
        command.env(name, "");
    }
    let run: crate::common::Run = command.output().unwrap().into();
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("which portal? --url"), "{run:?}");
}
