//! The JSON of every answer is read back by the library, and written again it is the same.

use seatline::{
    AdminsReport, CheckReport, DiffReport, FitReport, MovesReport, PreflightReport, Report, TimelineReport, WhyReport,
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

#[test]
fn json_of_another_form_is_refused() {
    let mut json = seatline(&["report", "samples/portal-10.8.json", "--as-of", "2019-01-01", "-f", "json"]).json();
    json["schema"] = json!("seatline/report/v2");
    let error = of_command("report", &json).unwrap_err().to_string();
    assert!(error.contains("seatline/report/v2") && error.contains("seatline/report/v1"), "{error}");
}
