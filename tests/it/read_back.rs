//! The JSON of every answer is read back by the library, and written again it is the same.

use seatline::for_tests::{Page, admins_table, diff_table, fit_table, moves_table, why_table};
use seatline::{
    AdminsReport, CheckReport, DiffReport, FitReport, Instant, MovesReport, PreflightReport, Report, TimelineReport,
    WhyReport,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::common::seatline;
use crate::snapshots::command_lines;

fn read_back<T: DeserializeOwned + Serialize>(json: &Value) -> Result<Value, serde_json::Error> {
    let answer: T = serde_json::from_value(json.clone())?;
    serde_json::to_value(answer)
}

fn of_command(command: &str, json: &Value) -> Result<Value, serde_json::Error> {
    match command {
        "report" => read_back::<Report>(json),
        "timeline" => read_back::<TimelineReport>(json),
        "admins" => read_back::<AdminsReport>(json),
        "check" => read_back::<CheckReport>(json),
        "diff" => read_back::<DiffReport>(json),
        "fit" => read_back::<FitReport>(json),
        "preflight" => read_back::<PreflightReport>(json),
        "moves" => read_back::<MovesReport>(json),
        "why" => read_back::<WhyReport>(json),
        other => panic!("nobody reads the answer of {other} back"),
    }
}

#[test]
fn every_answer_is_read_back_as_it_was_written() {
    let why = [
        "why creatorUT samples/gap-and-early-end-10.9.json --as-of 2027-01-01",
        "why creatorUT nowhere.json --as-of 2027-01-01",
    ];
    let unread = ["diff nowhere.json samples/renewed-11.1.json", "fit nowhere.json --usage samples/moves/members.csv"];
    let lines: Vec<_> = command_lines().chain(why).chain(unread).collect();
    assert!(lines.len() > 40);
    for line in lines {
        let arguments: Vec<_> = line.split(' ').chain(["-f", "json"]).collect();
        let json = seatline(&arguments).json();
        let again = of_command(arguments[0], &json).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(again, json, "{line}");
    }
}

/// The answer as a table, made of its JSON alone; `None` for commands whose tables need more than their JSON holds: the seats over
/// all time (`report`, `timeline`, `preflight`), or lines of the file (`check`).
fn table(command: &str, json: &Value, page: &Page) -> Option<String> {
    fn read<T: DeserializeOwned>(json: &Value) -> T {
        serde_json::from_value(json.clone()).unwrap()
    }
    Some(match command {
        "admins" => admins_table(&read(json), page),
        "diff" => diff_table(&read(json), page),
        "fit" => fit_table(&read(json), page),
        "moves" => moves_table(&read(json), page),
        "why" => why_table(&read(json), page),
        _ => return None,
    })
}

#[test]
fn the_table_of_an_answer_that_was_read_back_is_that_of_the_command() {
    let mut different = Vec::new();
    let mut read_back = 0;
    for line in command_lines() {
        let run = |format: &str| {
            let arguments: Vec<_> =
                line.split(' ').chain(["-f", format, "--width", "100", "--color", "never"]).collect();
            seatline(&arguments)
        };
        let json = run("json").json();
        let zone = line.split(' ').skip_while(|word| *word != "--tz").nth(1).unwrap_or("UTC");
        let as_of: Instant = serde_json::from_value(json["asOf"].clone()).unwrap();
        let page = Page { zone: zone.parse().unwrap(), as_of, width: Some(100), color: false };
        let command = line.split(' ').next().unwrap();
        let Some(table) = table(command, &json, &page) else { continue };
        read_back += 1;
        let shown = run(if command == "why" { "text" } else { "table" }).stdout;
        if table != shown {
            different.push(format!("{line}\n--- read back\n{table}\n--- shown\n{shown}"));
        }
    }
    assert!(different.is_empty() && read_back > 20, "{read_back} read back; {}", different.join("\n\n"));
}

#[test]
fn json_of_another_form_is_refused() {
    let mut json = seatline(&["report", "samples/portal-10.8.json", "--as-of", "2019-01-01", "-f", "json"]).json();
    json["schema"] = json!("seatline/report/v2");
    let error = of_command("report", &json).unwrap_err().to_string();
    assert!(error.contains("seatline/report/v2") && error.contains("seatline/report/v1"), "{error}");
}
