//! The published example, instant by instant, for every id.

use crate::common::seatline;
use serde_json::{Value, json};

const START: &str = "2018-11-20T00:00:00Z";
const TRACKER: &str = "2019-01-09T00:00:00Z";
const END: &str = "2020-10-20T20:23:14Z";

fn items(as_of: &str) -> Vec<Value> {
    let run = seatline(&["report", "samples/portal-10.8.json", "--as-of", as_of, "-f", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.json()["licenses"][0]["items"].as_array().unwrap().clone()
}

/// Seats, status, since, endsAt and nextChange, as a reader takes them from the document.
fn expected(id: &str, kind: &str, as_of: &str) -> Value {
    let full = match id {
        "arcgisprodesktop" => 5600,
        _ => 200,
    };
    let start = if id == "tracker" { TRACKER } else { START };
    let seats = |seats: u64| if kind == "capability" { Value::Null } else { seats.into() };
    if as_of < start {
        json!([seats(0), "upcoming", null, END, {"at": start, "seats": seats(full)}])
    } else if as_of < END {
        json!([seats(full), "active", start, END, {"at": END, "seats": seats(0)}])
    } else {
        json!([seats(0), "expired", END, null, null])
    }
}

#[test]
fn every_id_is_right_at_every_instant() {
    for (as_of, sum) in [
        ("2018-11-19T23:59:59.999Z", 0),
        ("2018-11-20T00:00:00Z", 10_200),
        ("2019-01-01T00:00:00Z", 10_200),
        ("2020-10-20T20:23:13Z", 10_400),
        ("2020-10-20T20:23:14Z", 0),
        ("2021-01-01T00:00:00Z", 0),
    ] {
        let items = items(as_of);
        assert_eq!(items.len(), 26, "25 ids with seats and a capability");
        let mut total = 0;
        for item in &items {
            let (id, kind) = (item["id"].as_str().unwrap(), item["kind"].as_str().unwrap());
            let given = json!([item["usableSeats"], item["status"], item["since"], item["endsAt"], item["nextChange"]]);
            assert_eq!(given, expected(id, kind, as_of), "{id} at {as_of}");
            assert_eq!((&item["certain"], &item["certainUntil"]), (&json!(true), &Value::Null), "{id} at {as_of}");
            total += item["usableSeats"].as_u64().unwrap_or(0);
        }
        assert_eq!(total, sum, "{as_of}");
    }
}

#[test]
fn the_tracker_begins_later() {
    let tracker = |as_of| items(as_of).into_iter().find(|item| item["id"] == "tracker").unwrap();
    assert_eq!(tracker("2019-01-08T23:59:59.999Z")["status"], "upcoming");
    assert_eq!(tracker("2019-01-09")["usableSeats"], 200);
}

#[test]
fn the_list_and_the_catalog_agree_on_it() {
    let run = |arguments: &[&str]| {
        let mut all = vec!["report", "samples/portal-10.8.json", "--as-of", "2019-01-01", "-f", "json"];
        all.extend(arguments);
        seatline(&all).json()["licenses"][0].clone()
    };
    let (catalog, list) = (run(&[]), run(&["--admins", "samples/administrators-10.8.json"]));
    let administrators = json!(["creatorUT", "GISProfessionalAdvUT", "GISProfessionalStdUT", "GISProfessionalBasicUT"]);
    assert_eq!(catalog["administrators"], administrators);
    assert_eq!(list["administrators"], administrators);
    assert_eq!(catalog["items"][0]["administrator"], json!({"compatible": "yes", "basis": "catalog"}));
    assert_eq!(list["items"][0]["administrator"], json!({"compatible": "yes", "basis": "list"}));
    assert_eq!(list["items"][4]["administrator"], json!({"compatible": "no", "basis": "list"}));
}

#[test]
fn names_extensions_and_entitlements_come_along() {
    let items = items("2019-01-01");
    let item = |id: &str| items.iter().find(|item| item["id"] == id).unwrap();
    assert_eq!(item("GISProfessionalAdvUT")["includes"], json!(["parcelFabric", "utilityNetwork"]));
    assert_eq!(item("utilityNetwork")["includedBy"], json!(["GISProfessionalAdvUT", "GISProfessionalStdUT"]));
    assert_eq!(item("utilityNetwork")["entitlements"], json!([{"apiName": "utilityNetwork", "num": 200}]));
    assert_eq!(item("viewerUT")["description"], "Viewer (formerly a LV1 user)");
    assert_eq!((&item("viewerUT")["level"], &item("editorUT")["level"]), (&json!("1"), &json!("11")));
    assert_eq!(item("fieldAppsAB")["name"], "Field Apps");
    assert_eq!(item("tracker")["name"], Value::Null);
}
