//! Names in Markdown: whatever a name looks like, it is code, and nothing else of a sentence is.

use std::path::Path;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use serde_json::json;

/// Names that look like words of a sentence, like markup, or like parts of one another, in the order of their bytes.
const ODD: [&str; 9] = ["1. item", "2", "@name", "`", "a", "has", "is", "no seats", "seats"];

/// Names in the same order that look like ordinary names.
fn plain() -> Vec<String> {
    (0..ODD.len()).map(|nth| format!("Zq{nth}qZ")).collect()
}

/// Everything that a reader of GitHub's Markdown shows: each part, and whether it is code.
fn read(markdown: &str) -> Vec<(bool, String)> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    let arena = Arena::new();
    let mut parts: Vec<(bool, String)> = Vec::new();
    for node in parse_document(&arena, markdown, &options).descendants() {
        let (code, text) = match &node.data().value {
            NodeValue::Text(text) => (false, text.to_string()),
            NodeValue::Code(code) => (true, code.literal.clone()),
            NodeValue::Link(link) => panic!("a link to {}: {markdown}", link.url),
            NodeValue::HtmlInline(html) => (false, html.clone()),
            NodeValue::List(_) => (false, "(list)".to_owned()),
            NodeValue::Paragraph | NodeValue::TableCell | NodeValue::Heading(_) => (false, "\n".to_owned()),
            _ => continue,
        };
        match parts.last_mut() {
            Some((false, last)) if !code => last.push_str(&text),
            _ => parts.push((code, text)),
        }
    }
    parts
}

/// Two licenses, members, a plan and moves, with these names for user types, extensions, apps, members and roles.
fn write(folder: &Path, names: &[impl AsRef<str>]) {
    let name = |nth: usize| names[nth % names.len()].as_ref();
    let start = 1_577_836_800_000_u64;
    let later = |seats: u64, nth: u64| json!({"maxUsers": seats, "startDate": 1_796_083_200_000 + nth * 86_400_000});
    let license = |old: bool| {
        let ids = 0..names.len();
        let defined = ids.clone().map(|nth| {
            let entitlements = if old { vec![name(nth), name(nth + 1)] } else { vec![name(nth)] };
            let extensions = json!([{"id": name(nth + 2), "entitlements": entitlements}]);
            json!({"id": name(nth), "name": name(nth + 3), "level": "1", "extensions": extensions})
        });
        let mut user_types = Vec::new();
        for (nth, id) in ids.clone().zip(0..) {
            let entry = |mut entry: serde_json::Value| {
                entry["id"] = json!(name(nth));
                entry["apps"] = if old { json!([name(nth + 4)]) } else { json!([]) };
                entry
            };
            let seats = if old || id % 2 == 0 { 5 } else { 1 };
            user_types.push(entry(json!({"maxUsers": seats, "startDate": start})));
            user_types.push(entry(later(if id % 3 == 0 { 2 } else { seats }, id)));
            user_types.push(entry(json!({"maxUsers": 0, "startDate": 1_893_456_000_000_u64 + id * 86_400_000})));
        }
        let extensions = ids.clone().map(|nth| {
            let num = if old { 3 } else { 2 };
            json!({"id": name(nth), "maxUsers": num, "startDate": start, "entitlements": [{"num": num, "apiName": name(nth + 5)}]})
        });
        let apps =
            ids.clone().map(|nth| json!({"id": name(nth), "maxUsers": if old { 4 } else { 1 }, "startDate": start}));
        json!({"MyEsri": {
            "version": "11.1",
            "definitions": {"userTypes": defined.collect::<Vec<_>>(), "appBundles": []},
            "provision": {
                "userTypes": user_types,
                "appBundles": [],
                "extensions": extensions.collect::<Vec<_>>(),
                "apps": apps.collect::<Vec<_>>()
            },
            "portalCapabilities": []
        }})
    };
    let save = |file: &str, text: String| std::fs::write(folder.join(file), text).unwrap();
    save("old.json", format!("{:#}", license(true)));
    save("new.json", format!("{:#}", license(false)));
    let users = (0..3 * names.len()).map(|nth| {
        let username = if nth < names.len() { name(nth).to_owned() } else { format!("member{nth:02}X") };
        let role = if nth == 0 { "org_admin" } else { name(nth) };
        json!({"username": username, "userLicenseTypeId": name(nth), "role": role, "disabled": false})
    });
    let users: Vec<_> = users.collect();
    save(
        "members.json",
        json!({"total": users.len(), "start": 1, "num": 100, "nextStart": -1, "users": users}).to_string(),
    );
    let rows =
        |rows: Vec<[String; 3]>| rows.into_iter().map(|row| row.map(|cell| format!("\"{cell}\"")).join(",") + "\n");
    let plan = (0..names.len()).map(|nth| ["userType".to_owned(), name(nth).to_owned(), "1".to_owned()]).collect();
    save(
        "plan.csv",
        "kind,id,count,from\n".to_owned()
            + &rows(plan).map(|row| row.trim_end().to_owned() + ",2029-01-01\n").collect::<String>(),
    );
    let moves = |targets: [usize; 2]| {
        let row = |nth: usize| format!("\"{}\",\"{}\"\n", name(nth), name(targets[nth % 2]));
        "username,userType\n".to_owned() + &(1..names.len()).map(row).collect::<String>()
    };
    save("prices.csv", format!("kind,id,unitPrice,currency,period\nuserType,\"{}\",1.00,EUR,year\n", name(0)));
    save("few.csv", format!("username,userType\n\"{}\",\"{}\"\n", name(1), name(4)));
    save("many.csv", moves([2, 3]));
}

/// Both folders are named alike from within, so that the outputs differ by names only.
fn markdown(folder: &Path, line: &str) -> String {
    let mut command = crate::common::command(&line.split(' ').collect::<Vec<_>>());
    let output = command.args(["-f", "markdown"]).current_dir(folder).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_name_is_code_and_nothing_else_of_a_sentence() {
    let plain = plain();
    let [odd_folder, plain_folder] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    write(odd_folder.path(), &ODD);
    write(plain_folder.path(), &plain);
    let mut wrong = Vec::new();
    for line in [
        "diff old.json new.json --as-of 2026-01-01",
        "fit new.json --usage members.json --as-of 2026-01-01",
        "fit new.json --usage members.json --plan plan.csv --until 2028-01-01 --as-of 2026-01-01",
        "fit new.json --usage members.json --moves few.csv --as-of 2026-01-01",
        "preflight new.json --over old.json --usage members.json --as-of 2026-01-01 --no-policy",
        "preflight new.json --over old.json --as-of 2026-01-01 --no-policy",
        "preflight new.json --usage members.json --moves few.csv --until 2027-06-01 --as-of 2026-01-01 --no-policy",
        "moves new.json --members members.json --moves few.csv --as-of 2026-01-01",
        "moves new.json --members members.json --moves many.csv --as-of 2026-01-01",
        "moves new.json --members members.json --moves few.csv --as-of 2030-02-01",
        "check new.json --usage members.json --as-of 2026-11-20 --no-policy",
        "admins new.json --as-of 2026-01-01",
        "report new.json --as-of 2026-01-01",
        "timeline new.json --as-of 2026-01-01",
        "report new.json --prices prices.csv --as-of 2026-01-01",
    ] {
        // In the shell commands names are quoted in another way.
        let is_told = |(_, part): &(bool, String)| !part.starts_with("seatline why");
        let odd: Vec<_> = read(&markdown(odd_folder.path(), line)).into_iter().filter(is_told).collect();
        let expected = read(&markdown(plain_folder.path(), line)).into_iter().filter(is_told).map(|(code, part)| {
            let with_names = plain.iter().zip(ODD).fold(part.clone(), |part, (plain, odd)| part.replace(plain, odd));
            // Nothing but a name that is code may differ.
            (code, if code { with_names } else { part })
        });
        let expected: Vec<_> = expected.collect();
        let named = odd.iter().filter(|(code, part)| *code && ODD.contains(&part.as_str())).count();
        assert!(named > 2 || line.starts_with("fit"), "{line}: {odd:?}");
        let differ = odd.iter().zip(&expected).position(|(odd, expected)| odd != expected);
        let around = |parts: &[(bool, String)], nth: usize| {
            parts.iter().skip(nth.saturating_sub(3)).take(5).cloned().collect::<Vec<_>>()
        };
        let differ = differ.or((odd.len() != expected.len()).then_some(odd.len().min(expected.len())));
        if let Some(nth) = differ {
            wrong.push(format!("{line}:\n  {:?}\n  {:?}", around(&odd, nth), around(&expected, nth)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
