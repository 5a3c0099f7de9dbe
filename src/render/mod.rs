//! From values to text. Renderers know no rules and no files: they turn a finished value into bytes for one place to
//! write.

mod admins;
mod caret;
mod check;
mod csv;
mod diff;
mod escape;
mod fit;
mod grid;
mod ics;
mod json;
mod moves;
mod phrase;
mod report;
mod timeline;

pub use admins::{admins_csv, admins_jsonl, admins_markdown, admins_table, reason};
pub use caret::caret;
pub use check::{check_github, check_jsonl, check_junit, check_markdown, check_sarif, check_text};
pub use diff::{diff_csv, diff_markdown, diff_table};
pub(crate) use escape::inert;
pub use escape::{escape_markdown, visible};
pub use fit::{fit_csv, fit_markdown, fit_table};
pub use grid::{Cell, Grid, Tone};
pub use ics::timeline_ics;
pub use json::{to_json, to_json_line};
pub use moves::{moves_csv, moves_markdown, moves_python, moves_table, moves_undo};
pub use phrase::Page;
pub use report::{report_csv, report_jsonl, report_markdown, report_table};
pub use timeline::{By, timeline_csv, timeline_jsonl, timeline_markdown, timeline_table};
