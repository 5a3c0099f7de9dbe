//! Text for a cell of a spreadsheet.

use std::borrow::Cow;

use super::visible;

/// The text for a cell, where nothing of it is a formula: a `'` stands before what a spreadsheet would run. A tab and a
/// carriage return, after which one would run as well, are escaped already.
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
