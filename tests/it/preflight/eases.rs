//! An action asks for as many seats as are missing at the worst instant, and says until when and from when on fewer are
//! enough.

use serde_json::{Value, json};

use super::told::{Site, json, sheets, told};
use crate::workbook::book::Cell;

/// Creators with a gap and then nearly enough seats; editors who are short of seats until they have enough again.
fn gaps(site: &Site) -> String {
    let creators = [(100, "2026-01-01"), (0, "2026-12-10"), (90, "2026-12-20"), (0, "2029-12-31")];
    let editors = [(20, "2026-01-01"), (15, "2027-01-01"), (18, "2027-09-01"), (0, "2029-12-31")];
    let of = |id, steps: [(u64, &'static str); 4]| steps.map(|(seats, day)| (id, json!(seats), day));
    site.license("new.json", &[("userTypes", &[of("creatorUT", creators), of("editorUT", editors)].concat())])
}

#[test]
fn what_suffices_later_is_told_beside_the_worst() {
    let site = Site::new();
    let (new, members) = (gaps(&site), site.members(&[("creatorUT", 94), ("editorUT", 18)]));
    let usage = ["--usage", members.as_str()];
    let report = json(&new, &usage);
    let creators = "get 95 seats of Creator (creatorUT) until 2026-12-20 00:00 and 5 from then on, up to 2 fewer if as many \
                    members are moved, or 94 members are locked out";
    let by_cause = |cause: &str| {
        let actions = report["actions"].as_array().unwrap().iter();
        actions.filter(|action| action["cause"] == cause).collect::<Vec<_>>()
    };
    let shortages = by_cause("shortage");
    let to_do: Vec<_> = shortages.iter().map(|action| action["toDo"].as_str().unwrap()).collect();
    // The editors have spare seats only at first.
    assert_eq!(to_do[0], creators.replace(", up to 2 fewer if as many members are moved", ""));
    assert_eq!(to_do[1], "get 3 seats of Contributor (editorUT) until 2027-09-01 00:00, or 18 members are locked out");
    let step = |day: &str, seats: u64, short: u64| json!({"at": format!("{day}T00:00:00Z"), "assigned": 95, "planned": 0, "old": null, "seats": seats, "short": short, "lockedOut": 94, "lockedOutCertainly": 94});
    let course = json!([step("2026-12-10", 0, 95), step("2026-12-20", 90, 5)]);
    assert_eq!(shortages[0]["items"][0]["course"], course, "{report:#}");
    for (format, seats) in [("table", "0 seats"), ("markdown", "0 seats"), ("mail", "0 in the file")] {
        let text = told(format, &new, &usage);
        let locked_out = if format == "mail" { "" } else { ", 94 locked out" };
        let item = format!("95 assigned, {seats}, 95 short{locked_out}, from 2026-12-20 00:00 5 short");
        assert!(text.contains(to_do[0]) && text.contains(&item), "{format}: {item} {text}");
    }
    let rows = sheets(&new, &usage).table("Actions");
    let row = rows.iter().find(|row| row["Cause"] == Cell::Text("shortage".into())).unwrap();
    let number = |number: u32| Cell::Number(number.into());
    assert_eq!((&row["Short"], &row["Short from then"]), (&number(95), &number(5)));
    assert_eq!(row["Less from"], Cell::date("2026-12-20T00:00:00Z"));
}

/// For several items the message says from when on one of them needs fewer seats.
#[test]
fn of_several_items_the_sum_is_told() {
    let site = Site::new();
    let members = site.members(&[("creatorUT", 9), ("editorUT", 18)]);
    let of = |id, steps: &[(u64, &'static str)]| {
        steps.iter().map(|(seats, day)| (id, json!(seats), *day)).collect::<Vec<_>>()
    };
    let creators = of("creatorUT", &[(10, "2026-01-01"), (4, "2027-01-01"), (8, "2027-06-01"), (0, "2029-12-31")]);
    let to_do = |editors: &[(u64, &'static str)]| {
        let editors = of("editorUT", editors);
        let new = site.license("new.json", &[("userTypes", &[creators.clone(), editors].concat())]);
        json(&new, &["--usage", &members])["actions"][0]["toDo"].as_str().unwrap().to_owned()
    };
    // Short by 6 and 3, then 2 and 3, then 2 and none.
    let editors = [(20, "2026-01-01"), (15, "2027-01-01"), (18, "2027-09-01"), (0, "2029-12-31")];
    let words =
        "get 9 seats of 2 user types until 2027-06-01 00:00 and at most 5 from then on, or 27 members are locked out";
    assert_eq!(to_do(&editors), words);
    // Short by 6 and 3, then 2 and 9, then 2 and at most 5.
    let editors = [
        (20, "2026-01-01"),
        (15, "2027-01-01"),
        (9, "2027-07-01"),
        (16, "2027-09-01"),
        (13, "2028-01-01"),
        (0, "2029-12-31"),
    ];
    let words = "get 9 seats of 2 user types, 15 in all by 2027-07-01 00:00 (not all at once: see each) and at most 7 from 2027-09-01 00:00 on, or 27 members are locked out";
    assert_eq!(to_do(&editors), words);
}

/// The first action of a license with these creators, who are 18 members.
fn first(creators: &[(Value, &str)], rest: &[&str]) -> Value {
    let site = Site::new();
    let members = site.members(&[("creatorUT", 17)]);
    let entries: Vec<_> = creators.iter().map(|(seats, day)| ("creatorUT", seats.clone(), *day)).collect();
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let report = json(&new, &[&["--usage", members.as_str()], rest].concat());
    report["actions"][0].clone()
}

/// Whoever follows the action has enough seats on every day, not only on the first day and the worst one.
#[test]
fn every_day_on_which_more_seats_lack_is_told() {
    let steps = [(17, "2027-01-10"), (9, "2027-03-01"), (8, "2027-10-01")];
    let creators = |last: &[(u64, &'static str)]| {
        let steps = [(20, "2026-01-01")].into_iter().chain(steps).chain(last.iter().copied());
        steps.chain([(0, "2035-12-31")]).map(|(seats, day)| (json!(seats), day)).collect::<Vec<_>>()
    };
    let action = first(&creators(&[]), &[]);
    let words = "get 1 seat of Creator (creatorUT), 9 by 2027-03-01 00:00, 10 in all by 2027-10-01 00:00, or 17 members are \
                 locked out";
    assert_eq!(action["toDo"], words);
    let item = "1 short, 17 locked out, from 2027-03-01 00:00 9 short, worst from 2027-10-01 00:00: 8 seats, 10 short";
    assert!(action["message"].as_str().unwrap().contains(item), "{action:#}");
    // Of many days the message names the first two and the last.
    let action = first(&creators(&[(7, "2028-01-01"), (6, "2029-01-01")]), &[]);
    let words = "get 1 seat of Creator (creatorUT), 9 by 2027-03-01 00:00, 10 by 2027-10-01 00:00, and so on, 12 \
                 in all by 2029-01-01 00:00, or 17 members are locked out";
    assert_eq!(action["toDo"], words);
}

/// Where the number of seats after the trouble is uncertain, the message does not say that fewer are enough.
#[test]
fn a_doubt_does_not_end_a_shortage() {
    let doubt =
        [(json!(20), "2026-01-01"), (json!(15), "2026-12-10"), (json!("many"), "2026-12-20"), (json!(0), "2035-12-31")];
    let action = first(&doubt, &[]);
    assert_eq!(action["toDo"], "get 3 seats of Creator (creatorUT), or 17 members are locked out");
    let item = &action["items"][0];
    assert_eq!((&item["to"], &item["thenInDoubt"]), (&json!("2026-12-20T00:00:00Z"), &json!(true)));
    assert!(action["message"].as_str().unwrap().contains("until 2026-12-20 00:00, then not certain"), "{action:#}");
    let enough =
        [(json!(20), "2026-01-01"), (json!(15), "2026-12-10"), (json!(20), "2026-12-20"), (json!(0), "2035-12-31")];
    let action = first(&enough, &[]);
    assert_eq!(
        action["toDo"],
        "get 3 seats of Creator (creatorUT) until 2026-12-20 00:00, or 17 members are locked out"
    );
    assert_eq!(action["items"][0]["thenInDoubt"], false);
}

/// Where seats are missing because the license ends, the next license must have them.
#[test]
fn the_end_of_the_license_asks_for_no_seats() {
    let ends = [(json!(20), "2026-01-01"), (json!(15), "2026-12-10"), (json!(0), "2026-12-20")];
    let action = first(&ends, &[]);
    let words = "get 3 seats of Creator (creatorUT), and import the license that follows before this one ends \
                 (2026-12-20 00:00), or 17 members are locked out";
    assert_eq!((&action["toDo"], &action["isLicenseEnd"]), (&json!(words), &json!(false)));
}

/// More members may be locked out while fewer seats are missing, since a plan takes effect.
#[test]
fn the_most_members_are_told_whenever_they_are_locked_out() {
    let site = Site::new();
    let plan = site.write("plan.csv", "kind,id,count,from\nuserType,creatorUT,30,2027-05-01\n");
    let creators = [(18, "2026-01-01"), (17, "2027-03-01"), (2, "2027-04-01"), (46, "2027-05-01"), (0, "2035-12-31")];
    let creators: Vec<_> = creators.map(|(seats, day)| (json!(seats), day)).into();
    let action = first(&creators, &["--plan", &plan]);
    let words = "get 1 seat of Creator (creatorUT), 16 in all by 2027-04-01 00:00 and 2 from 2027-05-01 00:00 on, or 17 members \
                 are locked out, and perhaps 30 more by 2027-05-01 00:00";
    assert_eq!(action["toDo"], words);
    let course = action["items"][0]["course"].as_array().unwrap().last().unwrap();
    assert_eq!((&course["lockedOut"], &course["lockedOutCertainly"]), (&json!(47), &json!(17)));
}
