//! A certain shortage is told where more seats are perhaps missing on another day.

use serde_json::{Value, json};

use super::Files;
use crate::common::seatline;
use crate::workbook::book::{Book, Cell};

/// 7 members have an app of 5 seats, and for a month nobody can read how many there are.
fn files() -> (Files, [String; 4]) {
    let files = Files::new();
    let entry = |id: &str, seats: Value, at: i64| json!({"id": id, "maxUsers": seats, "startDate": at});
    let (begin, doubt, again) = (1_767_225_600_000, 1_801_440_000_000, 1_803_859_200_000);
    let apps = [
        entry("arcgisprodesktop", json!(5), begin),
        entry("arcgisprodesktop", json!("x"), doubt),
        entry("arcgisprodesktop", json!(5), again),
        entry("tracker", json!(1), begin),
    ];
    let types = [entry("creatorUT", json!(20), begin)];
    let license = json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": types, "apps": apps}}});
    let new = files.add("new.json", license.to_string());
    let apps = format!("app={}", files.add("apps.csv", "key,count\narcgisprodesktop,7\ntracker,3\n"));
    let members = files.add("members.csv", "username,userLicenseTypeId,role\na,creatorUT,org_admin\n");
    let lines =
        "app,arcgisprodesktop,10,EUR,year,\napp,arcgisprodesktop,12.50,EUR,year,2027-02-01\napp,tracker,3,EUR,year,\n";
    let prices = files.add("prices.csv", format!("kind,id,unitPrice,currency,period,validFrom\n{lines}"));
    (files, [new, apps, members, prices])
}

fn run(command: &str, [new, apps, members, prices]: &[String; 4], format: &str) -> (String, String) {
    let policy: &[&str] = if command == "fit" { &[] } else { &["--no-policy"] };
    let inputs = [command, new, "--usage", apps, "--usage", members, "--prices", prices];
    let run = seatline(&[&inputs[..], policy, &["--as-of", "2026-11-30", "--width", "200", "-f", format]].concat());
    assert_eq!(run.code, 1, "{run:?}");
    (run.stdout, run.stderr)
}

#[test]
fn json_has_both() {
    let (_files, inputs) = files();
    for command in ["fit", "preflight"] {
        let answer: Value = serde_json::from_str(&run(command, &inputs, "json").0).unwrap();
        let items = answer["costs"]["items"].as_array().unwrap();
        let of = |member: &str| {
            let found = items.iter().filter(|item| item["id"] == "arcgisprodesktop" && !item[member].is_null());
            found.map(|item| (item["price"]["amount"].clone(), item[member].clone())).collect::<Vec<_>>()
        };
        let cost = |at: &str, seats: u64, cost: &str, certain: bool| json!({"at": at, "seats": seats, "cost": cost, "certain": certain});
        assert_eq!(of("trueUp"), [(json!("12.50"), cost("2027-02-01T00:00:00Z", 7, "87.50", false))], "{command}");
        assert_eq!(of("trueUpCertainly"), [(json!("10"), cost("2026-11-30T00:00:00Z", 2, "20", true))], "{command}");
        let [sum] = answer["costs"]["sums"].as_array().unwrap().as_slice() else { panic!("{command}: {answer:#}") };
        assert_eq!(sum["trueUp"], json!({"cost": "93.50", "certain": false}), "{command}");
        assert_eq!(sum["trueUpCertainly"], json!({"cost": "26", "certain": true}), "{command}");
    }
}

#[test]
fn every_format_says_what_is_certain() {
    let (files, inputs) = files();
    let said =
        "certainly missing seats cost 26 EUR a year, which includes 2 seats of arcgisprodesktop from 2026-11-30 00:00";
    for (command, format) in [
        ("fit", "table"),
        ("fit", "markdown"),
        ("fit", "html"),
        ("fit", "csv"),
        ("preflight", "table"),
        ("preflight", "markdown"),
        ("preflight", "html"),
        ("preflight", "mail"),
        ("preflight", "csv"),
    ] {
        let (stdout, stderr) = run(command, &inputs, format);
        let text = format!("{stdout}{stderr}").replace('`', "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(said), "{command} {format}: {text}");
    }
    let [new, apps, members, prices] = &inputs;
    let book = files.path("fit.xlsx");
    let inputs = ["fit", new, "--usage", apps, "--usage", members, "--prices", prices, "--as-of", "2026-11-30", "-o"];
    seatline(&[&inputs[..], &[book.to_str().unwrap()]].concat());
    let book = Book::read(&std::fs::read(book).unwrap());
    assert!(book.cells("Prices").iter().any(|row| row[0] == Cell::Text(said.to_owned())), "{:?}", book.cells("Prices"));
}

/// What has no price is in no sum, and its certain shortage is told all the same.
#[test]
fn without_a_price_the_seats_are_told() {
    let (files, [new, apps, members, _]) = files();
    let prices = files.add("none.csv", "kind,id,unitPrice,currency,period\napp,tracker,3,EUR,year\n");
    let (text, _) = run("fit", &[new, apps, members, prices], "table");
    assert!(
        text.contains("in no true-up, because they have no price: 7 seats ? of arcgisprodesktop (certainly 2)"),
        "{text}"
    );
    // The rest of the true-up is certain, which needs no words.
    assert!(!text.contains("certainly missing seats"), "{text}");
}

#[test]
fn seats_that_lack_before_their_price_begins_are_in_no_true_up() {
    let (files, [new, apps, members, _]) = files();
    let lines = "app,arcgisprodesktop,12.50,EUR,year,2027-02-01\n";
    let prices = files.add("later.csv", format!("kind,id,unitPrice,currency,period,validFrom\n{lines}"));
    for command in ["fit", "preflight"] {
        let text = run(command, &[new.clone(), apps.clone(), members.clone(), prices.clone()], "table").0;
        let told = "2 seats of arcgisprodesktop, certainly missing before their price begins";
        assert!(crate::common::words(&text).contains(told), "{command}: {text}");
    }
}

#[test]
fn what_lacks_after_the_license_ends_is_told_beside_the_true_up() {
    let files = Files::new();
    let entry = |seats: u64, at: i64| json!({"id": "creatorUT", "maxUsers": seats, "startDate": at});
    let types = [entry(1, 1_767_225_600_000), entry(0, 1_801_440_000_000)];
    let new =
        files.add("new.json", json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": types}}}).to_string());
    let members = "username,userLicenseTypeId,role\na,creatorUT,org_admin\nb,creatorUT,org_user\n";
    let members = files.add("members.csv", members);
    let prices = files.add("prices.csv", "kind,id,unitPrice,currency,period\nuserType,creatorUT,10,EUR,year\n");
    let fit = ["fit", &new, "--usage", &members, "--prices", &prices, "--as-of", "2026-11-30"];
    let note = "some seats are missing because the license ends";
    assert!(!seatline(&fit).words().contains(note), "{:?}", seatline(&fit));
    assert!(seatline(&[&fit[..], &["--until", "2027-06-01"]].concat()).words().contains(note));
}
