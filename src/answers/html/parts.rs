//! Small parts of pages.

use maud::{Markup, PreEscaped, Render, html};

use crate::answers::html::bands::Band;
use crate::answers::html::line::ItemLine;
use crate::answers::{FailureReport, FindingReport, Page};
use crate::layout::html::{Choice, controls};
use crate::license::ItemKind;
use crate::seats::Status;
use crate::text::visible;

/// Text that may come from a file: every character is visible, and none is markup.
pub(in crate::answers) fn text(text: &str) -> Markup {
    PreEscaped(visible(text).render().into_string())
}

/// A sentence in which lines break at no date.
pub(in crate::answers) fn sentence(words: &str) -> Markup {
    let mut rest = words;
    html! {
        @while let Some((before, date, after)) = date_in(rest) {
            (text(before)) span.whole { (date) }
            @let () = rest = after;
        }
        (text(rest))
    }
}

/// The first date in a sentence, with its time if it has one, and what stands before and after it.
fn date_in(words: &str) -> Option<(&str, &str, &str)> {
    let is_like = |text: &str, form: &str| {
        text.len() == form.len()
            && text
                .bytes()
                .zip(form.bytes())
                .all(|(own, wanted)| own == wanted || wanted == b'0' && own.is_ascii_digit())
    };
    let begins = |at: usize, form: &str| words.get(at..at + form.len()).is_some_and(|own| is_like(own, form));
    let at = (0..words.len()).find(|at| begins(*at, "0000-00-00"))?;
    let length = if begins(at, "0000-00-00 00:00") { 16 } else { 10 };
    Some((words.get(..at)?, words.get(at..at + length)?, words.get(at + length..)?))
}

/// The name of an item, where one is known, and its id.
pub(in crate::answers) fn named(name: Option<&str>, id: &str) -> Markup {
    html! {
        @if let Some(name) = name { span.name { (text(name)) } " " }
        code { (text(id)) }
    }
}

/// Lines as a list; nothing where there are none.
pub(in crate::answers) fn list<T: AsRef<str>>(lines: &[T]) -> Markup {
    html! {
        @if !lines.is_empty() {
            ul { @for line in lines { li { (text(line.as_ref())) } } }
        }
    }
}

/// The rows of each kind that has items, with their numbers.
pub(in crate::answers) fn of_kinds<'l, 'r>(
    lines: &'l [ItemLine<'r>],
) -> impl Iterator<Item = (ItemKind, Vec<(usize, &'l ItemLine<'r>)>)> {
    ItemKind::ALL.into_iter().filter_map(move |kind| {
        let of_kind: Vec<_> = lines.iter().enumerate().filter(|(_, line)| line.kind == kind).collect();
        (!of_kind.is_empty()).then_some((kind, of_kind))
    })
}

/// A finding about reading, with its place in the file.
pub(super) fn finding(finding: &FindingReport) -> Markup {
    html! {
        li class=(finding.severity) {
            b { (finding.severity) } " " code { (text(&finding.rule)) } " line " (finding.location.line) ", column "
            (finding.location.column) ": " (text(&finding.message))
        }
    }
}

/// The section with the findings about reading.
pub(in crate::answers) fn findings(findings: &[FindingReport]) -> Markup {
    html! {
        @if !findings.is_empty() {
            h3 { "Findings about reading" }
            ul.findings { @for one in findings { (finding(one)) } }
        }
    }
}

/// The section with the inputs that could not be read.
pub(in crate::answers) fn failures(failures: &[FailureReport]) -> Markup {
    html! {
        @if !failures.is_empty() {
            section.failures {
                h2 { "Could not be read" }
                ul { @for failure in failures { li { b { (text(&failure.source)) } ": " (text(&failure.message)) } } }
            }
        }
    }
}

/// The controls for the day, the status, the days left and the name.
pub(in crate::answers) fn all_controls() -> Markup {
    let status = Status::ALL.map(|status| Choice { value: status.as_str(), label: status.as_str() });
    let end = Band::ALL.map(|band| Choice { value: band.class(), label: band.label() });
    controls(&status, &end)
}

/// The controls for the day and the name.
pub(in crate::answers) fn plain_controls() -> Markup {
    controls(&[], &[])
}

/// The end of the page: what was looked at, and the program and its version.
pub(in crate::answers) fn footer(what: &str, page: &Page) -> Markup {
    html! {
        p { (sentence(what)) }
        p { "All times are in " (page.zone) ". Made by seatline " (env!("CARGO_PKG_VERSION")) "." }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stays_whole_and_what_stands_around_it_is_escaped() {
        let of = |words: &str| sentence(words).into_string();
        assert_eq!(
            of("é<b> by 2026-12-31 12:00 (in 31 days)"),
            "é&lt;b&gt; by <span class=\"whole\">2026-12-31 12:00</span> (in 31 days)"
        );
        assert_eq!(of("2026-12-31"), "<span class=\"whole\">2026-12-31</span>");
        assert_eq!(of("2026-12-3é, 2026-1-31"), "2026-12-3é, 2026-1-31");
        assert_eq!(of(""), "");
    }
}
