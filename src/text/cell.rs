//! Text for a cell of a spreadsheet.

use std::borrow::Cow;

use super::visible;

/// The text with a `'` before it where a spreadsheet would run it as a formula. A leading tab or carriage return,
/// which would be run as well, is escaped before.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    let visible = visible(text);
    let runs = visible.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if runs { Cow::Owned(format!("'{visible}")) } else { visible }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠x", "'＠x"),
            ("\t=1", "\\u0009=1"),
            ("\r=1", "\\u000d=1"),
            ("a=1", "a=1"),
        ] {
            assert_eq!(inert(text), cell);
        }
    }
}
