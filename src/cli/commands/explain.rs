//! `seatline explain`.

use crate::layout::{Cell, Grid, Tone};
use crate::rules;
use crate::text::nearest;

use crate::cli::args::global::Global;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::output;
use crate::cli::settings::width;

pub(crate) fn run(rule: Option<&str>, global: &Global) -> Result<Exit, Stop> {
    let width = width(global);
    let text = match rule {
        None => list(width),
        Some(name) => match rules::find(name) {
            Some(rule) => {
                let page = rule.page();
                let page = width.map_or(page.to_string(), |width| wrapped(&page, width));
                format!("{}\nDefault severity: {}\n", page.trim_end(), rule.severity)
            }
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

fn list(width: Option<u16>) -> String {
    let mut rules = Grid::bare(3);
    for rule in &rules::ALL {
        let summary = rule.summary();
        let first = summary.split_once(". ").map_or(summary.as_str(), |(first, _)| first).trim_end_matches('.');
        rules.row([rule.id, rule.severity.as_str(), first].map(Cell::new));
    }
    rules.to_text(width, false)
}

/// The page in which no line is wider than `width`: paragraphs with a wider line are wrapped again.
fn wrapped(page: &str, width: u16) -> String {
    let lines = |text: &str| Grid::line(text, Tone::Plain).to_text(Some(width), false);
    let (mut text, mut paragraph, mut is_code) = (String::new(), String::new(), false);
    for line in page.lines().chain([""]) {
        let is_fence = line.starts_with("```");
        if !is_code && !is_fence && !line.is_empty() {
            paragraph.push_str(if paragraph.is_empty() { "" } else { " " });
            paragraph.push_str(line);
            continue;
        }
        if !paragraph.is_empty() {
            text.push_str(&lines(&std::mem::take(&mut paragraph)));
        }
        is_code ^= is_fence;
        text.push_str(&if line.is_empty() { "\n".to_owned() } else { lines(line) });
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_as_wide_as_was_asked_for_and_says_the_same() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for rule in &rules::ALL {
            for width in [40, 80] {
                let (page, wrapped) = (rule.page(), wrapped(&rule.page(), width));
                assert!(wrapped.lines().all(|line| line.chars().count() <= width.into()), "{wrapped}");
                assert_eq!(words(&wrapped).concat(), words(&page).concat());
                assert_eq!(wrapped.matches("\n\n").count(), page.matches("\n\n").count(), "{wrapped}");
            }
        }
        assert_eq!(wrapped("# a\n\nb c\nd\n\n```json\n{\n}\n```\n", 40), "# a\n\nb c d\n\n```json\n{\n}\n```\n");
    }
}
