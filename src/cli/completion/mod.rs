//! Completion: a shell asks the program itself what it may offer for the word before the cursor.
//!
//! The scripts for the shells, beside this file, run `seatline` with `SEATLINE_COMPLETE=SHELL` and, after `--`, with the line. The
//! answer is lines: first `words`, `files` or `folders`, a tab and the part of the word that stands before the value,
//! then the values, each with its help. Names of files are never among them: each shell completes these itself, since it alone
//! knows how to quote them, and a name from a mail may hold what a shell would run.

mod bash;
mod line;
mod offer;
mod values;

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};

use line::TypedLine;
use offer::Offer;
use values::Offered;

use crate::cli::exit::{Exit, Stop};

/// The environment variable by which a shell asks.
const VARIABLE: &str = "SEATLINE_COMPLETE";

/// A shell whose completion is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interpreter {
    Bash,
    Zsh,
    Fish,
    PowerShell,
}

/// The shells, each with its name, the name of the file that it looks for, and the content of that file.
const SHELLS: [(Interpreter, &str, &str, &str); 4] = [
    (Interpreter::Bash, "bash", "seatline.bash", include_str!("seatline.bash")),
    (Interpreter::Zsh, "zsh", "_seatline", include_str!("_seatline")),
    (Interpreter::Fish, "fish", "seatline.fish", include_str!("seatline.fish")),
    (Interpreter::PowerShell, "powershell", "_seatline.ps1", include_str!("_seatline.ps1")),
];

/// The files for the shells: name and content.
pub(super) fn scripts() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHELLS.into_iter().map(|(_, _, file, script)| (file, script))
}

/// Answers a shell; `None` where no shell asks. Without a line the answer is the script for the shell.
pub(super) fn answer(arguments: &[OsString]) -> Option<Result<Exit, Stop>> {
    let asked = std::env::var_os(VARIABLE).filter(|shell| !shell.is_empty())?;
    let Some((shell, _, _, script)) = SHELLS.into_iter().find(|(_, name, ..)| asked == *name) else {
        let known = SHELLS.map(|(_, name, ..)| name).join(", ");
        let asked = asked.to_string_lossy();
        return Some(Err(Stop::usage(format!("{VARIABLE}={asked}: no shell is called so; known are {known}"))));
    };
    let text = match arguments.get(1..) {
        Some([begin, line @ ..]) if begin == OsStr::new("--") => {
            read(shell, line).map_or_else(String::new, |line| written(shell, &Offer::of(&line)))
        }
        _ => script.to_owned(),
    };
    // A closed pipe is not an error.
    let _ = io::stdout().write_all(text.as_bytes());
    Some(Ok(Exit::Done))
}

/// Reads the line that a shell gives.
fn read(shell: Interpreter, arguments: &[OsString]) -> Option<TypedLine> {
    let text = |argument: &OsString| argument.to_string_lossy().into_owned();
    match (shell, arguments) {
        (Interpreter::Bash, [before, typed, after]) => Some(bash::line(&text(before), &text(typed), &text(after))),
        (Interpreter::Bash, _) => None,
        (_, [at, words @ ..]) => {
            let line = TypedLine::new(words, at.to_str()?.parse().ok()?)?;
            // Windows PowerShell drops an empty argument, so its script puts a sign before the word.
            let word = line.word.strip_prefix('=').filter(|_| shell == Interpreter::PowerShell).map(str::to_owned);
            Some(TypedLine { word: word.unwrap_or(line.word), ..line })
        }
        _ => None,
    }
}

/// The answer in the form that the script of the shell reads.
fn written(shell: Interpreter, offer: &Offer) -> String {
    let mut text = format!("{}\t{}", offer.kind, offer.prefix);
    for Offered { text: value, help } in &offer.values {
        let help = help.as_deref().unwrap_or_default();
        text.push('\n');
        text += &match shell {
            Interpreter::Bash => value.clone(),
            // A colon separates a value from its help.
            Interpreter::Zsh => match (value.replace('\\', "\\\\").replace(':', "\\:"), help) {
                (value, "") => value,
                (value, help) => format!("{value}:{help}"),
            },
            Interpreter::Fish | Interpreter::PowerShell => format!("{value}\t{help}"),
        };
    }
    text
}
