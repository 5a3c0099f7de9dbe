//! A page of HTML in one file: its frame, with a policy that lets nothing else in.
//!
//! The page is whole without its script: what the script moves stands there, and controls stay hidden until it shows them.
//! The picture of seats over time is drawn by attributes, so that it is there where styles are off too.

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

/// How every page looks, on a screen and printed.
const STYLE: &str = concat!(include_str!("page.css"), include_str!("print.css"));

/// What the script of every page does.
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

/// What a page holds.
#[derive(Debug)]
pub struct Sheet<'p, D> {
    /// For the tab of the browser.
    pub title: &'p str,
    /// The first thing one sees.
    pub header: Markup,
    /// All the rest.
    pub main: Markup,
    /// What was read, and by which program.
    pub footer: Markup,
    /// What the script moves.
    pub data: &'p D,
}

impl<D: Serialize> Sheet<'_, D> {
    /// The page. The same content gives the same bytes.
    #[must_use]
    pub fn render(&self) -> String {
        let data = to_json_line(self.data).unwrap_or_else(|_| "null".to_owned());
        // No end tag and no comment begins in it.
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
