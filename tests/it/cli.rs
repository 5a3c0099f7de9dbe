//! Options, exit codes, streams and files that users and scripts rely on.

use std::fs;
use std::path::Path;
#[cfg(unix)]
use std::process::Stdio;

use crate::common::{Run, assert_schema, command, seatline, seatline_with_input};
use serde_json::{Value, json};

const SAMPLE: &str = "samples/portal-10.8.json";
const LIST: &str = "samples/administrators-10.8.json";

#[test]
fn a_file_without_a_command_is_reported_on() {
    let with = seatline(&["report", SAMPLE, "--as-of", "2019-01-01"]);
    let without = seatline(&[SAMPLE, "--as-of", "2019-01-01"]);
    assert_eq!((with.code, &with.stdout), (without.code, &without.stdout));
    assert!(with.stdout.contains("creatorUT"));
}

#[test]
fn now_is_the_default() {
    let run = seatline(&[SAMPLE, "-f", "json"]);
    let as_of = run.json()["asOf"].as_str().unwrap().to_owned();
    assert!(as_of.as_str() > "2026-01-01", "{as_of}");
    assert_eq!(run.json()["licenses"][0]["items"][0]["status"], "expired");
}

#[test]
fn wrong_usage_is_2_with_one_message_and_no_result() {
    for arguments in [
        &["report"][..],
        &["report", SAMPLE, "--no-such-option"],
        &["report", SAMPLE, "--as-of", "2019"],
        &["report", SAMPLE, "--as-of", "1546300800"],
        &["report", SAMPLE, "--as-of", "2019-13-01"],
        &["report", SAMPLE, "--tz", "Mars/Olympus"],
        &["report", SAMPLE, "--format", "sarif"],
        &["report", SAMPLE, "--kind", "seat"],
        &["report", SAMPLE, "--status", "gone"],
        &["report", SAMPLE, "samples/renewed-11.1.json", "--admins", LIST],
        &["report", "samples/history.jsonl", "--admins", LIST],
        &["report", "-", "-"],
        &["admins", "samples/history.jsonl", "--pick"],
        &["schema", "nothing"],
        &["report", SAMPLE, "-o", "samples"],
        &["report", SAMPLE, "-o", SAMPLE],
        &["report", SAMPLE, "-o", "no/such/folder/out.json"],
        &[],
    ] {
        let run = seatline(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {run:?}");
        let errors = run.stderr.lines().filter(|line| line.starts_with("error: ")).count();
        assert!(errors == 1 || arguments.is_empty(), "{arguments:?}: {run:?}");
    }
    assert!(fs::read_to_string(SAMPLE).unwrap().starts_with("{\"MyEsri\""));
}

#[test]
fn a_likely_instant_is_suggested() {
    let suggested = |as_of| seatline(&["report", SAMPLE, "--as-of", as_of]).stderr;
    assert!(suggested("1546300800").contains("1546300800000"));
    assert!(suggested("20190101").contains("2019-01-01"));
    assert!(suggested("20190101120000").contains("2019-01-01 12:00"));
    assert!(suggested("+3m").contains("+3mo"));
    assert_eq!(suggested("2019-01-01T00:00:00"), "", "without an offset it is a time of the zone");
}

#[test]
fn a_mistyped_command_is_suggested() {
    let run = seatline(&["reprot", SAMPLE]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("did you mean the command `report`?"), "{run:?}");
}

#[test]
fn every_input_is_tried_and_the_highest_code_counts() {
    for format in ["table", "json", "jsonl", "csv", "markdown"] {
        let run = seatline(&["report", "nowhere.json", LIST, SAMPLE, "--as-of", "2019-01-01", "-f", format]);
        assert_eq!(run.code, 3, "{format}");
        assert_eq!(run.stderr.lines().filter(|line| line.starts_with("error: ")).count(), 2, "{format}: {run:?}");
        assert!(run.stdout.contains("creatorUT"), "{format}");
    }
    let report = seatline(&["report", "nowhere.json", LIST, SAMPLE, "-f", "json"]).json();
    let codes: Vec<_> = report["failures"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    assert_eq!(codes, ["cannot-read", "wrong-kind"]);
}

#[test]
fn a_folder_skips_other_known_kinds_with_a_note() {
    let run = seatline(&["report", "samples", "--as-of", "2027-01-01", "-f", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.stderr.lines().filter(|line| line.starts_with("note: ")).count(), 6, "{run:?}");
    let sources: Vec<_> = run.json()["licenses"].as_array().unwrap().iter().map(|one| one["source"].clone()).collect();
    let inside = sources.iter().filter(|source| source.as_str().unwrap().matches(['/', '\\']).count() > 1).count();
    assert_eq!(sources.len() - inside, 9, "six files of one license and one of three: {sources:?}");
    assert!(inside > 0, "folders in it are read too: {sources:?}");
    assert!(sources.is_sorted_by(|one, next| one.as_str() <= next.as_str()), "{sources:?}");
    assert_eq!(seatline(&["report", "samples", "-q"]).stderr, "");
}

#[test]
fn a_folder_without_a_license_fails() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(seatline(&["report", path, "-f", "json"]).json()["failures"][0]["code"], "no-license");
    fs::copy(LIST, folder.path().join("list.json")).unwrap();
    assert_eq!(seatline(&["report", path]).code, 3);
}

#[test]
fn stdin_lines_and_rows_of_documents_are_read() {
    let license = fs::read_to_string(SAMPLE).unwrap();
    let count = |input: String| {
        let run = seatline_with_input(&["report", "-", "-f", "json"], input.as_bytes());
        let report = run.json();
        let sizes = ["licenses", "failures"].map(|name| report[name].as_array().unwrap().len());
        (run.code, sizes)
    };
    assert_eq!(count(license.clone()), (0, [1, 0]));
    assert_eq!(count(format!("{license}\n{license}{license}")), (0, [3, 0]));
    let line = serde_json::from_str::<Value>(&license).unwrap().to_string();
    assert_eq!(count(format!("{line}\n{line}\r\n\n{line}")), (0, [3, 0]));
    assert_eq!(count(format!("{line}\n{{\"MyEsri\":\n{line}\n")), (3, [2, 1]), "a bad line fails alone");
    assert_eq!(count(format!("{line} x")), (3, [1, 1]));
}

#[test]
fn filters_leave_what_is_asked_for() {
    let ids = |arguments: &[&str]| {
        let mut all = vec![SAMPLE, "--as-of", "2019-01-01", "-f", "json"];
        all.extend(arguments);
        let report = seatline(&all).json();
        let items = report["licenses"][0]["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--status", "upcoming"]), ["tracker"]);
    assert_eq!(ids(&["--kind", "extension,capability"]), ["parcelFabric", "utilityNetwork", "indoors"]);
    assert_eq!(ids(&["--id", "Insights", "--id", "creatorUT"]), ["creatorUT", "Insights"]);
    assert_eq!(seatline(&[SAMPLE, "--id", "CreatorUT"]).code, 2, "ids are case-sensitive");
}

#[test]
fn pick_prints_one_id_or_nothing() {
    let pick = |arguments: &[&str]| {
        let run = seatline(&[&["admins", "--pick"][..], arguments].concat());
        (run.code, run.stdout)
    };
    assert_eq!(pick(&[SAMPLE, "--as-of", "2019-01-01"]), (0, "creatorUT\n".to_owned()));
    assert_eq!(pick(&[SAMPLE, "--as-of", "2021-01-01"]), (1, String::new()));
    assert_eq!(pick(&[SAMPLE, "--as-of", "2021-01-01", "--exit-zero"]), (0, String::new()));
    assert_eq!(pick(&[LIST]), (3, String::new()));
    // `--pick` gives the user type with the most seats, also where it is defined later, and never a user type whose
    // seats are not certain.
    assert_eq!(pick(&["samples/gap-and-early-end-10.9.json", "--as-of", "2027-11-01"]).1, "GISProfessionalStdUT\n");
    assert_eq!(pick(&["samples/faulty.json", "--as-of", "2027-01-01"]).1, "creatorUT\n");
}

#[test]
fn admins_says_why_not() {
    let run = seatline(&["admins", "samples/enterprise-11.4.json", "--as-of", "2026-06-01", "-f", "json"]);
    let report = run.json();
    let obstacles = |id: &str| {
        let user_types = report["userTypes"].as_array().unwrap();
        user_types.iter().find(|one| one["id"] == id).unwrap()["obstacles"].clone()
    };
    assert_eq!(obstacles("creatorUT"), json!([]));
    assert_eq!(obstacles("viewerUT"), json!(["not-compatible"]));
    assert_eq!(obstacles("IndoorsUserUT"), json!(["compatibility-unknown"]));
    assert_eq!(report["pick"], report["licenses"][0]["pick"]);
}

#[test]
fn the_schemas_it_prints_are_those_of_the_documentation() {
    let folder = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")).unwrap();
    let paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    assert!(paths.len() >= 10, "{paths:?}");
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().strip_suffix(".schema.json").unwrap();
        assert_eq!(seatline(&["schema", name]).stdout, fs::read_to_string(&path).unwrap(), "{name}");
    }
}

#[test]
fn outputs_are_as_their_schemas_say() {
    for command in ["report", "admins"] {
        for as_of in ["2018-01-01", "2019-01-01", "2027-01-01"] {
            let output = seatline(&[command, "samples", "nowhere.json", "--as-of", as_of, "-f", "json"]).json();
            assert_schema(command, &output);
            assert_eq!(output["schema"], format!("seatline/{command}/v1"));
        }
    }
}

#[test]
fn jsonl_and_csv_have_the_same_rows() {
    let jsonl = seatline(&["samples", "-q", "--as-of", "2027-01-01", "-f", "jsonl"]);
    let rows: Vec<Value> = jsonl.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let csv = seatline(&["samples", "-q", "--as-of", "2027-01-01", "-f", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        for name in ["source", "version", "asOf", "kind", "id", "usableSeats", "status", "certain", "endsAt", "name"] {
            let column = header.iter().position(|title| title == name).unwrap();
            let text = match &row[name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(record.get(column).unwrap(), text, "{name}");
        }
    }
}

#[test]
fn days_and_dates_are_those_of_the_zone() {
    let run = seatline(&["samples/gap-and-early-end-10.9.json", "--as-of", "2027-09-29", "--tz", "America/Denver"]);
    assert!(run.stdout.contains("as of 2027-09-29 00:00 (America/Denver)"), "{}", run.stdout);
    assert!(run.stdout.contains("ends 2027-09-29 18:00 (18 hours left)"), "{}", run.stdout);
}

#[test]
fn a_table_is_readable_at_every_width() {
    for width in ["25", "40", "60", "80", "100", "120", "200"] {
        let run = seatline(&["samples/renewed-11.1.json", "--as-of", "2026-03-01", "--width", width]);
        let columns: usize = width.parse().unwrap();
        for line in run.stdout.lines().skip_while(|line| !line.is_empty()) {
            assert!(line.chars().count() <= columns, "{width}: {line}");
        }
        if columns >= 40 {
            for id in ["GISProfessionalAdvUT", "arcgisprodesktop", "essentialAppsAB", "utilityNetwork"] {
                assert!(run.stdout.contains(id), "{width}: {id}");
            }
            assert!(run.stdout.contains("2028-06-30 12:00"), "{width}");
        }
    }
    let columns = command(&[SAMPLE]).env("COLUMNS", "50").output().unwrap();
    assert!(
        String::from_utf8(columns.stdout)
            .unwrap()
            .lines()
            .skip_while(|line| !line.is_empty())
            .all(|line| line.len() <= 50)
    );
}

#[test]
fn no_columns_at_all_are_not_said() {
    let run: Run = command(&[SAMPLE]).env("COLUMNS", "0").output().unwrap().into();
    assert_eq!(run.stdout.lines().count(), seatline(&[SAMPLE]).stdout.lines().count());
}

/// The content of a file of this name after a run.
fn written(arguments: &[&str], name: &str) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let run = seatline(&[arguments, &["--as-of", "2019-01-01", "-o", path.to_str().unwrap()]].concat());
    assert_eq!(run.stdout, "", "{name}");
    (run.code, fs::read_to_string(&path).unwrap_or(run.stderr))
}

#[test]
fn the_ending_of_a_file_chooses_the_format() {
    let report = &["report", SAMPLE][..];
    for (name, begin) in [
        ("a.json", "{\n"),
        ("a.JSON", "{\n"),
        ("a.jsonl", "{\""),
        ("a.NdJson", "{\""),
        ("a.csv", "\"source\","),
        ("a.md", "## "),
        ("a.txt", "samples/portal"),
        ("json", "samples/portal"),
        (".csv", "samples/portal"),
    ] {
        let (code, text) = written(report, name);
        assert!(code == 0 && text.starts_with(begin), "{name}: {text}");
    }
    assert!(written(&["timeline", SAMPLE], "a.ics").1.starts_with("BEGIN:VCALENDAR"));
    assert!(written(&["check", SAMPLE, "--no-policy"], "a.sarif").1.contains("sarif-schema-2.1.0"));
    assert!(written(&["check", SAMPLE, "--no-policy"], "a.xml").1.starts_with("<?xml"));
    assert!(written(&["report", SAMPLE, "-f", "csv"], "a.json").1.starts_with("\"source\","), "-f says more");
    for (arguments, name) in [
        (report, "a.ics"),
        (report, "a.sarif"),
        (report, "a.py"),
        (&["check", SAMPLE], "a.csv"),
        (&["diff", SAMPLE, SAMPLE], "a.jsonl"),
        (&["admins", SAMPLE], "a.xml"),
    ] {
        let (code, text) = written(arguments, name);
        assert!(code == 2 && text.contains("has no format for"), "{arguments:?} {name}: {text}");
    }
    // These commands write the same, whatever the ending is.
    assert_eq!(written(&["admins", SAMPLE, "--pick"], "a.xml"), (0, "creatorUT\n".to_owned()));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a.csv");
    for arguments in [&["schema", "report"][..], &["explain", "no-end"], &["check", "--init", SAMPLE]] {
        assert_eq!(seatline(&[arguments, &["-o", out.to_str().unwrap()]].concat()).code, 0, "{arguments:?}");
        fs::remove_file(&out).unwrap();
    }
    if cfg!(unix) {
        assert!(seatline(&["report", SAMPLE, "-o", "/dev/stdout"]).stdout.starts_with("samples/portal"));
    }
}

#[test]
fn an_id_that_no_item_has_is_refused() {
    for command in ["report", "timeline"] {
        let run = |ids: &[&str]| {
            let mut arguments = vec![command, SAMPLE, "--as-of", "2019-01-01", "-f", "csv"];
            ids.iter().for_each(|id| arguments.extend(["--id", id]));
            seatline(&arguments)
        };
        let both = run(&["creatorUT,viewerUT"]);
        assert!(both.code == 0 && both.stdout.contains("creatorUT") && both.stdout.contains("viewerUT"), "{both:?}");
        assert_eq!(both.stdout, run(&["creatorUT", "viewerUT"]).stdout);
        for (asked, near) in [
            ("creatorut", "creatorUT"),
            ("Viewer", "viewerUT"),
            ("viewerUT,Field Worker", "fieldWorkerUT"),
            ("creatorUTT", "creatorUT"),
        ] {
            let unknown = run(&[asked]);
            assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""), "{command} {asked}");
            assert!(unknown.stderr.contains(&format!("did you mean {near}?")), "{command} {asked}: {unknown:?}");
        }
        let unread = seatline(&[command, "nowhere.json", "--id", "creatorut"]);
        assert!(unread.code == 3 && unread.stderr.contains("note: --id creatorut"), "{unread:?}");
        // It is enough that one document has the id.
        let several = seatline(&[command, SAMPLE, "samples/enterprise-11.4.json", "--id", "tracker", "-f", "csv"]);
        assert_eq!(several.code, 0, "{several:?}");
    }
}

#[test]
fn json_answers_also_where_an_input_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let broken = file("broken.json", "{");
    let members = file("members.csv", "username,userLicenseTypeId\nann,creatorUT\n");
    let moves = file("moves.csv", "username,userType\nann,viewerUT\n");
    let out = file("out.json", "kept");
    let verdict = |json: &Value| {
        ["verdict", "nothingLost", "fits", "possible"].iter().filter_map(|name| json.get(name)).all(|value| {
            // The words of `diff` and `fit` are no verdict.
            value.is_null() || value.as_str().is_some_and(|text| text.contains("not known"))
        })
    };
    for (schema, arguments) in [
        ("report", &["report", &broken][..]),
        ("report", &["report", SAMPLE, "--admins", &broken]),
        ("timeline", &["timeline", &broken]),
        ("admins", &["admins", &broken]),
        ("admins", &["admins", SAMPLE, "--admins", &broken]),
        ("check", &["check", &broken, "--no-policy"]),
        ("check", &["check", SAMPLE, "--no-policy", "--usage", &broken]),
        ("check", &["check", SAMPLE, "--no-policy", "--admins", &broken]),
        ("fit", &["fit", &broken, "--usage", &members]),
        ("fit", &["fit", SAMPLE, "--usage", &broken]),
        ("preflight", &["preflight", &broken, "--nobody-yet"]),
        ("preflight", &["preflight", SAMPLE, "--usage", &broken]),
        ("preflight", &["preflight", SAMPLE, "--over", &broken]),
        ("moves", &["moves", &broken, "--members", &members, "--moves", &moves]),
        ("moves", &["moves", SAMPLE, "--members", &broken, "--moves", &moves]),
        ("moves", &["moves", SAMPLE, "--members", &members, "--moves", &broken]),
    ] {
        let run = seatline(&[arguments, &["-f", "json"]].concat());
        assert_eq!(run.code, 3, "{arguments:?}: {run:?}");
        let json = run.json();
        assert_schema(schema, &json);
        assert!(json["failures"][0]["source"].as_str().unwrap().contains("broken"), "{arguments:?}: {run:?}");
        assert!(verdict(&json), "{arguments:?}: {run:?}");
        for list in ["items", "actions", "batches"] {
            assert_eq!(json.get(list).map_or(0, |list| list.as_array().unwrap().len()), 0, "{arguments:?}: {run:?}");
        }
        let run = seatline(&[arguments, &["-o", &out]].concat());
        assert_eq!((run.code, fs::read_to_string(&out).unwrap().as_str()), (3, "kept"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn an_option_that_moved_says_where_to() {
    for (arguments, now) in [
        (&["diff", SAMPLE, SAMPLE, "--usage", "members.csv"][..], "now: seatline preflight"),
        (&["timeline", SAMPLE, "--admins", LIST], "seatline admins"),
        (&["report", SAMPLE, "--policy", "seatline.toml"], "now: seatline check"),
    ] {
        let run = seatline(arguments);
        assert!(run.code == 2 && run.stderr.contains(now), "{run:?}");
    }
}

#[test]
fn colour_is_for_terminals_and_on_demand() {
    let coloured = |arguments: &[&str], no_color: bool| {
        let mut command = command(&[&[SAMPLE][..], arguments].concat());
        if no_color {
            command.env("NO_COLOR", "1");
        }
        command.output().unwrap().stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], false));
    assert!(coloured(&["--color", "always"], false));
    assert!(coloured(&["--color", "always"], true), "an option is nearer than the environment");
    assert!(!coloured(&["--color", "never"], false));
}

#[test]
fn the_environment_changes_how_it_is_said_and_not_what() {
    let output = command(&["samples", "-f", "csv"]).env("SEATLINE_QUIET", "1").output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let wrong: Run = command(&[SAMPLE]).env("SEATLINE_WIDTH", "wide").output().unwrap().into();
    assert!(wrong.code == 2 && wrong.stderr.contains("SEATLINE_WIDTH"), "{wrong:?}");
    // An option wins over the environment, before the command and after it.
    for arguments in [&["--color", "never", "report", SAMPLE][..], &["report", SAMPLE, "--color", "never"]] {
        assert!(!command(arguments).env("SEATLINE_COLOR", "always").output().unwrap().stdout.contains(&0x1b));
    }
    let zone: Run =
        command(&[SAMPLE, "--as-of", "2019-01-01"]).env("SEATLINE_TZ", "Asia/Tokyo").output().unwrap().into();
    assert!(zone.stdout.contains("2019-01-01 00:00 (Asia/Tokyo)"), "{zone:?}");
    let unset = |arguments: &[&str]| {
        let names = ["SEATLINE_COLOR", "SEATLINE_QUIET", "SEATLINE_WIDTH", "SEATLINE_TZ", "SEATLINE_POLICY", "COLUMNS"];
        let run: Run = command(arguments).envs(names.map(|name| (name, ""))).output().unwrap().into();
        (run.code, run.stdout)
    };
    for arguments in [&["report", SAMPLE, "--as-of", "2019-01-01"][..], &["check", SAMPLE, "--as-of", "2019-01-01"]] {
        let run = seatline(arguments);
        assert_eq!(unset(arguments), (run.code, run.stdout), "{arguments:?}");
    }
}

#[test]
fn an_output_file_is_replaced_when_the_new_one_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.json");
    let out = path.to_str().unwrap();
    assert_eq!(seatline(&[SAMPLE, "-f", "json", "-o", out]).stdout, "");
    let first = fs::read_to_string(&path).unwrap();
    assert!(first.contains("creatorUT"));
    // Nothing could be read, so the file stays.
    assert_eq!(seatline(&[LIST, "-f", "json", "-o", out]).code, 3);
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    assert_eq!(seatline(&["samples/renewed-11.1.json", "-f", "csv", "-o", out]).code, 0);
    assert!(fs::read_to_string(&path).unwrap().starts_with("\"source\","));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn an_output_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (target, link) = (folder.path().join("target"), folder.path().join("link"));
    fs::write(&target, "old").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&target, &link).unwrap();
    assert_eq!(seatline(&[SAMPLE, "-o", link.to_str().unwrap()]).code, 0);
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("creatorUT"));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_not() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    if let Ok(full) = full {
        let output = command(&[SAMPLE]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: stdout: cannot be written"));
    }
    let mut child =
        command(&["samples", "-q", "-f", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

/// After Ctrl-C or a request to end during writing, the file is as it was, and nothing lies beside it.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_leaves_no_part_of_a_file() {
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.csv");
        fs::write(&file, "before").unwrap();
        let run = command(&["report", "-", "-f", "csv", "-o", file.to_str().unwrap()]);
        // Whoever runs these tests in the background may ignore interrupts, and the program would inherit that; `env`
        // of GNU undoes it.
        let mut undone = std::process::Command::new("env");
        undone.arg("--default-signal=INT,TERM").arg(run.get_program()).args(run.get_args());
        run.get_envs().for_each(|(name, _)| _ = undone.env_remove(name));
        let mut child = undone.current_dir(run.get_current_dir().unwrap()).stdin(Stdio::piped()).spawn().unwrap();
        let open = child.stdin.take();
        let names = || fs::read_dir(folder.path()).unwrap().count();
        // The program waits for its input, and has made the new file beside the old one.
        while names() < 2 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let kill = std::process::Command::new("sh").arg("-c").arg(format!("kill -{signal} {}", child.id())).status();
        assert!(kill.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        drop(open);
        assert_eq!((names(), fs::read_to_string(&file).unwrap().as_str()), (1, "before"), "{signal}");
    }
}

#[test]
fn nothing_that_belongs_to_the_input_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let broken = file("broken.json", b"{\"a\": \"\xC9\"}");
    let (list, license) =
        (file("list.json", &fs::read(LIST).unwrap()), file("license.json", &fs::read(SAMPLE).unwrap()));
    let policy = file("policy.toml", b"");
    let sarif = format!("sarif={policy}");
    for arguments in [
        &["report", &broken, &license, "-o", &broken][..],
        &["report", &license, "--admins", &list, "-o", &list],
        &["admins", &license, "-o", &license],
        &["check", &license, "--policy", &policy, "-f", &sarif],
        &["check", &license, "--init", "-o", &license],
        &["timeline", &license, "-o", &license],
    ] {
        let before: Vec<_> = [&broken, &list, &license, &policy].map(|path| fs::read(path).unwrap()).into();
        let run = seatline(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {run:?}");
        let after: Vec<_> = [&broken, &list, &license, &policy].map(|path| fs::read(path).unwrap()).into();
        assert!(before == after, "{arguments:?}");
    }
}

#[test]
fn an_input_that_fails_counts_more_than_wrong_usage() {
    for arguments in [
        &["report", "nowhere.json", SAMPLE, SAMPLE, "--admins", LIST][..],
        &["admins", "nowhere.json", SAMPLE, SAMPLE, "--pick"],
        &["report", "nowhere.json", SAMPLE, "-o", "no/such/out"],
        &["check", "nowhere.json", SAMPLE, "--no-policy", "-f", "json=no/such/out"],
    ] {
        let run = seatline(arguments);
        assert_eq!(run.code, 3, "{arguments:?}: {run:?}");
    }
    let run = seatline(&["report", SAMPLE, SAMPLE, "nowhere.json", "--admins", LIST]);
    assert!(run.stderr.contains("nowhere.json"), "every input is tried: {run:?}");
}

#[test]
fn options_may_stand_before_the_command() {
    let folder = tempfile::tempdir().unwrap();
    let out = format!("-o{}", folder.path().join("out.txt").to_str().unwrap());
    assert_eq!(seatline(&[&out, "admins", SAMPLE, "--as-of", "2019-01-01"]).code, 0);
    assert!(fs::read_to_string(folder.path().join("out.txt")).unwrap().contains("most seats"));
    assert!(seatline(&["-o", "-", SAMPLE]).stdout.contains("creatorUT"));
}

#[test]
fn empty_variables_are_none() {
    let output =
        command(&[SAMPLE]).env("SEATLINE_QUIET", "").env("SEATLINE_WIDTH", "").env("SEATLINE_COLOR", "").output();
    assert_eq!(output.unwrap().status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_folder_is_its_documents_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::copy(SAMPLE, path.join("a.json")).unwrap();
    std::os::unix::fs::symlink("nowhere", path.join("notes.txt")).unwrap();
    for pipe in ["pipe.json", "pipe.txt"] {
        std::process::Command::new("mkfifo").arg(path.join(pipe)).status().unwrap();
    }
    let run = seatline(&["report", path.to_str().unwrap()]);
    assert_eq!(run.code, 0);
    // A path that is left out is noted if its name is that of a document.
    assert_eq!(run.stderr.matches("pipe.json: skipped: this is no file").count(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains("pipe.txt"), "{}", run.stderr);
    for line in [
        "diff FOLDER samples/renewed-11.1.json",
        "diff samples/renewed-11.1.json FOLDER",
        "fit samples/renewed-11.1.json --usage FOLDER",
    ] {
        let line = line.replace("FOLDER", path.to_str().unwrap());
        let run = seatline(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(run.stderr.matches("pipe.json: skipped").count(), 1, "{line}: {}", run.stderr);
    }
    std::os::unix::fs::symlink("nowhere", path.join("lost.json")).unwrap();
    assert_eq!(seatline(&["report", path.to_str().unwrap()]).code, 3);
}

#[test]
fn a_document_of_many_is_found_again() {
    let license = serde_json::from_str::<Value>(&fs::read_to_string(SAMPLE).unwrap()).unwrap().to_string();
    let lines = format!("{license}\n{{\"error\": {{\"code\": 499}}}}\n[1]\n{license}\n");
    let run = seatline_with_input(&["report", "-", "-f", "json"], lines.as_bytes());
    let failures = run.json()["failures"].clone();
    let places: Vec<_> =
        failures.as_array().unwrap().iter().map(|one| (one["document"].clone(), one["line"].clone())).collect();
    assert_eq!(places, [(json!(1), json!(2)), (json!(2), json!(3))]);
    assert!(run.stderr.contains("<stdin>:2:1: this is the portal's error answer 499"), "{}", run.stderr);
}
