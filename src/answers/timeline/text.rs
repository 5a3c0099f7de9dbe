//! The tables of `seatline timeline`.

use std::fmt::Write;

use crate::answers::origin::SourceTitles;
use crate::answers::phrase::{DOUBT, DOUBT_LEGEND};
use crate::answers::timeline::bar::{LENGTHS, Scale};
use crate::answers::timeline::by_date::{self, PERHAPS_BEGINS};
use crate::answers::{Page, TimelineItem, TimelineLicense, TimelineReport, TimelineStep, phrase, words};
use crate::layout::{Cell, Grid};
use crate::license::ItemKind;
use crate::text::escape_markdown;
use crate::time::Instant;

/// How the changes are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// By item.
    #[default]
    Item,
    /// By date: the changes of all licenses in one list.
    Date,
}

/// How an item is laid out. A narrower layout has fewer columns and leaves nothing out.
#[derive(Clone, Copy)]
struct Layout {
    /// The scale and the length of the bars; `None` without bars.
    bars: Option<(Scale, u16)>,
    /// The place of the name.
    name: NamePlace,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NamePlace {
    /// In a column of its own.
    Apart,
    /// Under the id.
    Under,
    /// Under the id, together with everything else.
    AllUnder,
}

/// The tables of `timeline` for a terminal.
#[must_use]
pub fn timeline_table(report: &TimelineReport, page: &Page, by: By) -> String {
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &*license.origin));
    let title = |license: &TimelineLicense| page.title(&titles.text(&license.origin), &what(license, page));
    let findings = |license: &TimelineLicense| phrase::findings_text(&license.findings, page);
    let mut text = String::new();
    match by {
        By::Item => {
            let layout = layout(report, page);
            for license in &report.licenses {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&title(license));
                for grid in by_item(report, license, page, layout) {
                    let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
                }
                let mut legend = nothing(report, own(report, license), page);
                legend.extend(layout.bars.map(|(scale, _)| scale.legend(page)));
                legend.extend(doubt_legend(own(report, license)));
                text.push_str(&paragraph(&legend, page));
                text.push_str(&findings(license));
            }
        }
        By::Date => {
            text.extend(report.licenses.iter().map(title));
            if let Some(grid) = by_date::grid(report, &titles, page, true) {
                let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
            }
            let mut legend = nothing(report, &report.items, page);
            legend.extend(doubt_legend(&report.items));
            text.push_str(&paragraph(&legend, page));
            text.extend(report.licenses.iter().map(findings));
        }
    }
    text
}

/// `timeline` as Markdown, for a wiki or a pull request.
#[must_use]
pub fn timeline_markdown(report: &TimelineReport, page: &Page, by: By) -> String {
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &*license.origin));
    let layout = Layout { bars: None, name: NamePlace::Apart };
    let mut text = String::new();
    let below = |text: &mut String, grids: Vec<Grid>, items: &[TimelineItem]| {
        text.extend(grids.iter().map(|grid| format!("\n{}", grid.to_markdown())));
        for line in nothing(report, items, page).into_iter().chain(doubt_legend(items)) {
            let _ = writeln!(text, "\n{}", escape_markdown(&line));
        }
    };
    for license in &report.licenses {
        if !text.is_empty() {
            text.push('\n');
        }
        let (title, what) = (titles.markdown(&license.origin), escape_markdown(&what(license, page)));
        let _ = writeln!(text, "## {title}\n\n{what}");
        if by == By::Item {
            below(&mut text, by_item(report, license, page, layout), own(report, license));
            text.push_str(&phrase::findings_markdown(&license.findings));
        }
    }
    if by == By::Date {
        below(&mut text, by_date::grid(report, &titles, page, false).into_iter().collect(), &report.items);
        text.extend(report.licenses.iter().map(|license| phrase::findings_markdown(&license.findings)));
    }
    text
}

pub(super) fn what(license: &TimelineLicense, page: &Page) -> String {
    let doubt = if license.common_end_certain == Some(false) { DOUBT } else { "" };
    let end = license.common_end.map_or_else(String::new, |end| format!("; most end {}{doubt}", page.zone.show(end)));
    format!("{}, times in {}, as of {}{end}", license.origin.what(), page.zone, page.zone.show(page.as_of))
}

fn own<'r>(report: &'r TimelineReport, license: &TimelineLicense) -> &'r [TimelineItem] {
    report.items.get(license.rows.clone()).unwrap_or_default()
}

/// The remark that nothing changes, in the window or at any time; no remark where an item has steps.
pub(super) fn nothing(report: &TimelineReport, items: &[TimelineItem], page: &Page) -> Vec<String> {
    if items.iter().any(|item| !item.steps.is_empty() || item.perhaps_begins.is_some()) {
        return Vec::new();
    }
    let show = |at| page.zone.show(at);
    vec![match (report.from, report.to) {
        (Some(from), Some(to)) => format!("nothing changes from {} to {}", show(from), show(to)),
        (Some(from), None) => format!("nothing changes from {} on", show(from)),
        (None, Some(to)) => format!("nothing changes until {}", show(to)),
        (None, None) => "nothing changes at any time".to_owned(),
    }]
}

pub(super) fn doubt_legend(items: &[TimelineItem]) -> Option<String> {
    items.iter().any(|item| item.certain_until.is_some()).then(|| DOUBT_LEGEND.to_owned())
}

fn paragraph(lines: &[String], page: &Page) -> String {
    if lines.is_empty() {
        return String::new();
    }
    std::iter::once("\n".to_owned()).chain(lines.iter().map(|line| page.wrap(line))).collect()
}

/// The widest layout in which all tables fit the page.
fn layout(report: &TimelineReport, page: &Page) -> Layout {
    let scale = Scale::of(report);
    let bars = |length| scale.map(|scale| (scale, length));
    let longest = LENGTHS.first().copied().unwrap_or(1);
    let Some(width) = page.width else { return Layout { bars: bars(longest), name: NamePlace::Apart } };
    let shortest = LENGTHS.last().copied().unwrap_or(1);
    for (name, least) in [(NamePlace::Apart, 24), (NamePlace::Under, shortest)] {
        let layout = Layout { bars: bars(shortest), name };
        let grids = report.licenses.iter().flat_map(|license| by_item(report, license, page, layout));
        let widest = grids.map(|grid| grid.natural_width()).max().unwrap_or(0);
        let room = (usize::from(width) + usize::from(shortest)).checked_sub(widest);
        let fitting = LENGTHS.into_iter().find(|length| room >= Some(usize::from(*length)));
        if let Some(length) = fitting.filter(|length| *length >= least) {
            return Layout { bars: bars(length), name };
        }
    }
    // The bars are indented under the id, and the mark takes another column.
    Layout { bars: bars(width.saturating_sub(3).clamp(shortest, longest)), name: NamePlace::AllUnder }
}

fn by_item(report: &TimelineReport, license: &TimelineLicense, page: &Page, layout: Layout) -> Vec<Grid> {
    let items = own(report, license);
    let kinds = ItemKind::ALL.into_iter();
    let groups = kinds.map(|kind| (kind, items.iter().filter(|item| item.kind == kind).collect::<Vec<_>>()));
    groups.filter(|(_, items)| !items.is_empty()).map(|(kind, items)| grid(kind, &items, page, layout)).collect()
}

fn grid(kind: ItemKind, items: &[&TimelineItem], page: &Page, layout: Layout) -> Grid {
    let named = layout.name == NamePlace::Apart
        && items.iter().any(|item| phrase::name(item.name.as_deref(), item.known_as.as_deref()) != ("", String::new()));
    let mut header = vec![kind.heading()];
    if layout.name != NamePlace::AllUnder {
        header.extend(named.then_some("name"));
        header.extend(layout.bars.map(|_| "over time"));
        header.extend(["changes", "remarks"]);
    }
    let mut grid = Grid::new(&header);
    for item in items {
        let (name, known_as) = phrase::name(item.name.as_deref(), item.known_as.as_deref());
        let changes = item.steps.iter().map(|step| change(item, step, page));
        let changes = changes.chain(item.perhaps_begins.map(|at| perhaps_begins(at, page)));
        let bar = layout.bars.map(|(scale, length)| scale.bar(&item.timeline, length));
        let remarks = remarks(item, page);
        let under = Some(format!("{name}{known_as}")).filter(|under| !named && !under.is_empty());
        if layout.name == NamePlace::AllUnder {
            let lines = under.into_iter().chain(bar).chain(changes).chain(remarks).map(|line| format!("  {line}"));
            grid.row([Cell::ids(std::iter::once(item.id.clone()).chain(lines).collect())]);
        } else {
            let id = std::iter::once(item.id.clone()).chain(under.map(|under| format!("  {under}")));
            let mut row = vec![Cell::ids(id.collect())];
            row.extend(named.then(|| Cell::named(name, known_as)));
            row.extend(bar.map(Cell::new));
            row.extend([Cell::lines(changes), Cell::lines(remarks)]);
            grid.row(row);
        }
    }
    grid
}

pub(super) fn change(item: &TimelineItem, step: &TimelineStep, page: &Page) -> String {
    let doubt = if step.certain { "" } else { DOUBT };
    let what = match (item.kind, step.active) {
        (ItemKind::Capability, true) => "begins".to_owned(),
        (ItemKind::Capability, false) if item.final_end == Some(step.at) => "ends".to_owned(),
        (ItemKind::Capability, false) => "gap".to_owned(),
        _ => step.seats.unwrap_or(0).to_string(),
    };
    format!("{} {what}{doubt}", page.zone.show(step.at))
}

/// "2027-06-01 00:00 perhaps begins ?".
pub(super) fn perhaps_begins(at: Instant, page: &Page) -> String {
    format!("{} {PERHAPS_BEGINS}{DOUBT}", page.zone.show(at))
}

pub(super) fn remarks(item: &TimelineItem, page: &Page) -> Vec<String> {
    let mut remarks = Vec::new();
    for gap in &item.gaps {
        remarks.push(format!("gap of {}", page.zone.span(gap.from, gap.to)));
    }
    match item.days_after_common_end {
        None | Some(0) => {}
        Some(days) => {
            let order = if days < 0 { "before" } else { "after" };
            remarks.push(format!("ends {} {order} most", words::count(days.unsigned_abs(), "day")));
        }
    }
    if item.final_end.is_some_and(|end| end > Instant::YEAR_2100) {
        remarks.push("no end stated, perhaps perpetual".to_owned());
    }
    if item.open_end {
        remarks.push("no end stated".to_owned());
    }
    if let Some(until) = item.certain_until {
        remarks.push(if until > page.as_of {
            format!("certain until {}", page.zone.show(until))
        } else {
            "not certain".to_owned()
        });
    }
    remarks
}
