//! Spans of code.

/// The place of a text in Markdown: within a cell of a table a bar must be escaped, as it would end the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Paragraph,
    Cell,
}

/// A text as code.
pub(super) fn code_within(text: &str, within: Within) -> String {
    if within == Within::Paragraph || !text.contains('|') {
        return span(text);
    }
    // In a table `\|` is a bar, also within code, and `\\|` ends the cell. With an odd number of backslashes before a
    // bar, the last backslash therefore stands outside of the code.
    let mut cell = String::with_capacity(text.len() + 8);
    let mut part = String::new();
    let mut odd = false;
    for character in text.chars() {
        if character == '|' {
            if odd {
                part.pop();
                cell.push_str(&span(&part));
                cell.push_str("\\\\");
                part.clear();
            }
            part.push('\\');
        }
        part.push(character);
        odd = character == '\\' && !odd;
    }
    cell + &span(&part)
}

/// A text as code, between a number of backticks that occurs nowhere in it.
fn span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut runs: Vec<usize> = text.split(|character| character != '`').map(str::len).collect();
    runs.sort_unstable();
    let fence = "`".repeat(runs.into_iter().fold(1, |free, run| if run == free { free + 1 } else { free }));
    let blank = |character: char| character == ' ';
    let stripped = text.starts_with(blank) && text.ends_with(blank) && !text.chars().all(blank);
    let pad = if stripped || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
