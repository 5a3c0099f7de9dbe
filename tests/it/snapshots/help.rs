//! `--help` of the program and of every command it lists.

use super::{Topic, session};
use crate::common::seatline;

pub(super) const TOPIC: Topic = Topic { folder: "help", names, text };

const PROGRAM: &str = "seatline";

fn names() -> Vec<String> {
    let help = seatline(&["--help"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    [PROGRAM].into_iter().chain(names).map(str::to_owned).collect()
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
