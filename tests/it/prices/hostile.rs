//! Lists of prices that would do harm in a terminal, a page or a spreadsheet, that are no text, or that are long.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Files;
use crate::common::seatline;

const NAUGHTY: [&str; 14] = [
    "\u{1b}[31mred\u{1b}[0m",
    "\u{9b}31m",
    "one\ntwo\r\nthree",
    "\u{202e}001",
    "=cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "\t=1+1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a | b || `c`",
    "[x](javascript:alert(1))",
    "::error::x",
    "##vso[task.complete result=Failed;]",
    "\"quoted\", 'so'",
];

/// A text as a cell of CSV.
fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[test]
fn naughty_ids_do_nothing_in_any_format() {
    let files = Files::new();
    let entry = |text: &&str, seats: u64, at: u64| json!({"id": text, "maxUsers": seats, "startDate": at});
    let entries = |seats: u64| {
        let both =
            NAUGHTY.iter().flat_map(|text| [entry(text, seats, 1_767_225_600_000), entry(text, 0, 1_925_078_400_000)]);
        both.collect::<Vec<_>>()
    };
    let license = |seats| json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries(seats), "apps": entries(seats)}}});
    let (old, new) = (files.add("old.json", license(9).to_string()), files.add("new.json", license(5).to_string()));
    // Half of the items have a price; the list also prices an id that nothing has.
    let priced = NAUGHTY.iter().step_by(2).chain(&["<b>\u{202e}\u{1b}x"]);
    let lines = priced.map(|text| format!("userType,{},1.50,EUR,year\n", cell(text.trim())));
    let prices = files.add("prices.csv", format!("kind,id,unitPrice,currency,period\n{}", lines.collect::<String>()));
    let common = ["--as-of", "2026-06-01", "--prices", &prices];
    let preflight = ["preflight", &new, "--over", &old, "--no-policy"];
    let fit = ["fit", &new, "--usage", &old];
    for (command, formats) in [
        (&["report", &new][..], &["table", "json", "jsonl", "csv", "markdown", "html"][..]),
        (&["diff", &old, &new], &["table", "json", "csv", "markdown", "html"]),
        (&preflight, &["table", "json", "csv", "markdown", "html", "github", "ics", "mail"]),
    ] {
        for format in formats {
            let run = seatline(&[command, &common, &["-f", format]].concat());
            assert!(run.code < 2, "{command:?} {format} {run:?}");
            let hidden = |one: char| (one.is_control() && !matches!(one, '\n' | '\r')) || one == '\u{202e}';
            assert!(!run.stdout.contains(hidden) && !run.stderr.contains(hidden), "{command:?} {format}");
            let obeyed = |line: &str| line.starts_with("##vso") || (line.starts_with("::") && *format != "github");
            assert!(!run.stdout.lines().any(obeyed), "{command:?} {format}");
            if *format == "html" {
                assert!(!run.stdout.contains("<script>alert") && !run.stdout.contains("<img"), "{command:?}");
            }
            if *format == "csv" {
                assert!(!run.stdout.contains(",\"=") && !run.stdout.contains(",\"@"), "{command:?}");
            }
        }
    }
    // A license cannot be the usage.
    assert_eq!(seatline(&[&fit[..], &common].concat()).code, 3);
}

#[test]
fn what_is_no_text_ends_in_one_message() {
    let files = Files::new();
    let header = b"kind,id,unitPrice,currency,period\n".as_slice();
    let long = [header, b"app,a,".as_slice(), &b"9".repeat(1_000_000), b",EUR,year\n"].concat();
    let wide = [&b"a,".repeat(500_000)[..], b"kind\n"].concat();
    let quotes = [header, &b"\"\"\"".repeat(300_000)].concat();
    for bytes in [
        vec![0; 1000],
        [header, b"app,\xff\xfe,1,EUR,year\n"].concat(),
        b"\xff\xfe\x00\xd8".to_vec(),
        [header, b"app,a\x00b,x,EUR,year\n"].concat(),
        long,
        wide,
        quotes,
    ] {
        let prices = files.add("prices.csv", bytes);
        let started = Instant::now();
        let run = seatline(&["report", "samples/renewal/new.json", "--as-of", "2026-12-01", "--prices", &prices]);
        assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{}", run.stderr.chars().take(300).collect::<String>());
        assert!(run.stderr.lines().count() == 1 && run.stderr.len() < 1000, "{}", run.stderr.len());
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}

#[test]
fn time_grows_with_the_length_of_the_list() {
    let files = Files::new();
    let items: Vec<_> = (0..20_000)
        .flat_map(|nth| {
            let entry = |seats: u64, at: u64| json!({"id": format!("id{nth}"), "maxUsers": seats, "startDate": at});
            [entry(5, 1_767_225_600_000), entry(0, 1_925_078_400_000)]
        })
        .collect();
    let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": items}}}).to_string();
    let license = files.add("license.json", license);
    // Half of the lines name an item, half an id that the license does not have.
    let lines = (0..100_000).map(|nth| format!("userType,id{},1.25,EUR,year,\n", nth * 2));
    let prices =
        files.add("prices.csv", format!("kind,id,unitPrice,currency,period,validFrom\n{}", lines.collect::<String>()));
    let started = Instant::now();
    let run = seatline(&["report", &license, "--as-of", "2026-06-01", "--prices", &prices, "-f", "json"]);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    let costs = &run.json()["licenses"][0]["costs"];
    assert_eq!(costs["sums"][0]["owned"]["cost"], "62500.00");
    assert_eq!(costs["withoutPrice"].as_array().unwrap().len(), 10_000);
}
