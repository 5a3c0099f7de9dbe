//! `preflight` as a mail for people who have never seen a license file: purchasing, or Esri Customer Service.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::answers::costs::{CostOf, sums_in_words, without_price};
use crate::answers::preflight::mail_asks::{asks, lines_of_file};
use crate::answers::preflight::text::{looked_at, lowest};
use crate::answers::preflight::value::{PreflightItem, PreflightReport, Verdict};
use crate::answers::words::count;
use crate::answers::{Costs, Page};
use crate::license::ItemKind;
use crate::text::visible;
use crate::time::Instant;

/// Mail programs break longer lines anywhere.
const WIDTH: u16 = 76;

/// So many items, dates or lines of one section are told.
pub(super) const MOST: usize = 30;

/// So many items that change on one date are named.
const FEW: usize = 6;

/// A line with the subject, a blank line, and the text.
#[must_use]
pub fn preflight_mail(report: &PreflightReport, page: &Page) -> String {
    let page = Page { width: Some(WIDTH), color: false, ..*page };
    let file = report.new.as_ref().map_or("no license", |new| new.source.as_str());
    let mut mail = Mail { page, text: format!("Subject: {}\n", visible(&subject(report, file, &page))) };
    mail.paragraph("Hello,");
    mail.paragraph(&about(report, file, &page));
    mail.paragraph(&in_short(report, &page));
    asks(&mut mail, report);
    mail.section("What changes", &changes(report, &page));
    mail.section("Dates", &dates(report, &page));
    if let Some(costs) = &report.costs {
        mail.section("Costs", &costs_told(costs, &page));
    }
    mail.section("Open questions", &report.unknown.iter().take(MOST).map(|one| format!("- {one}")).collect::<Vec<_>>());
    lines_of_file(&mut mail, report);
    let zone = page.zone;
    let looked_at = looked_at(report, &page);
    let verdict = &report.headline;
    mail.paragraph(&format!(
        "Times are in {zone}. What was looked at: {looked_at}. The verdict of the check: {verdict}. Made by seatline {}.",
        env!("CARGO_PKG_VERSION")
    ));
    mail.text
}

/// The text so far.
pub(super) struct Mail {
    pub(super) page: Page,
    text: String,
}

impl Mail {
    pub(super) fn paragraph(&mut self, text: &str) {
        self.text.push('\n');
        self.text.push_str(&self.page.wrap(text));
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.text.push_str(&format!("\n{heading}\n{}\n", "-".repeat(heading.chars().count())));
    }

    /// A line; further ones begin below its text.
    pub(super) fn line(&mut self, mark: &str, text: &str) {
        self.text.push_str(&self.page.hang(mark, text));
    }

    /// Lines below a heading; nothing where there are none. What begins with a mark hangs below it.
    fn section(&mut self, heading: &str, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.heading(heading);
        for line in lines {
            let (mark, text) = line.strip_prefix("- ").map_or(("", line.as_str()), |text| ("- ", text));
            self.line(mark, text);
        }
    }
}

/// What it is about, in one line.
fn subject(report: &PreflightReport, file: &str, page: &Page) -> String {
    let zone = page.zone;
    let name = Path::new(file).file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned());
    let due = report.actions.first().map_or(report.as_of, |first| first.due);
    let import = zone.show(report.as_of);
    let what = match report.verdict {
        None => "not known whether it can be imported".to_owned(),
        Some(Verdict::Go) if report.unknown.is_empty() => format!("can be imported on {import} ({zone})"),
        Some(Verdict::Go) => format!("as far as is known it can be imported on {import} ({zone})"),
        Some(Verdict::NoGo) if due <= report.as_of => {
            format!("something must be done before the import on {import} ({zone})")
        }
        Some(Verdict::NoGo) => format!("something must be done by {} ({zone})", zone.show(due)),
        Some(Verdict::GoThenAct) => {
            format!("can be imported on {import}; something must be done by {} ({zone})", zone.show(due))
        }
    };
    format!("ArcGIS Enterprise license {name}: {what}")
}

fn about(report: &PreflightReport, file: &str, page: &Page) -> String {
    let version = report.new.as_ref().and_then(|new| new.version.as_deref());
    let version = version.map_or_else(String::new, |version| format!(" (version {version})"));
    let over = report.old.as_ref().map_or_else(String::new, |old| format!(", in place of {}", old.source));
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
            "In short: the file is not to be imported then, unless what is asked for below is done before.".to_owned()
        }
        (Some(Verdict::NoGo), Some(due)) => {
            format!(
                "In short: what is asked for below must be done by {}; that is soon, so do not rely on the file before.",
                by(due)
            )
        }
    };
    if !report.unknown.is_empty() {
        let open = count(u64::try_from(report.unknown.len()).unwrap_or(u64::MAX), "question");
        let verb = if report.unknown.len() == 1 { "is" } else { "are" };
        text.push_str(&format!(" This is so as far as is known: {open} {verb} open, see below."));
    }
    if let Some(members) = report.members {
        text.push_str(&format!(
            " {} counted.",
            if members == 1 { "1 member was".to_owned() } else { format!("{members} members were") }
        ));
    }
    text
}

/// Seats before, at the import, and the fewest later, of everything that changes.
fn changes(report: &PreflightReport, page: &Page) -> Vec<String> {
    let seated: Vec<_> = report.items.iter().filter(|item| item.kind != ItemKind::Capability).collect();
    let is_less = |item: &PreflightItem| item.new.is_some_and(|new| item.lowest.seats < new);
    let differs = |item: &PreflightItem| report.old.is_some() && item.old.unwrap_or(0) != item.new.unwrap_or(0);
    let (changing, same): (Vec<&PreflightItem>, Vec<_>) =
        seated.into_iter().partition(|item| is_less(item) || differs(item));
    let mut lines: Vec<_> = changing.iter().take(MOST).map(|item| change(item, report.old.is_some(), page)).collect();
    if changing.len() > MOST {
        lines.push(format!("- and {} more", changing.len() - MOST));
    }
    if !same.is_empty() {
        let others = count(u64::try_from(same.len()).unwrap_or(u64::MAX), "item");
        let same = if changing.is_empty() { "" } else { "the other " };
        lines.push(format!("- no change for {same}{others}"));
    }
    if report.old.is_none() {
        lines.push("- what the import replaces was not given, so what changes at the import is not known".to_owned());
    }
    lines
}

/// "- Creator (creatorUT): 120 seats before, 120 at the import (no change), 60 from 2026-12-31 12:00 (60 fewer)".
fn change(item: &PreflightItem, compared: bool, page: &Page) -> String {
    let new = item.new.unwrap_or(0);
    let before = match (compared, item.old) {
        (false, _) => format!("{} at the import", count(new, "seat")),
        (true, old) => {
            let old = old.unwrap_or(0);
            format!("{} before, {new} at the import ({})", count(old, "seat"), net(old, new))
        }
    };
    let later = (item.lowest.seats < new)
        .then(|| format!(", fewest later: {} ({})", lowest(item, page), net(new, item.lowest.seats)));
    format!("- {}: {before}{}", named(item.name.as_deref(), &item.id), later.unwrap_or_default())
}

fn net(before: u64, after: u64) -> String {
    match (after.checked_sub(before), before.saturating_sub(after)) {
        (Some(0), _) => "no change".to_owned(),
        (Some(more), _) => format!("{more} more"),
        (None, fewer) => format!("{fewer} fewer"),
    }
}

/// "Creator (creatorUT)".
pub(super) fn named(name: Option<&str>, id: &str) -> String {
    name.map_or_else(|| id.to_owned(), |name| format!("{name} ({id})"))
}

/// The import, what must be done by when, when seats change, and the end.
fn dates(report: &PreflightReport, page: &Page) -> Vec<String> {
    let mut dates: BTreeMap<Instant, Vec<String>> = BTreeMap::new();
    dates.entry(report.as_of).or_default().push("the import".to_owned());
    let later = |at: &Instant| *at > report.as_of;
    let due: BTreeSet<_> = report.actions.iter().map(|action| action.due).filter(later).collect();
    for at in due {
        dates.entry(at).or_default().push("until then what is asked for above must be done".to_owned());
    }
    let mut steps: BTreeMap<Instant, Vec<String>> = BTreeMap::new();
    for item in report.items.iter().filter(|item| item.kind != ItemKind::Capability) {
        let mut before = item.timeline.seats_at(report.as_of);
        for step in item.timeline.steps().iter().filter(|step| step.at > report.as_of) {
            if Some(step.at) != report.license_end {
                let words = format!("{} {before} to {} seats", named(item.name.as_deref(), &item.id), step.seats);
                steps.entry(step.at).or_default().push(words);
            }
            before = step.seats;
        }
    }
    for (at, changes) in steps {
        let more = changes.len().saturating_sub(FEW);
        let mut words = changes.into_iter().take(FEW).collect::<Vec<_>>().join(", ");
        if more > 0 {
            words.push_str(&format!(", and {more} more"));
        }
        dates.entry(at).or_default().push(words);
    }
    match report.license_end {
        Some(end) if end > Instant::YEAR_2100 => {
            dates.entry(end).or_default().push("no end of the license is stated, perhaps it has none".to_owned());
        }
        Some(end) => dates.entry(end).or_default().push("the license ends for everybody".to_owned()),
        None => {}
    }
    let all = dates.len();
    let mut lines: Vec<_> = dates
        .into_iter()
        .take(MOST)
        .map(|(at, words)| format!("- {}: {}", page.zone.show(at), words.join("; ")))
        .collect();
    if all > MOST {
        lines.push(format!("- and {} later dates", all - MOST));
    }
    if report.license_end.is_none() {
        lines.push("- an end of the license is not known".to_owned());
    }
    lines
}

fn costs_told(costs: &Costs, page: &Page) -> Vec<String> {
    let on = page.zone.show(costs.as_of);
    let of = [
        (CostOf::TrueUp, "the seats that lack, if all of them are bought".to_owned()),
        (CostOf::Owned, format!("all seats of the file on {on}")),
        (CostOf::Delta, format!("the difference to the old license on {on}")),
        (CostOf::Unassigned, format!("seats of the file that nobody has on {on}")),
    ];
    let sums = of.into_iter().filter_map(|(what, words)| Some(format!("- {words}: {}", sums_in_words(costs, what)?)));
    let mut lines: Vec<_> = sums.collect();
    lines.extend(without_price(costs, page.zone).map(|line| format!("- {line}")));
    lines.extend(costs.notes.iter().map(|note| format!("- {note}")));
    lines.push(format!(
        "- seats times the prices of {}; nothing is converted, rounded or spread over time",
        costs.prices
    ));
    lines
}
