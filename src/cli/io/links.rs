//! Links in text for a terminal (OSC 8): from `FILE:LINE` to the file, and from the name of a rule to its page.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::Path;

use crate::cli::args::global::{Color, Global};
use crate::cli::io::streams;
use crate::rules;
use crate::source::is_name_of_file;
use crate::text::{file_uri, visible};

/// The text with links, where the terminal shows them or colours are forced. `files` are the files that the text may
/// name.
pub(crate) fn linked<'f>(text: String, files: impl Iterator<Item = &'f str>, global: &Global) -> String {
    if !global.color.links_on_stdout(global.output.as_deref()) {
        return text;
    }
    let absolute = |file: &str| std::path::absolute(file).unwrap_or_else(|_| file.into());
    // A name in which a byte was replaced is no path.
    let files = files.filter(|file| is_name_of_file(file) && !file.contains(char::REPLACEMENT_CHARACTER));
    let files = files.map(|file| (visible(file).into_owned(), file_uri(&host(), &absolute(file)))).collect();
    let mut pages = HashMap::new();
    link(&text, &files, |rule| pages.entry(rule.to_owned()).or_insert_with(|| page(rule)).clone())
}

impl Color {
    fn links_on_stdout(self, output: Option<&Path>) -> bool {
        let stdout = std::io::stdout();
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if output.is_some() || !streams::stdout_takes_colors() => false,
            // stdout is no terminal here only where colours are forced.
            Self::Auto => !stdout.is_terminal() || supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        }
    }
}

/// The name of this machine. On another machine, which may show the text, the file is not there.
fn host() -> String {
    #[cfg(unix)]
    return nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok()).unwrap_or_default();
    #[cfg(not(unix))]
    String::new()
}

/// The address of a rule's page: on the home page, else in the source that the program was built from, if that is
/// still there.
fn page(rule: &str) -> Option<String> {
    rules::find(rule)?;
    match env!("CARGO_PKG_HOMEPAGE") {
        "" => {
            let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules").join(rule).with_extension("md");
            page.is_file().then(|| file_uri(&host(), &page))
        }
        home => Some(format!("{}/rules/{rule}", home.trim_end_matches('/'))),
    }
}

fn link(text: &str, files: &HashMap<String, String>, mut page: impl FnMut(&str) -> Option<String>) -> String {
    let longest = files.keys().map(String::len).max().unwrap_or(0);
    let mut linked = String::with_capacity(text.len() + text.len() / 4);
    for line in text.split_inclusive('\n') {
        // The offsets at which a name may begin.
        let mut begins = vec![0];
        let (mut done, mut escape) = (0, false);
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                b'\x1b' => escape = true,
                b'm' if escape => {
                    escape = false;
                    begins.push(at + 1);
                }
                b' ' | b'(' => begins.push(at + 1),
                b':' => {
                    let digits =
                        |from| line.get(from..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
                    let number = digits(at + 1);
                    let near = begins.iter().rev().take_while(|begin| **begin + longest >= at && **begin >= done);
                    let found = near.filter_map(|begin| Some((*begin, files.get(line.get(*begin..at)?)?))).last();
                    if let (Some((begin, target)), true) = (found, number > 0) {
                        let mut end = at + 1 + number;
                        if line.as_bytes().get(end) == Some(&b':') && digits(end + 1) > 0 {
                            end += 1 + digits(end + 1);
                        }
                        linked.push_str(line.get(done..begin).unwrap_or_default());
                        push(&mut linked, target, line.get(begin..end).unwrap_or_default());
                        done = end;
                    }
                }
                b']' => {
                    const LONGEST: usize = 64;
                    let before = line.bytes().take(at).rev().take((at - done).min(LONGEST));
                    let opening = before.enumerate().find(|(_, byte)| *byte == b'[').map(|(back, _)| at - back);
                    let rule = opening.and_then(|open| Some((open, line.get(open..at)?)));
                    if let Some((open, rule)) = rule
                        && let Some(target) = page(rule)
                    {
                        linked.push_str(line.get(done..open).unwrap_or_default());
                        push(&mut linked, &target, rule);
                        done = at;
                    }
                }
                _ => {}
            }
        }
        linked.push_str(line.get(done..).unwrap_or_default());
    }
    linked
}

fn push(text: &mut String, target: &str, shown: &str) {
    text.push_str(&format!("\u{1b}]8;;{target}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let files = [("a.json", "A"), ("b c.json", "B"), ("a.json:1", "C")];
        let files = files.map(|(file, target)| (file.to_owned(), target.to_owned())).into();
        let linked = link(text, &files, |rule| (rule == "no-end").then(|| "R".to_owned()));
        linked.replace("\u{1b}]8;;\u{1b}\\", ">").replace("\u{1b}]8;;", "<").replace("\u{1b}\\", "|")
    }

    #[test]
    fn places_and_rules_are_links() {
        for (text, linked) in [
            ("a.json:1:2: error[no-end]: x\n", "<A|a.json:1:2>: error[<R|no-end>]: x\n"),
            ("\u{1b}[31ma.json:12\u{1b}[0m", "\u{1b}[31m<A|a.json:12>\u{1b}[0m"),
            ("why: b c.json:7, :8\nx (a.json:1)", "why: <B|b c.json:7>, :8\nx (<A|a.json:1>)"),
            ("a.json: license; aa.json:1 error[other] a.json:x", "a.json: license; aa.json:1 error[other] a.json:x"),
            ("é a.json:3: [é] [[no-end]", "é <A|a.json:3>: [é] [[<R|no-end>]"),
            ("", ""),
        ] {
            assert_eq!(shown(text), linked);
        }
    }

    #[test]
    fn every_rule_has_a_page() {
        for rule in rules::ALL {
            assert!(
                page(rule.id).is_some_and(|page| page.ends_with(&format!("/docs/rules/{}.md", rule.id))),
                "{}",
                rule.id
            );
        }
        assert_eq!(page("../ci"), None);
    }

    #[test]
    fn time_grows_with_the_length_of_the_text() {
        let started = std::time::Instant::now();
        let line = "a.json:1 [ ( x: [".repeat(200_000) + &"]".repeat(200_000);
        assert!(shown(&line).len() > line.len());
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}
