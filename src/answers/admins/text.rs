//! The formats of `seatline admins` besides JSON.

use std::fmt::Write;

use crate::answers::origin::SourceTitles;
use crate::answers::phrase::{DOUBT, basis, obstacle as obstacle_in_words};
use crate::answers::{AdminUserType, AdminsReport, Page};
use crate::layout::{Cell, Grid, Tone};
use crate::license::{AdministratorObstacle, Basis, Compatible};
use crate::text::escape_markdown;
use crate::time::Zone;

/// The tables of `admins` for a terminal.
#[must_use]
pub fn admins_table(report: &AdminsReport, page: &Page) -> String {
    let mut text = String::new();
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &*license.origin));
    for (license, user_types) in report.each() {
        if !text.is_empty() {
            text.push('\n');
        }
        let title = format!("{}:", titles.text(&license.origin));
        let _ = writeln!(text, "{}{}", page.wrap(&title), page.wrap(&what(report, page)));
        let wide = grid(user_types, page, false);
        let grid = if wide.fits(page.width) { wide } else { grid(user_types, page, true) };
        text.push_str(&grid.to_text(page.width, page.color));
        let _ = write!(text, "\n{}", page.wrap(basis(by_list(report))));
        doubt_legend(user_types).iter().for_each(|line| text.push_str(&page.wrap(line)));
        text.push_str(&page.verdict(&license.verdict));
    }
    text
}

/// `admins` as Markdown, for a wiki or a pull request.
#[must_use]
pub fn admins_markdown(report: &AdminsReport, page: &Page) -> String {
    let mut text = String::new();
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &*license.origin));
    for (license, user_types) in report.each() {
        if !text.is_empty() {
            text.push('\n');
        }
        let (title, what) = (titles.markdown(&license.origin), escape_markdown(&what(report, page)));
        let _ = writeln!(text, "## {title}\n\n{what}\n");
        text.push_str(&grid(user_types, page, false).to_markdown());
        if let Some(line) = doubt_legend(user_types) {
            let _ = writeln!(text, "\n{line}");
        }
        let _ = writeln!(text, "\n{}\n\n{}", escape_markdown(basis(by_list(report))), license.verdict.markdown());
    }
    text
}

fn what(report: &AdminsReport, page: &Page) -> String {
    let until = report.until.map_or_else(String::new, |until| format!(", with seats to {}", page.zone.show(until)));
    format!("user types for the initial administrator, as of {}{until}", page.as_of_phrase())
}

/// The meaning of the mark `?`, where one stands in the tables.
fn doubt_legend(user_types: &[AdminUserType]) -> Option<&'static str> {
    let is_marked = user_types.iter().any(|user_type| !user_type.certain);
    is_marked.then_some("? not certain: the license can be read in more than one way")
}

fn by_list(report: &AdminsReport) -> bool {
    let mut administrators = report.user_types.iter().filter_map(|user_type| user_type.administrator);
    administrators.any(|administrator| administrator.basis == Some(Basis::List))
}

fn grid(user_types: &[AdminUserType], page: &Page, narrow: bool) -> Grid {
    let mut grid = if narrow {
        Grid::new(&["User types", ">seats"])
    } else {
        Grid::new(&["User types", ">seats", "usable", "why"])
    };
    for user_type in user_types {
        let seats = format!("{}{}", user_type.usable_seats, if user_type.certain { "" } else { DOUBT });
        let usable = user_type.usable.as_str();
        let why = why(user_type, page.zone);
        if narrow {
            let about = if why.is_empty() { usable.to_owned() } else { format!("{usable}: {why}") };
            grid.row([Cell::ids(vec![user_type.id.clone(), format!("  {about}")]), Cell::new(seats)]);
        } else {
            let tone = match user_type.usable {
                Compatible::Yes => Tone::Good,
                Compatible::No => Tone::Bad,
                Compatible::Unknown => Tone::Doubt,
            };
            grid.row([Cell::id(&user_type.id), Cell::new(seats), Cell::new(usable).tone(tone), Cell::new(why)]);
        }
    }
    grid
}

/// Why the initial administrator cannot have a user type: "viewerUT: not compatible with the Administrator role".
#[must_use]
pub fn reason(user_type: &AdminUserType, zone: Zone) -> String {
    format!("{}: {}", user_type.id, why(user_type, zone))
}

fn why(user_type: &AdminUserType, zone: Zone) -> String {
    if user_type.obstacles.contains(&AdministratorObstacle::NotCompatible) {
        return obstacle_in_words(AdministratorObstacle::NotCompatible).to_owned();
    }
    let obstacles = user_type.obstacles.iter().map(|obstacle| match obstacle {
        AdministratorObstacle::NoSeats => match user_type.ends_at.filter(|_| user_type.usable_seats > 0) {
            Some(end) => format!("no seats from {} on", zone.show(end)),
            None => format!("{} ({})", obstacle_in_words(*obstacle), user_type.status),
        },
        AdministratorObstacle::SeatsUncertain if user_type.certain => {
            let until = user_type.certain_until.map_or_else(String::new, |at| format!(" from {} on", zone.show(at)));
            format!("seats not certain{until}")
        }
        _ => obstacle_in_words(*obstacle).to_owned(),
    });
    obstacles.collect::<Vec<_>>().join("; ")
}
