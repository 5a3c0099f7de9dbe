//! `seatline explain`.

use std::fmt::Write;

use crate::rules;
use crate::text::nearest;

use crate::cli::args::global::Global;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::output;

pub(crate) fn run(rule: Option<&str>, global: &Global) -> Result<Exit, Stop> {
    let text = match rule {
        None => list(),
        Some(name) => match rules::find(name) {
            Some(rule) => format!("{}\nDefault severity: {}\n", rule.page().trim_end(), rule.severity),
            None => {
                let hint = nearest(name, rules::ALL.iter().map(|rule| rule.id));
                let hint = hint.map_or_else(String::new, |id| format!("; did you mean {id}?"));
                let message = format!("no rule is called {name:?}{hint} (`seatline explain` lists them)");
                return Err(Stop::usage(message));
            }
        },
    };
    output::write(&text, global)?;
    Ok(Exit::Done)
}

fn list() -> String {
    let mut text = String::new();
    for rule in &rules::ALL {
        let summary = rule.summary();
        let first = summary.split_once(". ").map_or(summary.as_str(), |(first, _)| first).trim_end_matches('.');
        let _ = writeln!(text, "{:<25} {:<8} {first}", rule.id, rule.severity.as_str());
    }
    text
}
