//! A line with its number and a caret under a value.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::layout::palette::Tone;
use crate::layout::word::columns;
use crate::text::{Excerpt, visible};

/// Renders the excerpt, which stands on this line of its file, with a caret under the value; `width` is the most
/// columns.
#[must_use]
pub fn caret(excerpt: &Excerpt, line: usize, width: Option<u16>, color: bool) -> String {
    let [before, value, after] = [
        excerpt.text.get(..excerpt.value.start),
        excerpt.text.get(excerpt.value.clone()),
        excerpt.text.get(excerpt.value.end..),
    ]
    .map(|part| visible(part.unwrap_or_default()));
    // The renderer itself does not shorten a long value.
    let value = short(&value, width.map(|width| usize::from(width).saturating_sub(20 + line.to_string().len())));
    let span = before.len()..before.len() + value.len();
    let text = format!("{before}{value}{after}");
    let snippet = Snippet::source(&text).line_start(line).annotation(AnnotationKind::Primary.span(span));
    let report = [Group::with_level(Level::ERROR).element(snippet)];
    let render = |room: usize| Renderer::plain().term_width(room).render(&report);
    let room = width.map_or(400, |width| room_for(width.into(), render));
    let rendered = if color { colored().term_width(room).render(&report) } else { render(room) };
    rendered.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The width to give the renderer so that no line is wider than `most`. The renderer counts each character alone, and some
/// are wider beside others (an emoji with its selector).
fn room_for(most: usize, render: impl Fn(usize) -> String) -> usize {
    const TRIES: u32 = 8;
    let mut room = most;
    for nth in 0..TRIES {
        let over = render(room).lines().map(|line| columns(line).saturating_sub(most)).max().unwrap_or(0);
        if over == 0 {
            break;
        }
        // A line that the renderer takes to fit stays as it is until the width is far below: the steps grow.
        room = room.saturating_sub(over << nth);
    }
    room
}

/// The renderer with the colours of all other output.
fn colored() -> Renderer {
    let (bad, faint) = (Tone::Bad.label(), Tone::Faint.style());
    Renderer::styled().error(bad).context(faint).line_num(faint)
}

/// The beginning of a text that fits into this many columns, counting two for a character beyond ASCII.
fn short(text: &str, most: Option<usize>) -> Cow<'_, str> {
    let Some(most) = most else { return Cow::Borrowed(text) };
    let mut columns = 0;
    let cut = text.char_indices().find(|(_, character)| {
        columns += if character.is_ascii() { 1 } else { 2 };
        columns > most.max(1)
    });
    match cut.and_then(|(at, _)| text.get(..at)) {
        Some(beginning) => Cow::Owned(format!("{beginning}…")),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_value() {
        let text = "{\"名\": \u{1b}1, \"b\": 2}";
        let at = text.find('2').unwrap();
        let text = caret(&Excerpt { text: text.to_owned(), value: at..at + 1 }, 7, None, false);
        assert!(text.contains("7 | {\"名\": \\u001b1, \"b\": 2}\n"), "{text}");
        assert!(text.lines().last().unwrap().ends_with('^'), "{text}");
    }

    #[test]
    fn characters_that_are_wider_together_stay_within_the_page() {
        let text = format!("{{\"id\": \"{}\", \"b\": 2}}", "\u{2764}\u{fe0f}".repeat(40));
        for width in [40, 60, 80] {
            let shown = caret(&Excerpt { text: text.clone(), value: 0..text.len() }, 7, Some(width), false);
            assert!(shown.lines().all(|line| columns(line) <= width.into()), "{shown}");
            assert!(shown.contains("\u{2764}") && shown.contains('^'), "{shown}");
        }
        // The renderer takes this line to fit.
        let value = format!("\"{}\"", "\u{2764}\u{fe0f}".repeat(10));
        let text = format!("{{\"id\": {value}, \"maxUsers\": 4503599627370495, \"startDate\": 1735689600000}}");
        let shown = caret(&Excerpt { text: text.clone(), value: 7..7 + value.len() }, 7, Some(80), false);
        assert!(shown.lines().all(|line| columns(line) <= 80), "{shown}");
        // Nothing fits into a page of one column; the excerpt is shown all the same.
        let shown = caret(&Excerpt { text: text.clone(), value: 7..7 + value.len() }, 7, Some(1), false);
        assert!(shown.contains('^'), "{shown}");
    }
}
