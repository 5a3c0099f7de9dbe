//! The notes beside costs: which items a sum leaves out, which day a cost is of, and why nothing has a price.

use serde_json::{Value, json};

use super::Files;
use crate::common::{Run, seatline, words};

const HEADER: &str = "kind,id,unitPrice,currency,period,validFrom\n";
const AS_OF: &str = "2026-06-01";
/// 2026-01-01, 2026-09-01 and 2031-01-01.
const BEGIN: u64 = 1_767_225_600_000;
const LATER: u64 = 1_788_220_800_000;
const END: u64 = 1_925_078_400_000;

/// A license with these seats from the beginning to the end: list, id, seats, and the seats from September 2026 on.
fn license(items: &[(&str, &str, u64, u64)]) -> String {
    let mut provision = serde_json::Map::new();
    for (list, id, seats, later) in items {
        let entry = |seats: u64, at: u64| json!({"id": id, "maxUsers": seats, "startDate": at});
        let entries = provision.entry(*list).or_insert_with(|| json!([])).as_array_mut().unwrap();
        entries.extend([entry(*seats, BEGIN), entry(*later, LATER), entry(0, END)]);
    }
    json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string()
}

/// The license resource of a portal, with user types only.
fn resource(seats: u64, assigned: u64) -> String {
    json!({"version": "11.4", "currentRegisteredMembers": assigned, "maximumRegisteredMembers": seats, "userTypes": [{
        "id": "creatorUT", "maximumRegisteredMembers": seats, "currentRegisteredMembers": assigned, "expiration": END,
    }]})
    .to_string()
}

fn ran(arguments: &[&str], more: &[&str]) -> Run {
    seatline(&[arguments, &["--as-of", AS_OF], more].concat())
}

fn costs(arguments: &[&str]) -> Value {
    ran(arguments, &["-f", "json"]).json()["costs"].clone()
}

fn item<'c>(costs: &'c Value, id: &str) -> &'c Value {
    let lists = ["items", "withoutPrice"].map(|list| costs[list].as_array().unwrap());
    lists.into_iter().flatten().find(|item| item["id"] == id).unwrap()
}

fn notes(costs: &Value) -> Vec<&str> {
    costs["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect()
}

const ITEMS: [(&str, &str, u64, u64); 4] = [
    ("userTypes", "creatorUT", 30, 10),
    ("userTypes", "viewerUT", 20, 20),
    ("apps", "tracker", 7, 7),
    ("extensions", "network", 4, 4),
];

const PRICES: &str = "userType,creatorUT,3,EUR,year,\nuserType,creatorUT,5,EUR,year,2026-08-01\nextension,network,11,EUR,year,\n\
                      app,tracker,13,USD,year,\n";

#[test]
fn what_the_old_license_does_not_tell_is_not_0() {
    let files = Files::new();
    let [old, new] =
        [("old.json", resource(40, 5)), ("new.json", license(&ITEMS))].map(|(name, text)| files.add(name, text));
    let prices = files.add("prices.csv", format!("{HEADER}{PRICES}"));
    let diff = ["diff", &old, &new, "--prices", &prices];
    let preflight = ["preflight", &new, "--over", &old, "--no-policy", "--prices", &prices];
    for question in [&diff[..], &preflight] {
        let costs = costs(question);
        for id in ["tracker", "network"] {
            let item = item(&costs, id);
            assert_eq!([&item["old"], &item["delta"]], [&Value::Null, &Value::Null], "{question:?} {id}");
        }
        let creator = item(&costs, "creatorUT");
        assert_eq!(
            (&creator["old"]["cost"], &creator["delta"]["cost"]),
            (&json!("120"), &json!("-30")),
            "{question:?}"
        );
        // The sum of the differences is of the items that have a difference, and the answer names the others.
        let sums: Vec<_> = costs["sums"].as_array().unwrap().iter().map(|sum| sum["delta"]["cost"].clone()).collect();
        assert_eq!(sums, [json!("-30"), Value::Null], "{question:?}");
        let told =
            "the sums of new less old leave out 2 items of which the old license does not tell: network, tracker";
        assert!(notes(&costs).contains(&told), "{question:?} {:?}", notes(&costs));
        for format in ["table", "markdown", "html"] {
            let shown = words(&ran(question, &["-f", format]).stdout).replace('`', "");
            assert!(shown.contains(told), "{question:?} {format}: {shown}");
        }
        assert!(ran(question, &["-f", "csv"]).stderr.contains(&format!("note: {told}\n")), "{question:?}");
    }
    let mail = words(&ran(&preflight, &["-f", "mail"]).stdout);
    assert!(
        mail.contains("the sums of new less old leave out 2 items of which the old license does not tell"),
        "{mail}"
    );
    // A license states every kind, so an item that it does not have has 0 seats.
    let old = files.add("old.json", license(&ITEMS[..1]));
    let costs = costs(&["diff", &old, &new, "--prices", &prices]);
    assert_eq!((&item(&costs, "network")["old"]["seats"], notes(&costs)), (&json!(0), Vec::new()));
}

#[test]
fn a_sum_says_what_nobody_counted() {
    let files = Files::new();
    let new = files.add("new.json", license(&ITEMS));
    let prices = files.add("prices.csv", format!("{HEADER}{PRICES}"));
    let members = files.add("members.csv", "key,count\ncreatorUT,12\nviewerUT,25\n");
    let fit = ["fit", &new, "--usage", &members, "--prices", &prices];
    let told = "the sums of unassigned and of true-up leave out 2 items that nobody counted: network, tracker";
    assert!(notes(&costs(&fit)).contains(&told), "{:?}", notes(&costs(&fit)));
    assert!(words(&ran(&fit, &[]).stdout).contains(told));
}

/// 2 seats of creatorUT are missing from September on, at the price of that day; 5 seats of viewerUT are missing, which have no
/// price.
#[test]
fn a_true_up_says_what_has_no_price_and_which_day_it_is_of() {
    let files = Files::new();
    let (new, old) = (files.add("new.json", license(&ITEMS)), files.add("old.json", license(&ITEMS)));
    let prices = files.add("prices.csv", format!("{HEADER}{PRICES}"));
    let members = files.add("members.csv", "key,count\ncreatorUT,12\nviewerUT,25\n");
    let fit = ["fit", &new, "--usage", &members, "--prices", &prices];
    let preflight = ["preflight", &new, "--over", &old, "--usage", &members, "--no-policy", "--prices", &prices];
    for question in [&fit[..], &preflight] {
        let costs = costs(question);
        assert_eq!(costs["sums"][0]["trueUp"]["cost"], "10", "{question:?}: 2 times 5");
        let told = "in no true-up, because they have no price: 5 seats of viewerUT";
        assert!(notes(&costs).contains(&told), "{question:?} {:?}", notes(&costs));
        for format in ["table", "markdown", "html"] {
            let shown = words(&ran(question, &["-f", format]).stdout).replace('`', "");
            assert!(
                shown.contains(told) && !shown.contains("these costs are of that day"),
                "{question:?} {format}: {shown}"
            );
            for line in [
                "all but the true-up is of that day: seats change later, first on",
                "are missing at one time, on that day or later",
            ] {
                assert!(shown.contains(line), "{question:?} {format}: {line}: {shown}");
            }
        }
    }
    let mail = words(&ran(&preflight, &["-f", "mail"]).stdout);
    assert!(mail.contains("the missing seats, if all that have a price are bought (true-up): 10 EUR a year"), "{mail}");
    assert!(mail.contains("in no true-up, because they have no price: 5 seats of viewerUT"), "{mail}");
    assert!(mail.contains("5 short, no price"), "{mail}");
    // Where everything has a price, the note is missing.
    let prices = files.add("all.csv", format!("{HEADER}{PRICES}userType,viewerUT,2,EUR,year,\n"));
    let preflight = ["preflight", &new, "--over", &old, "--usage", &members, "--no-policy", "--prices", &prices];
    let mail = words(&ran(&preflight, &["-f", "mail"]).stdout);
    assert!(mail.contains("the missing seats, if all are bought (true-up): 20 EUR a year"), "{mail}");
    assert!(!mail.contains("no price") && !mail.contains("have a price"), "{mail}");
}

#[test]
fn where_nothing_lacks_there_is_no_true_up_to_show() {
    let files = Files::new();
    let new = files.add("new.json", license(&ITEMS));
    let prices = files.add("prices.csv", format!("{HEADER}{PRICES}userType,viewerUT,2,USD,month,\n"));
    let [few, many] = [5, 25].map(|viewers| {
        files.add(&format!("members{viewers}.csv"), format!("key,count\ncreatorUT,5\nviewerUT,{viewers}\n"))
    });
    let run = |members: &str, format| ran(&["fit", &new, "--usage", members, "--prices", &prices], &["-f", format]);
    for format in ["table", "markdown", "html"] {
        assert!(!run(&few, format).stdout.contains("true-up"), "{format}");
        assert!(run(&many, format).stdout.contains("true-up"), "{format}");
    }
    assert!(!run(&few, "csv").stderr.contains("true-up:"));
    // In the other currencies nothing is missing, so there is no sum of them.
    assert!(run(&many, "csv").stderr.contains("note: cost, true-up: 10 USD a month\n"), "{:?}", run(&many, "csv"));
}

#[test]
fn seats_that_are_not_certain_are_marked_beside_their_cost() {
    let files = Files::new();
    let entry = |seats: u64, at: u64| json!({"id": "creatorUT", "maxUsers": seats, "startDate": at});
    let entries = [entry(5, BEGIN), entry(9, BEGIN), entry(0, END)];
    let new = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}}});
    let new = files.add("new.json", new.to_string());
    let prices = files.add("prices.csv", format!("{HEADER}{PRICES}"));
    let members = files.add("members.csv", "key,count\ncreatorUT,7\n");
    for format in ["table", "markdown", "html"] {
        let shown = ran(&["fit", &new, "--usage", &members, "--prices", &prices], &["-f", format]).stdout;
        assert!(shown.contains("2 seats ?"), "{format}: {shown}");
    }
}

#[test]
fn each_license_of_a_csv_has_its_own_sums() {
    let files = Files::new();
    let both = format!("{}\n{}\n", license(&ITEMS[..1]), license(&ITEMS[1..]));
    let (both, third) = (files.add("both.jsonl", both), files.add("third.json", license(&ITEMS)));
    let prices = files.add("prices.csv", format!("{HEADER}{PRICES}"));
    let run = ran(&["report", &both, &third, "--prices", &prices], &["-f", "csv"]);
    for line in [
        format!("note: {both}: cost, owned: 90 EUR a year\n"),
        format!("note: {both}, document 2: cost, owned: 44 EUR a year and 91 USD a year\n"),
        format!("note: {third}: cost, owned: 134 EUR a year and 91 USD a year\n"),
    ] {
        assert!(run.stderr.contains(&line), "{line}{}", run.stderr);
    }
    assert!(!run.stderr.contains("note: cost,"), "{}", run.stderr);
}

/// A price for an item that the filter leaves out is no mistake, nor is a price for an id that the catalogue knows.
#[test]
fn nothing_is_suggested_for_what_is_there() {
    let files = Files::new();
    let items = [("userTypes", "creatorUT", 30, 10), ("userTypes", "creatorUU", 20, 20), ("apps", "creatorUU", 1, 1)];
    let new = files.add("new.json", license(&items));
    let prices = files.add("prices.csv", format!("{HEADER}userType,creatorUT,3,EUR,year,\n"));
    let asked: [&[&str]; 4] = [&["--id", "creatorUU"], &["--kind", "app"], &["--status", "active"], &[]];
    for filter in asked {
        for format in ["table", "json"] {
            let run = ran(&[&["report", &new, "--prices", &prices], filter].concat(), &["-f", format]);
            assert!(run.code == 0 && !run.stdout.contains("did you mean"), "{filter:?} {}", run.stdout);
            assert!(!run.stdout.contains("here has the id"), "{filter:?} {}", run.stdout);
        }
    }
    let new = files.add("other.json", license(&[("userTypes", "GISProfessionalStdUT", 5, 5)]));
    let prices = files.add("prices.csv", format!("{HEADER}userType,GISProfessionalAdvUT,3,EUR,year,\n"));
    let run = ran(&["report", &new, "--prices", &prices], &[]);
    assert!(!run.stdout.contains("did you mean"), "{}", run.stdout);
    let prices = files.add("prices.csv", format!("{HEADER}userType,GISProfesionalStdUT,3,EUR,year,\n"));
    let run = ran(&["report", &new, "--prices", &prices], &[]);
    assert!(words(&run.stdout).contains("did you mean GISProfessionalStdUT?"), "{}", run.stdout);
}

#[test]
fn where_nothing_is_priced_the_answer_says_why() {
    let files = Files::new();
    let new = files.add("new.json", license(&ITEMS));
    let list = |name: &str, lines: &str| files.add(name, format!("{HEADER}{lines}"));
    let (empty, other) = (
        list("empty.csv", ""),
        list("other.csv", "userType,other,3,EUR,year,\nuserType,viewerUT,1,EUR,year,2030-01-01\n"),
    );
    let some = list("some.csv", PRICES);
    for (filter, prices, why) in [
        (&[][..], &empty, format!("{empty} names no price")),
        (&[], &other, format!("{other} has no price for any of these items that is valid then")),
        (
            &["--status", "lapsed"],
            &some,
            "there is no user type, app bundle, extension or app among the items".to_owned(),
        ),
    ] {
        let question = [&["report", &new, "--prices", prices], filter].concat();
        let said = format!("nothing is priced: {why}").replace('\\', "");
        for format in ["table", "markdown", "html", "json"] {
            let run = ran(&question, &["-f", format]);
            let shown = words(&run.stdout).replace(['\\', '`'], "");
            assert!(shown.contains(&said), "{filter:?} {format}: {shown}");
            assert!(!shown.contains("these costs are of that day"), "{filter:?} {format}: {shown}");
        }
        assert!(ran(&question, &["-f", "csv"]).stderr.replace('\\', "").contains(&said), "{filter:?}");
    }
    let some = ran(&["report", &new, "--prices", &some], &[]);
    assert!(!some.stdout.contains("nothing is priced"), "{}", some.stdout);
}

/// Like every number in a CSV for Excel in that language.
#[test]
fn a_percentage_is_a_number_of_that_excel() {
    let files = Files::new();
    let new = files.add("new.json", license(&[("userTypes", "creatorUT", 16, 16)]));
    let members = files.add("members.csv", "key,count\ncreatorUT,19\n");
    for (excel, shown) in [("semicolon", ";118,7;"), ("comma", ",118.7,")] {
        let run = ran(&["fit", &new, "--usage", &members], &["-f", "csv", &format!("--excel={excel}")]);
        assert!(run.stdout.contains(shown), "{}", run.stdout);
    }
    let run = ran(&["fit", &new, "--usage", &members], &["-f", "csv"]);
    assert!(run.stdout.contains(",118.7,"), "{}", run.stdout);
}
