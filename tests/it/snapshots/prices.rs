//! The error for every mistake in a list of prices.

use std::fs;

use super::{Topic, session};
use crate::common::{Run, command};

pub(super) const TOPIC: Topic = Topic { folder: "prices", names, text };

/// The mistakes, each with the lines below the titles of the columns.
const MISTAKES: &[(&str, &str)] = &[
    ("two prices for one item", "app,a,5,EUR,year,\napp,b,5,EUR,year,\napp,a,6,EUR,year,\n"),
    ("the same price twice", "app,a,5,EUR,year,\napp,a,5,EUR,year,\n"),
    ("two prices on one day", "app,a,5,EUR,year,2027-01-01\napp,a,6,USD,once,2027-01-01 18:00\n"),
    ("an unknown kind, and one that is like it", "usertype,a,5,EUR,year,\n"),
    ("an unknown kind", "server,a,5,EUR,year,\n"),
    ("a capability", "capability,a,5,EUR,year,\n"),
    ("no price", "app,a,,EUR,year,\n"),
    ("no id", "app,,5,EUR,year,\n"),
    ("a price that is a word", "app,a,free,EUR,year,\n"),
    ("a price below 0", "app,a,-5,EUR,year,\n"),
    ("a price with a plus", "app,a,+5,EUR,year,\n"),
    ("a price with an exponent", "app,a,1e3,EUR,year,\n"),
    ("a price with its currency", "app,a,5 EUR,EUR,year,\n"),
    ("a point and nothing behind it", "app,a,5.,EUR,year,\n"),
    ("thousands", "app,a,\"1,200.00\",EUR,year,\n"),
    ("thousands with blanks", "app,a,1 200,EUR,year,\n"),
    ("thousands with apostrophes", "app,a,1'200,EUR,year,\n"),
    ("a comma where commas separate", "app,a,\"12,50\",EUR,year,\n"),
    ("too many digits", "app,a,79228162514264337593543950336,EUR,year,\n"),
    ("a sign for a currency", "app,a,5,$,year,\n"),
    ("a currency in words", "app,a,5,Euro,year,\n"),
    ("a currency of other letters", "app,a,5,\u{395}\u{3a5}R,year,\n"),
    ("an unknown period, and one that is like it", "app,a,5,EUR,years,\n"),
    ("an unknown period", "app,a,5,EUR,quarter,\n"),
    ("a day that no month has", "app,a,5,EUR,year,2027-02-30\n"),
    ("a day in words", "app,a,5,EUR,year,soon\n"),
    ("a cell too few", "app,a,5,EUR,year\n"),
    ("a quotation mark that nothing ends", "app,\"a,5,EUR,year,\n"),
];

/// Mistakes in the line of titles.
const TITLES: &[(&str, &str)] = &[
    ("a column too many", "kind,id,unitPrice,currency,period,comment\n"),
    ("a column that is like one", "kind,id,price,currency,period\n"),
    ("a column too few", "kind,id,unitPrice,period\n"),
    ("a column twice", "kind,id,unitPrice,currency,period,Kind\n"),
    ("nothing", ""),
    ("JSON", "{\"prices\": []}\n"),
];

fn names() -> Vec<String> {
    vec!["mistakes".to_owned()]
}

fn text(_: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::copy("samples/renewed-11.1.json", folder.path().join("license.json")).unwrap();
    let with_titles =
        MISTAKES.iter().map(|(what, rows)| (*what, format!("kind,id,unitPrice,currency,period,validFrom\n{rows}")));
    let without = TITLES.iter().map(|(what, text)| (*what, (*text).to_owned()));
    let mut text = String::new();
    for (mistake, prices) in with_titles.chain(without) {
        fs::write(folder.path().join("prices.csv"), prices).unwrap();
        let arguments = ["report", "license.json", "--as-of", "2027-01-01", "--prices", "prices.csv"];
        let run: Run = command(&arguments).current_dir(folder.path()).output().unwrap().into();
        text += &format!("# {mistake}\n{}", session(&arguments, &run));
        let code = if run.stderr.contains(": two prices for the ") { 2 } else { 3 };
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{text}");
    }
    text
}

#[test]
fn every_error_of_a_list_of_prices_is_as_saved() {
    TOPIC.compare();
}
