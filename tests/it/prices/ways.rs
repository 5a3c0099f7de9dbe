//! Lists of prices as people save them, and lists that cannot be read.

use serde_json::{Value, json};

use super::Files;
use crate::common::{seatline, seatline_with_input, utf16};

const LICENSE: &str = "samples/renewal/new.json";
const AS_OF: &str = "2026-12-01";

fn costs(prices: &str) -> Value {
    let run = seatline(&["report", LICENSE, "--as-of", AS_OF, "--prices", prices, "-f", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{prices}");
    run.json()["licenses"][0]["costs"].clone()
}

#[test]
fn every_way_to_write_a_list_costs_the_same() {
    let files = Files::new();
    let plain = "kind,id,unitPrice,currency,period,validFrom\nuserType,creatorUT,640.50,EUR,year,\n\
                 userType,viewerUT,9.99,USD,month,2026-01-01\nuserType,viewerUT,11.00,USD,month,2027-01-01\n";
    let german = plain.replace(',', ";").replace("640.50", "640,50").replace("9.99", "9,99").replace("11.00", "11,00");
    let ways: Vec<Vec<u8>> = vec![
        plain.into(),
        format!("\u{feff}{plain}").into(),
        utf16(plain),
        utf16(&german.replace('\n', "\r\n")),
        plain.replace(',', "\t").into(),
        plain.replace(',', "|").into(),
        plain.replace(',', ";").into(),
        german.clone().into(),
        format!("sep=;\r\n{german}").into(),
        format!("#TYPE System.Object\r\n{}", plain.replace('\n', "\r\n")).into(),
        format!("\n\n{plain}\n,,,,,\n").into(),
        plain.replace("EUR", "eur").replace("year", "Year").replace("kind,id", "Kind, ID ").into(),
        "period,validFrom,currency,unitPrice,id,kind\nyear,,EUR,640.50,creatorUT,userType\n\
         month,2027-01-01,USD,\"11.00\",viewerUT,userType\n\"month\",2026-01-01T00:00:00Z,USD,9.99,viewerUT,userType\n"
            .into(),
    ];
    for way in ways {
        let path = files.add("prices.csv", &way);
        let costs = costs(&path);
        let text = String::from_utf8_lossy(&way);
        let sums = json!([
            {"currency": "EUR", "period": "year", "owned": {"cost": "76860.00", "certain": true},
             "old": null, "delta": null, "unassigned": null, "trueUp": null, "trueUpCertainly": null},
            {"currency": "USD", "period": "month", "owned": {"cost": "2997.00", "certain": true},
             "old": null, "delta": null, "unassigned": null, "trueUp": null, "trueUpCertainly": null},
        ]);
        assert_eq!(costs["sums"], sums, "{text}");
        let without: Vec<_> = costs["withoutPrice"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
        assert_eq!(without, ["GISProfessionalStdUT"], "{text}");
        assert_eq!(costs["notes"], json!([]), "{text}");
    }
}

#[test]
fn a_list_comes_from_standard_input_too_but_only_once() {
    let list = b"kind,id,unitPrice,currency,period\nuserType,creatorUT,2,EUR,once\n";
    let run = seatline_with_input(&["report", LICENSE, "--as-of", AS_OF, "--prices", "-", "-f", "json"], list);
    assert_eq!(run.json()["licenses"][0]["costs"]["sums"][0]["owned"]["cost"], "240", "{run:?}");
    for arguments in [
        &["report", "-", "--prices", "-"][..],
        &["fit", "-", "--usage", LICENSE, "--prices", "-"],
        &["diff", LICENSE, "-", "--prices", "-"],
        &["preflight", "-", "--nobody-yet", "--prices", "-"],
    ] {
        let run = seatline_with_input(arguments, list);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("standard input (-) can be read only once"), "{run:?}");
    }
}

/// Every command reports a bad list in the same way: an unreadable list is exit 3, two prices for one item and day are
/// exit 2.
#[test]
fn every_command_says_what_is_wrong() {
    let files = Files::new();
    let header = "kind,id,unitPrice,currency,period\n";
    let twice = format!("{header}userType,creatorUT,1,EUR,year\napp,x,1,EUR,year\nuserType,creatorUT,2,EUR,year\n");
    for (text, code, says) in [
        (
            twice.as_str(),
            2,
            "prices.csv:4:1: two prices for the user type creatorUT without validFrom: line 2 says 1 EUR a year, line 4 says 2 EUR a year",
        ),
        (
            &format!("{header}userType,creatorUT,one,EUR,year\n"),
            3,
            "prices.csv:2:20: unitPrice is to be an amount for one seat, and is \"one\"",
        ),
        ("{}", 3, "the first line is to name"),
        ("", 3, "the first line is to name"),
    ] {
        let prices = files.add("prices.csv", text);
        for arguments in [
            &["report", LICENSE][..],
            &["report", LICENSE, "-f", "csv"],
            &["fit", LICENSE, "--usage", "samples/renewal/members.csv"],
            &["diff", "samples/renewal/old.json", LICENSE],
            &["preflight", LICENSE, "--over", "samples/renewal/old.json"],
        ] {
            let arguments = [arguments, &["--as-of", AS_OF, "--prices", &prices]].concat();
            let run = seatline(&arguments);
            assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{arguments:?} {run:?}");
            assert!(run.stderr.contains(says), "{arguments:?} {run:?}");
            if !arguments.contains(&"csv") {
                let run = seatline(&[&arguments[..], &["-f", "json"]].concat());
                assert_eq!(run.code, code, "{run:?}");
                assert_eq!(run.stdout.is_empty(), code == 2, "{run:?}");
                assert!(
                    code == 2 || run.json()["failures"][0]["source"].as_str().unwrap().contains("prices.csv"),
                    "{run:?}"
                );
            }
        }
    }
    let run = seatline(&["report", LICENSE, "--prices", "nowhere.csv"]);
    assert_eq!(run.code, 3, "{run:?}");
}

#[test]
fn a_list_is_not_written_over() {
    let files = Files::new();
    let prices = files.add("prices.csv", "kind,id,unitPrice,currency,period\n");
    for arguments in [
        &["report", LICENSE][..],
        &["fit", LICENSE, "--usage", "samples/renewal/members.csv"],
        &["diff", "samples/renewal/old.json", LICENSE],
        &["preflight", LICENSE, "--over", "samples/renewal/old.json"],
    ] {
        let run = seatline(&[arguments, &["--prices", &prices, "-o", &prices]].concat());
        assert_eq!(run.code, 2, "{run:?}");
    }
    assert_eq!(std::fs::read_to_string(&prices).unwrap(), "kind,id,unitPrice,currency,period\n");
}
