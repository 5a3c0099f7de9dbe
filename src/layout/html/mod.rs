//! The frame of an HTML page in one file, with a policy that lets nothing be loaded.
//!
//! The page is complete without its script: all that the script changes stands in it, and the controls stay hidden
//! until the script shows them. The picture of seats over time is drawn by attributes, so that it shows without
//! styles as well.

mod chart;
mod controls;

pub use chart::{Chart, Curve};
pub use controls::{Choice, controls};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::text::{to_json_line, visible};

/// The style sheet of every page, for screens and for print.
const STYLE: &str = concat!(include_str!("page.css"), include_str!("print.css"));

/// The script of every page.
const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("time.js"),
    include_str!("seats.js"),
    include_str!("words.js"),
    include_str!("summary.js"),
    include_str!("day.js"),
    include_str!("table.js"),
    include_str!("start.js"),
);

/// The parts of a page.
#[derive(Debug)]
pub struct Sheet<'p, D> {
    /// The title, which browsers show in the tab.
    pub title: &'p str,
    /// The beginning of the page.
    pub header: Markup,
    /// Everything between header and footer.
    pub main: Markup,
    /// The files that were read and the version of the program, as the end of the page.
    pub footer: Markup,
    /// The data for the script.
    pub data: &'p D,
}

impl<D: Serialize> Sheet<'_, D> {
    /// Renders the page. Equal content gives equal bytes.
    #[must_use]
    pub fn render(&self) -> String {
        let data = to_json_line(self.data).unwrap_or_else(|_| "null".to_owned());
        // With `<` escaped, no end tag and no comment begins in the data.
        let data = data.trim_end().replace('<', "\\u003c");
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            hash(STYLE),
            hash(SCRIPT)
        );
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content=(concat!("seatline ", env!("CARGO_PKG_VERSION")));
                    title { (visible(self.title)) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header { (self.header) }
                    main { (self.main) }
                    footer { (self.footer) }
                    script type="application/json" id="data" { (PreEscaped(data)) }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string() + "\n"
    }
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_end_where_their_elements_end() {
        assert!(!STYLE.contains("</") && !STYLE.contains("@import") && !STYLE.contains("url("));
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.contains('\r') && !SCRIPT.contains('\r'), "a browser hashes line feeds");
    }

    #[test]
    fn data_ends_no_script() {
        let main = html! { p { "a" } };
        let data = ["</script><!--", "\u{202e}"];
        let sheet = Sheet { title: "<\u{7}>", header: html! {}, main, footer: html! {}, data: &data };
        let page = sheet.render();
        assert!(page.contains(r#"["\u003c/script>\u003c!--","\u202e"]"#), "{page}");
        assert!(page.contains("<title>&lt;\\u0007&gt;</title>"));
    }
}
