//! Tables of items, one for each kind.

use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::html::cells::{dates, doubt, item, left_cell, seats, seats_cell, status_cell};
use crate::answers::html::line::ItemLine;
use crate::answers::html::parts::{of_kinds, sentence};
use crate::layout::html::Chart;
use crate::license::{Compatible, ItemKind};

/// A column of the table, after the item.
#[derive(Clone, Copy)]
pub(in crate::answers) enum CourseColumn<'c> {
    /// The seats, under this title.
    Seats(&'c str),
    Status,
    Left,
    /// A picture of the seats over time.
    Picture(&'c Chart),
    Dates,
    /// The Administrator role, for user types.
    Administrator,
    /// The seats of the old license, under this title.
    Old(&'c str),
    /// The seats of the new license less those of the old one.
    Delta,
    Assigned,
    /// The seats less the assigned ones.
    Available,
    /// The assigned seats less the seats, where that is above 0.
    Short,
    /// A value that does not follow the day, made from the number of the row.
    Fixed(&'c str, Sort, &'c dyn Fn(usize) -> Markup),
    /// Remarks about a row, made from its number; the column shows only if a row has any.
    Remarks(&'c dyn Fn(usize) -> Vec<String>),
    /// A value that does not follow the day, for items of one kind.
    OfKind(ItemKind, &'c str, Sort, &'c dyn Fn(usize) -> Markup),
}

/// How the script sorts a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::answers) enum Sort {
    None,
    Text,
    Number,
}

/// A table for each kind that has items. `base` is the number of the first row; `bad` tells which rows stand out.
pub(in crate::answers) fn tables(
    lines: &[ItemLine<'_>],
    base: usize,
    page: &Page,
    columns: &[CourseColumn<'_>],
    bad: &dyn Fn(usize) -> bool,
) -> Markup {
    html! {
        @for (kind, of_kind) in of_kinds(lines) {
            @let columns: Vec<_> = columns.iter().filter(|column| column.is_of(kind, &of_kind)).collect();
            div.scroll tabindex="0" role="region" aria-label=(kind.heading()) {
                table {
                    caption {
                        (kind.heading()) " "
                        @if kind == ItemKind::UserType && of_kind.len() > 1 {
                            span.total data-total { (total(&of_kind, page)) }
                        }
                    }
                    thead {
                        tr {
                            th scope="col" data-sort="text" { (kind.noun()) }
                            @for column in &columns { (column.head()) }
                        }
                    }
                    tbody {
                        @for (n, line) in &of_kind {
                            tr data-n=(base + n) class=[bad(*n).then_some("bad")] {
                                (item(line, page))
                                @for column in &columns { (column.cell(*n, line, page)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The number of items with their seats: "7 with 440 seats".
fn total(lines: &[(usize, &ItemLine<'_>)], page: &Page) -> String {
    // Each count is at most 2^53 - 1, so the sum cannot overflow.
    let seats = lines.iter().map(|(_, line)| u128::from(line.seats.seats_at(page.as_of))).sum::<u128>();
    let certain = lines.iter().all(|(_, line)| line.seats.is_certain_at(page.as_of));
    format!("{} with {seats} seats{}", lines.len(), doubt(certain))
}

impl CourseColumn<'_> {
    /// Whether a table of this kind has the column.
    fn is_of(&self, kind: ItemKind, lines: &[(usize, &ItemLine<'_>)]) -> bool {
        match self {
            Self::Administrator => kind == ItemKind::UserType,
            Self::Assigned | Self::Available | Self::Short | Self::Delta => kind != ItemKind::Capability,
            Self::OfKind(only, ..) => kind == *only,
            Self::Remarks(cell) => lines.iter().any(|(n, _)| !cell(*n).is_empty()),
            _ => true,
        }
    }

    fn head(&self) -> Markup {
        let (title, sort) = match self {
            Self::Seats(title) | Self::Old(title) => (*title, Sort::Number),
            Self::Status => ("status", Sort::Text),
            Self::Left => ("days left", Sort::Number),
            Self::Picture(_) => ("over time", Sort::None),
            Self::Dates => ("dates", Sort::None),
            Self::Administrator => ("administrator", Sort::Text),
            Self::Delta => ("difference", Sort::Number),
            Self::Assigned => ("assigned", Sort::Number),
            Self::Available => ("available", Sort::Number),
            Self::Short => ("short", Sort::Number),
            Self::Remarks(_) => ("remarks", Sort::None),
            Self::Fixed(title, sort, _) | Self::OfKind(_, title, sort, _) => (*title, *sort),
        };
        let sort = match sort {
            Sort::None => None,
            Sort::Text => Some("text"),
            Sort::Number => Some("number"),
        };
        html! { th scope="col" data-sort=[sort] class=[(sort == Some("number")).then_some("n")] { (title) } }
    }

    fn cell(&self, n: usize, line: &ItemLine<'_>, page: &Page) -> Markup {
        let number = |name: &str, text: String| html! { td.n data-c=(name) { (text) } };
        match self {
            Self::Seats(_) => seats_cell(line, page),
            Self::Status => status_cell(line, page),
            Self::Left => left_cell(line, page),
            Self::Picture(chart) => html! { td { (line.picture(chart)) } },
            Self::Dates => dates(line, page),
            Self::Administrator => {
                let compatible = line.administrator.map_or("", |administrator| administrator.compatible.as_str());
                let is_unknown = line.administrator.is_some_and(|one| one.compatible == Compatible::Unknown);
                html! { td class=[is_unknown.then_some("doubt")] { (compatible) } }
            }
            Self::Old(_) => {
                let text = line.old.map_or_else(String::new, |old| seats(old, line.is_capability(), page.as_of));
                number("old", text)
            }
            Self::Delta => number("delta", delta(line, page)),
            Self::Assigned => number("assigned", assigned(line, page)),
            Self::Available => number("available", available(line, page)),
            Self::Short => number("short", short(line, page)),
            Self::Remarks(cell) => html! { td.words { @for line in cell(n) { div { (sentence(&line)) } } } },
            Self::Fixed(_, Sort::Number, cell) | Self::OfKind(_, _, Sort::Number, cell) => html! { td.n { (cell(n)) } },
            Self::Fixed(_, _, cell) | Self::OfKind(_, _, _, cell) => html! { td.words { (cell(n)) } },
        }
    }
}

fn delta(line: &ItemLine<'_>, page: &Page) -> String {
    let Some(old) = line.old else { return String::new() };
    let delta = i128::from(line.seats.seats_at(page.as_of)) - i128::from(old.seats_at(page.as_of));
    let certain = line.seats.is_certain_at(page.as_of) && old.is_certain_at(page.as_of);
    format!("{}{delta}{}", if delta > 0 { "+" } else { "" }, doubt(certain))
}

fn assigned(line: &ItemLine<'_>, page: &Page) -> String {
    match line.need.filter(|_| line.counted) {
        Some(need) => need.at(page.as_of).to_string(),
        None => "not counted".to_owned(),
    }
}

fn available(line: &ItemLine<'_>, page: &Page) -> String {
    let Some(need) = line.need.filter(|_| line.counted) else { return String::new() };
    let available = i128::from(line.seats.seats_at(page.as_of)) - i128::from(need.at(page.as_of));
    format!("{available}{}", doubt(line.seats.is_certain_at(page.as_of)))
}

fn short(line: &ItemLine<'_>, page: &Page) -> String {
    let Some(need) = line.need else { return String::new() };
    let short = need.at(page.as_of).saturating_sub(line.seats.seats_at(page.as_of));
    format!("{short}{}", doubt(line.seats.is_certain_at(page.as_of) && line.is_need_certain(page.as_of)))
}
