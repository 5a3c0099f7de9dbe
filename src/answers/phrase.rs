//! The words that tables and Markdown of several answers share.

use std::collections::HashMap;

use crate::answers::{FindingReport, ItemReport, Page};
use crate::license::{Administrator, AdministratorObstacle, Compatible};
use crate::seats::Status;
use crate::severity::Severity;

use crate::layout::{Cell, Grid, Tone};
use crate::text::code;

/// The mark after a number or a date that is not certain.
pub(super) const DOUBT: &str = " ?";

/// The meaning of [`DOUBT`], below a table.
pub(super) const DOUBT_LEGEND: &str = "? not certain, see the findings";

impl Page {
    /// The as-of and the zone: "2019-01-01 (UTC)".
    pub(super) fn as_of_phrase(&self) -> String {
        format!("{} ({})", self.zone.show(self.as_of), self.zone)
    }

    /// A remark beside the tables: escaped, faint, and broken where the page ends.
    pub(super) fn wrap(&self, line: &str) -> String {
        self.hanging(line, Tone::Faint)
    }

    /// A verdict: like a remark, but not faint.
    pub(super) fn verdict(&self, line: &str) -> String {
        self.hanging(line, Tone::Plain)
    }

    /// Breaks a line where the page ends. Further lines are indented, so that none of them reads as a row of a table.
    fn hanging(&self, line: &str, tone: Tone) -> String {
        let grid = Grid::line(line, tone);
        if grid.fits(self.width) {
            return grid.to_text(self.width, self.color);
        }
        let broken = grid.to_text(self.width.map(|width| width.saturating_sub(2)), self.color);
        let indent = |(index, line): (usize, &str)| format!("{}{line}\n", if index == 0 { "" } else { "  " });
        broken.lines().enumerate().map(indent).collect()
    }

    /// A text after a mark. Where the page is too narrow for one line, further lines begin below the text.
    pub(super) fn hang(&self, mark: &str, text: &str) -> String {
        let line = Grid::line(format!("{mark}{text}"), Tone::Plain);
        if line.fits(self.width) {
            return line.to_text(None, false);
        }
        let indent = mark.len();
        let below = self.width.map(|width| width.saturating_sub(u16::try_from(indent).unwrap_or(u16::MAX)).max(1));
        let mut lines = String::new();
        for (nth, line) in Grid::line(text, Tone::Plain).to_text(below, false).lines().enumerate() {
            let begin = if nth == 0 { mark.to_owned() } else { " ".repeat(indent) };
            lines.push_str((begin + line).trim_end());
            lines.push('\n');
        }
        lines
    }

    /// A name and a text about it, in one line if they fit, else in two.
    pub(super) fn title(&self, name: &str, what: &str) -> String {
        let line = Grid::line(format!("{name}: {what}"), Tone::Plain);
        if line.fits(self.width) {
            line.to_text(self.width, self.color)
        } else {
            self.hanging(&format!("{name}:"), Tone::Plain) + &self.wrap(what)
        }
    }
}

pub(super) fn status(item: &ItemReport) -> Cell {
    let doubt = if item.certain { "" } else { DOUBT };
    Cell::new(format!("{}{doubt}", item.status)).tone(match item.status {
        _ if !item.certain => Tone::Doubt,
        Status::Active => Tone::Good,
        Status::Upcoming => Tone::Doubt,
        Status::Lapsed | Status::Expired | Status::Empty => Tone::Bad,
    })
}

/// The cell for the Administrator role: "yes", "no" or "unknown".
pub(super) fn administrator(administrator: Option<Administrator>) -> Cell {
    let Some(Administrator { compatible, .. }) = administrator else { return Cell::default() };
    Cell::new(compatible.as_str()).tone(match compatible {
        Compatible::Yes => Tone::Plain,
        Compatible::No => Tone::Faint,
        Compatible::Unknown => Tone::Doubt,
    })
}

/// The remark that says where the knowledge about the Administrator role comes from.
pub(super) fn basis(by_list: bool) -> &'static str {
    if by_list {
        "administrator: by the administrator list of the license"
    } else {
        "administrator: yes is published, no is inferred from the list for 10.8; the license's own is exact"
    }
}

/// The document's name, or an empty text, and the published name in brackets where it differs.
pub(super) fn name<'n>(name: Option<&'n str>, known_as: Option<&str>) -> (&'n str, String) {
    let known_as = known_as.filter(|known_as| Some(*known_as) != name);
    let blank = if name.is_some() { " " } else { "" };
    (name.unwrap_or_default(), known_as.map_or_else(String::new, |known_as| format!("{blank}(known as {known_as})")))
}

pub(super) fn obstacle(obstacle: AdministratorObstacle) -> &'static str {
    match obstacle {
        AdministratorObstacle::NotCompatible => "not compatible",
        AdministratorObstacle::CompatibilityUnknown => "compatibility not known: give the administrator list",
        AdministratorObstacle::NoSeats => "no seats on the day",
        AdministratorObstacle::SeatsUncertain => "seats not certain",
    }
}

/// How many documents of each input there are, which decides whether a document is numbered.
pub(super) struct Numbers<'r>(HashMap<&'r str, usize>);

impl<'r> Numbers<'r> {
    /// Counts the inputs of all documents.
    pub(super) fn of(sources: impl Iterator<Item = &'r str>) -> Self {
        let mut counts = HashMap::new();
        sources.for_each(|source| *counts.entry(source).or_default() += 1);
        Self(counts)
    }

    /// The number of a document, ", document 2"; empty where its input holds no other.
    pub(super) fn of_document(&self, source: &str, document: usize) -> String {
        let several = self.0.get(source).is_some_and(|count| *count > 1);
        if several { format!(", document {}", document + 1) } else { String::new() }
    }
}

fn finding(finding: &FindingReport) -> String {
    format!("{}: {}", line_and_column(finding), finding.message)
}

fn line_and_column(finding: &FindingReport) -> String {
    format!("line {}, column {}", finding.location.line, finding.location.column)
}

fn severity(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Doubt,
        Severity::Info => Tone::Faint,
    }
}

/// The cell of the seats, marked where they are not certain.
pub(super) fn seats(item: &ItemReport) -> Cell {
    let seats = item.usable_seats.map_or_else(String::new, |seats| seats.to_string());
    if item.certain { Cell::new(seats) } else { Cell::new(seats + DOUBT).tone(Tone::Doubt) }
}

/// The findings about reading, as text below a table.
pub(super) fn findings_text(findings: &[FindingReport], page: &Page) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut grid = Grid::new(&["Findings about reading"]);
    for one in findings {
        let line = format!("{}[{}] {}", one.severity, one.rule, finding(one));
        grid.row([Cell::new(line).tone(severity(one.severity))]);
    }
    format!("\n{}", grid.to_text(page.width, page.color))
}

/// The findings about reading, in Markdown.
pub(super) fn findings_markdown(findings: &[FindingReport]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let lines = findings.iter().map(|one| {
        let message = one.message.markdown();
        format!("- **{}** {} {}: {message}\n", one.severity, code(&one.rule), line_and_column(one))
    });
    format!("\n### Findings about reading\n\n{}", lines.collect::<String>())
}
