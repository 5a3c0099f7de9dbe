//! The formats of `seatline moves` besides JSON.

use std::collections::HashMap;
use std::fmt::Write;

use crate::answers::{AppliedReport, AskedReport, MoveBatch, MovesReport, Page};
use crate::layout::csv::Value;
use crate::layout::{Cell, Dialect, Grid, Tone, csv};
use crate::text::{Phrase, name, phrase};

/// The tables of `moves` for a terminal.
#[must_use]
pub fn moves_table(report: &MovesReport, page: &Page) -> String {
    let mut text = page.wrap(&title(report, page));
    for grid in grids(report, page.width.is_some_and(|width| width < NARROW)) {
        let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
    }
    text.push('\n');
    report.notes.iter().for_each(|note| text.push_str(&page.wrap(note)));
    let _ = write!(text, "\n{}", page.verdict(&report.verdict));
    text
}

/// `moves` as Markdown, for a wiki or a change request.
#[must_use]
pub fn moves_markdown(report: &MovesReport, page: &Page) -> String {
    let verdict = Phrase::from(&report.verdict);
    let mut text = format!("## {}\n\n{}\n", verdict.markdown(), title(report, page).markdown());
    for grid in grids(report, false) {
        let _ = write!(text, "\n{}", grid.to_markdown());
    }
    for note in &report.notes {
        let _ = write!(text, "\n{}\n", note.markdown());
    }
    text
}

fn title(report: &MovesReport, page: &Page) -> Phrase {
    let version = report.version.as_deref().unwrap_or("unknown");
    let unchanged = match report.unchanged {
        0 => String::new(),
        count => format!(" ({count} already where they are to be)"),
    };
    let (members, moves) = (count(report.members, "member"), count(report.moves, "move"));
    phrase![
        name(report.source.as_deref().unwrap_or_default()),
        " (version ",
        version,
        format!("), {members}, {moves}{unchanged}, as of {}", page.as_of_phrase())
    ]
}

fn count(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The width in columns below which numbers stand under the ids.
const NARROW: u16 = 64;

/// The tables that are not empty: user types, batches, problems, members who were not moved.
fn grids(report: &MovesReport, narrow: bool) -> Vec<Grid> {
    let mut problems = Grid::new(&["Problem"]);
    for problem in &report.problems {
        problems.row([Cell::new(&problem.message).tone(Tone::Bad)]);
    }
    let mut left = Grid::new(&["Not moved", "why"]);
    let applied = report.applied.iter();
    for (name, why) in applied.flat_map(not_moved) {
        left.row([Cell::id(name), Cell::new(why).tone(Tone::Bad)]);
    }
    let is_shown = [
        !report.user_types.is_empty(),
        !report.batches.is_empty(),
        !report.problems.is_empty(),
        report.applied.as_ref().is_some_and(|applied| !applied.open.is_empty() || !applied.elsewhere.is_empty()),
    ];
    [types(report, narrow), batches(report, narrow), problems, left]
        .into_iter()
        .zip(is_shown)
        .filter_map(|(grid, is_shown)| is_shown.then_some(grid))
        .collect()
}

fn types(report: &MovesReport, narrow: bool) -> Grid {
    let header = ["User type", ">seats", ">before", ">leaving", ">coming", ">after"];
    let mut grid = Grid::new(if narrow { header.get(..1).unwrap_or_default() } else { &header });
    for one in &report.user_types {
        let numbers = [one.seats, one.before, one.leaving, one.coming, one.after];
        let tone = if one.after > one.seats { Tone::Bad } else { Tone::Plain };
        if narrow {
            let titled = header.iter().skip(1).zip(numbers);
            let titled = titled.map(|(title, number)| format!("{} {number}", title.trim_start_matches('>')));
            let titled = titled.collect::<Vec<_>>().join(", ");
            grid.row([Cell::ids(vec![one.id.clone(), format!("  {titled}")]).tone(tone)]);
        } else {
            let numbers = numbers.map(|number| Cell::new(number.to_string()).tone(tone));
            grid.row(std::iter::once(Cell::id(&one.id)).chain(numbers));
        }
    }
    grid
}

fn batches(report: &MovesReport, narrow: bool) -> Grid {
    let header: &[&str] = if narrow { &["Batches"] } else { &[">Batch", "to", ">free", ">members", "who"] };
    let mut grid = Grid::new(header);
    for (batch, number) in report.batches.iter().zip(1_u64..) {
        let members = u64::try_from(batch.users.len()).unwrap_or(u64::MAX);
        if narrow {
            let head =
                format!("{number}. to {}, {} free: {}", batch.user_type, batch.free_seats, count(members, "member"));
            let lines = who(batch).into_iter().map(|line| phrase!["  ", line]);
            grid.row([Cell::lines(std::iter::once(head.into()).chain(lines))]);
        } else {
            grid.row([
                Cell::new(number.to_string()),
                Cell::id(&batch.user_type),
                Cell::new(batch.free_seats.to_string()),
                Cell::new(members.to_string()),
                Cell::lines(who(batch)),
            ]);
        }
    }
    grid
}

/// The members who do not have the new user type, each with the user type they have and the reason.
fn not_moved(applied: &AppliedReport) -> impl Iterator<Item = (&str, Phrase)> {
    let reasons: HashMap<&str, &str> =
        applied.refused.iter().filter_map(|one| Some((one.username.as_str(), one.reason.as_deref()?))).collect();
    let waiting: HashMap<&str, &str> =
        applied.waiting.iter().map(|one| (one.username.as_str(), one.user_type.as_str())).collect();
    let asked = |all: &'_ [AskedReport]| -> HashMap<String, String> {
        all.iter().map(|one| (one.username.clone(), one.user_type.clone())).collect()
    };
    let (unanswered, contradicted) = (asked(&applied.unanswered), asked(&applied.contradicted));
    let open = applied.open.iter().map(move |user| {
        let reason = reasons.get(user.as_str()).map(|reason| format!("; the portal says: {reason}"));
        let place = match waiting.get(user.as_str()) {
            Some(user_type) => phrase!["waits in ", name(user_type)],
            None => "has the user type of before".into(),
        };
        let perhaps = unanswered.get(user).map_or_else(Phrase::default, |asked| {
            phrase!["; the portal did not say that it was done, and may still give ", name(asked)]
        });
        // Without a list nobody knows what the member has since a request that was not answered.
        let place = match unanswered.contains_key(user) && !applied.listed && !waiting.contains_key(user.as_str()) {
            true => "the user type is not known".into(),
            false => place,
        };
        let against = contradicted.get(user).map_or_else(Phrase::default, |reported| {
            phrase![" by the list of members; by the portal's answer it has ", name(reported)]
        });
        (user.as_str(), phrase![place, against, perhaps, reason.unwrap_or_default()])
    });
    let elsewhere = applied.elsewhere.iter().map(|one| {
        let why = one.user_type.as_ref().map_or_else(|| "is no member any more".into(), |id| phrase!["has ", name(id)]);
        (one.username.as_str(), why)
    });
    open.chain(elsewhere)
}

/// The members of a batch, grouped by the user type that they had.
fn who(batch: &MoveBatch) -> Vec<Phrase> {
    let pairs: Vec<_> = batch.from.iter().zip(&batch.users).collect();
    let groups = pairs.chunk_by(|one, next| one.0 == next.0);
    let line = |group: &[(&String, &String)]| {
        let names = Phrase::join(group.iter().map(|(_, user)| name(user)), ", ");
        phrase!["from ", name(group.first().map_or("", |(from, _)| from.as_str())), ": ", names]
    };
    groups.map(line).collect()
}

/// The moves as CSV, one member a row, in the order of the batches. After the moves a further column says what became of each
/// member.
#[must_use]
pub fn moves_csv(report: &MovesReport, dialect: Dialect) -> String {
    let rows = report.batches.iter().zip(1_u64..).flat_map(|(batch, number)| {
        batch.users.iter().zip(&batch.from).map(move |(user, from)| (user, &batch.user_type, number, from))
    });
    let Some(applied) = &report.applied else {
        let rows = rows.map(|(user, user_type, number, from)| {
            [Value::text(user), Value::text(user_type), Value::Number(number), Value::text(from)]
        });
        return csv::render(["username", "userType", "batch", "from"], dialect, rows);
    };
    let became = became_of(applied);
    let rows = rows.map(|(user, user_type, number, from)| {
        let became = became.get(user.as_str()).copied().unwrap_or_default();
        [Value::text(user), Value::text(user_type), Value::Number(number), Value::text(from), Value::text(became)]
    });
    csv::render(["username", "userType", "batch", "from", "applied"], dialect, rows)
}

/// What became of each user, in a word.
fn became_of(applied: &AppliedReport) -> HashMap<&str, &str> {
    fn all<'n>(names: impl Iterator<Item = &'n String>, word: &'n str) -> Vec<(&'n str, &'n str)> {
        names.map(|name| (name.as_str(), word)).collect()
    }
    let parts = [
        all(applied.moved.iter(), "moved"),
        all(applied.gone.iter().chain(applied.gone_waiting.iter().map(|one| &one.username)), "gone"),
        all(applied.open.iter(), "open"),
        all(applied.waiting.iter().map(|one| &one.username), "waiting"),
        all(applied.refused.iter().map(|one| &one.username), "refused"),
        all(applied.unanswered.iter().map(|one| &one.username), "unanswered"),
        all(applied.contradicted.iter().map(|one| &one.username), "contradicted"),
        all(applied.elsewhere.iter().map(|one| &one.username), "elsewhere"),
    ];
    // A later word says more than an earlier one.
    parts.into_iter().flatten().collect()
}

/// The undo plan as CSV: each member with the user type of before, the member who was moved last first. `moves` plans
/// it like any other moves.
#[must_use]
pub fn moves_undo<'m>(back: impl Iterator<Item = (&'m str, &'m str)>) -> String {
    let rows = back.map(|(user, from)| [Value::text(user), Value::text(from)]);
    csv::render(["username", "userType"], Dialect::Plain, rows)
}
