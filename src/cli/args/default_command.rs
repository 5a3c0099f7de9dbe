//! The command that runs where none is named: `seatline FILE` is `seatline report FILE`.
//!
//! clap's own `args_conflicts_with_subcommands` does not serve: any option before a command, as in `seatline -q admins FILE`,
//! would then hide the command, and the help of `seatline` would list every option of `report`.

use std::ffi::OsString;
use std::path::Path;

use clap::{CommandFactory, Subcommand};

use crate::cli::args::{Cli, Command};

/// Inserts `report` before a first file that no command stands before.
pub(crate) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let is_command = |text: &str| text == "help" || Command::has_subcommand(text);
    let mut at = 1;
    while let Some(argument) = arguments.get(at).map(|argument| argument.to_string_lossy().into_owned()) {
        match argument.as_str() {
            "-h" | "--help" | "-V" | "--version" => return arguments,
            "-q" | "--quiet" => at += 1,
            "--color" | "--width" | "-o" | "--output" => at += 2,
            option if ["--color=", "--width=", "--output="].iter().any(|known| option.starts_with(known)) => at += 1,
            short if short.starts_with('-') && !short.starts_with("--") && short.len() > 2 => {
                // -qoFILE, -qo FILE, -qq
                match short.trim_start_matches('-').trim_start_matches('q') {
                    "" => at += 1,
                    "o" => at += 2,
                    rest if rest.starts_with('o') => at += 1,
                    _ => {
                        arguments.insert(at, "report".into());
                        return arguments;
                    }
                }
            }
            text if is_command(text) => return arguments,
            _ => {
                arguments.insert(at, "report".into());
                return arguments;
            }
        }
    }
    arguments
}

/// The command that a first argument was probably meant to be, as in `seatline chekc license.json`.
pub(crate) fn likely_command(arguments: &[OsString]) -> Option<String> {
    let command = Cli::command();
    let report = arguments.iter().position(|argument| argument == "report")?;
    let word = arguments.get(report + 1).filter(|word| !Path::new(word).exists())?.to_str()?;
    let mut known = command.get_subcommands().map(clap::Command::get_name);
    known.find(|known| strsim::osa_distance(known, word) <= 2).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_file_without_a_command_is_reported_on() {
        let with = |arguments: &[&str]| {
            let all = std::iter::once("seatline").chain(arguments.iter().copied()).map(OsString::from).collect();
            let all = with_default_command(all);
            all.iter().skip(1).map(|argument| argument.to_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(with(&["a.json"]), "report a.json");
        assert_eq!(with(&["-"]), "report -");
        assert_eq!(with(&["--as-of", "now", "a.json"]), "report --as-of now a.json");
        assert_eq!(with(&["-q", "--color", "never", "a.json"]), "-q --color never report a.json");
        assert_eq!(with(&["-q", "admins", "a.json"]), "-q admins a.json");
        assert_eq!(with(&["-oout.txt", "admins", "a"]), "-oout.txt admins a");
        assert_eq!(with(&["-qo", "out.txt", "a.json"]), "-qo out.txt report a.json");
        assert_eq!(with(&["-fjson", "a.json"]), "report -fjson a.json");
        assert_eq!(with(&["admins"]), "admins");
        assert_eq!(with(&["--help"]), "--help");
        assert_eq!(with(&[]), "");
    }
}
