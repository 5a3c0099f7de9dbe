//! Dates that may mean "never", and the licenses of Kubernetes.

use serde_json::{Value, json};

use crate::common::{Run, seatline, seatline_with_input};
use crate::inputs::fixture;

const DAY: [&str; 2] = ["--as-of", "2026-06-01"];

fn item<'r>(report: &'r Value, id: &str) -> &'r Value {
    report["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{id}: {report}"))
}

fn diff(old: &Value, new: &str) -> Run {
    let run = seatline_with_input(&[&["diff", "-", new, "-f", "json"][..], &DAY].concat(), old.to_string().as_bytes());
    assert!(run.code <= 1, "{run:?}");
    run
}

#[test]
fn a_resource_that_never_expires_is_compared() {
    let path = fixture("res-perpetual-32503680000000.json");
    let run = seatline(&[&["diff", &path, &fixture("new-11.5-advediting.json"), "-f", "json"][..], &DAY].concat());
    let report = run.json();
    let creator = item(&report, "creatorUT");
    assert_eq!((&creator["old"], &creator["oldEnd"]), (&json!(20), &Value::Null), "{creator}");
    assert_eq!(creator["oldCertainUntil"], Value::Null, "{creator}");
}

#[test]
fn every_way_to_say_never_is_understood() {
    let new = fixture("new-11.5-advediting.json");
    let resource = |expiration: Value, more: Value| {
        let mut entry = json!({"id": "creatorUT", "maximumRegisteredMembers": 20, "currentRegisteredMembers": 20});
        if expiration != json!("missing") {
            entry["expiration"] = expiration;
        }
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"currentRegisteredMembers": 20, "maximumRegisteredMembers": 20, "version": "10.9.1", "userTypes": [entry]})
    };
    let never = [
        json!(-1),
        json!(0),
        json!(null),
        json!(4_102_444_800_000_i64),
        json!(253_402_300_800_000_i64),
        json!(u64::MAX),
        json!("32503680000000"),
    ];
    let mut cases: Vec<_> = never.into_iter().map(|value| (resource(value, json!({})), true)).collect();
    cases.push((resource(json!(1_801_396_800_000_i64), json!({"canExpire": false})), true));
    cases.push((resource(json!("missing"), json!({"canExpire": false})), true));
    cases.push((resource(json!("missing"), json!({})), false));
    cases.push((resource(json!("soon"), json!({})), false));
    cases.push((resource(json!(1), json!({})), false));
    cases.push((resource(json!(-2), json!({})), false));
    for (old, known) in cases {
        let report = diff(&old, &new).json();
        let creator = item(&report, "creatorUT");
        assert_eq!(creator["oldCertainUntil"].is_null(), known, "{old}: {creator}");
        assert_eq!(creator["oldEnd"], Value::Null, "{old}: {creator}");
    }
}

#[test]
fn a_license_date_after_2100_is_read_as_it_stands_and_told() {
    let path = fixture("perpetual-end-3000.json");
    let run = seatline(&[&["report", &path, "-f", "json"][..], &DAY].concat());
    assert_eq!(run.code, 0, "{run:?}");
    let license = &run.json()["licenses"][0];
    let items = license["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["certain"] == true), "{items:?}");
    assert!(items.iter().any(|item| item["endsAt"].as_str().is_some_and(|end| end.starts_with("3000-"))), "{items:?}");
    let findings = license["findings"].as_array().unwrap();
    assert!(!findings.is_empty() && findings.iter().all(|one| one["severity"] == "info"), "{findings:?}");
    assert!(findings[0]["message"].as_str().unwrap().contains("may mean that there is no end"), "{findings:?}");
}

#[test]
fn capabilities_may_have_ends_that_are_far_missing_or_unreadable() {
    let run = seatline(&[&["report", &fixture("cap-far-end.json"), "-f", "json"][..], &DAY].concat());
    let report = run.json();
    for (id, status, certain, start) in [
        ("indoors", "active", true, "2018-11-20T00:00:00Z"),
        ("geobim", "active", true, "2018-11-20T00:00:00Z"),
        ("locsharing", "active", true, "2018-11-20T00:00:00Z"),
    ] {
        let one = item(&report["licenses"][0], id);
        assert_eq!((&one["status"], &one["certain"]), (&json!(status), &json!(certain)), "{one}");
        assert_eq!(one["since"], start, "{one}");
    }
    assert_eq!(item(&report["licenses"][0], "indoors")["endsAt"], "3000-01-01T00:00:00Z");
    assert_eq!(item(&report["licenses"][0], "arcgisips")["certain"], false);
}

#[test]
fn a_future_license_with_nothing_in_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("future.json");
    let resource = "samples/stories/license-resource-11.1.json";
    for future in [
        json!({"userTypes": [], "appBundles": [], "extensions": [], "apps": []}),
        json!({"userTypes": [], "appBundles": [], "apps": []}),
    ] {
        std::fs::write(&path, future.to_string()).unwrap();
        let run = seatline(
            &[&["diff", resource, "samples/renewed-11.1.json", "--future", path.to_str().unwrap()][..], &DAY].concat(),
        );
        assert!(run.code <= 1, "{run:?}");
    }
    std::fs::write(&path, json!({"userTypes": []}).to_string()).unwrap();
    let run = seatline(&["diff", resource, "samples/renewed-11.1.json", "--future", path.to_str().unwrap()]);
    assert_eq!(run.code, 3, "an administrator list: {run:?}");
}

#[test]
fn a_future_entitlement_of_nothing_that_never_begins_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("future.json");
    let entry = |date: i64| json!({"id": "creatorUT", "maximumRegisteredMembers": 0, "startDate": date});
    std::fs::write(&path, json!({"userTypes": [entry(-1)], "apps": []}).to_string()).unwrap();
    let run = seatline(
        &[
            &["diff", &fixture("res-perpetual-32503680000000.json"), &fixture("new-11.5-advediting.json")][..],
            &["--future", path.to_str().unwrap(), "-f", "json"],
            &DAY,
        ]
        .concat(),
    );
    let report = run.json();
    assert_eq!(item(&report, "creatorUT")["oldCertainUntil"], Value::Null, "{report}");
    assert_eq!(item(&report, "creatorUT")["oldEnd"], Value::Null, "{report}");
}

#[test]
fn the_license_of_an_organization_on_kubernetes_is_a_license_resource() {
    let path = fixture("k8s-org-license-11.2.json");
    let run = seatline(
        &[&["diff", &path, &fixture("new-11.5-advediting.json"), "-f", "json"][..], &["--as-of", "2024-06-01"]]
            .concat(),
    );
    assert!(run.code <= 1, "{run:?}");
    assert!(
        run.stderr.contains(
            "not compared: ArcGIS GIS Server Advanced (esriServerLicenseAdvanced), 4 cores, ends 2024-10-16T00:00:00Z"
        ),
        "{}",
        run.stderr
    );
    assert!(run.json()["items"].as_array().unwrap().iter().all(|one| one["kind"] != "capability"), "{}", run.stdout);
    let run =
        seatline(&[&["fit", &fixture("new-11.5-advediting.json"), "--usage", &path, "-f", "json"][..], &DAY].concat());
    let report = run.json();
    assert_eq!(
        (item(&report, "creatorUT")["assigned"].as_u64(), item(&report, "viewerUT")["assigned"].as_u64()),
        (Some(20), Some(10))
    );
    assert_eq!(item(&report, "advediting")["assigned"], Value::Null, "nobody counted it");
}

#[test]
fn the_license_of_the_system_on_kubernetes_tells_what_it_does_not_have() {
    let path = fixture("k8s-licenses-11.2.json");
    let new = fixture("new-11.5-advediting.json");
    let run = seatline(&[&["diff", &path, &new][..], &["--as-of", "2024-06-01"]].concat());
    assert!(run.code <= 1, "{run:?}");
    assert!(run.stderr.contains("user types, app bundles, apps are not in it"), "{}", run.stderr);
    let run = seatline(&[&["fit", &new, "--usage", &path][..], &DAY].concat());
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("it counts nothing"), "{}", run.stderr);
}

#[test]
fn a_server_license_may_be_named_by_its_id() {
    let old = json!({"licenseManagerInfo": {"hostname": "h", "port": 1}, "extensions": [],
        "capabilities": {"features": [{"id": "esriServer", "canExpire": false, "expiration": -1}, {"x": 1}, 7]}});
    let run = diff(&old, &fixture("new-11.5-advediting.json"));
    assert!(run.stderr.contains("not compared: esriServer, no end stated, perhaps perpetual"), "{}", run.stderr);
}
