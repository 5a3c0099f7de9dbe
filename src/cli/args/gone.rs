//! Options that a command had once, with the command that has them now.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The command, the option, and what the user does instead.
const MOVED: &[(&str, &str, &str)] = &[
    ("diff", "--usage", "now: seatline preflight NEW --over OLD --usage FILE"),
    (
        "timeline",
        "--admins",
        "now: seatline report FILE --admins LIST, or seatline admins; a timeline shows no administrators",
    ),
    ("report", "--policy", "now: seatline check FILE --policy POLICY; a report uses no policy"),
    ("timeline", "--policy", "now: seatline check FILE --policy POLICY; a timeline uses no policy"),
    ("admins", "--policy", "now: seatline check FILE --policy POLICY, with [admin] in the policy"),
    ("report", "--exit-zero", "a report never exits with 1: leave it out"),
    ("timeline", "--exit-zero", "a timeline never exits with 1: leave it out"),
];

/// The error, with the new place of the option if the option has moved.
pub(crate) fn with_hint(mut error: clap::Error) -> clap::Error {
    let (Some(ContextValue::String(option)), ErrorKind::UnknownArgument) =
        (error.get(ContextKind::InvalidArg), error.kind())
    else {
        return error;
    };
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return error };
    let usage = usage.to_string();
    let command = usage.split_whitespace().skip_while(|word| *word != "seatline").nth(1).unwrap_or_default();
    let hint = MOVED.iter().find(|(of, moved, _)| *of == command && moved == option);
    if let Some((_, _, hint)) = hint {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(*hint)]));
        // clap suggests an option of a similar name, which does something else.
        error.remove(ContextKind::SuggestedArg);
    }
    error
}
