//! `seatline diff` for people: at a terminal, and in a pull request.

use std::fmt::Write;

use crate::answers::costs::{costs_markdown, costs_text};
use crate::answers::diff::phrase::{changes, sentences};
use crate::answers::diff::value::{DiffFinding, DiffReport, DiffSide, Reason, SideDocument};
use crate::answers::diff::verdict::NOTHING_CHANGES;
use crate::answers::diff::{CapabilitiesChange, DiffItem};
use crate::answers::outlook::final_end;
use crate::answers::phrase::DOUBT;
use crate::answers::{FailureReport, Location, Page};
use crate::layout::{Cell, Grid, Tone};
use crate::license::{ItemKind, foreign_list};
use crate::text::{Phrase, code, name, phrase};
use crate::time::Instant;

/// The tables of `diff` for a terminal.
#[must_use]
pub fn diff_table(report: &DiffReport, page: &Page) -> String {
    let mut text = page.wrap(&title(report, page));
    for kind in ItemKind::ALL {
        let grids = [Layout::Wide, Layout::Narrow].map(|layout| grid(report, kind, page, layout));
        let [wide, narrow] = grids;
        if let (Some(wide), Some(narrow)) = (wide, narrow) {
            let fitting = if wide.fits(page.width) { wide } else { narrow };
            let _ = write!(text, "\n{}", fitting.to_text(page.width, page.color));
        }
    }
    for (heading, findings) in sections(report) {
        let mut grid = Grid::new(&[heading]);
        for finding in findings {
            let place = places(report, finding.old.as_ref(), finding.new.as_ref());
            grid.row([Cell::lines([finding.message.clone(), format!("  {place}").into()]).tone(Tone::Bad)]);
        }
        let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
    }
    text.push_str(&costs_text(report.costs.as_ref(), page));
    text.push('\n');
    doubt_legend(report).iter().for_each(|line| text.push_str(&page.wrap(line)));
    notes(report).iter().for_each(|note| text.push_str(&page.wrap(note)));
    report.verdict.iter().for_each(|verdict| text.push_str(&page.verdict(verdict)));
    unchanged(report).iter().for_each(|line| text.push_str(&page.wrap(line)));
    text
}

/// `diff` as Markdown, for a pull request.
#[must_use]
pub fn diff_markdown(report: &DiffReport, page: &Page) -> String {
    let verdict = report.verdict.clone().unwrap_or_else(|| "an input could not be read".into());
    let mut text = format!("## {}\n\n{}\n", verdict.markdown(), title(report, page).markdown());
    for kind in ItemKind::ALL {
        if let Some(grid) = grid(report, kind, page, Layout::Markdown) {
            let _ = write!(text, "\n{}", grid.to_markdown());
        }
    }
    for (heading, findings) in sections(report) {
        let _ = writeln!(text, "\n### {heading}\n");
        for finding in findings {
            let place = each_place(report, finding.old.as_ref(), finding.new.as_ref());
            let _ = writeln!(
                text,
                "- {} ({})",
                finding.message.markdown(),
                place.iter().map(|place| code(place)).collect::<Vec<_>>().join(", ")
            );
        }
    }
    text.push_str(&costs_markdown(report.costs.as_ref(), page));
    for line in doubt_legend(report).into_iter().chain(notes(report)).chain(unchanged(report)) {
        let _ = writeln!(text, "\n{}", line.markdown());
    }
    text
}

pub(super) fn title(report: &DiffReport, page: &Page) -> Phrase {
    let side = |side: &DiffSide| {
        let portal = match (side.document, &side.future) {
            (SideDocument::License, _) => Phrase::default(),
            (SideDocument::LicenseResource, None) => "as the portal tells, without what follows; ".into(),
            (SideDocument::LicenseResource, Some(future)) => phrase!["as the portal tells, with ", name(future), "; "],
        };
        let end = match side.end {
            Some(end) => final_end(end, &page.zone.show(end)),
            None if side.no_end => "no end stated, perhaps perpetual".to_owned(),
            None => "no end stated".to_owned(),
        };
        let version = side.version.as_deref().unwrap_or("unknown");
        phrase![name(&side.source), " (", portal, "version ", version, format!(", {end})")]
    };
    let [old, new] = [&report.old, &report.new].map(|one| one.as_ref().map_or_else(Phrase::default, side));
    phrase!["OLD ", old, ", NEW ", new, format!(", compared from {} on", page.as_of_phrase())]
}

/// The sections of findings, "Lost" and "Cannot be read plainly", without those that are empty.
pub(super) fn sections(report: &DiffReport) -> Vec<(&'static str, Vec<&DiffFinding>)> {
    let (unclear, lost): (Vec<_>, Vec<_>) =
        report.findings.iter().partition(|finding| finding.reason == Reason::NotCertain);
    [("Lost", lost), ("Cannot be read plainly", unclear)].into_iter().filter(|(_, all)| !all.is_empty()).collect()
}

impl DiffReport {
    /// Remarks on facts that are shown and not judged.
    #[must_use]
    pub(crate) fn notes(&self) -> Vec<Phrase> {
        notes(self)
    }
}

pub(super) fn notes(report: &DiffReport) -> Vec<Phrase> {
    let mut notes = Vec::new();
    if let Some(CapabilitiesChange { old, new }) = &report.capabilities {
        let [old, new] =
            [old, new].map(|text| text.as_ref().map_or_else(|| "nothing".into(), |it| name(&format!("{it:?}"))));
        notes.push(phrase![
            "MyEsri.capabilities was ",
            old,
            " and is ",
            new,
            ": nobody has published what that means, so it is not judged"
        ]);
    }
    if !report.not_judged.is_empty() {
        notes.push(
            "not judged, because a license resource does not tell them: capabilities, definitions, included extensions, \
             entitlements and apps of bundles"
                .into(),
        );
    }
    for (side_name, side) in [("OLD", &report.old), ("NEW", &report.new)] {
        notes.extend(
            side.as_ref().and_then(|side| foreign_list(&side.foreign)).map(|why| phrase![side_name, ": ", why]),
        );
    }
    notes.extend(
        report.failures.iter().map(|FailureReport { source, message, .. }| phrase![name(source), ": ", message]),
    );
    notes
}

/// The meaning of the mark `?`, where one can stand in the tables.
pub(super) fn doubt_legend(report: &DiffReport) -> Option<Phrase> {
    let is_doubtful = |item: &DiffItem| item.old_certain_until.is_some() || item.new_certain_until.is_some();
    let is_marked = report.items.iter().any(|item| item.changed && is_doubtful(item));
    is_marked.then(|| "? not certain: a license can be read in more than one way".into())
}

/// "3 items unchanged"; `None` where no item is unchanged, or the verdict says that nothing changes.
pub(super) fn unchanged(report: &DiffReport) -> Option<Phrase> {
    match report.unchanged {
        0 => None,
        _ if report.verdict.as_deref() == Some(NOTHING_CHANGES) => None,
        1 => Some("1 item unchanged".into()),
        count => Some(format!("{count} items unchanged").into()),
    }
}

pub(super) fn places(report: &DiffReport, old: Option<&Location>, new: Option<&Location>) -> String {
    each_place(report, old, new).join(", ")
}

fn each_place(report: &DiffReport, old: Option<&Location>, new: Option<&Location>) -> Vec<String> {
    let place = |side: &Option<DiffSide>, location: Option<&Location>| {
        let (side, location) = (side.as_ref()?, location?);
        Some(format!("{}:{}:{}", side.file, location.line, location.column))
    };
    let places = [place(&report.old, old), place(&report.new, new)];
    places.into_iter().flatten().collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Wide,
    /// Name and changes under the id.
    Narrow,
    /// Wide, without lines that are broken for a terminal.
    Markdown,
}

/// The table of the changed items of a kind; `None` where no item changes.
fn grid(report: &DiffReport, kind: ItemKind, page: &Page, layout: Layout) -> Option<Grid> {
    let narrow = layout == Layout::Narrow;
    let items: Vec<_> = report.items.iter().filter(|item| item.kind == kind && item.changed).collect();
    if items.is_empty() {
        return None;
    }
    let (seated, named) = (kind != ItemKind::Capability, items.iter().any(|item| name_of(item).is_some()));
    let mut header = vec![kind.heading()];
    if named && !narrow {
        header.push("name");
    }
    if seated {
        header.extend([">old", ">new"]);
    }
    if !narrow {
        header.push("from the as-of on");
    }
    let mut grid = Grid::new(&header);
    for item in items {
        let changes = match layout {
            Layout::Markdown => sentences(item, page),
            Layout::Wide | Layout::Narrow => changes(item, page),
        };
        let tone = if item.lost.is_empty() && item.extras_lost.is_empty() { Tone::Plain } else { Tone::Bad };
        let mut row = if narrow {
            let known = name_of(item).map(|known| name(&known));
            let beside = known.into_iter().chain(changes.clone()).map(|line| phrase!["  ", line]);
            vec![Cell::lines(std::iter::once(name(&item.id)).chain(beside))]
        } else {
            vec![Cell::id(&item.id)]
        };
        if named && !narrow {
            row.push(Cell::id(name_of(item).unwrap_or_default()));
        }
        if seated {
            row.extend(seats(item, report.as_of));
        }
        if !narrow {
            row.push(Cell::lines(changes).tone(tone));
        }
        grid.row(row);
    }
    Some(grid)
}

fn name_of(item: &DiffItem) -> Option<String> {
    item.name.clone().or_else(|| item.known_as.clone())
}

/// The cells of the seats at the as-of, of OLD and of NEW, each marked by its own certainty.
fn seats(item: &DiffItem, as_of: Instant) -> [Cell; 2] {
    let sides = [(item.old, item.old_certain_until), (item.new, item.new_certain_until)];
    let cells = sides.map(|(seats, certain_until)| {
        let is_certain = certain_until.is_none_or(|until| until > as_of);
        let doubt = if is_certain { "" } else { DOUBT };
        Cell::new(format!("{}{doubt}", seats.unwrap_or(0)))
    });
    let [old, new] = cells;
    let tone = match item.delta.unwrap_or(0) {
        0 => Tone::Plain,
        delta if delta < 0 => Tone::Bad,
        _ => Tone::Good,
    };
    [old, new.tone(tone)]
}
