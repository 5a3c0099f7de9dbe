//! The operations that `fetch` asks for, and the files that it saves.

use serde_json::json;

use crate::common::{command, seatline};
use crate::portal::run::{Fetch, LICENSE, text};
use crate::portal::stub::{Always, Answer, Member, Nth, Op, Portal, Running};

const ALL: [&str; 7] = [
    "administrator-list.json",
    "future-license.json",
    "license-resource.json",
    "manifest.json",
    "member-counts.json",
    "members-0001.json",
    "validated-license.json",
];

#[test]
fn everything_is_fetched_and_saved_byte_for_byte() {
    // The answer has odd spacing and an unknown member. The saved bytes are those that came.
    let odd = b"{ \"userTypes\" :\t[ {\"id\":\"creatorUT\",\"maximumRegisteredMembers\":1,\"startDate\":1} ],\n\"x\":1e400 }\r\n";
    let portal = Portal::new()
        .member(Member::new("joe", "creatorUT"))
        .seats("creatorUT", 5)
        .script(Op::FutureLicense, Always, Answer::json(&odd[..]))
        .start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    fetched.ends(0, &[]);
    assert_eq!(fetched.run.stderr, "");
    assert_eq!(fetched.files(), ALL);
    assert_eq!(fetched.bytes("future-license.json"), odd);
    let license: serde_json::Value = serde_json::from_slice(&std::fs::read(LICENSE).unwrap()).unwrap();
    assert_eq!(fetched.json("validated-license.json")["MyEsri"], license["MyEsri"]);
    assert_eq!(fetched.json("administrator-list.json")["userTypes"][0]["id"], "creatorUT");
    assert_eq!(fetched.json("member-counts.json")["results"].as_array().unwrap().len(), 2);
    assert_eq!(fetched.json("members-0001.json")["users"][1]["username"], "joe");

    let manifest = fetched.json("manifest.json");
    assert_eq!(manifest["schema"], "seatline/fetch/v1");
    assert_eq!(manifest["portal"], portal.url());
    assert_eq!(manifest["portalVersion"], "11.3");
    assert_eq!(manifest["notFetched"], json!([]));
    let named: Vec<_> =
        manifest["files"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap()).collect();
    let asked = ["validated-license.json", "administrator-list.json", "license-resource.json", "future-license.json"];
    assert_eq!(named, [&asked[..], &["member-counts.json", "members-0001.json"]].concat());
    for file in manifest["files"].as_array().unwrap() {
        let length = fetched.bytes(file["file"].as_str().unwrap()).len();
        assert_eq!(file["bytes"], length, "{file}");
    }
    assert!(fetched.run.stdout.contains("2 of them"), "{:?}", fetched.run);
}

#[test]
fn the_other_commands_take_the_folder() {
    let portal = Portal::new().start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    let folder = text(fetched.folder());
    for arguments in [
        &["report", &folder, "--as-of", "2026-06-01", "-f", "json"][..],
        &["check", &folder, "--as-of", "2026-06-01", "--no-policy", "-f", "json"],
        &["timeline", &folder, "--as-of", "2026-06-01", "-f", "json"],
    ] {
        let of_folder = seatline(arguments);
        assert_eq!(of_folder.json()["licenses"].as_array().unwrap().len(), 1, "{of_folder:?}");
        assert_eq!(of_folder.json()["failures"], json!([]), "{of_folder:?}");
        assert!(of_folder.stderr.contains("manifest.json: skipped: this is the manifest of a fetch"), "{of_folder:?}");
    }
    let named = fetched.folder().join("manifest.json");
    let run = seatline(&["report", &text(named)]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("this is the manifest of a fetch, not a license document"), "{run:?}");
    let admins = text(fetched.folder().join("administrator-list.json"));
    let license = text(fetched.folder().join("validated-license.json"));
    let run = seatline(&["admins", &license, "--admins", &admins, "--as-of", "2026-06-01", "--pick"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "creatorUT\n"), "{run:?}");
}

#[test]
fn fit_takes_the_folder_as_license_and_as_usage() {
    // Three pages of members, so that one page is not the whole list.
    let portal = Portal::new().members(Member::many("m", 249, "viewerUT")).seats("viewerUT", 500).start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    let folder = text(fetched.folder());
    let fit = |license: &str, usage: &[&str]| {
        let usage = usage.iter().flat_map(|file| ["--usage", file]);
        let run = seatline(
            &["fit", license, "--as-of", "2026-06-01", "-f", "json"].into_iter().chain(usage).collect::<Vec<_>>(),
        );
        assert!(run.code < 2, "{run:?}");
        run
    };
    let of_folder = fit(&folder, &[&folder]);
    let viewers = of_folder.json()["items"].as_array().unwrap().iter().find(|item| item["id"] == "viewerUT").cloned();
    assert_eq!(viewers.unwrap()["assigned"], 249, "{of_folder:?}");
    // The same files, named one by one.
    let file = |name: &str| text(fetched.folder().join(name));
    let pages: Vec<_> = (1..=3).map(|page| file(&format!("members-{page:04}.json"))).collect();
    let (counts, resource) = (file("member-counts.json"), file("license-resource.json"));
    let by_name = [&counts, &resource].into_iter().chain(&pages).map(String::as_str).collect::<Vec<_>>();
    let by_name = fit(&file("validated-license.json"), &by_name);
    assert_eq!((by_name.code, &by_name.json()["items"]), (of_folder.code, &of_folder.json()["items"]));
}

#[test]
fn diff_takes_the_folder_as_old_and_as_new() {
    let other = "samples/portal-10.8.json";
    let diff = |old: &str, new: &str| {
        let run = seatline(&["diff", old, new, "--as-of", "2026-06-01", "-f", "json"]);
        assert!(run.code < 2 && !run.stderr.contains("error: "), "{run:?}");
        (run.code, run.json()["nothingLost"].clone(), run.json()["items"].clone())
    };
    let without_site = Portal::new().without_site().start();
    let license = Fetch::of(&without_site).license().run();
    let license = text(license.ends(0, &[]).folder());
    assert_eq!(diff(&license, other), diff(LICENSE, other));
    assert_eq!(diff(other, &license), diff(other, LICENSE));

    // The portal's present license is OLD, and the validated one is NEW.
    let portal = Portal::new().seats("viewerUT", 5).future_seats("viewerUT", 9, 1_800_000_000_000).start();
    let (today, all) = (Fetch::of(&portal).signed_in().run(), Fetch::of(&portal).license().signed_in().run());
    let file = |name: &str| text(today.folder().join(name));
    let (today, all) = (text(today.folder()), text(all.folder()));
    let (resource, future) = (file("license-resource.json"), file("future-license.json"));
    let by_name = seatline(&["diff", &resource, LICENSE, "--future", &future, "--as-of", "2026-06-01", "-f", "json"]);
    assert_eq!(diff(&today, LICENSE).2, by_name.json()["items"]);
    assert_eq!(diff(&today, &all), diff(&today, LICENSE));
    let usage =
        seatline(&["preflight", LICENSE, "--over", &all, "--usage", &all, "--as-of", "2026-06-01", "-f", "json"]);
    assert!(usage.code < 2, "{usage:?}");
    // The validated license is not installed yet.
    let both = seatline(&["diff", &all, LICENSE, "--as-of", "2026-06-01", "-f", "json"]);
    assert!(both.stderr.contains("validated-license.json: left aside"), "{both:?}");
    assert_eq!(both.json()["items"], by_name.json()["items"]);
    // Without the manifest only the user knows which of the two is installed.
    std::fs::remove_file(std::path::Path::new(&all).join("manifest.json")).unwrap();
    let both = seatline(&["diff", &all, LICENSE]);
    assert_eq!(both.code, 2);
    assert!(both.stderr.contains("name the one that is in force"), "{both:?}");
}

#[test]
fn a_portal_without_a_site_needs_nobody() {
    let portal = Portal::new().without_site().start();
    let fetched = Fetch::of(&portal).license().run();
    fetched.ends(0, &[]);
    assert_eq!(fetched.files(), ["administrator-list.json", "manifest.json", "validated-license.json"]);
    assert_eq!(portal.ops(), [Op::ValidateLicense; 2]);
}

#[test]
fn requests_are_as_published() {
    let portal = Portal::new().without_site().start();
    Fetch::of(&portal).license().run().ends(0, &[]);
    let requests = portal.requests();
    for (request, list) in requests.iter().zip(["false", "true"]) {
        let body = request.text();
        assert!(body.contains("name=\"file\"; filename=\"enterprise-11.4.json\""), "{body:.400}");
        assert_eq!(request.field("file").unwrap().into_bytes(), std::fs::read(LICENSE).unwrap());
        assert_eq!(request.field("listAdministratorUserTypes").as_deref(), Some(list));
        assert_eq!(request.field("f").as_deref(), Some("json"));
        assert_eq!(request.field("token"), None);
        assert_eq!(request.header("referer"), Some(portal.url().as_str()));
        assert!(request.header("user-agent").unwrap().starts_with("seatline/"));
    }
    assert_eq!(requests[0].connection, requests[1].connection, "one connection does");
}

#[test]
fn only_and_skip_choose() {
    let portal = Portal::new().start();
    let fetch = || Fetch::of(&portal).license().signed_in();
    assert_eq!(fetch().and(&["--only", "members"]).run().files(), ["manifest.json", "members-0001.json"]);
    let two = fetch().and(&["--only", "license,member-counts"]).run();
    assert_eq!(two.files(), ["manifest.json", "member-counts.json", "validated-license.json"]);
    assert_eq!(two.json("manifest.json")["portalVersion"], json!(null));
    let most = fetch().and(&["--skip", "members,administrators"]).run();
    let left: Vec<_> =
        ALL.into_iter().filter(|name| !name.starts_with("members") && !name.starts_with("adm")).collect();
    assert_eq!(most.files(), left);
}

#[test]
fn what_is_not_demanded_may_be_missing() {
    let portal = Portal::new()
        .script(Op::FutureLicense, Always, Answer::status(404))
        .script(Op::Members, Always, Answer::error(403, "Not for you."))
        .start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    fetched.ends(
        0,
        &["warning: without future-license: getFutureLicense at", "HTTP 404", "without members", "Not for you."],
    );
    assert_eq!(fetched.run.stderr.lines().count(), 2);
    assert_eq!(fetched.files().len(), ALL.len() - 2);
    let missing = &fetched.json("manifest.json")["notFetched"];
    assert_eq!((&missing[0]["what"], &missing[1]["what"]), (&json!("future-license"), &json!("members")));
    assert!(missing[1]["message"].as_str().unwrap().contains("Not for you."));
    // The same operation, demanded by --only.
    Fetch::of(&portal).signed_in().and(&["--only", "future-license"]).run().ends(4, &["getFutureLicense", "HTTP 404"]);
    Fetch::of(&portal).signed_in().and(&["--only", "members"]).run().ends(4, &["users at", "Not for you."]);
}

#[test]
fn a_validation_that_fails_takes_all_with_it() {
    for nth in [1, 2] {
        let portal = Portal::new()
            .without_site()
            .script(Op::ValidateLicense, Nth(nth), Answer::status_error(500, "Bad file."))
            .start();
        Fetch::of(&portal).license().run().ends(3, &["validateLicense", "500 Bad file."]);
        assert_eq!(portal.requests().len(), nth, "nothing is asked after it");
    }
}

#[test]
fn nothing_at_all_is_no_success() {
    let portal = Portal::new().script(Op::Any, Always, Answer::status(404)).start();
    let fetched = Fetch::of(&portal).signed_in().run();
    assert_eq!(fetched.run.code, 4, "{:?}", fetched.run);
    assert!(!fetched.folder().exists());
}

#[test]
fn kubernetes_has_other_paths() {
    let portal = Portal::new().kubernetes().start();
    let fetched = Fetch::of(&portal).license().signed_in().and(&["--kubernetes"]).run();
    fetched.ends(0, &[]);
    assert!(!fetched.files().contains(&"future-license.json".to_owned()), "there is no such operation");
    assert_eq!(fetched.files().len(), ALL.len() - 1);
    assert!(portal.requests()[0].target.ends_with("/admin/orgs/0123456789ABCDEF/license/validateLicense"));
    let portal = Portal::new().kubernetes_organization("AbC_9").without_site().start();
    Fetch::of(&portal).license().and(&["--kubernetes", "--org", "AbC_9"]).run().ends(0, &[]);
    Fetch::of(&portal).license().and(&["--kubernetes"]).run().ends(4, &["HTTP 404", "--kubernetes"]);
    Fetch::of(&portal).license().run().ends(4, &["HTTP 404", "--kubernetes"]);
}

#[test]
fn any_context_will_do() {
    for context in ["", "/arcgis", "/a/b"] {
        let portal = Portal::new().context(context).without_site().start();
        Fetch::of(&portal).license().run().ends(0, &[]);
        Fetch::at(&portal, &format!("{}/", portal.url()))
            .license()
            .and(&["--ca-cert", &text(portal.ca_file())])
            .run()
            .ends(0, &[]);
    }
}

#[test]
fn the_folder_is_named_after_the_host() {
    let portal = Portal::new().without_site().start();
    let root = tempfile::tempdir().unwrap();
    let license = std::fs::canonicalize(LICENSE).unwrap();
    let mut command = command(&["fetch", "--url", &portal.url(), "--ca-cert", &text(portal.ca_file())]);
    command.args(["--license", &text(license)]).current_dir(root.path());
    let run: crate::common::Run = command.output().unwrap().into();
    assert_eq!(run.code, 0, "{run:?}");
    let folder = root.path().join(format!("portal-localhost-{}", portal.address().port()));
    assert!(folder.join("validated-license.json").is_file(), "{run:?}");
}

#[test]
fn the_url_may_stand_in_the_environment() {
    let portal = Portal::new().without_site().start();
    let root = tempfile::tempdir().unwrap();
    let folder = text(root.path().join("x"));
    let mut command =
        command(&["fetch", "--license", LICENSE, "--out-dir", &folder, "--ca-cert", &text(portal.ca_file())]);
    let run: crate::common::Run = command.env("SEATLINE_URL", portal.url()).output().unwrap().into();
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_license_may_come_from_standard_input() {
    use std::io::Write;
    let portal = Portal::new().without_site().start();
    let fetch = Fetch::of(&portal).and(&["--license", "-"]);
    let mut child =
        fetch.command().stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(LICENSE).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    fetch.ran(output.into()).ends(0, &[]);
    assert!(portal.requests()[0].text().contains("filename=\"license.json\""));
}

#[test]
fn a_manifest_names_every_file_with_its_hash_and_every_reader_looks() {
    let portal = Portal::new().members(Member::many("m", 150, "viewerUT")).start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    fetched.ends(0, &[]);
    let files = fetched.json("manifest.json")["files"].as_array().unwrap().clone();
    assert_eq!(files.len() + 1, fetched.files().len());
    for file in &files {
        let bytes = fetched.bytes(file["file"].as_str().unwrap());
        assert_eq!(file["bytes"], bytes.len());
        // The hash as `sha256sum` computes it.
        let ring = rustls::crypto::ring::default_provider();
        let hash = ring
            .cipher_suites
            .iter()
            .find_map(|suite| match suite {
                rustls::SupportedCipherSuite::Tls13(suite) if suite.common.hash_provider.output_len() == 32 => {
                    Some(suite.common.hash_provider.hash(&bytes))
                }
                _ => None,
            })
            .unwrap();
        let hex: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], hex, "{file}");
    }
    let folder = text(fetched.folder());
    let license = crate::portal::run::LICENSE;
    let whole = std::fs::read(fetched.folder().join("members-0002.json")).unwrap();
    let readers: [&[&str]; 8] = [
        &["report", &folder],
        &["timeline", &folder],
        &["check", &folder],
        &["check", license, "--usage", &folder],
        &["fit", license, "--usage", &folder],
        &["diff", &folder, license],
        &["preflight", license, "--over", &folder],
        &["moves", license, "--members", &folder, "--map", "viewerUT=editorUT"],
    ];
    let members = fetched.folder().join("members-0002.json");
    for change in [None, Some(b"{}".to_vec()), Some([&whole[..whole.len() - 1], b" "].concat())] {
        match &change {
            None => std::fs::remove_file(&members).unwrap(),
            Some(bytes) => std::fs::write(&members, bytes).unwrap(),
        }
        for reader in readers {
            let run = seatline(reader);
            assert_eq!(run.code, 3, "{reader:?}: {run:?}");
            assert!(
                run.stderr.contains("an interrupted fetch, or changed since (members-0002.json"),
                "{reader:?}: {run:?}"
            );
        }
    }
    // The same fetch, run again, repairs the folder.
    let fetched = Fetch::of(&portal).license().signed_in().into_folder(fetched.into_root()).run();
    fetched.ends(0, &["note: ", "an incomplete fetch (members-0002.json has other contents); it is replaced"]);
    assert_eq!(seatline(&["report", &text(fetched.folder())]).code, 0);
    assert_eq!(std::fs::read(&members).unwrap(), whole);
    // A complete fetch is replaced only with --force.
    let fetched = Fetch::of(&portal).license().signed_in().into_folder(fetched.into_root()).run();
    assert!(fetched.run.code == 2 && fetched.run.stderr.contains("--force"), "{:?}", fetched.run);
    refused_whatever_the_manifest_is(&portal, fetched.into_root(), readers);
}

#[test]
fn a_file_that_no_fetch_wrote_is_not_removed_unless_one_says_so() {
    let portal = Portal::new().start();
    let fetched = Fetch::of(&portal).license().signed_in().run();
    fetched.ends(0, &[]);
    let own = fetched.folder().join("members-0007.json");
    std::fs::write(&own, "my own").unwrap();
    let folder = text(fetched.folder());
    let run = seatline(&["fit", LICENSE, "--usage", &folder]);
    assert!(run.code == 3 && run.stderr.contains("Take that file away"), "{run:?}");
    let fetched = Fetch::of(&portal).license().signed_in().into_folder(fetched.into_root()).run();
    assert_eq!(fetched.run.code, 2, "{:?}", fetched.run);
    let said = "members-0007.json: manifest.json does not name this, so no fetch wrote it: move it elsewhere, or --force removes it";
    assert!(fetched.run.stderr.contains(said), "{:?}", fetched.run);
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "my own");
    let forced = Fetch::of(&portal).license().signed_in().into_folder(fetched.into_root()).and(&["--force"]).run();
    forced.ends(0, &[]);
    assert!(!own.exists());
}

/// A manifest that does not name the files, or is not readable as a manifest: every reader refuses the folder, and the
/// same fetch repairs what an earlier fetch wrote.
fn refused_whatever_the_manifest_is(portal: &Running, root: tempfile::TempDir, readers: [&[&str]; 8]) {
    let mut root = root;
    let folder = root.path().join("out");
    let manifest = folder.join("manifest.json");
    let whole: serde_json::Value = serde_json::from_slice(&std::fs::read(&manifest).unwrap()).unwrap();
    let with = |change: fn(&mut serde_json::Value)| {
        let mut changed = whole.clone();
        change(&mut changed);
        changed.to_string()
    };
    let unnamed =
        with(|manifest| manifest["files"].as_array_mut().unwrap().retain(|file| file["file"] != "members-0002.json"));
    for (text, expected, mended) in [
        // A fetch leaves no file that its manifest does not name.
        (unnamed, "members-0002.json is not named in manifest.json", false),
        (with(|manifest| manifest["files"] = serde_json::json!([])), "manifest.json names no file", true),
        // This program never writes such a file, so nobody knows whose it is.
        ("{".to_owned(), "manifest.json is cut off", false),
        (String::new(), "manifest.json is cut off", false),
        (with(|manifest| manifest["schema"] = "seatline/fetch/v9".into()), "another version of seatline", false),
        ("a pipe".to_owned(), "manifest.json is no file", false),
    ] {
        std::fs::remove_file(&manifest).unwrap();
        match text.as_str() {
            "a pipe" if cfg!(unix) => {
                assert!(std::process::Command::new("mkfifo").arg(&manifest).status().unwrap().success());
            }
            "a pipe" => std::fs::create_dir(&manifest).unwrap(),
            text => std::fs::write(&manifest, text).unwrap(),
        }
        for reader in readers {
            let run = seatline(reader);
            let lines = run.stderr.lines().count();
            assert!(run.code == 3 && run.stderr.contains(expected) && lines == 1, "{reader:?}: {expected}: {run:?}");
        }
        let fetched = Fetch::of(portal).license().signed_in().into_folder(root).run();
        assert_eq!(fetched.run.code, if mended { 0 } else { 2 }, "{expected}: {:?}", fetched.run);
        root = fetched.into_root();
    }
}
