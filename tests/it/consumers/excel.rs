//! Every CSV of every command, for programs and for a double click in Excel.

use crate::common::{command, seatline};

const COMMANDS: [&str; 8] = [
    "report samples/enterprise-11.4.json --as-of 2027-01-01T00:00Z",
    "report tests/fixtures/consumers/csv-semicolon-locale.json --as-of 2024-01-01T00:00Z",
    "timeline samples/faulty.json --as-of 2027-01-01T00:00Z",
    "admins samples/enterprise-11.4.json --as-of 2027-01-01T00:00Z",
    "diff samples/renewed-11.1.json samples/faulty.json --as-of 2027-01-01T00:00Z",
    "fit samples/enterprise-11.4.json --usage samples/stories/members-11.4.csv --as-of 2027-01-01T00:00Z",
    "preflight samples/renewal/new.json --over samples/renewal/old.json --as-of 2026-11-30T00:00Z --no-policy",
    "moves samples/moves/license-11.4.json --members samples/moves/members.csv --moves samples/moves/renewal.csv --as-of 2027-01-01T00:00Z",
];

fn csv(line: &str, more: &[&str]) -> String {
    let arguments: Vec<_> = line.split(' ').chain(["-f", "csv", "-q"]).chain(more.iter().copied()).collect();
    let run = seatline(&arguments);
    assert!([0, 1].contains(&run.code), "{arguments:?}: {}", run.stderr);
    run.stdout
}

fn rows(text: &str, separator: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_text_is_quoted_and_no_number_is() {
    for line in COMMANDS {
        let text = csv(line, &[]);
        assert!(!text.contains('\r') && !text.starts_with('\u{feff}'), "{line}");
        // Without the quoted cells only numbers and commas are left; a percentage has a fraction.
        let outside: String = text.replace("\"\"", "").split('"').step_by(2).collect();
        let is_number = |cell: &str| cell.is_empty() || cell.parse::<f64>().is_ok();
        assert!(outside.lines().flat_map(|row| row.split(',')).all(is_number), "{line}: {outside}");
        assert!(rows(&text, b',').len() > 1, "{line}");
    }
}

#[test]
fn excel_gets_a_mark_its_line_breaks_its_separator_and_its_dates() {
    for line in COMMANDS {
        let plain = rows(&csv(line, &[]), b',');
        for (option, separator) in [("--excel", b','), ("--excel=semicolon", b';'), ("--excel=tab", b'\t')] {
            let text = csv(line, &[option, "--tz", "Asia/Kolkata"]);
            let text = text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{line} {option}: no mark"));
            assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{line} {option}");
            let shown = rows(text, separator);
            assert_eq!((shown.len(), &shown[0]), (plain.len(), &plain[0]), "{line} {option}");
            for (shown, plain) in shown.iter().zip(&plain).skip(1) {
                for ((shown, plain), name) in shown.iter().zip(plain).zip(&plain_header(line)) {
                    assert_eq!(shown.is_empty(), plain.is_empty(), "{line} {option} {name}");
                    if let Ok(at) = plain.parse::<chrono::DateTime<chrono::Utc>>() {
                        let local = at.with_timezone(&chrono_tz::Asia::Kolkata).format("%Y-%m-%d %H:%M");
                        assert!(
                            shown.starts_with(&local.to_string()) && !shown.contains(['T', 'Z', '+']),
                            "{name}: {shown}"
                        );
                    }
                }
            }
        }
    }
}

fn plain_header(line: &str) -> Vec<String> {
    rows(&csv(line, &[]), b',').remove(0)
}

#[test]
fn a_list_in_a_cell_is_split_by_no_importer() {
    let text = csv("report samples/enterprise-11.4.json --as-of 2027-01-01T00:00Z", &["--fields", "id,includes,apps"]);
    let lists: Vec<_> = rows(&text, b',').into_iter().skip(1).flat_map(|row| row[1..].to_vec()).collect();
    assert!(lists.iter().any(|list| list.contains(" / ")), "{lists:?}");
    assert!(lists.iter().all(|list| !list.contains([';', '\t', ',', '|'])), "{lists:?}");
}

#[test]
fn reasons_stand_in_the_csv_of_diff() {
    let line = "diff samples/renewed-11.1.json samples/faulty.json --as-of 2027-01-01T00:00Z";
    let json = seatline(&line.split(' ').chain(["-f", "json", "-q"]).collect::<Vec<_>>()).json();
    let cells: Vec<_> = rows(&csv(line, &[]), b',').into_iter().flatten().collect();
    let findings = json["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    for finding in findings {
        let message = finding["message"].as_str().unwrap();
        assert!(cells.iter().any(|cell| cell.contains(message)), "{message}");
    }
}

#[test]
fn reasons_name_the_zone_of_their_times() {
    let line = "diff samples/renewed-11.1.json samples/faulty.json --as-of 2027-01-01T00:00Z";
    let last = |more: &[&str]| {
        rows(&csv(line, more), b',').into_iter().flatten().filter(|cell| cell.contains("(times in Asia/Tokyo)")).count()
    };
    assert!(last(&["--tz", "Asia/Tokyo"]) > 0 && last(&[]) == 0);
}

#[test]
fn excel_is_for_csv() {
    for line in COMMANDS {
        let arguments: Vec<_> = line.split(' ').chain(["-f", "json", "--excel"]).collect();
        let run = seatline(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains("--excel is for the format csv"), "{}", run.stderr);
        let file = tempfile::tempdir().unwrap();
        let path = file.path().join("x.csv");
        let arguments: Vec<_> =
            line.split(' ').chain(["--excel=semicolon", "-q", "-o", path.to_str().unwrap()]).collect();
        let run = command(&arguments).output().unwrap();
        assert!(run.status.code().unwrap() < 2, "{arguments:?}: {run:?}");
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("\u{feff}\""), "the ending chooses the format");
    }
}

#[test]
fn nothing_arrives_in_excel_as_something_else() {
    let file = tempfile::tempdir().unwrap();
    let path = file.path().join("x.json");
    // 02:30 comes twice on that day in Berlin.
    let entry = |id: &str, seats: u64, at: i64| serde_json::json!({"id": id, "maxUsers": seats, "startDate": at});
    let entries = [
        entry("TRUE", 9_007_199_254_740_991, 1_792_888_200_000),
        entry("TRUE", 5, 1_792_891_800_000),
        entry("3. März", 5, 1_792_888_200_500),
    ];
    std::fs::write(&path, serde_json::json!({"MyEsri": {"provision": {"userTypes": entries}}}).to_string()).unwrap();
    let line = format!("timeline {} --as-of 2026-01-01 --tz Europe/Berlin --fields id,at,seats,active", path.display());
    let text = csv(&line, &["--excel=semicolon"]);
    assert_eq!(
        rows(text.trim_start_matches('\u{feff}'), b';').split_off(1),
        [
            ["'TRUE", "2026-10-25 02:30+02:00", "'9007199254740991", "true"],
            ["'TRUE", "2026-10-25 02:30+01:00", "5", "true"],
            ["'3. März", "2026-10-25 02:30:00.500+02:00", "5", "true"],
        ]
    );
}
