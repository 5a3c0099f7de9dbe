//! Table, CSV, Markdown and annotations, read back, have the same content as the JSON.

use serde_json::Value;

use crate::common::seatline;

/// Command lines whose answers have actions of every cause.
const IMPORTS: [&str; 6] = [
    "samples/renewal/new.json --over samples/renewal/old.json --usage samples/renewal/members.csv --as-of 2026-11-30",
    "tests/fixtures/preflight/gap.json --over tests/fixtures/preflight/gap-current.json --usage \
     tests/fixtures/preflight/gap-members.csv --as-of 2026-11-30",
    "samples/faulty.json --over samples/renewed-11.1.json --as-of 2027-01-01",
    "samples/stories/staging-11.1.json --over samples/renewed-11.1.json --as-of 2026-03-01",
    "samples/enterprise-11.4.json --usage samples/stories/members-11.4.csv --as-of 2027-01-01",
    "samples/renewal/old.json --nobody-yet --as-of 2026-12-20",
];

fn run(import: &str, more: &[&str]) -> String {
    let import: Vec<_> = import.split_whitespace().collect();
    seatline(&[&["preflight"], &import[..], &["--no-policy"], more].concat()).stdout
}

fn json(import: &str) -> Value {
    serde_json::from_str(&run(import, &["-f", "json"])).unwrap()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    value[name].as_array().unwrap()
}

/// A text as a cell of CSV.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The instant from which on fewer seats are missing than at the worst, and the most that are missing then, computed from the
/// course.
fn after_worst(item: &Value) -> Value {
    let course = item["course"].as_array().map_or(&[][..], Vec::as_slice);
    let last = course.iter().rposition(|step| step["short"] == item["short"]);
    let rest = last.map_or(&[][..], |last| &course[last + 1..]);
    let most = rest.iter().map(|step| step["short"].as_u64()).max();
    serde_json::json!({"lessFrom": rest.first().map(|step| step["at"].clone()), "shortFromThen": most})
}

#[test]
fn csv_has_every_item_of_every_action() {
    for import in IMPORTS {
        let (report, csv) = (json(import), run(import, &["-f", "csv"]));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        let mut rows = reader.records().map(Result::unwrap);
        for action in list(&report, "actions") {
            for item in list(action, "items").iter().chain(list(action, "items").is_empty().then_some(&Value::Null)) {
                let row = rows.next().unwrap();
                for (name, found) in header.iter().zip(&row) {
                    let expected = match name {
                        "due" | "cause" | "message" | "why" => cell(&action[name]),
                        "lessFrom" | "shortFromThen" => cell(&after_worst(item)[name]),
                        "lockedOutIsUpperBound" => {
                            let of = if item.is_null() { action } else { item };
                            cell(&(of["lockedOut"].as_u64() > of["lockedOutCertainly"].as_u64()).into())
                        }
                        "lockedOutCertainlyAtFirst" => cell(&item["atFirst"]["lockedOutCertainly"]),
                        "locations" => list(action, name).iter().map(cell).collect::<Vec<_>>().join(" / "),
                        "seatsAtFirst" => cell(&item["atFirst"]["seats"]),
                        "shortAtFirst" => cell(&item["atFirst"]["short"]),
                        "lockedOutAtFirst" => cell(&item["atFirst"]["lockedOut"]),
                        "lockedOut" | "lockedOutCertainly" if item.is_null() => cell(&action[name]),
                        _ => cell(&item[name]),
                    };
                    assert_eq!(found, expected, "{name} in {import}");
                }
            }
        }
        assert!(rows.next().is_none(), "{csv}");
    }
}

/// The cells of an item in a table.
fn columns(item: &Value) -> [String; 4] {
    let number = |name: &str| item[name].as_u64().map_or_else(|| "–".to_owned(), |number| number.to_string());
    let doubt = if item["certain"] == true { "" } else { " ?" };
    [item["id"].as_str().unwrap().to_owned(), number("assigned"), number("old"), number("new") + doubt]
}

/// The cells of a row that begins with an id, without the name.
fn cells(line: &str, between: &str, named: bool) -> Vec<String> {
    let mut cells: Vec<_> = line.split(between).map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
    cells.retain(|cell| between == "|" || !cell.is_empty());
    if named {
        cells.remove(1);
    }
    cells
}

#[test]
fn the_table_has_the_verdict_every_action_and_the_numbers_of_what_they_concern() {
    for import in IMPORTS {
        let (report, text) = (json(import), run(import, &["--width", "400"]));
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        assert_eq!(lines[0], report["headline"], "{import}");
        let mut next = 1;
        let mut find = |what: &str| {
            let at = lines[next..].iter().position(|line| line.contains(what));
            next += at.unwrap_or_else(|| panic!("{what} is not after line {next} of\n{text}"));
        };
        for action in list(&report, "actions") {
            find(action["toDo"].as_str().unwrap());
            for item in list(action, "items") {
                find(item["id"].as_str().unwrap());
            }
            action["why"].as_str().into_iter().for_each(&mut find);
        }
        for item in list(&report, "items").iter().filter(|item| item["kind"] != "capability") {
            let of_item = |one: &&Value| one["kind"] == item["kind"] && one["id"] == item["id"];
            let concerned =
                list(&report, "actions").iter().flat_map(|action| list(action, "items")).any(|one| of_item(&one));
            let [id, numbers @ ..] = columns(item);
            let is_row = |line: &&&str| line.split("  ").next() == Some(&*id);
            let row = lines.iter().filter(is_row).map(|line| cells(line, "  ", item["name"].is_string())).next();
            assert_eq!(row.is_some(), concerned, "{id} in {text}");
            if let Some(row) = row {
                assert_eq!(row[1..4].iter().map(|cell| at_import(cell)).collect::<Vec<_>>(), numbers, "{id} in {text}");
            }
        }
    }
}

/// The number at the import, without the number that is needed later.
fn at_import(cell: &str) -> &str {
    cell.split(", ").next().unwrap()
}

#[test]
fn markdown_has_every_action_and_all_items() {
    for import in IMPORTS {
        let (report, text) = (json(import), run(import, &["-f", "markdown"]));
        // Escapes and the marks of code belong to Markdown, not to the content.
        let plain = text.replace(['\\', '`'], "");
        let plain: Vec<_> = plain.lines().collect();
        assert_eq!(plain[0].strip_prefix("## "), report["headline"].as_str(), "{import}");
        let told = plain.iter().filter_map(|line| line.strip_prefix("- "));
        let messages = list(&report, "actions").iter().map(|action| action["message"].as_str().unwrap());
        assert!(told.eq(messages), "{text}");
        for item in list(&report, "items").iter().filter(|item| item["kind"] != "capability") {
            let [id, numbers @ ..] = columns(item);
            let row = plain.iter().find(|line| line.starts_with(&format!("| {id} |")));
            let row = row.unwrap_or_else(|| panic!("no row of {id} in {text}"));
            let of_kind = |other: &&Value| other["kind"] == item["kind"] && other["name"].is_string();
            let named = list(&report, "items").iter().any(|other| of_kind(&other));
            let row = cells(row.trim_matches(['|', ' ']), "|", named);
            assert_eq!(row[1..4].iter().map(|cell| at_import(cell)).collect::<Vec<_>>(), numbers, "{id} in {text}");
        }
    }
}

#[test]
fn an_annotation_for_every_action_is_an_error_where_it_makes_a_no_go() {
    for import in IMPORTS {
        let (report, text) = (json(import), run(import, &["-f", "github"]));
        let (commands, rest): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.starts_with("::"));
        assert_eq!(commands.len(), list(&report, "actions").len().min(10), "{text}");
        assert_eq!(rest, [format!("preflight: {}", report["headline"].as_str().unwrap())]);
        let no_go = report["verdict"] == "no-go";
        assert_eq!(commands.iter().any(|command| command.starts_with("::error ")), no_go, "{text}");
        for (command, action) in commands.iter().zip(list(&report, "actions")) {
            let message = action["message"].as_str().unwrap().replace('%', "%25");
            assert!(command.ends_with(&format!("::{message}")), "{command}");
        }
    }
}

#[test]
fn annotations_are_at_the_file_as_github_calls_it() {
    let root = std::path::absolute("samples").unwrap();
    let common = ["--over", "samples/renewal/old.json", "--as-of", "2026-11-30", "--no-policy", "-q", "-f", "github"];
    let absolute = std::path::absolute("samples/renewal/new.json").unwrap();
    for new in ["samples/renewal/new.json", "./samples/renewal/new.json", absolute.to_str().unwrap()] {
        let mut command = crate::common::command(&[&["preflight", new], &common[..]].concat());
        let text = String::from_utf8(command.env("GITHUB_WORKSPACE", &root).output().unwrap().stdout).unwrap();
        assert!(text.lines().next().unwrap().contains(" file=renewal/new.json,line="), "{text}");
    }
    let input = std::fs::read("samples/renewal/new.json").unwrap();
    let text = crate::common::seatline_with_input(&[&["preflight", "-"], &common[..]].concat(), &input).stdout;
    let first = text.lines().next().unwrap();
    assert!(
        first.starts_with("::warning title=preflight") && first.contains("<stdin>"),
        "no file is annotated: {first}"
    );
}

#[test]
fn no_more_is_annotated_than_github_shows() {
    let entry = |id: usize, seats: u64, at: u64| serde_json::json!({"id": format!("app{id}"), "maxUsers": seats, "startDate": at});
    let day = 86_400_000;
    let entries = |seats: u64| -> Vec<Value> {
        let ends = (0..12).map(|id| entry(id, 0, 1_800_000_000_000 + id as u64 * day));
        (0..12).map(|id| entry(id, seats, 1_700_000_000_000)).chain(ends).collect()
    };
    let license = |seats: u64| {
        let types = [serde_json::json!({"id": "creatorUT", "maxUsers": seats, "startDate": 1_700_000_000_000_u64})];
        serde_json::json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": types, "apps": entries(seats)}}})
            .to_string()
    };
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("old.json"), license(5)).unwrap();
    std::fs::write(path("new.json"), license(5)).unwrap();
    let (old, new) = (path("old.json"), path("new.json"));
    let arguments = [
        "preflight",
        &new,
        "--over",
        &old,
        "--as-of",
        "2026-06-01",
        "--until",
        "2027-12-01",
        "--no-policy",
        "-f",
        "github",
    ];
    let text = seatline(&arguments).stdout;
    assert_eq!(text.lines().filter(|line| line.starts_with("::")).count(), 10, "{text}");
    assert!(text.lines().last().unwrap().starts_with("preflight: 2 more not annotated; "), "{text}");
}
