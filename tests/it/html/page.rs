//! A page as a strict reader of XML sees it, after the parts that HTML may omit are added.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A page of which every element is closed.
pub(crate) struct Page {
    xml: String,
    policy: String,
    style: String,
    script: String,
    data: String,
}

/// A row of a table of items.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    /// The cells by name.
    pub(crate) cells: Vec<(String, String)>,
}

impl Row {
    pub(crate) fn cell(&self, name: &str) -> Option<&str> {
        self.cells.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str())
    }
}

/// Takes the text between two marks out of a page.
fn take(text: &mut String, begin: &str, end: &str) -> String {
    let start = text.find(begin).unwrap_or_else(|| panic!("no {begin}")) + begin.len();
    let length = text[start..].find(end).unwrap_or_else(|| panic!("no {end}"));
    let taken = text[start..start + length].to_owned();
    text.replace_range(start..start + length, "");
    taken
}

impl Page {
    pub(crate) fn parse(html: &str) -> Result<Self, String> {
        let mut text = html.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?.to_owned();
        let style = take(&mut text, "<style>", "</style>");
        let data = take(&mut text, "<script type=\"application/json\" id=\"data\">", "</script>");
        let script = take(&mut text, "<script>", "</script>");
        // Void elements, and attributes without a value.
        for void in ["meta", "input"] {
            let mut from = 0;
            while let Some(at) = text[from..].find(&format!("<{void} ")) {
                let end = from + at + text[from + at..].find('>').ok_or("an element without an end")?;
                text.insert(end, '/');
                from = end;
            }
        }
        let xml = text.replace(" hidden>", " hidden=\"\">").replace(" data-total>", " data-total=\"\">");
        let document = roxmltree::Document::parse(&xml).map_err(|error| error.to_string())?;
        let policy = document
            .descendants()
            .find(|node| node.attribute("http-equiv") == Some("Content-Security-Policy"))
            .and_then(|node| node.attribute("content"))
            .ok_or("no policy")?
            .to_owned();
        drop(document);
        Ok(Self { xml, policy, style, script, data })
    }

    fn with<T>(&self, look: impl FnOnce(&roxmltree::Document<'_>) -> T) -> T {
        look(&roxmltree::Document::parse(&self.xml).unwrap())
    }

    /// Asserts that the page allows only its own style and script, and that nothing in the page loads or runs anything
    /// else.
    pub(crate) fn assert_closed(&self) {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            hash(&self.style),
            hash(&self.script)
        );
        assert_eq!(self.policy, policy);
        assert!(!self.data.contains('<'));
        self.with(|document| {
            let elements = [
                "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "h1",
                "h2", "h3", "p", "ul", "ol", "li", "b", "span", "code", "table", "caption", "thead", "tbody", "tr",
                "th", "td", "details", "summary", "svg", "path", "rect", "label", "input", "select", "option",
                "button", "script",
            ];
            for node in document.descendants().filter(roxmltree::Node::is_element) {
                let name = node.tag_name().name();
                assert!(elements.contains(&name), "{name}");
                for attribute in node.attributes() {
                    let attribute = attribute.name();
                    let is_harmful = attribute == "style"
                        || attribute == "href"
                        || attribute == "src"
                        || attribute.starts_with("on");
                    assert!(!is_harmful, "{name} has {attribute}");
                }
            }
        });
    }

    /// Asserts what readers with a screen reader or without scripts need: a language, one heading of the first rank,
    /// tables with heads, names for everything that can be focused, controls that are hidden until the script runs,
    /// and no id twice.
    pub(crate) fn assert_accessible(&self) {
        self.with(|document| {
            let all = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).collect::<Vec<_>>();
            assert_eq!(document.root_element().attribute("lang"), Some("en"));
            assert_eq!(all("h1").len(), 1);
            for row in all("tr") {
                let heads = row.children().filter(|cell| cell.has_tag_name("th") && cell.has_attribute("scope"));
                assert!(heads.count() >= 1, "a row without a head");
            }
            for node in document.descendants().filter(|node| node.attribute("tabindex").is_some()) {
                assert!(node.attribute("aria-label").is_some() && node.attribute("role") == Some("region"));
            }
            for svg in all("svg") {
                assert_eq!(svg.attribute("aria-hidden"), Some("true"));
            }
            for input in all("input") {
                let named = input.attribute("aria-label").is_some() || input.parent().unwrap().has_tag_name("label");
                assert!(named, "a control without a name");
                assert!(
                    input.ancestors().any(|node| node.attribute("hidden").is_some()),
                    "a control without its script"
                );
            }
            let mut ids: Vec<_> = document.descendants().filter_map(|node| node.attribute("id")).collect();
            ids.sort_unstable();
            let count = ids.len();
            ids.dedup();
            assert_eq!(ids.len(), count, "an id twice");
        });
    }

    pub(crate) fn data(&self) -> Value {
        serde_json::from_str(&self.data).unwrap()
    }

    pub(crate) fn headings(&self) -> Vec<String> {
        self.with(|document| {
            let headings = document.descendants().filter(|node| ["h1", "h2", "h3"].contains(&node.tag_name().name()));
            headings.map(text_of).collect()
        })
    }

    /// The texts of the elements with a class.
    pub(crate) fn texts(&self, class: &str) -> Vec<String> {
        self.with(|document| {
            let has = |node: &roxmltree::Node<'_, '_>| {
                node.attribute("class").is_some_and(|own| own.split(' ').any(|one| one == class))
            };
            document.descendants().filter(has).map(text_of).collect()
        })
    }

    /// The rows of items, in their order.
    pub(crate) fn rows(&self) -> Vec<Row> {
        self.with(|document| {
            let rows = document.descendants().filter(|node| node.has_attribute("data-n"));
            let row = |row: roxmltree::Node<'_, '_>| Row {
                id: text_of(row.descendants().find(|node| node.has_tag_name("code")).unwrap()),
                cells: row
                    .children()
                    .filter_map(|cell| Some((cell.attribute("data-c")?.to_owned(), text_of(cell))))
                    .collect(),
            };
            rows.map(row).collect()
        })
    }
}

fn text_of(node: roxmltree::Node<'_, '_>) -> String {
    node.descendants().filter(roxmltree::Node::is_text).filter_map(|text| text.text()).collect()
}
