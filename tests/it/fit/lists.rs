//! Lists that come in pages, and several files about one kind: an incomplete list is refused, never counted.

use serde_json::{Value, json};

use super::files::{Files, assert_refused, assigned, fit, report};

/// A page of members who hold Creator, from number `first` on.
fn page(start: i64, names: &[&str], next: i64, total: i64) -> Value {
    let users: Vec<_> = names
        .iter()
        .map(|name| json!({"username": name, "userLicenseTypeId": "creatorUT", "role": "org_user"}))
        .collect();
    json!({"total": total, "start": start, "num": 2, "nextStart": next, "users": users})
}

fn pages() -> [Value; 3] {
    [page(1, &["a", "b"], 3, 5), page(3, &["c", "d"], 5, 5), page(5, &["e"], -1, 5)]
}

/// Runs on these pages, each in a file of its own, in this order.
fn run(pages: &[Value]) -> crate::common::Run {
    let files = Files::new();
    let license = files.license();
    let write = |(index, page): (usize, &Value)| files.add(&format!("page{index}.json"), page.to_string());
    let paths: Vec<_> = pages.iter().enumerate().map(write).collect();
    let mut arguments = vec!["--usage"];
    arguments.extend(paths.iter().map(String::as_str));
    fit(&license, &arguments)
}

#[test]
fn pages_stand_in_any_order_in_any_number_of_files() {
    let [one, two, three] = pages();
    for order in [[&one, &two, &three], [&three, &two, &one], [&two, &three, &one]] {
        let order = order.map(Value::clone);
        assert_eq!(run(&order).code, 0);
        let files = Files::new();
        let license = files.license();
        // In a row, one a line, spread over files, and in a folder with other documents.
        let together = order.iter().map(|page| format!("{page:#}\n")).collect::<String>();
        let lines = order.iter().map(|page| format!("{page}\n")).collect::<String>();
        let some = format!("{}{}", order[0], order[1]);
        files.add("folder/a.json", &some);
        files.add("folder/b/c.json", order[2].to_string());
        files.add("folder/license.json", std::fs::read(&license).unwrap());
        files.add("folder/admins.json", r#"{"userTypes": [{"id": "creatorUT"}]}"#);
        files.add("folder/notes.txt", "nothing");
        for usage in [
            vec![files.add("together.json", together)],
            vec![files.add("lines.jsonl", lines)],
            vec![files.add("some.json", some), files.add("rest.json", order[2].to_string())],
            vec![files.path("folder").to_str().unwrap().to_owned()],
        ] {
            let arguments: Vec<_> = usage.iter().flat_map(|path| ["--usage", path]).collect();
            let report = report(&license, &arguments);
            assert_eq!((assigned(&report, "creatorUT"), &report["members"]), (json!(5), &json!(5)), "{usage:?}");
        }
    }
}

#[test]
fn a_folder_may_hold_usage_and_more_in_one_file() {
    let files = Files::new();
    let license = files.license();
    let text = std::fs::read_to_string(&license).unwrap();
    files.add("folder/all.jsonl", format!("{text}\n{}\n", page(1, &["a", "b"], -1, 2)));
    assert_eq!(assigned(&report(&license, &["--usage", files.path("folder").to_str().unwrap()]), "creatorUT"), 2);
}

#[test]
fn a_page_that_is_missing_is_an_error() {
    let [one, two, three] = pages();
    assert_refused(&run(&[two.clone(), three.clone()]), &["page0.json", "begins with 3", "begins with 1 is missing"]);
    assert_refused(&run(&[one.clone(), three.clone()]), &["page1.json", "begins with 5", "begins with 3 is missing"]);
    assert_refused(&run(&[one.clone(), two]), &["page1.json", "nextStart is 5", "a page is missing"]);
    assert_refused(&run(std::slice::from_ref(&one)), &["page0.json", "nextStart is 3", "a page is missing"]);
    assert_refused(&run(&[three]), &["page0.json", "begins with 5", "begins with 1 is missing"]);
}

#[test]
fn numbers_that_do_not_fit_the_page_are_an_error() {
    let [one, two, three] = pages();
    for (pages, parts) in [
        (vec![page(1, &["a", "b"], -1, 10)], ["page0.json", "total is 10, and there are 2: a page is missing"]),
        (vec![page(1, &["a", "b"], -1, 1)], ["page0.json", "total is 1, and there are 2"]),
        (vec![page(1, &["a", "b"], -1, -1)], ["page0.json:1:", "total is no whole number"]),
        (vec![page(1, &["a", "b"], -7, 2)], ["page0.json:1:", "nextStart is no whole number"]),
        (vec![page(1, &["a", "b"], 1, 2)], ["page0.json", "nextStart is 1 in a page that begins with 1"]),
        (vec![page(0, &["a", "b"], -1, 2)], ["page0.json", "begins with 0"]),
        (vec![one.clone(), page(3, &["c", "d"], 5, 6), three.clone()], ["page1.json", "total is 6 here, and 5 before"]),
        (vec![one.clone(), two.clone(), three.clone(), page(7, &["z"], -1, 5)], ["page3.json", "after the last one"]),
        (vec![page(1, &["a", "b"], -1, 2), page(3, &["c"], -1, 1)], ["page1.json", "begins with 1 is missing"]),
    ] {
        assert_refused(&run(&pages), &parts);
    }
    let mut odd = one;
    odd["total"] = json!("many");
    assert_refused(&run(&[odd, two, three]), &["page0.json:1:", "total is no whole number", "/total"]);
}

#[test]
fn as_many_as_the_built_in_accounts_may_be_counted_and_not_named() {
    for (total, named) in [(3, vec!["a", "b"]), (9, vec!["a", "b"]), (8, vec!["a", "esri_nav"])] {
        let run = run(&[page(1, &named, -1, total)]);
        let said = format!("the portal counts {} more than it names", total - 2);
        assert!(run.code == 0 && run.stderr.contains(&said), "{run:?}");
    }
    // Where a built-in account is listed, the total counts it, or leaves it out; fewer members are an error.
    assert_refused(&run(&[page(1, &["a", "esri_nav"], -1, 9)]), &["total is 9, and there are 2"]);
    assert_eq!(run(&[page(1, &["a", "esri_nav"], -1, 1)]).code, 0);
}

#[test]
fn numbers_of_pages_may_be_strings_and_an_end_may_be_said_in_other_ways() {
    for end in [json!(-1), json!(0), json!("-1"), json!("0"), json!(-1.0), json!(-0.0), Value::Null] {
        let [one, two, mut three] = pages();
        three["nextStart"] = end;
        let strings = [one, two].map(|mut page| {
            for name in ["total", "start", "nextStart"] {
                page[name] = json!(page[name].to_string());
            }
            page
        });
        let [one, two] = strings;
        assert_eq!(run(&[one, two, three]).code, 0);
    }
}

#[test]
fn a_page_may_repeat_the_last_one_of_the_page_before() {
    let [one, _, _] = pages();
    let (two, three) = (page(2, &["b", "c"], 4, 5), page(3, &["c", "d", "e"], -1, 5));
    assert_eq!(run(&[one.clone(), two.clone(), three]).code, 0);
    assert_refused(&run(&[one, page(2, &["x", "c"], 4, 5)]), &["page1.json", "the list was changed while it was read"]);
}

#[test]
fn a_page_may_lack_some_if_the_next_one_names_those_around_them() {
    // By its numbers the first page has three members, and it names two.
    let one = page(1, &["a", "b"], 4, 5);
    for whole in [
        // The one between was left out of the page, and of the list: a built-in account.
        vec![one.clone(), page(2, &["b", "d", "e"], -1, 5)],
        // It was lost, and comes again.
        vec![one.clone(), page(2, &["b", "c", "d", "e"], -1, 5)],
        // Both members of the page come again.
        vec![one.clone(), page(2, &["a", "b", "d", "e"], -1, 5)],
    ] {
        assert_eq!(run(&whole).code, 0, "{whole:?}");
    }
    // A page that begins with the number that the page before names tells nothing of those between.
    for two in [page(4, &["d", "e"], -1, 5), page(4, &["c", "d", "e"], -1, 5)] {
        let said = [
            "page1.json",
            "nextStart skips 1 on the page before, and no page names them",
            "from 2 on, as `seatline fetch` does",
        ];
        assert_refused(&run(&[one.clone(), two]), &said);
    }
    // Nor does one that begins with somebody else.
    assert_refused(
        &run(&[one.clone(), page(2, &["x", "d", "e"], -1, 5)]),
        &["page1.json", "the page from 2 on does not begin with the one who was last", "fetch it again"],
    );
    // A page that names nobody at all goes on with nothing.
    assert_refused(
        &run(&[page(1, &[], 4, 5), page(4, &["d", "e"], -1, 5)]),
        &["page0.json", "nextStart is 4", "has 0 new ones"],
    );
    // Nobody but the built-in accounts may be counted and not named.
    let all = [page(1, &["a", "b"], 4, 12), page(2, &["b", "d"], -1, 12)];
    assert_refused(&run(&all), &["page1.json", "total is 12, and there are 3: a page is missing"]);
}

#[test]
fn without_a_total_the_starts_must_follow_each_other() {
    let without = |page: Value| {
        let mut page = page;
        page.as_object_mut().unwrap().remove("total");
        page
    };
    let [one, _, three] = pages();
    let short = page(3, &["c"], 5, 5);
    assert_refused(
        &run(&[one, short, three].map(without)),
        &["page1.json", "nextStart is 5, and up to here there are 3"],
    );
    assert_eq!(run(&pages().map(without)).code, 0);
}

#[test]
fn a_page_twice_and_a_member_twice_are_errors() {
    let [one, two, three] = pages();
    assert_refused(
        &run(&[one.clone(), two.clone(), two.clone(), three.clone()]),
        &["page2.json", "page1.json", "each page once"],
    );
    // The list changed between two pages: b moved to the second page, and a member is missing.
    let moved = page(3, &["b", "d"], 5, 5);
    assert_refused(&run(&[one, moved, three]), &["b is there twice", "page0.json to "]);
    assert_refused(&run(&[page(1, &["a", "a"], -1, 2)]), &["page0.json", "a is there twice"]);
}

#[test]
fn counts_come_in_pages_too() {
    let files = Files::new();
    let license = files.license();
    let count = |key: &str, count: Value| json!({"key": key, "count": count});
    let one = json!({"results": [count("creatorUT", json!(2))], "nextStart": 2});
    let two = json!({"results": [count("viewerUT", json!(3))], "start": 2, "nextStart": -1});
    let (first, second) = (files.add("1.json", one.to_string()), files.add("2.json", two.to_string()));
    let report = report(&license, &["--usage", &second, "--usage", &first]);
    assert_eq!([assigned(&report, "creatorUT"), assigned(&report, "viewerUT")], [json!(2), json!(3)]);
    assert_refused(&fit(&license, &["--usage", &first]), &["1.json", "nextStart is 2", "a page is missing"]);
    assert_refused(&fit(&license, &["--usage", &second]), &["2.json", "begins with 1 is missing"]);
    let twice = json!({"results": [count("creatorUT", json!(2)), count("creatorUT", json!(2))], "nextStart": -1});
    assert_refused(&fit(&license, &["--usage", &files.add("3.json", twice.to_string())]), &["3.json", "counted twice"]);
    for (value, expected) in [(json!("2"), 2), (json!(2.0), 2)] {
        let page = json!({"results": [count("creatorUT", value)], "nextStart": -1});
        let path = files.add("4.json", page.to_string());
        assert_eq!(assigned(&super::files::report(&license, &["--usage", &path]), "creatorUT"), expected);
    }
    for value in [json!(-1), Value::Null, json!(1.5), json!("many"), json!({"n": 1}), json!(1e300)] {
        let page = json!({"results": [count("creatorUT", value)], "nextStart": -1});
        let path = files.add("5.json", page.to_string());
        assert_refused(&fit(&license, &["--usage", &path]), &["5.json:1:", "creatorUT", "/results/0/count"]);
    }
}

#[test]
fn counts_of_apps_are_not_taken_for_members() {
    let files = Files::new();
    let license = files.license();
    let counts = files.add("apps.json", r#"{"results": [{"key": "arcgisprodesktop", "count": 3}], "nextStart": -1}"#);
    assert_refused(&fit(&license, &["--usage", &counts]), &["apps.json", "say that it counts apps if it does"]);
    let run = fit(&license, &["--usage", &format!("app={counts}"), "-f", "json"]);
    let report = run.json();
    let item = super::files::item(&report, "arcgisprodesktop");
    assert_eq!((run.code, &item["kind"], &item["assigned"]), (1, &json!("app"), &json!(3)));
    // The counts cover their whole kind, and no other kind.
    assert_eq!(assigned(&report, "creatorUT"), Value::Null);
}

#[test]
fn what_counts_nothing_is_no_usage() {
    let files = Files::new();
    let license = files.license();
    for (name, text, part) in [
        ("members.json", r#"{"users": [], "total": 0, "start": 1, "nextStart": -1}"#, "the list is empty"),
        ("counts.json", r#"{"results": [], "nextStart": -1}"#, "the list is empty"),
        ("members.csv", "username,userLicenseTypeId\n", "the list is empty"),
        (
            "resource.json",
            r#"{"userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 9}]}"#,
            "it counts nothing",
        ),
        (
            "short.json",
            r#"{"currentRegisteredMembers": 9, "userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 9, "currentRegisteredMembers": 8}]}"#,
            "currentRegisteredMembers is 9, and the user types account for 8",
        ),
        (
            "none.json",
            r#"{"currentRegisteredMembers": 9, "userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 9}],
            "apps": [{"id": "tracker", "maximumRegisteredMembers": 9, "currentRegisteredMembers": 1}]}"#,
            "currentRegisteredMembers is 9, and the user types account for 0",
        ),
        (
            "half.json",
            r#"{"userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 9, "currentRegisteredMembers": 8},
            {"id": "viewerUT", "maximumRegisteredMembers": 9}]}"#,
            "the user type viewerUT has no currentRegisteredMembers",
        ),
        (
            "list.json",
            r#"{"userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 9, "currentRegisteredMembers": 8}], "apps": 1}"#,
            "what stands in place of a list of apps is a number (in /apps)",
        ),
    ] {
        assert_refused(&fit(&license, &["--usage", &files.add(name, text)]), &[name, part]);
    }
    std::fs::create_dir(files.path("empty")).unwrap();
    assert_refused(
        &fit(&license, &["--usage", files.path("empty").to_str().unwrap()]),
        &["empty", "no members in this folder"],
    );
}

#[test]
fn sources_that_disagree_are_both_named() {
    let files = Files::new();
    let license = files.license();
    let resource = |creators: u64| {
        json!({"currentRegisteredMembers": creators, "userTypes": [
            {"id": "creatorUT", "maximumRegisteredMembers": 9, "currentRegisteredMembers": creators}]})
        .to_string()
    };
    let counts =
        |creators: u64| json!({"results": [{"key": "creatorUT", "count": creators}], "nextStart": -1}).to_string();
    let members = |creators: u64| {
        (0..creators)
            .fold("username,userLicenseTypeId\n".to_owned(), |text, index| format!("{text}m{index},creatorUT\n"))
    };
    let all: [(&str, &dyn Fn(u64) -> String); 3] =
        [("resource.json", &resource), ("counts.json", &counts), ("members.csv", &members)];
    for (one, write_one) in all {
        for (other, write_other) in all.into_iter().filter(|(other, _)| *other != one) {
            let (one_path, other_path) = (files.add(one, write_one(4)), files.add(other, write_other(12)));
            let run = fit(&license, &["--usage", &one_path, "--usage", &other_path]);
            assert_refused(&run, &[one, other, "creatorUT"]);
            // No more than seven can be built-in accounts; then the larger count is used.
            let other_path = files.add(other, write_other(11));
            let run = fit(&license, &["--usage", &one_path, "--usage", &other_path, "-f", "json"]);
            assert_eq!(super::files::assigned(&run.json(), "creatorUT"), 11, "{run:?}");
            assert!(run.stderr.contains("built-in accounts may be why"), "{run:?}");
            let other_path = files.add(other, write_other(4));
            assert_eq!(fit(&license, &["--usage", &one_path, "--usage", &other_path]).code, 0);
        }
    }
    // A count list that does not mention a user type says that nobody has it.
    let silent = files.add("counts.json", r#"{"results": [{"key": "viewerUT", "count": 4}], "nextStart": -1}"#);
    let run = fit(&license, &["--usage", &files.add("resource.json", resource(4)), "--usage", &silent]);
    assert_refused(&run, &["resource.json", "counts.json"]);
}

#[test]
fn two_lists_of_members_must_be_the_same() {
    let files = Files::new();
    let license = files.license();
    let header = "username,userLicenseTypeId,role\n";
    let one = files.add("one.csv", format!("{header}a,creatorUT,\nb,viewerUT,org_user\n"));
    for (text, code) in [
        ("b,viewerUT,\na,creatorUT,org_admin\n", 0),
        ("b,viewerUT,org_user\n", 3),
        ("a,creatorUT,\nb,viewerUT,org_user\nc,viewerUT,\n", 3),
        ("a,viewerUT,\nb,creatorUT,\n", 3),
        ("a,creatorUT,\nb,viewerUT,org_admin\n", 3),
        ("a,creatorUT,\nc,viewerUT,\n", 3),
    ] {
        let other = files.add("other.csv", format!("{header}{text}"));
        let run = fit(&license, &["--usage", &one, "--usage", &other, "-f", "json"]);
        assert_eq!(run.code, code, "{text}: {run:?}");
        if code == 0 {
            // The facts of both sources count.
            assert_eq!(super::files::item(&run.json(), "creatorUT")["firstShortage"]["lockedOut"], 0);
        } else {
            assert_refused(&run, &["one.csv", "other.csv"]);
        }
    }
}

#[test]
fn a_member_whose_type_cannot_be_read_is_an_error() {
    let files = Files::new();
    let license = files.license();
    for (user, pointer) in [
        (json!({"username": "a"}), "/users/1/userLicenseTypeId"),
        (json!({"username": "a", "userLicenseTypeId": null}), "/users/1/userLicenseTypeId"),
        (json!({"username": "a", "userLicenseTypeId": ""}), "/users/1/userLicenseTypeId"),
        (json!({"username": "a", "userLicenseTypeId": 5}), "/users/1/userLicenseTypeId"),
        (json!({"userLicenseTypeId": "creatorUT"}), "/users/1/username"),
        (json!("a"), "/users/1"),
        (Value::Null, "/users/1"),
    ] {
        let page = json!({"users": [{"username": "z", "userLicenseTypeId": "viewerUT"}, user]});
        let path = files.add("users.json", page.to_string());
        assert_refused(&fit(&license, &["--usage", &path]), &["users.json:1:", pointer]);
    }
    let twice = r#"{"users": [{"username": "a", "userLicenseTypeId": "creatorUT", "userLicenseTypeId": "viewerUT"}]}"#;
    assert_refused(&fit(&license, &["--usage", &files.add("twice.json", twice)]), &["twice.json", "userLicenseTypeId"]);
}

#[test]
fn a_resource_that_says_two_things_is_an_error() {
    let files = Files::new();
    let license = files.license();
    let entry =
        |count: Value| json!({"id": "creatorUT", "maximumRegisteredMembers": 5, "currentRegisteredMembers": count});
    for (user_types, part) in [
        (json!([entry(json!(1)), entry(json!(1))]), "creatorUT is there twice"),
        (json!([entry(json!(-1))]), "/userTypes/0/currentRegisteredMembers"),
        (json!([entry(json!("x"))]), "/userTypes/0/currentRegisteredMembers"),
        (json!([entry(json!(1)), {"maximumRegisteredMembers": 5}]), "/userTypes/1/id"),
    ] {
        let path = files.add("resource.json", json!({"userTypes": user_types}).to_string());
        assert_refused(&fit(&license, &["--usage", &path]), &["resource.json:1:", part]);
    }
}

#[test]
fn other_documents_are_told_apart() {
    let files = Files::new();
    let license = files.license();
    for (name, text, part) in [
        ("page.html", "<!DOCTYPE html><html></html>", "HTML page"),
        ("error.json", r#"{"error": {"code": 498, "message": "Invalid token.", "details": []}}"#, "Invalid token."),
        ("status.json", r#"{"status": "error", "messages": ["No permission"], "code": 403}"#, "No permission"),
        ("admins.json", r#"{"userTypes": [{"id": "creatorUT"}]}"#, "an administrator list"),
        ("license.json", &std::fs::read_to_string(&license).unwrap(), "a license document"),
        (
            "future.json",
            r#"{"userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 0, "startDate": 1600000000000}]}"#,
            "future license",
        ),
        ("other.json", r#"{"folders": []}"#, "no document of a portal that seatline knows"),
        ("cut.json", r#"{"users": [{"username": "a""#, "cut off"),
        ("empty.json", "", "there is nothing in it"),
        ("blank.csv", " \r\n\r\n", "there is nothing in it"),
    ] {
        assert_refused(&fit(&license, &["--usage", &files.add(name, text)]), &[name, part]);
    }
    assert_refused(&fit(&license, &["--usage", "nowhere.json"]), &["nowhere.json", "cannot be read"]);
    // A usage file is no license.
    let usage = files.add("members.csv", "username,userLicenseTypeId\na,creatorUT\n");
    assert_eq!(fit(&usage, &["--usage", &usage]).code, 3);
}
