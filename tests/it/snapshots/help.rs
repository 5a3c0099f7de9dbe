//! `--help` of the program and of every command it lists.

use super::{Topic, session};
use crate::common::seatline;

pub(super) const TOPIC: Topic = Topic { folder: "help", names, text };

const PROGRAM: &str = "seatline";

/// The commands that the help of the program lists.
pub(super) fn commands() -> Vec<String> {
    let help = seatline(&["--help"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Further lines of a description are indented by more.
    let commands = commands.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let names = commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.map(str::to_owned).collect()
}

fn names() -> Vec<String> {
    [PROGRAM.to_owned()].into_iter().chain(commands()).collect()
}

fn text(name: &str) -> String {
    let arguments: &[&str] = if name == PROGRAM { &["--help"] } else { &[name, "--help"] };
    session(arguments, &seatline(arguments))
}

#[test]
fn every_help_is_as_saved() {
    assert!(names().len() > 10, "{:?}", names());
    TOPIC.compare();
}
