//! `preflight` as a mail for people who have never seen a license file: purchasing, or Esri Customer Service.

mod asks;
mod changes;
mod later;
mod letter;

use std::path::Path;

use crate::answers::costs::{
    CostOf, ahead_in_words, certain_in_words, doubt_in_words, sums_in_words, too_large, without_price,
};
use crate::answers::preflight::looked_at::{looked_at, replaced_source};
use crate::answers::preflight::value::{PreflightReport, Verdict};
use crate::answers::until::UntilIs;
use crate::answers::words::{count, last_instant};
use crate::answers::{Costs, Page};
use crate::text::visible;
use crate::time::Instant;

use asks::{asks, lines_of_file};
use changes::changes_and_dates;
use letter::{Letter, MOST};

/// The mail: a line with the subject, a blank line, and the text.
#[must_use]
pub fn preflight_mail(report: &PreflightReport, page: &Page) -> String {
    let mut letter = Letter::new(&format!("Subject: {}", visible(&subject(report, page))), page);
    letter.paragraph("Hello,");
    letter.paragraph(&about(report, page));
    letter.paragraph(&in_short(report, page));
    asks(&mut letter, report);
    let [changes, dates] = changes_and_dates(report, page);
    letter.section("What changes", &changes);
    letter.section("Dates", &dates);
    if let Some(costs) = &report.costs {
        letter.section("Costs", &costs_told(costs, page));
    }
    let more = report.unknown.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("and {more} more"));
    let open: Vec<String> = report.unknown.iter().take(MOST).map(ToString::to_string).chain(more).collect();
    letter.section("Open questions", &open);
    lines_of_file(&mut letter, report);
    letter.paragraph(&format!(
        "Times are in {}. What was looked at: {}. The verdict of the check: {}. Made by seatline {}.",
        page.zone,
        looked_at(report, page),
        report.headline,
        env!("CARGO_PKG_VERSION")
    ));
    letter.into_text()
}

fn subject(report: &PreflightReport, page: &Page) -> String {
    let zone = page.zone;
    let due = report.actions.first().map_or(report.as_of, |first| first.due);
    let import = zone.show(report.as_of);
    let what = match report.verdict {
        None => "not known whether it can be imported".to_owned(),
        Some(Verdict::Go) if report.unknown.is_empty() => format!("can be imported on {import} ({zone})"),
        Some(Verdict::Go) => format!("as far as is known it can be imported on {import} ({zone})"),
        Some(Verdict::NoGo) if due <= report.as_of => {
            format!("no-go for the import on {import} ({zone}), something must be done before")
        }
        Some(Verdict::NoGo) => {
            format!("no-go for the import on {import}, something must be done by {} ({zone})", zone.show(due))
        }
        Some(Verdict::GoThenAct) => {
            format!("can be imported on {import}; something must be done by {} ({zone})", zone.show(due))
        }
    };
    format!("ArcGIS Enterprise license {}: {what}{}", short_name(report), end_in_subject(report, due, page))
}

/// The name of the file without its folder; of a license in an envelope the whole source, which need not be a path.
fn short_name(report: &PreflightReport) -> String {
    let Some(new) = &report.new else { return "(not read)".to_owned() };
    let file = Path::new(&new.file).file_name().filter(|_| new.source == new.file);
    file.map_or_else(|| new.source.clone(), |name| name.to_string_lossy().into_owned())
}

/// When the license ends, and whether a near end was not looked at; nothing where an action is due.
fn end_in_subject(report: &PreflightReport, due: Instant, page: &Page) -> String {
    let zone = page.zone;
    let stated = |end: &Instant| *end > report.as_of && *end <= Instant::YEAR_2100;
    let Some(end) = report.license_end.filter(stated).filter(|_| report.verdict.is_some()) else {
        return String::new();
    };
    let looked = report.until.filter(|until| {
        report.until_is == Some(UntilIs::Given) && *until < end && report.lead_end.is_some_and(|lead| end <= lead)
    });
    let looked =
        looked.map_or_else(String::new, |until| format!(", looked at only until {}", last_instant(zone, until)));
    if due == end {
        return looked;
    }
    let doubt = if report.license_end_certain == Some(false) { " (not certain)" } else { "" };
    format!("; the license ends on {}, in {}{doubt}{looked}", zone.show(end), zone.span(report.as_of, end))
}

fn about(report: &PreflightReport, page: &Page) -> String {
    let file = match &report.new {
        None => "(not read)".to_owned(),
        Some(new) if new.source == new.file => new.source.clone(),
        Some(new) => format!("{} ({})", new.source, new.file),
    };
    let version = report.new.as_ref().and_then(|new| new.version.as_deref());
    let version = version.map_or_else(String::new, |version| format!(" (version {version})"));
    let over =
        report.old.as_ref().map_or_else(String::new, |old| format!(", in place of {}", replaced_source(report, old)));
    format!(
        "this is about the license file {file} for our ArcGIS Enterprise portal{version}. It is to be imported on {} ({}){over}. \
         The file says how many seats there are of each user type (the kind of account that a member of the portal has), of app \
         bundles, extensions and apps, and from when until when. An import replaces all seats that there were.",
        page.zone.show(report.as_of),
        page.zone
    )
}

fn in_short(report: &PreflightReport, page: &Page) -> String {
    let zone = page.zone;
    let by = |at: Instant| format!("{} ({zone}), in {}", zone.show(at), zone.span(report.as_of, at));
    let due = report.actions.first().map(|first| first.due);
    let mut text = match (report.verdict, due) {
        (None, _) => {
            "In short: an input could not be read, so nobody knows whether the file can be imported.".to_owned()
        }
        (Some(Verdict::Go), _) | (_, None) => "In short: nothing was found that must be done.".to_owned(),
        (Some(Verdict::GoThenAct), Some(due)) => {
            format!("In short: the file can be imported then, and what is asked for below must be done by {}.", by(due))
        }
        (Some(Verdict::NoGo), Some(due)) if due <= report.as_of => {
            "In short: no-go. The file is not to be imported then, unless what is asked for below is done before."
                .to_owned()
        }
        (Some(Verdict::NoGo), Some(due)) => {
            format!(
                "In short: no-go. What is asked for below must be done by {}. The file is not to be imported on {} unless it \
                 is certain that this will be done.",
                by(due),
                zone.show(report.as_of)
            )
        }
    };
    if !report.unknown.is_empty() {
        let open = count(u64::try_from(report.unknown.len()).unwrap_or(u64::MAX), "question");
        let verb = if report.unknown.len() == 1 { "is" } else { "are" };
        text.push_str(&format!(" This is so as far as is known: {open} {verb} open, see below."));
    }
    let end = report.end_told.strip_prefix("; ").unwrap_or(&report.end_told);
    let mut letters = end.chars();
    if let Some(first) = letters.next() {
        text.push_str(&format!(" {}{}.", first.to_uppercase(), letters.as_str()));
    }
    match report.members {
        None => {}
        Some(0) if report.usage.is_empty() => text.push_str(" There are no members yet."),
        Some(1) => text.push_str(" 1 member was counted."),
        Some(members) => text.push_str(&format!(" {members} members were counted.")),
    }
    text
}

fn costs_told(costs: &Costs, page: &Page) -> Vec<String> {
    let on = page.zone.show(costs.as_of);
    // Items without a price are in no sum, and are named below.
    let [all, that, of_which, and] = if costs.without_price.is_empty() {
        ["all", "", "", ""]
    } else {
        ["all that have a price", " that have a price", ", of seats that have a price", " and that have a price"]
    };
    let of = [
        (CostOf::TrueUp, format!("the missing seats, if {all} are bought (true-up)")),
        (CostOf::Owned, format!("the seats of the file{that}, on {on}")),
        (CostOf::Delta, format!("the difference to the old license{of_which}, on {on}")),
        (CostOf::Unassigned, format!("seats of the file that nobody has{and}, on {on}")),
    ];
    let sums = of.into_iter().filter_map(|(what, words)| Some(format!("{words}: {}", sums_in_words(costs, what)?)));
    let mut lines: Vec<_> = sums.collect();
    lines.extend(ahead_in_words(costs, page.zone));
    lines.extend(certain_in_words(costs, page.zone).map(String::from));
    lines.extend(without_price(costs, page.zone).map(String::from));
    lines.extend(doubt_in_words(costs));
    lines.extend(too_large(costs));
    lines.extend(costs.notes.iter().map(ToString::to_string));
    lines
        .push(format!("seats times the prices of {}; nothing is converted, rounded or spread over time", costs.prices));
    lines
}
