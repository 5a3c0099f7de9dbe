//! The tables of `seatline report`.

use std::fmt::Write;

use crate::answers::costs::{costs_markdown, costs_text};
use crate::answers::origin::SourceTitles;
use crate::answers::outlook::{OutlookPart, outlook};
use crate::answers::words::why_command;
use crate::answers::{FindingReport, ItemReport, LicenseReport, Page, Report, phrase};
use crate::layout::{Cell, Grid};
use crate::license::{Basis, ItemKind};
use crate::text::{code, escape_markdown};

/// How an item is laid out. A narrower layout takes more lines and leaves nothing out.
#[derive(Clone, Copy)]
struct Layout {
    /// Whether the name has a column of its own, or stands under the id.
    name_apart: bool,
    /// Whether each date has a line of its own.
    dates_apart: bool,
    /// Whether the number of days has a line of its own.
    days_apart: bool,
    /// Whether everything but the seats stands under the id.
    narrow: bool,
}

/// The most findings that are searched for one about an item that is shown.
const FEW: usize = 20;

/// The layouts from wide to narrow. Markdown uses the first.
const LAYOUTS: [Layout; 5] = [
    Layout { name_apart: true, dates_apart: false, days_apart: false, narrow: false },
    Layout { name_apart: true, dates_apart: true, days_apart: false, narrow: false },
    Layout { name_apart: false, dates_apart: true, days_apart: false, narrow: false },
    Layout { name_apart: false, dates_apart: true, days_apart: true, narrow: false },
    Layout { name_apart: false, dates_apart: true, days_apart: true, narrow: true },
];

/// The tables of `report` for a terminal.
#[must_use]
pub fn report_table(report: &Report, page: &Page) -> String {
    let mut text = String::new();
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &license.origin));
    for license in &report.licenses {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&page.title(&titles.text(&license.origin), &what(license, page)));
        for (kind, items) in groups(license) {
            let [wide, others @ .., narrowest] = LAYOUTS;
            let grids = std::iter::once(wide).chain(others).map(|layout| grid(kind, &items, page, layout));
            let fitting = grids.into_iter().find(|grid| grid.fits(page.width));
            let grid = fitting.unwrap_or_else(|| grid(kind, &items, page, narrowest));
            let _ = write!(text, "\n{}", grid.to_text(page.width, page.color));
        }
        let legend: String = legend(license).map(|line| page.wrap(line)).collect();
        if !legend.is_empty() {
            let _ = write!(text, "\n{legend}");
        }
        text.push_str(&costs_text(license.costs.as_ref(), page));
        text.push_str(&phrase::findings_text(&license.findings, page));
        if let Some(why) = why(license, &titles, page) {
            text.push_str(&page.wrap(&format!("where an item's seats come from: {why}")));
        }
    }
    text
}

/// `report` as Markdown, for a wiki or a pull request.
#[must_use]
pub fn report_markdown(report: &Report, page: &Page) -> String {
    let mut text = String::new();
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &license.origin));
    for license in &report.licenses {
        if !text.is_empty() {
            text.push('\n');
        }
        let (title, what) = (titles.markdown(&license.origin), escape_markdown(&what(license, page)));
        let _ = writeln!(text, "## {title}\n\n{what}");
        for (kind, items) in groups(license) {
            let _ = write!(text, "\n{}", grid(kind, &items, page, LAYOUTS[0]).to_markdown());
        }
        for line in legend(license) {
            let _ = writeln!(text, "\n{}", escape_markdown(line));
        }
        text.push_str(&costs_markdown(license.costs.as_ref(), page));
        text.push_str(&phrase::findings_markdown(&license.findings));
        if let Some(why) = why(license, &titles, page) {
            let _ = writeln!(text, "\nwhere an item's seats come from: {}", code(&why));
        }
    }
    text
}

/// The `why` command for the first item with an entry that could not be read plainly.
fn why(license: &LicenseReport, titles: &SourceTitles<'_>, page: &Page) -> Option<String> {
    let of_item = |finding: &FindingReport| Some((finding.kind?, finding.id.clone()?));
    let is_item =
        |(kind, id): &(ItemKind, String)| license.items.iter().any(|item| item.kind == *kind && item.id == *id);
    let (_, id) = license.findings.iter().filter_map(of_item).take(FEW).find(is_item)?;
    // `why` takes a file with one license only.
    titles.is_alone(&license.origin).then(|| why_command(&id, None, &license.origin.file, page.as_of))?
}

fn what(license: &LicenseReport, page: &Page) -> String {
    format!("{}, as of {}", license.origin.what(), page.as_of_phrase())
}

/// The meanings of the marks that the tables use.
pub(super) fn legend(license: &LicenseReport) -> impl Iterator<Item = &'static str> {
    let mut bases = license.items.iter().filter_map(|item| item.administrator).peekable();
    let basis = bases.peek().is_some().then(|| phrase::basis(bases.any(|one| one.basis == Some(Basis::List))));
    let doubt = license.items.iter().any(|item| item.certain_until.is_some()).then_some(phrase::DOUBT_LEGEND);
    basis.into_iter().chain(doubt)
}

fn groups(license: &LicenseReport) -> impl Iterator<Item = (ItemKind, Vec<&ItemReport>)> {
    ItemKind::ALL.into_iter().filter_map(|kind| {
        let items: Vec<_> = license.items.iter().filter(|item| item.kind == kind).collect();
        (!items.is_empty()).then_some((kind, items))
    })
}

fn grid(kind: ItemKind, items: &[&ItemReport], page: &Page, layout: Layout) -> Grid {
    let named = layout.name_apart && items.iter().any(|item| !name(item).is_empty());
    let mut header = vec![kind.heading()];
    header.extend(named.then_some("name"));
    let seated = kind != ItemKind::Capability;
    header.extend(seated.then_some(">seats"));
    if !layout.narrow {
        header.extend(["status", "dates"]);
        header.extend(match kind {
            ItemKind::UserType if layout.name_apart => Some("administrator"),
            ItemKind::UserType => Some("admin"),
            ItemKind::Extension => Some("included by"),
            ItemKind::AppBundle | ItemKind::App | ItemKind::Capability => None,
        });
    }
    let mut grid = Grid::new(&header);
    for item in items {
        if layout.narrow {
            grid.row([Cell::ids(narrow(item, page))].into_iter().chain(seated.then(|| phrase::seats(item))));
            continue;
        }
        let mut row = match name(item) {
            _ if named => {
                let (name, known_as) = phrase::name(item.name.as_deref(), item.known_as.as_deref());
                vec![Cell::id(&item.id), Cell::named(name, known_as)]
            }
            name if name.is_empty() => vec![Cell::id(&item.id)],
            name => vec![Cell::ids(vec![item.id.clone(), format!("  {name}")])],
        };
        let phrases = outlook(&item.timeline, seated, page).into_iter();
        let dates: Vec<_> = if layout.days_apart {
            phrases.flat_map(OutlookPart::in_lines).collect()
        } else {
            phrases.map(OutlookPart::in_one_line).collect()
        };
        row.extend(seated.then(|| phrase::seats(item)));
        row.push(phrase::status(item));
        row.push(if layout.dates_apart { Cell::lines(dates) } else { Cell::new(dates.join(", ")) });
        match kind {
            ItemKind::UserType => row.push(phrase::administrator(item.administrator)),
            ItemKind::Extension => row.push(Cell::ids(item.included_by.clone())),
            ItemKind::AppBundle | ItemKind::App | ItemKind::Capability => {}
        }
        grid.row(row);
    }
    if kind == ItemKind::UserType && items.len() > 1 {
        // Each count is at most 2^53 - 1, so the sum cannot overflow.
        let total: u128 = items.iter().filter_map(|item| item.usable_seats).map(u128::from).sum();
        let doubt = if items.iter().all(|item| item.certain) { "" } else { phrase::DOUBT };
        let mut row = vec![Cell::new(format!("{} user types", items.len()))];
        row.extend(named.then(Cell::default));
        row.push(Cell::new(format!("{total}{doubt}")));
        grid.row(row);
    }
    grid
}

fn name(item: &ItemReport) -> String {
    let (name, known_as) = phrase::name(item.name.as_deref(), item.known_as.as_deref());
    name.to_owned() + &known_as
}

/// Everything about an item but its seats, one fact a line.
fn narrow(item: &ItemReport, page: &Page) -> Vec<String> {
    let doubt = if item.certain { "" } else { phrase::DOUBT };
    let seated = item.kind != ItemKind::Capability;
    let dates = outlook(&item.timeline, seated, page).into_iter().flat_map(OutlookPart::in_lines);
    let administrator = item.administrator.map(|one| format!("administrator: {}", one.compatible.as_str()));
    let by = (!item.included_by.is_empty()).then(|| "included by".to_owned()).into_iter();
    let by = by.chain(item.included_by.iter().map(|user_type| format!("  {user_type}")));
    let about = [name(item), format!("{}{doubt}", item.status)].into_iter().chain(dates).chain(administrator).chain(by);
    let lines = about.filter(|line| !line.is_empty()).map(|line| format!("  {line}"));
    std::iter::once(item.id.clone()).chain(lines).collect()
}
